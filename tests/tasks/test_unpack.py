"""Compressed files and archives: told by content, streamed, bounded."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import pytest
import zstandard

from tasks.limits import LIMITS
from tasks.parse import parse, unpack
from tasks.parse.unpack import Piece, pieces
from tasks.types import Item, Payload
from tests.conftest import story

if TYPE_CHECKING:
    from collections.abc import Callable

PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


def opened(data: bytes, name: str) -> list[Piece]:
    payload = Payload("s", name, f"file:{name}", data, "0" * 64, datetime(2026, 1, 1), size=len(data), file=name)  # noqa: DTZ001
    return list(pieces(payload, io.BytesIO(data)))


def reasons(found: list[Piece]) -> list[str | None]:
    return [p.refusal.reason if p.refusal else None for p in found]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("named", [True, False], ids=["named", "unnamed"])
def test_packed_files_are_told_by_their_first_bytes(suffix: str, named: bool) -> None:  # noqa: FBT001
    [piece] = opened(PACK[suffix](story(1).encode()), "a.txt" + suffix * named)
    assert piece.payload.data == story(1).encode()
    assert piece.payload.last


@pytest.mark.parametrize("suffix", PACK)
def test_a_file_cut_short_is_corrupt(suffix: str) -> None:
    packed = PACK[suffix](story(1, 2000).encode())
    assert reasons(opened(packed[: len(packed) // 2], "a.txt" + suffix)) == ["corrupt"]


def test_zstandard_frames_follow_one_another() -> None:
    one, other = (zstandard.ZstdCompressor().compress(story(n, 3000).encode()) for n in (1, 2))
    [piece] = opened(one + other, "a.txt.zst")
    assert piece.payload.data == (story(1, 3000) + story(2, 3000)).encode()


def test_layers_are_limited() -> None:
    data = story(1).encode()
    for _ in range(LIMITS.layers):
        data = gzip.compress(data)
    assert reasons(opened(data, "a.gz")) == [None]
    assert reasons(opened(gzip.compress(data), "a.gz")) == ["too_deep"]


def test_a_bomb_is_too_large() -> None:
    assert reasons(opened(gzip.compress(b"a" * (LIMITS.whole + 2)), "bomb.txt.gz")) == ["too_large"]


def test_an_archives_bad_member_costs_only_itself() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", story(1))
        packed.writestr("b/c.txt.gz", gzip.compress(story(2).encode()))
        packed.writestr("../../etc/out.txt", story(3))
        packed.writestr("z.txt", story(4))
    found = opened(buffer.getvalue(), "x.zip")
    assert [(p.payload.path, p.refusal.reason if p.refusal else None) for p in found] == [
        ("x.zip!/../../etc/out.txt", "forbidden"), ("x.zip!/a.txt", None), ("x.zip!/b/c.txt.gz", None), ("x.zip!/z.txt", None),
    ]  # fmt: skip
    assert [p.payload.part for p in found] == [0, 1, 2, 3]
    assert [p.payload.last for p in found] == [False, False, False, True]
    assert {p.payload.file for p in found} == {"x.zip"}


@pytest.mark.parametrize(
    ("first", "reason"), [("[Content_Types].xml", "wrong_type"), ("mimetype", "wrong_type"), ("folder/", "empty")]
)
def test_archives_that_are_something_else(first: str, reason: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr(first, "")
    assert reasons(opened(buffer.getvalue(), "x.docx")) == [reason]


def test_records_come_in_runs_and_none_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "LIMITS", replace(LIMITS, whole=20_000))
    lines = b"".join(json.dumps({"id": n, "text": story(n)}).encode() + b"\n" for n in range(1_600))
    found = opened(gzip.compress(lines), "a.jsonl.gz")
    assert len(found) > 2
    assert sum(len(p.payload.data) for p in found) == len(lines)
    items = [i for p in found for i in parse(p.payload)]
    assert [i.record for i in items] == list(range(1_600))
    assert all(isinstance(i, Item) and not i.alone for i in items)


def test_a_file_of_records_cut_short_gives_what_it_has_and_one_refusal() -> None:
    lines = b"".join(json.dumps({"id": n, "text": story(n)}).encode() + b"\n" for n in range(3_000))
    packed = gzip.compress(lines)
    found = opened(packed[: len(packed) * 3 // 4], "a.jsonl.gz")
    assert reasons(found)[-1] == "corrupt"
    assert set(reasons(found)[:-1]) == {None}
    assert found[-1].payload.last
