"""Which words of two texts belong together: whole sentences first, then the words of those that differ.

The longest common subsequence is found exactly, a row of the table to one integer, so that its time depends on the lengths only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

MOST = 100_000_000  # words × words that are compared exactly: 12 MB, some 50 ms; beyond it, words are counted only
KIN = 0.4  # share of the shorter of two sentences: with fewer words in common, one did not become the other
END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+\s+|[。！？｡]++[”」』）]*+\s*+|\n\s*+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `before[start:end]` and `after[after_start:after_end]`: the same ones, or those that one text has instead."""

    start: int
    end: int
    after_start: int
    after_end: int
    same: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts side by side, in stretches that cover both; no two neighbours are of one kind."""

    stretches: tuple[Stretch, ...]
    counted: int  # words that stretches too long to be aligned have in common, wherever they stand
    share: float  # of the words of both texts: those that are not in the other at the same place, 0–1


def align(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> Alignment:
    """The alignment of two texts, each given as sentences of words; positions count words from the text's beginning."""
    ends, after_ends = list(accumulate(map(len, before), initial=0)), list(accumulate(map(len, after), initial=0))
    words, after_words = list(chain.from_iterable(before)), list(chain.from_iterable(after))
    pairs: list[tuple[int, int]] = []
    counted, room = 0, MOST
    whole, _ = _common([tuple(s) for s in before], [tuple(s) for s in after], room)
    for (s, t), (u, v) in pairwise([(-1, -1), *whole, (len(before), len(after))]):
        lo, hi, after_lo, after_hi = ends[s + 1], ends[u], after_ends[t + 1], after_ends[v]
        found, more = _common(words[lo:hi], after_words[after_lo:after_hi], room)
        pairs += [(lo + i, after_lo + j) for i, j in found]
        counted += more
        room -= (hi - lo) * (after_hi - after_lo) if not more else 0
        if u < len(before):
            pairs += zip(range(ends[u], ends[u + 1]), range(after_ends[v], after_ends[v + 1]), strict=True)
    pairs = _kin(pairs, ends, after_ends)
    total = len(words) + len(after_words)
    share = 1 - 2 * (len(pairs) + counted) / total if total else 0.0
    return Alignment(tuple(_stretches(pairs, len(words), len(after_words))), counted, share)


def sentences(text: str) -> list[str]:
    """The sentences of a text, verbatim with the white space behind them; a new line ends one, too."""
    cuts = [0, *(end.end() for end in END.finditer(text)), len(text)]
    return [text[a:b] for a, b in pairwise(cuts) if a < b]


def _common(one: Sequence[Hashable], other: Sequence[Hashable], most: int) -> tuple[list[tuple[int, int]], int]:
    """Places of a longest common subsequence, and 0.

    Of what is too long, only the equal beginnings and ends, and how many of the rest both have, each with the next word.
    """
    limit = min(len(one), len(other))
    lead = next((k for k in range(limit) if one[k] != other[k]), limit)
    last = next((k for k in range(limit - lead) if one[-1 - k] != other[-1 - k]), limit - lead)
    shared = set(one[lead : len(one) - last]) & set(other[lead : len(other) - last])
    rows = [i for i in range(lead, len(one) - last) if one[i] in shared]
    columns = [j for j in range(lead, len(other) - last) if other[j] in shared]
    counted, inner = 0, []
    if len(rows) * len(columns) <= most:
        inner = [(rows[i], columns[j]) for i, j in _longest([one[i] for i in rows], [other[j] for j in columns])]
    else:
        counted = (Counter(pairwise(one[i] for i in rows)) & Counter(pairwise(other[j] for j in columns))).total()
    ends = [(len(one) - k, len(other) - k) for k in range(last, 0, -1)]
    return [*((k, k) for k in range(lead)), *inner, *ends], counted


def _longest(one: list[Hashable], other: list[Hashable]) -> list[tuple[int, int]]:
    """A longest common subsequence by bit vectors (Hyyrö 2004): a bit of a row is 0 where the length grows in its column."""
    where: dict[Hashable, int] = {}
    for j, word in enumerate(other):
        where[word] = where.get(word, 0) | 1 << j
    every = row = (1 << len(other)) - 1
    table = [row]
    for word in one:
        met = row & where[word]
        row = (row + met | row - met) & every
        table.append(row)
    i, j, places = len(one), len(other), []
    while i and j:
        if table[i] >> j - 1 & 1:
            j -= 1
        elif not table[i - 1] >> j - 1 & 1:
            i -= 1
        else:
            i, j = i - 1, j - 1
            places.append((i, j))
    return places[::-1]


def _kin(pairs: list[tuple[int, int]], ends: list[int], after_ends: list[int]) -> list[tuple[int, int]]:
    """Pairs without those by which a sentence only happens to have words of another."""
    of = [(bisect_right(ends, i), bisect_right(after_ends, j)) for i, j in pairs]  # counted from 1
    kin = {
        (s, t) for (s, t), n in Counter(of).items() if n >= KIN * min(ends[s] - ends[s - 1], after_ends[t] - after_ends[t - 1])
    }
    return [pair for pair, sentence in zip(pairs, of, strict=True) if sentence in kin]


def _stretches(pairs: list[tuple[int, int]], n: int, after_n: int) -> Iterator[Stretch]:
    start = after_start = end = after_end = 0  # of the run of equal words at hand
    for i, j in [*pairs, (n, after_n)]:
        if (i, j) != (end, after_end) or i == n:
            if start < end:
                yield Stretch(start, end, after_start, after_end, same=True)
            if (i, j) != (end, after_end):
                yield Stretch(end, i, after_end, j, same=False)
            start, after_start = i, j
        end, after_end = i + 1, j + 1
