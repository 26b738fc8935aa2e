"""Facts as they land, one NamedTuple a table. Field names are the tables' columns; the store adds `batch_id`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class ExtractionRow(NamedTuple):
    """news.extraction."""

    article_id: str
    version: int
    extractor: str
    n_chars: int
    n_facts: int
    error: str | None


class EntityRow(NamedTuple):
    """news.entity."""

    entity_id: str
    kind: str
    key: str
    key_hash: int
    name: str


class EntityContextRow(NamedTuple):
    """news.entity_context."""

    entity_id: str
    country: str | None
    organisation: str | None
    article_id: str


class ArticleEntityRow(NamedTuple):
    """news.article_entity."""

    article_id: str
    version: int
    entity_id: str
    kind: str
    name: str
    country: str | None
    organisation: str | None
    n_mentions: int


class MentionRow(NamedTuple):
    """news.mention."""

    article_id: str
    version: int
    entity_id: str
    start_char: int
    end_char: int
    text: str
    confidence: float


class PersonRoleRow(NamedTuple):
    """news.person_role."""

    article_id: str
    version: int
    entity_id: str
    start_char: int
    end_char: int
    text: str
    country: str | None
    organisation: str | None


class PlaceRow(NamedTuple):
    """news.place."""

    article_id: str
    version: int
    entity_id: str | None
    part: str
    start_char: int
    end_char: int
    text: str
    name: str
    kind: str
    usage: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    confidence: float


class DateMentionRow(NamedTuple):
    """news.date_mention."""

    article_id: str
    version: int
    start_char: int
    end_char: int
    text: str
    value: str | None
    mod: str | None
    from_date: date | None
    to_date: date | None
    kind: str


class QuoteRow(NamedTuple):
    """news.quote."""

    article_id: str
    version: int
    start_char: int
    end_char: int
    text: str
    kind: str
    quote_key: str | None
    speaker: str | None
    speaker_id: str | None
    speaker_text: str | None
    speaker_start: int | None
    speaker_end: int | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    confidence: float


class EventRow(NamedTuple):
    """news.event."""

    article_id: str
    version: int
    start_char: int
    end_char: int
    text: str
    sentence_start: int
    sentence_end: int
    code: str | None
    plover: str
    action: str
    actor: str | None
    actor_id: str | None
    actor_text: str | None
    actor_start: int | None
    actor_end: int | None
    target: str | None
    target_id: str | None
    target_text: str | None
    target_start: int | None
    target_end: int | None
    place: str | None
    place_start: int | None
    place_end: int | None
    place_country: str | None
    value: str | None
    from_date: date | None
    to_date: date | None
    status: str
    confidence: float


class KeywordRow(NamedTuple):
    """news.keyword."""

    article_id: str
    version: int
    start_char: int
    end_char: int
    text: str
    term: str
    score: float


class AnswerRow(NamedTuple):
    """news.answer."""

    article_id: str
    version: int
    question: str
    rank: int
    part: str
    start_char: int
    end_char: int
    text: str
    score: float
