"""Rows as they land, one NamedTuple a table, and what the past knows. Field names are the tables' columns.

The store adds `run_id` and `batch_id`, and takes each column's type from the schema. Times are naive UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

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
    raw_id: str
    record: int


class PrintRow(NamedTuple):
    """news.print."""

    article_id: str
    version: int
    every: int
    sample: NDArray[np.uint64]


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


class CopyRow(NamedTuple):
    """news.copy."""

    article_id: str
    of_article_id: str
    relation: str
    containment: float
    credited: bool
    delay_s: int | None


class ClosedRow(NamedTuple):
    """A version that a newer one replaces: sets its news.version.valid_to."""

    article_id: str
    version: int
    valid_to: datetime


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
    closed: list[ClosedRow] = field(default_factory=list)


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
    every: int
    sample: NDArray[np.uint64]


@dataclass(slots=True)
class Past:
    """What is known of a batch's keys, read before judging; judging adds what it decides as it goes."""

    by_key: dict[Key, str] = field(default_factory=dict)
    articles: dict[str, Known] = field(default_factory=dict)


class KnownFile(NamedTuple):
    """What the newest read of a file left behind (ops.file)."""

    size: int
    mtime_ns: int
    raw_id: str
    parts: int  # pieces that landed
    done: bool
    n_landed: int
    n_rejected: int


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
