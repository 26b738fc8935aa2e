"""Copies: which articles say what another one said before, in the same words.

Pure: who carried a text's fingerprints before is looked up first and handed in. Two texts are compared by the share of each
that stands in the other; what stands in many unrelated articles (a footer, a disclaimer, a template) is left out, and texts
that agree in their words but not in their numbers and names are no copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from warehouse.models import COARSE, GROUPS, LOOKED_AT, PERIOD, boilerplate, distinct, ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from warehouse.models import Carriers, Doc

Relation = Literal["exact", "near", "excerpt", "update"]


@dataclass(frozen=True, slots=True)
class Config:
    """What makes a copy. Shares are of word 5-grams: one changed word in a sentence of twenty costs a quarter of them."""

    least: float = 0.5  # share of the one in the other below which texts are no copies; unrelated reports reach .4
    near: float = 0.9  # both stand in the other to this share: a dateline, a footer or a spelling differ
    whole: float = 0.95  # ... or one does wholly,
    furniture: float = 0.86  # ... and the other, which has more furniture around it, to this share
    shorter: float = 0.8  # words of the one by words of the other, below which it is an excerpt
    inside: float = 0.55  # ... if this share of it stands in the other; less is a report that quotes
    facts: float = (
        0.4  # share of the fewer numbers and names that both have: a template filled anew has a tenth, furniture adds some
    )
    strong: float = 0.75  # share of the one text in the other from which on that is enough; templates reach .7
    doubtful_facts: float = 0.5  # ... below,
    chance: float = 1.5  # ... and so many facts more, since some agree by chance
    fewest_facts: int = 4  # with fewer facts they prove nothing, and the texts must share more
    fewest_numbers: int = 2  # ... and fewer numbers
    shared: int = 12  # grams that both must have: fewer are a phrase
    sampled: int = 3  # ... and so many of them kept, where not all are
    template: float = 0.3  # share of boilerplate of a text from which on it may be filled into a template,
    filled: int = 80  # ... if so many words or fewer are its own: more are a story above a long footer
    held: float = 0.2  # share of a longer text that an earlier excerpt must make for the two to be one group


CONFIG = Config()


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier document (a place in Carriers.docs) that a document is a copy of, or that is one of it."""

    place: int
    relation: Relation
    own: float  # share of the document's grams that stand in the other
    other: float  # share of the other's grams that stand in the document
    shared_words: int
    facts: int = 0  # numbers and names that both have

    @property
    def score(self) -> float:
        """How good it is: exact, then by what both share."""
        return (self.relation == "exact") + (self.own + self.other) / 2


@dataclass(frozen=True, slots=True)
class Found:
    """A document's matches, the best one first, and the group that it joins (its own if none)."""

    matches: tuple[Match, ...]
    group_id: str
    common: tuple[int, int]  # how many of its grams are boilerplate, and of those that are kept of every text
    holds: bool  # whether it holds all of a text that is much shorter

    def is_filled(self, doc: Doc) -> bool:
        """Whether the document is a template with a few words filled in."""
        share = self.common[0] / max(1, doc.sample.size)
        return share >= CONFIG.template and (1 - share) * doc.words < CONFIG.filled


def relation(own: float, other: float, words: int, other_words: int) -> Relation | None:
    """What a text is to another, by the shares of each that stand in the other and their lengths; not for equal ones."""
    c = CONFIG
    low, high = sorted((own, other))
    if high < c.least:
        return None
    if low >= c.near or (high >= c.whole and low >= c.furniture):
        return "near"
    if min(words, other_words) < c.shorter * max(words, other_words):
        return "excerpt" if high >= c.inside else None
    return "update"


def find(
    docs: Sequence[Doc], carriers: Carriers, window_s: int, echoed: Mapping[tuple[str, int], tuple[str, str]] | None = None
) -> list[Found]:
    """The matches of a batch's documents, in the order in which they came.

    Carriers hold the batch's own documents, too; each is compared with those that came before it, and that were published
    at most `window_s` seconds before or after it. `echoed`: documents by article_id and version whose very words an article
    had longer ago, with that article and its group.
    """
    view = _View(carriers, window_s)
    return [view.found(doc, (echoed or {}).get((doc.article_id, doc.version))) for doc in docs]


class _View:
    """Carriers as columns, with the groups that documents of the batch join as it goes."""

    def __init__(self, carriers: Carriers, window_s: int) -> None:
        docs = carriers.docs
        self.carriers, self.window = carriers, window_s
        self.docs = docs
        self.common, self.common_coarse, self.holds = (docs[column].copy() for column in ("common", "common_coarse", "holds"))
        self.seq, self.at = np.ascontiguousarray(docs["seq"]), np.ascontiguousarray(docs["at"])
        ids, self.group = np.unique(docs["group_id"], return_inverse=True)  # numbers, which are quicker to compare
        self.ids = [group_id.decode() for group_id in ids.tolist()]
        self.numbers = {group_id: n for n, group_id in enumerate(self.ids)}
        self.period = self.at // PERIOD
        self.outlet = np.unique(docs["outlet_key"], return_inverse=True)[1]
        self.article = np.unique(docs["article_id"], return_inverse=True)[1]
        self.joined: dict[str, str] = {}
        self.places = dict(zip(self.seq.tolist(), range(self.seq.size), strict=True))

    def found(self, doc: Doc, echo: tuple[str, str] | None) -> Found:
        """The matches of one document; the group it joins is noted for those that come after it."""
        found, common = self._matches(doc)
        matches = sorted(found, key=lambda m: (-m.score, self.seq[m.place]))
        group_id = self.joined.get(doc.article_id, doc.group_id)
        if group_id == doc.article_id:
            if matches and self._joins(matches):
                group_id = self.ids[self.group[matches[0].place]]
            elif echo is not None:
                group_id = self.joined.get(*echo)
        holds = any(m.relation == "excerpt" and m.own < CONFIG.held for m in matches)
        self._note(doc, group_id, common, holds=holds)
        return Found(tuple(matches), group_id, common, holds)

    def _note(self, doc: Doc, group_id: str, common: tuple[int, int], *, holds: bool) -> None:
        """Those that come after a document see what was decided of it."""
        if group_id != doc.article_id:
            self.joined[doc.article_id] = group_id
        if doc.seq in self.places:
            place = self.places[doc.seq]
            if group_id not in self.numbers:
                self.numbers[group_id] = len(self.ids)
                self.ids.append(group_id)
            self.group[place], self.holds[place] = self.numbers[group_id], holds
            self.common[place], self.common_coarse[place] = common

    def _joins(self, matches: Sequence[Match]) -> bool:
        """Whether a document belongs to the group of its best match.

        A round-up does not belong to a short report that it holds, nor the report to the round-up; nor what is weakly like a
        member and not at all like the group's first.
        """
        best = matches[0]
        if best.relation == "excerpt" and min(best.own, best.other) < CONFIG.held:
            return False
        root = self.ids[self.group[best.place]].encode()
        return max(best.own, best.other) >= CONFIG.strong or any(self.docs["article_id"][m.place] == root for m in matches)

    def _matches(self, doc: Doc) -> tuple[list[Match], tuple[int, int]]:
        """The documents that it shares a text with, and how much of it is boilerplate."""
        carriers = self.carriers
        at = np.searchsorted(carriers.grams, doc.sample)
        begin = carriers.starts[at]
        n = carriers.starts[at + 1] - begin
        row, places = np.repeat(np.arange(n.size), n), carriers.places[ranges(begin, n)]
        first, last = (doc.at - self.window) // PERIOD, (doc.at + self.window) // PERIOD
        period = self.period[places]
        earlier = (self.seq[places] < (doc.seq or 0)) & (period >= first) & (period <= last)
        row, places, period = row[earlier], places[earlier], period[earlier] - first
        known = carriers.common[np.searchsorted(carriers.periods, first) : np.searchsorted(carriers.periods, last, "right"), at]
        told = ~(known.any(axis=0) | self._boilerplate(row, places, period, n.size))
        coarse = doc.sample < COARSE
        ours = (int(told.sum()), int((told & coarse).sum()))
        common = (doc.sample.size - ours[0], int(coarse.sum()) - ours[1])
        left = told[row] & (np.abs(self.at[places] - doc.at) <= self.window)
        row, places = row[left], places[left]
        if places.size < CONFIG.sampled:
            return [], common
        return self._compared(doc, ours, places, coarse[row]), common

    def _boilerplate(
        self, row: NDArray[np.int64], places: NDArray[np.int64], period: NDArray[np.int64], n: int
    ) -> NDArray[np.bool_]:
        """Which of a document's grams stand in many unrelated articles of a period, or in ever so many of few outlets."""
        if row.size < GROUPS:
            return np.zeros(n, np.bool_)
        periods = int(period.max()) + 1
        cell = row * periods + period
        total = np.bincount(cell, minlength=n * periods)
        if total.max() < GROUPS:
            return np.zeros(n, np.bool_)
        some = (total >= GROUPS)[cell] & (_rank(cell, total) < LOOKED_AT) & ~self.holds[places]
        cell, places = cell[some], places[some]
        counts = (distinct(cell, numbers[places], total.size) for numbers in (self.article, self.group, self.outlet))
        common = boilerplate(*counts)
        return np.asarray(common.reshape(n, periods).any(axis=1))

    def _compared(self, doc: Doc, ours: tuple[int, int], places: NDArray[np.int64], coarse: NDArray[np.bool_]) -> list[Match]:
        """The matches among the carriers of its grams; `coarse` are those grams that are kept of every text."""
        others, index = np.unique(places, return_inverse=True)
        shared = np.bincount(index, minlength=others.size)
        some = shared >= CONFIG.sampled
        if not some.any():
            return []
        shared_coarse = np.bincount(index[coarse], minlength=others.size)[some]
        others, shared = others[some], shared[some]
        them = self.docs[others]
        all_kept = (them["every"] == 1) & (doc.every == 1)
        both = np.where(all_kept, shared, shared_coarse)
        own = np.where(all_kept, ours[0], ours[1])
        theirs = np.where(all_kept, them["kept"] - self.common[others], them["coarse"] - self.common_coarse[others])
        theirs = np.maximum(theirs, both)  # what is boilerplate to one of them only
        enough = both >= np.where(all_kept, CONFIG.shared, CONFIG.sampled)
        likely = np.flatnonzero(enough & (both >= CONFIG.least * np.minimum(own, theirs)))
        matches = (self._match(doc, int(others[i]), both[i] / own[i], both[i] / theirs[i]) for i in likely)
        return [m for m in matches if m is not None]

    def _match(self, doc: Doc, place: int, own: float, other: float) -> Match | None:
        known = self.docs[place]
        if known["article_id"].decode() == doc.article_id:
            return None
        words, known_words = doc.words, int(known["words"])
        if doc.content_hash and int(doc.content_hash[:16], 16) == int(known["content"]):
            return Match(place, "exact", 1.0, 1.0, words, doc.facts.size)
        what = relation(own, other, words, known_words)
        facts = _same_facts(doc.facts, self.carriers.facts(place), max(own, other)) if what is not None else None
        if what is None or facts is None:
            return None
        own, other = min(float(own), 1.0), min(float(other), 1.0)
        return Match(place, what, own, other, round(min(own * words, other * known_words)), facts)


def _same_facts(one: NDArray[np.uint32], other: NDArray[np.uint32], shared: float) -> int | None:
    """How many numbers and names two texts have in common; None if they are so few that one is no copy of the other.

    `shared` is what they share of their words.
    """
    c = CONFIG
    fewer, more = (one, other) if one.size <= other.size else (other, one)
    if not fewer.size:
        return 0 if shared >= c.strong else None
    same = more[np.minimum(np.searchsorted(more, fewer), more.size - 1)] == fewer
    both = int(np.count_nonzero(same))
    if fewer.size < c.fewest_facts:  # they prove nothing
        return both if shared >= c.strong else None
    needed = c.facts * fewer.size if shared >= c.strong else c.doubtful_facts * fewer.size + c.chance
    return both if both >= needed and _same_numbers(one, other, same, fewer, shared) else None


def _same_numbers(
    one: NDArray[np.uint32], other: NDArray[np.uint32], same: NDArray[np.bool_], fewer: NDArray[np.uint32], shared: float
) -> bool:
    """Whether their numbers agree: where all nouns are names, or none are, they alone tell two reports of a template apart."""
    numbers = min(int(np.count_nonzero(one & 1)), int(np.count_nonzero(other & 1)))
    if numbers < CONFIG.fewest_numbers or shared >= CONFIG.near:
        return True
    return int(np.count_nonzero(same & ((fewer & 1) == 1))) >= CONFIG.facts * numbers


def _rank(row: NDArray[np.int64], total: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of each value within its row, from 0; rows are sorted."""
    return np.arange(row.size) - (np.cumsum(total) - total)[row]
