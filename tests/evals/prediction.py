"""One article's facts in the form in which the seed article is scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tasks.extract.facts import Facts
    from tasks.types import Article


def as_prediction(article: Article, facts: Facts) -> dict[str, Any]:
    """People with roles, organisations, places, dates, quotes, statements and events, each as its fields are scored."""
    told = [{"content": q.text, "speaker": q.speaker, "kind": q.kind} for q in facts.quotes]
    found = {kind: [e for e in facts.entities if e.kind == kind] for kind in ("PERSON", "ORGANIZATION", "PLACE")}
    return {
        "people": [{"name": e.name, "role": "; ".join(r.text for r in e.roles) or None} for e in found["PERSON"]],
        "organisations": [{"name": e.name} for e in found["ORGANIZATION"]],
        "places": [{"name": e.name, "country": e.country} for e in found["PLACE"]],
        "dates": [{"text": d.text, "value": d.value, "from": d.from_date, "to": d.to_date} for d in facts.dates if d.value],
        "quotes": [q for q in told if q["kind"] != "indirect"],
        "statements": [q for q in told if q["kind"] == "indirect"],
        "events": [{"actor": e.actor, "action": e.text, "target": e.target, "code": e.code} for e in facts.events],
        "agency": article.agency,
        "dateline_place": article.dateline_place,
        "title": article.title,
        "published": article.published.at if article.published else None,
    }
