"""A folder as a source: which files it holds, and their bytes."""

from __future__ import annotations

import mimetypes
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize
from urllib.parse import quote

from tasks.limits import LIMITS
from tasks.types import Payload, Reject
from warehouse.errors import Refusal, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LISTING = 2_000  # files whose past is looked up at once,
GIVEN = 200  # ... and where they are given one by one, so that whoever gives them can stop
UNFINISHED = (".part", ".tmp", ".crdownload", ".swp", "~")  # names of files that somebody is still writing
CHUNK = 1 << 20


class Found(NamedTuple):
    """A file in the folder; `path` is relative to the root, NFC, with "/"."""

    path: str
    place: Path
    size: int  # bytes
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was read: its payload, and where its bytes are if they are too many for `payload.data`."""

    payload: Payload
    large: Path | None
    found: Found


def listings(
    root: Path,
    only: Path | None = None,
    without: frozenset[Path] = frozenset(),
    files: Iterable[Path] | None = None,
    before: float | None = None,
) -> Iterator[list[Found]]:
    """The files below `root` in the order of their paths, some thousand at a time.

    `only` narrows it to one file or folder, `without` leaves folders out; instead of all, the `files` that are given are listed;
    and none that was written after `before` (seconds since 1970). Links, pipes, devices, hidden files and unfinished ones are
    passed over, so loops do no harm and nothing is read from outside. Raises SourceError if a folder cannot be listed.
    """
    listing: list[Found] = []
    start = only or root
    places = _given(files) if files is not None else [(start, start.stat())] if start.is_file() else walk(start, without)
    for place, stat in places:
        if before is not None and stat.st_mtime > before:
            continue
        listing.append(Found(stored(place.relative_to(root).as_posix()), place, stat.st_size, stat.st_mtime_ns))
        if len(listing) == (LISTING if files is None else GIVEN):
            yield listing
            listing = []
    if listing:
        yield listing


def count(root: Path, only: Path | None = None, without: frozenset[Path] = frozenset()) -> int:
    """How many files `listings` will list; for progress bars."""
    start = only or root
    return 1 if start.is_file() else sum(1 for _ in walk(start, without))


def read(found: Found, source: str, spool: Path) -> Opened:
    """The bytes of a file; those too many for memory are copied to `spool` first, for a file may change while it is read.

    Raises Refusal("unreadable").
    """
    now = datetime.now(UTC).replace(tzinfo=None)
    try:
        with found.place.open("rb") as file:
            data, large = file.read(LIMITS.whole + 1), None
            digest, size = sha256(data), len(data)
            if size > LIMITS.whole:
                with NamedTemporaryFile(dir=spool, delete=False) as copy:
                    large = Path(copy.name)
                    while data:
                        copy.write(data)
                        if data := file.read(CHUNK):
                            digest.update(data)
                            size += len(data)
    except OSError as error:
        raise Refusal("unreadable", f"{found.place} cannot be read ({error.strerror or error}): check its permissions") from error
    payload = Payload(
        source=source,
        path=found.path,
        file=found.path,
        uri="file://" + quote(os.fsencode(found.place.absolute())),
        data=data,
        raw_id=digest.hexdigest(),
        fetched_at=now,
        size=size,
        mtime_ns=found.mtime_ns,
        media_type=mimetypes.guess_type(found.place.name)[0] or "application/octet-stream",
    )
    return Opened(payload, large, found)


def unread(found: Found, source: str, refusal: Refusal) -> Reject:
    """What becomes of a file that could not be read."""
    now = datetime.now(UTC).replace(tzinfo=None)
    return Reject("fetch", refusal.reason, refusal.detail, source, found.path, None, now)


def walk(folder: Path, without: frozenset[Path] = frozenset()) -> Iterator[tuple[Path, os.stat_result]]:
    """Every plain file below a folder, depth first, by name. Raises SourceError if the folder cannot be listed."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda e: e.name)
    except OSError as error:
        raise SourceError(
            f"{folder} cannot be listed ({error.strerror or error}): check that it exists and may be read"
        ) from error
    for entry in entries:
        if passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            if Path(entry.path) not in without:
                yield from _inner(Path(entry.path), without)
        elif entry.is_file(follow_symlinks=False):
            with suppress(FileNotFoundError):  # somebody has moved it away meanwhile
                yield Path(entry.path), entry.stat(follow_symlinks=False)


def passed_over(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or somebody is still writing it."""
    return name.startswith(".") or name.endswith(UNFINISHED)


def _given(files: Iterable[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """Those of the files that are still there, and plain ones."""
    for place in files:
        with suppress(OSError):
            stat = place.lstat()
            if S_ISREG(stat.st_mode):
                yield place, stat


def _inner(folder: Path, without: frozenset[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """A folder below the root; one that cannot be listed stands for itself, to be refused when it is read."""
    try:
        os.scandir(folder).close()
    except FileNotFoundError:
        return
    except OSError:
        yield folder, folder.lstat()
        return
    yield from walk(folder, without)


def stored(path: str) -> str:
    """A relative path as it is stored: NFC; bytes that are no UTF-8 appear as %XX."""
    printable = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\\x", "%")
    return normalize("NFC", printable)
