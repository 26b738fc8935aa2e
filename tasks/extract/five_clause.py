"""Clauses: where the verb of a sentence stands, its subject before it and its predicate behind it. English."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.five_words import (
    AUXILIARIES,
    BE,
    CLAUSES,
    DETERMINERS,
    HAVE,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    VERBS,
    Verb,
)
from tasks.extract.word_classes import COMMAS, NOT_ADVERBS

if TYPE_CHECKING:
    from tasks.extract.five_page import Page, Sentence

LEADING = 30  # words that a circumstance in front of a sentence may hold
_ROUGHLY = frozenset("about around over under".split())
_OPENERS = PREPOSITIONS | CLAUSES
_BEHIND = (
    DETERMINERS
    | PREPOSITIONS
    | PRONOUNS
    | frozenset("not no one more up out off as two three four five six seven eight nine ten".split())
)
_NOT_BEFORE = DETERMINERS | PREPOSITIONS | frozenset(("'s", "to", "and", "or", "of", "-"))


class Clause(NamedTuple):
    """A subject from `first` to `end`, its verb at `verb`."""

    first: int
    end: int
    verb: int


def clauses(page: Page, sentence: Sentence) -> list[Clause]:
    """The main clauses of a sentence as far as they are told without a parser: the first that has a subject of its own first."""
    found: list[Clause] = []
    first = opening(page, sentence)
    relative = 0
    i = first
    begin = first
    shouted = _title_case(page, sentence)
    while i < sentence.last:
        low = page.low[i]
        if sentence.headline and low in (":", ";", "|"):
            begin, relative = i + 1, 0
        elif low in RELATIVES and i > begin:
            relative += 1
        elif finite(page, i, sentence, headline=sentence.headline or shouted):
            if relative:
                relative -= 1
                i = _past_verbs(page, i, sentence.last)
                continue
            found.append(Clause(begin, i, i))
            relative = 0
            i = _past_verbs(page, i, sentence.last)
            begin = i
            continue
        i += 1
    return found


def opening(page: Page, sentence: Sentence) -> int:
    """Where a sentence begins behind the marks and the circumstance in front: "On Monday, …"."""
    first = sentence.first
    while first < sentence.last and not page.word[first][0].isalnum():
        first += 1
    if first >= sentence.last:
        return sentence.first
    low = page.low[first]
    after = page.low[first + 1] if first + 1 < sentence.last else "."
    if after in ("least", "most") or (low in _ROUGHLY and after[0].isdigit()):
        return first
    if low in _OPENERS or (low in VERBS and VERBS[low].form in ("ing", "both", "participle")):
        for i in range(first + 1, min(first + LEADING, sentence.last - 3)):
            if page.low[i] == ",":
                return i + 1
    return first


def finite(page: Page, i: int, sentence: Sentence, *, headline: bool) -> bool:
    """Whether word `i` is a verb that a subject before it rules."""
    low = page.low[i]
    before = page.low[i - 1] if i > sentence.first else ""
    after = page.low[i + 1] if i + 1 < sentence.last else "."
    if low in AUXILIARIES:
        return i > sentence.first and not (page.word[i][0].isupper() and not headline)
    verb = VERBS.get(low) or _unknown(low)
    if verb is None or i == sentence.first or before in _NOT_BEFORE or before in BE or before in HAVE:
        return False
    if page.word[i][0].isupper() and not headline:
        return False
    if verb.form in ("past", "both"):
        return (verb.sure or after in _BEHIND) and not (_reduced(page, i, sentence) and not headline)
    if verb.form == "participle":
        return headline and not _reduced(page, i, sentence)
    if verb.form == "third":
        return verb.sure or (low in VERBS and _leads_on(page, i, sentence)) or (headline and _named(page, i, sentence))
    return (
        verb.form == "base" and _plural(page, i - 1, sentence, headline=headline) and (headline or _leads_on(page, i, sentence))
    )


def _unknown(low: str) -> Verb | None:
    """A word of no table as a verb, by its ending."""
    if low.endswith("ed") and len(low) > 5:
        return Verb(low, "both", sure=False)
    if low.endswith("s") and len(low) > 4 and not low.endswith(("ss", "us", "is", "'s")):
        return Verb(low, "third", sure=False)
    return None


def _named(page: Page, i: int, sentence: Sentence) -> bool:
    """Whether a form that could be a noun stands behind a name and before a word that is no verb: "Brink stages protest"."""
    after = page.low[i + 1] if i + 1 < sentence.last else "."
    alone = after not in AUXILIARIES and not (after in VERBS and VERBS[after].form in ("past", "participle"))
    return alone and page.word[i - 1][0].isupper() and page.word[i][0].islower()


def _leads_on(page: Page, i: int, sentence: Sentence) -> bool:
    """Whether a thing, a place or a person follows, as it does behind a verb rather than a noun."""
    if i + 1 >= sentence.last:
        return True
    after = page.word[i + 1]
    return (
        page.low[i + 1] in _BEHIND
        or after[0].isupper()
        or after[0].isdigit()
        or after[0] in "\"“‘'’"
        or (page.low[i + 1].endswith("ly") and page.low[i + 1] not in NOT_ADVERBS)
    )


def _plural(page: Page, i: int, sentence: Sentence, *, headline: bool) -> bool:
    low = page.low[i]
    if low in ("they", "we", "people", "police", "i", "you", "who"):
        return True
    if low.endswith("s") and not low.endswith(("ss", "'s", "us", "is")) and low not in VERBS:
        return True
    return headline and "and" in page.low[sentence.first : i] and page.word[i][0].isupper()


def _reduced(page: Page, i: int, sentence: Sentence) -> bool:
    """Whether a participle stands for a relative clause: "men killed in the crash were named"."""
    if i + 1 >= sentence.last or page.low[i + 1] not in PREPOSITIONS:
        return False
    for j in range(i + 2, min(i + 14, sentence.last)):
        low = page.low[j]
        if low in COMMAS or low in ("and", "but") or low in CLAUSES or low in RELATIVES:
            return False
        if low in AUXILIARIES or (low in VERBS and VERBS[low].form == "past"):
            return True
    return False


def _past_verbs(page: Page, i: int, last: int) -> int:
    """Behind the auxiliaries, adverbs and verbs that belong to the verb at `i`."""
    group = True
    while i < last and group:
        low = page.low[i]
        i += 1
        group = (
            i < last
            and low in AUXILIARIES
            and (
                page.low[i] in AUXILIARIES
                or page.low[i] in VERBS
                or page.low[i] in BE
                or page.low[i].endswith("ly")
                or page.low[i] in ("not", "also", "now")
            )
        )
    return i


def _title_case(page: Page, sentence: Sentence) -> bool:
    """Whether all words but small ones have capitals, so that they tell no names."""
    if not sentence.headline:
        return False
    words = [w for w in page.word[sentence.first : sentence.last] if len(w) > 3 and w[0].isalpha()]
    return sum(w[0].isupper() for w in words) > 0.8 * len(words)
