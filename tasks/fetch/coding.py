"""Content codings (RFC 9110 §8.4): gzip, deflate (with or without zlib's header), br and zstd, unpacked as they arrive.

Never more than the limit is unpacked, whatever a body claims; a stream that is cut off gives what came before the cut.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import brotli
import zstandard

from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

ACCEPTED = "gzip, deflate, br, zstd"
GZIP = b"\x1f\x8b"
FRAMES = (b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18")
MOST_LAYERS = 3
BITE = 256  # bytes of zstd that unpack to 8 MB at most
TEXT = (b"<", b"{", b"[", b"\xef\xbb\xbf", b" ", b"\n", b"\r")  # beginnings of bodies that say they are packed and are not


class TooMuch(Exception):  # noqa: N818  reads as the state it names
    """The body is larger than the limit."""


class Stream(Protocol):
    """Unpacks one coding."""

    finished: bool

    def push(self, data: bytes, most: int) -> bytes:
        """What the data unpacks to, cut off at a little over `most` bytes. Raises zlib.error and its kin."""
        ...


@dataclass(slots=True)
class Unpacker:
    """Unpacks a body by its Content-Encoding. Raises Refusal("undecodable") for codings and streams that cannot be read."""

    encoding: str
    limit: int
    size: int = 0
    packed: int = 0  # bytes that came in
    _streams: list[Stream] | None = field(default=None, init=False)

    def push(self, data: bytes) -> bytes:
        """What these bytes unpack to. Raises TooMuch when all of them come to more than the limit."""
        self.packed += len(data)
        if not data:
            return b""
        if self._streams is None:
            self._streams = self._begin(data)
        for stream in self._streams:
            try:
                data = stream.push(data, self.limit - self.size)
            except (zlib.error, brotli.error, zstandard.ZstdError) as error:
                raise Refusal("undecodable", f"its {self.encoding} coding is damaged ({error})") from error
        self.size += len(data)
        if self.size > self.limit:
            raise TooMuch
        return data

    @property
    def complete(self) -> bool:
        """Whether the packed stream came to its end."""
        return all(s.finished for s in self._streams or ())

    def _begin(self, head: bytes) -> list[Stream]:
        """A stream for each coding, the last one applied first. A body that is not packed as it says is taken as it is."""
        names = [n for n in (part.strip().lower() for part in self.encoding.split(",")) if n not in {"", "identity", "none"}]
        if len(names) > MOST_LAYERS:
            raise Refusal("undecodable", f"it is packed {len(names)} times over")
        if not names:
            return [_Zlib()] if head.startswith(GZIP) else []
        if head.startswith(TEXT) and names[-1] != "br":
            return []
        if unknown := [n for n in names if n not in STREAMS]:
            raise Refusal("undecodable", f"its content coding {unknown[0]!r} is not known")
        return [STREAMS[name]() for name in reversed(names)]


class _Zlib:
    """gzip with any number of members, zlib, and deflate without a header."""

    def __init__(self) -> None:
        self.finished = False
        self._inflate = zlib.decompressobj(47)  # 47: gzip or zlib, told by the header
        self._begun = False

    def push(self, data: bytes, most: int) -> bytes:
        """As Stream says."""
        out = bytearray()
        while data and len(out) <= most:
            if self._inflate.eof:  # another member, or padding
                if not data.startswith(GZIP):
                    break
                self._inflate = zlib.decompressobj(47)
            try:
                out += self._inflate.decompress(data, max(1, most - len(out) + 1))
            except zlib.error:
                if self._begun:
                    raise
                self._inflate = zlib.decompressobj(-15)
                out += self._inflate.decompress(data, max(1, most - len(out) + 1))
            self._begun = True
            data = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        self.finished = self._inflate.eof
        return bytes(out)


class _Brotli:
    def __init__(self) -> None:
        self.finished = False
        self._inner = brotli.Decompressor()

    def push(self, data: bytes, most: int) -> bytes:
        """As Stream says."""
        out = bytearray(self._inner.process(data, output_buffer_limit=max(1, most + 1)))
        while len(out) <= most and not self._inner.can_accept_more_data():
            out += self._inner.process(b"", output_buffer_limit=max(1, most - len(out) + 1))
        self.finished = self._inner.is_finished()
        return bytes(out)


class _Zstd:
    def __init__(self) -> None:
        self.finished = False
        self._inner = self._new()

    def push(self, data: bytes, most: int) -> bytes:
        """As Stream says. Fed in small bites, since one of them cannot be stopped on the way."""
        out = bytearray()
        while data and len(out) <= most:
            if self._inner.eof:  # another frame (RFC 8878 §3)
                self._inner = self._new()
            bite, data = data[:BITE], data[BITE:]
            out += self._inner.decompress(bite)
            if self._inner.eof:
                data = self._inner.unused_data + data
                if not any(frame.startswith(data[:4]) for frame in FRAMES):
                    break
            self.finished = self._inner.eof
        return bytes(out)

    @staticmethod
    def _new() -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(max_window_size=8 << 20).decompressobj()  # RFC 9659: 8 MB at most


STREAMS: dict[str, Callable[[], Stream]] = {
    "gzip": _Zlib, "x-gzip": _Zlib, "deflate": _Zlib, "br": _Brotli, "zstd": _Zstd,
}  # fmt: skip
