"""A text as the recogniser of names reads it: words with pads between sentences, and the stretches that may hold names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tasks.extract.name_lists import town
from tasks.extract.name_shapes import PAD, PARTICLES, Word, word_info
from tasks.extract.structure import sentences, tokens

MARGIN = 3  # pads
LONGEST = 48  # words of a stretch; longer ones are cut
CONNECTED = 3  # words without a capital in a row that may still be within a name
LINKS = PARTICLES | frozenset("y e i und arap".split())
WITHIN = LINKS | frozenset("of the for and & les et am an in on at to a ' ’ . - – / ! \" “ ” 's ’s".split())
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|d)$")
TAIL = re.compile(
    r"-(?:[a-z]{2,}ed|born|led|run|held|made|built|bound|bred|area|style|era|wide|like|only|friendly|registered|flagged)$"
)
LABEL = re.compile(r"[DRI]-(?=[A-Z])")


@dataclass(slots=True)
class Reading:
    """The words of a text as parallel lists, and what is known of them."""

    word: list[str] = field(default_factory=list)
    info: list[Word] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    stretches: list[tuple[int, int]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # the words of stretches, by their numbers
    runs: list[tuple[int, int]] = field(default_factory=list)  # words with capitals in a row, with the particles between them
    begins: set[int] = field(default_factory=set)  # the first word of each sentence, marks aside
    line: list[int] = field(default_factory=list)  # the kind of line that a word stands in
    phrase: list[int] = field(default_factory=list)  # the known phrase that it is part of
    columns: dict[str, list[int]] = field(default_factory=dict)  # by place: small numbers, of which templates make features
    around: dict[str, list[int]] = field(default_factory=dict)  # by place: the number of another word, 0 where there is none


def words_of(text: str, language: str | None) -> Reading:
    """The words of a text and its stretches."""
    made = Reading()
    word, start, end = made.word, made.start, made.end
    found = tokens(text)
    at = 0
    _pad(made)
    for bound in sentences(text, language):
        begun, stop = len(word), bound.end
        while at < len(found) and found[at].start < stop:
            first, last, piece = found[at]
            at += 1
            if "-" in piece and (cut := _cut(piece)):
                word += (piece[:cut], piece[cut:])
                start += (first, first + cut)
                end += (first + cut, last)
            else:
                word.append(piece)
                start.append(first)
                end.append(last)
        made.sentences.append((begun, len(word)))
        _pad(made)
    made.info = [word_info(w) for w in word]
    for begun, ended in made.sentences:
        _add_stretches(made, begun, ended)
    made.places = [i for first, last in made.stretches for i in range(first, last)]
    return made


def _pad(made: Reading) -> None:
    made.word += [PAD] * MARGIN
    made.start += [0] * MARGIN
    made.end += [0] * MARGIN


@lru_cache(maxsize=1 << 12)
def _cut(word: str) -> int:
    """Where a compound is cut: "Oslo|-based", "D-|Maine", "China|-Taiwan"; 0: nowhere."""
    if word.islower():
        return 0
    if found := TAIL.search(word):
        return found.start()
    if found := LABEL.match(word):
        return found.end()
    before, _, behind = word.partition("-")
    if "-" not in behind and town(before) >= 3 and town(behind) >= 3 and not town(word):
        return len(before)
    return 0


def _add_stretches(made: Reading, begun: int, ended: int) -> None:
    """Words with capitals, over words that stand within names, with particles or an ordinal in front and numbers behind."""
    word, info = made.word, made.info
    i = begun
    while i < ended:
        if not info[i].cap:
            i += 1
            continue
        first = i
        while first > begun and word[first - 1] in PARTICLES:
            first -= 1
        if first > begun and ORDINAL.match(word[first - 1]):
            first -= 1
        last = _end(made, i + 1, ended)
        i = last
        while last - first > LONGEST:
            made.stretches.append((first, first + LONGEST))
            first += LONGEST
        made.stretches.append((first, last))


def _end(made: Reading, last: int, ended: int) -> int:
    """The end of a stretch that has come as far as `last`."""
    word, info = made.word, made.info
    i = last
    while i < ended and i - last <= CONNECTED:
        if info[i].cap or (i == last and word[i][0].isdigit()):
            last = i + 1
        elif word[i] not in WITHIN:
            break
        i += 1
    return last
