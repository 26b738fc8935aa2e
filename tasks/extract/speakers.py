"""Speakers: whom the words of an attribution mean, in full: a surname, a title, "she", "the minister"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.name_words import BREAKS, GROUPS, ROLES, TITLES, is_role
from tasks.extract.sources import Scene, Words, heads, plain
from tasks.extract.word_classes import COMMAS, OWNERS, POSSESSIVES, PREPOSITIONS, STOPS

if TYPE_CHECKING:
    from tasks.extract.attribution import Attribution
    from tasks.extract.cast import Mention

NEAR = 8  # sentences back in which a pronoun's person is looked for
_FORMS = dict(  # abbreviated titles in full
    pair.split(":")
    for pair in """
    sen.:senator sens.:senator gov.:governor govs.:governor rep.:representative reps.:representative gen.:general col.:colonel
    capt.:captain lt.:lieutenant sgt.:sergeant adm.:admiral prof.:professor dr.:doctor congresswoman:representative
    congressman:representative
    """.split()
)


class Said(NamedTuple):
    """Who said something, as far as it is known."""

    name: str | None
    person: int | None
    source: Words | None
    cue: Words | None
    sure: float


NOBODY = Said(None, None, None, None, 0.5)


@dataclass(frozen=True, slots=True)
class Weights:
    """What makes a person named before a pronoun the one it means; weights found by search on annotated news."""

    distance: float = -1.5  # per sentence between
    same: float = 1.0  # in the same sentence
    gender: float = 0.5  # known, and the pronoun's
    subject: float = 2.0  # named first in the sentence
    possessive: float = 0.5  # "Brink's"
    heard: float = 0.5  # who spoke last, less the sentences since
    since: float = -0.25
    bare: float = -1.0  # a name that is nowhere in full


WEIGHTS = Weights()


_SEVERAL = frozenset("two three four both several some many critics police people".split())


class Speakers:
    """Resolves the speakers of a text, sentence by sentence, in order."""

    __slots__ = ("_body", "_heard", "_roles", "_scene")

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._heard: list[tuple[int, int]] = []  # sentence, person: who spoke so far
        self._body: tuple[int, str] | None = None  # sentence, name: the body that spoke last
        self._roles: dict[int, set[str]] | None = None

    def of(self, made: Attribution, sentence: int, before: Said) -> Said:
        """Whom an attribution names; `before` is the speaker of the attribution before it in its sentence."""
        if made.shared and before is not NOBODY:
            return before._replace(cue=made.cue, sure=made.sure)
        if made.source is None:
            return self._dropped(made, sentence)
        said = self._named(made, made.source, sentence)
        if said.person is not None:
            self._heard.append((sentence, said.person))
        return said

    def _dropped(self, made: Attribution, sentence: int) -> Said:
        """Who speaks where the verb has no subject: whoever spoke last, in languages that leave it out."""
        if self._scene.lexicon.dropped and self._heard and sentence - self._heard[-1][0] <= 3:
            person = self._heard[-1][1]
            return Said(self._scene.cast.people[person].name, person, None, made.cue, 0.65)
        return Said(None, None, None, made.cue, 0.6)

    def _named(self, made: Attribution, source: Words, sentence: int) -> Said:
        scene = self._scene
        low = scene.stream.low
        person = heads(scene, source)
        sure = made.sure
        if person is None and source.last - source.first == 1 and low[source.first] in scene.lexicon.pronouns:
            gender = scene.lexicon.pronouns[low[source.first]]
            if low[source.first] == "i" or gender == "p":
                return Said(self._body_meant(low[source.first], sentence), None, source, made.cue, sure - 0.2)
            person, sure = self._meant(gender, source.first, sentence), sure - 0.2
            if person is None:
                return Said(None, None, source, made.cue, sure)
        if person is None:
            person, sure = self._with_role(source), sure - 0.1
        name = plain(scene, source) if person is None else scene.cast.people[person].name
        if person is None:
            self._body = (sentence, name)
        return Said(name, person, source, made.cue, sure)

    def _body_meant(self, pronoun: str, sentence: int) -> str | None:
        """Who is meant by "it" or "they": the body that spoke last, or the subject of the sentence before that is none's name."""
        if pronoun not in ("it", "they"):
            return None
        if self._body is not None and sentence - self._body[0] <= 2:
            several = self._body[1].split()[0].lower() in _SEVERAL or self._body[1].split()[-1].endswith("s")
            return self._body[1] if several or pronoun == "it" else None
        if pronoun == "they" or not sentence:
            return None
        return self._opening_body(sentence - 1)

    def _opening_body(self, sentence: int) -> str | None:
        """The name in capitals that a sentence begins with, if it is no person's."""
        stream, cast = self._scene.stream, self._scene.cast
        first, last = stream.sentences[sentence]
        first += stream.low[first] == "the"
        i = first
        while i < last and stream.word[i][0].isupper() and stream.low[i] not in BREAKS and i not in cast.at:
            i += 1
        return stream.span(first, i) if i > first and (i == last or i not in cast.at) else None

    def _meant(self, gender: str | None, i: int, sentence: int) -> int | None:
        """The person that a pronoun at word `i` means: near, of its gender, the subject of a sentence, the one who spoke last."""
        scene = self._scene
        best, most = None, -99.0
        for mention in scene.cast.before(i):
            if sentence - mention.sentence > NEAR:
                break
            score = self._fit(mention, gender, sentence)
            if score > most:
                best, most = mention.person, score
        return best

    def _fit(self, mention: Mention, gender: str | None, sentence: int) -> float:
        scene = self._scene
        low = scene.stream.low
        person = scene.cast.people[mention.person]
        if gender and person.gender and person.gender != gender:
            return -100.0
        weights = WEIGHTS
        fit = weights.distance * (sentence - mention.sentence) + weights.same * (mention.sentence == sentence)
        fit += weights.gender * (gender is not None and person.gender == gender)
        fit += weights.possessive * (low[mention.last : mention.last + 1] in (["'s"], ["’s"]))
        fit += weights.subject * (not scene.cast.within(scene.stream.sentences[mention.sentence][0], mention.first))
        fit += weights.bare * (not person.first)
        if self._heard and self._heard[-1][1] == mention.person:
            fit += weights.heard + weights.since * (sentence - self._heard[-1][0])
        return fit

    def _with_role(self, source: Words) -> int | None:
        """The person whom "the minister" means: the last one named to whom the text gives that role."""
        low = self._scene.stream.low
        if low[source.first] not in OWNERS or low[source.first] in ("a", "an"):
            return None
        end = next((i for i in range(source.first, source.last) if low[i] in PREPOSITIONS or low[i] in COMMAS), source.last)
        role = low[end - 1]
        if role in GROUPS or role.endswith("s") or not self._scene.stream.word[end - 1].islower():
            return None
        if self._roles is None:
            self._roles = self._all_roles()
        gender = ROLES.get(role)
        for mention in self._scene.cast.before(source.first):
            known = self._scene.cast.people[mention.person].gender
            if role in self._roles[mention.person] and not (gender and known and gender != known):
                return mention.person
        return None

    def _all_roles(self) -> dict[int, set[str]]:
        cast = self._scene.cast
        roles: dict[int, set[str]] = {n: set() for n in range(len(cast.people))}
        for mention in cast.mentions:
            roles[mention.person].update(self._roles_at(mention))
        return roles

    def _roles_at(self, mention: Mention) -> list[str]:
        """The roles that stand right before and behind a name."""
        low = self._scene.stream.low
        found = []
        start = mention.first - (low[mention.first - 1] == "," and self._of_office(mention.first - 1))  # "the mayor, Ada Brink"
        for i in range(start - 1, max(start - 7, -1), -1):
            if low[i] in STOPS or low[i] in ("and", "but", "said") or low[i] in POSSESSIVES:
                break
            if low[i] in TITLES or (self._scene.stream.word[i].islower() and low[i].isalpha()):
                found.append(_FORMS.get(low[i], low[i]))
        if low[mention.last : mention.last + 1] == [","]:
            for w in low[mention.last + 1 : mention.last + 12]:
                if w in STOPS or w in PREPOSITIONS:
                    break
                if w.isalpha():
                    found.append(w)
        return found

    def _of_office(self, comma: int) -> bool:
        """Whether a phrase with an article and what somebody is ends at a comma."""
        low = self._scene.stream.low
        first = next((i for i in range(comma - 1, max(comma - 6, -1), -1) if low[i] in OWNERS), None)
        return first is not None and any(is_role(w) for w in low[first + 1 : comma])
