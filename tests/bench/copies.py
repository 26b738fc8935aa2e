"""What judging copies costs: into a small and a large history, with rensa's and datasketch's MinHash-LSH in the same run."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np
from datasketch import MinHash, MinHashLSH
from rensa import RMinHash, RMinHashLSH

from tasks.words import normal_words
from tests.bench.clock import uncollected
from tests.bench.stories import story
from tests.bench.table import Table
from tests.copydesk import DAY, Desk, doc
from warehouse.models import COARSE, Doc, name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PERMUTATIONS, SIMILAR, WORDS = 128, 0.5, 5  # of MinHash; Jaccard similarity from which on two texts are copies; a shingle
SEEN = 200_000  # phrases that many articles use
FACTS = 37  # numbers and names of an article, as measured on news
BEGIN = 20_000 * DAY


@dataclass(frozen=True, slots=True)
class Sizes:
    """Articles: in the small and in the large history, judged into each, and texts of which copies are looked for by all."""

    small: int
    large: int
    judged: int
    texts: int


FULL = Sizes(10_000, 1_000_000, 5_000, 1_500)
QUICK = Sizes(300, 1_200, 100, 40)


def tables(sizes: Sizes, evals: Path) -> Iterator[Table]:
    """Cost by length of history; then speed and quality beside the libraries."""
    yield _growth(sizes)
    yield _peers(sizes, evals)


def _growth(sizes: Sizes) -> Table:
    shown = Table(
        "copies",
        "what does judging cost as the history grows? (articles of 500 words within 30 days, a fifth of their grams in use elsewhere)",
        ("articles in the window", "judged per CPU s", "CPU ms each", "bytes an article in files"),
    )
    costs = []
    with TemporaryDirectory() as scratch:
        for size in (sizes.small, sizes.large):
            desk = Desk(Path(scratch) / str(size))
            _fill(desk, size)
            n_bytes = desk.history.n_bytes / size
            best = min(_cost(desk, list(_articles(sizes.judged, size + turn * sizes.judged, 30 * DAY))) for turn in range(3))
            costs.append(best)
            shown.add(f"{size:,}", f"{1 / best:,.0f}", f"{best * 1_000:.2f}", f"{n_bytes:,.0f}")
    shown.target("articles judged per CPU s, large history", 1 / costs[1], least=1_500)
    shown.target("cost into the large history by that into the small one", costs[1] / costs[0], most=1.5)
    return shown


def _cost(desk: Desk, docs: list[Doc]) -> float:
    with uncollected():
        started = process_time()
        desk.take(docs)
        return (process_time() - started) / len(docs)


def _fill(desk: Desk, size: int) -> None:
    """A history of so many articles over 30 days, in files."""
    step = 10_000
    for first in range(0, size, step):
        desk.history.add(list(_articles(min(step, size - first), first, 30 * DAY * first // size)))
        desk.history.save(1, everything=first + step >= size)


def _articles(n: int, first: int, after_s: int) -> Iterator[Doc]:
    """Articles as they are compared; making a million texts would take an hour. Grams are drawn as they are in real ones:
    most of them nobody else has, some a few have, and the commonest stand in three of a hundred articles."""
    chance = np.random.default_rng(first + 1)
    phrases = np.random.default_rng(0).integers(0, int(COARSE), SEEN, dtype=np.uint64)
    for number in range(first, first + n):
        common = phrases[(SEEN * chance.random(12) ** 2).astype(np.int64)]
        own = chance.integers(0, int(COARSE), 50, dtype=np.uint64)
        name, outlet = f"{number:016}", f"outlet-{number % 500}"
        facts = np.unique(chance.integers(0, 2**32, FACTS, dtype=np.uint32))
        at = BEGIN + after_s + number % 3_600
        content = f"{int(own[0]):016x}"
        yield Doc(
            name, name, content, outlet, name_key(outlet), None, at, at, at, 1, 500, 8, np.unique(np.append(own, common)), facts
        )  # fmt: skip


# ── beside the libraries ──


def _peers(sizes: Sizes, evals: Path) -> Table:
    texts, gold, what = _material(sizes, evals)
    shown = Table(
        "copies, beside libraries",
        f"who finds the copies among {what}? (pairs of any relation, from the text to the verdict, one after the other)",
        ("by", "texts per CPU s", "precision", "recall", "F1"),
    )
    scores = {}
    with TemporaryDirectory() as scratch:
        peers: dict[str, Callable[[], set[tuple[str, str]]]] = {
            "wirehouse": lambda: _ours(texts, Path(scratch)),
            "beside it: rensa RMinHashLSH": lambda: _rensa(texts),
            "beside it: datasketch MinHashLSH": lambda: _datasketch(texts),
        }
        for name, find in peers.items():
            with uncollected():
                started = process_time()
                found = find()
                taken = process_time() - started
            right = len(found & gold["any"])
            wrong = len(found - gold["any"] - gold["unscored"])
            precision, recall = right / max(1, right + wrong), right / max(1, len(gold["any"]))
            scores[name] = 2 * precision * recall / max(1e-9, precision + recall)
            shown.add(name, f"{len(texts) / taken:,.0f}", f"{precision:.3f}", f"{recall:.3f}", f"{scores[name]:.3f}")
    shown.notes.append(f"the libraries: shingles of {WORDS} words, {PERMUTATIONS} permutations, Jaccard similarity {SIMILAR}")
    return shown


def _ours(texts: Sequence[dict[str, Any]], folder: Path) -> set[tuple[str, str]]:
    docs = [doc(t["id"], t["text"], outlet=t["source"], at=t["at"]) for t in texts]
    return {_pair(t.doc.article_id, other) for t in Desk(folder / "history").take(docs) for other, _ in t.matches}


def _rensa(texts: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    index, found = RMinHashLSH(threshold=SIMILAR, num_perm=PERMUTATIONS, num_bands=32), set()
    hashes: list[RMinHash] = []
    for n, t in enumerate(texts):
        hashed = RMinHash(num_perm=PERMUTATIONS, seed=1)
        hashed.update(_shingles(t["text"]))
        found |= {_pair(t["id"], texts[other]["id"]) for other in index.query(hashed) if hashed.jaccard(hashes[other]) >= SIMILAR}
        index.insert(n, hashed)
        hashes.append(hashed)
    return found


def _datasketch(texts: Sequence[dict[str, Any]]) -> set[tuple[str, str]]:
    index, found = MinHashLSH(threshold=SIMILAR, num_perm=PERMUTATIONS), set()
    hashes: dict[str, MinHash] = {}
    for t in texts:
        hashed = MinHash(num_perm=PERMUTATIONS)
        hashed.update_batch([s.encode() for s in _shingles(t["text"])])
        found |= {_pair(t["id"], other) for other in index.query(hashed) if hashed.jaccard(hashes[other]) >= SIMILAR}
        index.insert(t["id"], hashed)
        hashes[t["id"]] = hashed
    return found


def _shingles(text: str) -> list[str]:
    words = normal_words(text)
    return [" ".join(words[i : i + WORDS]) for i in range(max(1, len(words) - WORDS + 1))]


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _material(sizes: Sizes, evals: Path) -> tuple[list[dict[str, Any]], dict[str, set[tuple[str, str]]], str]:
    """Texts with the pairs to be found, and those that count neither way: an evaluation set, else invented ones."""
    folder = evals / "near_duplicates"
    if not (folder / "docs.jsonl.gz").is_file() or sizes is QUICK:
        return _invented(sizes.texts)
    texts = [t | {"at": datetime.fromisoformat(t["ts"]).replace(tzinfo=UTC).timestamp()} for t in _rows(folder / "docs.jsonl.gz")]
    pairs = _rows(folder / "pairs.jsonl.gz")
    gold = {
        name: {_pair(p["a"], p["b"]) for p in pairs if (p["relation"] == "partial") == (name == "unscored")}
        for name in ("any", "unscored")
    }
    return texts, gold, f"{len(texts):,} texts of near_duplicates"


def _invented(n: int) -> tuple[list[dict[str, Any]], dict[str, set[tuple[str, str]]], str]:
    """Every third text is cut out of the one before it, every third has furniture around it."""
    texts: list[dict[str, Any]] = []
    pairs = set()
    for number in range(n // 3):
        told = list(story(number).paragraphs)
        cut = told[: max(2, int(len(told) * Random(number).uniform(0.3, 0.9)))]
        framed = ["By our own desk", *told, "Read more in print every morning, and in our app all day long."]
        ids = [f"{number:05}{kind}" for kind in "abc"]
        for one, paragraphs in zip(ids, (told, cut, framed), strict=True):
            texts.append({"id": one, "text": "\n\n".join(paragraphs), "source": f"o{one[-1]}", "at": BEGIN})
        pairs |= {_pair(a, b) for a in ids for b in ids if a != b}
    return texts, {"any": pairs, "unscored": set()}, f"{len(texts):,} invented texts"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().split("\n") if line.strip()]
