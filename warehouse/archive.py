"""The raw archive: every payload's bytes, once each, in WARC 1.1 files (ISO 28500:2017), one gzip member a record.

Records are appended and fsynced before the batch that refers to them commits; what a crash left beyond the last committed
record is cut off at the next start. So a row of `ops.raw` always finds its bytes, and no bytes lie there without a row.
"""

from __future__ import annotations

import gzip
import os
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from warehouse.errors import StoreError
from warehouse.models import RawRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

ROLL_AT = 1 << 30  # bytes; the WARC guidelines recommend files of about 1 GB
LEVEL = 3  # of zlib: 6 takes twice the time for a twentieth less space on news text
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a payload lies: archive file, offset and length of its gzip member in bytes."""

    archive: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Record:
    """What the archive says of a payload; `fetched_at` is naive UTC, `raw_id` the SHA-256 of the bytes in hex."""

    raw_id: str
    uri: str
    media_type: str
    fetched_at: datetime
    truncated: bool = False

    def header(self, size: int) -> bytes:
        """The WARC header of a block of `size` bytes."""
        lines = [
            "WARC/1.1",
            "WARC-Type: resource",
            f"WARC-Record-ID: <urn:uuid:{uuid5(NAMESPACE_URL, 'sha256:' + self.raw_id)}>",
            f"WARC-Target-URI: {self.uri}",
            f"WARC-Date: {self.fetched_at:%Y-%m-%dT%H:%M:%S}Z",
            f"WARC-Payload-Digest: sha256:{self.raw_id}",
            *(["WARC-Truncated: length"] if self.truncated else []),
            f"Content-Type: {self.media_type}",
            f"Content-Length: {size}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "surrogateescape")


@dataclass(slots=True)
class Archive:
    """The archive's growing end. `committed` maps each file to the length that the warehouse vouches for."""

    folder: Path
    committed: Mapping[str, int]
    _file: IO[bytes] | None = field(default=None, init=False)
    _name: str = field(default="", init=False)

    def open(self) -> None:
        """Cut every file back to its committed length, and go on with the last one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(self.folder.glob("wirehouse-*.warc.gz")):
            length, size = self.committed.get(path.name, 0), path.stat().st_size
            if size < length:
                raise StoreError(
                    f"{path} has {size} bytes, but the warehouse refers to {length}: restore the file from a backup, "
                    "or move it away and the warehouse with it"
                )
            if size > length:
                os.truncate(path, length)
        names = [path.name for path in self.folder.glob("wirehouse-*.warc.gz")]
        last = max(
            [*self.committed, *names], default=""
        )  # of names that were given up the greatest one stays: none is used again
        for name in names:
            if name != last and not self.committed.get(name):
                (self.folder / name).unlink()
        self._start(last if last and self.committed.get(last, 0) < ROLL_AT else _next_name(last))

    def append(self, record: Record, stream: IO[bytes]) -> Entry:
        """Append one record of type `resource` with the bytes of a seekable stream."""
        if self._file is not None and self._file.tell() >= ROLL_AT:
            self.roll()
        assert self._file is not None, "the archive is open"
        size = stream.seek(0, os.SEEK_END)
        stream.seek(0)
        offset = self._file.tell()
        squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)  # 31: a gzip header and trailer around it
        self._file.write(squeeze.compress(record.header(size)))
        while chunk := stream.read(CHUNK):
            self._file.write(squeeze.compress(chunk))
        self._file.write(squeeze.compress(b"\r\n\r\n") + squeeze.flush())
        return Entry(self._name, offset, self._file.tell() - offset)

    def take(self, entry: Entry) -> Entry:
        """Append a member of another file of the archive, byte for byte; returns where it lies now."""
        if self._file is not None and self._file.tell() >= ROLL_AT:
            self.roll()
        assert self._file is not None, "the archive is open"
        offset, left = self._file.tell(), entry.length
        with (self.folder / entry.archive).open("rb") as old:
            old.seek(entry.offset)
            while left:
                if not (chunk := old.read(min(CHUNK, left))):
                    raise StoreError(
                        f"{self.folder / entry.archive} ends before {entry.offset + entry.length}: restore it from a backup"
                    )
                self._file.write(chunk)
                left -= len(chunk)
        return Entry(self._name, offset, entry.length)

    def roll(self) -> None:
        """Go on with a new file."""
        self.sync()
        self._start(_next_name(self._name))

    @property
    def name(self) -> str:
        """The file that grows."""
        return self._name

    def sync(self) -> None:
        """Return only when all that was appended is on the disk."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Close the file; does nothing if it is closed."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _start(self, name: str) -> None:
        self.close()
        self._name = name
        self._file = (self.folder / name).open("ab")


@dataclass(frozen=True, slots=True)
class Kept:
    """A payload to be kept: its bytes, or the file that has them where it is too large for memory."""

    raw_id: str
    uri: str
    media_type: str
    fetched_at: datetime
    data: bytes | Path
    size: int
    truncated: bool = False
    reference: bool = False  # the source keeps the bytes itself
    charset: str | None = None  # what the server said of them

    def append_to(self, end: Archive) -> RawRow:
        """Append the bytes to the archive; returns the row that finds them."""
        entry = Entry("", 0, 0)
        if not self.reference:
            with BytesIO(self.data) if isinstance(self.data, bytes) else self.data.open("rb") as stream:
                kind = f"{self.media_type}; charset={self.charset}" if self.charset else self.media_type
                record = Record(self.raw_id, self.uri, kind, self.fetched_at, truncated=self.truncated)
                entry = end.append(record, stream)
        place = (entry.archive, entry.offset, entry.length, self.size)
        return RawRow(self.raw_id, *place, self.media_type, self.uri, self.fetched_at, self.truncated)


def read(folder: Path, entry: Entry) -> bytes:
    """The payload's bytes as they were fetched. Raises StoreError if they are not where the warehouse says."""
    path = folder / entry.archive
    try:
        with path.open("rb") as file:
            file.seek(entry.offset)
            record = gzip.decompress(file.read(entry.length))
    except (OSError, EOFError, zlib.error) as error:
        raise StoreError(f"{path} cannot be read at {entry.offset}: {error}") from error
    head, _, body = record.partition(b"\r\n\r\n")
    if not head.startswith(b"WARC/1."):
        raise StoreError(f"{path} holds no WARC record at {entry.offset}")
    return body[:-4]


def unpack(folder: Path, entry: Entry, target: Path) -> None:
    """Write a payload's bytes to a file, whatever its size. Raises StoreError if they are not where the warehouse says."""
    path, member, head = folder / entry.archive, zlib.decompressobj(31), b""
    try:
        with path.open("rb") as file, target.open("wb") as out:
            file.seek(entry.offset)
            left, begun = entry.length, False
            while left and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                data = member.decompress(chunk)
                if not begun:
                    head += data
                    if b"\r\n\r\n" not in head:
                        continue
                    data, begun = head.partition(b"\r\n\r\n")[2], True
                out.write(data)
            out.truncate(max(0, out.tell() - 4))
    except (OSError, zlib.error) as error:
        raise StoreError(f"{path} cannot be read at {entry.offset}: {error}") from error
    if not member.eof:
        raise StoreError(f"{path} cannot be read at {entry.offset}: it is cut off")


def _next_name(last: str) -> str:
    number = int(last.removeprefix("wirehouse-").removesuffix(".warc.gz")) + 1 if last else 1
    return f"wirehouse-{number:06d}.warc.gz"
