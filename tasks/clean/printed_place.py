"""Names of places as datelines print them: where one ends, and whether capitals before a dash are a town or a label."""

from __future__ import annotations

import re

from tasks.clean.agencies import agency, agency_at, may_be_house
from tasks.clean.newsroom import LABELS, PLAIN
from tasks.clean.printed_date import MONTHS, WEEKDAYS, date_at
from tasks.gazetteer import Place, is_abbreviation, is_region, locate

REACH = 70  # characters of a place, however many cities it names
KNOWN = 0.3  # confidence of the gazetteer from which a name is known as a place
SHORT_NAME = 100_000  # people from which up to four capitals are a town before they are an acronym

WORD = re.compile(r"['’‘ʻ]?[^\W\d_](?:[^\W\d_]|[.'’‘ʻ`](?=[^\W\d_])|-(?=[^\W\d_]))*\.?")
JOINT = re.compile(r" ?/ ?| ?& ?| (?:and|und|et|y|e|i) (?=[^\W\d_])|, (?=[^\W\d_])| ")
CITIES = re.compile(r" ?[/&] ?| and ")
SMALL_WORD = re.compile(r" (?:and|of|de|la|du|des|sur) ")
SMALL_PREFIX = re.compile(r"(?<![^\W\d_])(?:De|Mc|Mac|La|Le|O['’])(?=[A-Z]{2})")
PARTICLES = frozenset(
    """
    of de la le du des del della dei da do dos das di the am an der dem den ob im bei el al upon sur sous en van les los las à
    """.split()
)
BEFORE_DASH = re.compile(r"([^\W\d_a-z][\w&'’-]*(?: [^\W\d_a-z][\w&'’-]*){0,3})(?= ?(?:[—–_]|--?(?!\w)))")
BRACKETED = re.compile(r" (?:\(([^()\n]{2,40})\)|\[([^\[\]\n]{2,40})\])")
PARTS_OF_LANDS = frozenset(
    """
    north south east west central northern southern eastern western northeast northwest southeast southwest upper lower
    province district county governorate prefecture oblast region island islands
    """.split()
)
GEO = frozenset(  # words of which unknown towns' names are made
    """
    city county town isle island islands lake port fort mount mt. point beach springs falls valley hills hill north
    south east west new san santa santo st. st saint el la las los al prison atoll base camp park grove heights river
    bay village township parish district province ville bad upper lower great big grand palm key cape glen rock oak
    cedar pine spring ridge harbor harbour creek canyon mountain ferry bridge mills junction center centre corner
    crossing landing aboard air station
    """.split()
)


def place_at(text: str, start: int, stop: int) -> int | None:
    """Where the place that begins at `start` ends, with state or country and all cities of it; None if nothing like one does."""
    stop = min(stop, start + REACH)
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
        if end is not None and not lower and _is_no_place(text, at):
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


def house_at(text: str, start: int) -> int | None:
    """Where the unknown agency's or paper's name ends that stands before a dash: "Northern Star News - "."""
    name = BEFORE_DASH.match(text, start, start + REACH)
    if name is None or not may_be_house(name[1]) or known_place(name[1]) is not None:
        return None
    return name.end()


def with_bracket(text: str, start: int, end: int, stop: int) -> int:
    """The end of a place with what a bracket adds to it: "Halle (Saale) (dpa)", "New Delhi [India]", "KENDARI (South Reach)"."""
    if text[end : end + 2] not in {" (", " ["} or (match := BRACKETED.match(text, end, stop)) is None:
        return end
    inner = match[match.lastindex or 1]
    if agency(inner) is not None:
        return end
    if text[match.end() : match.end() + 2] == " (" or is_region(inner):
        return match.end()
    return match.end() if known_place(text[start:end]) is not None and _part_of_land(inner) else end


def _part_of_land(name: str) -> bool:
    words = name.split()
    if not all(word[0].isupper() or word in PARTICLES for word in words) or may_be_house(name):
        return False
    folded = {word.casefold() for word in words}
    if len(words) > 1 and folded & PARTS_OF_LANDS and PLAIN.isdisjoint(folded - PARTS_OF_LANDS):
        return True
    return not name.isupper() and known_place(name) is not None


def known_place(name: str) -> Place | None:
    """The gazetteer's place of that name, if it is sure enough to tell a place from a word."""
    found = locate(name)
    return found if found is not None and found.confidence >= KNOWN else None


def capitals(name: str) -> bool:
    """Whether the town is printed in capitals ("DeKALB" and "McALLEN, Texas" are)."""
    town = SMALL_WORD.sub(" ", SMALL_PREFIX.sub("", name.split(",", 1)[0]))
    letters = [c for c in town if c.isalpha()]
    return len(letters) > 1 and letters[0].isupper() and not any(c.islower() for c in letters)


def no_acronym(place: str, known: Place, *, credited: bool) -> bool:
    """Whether a few capitals are a town's name and not a company's or an index's: "OSLO - " but not "DAX - "."""
    letters = sum(c.isalpha() for c in place)
    if known.population is None or known.name == place:
        return True
    return credited or (letters > 4 and "." not in place[1:3]) or known.population >= SHORT_NAME


def unknown_town(place: str, *, credited: bool, single: bool = True) -> bool:
    """Whether capitals that no gazetteer knows may be a small town: not an acronym, not a heading."""
    town, _, region = place.partition(",")
    if region and is_region(region.strip()):
        return True
    words = town.replace("-", " ").split()
    if agency(town) is not None or len(words) > 5:
        return False
    if len(words) == 1:
        return single and "." not in town[:-1] and len(town) >= (4 if credited else 5)
    return credited or bool({word.casefold() for word in words} & GEO) or any(known_place(part) for part in CITIES.split(town))


def labelled(place: str) -> bool:
    """Whether it is a label that papers put before a dash: "EXCLUSIVE - ", "Update (Friday) - "."""
    words = [word.strip(".,'’:").casefold() for word in place.replace("/", " ").split()]
    if not words or "".join(words) in MONTHS | WEEKDAYS:
        return True
    if words[0] not in LABELS and words[-1] not in LABELS:
        return False
    return len(words) == 1 or known_place(place) is None  # "NEW YORK", "NEWPORT NEWS"


def _is_no_place(text: str, at: int) -> bool:
    """Whether a date or an agency begins here."""
    return date_at(text, at) is not None or agency_at(text, at) is not None


def _behind_comma(text: str, at: int) -> bool:
    """What follows a comma belongs to the place unless it is a date or an agency."""
    return text[at : at + 1].isupper() and not _is_no_place(text, at) and house_at(text, at) is None


def _trim(text: str, start: int, end: int) -> int:
    """A full stop that ends the place ("MOSCOW.") is none of its letters; that of "Calif." or "N.Y." is."""
    if text[end - 1] != ".":
        return end
    word = text[start:end]
    if word.count(".") > 1 or is_abbreviation(word):
        return end
    return end - 1
