"""A folder of exported files: what its manifest says is in it, and how its files are replaced.

`VIEW/day=2026-06-14/part-0.parquet` (Hive's way; a view without days has one file, `VIEW/part-0.parquet`), and `_wirehouse.json`,
the manifest: for each view and day how many rows its file has, a print of them, and the file's size. A file is written in the
hidden folder `.wirehouse` and renamed into its place, so that readers see the old one or the new one. The manifest forgets a
day's print before its file is replaced, and its name only after the file is gone: wherever a run ends, the next one goes on.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from shutil import rmtree
from typing import TYPE_CHECKING, NamedTuple

from warehouse.errors import Locked, StoreError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MANIFEST = "_wirehouse.json"  # readers of Hive's layout pass over names that begin with an underscore or a dot
LAYOUT = 1  # of the manifest and the folder
NAME, DAY = re.compile(r"\w+"), re.compile(r"\d{4,6}-\d\d-\d\d|")  # what names of folders are made of


class Day(NamedTuple):
    """What a day's file holds; a print of "" is that of no rows: the file is to be written anew."""

    rows: int
    print: str
    size: int


@dataclass(slots=True)
class View:
    """A view's columns, which every day's file has, and its days; "" is the only one of a view without days."""

    columns: str = ""
    days: dict[str, Day] = field(default_factory=dict)


@dataclass(slots=True)
class Exported:
    """An export's folder, of which this process holds the lock."""

    folder: Path
    form: str = "parquet"
    source: str | None = None  # the only source of its articles
    views: dict[str, View] = field(default_factory=dict)
    told: bool = False  # whether there is a manifest

    @property
    def scratch(self) -> Path:
        """Where files are written before they stand in their place."""
        return self.folder / ".wirehouse"

    def file(self, view: str, day: str) -> Path:
        """The place of a day's file."""
        return self.folder / view / (f"day={day}" if day else "") / f"part-0.{self.form}"

    def stands(self, view: str, day: str, print_: str) -> bool:
        """Whether a day's file is there, whole, with these very rows."""
        known = self.views[view].days.get(day)
        if known is None or known.print != print_:
            return False
        try:
            return self.file(view, day).stat().st_size == known.size
        except OSError:
            return False

    def expect(self, view: str, days: list[str]) -> None:
        """Before days' files are written: what stands there now is not to be relied on."""
        self.views[view].days |= dict.fromkeys(days, Day(0, "", 0))

    def put(self, view: str, day: str, draft: Path, rows: int, print_: str) -> None:
        """Move a file that was written in `scratch` to its place."""
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        place = self.file(view, day)
        place.parent.mkdir(parents=True, exist_ok=True)
        size = draft.stat().st_size
        draft.replace(place)
        self.views[view].days[day] = Day(rows, print_, size)

    def remove(self, view: str, day: str) -> None:
        """Remove a day's file, and its folders where nothing else stands in them."""
        place = self.file(view, day)
        place.unlink(missing_ok=True)
        for folder in (place.parent, self.folder / view):
            with suppress(OSError):
                folder.rmdir()
        self.views[view].days.pop(day, None)

    def clear(self) -> None:
        """Remove all files that the manifest names, and then itself."""
        for name, view in self.views.items():
            for day in list(view.days):
                self.remove(name, day)
        (self.folder / MANIFEST).unlink(missing_ok=True)
        self.views, self.told = {}, False

    def save(self) -> None:
        """Write the manifest."""
        views = {name: {"columns": view.columns, "days": view.days} for name, view in self.views.items()}
        told = {"wirehouse": LAYOUT, "format": self.form, "source": self.source, "views": views}
        draft = self.scratch / MANIFEST
        with draft.open("w", encoding="utf-8") as file:
            file.write(json.dumps(told, separators=(",", ":")))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.folder / MANIFEST)
        self.told = True


@contextmanager
def opened(folder: Path) -> Iterator[Exported]:
    """The folder, made if it is not there. Raises UsageError if it holds something else, Locked if another run writes to it."""
    exported = Exported(folder)
    manifest = folder / MANIFEST
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a folder (a file only with --format duckdb)")
    if folder.exists() and not manifest.exists():
        strange = sorted(p.name for p in folder.iterdir() if not p.name.startswith("."))
        if strange:
            raise UsageError(f"{folder} is not empty and holds no export (there is {strange[0]!r}): name another folder")
    new = not folder.exists()
    try:
        with scratch(exported.scratch):
            if manifest.exists():
                _read(manifest, exported)
            yield exported
    finally:
        if new:
            with suppress(OSError):  # it is not empty: all went well
                folder.rmdir()


@contextmanager
def scratch(folder: Path) -> Iterator[None]:
    """A hidden folder for what is being written, empty at first and gone afterwards. Raises Locked if another run has it."""
    handle = _locked(folder)
    try:
        for path in folder.iterdir():  # of a run that was killed
            if path.name != "lock":
                rmtree(path) if path.is_dir() else path.unlink()
        yield
    finally:
        rmtree(folder, ignore_errors=True)
        os.close(handle)


def _locked(folder: Path) -> int:
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(handle).st_ino == (folder / "lock").stat().st_ino:  # else its last holder has just removed it
                return handle
        except BlockingIOError as error:
            os.close(handle)
            raise Locked(f"another run is exporting to {folder.parent}: wait until it is done") from error
        except FileNotFoundError:
            pass
        os.close(handle)


def _read(manifest: Path, exported: Exported) -> None:
    """Raises StoreError for a manifest that cannot be believed: by its names, files are removed."""
    damaged = f"{manifest} is damaged: remove it together with the files beside it, and export anew"
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
        if int(told["wirehouse"]) > LAYOUT:
            raise StoreError(f"{manifest} was written by a newer Wirehouse: update Wirehouse, or name another folder")
        exported.form, exported.source, exported.told = str(told["format"]), told["source"], True
        exported.views = {
            name: View(view["columns"], {day: Day(*known) for day, known in view["days"].items()})
            for name, view in told["views"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(damaged) from error
    names = (exported.form, *exported.views)
    if not (all(map(NAME.fullmatch, names)) and all(DAY.fullmatch(day) for view in exported.views.values() for day in view.days)):
        raise StoreError(damaged)
