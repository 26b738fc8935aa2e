"""Forms of names, as they are compared: words without accents and case, titles, particles and legal forms apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tasks.extract.first_names import gender_of
from tasks.extract.name_words import DEGREES, PARTICLES, SUFFIXES, TITLES
from tasks.gazetteer import fold

_NICKNAME = re.compile(r"[\"“”„'‘’(«»][^\"“”„‘’()«»]{2,24}[\"“”‘’')«»]")
_ATTACHED = frozenset(
    """
    abou abu ad al an ar as ash at az ben bin bint da das de den der di do dos du el ibn la le ould ten ter ul van von zu zum
    """.split()
)
_OTHER_PARTICLES = frozenset("y e i vander abou ould".split())
_SHORT_NAMES = """
    abe abraham|al albert|alex alexander|alex alexandra|andy andrew|ben benjamin|bernie bernard|beth elizabeth|bill william
    bob robert|bobby robert|cathy catherine|charlie charles|chris christopher|chuck charles|dan daniel|danny daniel|dave david
    debbie deborah|dick richard|don donald|doug douglas|ed edward|eddie edward|frank francis|fred frederick|gerry gerald
    greg gregory|hank henry|harry henry|jack john|jake jacob|jeff jeffrey|jen jennifer|jenny jennifer|jerry gerald|jim james
    jimmy james|joe joseph|joey joseph|jon jonathan|josh joshua|kate katherine|kathy katherine|katie katherine|ken kenneth
    larry lawrence|leo leonard|liz elizabeth|lou louis|maggie margaret|matt matthew|max maximilian|meg margaret|mick michael
    mike michael|mitch mitchell|nate nathaniel|nick nicholas|pam pamela|pat patrick|pat patricia|peggy margaret|pete peter
    phil philip|ray raymond|rich richard|rick richard|rob robert|ron ronald|russ russell|sam samuel|sandy sandra|stan stanley
    steve stephen|steve steven|sue susan|ted edward|ted theodore|terry terence|tim timothy|tom thomas|tommy thomas|tony anthony
    vic victor|vince vincent|wes wesley|will william|pepe jose|paco francisco|zé jose|sepp josef|hans johannes
"""
SHORT_NAMES = frozenset(tuple(pair.split()) for line in _SHORT_NAMES.split("\n") for pair in line.split("|") if pair.strip())
_KEPT = frozenset("crown imam king pope prince princess queen".split()) | {word for word in TITLES if gender_of(word)}
LONG_NAME = 6  # letters: a letter that differs in one of these is a slip of the pen


class Form(NamedTuple):
    """A person's name as printed once: its parts in order, in small letters without accents, without title and particles."""

    parts: tuple[str, ...]
    suffix: str  # jr, sr, ii, …
    nickname: str

    @property
    def key(self) -> str:
        """What the same person has in other texts."""
        return " ".join((*self.parts, self.suffix) if self.suffix else self.parts)


@lru_cache(maxsize=4096)
def person(text: str) -> Form:
    """The form of a person's name."""
    nick = _NICKNAME.search(text)
    words = (text[: nick.start()] + text[nick.end() :] if nick else text).replace(",", " ").split()
    if words[-1:] and words[-1][-2:] in ("'s", "’s"):
        words[-1] = words[-1][:-2]
    while len(words) > 1 and words[0].lower() in TITLES and words[0].lower() not in _KEPT:
        words.pop(0)
    while len(words) > 1 and words[-1].lower() in DEGREES:
        words.pop()
    suffix = words.pop().lower().rstrip(".") if len(words) > 1 and words[-1].lower() in SUFFIXES else ""
    parts = [part(word) for word in words if word.lower() not in PARTICLES and word.lower() not in _OTHER_PARTICLES]
    parts = [p for p in parts if p] or [part(word) for word in words]
    return Form(tuple(parts), suffix, fold(nick[0]) if nick else "")


@lru_cache(maxsize=8192)
def part(word: str) -> str:
    """A part of a name without the particle that hangs on it: "al-Rashid" as "rashid"."""
    words = fold(word).split()
    while len(words) > 1 and words[0] in _ATTACHED:
        words.pop(0)
    return " ".join(words)


def same_part(one: str, other: str) -> bool:
    """Whether two parts are the same, one an initial of the other, or one its short form."""
    if one == other:
        return True
    if one[:1] == other[:1] and (len(one) == 1 or len(other) == 1):
        return True
    return (one, other) in SHORT_NAMES or (other, one) in SHORT_NAMES


def contains(full: Form, short: Form) -> bool:
    """Whether a form of two parts or more is a shorter one of `full`, with its first and last part or without one of them."""
    if full.suffix and short.suffix and full.suffix != short.suffix:
        return False
    if sorted(full.parts) == sorted(short.parts):
        return True
    rest = iter(full.parts)
    whole = sum(len(p) > 1 for p in short.parts)
    return whole > 0 and all(any(same_part(p, q) for q in rest) for p in short.parts) and _same_end(full, short)


def _same_end(full: Form, short: Form) -> bool:
    """Whether at least one whole part is the same, that is not the first name alone."""
    return any(len(p) > 1 and p in full.parts[1:] for p in short.parts) or short.parts == full.parts[: len(short.parts)]


def slip(one: str, other: str) -> bool:
    """Whether two long words differ by one letter, as a slip of the pen does: neither at the beginning nor by a final a or s."""
    if min(len(one), len(other)) < LONG_NAME or abs(len(one) - len(other)) > 1 or one == other or one[0] != other[0]:
        return False
    if one[:-1] == other or other[:-1] == one:
        return (one if len(one) > len(other) else other)[-1] not in "as"
    start = next(n for n in range(len(one)) if one[n] != other[n])
    if len(one) == len(other):
        swapped = one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
        return (one[start + 1 :] == other[start + 1 :] and start < len(one) - 1) or swapped
    short, long = sorted((one, other), key=len)
    return short[start:] == long[start + 1 :]
