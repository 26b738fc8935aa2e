"""Places in a text: where they stand, which places they are and whether they stand for a government.

Of places that share a name the likeliest is chosen for the whole text; see place_choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.place_choice import WEIGHTS, Choice, Context, choose
from tasks.extract.place_evidence import likely
from tasks.extract.place_finder import finds
from tasks.extract.place_lexicon import meanings
from tasks.extract.place_page import Find, Page
from tasks.extract.place_scene import Scene
from tasks.extract.place_tables import LANGUAGES
from tasks.extract.place_usage import usages
from tasks.extract.records import PlaceMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.records import Name, Usage

MISPRINTED = 0.6  # times the confidence, for a name with a letter wrong
LEAST = 0.4  # how likely a name must be a place's at all


def places(
    text: str,
    names: Sequence[Name],
    *,
    language: str | None = "en",
    home: str | None = None,
    dateline: str | None = None,
    dateline_country: str | None = None,
) -> list[PlaceMention]:
    """Every place of a text in order, without overlap.

    `names` are the names found in the text; `home` is the country of the source, `dateline` the place of the article's dateline.
    """
    page = Page(text, names, language if language in LANGUAGES else "en")
    found = likely(page, finds(page), names)
    choices = choose(found, _start(page.language, home, dateline, dateline_country))
    sure = [
        (find, choice)
        for find, choice in zip(found, choices, strict=True)
        if choice is not None and not find.part and choice.place >= LEAST
    ]
    uses = usages(page, [(find, choice.known) for find, choice in sure])
    mentions = [_mention(find, choice, use) for (find, choice), use in zip(sure, uses, strict=True)]
    scene = Scene(mentions, home, dateline_country)
    unlisted = [scene.unlisted(find, choice) for find, choice in zip(found, choices, strict=True) if find.part or choice is None]
    return sorted([*mentions, *unlisted], key=lambda mention: mention.start)


def _start(language: str, home: str | None, dateline: str | None, dateline_country: str | None) -> Context:
    """What is known of where an article is from before it is read."""
    context = Context()
    if home:
        context.countries[home] += WEIGHTS.home
    if dateline_country:
        context.countries[dateline_country] += WEIGHTS.dateline
    known = meanings(dateline.split(",")[0], language) if dateline else ()
    place = next((meaning for meaning in known if dateline_country in {None, meaning.country}), None)
    if place:
        context.add(place, WEIGHTS.dateline)
    return context


def _mention(find: Find, choice: Choice, usage: Usage) -> PlaceMention:
    known = choice.known
    return PlaceMention(
        find.start,
        find.end,
        find.text,
        known.name,
        known.country,
        known.admin1,
        known.lat,
        known.lon,
        known.id,
        known.kind,  # type: ignore[arg-type]
        usage,
        round(choice.confidence * (MISPRINTED if find.misprint else 1.0), 2),
    )
