"""Copies, groups and kinds of revision through the whole journey, into a real warehouse."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from shutil import rmtree
from typing import TYPE_CHECKING, Any

import duckdb

from flows import journey
from flows.plain import ingest as plain
from flows.settings import settings
from tests.bench.stories import story
from tests.conftest import query
from tests.newspaper import entry, page, rss
from tests.newsserver import Reply
from tests.tasks.test_copies import edited, weather
from warehouse import history
from warehouse import migrate as migrations
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest

    from tests.newsroom import Newsroom

Record = dict[str, Any]


def ingest(data: Path, path: Path) -> None:
    plain([str(path)], settings(data=data, workers=0))


def record(name: str, outlet: str, text: str, at: str = "2026-03-02T08:00:00Z", **more: str) -> Record:
    return {"id": f"{name}-{outlet}", "url": f"https://{outlet}.example/{name}", "publisher": outlet, "title": f"{name} of {outlet}", "published": at,
            "text": text} | more  # fmt: skip


def write(path: Path, records: Sequence[Record]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r) + "\n" for r in records))
    return path


def body(number: int) -> str:
    return "\n\n".join(story(number).paragraphs)


def stream() -> list[Record]:
    """Two stories at eight outlets, some weather, and stories that nobody copies, mixed."""
    told = [record(f"w{n}", f"paper{o}", edited(n, o), f"2026-03-02T{8 + o:02}:{10 + n}:00Z") for o in range(8) for n in range(2)]
    told += [record(f"t{n}", f"paper{n % 3}", weather(n), f"2026-03-02T09:{n:02}:00Z") for n in range(12)]
    told += [record(f"s{n}", f"paper{n % 8}", body(900 + n), f"2026-03-02T10:{n:02}:00Z") for n in range(5)]
    return sorted(told, key=lambda r: (r["published"], r["id"]))


def told(data: Path) -> list[tuple[object, ...]]:
    """What the warehouse says of groups, stories and copies, whatever the order of its rows."""
    rows = query(data, "SELECT article_id, copy_group, is_original, story_id FROM mart.articles ORDER BY ALL")
    return rows + query(data, "SELECT article_id, of_article_id, relation, containment, credit FROM mart.copies ORDER BY ALL")


def groups(data: Path) -> set[frozenset[object]]:
    rows = query(data, "SELECT list(url) FROM mart.articles GROUP BY copy_group")
    return {frozenset(urls) for (urls,) in rows if isinstance(urls, list)}


def test_one_batch_many_batches_and_a_crash_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = stream()
    folder = tmp_path / "in"
    ingest(tmp_path / "whole", write(folder / "all.jsonl", records))
    whole = told(tmp_path / "whole")
    assert len(whole) > len(records)
    assert {len(g) for g in groups(tmp_path / "whole")} == {1, 8}
    (folder / "all.jsonl").unlink()
    for n, r in enumerate(records):  # a run for each, so that all is read back from the tables each time
        ingest(tmp_path / "single", write(folder / f"{n:03}.jsonl", [r]))
        if n % 10 == 0:
            rmtree(tmp_path / "single" / "live" / "history", ignore_errors=True)
    assert told(tmp_path / "single") == whole

    monkeypatch.setattr(journey, "BATCH", 1)
    land, landed = Store.land, 0

    def dies(store: Store, *arguments: Any) -> int:  # noqa: ANN401  as land has them
        nonlocal landed
        landed += 1
        if landed % 12 == 0:
            raise RuntimeError("the machine went down")
        return land(store, *arguments)

    monkeypatch.setattr(Store, "land", dies)
    for _ in range(5):
        with suppress(RuntimeError):
            ingest(tmp_path / "crashed", folder)
    assert told(tmp_path / "crashed") == whole


def test_an_origin_that_comes_late_is_still_the_origin(tmp_path: Path, data: Path) -> None:
    copy = record("c", "tide", f"{body(6)}\n\nSource: Lagoon", "2026-03-02T12:00:00Z")
    ingest(data, write(tmp_path / "in" / "1.jsonl", [copy]))
    assert query(data, "SELECT is_original FROM mart.articles") == [(True,)]
    ingest(data, write(tmp_path / "in" / "2.jsonl", [record("o", "lagoon", body(6), "2026-03-02T11:00:00Z")]))
    assert query(data, "SELECT outlet, is_original FROM mart.articles ORDER BY 1") == [("lagoon", True), ("tide", False)]
    [(outlet, of_outlet, credited, credit, delay)] = query(
        data, "SELECT outlet, of_outlet, credited, credit, delay_s FROM mart.copies"
    )
    assert (outlet, of_outlet, credited, credit, delay) == ("tide", "lagoon", True, "Source: Lagoon", 3600)


def test_the_same_words_are_found_however_long_ago(tmp_path: Path, data: Path) -> None:
    old, new = record("o", "lagoon", body(6), "2025-01-02T11:00:00Z"), record("c", "tide", body(6))
    cut = record("x", "ebb", "\n\n".join(story(6).paragraphs[:8]))
    ingest(data, write(tmp_path / "in" / "1.jsonl", [old]))
    ingest(data, write(tmp_path / "in" / "2.jsonl", [new, cut]))
    rows = query(data, "SELECT outlet, of_outlet, relation FROM mart.copies ORDER BY ALL")
    assert rows == [("ebb", "tide", "excerpt"), ("tide", "lagoon", "exact")]
    assert len(groups(data)) == 1


def test_copies_that_still_carry_what_the_origin_corrected(tmp_path: Path, data: Path) -> None:
    wrong, right = body(2), body(2).replace(story(2).paragraphs[3], "The harbour master said that nobody was on board.")
    note = "Correction: An earlier version of this article misstated who was on board."
    ingest(
        data,
        write(tmp_path / "in" / "1.jsonl", [record("o", "lagoon", wrong), record("c", "tide", wrong, "2026-03-02T09:00:00Z")]),
    )
    assert query(data, "FROM mart.uncorrected_copies") == []
    ingest(data, write(tmp_path / "in" / "2.jsonl", [record("o", "lagoon", f"{right}\n\n{note}")]))
    assert query(data, "SELECT change_kind, note FROM mart.versions WHERE version = 2") == [("correction", note)]
    assert query(data, "SELECT outlet, state FROM mart.articles ORDER BY 1") == [("lagoon", "corrected"), ("tide", "live")]
    rows = query(data, "SELECT outlet, of_outlet, change_kind, note FROM mart.uncorrected_copies")
    assert rows == [("tide", "lagoon", "correction", note)]
    # One that comes later with the wrong text still carries it; one with the right text does not.
    later = [record("d", "ebb", wrong, "2026-03-02T10:00:00Z"), record("e", "reef", right, "2026-03-02T10:00:00Z")]
    ingest(data, write(tmp_path / "in" / "3.jsonl", later))
    assert query(data, "SELECT outlet FROM mart.uncorrected_copies ORDER BY 1") == [("ebb",), ("tide",)]
    ingest(data, write(tmp_path / "in" / "4.jsonl", [record("c", "tide", f"{right}\n\n{note}", "2026-03-02T09:00:00Z")]))
    assert query(data, "SELECT outlet FROM mart.uncorrected_copies") == [("ebb",)]


def test_a_correction_that_is_an_article_of_its_own(tmp_path: Path, data: Path) -> None:
    wrong, right = body(12), body(12).replace(story(12).paragraphs[3], "The harbour master said that nobody was on board.")
    note = "(Corrects who was on board in paragraph 4.)"
    sent = [record("o", "lagoon", wrong), record("c", "tide", wrong, "2026-03-02T09:00:00Z")]
    ingest(data, write(tmp_path / "in" / "1.jsonl", sent))
    again = [
        record("n", "lagoon", f"{note}\n\n{right}", "2026-03-02T10:00:00Z"),
        record("d", "reef", right, "2026-03-02T11:00:00Z"),
    ]
    ingest(data, write(tmp_path / "in" / "2.jsonl", again))
    assert query(data, "SELECT outlet, of_outlet, note FROM mart.uncorrected_copies") == [("tide", "lagoon", note)]


def test_kinds_of_revision(tmp_path: Path, data: Path) -> None:
    first = record("a", "lagoon", body(3))
    typo = first | {"text": body(3).replace(" government ", " goverment ", 1) + "\n\nThe quay was clsed and nobody was hurt."}
    steps = [
        first | {"text": typo["text"]},
        first | {"text": typo["text"].replace("clsed", "closed")},
        first | {"text": typo["text"].replace("clsed", "closed"), "title": "Another headline"},
        first | {"text": f"{typo['text']}\n\nThe ferry line said that it would sail again in a week from the northern quay."},
        first | {"text": "This article has been withdrawn because it could not be verified."},
    ]
    for n, step in enumerate(steps):
        ingest(data, write(tmp_path / "in" / f"{n}.jsonl", [step]))
    kinds = query(data, "SELECT change_kind FROM mart.versions ORDER BY version")
    assert kinds == [("first",), ("typo",), ("headline",), ("content",), ("retraction",)]
    assert query(data, "SELECT state FROM mart.articles") == [("retracted",)]


def test_the_whole_text_of_a_teaser_joins_the_group_of_its_copies(room: Newsroom) -> None:
    teaser = entry(1, full=False, url=room.site.url("/news/1.html"), text=body(4))
    room.site.on("/news/1.html", Reply(b"", status=503))
    room.site.on("/a.xml", Reply(rss([teaser])))
    room.site.on("/b.xml", Reply(rss([entry(2, text=body(4))])))
    room.subscribe("/a.xml", outlet="Lagoon")
    room.subscribe("/b.xml", outlet="Tide")
    room.poll()
    assert room.one("SELECT count(DISTINCT copy_group) FROM mart.articles") == 2
    room.site.on("/news/1.html", page(teaser))
    room.poll(later=timedelta(hours=2))
    assert room.sql("SELECT change_kind FROM mart.versions WHERE version = 2") == [("completed",)]
    assert room.one("SELECT count(DISTINCT copy_group) FROM mart.articles") == 1


def test_a_warehouse_of_before_goes_on(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its fingerprints are read into the history, its copies make groups."""
    ingest(tmp_path / "new", write(tmp_path / "in" / "1.jsonl", [record("o", "lagoon", body(5)), record("c", "tide", body(5))]))
    layout = Layout(data)
    layout.make()
    old = {name: text for name, text in migrations.scripts("migrations").items() if name < "0003"}
    with monkeypatch.context() as patched, duckdb.connect(str(layout.database)) as con:
        patched.setattr(migrations, "scripts", lambda folder: old if folder == "migrations" else {} if folder == "mart" else
                        _scripts(folder))  # fmt: skip
        migrations.migrate(con)
        con.execute(f"ATTACH '{Layout(tmp_path / 'new').database}' AS new (READ_ONLY)")
        for (table,) in con.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name <> 'new'"
        ).fetchall():
            if table not in ("ops.migration", "news.copy"):
                columns = ", ".join(c[0] for c in con.execute(f"FROM {table} LIMIT 0").description or [])
                con.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}")
        con.execute(
            "INSERT INTO news.copy SELECT article_id, of_article_id, 'exact', 1.0, false, NULL, batch_id FROM new.news.copy"
        )
    ingest(data, write(tmp_path / "in" / "2.jsonl", [record("x", "ebb", "\n\n".join(story(5).paragraphs[:8]))]))
    assert len(groups(data)) == 1
    assert query(data, "SELECT count(*), count(*) FILTER (is_original) FROM mart.articles") == [(3, 1)]


_scripts = migrations.scripts


def test_files_of_the_history_are_written_when_many_have_come(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "PENDING", 10)
    records = stream()
    for n in range(0, len(records), 9):
        ingest(data, write(tmp_path / "in" / "all.jsonl", records[n : n + 9]))
    layout = Layout(data)
    assert list(layout.history.glob("*.run"))
    with Store(layout, WriterLock(layout.live, "test")) as store:
        assert store.history.size == len(records)
        assert store.history.batch_id > 0
        store.end()
    assert {len(g) for g in groups(data)} == {1, 8}


def test_two_versions_in_one_batch_of_which_one_has_the_words_of_another_article(tmp_path: Path, data: Path) -> None:
    ours, theirs = record("a", "lagoon", body(14)), record("b", "tide", body(16))
    ingest(data, write(tmp_path / "in" / "1.jsonl", [theirs, ours, ours | {"text": body(16), "url": ours["url"]}]))
    rows = query(data, "SELECT outlet, version, relation FROM mart.copies")
    assert rows == [("lagoon", 2, "exact")]
    assert len(groups(data)) == 1


def test_revising_an_origin_does_not_make_it_a_copy_of_its_copies(tmp_path: Path, data: Path) -> None:
    origin = record("a", "lagoon", body(18), "2026-03-02")
    copy = record("b", "tide", body(18), "2026-03-02")
    ingest(data, write(tmp_path / "in" / "1.jsonl", [origin, copy]))
    longer = origin | {
        "text": f"{body(18)}\n\nThe port opens again on Friday at noon, its master said.",
        "published": "2026-03-04",
    }
    ingest(data, write(tmp_path / "in" / "2.jsonl", [longer]))
    assert query(data, "SELECT outlet, of_outlet FROM mart.copies") == [("tide", "lagoon")]
    assert query(data, "SELECT outlet, is_original FROM mart.articles ORDER BY 1") == [("lagoon", True), ("tide", False)]


def test_every_group_has_an_original(tmp_path: Path, data: Path) -> None:
    """Though one copy credits an agency that published later than another copy says that it had the text."""
    agency = record("a", "Reuters", body(22), "2026-03-02T12:00:00Z")
    crediting = record("b", "tide", f"LONDON (Reuters) - {body(22)}", "2026-03-02T10:00:00Z")
    silent = record("c", "ebb", body(22), "2026-03-02T11:00:00Z")
    dayly = record("d", "reef", f"{body(22)}\n\nMore in print.", "2026-03-02")
    ingest(data, write(tmp_path / "in" / "1.jsonl", [silent, dayly, crediting, agency]))
    assert len(groups(data)) == 1
    assert query(data, "SELECT count(*) FILTER (is_original) FROM mart.articles") == [(1,)]


def test_damaged_files_of_the_history_are_made_anew(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PENDING", 5)
    ingest(data, write(tmp_path / "in" / "1.jsonl", [record(f"s{n}", "lagoon", body(40 + n)) for n in range(12)]))
    for n, run in enumerate(sorted(Layout(data).history.glob("*.run"))):
        whole = bytearray(run.read_bytes())
        middle = len(whole) * 2 // 3 + n
        whole[middle : middle + 4_000] = b"\xff" * 4_000
        run.write_bytes(whole)
    copies = [record(f"c{n}", "tide", f"{body(40 + n)}\n\nSource: Lagoon", "2026-03-03T08:00:00Z") for n in range(12)]
    ingest(data, write(tmp_path / "in" / "2.jsonl", copies))
    assert query(data, "SELECT count(*) FROM mart.copies") == [(12,)]


def test_dates_of_all_centuries_in_one_batch(tmp_path: Path, data: Path) -> None:
    years = (1621, 1789, 1914, 1969, 1970, 2001, 2026)
    records = [
        record(f"{name}{y}", name, body(60 + n), f"{y}-03-02T08:0{m}:00Z")
        for n, y in enumerate(years)
        for m, name in enumerate("ab")
    ]
    ingest(data, write(tmp_path / "in" / "1.jsonl", records))
    assert query(data, "SELECT count(*) FROM mart.copies WHERE relation = 'exact'") == [(len(years),)]
