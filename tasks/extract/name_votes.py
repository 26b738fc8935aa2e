"""What the rest of a text tells about a name: the same words are the same, a surname is the person's, letters are the body's."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from tasks.extract.name_context import COUNTRY, PHRASE
from tasks.extract.name_edges import LABELS
from tasks.extract.name_lists import BIT
from tasks.extract.name_shapes import LEX, PARTICLES
from tasks.extract.name_tagger import Tagged

if TYPE_CHECKING:
    from tasks.extract.name_reading import Reading

Key: TypeAlias = tuple[str, ...]
Votes: TypeAlias = dict[Key, dict[str, float]]  # words in small letters → kind → how sure the names of the text are of it
MAJORITY = 1.5  # times the votes of another kind that overrule it
ENOUGH = 0.6  # votes for a name to be looked for in the rest of the text
MANY = 0.8  # votes for a title or a common word to be looked for: "King"
SOLID = 0.8  # a place of the gazetteer that the recogniser is so sure of stays one
GIVEN, BODY = 0.5, 0.7  # what a first name, the first word and the letters of a body count
LIKELY = 0.5  # confidence in a name that only the rest of the text tells
GENERATIONS = frozenset("jr jr. sr sr. ii iii iv".split())
ARTICLES = frozenset("the The a an".split())
CONTEST = frozenset(
    """
    beat beats defeated drew draw thrashed trounced edged lost won win wins victory innings wicket wickets goal goals match
    semifinal semi-final quarter-final qualifier striker midfielder goalkeeper penalty halftime half-time scored test seed
    """.split()
)
BEFORE_SIDE = frozenset("beat beats defeated beating thrashed edged against v vs over faced face faces facing".split())
BEHIND_SIDE = frozenset(
    """
    beat beats defeated drew thrashed edged lost won were have face faced qualified captain coach goalkeeper keeper striker
    defender midfielder batsman bowler side manager
    """.split()
)
CONTESTS = 4  # words of contests that make a text one about sport
_NO_NAME = BIT["time"] | BIT["demonym"] | BIT["weak"]
_NOUN = (
    BIT["title"] | BIT["role"] | BIT["org-noun"] | BIT["thing-noun"] | BIT["place-noun"] | BIT["site-noun"] | BIT["org-suffix"]
)
_COUNTRIES = frozenset({COUNTRY, PHRASE[BIT["area"]]})
_BODIES = BIT["org"] | BIT["party"] | BIT["media"] | BIT["team"]
_LARGE = frozenset(LEX[name] for name in "country region city".split())


def voted(made: Reading, found: list[Tagged]) -> list[Tagged]:
    """The names as the whole text has them, in order and apart."""
    votes = _votes(made, found)
    names = [_overruled(made, name, votes) for name in found]
    names = _sides(made, [*names, *_missed(made, names, votes)])
    best: dict[tuple[Key, str], float] = defaultdict(float)
    for name in names:
        kept = (_key(made, name.first, name.last), name.kind)
        best[kept] = max(best[kept], name.sure)
    names.sort()
    return [name._replace(sure=best[_key(made, name.first, name.last), name.kind]) for name in names]


def _key(made: Reading, first: int, last: int) -> Key:
    return tuple(word.key for word in made.info[first:last])


def _votes(made: Reading, found: list[Tagged]) -> Votes:
    votes: Votes = defaultdict(lambda: dict.fromkeys("POL", 0.0))
    for name in found:
        votes[_key(made, name.first, name.last)][name.kind] += name.sure
        if name.last - name.first > 1:
            if name.kind == "P":
                _vote_for_person(made, name, votes)
            elif name.kind == "O":
                _vote_for_body(made, name, votes)
    return votes


def _vote_for_person(made: Reading, name: Tagged, votes: Votes) -> None:
    """Surname, surname with its particle, and first name."""
    first, last = name.first, name.last
    while last - 1 > first and made.info[last - 1].key in GENERATIONS:
        last -= 1
    if last - first == 1:
        return
    votes[_key(made, last - 1, last)]["P"] += name.sure
    begin = last - 1
    while begin - 1 > first and made.word[begin - 1] in PARTICLES:
        begin -= 1
    if begin < last - 1:
        votes[_key(made, begin, last)]["P"] += name.sure
    votes[_key(made, first, first + 1)]["P"] += GIVEN * name.sure


def _vote_for_body(made: Reading, name: Tagged, votes: Votes) -> None:
    """The first word where it is telling, and the first letters."""
    info = made.info[name.first]
    if not info.bits & (_NO_NAME | _NOUN) and info.lex not in _LARGE and info.cap and made.word[name.first + 1] != "of":
        votes[(info.key,)]["O"] += BODY * name.sure
    letters = "".join(word.key[0] for word in made.info[name.first : name.last] if word.cap)
    if len(letters) > 1:
        votes[(letters,)]["O"] += BODY * name.sure


def _overruled(made: Reading, name: Tagged, votes: Votes) -> Tagged:
    """A name with the kind that the whole text gives it."""
    cast = votes[_key(made, name.first, name.last)]
    best = max(cast, key=cast.__getitem__)
    if best == name.kind or cast[best] <= MAJORITY * cast[name.kind]:
        return name
    if name.kind == "L" and name.sure > SOLID and made.info[name.first].lex in _LARGE:
        return name
    return name._replace(kind=best, sure=cast[best] / sum(cast.values()))


def _missed(made: Reading, found: list[Tagged], votes: Votes) -> list[Tagged]:
    """Words that are a name elsewhere in the text and were not taken for one here."""
    taken = {i for name in found for i in range(name.first, name.last)}
    lengths: dict[str, set[int]] = defaultdict(set)  # of the names that begin with a word
    for key, cast in votes.items():
        if max(cast.values()) >= ENOUGH:
            lengths[key[0]].add(len(key))
    missed: list[Tagged] = []
    for i in made.places:
        if i in taken or not made.info[i].cap:
            continue
        name = _label(made, i) or _known(made, i, taken, votes, sorted(lengths.get(made.info[i].key, ()), reverse=True))
        if name:
            missed.append(name)
            taken.update(range(name.first, name.last))
    return missed


def _label(made: Reading, i: int) -> Tagged | None:
    """The state behind a party: "D-Mass."."""
    return Tagged(i, i + 1, "L", LIKELY) if made.word[i - 1] in LABELS else None


def _known(made: Reading, i: int, taken: set[int], votes: Votes, lengths: list[int]) -> Tagged | None:
    """The longest name of the text that stands at word `i`."""
    for length in lengths:
        last = i + length
        cast = votes.get(_key(made, i, last), {})
        kind = max(cast, key=cast.__getitem__, default="")
        if not kind or cast[kind] < ENOUGH or not taken.isdisjoint(range(i, last)):
            continue
        if length > 1 or _may_stand(made, i, taken, kind, cast[kind]):
            return Tagged(i, last, kind, LIKELY)
    return None


def _may_stand(made: Reading, i: int, taken: set[int], kind: str, votes: float) -> bool:
    """Whether a single word may be a name by itself."""
    info, before, behind = made.info[i], made.info[i - 1], made.info[i + 1]
    if info.bits & _NO_NAME or len(info.key) == 1:
        return False
    if info.bits & _NOUN and (behind.cap or made.word[i - 1] in ARTICLES or votes < MANY):
        return False
    part_behind = behind.cap and i + 1 not in taken
    part_before = before.cap and i - 1 not in taken and not before.bits & (BIT["title"] | BIT["weak"])
    return kind != "O" or not (part_before or part_behind)


def _sides(made: Reading, names: list[Tagged]) -> list[Tagged]:
    """In a text about sport, a country that beats or is beaten is a side; in others it is a place."""
    sport = sum(word.key in CONTEST for word in made.info) >= CONTESTS
    return [name._replace(kind=_country(made, name, sport=sport)) for name in names]


def _country(made: Reading, name: Tagged, *, sport: bool) -> str:
    """The kind of a name that may be a country's."""
    info = made.info[name.first]
    longer = name.last - name.first > 1
    country = _is_long_country(made, name) if longer else info.lex == LEX["country"] and not info.bits & _BODIES
    kind = "L" if country and (longer or (name.kind == "O" and not sport)) else name.kind
    return "O" if sport and kind == "L" and _is_side(made, name) else kind


def _is_long_country(made: Reading, name: Tagged) -> bool:
    """Whether a name is that of a country or an area of several words."""
    kind, place = divmod(made.phrase[name.first] - 1, 3)
    return kind in _COUNTRIES and place == 0 and made.phrase[name.last - 1] == made.phrase[name.first] + 2


def _is_side(made: Reading, name: Tagged) -> bool:
    word, first, last = made.word, name.first, name.last
    if made.info[first].lex != LEX["country"] and not made.phrase[first]:
        return False
    score = word[last][:1].isdigit() and word[first - 1] not in {"in", "of", "from"}
    lost_to = word[first - 1] in {"to", "with", "by"} and word[first - 2] in {"lost", "defeat", "drew", "beaten", "draw"}
    return score or lost_to or word[first - 1] in BEFORE_SIDE or word[last] in BEHIND_SIDE
