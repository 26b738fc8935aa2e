"""Relating: what a batch's articles are to others. Copies of one text, kinds of revision, stories, the entities they name.

It stands between judging and landing, for folders and feeds alike: what the past knows is read, handed to the pure functions
of tasks/, and what they decide becomes rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flows.linking import link_facts
from tasks.copies import find
from tasks.judge import UNNUMBERED, Verdict
from tasks.land import land
from tasks.revision import Telling, change
from tasks.stories import CONFIG, Stories
from tasks.syndication import Edges, Party, credit, credits_of, delay, had_first
from warehouse.models import (
    EXACT,
    UNKNOWN,
    CopyGroupRow,
    CopyRow,
    Doc,
    Past,
    PrintRow,
    StoryArticleRow,
    StoryCenterRow,
    StoryMergeRow,
    StoryTermsRow,
    had_at,
    name_key,
    seconds,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.settings import Settings
    from tasks.copies import Found
    from tasks.syndication import Credit
    from tasks.types import Article, Print
    from warehouse.history import History
    from warehouse.models import Carriers, Known, Landing
    from warehouse.store import Store

DAY = 86_400  # seconds
LAST = 1 << 62  # the number of a document to which all others are earlier ones
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


@dataclass(slots=True)
class Relations:
    """What a run knows of the stories, from batch to batch."""

    store: Store
    settings: Settings
    _stories: Stories | None = None
    _around: tuple[datetime, datetime] | None = None  # the stories that articles of that time may join are known
    _opened: int = 0  # how many times the store had been opened when they were read

    def go_on_in(self, store: Store) -> None:
        """What is known still holds in this store: nobody has landed anything since."""
        self.store, self._opened = store, store.opened

    def is_current(self) -> bool:
        """Whether what is known is that of the store as it was opened last."""
        return self._opened == self.store.opened

    def land(self, judged: Sequence[Judged], past: Past, landing: Landing) -> None:
        """Land a batch's articles, with what they are to others."""
        judged = _revised(judged, self.store)
        for j in judged:
            land(j.article, j.prints, j.verdict, landing)
        if fresh := [j for j in judged if j.verdict.writes]:
            link_facts(
                [(j.verdict.article_id, j.verdict.version, j.article.facts) for j in fresh if j.article.facts],
                self.store,
                landing,
            )
            docs = _docs(fresh, past, self.store.history.next_seq)
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


def measured_anew(docs: list[Doc], store: Store, settings: Settings) -> list[CopyRow]:
    """What versions whose words were read anew share with all others, whichever came first."""
    window_s = int(settings.copy_days * DAY)
    carriers = store.history.carriers(docs, window_s)
    results = find([doc._replace(seq=LAST) for doc in docs], carriers, window_s)
    verdicts = (Verdict("seen", doc.article_id, doc.version) for doc in docs)
    pairs = [_pairs(*one, carriers, Past()) for one in zip(docs, verdicts, results, strict=True)]
    places = _credits([], [], pairs, store)
    rows = (_row(pair, places) for listed in pairs for pair in listed)
    return list({(r.article_id, r.version, r.of_article_id, r.of_version): r for r in rows}.values())


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
        stated = found.kind if found.note else None
        return replace(v, change_kind=found.kind, changed_share=found.share, note=found.note, note_kind=stated)
    return replace(v, note=j.article.note, note_kind=j.article.note_kind)


def _telling(article: Article) -> Telling:
    return Telling(article.title, article.text, article.head, article.tail)


# ── copies ──


def _found(
    docs: list[Doc], history: History, window_s: int, echoed: dict[tuple[str, int], tuple[str, str]]
) -> tuple[Carriers, list[Found]]:
    """Who carried a batch's words before, and what that makes of each document."""
    history.add(docs)
    carriers = history.carriers(docs, window_s)
    return carriers, find(docs, carriers, window_s, echoed)


def _copies(fresh: list[Judged], docs: list[Doc], past: Past, store: Store, settings: Settings, landing: Landing) -> list[Found]:
    """The copies among a batch's new versions, and the groups that they join."""
    window_s = int(settings.copy_days * DAY)
    echoed = {
        (v.article_id, v.version): (v.echo[0], past.articles[v.echo[0]].group_id) for v in (j.verdict for j in fresh) if v.echo
    }
    try:
        carriers, results = _found(docs, store.history, window_s, echoed)
    except (IndexError, ValueError, OverflowError, KeyError):  # a damaged file: all of it stands in the tables
        store.forget_history()
        carriers, results = _found(docs, store.history, window_s, echoed)
    history = store.history
    pairs = [_pairs(d, j.verdict, f, carriers, past) for d, j, f in zip(docs, fresh, results, strict=True)]
    places = _credits(fresh, docs, pairs, store)
    for doc, found, ours in zip(docs, results, pairs, strict=True):
        group_id, known = found.group_id, past.articles[doc.article_id]
        if group_id != known.group_id:
            landing.copy_group.append(CopyGroupRow(doc.article_id, doc.version, group_id, ours[0].other.article_id))
            past.articles[doc.article_id] = replace(known, group_id=group_id)
        history.judged(doc.seq or 0, doc.at, group_id, found.common, holds=found.holds)
        landing.print.append(
            PrintRow(doc.article_id, doc.version, doc.every, doc.sample, doc.facts, doc.seq or 0, *found.common, found.holds)
        )
        landing.copy += [_row(pair, places) for pair in ours]
    return results


def _docs(fresh: list[Judged], past: Past, first: int) -> list[Doc]:
    """A batch's new versions as they are compared, numbered from `first`."""
    docs = []
    for seq, j in enumerate(fresh, first):
        a, p, v = j.article, j.prints, j.verdict
        known = past.articles[v.article_id]
        if known.first_seq == UNNUMBERED:
            known = past.articles[v.article_id] = replace(known, first_seq=seq)
        had = had_at(known.first_published_at, known.first_precision, known.first_seen_at)
        at = seconds(a.published.at if a.published else known.first_seen_at)
        doc = Doc(
            v.article_id, v.group_id, p.content, known.outlet, name_key(known.outlet), a.agency, at, had, _published(known),
            v.version, p.words, p.every, p.sample, p.facts, seq, known.first_seq,
        )  # fmt: skip
        docs.append(doc)
    return docs


def _published(known: Known) -> int:
    """When an article was first published, where that is known to the minute."""
    return seconds(known.first_published_at) if known.first_published_at and known.first_precision in EXACT else UNKNOWN


def _pairs(doc: Doc, verdict: Verdict, found: Found, carriers: Carriers, past: Past) -> list[Pair]:
    """One pair for each article that shares the text, with the version of it that shares most; the best one first."""
    ours = Party(
        doc.article_id, doc.version, doc.outlet, doc.agency, doc.had_at, doc.published,
        doc.first_seq if doc.first_seq is not None else doc.seq or 0,
    )  # fmt: skip
    best: dict[str, tuple[tuple[float, int, int], Pair]] = {}
    for m in found.matches:
        other = _party(carriers, m.place)
        rank = round(m.score, 2), m.facts, -other.version
        if other.article_id not in best or rank > best[other.article_id][0]:
            best[other.article_id] = rank, Pair(ours, other, m.relation, m.own, m.other, m.shared_words)
    pairs = [pair for _, pair in best.values()]
    if verdict.echo and verdict.echo[0] not in best:
        pairs.append(Pair(ours, _known(past.articles[verdict.echo[0]], verdict.echo[1]), "exact", 1.0, 1.0, doc.words))
    return pairs


def _party(carriers: Carriers, place: int) -> Party:
    d, names = carriers.docs[place], carriers.names
    return Party(
        d["article_id"].decode(), int(d["version"]), names[d["outlet"]], names[d["agency"]] if d["agency"] >= 0 else None,
        int(d["had_at"]), int(d["published"]), int(d["first_seq"]),
    )  # fmt: skip


def _known(known: Known, version: int) -> Party:
    at = had_at(known.first_published_at, known.first_precision, known.first_seen_at)
    return Party(known.article_id, version, known.outlet, known.agency, at, _published(known), known.first_seq)


def _credits(fresh: list[Judged], docs: list[Doc], pairs: list[list[Pair]], store: Store) -> dict[tuple[str, int], list[Credit]]:
    """Where the copies would credit their origins: those of the batch, and those that landed before their origin."""
    copies = (p.other if had_first(p.ours, p.other) else p.ours for listed in pairs for p in listed)
    wanted = {(copy.article_id, copy.version) for copy in copies}
    ours = {key: Edges.of(j.article) for d, j in zip(docs, fresh, strict=True) if (key := (d.article_id, d.version)) in wanted}
    stored = {key: Edges(*found) for key, found in store.edges(sorted(wanted - ours.keys())).items()}
    return {key: credits_of(edges) for key, edges in (ours | stored).items()}


def _row(pair: Pair, places: dict[tuple[str, int], list[Credit]]) -> CopyRow:
    ours_first = had_first(pair.ours, pair.other)
    origin, copy = (pair.ours, pair.other) if ours_first else (pair.other, pair.ours)
    in_origin, in_copy = (pair.others, pair.own) if ours_first else (pair.own, pair.others)
    words = credit(places[copy.article_id, copy.version], origin)
    return CopyRow(
        copy.article_id, copy.version, origin.article_id, origin.version, pair.relation, round(in_origin, 4), round(in_copy, 4),
        pair.shared_words, words is not None or copy.outlet == origin.outlet, words, delay(origin, copy),
    )  # fmt: skip


def _sort_at(article: Article) -> datetime:
    return article.published.at if article.published else article.seen_at
