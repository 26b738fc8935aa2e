"""Fingerprints: what tells whether two texts are the same, or one lies in the other.

Word 5-grams, each hashed to 64 bits, of which those below a threshold are kept (FracMinHash): the same gram is kept or left
in every text, so that containment can be measured between texts of any length. Jaccard and MinHash lose truncated copies.

Beside them the facts, numbers and names: of two weather reports most words agree, and hardly a fact.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from tasks.overlap import threshold
from tasks.types import Print
from tasks.words import normal_words
from warehouse.models import SAMPLED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tasks.types import Article


@dataclass(frozen=True, slots=True)
class Config:
    """The science; changing any number makes old prints incomparable."""

    words: int = 5  # a gram: 3 finds common phrases, 8 misses edited sentences
    every: int = SAMPLED  # one gram in so many is kept: about 62 of a 500-word text; 16 costs a hundredth of F1
    short: int = 200  # texts of up to so many words keep all grams: an eighth of them is too few to measure by
    fewest: int = 8  # words below which equal texts prove nothing ("Photo gallery", "More follows")


CONFIG = Config()
FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F], np.uint64
)
MOST_REMEMBERED = 100_000  # words: about 10 MB
UPPER = "A-ZÀ-ÖØ-ÞĀ-žΆ-ΫЀ-ЯԱ-Ֆ"
NAME = re.compile(rf" [{UPPER}](?<![.!?…:”’\"] .)\w*")  # a word in capitals that begins no sentence
NUMBER = re.compile(r"\d[\d.,:]*")
MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))  # finaliser of splitmix64


def fingerprint(article: Article) -> Print:
    """The prints of an article's text."""
    words = normal_words(article.text)
    title = " ".join(normal_words(article.title or ""))
    text = " ".join(words)
    content = _sha(text) if len(words) >= CONFIG.fewest else ""
    version = _sha(f"{title}\n{text}")
    every = 1 if len(words) <= CONFIG.short else CONFIG.every
    return Print(content, version, len(words), every, sample(words, every), facts(article.text))


def sample(words: list[str], every: int) -> NDArray[np.uint64]:
    """Sorted distinct hashes of a text's word 5-grams, one in `every`."""
    if not words:
        return np.empty(0, np.uint64)
    hashes = np.fromiter(map(_WORDS.__getitem__, words), np.uint64, len(words))
    n = max(1, len(words) - CONFIG.words + 1)
    grams = np.zeros(n, np.uint64)
    for i, factor in enumerate(FACTORS[: len(words)]):
        grams += hashes[i : i + n] * factor
    grams ^= grams >> np.uint64(30)
    grams *= MIX[0]
    grams ^= grams >> np.uint64(27)
    grams *= MIX[1]
    grams ^= grams >> np.uint64(31)
    if every > 1:
        grams = grams[grams < threshold(every)]
    return np.unique(grams)


def facts(text: str) -> NDArray[np.uint32]:
    """Sorted distinct hashes of a text's numbers (odd ones) and names (even ones); separators and case do not count."""
    numbers = {zlib.crc32(number.replace(",", "").rstrip(".:").encode()) | 1 for number in NUMBER.findall(text)}
    names = {zlib.crc32(name[1:].casefold().encode("utf-8", "surrogatepass")) & ~1 for name in NAME.findall(text)}
    return np.array(sorted(numbers | names), np.uint32)


class _Words(dict[str, int]):
    """Words' hashes, remembered: a look-up costs a fifth of hashing anew."""

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        data = word.encode("utf-8", "surrogatepass")
        self[word] = value = zlib.crc32(data) << 32 | zlib.crc32(data, 0x5BD1E995)
        return value


_WORDS = _Words()


def _sha(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
