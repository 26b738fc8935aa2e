"""What becomes of a folder's files when they have landed: kept where they are, or moved out of the way (after = "moved").

A file is moved only if its last piece was committed and the archive has its bytes, and never if it changed since it was read.
A crash between the commit and the move leaves it where it is, and the next run moves it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tasks.fetch import shelve as move
from warehouse.models import hash64

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.journey import Tally
    from tasks.fetch.folder import Found
    from tasks.types import FolderSource
    from warehouse.models import KnownFile
    from warehouse.store import Store


def shelve(source: FolderSource, files: Sequence[Found], store: Store, tally: Tally) -> None:
    """Move files that have landed into `.landed`, those of which everything was refused into `.refused`.

    `tally.stuck` is told why one could not be moved; it stays, and is not read again.
    """
    if source.after == "kept" or not files:
        return
    past = store.known_files([path_hash(source.name, f.path) for f in files])
    archived = store.archived({known.raw_id for known in past if known is not None})
    day = datetime.now(UTC).date()
    for found, known in zip(files, past, strict=True):
        if known is None or known.raw_id not in archived or not is_same(found, known):
            continue
        try:
            move.shelve(found, source.folder, day, refused=not known.n_landed)
        except OSError as error:
            tally.stuck.append(f"{found.place} could not be moved out of the way ({error.strerror or error})")


def has_landed(found: Found, known: KnownFile, tally: Tally) -> bool:
    """Whether a file that looks like the one that landed has its bytes: what is moved will not be looked at again."""
    try:
        return bool(tally.stuck) or move.has_bytes(found, known.raw_id)
    except OSError:
        return False  # reading it will tell why


def is_same(found: Found, known: KnownFile) -> bool:
    """Whether a file is the one that was read to its end, as far as its size and time tell."""
    return known.done and (known.size, known.mtime_ns) == (found.size, found.mtime_ns)


def path_hash(source: str, path: str) -> int:
    """What the ledger knows a file by."""
    return hash64(f"{source}\0{path}")
