"""Words as keywords see them: their base form, and how much they tell of what a text is about."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from tasks.extract.cue_verbs import ENGLISH, NOUNS
from tasks.extract.five_words import THINGS, VERBS
from tasks.words import SPACELESS

LARGEST = 20_000  # different words whose reading is remembered
COMMON = 0.45  # "government", "group": says little of a text
MAYBE = 0.6  # "building": a noun or a verb
ACTION = 0.3  # "accused": a verb, or most often one
_WORD = re.compile(rf"[^\W\d_{SPACELESS}]{{2,}}(?:[.'’‐‑-][^\W_{SPACELESS}]+)*")
_VERBAL = {  # endings of what is no noun
    "en": ("ed", "ly", "n't"),
    "fr": ("é", "és", "ée", "ées", "ait", "aient", "er"),
    "es": ("mente", "ó", "aron", "ieron", "aba", "aban"),
    "pt": ("mente", "ou", "aram", "eram", "iram", "ava", "avam"),
    "it": ("mente", "ato", "ata", "ati", "ate", "ava", "avano"),
}
_SINGULARS = {  # endings of plurals, the longest first, with what stands for them
    "en": (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("s", "")),
    "fr": (("eaux", "eau"), ("aux", "al"), ("s", "")),
    "es": (("ciones", "ción"), ("siones", "sión"), ("ces", "z"), ("ores", "or"), ("ales", "al"), ("s", "")),
    "pt": (("ções", "ção"), ("sões", "são"), ("ães", "ão"), ("ais", "al"), ("ns", "m"), ("ores", "or"), ("s", "")),
}
_SINGULAR = {"en": ("ss", "us", "is", "'s"), "fr": ("ss", "us", "is", "as"), "es": ("és", "is", "us"), "pt": ("ês", "is", "us")}
_SHORTER = {"de": ("es", "en", "n", "e", "s"), "it": ("i", "e", "he", "hi")}  # taken off where the text has the rest, too
_ODD = dict(
    pair.split("-")
    for pair in """
    analyses-analysis buses-bus children-child crises-crisis feet-foot fishermen-fisherman gases-gas geese-goose knives-knife
    leaves-leaf lives-life loaves-loaf men-man mice-mouse movies-movie policemen-policeman shelves-shelf teeth-tooth
    thieves-thief ties-tie viruses-virus wives-wife wolves-wolf women-woman
    """.split()
) | dict.fromkeys(
    """
    always athletics chaos christmas economics gas headquarters lens mathematics means news physics politics series species
    statistics waterworks works
    """.split()
)


class Word(NamedTuple):
    """A word as it is counted."""

    base: str  # the singular, in small letters
    weight: float  # how much it tells, 0-1; a word of 0 parts terms


NOTHING = Word("", 0.0)


@lru_cache(maxsize=LARGEST)
def reading(word: str, language: str) -> Word:
    """What a token is to the count: NOTHING if it is no word, or one that tells nothing; capitals keep their plural."""
    small, common, acts = _lists(language)
    low = word.lower().replace("’", "'")
    if len(low) < 3 or low in small or not _WORD.fullmatch(low):
        return NOTHING
    base = singular(low, language)
    if base in small:
        return NOTHING
    if low in common or base in common:
        return Word(base if word.islower() else low, COMMON)
    if language == "en":
        weight = _acting(low)
    else:
        small_noun = language == "de" and word.islower()
        weight = ACTION if small_noun or low in acts or low.endswith(_VERBAL.get(language, ())) else 1.0
    return Word(base if word.islower() else low, weight) if weight else NOTHING


def _acting(low: str) -> float:
    """How much an English word tells that may be a verb: reporting verbs nothing, those that no noun looks like little."""
    if low in ENGLISH and low not in NOUNS:
        return 0.0
    verb = VERBS.get(low)
    if low.endswith(_VERBAL["en"]):
        return ACTION
    if verb is None:
        return 1.0
    return MAYBE if verb.form == "ing" else ACTION if verb.sure or verb.base not in THINGS else 1.0


@lru_cache(maxsize=LARGEST)
def singular(word: str, language: str) -> str:
    """The singular of a word in small letters, as far as its ending tells."""
    if language == "en" and word in _ODD:
        return _ODD[word] or word
    if len(word) > 3 and not word.endswith(_SINGULAR.get(language, ())):
        for plural, ending in _SINGULARS.get(language, ()):
            if word.endswith(plural):
                return word[: -len(plural)] + ending
    return word


def shorter(word: str, language: str, others: frozenset[str]) -> str:
    """The base form of a word among the others of its text."""
    found = singular(word, language)
    if found != word and found in others:
        return found
    for ending in _SHORTER.get(language, ()):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 3:
            for vowel in ("",) if language == "de" else ("o", "a", "e"):
                if stem + vowel in others and stem + vowel != word:
                    return stem + vowel
    return word


@cache
def _lists(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words of data/keyword_stops.tsv: those that tell nothing, those that tell little, and verbs."""
    found: dict[str, set[str]] = {"small": set(), "common": set(), "act": set()}
    lines = (files("tasks.extract") / "data" / "keyword_stops.tsv").read_text(encoding="utf-8").split("\n")
    for line in lines:
        code, _, rest = line.partition("\t")
        kind, _, words = rest.partition("\t")
        if kind and code == language:
            found[kind].update(words.split())
    return frozenset(found["small"]), frozenset(found["common"]), frozenset(found["act"])
