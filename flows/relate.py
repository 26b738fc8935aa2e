"""Relating: what a batch's articles are to others. Copies of one text, kinds of revision, stories.

It stands between judging and landing, for folders and feeds alike: what the past knows is read, handed to the pure functions
of tasks/, and what they decide becomes rows.
"""

from __future__ import annotations

from calendar import timegm
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from tasks.copies import find
from tasks.land import land
from tasks.revision import Telling, change
from tasks.stories import CONFIG, Stories
from tasks.syndication import Edges, Party, credit, delay, had_first
from warehouse.models import (
    UNKNOWN,
    CopyGroupRow,
    CopyRow,
    Doc,
    PrintRow,
    StoryArticleRow,
    StoryCenterRow,
    StoryMergeRow,
    StoryTermsRow,
    name_key,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.settings import Settings
    from tasks.copies import Found
    from tasks.judge import Verdict
    from tasks.types import Article, Print
    from warehouse.models import Carriers, Known, Landing, Past
    from warehouse.store import Store

DAY = 86_400  # seconds
SLACK = timedelta(days=2)  # so that the stories need not be read anew for each article that is a little older
WIDEST = timedelta(days=60)  # of the times whose stories are held at once


@dataclass(frozen=True, slots=True)
class Judged:
    """An article with its verdict."""

    article: Article
    prints: Print
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles that share a text, as they are compared: the one of the batch, and one that came before."""

    ours: Party
    other: Party
    relation: str
    own: float  # share of ours that stands in the other
    others: float  # share of the other that stands in ours
    shared_words: int

    @property
    def score(self) -> float:
        """How much of a copy it is."""
        return (self.relation == "exact") + (self.own + self.others) / 2


@dataclass(slots=True)
class Relations:
    """What a run knows of the stories, from batch to batch."""

    store: Store
    settings: Settings
    _stories: Stories | None = None
    _around: tuple[datetime, datetime] | None = None  # the stories that articles of that time may join are known
    _opened: int = 0  # how many times the store had been opened when they were read

    def land(self, judged: Sequence[Judged], past: Past, landing: Landing) -> None:
        """Land a batch's articles, with what they are to others."""
        judged = _revised(judged, self.store)
        for j in judged:
            land(j.article, j.prints, j.verdict, landing)
        if fresh := [j for j in judged if j.verdict.writes]:
            docs = [_doc(j, self.store.history.next_seq + n) for n, j in enumerate(fresh)]
            results = _copies(fresh, docs, past, self.store, self.settings, landing)
            filled = {doc.article_id for doc, found in zip(docs, results, strict=True) if found.is_filled(doc)}
            self._place([j for j in fresh if j.verdict.kind == "new"], filled, landing)

    def _place(self, new: list[Judged], filled: set[str], landing: Landing) -> None:
        """Put a batch's new articles into stories; `filled` are reports that were filled into a template."""
        if not new:
            return
        times = [_sort_at(j.article) for j in new]
        stories = self._stories_around(min(times), max(times))
        texts = {row.article_id: row.of_article_id for row in landing.copy_group}
        merges: dict[str, StoryMergeRow] = {}
        centers: dict[str, str] = {}
        for j, at in zip(new, times, strict=True):
            article_id, terms = j.verdict.article_id, j.prints.story
            assert terms is not None, "it was refined"
            placed = stories.place(article_id, terms, at, texts.get(article_id), filled=article_id in filled)
            landing.story_terms.append(StoryTermsRow(article_id, terms.terms, terms.weights, placed.fresh))
            landing.story_article.append(
                StoryArticleRow(article_id, placed.story_id, placed.score, placed.reason, stories.n, at, j.article.seen_at)
            )
            for m in placed.merged:
                row = StoryMergeRow(m.story_id, m.into, m.score, m.reason, j.article.seen_at)
                merges |= {old: r._replace(merged_into=m.into) for old, r in merges.items() if r.merged_into == m.story_id}
                merges[m.story_id] = row
            if placed.center is not None:
                centers[placed.story_id] = placed.center
        landing.story_merge += self.store.earlier_merges(list(merges.values()))
        landing.story_center += [StoryCenterRow(*row) for row in centers.items()]

    def _stories_around(self, first: datetime, last: datetime) -> Stories:
        """The stories that articles of that time may join, as they stand after the batches that have landed."""
        if self._opened != self.store.opened:
            self._stories = self._around = None  # another run may have landed
        if self._stories and self._around and self._around[0] <= first <= last <= self._around[1]:
            return self._stories
        first, last = first - SLACK, last + SLACK
        if self._around and max(last, self._around[1]) - min(first, self._around[0]) <= WIDEST:
            first, last = min(first, self._around[0]), max(last, self._around[1])
        window = timedelta(days=self.settings.story_days)
        counts, n = self.store.story_counts()
        config = replace(CONFIG, window=window)
        self._stories = Stories(config, counts, n)
        self._stories.learn(*self.store.live_stories(first - window, last + window, n - config.memory))
        self._around, self._opened = (first, last), self.store.opened
        return self._stories


# ── kinds of revision ──


def _revised(judged: Sequence[Judged], store: Store) -> list[Judged]:
    """Verdicts with the kind of each revision and the note that it states."""
    edits = [j.verdict for j in judged if j.verdict.change_kind in ("headline", "content")]
    before = {(v.article_id, v.version - 1) for v in edits}
    told = {
        key: _telling(j.article)
        for j in judged
        if j.verdict.writes and (key := (j.verdict.article_id, j.verdict.version)) in before
    }
    stored = store.texts(sorted(before - told.keys()))
    earlier = told | {key: Telling(*texts) for key, texts in stored.items()}
    return [replace(j, verdict=_kind(j, earlier)) if j.verdict.writes else j for j in judged]


def _kind(j: Judged, earlier: dict[tuple[str, int], Telling]) -> Verdict:
    v = j.verdict
    if v.change_kind in ("headline", "content"):
        found = change(earlier[v.article_id, v.version - 1], _telling(j.article))
        return replace(v, change_kind=found.kind, changed_share=found.share, note=found.note)
    return replace(v, note=j.article.note)


def _telling(article: Article) -> Telling:
    return Telling(article.title, article.text, article.head, article.tail)


# ── copies ──


def _copies(fresh: list[Judged], docs: list[Doc], past: Past, store: Store, settings: Settings, landing: Landing) -> list[Found]:
    """The copies among a batch's new versions, and the groups that they join."""
    history, window_s = store.history, int(settings.copy_days * DAY)
    history.add(docs)
    grams = np.unique(np.concatenate([d.sample for d in docs]))
    times = [d.at for d in docs]
    carriers = history.carriers(grams, min(times) - window_s, max(times) + window_s)
    echoed = {j.verdict.article_id: (j.verdict.echo, past.articles[j.verdict.echo].group_id) for j in fresh if j.verdict.echo}
    results = find(docs, carriers, window_s, echoed)
    pairs = [_pairs(d, j.verdict, f, carriers, past) for d, j, f in zip(docs, fresh, results, strict=True)]
    edges = _edges(fresh, docs, pairs, store)
    for doc, found, ours in zip(docs, results, pairs, strict=True):
        group_id, known = found.group_id, past.articles[doc.article_id]
        if group_id != known.group_id:
            landing.copy_group.append(CopyGroupRow(doc.article_id, doc.version, group_id, ours[0].other.article_id))
            past.articles[doc.article_id] = replace(known, group_id=group_id)
            if doc.version > 1:
                history.move(doc.article_id, group_id)
        history.judged(doc.seq or 0, doc.at, group_id, found.common)
        landing.print.append(PrintRow(doc.article_id, doc.version, doc.every, doc.sample, doc.facts, doc.seq or 0, *found.common))
        landing.copy += [_row(pair, edges) for pair in ours]
    return results


def _doc(j: Judged, seq: int) -> Doc:
    a, p, v = j.article, j.prints, j.verdict
    seen = _seconds(a.seen_at)
    published = _seconds(a.published.at) if a.published else UNKNOWN
    return Doc(
        article_id=v.article_id, group_id=v.group_id, content_hash=p.content, outlet=a.outlet, outlet_key=name_key(a.outlet),
        agency=a.agency, at=seen if published == UNKNOWN else published, published=published, seen=seen,
        precise=a.published is not None and a.published.precision in ("second", "minute"), version=v.version, words=p.words,
        every=p.every, sample=p.sample, facts=p.facts, seq=seq,
    )  # fmt: skip


def _pairs(doc: Doc, verdict: Verdict, found: Found, carriers: Carriers, past: Past) -> list[Pair]:
    """One pair for each article that shares the text, with the version of it that shares most; the best one first."""
    ours = Party(doc.article_id, doc.version, doc.outlet, doc.agency, doc.published, doc.precise, doc.seq or 0)
    best: dict[str, Pair] = {}
    for m in found.matches:
        other = _party(carriers, m.place)
        pair = Pair(ours, other, m.relation, m.own, m.other, m.shared_words)
        before = best.get(other.article_id)
        if before is None or (pair.score, other.version) > (before.score, before.other.version):
            best[other.article_id] = pair
    if verdict.echo and verdict.echo not in best:
        best[verdict.echo] = Pair(ours, _known(past.articles[verdict.echo]), "exact", 1.0, 1.0, doc.words)
    return list(best.values())


def _party(carriers: Carriers, place: int) -> Party:
    d, names = carriers.docs[place], carriers.names
    return Party(
        d["article_id"].decode(), int(d["version"]), names[d["outlet"]], names[d["agency"]] if d["agency"] >= 0 else None,
        int(d["published"]), bool(d["precise"]), int(d["seq"]),
    )  # fmt: skip


def _known(known: Known) -> Party:
    published = _seconds(known.published_at) if known.published_at else UNKNOWN
    precise = known.published_precision in ("second", "minute")
    return Party(known.article_id, known.version, known.outlet, known.agency, published, precise, -1)


def _edges(fresh: list[Judged], docs: list[Doc], pairs: list[list[Pair]], store: Store) -> dict[tuple[str, int], Edges]:
    """Where the copies would credit their origins: those of the batch, and those that landed before their origin."""
    edges = {(d.article_id, d.version): Edges.of(j.article) for d, j in zip(docs, fresh, strict=True)}
    late = {(p.other.article_id, p.other.version) for listed in pairs for p in listed if had_first(p.ours, p.other)}
    stored = store.edges(sorted(late - edges.keys()))
    return edges | {key: Edges(*found) for key, found in stored.items()}


def _row(pair: Pair, edges: dict[tuple[str, int], Edges]) -> CopyRow:
    ours_first = had_first(pair.ours, pair.other)
    origin, copy = (pair.ours, pair.other) if ours_first else (pair.other, pair.ours)
    in_origin, in_copy = (pair.others, pair.own) if ours_first else (pair.own, pair.others)
    words = credit(edges[copy.article_id, copy.version], origin)
    return CopyRow(
        copy.article_id, copy.version, origin.article_id, origin.version, pair.relation, round(in_origin, 4), round(in_copy, 4),
        pair.shared_words, words is not None or copy.outlet == origin.outlet, words, delay(origin, copy),
    )  # fmt: skip


def _sort_at(article: Article) -> datetime:
    return article.published.at if article.published else article.seen_at


def _seconds(at: datetime) -> int:
    """Of a naive UTC time, since 1970."""
    return timegm(at.timetuple())
