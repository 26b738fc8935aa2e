"""What a word tells about names by itself: its features, computed once a word and kept."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tasks.extract.name_lists import BIT, classes_of, lists, town

PAD = ""  # the word that stands between sentences
PARTICLES = frozenset("de la le du des del della di da do dos van von der den al el bin ibn ben abu zu ter ten bint d l".split())
QUOTES = frozenset('"“”„«»‘`') | {"``", "''"}
MARKS = {
    **dict.fromkeys(",;", "comma"),
    **dict.fromkeys(".!?", "stop"),
    **dict.fromkeys("([", "open"),
    **dict.fromkeys(")]", "close"),
    **dict.fromkeys((":", "-", "–", "—", "--", "_"), "dash"),
    **dict.fromkeys(("'s", "’s", "'", "’"), "poss"),
    **dict.fromkeys(QUOTES, "quote"),
    "&": "amp",
    "of": "of",
    "the": "the",
    "and": "and",
}
LEX = {
    name: number
    for number, name in enumerate(
        """
        pad comma stop quote open close dash poss amp of the and mark number said did role locative lower particle
        title time demonym weak suffix country region first firstsur surname city town org media team party area site
        orgnoun sitenoun placenoun thing capsrole initial dotted acronym mixed surlike cap
        """.split()
    )
}
SHAPES = {name: number for number, name in enumerate("pad lower Cap CAPS initial dotted mixed hyphen number alnum mark".split())}
# Classes in the order in which they decide what a word is; of small words, of words with a capital, and of those that are no
# town of a million.
SMALL = tuple((BIT[name], LEX[name]) for name in ("said", "did", "role", "locative"))
NO_NAME = tuple(
    (BIT[name], LEX[lex])
    for name, lex in (
        ("title", "title"),
        ("time", "time"),
        ("demonym", "demonym"),
        ("weak", "weak"),
        ("org-suffix", "suffix"),
    )
)
KNOWN = tuple((BIT[name], LEX[name]) for name in ("team", "party", "media", "org", "site"))
NOUNS = tuple(
    (BIT[name], LEX[lex])
    for name, lex in (
        ("org-noun", "orgnoun"),
        ("site-noun", "sitenoun"),
        ("place-noun", "placenoun"),
        ("thing-noun", "thing"),
        ("role", "capsrole"),
        ("surname", "surname"),
    )
)
NEVER = BIT["time"] | BIT["demonym"] | BIT["weak"]
LONGEST_ACRONYM = 6
SURNAME_LIKE = re.compile(
    r"[^\W\d_]{2,}(?:"
    r"(?P<slavic>[oe]v|yev|ova|y?eva|ski|sk[iy]y|sky|s?kaya|ska|cki|enko|chuk|ić|vich?|wicz|czyk|ová|ich|[lnrz]in|[lnrtz]ina)"
    r"|(?P<nordic>sson|[dklnrst]sen|dóttir|dottir|str[öo]m|qvist|quist|gren|[aio]nen|gaard)"
    r"|(?P<german>mann|stein|m[ae][iy]er|bauer|inger|häuser|huber)"
    r"|(?P<iberian>[dlmnr][eé]z|guez|inho|eir[oa]|ães|ções)"
    r"|(?P<italian>ini|ell[io]|ett[io]|ucci|acci|otti|aldi|ucchi)"
    r"|(?P<eastern>poulos|akis|i(?:ad|d)is|[iy]an|shvili|adze|idze|o[gğ]lu|zadeh?|pour|wala|singh|murthy|swamy|nathan)"
    r"|(?P<british>son|ton|ford|worth|well|field|croft|ridge|stone|gill|ley|more)"
    r")"
)


class Word(NamedTuple):
    """What a word tells by itself."""

    own: tuple[str, ...]  # features where it stands
    near: tuple[str, ...]  # features for its neighbours
    lex: int  # the one thing it is, of LEX
    shape: int  # of SHAPES
    bits: int  # the classes it is in
    cap: bool  # has a capital
    key: str  # in small letters


@lru_cache(maxsize=1 << 16)
def word_info(word: str) -> Word:
    """What `word` tells by itself."""
    if not word:
        return Word((), ("pad",), LEX["pad"], SHAPES["pad"], 0, cap=False, key="")
    low = word.lower()
    cap = low != word
    shape = _shape(word, cap=cap)
    bits = _bits(word, low)
    size = 0
    if cap and not bits & NEVER and (len(word) > 2 or "." in word):
        size = town(_proper(word))
    like = SURNAME_LIKE.fullmatch(low.rpartition("-")[2]) if cap else None
    lex = _lex(word, shape, bits, size, surname=like is not None)
    plain = "w=" + re.sub(r"\d", "0", low) if shape in {SHAPES["number"], SHAPES["alnum"]} else "w=" + low
    classes = classes_of(bits)
    near = [plain, f"sh={shape}", *("c=" + name for name in classes)]
    own = [plain, "sh=" + _pattern(word), f"cm={'+'.join(classes)}{size}", *near[2:]]
    if word[0].isalpha():
        near.append("s3=" + low[-3:])
    if cap:
        near.append(f"g={size}")
        if like:
            near.append(f"sx={like.lastgroup}")
        own += _capital(word, low, size, like)
    return Word(tuple(own), tuple(near), lex, shape, bits, cap, low)


def _capital(word: str, low: str, size: int, like: re.Match[str] | None) -> list[str]:
    """Features of a word with a capital."""
    found = [f"g={size}", f"len={min(len(word), 8)}"]
    found += [f"p{n}={low[:n]}" for n in (2, 3, 4) if len(low) > n]
    found += [f"s{n}={low[-n:]}" for n in (1, 2, 3, 4) if len(low) > n]
    if like:
        found.append(f"sx={like.lastgroup}")
    if "-" in word:
        known = lists().words
        parts = low.split("-")
        found += [f"h{min(n, 1)}={name}" for n, part in enumerate(parts[:3]) for name in classes_of(known.get(part, 0))]
        if known.get(parts[-1], 0) & NEVER or parts[-1].endswith("ed"):
            found.append("hneg")
    return found


def _proper(word: str) -> str:
    """A name in capitals as it is written otherwise."""
    return word.title() if len(word) > 3 and word.isupper() and "." not in word else word


def _bits(word: str, low: str) -> int:
    known = lists()
    bits = known.words.get(low, 0) | known.names.get(word, 0) | known.names.get(_proper(word), 0)
    if low.endswith("."):
        bits |= known.words.get(low[:-1], 0)
    return bits if low != word else bits & ~(BIT["first"] | BIT["surname"])


def _shape(word: str, *, cap: bool) -> int:
    first = word[0]
    if not any(map(str.isalpha, word)):
        name = "number" if first.isdigit() else "mark"
    elif first.isdigit():
        name = "alnum"
    elif not cap:
        name = "lower"
    elif "." in word:
        name = "initial" if len(word) == 2 else "dotted"
    elif len(word) == 1:
        name = "initial"
    elif "-" in word:
        name = "hyphen"
    elif word.isupper():
        name = "CAPS"
    else:
        name = "Cap" if first.isupper() and word[1:].islower() else "mixed"
    return SHAPES[name]


@lru_cache(maxsize=1 << 12)
def _collapsed(pattern: str) -> str:
    return re.sub(r"(.)\1+", r"\1\1", pattern)


def _pattern(word: str) -> str:
    """How a word is written: "Xxx" for "Oslo", "XX" for "NATO"."""
    return _collapsed("".join("X" if c.isupper() else "x" if c.isalpha() else "0" if c.isdigit() else c for c in word[:20]))


def _lex(word: str, shape: int, bits: int, size: int, *, surname: bool) -> int:
    if word in MARKS:
        return LEX[MARKS[word]]
    if shape == SHAPES["mark"]:
        return LEX["mark"]
    if shape == SHAPES["number"]:
        return LEX["number"]
    if word == word.lower():
        if word in PARTICLES:
            return LEX["particle"]
        return next((lex for bit, lex in SMALL if bits & bit), LEX["lower"])
    return _capital_lex(word, shape, bits, size, surname=surname)


def _capital_lex(word: str, shape: int, bits: int, size: int, *, surname: bool) -> int:
    if bits & (NEVER | BIT["title"] | BIT["org-suffix"]):
        return next(lex for bit, lex in NO_NAME if bits & bit)
    if size == 4 or bits & BIT["area"]:
        return LEX["country"]
    if size == 5:
        return LEX["region"]
    if shape == SHAPES["initial"] and not bits:
        return LEX["initial"]
    if known := next((lex for bit, lex in KNOWN if bits & bit), 0):
        return known
    if size == 3:
        return LEX["city"]
    if bits & BIT["first"]:
        return LEX["firstsur"] if bits & BIT["surname"] else LEX["first"]
    if noun := next((lex for bit, lex in NOUNS if bits & bit), 0):
        return noun
    if size:
        return LEX["city"] if size == 2 else LEX["town"]
    return _unknown(word, shape, surname=surname)


def _unknown(word: str, shape: int, *, surname: bool) -> int:
    """A word with a capital that no list has."""
    if shape == SHAPES["dotted"]:
        return LEX["dotted"]
    if shape == SHAPES["CAPS"]:
        return LEX["acronym"] if len(word) <= LONGEST_ACRONYM else LEX["cap"]
    if shape in {SHAPES["mixed"], SHAPES["alnum"]}:
        return LEX["mixed"]
    return LEX["surlike"] if surname else LEX["cap"]
