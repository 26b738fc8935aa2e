"""What the disk says when it cannot go on, told to the user: full, read-only, or failing."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

import duckdb

from warehouse.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

FULL = "the disk is full: what landed is safe. Make room, and run it again"
LOCKED = "it cannot be written: what landed is safe. Make it writable, or name another folder with --data, and run it again"
FAILING = "the disk fails: what landed before is safe. Look at the disk; `wirehouse check --deep` looks at the archive"
SAYS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: LOCKED,
    errno.EACCES: LOCKED,
    errno.EPERM: LOCKED,
    errno.EIO: FAILING,
}
WORDS = {"No space left": FULL, "quota": FULL, "Read-only": LOCKED, "Permission denied": LOCKED, "Input/output error": FAILING}
PLACE = re.compile(r'file "([^"]+)"')


def explained(error: BaseException, data: Path) -> StoreError | None:
    """The error as one that tells what to do; None if it is of another kind."""
    if isinstance(error, OSError) and error.errno in SAYS:
        return StoreError(f"{error.filename or data}: {SAYS[error.errno]}")
    if isinstance(error, duckdb.Error):
        text = str(error)
        place = PLACE.search(text)
        return next((StoreError(f"{place[1] if place else data}: {say}") for word, say in WORDS.items() if word in text), None)
    return None
