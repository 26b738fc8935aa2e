"""Facts as rows. Pure; the store commits them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.quotes import quote_key
from tasks.link import Found
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
from warehouse.models import hash64

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tasks.extract.facts import Facts
    from tasks.extract.quotes import Quote
    from tasks.extract.records import Entity, Event, PlaceMention
    from tasks.link import Linked
    from warehouse.models import Landing

KINDS = {"PERSON": "person", "ORGANIZATION": "organisation", "PLACE": "place"}
QUESTIONS = ("who", "what", "when", "where", "why", "how")


def found(facts: Facts) -> list[Found]:
    """The entities of a text, as they are looked for among those that are known."""
    return [Found(KINDS[e.kind], e.key, e.name, e.country, e.of) for e in facts.entities]


def entity_hash(kind: str, key: str) -> int:
    """64 bits of an entity's kind and key, for joins."""
    return hash64(f"{kind}\0{key}")


def land_facts(article_id: str, version: int, facts: Facts, linked: Sequence[Linked], landing: Landing) -> None:
    """Add the facts of an article's version to a batch's landing; `linked` are its entities, in order."""
    ids = [row.entity_id for row in linked]
    at = _Whose(facts.entities, ids)
    this = article_id, version
    sure = {(n.start, n.end): n.confidence for n in facts.names}
    for entity, row in zip(facts.entities, linked, strict=True):
        _entity(entity, row, this, sure, landing)
    landing.place += [_place(this, p, "text", p.usage, at.at(p.start)) for p in facts.places]
    landing.place += [_place(this, p, "head", "dateline", None) for p in facts.datelines]
    landing.date_mention += [
        DateMentionRow(*this, d.start, d.end, d.text, d.value, d.mod, d.from_date, d.to_date, d.kind) for d in facts.dates
    ]
    landing.quote += [_quote(this, q, at) for q in facts.quotes]
    landing.event += [_event(this, e, facts.places, at) for e in facts.events]
    landing.keyword += [KeywordRow(*this, k.start, k.end, k.text, k.term, k.score) for k in facts.keywords]
    landing.answer += [
        AnswerRow(*this, question, rank, a.part, a.start, a.end, a.text, a.score)
        for question in QUESTIONS
        for rank, a in enumerate(getattr(facts.five_w, question), 1)
    ]
    landing.extraction.append(ExtractionRow(*this, facts.extractor, facts.read, _count(facts), facts.error))


def _entity(entity: Entity, linked: Linked, this: tuple[str, int], sure: dict[tuple[int, int], float], landing: Landing) -> None:
    kind = KINDS[entity.kind]
    if linked.is_new:
        landing.entity.append(EntityRow(linked.entity_id, kind, entity.key, entity_hash(kind, entity.key), entity.name))
    if linked.country or linked.organisation:
        landing.entity_context.append(EntityContextRow(linked.entity_id, linked.country, linked.organisation, this[0]))
    landing.article_entity.append(
        ArticleEntityRow(*this, linked.entity_id, kind, entity.name, entity.country, entity.of, len(entity.mentions))
    )
    landing.mention += [
        MentionRow(*this, linked.entity_id, m.start, m.end, m.text, sure.get((m.start, m.end), 0.5)) for m in entity.mentions
    ]
    landing.person_role += [
        PersonRoleRow(*this, linked.entity_id, r.start, r.end, r.text, r.country, r.organisation) for r in entity.roles
    ]


class _Whose:
    """Which entity is meant by characters or by a name."""

    def __init__(self, entities: Iterable[Entity], ids: Sequence[str]) -> None:
        self._starts = {m.start: entity_id for e, entity_id in zip(entities, ids, strict=True) for m in e.mentions}
        self._names = {e.name: entity_id for e, entity_id in zip(entities, ids, strict=True)}

    def at(self, start: int) -> str | None:
        return self._starts.get(start)

    def who(self, name: str | None, start: int | None, end: int | None) -> str | None:
        """The entity of that full name, else the only one that is named between two characters."""
        if name is None:
            return None
        if name in self._names or start is None or end is None:
            return self._names.get(name)
        inside = {self._starts[at] for at in range(start, end) if at in self._starts}
        return inside.pop() if len(inside) == 1 else None


def _place(this: tuple[str, int], p: PlaceMention, part: str, usage: str, entity_id: str | None) -> PlaceRow:
    return PlaceRow(
        *this, entity_id, part, p.start, p.end, p.text, p.name, p.kind, usage, p.country, p.admin1, p.lat, p.lon, p.geonames_id,
        p.confidence,
    )  # fmt: skip


def _quote(this: tuple[str, int], q: Quote, at: _Whose) -> QuoteRow:
    speaker_id = at.who(q.speaker, q.speaker_start, q.speaker_end)
    return QuoteRow(
        *this, q.start, q.end, q.text, q.kind, quote_key(q.text), q.speaker, speaker_id, q.speaker_text, q.speaker_start,
        q.speaker_end, q.cue, q.cue_start, q.cue_end, q.confidence,
    )  # fmt: skip


def _event(this: tuple[str, int], e: Event, places: Iterable[PlaceMention], at: _Whose) -> EventRow:
    country = next((p.country for p in places if p.start == e.place_start), None) if e.place_start is not None else None
    return EventRow(
        *this, e.start, e.end, e.text, e.sentence_start, e.sentence_end, e.code or None, e.plover, e.action,
        e.actor, at.who(e.actor, e.actor_start, e.actor_end), e.actor_text, e.actor_start, e.actor_end,
        e.target, at.who(e.target, e.target_start, e.target_end), e.target_text, e.target_start, e.target_end,
        e.place, e.place_start, e.place_end, country, e.value, e.from_date, e.to_date, e.status, e.confidence,
    )  # fmt: skip


def _count(facts: Facts) -> int:
    mentions = sum(len(e.mentions) + len(e.roles) for e in facts.entities)
    answers = sum(len(getattr(facts.five_w, question)) for question in QUESTIONS)
    told = (facts.places, facts.datelines, facts.dates, facts.quotes, facts.events, facts.keywords)
    return mentions + answers + sum(map(len, told))
