"""The words of a text, as the search index has them: any script, without case and diacritics, and their stems."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from tantivy import TextAnalyzer

# Japanese, Chinese, Korean, Thai, Lao, Burmese, Khmer: each character is a word, and what is asked for a phrase of them.
SPACELESS = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\uac00-\ud7a3\u0e00-\u0e7f\u0e80-\u0eff"
    "\u1000-\u109f\u1780-\u17ff"
)
# What stands within a word and is no letter: combining marks, Indic vowel signs, joiners, soft hyphens.
MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
LETTER = rf"[^\W\d_{SPACELESS}]"
WORD = re.compile(
    rf"[A-Za-z]{{2,}}+(?![\w{MARKS}])"  # most words: told apart at a third less time
    rf"|[{SPACELESS}]"
    rf"|(?<!\w)(?:{LETTER}\.)+{LETTER}(?!\w)\.?"  # U.S., p.m.: one word
    r"|\d{1,3}(?:[.,]\d{3})+(?!\d)"  # 1,200 and 1.200: the number 1200
    rf"|[^\W_{SPACELESS}][^\W_{SPACELESS}{MARKS}]*(?:[{MARKS}]+[^\W_{SPACELESS}{MARKS}]*)*"
)
# Dropped from a word: points and commas within it, diacritics (but for the breve that makes another letter of a Cyrillic one),
# Hebrew and Arabic vowels, the Arabic tatweel, joiners and soft hyphens.
DROPPED = re.compile(
    "[\\s.,\u2044\u00ad\u0300-\u0305\u0307-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]"
    "|(?<!\u0438)\u0306"
)
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ى": "ي", "ة": "ه"}
    | {chr(zero + n): str(n) for zero in (0x0660, 0x06F0) for n in range(10)}
)
LONGEST = 64  # characters of a word; what is beyond counts for nothing, so that no blob of base64 fills the index
KEPT = 100_000  # words remembered, about 15 MB; beyond, the cache begins anew
STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nb": "norwegian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


class Folds(dict[str, str]):
    """Words as they are compared, by how they are printed."""

    def __missing__(self, word: str) -> str:
        """Fold a word that is not remembered."""
        if len(self) >= KEPT:
            self.clear()
        folded = DROPPED.sub("", normalize("NFKD", word.casefold()))
        self[word] = (normalize("NFC", folded).translate(LETTERS) or word.casefold())[:LONGEST]
        return self[word]


class Stems(dict[str, str]):
    """Stems of one language, by how words are printed; each with its language before it, for "nation" is not one in all."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.analyzer = _analyzer(STEMMERS[language])

    def __missing__(self, word: str) -> str:
        """Find the stem of a word that is not remembered."""
        if len(self) >= KEPT:
            self.clear()
        stem = self.analyzer.analyze(normalize("NFC", word.casefold().replace(".", "")))
        self[word] = f"{self.language}:{FOLDS[stem[0] if stem else word]}"
        return self[word]


FOLDS = Folds()


def words(text: str) -> list[str]:
    """The words of a text, as printed."""
    return WORD.findall(text)


def folded(printed: list[str]) -> list[str]:
    """Words as they are compared."""
    return list(map(FOLDS.__getitem__, printed))


@cache
def stems(language: str | None) -> Stems | None:
    """The stems of a language; None if there are no rules for it."""
    return Stems(language) if language in STEMMERS else None


@lru_cache(maxsize=1_000)
def stems_of(word: str) -> frozenset[str]:
    """Stems by which other forms of a word are known in any language: its own, and itself where that is cut too short."""
    own = {found[word] for language in STEMMERS if (found := stems(language)) is not None}
    return frozenset(own | {f"{language}:{FOLDS[word]}" for language in STEMMERS})


def _analyzer(language: str) -> TextAnalyzer:
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer  # noqa: PLC0415  only who searches pays for it

    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(language)).build()
