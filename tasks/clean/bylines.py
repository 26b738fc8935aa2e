"""Lines above a story that say who wrote it: "By Ada Brink", "Von Udo Kern, dpa", "Associated Press Writer"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.clean.agencies import agency, agency_at, may_be_agency
from tasks.clean.newsroom import BODIES, OFFICES, PLAIN
from tasks.clean.printed_date import WEEKDAYS
from tasks.clean.printed_place import known_place, place_at

LONGEST = 160  # characters of a byline with role, outlet and date
MOST_WORDS = 24
# "De", "Di" and "Da" begin too many headlines to be in the list.
CUE = re.compile(
    r"(?:(?:(?:Words|Story|Text|Report|Reporting|Written|Reported|Compiled|Analysis|Interview|Review|Opinion|An? \w+) )?[Bb]y|BY|"
    r"(?:Eine? \w+ |Text |Interview )?[Vv]on|VON|(?:Texte |Propos recueillis |Une? \w+ )?[Pp]ar|PAR|"
    r"(?:Texto |Una? \w+ )?[Pp]or|POR|Door|Av|Af|Tekst|Text|Texte|Texto|Testo|Autora?|Author|Auteur|Reporter|Автор|Текст)"
    r"(?::| ?\|)?[ \n](?=\S)"
)
FROM = re.compile(r"(?:From|FROM) (?=\S)")  # begins headlines, too: a byline only with the place of its author
BY_INSIDE = re.compile(r"\bB[yY] (?=[A-ZÀ-Þ])")
PARTICLES = frozenset(
    "and & und et y e og och en de la le du des del da do dos di van von der den ter ten el al bin bint ibn i".split()
)
OUTLET = re.compile(
    r"\b(?:press|news|times|post|writer|writers|correspondent|staff|editor|reporter|bureau|tribune|journal|herald|daily|weekly|agency|"
    r"service|services|network|gazette|chronicle|globe|star|sun|mail|guardian|observer|telegraph|independent|today|radio|tv|online|"
    r"magazine|media|foundation|contributor|columnist|critic|analyst|special|redaktion|korrespondent|correspondant|"
    r"correspondiente|corresponsal|agencia|agence|agentur|zeitung|for|in|at|of)\b|\.(?:com|org|net)\b",
    re.IGNORECASE,
)
CUT = re.compile(
    r" ?[|•·]| - | [–—] | / |/(?=[A-Z])| \(|, (?=\d)| (?:in|at|for|aus|à|en|from) (?=[A-ZÀ-Þ])| for the (?=[A-ZÀ-Þ])| <|"
    r",? (?:staff|special|contributing|correspondent|updated|published)\b|,? (?:e-?mail:? )?(?:[\w.+-]+@|@\w)"
)
ROLE = re.compile(
    r"(?:(?:the )?[\w.&'’ -]{0,40}\b)?(?:writers?|correspondents?|reporters?|staff|editors?|bureau|columnist|contributor|critic|"
    r"redakteur(?:in)?|korrespondent(?:in)?)(?: writers?| reporters?)?(?:,? [\w.&'’ -]{1,40})?",
    re.IGNORECASE,
)
_DESK = (
    r"(?:(?:our|the|a) )?(?:[\w'’]+ )?(?:staff|news ?desk|newsroom|desk|correspondents?|wires?|agencies|reporters?|web desk|"
    r"editorial team|redaktion)"
)
STAFF = re.compile(
    rf"{_DESK}(?: (?:reporters?|writers?|reports?|correspondents?))?(?:,? (?:and|&|with) [\w ]{{2,30}})?\.?", re.IGNORECASE
)
UNSIGNED = re.compile(
    r"(?:from )?(?:staff|wire|agency|news service|combined wire|staff and wire) reports?\.?|(?:news )?agencies|"
    r"(?:from )?(?:our|a) (?:own |special |staff )?(?:correspondents?|reporters?|writers?)"
    r"(?: in (?-i:[A-Z])[\w ]{2,25})?|"
    r"(?:web|news|online|digital) desk",
    re.IGNORECASE,
)
TITLE = re.compile(r"(?:writer|reporter|correspondent|staff)s?$", re.IGNORECASE)
SPECIAL = re.compile(r"(?:special|exclusive|exclusively) (?:to|for) [\w.&'’ -]{2,60}", re.IGNORECASE)
SEPARATOR = re.compile(
    r",? (?P<where>in|aus|à|en) |(?:,| [|–—/•·-])? (?=[\w.+-]*@)|, | ?[|•·] ?| [–—/-] |/|,? for (?:the )?| (?=\()"
)
PAPER = re.compile(
    r"\b(?:news|newspapers?|times|post|press|tribune|journal|herald|daily|weekly|gazette|chronicle|courier|globe|observer|telegraph|"
    r"guardian|independent|examiner|dispatch|register|bulletin|standard|sentinel|mirror|radio|tv|media|agency|zeitung|allgemeine|"
    r"nachrichten|tagblatt|tageblatt|anzeiger)\b|\.(?:com|org|net)$",
    re.IGNORECASE,
)
PLACED = re.compile(r",? (?:in|aus|à|en|from) |, | ?[|•·] ?")
MAIL = re.compile(r"(?:e-?mail:? |twitter:? )?(?:[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30})+|@\w{2,30})", re.IGNORECASE)
SIGNED = 110  # characters of a byline without "By"
BEGINS = re.compile(r"(?:By|BY|Von|VON|Par|PAR|Por|POR)(?: |$)")
GOES_ON = re.compile(r"(?: (?:and|AND|und|et|y|e|&)|,)$")
JOINED = re.compile(r"(?:and|und|et|y|&|AND) ")
REACH = 2_000  # characters in which a text names whom its headline names
PHRASES = frozenset("from by in at on to the a an our how why what who pope king queen saint prime air world".split())
NAME_BEGINS = re.compile(r"[^\W\d_a-zà-ÿ][\w.'’-]* (?:[^\W\d_a-zà-ÿ]|(?:de|van|von|el|al|bin|da|di|of)\b)")
LONE_WORD = re.compile(r"[^\W\d_a-z][^\W\d_]{3,}")
NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’\-](?=[^\W\d_]))*\.?")


@dataclass(frozen=True, slots=True)
class Byline:
    """Whose story it is: the characters of the names (none: only an agency is named), the agency, and the authors' place."""

    names: tuple[int, int] | None
    agency: tuple[int, int] | None = None
    place: tuple[int, int] | None = None


def byline(text: str, start: int, end: int) -> Byline | None:
    """The byline that the line `text[start:end]` is; None if it is none. Offsets are those of `text`."""
    if end - start > LONGEST:
        return None
    cue = CUE.match(text, start, end)
    lead = cue or FROM.match(text, start, end)
    if UNSIGNED.fullmatch(text, start, end):
        return Byline(None)
    if lead is None:
        return None
    if STAFF.fullmatch(text, lead.end(), end):
        return Byline(None)
    names_end = _names(text, lead.end(), end)
    if names_end is None:
        return None
    for stop in (end, names_end):
        if agency(text[lead.end() : stop]) is not None:
            return Byline(None, (lead.end(), stop))
    place = _place_behind(text, names_end, end)
    if cue is None and (place is None or not is_name(text[lead.end() : names_end])):
        return None
    return Byline((lead.end(), names_end), credit_in(text, names_end, end), place)


def signed(text: str, start: int, end: int, *, below: bool = False) -> Byline | None:
    """The byline without "By" that a line may be: full names, and where, as what or for whom they write.

    "Ada Brink, Reuters", "Ada Brink in Galway", "Ada Brink | Staff Writer". A headline can look like one; `below`: one stands
    above, so that what follows the name may be a place that nobody knows, if the text names it.
    """
    if end - start > SIGNED or text[end - 1] in "!?:;" or NAME_BEGINS.match(text, start, end) is None:
        return None
    if STAFF.fullmatch(text, start, end):
        return Byline(None)
    for separator in SEPARATOR.finditer(text, start, end):
        names = text[start : separator.start()]
        if not may_be_person(names):
            continue
        if separator["where"] or separator[0] == ", ":
            place = _place_behind(text, separator.start(), end)
            if place is not None and (town := known_place(text[slice(*place)])) is not None and town.population is not None:
                return Byline((start, separator.start()), None, place)
        if separator["where"]:
            continue
        part = text[separator.end() : end]
        if _is_office(part.strip(" ()")):
            return Byline((start, separator.start()), credit_in(text, separator.end(), end))
        if below and separator[0] == ", " and LONE_WORD.fullmatch(part) and part in _following(text, end):
            return None if part.casefold() in PLAIN else Byline((start, separator.start()))
    return None


def may_be_person(names: str) -> bool:
    """Whether capitalised words may be people's names: no outlet, place or office, and no words of the language."""
    if not is_name(names) or OUTLET.search(names) or known_place(names) is not None or _holds_no_person(names):
        return False
    return not PLAIN.issuperset(names.casefold().split())


def _holds_no_person(names: str) -> bool:
    """Whether one of the words is an office ("Prime Minister"), a body of people, or the beginning of a phrase."""
    words = [word.strip(".,") for word in names.casefold().split()]
    return words[0] in PHRASES or not (OFFICES.isdisjoint(words) and BODIES.isdisjoint(words))


def _is_office(part: str) -> bool:
    """Whether what stands behind a name is its owner's agency, paper, work or address."""
    if not part or agency(part) is not None or MAIL.match(part) or is_role(part) or may_be_agency(part):
        return True
    if (stop := agency_at(part, 0)) is not None and is_role(part[stop:].strip(" ,")):
        return True
    return PAPER.search(part) is not None and all(_fits(word) or word == "the" for word in part.split())


def _place_behind(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place that the rest of a byline names: " in Galway", ", Berlin"."""
    lead = PLACED.match(text, start, end)
    stop = place_at(text, lead.end(), end) if lead else None
    if lead is None or stop is None or text[stop:end].strip(" .") or known_place(text[lead.end() : stop]) is None:
        return None
    return lead.end(), stop


def byline_inside(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The names of a byline that ends `text[start:end]`, behind a headline in the same line: "Quay to close. By Ada Brink. "."""
    cue = next(iter(reversed(list(BY_INSIDE.finditer(text, start, end)))), None)
    if cue is None or (stop := _names(text, cue.end(), end)) is None or text[stop:end].strip(" ."):
        return None
    initial = text[stop - 1] == "." and text[stop - 3] == " "
    return cue.end(), stop - (text[stop - 1] == "." and not initial)


def byline_before_bar(text: str, start: int, end: int) -> tuple[tuple[int, int], int] | None:
    """The names of a byline with the body behind a bar in its line ("By Ada Brink | The harbour ..."), and where that begins."""
    cue = CUE.match(text, start, end)
    bar = text.find(" | ", start, min(end, start + LONGEST)) if cue else -1
    if cue is None or bar < 0 or _names(text, cue.end(), bar) != bar:
        return None
    return (cue.end(), bar), bar + 3


def credit_in(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The agency that is named behind the names or in the line below them."""
    for match in re.finditer(r"[^,|()•·–—]+", text[start:end]):
        part = match[0].strip(" -.")
        at = start + match.start() + match[0].find(part)
        if part and (agency(part) is not None or may_be_agency(part)):
            return at, at + len(part)
        if (stop := agency_at(text, at)) is not None and stop <= at + len(part):
            return at, stop
    return None


def is_role(line: str) -> bool:
    """Whether the line under a byline says only what its author is, or for whom ("Staff Writer", "Special to The Post")."""
    return len(line) <= 90 and bool(SPECIAL.fullmatch(line) or ROLE.fullmatch(line)) and not line.endswith(".")


def goes_on(text: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a byline goes on in the next line: behind "and", behind a comma, behind "By" alone, or with "and"."""
    begins = BEGINS.match(text, *line) if text[line[0]] in "BVP" else None
    if begins is None or text.count("\n", line[1], following[0]) > 1 or following[1] - following[0] > LONGEST:
        return False
    ends = begins.end() == line[1] or GOES_ON.search(text, max(begins.end(), line[1] - 5), line[1])
    return bool(ends) or JOINED.match(text, *following) is not None


def unnamed(text: str, names: tuple[int, int], behind: int) -> bool:
    """Whether what follows does not name the people whom a line names: the line is no headline about them."""
    last = re.findall(r"[^\W\d_]+(?=,| and | & |$)", text[slice(*names)])
    return _following(text, behind).isdisjoint(last) and no_phrase(text, names, behind)


def no_phrase(text: str, names: tuple[int, int], behind: int) -> bool:
    """Whether the words of what may be a name do not follow in lower case, as those of a headline would."""
    words = re.findall(r"[^\W\d_]{3,}", text[slice(*names)])
    return _following(text, behind).isdisjoint(word.lower() for word in words if word[0].isupper())


def _following(text: str, behind: int) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text[behind : behind + REACH]))


def is_special(line: str) -> bool:
    """Whether a line says only for whom a story was written: "Special to The Courier"."""
    return SPECIAL.fullmatch(line) is not None


def is_address(line: str) -> bool:
    """Whether a line is only an author's e-mail address or handle."""
    return MAIL.fullmatch(line) is not None


def is_name(line: str) -> bool:
    """Whether a line looks like one to three people's names and nothing else."""
    if len(line) > 80:
        return False
    words = line.replace(",", " ").split()
    capitals = [word for word in words if word.casefold() not in PARTICLES]
    if not 2 <= len(capitals) <= 8 or words[0].casefold() in PARTICLES:
        return False
    parts = re.split(r", | (?:and|und|et|y|e|og|och|&) ", line)
    return all(2 <= len(part.split()) <= 4 for part in parts) and all(
        NAME_WORD.fullmatch(word) and word[0].isupper() for word in capitals
    )


def _names(text: str, start: int, end: int) -> int | None:
    """Where the names end that begin at `start`: capitalised words and what joins them, up to the outlet, role or date."""
    cut = CUT.search(text, start, end)
    stop = cut.start() if cut else end
    line = text[start:stop]
    parts = line.split(", ")
    kept = parts[:1]
    for part in parts[1:]:
        if agency(part) is not None or OUTLET.search(part) or may_be_agency(part):
            break
        if " " in kept[0] and " and " not in part and known_place(part) is not None:
            break
        kept.append(part)
    names = ", ".join(kept).rstrip(" ,")
    names = _without_agency(names)
    words = names.replace(",", " ").split()
    if not 1 <= len(words) <= MOST_WORDS or words[0].strip(".,").casefold() in WEEKDAYS:
        return None
    if not all(_fits(word) for word in words) or words[-1] in PARTICLES or not words[0][0].isupper():
        return None
    if len(words) == 1 and len(words[0]) < 3:
        return None
    if names.endswith(".") and stop == end and len(words[-1]) > 3:
        names = names.rstrip(".")  # a full stop behind a byline is no part of the name; behind an initial it is
    return start + len(names)


def _without_agency(names: str) -> str:
    """The names without the agency behind them ("Ada Brink Associated Press Writer")."""
    words = names.split(" ")
    for count in range(2, len(words)):
        tail = " ".join(words[count:])
        if agency(tail) is not None and len(tail) > 3:
            return " ".join(words[:count])
        if TITLE.search(tail) and agency_at(tail, 0) is not None:
            return " ".join(words[:count])
    return names


def _fits(word: str) -> bool:
    return word in PARTICLES or word[0].isupper() or not word[0].isalpha() or (not word.isascii() and not word[0].islower())
