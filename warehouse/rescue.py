"""When the live database has lost what was committed: a damaged log, or a file that was put back from elsewhere.

DuckDB refuses to open a database whose log is damaged in the middle, and passes over one whose beginning is. So a mark beside
the database says which batch was committed last. What a damaged log still holds is read up to the damage; the payloads of the
batches behind it are still in the archive, beyond what the database vouches for, and land as rejects that can be read again.
The damaged log and the archive's tail are set aside in `live/damaged/`.
"""

from __future__ import annotations

import os
import re
import shutil
import zlib
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import duckdb

from warehouse.archive import Kept
from warehouse.errors import StoreError
from warehouse.models import Landing, RejectRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from warehouse.layout import Layout
    from warehouse.models import SourceRow

DAMAGE = re.compile(r"entry at byte position (\d+)")
DETAIL = (
    "its rows were lost with the warehouse's log, which was damaged; the bytes are kept: "
    "`wirehouse retry --reason lost` reads them"
)
HEADER = re.compile(rb"^([A-Za-z-]+): (.*?)\r?$", re.MULTILINE)
EACH = 200  # payloads that land together


def connect(layout: Layout, config: dict[str, str | bool | int | float | list[str]]) -> duckdb.DuckDBPyConnection:
    """The live database, with what its log holds up to where it is damaged. Raises StoreError if it cannot be opened at all."""
    path = str(layout.database)
    try:
        return duckdb.connect(path, config=config)
    except duckdb.Error as error:
        log, found = layout.database.with_suffix(".duckdb.wal"), DAMAGE.search(str(error))
        if "WAL" not in str(error) or not log.exists():
            raise StoreError(
                f"{layout.database} cannot be opened: {error}. If it is damaged: `wirehouse restore`, or put the newest version "
                "of published/ in its place"
            ) from error
    shutil.copyfile(log, _shelf(layout) / log.name)
    try:
        with log.open("r+b") as file:
            file.truncate(int(found[1]) if found else 0)
        return duckdb.connect(path, config=config)
    except duckdb.Error:
        log.unlink()
        return duckdb.connect(path, config=config)


def mark(layout: Layout, batch_id: int) -> None:
    """Note that a batch has been committed."""
    _mark(layout).write_text(str(batch_id), encoding="ascii")


def marked(layout: Layout) -> int:
    """The batch that was committed last, as the mark says; 0 if there is none."""
    try:
        return int(_mark(layout).read_text(encoding="ascii") or 0)
    except (OSError, ValueError):
        return 0


def set_aside(layout: Layout, committed: Mapping[str, int]) -> None:
    """Copy what the archive holds beyond the committed lengths."""
    for path in sorted(layout.archive.glob("wirehouse-*.warc.gz")):
        length = committed.get(path.name, 0)
        if path.stat().st_size > length:
            draft = _shelf(layout) / f".{path.name}"
            with path.open("rb") as whole, draft.open("wb") as tail:
                whole.seek(length)
                shutil.copyfileobj(whole, tail)
                os.fsync(tail.fileno())
            draft.rename(draft.with_name(path.name))


def waiting(layout: Layout) -> list[Path]:
    """What has been set aside and has not landed."""
    return sorted((layout.live / "damaged").glob("*/wirehouse-*.warc.gz"))


def done(tail: Path) -> None:
    """Note that it has landed; the copy is kept."""
    tail.rename(tail.with_name(tail.name + ".landed"))


def landings(tail: Path, sources: Sequence[SourceRow]) -> Iterator[tuple[Landing, list[Kept]]]:
    """What stands in a tail of the archive, as rejects with their bytes; a record that was cut off or damaged ends it."""
    payloads = _payloads(tail)
    while some := list(islice(payloads, EACH)):
        rejects = [
            RejectRow("fetch", "lost", DETAIL, *_place(kept.uri, sources), 0, None, kept.raw_id, kept.fetched_at) for kept in some
        ]
        yield Landing(payloads=len(some), items=len(some), reject=rejects), some


def _payloads(path: Path) -> Iterator[Kept]:
    rest = path.read_bytes()
    while rest:
        member = zlib.decompressobj(31)
        try:
            record = member.decompress(rest)
        except zlib.error:
            return
        if not member.eof:
            return
        rest = member.unused_data
        head, _, body = record.partition(b"\r\n\r\n")
        told = {name.decode(): value.decode("utf-8", "surrogateescape") for name, value in HEADER.findall(head)}
        at = datetime.fromisoformat(told["WARC-Date"]).replace(tzinfo=None)
        raw_id, data = told["WARC-Payload-Digest"].removeprefix("sha256:"), body[:-4]
        cut = "WARC-Truncated" in told
        yield Kept(raw_id, told["WARC-Target-URI"], told["Content-Type"], at, data, len(data), truncated=cut)


def _place(uri: str, sources: Sequence[SourceRow]) -> tuple[str, str]:
    """Source and path of a payload: the folder that holds the file, or the feed of that address, else nobody's."""
    if uri.startswith("file:"):
        file = unquote(urlsplit(uri).path, errors="surrogateescape")
        around = [s for s in sources if s.kind == "folder" and file.startswith(s.root.rstrip("/") + "/")]
        if around:
            nearest = max(around, key=lambda s: len(s.root))
            return nearest.source, file[len(nearest.root.rstrip("/")) + 1 :]
    return next((s.source for s in sources if s.root == uri), ""), uri


def _shelf(layout: Layout) -> Path:
    folder = layout.live / "damaged" / f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _mark(layout: Layout) -> Path:
    return layout.live / "landed"
