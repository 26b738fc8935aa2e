"""Why and how: the phrases that a cue leads in, nearest to what the headline tells. No cue, no answer. English."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.five_cues import (
    BLAMED,
    CAUSE,
    CONDITIONS,
    FOR_JUDGED,
    FOR_TALKS,
    HOW,
    JUDGED,
    MANNER,
    MANNERS,
    NO_MANNER,
    OCCASIONS,
    PARTED,
    PURPOSE,
    QUARRELS,
    WHY,
)
from tasks.extract.five_what import Candidate, predicate_end, purpose
from tasks.extract.five_words import DETERMINERS, PREPOSITIONS, VERBS
from tasks.extract.name_words import is_role
from tasks.extract.word_classes import adverb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.extract.five_clause import Clause
    from tasks.extract.five_cues import Cues
    from tasks.extract.five_page import Page, Sentence
    from tasks.extract.five_what import Told

LONGEST = 16  # words of an answer
SURE, TOLD, LATER = 0.6, 0.4, 0.04  # weights of the cue, of the headline's words in the sentence, of each sentence before it
LEAST = 0.3  # score of an answer
_STOPS = frozenset(",;:.!?–—|…()[]") | {"--", "..."}


class Phrase(NamedTuple):
    """The words that answer, and how sure their cue is."""

    first: int
    last: int
    sure: float


def why(page: Page, told: Told) -> Iterator[Candidate]:
    """Reasons, causes and purposes."""
    for number, (sentence, found) in enumerate(told):
        for phrase in [*_led(page, sentence, WHY), *(p for clause in found for p in _judged(page, sentence, clause))]:
            yield from _answer(page, number, sentence, phrase)


def how(page: Page, told: Told) -> Iterator[Candidate]:
    """Means and manners."""
    for number, (sentence, found) in enumerate(told):
        for clause in found[:1]:
            for phrase in _mannered(page, sentence, clause):
                yield from _answer(page, number, sentence, phrase)
        for phrase in [*_led(page, sentence, HOW), *_manners(page, sentence)]:
            yield from _answer(page, number, sentence, phrase)


def _answer(page: Page, number: int, sentence: Sentence, phrase: Phrase) -> Iterator[Candidate]:
    score = SURE * phrase.sure + TOLD * sentence.told - LATER * number
    if score >= LEAST:
        yield Candidate(*page.span(phrase.first, phrase.last), score)


def _led(page: Page, sentence: Sentence, cues: Cues) -> Iterator[Phrase]:
    """What stands behind the cues of a sentence."""
    for i in range(sentence.first, sentence.last):
        for cue, sure in cues.get(page.low[i], ()):
            first = i + len(cue)
            if page.low[i:first] == cue:
                if _stands(page, i, first, sentence):
                    last = _end(page, first, sentence)
                    if last > first:
                        yield Phrase(first, last, sure)
                break


def _manners(page: Page, sentence: Sentence) -> Iterator[Phrase]:
    """The phrases of a sentence that are themselves a manner: "at high speed"."""
    for i in range(sentence.first, sentence.last):
        for cue, sure in MANNERS.get(page.low[i], ()):
            if page.low[i : i + len(cue)] == cue:
                yield Phrase(i, i + len(cue), sure)


def _stands(page: Page, i: int, first: int, sentence: Sentence) -> bool:
    """Whether a cue leads in a reason or means: "in" bad weather, "by" something done."""
    low, after = page.low[i], page.low[first] if first < sentence.last else "."
    before = page.low[i - 1] if i > sentence.first else ""
    if low == "by":
        done = before.endswith("ed") or (before in VERBS and VERBS[before].form in ("both", "participle"))  # "marred by shooting"
        whole = page.low[first + 1 : first + 2]
        return after in VERBS and VERBS[after].form == "ing" and not (done and DETERMINERS.isdisjoint(whole))
    if low == "using":
        return before not in PREPOSITIONS
    if low == "with":
        return after in ("a", "an")
    if low == "over":
        return after[0].isalpha() and (sentence.headline or before in QUARRELS)
    if low == "in":
        return not CONDITIONS.isdisjoint(page.low[first + 1 : first + 4]) and DETERMINERS.isdisjoint((after,))
    if low == "as":
        return after in ("he", "it", "she", "they")
    return after[0].isalnum() or after[0] in "'\"“‘"


def _judged(page: Page, sentence: Sentence, clause: Clause) -> Iterator[Phrase]:
    """What stands behind "for" and "to" in a main clause: "fined for dumping", "flew to Oslo for talks", "to meet the queen"."""
    verbs = {VERBS[w].base for w in page.low[clause.verb : clause.verb + 4] if w in VERBS}
    for i in range(clause.verb + 1, min(clause.verb + LONGEST, sentence.last - 1)):
        low = page.low[i]
        if low in _STOPS:
            return
        if low in ("for", "on") and not BLAMED.isdisjoint(page.low[clause.verb : i]):
            yield from _blamed(page, clause.verb, i, _end(page, i + 1, sentence))
        elif low == "for" and verbs & JUDGED:
            yield Phrase(i + 1, _end(page, i + 1, sentence), FOR_JUDGED)
        elif low == "for" and not OCCASIONS.isdisjoint(page.low[i + 1 : i + 5]):
            yield Phrase(i, _end(page, i + 1, sentence), FOR_TALKS)
        elif low == "to" and i > clause.verb + 1 and purpose(page, clause.verb, i):
            yield Phrase(i, _end(page, i + 1, sentence), PURPOSE)
        else:
            continue
        return


def _mannered(page: Page, sentence: Sentence, clause: Clause) -> Iterator[Phrase]:
    """The first predicate of a sentence with the adverb of manner before or behind its verb: "narrowly avoided a wreck"."""
    for i in range(max(clause.verb - 1, sentence.first), min(clause.verb + 3, sentence.last)):
        if adverb(page.low[i]) and page.low[i] not in NO_MANNER and page.word[i].islower():
            yield Phrase(min(i, clause.verb), predicate_end(page, clause.verb, sentence.last), MANNER)
            return


def _blamed(page: Page, verb: int, i: int, last: int) -> Iterator[Phrase]:
    """What is blamed, behind "blamed" and before "for", or behind "on"; not somebody of whom no more is said."""
    first = next(k for k in range(i - 1, verb - 1, -1) if page.low[k] in BLAMED) + 1
    cause = Phrase(i + 1, last, CAUSE) if page.low[i] == "on" else Phrase(first, i, CAUSE)
    if any(w.islower() and len(w) > 3 and not is_role(w) for w in page.word[cause.first : cause.last]):
        yield cause


def _end(page: Page, first: int, sentence: Sentence) -> int:
    """Where a phrase ends: at a mark or another circumstance."""
    for i in range(first, min(first + LONGEST, sentence.last)):
        low = page.low[i]
        if low in _STOPS or (i > first + 1 and low in PARTED):
            return i
    return min(first + LONGEST, sentence.last)
