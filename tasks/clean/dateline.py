"""Datelines of every house: place, date and agency in any order, then the dash ("CITY, June 14 (Agency) -").

The parts are read one after the other from the left; no style is spelled out as a whole. What was read counts only with
enough evidence: an agency's name, a date behind a place, or a place that is printed or known as one before a dash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tasks.clean.agencies import LOWER, agency, agency_at, may_be_agency, may_be_house
from tasks.clean.newsroom import LABELS, PLAIN
from tasks.clean.printed_date import date_at, skip_clock
from tasks.clean.printed_place import (
    PARTICLES,
    capitals,
    house_at,
    known_place,
    labelled,
    no_acronym,
    place_at,
    unknown_town,
    with_bracket,
)

REACH = 160  # characters in which a dateline must end
MOST_ITEMS = 6
MOST_GAP = 12  # characters between two parts
BODY = 40  # characters of text behind a dateline that only a dash makes one
SENTENCE = 60  # and behind one whose place nobody knows
TOWN = 50_000  # people from which a town in small letters before a dash is believed; surnames are small towns somewhere
CITY = 500_000  # and before a colon, which stands behind any word
ACRONYM = 3  # letters in brackets that need not be a place: "(UK)", "[USA]"
LONG_AGENCY = 6  # letters of an agency's name that is no other word
SURE = 0.5  # the gazetteer's confidence that a name in small letters needs
SENTENCE_REACH = 160  # characters in which a second dash makes the first one a parenthesis
TRANSCRIPT = 600  # characters in which a second speaker shows that names before colons are speakers

GAP = re.compile(r"[\s,.;:|=—–―‒_\-*•·]*")
DASH = re.compile(r"[—–―‒_|=:]|--|-(?!\S)|\.-|(?<=[)\]])-|(?<=\s)-(?=\S)")
OPEN = {"(": ")", "[": "]", "（": "）", "［": "］", "/": "/"}
BRACKET = re.compile(r"\(([^()\n]{2,60})\)|\[([^\[\]\n]{2,60})\]|（([^（）\n]{2,60})）|/([^/\n]{2,30})/")
SENTENCE_END = re.compile(r"[.!?…”\"](?:\s|$)")
SHOUTED = re.compile(r"[A-Z][A-Z&.'’-]*(?: [A-Z][A-Z&.'’-]*){0,4}")
SMALL_LETTERS = re.compile(r"([^\W\d_A-Z][\w .'’-]{1,30}, [^\W\d_A-Z][\w .'’-]{1,30}) \(([^\W\d_A-Z][\w .'’-]{1,30})\) ?[—–-]+ ?")
FIRST = 50  # characters of an unknown agency's name, with its comma
TICKER = 5  # capitals in brackets behind a name that may be its company's
INNER_CAPITAL = re.compile(r"[a-z]{1,3}[A-Z]")
CALL_SIGN = re.compile(r"[WK][A-Z]{2,3}(?:-TV)?")
SPEAKER = re.compile(r"(?<![^\W\d_])[A-Z][A-Z .'’]{2,30}: ")
GERMAN = re.compile(r" (?:der|die|das|und|den|dem|im|ist|hat|haben|von|mit|für|auf|sich|nach) ")
ASIDE = re.compile(r",? [(\[](?:Special|SPECIAL|Staff|Exclusive)(?: (?:to|for|TO) [^()\[\]\n]{2,40})?[)\]]")  # tells nothing
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
    first = _small_letters if text[start].islower() else _unknown_agency_first
    found = first(text, start, stop) or _read(text, start, min(stop, start + REACH), stop)
    if found is None or found.end >= len(text):
        return None
    return found if _evidence(text, found, stop, inside=inside, credited=credited) else None


def _unknown_agency_first(text: str, start: int, stop: int) -> Dateline | None:
    """A name that we do not know, before a known place, a date and a dash: "NORTHERN WIRE, Hobart, 28 January 2026 - "."""
    comma = text.find(", ", start, min(stop, start + FIRST))
    name = text[start : max(start, comma)]
    if not name or not (SHOUTED.fullmatch(name) or may_be_house(name)):
        return None
    if agency_at(text, start) is not None or known_place(name) is not None:
        return None
    found = _read(text, comma + 2, min(stop, start + REACH), stop)
    if found is None or not found.dashed:
        return None
    kinds = [piece.kind for piece in found.pieces]
    if kinds != ["place", "date"] and not (kinds == ["place"] and may_be_house(name)):
        return None
    if known_place(text[found.pieces[0].start : found.pieces[0].end]) is None:
        return None
    return Dateline((Piece("agency", start, comma), *found.pieces), found.end, dashed=True, known=False)


def _small_letters(text: str, start: int, stop: int) -> Dateline | None:
    """A dateline in small letters, with its region or country and an agency: "oslo, norway (northern wire) – "."""
    found = SMALL_LETTERS.match(text, start, stop)
    if found is None or known_place(found[1]) is None or known_place(found[2]) is not None or labelled(found[2]):
        return None
    return Dateline((Piece("place", *found.span(1)), Piece("agency", *found.span(2))), found.end(), dashed=True, known=False)


def _read(text: str, start: int, stop: int, line_end: int) -> Dateline | None:
    """The parts from `start` on, up to the last one behind which a dateline can end."""
    pieces: list[Piece] = []
    best: Dateline | None = None
    at = start
    while len(pieces) < MOST_ITEMS and at < stop:
        new, after, bracketed = _piece(text, at, stop, {piece.kind for piece in pieces})
        if not new:
            break
        pieces += new
        after = aside.end() if (aside := ASIDE.match(text, after, stop)) else after
        gap = GAP.match(text, after, min(len(text), after + MOST_GAP))
        assert gap is not None
        at = gap.end()
        known = any(piece.kind == "agency" and agency(text[piece.start : piece.end]) for piece in pieces)
        dashed = DASH.search(text, after, at) is not None
        closed = dashed or (at >= line_end and len({piece.kind for piece in pieces}) > 1)
        if closed or _closes(text, pieces, after, gap[0], known=known, bracketed=bracketed):
            best = Dateline(tuple(pieces), at, dashed, known)
        if at >= line_end:
            break
    return best


def _closes(text: str, pieces: list[Piece], after: int, gap: str, *, known: bool, bracketed: bool) -> bool:
    """Whether a dateline can end here without a dash: "(PTI) The ...", "/TASS/. The ...", "Berlin. Die ..."."""
    if pieces[-1].kind == "agency" and known:
        return (bracketed and (gap != "" or text[after : after + 1].isalnum())) or "." in gap
    if pieces[-1].kind != "place":
        return False
    if bracketed:
        return len(pieces) == 1 and gap == " "
    return (len(pieces) == 1 or known) and gap == ". " and GERMAN.search(text, after, after + 120) is not None


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
    if "place" in have and "agency" not in have and (end := house_at(text, at)) is not None:
        return [Piece("agency", at, end)], end, False
    if "place" not in have and (end := place_at(text, at, stop)) is not None:
        end = with_bracket(text, at, end, stop)
        return [Piece("place", at, end)], end, False
    return [], at, False


def _in_bracket(text: str, start: int, end: int, have: set[Kind]) -> list[Piece]:
    inner = text[start:end]
    lead = len(inner) - len(inner.lstrip())
    start, end = start + lead, start + len(inner.rstrip())
    inner = text[start:end]
    if agency(inner) is not None:
        return [] if "agency" in have else [Piece("agency", start, end)]
    if not have and inner.isupper() and len(inner) > ACRONYM and place_at(text, start, end) == end and known_place(inner):
        return [Piece("place", start, end)]
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
    """Whether what was read is a dateline and not the beginning of a sentence."""
    parts = {piece.kind: text[piece.start : piece.end] for piece in found.pieces}
    place = parts.get("place")
    if text[found.end].islower() and not INNER_CAPITAL.match(text, found.end) and not (found.known and found.dashed):
        return False
    if place is None:
        bracketed = text[max(0, found.pieces[0].start - 1)] in OPEN
        bare = found.dashed and (len(found.pieces) > 1 or _bare_agency(text, found, stop))
        return found.known and not inside and (bracketed or bare)
    if labelled(place):
        return False
    upper = capitals(place)
    if found.known:
        return found.dashed or upper or "date" in parts or known_place(place) is not None
    if inside and not upper:
        return False
    if parts.keys() == {"place"}:
        return (found.dashed or text[found.end - 2] in ".])") and _before_dash(text, found, place, stop, credited=credited)
    if known_place(place) is not None:
        return True
    name = parts.get("agency", "")
    if found.dashed and name and ("date" in parts or (upper and (may_be_agency(name) or _unlike(name, place)))):
        return upper or not (len(name) <= TICKER and name.isupper())
    station = CALL_SIGN.fullmatch(name) is not None
    return upper and found.dashed and (station or unknown_town(place, credited=credited, single=not name))


def _unlike(name: str, place: str) -> bool:
    """Whether a name of several words is no phrase, and no longer form of what stands before it: "TESLO (Teslo Motors)"."""
    words = set(name.casefold().split())
    return len(words) > 1 and words.isdisjoint(PLAIN) and words.isdisjoint(place.casefold().split())


def _bare_agency(text: str, found: Dateline, stop: int) -> bool:
    """Whether nothing but an agency's name and a dash opens a paragraph: "NNA - The harbour ...", "Reuters – The ..."."""
    piece = found.pieces[0]
    name, mark = text[piece.start : piece.end], text[piece.end : found.end]
    if ":" in mark or stop - found.end < SENTENCE:
        return False
    if len(name) < 3:  # "PA" and "NA" are Pennsylvania and nothing at all
        return name == "AP" and mark.strip() in {"—", "–", "-", "--"}
    return name.isupper() or name in LOWER or (len(name) >= LONG_AGENCY and mark[0] == " ")


def _before_dash(text: str, found: Dateline, place: str, stop: int, *, credited: bool) -> bool:
    """Whether a place with nothing but a dash, a colon or (in German) a full stop behind it is a dateline."""
    mark = text[found.pieces[-1].end : found.end].strip()
    line_end = stop if stop > found.end else text.find("\n", found.end) % (len(text) + 1)
    paragraph = text[found.end : line_end]
    upper, known = capitals(place), known_place(place)
    people = (known.population or 0) if known else 0
    if paragraph[:30].isupper() or (len(paragraph) < BODY and not (upper and "," in place)):
        return False
    if upper and known is not None and ":" not in mark and mark != ".":
        return "," in place or no_acronym(place, known, credited=credited)
    if len(paragraph) < (BODY if upper and known is not None else SENTENCE):
        return False
    if mark == ".":
        return people >= TOWN
    if upper and ":" in mark:
        large = known is not None and (people >= TOWN or known.population is None)
        return large and SPEAKER.search(text, found.end, found.end + TRANSCRIPT) is None
    if upper:
        return unknown_town(place, credited=credited)
    if known is None or known.confidence < SURE or (people < _least(place, mark) and "," not in place):
        return False
    return _one_sentence(paragraph, " - " if ":" in mark else mark)


def _least(place: str, mark: str) -> int:
    """How many people a town in small letters has at least. Before a colon stands any speaker's name, but rarely of two towns."""
    return CITY if ":" in mark and " " not in place else TOWN


def _one_sentence(paragraph: str, dash: str) -> bool:
    """Whether a sentence follows in which the dash does not come again: a pair of dashes is a parenthesis."""
    sentence = SENTENCE_END.search(paragraph)
    again = paragraph.find(dash, 0, SENTENCE_REACH)
    return sentence is not None and (again < 0 or sentence.start() < again)
