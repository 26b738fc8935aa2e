"""Who acts and who is acted upon: noun phrases and pronouns as people, bodies, places, groups or things, by name where told."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.event_chunks import Group
from tasks.extract.event_names import is_human, known_names
from tasks.extract.event_words import words
from tasks.extract.name_words import is_office, is_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.event_chunks import Parse
    from tasks.extract.event_clauses import Clauses
    from tasks.extract.event_names import Known, Sort
    from tasks.extract.records import Entity, Name, PlaceMention

PRONOUNS = frozenset("him her them it he she they".split())
SENTENCES_BACK = 5  # in which a pronoun's person is sought
CHARACTERS_BACK = 1_500  # of one sentence
_WANTED = {
    **dict.fromkeys("he him his himself".split(), "m"),
    **dict.fromkeys("she her hers herself".split(), "f"),
    **dict.fromkeys("it itself".split(), "n"),
    **dict.fromkeys("they them themselves".split(), "p"),
}
_AGREEING: dict[str, frozenset[Sort]] = {
    "m": frozenset(("person", "human", "name")),
    "f": frozenset(("person", "human", "name")),
    "n": frozenset(("body", "place", "name", "human")),
    "p": frozenset(("human", "name", "body")),
}
DASHES = ("-", "–")
_ARTICLES = frozenset("the a an some this that these those whose".split())
_PLURALS = words("plural")
_QUANTITY = words("quantity")
_PARTS = frozenset("part total half number one band handful third".split())
_PLACES = frozenset(
    "country city capital region province town village camp island border front area site scene hospital home territory".split()
)


class Party(NamedTuple):
    """Somebody or something with a part in an action."""

    name: str
    start: int
    end: int
    sort: Sort
    told: bool  # by name, or by a pronoun whose meaning is told

    @property
    def acts(self) -> bool:
        """Whether it can act."""
        return self.sort != "thing"


class Actors:
    """The names of a text, and who its phrases and pronouns mean."""

    __slots__ = ("_clauses", "_known", "_places", "_roles", "_starts", "made")

    def __init__(
        self,
        made: Parse,
        clauses: Clauses,
        names: Sequence[Name],
        entities: Sequence[Entity],
        places: Sequence[PlaceMention],
    ) -> None:
        self.made = made
        self._clauses = clauses
        self._places = {place.end for place in places}
        self._roles = {role.end: entity.name for entity in entities for role in entity.roles}
        self._known = known_names(made, names, entities)
        self._starts = [known.start for known in self._known]

    def within(self, start: int, end: int) -> list[Known]:
        """The names in a range of characters."""
        return [k for k in self._known[bisect_left(self._starts, start) : bisect_left(self._starts, end)] if k.end <= end]

    def parties(self, group: Group | None) -> list[Party]:
        """The parties of a phrase: one for each of several names that "and" joins; none where a pronoun tells nobody."""
        if group is None:
            return []
        members = self._members(group)
        found = [party for member in members if (party := self.party(member)) is not None]
        if len(members) > 1 and not all(party.told or party.sort == "name" for party in found):
            whole = self.party(group)
            return [whole] if whole else []
        return found

    def whole(self, group: Group | None) -> Party | None:
        """A phrase as one party, all its members named."""
        found = self.parties(group)
        if len(found) < 2:
            return found[0] if found else None
        return Party(" and ".join(p.name for p in found), found[0].start, found[-1].end, found[0].sort, told=True)

    def party(self, group: Group, *, other: str = "") -> Party | None:
        """Who a noun phrase or pronoun means, which is not `other`; None where a pronoun's meaning is not told."""
        made = self.made
        kind, first, last = made.chunks[group.first], made.first[group.first], made.last[group.first]
        if kind in "TQ":
            return None
        if kind in "PpO" or (last - first == 1 and made.low[first] in PRONOUNS):
            return self._pronoun(group, other)
        while first < last - 1 and (made.low[first] in _ARTICLES or made.kinds[first] == "a"):
            first += 1
        start, end, head_end = made.start[first], made.characters(group.first, group.last)[1], made.end[last - 1]
        if last - first > 1 and made.low[last - 1].isdigit() and made.text[head_end : head_end + 1] in DASHES:  # a score, "2-1"
            end = head_end = made.end[last - 2]
        if name := self._headed(first, start, head_end):
            return Party(name.name, start, head_end, name.sort, told=True)
        if head_end in self._roles:  # "the top diplomat"
            return Party(self._roles[head_end], start, head_end, "person", told=True)
        if person := self._apposed(group) or self._officer(group, start, end):
            return Party(person.name, start, end, "person", told=True)
        return Party(" ".join(made.text[start:end].split()), start, end, self._sort(group), told=False)

    def inner(self, group: Group) -> Party | None:
        """The first name within a phrase: "Norway's request", "a Danish proposal", "the assets of"."""
        made = self.made
        for chunk in range(group.first, group.last + 1):
            shape, first, last = made.shape(chunk), made.first[chunk], made.last[chunk]
            if made.chunks[chunk] != "N" or "C" not in shape or (shape == "C" and chunk == group.first):
                continue
            begin = first + shape.index("C")
            names = self.within(made.start[first], made.end[last - 1])
            if names and set(made.kinds[begin : bisect_left(made.start, names[0].start)]) <= {"C"}:
                return Party(names[0].name, names[0].start, names[0].end, names[0].sort, told=True)
            stop = next((i for i in range(begin, last) if made.kinds[i] != "C"), last)
            start, end = made.start[begin], made.end[stop - 1]
            return Party(made.text[start:end], start, end, "name", told=False)
        return None

    def is_place(self, group: Group) -> bool:
        """Whether a phrase names a place."""
        made = self.made
        i = made.last[group.first] - 1
        if made.kinds[i] != "C":
            return made.low[i] in _PLACES
        start, end = made.start[made.first[group.first]], made.end[i]
        names = self.within(start, end)
        if end in self._places or (names and names[-1].end == end and names[-1].sort in ("place", "name")):
            return True
        return not names and not self._places and not is_office(made.low[i])

    def _members(self, group: Group) -> list[Group]:
        c = self.made.chunks
        found, first = [], group.first
        for k in range(group.first, group.last + 1):
            if c[k] in "c,":
                if k > first:
                    found.append(Group(first, k - 1))
                first = k + 1
        return [*found, Group(first, group.last)] if first <= group.last else found

    def _headed(self, first: int, start: int, end: int) -> Known | None:
        """The name that ends a phrase; a place's, only where nothing but adjectives stands before it: "neighbouring Lebanon"."""
        made = self.made
        names = self.within(start, end)
        if not names or names[-1].end != end:
            return None
        alone = all(made.kinds[i] in "JNEDa" for i in range(first, bisect_left(made.start, names[-1].start)))
        return names[-1] if names[-1].sort != "place" or alone else None

    def _apposed(self, group: Group) -> Known | None:
        """The person whose name stands behind a comma: "the minister, Ada Brink,"."""
        made = self.made
        after = group.last + 1
        if made.chunks[after : after + 2] != ",N" or not is_role(made.head(group.first)):
            return None
        start, end = made.characters(after + 1, after + 1)
        names = self.within(start, end)
        return names[0] if len(names) == 1 and names[0].end == end and names[0].sort == "person" else None

    def _officer(self, group: Group, start: int, end: int) -> Known | None:
        """The person whose office "of" tells: "Secretary of State Ada Brink"."""
        if group.last == group.first or not is_office(self.made.head(group.first)):
            return None
        names = self.within(start, end)
        inside = names and names[-1].end == end and names[-1].start > self.made.characters(group.last, group.last)[0]
        return names[-1] if inside and names[-1].sort == "person" else None

    def _sort(self, group: Group) -> Sort:
        """What a phrase without name is, by its head; of "hundreds of" what follows."""
        made = self.made
        for chunk in range(group.first, group.last + 1):
            if made.chunks[chunk] not in "NOD":
                continue
            head, shape = made.head(chunk), made.shape(chunk)
            if "$" in shape:
                return "thing"
            if head in _QUANTITY or shape[-1] in "K$":
                if made.chunks[chunk + 1] == "f" and chunk < group.last:
                    continue
                return "human" if head not in _PARTS and "." not in head else "thing"
            if shape[-1] == "C":
                return "human" if is_office(head) else "name"
            return "human" if is_human(head) else "place" if head in _PLACES else "thing"
        return "thing"

    def _pronoun(self, group: Group, other: str) -> Party | None:
        """Who a pronoun means: whoever says the clause that it begins, else of the last names the first that fits."""
        made = self.made
        i = made.first[group.first]
        start, end = made.start[i], made.end[i]
        wanted = _WANTED.get(made.low[i].partition("'")[0].partition("’")[0], "")
        if not wanted:
            return None
        said = self._sayer(group)
        if said is None or said.name == other or said.sort not in _AGREEING[wanted]:
            said = self._several(group) if wanted == "p" else self._before(start, wanted, other)
        return said._replace(start=start, end=end) if said is not None else None

    def _sayer(self, group: Group) -> Party | None:
        verb = self._clauses.sayer(group) if self.made.chunks[group.first] in "Pp" else -1
        subject = self._clauses.subject(verb) if verb >= 0 else None
        return self.whole(subject) if subject is not None and subject.first != group.first else None

    def _before(self, at: int, wanted: str, other: str) -> Party | None:
        """The first name that fits in the sentence before a pronoun, or in one of the last sentences."""
        spans = self.made.spans
        here = bisect_right(spans, (at, len(self.made.text) + 1)) - 1
        back = 2 if wanted == "n" else SENTENCES_BACK
        for n in range(here, max(-1, here - back), -1):
            stop = min(spans[n].end, at)
            for known in self.within(max(spans[n].start, stop - CHARACTERS_BACK), stop):
                if known.name != other and self._fits(known, wanted):
                    return Party(known.name, known.start, known.end, known.sort, told=True)
        return None

    def _fits(self, known: Known, wanted: str) -> bool:
        if wanted == "n":
            return known.sort in ("body", "place", "name") and self._leads(known)
        return known.sort == "person" and known.gender in (None, wanted)

    def _leads(self, known: Known) -> bool:
        """Whether a verb follows a name, so that it is a subject."""
        i = bisect_left(self.made.start, known.end)
        return self.made.kinds[i : i + 1] in tuple("mheoEFVZ1234an")

    def _several(self, group: Group) -> Party | None:
        """Who "they" are: the subject before it in its sentence, or that of the sentence before, if that is of several people."""
        made, c = self.made, self.made.chunks
        first = made.sentence(group.first)[0]
        earlier = made.sentence(first - 1)[0] if first else 0
        for begin, stop in ((first, group.first), (earlier, max(0, first - 1))):
            verb = next((j for j in range(begin, stop) if c[j] in "VE"), -1)
            subject = self._clauses.subject(verb) if verb >= 0 else None
            if subject is not None and subject.first < group.first and self._is_plural(subject):
                party = self.whole(subject)
                if party is not None and party.acts:
                    return party
        return None

    def _is_plural(self, group: Group) -> bool:
        made = self.made
        head = made.head(group.first)
        several = "c" in made.chunks[group.first : group.last] or head in _PLURALS
        return several or (head.endswith("s") and made.chunks[group.first] == "N")
