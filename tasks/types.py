"""The hops of an article's journey, one type each; whoever reads the class names knows the pipeline.

Source ─fetch─► Payload ─parse─► Item ─clean─► Article ─fingerprint─► Print ─judge─► Verdict ─land─► rows
any stage may refuse: Reject
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  pydantic reads annotations at run time
from pathlib import Path  # noqa: TC003  pydantic reads annotations at run time
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    import numpy as np
    from numpy.typing import NDArray

    from tasks.extract.facts import Facts
    from tasks.stories import Terms
    from warehouse.errors import Refusal

Origin = Literal["feed", "json-ld", "meta", "url", "text", "given"]
"""Where a date or title was stated: a feed's element, JSON-LD, other metadata, the address, the text, or the user."""

Precision = Literal["second", "minute", "day", "month", "year"]
BodyType = Literal["text", "html", "page"]
TextFrom = Literal["file", "feed", "page"]
"""Where a text stood: in a file, in a feed's entry, or on the page that the entry leads to."""


class Source(BaseModel):
    """Where bytes come from. Written by people, in TOML or on the command line."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: Annotated[str, Field(min_length=1, max_length=200)]
    outlet: str | None = None  # who publishes; else the page's own metadata, its domain, the source's name
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None  # ISO 3166-1 alpha-2
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")] | None = None  # ISO 639, for texts too short to tell
    timezone: str | None = None  # IANA name, for times stated without a zone
    owner_group: str | None = None

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                ZoneInfo(value)
            except (ZoneInfoNotFoundError, ValueError) as error:
                raise ValueError(f"{value!r} is no time zone; write an IANA name such as 'Europe/Oslo'") from error
        return value

    @field_validator("name")
    @classmethod
    def _printable(cls, value: str) -> str:
        if re.search(r"[\x00-\x1f\x7f]", value):
            raise ValueError("a source's name has no control characters")
        return value


class FolderSource(Source):
    """A folder of files."""

    folder: Path
    archive: Literal["keep", "reference"] = "keep"  # "reference": the folder itself keeps the bytes, unchanged
    after: Literal["kept", "moved"] = "kept"  # what becomes of files that have landed: "moved" into .landed or .refused

    @model_validator(mode="after")
    def _kept_somewhere(self) -> Self:
        if self.after == "moved" and self.archive == "reference":
            raise ValueError('after = "moved" needs archive = "keep": with "reference" the folder itself has to keep its files')
        return self


class FeedSource(Source):
    """A feed (RSS, Atom, JSON Feed) or news sitemap, polled by its address."""

    feed: str  # http(s); ${NAME} in it stands for a variable of the environment
    full_text: Literal["auto", "feed", "page"] = "auto"  # whether pages are fetched: of teasers, of no entry, of every entry
    paused: bool = False

    @field_validator("feed")
    @classmethod
    def _address(cls, value: str) -> str:
        if not re.match(r"https?://[^\s/?#]+", value, re.IGNORECASE) or re.search(r"[\s\x00-\x1f]", value):
            raise ValueError("this is no web address; write it as https://example.org/feed.xml")  # it may hold a password
        return value


@dataclass(frozen=True, slots=True)
class Polled:
    """How a feed is to be read."""

    known: frozenset[int] = frozenset()  # prints of entries that it had last time: they are counted and passed over
    dated: Mapping[int, int] = field(default_factory=dict)  # of those whose text is their page's: print → date_stamp then
    vanished: frozenset[int] = frozenset()  # prints of those that it had before that; passed over unless they say they are newer
    full_text: Literal["auto", "feed", "page"] = "auto"
    whole: bool = True  # False: the body was cut off, so that its last entry may not be whole


@dataclass(frozen=True, slots=True)
class Payload:
    """Bytes and their provenance: a file, a member of an archive, or a run of records out of one."""

    source: str
    path: str  # relative to the source's root, NFC, "/" between parts; a member of an archive is "a.zip!/member.txt"
    uri: str
    data: bytes
    raw_id: str  # SHA-256 of the file's bytes as fetched, in hex
    fetched_at: datetime  # UTC
    size: int = 0  # of the file as fetched, bytes
    mtime_ns: int = 0  # of the file as fetched; only ever used to tell whether it changed
    media_type: str | None = None
    charset: str | None = None  # what the transport says, if anything
    format: str | None = None  # set when the file was told apart before (a run of records)
    part: int = 0  # the how-many-eth piece of the file this is
    first_record: int = 0  # the number of the first record in `data`, for provenance only
    last: bool = True  # no more pieces of the file follow
    truncated: bool = False  # over the limit: `data` holds only its beginning
    file: str = ""  # path of the file itself, where `path` names a member of it
    edited: bool = False  # the file held other bytes when it was last read
    polled: Polled | None = None  # it is a feed, read over and over
    entry: Item | None = None  # it is the page of this entry of a feed
    records: frozenset[int] | None = None  # only these of its records are wanted: the others are counted and passed over
    pages: Mapping[int, Payload] = field(default_factory=dict)  # of a feed that is read anew: record → its page

    def blank(self, format_name: str) -> Item:
        """An Item of this payload with nothing stated yet; a format fills it with `dataclasses.replace`."""
        return Item(
            self.source, self.path, self.raw_id, self.fetched_at, format_name, edited=self.edited, truncated=self.truncated
        )

    def reject(self, stage: str, refusal: Refusal, record: int = 0) -> Reject:
        """What becomes of a payload, or of one record in it, that is refused."""
        return Reject(stage, refusal.reason, refusal.detail, self.source, self.path, self.raw_id, self.fetched_at, record)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that comes with an entry, as the publisher states it."""

    url: str
    media_type: str | None
    n_bytes: int | None


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A date as somebody states it, not yet believed."""

    kind: Literal["published", "modified"]
    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Item:
    """One article as its publisher told it, nothing interpreted. Every field below `alone` may be missing."""

    source: str
    path: str
    raw_id: str
    seen_at: datetime  # UTC
    format: str
    record: int = 0  # its place in the file; provenance, never a key
    alone: bool = True  # the file holds only this item, so the path may identify it
    edited: bool = False  # the file held other bytes when it was last read

    guid: str | None = None
    url: str | None = None  # absolute where the format allows to tell
    title: str | None = None  # plain text, entities resolved; markup is taken out in cleaning
    title_from: Origin | None = None
    summary: str | None = None
    summary_type: BodyType = "text"
    body: str = ""
    body_type: BodyType = "text"  # text: plain; html: a fragment; page: a whole page with its furniture
    authors: tuple[str, ...] = ()
    dates: tuple[DateClaim, ...] = ()
    language: str | None = None
    outlet: str | None = None  # the publisher it names
    agency: str | None = None
    dateline: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    image: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    access: Literal["free", "metered", "paywalled", "truncated"] | None = None
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What a feed says of itself."""

    title: str | None = None
    site: str | None = None
    format: str | None = None  # such as "rss20", "atom10", "json11", "sitemap"
    ttl_s: int | None = None  # how long it asks to be left alone, seconds
    listed: int = 0  # entries
    broken: str | None = None  # what had to be repaired, if anything


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date that is believed: UTC, with how exactly it is known, who says so, and how sure we are (0–1)."""

    at: datetime  # naive, UTC; the first moment of the day, month or year where the precision is coarser
    precision: Precision
    origin: Origin
    confidence: float


HeadName = Literal["headline", "agency", "place", "date", "updated", "byline", "contributor", "editor"]
"""What a part of the head says. A contributor reported more for a story, or translated it; "updated" is a date of change."""


@dataclass(frozen=True, slots=True)
class HeadField:
    """A part of the text's head (NITF body.head) with its characters: `text == part[start:end]`.

    `part` says where they stand: "head" (above the body) or "tail" (below it). Offsets are Unicode code points.
    """

    name: HeadName
    text: str
    part: Literal["head", "tail"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """Our clean record of one item."""

    source: str
    outlet: str
    path: str
    raw_id: str
    seen_at: datetime  # naive, UTC
    format: str
    record: int
    alone: bool
    edited: bool = field(default=False, kw_only=True)

    text: str  # the body; paragraphs are separated by a blank line, lines within one by a newline
    head: str | None = None  # what stood above the body (agency, place, byline, headline), cleaned and otherwise verbatim
    tail: str | None = None  # what stood below it (credits)
    fields: tuple[HeadField, ...] = ()
    guid: str | None = None
    url: str | None = None  # canonical
    title: str | None = None
    title_from: Origin | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    dateline_place: str | None = None
    dateline_country: str | None = None  # ISO 3166-1 alpha-2
    published: Stamp | None = None
    modified: Stamp | None = None
    language: str | None = None  # ISO 639-1
    language_confidence: float = 0.0
    section: str | None = None
    keywords: tuple[str, ...] = ()
    image: str | None = None
    access: Literal["free", "metered", "paywalled", "truncated"] | None = None
    truncated: bool = False
    extractor: str = "text"  # what took the body out of its markup, and its version
    text_from: TextFrom = "file"
    page_raw_id: str | None = None  # the bytes of the page that the text was taken from, where it was not `raw_id`
    aliases: tuple[str, ...] = ()  # other canonical URLs that lead to it
    enclosures: tuple[Enclosure, ...] = ()
    note: str | None = None  # the correction or withdrawal that it states, as printed,
    note_kind: str | None = None  # ... and which of them it is
    facts: Facts | None = field(default=None, repr=False)  # what its text says; None where that is not read


@dataclass(frozen=True, slots=True, eq=False)
class Print:
    """Content hash and sampled fingerprints of an article's text."""

    content: str  # SHA-256 of the body's normalised words, in hex; "" when there are too few to tell texts apart
    version: str  # SHA-256 of the normalised words of title and body: another version has another one
    words: int  # in the body; in languages without spaces, characters
    every: int  # one in so many of the text's word 5-grams is kept
    sample: NDArray[np.uint64] = field(repr=False)  # their sorted hashes
    facts: NDArray[np.uint32] = field(repr=False)  # sorted hashes of the text's numbers and names
    story: Terms | None = field(default=None, repr=False)  # what it is compared with stories by


@dataclass(frozen=True, slots=True)
class Reject:
    """What was refused, where and why. The bytes stay in the archive under `raw_id`."""

    stage: str
    reason: str  # a word of warehouse.errors.REASONS
    detail: str
    source: str
    path: str
    raw_id: str | None
    seen_at: datetime
    record: int = 0
    url: str | None = None
