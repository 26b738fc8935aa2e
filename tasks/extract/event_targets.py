"""Whom an action is done to: its object, what stands behind its prepositions, or whose request, claim or plan its object is."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from tasks.extract.event_actors import PRONOUNS, Party
from tasks.extract.event_frames import phrase
from tasks.extract.event_lexicon import objects

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tasks.extract.event_actors import Actors
    from tasks.extract.event_chunks import Group, Parse
    from tasks.extract.event_clauses import Clauses
    from tasks.extract.event_frames import Frame, Joint
    from tasks.extract.event_lexicon import Action
    from tasks.extract.event_match import Deed, Scene

THINGS = frozenset(("ASSAULT", "COERCE", "LEGAL", "INJURE", "DIE", "APPOINT", "RETREAT", "LAUNCH", "MERGE", "AID", "WIN"))
"""Types of actions that are done to things as well as to people."""

_NEARBY = frozenset("in at near outside along off".split())
_TOWARDS = frozenset("to with against from by between".split())
_WHOSE = frozenset(("03", "08", "10", "12"))  # of these the object is somebody's: a request, an offer
_TO_DO = frozenset(("03", "13"))  # of these an infinitive tells more: "made a threat to"
_WISHES = frozenset(("02", "10"))
_ACTS = frozenset().union(*(objects()[name] for name in ("offers", "accounts", "rights", "meetings", "assets", "reports")))


def heads(made: Parse, group: Group | None) -> set[str]:
    """The heads of a noun phrase and of what hangs on it, in both numbers."""
    if group is None:
        return set()
    found = {made.head(k) for k in range(group.first, group.last + 1) if made.chunks[k] == "N"}
    if made.shape(group.first)[-1] == "C":  # "ambassador Ada Brink"
        found.update(made.words(group.first))
    return (
        found | {head[:-1] for head in found if head.endswith("s")} | {head[:-3] + "y" for head in found if head.endswith("ies")}
    )


class Targets:
    """Finds the targets of actions in one text."""

    __slots__ = ("_deed", "actors", "clauses", "made")

    def __init__(self, made: Parse, clauses: Clauses, actors: Actors, deed: Callable[[int], Deed | None]) -> None:
        self.made, self.clauses, self.actors = made, clauses, actors
        self._deed = deed

    def find(self, action: Action, obj: Group | None, joints: Sequence[Joint], scene: Scene) -> Party | None:
        """Whom an action is done to; None where the clause does not tell."""
        if obj is not None and action.itself:
            return self.actors.whole(obj)
        if obj is not None and action.object == "obj" and not action.sets:
            return self._of_object(action, obj, joints, scene)
        found = self.joined(action, [joint for joint in joints if joint.word not in _NEARBY])
        if found is None and obj is not None:
            found = (self._source(joints) if action.code in _WHOSE else None) or self.actors.inner(obj)
        found = found or self.joined(action, joints)
        frame = scene.frame
        if found is None and frame.clause >= 0 and self.made.chunks[frame.clause] == "N" and action.code in _WISHES:
            found = self.actors.whole(phrase(self.made, frame.clause))
        if found is None and frame.infinitive >= 0 and (action.complement == "inf" or action.code in _TO_DO):
            found = self._of_infinitive(frame)
        return found or self._late(action, joints)

    def joined(self, action: Action, joints: Sequence[Joint]) -> Party | None:
        """What stands behind the first of an action's prepositions."""
        group = self.behind(action, joints)
        if group is None:
            return None
        party = self.actors.whole(group)
        if party is None or party.acts or (action.type in THINGS and action.object != "none"):
            return party
        return self.actors.inner(group)

    def behind(self, action: Action, joints: Sequence[Joint]) -> Group | None:
        """The phrase behind the first of an action's prepositions."""
        for word in action.target:
            for joint in joints:
                if joint.word != word or (action.place and not self.actors.is_place(joint.group)):
                    continue
                if action.code == "04" and action.type != "VISIT":
                    party = self.actors.party(joint.group)
                    if party is not None and not party.acts:
                        continue
                return joint.group
        return None

    def _of_object(self, action: Action, obj: Group, joints: Sequence[Joint], scene: Scene) -> Party | None:
        """An object as a party; of an act, whose it is; of a thing that cannot be a party, the name within it."""
        if not heads(self.made, obj).isdisjoint(_ACTS):
            return self.joined(action, joints) or self._source(joints) or self.actors.inner(obj) or self._late(action, joints)
        words = self.made.words(obj.first)
        if len(words) == 1 and words[0] in PRONOUNS:
            return self._pronoun(obj, words[0], scene)
        party = self.actors.whole(obj)
        if party is None or party.acts:
            return party
        found = self.joined(action, joints)
        if found is not None or action.type in THINGS:
            return found or party
        return self.actors.inner(obj) or self._late(action, joints)

    def _pronoun(self, obj: Group, word: str, scene: Scene) -> Party | None:
        """Who "him" is: another than the subject; "it" may be anything."""
        if word == "it":
            return None
        subject = self.actors.whole(scene.subject)
        return self.actors.party(obj, other=subject.name if subject else "")

    def _late(self, action: Action, joints: Sequence[Joint]) -> Party | None:
        """The first party behind a preposition that leads to one, where the action asks for one."""
        if action.type in THINGS or action.place:
            return None
        parties = (self.actors.whole(joint.group) for joint in joints if joint.word in _TOWARDS)
        return next((party for party in parties if party is not None and party.acts), None)

    def _source(self, joints: Sequence[Joint]) -> Party | None:
        """Whose a request or a claim is: "calls by", "an appeal from"."""
        return next((self.actors.whole(joint.group) for joint in joints if joint.word in ("by", "from")), None)

    def _of_infinitive(self, frame: Frame) -> Party | None:
        """Whom the action is done to that somebody agrees or threatens to do."""
        inner = self._deed(frame.infinitive)
        if inner is not None and inner.target is not None:
            found = inner.target if inner.target.acts else self._named(inner.target)
            if found is not None:
                return found
        rest = self.clauses.frame(frame.infinitive)
        groups = [group for group in (rest.object, *(joint.group for joint in rest.joints)) if group is not None]
        return next((party for group in groups if (party := self.actors.inner(group)) is not None), None)

    def _named(self, party: Party) -> Party | None:
        """The name within a thing."""
        names = self.actors.within(party.start, party.end)
        if names:
            return Party(names[0].name, names[0].start, names[0].end, names[0].sort, told=True)
        made = self.made
        for i in range(bisect_left(made.start, party.start), bisect_left(made.start, party.end)):
            if made.kinds[i] == "C":
                return Party(made.word[i], made.start[i], made.end[i], "name", told=False)
        return None
