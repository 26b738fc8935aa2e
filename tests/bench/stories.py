"""Invented stories for measuring: 500 words whose frequencies are those of a language, so that caches and indexes see a natural load.

The commonest words are English, all others are made of syllables. Story n is the same on every machine, and no two are alike.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

COMMON = (
    "the of to and in a that for was on is with said as at it by from be he are have has an will not they which were this its "
    "but had who or been more their after his she one would about than up also last two when there first new years people could "
    "over into year out other time some can if three made government most city before police only during her because while many"
).split()
VOCABULARY = 30_000  # distinct words: about what 50,000 real articles hold without names
SHIFT, SLOPE = 2.7, 1.07  # Zipf and Mandelbrot: the word of rank r comes with a frequency of 1 / (r + SHIFT) ** SLOPE
ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl r s st t tr v w z".split()
VOWELS = "a e i o u ai ea ou".split()
CODAS = ("", "", "", "n", "r", "s", "t", "l", "m", "nd")
FIRST = "Anouk Bashir Celeste Dmitri Efua Farid Greta Hamish Ines Jomo Katya Leopold Mirela Nadia Otis Priya".split()
TOWNS = "NAIROBI OSLO LIMA HALIFAX DAKAR KIGALI GALWAY PERTH QUITO TURIN VIENNA LISBON ACCRA MANILA".split()
MONTHS = "January February March April May June July August September October".split()


@dataclass(frozen=True, slots=True)
class Story:
    """A story's parts; `paragraphs` begin with the wire's opening if it has one."""

    number: int
    headline: str
    author: str
    published: str  # ISO 8601, UTC
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """As a plain-text file holds it: headline, byline on every third, paragraphs."""
        byline = [f"By {self.author}"] if self.number % 3 == 0 else []
        return "\n\n".join([self.headline, *byline, *self.paragraphs]) + "\n"

    @property
    def url(self) -> str:
        """Where it would stand, with a parameter that means nothing."""
        return f"https://www.paper-{self.number % 7}.example/news/{self.number}/?utm_source=wire#top"

    def record(self) -> dict[str, str]:
        """As a line of JSONL holds it."""
        return {
            "id": f"story-{self.number}", "url": self.url, "title": self.headline, "author": self.author,
            "published": self.published, "text": "\n\n".join(self.paragraphs),
        }  # fmt: skip


def story(number: int, words: int = 500) -> Story:
    """The story of that number."""
    chance = Random(number)
    vocabulary, weights = _words()
    drawn = chance.choices(vocabulary, cum_weights=weights, k=words)
    quotes = "“”" if number % 4 < 2 else '""'
    sentences: list[str] = []
    while drawn:
        length = min(len(drawn), chance.randint(9, 29))
        sentences.append(_sentence(drawn[-length:], quotes, chance))
        del drawn[-length:]
    if number % 2:
        day = f", {MONTHS[number % 10][:3]}. {1 + number % 28}" if number % 5 == 0 else ""
        sentences[0] = f"{TOWNS[number % len(TOWNS)]}{day} (MNA) — {sentences[0]}"
    headline = " ".join(chance.choices(vocabulary, cum_weights=weights, k=8)).capitalize()
    paragraphs = tuple(" ".join(sentences[i : i + 2]) for i in range(0, len(sentences), 2))
    published = f"2026-{1 + number % 10:02d}-{1 + number % 28:02d}T{number % 24:02d}:{number % 60:02d}:17+00:00"
    return Story(number, headline, name(chance), published, paragraphs)


def name(chance: Random) -> str:
    """A person who does not exist."""
    return f"{chance.choice(FIRST)} {_words()[0][chance.randrange(2_000, 6_000)].capitalize()}"


def write_files(folder: Path, numbers: Iterable[int]) -> None:
    """One plain-text file a story, five hundred a folder."""
    for number in numbers:
        place = folder / f"{number // 500:04d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"story-{number:06d}.txt").write_text(story(number).text, encoding="utf-8")


def write_lines(path: Path, numbers: Iterable[int]) -> None:
    """One JSONL file, a story a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(story(number).record(), ensure_ascii=False) + "\n" for number in numbers)


def _sentence(words: list[str], quotes: str, chance: Random) -> str:
    words[0] = words[0].capitalize()
    kind = chance.random()
    if kind < 0.4 and len(words) > 6:
        words[3] = name(chance)
        words[6] += ","
    if kind < 0.1 and len(words) > 6:
        words[5] = str(chance.randint(2, 9_999))
    body = " ".join(words)
    return f"{quotes[0]}{body},{quotes[1]} said {name(chance)}." if kind > 0.85 else body + "."


@cache
def _words() -> tuple[list[str], list[float]]:
    """The vocabulary by rank, and its cumulative weights. Common words are short."""
    chance = Random(1605)  # the year of the first newspaper
    found = dict.fromkeys(COMMON)
    while len(found) < VOCABULARY:
        syllables = 1 if len(found) < 250 else 2 if len(found) < 4_000 else chance.choice((2, 2, 3, 3))
        parts = (chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS) for _ in range(syllables))
        found["".join(parts)] = None
    weights = accumulate(1 / (rank + SHIFT) ** SLOPE for rank in range(1, len(found) + 1))
    return list(found), list(weights)
