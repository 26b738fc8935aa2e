"""How much of one text stands in another, by their sampled fingerprints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tasks.types import Print


NO_FACTS = np.empty(0, np.uint32)


def containment(a: Print, b: Print) -> float:
    """The share of a's word 5-grams that stand in b, estimated from what both keep; 0 if nothing can be compared."""
    one, other = _comparable(a, b)
    return float(np.intersect1d(one, other, assume_unique=True).size / one.size) if one.size else 0.0


def changed_share(a: Print, b: Print) -> float:
    """The share of word 5-grams of both texts that do not stand in the other (1 - Sørensen's coefficient)."""
    one, other = _comparable(a, b)
    total = one.size + other.size
    return 1 - 2 * float(np.intersect1d(one, other, assume_unique=True).size) / total if total else 0.0


def _comparable(a: Print, b: Print) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    every = max(a.every, b.every)
    return tuple(p.sample if p.every == every else p.sample[p.sample < threshold(every)] for p in (a, b))  # type: ignore[return-value]  # two


def threshold(every: int) -> np.uint64:
    """Hashes below it are kept when one in `every` is."""
    return np.uint64((1 << 64) // every)
