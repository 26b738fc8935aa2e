"""Places that no table has: their country is that of what the text names within them, behind them or around them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from tasks.extract.place_words import FACILITY, NATURAL
from tasks.extract.records import PlaceMention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.place_choice import Choice
    from tasks.extract.place_page import Find
    from tasks.extract.records import PlaceKind

NEARBY = 200.0  # characters at which a place counts half
AROUND = 20  # places before and behind that are looked at
HOME, DATELINE = 0.5, 1.0  # confidence that a place lies in the source's country, and in that of the dateline
FAMOUS = 600_000.0  # weight of a place that a longer name is taken to tell of wherever the text is
SUREST = 0.9
FROM_CONTEXT = 0.7  # times the confidence of the name, for a country that only the text around it tells


class Scene:
    """The countries that a text speaks of, and where."""

    def __init__(self, mentions: Sequence[PlaceMention], home: str | None, dateline_country: str | None) -> None:
        """Keep the mentions that have a country, in order."""
        self.mentions = [mention for mention in mentions if mention.country]
        self.starts = [mention.start for mention in self.mentions]
        self.countries = {mention.country for mention in self.mentions} | {home, dateline_country}
        self.given = [(code, weight) for code, weight in ((home, HOME), (dateline_country, DATELINE)) if code]

    def unlisted(self, find: Find, part: Choice | None) -> PlaceMention:
        """A place that no table has; `part` is what a part of its name means."""
        assert find.name is not None
        kind: PlaceKind = "facility" if FACILITY.search(find.text) else "region" if NATURAL.search(find.text) else "city"
        confidence = min(find.name.confidence, SUREST)
        known = part.known if part and (part.known.weight > FAMOUS or part.known.country in self.countries) else None
        lat = lon = admin1 = None
        if find.region:
            country, admin1 = find.region[0].country, find.region[0].admin1
        elif known:
            country, admin1 = known.country, known.admin1
        else:
            country, confidence = self._about(find.start), confidence * FROM_CONTEXT
        if known and known.country == country and (known.kind == "city" or known.level == "D"):
            lat, lon = known.lat, known.lon
        return PlaceMention(
            find.start, find.end, find.text, find.text, country, admin1, lat, lon, None, kind, "mentioned", round(confidence, 2)
        )

    def _about(self, at: int) -> str | None:
        """The country that the text speaks of around a character."""
        weights: dict[str | None, float] = defaultdict(float, self.given)
        middle = bisect_left(self.starts, at)
        for mention in self.mentions[max(0, middle - AROUND) : middle + AROUND]:
            weights[mention.country] += mention.confidence * NEARBY / (NEARBY + abs(mention.start - at))
        return max(weights, key=lambda code: weights[code]) if weights else None
