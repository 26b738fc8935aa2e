"""Subjects in a light parse: who or what does what a verb says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tasks.extract.event_chunks import Group, base
from tasks.extract.event_frames import frame_of, is_passive
from tasks.extract.event_words import words

if TYPE_CHECKING:
    from tasks.extract.event_chunks import Parse
    from tasks.extract.event_frames import Frame

LONGEST = 30  # chunks looked back for a subject
RELATIVE = 8  # chunks of a relative clause within a subject
DEEPEST = 20  # verbs of which each has the subject of the one before
ASIDES = 5  # between a subject and its verb, at most
_SKIPPED = frozenset("aynA")
_CONTROL = words("control")
_SAYING = words("saying")
_ASIDE = re.compile(r"[NWGERIiqsKakQrbft].*$|[NPp]a*[VE]$")
_ATTRIBUTION = re.compile(r"[NPp]a*[VE]")
_SUBORDINATE = re.compile("[WsqT]")
_BLAMING = frozenset(
    "accuse acquit blame charge condemn convict criticise criticize denounce fault praise prevent stop suspect thank".split()
)


class Clauses:
    """The clauses of a parse; what is found for a verb is kept."""

    __slots__ = ("_depth", "_frames", "_subjects", "made")

    def __init__(self, made: Parse) -> None:
        self.made = made
        self._subjects: dict[int, Group | None] = {}
        self._frames: dict[int, Frame] = {}
        self._depth = 0

    def frame(self, verb: int) -> Frame:
        """What stands behind a verb, up to the end of its clause."""
        if verb not in self._frames:
            self._frames[verb] = frame_of(self.made, verb)
        return self._frames[verb]

    def passive(self, verb: int) -> bool:
        """Whether a verb group is in the passive."""
        return is_passive(self.made, verb)

    def subject(self, verb: int) -> Group | None:
        """The subject of the verb in a chunk: noun phrases in a row or a pronoun; None where there is none."""
        if verb not in self._subjects and self._depth < DEEPEST:
            self._subjects[verb] = None  # a verb is not its own subject's
            self._depth += 1
            self._subjects[verb] = self._find(verb)
            self._depth -= 1
        return self._subjects.get(verb)

    def _find(self, verb: int) -> Group | None:
        kind = self.made.chunks[verb]
        if kind == "I":
            return self._of_infinitive(verb)
        if kind == "G":
            return self._of_gerund(verb)
        return self._described(verb) if kind == "R" else self._left(verb)

    def sayer(self, group: Group) -> int:
        """The verb of saying whose clause begins with a phrase: "Norway said on Monday that it would"; -1 for none."""
        c = self.made.chunks
        j = group.first - 1
        while j >= 0 and (c[j] in "ayT" or (c[j] in "iqr" and c[j + 1] == "y")):
            j -= 1
        return j if j >= 0 and c[j] in "VEG" and base(self.made, j) in _SAYING else -1

    def _floor(self, verb: int) -> int:
        return max(self.made.sentence(verb)[0], verb - LONGEST)

    def _left(self, verb: int) -> Group | None:
        """The subject to the left of a finite verb."""
        c, made = self.made.chunks, self.made
        floor = self._floor(verb)
        j = self._back(verb - 1, floor)
        for _ in range(ASIDES):
            if j < floor:
                return None
            kind = c[j]
            if kind == "N" and c[j - 1] == "," and set(made.shape(j)) == {"K"}:
                j = self._back(j - 2, floor)  # an age
            elif kind in ",-":
                opened = self._opened(j, floor)
                if opened < 0:
                    return self._shared(j, floor, verb)
                j = self._back(opened - 1, floor)
            else:
                return self._ending(j, floor, verb)
        return None

    def _ending(self, j: int, floor: int, verb: int) -> Group | None:
        """The subject that ends with chunk `j`."""
        c = self.made.chunks
        kind = c[j]
        if kind in "NPpO":
            return self._climb(j, floor)
        if kind == "W":
            return self._antecedent(j, floor)
        if kind in "ck":
            return self._shared(j, floor, verb)
        if kind in "TR" and j > floor and c[j - 1] == "N":
            return self._climb(j - 1, floor, joined=kind == "R")
        if kind in "VE" and j - 2 >= floor and c[j - 1] in "Pp" and c[j - 2] == "N":  # "a trip she planned"
            return self._climb(j - 2, floor)
        return None

    def _back(self, j: int, floor: int) -> int:
        """Back over adverbs and times."""
        c = self.made.chunks
        while j >= floor and c[j] in _SKIPPED:
            j -= 2 if c[j] == "y" and j > floor and c[j - 1] in "iqr" else 1
        return j

    def _opened(self, mark: int, floor: int) -> int:
        """The comma that opens what the comma or dash `mark` closes, if that only adds to what stands before it; else -1."""
        c = self.made.chunks
        j = c.rfind(c[mark], floor + 1, mark)
        if j < 0:
            return -1
        before = self._back(j - 1, floor)
        return j if before >= floor and c[before] in "Npc," and self._adds(c[j + 1 : mark], j + 1) else -1

    def _adds(self, inside: str, first: int) -> bool:
        if not inside or not _ASIDE.match(inside):
            return False
        if _ATTRIBUTION.fullmatch(inside):
            return base(self.made, first + len(inside) - 1) in _SAYING
        if inside[0] in "Pp":
            return False
        return inside[0] in "WsqiQaGER" or not any(kind in "VE" for kind in _SUBORDINATE.split(inside, maxsplit=1)[0])

    def _climb(self, j: int, floor: int, *, joined: bool = True) -> Group:
        """The noun phrase that ends with chunk `j`, with what it hangs on: "lawmakers and officials in the north"."""
        c = self.made.chunks
        first, cut = j, -1
        while first > floor:
            step, conjunction = _step(c[max(floor, first - 3) : first], listed=cut >= 0)
            if not step or (conjunction and not joined):
                break
            if conjunction and cut < 0:
                cut = first
            first -= step
        while c[first] == "A" and first < j:
            first += 1
        if cut >= 0 and self._is_object(first, floor):
            first = cut
        outer = self._beyond(first, floor)
        return self._climb(outer, floor) if outer >= 0 else Group(first, j)

    def _beyond(self, first: int, floor: int) -> int:
        """The noun to whose relative clause a noun phrase belongs: "a man who robbed three shops was"; -1 for none."""
        c = self.made.chunks
        for j in range(first - 1, max(floor, first - RELATIVE), -1):
            if c[j] in "VE":
                return j - 2 if c[j - 1] in "TW" and c[j - 2] == "N" else -1
            if c[j] not in "NirftaycOR":
                break
        return -1

    def _is_object(self, first: int, floor: int) -> bool:
        """Whether a noun phrase is the object of what stands before it."""
        before = self._back(first - 1, floor)
        return before >= floor and self.made.chunks[before] in "VEIGRifbtr"

    def _antecedent(self, relative: int, floor: int) -> Group | None:
        c = self.made.chunks
        j = relative - 1
        if j >= floor and c[j] in ",-":
            j -= 1
        if j >= floor and c[j] == "A":
            j -= 1
        return self._climb(j, floor, joined=False) if j >= floor and c[j] == "N" else None

    def _shared(self, mark: int, floor: int, verb: int) -> Group | None:
        """The subject of the verb before, which a conjunction or comma joins to this one."""
        c = self.made.chunks
        for j in range(mark - 1, floor - 1, -1):
            if c[j] in "VEI":
                if c[j] == "V" and c[verb] == "E" and c[j - 1] in "TW":
                    continue  # "named a man who had left, and said"
                return self.subject(j)
            if c[j] in "s;":
                return None
        return None

    def _later(self, verb: int) -> Group | None:
        """The subject of the main clause behind a participle that stands in front of it."""
        c = self.made.chunks
        later = next((k for k in range(verb + 1, self.made.sentence(verb)[1]) if c[k] in "VE"), -1)
        return self._left(later) if later > 0 else None

    def _described(self, verb: int) -> Group | None:
        """The noun that a participle describes; for one in front of its sentence, the subject of the sentence."""
        c, floor = self.made.chunks, self._floor(verb)
        j = verb - 1
        while j > floor and c[j] in ",A":
            j -= 1
        if j >= floor and c[j] == "N":
            return self._climb(j, floor, joined=False)
        return self._later(verb) if j < floor else None

    def _of_infinitive(self, verb: int) -> Group | None:
        c = self.made.chunks
        for j in range(verb - 1, self._floor(verb) - 1, -1):
            if c[j] in "VEIGR":
                if base(self.made, j) in _CONTROL and not self.passive(j):
                    patient = next((k for k in range(j + 1, verb) if c[k] in "NOPp"), -1)
                    if patient > 0:
                        return Group(patient, patient)
                return self.subject(j)
            if c[j] in ";sT":
                break
        return None

    def _of_gerund(self, verb: int) -> Group | None:
        """Of "by accusing" and ", killing three" the subject of the sentence; of "accused of spying" who is accused."""
        c, floor = self.made.chunks, self._floor(verb)
        before = c[verb - 1] if verb > floor else "."
        if before == "N":
            return self._climb(verb - 1, floor, joined=False)
        for j in range(verb - 1, floor - 1, -1):
            if c[j] in "VEIR" and c[j - 1 : j] != "s":
                if self.passive(j) and before == ",":
                    return next((joint.group for joint in self.frame(j).joints if joint.word == "by"), None)
                if before in "fi" and base(self.made, j) in _BLAMING and not self.passive(j):
                    k = next((k for k in range(j + 1, verb) if c[k] in "NOPp"), -1)
                    return Group(k, k) if k > 0 else None
                return self.subject(j)
            if c[j] == ";":
                return None
        return self._later(verb)


def _step(before: str, *, listed: bool) -> tuple[int, bool]:
    """How many of the chunks before a noun phrase belong to it, and whether "and" joins it to them."""
    one, two, three = before[-1:], before[-2:-1], before[-3:-2]
    if one == "A":
        return 1, False
    if one in ("i", "f", "r", "t", "q", "b") and two == "A" and three == "N":
        return 3, False
    if one in ("i", "f", "r", "t", "b") and two in ("N", "O"):
        return 2, False
    if one in ("i", "b", "t", "r") and two in ("R", "E", "G") and three == "N":
        return 3, False
    if one == "G" and two == "N":
        return 2, False
    if one == "c" and two == "N":
        return 2, True
    if one == "c" and two == "," and three == "N":
        return 3, True
    return (2, True) if one == "," and two == "N" and listed else (0, False)
