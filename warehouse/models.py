"""Rows as they land, one NamedTuple a table, and what the past knows. Field names are the tables' columns.

The store adds `run_id` and `batch_id`, and takes each column's type from the schema. Times are naive UTC.
"""

from __future__ import annotations

from calendar import timegm
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from warehouse.fact_rows import (
        AnswerRow,
        ArticleEntityRow,
        DateMentionRow,
        EntityContextRow,
        EntityRow,
        EventRow,
        ExtractionRow,
        KeywordRow,
        MentionRow,
        PersonRoleRow,
        PlaceRow,
        QuoteRow,
    )

KeyKind = Literal["guid", "url", "text", "path", "content"]


class Key(NamedTuple):
    """A key by which a piece may be known (ops.identity says what each kind means)."""

    kind: KeyKind
    scope: str
    key: str

    def hash(self) -> int:
        """64 bits of the key, for joins."""
        return hash64("\0".join(self))


def hash64(text: str) -> int:
    """An unsigned 64-bit hash that is the same in every process and on every machine."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@lru_cache(maxsize=65_536)
def name_key(name: str) -> int:
    """`hash64` of an outlet's name."""
    return hash64(name)


class SourceRow(NamedTuple):
    """ops.source."""

    source: str
    kind: str
    root: str
    outlet: str | None
    country: str | None
    language: str | None
    timezone: str | None
    owner_group: str | None
    archive: str
    after: str = "kept"


class IdentityRow(NamedTuple):
    """ops.identity."""

    kind: KeyKind
    scope: str
    key: str
    key_hash: int
    article_id: str


class FileRow(NamedTuple):
    """ops.file."""

    source: str
    path: str
    path_hash: int
    size: int
    mtime_ns: int
    raw_id: str
    part: int
    done: bool
    n_items: int
    n_landed: int
    n_rejected: int


class RawRow(NamedTuple):
    """ops.raw."""

    raw_id: str
    archive: str
    archive_offset: int
    archive_length: int
    n_bytes: int
    media_type: str
    uri: str
    fetched_at: datetime
    truncated: bool


class RejectRow(NamedTuple):
    """ops.reject."""

    stage: str
    reason: str
    detail: str
    source: str
    path: str
    record: int
    url: str | None
    raw_id: str | None
    seen_at: datetime


class ArticleRow(NamedTuple):
    """news.article."""

    article_id: str
    source: str
    outlet: str
    first_seen_at: datetime


class VersionRow(NamedTuple):
    """news.version."""

    article_id: str
    version: int
    valid_from: datetime
    change_kind: str
    changed_share: float | None
    title: str | None
    title_from: str | None
    summary: str | None
    head: str | None
    text: str
    tail: str | None
    url: str | None
    authors: Sequence[str]
    agency: str | None
    dateline_place: str | None
    dateline_country: str | None
    published_at: datetime | None
    published_precision: str | None
    published_from: str | None
    published_confidence: float | None
    modified_at: datetime | None
    modified_precision: str | None
    modified_from: str | None
    language: str | None
    language_confidence: float
    section: str | None
    keywords: Sequence[str]
    image: str | None
    access: str | None
    words: int
    truncated: bool
    content_hash: str
    version_hash: str
    format: str
    extractor: str
    text_from: str
    raw_id: str
    record: int
    note: str | None
    note_kind: str | None


class PrintRow(NamedTuple):
    """news.print."""

    article_id: str
    version: int
    every: int
    sample: NDArray[np.uint64]
    facts: NDArray[np.uint32]
    seq: int
    common: int
    common_coarse: int
    holds: bool


class HeadFieldRow(NamedTuple):
    """news.head_field."""

    article_id: str
    version: int
    name: str
    text: str
    part: str
    start_char: int
    end_char: int


class SightingRow(NamedTuple):
    """news.sighting."""

    article_id: str
    version: int
    verdict: str
    matched_by: str | None
    source: str
    path: str
    record: int
    guid: str | None
    url: str | None
    title: str | None
    raw_id: str
    seen_at: datetime
    version_hash: str


class EnclosureRow(NamedTuple):
    """news.enclosure."""

    article_id: str
    version: int
    url: str
    media_type: str | None
    n_bytes: int | None


class CopyRow(NamedTuple):
    """news.copy."""

    article_id: str
    version: int
    of_article_id: str
    of_version: int
    relation: str
    containment: float
    of_containment: float
    shared_words: int
    credited: bool
    credit: str | None
    delay_s: int | None


class CopyGroupRow(NamedTuple):
    """news.copy_group."""

    article_id: str
    version: int
    group_id: str
    of_article_id: str


class StoryTermsRow(NamedTuple):
    """news.story_terms."""

    article_id: str
    terms: NDArray[np.uint32]
    weights: NDArray[np.uint16]
    fresh: bytes


TERM_BUCKETS = 1 << 18  # terms of stories that fall into one are counted together: 1 MB


class StoryMember(NamedTuple):
    """An article of a story that may still grow."""

    article_id: str
    story_id: str  # where it was put, or what that was merged into since
    number: int
    sort_at: datetime
    terms: NDArray[np.uint32]
    weights: NDArray[np.uint16]


class StoryArticleRow(NamedTuple):
    """news.story_article."""

    article_id: str
    story_id: str
    score: float
    reason: str
    number: int
    sort_at: datetime
    added_at: datetime


class StoryCenterRow(NamedTuple):
    """news.story_center."""

    story_id: str
    article_id: str


class StoryMergeRow(NamedTuple):
    """news.story_merge."""

    story_id: str
    merged_into: str
    score: float
    reason: str
    merged_at: datetime


class WithheldRow(NamedTuple):
    """A payload that something forgotten came in again: its bytes are not kept (ops.withheld)."""

    raw_id: str
    receipt_id: str
    withheld_at: datetime


class ForgottenEntryRow(NamedTuple):
    """The print of a feed's entry that is forgotten (ops.forgotten): bodies that have it are not kept."""

    receipt_id: str
    key_hash: int


class ResolvedRow(NamedTuple):
    """A reject that was retried, by its place, and what came of it."""

    source: str
    path: str
    record: int
    raw_id: str | None
    resolution: Literal["landed", "refused", "outdated"]


class ClosedRow(NamedTuple):
    """A version that a newer one replaces: sets its news.version.valid_to."""

    article_id: str
    version: int
    valid_to: datetime


FeedStatus = Literal["active", "quiet", "throttled", "failing", "moved", "gone", "paused"]


class FeedRow(NamedTuple):
    """ops.feed: what a feed's last poll left behind. Addresses are without credentials."""

    source: str
    declared_url: str
    url: str
    status: FeedStatus
    since: datetime
    reason: str
    next_at: datetime | None
    former_urls: Sequence[str] = ()
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    title: str | None = None
    site: str | None = None
    format: str | None = None
    ttl_s: int | None = None
    entries: int = 0
    first_at: datetime | None = None
    polled_at: datetime | None = None
    ok_at: datetime | None = None
    new_at: datetime | None = None
    every_s: int = 0
    per_day: float | None = None
    failures: int = 0
    score: float = 0.0
    moved_to: str | None = None
    moved_at: datetime | None = None
    moved_polls: int = 0


class FetchRow(NamedTuple):
    """ops.fetch."""

    source: str
    kind: Literal["feed", "page"]
    url: str
    fetched_at: datetime
    seconds: float
    outcome: str
    http_status: int | None
    final_url: str | None
    media_type: str | None
    n_bytes: int
    raw_id: str | None
    retry_after_s: int | None
    detail: str | None
    n_items: int = 0
    n_known: int = 0
    n_refused: int = 0
    n_new: int = 0
    n_revised: int = 0
    n_seen: int = 0
    n_rejected: int = 0
    n_vanished: int = 0
    next_at: datetime | None = None


class EntryRow(NamedTuple):
    """ops.entry."""

    source: str
    print: int
    article_id: str | None
    seen_at: datetime
    vanished_at: datetime | None = None
    tries: int = 0
    retry_at: datetime | None = None
    stamp: int | None = None


class PageRow(NamedTuple):
    """ops.page."""

    url: str
    url_hash: int
    etag: str | None
    last_modified: str | None
    raw_id: str
    fetched_at: datetime


class RobotsRow(NamedTuple):
    """ops.robots."""

    host: str
    text: str | None
    fetched_at: datetime


class GapRow(NamedTuple):
    """ops.gap."""

    source: str
    kind: Literal["silent", "idle", "overrun"]
    silent_since: datetime
    opened_at: datetime
    closed_at: datetime | None
    expected: float | None
    reason: str


@dataclass(slots=True)
class Landing:
    """All rows of one batch, landed in one transaction; each list is named after its table."""

    payloads: int = 0
    items: int = 0
    identity: list[IdentityRow] = field(default_factory=list)
    file: list[FileRow] = field(default_factory=list)
    reject: list[RejectRow] = field(default_factory=list)
    article: list[ArticleRow] = field(default_factory=list)
    version: list[VersionRow] = field(default_factory=list)
    print: list[PrintRow] = field(default_factory=list)
    head_field: list[HeadFieldRow] = field(default_factory=list)
    sighting: list[SightingRow] = field(default_factory=list)
    copy: list[CopyRow] = field(default_factory=list)
    copy_group: list[CopyGroupRow] = field(default_factory=list)
    story_terms: list[StoryTermsRow] = field(default_factory=list)
    story_article: list[StoryArticleRow] = field(default_factory=list)
    story_merge: list[StoryMergeRow] = field(default_factory=list)
    story_center: list[StoryCenterRow] = field(default_factory=list)
    enclosure: list[EnclosureRow] = field(default_factory=list)
    closed: list[ClosedRow] = field(default_factory=list)
    resolved: list[ResolvedRow] = field(default_factory=list)
    withheld: list[WithheldRow] = field(default_factory=list)
    entry_forgotten: list[ForgottenEntryRow] = field(default_factory=list)
    extraction: list[ExtractionRow] = field(default_factory=list)
    entity: list[EntityRow] = field(default_factory=list)
    entity_context: list[EntityContextRow] = field(default_factory=list)
    article_entity: list[ArticleEntityRow] = field(default_factory=list)
    mention: list[MentionRow] = field(default_factory=list)
    person_role: list[PersonRoleRow] = field(default_factory=list)
    place: list[PlaceRow] = field(default_factory=list)
    date_mention: list[DateMentionRow] = field(default_factory=list)
    quote: list[QuoteRow] = field(default_factory=list)
    event: list[EventRow] = field(default_factory=list)
    keyword: list[KeywordRow] = field(default_factory=list)
    answer: list[AnswerRow] = field(default_factory=list)
    fetch: list[FetchRow] = field(default_factory=list)
    page: list[PageRow] = field(default_factory=list)
    robots: list[RobotsRow] = field(default_factory=list)
    feed: list[FeedRow] = field(default_factory=list)  # each replaces the source's row
    entry: list[EntryRow] = field(default_factory=list)  # each replaces the row of its source and print
    gap: list[GapRow] = field(default_factory=list)  # each replaces the open row of its source and kind


class KnownEntity(NamedTuple):
    """An entity that earlier articles named, and what they told of its context."""

    entity_id: str
    country: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What the past knows of one article: its current version, and the hashes of all of them."""

    article_id: str
    source: str
    outlet: str
    first_seen_at: datetime
    version: int
    version_hashes: dict[str, int]  # version_hash → version
    content_hash: str
    title: str | None
    url: str | None
    agency: str | None
    published_at: datetime | None
    modified_at: datetime | None
    access: str | None
    words: int
    restored: int  # how many of its versions brought an earlier text back
    group_id: str  # of the copies that it belongs to
    first_published_at: datetime | None  # as its first version said,
    first_precision: str | None
    first_seq: int  # ... which had this number
    contents: dict[str, int]  # content_hash → the first version that had it
    carried: dict[str, str]  # source → hash of the version that it last carried
    every: int
    sample: NDArray[np.uint64]


@dataclass(slots=True)
class Past:
    """What is known of a batch's keys, read before judging; judging adds what it decides as it goes."""

    by_key: dict[Key, str] = field(default_factory=dict)
    articles: dict[str, Known] = field(default_factory=dict)
    forgotten: dict[Key, str] = field(default_factory=dict)  # keys of what was taken out for good → the receipt


class KnownFile(NamedTuple):
    """What the newest read of a file left behind (ops.file)."""

    size: int
    mtime_ns: int
    raw_id: str
    parts: int  # pieces that landed
    done: bool
    n_landed: int
    n_rejected: int


class KnownEntry(NamedTuple):
    """What is known of a form in which a feed carried an entry (ops.entry)."""

    article_id: str | None
    seen_at: datetime
    vanished_at: datetime | None
    tries: int
    retry_at: datetime | None
    stamp: int | None


class KnownPage(NamedTuple):
    """What is known of an article's page (ops.page)."""

    etag: str | None
    last_modified: str | None
    raw_id: str


@dataclass(frozen=True, slots=True)
class Books:
    """A run's books, counted in items, each term from its own rows."""

    fetched: int = 0
    new: int = 0
    revised: int = 0
    seen: int = 0
    held: int = 0
    rejected: int = 0
    copies: int = 0  # among the new

    @property
    def balanced(self) -> bool:
        """Whether every item that was fetched ended in exactly one place."""
        return self.fetched == self.new + self.revised + self.seen + self.held + self.rejected


class Unchanged(NamedTuple):
    """Files that were not read again because nothing about them changed, and the items that they hold."""

    files: int = 0
    seen: int = 0  # items of theirs that landed when they were read
    rejected: int = 0  # items of theirs that were refused then


NOTHING = Unchanged()


# ── the history of fingerprints ──

SAMPLED = 8  # of a long text one gram in so many is kept
COARSE = np.uint64((1 << 64) // SAMPLED)  # grams below it are kept of every text
UNKNOWN = -(1 << 62)  # a time that nobody states

DOC = np.dtype([
    ("article_id", "S16"),
    ("group_id", "S16"),  # the article that began its group of copies
    ("content", np.uint64),  # the first 64 bits of the content hash; 0 if the text is too short to tell
    ("outlet_key", np.uint64),
    ("seq", np.int64),  # documents are numbered as they come
    ("at", np.int64),  # seconds since 1970: when published, else when first seen
    ("first_seq", np.int64),  # of the article's first version,
    ("had_at", np.int64),  # ... by when its publisher had it, as far as is known
    ("published", np.int64),  # ... and its publication, where that is known to the minute; else UNKNOWN
    ("holds", np.bool_),  # it holds all of another text: what they share is explained, and no boilerplate
    ("version", np.int32),
    ("words", np.int32),
    ("every", np.int32),
    ("kept", np.int32),  # grams
    ("coarse", np.int32),  # of which below COARSE
    ("common", np.int32),  # grams that were boilerplate when it came
    ("common_coarse", np.int32),  # of which below COARSE
    ("outlet", np.int32),  # index into the names
    ("agency", np.int32),  # the same; -1 if there is none
    ("facts_from", np.int64),
    ("facts", np.int32),
])  # fmt: skip
"""What is known of a version of an article when others are compared with it."""


class Doc(NamedTuple):
    """A version of an article, to be compared with others; times are seconds since 1970."""

    article_id: str
    group_id: str
    content_hash: str
    outlet: str
    outlet_key: int
    agency: str | None
    at: int
    had_at: int
    published: int
    version: int
    words: int
    every: int
    sample: NDArray[np.uint64]
    facts: NDArray[np.uint32]
    seq: int | None = None
    first_seq: int | None = None  # None: this is the article's first version
    common: int = 0
    common_coarse: int = 0
    holds: bool = False


EXACT = frozenset({"second", "minute"})  # precisions of times that can be compared


def seconds(at: datetime) -> int:
    """Of a naive UTC time, since 1970."""
    return timegm(at.timetuple())


def had_at(published: datetime | None, precision: str | None, seen: datetime) -> int:
    """By when a publisher had an article, as far as is known: when it says, to the minute; else by the end of that day."""
    if published is None or precision not in {*EXACT, "day"}:
        return seconds(seen)
    return seconds(published) if precision in EXACT else min(seconds(published) + 86_399, max(seconds(seen), seconds(published)))


PERIOD = 15 * 86_400  # seconds: the history is kept by periods of the articles' time; a window of 30 days each way has five
GROUPS = 6  # unrelated articles of a period that make of what they share boilerplate
CROWD, EACH = 16, 8  # so many articles of a period, so many for each outlet that is among them: its furniture
LOOKED_AT = 32  # carriers of a gram in a period by which that is decided: the first ones


def boilerplate(articles: NDArray[np.int64], groups: NDArray[np.int64], outlets: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether what so many articles of a period share is boilerplate, by how many groups and outlets they are of."""
    return (groups >= GROUPS) | ((articles >= CROWD) & (articles >= EACH * outlets))


def distinct(row: NDArray[np.int64], values: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """How many distinct values (numbers from 0) each of `n` rows has."""
    most = int(values.max(initial=0)) + 1
    return np.bincount(np.unique(row * most + values) // most, minlength=n)


def ranges(begin: NDArray[np.int64], n: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers from begin[i] to begin[i] + n[i] for each i, one after the other."""
    ends = np.cumsum(n)
    return np.arange(ends[-1] if ends.size else 0) + np.repeat(begin - ends + n, n)


@dataclass(frozen=True, slots=True, eq=False)
class Carriers:
    """Who carried some grams. Carriers of grams[i] are docs[places[starts[i] : starts[i + 1]]], by period and as they came."""

    grams: NDArray[np.uint64]  # sorted, distinct
    starts: NDArray[np.int64]
    places: NDArray[np.int64]
    docs: NDArray[np.void]  # DOC
    fact_runs: list[tuple[int, NDArray[np.uint32]]]  # the facts of docs up to each number, which facts_from points into
    names: list[str]
    periods: NDArray[np.int64]  # those that were asked, ascending
    common: NDArray[np.bool_]  # periods × grams: those known to be boilerplate, whose carriers are not listed

    def facts(self, place: int) -> NDArray[np.uint32]:
        """The facts of a document."""
        begin, n = int(self.docs["facts_from"][place]), int(self.docs["facts"][place])
        run = next(run for upto, run in self.fact_runs if place < upto)
        return run[begin : begin + n]
