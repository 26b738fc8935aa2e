"""Back-ups: a folder that holds the database as it was at some moments, and the archive that all of them share.

    database/warehouse-STAMP.duckdb   archive/NAME   files/STAMP/…   backups/STAMP.json

`backups/STAMP.json` lists every file of one backup with its length and SHA-256; it is written last, under its name at once, so
that an interrupted backup leaves the last good one. Archive files only grow: a later backup appends what is new, and an earlier
one is still whole, since its length is its own.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from warehouse.errors import StoreError
from warehouse.migrate import sql

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from warehouse.layout import Layout
    from warehouse.store import Store

FORMAT = 1
CHUNK = 1 << 20
SPARE = 16 << 20  # bytes that are left free
USER = ("sources", "watches", "retention.toml", "receipts")  # what lies beside the warehouse, and belongs to it
DERIVED = ("history", "spill", "damaged")  # folders of live/ that are made anew


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a backup: where it lies there, and where it belongs in a data folder; length in bytes, SHA-256 in hex."""

    path: str
    to: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that is whole."""

    stamp: str  # when it was made, UTC
    articles: int
    batch_id: int
    parts: tuple[Part, ...]
    format: int = FORMAT

    @property
    def n_bytes(self) -> int:
        """Length of all its files."""
        return sum(part.size for part in self.parts)


@dataclass(slots=True)
class Taken:
    """What is to be backed up, opened while nobody wrote: as it was then, whatever is written since."""

    database: IO[bytes]
    archive: dict[str, tuple[IO[bytes], int]]  # name → file, committed length
    articles: int = 0
    batch_id: int = 0

    @property
    def n_bytes(self) -> int:
        """Length of all of it."""
        return os.fstat(self.database.fileno()).st_size + sum(size for _, size in self.archive.values())

    def close(self) -> None:
        """Close the files."""
        for file in (self.database, *(f for f, _ in self.archive.values())):
            file.close()


@dataclass(slots=True)
class Made:
    """What a backup cost."""

    backup: Backup
    copied: int = 0  # bytes
    removed: list[str] = field(default_factory=list)  # earlier backups that went


def take(store: Store) -> Taken:
    """Open what is to be backed up: the version that was published last, and the archive that it refers to."""
    layout = store.layout
    lengths = dict(store.con.execute(sql("archived")).fetchall())
    [(articles, batch_id)] = store.con.execute(sql("backup_told")).fetchall()
    database = layout.current.resolve().open("rb")
    return Taken(database, {n: ((layout.archive / n).open("rb"), size) for n, size in lengths.items()}, articles, batch_id)


def backup(
    taken: Taken,
    layout: Layout,
    folder: Path,
    *,
    full: bool = False,
    keep: int = 3,
    told: Callable[[int], None] = lambda _n: None,
) -> Made:
    """Copy what was taken into the folder, and only what it does not have yet unless `full`; the last `keep` backups stay.

    `told` is told of bytes as they are done. Raises StoreError if the folder is in use or too small.
    """
    with _locked(folder):
        earlier = backups(folder)
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}Z"
        while any(b.stamp == stamp for b in earlier):
            stamp = stamp[:-1] + "aZ"
        had = {part.to: part for b in earlier for part in b.parts}
        made = Made(Backup(stamp, taken.articles, taken.batch_id, ()))
        parts = [
            _archived(name, *taken.archive[name], folder, stamp, None if full else had.get(f"archive/{name}"), made, told)
            for name in sorted(taken.archive)
        ]
        path = folder / "database" / f"warehouse-{stamp}.duckdb"
        size, digest = _copy(taken.database, path, os.fstat(taken.database.fileno()).st_size, told)
        made.copied += size
        parts.append(Part(f"database/{path.name}", "live/warehouse.duckdb", size, digest))
        for source in _users(layout):
            to = source.relative_to(layout.data).as_posix()
            with source.open("rb") as file:
                size, digest = _copy(file, folder / "files" / stamp / to, os.fstat(file.fileno()).st_size, told)
            parts.append(Part(f"files/{stamp}/{to}", to, size, digest))
        made.backup = Backup(stamp, taken.articles, taken.batch_id, tuple(parts))
        _write(folder / "backups" / f"{stamp}.json", json.dumps(asdict(made.backup), indent=1))
        made.removed = [b.stamp for b in earlier[: max(0, len(earlier) + 1 - keep)]]
        _prune(folder, [*(b for b in earlier if b.stamp not in made.removed), made.backup])
    return made


def note(layout: Layout, folder: Path) -> None:
    """Remember where backups are, for the receipts of what is forgotten."""
    _write(layout.live / "backups.json", json.dumps(sorted({*noted(layout), str(folder.resolve())})))


def noted(layout: Layout) -> list[str]:
    """Folders with backups of this warehouse that are still there."""
    with suppress(OSError, ValueError):
        told: list[str] = json.loads((layout.live / "backups.json").read_bytes())
        return [folder for folder in told if (Path(folder) / "backups").is_dir()]
    return []


def backups(folder: Path) -> list[Backup]:
    """The whole backups in a folder, the oldest first. Raises StoreError for one of a newer version."""
    found = []
    for path in sorted((folder / "backups").glob("*.json")):
        with suppress(ValueError, KeyError, TypeError):
            told = json.loads(path.read_bytes())
            if told["format"] > FORMAT:
                raise StoreError(f"{path} was written by a newer Wirehouse: update Wirehouse to restore it")
            found.append(Backup(**(told | {"parts": tuple(Part(**part) for part in told["parts"])})))
    return found


def restore(chosen: Backup, folder: Path, layout: Layout, told: Callable[[int], None] = lambda _n: None) -> Path | None:
    """Put a backup's files into a data folder; returns where those went that lay there. The caller holds the writer lock.

    Every file is compared with its SHA-256 first: raises StoreError, naming it, if one is damaged, and then nothing is changed.
    """
    stage = layout.data / f".restore-{os.getpid()}"
    shutil.rmtree(stage, ignore_errors=True)
    try:
        for part in chosen.parts:
            source = folder / part.path
            try:
                with source.open("rb") as file:
                    size, digest = _copy(file, stage / part.to, part.size, told)
            except FileNotFoundError as error:
                raise StoreError(f"{source} is missing: this backup cannot be restored. Choose another with --at") from error
            if (size, digest) != (part.size, part.sha256):
                raise StoreError(
                    f"{source} is damaged: its SHA-256 is not the one that was noted. Choose another backup with --at"
                )
        replaced = _swap(stage, layout)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return replaced


# ── inside ──


def _archived(
    name: str, file: IO[bytes], size: int, folder: Path, stamp: str, had: Part | None, made: Made, told: Callable[[int], None]
) -> Part:
    """An archive file's part: as it lies there already, with what is new appended, or copied whole."""
    if had is not None and had.size <= size and _is_there(folder / had.path, had.size):
        if had.size == size:
            told(size)
            return had
        before, digest = sha256(), sha256()
        for chunk in _chunks(file, had.size):
            before.update(chunk)
        if before.hexdigest() == had.sha256:  # it has grown, and nothing else
            told(had.size)
            digest = before
            with (folder / had.path).open("r+b") as copy:
                copy.truncate(had.size)
                copy.seek(had.size)
                for chunk in _chunks(file, size - had.size, had.size):
                    digest.update(chunk)
                    copy.write(chunk)
                    told(len(chunk))
                copy.flush()
                os.fsync(copy.fileno())
            made.copied += size - had.size
            return Part(had.path, had.to, size, digest.hexdigest())
    path = folder / "archive" / name
    if path.exists():  # an earlier backup may need it as it is
        path = path.with_name(f"{name}~{stamp}")
    copied, digest_of = _copy(file, path, size, told)
    if copied < size:
        raise StoreError(f"{name} was written anew while it was read: run the backup again")
    made.copied += size
    return Part(f"archive/{path.name}", f"archive/{name}", size, digest_of)


def _swap(stage: Path, layout: Layout) -> Path | None:
    """Put what is staged in place of what lies there, which is moved aside; what is derived goes."""
    aside = layout.data / f"replaced-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = ["archive", "live/warehouse.duckdb", "live/warehouse.duckdb.wal", *(n for n in USER if n != "receipts")]
    for name in names:
        old = layout.data / name
        if old.exists() and (name != "archive" or any(old.iterdir())):
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            old.replace(aside / name)
    for name in DERIVED:
        shutil.rmtree(layout.live / name, ignore_errors=True)
    shutil.rmtree(layout.data / "search", ignore_errors=True)
    for name in ("landed", "owed"):
        (layout.live / name).unlink(missing_ok=True)
    with suppress(OSError):
        layout.archive.rmdir()
    for path in sorted(p for p in stage.rglob("*") if p.is_file()):
        target = layout.data / path.relative_to(stage)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.replace(target)
    layout.make()
    return aside if aside.exists() else None


def _users(layout: Layout) -> list[Path]:
    places = [layout.data / name for name in USER]
    files = [p for place in places for p in (place.rglob("*") if place.is_dir() else [place])]
    return sorted(p for p in files if p.is_file() and not p.name.endswith(".part"))


def _prune(folder: Path, kept: list[Backup]) -> None:
    """Remove what no backup that is kept refers to; their lists first."""
    stamps, needed = {b.stamp for b in kept}, {part.path for b in kept for part in b.parts}
    for path in (folder / "backups").iterdir():
        if path.stem not in stamps:
            path.unlink()
    for name in ("database", "archive", "files"):
        for path in sorted((folder / name).rglob("*"), reverse=True):
            if path.is_dir():
                with suppress(OSError):
                    path.rmdir()
            elif path.relative_to(folder).as_posix() not in needed:
                path.unlink()


def _copy(source: IO[bytes], target: Path, size: int, told: Callable[[int], None]) -> tuple[int, str]:
    """Copy the first bytes of a file; returns how many there were, and their SHA-256."""
    target.parent.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(target.parent).free
    if free < size + SPARE:
        raise StoreError(
            f"{target.parent} has {free >> 20} MB free, and {(size + SPARE) >> 20} are needed: make room and run it again"
        )
    digest, copied = sha256(), 0
    with target.open("wb") as file:
        for chunk in _chunks(source, size):
            digest.update(chunk)
            file.write(chunk)
            copied += len(chunk)
            told(len(chunk))
        file.flush()
        os.fsync(file.fileno())
    return copied, digest.hexdigest()


def _chunks(file: IO[bytes], size: int, start: int = 0) -> Iterator[bytes]:
    file.seek(start)
    while size and (chunk := file.read(min(CHUNK, size))):
        size -= len(chunk)
        yield chunk


def _is_there(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size >= size


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One backup of a folder at a time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({error.strerror}): name another folder") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(f"another backup is being written to {folder}: wait for it") from error
        yield
    finally:
        os.close(handle)
