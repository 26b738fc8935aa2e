"""Content codings, whole, cut, damaged, lying and hostile; and what headers say."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from contextlib import suppress
from datetime import datetime

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from tasks.fetch.coding import TooMuch, Unpacker
from tasks.fetch.headers import fresh_for, media_type, moment, retry_after, validator
from warehouse.errors import Refusal

NOW = datetime(2026, 11, 24, 12)  # noqa: DTZ001  naive UTC
TEXT = b"<rss>" + b"".join(b"the ferry no%d left; " % n for n in range(5_000)) + b"</rss>"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


PACKED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "gzip, br": brotli.compress(gzip.compress(TEXT)),
}


def unpacked(encoding: str, data: bytes, *, limit: int = 1 << 20, bite: int = 1_000) -> tuple[bytes, bool]:
    unpacker = Unpacker(encoding, limit)
    text = b"".join(unpacker.push(data[n : n + bite]) for n in range(0, len(data), bite))
    return text, unpacker.complete


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("bite", [1, 7, 1_000, 1 << 20])
def test_each_coding_is_unpacked_however_it_arrives(encoding: str, bite: int) -> None:
    assert unpacked(encoding, PACKED[encoding], bite=bite) == (TEXT, True)


def test_deflate_without_a_header_and_several_members_of_gzip() -> None:
    assert unpacked("deflate", raw_deflate(TEXT)) == (TEXT, True)
    assert unpacked("gzip", gzip.compress(TEXT) + gzip.compress(b"more")) == (TEXT + b"more", True)
    assert unpacked("gzip", gzip.compress(TEXT) + b"\0\0\0") == (TEXT, True)


def test_zstd_in_several_frames() -> None:
    frames = zstandard.compress(TEXT) + zstandard.compress(b"more") + zstandard.compress(TEXT)
    for bite in (7, 1_000, 1 << 20):
        assert unpacked("zstd", frames, bite=bite) == (TEXT + b"more" + TEXT, True)


def test_what_is_packed_without_saying_so_is_unpacked_and_what_only_says_so_is_not() -> None:
    assert unpacked("", gzip.compress(TEXT)) == (TEXT, True)
    assert unpacked("gzip", TEXT) == (TEXT, True)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_cut_stream_gives_what_came_and_says_that_it_is_cut(encoding: str) -> None:
    text, complete = unpacked(encoding, PACKED[encoding][: len(PACKED[encoding]) // 2])
    assert TEXT.startswith(text)
    assert not complete


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_damage_and_unknown_codings_are_refused(encoding: str) -> None:
    data = bytearray(PACKED[encoding])
    data[20:60] = b"\xff" * 40
    with pytest.raises(Refusal, match="undecodable"):
        unpacked(encoding, bytes(data))
    with pytest.raises(Refusal, match="'exotic' is not known"):
        unpacked("exotic", b"\x80\x80")
    with pytest.raises(Refusal, match="packed 4 times over"):
        unpacked("gzip, gzip, gzip, gzip", b"\x80\x80")


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip"])
def test_a_bomb_stops_at_the_limit(encoding: str) -> None:
    blanks = b" " * 100_000_000
    packed = {
        "gzip": gzip.compress(blanks), "deflate": zlib.compress(blanks), "br": brotli.compress(blanks, quality=3),
        "zstd": zstandard.compress(blanks), "gzip, gzip": gzip.compress(gzip.compress(blanks)),
    }[encoding]  # fmt: skip
    del blanks
    tracemalloc.start()
    with pytest.raises(TooMuch):
        unpacked(encoding, packed, limit=1_000_000, bite=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


@given(st.binary(max_size=200), st.sampled_from(["", "gzip", "deflate", "br", "zstd", "br, gzip", "nonsense", ",,,"]))
def test_no_bytes_break_it(data: bytes, encoding: str) -> None:
    with suppress(Refusal):
        text, _ = unpacked(encoding, data, bite=17)
        assert len(text) <= 1 << 20


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("Tue, 24 Nov 2026 12:05:00 GMT", 300),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("999999999", 31 * 86_400),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("1e9", None),
    ],
)
def test_retry_after(value: str, seconds: int | None) -> None:
    assert retry_after({"Retry-After": value}, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=900"}, 900),
        ({"Cache-Control": 'max-age="60"'}, 60),
        ({"Cache-Control": "no-cache, max-age=900"}, None),
        ({"Expires": "Tue, 24 Nov 2026 13:00:00 GMT", "Date": "Tue, 24 Nov 2026 12:00:00 GMT"}, 3_600),
        ({"Expires": "0", "Date": "Tue, 24 Nov 2026 12:00:00 GMT"}, None),
        ({}, None),
    ],
)
def test_how_long_an_answer_is_fresh(headers: dict[str, str], seconds: int | None) -> None:
    assert fresh_for(headers) == seconds


def test_content_types_validators_and_dates() -> None:
    assert media_type({"Content-Type": 'Text/XML; charset="ISO-8859-1"'}) == ("text/xml", "iso-8859-1")
    assert media_type({"Content-Type": "nonsense; charset="}) == ("text/plain", "")
    assert media_type({}) == (None, None)
    assert validator({"ETag": 'W/"x"'}, "ETag") == 'W/"x"'
    assert validator({"ETag": "a\r\nX: y"}, "ETag") is None
    assert validator({"ETag": "x" * 5_000}, "ETag") is None
    assert moment("Tue, 24 Nov 2026 12:00:00 +0200") == datetime(2026, 11, 24, 10)  # noqa: DTZ001
    assert moment("yesterday") is None
