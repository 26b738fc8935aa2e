"""Lines above a story that say who wrote it: "By Ada Brink", "Von Udo Kern, dpa", "Associated Press Writer"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.clean.agencies import agency, agency_at
from tasks.clean.printed_date import WEEKDAYS

LONGEST = 160  # characters of a byline with role, outlet and date
MOST_WORDS = 24
# "De", "Di" and "Da" begin too many headlines to be in the list.
CUE = re.compile(
    r"(?:(?:Words |Story |Text |Report |Written |Compiled )?[Bb]y|BY|Von|VON|Par|PAR|Por|POR|Door|Av|Af|Tekst|Text|Texte|Texto|"
    r"Autor|Author)(?::| ?\|)? (?=\S)"
)
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
    r" ?[|•·]| - | [–—] | \(|, (?=\d)| (?:in|at|for|aus|à|en|from) (?=[A-ZÀ-Þ])|"
    r",? (?:staff|special|contributing|correspondent|updated|published)\b"
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
UNSIGNED = re.compile(r"(?:from )?(?:staff|wire|agency|news service|combined wire|staff and wire) reports?\.?", re.IGNORECASE)
TITLE = re.compile(r"(?:writer|reporter|correspondent|staff)s?$", re.IGNORECASE)
SPECIAL = re.compile(r"(?:special|exclusive|exclusively) (?:to|for) [\w.&'’ -]{2,60}", re.IGNORECASE)
WORD = re.compile(r"[^\s,|()]+")
NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’\-](?=[^\W\d_]))*\.?")


@dataclass(frozen=True, slots=True)
class Byline:
    """Whose story it is: the characters of the names (none: only an agency is named), and of the agency."""

    names: tuple[int, int] | None
    agency: tuple[int, int] | None
    end: int


def byline(text: str, start: int, end: int) -> Byline | None:
    """The byline that the line `text[start:end]` is; None if it is none. Offsets are those of `text`."""
    if end - start > LONGEST:
        return None
    cue = CUE.match(text, start, end)
    if cue is None:
        return Byline(None, None, end) if UNSIGNED.fullmatch(text, start, end) else None
    if STAFF.fullmatch(text, cue.end(), end):
        return Byline(None, None, end)
    names_end = _names(text, cue.end(), end)
    if names_end is None:
        return None
    for stop in (end, names_end):
        if agency(text[cue.end() : stop]) is not None:
            return Byline(None, (cue.end(), stop), end)
    return Byline((cue.end(), names_end), credit_in(text, names_end, end), end)


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
        if part and agency(part) is not None:
            return at, at + len(part)
        if (stop := agency_at(text, at)) is not None and stop <= at + len(part):
            return at, stop
    return None


def is_role(line: str) -> bool:
    """Whether the line under a byline says only what its author is, or for whom ("Staff Writer", "Special to The Post")."""
    return len(line) <= 90 and bool(SPECIAL.fullmatch(line) or ROLE.fullmatch(line)) and not line.endswith(".")


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
        if agency(part) is not None or OUTLET.search(part):
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
