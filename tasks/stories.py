"""Stories: articles of different outlets on the same event, found as they arrive.

Each article joins the nearest live story or opens one, and is never moved; two stories that prove to be one are merged.
Pure: what was placed before is learnt, not read, and a stream that was interrupted anywhere gives the same stories.
"""

from __future__ import annotations

import math
import re
import zlib
from array import array
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tasks.words import SPACELESS, WORD
from warehouse.models import TERM_BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from warehouse.models import StoryMember


@dataclass(frozen=True, slots=True)
class Config:
    """The science, tuned on the evaluation set `stories`. Changing any of the first block makes old terms incomparable."""

    words: int = 200  # of the text: what happened stands at the top, background below
    lead: int = 40  # words at the top, which count twice
    prefix: int = 5  # letters of a word that count: "launch", "launches", "launched" are one term, in most languages
    title: int = 5  # how many times a word of the headline counts
    name: float = 1.5  # a capitalised word of the text: who and where tell events of one kind apart
    number: int = 4  # a number in the text: so do how many and when
    fewest: int = 2  # terms; an article of fewer is like no other ("Photo gallery")

    window: timedelta = timedelta(days=10)  # from a story's first and last article; 7 days lose some follow-ups
    memory: int = 30_000  # a story is closed, too, once so many articles came since its last: it bounds what is kept
    telling: int = 10  # terms by which stories are looked up
    common: float = 0.05  # a term in stories of more than this share of all articles looks none up
    candidates: int = 12  # stories whose similarity is measured

    threshold: float = 0.22  # similarity from which an article joins a story
    lone: float = 0.3  # share of the strongest term in common that does not count: one word makes no event
    crowd: float = 0.8  # share of the similarity of the `nth` next story that is asked on top: what is like many is a topic
    nth: int = 4
    size: float = 0.01  # asked on top, times ln(articles of the story): big stories must not draw everything
    short: int = 10  # terms at most; a headline without text shares few words with a story of many, so that its
    lenient: float = 2.0  # similarity counts up to 1 + 2 times, and the size of the story is not held against it
    merge: float = 0.4  # similarity of two stories, both like the article, from which they are one
    central: float = 1.02  # how much more like the whole an article must be to stand for it in another one's place
    before: int = 300  # articles that are taken as read, so that the words of a new warehouse's first ones tell something, too
    floor: float = 0.05  # the least weight of a word, which stands everywhere


CONFIG = Config()
UNIT = 1_000  # the length of an article's vector: whether headline or long text, each has one vote in its story
FOREIGN_SHORT = 3  # letters: "und", "les", "con"; in a language of few articles, frequency does not give them away
MOST_REMEMBERED = 100_000  # words: about 20 MB
EIGHT = 8  # articles up to which each is asked whether it stands for the story; beyond, each eighth
SHOWN = 4  # words of a reason
STOP = frozenset(
    """a about after again all also am an and any are aren as at back be because been before being between both but by can could
    couldn did didn do does doesn don down during each even few first for from further get got had has hasn have haven having he
    her here him his how i if in into is isn it its just last like ll made make many may me might more most much must my new no
    not now of off on one only or other our out over own re said say says she should so some such than that the their them then
    there these they this those through to too two under up us ve very was wasn we were weren what when where which while who
    whom why will with won would wouldn year years you your""".split()
)
UNSPACED = re.compile(f"[{SPACELESS}]")
KANA = re.compile("[぀-ゟ]+")  # what Japanese writes in Hiragana alone are endings and particles
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  times are naive UTC


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What an article is compared by."""

    terms: NDArray[np.uint32]  # sorted distinct hashes
    weights: NDArray[np.uint16]  # integers, so that sums are exact whatever their order; the vector is UNIT long
    words: tuple[str, ...] = field(default=(), repr=False)  # the terms for people, in the same order; not kept


@dataclass(frozen=True, slots=True)
class Merge:
    """Two stories that are one."""

    story_id: str  # the younger, which is no more
    into: str  # the older
    score: float  # their similarity, 0-1
    reason: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an article stands."""

    story_id: str
    score: float  # similarity to the story, 0-1; of an article that opens one, to the nearest
    reason: str
    opened: bool
    merged: tuple[Merge, ...] = ()
    fresh: bytes = b""  # a bit for each of the article's terms: whether it was new to the story
    center: str | None = None  # the story's most central article, where that has changed


def story_terms(title: str | None, text: str, language: str | None = None) -> Terms:
    """The terms of an article with their weights; `language` is ISO 639."""
    short = 0 if language in (None, "en") else FOREIGN_SHORT
    tokens = _tokens(text[: 10 * CONFIG.words], CONFIG.words)
    written = set(tokens)
    counts: dict[int, int] = {}
    kinds: dict[int, float] = {}
    words: dict[int, str] = {}
    for i, token in enumerate(tokens):
        term, kind, word = _WORDS[token]
        if kind == CONFIG.name and word in written:
            kind = 1  # a capital at the head of a sentence
        if kind > 1 or (kind and len(word) > short):
            counts[term] = counts.get(term, 0) + (2 if i < CONFIG.lead else 1)
            kinds[term] = max(kind, kinds.get(term, 1))
            words.setdefault(term, word)
    weights = {term: (1 + math.log(n)) * kinds[term] for term, n in counts.items()}
    for token in _tokens(title or "", CONFIG.words):
        term, kind, word = _WORDS[token]
        if kind:
            weights[term] = weights.get(term, 0) + CONFIG.title
            words[term] = word
    listed = sorted(weights)
    values = np.array([weights[term] for term in listed], np.float64)
    values *= UNIT / math.sqrt((values * values).sum() or 1)
    return Terms(
        np.array(listed, np.uint32), np.maximum(np.rint(values), 1).astype(np.uint16), tuple(words[term] for term in listed)
    )


@dataclass(slots=True)
class _Story:
    story_id: str
    terms: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))  # sorted
    sums: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))  # of its articles' weights
    articles: list[str] = field(default_factory=list)
    center: tuple[str, NDArray[np.uint32], NDArray[np.uint16]] | None = None  # the most central article, with its terms

    def add(self, terms: NDArray[np.uint32], sums: NDArray[np.integer]) -> NDArray[np.uint32]:
        """Those of the terms that are new to the story."""
        if not self.terms.size:
            self.terms, self.sums = terms, sums.astype(np.int32)
            return terms
        places = np.searchsorted(self.terms, terms)
        known = np.zeros(terms.size, np.bool_)
        inside = places < self.terms.size
        known[inside] = self.terms[places[inside]] == terms[inside]
        self.sums[places[known]] += sums[known]
        fresh = terms[~known]
        if fresh.size:
            self.terms = np.insert(self.terms, places[~known], fresh)
            self.sums = np.insert(self.sums, places[~known], sums[~known])
        return fresh


class _Likeness(NamedTuple):
    """How like a story is to an article."""

    score: float
    slot: int
    places: NDArray[np.intp]  # among the article's terms, of what it has in common with the story
    parts: NDArray[np.float64]  # what each of these contributes


class Stories:
    """The live stories.

    `df` counts the stories that have a term of each bucket, and `n` all articles; both go on counting, and are to be kept with
    the placements. Counted by story instead of by article, the words of a big event stay as telling as they were.
    """

    def __init__(self, config: Config = CONFIG, df: NDArray[np.uint32] | None = None, n: int = 0) -> None:
        self.config = config
        self.df = np.zeros(TERM_BUCKETS, np.uint32) if df is None else df.astype(np.uint32)
        self._logs = np.log(self.df + 1.0)
        self.n = n
        self._stories: dict[int, _Story] = {}  # by slot
        self._free: list[int] = []  # slots
        self._times = np.zeros((3, 1024), np.int64)  # of each slot: first and last moment, number of the last article
        self._slot_of: dict[str, int] = {}  # by article
        self._posts: dict[int, array[int]] = {}  # slots of the stories that have a term

    def learn(self, members: Iterable[StoryMember], centers: Mapping[str, str]) -> None:
        """Take in what was placed before, in the order in which it came; `centers` are the stories' most central articles.

        Nothing differs from a stream without interruption if it is given all articles of the stories that may still grow.
        """
        stories: dict[str, list[StoryMember]] = {}
        for member in members:
            stories.setdefault(member.story_id, []).append(member)
        for story_id, parts in stories.items():
            moments = [_moment(member.sort_at) for member in parts]
            slot = self._open(story_id, min(moments), max(moments), parts[-1].number)
            story = self._stories[slot]
            told = [member for member in parts if member.terms.size >= self.config.fewest]
            if len(told) == 1:
                story.terms, story.sums = told[0].terms.copy(), told[0].weights.astype(np.int32)
            elif told:
                story.terms, places = np.unique(np.concatenate([m.terms for m in told]), return_inverse=True)
                story.sums = np.bincount(places, np.concatenate([m.weights for m in told])).astype(np.int32)
            center = centers.get(story_id, story_id[1:])
            story.center = next((m.article_id, m.terms.copy(), m.weights.copy()) for m in parts if m.article_id == center)
            story.articles += [member.article_id for member in parts]
            self._slot_of.update((member.article_id, slot) for member in parts)
        self._post(list(self._stories))

    def _post(self, slots: list[int]) -> None:
        """Note which of these stories have which term."""
        terms = np.concatenate([self._stories[slot].terms for slot in slots] or [np.empty(0, np.uint32)])
        owners = np.repeat(np.array(slots, np.int32), [self._stories[slot].terms.size for slot in slots])
        order = np.argsort(terms, kind="stable")
        terms, owners = terms[order], owners[order]
        edges = np.flatnonzero(np.diff(terms, prepend=terms[:1] + 1, append=terms[-1:] + 1)).tolist()
        for start, end in pairwise(edges):
            self._posts[int(terms[start])] = array("i", owners[start:end].tobytes())

    def place(
        self, article_id: str, terms: Terms, at: datetime, copy_of: str | None = None, *, filled: bool = False
    ) -> Placement:
        """The story of an article; `copy_of` is the article whose text it copies.

        A report that was `filled` into a template (weather, results) is like all others of its kind, and a story of its own.
        """
        moment = _moment(at)
        told = terms.terms.size >= self.config.fewest
        origin = self._slot_of.get(copy_of, -1) if copy_of else -1
        slot, score, reason, merges = -1, 0.0, "", list[Merge]()
        if origin >= 0 and self._are_live(np.array([origin]), moment)[0]:
            slot, score, reason = origin, 1.0, f"copy of {copy_of}"
        elif told and not filled:
            slot, score, reason, merges = self._find(terms, moment)
        if opened := slot < 0:
            reason = "filled into a template" if filled else f"nothing like it within {self.config.window.days} days"
            slot = self._open(f"s{article_id}", moment, moment, 0)
        story = self._stories[slot]
        story.articles.append(article_id)
        self._slot_of[article_id] = slot
        self.n += 1
        first, last, _ = self._times[:, slot]
        self._times[:, slot] = min(first, moment), max(last, moment), self.n
        new = np.zeros(terms.terms.size, np.bool_)
        if told:
            fresh = self._extend(slot, terms.terms, terms.weights)
            buckets = fresh % TERM_BUCKETS
            self.df[buckets] += 1
            self._logs[buckets] = np.log(self.df[buckets] + 1.0)
            new = np.isin(terms.terms, fresh, assume_unique=True)
        center = self._center(story, article_id, terms) if told or opened else None
        if self.n % (self.config.memory // 8) == 0:
            self._forget()
        return Placement(story.story_id, round(score, 4), reason, opened, tuple(merges), np.packbits(new).tobytes(), center)

    def _center(self, story: _Story, article_id: str, terms: Terms) -> str | None:
        """The article that stands for a story, if it is this one from now on: it is more like all of them than the last was."""
        mine, n = (article_id, terms.terms, terms.weights), len(story.articles)
        if story.center is None:
            story.center = mine
            return None
        if n > EIGHT and n % EIGHT:  # the middle of a big story hardly moves
            return None
        idf = self._idf(story.terms)
        values = story.sums * idf * idf
        likeness = [_towards(story.terms, values, idf, *vector[1:]) for vector in (story.center, mine)]
        if likeness[1] <= likeness[0] * self.config.central:
            return None
        story.center = mine
        return article_id

    def _find(self, article: Terms, moment: int) -> tuple[int, float, str, list[Merge]]:
        """The slot of the story that an article joins, or -1, with score, reason, and what was merged on the way."""
        likes = self._likes(article, moment)
        score = min(max(likes[0].score, 0.0), 1.0) if likes else 0.0
        if score < self.config.threshold:
            return -1, score, "", []
        slot, merges, rest = likes[0].slot, [], []
        for other in likes[1:]:
            older, younger = sorted((slot, other.slot), key=lambda s: (self._times[0, s], self._stories[s].story_id))
            if other.score < self.config.threshold or (alike := self._alike(older, younger)) < self.config.merge:
                rest.append(other.score)
                continue
            names = self._stories[younger].story_id, self._stories[older].story_id
            merges.append(Merge(*names, round(alike, 4), "both share " + _shared(article, other)))
            self._merge(younger, older)
            slot = older
        crowd = rest[self.config.nth - 1] if len(rest) >= self.config.nth else 0.0
        if score < self.config.threshold + self.config.crowd * crowd:
            slot = -1
        return slot, score, "shares " + _shared(article, likes[0]), merges

    def _likes(self, article: Terms, moment: int) -> list[_Likeness]:
        """The live stories most like an article, the nearest first."""
        config = self.config
        values = article.weights * self._idf(article.terms)
        order = np.argsort(-values, kind="stable")[: config.telling]
        order = order[self.df[article.terms[order] % TERM_BUCKETS] <= max(config.candidates, config.common * self.n)]
        posts = [(post, values[i]) for i in order.tolist() if (post := self._posts.get(int(article.terms[i])))]
        if not posts:
            return []
        slots = np.concatenate([np.frombuffer(post, np.int32) for post, _ in posts])
        shares = np.repeat([value for _, value in posts], [len(post) for post, _ in posts])
        live = self._are_live(slots, moment)
        totals = np.bincount(slots[live], shares[live])
        found = np.flatnonzero(totals)
        if found.size > config.candidates:
            found = found[totals[found] >= np.partition(totals[found], -config.candidates)[-config.candidates]]
        likes = self._measure(article.terms, values, found.tolist())
        for i, like in enumerate(likes):
            n = len(self._stories[like.slot].articles)
            short = article.terms.size <= config.short
            score = like.score * (1 + config.lenient * (1 - 1 / n)) if short else like.score - config.size * math.log(n)
            likes[i] = like._replace(score=score)
        return sorted(likes, key=lambda like: (-like.score, self._stories[like.slot].story_id))

    def _measure(self, terms: NDArray[np.uint32], values: NDArray[np.float64], slots: Sequence[int]) -> list[_Likeness]:
        """The cosine of stories with a vector, less a part of the strongest term in common."""
        if not slots:
            return []
        ends = np.cumsum([self._stories[slot].terms.size for slot in slots])
        starts = np.concatenate(([0], ends[:-1]))
        theirs = np.concatenate([self._stories[slot].terms for slot in slots])
        sums = np.concatenate([self._stories[slot].sums for slot in slots]) * self._idf(theirs)
        places = np.minimum(np.searchsorted(terms, theirs), terms.size - 1)
        parts = np.where(terms[places] == theirs, sums * values[places], 0.0)
        lengths = np.sqrt(np.add.reduceat(sums * sums, starts) * (values * values).sum())
        scores = (np.add.reduceat(parts, starts) - self.config.lone * np.maximum.reduceat(parts, starts)) / lengths
        return [
            _Likeness(score, slot, places[start:end], parts[start:end])
            for score, slot, start, end in zip(scores.tolist(), slots, starts.tolist(), ends.tolist(), strict=True)
        ]

    def _alike(self, slot: int, other: int) -> float:
        """The similarity of two stories."""
        story = self._stories[slot]
        return self._measure(story.terms, story.sums * self._idf(story.terms), [other])[0].score

    def _idf(self, terms: NDArray[np.uint32]) -> NDArray[np.float64]:
        """Inverse document frequencies: ln((n + `before` + 1) / (df + 1)), and never nothing."""
        rarity = math.log(self.n + self.config.before + 1) - self._logs[terms % TERM_BUCKETS]
        return np.asarray(np.maximum(rarity, self.config.floor))

    def _are_live(self, slots: NDArray[np.signedinteger], moment: int) -> NDArray[np.bool_]:
        """Which stories an article of that moment may join. Forgetting must drop no others."""
        first, last, placed = self._times[:, slots]
        window = round(self.config.window.total_seconds())
        return np.asarray((first - window <= moment) & (moment <= last + window) & (placed > self.n - self.config.memory))

    def _open(self, story_id: str, first: int, last: int, placed: int) -> int:
        slot = self._free.pop() if self._free else len(self._stories)
        if slot == self._times.shape[1]:
            self._times = np.concatenate((self._times, np.zeros_like(self._times)), axis=1)
        self._stories[slot] = _Story(story_id)
        self._times[:, slot] = first, last, placed
        return slot

    def _extend(self, slot: int, terms: NDArray[np.uint32], sums: NDArray[np.integer]) -> NDArray[np.uint32]:
        """Add weights to a story; the terms that are new to it."""
        fresh = self._stories[slot].add(terms, sums)
        for term in fresh.tolist():
            post = self._posts.get(term)
            if post is None:
                self._posts[term] = array("i", (slot,))
            else:
                post.append(slot)
        return fresh

    def _merge(self, slot: int, into: int) -> None:
        story = self._stories.pop(slot)
        self._free.append(slot)
        for term in story.terms.tolist():
            self._posts[term].remove(slot)
        self._extend(into, story.terms, story.sums)
        self._stories[into].articles += story.articles
        self._slot_of.update(dict.fromkeys(story.articles, into))
        (first, other), (last, later), (placed, after) = self._times[:, [into, slot]].tolist()
        self._times[:, into] = min(first, other), max(last, later), max(placed, after)

    def _forget(self) -> None:
        """Drop the stories that no article can join any more."""
        gone = np.zeros(self._times.shape[1], np.bool_)
        gone[[slot for slot in self._stories if self._times[2, slot] <= self.n - self.config.memory]] = True
        if not gone.any():
            return
        for slot in np.flatnonzero(gone).tolist():
            for article_id in self._stories.pop(slot).articles:
                del self._slot_of[article_id]
            self._free.append(slot)
        for term, post in list(self._posts.items()):
            slots = np.frombuffer(post, np.int32)
            if gone[slots].any():
                self._posts[term] = array("i", slots[~gone[slots]].tobytes())
                if not self._posts[term]:
                    del self._posts[term]


def _towards(
    story: NDArray[np.uint32], values: NDArray[np.float64], idf: NDArray[np.float64], terms: NDArray[np.uint32],
    weights: NDArray[np.uint16],
) -> float:  # fmt: skip
    """How near an article of a story is to the middle of it."""
    if not terms.size or not story.size:
        return 0.0
    places = np.minimum(np.searchsorted(story, terms), story.size - 1)
    known = story[places] == terms
    places, weights = places[known], weights[known]
    return float((weights * values[places]).sum()) / (math.sqrt(np.square(weights * idf[places]).sum()) or 1.0)


def _shared(article: Terms, like: _Likeness) -> str:
    """The words that make an article and a story alike."""
    order = np.argsort(-like.parts, kind="stable")[:SHOWN]
    return ", ".join(article.words[like.places[i]] for i in order.tolist() if like.parts[i] > 0 and article.words)


def _moment(at: datetime) -> int:
    return (at - EPOCH) // timedelta(seconds=1)


def _tokens(text: str, most: int) -> list[str]:
    """The first words as written; in languages without spaces, pairs of adjacent characters."""
    tokens = WORD.findall(text.replace("’", "'"))[:most]
    if not UNSPACED.search(text):
        return tokens
    following = [*tokens[1:], ""]
    return [a + b if UNSPACED.match(a) and UNSPACED.match(b) else a for a, b in zip(tokens, following, strict=True)]


class _Words(dict[str, tuple[int, float, str]]):
    """Of each word as written its term, how many times it counts, and how it is shown; remembered."""

    def __missing__(self, written: str) -> tuple[int, float, str]:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        word = written.lower().removesuffix("'s")
        key = max(word.casefold().split("'"), key=len)  # "l'homme", "o'brien", "isn't"
        kind: float
        if written[0].isdigit():
            kind = CONFIG.number
        elif len(key) < 2 or key in STOP or KANA.fullmatch(key):
            kind = 0
        else:
            kind = CONFIG.name if written[0].isupper() else 1
        self[written] = entry = zlib.crc32(key[: CONFIG.prefix].encode("utf-8", "surrogatepass")), kind, word
        return entry


_WORDS = _Words()
