"""Names of organisations, as they are compared: article, legal form and leading country apart; acronyms and their letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tasks.extract.body_words import ACRONYMS, COMPLETE, LEGAL, LEGAL_BEFORE, OFFICES, SMALL, STATE_ORGANS, UNIQUE, VAGUE
from tasks.gazetteer import fold

_LETTERS = re.compile(r"[^\W\d_]{2,10}")
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")
_ARTICLE = re.compile(r"(?:the|The|THE)\s+")
_SPELLING = {"organisation": "organization", "labour": "labor", "defence": "defense", "centre": "center", "programme": "program"}


class Title(NamedTuple):
    """A body's name in small letters without accents."""

    words: tuple[str, ...]  # without article and legal form, and without a leading "US" or "Kenyan": "state department"
    letters: str  # of an acronym, else ""
    initials: frozenset[str]  # the acronyms that the name may have
    led: bool  # a country stood first and is not among the words, or is all of them: no short form of other names

    def key(self, country: str | None) -> str:
        """What the same body has in other texts; one that every country has is told apart by it."""
        key = " ".join(self.words)
        vague = country and key not in UNIQUE and VAGUE.issuperset(self.words)
        return f"{key} {country.lower()}" if country and vague else ACRONYMS.get(key, key)


@lru_cache(maxsize=8192)
def title(text: str, lead: str = "") -> Title:
    """The title of a body's name as printed; `lead` is the country that it begins with, as printed."""
    bare = LEGAL.sub("", LEGAL_BEFORE.sub("", _ARTICLE.sub("", text, 1), 1)) or text
    if "." in bare:
        bare = _DOTTED.sub(lambda found: found[0].replace(".", ""), bare)
    words = _words(bare) or (text.lower(),)
    begin = _words(lead) if lead else ()
    rest = words[len(begin) :]
    led = bool(begin) and words[: len(begin)] == begin and (not rest or (len(rest) > 1 and _of_state(rest)))
    letters = bare if bare.isupper() and _LETTERS.fullmatch(bare) else ""
    spelled = {_initials(bare), _initials(bare, small=True), _initials(bare.replace("-", " "))}
    return Title(_ordered(rest if led and rest else words), letters, frozenset(spelled - {"", letters}), led)


def is_short(short: Title, full: Title) -> bool:
    """Whether one title is the beginning or end of another: "Aldous" of "Aldous Marine Works", "Guard" of "Coast Guard"."""
    n = len(short.words)
    if n >= len(full.words) or short.letters or short.led:
        return False
    if full.words[:n] == short.words:
        whole = short.words[-1] in COMPLETE or (short.words[0] in COMPLETE and "of" in short.words)
        return not (whole and full.words[-1] in COMPLETE) and not (n > 1 and (whole or VAGUE.issuperset(short.words)))
    return " ".join(full.words) not in UNIQUE and full.words[-n:] == short.words and full.words[-n - 1] not in SMALL


def _words(name: str) -> tuple[str, ...]:
    return tuple([_SPELLING.get(word, word) for word in fold(name.replace("&", " and ").replace(".", "")).split()])


def _of_state(words: tuple[str, ...]) -> bool:
    return VAGUE.issuperset(words) or not STATE_ORGANS.isdisjoint(words)


def _ordered(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words in one order: "Ministry of Health" as "health ministry"."""
    if len(words) > 2 and words[0] in OFFICES and words[1] in ("of", "for"):
        subject = words[3:] if words[2] == "the" else words[2:]
        words = (*subject, words[0])
    return ("foreign", "ministry") if words == ("foreign", "affairs", "ministry") else words


def _initials(name: str, *, small: bool = False) -> str:
    words = [word for word in re.split(r"[\s,/]+", name) if word and word[0].isalpha()]
    kept = [word[0] for word in words if small or word.lower() not in SMALL]
    return "".join(kept).upper() if len(kept) > 1 else ""
