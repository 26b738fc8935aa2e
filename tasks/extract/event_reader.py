"""Events from deeds: their root as things stand, their parties, place and date."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from tasks.extract.event_chunks import Group, base
from tasks.extract.event_lexicon import Action
from tasks.extract.event_match import Deed
from tasks.extract.event_status import SUBORDINATE, Told
from tasks.extract.event_words import words
from tasks.extract.records import Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tasks.extract.dates import DateMention
    from tasks.extract.event_actors import Party
    from tasks.extract.event_match import Matcher
    from tasks.extract.event_status import Standing
    from tasks.extract.records import Status

MOST = 4  # actors of one action, each an event
NO_ACTOR, BY_PRONOUN, BY_THING = 0.15, 0.05, 0.15  # less sure by so much
DEMAND = Action("10", "REQUEST", "COERCE", "demand")
_VIOLENCE = words("violence")
_NOBODY = frozenset("no nobody none neither".split())
_PLACED = frozenset("in at near outside inside off across around on".split())
_SPEAKING = words("speaking")  # only people and bodies do this, whatever they are called
_CASUALTIES = frozenset(("DIE", "INJURE"))
_NEEDS_PARTY = frozenset(("ACCUSE", "REJECT", "SUPPORT", "THREATEN", "CANCEL", "AGREE", "ANNOUNCE", "COERCE"))
_DONE_TO_THINGS = frozenset(("CANCEL", "AGREE", "REJECT", "WITHDRAW", "LAUNCH", "SANCTION", "ASSAULT", "COERCE", "RETREAT"))
_FRIENDLY = frozenset(("04", "05", "06", "07", "08"))
_REFUSING = frozenset("will would shall won't won’t wouldn't wouldn’t".split())
_HOSTILE = frozenset(("13", "14", "15", "16", "17", "18", "19", "20"))
_VOWS = frozenset("pledge promise vow swear undertake".split())


class Reader:
    """Reads the events of one text."""

    __slots__ = ("_dates", "_days", "_today", "actors", "clauses", "made", "matcher", "standing")

    def __init__(self, matcher: Matcher, standing: Standing, dates: Sequence[DateMention], at: datetime | None) -> None:
        self.matcher, self.standing = matcher, standing
        self.made, self.clauses, self.actors = matcher.made, matcher.clauses, matcher.actors
        self._dates = [date for date in dates if date.kind in ("date", "time")]
        self._days = [date.start for date in self._dates]
        self._today = at.date() if at else None

    def read(self, verb: int) -> Iterator[Event]:
        """The events that the verb in a chunk tells, one for each actor."""
        demand = self._demand(verb)
        if demand is not None:
            yield from self._events(demand, Told("happened", demand.verb, SUBORDINATE))
            return
        deed = self.matcher.deed(verb)
        if deed is None:
            return
        self.standing.note(deed)
        if self.made.chunks[verb] == "R" and deed.agent is None:
            return
        told = self.standing.told(verb)
        if told is not None:
            yield from self._events(deed, told)

    def _demand(self, verb: int) -> Deed | None:
        """What somebody says that another must do: "Oslo said Bergen must pay"."""
        if self.made.chunks[verb] != "V" or self.made.words(verb)[0] != "must":
            return None
        other = self.clauses.subject(verb)
        said = self.clauses.sayer(other) if other is not None and other.first < verb else -1
        target = self.actors.whole(other) if said >= 0 else None
        if target is None or not target.acts:
            return None
        return Deed(
            said,
            DEMAND,
            passive=False,
            agent=self.clauses.subject(said),
            target=target,
            reach=said,
            frame=self.clauses.frame(said),
        )

    def _events(self, deed: Deed, told: Told) -> Iterator[Event]:
        agents = self._agents(deed)
        exploded = deed.action.kind == "weapon"  # nobody is told to have done it
        if self._tells_of_nobody(deed) or (not agents and not deed.passive):
            return
        date = self._date(deed)
        status: Status = "planned" if told.status == "happened" and self._is_ahead(deed.verb, date) else told.status
        action = self._coded(deed, agents, status)
        if exploded or (action.type in _CASUALTIES and deed.action.object != "none"):
            agents = [agent for agent in agents if agent.acts]
        elif not all(agent.acts for agent in agents):
            if base(self.made, deed.verb) not in _SPEAKING:
                return
            told = told.less(BY_THING)
        if action.type == "VISIT" and any(agent.sort in ("body", "place") for agent in agents):
            return
        target = self._target(deed, action, agents)
        if not agents and target is None:
            return
        if target is None and len(agents) > 1 and not deed.passive and "with" in deed.action.target:
            agents, target = agents[:1], agents[1]  # "Norway and Chile agreed"
        place = self._place(deed, target, action)
        sure = told.sure - NO_ACTOR * (not agents)
        if deed.agent is not None and self.made.chunks[deed.agent.first] in "Pp":
            sure -= BY_PRONOUN
        begin = min(deed.begin if deed.begin >= 0 else told.begin, deed.verb)
        words = self.made.characters(begin, max(deed.reach, deed.verb))
        actors: Sequence[Party | None] = agents[:MOST] or [None]
        for agent in actors:
            yield self._event(words, action, (agent, target, place), date, status, round(max(0.1, sure), 2))

    def _agents(self, deed: Deed) -> list[Party]:
        """Who does it."""
        if deed.owner and deed.agent is not None:
            inner = self.actors.inner(deed.agent)
            return [inner] if inner is not None else []
        return self.actors.parties(deed.agent)

    def _tells_of_nobody(self, deed: Deed) -> bool:
        """Whether nobody did it, or it was done to nobody: "no one died", "made no arrests"."""
        made = self.made
        groups = (self.clauses.subject(deed.verb), deed.frame.object)
        firsts = [made.first[group.first] for group in groups if group is not None]
        return any(not _NOBODY.isdisjoint(made.low[max(0, first - 1) : first + 1]) for first in firsts)

    def _target(self, deed: Deed, action: Action, agents: Sequence[Party]) -> Party | None:
        """Whom it is done to, if that is a party; what is done by nobody named needs one."""
        target = deed.target
        if target is not None and not target.acts and action.type in _NEEDS_PARTY:
            target = None
        if target is None and deed.passive and not agents:
            target = self.actors.whole(self.clauses.subject(deed.verb))
            if target is not None and not target.acts and action.type not in _DONE_TO_THINGS:
                return None
        return target

    def _event(
        self,
        words: tuple[int, int],
        action: Action,
        parties: tuple[Party | None, Party | None, Party | None],
        date: DateMention | None,
        status: Status,
        sure: float,
    ) -> Event:
        text, (start, end), (actor, target, place) = self.made.text, words, parties
        sentence = self.made.span(start)
        return Event(
            start=start,
            end=end,
            text=text[start:end],
            sentence_start=sentence.start,
            sentence_end=sentence.end,
            code=action.code,
            plover=action.plover,
            action=action.label,
            actor=actor.name if actor else None,
            actor_text=text[actor.start : actor.end] if actor else None,
            actor_start=actor.start if actor else None,
            actor_end=actor.end if actor else None,
            target=target.name if target else None,
            target_text=text[target.start : target.end] if target else None,
            target_start=target.start if target else None,
            target_end=target.end if target else None,
            place=text[place.start : place.end] if place else None,
            place_start=place.start if place else None,
            place_end=place.end if place else None,
            value=date.value if date else None,
            from_date=date.from_date if date else None,
            to_date=date.to_date if date else None,
            status=status,
            confidence=sure,
        )

    def _coded(self, deed: Deed, agents: Sequence[Party], status: Status) -> Action:
        """The action with its root as things stand: an intention, a threat, an accident."""
        made, action = self.made, deed.action
        if action.type in _CASUALTIES and action.code:
            attacked = action.object != "none" and any(agent.acts for agent in agents)
            violent = attacked or not _VIOLENCE.isdisjoint(made.words_of_sentence(deed.verb))
            return action if violent else replace(action, code="", plover="")
        if status == "denied" and action.code in _FRIENDLY and not _REFUSING.isdisjoint(made.words(deed.verb)):
            return replace(action, code="12", plover="REJECT")  # "will not sign"
        name = base(made, deed.verb)
        if action.complement == "inf" and name in _VOWS:
            inner = self.matcher.deed(deed.frame.infinitive)
            if inner is not None and inner.action.code in _HOSTILE:
                return replace(action, code="13", plover="THREATEN", label="threaten")
        if status != "planned" and name != "offer":
            return action
        hostile = action.code in _HOSTILE or action.type in ("RETREAT", "REJECT")
        if hostile and "unless" in made.words_of_sentence(deed.verb):
            return replace(action, code="13", plover="THREATEN")
        return replace(action, code="03", plover="AGREE") if action.code in _FRIENDLY else action

    def _place(self, deed: Deed, target: Party | None, action: Action) -> Party | None:
        """Where it was done: behind "in" or "at" in its clause, in front of the sentence, or where somebody went."""
        if action.type == "VISIT" and target is not None and target.sort in ("place", "name"):
            return target
        made = self.made
        for joint in deed.frame.joints:
            aim = deed.target is not None and made.start[made.first[joint.group.first]] == deed.target.start
            if joint.word in _PLACED and not aim and (place := self._named_place(joint.group)) is not None:
                return place
        first = made.sentence(deed.verb)[0]
        leads = made.chunks[first : first + 3] == "iN," and made.head(first) in _PLACED
        return self._named_place(Group(first + 1, first + 1)) if leads else None

    def _named_place(self, group: Group) -> Party | None:
        """The place that a phrase names: "Brask", "the town of Brask"."""
        named = self.made.shape(group.first)[-1] == "C"
        if not self.actors.is_place(group) or not (named or self.made.shape(group.last)[-1] == "C"):
            return None
        return self.actors.party(Group(group.first, group.first) if named else Group(group.last, group.last))

    def _date(self, deed: Deed) -> DateMention | None:
        """The date of the clause: the nearest between its subject and the next verb, else one in front of the sentence."""
        if not self._dates:
            return None
        made, c = self.made, self.made.chunks
        first, end = made.sentence(deed.verb)
        stop = next((k for k in range(deed.verb + 1, end) if c[k] in "VE;"), end)
        subject = self.clauses.subject(deed.verb)
        begin = subject.first if subject is not None and subject.first < deed.verb else deed.verb
        inside = self._dated(begin, stop)
        if inside:
            behind = made.end[made.last[deed.verb] - 1]
            return min(inside, key=lambda date: abs(date.start - behind))
        opening = next((k for k in range(first, end) if c[k] in "NPpVE"), first)
        front = self._dated(first, opening) if opening >= begin - 1 else []
        return front[0] if front else None

    def _dated(self, first: int, last: int) -> list[DateMention]:
        """The dates in a range of chunks; "Monday's talks" tells when the talks are."""
        made = self.made
        start, end = made.start[made.first[first]], made.start[made.first[max(first, last)]]
        found = self._dates[bisect_left(self._days, start) : bisect_left(self._days, end)]
        return [date for date in found if made.text[date.end : date.end + 2] not in ("'s", "’s")]

    def _is_ahead(self, verb: int, date: DateMention | None) -> bool:
        """Whether a verb in the present speaks of a day to come: "is leaving on Friday", "meet next week"."""
        if self._today is None or date is None or date.from_date is None or date.from_date <= self._today:
            return False
        return self.made.words(verb)[0] in ("is", "are") or self.made.shape(verb) in ("Z", "V")
