"""In how many stories each term stands: one array, kept in a file that is derived from the tables.

It is read with what has landed since it was written; if it is missing, damaged or of another warehouse, all is counted anew.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from warehouse.models import TERM_BUCKETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

FORMAT = 1


def read(path: Path, placed_up_to: Callable[[int], int]) -> tuple[int, NDArray[np.uint32]]:
    """The batch that the file ends with, and the counts; 0 and none if it cannot be used.

    `placed_up_to` tells how many articles the tables have put into stories up to a batch.
    """
    with suppress(OSError, ValueError):
        data = np.fromfile(path, np.int64, 3)
        version, batch_id, placed = data.tolist()
        counts = np.fromfile(path, np.uint32, offset=24)
        if version == FORMAT and counts.size == TERM_BUCKETS and placed_up_to(batch_id) == placed:
            return batch_id, counts
    return 0, np.zeros(TERM_BUCKETS, np.uint32)


def write(path: Path, batch_id: int, placed: int, counts: NDArray[np.uint32]) -> None:
    """Keep the counts as they are after a batch. A full disk costs nothing but time."""
    part = path.with_suffix(".part")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        with part.open("wb") as file:
            file.write(np.array([FORMAT, batch_id, placed], np.int64).tobytes() + counts.astype(np.uint32).tobytes())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


def add(counts: NDArray[np.uint32], rows: pa.Table | None) -> None:
    """Count the terms of `fresh_terms.sql` that were new to their stories."""
    if rows is None or not rows.num_rows:
        return
    column = rows["terms"].combine_chunks()
    lengths = np.diff(column.offsets.to_numpy())  # type: ignore[attr-defined]  # a list array
    packed = np.frombuffer(b"".join(bits for bits in rows["fresh"].to_pylist() if bits), np.uint8)
    bits, starts = np.unpackbits(packed), np.cumsum(8 * -(-lengths // 8)) - 8 * -(-lengths // 8)
    places = np.arange(lengths.sum()) + np.repeat(starts - (np.cumsum(lengths) - lengths), lengths)
    fresh = column.flatten().to_numpy()[bits[places].astype(np.bool_)]  # type: ignore[attr-defined]
    counts += np.bincount(fresh % TERM_BUCKETS, minlength=TERM_BUCKETS).astype(np.uint32)
