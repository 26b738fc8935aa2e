"""The whole journey over real files, into a real warehouse."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING

from flows.plain import ingest as plain
from flows.settings import settings
from tasks.limits import Limits
from tests.conftest import query, story, write_stories
from warehouse.archive import Entry, read

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from flows.journey import Tally

WIRE = """MNA
Nairobi
The harbour authority closed two piers on Tuesday after divers found cracks in the foundations, officials said.
"We will not reopen before the engineers are done," said the port director, Amina Otieno-Falk, at a news conference.
"""


def ingest(data: Path, *arguments: Path | str, workers: int = 0, published: str | None = None) -> Tally:
    return plain([str(a) for a in arguments], settings(data=data, workers=workers, published=published))


def books(tally: Tally) -> tuple[int, ...]:
    b = tally.books
    assert b.balanced
    return b.fetched, b.new, b.revised, b.seen, b.rejected


def test_a_wire_story_lands_as_one_article_and_again_as_seen(tmp_path: Path, data: Path) -> None:
    file = tmp_path / "inbox" / "story.txt"
    file.parent.mkdir()
    file.write_text(WIRE)
    assert books(ingest(data, file.parent)) == (1, 1, 0, 0, 0)
    assert books(ingest(data, file)) == (1, 0, 0, 1, 0)
    columns = "agency, dateline_place, dateline_country, title, published_at, language, version, source, outlet"
    assert query(data, f"SELECT {columns} FROM mart.articles") == [
        ("MNA", "Nairobi", "KE", None, None, "en", 1, "inbox", "inbox")
    ]
    [(text, head)] = query(data, "SELECT text, head FROM mart.articles")
    assert str(text).startswith("The harbour authority closed")
    assert str(text).count("\n\n") == 1
    for name, found, part, start, end in query(data, "SELECT name, text, part, start_char, end_char FROM mart.head_fields"):
        assert part == "head", name
        assert str(head)[int(str(start)) : int(str(end))] == found


def test_a_date_that_the_user_gives_holds_only_where_the_text_states_none(tmp_path: Path, data: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bare.txt").write_text(story(1))
    (tmp_path / "in" / "dated.json").write_text(
        json.dumps({"title": "Dated", "text": story(2), "published": "2026-02-03T04:05:06Z"})
    )
    ingest(data, tmp_path / "in", published="2026-06-14")
    rows = query(
        data, "SELECT published_at::VARCHAR, published_precision, published_from FROM mart.articles ORDER BY published_at"
    )
    assert rows == [("2026-02-03 04:05:06", "second", "meta"), ("2026-06-14 00:00:00", "day", "given")]


def test_the_files_own_time_is_never_a_date(tmp_path: Path, data: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bare.txt").write_text(story(1))
    ingest(data, tmp_path / "in")
    assert query(data, "SELECT published_at, published_from, sort_at = first_seen_at FROM mart.articles") == [(None, None, True)]


def test_a_touched_or_renamed_file_is_seen_again_and_an_edited_one_revised(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    file = folder / "a.txt"
    file.write_text(story(1))
    ingest(data, folder)
    file.touch()
    assert books(ingest(data, folder)) == (1, 0, 0, 1, 0)
    file = file.rename(folder / "b.txt")
    assert books(ingest(data, folder)) == (1, 0, 0, 1, 0)
    file.write_text(story(1) + "\n\nLater the harbour master added that nobody had been hurt.")
    assert books(ingest(data, folder)) == (1, 0, 1, 0, 0)
    versions = query(
        data, "SELECT version, change_kind, changed_share > 0, changed_share < .5, valid_to IS NULL FROM mart.versions ORDER BY 1"
    )
    assert versions == [(1, "first", None, None, False), (2, "content", True, True, True)]
    assert query(data, "SELECT count(*), any_value(version) FROM mart.articles") == [(1, 2)]


def test_another_text_at_the_same_path_is_another_article(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in (1, 2, 1):
        (folder / "latest.txt").write_text(story(n))
        ingest(data, folder)
    assert query(data, "SELECT count(*), count(DISTINCT article_id) FROM mart.articles") == [(2, 2)]


def test_a_guid_outlives_headline_and_address_and_text(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    base = {"guid": "g1", "title": "First headline", "url": "https://paper.example/a", "text": story(1)}
    edits = [
        base,
        base | {"title": "Second headline"},
        base | {"title": "Second headline", "url": "https://paper.example/b"},
        base | {"title": "Second headline", "guid": "g2"},
        base | {"title": "Second headline", "text": story(1) + " And more was said later on that day in the town."},
    ]
    outcomes = []
    for n, record in enumerate(edits):
        (folder / f"{n}.json").write_text(json.dumps(record))
        outcomes.append(books(ingest(data, folder / f"{n}.json"))[1:4])
    assert outcomes == [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 1), (0, 1, 0)]
    assert query(data, "SELECT count(*) FROM mart.articles") == [(1,)]
    assert query(data, "SELECT change_kind FROM mart.versions ORDER BY version") == [("first",), ("headline",), ("content",)]


def test_the_same_text_at_another_outlet_is_a_copy_and_no_original(tmp_path: Path, data: Path) -> None:
    for outlet, title, credit in (("agency", None, ""), ("paper", "Our own headline", "\n\n(Reporting by agency staff)")):
        (tmp_path / outlet).mkdir()
        (tmp_path / outlet / "x.txt").write_text((f"{title}\n\n" if title else "") + story(1) + credit)
    assert ingest(data, tmp_path / "agency", tmp_path / "paper").books.copies == 1
    rows = query(data, "SELECT c.relation, c.containment, c.outlet, c.of_outlet FROM mart.copies AS c")
    assert rows == [("exact", 1.0, "paper", "agency")]
    assert query(data, "SELECT outlet, is_original FROM mart.articles ORDER BY 1") == [("agency", True), ("paper", False)]


def test_bad_files_are_named_rejects_and_the_others_land(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(story(1))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\t\n")
    (folder / "cut.txt.gz").write_bytes(gzip.compress(story(2).encode())[:60])
    (folder / "cut.json").write_text('{"title": "Cut", "text": "It ends in the midd')
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "noise.txt").write_bytes(bytes(range(256)) * 20)
    tally = ingest(data, folder)
    assert books(tally) == (7, 1, 0, 0, 6)
    assert query(data, "SELECT path, reason FROM mart.rejects ORDER BY path") == [
        ("blank.txt", "empty"),
        ("cut.json", "malformed"),
        ("cut.txt.gz", "corrupt"),
        ("empty.txt", "empty"),
        ("noise.txt", "undecodable"),
        ("picture.html", "wrong_type"),
    ]
    assert all(r.detail and r.path for r in tally.rejects)
    again = ingest(data, folder)
    assert books(again) == (7, 0, 0, 1, 6)
    assert query(data, "SELECT count(*) FROM mart.rejects") == [(6,)], "an unchanged bad file is not refused twice"


def test_every_payload_is_in_the_archive_once_and_whole(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    packed = gzip.compress(story(1).encode())
    (folder / "a.txt.gz").write_bytes(packed)
    (folder / "same.txt.gz").write_bytes(packed)
    (folder / "bad.json").write_bytes(b'{"title": ')
    ingest(data, folder)
    rows = query(data, "SELECT uri, archive, archive_offset, archive_length FROM ops.raw ORDER BY uri")
    kept = {str(uri).rsplit("/", 1)[1]: read(data / "archive", Entry(str(a), int(str(o)), int(str(n)))) for uri, a, o, n in rows}
    assert kept == {"a.txt.gz": packed, "bad.json": b'{"title": '}


def test_archives_and_lists_count_their_items(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("one.txt", story(1))
        packed.writestr("deep/two.json", json.dumps([{"title": "Two", "text": story(2)}, {"title": "Three", "text": story(3)}]))
        packed.writestr("broken.json", "{")
        packed.writestr("../out.txt", story(4))
    (folder / "all.zip").write_bytes(buffer.getvalue())
    (folder / "lines.jsonl").write_text(
        "\n".join([json.dumps({"id": n, "text": story(n)}) for n in range(10, 1210)] + ["{not json"])
    )
    assert books(ingest(data, folder)) == (1206, 1203, 0, 0, 3)
    assert books(ingest(data, folder)) == (1206, 0, 0, 1203, 3)
    reasons = query(data, "SELECT path, reason FROM mart.rejects ORDER BY 1")
    assert reasons == [("all.zip!/../out.txt", "forbidden"), ("all.zip!/broken.json", "malformed"), ("lines.jsonl", "malformed")]


def test_links_hidden_and_unfinished_files_are_passed_over(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text(story(9))
    (folder / "sub" / "good.txt").write_text(story(1))
    (folder / "sub" / "loop").symlink_to(folder)
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / ".hidden.txt").write_text(story(2))
    (folder / "coming.txt.part").write_text(story(3))
    assert books(ingest(data, folder)) == (1, 1, 0, 0, 0)


def test_workers_and_one_process_land_the_same(tmp_path: Path) -> None:
    write_stories(tmp_path / "in", range(700), words=60)
    ids = []
    for workers in (0, 2):
        data = tmp_path / f"data{workers}"
        assert books(ingest(data, tmp_path / "in", workers=workers)) == (700, 700, 0, 0, 0)
        ids.append(query(data, "SELECT article_id, title, text, words, language FROM mart.articles ORDER BY 1"))
    assert ids[0] == ids[1]


def test_a_parent_folder_leaves_known_sources_their_files(tmp_path: Path, data: Path) -> None:
    inner = tmp_path / "in" / "inner"
    inner.mkdir(parents=True)
    (inner / "a.txt").write_text(story(1))
    (tmp_path / "in" / "b.txt").write_text(story(2))
    ingest(data, inner)
    assert books(ingest(data, tmp_path / "in")) == (2, 1, 0, 1, 0)
    assert query(data, "SELECT source FROM mart.articles ORDER BY 1") == [("in",), ("inner",)]


def test_our_own_data_folder_is_no_news(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(story(1))
    for _ in range(2):
        tally = ingest(tmp_path / "data", tmp_path)
        assert books(tally)[0] == 1
        assert tally.reasons == {}


def test_what_is_asked_for_twice_is_read_once(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text(story(1))
    assert books(ingest(data, folder, folder, folder / "sub", folder / "sub" / "a.txt")) == (1, 1, 0, 0, 0)


def test_a_file_that_is_edited_back_is_restored(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for text in (story(1), story(1) + " A word was added here at the end.", story(1)):
        (folder / "a.txt").write_text(text)
        ingest(data, folder)
    assert query(data, "SELECT change_kind FROM mart.versions ORDER BY version") == [("first",), ("content",), ("restored",)]
    assert query(data, "SELECT version FROM mart.articles") == [(3,)]


def test_records_that_two_files_number_alike_stay_apart(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for month in (1, 2):
        records = [
            {"id": str(n), "title": f"{month * 10 + n} {'ab'[month - 1] * 9}", "text": story(month * 10 + n)} for n in (1, 2)
        ]
        (folder / f"{month}.jsonl").write_text("\n".join(map(json.dumps, records)))
    assert books(ingest(data, folder)) == (4, 4, 0, 0, 0)


def test_a_file_larger_than_memory_allows_is_read_from_a_copy(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Limits(whole=20_000)
    monkeypatch.setattr("tasks.fetch.folder.LIMITS", small)
    monkeypatch.setattr("tasks.parse.unpack.LIMITS", small)
    folder = tmp_path / "in"
    folder.mkdir()
    lines = "\n".join(json.dumps({"id": str(n), "text": story(n)}) for n in range(1_200))
    (folder / "many.jsonl").write_text(lines)
    (folder / "long.txt").write_text("word " * 5_000)
    assert books(ingest(data, folder)) == (1_201, 1_200, 0, 0, 1)
    assert query(data, "SELECT path, reason FROM mart.rejects") == [("long.txt", "too_large")]
    assert not any((data / "live" / "spool").iterdir())
    [(archive, offset, length)] = query(
        data, "SELECT archive, archive_offset, archive_length FROM ops.raw WHERE uri LIKE '%many.jsonl'"
    )
    assert read(data / "archive", Entry(str(archive), int(str(offset)), int(str(length)))) == lines.encode()
