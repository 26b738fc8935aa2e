"""How an action stands: happened, planned, denied, cancelled, only reported, or no event at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.event_chunks import base
from tasks.extract.event_words import words

if TYPE_CHECKING:
    from tasks.extract.event_chunks import Parse
    from tasks.extract.event_clauses import Clauses
    from tasks.extract.event_match import Deed, Matcher
    from tasks.extract.records import Status

# How sure an event is, by how it is told: an order, no measured shares. Of 110 events read by hand in news on which the rules
# were not made, nine in ten were right.
MAIN = 0.85  # in a main clause
SUBORDINATE = 0.7
BESIDE = 0.6  # a participle without a main clause
_POSSIBLE, _DENIAL, _WOULD, _JOURNEY, _PARTICIPLE, _CHAIN = 0.35, 0.1, 0.1, 0.2, 0.15, 0.05  # less sure by so much

DEEPEST = 8  # verbs of which each governs the next: "is expected to begin to plan to"
_PLANNING = words("planning") | {"be", "expect"}
_ASPECT = words("aspect")
_REPORT = words("report")
_MAY = frozenset("may might could couldn't couldn’t".split())
_DUTY = frozenset("must should can can't can’t cannot shouldn't shouldn’t mustn't mustn’t ought".split())
_HYPOTHETICAL = frozenset("if unless whether until till once lest how why than".split())
_HEDGES = frozenset("allegedly reportedly supposedly apparently".split())
_TRAVELS = frozenset("travel fly go visit arrive come head journey return leave".split())
_BESIDE = frozenset("by after before while since".split())
_WISHES = frozenset(("02", "10"))


class Told(NamedTuple):
    """How an action stands."""

    status: Status
    begin: int  # the chunk where its words begin: "plans to visit"
    sure: float

    def less(self, by: float, begin: int | None = None) -> Told:
        """The same, less sure."""
        return self._replace(sure=self.sure - by, begin=self.begin if begin is None else begin)


class Standing:
    """Tells how the actions of one text stand; read from its beginning to its end."""

    __slots__ = ("_denied", "_depth", "_wished", "clauses", "made", "matcher")

    def __init__(self, made: Parse, clauses: Clauses, matcher: Matcher) -> None:
        self.made, self.clauses, self.matcher = made, clauses, matcher
        self._depth = 0
        self._denied: set[int] = set()  # where clauses begin that somebody denies
        self._wished: set[int] = set()  # and what somebody demands

    def note(self, deed: Deed) -> None:
        """Remember what a deed says of the clause that it governs."""
        if deed.frame.clause >= 0 and deed.action.type == "REJECT":
            self._denied.add(deed.frame.clause)
        elif deed.frame.clause >= 0 and deed.action.code in _WISHES:
            self._wished.add(deed.frame.clause)

    def told(self, verb: int) -> Told | None:
        """How the action of the verb in a chunk stands; None for what is no event: a question, a condition, a duty."""
        made = self.made
        kind = made.chunks[verb]
        if self._depth >= DEEPEST or made.word[made.first[made.sentence(verb)[1]]] == "?":
            return None
        self._depth += 1
        told = self._of_kind(verb, kind)
        self._depth -= 1
        return told

    def _of_kind(self, verb: int, kind: str) -> Told | None:
        if kind == "I":
            return self._of_infinitive(verb)
        if kind == "G":
            return self._of_gerund(verb)
        joined = self._joined(verb) if self.made.shape(verb) == "V" else -1
        if joined >= 0:
            told = self._of_infinitive(joined)
            return told.less(_CHAIN, verb) if told else None
        return self._of_finite(verb)

    def _of_finite(self, verb: int) -> Told | None:
        made = self.made
        lead = self._lead(verb)
        span, shape = made.words(verb), made.shape(verb)
        subject = self.clauses.subject(verb)
        begin = subject.first if subject is not None else -1
        if lead in _HYPOTHETICAL or begin in self._wished or not _DUTY.isdisjoint(span[:2]):
            return None
        told = Told("happened", verb, SUBORDINATE if lead else MAIN)
        if begin in self._denied or any(kind in "n1234" for kind in shape):
            return told._replace(status="denied").less(_DENIAL)
        if not _HEDGES.isdisjoint(span) or not _HEDGES.isdisjoint(made.words(verb - 1) if verb else ()):
            return told._replace(status="reported")
        if shape[0] in "m1":
            if span[0] in _MAY:
                return told._replace(status="planned").less(_POSSIBLE)
            return told._replace(status="planned").less(_WOULD * span[0].startswith("would")) if "h" not in shape else None
        if self.clauses.passive(verb) and base(made, verb) in ("due", "expect"):
            return told._replace(status="planned")
        return told

    def _lead(self, verb: int) -> str:
        """The word that subordinates a verb's clause; "" in a main clause."""
        made, c = self.made, self.made.chunks
        subject = self.clauses.subject(verb)
        before = subject is not None and subject.first < verb
        at = (subject.first if subject is not None and before else verb) - 1
        while at >= 0 and c[at] in "ayA":
            at -= 1
        if at >= 0 and c[at] in "sq":
            return made.low[made.first[at]]
        between = c[subject.last + 1 : verb] if subject is not None and before else ""
        return "who" if "W" in between or "T" in between else ""

    def _of_infinitive(self, verb: int) -> Told | None:
        """Of "agreed to visit" nothing, the agreement is the event; of "plans to visit" a plan."""
        made, c = self.made, self.made.chunks
        floor = made.sentence(verb)[0]
        g = verb - 1
        while g > floor and c[g] in "ay":
            g -= 1
        if g > floor and c[g] == "c":  # "to fly to Oslo and to meet"
            g -= 1
        if g < floor or c[g] not in "VEIG":
            g = next((k for k in range(g, floor - 1, -1) if c[k] in "VEIG"), -1)
            if g < 0 or base(made, g) != "vote":
                return self._of_journey(verb, g)
        outer = self.matcher.deed(g)
        governed = self.told(g) if outer is None or outer.action.complement != "inf" else None
        return self._governed(verb, g, governed) if governed is not None else None

    def _governed(self, verb: int, g: int, governed: Told) -> Told | None:
        """How the action of an infinitive stands by the verb that governs it."""
        made = self.made
        name, perfect = base(made, g), "h" in made.shape(verb)
        if self.clauses.passive(g) and name in _REPORT and perfect:
            return governed._replace(status="reported")
        if name in _PLANNING:
            if governed.status == "denied":
                return governed
            given_up = "h" in made.shape(g) or (perfect and name == "be")  # "had planned to", "was to have met"
            return governed._replace(status="cancelled" if given_up else "planned").less(_CHAIN)
        return governed if name in _ASPECT else None

    def _joined(self, verb: int) -> int:
        """The infinitive to which "and" joins a verb in its base form: "to meet the king and sign"; -1 for none."""
        c = self.made.chunks
        j = verb - 1
        while j > 0 and c[j] in "ayn":
            j -= 1
        if c[j] != "c":
            return -1
        before = next((k for k in range(j - 1, self.made.sentence(verb)[0] - 1, -1) if c[k] in "VEI"), -1)
        return before if before >= 0 and c[before] == "I" else -1

    def _of_journey(self, verb: int, g: int) -> Told | None:
        """What a journey is for: "will fly to Oslo to meet"."""
        told = self.told(g) if g >= 0 and base(self.made, g) in _TRAVELS else None
        return told._replace(status="planned").less(_JOURNEY, verb) if told and told.status in ("happened", "planned") else None

    def _of_gerund(self, verb: int) -> Told | None:
        """A participle beside its sentence is what happened too: ", killing three", "by accusing"."""
        made, c = self.made, self.made.chunks
        before = c[verb - 1] if verb else "."
        if before not in ",." and not (before in "bq" and made.head(verb - 1) in _BESIDE):
            return None
        main = next((g for g in range(verb - 1, made.sentence(verb)[0] - 1, -1) if c[g] in "VE"), -1)
        if main < 0:
            return Told("happened", verb, BESIDE)
        told = self.told(main)
        return told.less(_PARTICIPLE, verb) if told and told.status == "happened" else None
