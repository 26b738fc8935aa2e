"""The recogniser of names: a conditional random field whose weights seeds/reference/names.py has trained, read into numpy.

Words between stretches are in no name, so that each stretch is decided by itself, and all of them at once.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tasks.extract.name_context import SIZES, TEMPLATES, WIDE, size_of
from tasks.extract.name_shapes import word_info

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tasks.extract.name_reading import Reading

LABELS = ("O", "BP", "IP", "BO", "IO", "BL", "IL")  # begins or goes on: person, organisation, place
OFFSETS = (-2, -1, 1, 2)
NEAR = ("-2", "-1", "1", "2", "L", "R", "Z", "A")  # neighbours: by distance, around the run, its last word, its first one
OWN = len(NEAR)
KEPT = 40_000  # words whose sums are kept
WEIGHTS = "names_weights.npz"
Floats: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.int32]


class Tagged(NamedTuple):
    """A name as words of a reading, `last` exclusive."""

    first: int
    last: int
    kind: str  # P, O, L
    sure: float  # 0-1


class Tagger:
    """The weights, and the sums of them for each word met so far.

    Weights: features (as lines), weights (features x kinds of neighbours x labels), keys and rows (values of templates and
    their weights; row 0 is empty), moves (label x next label), edges (first and last word of a stretch x labels).
    """

    def __init__(self, packed: Mapping[str, NDArray[np.generic]]) -> None:
        self.feature = {name: number for number, name in enumerate(packed["features"].tobytes().decode().split("\n"))}
        self.weights = packed["weights"].astype(np.float32)
        self.rows = packed["rows"].astype(np.float32)
        self.moves = packed["moves"].astype(np.float32)
        self.edges = packed["edges"].astype(np.float32)
        sizes = [size_of(template) for template in TEMPLATES]
        self.begin = np.array([0, *accumulate(sizes[:-1])], np.int32)[:, None]
        self.row_of = np.zeros(sum(sizes), np.int32)
        self.row_of[packed["keys"]] = np.arange(1, len(packed["keys"]) + 1)
        self.number: dict[str, int] = {}
        self._make_room(1024)

    def __call__(self, made: Reading) -> list[Tagged]:
        """The names of a reading in order."""
        if not made.places:
            return []
        labels, sure = decode(self.scores(made), self.moves, made.stretches)
        return list(_names(labels, sure, made.stretches))

    def scores(self, made: Reading) -> Floats:
        """Words of stretches x labels."""
        if len(self.number) > KEPT:
            self.number.clear()
        known = self.number
        ids = np.array([known[word] if word in known else self._add(word) for word in made.word], np.int32)
        places = np.array(made.places, np.int32)
        total: Floats = self.sums[ids[places], OWN]
        for kind, offset in enumerate(OFFSETS):
            total += self.sums[ids[places + offset], kind]
        for kind, name in enumerate(NEAR[len(OFFSETS) :], len(OFFSETS)):
            at = np.array(made.around[name], np.int32)
            total += self.sums[ids[at], kind] * (at > 0)[:, None]
        for rows in self._rows(made, ids, places):
            total += self.rows[rows]
        firsts = np.array(_firsts(made.stretches), np.int32)
        total[firsts] += self.edges[0]
        total[np.append(firsts[1:], len(total)) - 1] += self.edges[1]
        return total

    def _rows(self, made: Reading, ids: Ints, places: Ints) -> Ints:
        """Templates x words of stretches: the rows of their weights."""
        wide = {"lex": self.lex[ids], "shape": self.shape[ids]}
        columns = {name: np.array(column, np.int32) for name, column in made.columns.items()}
        columns |= {f"{name}@{offset}": wide[name][places + offset] for name in WIDE for offset in range(-3, 4)}
        values = np.zeros((len(TEMPLATES), len(places)), np.int32)
        for number, template in enumerate(TEMPLATES):
            for name, offset in template:
                values[number] = values[number] * SIZES[name] + columns[f"{name}@{offset}" if name in WIDE else name]
        found: Ints = self.row_of[values + self.begin]
        return found

    def _add(self, word: str) -> int:
        """Sum up the weights of a word that is met for the first time."""
        number = self.number[word] = len(self.number)
        if number == len(self.lex):
            self._make_room(2 * number)
        info = word_info(word)
        feature = self.feature
        near = [feature[name] for name in info.near if name in feature]
        own = [feature[name] for name in ("0" + name for name in info.own) if name in feature]
        self.sums[number, :OWN] = self.weights[near].sum(axis=0)
        self.sums[number, OWN] = self.weights[own, 0].sum(axis=0)
        self.lex[number], self.shape[number] = info.lex, info.shape
        return number

    def _make_room(self, words: int) -> None:
        sums = np.zeros((words, OWN + 1, len(LABELS)), np.float32)
        lex, shape = np.zeros((2, words), np.int32)
        if known := len(self.number):
            old = known - 1  # the last one is still to come
            sums[:old], lex[:old], shape[:old] = self.sums[:old], self.lex[:old], self.shape[:old]
        self.sums: Floats = sums
        self.lex: Ints = lex
        self.shape: Ints = shape


@cache
def tagger() -> Tagger:
    """The recogniser that comes with the project."""
    with (files("tasks.extract") / "data" / WEIGHTS).open("rb") as file, np.load(file) as packed:
        return Tagger({name: packed[name] for name in packed.files})


def _firsts(stretches: list[tuple[int, int]]) -> list[int]:
    """The place of the first word of each stretch."""
    return [0, *accumulate(last - first for first, last in stretches[:-1])]


def decode(scores: Floats, moves: Floats, stretches: list[tuple[int, int]]) -> tuple[list[int], list[float]]:
    """The likeliest labels, and how likely each is: Viterbi and forward-backward over all stretches at once."""
    lengths = np.array([last - first for first, last in stretches], np.int32)
    order = np.argsort(-lengths, kind="stable")
    firsts = np.array(_firsts(stretches), np.int32)[order]
    lengths = lengths[order]
    reaching = [int(n) for n in np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")]  # longer than each step
    best, total, after = scores.copy(), scores.copy(), np.zeros_like(scores)
    back = np.zeros(scores.shape, np.int8)
    odds = np.exp(moves)
    for step in range(1, len(reaching)):
        now = firsts[: reaching[step]] + step
        ways = best[now - 1][:, :, None] + moves
        back[now] = ways.argmax(axis=1)
        best[now] += ways.max(axis=1)
        total[now] += _log_sum(total[now - 1], odds)
    labels = np.zeros(len(scores), np.int32)
    ends = firsts + lengths - 1
    labels[ends] = best[ends].argmax(axis=1)
    for step in range(len(reaching) - 2, -1, -1):
        now = firsts[: reaching[step + 1]] + step
        labels[now] = back[now + 1, labels[now + 1]]
        after[now] = _log_sum(scores[now + 1] + after[now + 1], odds.T)
    joint = total + after
    joint = np.exp(joint - joint.max(axis=1, keepdims=True))
    sure = joint[np.arange(len(labels)), labels] / joint.sum(axis=1)
    return labels.tolist(), sure.tolist()


def _log_sum(values: Floats, odds: Floats) -> Floats:
    """The logarithm of the sum over the labels before (or behind)."""
    top = values.max(axis=1, keepdims=True)
    summed: Floats = np.log(np.exp(values - top) @ odds) + top
    return summed


def _names(labels: list[int], sure: list[float], stretches: list[tuple[int, int]]) -> Iterator[Tagged]:
    """The names that labels tell; a name is as sure as its least sure word."""
    begun = 0
    for first, last in stretches:
        i = 0
        while i < last - first:
            label = LABELS[labels[begun + i]]
            end = i + 1
            if label != "O":
                while end < last - first and LABELS[labels[begun + end]] == "I" + label[1]:
                    end += 1
                yield Tagged(first + i, first + end, label[1], min(sure[begun + i : begun + end]))
            i = end
        begun += last - first
