"""Compressed files, archives and large files into pieces that can be parsed one by one.

.gz .bz2 .xz .zst and .zip are told by their first bytes, whatever the file is called. Unpacking is a stream: a file of
records may be larger than memory, anything else is read up to the limit.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import zstandard

from tasks.limits import LIMITS
from tasks.parse.formats import text
from tasks.parse.sniff import HEAD, format_of
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tasks.types import Payload

PACKED: dict[bytes, tuple[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    b"\x1f\x8b": (".gz", lambda f: gzip.GzipFile(fileobj=f, mode="rb")),  # type: ignore[dict-item,return-value]  # an IO[bytes] in all but name
    b"BZh": (".bz2", bz2.BZ2File),
    b"\xfd7zXZ\x00": (".xz", lzma.LZMAFile),
    b"\x28\xb5\x2f\xfd": (".zst", lambda f: io.BufferedReader(_Zstd(f))),
}
ZIP = b"PK\x03\x04"
OFFICE = {
    "[Content_Types].xml": "an Office document",
    "mimetype": "an e-book or OpenDocument",
    "META-INF/MANIFEST.MF": "a Java archive",
}
BROKEN = (
    EOFError,
    OSError,
    zlib.error,
    lzma.LZMAError,
    zstandard.ZstdError,
    zipfile.BadZipFile,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


class Piece(NamedTuple):
    """A payload that can be parsed by itself, or why this piece of the file is refused."""

    payload: Payload
    refusal: Refusal | None = None


def pieces(payload: Payload, file: IO[bytes]) -> Iterator[Piece]:
    """A file's pieces, in order; `payload.part` numbers them and the last has `payload.last`. There is at least one."""
    waiting: Piece | None = None
    for part, piece in enumerate(_pieces(payload, file)):
        if waiting is not None:
            yield waiting
        waiting = piece._replace(payload=replace(piece.payload, part=part, last=False))
    assert waiting is not None, "every file has a piece"
    yield waiting._replace(payload=replace(waiting.payload, last=True))


def _pieces(payload: Payload, file: IO[bytes]) -> Iterator[Piece]:
    try:
        with _wrapped():
            yield from _unpacked(payload, file, PurePosixPath(payload.path).name, LIMITS.layers)
    except Refusal as refusal:
        yield Piece(replace(payload, data=b""), refusal)


def _unpacked(payload: Payload, file: IO[bytes], name: str, layers: int) -> Iterator[Piece]:
    stream = io.BufferedReader(file, HEAD) if not hasattr(file, "peek") else file  # type: ignore[type-var]
    head = stream.peek(HEAD)[:HEAD]
    if head.startswith(ZIP):
        yield from _members(payload, stream, layers)
        return
    for mark, (suffix, opened) in PACKED.items():
        if head.startswith(mark):
            if layers == 0:
                raise Refusal("too_deep", f"packed more than {LIMITS.layers} times over; unpack it first")
            yield from _unpacked(payload, opened(stream), name.removesuffix(suffix), layers - 1)
            return
    yield from _read(payload, stream, name)


def _read(payload: Payload, stream: IO[bytes], name: str) -> Iterator[Piece]:
    """A file of records in runs of them; anything else whole."""
    head = stream.peek(HEAD)[:HEAD]  # type: ignore[attr-defined]
    found = format_of(head, name) if head.strip() else None
    if found is not None and hasattr(found, "split"):
        most = min(LIMITS.streamed, max(LIMITS.whole, payload.size * LIMITS.ratio))
        done = 0
        for data, first in found.split(stream):
            done += len(data)
            if done > most:
                raise Refusal("too_large", f"unpacks to over {most} bytes; split it")
            yield Piece(replace(payload, data=data, first_record=first, format=found.NAME))
        if done:
            return
    data = stream.read(LIMITS.whole + 1)
    if len(data) > LIMITS.whole:
        raise Refusal("too_large", f"over {LIMITS.whole >> 20} MB; split it, or make it JSONL, which is read record by record")
    yield Piece(replace(payload, data=data, format=found.NAME if found else text.NAME))


def _members(payload: Payload, stream: IO[bytes], layers: int) -> Iterator[Piece]:
    """Each file of a zip archive is a payload of its own; a bad one costs only itself."""
    if layers < LIMITS.layers:  # within another packing, where going back means unpacking from the start
        data = stream.read(LIMITS.whole + 1)
        if len(data) > LIMITS.whole:
            raise Refusal("too_large", f"an archive of over {LIMITS.whole >> 20} MB within another; unpack the outer one")
        stream = io.BytesIO(data)
    with zipfile.ZipFile(stream) as archive:
        listed = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
        if listed and (kind := OFFICE.get(listed[0].filename)):
            raise Refusal("wrong_type", f"{kind}; save its text as .txt or .html")
        if len(listed) > LIMITS.members:
            raise Refusal("too_large", f"an archive of {len(listed)} files; more than {LIMITS.members} are not read")
        if not listed:
            raise Refusal("empty", "an archive with no files in it")
        if layers == 0:
            raise Refusal("too_deep", f"packed more than {LIMITS.layers} times over; unpack it first")
        for member in sorted(listed, key=lambda m: m.filename):
            inside = replace(payload, path=f"{payload.path}!/{member.filename}", data=b"")
            try:
                _stays_inside(member.filename)
                with _wrapped(), archive.open(member) as file:
                    yield from _unpacked(inside, file, PurePosixPath(member.filename).name, layers - 1)
            except Refusal as refusal:
                yield Piece(inside, refusal)


def _stays_inside(name: str) -> None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts:
        raise Refusal("forbidden", "its path leads out of the archive")


class _Zstd(io.RawIOBase):
    """A Zstandard stream (RFC 8878) that says so when it ends in the middle of a frame."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._ready = b""
        self._begun = False

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  any writable buffer
        """As io.RawIOBase has it; raises EOFError where the stream is cut."""
        while not self._ready:
            data = self._frame.unused_data if self._frame.eof else b""
            data = data or self._packed.read(HEAD)
            if self._frame.eof and data:
                self._frame, self._begun = zstandard.ZstdDecompressor().decompressobj(), False
            if not data:
                if self._begun and not self._frame.eof:
                    raise EOFError("the stream ends in the middle of a frame")
                return 0
            self._begun = True
            self._ready = self._frame.decompress(data)
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size


@contextmanager
def _wrapped() -> Iterator[None]:
    """What the unpacking libraries raise, as a Refusal."""
    try:
        yield
    except BROKEN as error:
        raise Refusal("corrupt", f"cannot be unpacked whole ({error or type(error).__name__}); fetch or pack it again") from error
