"""Folders: what is listed, in which order, under which names."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from tasks.fetch import folder
from tasks.fetch.folder import Found, listings, read
from warehouse.errors import Refusal, SourceError


def paths(root: Path, **narrowed: object) -> list[str]:
    return [f.path for listing in listings(root, **narrowed) for f in listing]  # type: ignore[arg-type]  # keywords of listings


def test_order_and_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c d/é.txt", "-dash.txt", "new\nline.txt", "😀.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / unicodedata.normalize("NFD", name)).write_text("x")
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt"))).write_text("x")
    assert paths(tmp_path) == ["-dash.txt", "a.txt", "b/1.txt", "b/2.txt", "bad%ff.txt", "c d/é.txt", "new\nline.txt", "😀.txt"]
    assert paths(tmp_path, only=tmp_path / "b") == ["b/1.txt", "b/2.txt"]
    assert paths(tmp_path, only=tmp_path / "b" / "2.txt") == ["b/2.txt"]
    assert "b/1.txt" not in paths(tmp_path, without=frozenset({tmp_path / "b"}))
    assert folder.count(tmp_path) == 8


def test_many_files_come_in_several_listings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "LISTING", 3)
    for n in range(8):
        (tmp_path / f"{n}.txt").touch()
    assert [len(listing) for listing in listings(tmp_path)] == [3, 3, 2]


def test_pipes_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").touch()
    assert paths(tmp_path) == ["a.txt"]


def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    gone = Found("gone.txt", tmp_path / "gone.txt", 1, 1)
    with pytest.raises(Refusal, match=r"unreadable: .*gone\.txt cannot be read \(No such file"):
        read(gone, "s", tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permissions(tmp_path: Path) -> None:
    locked = tmp_path / "locked.txt"
    locked.write_text("x")
    locked.chmod(0)
    with pytest.raises(Refusal, match="Permission denied"):
        read(Found("locked.txt", locked, 1, 1), "s", tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="check that it exists"):
        paths(tmp_path / "none")


def test_a_large_file_is_hashed_but_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hashlib import sha256

    from tasks.limits import Limits

    monkeypatch.setattr(folder, "LIMITS", Limits(whole=1_000))
    big = tmp_path / "big.jsonl"
    big.write_bytes(b"x" * 5_000)
    (tmp_path / "spool").mkdir()
    opened = read(Found("big.jsonl", big, 5_000, 1), "s", tmp_path / "spool")
    big.write_bytes(b"changed meanwhile")
    assert opened.large is not None
    assert opened.large.read_bytes() == b"x" * 5_000
    assert (opened.payload.data, opened.payload.size, opened.payload.raw_id) == (b"", 5_000, sha256(b"x" * 5_000).hexdigest())


def test_what_vanishes_or_cannot_be_listed_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "closed/b.txt", "gone/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    real = os.scandir

    def scandir(folder: Path) -> object:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied")
        if Path(folder).name == "gone":
            raise FileNotFoundError(2, "No such file or directory")
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    found = [f for listing in listings(tmp_path) for f in listing]
    assert [f.path for f in found] == ["a.txt", "closed"]
    with pytest.raises(Refusal, match="unreadable"):
        read(found[1], "s", tmp_path)
