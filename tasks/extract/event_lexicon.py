"""The actions known: verbs with what must stand beside them, and nouns that a light verb leads, each with its CAMEO root.

Compiled for this project after the categories of CAMEO (01-20) and PLOVER; what neither knows (to die, win, appoint) has no root.
A row of actions.tsv: a root, the class of PLOVER, our type, a label (* for the verb itself), verbs, and what must be beside them:

    obj       an object, whom it is done to; obj? one may stand there; none there is none
    obj:a|b   an object of these sets (actions_objects.tsv): whom it is done to stands behind the prepositions of ">", else
              within the object ("rejected a Danish proposal"); with =, it is the object itself
    obj!actor somebody; !person a person; !human not a thing; !body an organisation; !place a place
    +off      a particle
    ~for=a|b  a preposition that must be there, before one of these words
    >to|with  prepositions before whom it is done to; >>to where it must be there; then !place where that must be a place
    inf that &ger  an infinitive, a clause or a gerund that must follow; inf=a|b one of these verbs
    pass act  in the passive only, never in it
    !role     it must be told what somebody is named
    !people !state !several !weapon  what the subject is: people, an authority, more than one, a bomb
    @phone @violent @calm    by telephone, with violence, without rain, floods and the like

A type of "-" is no action at all: "declined to comment".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Action:
    """What a verb or noun may mean."""

    code: str  # CAMEO root
    plover: str
    type: str
    label: str
    object: str = "none"  # "none", "obj", "obj?", or "" where it does not matter
    sets: frozenset[str] = frozenset()  # words one of which the object's head must be
    kind: str = ""  # what the object must be
    itself: bool = False  # it is done to that object
    particle: str = ""
    needed: frozenset[str] = frozenset()  # prepositions, or bare words, one of which must be there
    before: frozenset[str] = frozenset()  # words one of which must follow it
    target: tuple[str, ...] = ()  # prepositions before whom it is done to
    required: bool = False
    place: bool = False  # the target must be a place
    complement: str = ""  # "inf", "that" or "ger"
    verbs: frozenset[str] = frozenset()  # the verbs of the infinitive
    passive: bool = False
    active: bool = False
    role: bool = False
    manner: str = ""  # "phone", "violent", "calm"

    @property
    def typed(self) -> bool:
        """Whether the action is told by its object."""
        return bool(self.sets)


@cache
def actions() -> dict[str, tuple[Action, ...]]:
    """The actions of every verb, those that ask for most first."""
    found: dict[str, list[Action]] = {}
    for code, plover, kind, label, listed, frame in _rows("actions.tsv"):
        read = _frame(Action(code, plover.strip("-"), kind, label), frame)
        for verb in listed.split():
            name = " ".join(filter(None, (verb, read.particle)))
            found.setdefault(verb, []).append(replace(read, label=name) if label == "*" else read)
    return {verb: tuple(sorted(several, key=_demands, reverse=True)) for verb, several in found.items()}


@cache
def nouns() -> dict[str, Action]:
    """The actions that nouns name: "an attack on", "talks with"."""
    found: dict[str, Action] = {}
    for code, plover, kind, label, listed, target in _rows("actions_nouns.tsv"):
        for noun in listed.split():
            found.setdefault(noun, Action(code, plover, kind, label, target=tuple(target.split())))
    return found


@cache
def objects() -> dict[str, frozenset[str]]:
    """Sets of nouns."""
    return {name: frozenset(listed.split()) for name, listed in _rows("actions_objects.tsv")}


def _rows(name: str) -> list[list[str]]:
    text = (files("tasks.extract") / "data" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines()[1:]]


def _demands(action: Action) -> int:
    """How much an action asks for: of several the one that asks for most is meant."""
    return (
        8 * bool(action.particle)
        + 6 * bool(action.sets)
        + 5 * bool(action.needed)
        + 5 * bool(action.manner)
        + 4 * bool(action.complement)
        + 2 * bool(action.verbs)
        + 3 * bool(action.kind)
        + 2 * action.required
        + action.passive
        + (action.object == "obj")
    )


def _frame(action: Action, frame: str) -> Action:
    for item in frame.split():
        action = _read(action, item)
    return action if "obj" in frame or "none" in frame else replace(action, object="")


def _read(action: Action, item: str) -> Action:
    sign, rest = item[0], item[1:]
    if item.startswith("obj"):
        head, _, kind = item.rstrip("=").partition("!")
        head, _, sets = head.partition(":")
        known = objects()
        return replace(
            action,
            object=head,
            kind=kind,
            itself=item.endswith("="),
            sets=frozenset().union(*(known[name] for name in sets.split("|"))) if sets else frozenset(),
        )
    if sign == "+":
        return replace(action, particle=rest)
    if sign == "~":
        needed, _, before = rest.partition("=")
        return replace(action, needed=frozenset(needed.split("|")), before=frozenset(filter(None, before.split("|"))))
    if sign == ">":
        return replace(action, target=tuple(rest.strip(">").split("|")), required=rest.startswith(">"))
    if sign == "@":
        return replace(action, manner=rest)
    if item == "!place":
        return replace(action, place=True)
    if item in ("!people", "!state", "!several", "!weapon"):
        return replace(action, kind=item[1:])
    if item == "!role":
        return replace(action, role=True)
    if item == "act":
        return replace(action, active=True)
    if item in ("that", "&ger") or item.startswith("inf"):
        verbs = frozenset(filter(None, item.partition("=")[2].split("|")))
        return replace(action, complement=item.partition("=")[0].strip("&"), verbs=verbs)
    if item == "pass":
        return replace(action, passive=True)
    return replace(action, object="none")
