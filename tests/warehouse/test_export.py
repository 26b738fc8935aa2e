"""Exports: by day, only what has changed, whole at any moment, and nothing of theirs reaches where it should not."""

from __future__ import annotations

import csv
import errno
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows.plain import ingest
from flows.settings import settings
from tests.conftest import ROOT, Ingest, environment, query, story
from warehouse import export as module
from warehouse.errors import Locked, StoreError, UsageError
from warehouse.export import VIEWS, Export, Wanted, export
from warehouse.exported import MANIFEST, opened, scratch
from warehouse.layout import Layout
from warehouse.slim import slim

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")
SEEDS = ROOT / "seeds" / "sources"
CHANGING = ("articles", "versions", "copies", "stories", "sightings")


def record(n: int, day: str, host: str = "tide.example", **more: str) -> dict[str, str]:
    return {
        "id": f"{host}-{n}",
        "url": f"https://{host}/{n}",
        "title": f"Headline {n}",
        "published": day,
        "text": story(n),
        **more,
    }


def write(folder: Path, name: str, *records: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text("".join(json.dumps(r) + "\n" for r in records))


def ingested(folder: Path, data: Path) -> Path:
    """A data folder with six articles on three days."""
    write(folder, "a.jsonl", *(record(n, f"2026-06-{14 + n % 3}T08:30:00Z") for n in range(6)))
    assert ingest([str(folder)], settings(data, workers=0)).books.new == 6
    return data


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that no test changes."""
    place = tmp_path_factory.mktemp("steady")
    return ingested(place / "in", place / "data")


@pytest.fixture
def folder(tmp_path: Path, data: Path) -> Path:
    """The folder that the data folder was read from."""
    ingested(tmp_path / "in", data)
    return tmp_path / "in"


def rows(place: Path, view: str, form: str = "parquet") -> list[tuple[object, ...]]:
    """All rows of an exported view, as DuckDB reads them, with their days."""
    read = {"parquet": "read_parquet", "csv": "read_csv", "jsonl": "read_json"}[form]
    with duckdb.connect() as con:
        return con.execute(f"FROM {read}('{place}/{view}/**/*.{form}', hive_partitioning = true) ORDER BY ALL").fetchall()


def contents(place: Path) -> dict[str, bytes]:
    """Every file that readers see, but for the manifest."""
    return {
        str(p.relative_to(place)): p.read_bytes()
        for p in sorted(place.rglob("*"))
        if p.is_file() and p.name != MANIFEST and ".wirehouse" not in p.parts
    }


def changed(done: Export, view: str = "articles") -> tuple[int, int, int]:
    change = done.views[view]
    return change.written, change.unchanged, change.removed


def test_every_view_is_a_data_set_by_day_that_equals_the_warehouse(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    sources = [SEEDS / "agencies" / "mna.toml", SEEDS / "outlets" / "lagoon.toml"]
    assert wirehouse("ingest", *sources, WIREHOUSE_ENTITIES_ENGINE="builtin").returncode == 0
    lake = tmp_path / "lake"
    done = export(Layout(data), lake, Wanted())
    assert list(done.views) == list(VIEWS)
    for view in VIEWS:
        assert done.views[view].rows, view
        assert [(done.views[view].rows,)] == query(data, f"SELECT count(*) FROM mart.{view}"), view
    with duckdb.connect(str(data / "warehouse.duckdb"), read_only=True) as con:
        same = "SELECT count(*) FROM (SELECT {0} FROM {1} EXCEPT ALL SELECT {0} FROM {2})"
        for view in VIEWS:
            there = f"read_parquet('{lake}/{view}/*/*.parquet', hive_partitioning = false)"
            for one, other in ((there, f"mart.{view}"), (f"mart.{view}", there)):
                assert con.execute(same.format("*", one, other)).fetchall() == [(0,)], view
        strays = con.execute(
            f"SELECT count(*) FROM read_parquet('{lake}/quotes/*/*.parquet') AS q JOIN mart.articles AS a USING (article_id) WHERE q.day <> a.sort_at::DATE"
        ).fetchall()
    assert strays == [(0,)], "facts lie on their article's day"
    assert sorted(p.name for p in lake.iterdir()) == sorted([*VIEWS, MANIFEST]), "nothing else is left"


def test_nothing_is_written_twice(tmp_path: Path, steady: Path) -> None:
    lake = tmp_path / "lake"
    assert changed(export(Layout(steady), lake, Wanted())) == (3, 0, 0)
    before = {p: p.stat().st_ino for p in lake.rglob("*.parquet")}
    again = export(Layout(steady), lake, Wanted())
    assert {view: changed(again, view)[::2] for view in VIEWS} == dict.fromkeys(VIEWS, (0, 0))
    assert {p: p.stat().st_ino for p in lake.rglob("*.parquet")} == before


def test_bringing_up_to_date_equals_exporting_anew(tmp_path: Path, data: Path, folder: Path, wirehouse: Ingest) -> None:
    """After news, a revision, a copy that came late, a late original, a withdrawal, and an article that was taken out."""
    kept = tmp_path / "kept"

    def brought_up(name: str, forms: tuple[str, ...] = ("parquet",)) -> tuple[int, int, int]:
        for form in forms:
            done = export(Layout(data), kept / form, Wanted(CHANGING, form=form))
            export(Layout(data), tmp_path / name / form, Wanted(CHANGING, form=form))
            assert contents(kept / form) == contents(tmp_path / name / form), name
        return changed(done)

    assert brought_up("first", module.FORMATS) == (3, 0, 0)
    write(folder, "b.jsonl", record(7, "2026-06-17T01:00:00Z"))
    assert wirehouse("ingest", folder).returncode == 0
    assert brought_up("news") == (1, 3, 0)
    write(folder, "a.jsonl", *(record(n, f"2026-06-{14 + n % 3}T08:30:00Z") for n in range(5)),
          record(5, "2026-06-16T08:30:00Z", text=story(5) + "\n\nThree more crews came on Tuesday, the harbour office said."))  # fmt: skip
    assert wirehouse("ingest", folder).returncode == 0
    assert brought_up("revision") == (1, 3, 0)
    write(folder, "c.jsonl", record(0, "2026-06-10T08:00:00Z", "ebb.example"))
    assert wirehouse("ingest", folder).returncode == 0
    assert query(data, "SELECT count(*) FROM mart.articles WHERE NOT is_original") == [(1,)]
    assert brought_up("late original") == (2, 3, 0), "the day of the one that is no original any more is written, too"
    [(article_id,)] = query(data, "SELECT article_id FROM mart.articles WHERE sort_at::DATE = '2026-06-17'")
    taken_out(data, str(article_id))
    assert brought_up("taken out", module.FORMATS[::-1]) == (0, 4, 1)
    assert not list(kept.glob("*/articles/day=2026-06-17"))
    assert not any(str(article_id) in text for text in map(str, contents(kept).values()))


def taken_out(data: Path, article_id: str) -> None:
    """A version is published in which an article is not."""
    old = (data / "warehouse.duckdb").resolve()
    new = old.with_name("warehouse-999.duckdb")
    new.write_bytes(old.read_bytes())
    with duckdb.connect(str(new)) as con:
        for (table,) in con.execute(
            "SELECT DISTINCT table_name FROM duckdb_columns() WHERE schema_name = 'news' AND column_name = 'article_id'"
        ).fetchall():
            con.execute(f"DELETE FROM news.{table} WHERE article_id = ?", [article_id])
    (data / "warehouse.duckdb").unlink()
    (data / "warehouse.duckdb").symlink_to(new)


def test_a_file_that_was_lost_or_cut_off_is_written_again(tmp_path: Path, steady: Path) -> None:
    lake = tmp_path / "lake"
    export(Layout(steady), lake, Wanted())
    before = contents(lake)
    (lake / "articles" / "day=2026-06-14" / "part-0.parquet").unlink()
    (lake / "articles" / "day=2026-06-15" / "part-0.parquet").write_bytes(b"PAR1")
    assert changed(export(Layout(steady), lake, Wanted())) == (2, 1, 0)
    assert contents(lake) == before


def test_a_new_column_makes_all_days_anew(tmp_path: Path, steady: Path) -> None:
    lake = tmp_path / "lake"
    export(Layout(steady), lake, Wanted())
    told = json.loads((lake / MANIFEST).read_text())
    told["views"]["articles"]["columns"] = "article_id VARCHAR"
    (lake / MANIFEST).write_text(json.dumps(told))
    done = export(Layout(steady), lake, Wanted())
    assert (changed(done), changed(done, "versions")) == ((3, 0, 0), (0, 3, 0))


def test_only_some_days_views_or_a_source(tmp_path: Path, data: Path, folder: Path, wirehouse: Ingest) -> None:
    del folder
    write(tmp_path / "other", "x.jsonl", record(9, "2026-06-15T00:00:00Z", "other.example"))
    assert wirehouse("ingest", tmp_path / "other").returncode == 0
    lake = tmp_path / "lake"
    done = export(Layout(data), lake, Wanted(["mart.articles"], since=date(2026, 6, 15), until=date(2026, 6, 15)))
    assert (list(done.views), changed(done), done.views["articles"].rows) == (["articles"], (1, 0, 0), 3)
    done = export(Layout(data), lake, Wanted(since=date(2026, 6, 16)))
    assert (list(done.views), changed(done)) == (["articles"], (1, 0, 0)), "the day before stays"
    assert len(rows(lake, "articles")) == 5
    alone = tmp_path / "alone"
    export(Layout(data), alone, Wanted(["articles", "stories"], source="other"))
    assert (len(rows(alone, "articles")), len(rows(alone, "stories"))) == (1, 1)
    assert changed(export(Layout(data), alone, Wanted())) == (0, 1, 0), "it stays that source's"
    for wanted, message in (
        (Wanted(source="in"), "holds an export with --source other: name another folder, or empty this one with --anew"),
        (Wanted(form="csv"), "holds an export with --format parquet"),
        (Wanted(["artcles"]), "there is no view 'artcles' in mart; there is: articles"),
        (Wanted(source="othr"), "--source"),
    ):
        with pytest.raises(UsageError, match=message):
            export(Layout(data), alone, wanted)
    with pytest.raises(UsageError, match="no article is of the source 'othr'; there is: other"):
        export(Layout(data), tmp_path / "none", Wanted(source="othr"))
    export(Layout(data), alone, Wanted(["articles"], form="csv"), anew=True)
    assert [p.suffix for p in alone.rglob("part-0.*")] == [".csv"] * 3
    assert not (alone / "stories").exists()


def test_views_without_days_are_one_file(tmp_path: Path, steady: Path) -> None:
    lake = tmp_path / "lake"
    done = export(Layout(steady), lake, Wanted(["runs"]))
    assert [str(p.relative_to(lake)) for p in lake.rglob("*.parquet")] == ["runs/part-0.parquet"]
    assert (changed(done, "runs"), len(rows(lake, "runs"))) == ((1, 0, 0), 1)
    assert changed(export(Layout(steady), lake, Wanted()), "runs") == (0, 1, 0)


def test_hostile_values_stay_values(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    """Formulas are defused, quotes and line breaks quoted, and no value names a path."""
    titles = [*FORMULAS, 'a "quoted", title', "line\nbreak", "../../../outside", "x';DROP TABLE y;--"]
    write(
        tmp_path / "in",
        "a.jsonl",
        *(record(n, "2026-06-14", title=title, author=FORMULAS[n % 6]) for n, title in enumerate(titles)),
    )
    (tmp_path / "evil.toml").write_text(f'name = "evil"\nfolder = "in"\noutlet = "../../{tmp_path.name}/=out day=1"\n')
    assert wirehouse("ingest", tmp_path / "evil.toml").returncode == 0
    place = tmp_path / "it's [a] lake"
    before = {p for p in tmp_path.rglob("*") if p.is_relative_to(data)}
    for form in module.FORMATS:
        export(Layout(data), place / form, Wanted(form=form))
    assert {p for p in tmp_path.rglob("*") if p.is_relative_to(data)} == before
    assert {p.name for p in (place / "csv").rglob("*") if p.is_dir()} <= {*VIEWS, "day=2026-06-14"}
    expected = query(data, "SELECT title, sort_at FROM mart.articles ORDER BY sort_at, article_id")
    with (place / "csv" / "articles" / "day=2026-06-14" / "part-0.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["title"] for row in table] == [("'" if str(t)[0] in "=+-@\t\r" else "") + str(t) for t, _ in expected]
    assert all(cell[:1] not in set("=+@\t\r") for row in table for cell in row.values())
    assert {row["sort_at"] for row in table} == {"2026-06-14T00:00:00Z"}
    assert all(isinstance(json.loads(row["authors"]), list) for row in table)
    lines = [
        json.loads(line)
        for line in (place / "jsonl" / "articles" / "day=2026-06-14" / "part-0.jsonl").read_text().split("\n")[:-1]
    ]
    assert [(r["title"], r["sort_at"]) for r in lines] == [(t, "2026-06-14T00:00:00.000000Z") for t, _ in expected]
    assert isinstance(lines[0]["authors"], list)


def test_places_that_cannot_be(tmp_path: Path, steady: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "inside").symlink_to(steady)
    for place, message in (
        (steady / "export", "lies in the data folder"),
        (steady, "lies in the data folder"),
        (tmp_path / "inside" / "x", "lies in the data folder"),
        (steady.parent / "in", "is not empty and holds no export .there is 'a.jsonl'."),
        (tmp_path / "file", "is a file"),
    ):
        with pytest.raises(UsageError, match=message):
            export(Layout(steady), place, Wanted())
    lake = tmp_path / "lake"
    export(Layout(steady), lake, Wanted(["articles"]))
    with scratch(lake / ".wirehouse"), pytest.raises(Locked, match="another run is exporting"):
        export(Layout(steady), lake, Wanted())
    told = json.loads((lake / MANIFEST).read_text())
    for damaged, message in (
        (told | {"wirehouse": 2}, "newer Wirehouse"),
        ({"wirehouse": 1}, "is damaged"),
        ([], "is damaged"),
        (told | {"views": {"../../in": told["views"]["articles"]}}, "is damaged"),
        (told | {"views": {"articles": {"columns": "", "days": {"../../x": [1, "", 1]}}}}, "is damaged"),
    ):
        (lake / MANIFEST).write_text(json.dumps(damaged))
        with pytest.raises(StoreError, match=message):
            export(Layout(steady), lake, Wanted())
    assert (steady.parent / "in" / "a.jsonl").exists()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"No space left on device. What was written stands; run it again"):
        export(Layout(steady), tmp_path / "full", Wanted())
    assert not (tmp_path / "full").exists()


KILLED = """
import sys
from pathlib import Path
from warehouse.export import Wanted, export
from warehouse.layout import Layout
print("on", flush=True)
export(Layout(Path(sys.argv[1])), Path(sys.argv[2]), Wanted())
"""


def test_killed_at_any_moment_the_next_run_completes(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    """While it runs, whoever reads the folder sees whole files."""
    write(tmp_path / "in", "a.jsonl", *(record(n, f"2026-{1 + n % 9:02d}-{1 + n % 28:02d}") for n in range(100)))
    assert wirehouse("ingest", tmp_path / "in").returncode == 0
    lake = tmp_path / "lake"
    for files in (1, 30):
        run = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(data), str(lake)], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment()
        )
        assert run.stdout is not None
        assert run.stdout.readline() == "on\n"
        while len(there := list(lake.glob("*/*/*.parquet"))) < files and run.poll() is None:
            time.sleep(0.002)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        assert run.returncode == -signal.SIGKILL, "it was killed while it wrote"
        with duckdb.connect() as con:
            for path in there:
                assert con.execute("SELECT count(*) > 0 FROM read_parquet(?)", [str(path)]).fetchall() == [(True,)]
    export(Layout(data), lake, Wanted())
    export(Layout(data), tmp_path / "whole", Wanted())
    assert contents(lake) == contents(tmp_path / "whole")
    assert not (lake / ".wirehouse").exists()
    with opened(lake) as exported:
        assert all(day.print for view in exported.views.values() for day in view.days.values())


@pytest.fixture
def copy(tmp_path: Path, steady: Path) -> Iterator[Path]:
    path = tmp_path / "copy" / "slim.duckdb"
    slim(Layout(steady), path, Wanted())
    yield path
    assert [p.name for p in path.parent.iterdir()] == ["slim.duckdb"], "nothing else is left"


def test_a_slim_copy_has_the_views_as_tables_without_bodies(copy: Path, steady: Path) -> None:
    with closing(duckdb.connect(str(copy), read_only=True)) as con:
        con.execute(f"ATTACH '{steady / 'warehouse.duckdb'}' AS whole (READ_ONLY)")
        for view in VIEWS:
            names = "* EXCLUDE (text, head, tail)" if view == "articles" else "* EXCLUDE (text)" if view == "versions" else "*"
            left = con.execute(f"SELECT {names} FROM whole.mart.{view} EXCEPT ALL SELECT * FROM slim.mart.{view}").fetchall()
            assert left == [], view
        silent = con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'slim' AND coalesce(comment, '') = ''"
            " UNION ALL SELECT table_name, NULL FROM duckdb_tables() WHERE database_name = 'slim' AND coalesce(comment, '') = ''"
        ).fetchall()
        assert silent == []
        said = con.execute("SELECT source, since, exported_at > '2026-01-01' FROM mart.exported").fetchall()
        assert said == [(None, None, True)]
        [(tags,)] = con.execute("SELECT tags FROM duckdb_databases() WHERE database_name = 'slim'").fetchall()
        assert tags["storage_version"].startswith("v1."), "older programs open it, too"
    assert not copy.stat().st_mode & 0o222, "what would be written into it would be lost"


def test_a_slim_copy_replaces_only_slim_copies(copy: Path, tmp_path: Path, steady: Path) -> None:
    first = copy.stat().st_ino
    with duckdb.connect(str(copy), read_only=True) as reader:
        slim(Layout(steady), copy, Wanted(["articles"], since=date(2026, 6, 16)))
        assert reader.execute("SELECT count(*) FROM mart.articles").fetchall() == [(6,)], "readers keep what they opened"
    assert copy.stat().st_ino != first
    with duckdb.connect(str(copy), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM mart.articles").fetchall() == [(2,)]
    mine = tmp_path / "mine.duckdb"
    with duckdb.connect(str(mine)) as con:
        con.execute("CREATE TABLE precious AS SELECT 1 AS one")
    (tmp_path / "text.duckdb").write_text("x")
    for path, message in (
        (mine, "is no slim copy"),
        (tmp_path / "text.duckdb", "is no slim copy"),
        (tmp_path, "is a folder"),
        (steady / "x.duckdb", "lies in the data folder"),
    ):
        with pytest.raises(UsageError, match=message):
            slim(Layout(steady), path, Wanted())
    wal = copy.with_name("slim.duckdb.wal")
    wal.touch()
    with pytest.raises(UsageError, match="open for writing elsewhere"):
        slim(Layout(steady), copy, Wanted())
    wal.unlink()
