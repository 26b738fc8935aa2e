"""What happened: the predicate that tells what the headline's predicate tells. English."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tasks.extract.five_clause import Clause, clauses
from tasks.extract.five_words import AUXILIARIES, CLAUSES, CONTROL, PREPOSITIONS, VERBS
from tasks.extract.word_classes import adverb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.extract.five_page import Page, Sentence
    from tasks.extract.quotes import Quote
    from tasks.extract.records import Event

LONGEST = 16  # words of an answer
TAIL = 4  # words of a place or occasion at the end of a headline that is left out
LATER = 0.01  # what a sentence loses with each one before it
_MARKS = frozenset(",;:–—|…()[]") | {"--", "...", "-", ".", "?", "!"}
CORE = 0.1  # what the first predicate of the sentence counts more that retells the headline
ACT = 0.05  # what an action that was recognised counts more
ALONE = 0.7  # score of the first predicate where there is no headline
_CUTS = frozenset("after because amid following when while before despite since until but ahead although though over".split())


_ENDS = _CUTS | PREPOSITIONS | CLAUSES | _MARKS | {"and"}


class Candidate(NamedTuple):
    """Characters that may be an answer."""

    start: int
    end: int
    score: float


Told: TypeAlias = "list[tuple[Sentence, list[Clause]]]"  # the first sentences with their main clauses


class Headline(NamedTuple):
    """A main clause of the headline. It tells what happened from `first` to `end`."""

    clause: Clause
    first: int
    end: int


def headline_clauses(title: Page | None, named: frozenset[str]) -> list[Headline]:
    """The main clauses of a headline in order, those that somebody says or asks behind the others."""
    if title is None:
        return []
    heads = [s for s in title.sentences if s.headline]
    found = [
        Headline(c, _beginning(title, c, named), predicate_end(title, c.verb, s.last)) for s in heads for c in clauses(title, s)
    ]
    return sorted(found, key=lambda head: _quoted(title, head.clause))


def what(
    page: Page, title: Page | None, heads: list[Headline], told: Told, events: Sequence[Event], quotes: Sequence[Quote]
) -> Iterator[Candidate]:
    """Predicates by how much of the headline's they hold; without a headline the first ones. None out of a quotation."""
    spoken = [(quote.start, quote.end) for quote in quotes if quote.kind == "direct"]
    acts = {event.end for event in events}
    first, end = (heads[0].first, heads[0].end) if heads else (0, len(title.low) if title else 0)
    wanted = Counter(filter(None, title.stems[first:end] if title else ()))
    for number, (sentence, found) in enumerate(told):
        for place, clause in enumerate(found):
            begin = page.start[clause.verb]
            if any(start <= begin < end for start, end in spoken):
                continue
            first = _beginning(page, clause, page.named) if sentence.headline else clause.verb
            if sentence.headline and clause == heads[0].clause:
                end, score = heads[0].end, 1.0
            elif wanted:
                end, score = _best_end(page, first, clause.verb, sentence.last, wanted)
            else:
                end, score = predicate_end(page, clause.verb, sentence.last), ALONE - 0.1 * place
            if score:
                start, end = page.span(first, end)
                score += CORE * ((number == page.core and place == 0) or sentence.headline) + ACT * any(
                    begin < act <= end for act in acts
                )
                yield Candidate(start, end, score - LATER * number)


def _best_end(page: Page, first: int, verb: int, last: int, wanted: Counter[str]) -> tuple[int, float]:
    """Where the predicate ends that shares most with the words wanted, and the F1 of the two; of equal ones the shortest."""
    held: Counter[str] = Counter()
    size, both, best = wanted.total(), 0, (verb + 1, 0.0)
    limit = min(last, verb + LONGEST)
    for i in range(first, limit + 1):
        if i > verb and (i == limit or page.low[i] in _ENDS):
            score = 2 * both / (held.total() + size)
            best = max(best, (i, score), key=lambda row: row[1])
        if i < limit and (stem := page.stems[i]):
            held[stem] += 1
            both += held[stem] <= wanted[stem]
    return best


def _beginning(page: Page, clause: Clause, named: frozenset[str]) -> int:
    """Where what happened begins: with the subject if that is no name and has something done to it: "Three victims named"."""
    verb = VERBS.get(page.low[clause.verb])
    passive = verb is not None and verb.form in ("both", "participle") and verb.sure
    nobody = page.low[clause.verb - 1] not in named
    first = clause.verb - (clause.verb > clause.first and adverb(page.low[clause.verb - 1]))
    return clause.first if passive and nobody and clause.verb - clause.first < LONGEST // 2 else first


def predicate_end(page: Page, verb: int, last: int) -> int:
    """Where the predicate of the verb ends: before a circumstance, a purpose, a second predicate or a mark."""
    held = 0
    open_quote = False
    for i in range(verb + 1, min(last, verb + LONGEST)):
        low = page.low[i]
        if low in "\"“”‘'":
            open_quote = not open_quote
        if open_quote:
            continue
        after = page.low[i + 1] if i + 1 < last else "."
        if low in _MARKS or low in _CUTS or (held and low == "and" and _verbal(after)):
            return i
        if low == "as" and any(_verbal(w) for w in page.low[i + 2 : last]):
            return i
        if held and low == "to" and purpose(page, verb, i):
            return i
        if held > 1 and low in ("in", "at", "with", "near") and last - i <= TAIL + 1:
            return i
        held += bool(page.stems[i])
    return min(last, verb + LONGEST)


def _verbal(word: str) -> bool:
    return word in AUXILIARIES or (word in VERBS and VERBS[word].form in ("base", "third", "past"))


def purpose(page: Page, verb: int, to: int) -> bool:
    """Whether a "to" behind a verb tells what for: neither it nor the word before asks for an infinitive."""
    infinitive = to + 1 < len(page.low) and page.low[to + 1] in VERBS and VERBS[page.low[to + 1]].form == "base"
    return infinitive and page.low[to - 1] not in ("not", *CONTROL) and not any(_base(w) in CONTROL for w in page.low[verb:to])


def _base(word: str) -> str:
    return VERBS[word].base if word in VERBS else word


def _quoted(title: Page, clause: Clause) -> bool:
    """Whether a clause of the headline stands in quotation marks or is a question."""
    before = title.low[clause.first : clause.verb]
    opened = sum(w in "'\"‘“" for w in title.low[: clause.verb]) % 2 == 1
    return opened or any(w in ("what", "why", "how", "who") for w in before)
