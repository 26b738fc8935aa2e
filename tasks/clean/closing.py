"""Where a story's body ends, and what stands below it: reporters' and editors' credits, agency, copyright, end marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.clean.agencies import agency, agency_at
from tasks.clean.bylines import is_name
from tasks.gazetteer import locate
from tasks.types import HeadField, HeadName

if TYPE_CHECKING:
    from collections.abc import Iterator

NOTE = 160  # characters of an editor's note in brackets: "(This version adds a photo.)"
NOTE_OPENS = {"(": ")", "[": "]", "（": "）"}
REACH = 3_000  # characters from the end in which a tail must begin
MOST_LINES = 8
LONGEST = 700  # characters of one credit, legal lines included
SHORTEST_BODY = 40  # characters that must stay as the body

END_MARK = re.compile(r"[(\[\-–—*/ ]*(?:enditem|endit|ends|end|nnnn|-?30-?|#{2,5}|xxx|\*{3}|={3,})[)\]\-–—*/ ]*", re.IGNORECASE)
MARK_BEHIND = re.compile(r"(?<=[.!?”\"’)]) ?(?:Enditem|NNNN|#{3}|\(ENDS?\)|-30-)$")
SIGNS = re.compile(
    r"(?:(?:[A-Za-z]{2,9}\*?[-/])+[a-z]{2,4}[a-z0-9]{0,3}|"
    r"(?P<agency>dpa|afp|ap|apa|sda|epd|kna|sid|rtr)(?:[ /-][a-z]{1,4}\d{0,2}){1,8})"
)
ROLE = re.compile(
    r"(?P<writes>(?:(?:additional |extra |further |with (?:additional )?)?(?:reporting|writing)|reported|written|reportage|"
    r"reporte|reportagem|bericht|texte?|text)\b(?: from [\w ]{2,30})?(?: by| von| de| par| por|:)?)"
    r"|(?P<serves>(?:edited|editing|edit[ée]|édition|editado|edición|edição|redigiert|compiled|translated|translation|"
    r"copy.?editing|graphics?|photography|production|produced|research|traducido|traduit|traduzido|geschrieben|with assistance)\b"
    r"(?: by| from| par| por| von| de|:)?)",
    re.IGNORECASE,
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
COPYRIGHT = re.compile(
    r"[(\[]?(?:©|\(c\)|copyright(?: ©| \(c\))?(?= ?\d{4}| by |:|(?-i: [A-Z]))|all rights reserved|alle rechte vorbehalten|"
    r"tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|"
    r"riproduzione riservata)",
    re.IGNORECASE,
)
LEGAL = re.compile(
    r"rights reserved|may not be (?:published|reproduced|copied)|vorbehalten|réservés|reservados|riservat", re.IGNORECASE
)
CONTRIBUTED = re.compile(
    r"\b(?:contributed (?:to this (?:report|story|article)|reporting)|reported from)\b[^.]{0,80}\.?[)\]]*$", re.IGNORECASE
)
CONTRIBUTOR = re.compile(
    r"[(\[—–\-*_ ]*(?:(?:the )?associated press|ap|afp|reuters|dpa|bloomberg|staff|[\w.]+ ){0,4}"
    r"(?:writers?|reporters?|correspondents?|journalists?|staff)\b",
    re.IGNORECASE,
)
AGENCY_BEHIND = re.compile(
    r"(?<=[.!?”\"’»])\s?(?:\(([^()\n]{2,60})\)|\[([^\[\]\n]{2,60})\]|/([^/\n]{2,30})/|(?:—|–|--?) ?([^\n.—–]{2,40}))\.?$"
)
SOURCE = re.compile(r"(?:source|quelle|fuente|fonte): ?", re.IGNORECASE)
NAMES = re.compile(r", | and | & | und | et | y | e ")
AT = re.compile(r" (?:in|at|from|aus|en|à|em|for) ")


@dataclass(frozen=True, slots=True)
class Closing:
    """The tail of a text: `body_end` is the offset behind the body's last character, the text's length where there is no tail."""

    body_end: int
    fields: tuple[HeadField, ...] = ()


def closing(text: str) -> Closing:
    """The credits below a plain text.

    Fields are `byline` (one for each reporter; editors are none) and `agency`. Offsets are code points of `text`.
    """
    end = len(text.rstrip())
    spans: list[tuple[HeadName, int, int]] = []
    for _ in range(MOST_LINES):
        found = _last(text, end) if end > SHORTEST_BODY else None
        if found is None or found[0] < SHORTEST_BODY:
            break
        end, pieces = found
        spans += pieces
    if end == len(text.rstrip()):
        return Closing(end or len(text))
    fields = tuple(HeadField(name, text[a:b], "tail", a, b) for name, a, b in sorted(set(spans), key=lambda span: span[1:]))
    return Closing(end, fields)


def _last(text: str, end: int) -> tuple[int, list[tuple[HeadName, int, int]]] | None:
    """Where the text ends without its last credit, and what that names; None if it ends with none."""
    start = text.rfind("\n", max(0, end - REACH), end) + 1
    if start == 0 and end > REACH:
        return None
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if end - start <= LONGEST:
        pieces = _whole_line(text, start, end)
        if pieces is not None:
            return len(text[:start].rstrip()), pieces
    if (mark := MARK_BEHIND.search(text, max(start, end - 12), end)) is not None:
        return len(text[: mark.start()].rstrip()), []
    return _behind(text, start, end)


def _whole_line(text: str, start: int, end: int) -> list[tuple[HeadName, int, int]] | None:
    """What a last line names that is all credit; None if it is body."""
    line = text[start:end]
    bare = line.strip("()[]{}—–-*_/©. ")
    inner = start + line.index(bare) if bare else start
    if END_MARK.fullmatch(line):
        return []
    if (source := SOURCE.match(bare)) is not None:
        inner, bare = inner + source.end(), bare[source.end() :]
    if len(bare) <= 60 and agency(bare) is not None:
        return [("agency", inner, inner + len(bare))]
    if len(line) <= NOTE and line[0] in NOTE_OPENS and line[-1] == NOTE_OPENS[line[0]] and line.count(line[0]) == 1:
        return _people(text, inner, inner + len(bare)) if CREDIT.match(bare) else []
    if (signs := SIGNS.fullmatch(line)) is not None:
        return [("agency", start + signs.start("agency"), start + signs.end("agency"))] if signs["agency"] else []
    if (mark := COPYRIGHT.match(line)) is not None and (len(line) <= 120 or LEGAL.search(line)):
        return _agencies(text, start + mark.end(), end)
    enclosed = line[:1] in {*"([*—–-"}
    if (enclosed and CREDIT.match(bare)) or _bare_credit(line):
        return _people(text, inner, inner + len(bare))
    if len(line) <= 400 and CONTRIBUTED.search(line) and (enclosed or CONTRIBUTOR.match(line) or line.count(".") <= 1):
        return _agencies(text, start, end)[:1]
    return None


def _bare_credit(line: str) -> bool:
    """Whether a line without brackets is credits: every clause of it gives a role, and the first one names."""
    lead = BARE.match(line)
    if lead is None or len(line) > 400:
        return False
    first, *others = line.rstrip(" .").split(";")
    named = next(_names(first, lead.end(), len(first)), None)
    return named is not None and all(ROLE.match(clause.strip()) for clause in others)


def _behind(text: str, start: int, end: int) -> tuple[int, list[tuple[HeadName, int, int]]] | None:
    """A credit behind the last sentence in its line."""
    found = AGENCY_BEHIND.search(text, max(start, end - 70), end)
    if found is not None:
        group = found.lastindex or 1
        if agency(found[group]) is not None:
            return len(text[: found.start()].rstrip()), [("agency", *found.span(group))]
    if text[end - 1] in ")]" or text[end - 2 : end] == ").":
        opened = max(text.rfind("(", start, end), text.rfind("[", start, end))
        if opened > start and end - opened <= LONGEST and CREDIT.match(text, opened + 1, end):
            return len(text[:opened].rstrip()), _people(text, opened + 1, end)
    return None


def _people(text: str, start: int, end: int) -> list[tuple[HeadName, int, int]]:
    """Reporters and agencies of a line of credits."""
    spans: list[tuple[HeadName, int, int]] = []
    at = start
    for clause in re.split(r"(; ?|\. |, (?=(?:edit|writ|éd|red|gesch)))", text[start:end]):
        role = ROLE.match(clause.lstrip())
        lead = len(clause) - len(clause.lstrip())
        if role is not None and role["writes"]:
            spans += [("byline", a, b) for a, b in _names(text, at + lead + role.end(), at + len(clause))]
        elif role is None:
            spans += _agencies(text, at, at + len(clause))[:1]
        at += len(clause)
    return spans


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The people in "Ada Brink in London, Udo Kern and Mia Holm"."""
    at, placed = start, False
    for part in re.split(f"({NAMES.pattern})", text[start:end]):
        place = AT.search(part)
        name = (part[: place.start()] if place else part).strip(" ().[];:").removeprefix("and ")
        if is_name(name) and not (placed and place is None and locate(name) is not None):
            begin = at + part.index(name)
            yield begin, begin + len(name)
        if part.strip(" ,&") not in {"", "and", "und", "et", "y", "e"}:
            placed = place is not None or (placed and not is_name(name))
        at += len(part)


def _agencies(text: str, start: int, end: int) -> list[tuple[HeadName, int, int]]:
    """The agencies that a line names, each at its first character."""
    spans: list[tuple[HeadName, int, int]] = []
    for word in re.finditer(r"(?<![\w.])[^\W\d_]", text[start:end]):
        at = start + word.start()
        stop = agency_at(text, at)
        if stop is not None and stop <= end and (not spans or at >= spans[-1][2]):
            spans.append(("agency", at, stop))
    return spans
