"""Events: who did what to whom, where and when, and whether it happened, is planned, denied, cancelled or only reported.

Read by rules from a light parse of English; the actions are those of actions.tsv, with the roots of CAMEO (01-20) and the classes
of PLOVER. What is planned of the friendly kind (04-08) has root 03, as an intention. Actions that CAMEO does not know (somebody
dies in an accident, wins, is appointed) have no root. Statements are no events unless the verb acts: accuse, reject, warn. What
people say in a quotation is theirs and not read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.event_actors import Actors
from tasks.extract.event_chunks import parse, verb_groups
from tasks.extract.event_clauses import Clauses
from tasks.extract.event_match import Matcher
from tasks.extract.event_reader import Reader
from tasks.extract.event_status import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tasks.extract.dates import DateMention
    from tasks.extract.records import Entity, Event, Name, PlaceMention


def events(
    text: str,
    *,
    language: str | None = "en",
    names: Sequence[Name] = (),
    entities: Sequence[Entity] = (),
    places: Sequence[PlaceMention] = (),
    dates: Sequence[DateMention] = (),
    at: datetime | None = None,
) -> list[Event]:
    """The events of an English text in order; none in other languages.

    `at`, the day of the article, tells which dates lie ahead. Without `names` and `entities` names are told by their capitals.
    """
    if language != "en":
        return []
    known = [(m.start, m.end) for entity in entities for m in entity.mentions] or [(name.start, name.end) for name in names]
    made = parse(text, known, [(date.start, date.end) for date in dates if date.kind in ("date", "time")])
    clauses = Clauses(made)
    matcher = Matcher(made, clauses, Actors(made, clauses, names, entities, places))
    reader = Reader(matcher, Standing(made, clauses, matcher), dates, at)
    return [event for verb in verb_groups(made) for event in reader.read(verb)]
