"""Who, what, when, where, why and how: the answers that an article gives at its top, each in its own words.

The headline and the body are read as one text; an answer says in which of them it stands. Why and how are answered only
behind a cue ("because of", "by trading"). In other languages than English only who, when and where are answered.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from tasks.extract.dates import dates as find_dates
from tasks.extract.five_clause import clauses
from tasks.extract.five_page import READ, read
from tasks.extract.five_reasons import how, why
from tasks.extract.five_scene import when, where
from tasks.extract.five_shift import moved, moved_entities, moved_names
from tasks.extract.five_what import Candidate, headline_clauses, what
from tasks.extract.five_who import who
from tasks.extract.records import Answer, FiveW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tasks.extract.dates import DateMention
    from tasks.extract.quotes import Quote
    from tasks.extract.records import Entity, Event, Name, PlaceMention

SENTENCES = 10  # at the top that are taken apart
MOST = 3  # answers to a question
GAP = "\n\n"  # between headline and body


def five_w(  # noqa: PLR0913  all that the stages before it found
    text: str,
    title: str | None = None,
    *,
    language: str | None = "en",
    at: datetime | None = None,
    names: Sequence[Name] = (),
    entities: Sequence[Entity] = (),
    places: Sequence[PlaceMention] = (),
    dates: Sequence[DateMention] = (),
    events: Sequence[Event] = (),
    quotes: Sequence[Quote] = (),
    title_names: Sequence[Name] = (),
    title_places: Sequence[PlaceMention] = (),
) -> FiveW:
    """The best answers to each question, the best first. What is not given is told by capitals and looked for here, dates too."""
    if title and title.strip() and not text.lstrip().startswith(title.strip()):
        by = len(title) + len(GAP)
        found = five_w(
            title + GAP + text,
            title,
            language=language,
            at=at,
            names=[*title_names, *moved_names(names, by, READ)],
            entities=moved_entities(entities, title, by, READ),
            places=[*title_places, *moved(places, by, READ)],
            dates=[*find_dates(title, at, language), *moved(dates, by, READ)] if dates else (),
            events=moved(events, by, READ),
            quotes=moved(quotes, by, READ),
        )
        return FiveW(*(tuple(_home(a, len(title), by) for a in getattr(found, f.name)) for f in fields(FiveW)))
    page, headline = read(text, title, language)
    english = language in (None, "en")
    told = [(s, clauses(page, s) if english else []) for s in page.sentences[: max(SENTENCES, page.core + 1)]]
    heads = headline_clauses(headline, page.named) if english else []
    return FiveW(
        who=_best(text, who(page, headline, heads, told, entities, names)),
        what=_best(text, what(page, headline, heads, told, events, quotes)) if english else (),
        when=_best(text, when(page, dates or find_dates(page.text, at, language), at, names)),
        where=_best(text, where(page, headline, places, names)),
        why=_best(text, why(page, told)) if english else (),
        how=_best(text, how(page, told)) if english else (),
    )


def _home(answer: Answer, title: int, by: int) -> Answer:
    """An answer with the characters of the headline or of the text."""
    if answer.end <= title:
        return answer._replace(part="title")
    return answer._replace(start=answer.start - by, end=answer.end - by)


def _best(text: str, found: Iterable[Candidate]) -> tuple[Answer, ...]:
    """The heaviest candidates of which none holds another."""
    best: list[Answer] = []
    for start, end, score in sorted(found, key=lambda c: (-c.score, c.start)):
        words = text[start:end]
        folded = words.casefold()
        if all(folded not in a.text.casefold() and a.text.casefold() not in folded for a in best):
            best.append(Answer(start, end, words, round(max(0.0, min(1.0, score)), 2)))
        if len(best) == MOST:
            break
    return tuple(best)
