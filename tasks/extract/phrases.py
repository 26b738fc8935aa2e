"""Phrases: the subject to the left of a verb of saying, with what is apposed to it."""

from __future__ import annotations

from tasks.extract.name_words import GROUPS, ROLES, is_office, is_role
from tasks.extract.quote_words import QUOTE
from tasks.extract.sources import CONJUNCTIONS, Scene, Words
from tasks.extract.word_classes import COMMAS, FINITE, LEADS, MODALS, OWNERS, POSSESSIVES, RELATIVE, STOPS, TIMES, adverb

APPOSITIONS = 6  # between a subject and its verb, at most
BRIEF = 40  # characters of a quotation that may be a title or nickname within a subject
NEAR = 8  # words before "after" among which a verb makes what follows another clause
_WHEN = frozenset("after before since until once".split())
_ROUGHLY = frozenset("about around over outside inside under".split())
_DATED = frozenset("on in at by last am".split())
_LEAD_ON = frozenset("who whose which where whom".split())


def left_of(scene: Scene, verb: int, floor: int) -> Words | None:
    """The subject before a verb, with its apposition; None where there is none in the sentence behind word `floor`."""
    low = scene.stream.low
    end = before_adverbs(scene, verb, floor)
    if end <= floor:
        return None
    if low[end - 1] in scene.lexicon.pronouns:
        return Words(end - 1, end)
    if low[end - 1] in RELATIVE:
        return _antecedent(scene, end - 1, floor)
    if low[end - 1] in COMMAS:
        return _apposed(scene, end, floor)
    return _named(scene, _phrase(scene, end, floor))


def _named(scene: Scene, found: Words) -> Words | None:
    """A subject; of one that a preposition leads only what stands behind its phrase."""
    low = scene.stream.low
    if found.first >= found.last or low[found.first] not in scene.lexicon.prepositions:
        return found if found.first < found.last else None
    if low[found.first] in _ROUGHLY:
        return found
    mention = scene.cast.at.get(found.last - 1)
    if mention is not None:
        return Words(mention.first, mention.last) if mention.first > found.first + 1 else None
    for i in range(found.last - 1, found.first + 1, -1):
        if low[i] in scene.lexicon.pronouns or (low[i] in OWNERS and low[i - 1] not in scene.lexicon.prepositions):
            return Words(i, found.last)
    return None


def before_adverbs(scene: Scene, verb: int, floor: int) -> int:
    """Where a subject ends: `verb` without the auxiliaries, adverbs and times before it."""
    low, between = scene.stream.low, scene.lexicon.between
    i = verb
    while i > floor and (low[i - 1] in between or adverb(low[i - 1])):
        i -= 1
    if i > floor + 2 and low[i - 1] in TIMES:  # "Osei on Monday said"
        if low[i - 2] in ("on", "in", "last", "this"):
            return i - 2
        if low[i - 2] not in scene.lexicon.prepositions and low[i - 2] not in OWNERS:
            return i - 1
    return i


def _phrase(scene: Scene, end: int, floor: int) -> Words:
    """The noun phrase that ends before word `end`."""
    low = scene.stream.low
    i = end
    while i > floor:
        if low[i - 1] == ")":
            i = _opened(low, i - 1, floor)
        elif _belongs(scene, i - 1, end, floor):
            i -= 1
        else:
            break
    return _trimmed(scene, i, end)


def _belongs(scene: Scene, i: int, end: int, floor: int) -> bool:
    """Whether word `i` can stand in a noun phrase that ends before word `end`."""
    stream = scene.stream
    w = stream.low[i]
    inner = i + 1 < end
    if w == QUOTE:
        return inner and _short(scene, i) and stream.low[i + 1] not in STOPS
    if w in STOPS or w == "(":
        return False
    if w in scene.lexicon.breaks:
        if w == "who":
            return i - 1 >= floor and stream.low[i - 1] not in scene.lexicon.verbs
        names = inner and i - 1 >= floor and stream.word[i + 1][0].isupper() and stream.word[i - 1][0].isupper()
        return w in CONJUNCTIONS and names
    if not inner:
        return True
    if w in MODALS or (w in _WHEN and _clause_before(stream.low, i, floor)):
        return False
    verb = scene.lexicon.verbs.get(w)
    return not (verb and verb.form == "fin" and not verb.particle and w not in GROUPS and not stream.word[i][0].isupper())


def _clause_before(low: list[str], i: int, floor: int) -> bool:
    """Whether what stands before word `i` has a verb: "The minister resigned after prosecutors accused him"."""
    return any(low[k] in FINITE or low[k].endswith("ed") for k in range(max(floor, i - NEAR), i))


def _trimmed(scene: Scene, first: int, last: int) -> Words:
    """Words without the conjunctions and times before a name."""
    low = scene.stream.low
    while first < last and (low[first] in LEADS or low[first] in STOPS or adverb(low[first])):
        first += 1
    if first < last and low[first] in _DATED:
        for i in range(first + 1, min(first + 4, last - 1)):
            if low[i] in TIMES or (low[i].isdigit() and len(low[i]) == 4):
                return _trimmed(scene, i + 1, last)
    while first < last - 1 and low[first] in TIMES:
        first += 1
    return Words(first, last)


def _opened(low: list[str], closed: int, floor: int) -> int:
    """The bracket that word `closed` closes, or that word itself."""
    for i in range(closed - 1, floor - 1, -1):
        if low[i] == "(":
            return i
    return closed


def _short(scene: Scene, i: int) -> bool:
    """Whether a quotation is a word or two without a stop of its own, as a title or nickname is."""
    stream = scene.stream
    return stream.end[i] - stream.start[i] < BRIEF and stream.text[stream.end[i] - 2] not in ",.?!"


def _antecedent(scene: Scene, relative: int, floor: int) -> Words | None:
    """What "who" refers to."""
    low = scene.stream.low
    end = relative
    if end > floor and low[end - 1] in COMMAS:
        end -= 1
    if end > floor and low[end - 1] == ")":
        end = _opened(low, end - 1, floor)
    if end <= floor or (low[relative] == "that" and (low[end - 1] in scene.lexicon.verbs or end == relative - 1)):
        return None
    mentions = scene.cast.within(max(floor, relative - 25), end)
    if mentions and (mentions[-1].last == end or low[mentions[-1].last] == ","):
        return Words(mentions[-1].first, mentions[-1].last)
    found = _phrase(scene, end, floor)
    return found if found.first < found.last and low[found.first] not in scene.lexicon.prepositions else None


def _apposed(scene: Scene, end: int, floor: int) -> Words | None:
    """The subject that an apposition between commas separates from its verb: `Ada Brink, a farmer, said`."""
    low = scene.stream.low
    mark = end - 1
    for _ in range(APPOSITIONS):
        comma = _comma_before(low, mark, floor)
        if comma is None or comma <= floor:
            break
        if not _appositive(scene, comma + 1, mark):
            found = _phrase(scene, mark, comma + 1)
            first = _office_before(scene, comma, floor) if found.first == comma + 1 else found.first
            return Words(first, end - 1) if found.first < found.last else None
        mark = comma
    if mark == end - 1 or mark <= floor:
        return None
    found = _phrase(scene, mark, floor)
    if found.first >= found.last or low[found.first] in scene.lexicon.prepositions:
        return None
    return Words(found.first, end - 1)


def _office_before(scene: Scene, comma: int, floor: int) -> int:
    """Where "the mayor, " begins that stands before a name, if it does; else where the name begins."""
    found = _phrase(scene, comma, floor)
    for i in range(found.first, found.last):
        if scene.stream.low[i] in scene.lexicon.prepositions:
            return comma + 1
        if is_role(scene.stream.low[i]) and scene.stream.word[i].islower():
            return found.first
    return comma + 1


def _comma_before(low: list[str], end: int, floor: int) -> int | None:
    for i in range(end - 1, floor - 1, -1):
        if low[i] == low[end] or (low[i] in COMMAS and low[end] == ","):
            return i
        if low[i] in (";", ":", QUOTE):
            return None
    return None


def _appositive(scene: Scene, first: int, last: int) -> bool:
    """Whether words between commas say more of who stands before them."""
    low = scene.stream.low
    if first >= last or (low[first] in scene.lexicon.breaks and low[first] not in _LEAD_ON):
        return False
    if not scene.stream.word[first][0].isupper():
        return True
    if last > first + 1 and low[first + 1] in POSSESSIVES:
        return True
    if low[last - 1] in ROLES:
        return True
    if scene.cast.within(first, last):
        return False
    return is_office(low[first]) or first - 2 in scene.cast.at or (last - first <= 2 and not _of_office(scene, first - 1))


def _of_office(scene: Scene, comma: int) -> bool:
    """Whether the words before a comma tell an office, so that an unknown name behind it is its holder's."""
    low = scene.stream.low
    for i in range(comma - 1, max(comma - 9, -1), -1):
        if low[i] == ",":
            return (
                i + 1 < comma
                and low[i + 1] in OWNERS
                and i - 1 not in scene.cast.at
                and any(is_role(w) for w in low[i + 1 : comma])
            )
    return False
