"""Where a story's body ends, and what stands below it: reporters' and editors' credits, agency, copyright, end marks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.clean.agencies import agency, may_be_agency
from tasks.clean.author_notes import author_note
from tasks.clean.bylines import is_address
from tasks.clean.credits import BEFORE, Credited, agencies, names, people, sentences
from tasks.types import HeadField

NOTE = 160  # characters of an editor's note in brackets: "(This version adds a photo.)"
NOTE_OPENS = {"(": ")", "[": "]", "（": "）"}
REACH = 3_000  # characters from the end in which a tail must begin
MOST_LINES = 8
LONGEST = 700  # characters of one credit, legal lines included
BARE_LENGTH = 400
PRODUCED_LENGTH = 300  # of a note that says who published, or who the author is
SIGNED = 40  # of initials and agencies between slashes: "ab/dpa/AFP"
SHORT = 80  # of end marks, initials, addresses
SHORTEST_BODY = 40  # characters that must stay as the body

END_MARK = re.compile(
    r"[(（\[\-–—*/ ]*(?:enditem|endit|ends|end|end (?:item|of story)|nnnn|-?30-?|#{2,5}|xxx|\*{3}|={3,}|_{3,}|完|了|終|끝)"
    r"[)）\]\-–—*/ ]*",
    re.IGNORECASE,
)
MARK_BEHIND = re.compile(r"(?<=[.!?”\"’)]) ?(?:Enditem|NNNN|#{3}|\(ENDS?\)|-30-)$")
SIGNS = re.compile(
    r"(?:(?:[A-Za-z]{2,9}\*?[-/])+[a-z]{2,4}[a-z0-9]{0,3}|"
    r"(?P<agency>dpa|afp|ap|apa|sda|epd|kna|sid|rtr)(?:[ /-][a-z]{1,4}\d{0,2}){1,8})"
)
CREDIT = re.compile(
    r"(?:(?:additional |further |with )?(?:reporting|writing|editing) by|(?:additional|extra) reporting|reported by|written by|"
    r"edited by|compiled by|translated by|text by|editing:|reporting:|writing:|reportage |reporte de|reportagem de|"
    r"información de|informação de|bericht von|redigiert von|geschrieben von|edité par|édité par|editado por|edición de|"
    r"edição de|with (?:inputs?|files?|reporting|assistance|additional reporting)(?: from| by)?|with agency inputs|with agencies|"
    r"agencies|mit (?:material|agenturmaterial|informationen)(?: von| der)?|avec |con información de|"
    r"com informações|con datos de|source:|quelle:|fuente:|fonte:)[: ]*",
    re.IGNORECASE,
)
BARE = re.compile(
    r"(?:(?:additional |further )?(?:reporting|writing|editing) by|with assistance (?:from|by)) (?-i:(?=[A-ZÀ-Þ]))", re.IGNORECASE
)
ONLY_NAMES = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*+|and|und|et|y|e|&|in|aus|en|à|from|de|van|von|der|wire|staff|reports?|[,;/ .])+")
BEGINNINGS = frozenset(  # first words of such lines without brackets
    """
    additional further extra with reporting reported report writing written words story text compiled edited editing editor
    translated translation research contributing contributions prepared bericht mitarbeit unter mit redigiert geschrieben
    übersetzt aufgezeichnet verfasst redaktion avec texte reportage édité traduit rédigé propos con reporte escrito editado
    traducido redactado com reportagem texto testo traduzione
    """.split()
)
NAMED_BY = (" by", " by:", " from", " von", " par", " por", " de", " d'", " d’", ":")
COPYRIGHT = re.compile(
    r"[(\[]?(?:©|\(c\)|copyright(?: ©| \(c\))?(?= ?\d{4}| by |:|(?-i: [A-Z]))|all rights reserved|alle rechte vorbehalten|"
    r"tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|"
    r"riproduzione riservata)",
    re.IGNORECASE,
)
LEGAL = re.compile(
    r"rights reserved|may not be (?:published|reproduced|copied)|vorbehalten|réservés|reservados|riservat", re.IGNORECASE
)
VERBS = ("ontribu", "eported", "wrote", "ssisted", "rovided", "produced", "olabor", " trug", " berichte", " hat ", " haben ")
CONTRIBUTED = re.compile(r"\bcontributed (?:to this (?:report|story|article)|reporting)\b[^.]{0,80}\.?[)\]]*$", re.IGNORECASE)
CONTRIBUTOR = re.compile(
    r"[(\[—–\-*_ ]*(?:(?:the )?associated press|ap|afp|reuters|dpa|bloomberg|staff|[\w.]+ ){0,4}"
    r"(?:writers?|reporters?|correspondents?|journalists?|staff)\b",
    re.IGNORECASE,
)
LABELLED = re.compile(  # "Text: Ada Brink / Redaktion: Udo Kern"
    r"(?:words|story|text|texte|texto|testo|reporter|reporting|writing|author|autor(?:in)?|bericht|redaktion|editors?|editing|"
    r"contributing|contributors?|mitarbeit|fotos?|photos?|bild|video|kamera|schnitt|produktion|grafik|graphics?|quelle|source)"
    r": (?-i:(?=[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
PICTURES = re.compile(r"(?:fotos?|photos?|bild|video|kamera|schnitt|grafik|graphics?|quelle|source):", re.IGNORECASE)
PARTS = re.compile(r" ?[/|;·•] ?|, (?=\w+: )| – ")
PRODUCED = re.compile(
    r"(?:this (?:story|article|report|piece|dispatch|column|content|post|investigation) "
    r"(?:was|has been|first|originally|is (?:republished|produced|supported|co-published|part of))\b"
    r"[^.]{0,60}?\b(?:produced|published|republished|reprinted|written|reported|prepared|provided|supported|funded|syndicated|"
    r"translated|compiled|co-published|made possible|appeared) (?:\w+ )?(?:by|in|on|at|from|with|for|through|as part of)\b|"
    r"dieser (?:artikel|text|beitrag|bericht) (?:erschien|ist|wurde)\b[^.]{0,60}?"
    r"\b(?:zuerst|erschienen|veröffentlicht|übernommen|von|bei|in)\b|"
    r"cet article (?:a été|est)\b[^.]{0,40}?\b(?:publié|produit|écrit|rédigé|repris|réalisé|paru)\b|"
    r"est[ea] (?:artículo|nota|texto|reportaje|artigo|matéria|reportagem)\b[^.]{0,40}?"
    r"\b(?:publicad[oa]|producid[oa]|escrit[oa]|produzid[oa])\b)",
    re.IGNORECASE,
)
PUBLISHER = re.compile(r"\b(?:by|in|on|from|with|von|bei|par|por) ((?:the |The )?[A-ZÀ-Þ][\w&'’-]*(?: [A-ZÀ-Þ][\w&'’-]*){1,4})")
STANDARDS = re.compile(r"our standards: .{3,60}", re.IGNORECASE)
UNNAMED = re.compile(r"(?:with )?(?:news )?agencies|follow @\w+ on \w+\.?", re.IGNORECASE)
DESKED = re.compile(r"[（(【\[]?(?:责任编辑|責任編輯|责编|編輯|编辑)[：:] ?([^\W\d_]{2,4})[】）)\]]?")
INITIALS = re.compile(r"\(?[A-Z]{2,3}(?:/[A-Z]{2,3}){1,4}\)?")
AGENCY_BEHIND = re.compile(
    r"(?<=[.!?”\"’»])\s?(?:\(([^()\n]{2,60})\)|\[([^\[\]\n]{2,60})\]|/([^/\n]{2,30})/|(?:—|–|--?) ?([^\n.—–]{2,40}))\.?$"
)
SOURCE = re.compile(r"(?:source|quelle|fuente|fonte): ?", re.IGNORECASE)
SOURCE_NAME = re.compile(
    r"(?:[A-ZÀ-Þ][\w&'’.-]*|of|de|des|der|the|and|for|&)(?: (?:[A-ZÀ-Þ][\w&'’.-]*|of|de|des|der|the|and|for|&)){0,5}"
)


@dataclass(frozen=True, slots=True)
class Closing:
    """The tail of a text: `body_end` is the offset behind the body's last character, the text's length where there is no tail."""

    body_end: int
    fields: tuple[HeadField, ...] = ()


def closing(text: str) -> Closing:
    """The credits below a plain text.

    Fields are `byline` (one for each reporter), `contributor`, `editor` and `agency`. Offsets are code points of `text`.
    """
    end = len(text.rstrip())
    found: list[Credited] = []
    for _ in range(MOST_LINES):
        last = _last(text, end) if end > SHORTEST_BODY else None
        if last is None or last[0] < SHORTEST_BODY:
            break
        end, credited = last
        found += credited
    if end == len(text.rstrip()):
        return Closing(end or len(text))
    named = sorted(set(found), key=lambda credited: credited[1:])
    return Closing(end, tuple(HeadField(name, text[a:b], "tail", a, b) for name, a, b in named))


def _last(text: str, end: int) -> tuple[int, list[Credited]] | None:
    """Where the text ends without its last credit, and what that names; None if it ends with none."""
    start = text.rfind("\n", max(0, end - REACH), end) + 1
    if start == 0 and end > REACH:
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if end - start <= LONGEST:
        credited = _whole_line(text, start, end)
        if credited is not None:
            return len(text[:start].rstrip()), credited
    if (mark := MARK_BEHIND.search(text, max(start, end - 12), end)) is not None:
        return len(text[: mark.start()].rstrip()), []
    return _behind(text, start, end)


def _whole_line(text: str, start: int, end: int) -> list[Credited] | None:
    """Whom a last line names that is all credit; None if it is body."""
    line = text[start:end]
    bare = line.strip("()[]{}—–-*_/©. ")
    inner = start + line.index(bare) if bare else start
    if (source := SOURCE.match(bare)) is not None:
        inner, bare = inner + source.end(), bare[source.end() :]
        if SOURCE_NAME.fullmatch(bare):
            return [Credited("agency", inner, inner + len(bare))] if _is_agency(bare) else []
    if len(bare) <= 60 and agency(bare) is not None:
        return [Credited("agency", inner, inner + len(bare))]
    if len(line) <= SHORT and (credited := _short(text, start, end)) is not None:
        return credited
    if len(line) <= NOTE and line[0] in NOTE_OPENS and line[-1] == NOTE_OPENS[line[0]] and line.count(line[0]) == 1:
        return people(text, inner, inner + len(bare)) if CREDIT.match(bare) else sentences(text, inner, inner + len(bare)) or []
    if (signs := SIGNS.fullmatch(line)) is not None:
        return [Credited("agency", start + signs.start("agency"), start + signs.end("agency"))] if signs["agency"] else []
    if (mark := COPYRIGHT.match(line)) is not None and (len(line) <= 120 or LEGAL.search(line)):
        return agencies(text, start + mark.end(), end)
    enclosed = line[:1] in {*"([*—–-"}
    if (enclosed and CREDIT.match(bare)) or _bare_credit(text, start, end) or _labelled(line):
        return people(text, inner, inner + len(bare))
    told = _in_sentences(text, start, end, enclosed=enclosed)
    return author_note(text, start, end) if told is None else told


def _short(text: str, start: int, end: int) -> list[Credited] | None:
    """Whom end marks, initials, addresses and the like name; None if a line is none of them."""
    line = text[start:end]
    if (desk := DESKED.fullmatch(line)) is not None:
        return [Credited("editor", start + desk.start(1), start + desk.end(1))]
    if END_MARK.fullmatch(line) or STANDARDS.fullmatch(line) or is_address(line):
        return agencies(text, start, end)
    if INITIALS.fullmatch(line) or UNNAMED.fullmatch(line):
        return []
    signs = (*line.strip("()").split("/"), "") if "/" in line and len(line) <= SIGNED else ()
    named = next((sign for sign in signs if agency(sign) is not None), None)
    if named is None or not all(agency(sign) is not None or (len(sign) <= 4 and sign.islower()) for sign in signs[:-1]):
        return None
    at = start + line.index(named)
    return [Credited("agency", at, at + len(named))]


def _bare_credit(text: str, start: int, end: int) -> bool:
    """Whether a line without brackets is credits: every clause of it gives a role, and the first one names."""
    if end - start > BARE_LENGTH:
        return False
    lead = BARE.match(text, start, end)
    if lead is None:
        first = text[start : start + 20].partition(" ")[0].rstrip(":").casefold()
        lead = BEFORE.match(text, start, end) if first in BEGINNINGS and end - start <= NOTE else None
        if lead is None or PICTURES.match(text, start) or not lead[0].rstrip().casefold().endswith(NAMED_BY):
            return False
        if agency(text[lead.end() : end]) is not None:
            return True
        if ONLY_NAMES.fullmatch(BEFORE.sub("", text[lead.end() : end])) is None:
            return False
    first, *others = text[start:end].rstrip(" .").split(";")
    named = next(names(text, lead.end(), start + len(first)), None)
    return named is not None and all(BEFORE.match(clause.strip()) for clause in others)


def _labelled(line: str) -> bool:
    """Whether every part of a line gives a label and a name, and one of them is no picture's."""
    if len(line) > NOTE or ": " not in line or LABELLED.match(line) is None:
        return False
    parts = PARTS.split(line.rstrip(" ."))
    labels = [label for part in parts if (label := LABELLED.match(part)) is not None]
    named = all(next(names(part, part.find(": ") + 2, len(part)), None) for part in parts)
    return named and len(labels) == len(parts) and not all(PICTURES.match(part) for part in parts)


def _in_sentences(text: str, start: int, end: int, *, enclosed: bool) -> list[Credited] | None:
    """Whom a paragraph names that tells in sentences who reported, contributed or published."""
    line = text[start:end]
    if _tells(line):
        if (credited := sentences(text, start, end)) is not None:
            return credited
        if (
            len(line) <= BARE_LENGTH
            and CONTRIBUTED.search(line)
            and (enclosed or CONTRIBUTOR.match(line) or line.count(".") <= 1)
        ):
            return agencies(text, start, end)[:1]
    if len(line) <= PRODUCED_LENGTH and line[0] in "TDCE([*" and PRODUCED.match(line.lstrip("([* ")):
        unknown = [
            Credited("agency", start + m.start(1), start + m.end(1)) for m in PUBLISHER.finditer(line) if may_be_agency(m[1])
        ]
        return people(text, start, end) or unknown[:1]
    return None


def _tells(line: str) -> bool:
    """Whether a verb of such sentences stands in a line."""
    for verb in VERBS:  # noqa: SIM110  the last line of every text comes here
        if verb in line:
            return True
    return False


def _is_agency(name: str) -> bool:
    return agency(name) is not None or may_be_agency(name)


def _behind(text: str, start: int, end: int) -> tuple[int, list[Credited]] | None:
    """A credit behind the last sentence in its line."""
    found = AGENCY_BEHIND.search(text, max(start, end - 70), end)
    if found is not None:
        group = found.lastindex or 1
        if agency(found[group]) is not None:
            return len(text[: found.start()].rstrip()), [Credited("agency", *found.span(group))]
    if text[end - 1] in ")]" or text[end - 2 : end] == ").":
        opened = max(text.rfind("(", start, end), text.rfind("[", start, end))
        if opened > start and end - opened <= LONGEST and CREDIT.match(text, opened + 1, end):
            return len(text[:opened].rstrip()), people(text, opened + 1, end)
    return None
