"""Which action a verb means by what stands beside it, and whom it is done to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.event_chunks import Group, base
from tasks.extract.event_frames import Joint
from tasks.extract.event_lexicon import Action, actions, nouns, objects
from tasks.extract.event_targets import Targets, heads
from tasks.extract.event_words import words

if TYPE_CHECKING:
    from tasks.extract.event_actors import Actors, Party
    from tasks.extract.event_chunks import Parse
    from tasks.extract.event_clauses import Clauses
    from tasks.extract.event_frames import Frame

DEEPEST = 5  # actions of which each is to do the next: "agreed to promise to pay"
_LIGHT = words("light")
_PHONE = words("phone")
_VIOLENCE = words("violence")
_HAZARDS = words("hazard")
_TIMES = words("time") | {"mile", "kilometre", "kilometer", "home"}
_QUANTITIES = words("quantity") | words("time") | frozenset("days weeks hours months years series round rounds wave kind".split())
_EFFORTS = objects()["efforts"]
_ENGAGING = frozenset("engage participate involve".split())
_HELD = frozenset("hold schedule plan".split())
_COLLAPSING = frozenset("collapse fail".split())
_STAGES = _HELD | _COLLAPSING | frozenset("open begin start resume continue take convene".split())
_PARTICLES = frozenset("up off out down away aside over back".split())
_OF_SUBJECT = frozenset(("people", "state", "several", "weapon"))
_WEAPONS = frozenset("bomb device explosive grenade mine bombs explosives grenades mines devices blast explosion".split())
_STATE = frozenset("police authority government official army troops soldier military ministry court".split())
_PAIR = frozenset("two both sides leaders ministers presidents".split())


class Deed(NamedTuple):
    """A verb with its action: who does it, and whom it is done to."""

    verb: int
    action: Action
    passive: bool
    agent: Group | None
    target: Party | None
    reach: int  # the last chunk of the words of the action
    frame: Frame
    begin: int = -1  # the chunk where its words begin, if not with the verb
    owner: bool = False  # the agent is the name within its phrase: "Israeli attacks"


class Scene(NamedTuple):
    """A verb with what stands on both sides of it."""

    verb: int
    name: str
    passive: bool
    subject: Group | None
    frame: Frame

    @property
    def object(self) -> Group | None:
        """What it is done to, in the active or the passive."""
        return self.subject if self.passive else self.frame.object


class Matcher:
    """Finds the actions of verbs in one text."""

    __slots__ = ("_deeds", "_depth", "actors", "clauses", "made", "targets")

    def __init__(self, made: Parse, clauses: Clauses, actors: Actors) -> None:
        self.made, self.clauses, self.actors = made, clauses, actors
        self.targets = Targets(made, clauses, actors, self.deed)
        self._deeds: dict[int, Deed | None] = {}
        self._depth = 0

    def deed(self, verb: int) -> Deed | None:
        """The action that the verb in a chunk means, if it is one known."""
        if verb not in self._deeds and self._depth < DEEPEST:
            self._depth += 1
            self._deeds[verb] = self._read(verb)
            self._depth -= 1
        return self._deeds.get(verb)

    def _read(self, verb: int) -> Deed | None:
        name = base(self.made, verb)
        several = actions().get(name, ())
        if not several and name not in _LIGHT and name not in _ENGAGING and name not in _STAGES:
            return None
        scene = Scene(verb, name, self.clauses.passive(verb), self.clauses.subject(verb), self.clauses.frame(verb))
        light = self._light(scene) or self._engaged(scene)
        for action in several:
            if light and not (action.sets or action.particle or action.needed):
                break
            found = self._fits(action, scene)
            if found is not None:
                return self._deed(scene, action, *found) if action.type != "-" else None
        if light:
            action, obj = light
            reach = verb if scene.passive else max(verb, obj.first)
            target = self.targets.find(action, obj, scene.frame.joints, scene)
            return Deed(verb, action, scene.passive, self._agent(scene), target, reach, scene.frame)
        return self._staged(scene)

    def _agent(self, scene: Scene) -> Group | None:
        if not scene.passive:
            return scene.subject
        return next((joint.group for joint in scene.frame.joints if joint.word == "by"), None)

    def _deed(self, scene: Scene, action: Action, obj: Group | None, joints: list[Joint]) -> Deed:
        joints = [joint for joint in joints if not (scene.passive and joint.word == "by")]
        if action.passive:  # "is due in": whom it is said of does it
            target = self.targets.find(action, None, joints, scene)
            return Deed(
                scene.verb, action, passive=False, agent=scene.subject, target=target, reach=scene.verb, frame=scene.frame
            )
        target = self.targets.find(action, obj, joints, scene)
        reach = self._reach(action, scene.verb, obj)
        return Deed(scene.verb, action, scene.passive, self._agent(scene), target, reach, scene.frame)

    def _light(self, scene: Scene) -> tuple[Action, Group] | None:
        """The action that the object of a verb like "hold" or "launch" names."""
        made, obj = self.made, scene.object
        if scene.name not in _LIGHT or obj is None or made.chunks[scene.verb] == "R":
            return None
        for chunk in range(obj.first, obj.last + 1):
            if made.chunks[chunk] != "N":
                continue
            head = made.head(chunk)
            if head in _EFFORTS and chunk == obj.first:  # "a mediation effort"
                head = made.low[max(made.first[chunk], made.last[chunk] - 2)]
            if head in nouns():
                joint = "joint" in made.words(chunk) and nouns()[head].code == "15"
                return (nouns()["war-games"] if joint else nouns()[head]), obj
            if head not in _QUANTITIES:
                return None
        return None

    def _engaged(self, scene: Scene) -> tuple[Action, Group] | None:
        """The action that somebody engages or takes part in."""
        if scene.name not in _ENGAGING:
            return None
        groups = (joint.group for joint in scene.frame.joints if joint.word == "in")
        return next(((nouns()[head], g) for g in groups for head in sorted(heads(self.made, g)) if head in nouns()), None)

    def _staged(self, scene: Scene) -> Deed | None:
        """The action that a subject names: "talks between Oslo and Rome began", "attacks by rebels on the town go on"."""
        made, subject, verb = self.made, scene.subject, scene.verb
        if scene.name not in _STAGES or scene.passive != (scene.name in _HELD) or subject is None or subject.first > verb:
            return None
        action = nouns().get(made.head(subject.first))
        if action is None or (scene.name == "take" and "place" not in made.words(verb + 1)):
            return None
        joints = self._within(subject, verb)
        parties = next((joint.group for joint in joints if joint.word in ("between", "by")), None)
        owned = made.shape(subject.first)[0] == "C" and len(made.shape(subject.first)) > 1
        agent = parties or (Group(subject.first, subject.first) if owned else None)
        if agent is None:
            return None
        if scene.name in _COLLAPSING:
            action = replace(nouns()["suspension"], type="CANCEL", label="break off")
        target = self.targets.joined(action, [joint for joint in joints if joint.group != parties])
        return Deed(
            verb=verb,
            action=replace(action, target=("with",)),
            passive=False,
            agent=agent,
            target=target,
            reach=verb + (scene.name == "take"),
            frame=scene.frame,
            begin=subject.first,
            owner=parties is None,
        )

    def _within(self, subject: Group, verb: int) -> list[Joint]:
        """The prepositions within a subject."""
        made, c = self.made, self.made.chunks
        joints = []
        k = subject.first + 1
        while k < verb and c[k] in "ifbrtA":
            if c[k] != "A" and c[k + 1] in "NO":
                last = k + 1
                while last < subject.last and c[last + 1] in "cNf,":
                    last += 1
                joints.append(Joint(made.head(k), Group(k + 1, last)))
                k = last
            k += 1
        return joints

    def _fits(self, action: Action, scene: Scene) -> tuple[Group | None, list[Joint]] | None:
        """The object and the prepositions of an action; None where what stands beside the verb is another one's."""
        if (action.passive and not scene.passive) or (action.active and scene.passive):
            return None
        found = self._with_particle(action, scene)
        if found is None:
            return None
        obj, joints = found
        if not self._has_object(action, scene, obj):
            return None
        if action.sets and heads(self.made, obj).isdisjoint(action.sets):
            second = scene.frame.second
            if obj is None or scene.passive or heads(self.made, second).isdisjoint(action.sets):
                return None
            joints = [Joint(action.target[0] if action.target else "to", obj), *joints]  # "give Norway a grant"
            obj = second
        if action.kind and not self._is(action.kind, scene.subject if action.kind in _OF_SUBJECT else obj):
            return None
        return (obj, joints) if self._has_rest(action, scene, joints) else None

    def _with_particle(self, action: Action, scene: Scene) -> tuple[Group | None, list[Joint]] | None:
        frame = scene.frame
        obj = scene.object or (None if scene.passive else self._relative(scene))
        if not action.particle:
            other = frame.particle in _PARTICLES and not (action.object == "none" and action.code == "04")
            return None if other else (obj, frame.joints)
        if frame.particle != action.particle:
            return None
        if not scene.passive and frame.object is None and frame.joints and frame.joints[0].word == action.particle:
            return frame.joints[0].group, frame.joints[1:]  # "called off the talks"
        return obj, frame.joints

    def _has_object(self, action: Action, scene: Scene, obj: Group | None) -> bool:
        """Whether there is an object, or none, as the action asks."""
        if action.object == "none":
            stated = scene.frame.clause >= 0 and action.complement != "that" and not action.needed
            return not stated and not scene.passive and (obj is None or self._is_time(obj))
        return obj is not None or action.object != "obj"

    def _has_rest(self, action: Action, scene: Scene, joints: list[Joint]) -> bool:
        """Whether all else is there that the action asks for."""
        return (
            (not action.role or self._has_role(scene))
            and (not action.needed or self._needed(action, scene, joints))
            and self._completed(action, scene.frame)
            and (not action.required or self.targets.behind(action, joints) is not None)
            and (not action.manner or self._manner(action.manner, scene))
        )

    def _relative(self, scene: Scene) -> Group | None:
        """The object that stands before its clause: "a visit that he cancelled", "the charge, which Oslo rejects"."""
        c, subject, frame = self.made.chunks, scene.subject, scene.frame
        if subject is None or frame.clause >= 0 or frame.infinitive >= 0 or c[scene.verb] not in "VE":
            return None
        j = subject.first - 1
        if j < 1 or j >= scene.verb or c[j] not in "TW":
            return None
        j -= 1 + (c[j - 1] == ",")
        return Group(j, j) if c[j] == "N" else None

    def _completed(self, action: Action, frame: Frame) -> bool:
        """Whether the infinitive, clause or gerund follows that an action asks for."""
        if action.complement == "inf":
            return frame.infinitive >= 0 and (not action.verbs or base(self.made, frame.infinitive) in action.verbs)
        if action.complement == "that":
            return frame.clause >= 0
        if action.complement == "ger":
            return frame.gerund >= 0 and (frame.led in action.needed if action.needed else not frame.led)
        return True

    def _needed(self, action: Action, scene: Scene, joints: list[Joint]) -> bool:
        made, frame = self.made, scene.frame
        for joint in joints:
            if joint.word in action.needed:
                return not action.before or not heads(made, joint.group).isdisjoint(action.before)
        if action.before:
            return False
        return frame.led in action.needed or not action.needed.isdisjoint(made.low[made.last[scene.verb] : made.first[frame.end]])

    def _has_role(self, scene: Scene) -> bool:
        """Whether it is told what somebody is named: "named him as coach", "was named head"."""
        if any(joint.word in ("as", "to") for joint in scene.frame.joints):
            return not scene.passive
        return (scene.frame.object if scene.passive else scene.frame.second) is not None

    def _manner(self, manner: str, scene: Scene) -> bool:
        if manner == "phone":
            return any(not heads(self.made, joint.group).isdisjoint(_PHONE) for joint in scene.frame.joints)
        sentence = self.made.words_of_sentence(scene.verb)
        return _HAZARDS.isdisjoint(sentence) if manner == "calm" else not _VIOLENCE.isdisjoint(sentence)

    def _is(self, kind: str, group: Group | None) -> bool:
        """Whether a phrase is of a kind."""
        if group is None:
            return False
        if kind == "place":
            return self.actors.is_place(group)
        if kind == "state":
            return not heads(self.made, group).isdisjoint(_STATE)
        if kind == "weapon":
            return not heads(self.made, group).isdisjoint(_WEAPONS)
        if kind == "several":
            return "c" in self.made.chunks[group.first : group.last] or self.made.head(group.first) in _PAIR
        party = self.actors.party(group)
        if party is None:
            return True  # a pronoun
        if kind == "person":
            return party.sort == "person" or (party.sort == "human" and not party.told)
        if kind == "body":
            return party.sort in ("body", "name") and party.told
        if kind == "people":
            return party.sort in ("human", "name", "body")
        return party.acts and not (kind == "human" and party.sort == "place")

    def _is_time(self, group: Group) -> bool:
        """Whether what looks like an object tells how long or how many: "spoke two hours", "won 2-1"."""
        made = self.made
        numbers = set(made.kinds[made.first[group.first] : made.last[group.last]]) == {"K"}
        return numbers or made.head(group.first).rstrip("s") in _TIMES

    def _reach(self, action: Action, verb: int, obj: Group | None) -> int:
        """The last chunk of the words of an action: its object if that tells it."""
        c = self.made.chunks
        if action.complement == "inf":
            return c.find("I", verb)
        reach = verb + (bool(action.particle) and c[verb + 1] in "ri")
        return obj.first if action.sets and obj is not None and verb < obj.first <= reach + 2 else reach
