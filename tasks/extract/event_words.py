"""Kinds of English words, one letter each, by which actions and those who act are read; the words are in actions_words.tsv.

m modal, h have, e be, o do, 1 2 3 4 the same with "not" in them, n not, a adverb, H having, B being;
V verb, v verb or noun, Z verb in -s, z that or a noun in the plural, F past, E past or participle, U participle, G -ing, g that
or a noun; D determiner, K number, J adjective, N noun or unknown, C name by its capital, x possessive, $ currency;
P subject pronoun, O object pronoun, p either ("it"), W who or which, T that; t to, b by, f of, i preposition, r particle or
preposition, q preposition or subordinator, s subordinator, c and, k but, y time;
, comma, - dash, ; colon or semicolon, ( ) brackets, . end of a sentence, Q quotation.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tasks.extract.name_words import LINKED
from tasks.extract.quote_words import QUOTE

LARGEST = 50_000  # words whose kind is kept
_SIGNS = {
    **dict.fromkeys(",", ","),
    **dict.fromkeys(("–", "—", "―", "--", "-", "|"), "-"),
    **dict.fromkeys(";:", ";"),
    **dict.fromkeys("([", "("),
    **dict.fromkeys(")]", ")"),
    **dict.fromkeys(".?!…•\n", "."),
    **dict.fromkeys("$€£¥#", "$"),
    "/": "C",
    "I": "P",
    QUOTE: "Q",
    "": ".",
    **dict.fromkeys(("'s", "’s", "'S", "’S"), "x"),
}
_IN_TITLES = frozenset("DtbficqW")  # small words keep their kind where they have a capital


class Form(NamedTuple):
    """A form of a verb: its base and the letter of its kind."""

    base: str
    kind: str


class Kinds(dict[str, str]):
    """The kind of every word seen so far, by the word as it is printed within a sentence."""

    def __missing__(self, word: str) -> str:
        if len(self) > LARGEST:
            self.clear()
        kind = self[word] = _kind(word)
        return kind


KINDS = Kinds()


def first_kind(word: str) -> str:
    """The kind of a word with a capital that begins a sentence: a name, unless it is known to be something else."""
    low = word.lower()
    if (len(word) > 1 and word.isupper()) or low in words("y"):
        return KINDS[word]
    kind = KINDS[low]
    if kind in "EG" and low in verbs() and low.endswith(("ed", "ing")):
        return kind
    return "C" if kind in "NvzVZFUEG" and low not in words("group") else kind


@cache
def tables() -> dict[str, list[str]]:
    """The words of every class of actions_words.tsv, in order."""
    found: dict[str, list[str]] = {}
    text = (files("tasks.extract") / "data" / "actions_words.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        name, _, listed = line.partition("\t")
        found.setdefault(name, []).extend([listed] if name == "irregular" else listed.split())
    return found


@cache
def words(name: str) -> frozenset[str]:
    """The words of a class."""
    return frozenset(tables()[name])


@cache
def verbs() -> dict[str, Form]:
    """The forms of every verb known."""
    irregular = {line.split()[0]: line.split()[1:] for line in tables()["irregular"]}
    found = {word: Form(word, "E") for word in tables()["adjective"]}  # "is due to", "is ready to"
    for name, base_kind, third_kind in (("verb", "V", "Z"), ("noun-verb", "v", "z")):
        for base in tables()[name]:
            found.setdefault(base, Form(base, base_kind))
            found.setdefault(_third(base), Form(base, third_kind))
            past, participle = irregular.get(base) or ("", "")
            for stem in _stems(base):
                found.setdefault(stem + "ing", Form(base, "g" if stem + "ing" in words("noun-ing") else "G"))
                if not past:
                    found.setdefault(_past(stem, base), Form(base, "E"))
            _add_irregular(found, base, past, participle)
    return found


def _add_irregular(found: dict[str, Form], base: str, past: str, participle: str) -> None:
    """Add a past and a participle that are not regular, unless a noun or another verb is far more common."""
    for form, kind in ((past, "E"),) if past == participle else ((past, "F"), (participle, "U")):
        if form == base and kind == "U":
            continue  # "come": its base form tells enough
        known = found.get(form)
        if form and (form == base or known is None or known.kind != "v"):
            found[form] = Form(base, kind)


def _stems(base: str) -> list[str]:
    """What -ing is added to; some double their last letter, some in one spelling of English only."""
    if base.endswith("ie"):
        return [base[:-2] + "y"]
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return [base[:-1]]
    return [base + base[-1], base] if base in words("doubled") else [base]


def _past(stem: str, base: str) -> str:
    if base.endswith("ie"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return stem + ("d" if stem.endswith("e") else "ed")


def _third(base: str) -> str:
    if base[-1] == "y" and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "go", "do", "to")) else "s")


@cache
def _closed() -> dict[str, str]:
    return {word: name for name, listed in tables().items() if len(name) == 1 for word in listed}


def _kind(word: str) -> str:
    sign = _SIGNS.get(word)
    if sign:
        return sign
    first, low = word[0], word.lower()
    if not first.isalnum():
        return "N" if first in "%°" else "a"
    if first.isdigit():
        return "N" if word[-1].isalpha() and "-" in word else "K"
    closed = _closed().get(low, "")
    if first.isupper():
        if closed == "y" and not word.isupper():
            return "y"
        return closed if closed in _IN_TITLES and closed and (len(word) == 1 or not word.isupper()) else "C"
    form = verbs().get(low)
    return closed or (form.kind if form else "C" if LINKED.match(word) else _by_ending(low))


def _by_ending(word: str) -> str:
    if len(word) <= 4 or "-" in word:
        return "N"
    if word.endswith("ly"):
        return "N" if word in words("no-adverb") else "a"
    if word.endswith("ed"):
        return "J" if word in words("no-ed") else "E"
    if word.endswith("ing"):
        return "N" if word in words("no-ing") else "g" if word in words("noun-ing") else "G"
    return "N"
