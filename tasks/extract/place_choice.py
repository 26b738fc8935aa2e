"""Which of the places that share a name a text means.

Every meaning has a score in natural logarithms: the people who live there, and what the text tells besides. The country and the
region that the text speaks of, the places near by that it names, the source's country and the dateline.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import cos, exp, log, radians
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.place_page import Find
    from tasks.extract.place_tables import Known


@dataclass(frozen=True, slots=True)
class Weights:
    """What a text's context counts for, in natural logarithms; tuned on annotated news, where values near by do as well."""

    country: float = 2.2  # times log(1 + how much the text speaks of that country)
    region: float = 2.4  # likewise of a first-level region
    near: float = 5.0  # likewise of towns and counties near by
    within: float = 9.0  # it lies in the region printed behind the name
    home: float = 1.0  # how much a text speaks of its source's country
    dateline: float = 2.0  # and of the dateline's place and country
    fame: float = 4.0  # for a city that the world's news mean by its bare name: Vienna is not the suburb of Washington
    aside: float = 0.3  # how much such a city tells of its neighbourhood: it stands for more than itself
    sureness: float = 0.85  # times the log odds, which are too sure of themselves


WEIGHTS = Weights()
NEAR = 170.0  # km at which a place counts a third
FAR = 3 * NEAR  # km to the north or south beyond which it does not count
KM = 111.0  # a degree
BAND = 5.0  # degrees of latitude, more than FAR
FAMOUS = 3e6  # weight of such a city: its people, and ten times those of a capital
CLEAR = 20.0  # times the weight of the next: so much clearer a meaning is taken before the text is looked at
MOST = 24  # meanings of a name that are weighed
NAMED = 0.9  # how much a text speaks of a region that it names once
POINTS = 40  # places near which others are looked for, those that the text speaks most of
INSIDE = 0.95  # confidence in a town that lies in the region printed behind it
ROUNDS = 3


class Choice(NamedTuple):
    """A meaning and how likely it is, 0-1, and how likely the name is a place's at all."""

    known: Known
    confidence: float
    place: float


class _Group(NamedTuple):
    """The mentions of one name."""

    finds: list[tuple[int, Find]]
    regions: tuple[Known, ...]  # printed behind the first that has one
    doubt: float
    times: float  # how much it counts for what the text speaks of


class _Best(NamedTuple):
    known: Known
    score: float
    scores: tuple[float, ...]  # of all meanings

    def confidence(self, doubt: float, temperature: float = 2.0) -> float:
        """How likely the meaning is against the others and the doubt that the name is a place's."""
        return 1 / sum([exp((score - self.score) / temperature) for score in (*self.scores, doubt)])

    def place(self, doubt: float) -> float:
        """How likely the name is a place's at all."""
        total = sum([exp(score - self.score) for score in self.scores])
        return total / (total + exp(doubt - self.score))


class Context:
    """How much a text speaks of each country, region and neighbourhood."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.countries: dict[str, float] = defaultdict(float)
        self.regions: dict[tuple[str, str], float] = defaultdict(float)
        self.points: list[tuple[float, Known]] = []
        self.bands: dict[float, list[tuple[float, float, float, Known]]] = {}  # the points in and beside each band of latitude

    def add(self, known: Known, weight: float) -> None:
        """Count a place that the text speaks of."""
        if not known.country:
            return
        self.countries[known.country] += weight
        if known.kind != "country" and known.admin1:
            self.regions[known.country, known.admin1] += weight
        if known.lat is not None and (known.kind == "city" or known.level == "D"):
            self.points.append((weight * (WEIGHTS.aside if known.weight >= FAMOUS else 1.0), known))

    def after(self, other: Context) -> Context:
        """What both contexts speak of, with the places that count most."""
        both = Context()
        for part in (self, other):
            for code, weight in part.countries.items():
                both.countries[code] += weight
            for region, weight in part.regions.items():
                both.regions[region] += weight
        both.points = sorted([*self.points, *other.points], key=lambda point: -point[0])[:POINTS]
        for weight, known in both.points:
            assert known.lat is not None
            assert known.lon is not None
            band = known.lat // BAND
            for near in (band - 1, band, band + 1):
                both.bands.setdefault(near, []).append((weight, known.lat, known.lon, known))
        return both

    def score(self, known: Known, own: Known | None, weight: float) -> float:
        """How likely a meaning is; what the same name was taken for before, `own`, does not speak for itself."""
        score, country = log(known.weight + 1), known.country
        if not country:
            return score
        same = own if own is not None and own.country == country else None
        spoken = self.countries.get(country, 0.0) - (weight if same else 0.0)
        if spoken > 0:
            score += WEIGHTS.country * log(1 + spoken)
        if known.kind == "country":
            return score
        if known.admin1:
            itself = weight if same and same.kind != "country" and same.admin1 == known.admin1 else 0.0
            spoken = self.regions.get((country, known.admin1), 0.0) - itself
            if spoken > 0:
                score += WEIGHTS.region * log(1 + spoken)
        if known.lat is not None and known.lon is not None and (near := self._near(known.lat, known.lon, own)):
            score += WEIGHTS.near * log(1 + near)
        return score

    def names_region_of(self, known: Known, own: Known | None, weight: float) -> bool:
        """Whether the text names the town's region, or much in it, besides the town."""
        itself = weight if own is not None and own[2:4] == known[2:4] else 0.0
        return known.admin1 is not None and self.regions.get((known.country or "", known.admin1), 0.0) - itself >= NAMED

    def _near(self, lat: float, lon: float, own: Known | None) -> float:
        squeeze, total = cos(radians(lat)), 0.0
        for weight, other_lat, other_lon, other in self.bands.get(lat // BAND, ()):
            north = (lat - other_lat) * KM
            if -FAR < north < FAR and other != own:
                east = (lon - other_lon) * KM * squeeze
                total += weight * exp(-((north * north + east * east) ** 0.5) / NEAR)
        return total


def choose(found: Sequence[Find], start: Context) -> list[Choice | None]:
    """The likeliest meaning of each find; one name means one place throughout a text. `start` is known before it is read."""
    groups = _groups(found)
    best = {key: clear for key, group in groups.items() if (clear := _clear(group))}
    for _ in range(ROUNDS):
        weights = {key: groups[key].times * taken.confidence(groups[key].doubt) for key, taken in best.items()}
        context = start.after(_spoken_of(groups, best, weights))
        best = {key: _best(group, context, best.get(key), weights.get(key, 0.0)) for key, group in groups.items()}
    return [_own(find, best[find.key]) if find.known else None for find in found]


def _groups(found: Sequence[Find]) -> dict[str, _Group]:
    by_key: dict[str, list[tuple[int, Find]]] = {}
    for number, find in enumerate(found):
        if find.known:
            by_key.setdefault(find.key, []).append((number, find))
    return {
        key: _Group(
            finds,
            next((find.region for _, find in finds if find.region), ()),
            min(find.doubt for _, find in finds),
            1 + 0.5 * log(len(finds)),
        )
        for key, finds in by_key.items()
    }


def _clear(group: _Group) -> _Best | None:
    """The meaning of a name that has no rival."""
    known = group.finds[0][1].known
    rival = max(known[1].weight if len(known) > 1 else 0.0, exp(group.doubt))
    score = log(known[0].weight + 1)
    return _Best(known[0], score, (score,)) if known[0].weight > CLEAR * rival else None


def _spoken_of(groups: dict[str, _Group], best: dict[str, _Best], weights: dict[str, float]) -> Context:
    context = Context()
    for key, group in groups.items():
        if group.regions:
            for region in dict.fromkeys(find.region[0] for _, find in group.finds if find.region):
                context.add(region, 1.0)
        if key in best:
            context.add(best[key].known, weights[key])
    return context


def _best(group: _Group, context: Context, before: _Best | None, weight: float) -> _Best:
    """`weight` is how much the text speaks of what the name was taken for before."""
    known = group.finds[0][1].known[:MOST]
    own = before.known if before else None
    scores = [context.score(meaning, own, weight) for meaning in known]
    if group.regions:
        scores = [
            score + WEIGHTS.within * any(lies_in(meaning, region) for region in group.regions)
            for score, meaning in zip(scores, known, strict=True)
        ]
    famous = [meaning.kind == "city" and meaning.weight >= FAMOUS for meaning in known]
    if any(famous) and not any(context.names_region_of(m, own, weight) for m in known if m.weight < FAMOUS):
        scores = [score + WEIGHTS.fame * fame for score, fame in zip(scores, famous, strict=True)]
    best = max(scores)
    return _Best(known[scores.index(best)], best, tuple(scores))


def _own(find: Find, best: _Best) -> Choice:
    """The meaning of one mention: what is printed behind it rules over what the name means elsewhere in the text."""
    if find.region and not any(lies_in(best.known, region) for region in find.region):
        inside = [known for known in find.known if any(lies_in(known, region) for region in find.region)]
        if inside:
            return Choice(max(inside, key=lambda known: known.weight), INSIDE, 1.0)
    likelihood = min(best.confidence(find.doubt), 1 - 1e-9)
    odds = (likelihood / (1 - likelihood)) ** WEIGHTS.sureness
    return Choice(best.known, odds / (1 + odds), best.place(find.doubt))


def lies_in(known: Known, region: Known) -> bool:
    """Whether a place lies in a country or region."""
    if known.country != region.country or known.kind == "country" or known == region:
        return False
    return region.kind == "country" or (region.admin1 is not None and region.admin1 == known.admin1)
