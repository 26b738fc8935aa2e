"""Datelines of every house: place, date and agency in any order, then the dash ("CITY, June 14 (Agency) -").

The parts are read one after the other from the left; no style is spelled out as a whole. What was read counts only with
enough evidence: an agency's name, a date behind a place, or a place that is printed or known as one before a dash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tasks.clean.agencies import agency, agency_at
from tasks.clean.gazetteer import Place, is_abbreviation, is_region, locate
from tasks.clean.printed_date import MONTHS, WEEKDAYS, date_at, skip_clock

REACH = 160  # characters in which a dateline must end
PLACE_REACH = 70  # characters of a place, however many cities it names
MOST_ITEMS = 6
BODY = 40  # characters of text behind a dateline that only a dash makes one
SENTENCE = 60  # and behind one whose place nobody knows
TOWN = 50_000  # people from which a town in small letters before a dash is believed; surnames are small towns somewhere
SHORT_NAME = 100_000  # and from which one of up to four letters is believed
CITY = 500_000  # and before a colon, which stands behind any word
KNOWN = 0.3  # confidence of the gazetteer from which a name is known as a place

GAP = re.compile(r"[\s,.;:|=—–―‒_\-*•·]*")
STRONG = re.compile(r"[—–―‒_|=:]|--|-(?!\S)|\.-|(?<=[)\]])-|(?<=\s)-(?=\S)")
OPEN = {"(": ")", "[": "]", "（": "）", "［": "］", "/": "/"}
BRACKET = re.compile(r"\(([^()\n]{2,60})\)|\[([^\[\]\n]{2,60})\]|（([^（）\n]{2,60})）|/([^/\n]{2,30})/")
WORD = re.compile(r"['’‘ʻ]?[^\W\d_](?:[^\W\d_]|[.'’‘ʻ`](?=[^\W\d_])|-(?=[^\W\d_]))*\.?")
REGION_ABBREVIATION = re.compile(r"(?:[A-Z]\. ?){2,3}")
JOINT = re.compile(r" ?/ ?| ?& ?| (?:and|und|et|y|e|i) (?=[^\W\d_])|, (?=[^\W\d_])| ")
PARTICLES = frozenset(
    "of de la le du des del della dei da do dos das di the am an der dem den ob im bei el al upon sur sous en van les los las à the-".split()
)
LABELS = frozenset(
    """
    exclusive breaking update updated updates watch video videos photo photos live analysis opinion editorial editorials column review
    reviews interview news alert report reports poll factbox timeline explainer feature features sports sport weather results scores
    top latest developing correction corrections clarification note notes warning spoiler faq audio podcast read more see advisory
    urgent flash bulletin snap lead wrapup summary brief briefs highlights preview recap quotes quote profile obituary obituaries
    commentary letter letters story press release immediate who what when where why how title date contact contacts editor editors part
    chapter step day round game listen data chart graphic graphics gallery pictures picture image images slideshow trending viral
    politics business world entertainment lifestyle health science technology tech culture arts travel money markets market stocks
    local national international nation region index list number numbers question questions answer answers background context source
    sources related stay sign subscribe newsletter advertisement sponsored promoted embargoed embargo confirmed official officials just
    this the that these those our your my his her its new not now here there for from with about after before over under and or but
    if eilmeldung eil kommentar analyse meldung überblick zusammenfassung hintergrund porträt vorschau termin exclusif direct vidéo
    dernière exclusiva última urgente vivo análisis opinión entrevista exclusivo vídeo ao assista esclusiva ultima diretta
    nasdaq nyse ceo gop nba nfl mlb nhl fifa uefa nato nasa fbi cia un eu usa tv pm am ok editorʼs editor's editor’s
    abstract text full introduction conclusion photo: location time venue price rating verdict key takeaways tip tips myth fact facts
    pros cons winner winners losers monday tuesday wednesday thursday friday saturday sunday today tonight yesterday tomorrow
    """.split()
)
GEO = frozenset(
    """
    city county town isle island islands lake port fort mount mt. point beach springs falls valley hills hill north south east west
    new san santa santo st. st saint el la las los al prison atoll base camp park grove heights river bay village township parish
    district province ville bad upper lower great big grand palm key cape glen rock oak cedar pine spring ridge harbor harbour
    creek canyon mountain ferry bridge mills junction center centre corner crossing landing aboard air station fort
    """.split()
)
VERB = re.compile(r"[.!?…”\"](?:\s|$)")
INNER_CAPITAL = re.compile(r"[a-z]{1,3}[A-Z]")
CALL_SIGN = re.compile(r"[WK][A-Z]{2,3}(?:-TV)?")
SPEAKER = re.compile(r"(?<![^\W\d_])[A-Z][A-Z .'’]{2,30}: ")
GERMAN = re.compile(r" (?:der|die|das|und|den|dem|im|ist|hat|haben|von|mit|für|auf|sich|nach) ")
PARTY = re.compile(r"[A-Z](?:[-–, ].*)?|(?:Dem|Rep|Ind)\.?(?:[-–, ].*)?|age .*|\d.*", re.IGNORECASE)

Kind = Literal["place", "date", "agency", "byline"]


class Piece(NamedTuple):
    """A part of a dateline and its characters."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says, and where it ends: the first character behind its dash and blanks."""

    pieces: tuple[Piece, ...]
    end: int
    dashed: bool  # a dash or its like stands at its end
    known: bool  # it names an agency that we know


def dateline(text: str, start: int, stop: int, *, inside: bool = False, credited: bool = False) -> Dateline | None:
    """The dateline that begins at `start`, in a line that ends at `stop`; None if none begins there.

    `inside`: a headline stands before it in its line, so that a place must be in capitals or have an agency. `credited`: a
    line above already names agency or author.
    """
    found = _read(text, start, min(stop, start + REACH), stop)
    if found is None or found.end >= len(text):
        return None
    return found if _evidence(text, found, stop, inside=inside, credited=credited) else None


def place_at(text: str, start: int, stop: int) -> int | None:
    """Where the place that begins at `start` ends, with state or country and all cities of it; None if nothing like one does."""
    stop = min(stop, start + PLACE_REACH)
    end: int | None = None
    at, need_capital = start, True
    while at < stop:
        word = WORD.match(text, at, stop)
        if word is None:
            break
        token = word[0]
        lower = token[0].islower() or (token[0] in "'’‘ʻ" and token[1].islower())
        if lower and (token not in PARTICLES or need_capital):
            break
        if end is not None and not lower and _is_date(text, at):
            break
        if not lower:
            end = _trim(text, at, word.end())
            need_capital = False
            if end < word.end():
                break
        joint = JOINT.match(text, word.end(), stop)
        if joint is None:
            break
        if joint[0] == ", " or joint[0].strip():
            if lower:
                break
            need_capital = True
            if joint[0] == ", " and not _behind_comma(text, joint.end()):
                break
        at = joint.end()
    return end


def known_place(name: str) -> Place | None:
    """The gazetteer's place of that name, if it is sure enough to tell a place from a word."""
    found = locate(name)
    return found if found is not None and found.confidence >= KNOWN else None


def capitals(name: str) -> bool:
    """Whether the town is printed in capitals ("DeKALB" and "McALLEN, Texas" are)."""
    town = re.sub(r"(?<![^\W\d_])(?:De|Mc|Mac|La|Le|O['’])(?=[A-Z]{2})", "", name.split(",")[0])
    letters = [c for c in town if c.isalpha()]
    small = sum(c.islower() for c in letters)
    if small and re.search(r" (?:and|of|de|la|du|des|sur) ", town):
        small = sum(c.islower() for c in re.sub(r" (?:and|of|de|la|du|des|sur) ", " ", town))
    return len(letters) > 1 and small == 0 and letters[0].isupper()


def _read(text: str, start: int, stop: int, line_end: int) -> Dateline | None:
    pieces: list[Piece] = []
    best: Dateline | None = None
    at = start
    while len(pieces) < MOST_ITEMS and at < stop:
        new, after, bracketed = _piece(text, at, stop, {piece.kind for piece in pieces})
        if not new:
            break
        pieces += new
        gap = GAP.match(text, after, min(len(text), after + 12))
        assert gap is not None
        strong = bool(STRONG.search(text, after, gap.end())) if gap.end() > after else False
        over = gap.end() >= line_end
        known = any(piece.kind == "agency" and agency(text[piece.start : piece.end]) for piece in pieces)
        last = pieces[-1].kind
        closes = strong or (last == "agency" and known and (bracketed or "." in gap[0]) and gap.end() > after)
        closes = closes or (last == "agency" and known and bracketed and text[after : after + 1].isalnum())
        closes = closes or (last == "place" and len(pieces) == 1 and gap[0] == ". " and bool(GERMAN.search(text, after, after + 120)))
        closes = closes or (over and len({piece.kind for piece in pieces}) >= 2)
        if closes:
            best = Dateline(tuple(pieces), gap.end(), strong, known)
        if over:
            break
        at = gap.end()
    return best


def _piece(text: str, at: int, stop: int, have: set[Kind]) -> tuple[list[Piece], int, bool]:
    """The next part, or several out of one bracket; where it ends; whether it stood in a bracket."""
    if text[at] in OPEN:
        match = BRACKET.match(text, at, stop)
        if match is None:
            return [], at, False
        group = match.lastindex or 1
        return _in_bracket(text, match.start(group), match.end(group), have), match.end(), True
    if "date" not in have and (end := date_at(text, at)) is not None and end <= stop:
        return [Piece("date", at, end)], skip_clock(text, end), False
    if "agency" not in have and (end := agency_at(text, at)) is not None and end <= stop:
        return [Piece("agency", at, end)], end, False
    if "place" not in have and (end := place_at(text, at, stop)) is not None:
        end = _with_bracket(text, end, stop)
        return [Piece("place", at, end)], end, False
    return [], at, False


def _with_bracket(text: str, end: int, stop: int) -> int:
    """The end of a place with what a bracket adds to its name: "Halle (Saale) (dpa)", "New Delhi [India]"."""
    if text[end : end + 2] not in {" (", " ["} or (match := BRACKET.match(text, end + 1, stop)) is None:
        return end
    more = text[match.end() : match.end() + 2] == " (" or is_region(match[match.lastindex or 1])
    return match.end() if more and agency(match[match.lastindex or 1]) is None else end


def _in_bracket(text: str, start: int, end: int, have: set[Kind]) -> list[Piece]:
    inner = text[start:end]
    lead = len(inner) - len(inner.lstrip())
    start, end = start + lead, start + len(inner.rstrip())
    inner = text[start:end]
    if agency(inner) is not None:
        return [] if "agency" in have else [Piece("agency", start, end)]
    if date_at(text, start) == end:
        return [] if "date" in have else [Piece("date", start, end)]
    pieces = _mixed(text, start, end, have)
    if pieces:
        return pieces
    return [Piece("agency", start, end)] if "agency" not in have and have & {"place"} and _like_agency(inner) else []


def _mixed(text: str, start: int, end: int, have: set[Kind]) -> list[Piece]:
    """Several parts in one bracket: "(AFP, June 14)", "[Tokyo 14 June Kyodo]"."""
    pieces: list[Piece] = []
    at = start
    while at < end:
        kinds = have | {piece.kind for piece in pieces}
        if "date" not in kinds and (stop := date_at(text, at)) is not None:
            pieces.append(Piece("date", at, stop))
        elif "agency" not in kinds and (stop := agency_at(text, at)) is not None:
            pieces.append(Piece("agency", at, stop))
        elif "place" not in kinds and (stop := place_at(text, at, end)) is not None:
            pieces.append(Piece("place", at, stop))
        else:
            return []
        gap = GAP.match(text, stop, end)
        assert gap is not None
        at = gap.end()
    return pieces if len(pieces) > 1 and any(piece.kind == "agency" for piece in pieces) else []


def _like_agency(name: str) -> bool:
    """Whether an unknown name in brackets behind a place may be an agency's: "(WKYT)", "(Northern Star News)"."""
    words = name.split()
    if len(words) > 5 or PARTY.fullmatch(name) or {word.strip(".,:").casefold() for word in words} & LABELS - {"news", "press"}:
        return False
    if not all(word[0].isupper() or word in PARTICLES for word in words) or not words[0][0].isalpha():
        return False
    return name.isupper() or known_place(name) is None


def _evidence(text: str, found: Dateline, stop: int, *, inside: bool, credited: bool) -> bool:
    parts = {piece.kind: text[piece.start : piece.end] for piece in found.pieces}
    place = parts.get("place")
    if text[found.end].islower() and not INNER_CAPITAL.match(text, found.end) and not (found.known and found.dashed):
        return False
    if place is None:
        bracketed = text[found.pieces[0].start - 1 : found.pieces[0].start] in OPEN
        if inside or not found.known:
            return False
        return bracketed or (found.dashed and (len(found.pieces) > 1 or _bare_agency(text, found, stop)))
    if _labelled(place):
        return False
    upper = capitals(place)
    if found.known:
        return upper or not inside or "agency" in parts
    if inside and not upper:
        return False
    if "agency" in parts or "date" in parts:
        call_sign = bool(CALL_SIGN.fullmatch(parts.get("agency", "")))
        return known_place(place) is not None or (
            upper and found.dashed and (call_sign or _unknown_town(place, credited=credited, single="agency" not in parts))
        )
    return (found.dashed or text[found.end - 2 : found.end] == ". ") and _before_dash(text, found, place, stop, credited=credited)


def _bare_agency(text: str, found: Dateline, stop: int) -> bool:
    """Whether nothing but an agency's initials and a dash opens a paragraph: "NNA - The harbour ..."."""
    piece = found.pieces[0]
    initials = text[piece.start : piece.end]
    return initials.isupper() and len(initials) >= 3 and ":" not in text[piece.end : found.end] and stop - found.end >= SENTENCE


def _before_dash(text: str, found: Dateline, place: str, stop: int, *, credited: bool) -> bool:
    """Whether a place with nothing but a dash behind it is a dateline."""
    separator = text[found.pieces[-1].end : found.end]
    colon = ":" in separator
    paragraph = text[found.end : stop] if stop > found.end else text[found.end : text.find("\n", found.end) % (len(text) + 1)]
    if paragraph[:30].isupper() or (len(paragraph) < BODY and not (capitals(place) and "," in place)):
        return False
    known = known_place(place)
    if "." in separator and not colon and separator.strip() == ".":
        return known is not None and (known.population or 0) >= TOWN and len(paragraph) >= SENTENCE
    if capitals(place):
        if known is not None and colon:
            large = (known.population or 0) >= TOWN or known.population is None
            return large and len(paragraph) >= SENTENCE and SPEAKER.search(text, found.end, found.end + 600) is None
        if known is not None:
            return "," in place or _no_acronym(place, known, credited=credited)
        return not colon and len(paragraph) >= SENTENCE and _unknown_town(place, credited=credited)
    if known is None or known.confidence < 0.5 or len(paragraph) < SENTENCE or not VERB.search(paragraph):
        return False
    town = (known.population or 0) >= (CITY if colon else TOWN) or "," in place
    again = paragraph.find(separator.strip() if not colon else " - ", 0, 160)
    first_stop = VERB.search(paragraph)
    return town and separator[:1] != "" and (again < 0 or (first_stop is not None and first_stop.start() < again))


def _no_acronym(place: str, known: Place, *, credited: bool) -> bool:
    """Whether a few capitals are a town's name and not a company's or an index's: "OSLO - " but not "DAX - "."""
    letters = sum(c.isalpha() for c in place)
    if known.population is None or known.name == place:
        return True
    return credited or (letters > 4 and "." not in place[1:3]) or known.population >= SHORT_NAME


def _unknown_town(place: str, *, credited: bool, single: bool = True) -> bool:
    """Whether capitals that no gazetteer knows may be a small town: not an acronym, not a heading."""
    town, _, region = place.partition(",")
    if region and is_region(region.strip()):
        return True
    words = town.replace("-", " ").split()
    if agency(town) is not None or len(words) > 5:
        return False
    if len(words) == 1:
        return single and "." not in town[:-1] and len(town) >= (4 if credited else 5)
    return (
        credited
        or bool({word.casefold() for word in words} & GEO)
        or any(known_place(part) for part in re.split(r" ?[/&] ?| and ", town))
    )


def _labelled(place: str) -> bool:
    """Whether it is a label that papers put before a dash: "EXCLUSIVE - ", "Update (Friday) - "."""
    words = [word.strip(".,'’:").casefold() for word in place.replace("/", " ").split()]
    if not words or "".join(words).casefold() in MONTHS | WEEKDAYS:
        return True
    return (
        words[0] in LABELS
        and not (len(words) > 1 and words[0] in {"new", "the", "top"})
        or (len(words) > 1 and words[-1] in LABELS)
    )


def _is_date(text: str, at: int) -> bool:
    return date_at(text, at) is not None or agency_at(text, at) is not None


def _behind_comma(text: str, at: int) -> bool:
    """What follows a comma belongs to the place unless it is a date or an agency."""
    return text[at : at + 1].isupper() and not _is_date(text, at)


def _trim(text: str, start: int, end: int) -> int:
    """A full stop that ends the place ("MOSCOW.") is none of its letters; that of "Calif." or "N.Y." is."""
    if text[end - 1] != ".":
        return end
    word = text[start:end]
    if word.count(".") > 1 or is_abbreviation(word):
        return end
    return end - 1
