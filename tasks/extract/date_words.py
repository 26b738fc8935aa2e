"""The words of dates, by language: the class of each token of a text, one character each, and what the token is worth.

The tables stand in data/dates_LANGUAGE.tsv: class, value, words (a phrase has `_` for its spaces). A class of one character is
that of a token (`date_grammar` lists them); a longer one is the name of a list of words that the readers ask for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

LANGUAGES = ("en", "de", "fr", "es")
LARGEST = 20_000  # different tokens whose class is remembered
PIECE = (
    r"[aApP]\.[mM]\.?|{elided}[^\W\d_]++(?:['’](?![sS](?!\w))[^\W\d_]++)*+\d*+"
    r"|\d{{1,2}}h\d\d(?!\w)|\d++(?:[.,:/]\d++)*+[^\W\d_º°ª]*+[º°ª]?+|['’]\d\ds?(?!\w)|['’][sS](?!\w)|\n\s*+|[^\w\s]|_"
)
TAIL = r"(?:[^\S\n]*+(?:\n(?![^\S\n]*\n)[^\S\n]*+)?+)"  # a blank line is a token
ELIDED = r"(?:[ldjmtnscLDJMTNSC]|[Qq]u|[Jj]usqu|[Ll]orsqu)['’](?=[^\W\d_])|"
MARKS = {"-": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "'": "'", "’": "'", "'s": "s", "'S": "s"} | {
    c: c for c in ",.()/:;!?$€£¥%"
}
ORDINALS = {"en": ("st", "nd", "rd", "th"), "fr": ("er", "ère", "re", "e", "ème", "ième"), "es": ("º", "ª", "°", "er", "o", "a")}
NUMBER = re.compile(r"(\d+)([^\W\d_º°ª]*[º°ª]?)")
CLOCK = re.compile(r"(\d{1,2})(?:[:h.](\d\d)(?::(\d\d))?|h)?([ap]m)?", re.IGNORECASE)
FIGURES = re.compile(r"\d{1,2}([./])\d{1,2}\1(?:\d{4}|\d\d)|\d{4}[./]\d{1,2}[./]\d{1,2}")
YEARS = re.compile(r"(?:1[5-9]|20)\d\d/\d\d(?:\d\d)?")
CODE = re.compile(r"([QTH])([1-4])|FY((?:20|19)?\d\d)")


class Word(NamedTuple):
    """The class of a token and its value; what the value is depends on the class."""

    kind: str
    value: str


NOTHING = Word("_", "")
NONE: frozenset[str] = frozenset()
VERBS = ("to", "fixed", "planned", "scheduled", "future", "modal", "past", "present", "pronouns")


@dataclass(frozen=True, slots=True)
class Line:
    """A text cut into tokens, each with the white space behind it, and their classes."""

    pieces: list[str]
    kinds: str
    ends: list[int]  # offsets behind each piece, white space included

    def start(self, at: int) -> int:
        """The first character of a token."""
        return self.ends[at - 1] if at else 0

    def end(self, at: int) -> int:
        """The end of a token, without the white space behind it."""
        return self.start(at) + len(self.pieces[at].rstrip())

    def word(self, at: int) -> str:
        """A token in small letters; none beyond the text."""
        return self.pieces[at].rstrip().lower() if 0 <= at < len(self.pieces) else ""


class _Kinds(dict[str, str]):
    """The class of every piece seen so far."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, piece: str) -> str:
        if len(self) > LARGEST:
            self.clear()
        kind = self.lexicon.word(piece).kind
        if _key(piece) in self.lexicon.phrases:
            kind = chr(ord(kind) + PHRASE)
        self[piece] = kind
        return kind


PHRASE = 0xF0000  # added to the class of a word that begins phrases: far from all marks, which are their own class
BEGINS = re.compile(rf"[{chr(PHRASE)}-{chr(PHRASE + 0xFF)}]")
PLAIN = {code + PHRASE: chr(code) for code in range(0x100)}


@dataclass
class Lexicon:
    """The words of one language."""

    language: str
    words: dict[str, Word] = field(default_factory=dict)
    phrases: dict[str, dict[str, list[tuple[str, ...]]]] = field(
        default_factory=dict
    )  # by their first two words, the longest first
    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    verbs: frozenset[str] = NONE  # all words that say whether something is past or to come
    past_endings: tuple[str, ...] = ()
    future_endings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        piece = PIECE.format(elided=ELIDED if self.language == "fr" else "")
        self.piece = re.compile(rf"(?:{piece}){TAIL}")
        self.kinds = _Kinds(self)

    def read(self, text: str) -> Line:
        """The tokens of a text; phrases are one token."""
        lead = text[: len(text) - len(text.lstrip())]
        pieces = self.piece.findall(text, len(lead))
        kinds = "".join(map(self.kinds.__getitem__, pieces))
        if lead:
            pieces.insert(0, lead)
            kinds = "_" + kinds
        if BEGINS.search(kinds):
            kinds = self._join(pieces, kinds)
        return Line(pieces, kinds, list(accumulate(map(len, pieces))))

    def _join(self, pieces: list[str], kinds: str) -> str:
        """Make each phrase one piece; what is left are the classes."""
        for begin in reversed([m.start() for m in BEGINS.finditer(kinds)]):
            following = _key(pieces[begin + 1]) if begin + 1 < len(pieces) else ""
            for phrase in self.phrases[_key(pieces[begin])].get(following, ()):
                end = begin + len(phrase)
                if len(phrase) == 2 or tuple(map(_key, pieces[begin:end])) == phrase:
                    pieces[begin:end] = ["".join(pieces[begin:end])]
                    kinds = kinds[:begin] + self.word(pieces[begin]).kind + kinds[end:]
                    break
        return kinds.translate(PLAIN)

    def has(self, name: str, word: str) -> bool:
        """Whether a word is in a list."""
        return word in self.lists.get(name, NONE)

    def word(self, piece: str) -> Word:
        """The class and value of a token or phrase."""
        word = piece.rstrip()
        if not word:
            return Word("¶", "")
        if word[0].isdecimal():
            return self._number(word)
        if word.isalpha():
            return self._plain(word)
        word = word.replace("’", "'")
        found = (
            self.words.get(word)
            or self.words.get(word.lower())
            or (self.words.get(word.capitalize()) if word.isupper() else None)
        )
        if found is not None:
            return found
        if word[0] == "'" and len(word) >= 3 and word[1].isdecimal():
            return Word("D" if word[-1] == "s" else "Y", word[1:3])
        if word in MARKS:
            return Word(MARKS[word], word)
        if code := CODE.fullmatch(word):
            return Word("l", code[3]) if code[3] else Word("q", word)
        return self.words.get(_joined(_key("".join(word.split()))), NOTHING)

    def _plain(self, word: str) -> Word:
        low = word.lower()
        found = self.words.get(word) or self.words.get(low) or (self.words.get(word.capitalize()) if word.isupper() else None)
        return found or self.words.get(_joined(low), NOTHING)

    def _number(self, word: str) -> Word:
        if number := NUMBER.fullmatch(word):
            digits, suffix = number[1], number[2].lower()
            if not suffix:
                return Word(_size(digits), digits)
            if suffix in ORDINALS.get(self.language, ()) and len(digits) <= 2:
                return Word("O", digits)
            if digits[-1] == "0" and len(digits) in {2, 4} and suffix == ("er" if self.language == "de" else "s"):
                return Word("D", digits)
            if suffix == "t" and len(digits) == 2:  # of an ISO time
                return Word("d", digits)
        if word == "9/11" and self.language == "en":
            return Word("H", "9/11")
        if FIGURES.fullmatch(word):
            return Word("C", word)
        if YEARS.fullmatch(word):
            return Word("2", word)
        clock = CLOCK.fullmatch(word)
        if clock and int(clock[1]) <= 24 and ":" not in word[5:] and ("." not in word or clock[4]):
            return Word("c", word)
        return Word("½", word) if word in {"1/2", "1/4", "3/4"} else Word("#", word)


def _size(digits: str) -> str:
    if len(digits) <= 2 and 1 <= int(digits) <= 31:
        return "d"
    if len(digits) == 4 and "1000" <= digits <= "2199":
        return "y"
    return "n" if len(digits) <= 4 else "#"


def _key(piece: str) -> str:
    return piece.rstrip().lower().replace("’", "'")


def _joined(phrase: str) -> str:
    """The key of a phrase among the words."""
    return "_" + phrase


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language; none but figures where there is no table."""
    new = Lexicon(language)
    if language not in LANGUAGES:
        return new
    text = (files("tasks.extract") / "data" / f"dates_{language}.tsv").read_text("utf-8")
    for kind, value, words in (line.split("\t") for line in text.splitlines()[1:]):
        if len(kind) > 1:
            new.lists[kind] = frozenset(words.split())
            continue
        for word in words.split():
            parts = tuple(_key(piece) for piece in new.piece.findall(word.replace("_", " ")))
            new.words[_joined("".join(parts)) if len(parts) > 1 else word] = Word(kind, value)
            if len(parts) > 1:
                new.phrases.setdefault(parts[0], {}).setdefault(parts[1], []).append(parts)
    for by_second in new.phrases.values():
        for phrases in by_second.values():
            phrases.sort(key=len, reverse=True)
    new.verbs = frozenset().union(*(new.lists.get(name, NONE) for name in VERBS))
    new.past_endings, new.future_endings = (tuple(new.lists.get(f"{tense}-endings", ())) for tense in ("past", "future"))
    new.kinds.clear()
    return new
