"""The checks: a sound warehouse passes them all, and each finds the defect that it is there for."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from shutil import copyfile, copytree
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from flows.checks import DEEP, Found, chosen, results_of, run_checks
from flows.plain import ingest
from flows.settings import Settings
from tests.conftest import ROOT, query, write_stories
from warehouse.archive import Entry
from warehouse.audit import Finding, checks, fault, look, prepare, values
from warehouse.errors import NoWarehouse, UsageError
from warehouse.layout import Layout

if TYPE_CHECKING:
    from pathlib import Path

Asked = Callable[..., list[dict[str, Any]]]

NOW = datetime.now(UTC).replace(tzinfo=None)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with what there is of everything: stories, copies, versions, facts, rejects, two runs, a source that keeps its files."""
    folder = tmp_path_factory.mktemp("sound")
    write_stories(folder / "desk", range(12))
    (folder / "desk" / "broken.json").write_text("{")
    kept = folder / "kept"
    write_stories(kept / "files", range(20, 23))
    (kept / "kept.toml").write_text('name = "kept"\nfolder = "files"\narchive = "reference"\n')
    settings = Settings(folder / "data", workers=0)
    seeds = [ROOT / "seeds" / "sources" / name for name in ("agencies/mna.toml", "outlets/lagoon.toml")]
    ingest([*map(str, seeds), str(folder / "desk"), str(kept / "kept.toml")], settings)
    story = folder / "desk" / "000" / "story-00003.txt"
    story.write_text(story.read_text().replace("crews", "teams"))
    ingest([str(folder / "desk")], settings)
    return folder / "data"


@pytest.fixture(scope="module")
def found_in(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Asks a check of a copy of the warehouse into which a defect is put for the moment."""
    path = tmp_path_factory.mktemp("defects") / "warehouse.duckdb"
    copyfile(Layout(sound).current.resolve(), path)
    path.chmod(0o644)
    con = duckdb.connect(str(path))

    def found(name: str, *defects: str, **given: object) -> list[dict[str, Any]]:
        told = values(Layout(sound), NOW, 0) | given
        con.begin()
        try:
            for defect in defects:
                con.execute(defect)
            prepare(con, told)
            return look(con, checks()[name], told)
        finally:
            con.rollback()

    return found


def test_a_sound_warehouse_passes_all_of_them(sound: Path, tmp_path: Path) -> None:
    data = copytree(sound, tmp_path / "data", symlinks=True)
    said: list[str] = []
    results = run_checks(Settings(data, workers=0), deep=True, say=said.append)
    assert [r for r in results if r.state != "passed"] == []
    assert {r.name for r in results} == set(checks())
    assert said == []
    assert query(
        data, "SELECT count(*), count(DISTINCT name), count(DISTINCT run_id) FROM mart.checks WHERE state = 'passed'"
    ) == [(len(results), len(results), 1)]
    assert query(data, "SELECT flow, state, balanced FROM mart.runs ORDER BY started_at DESC LIMIT 1") == [
        ("check", "completed", True)
    ]


MISSING = "DELETE FROM {} WHERE rowid = (SELECT min(rowid) FROM {})"
A_VERSION = "SELECT article_id FROM news.version ORDER BY article_id LIMIT 1"
DEFECTS: dict[str, tuple[str, str, str]] = {
    "a sighting is lost": ("batches", MISSING.format("news.sighting", "news.sighting"), "batch 1"),
    "a reject is doubled": ("batches", "INSERT INTO ops.reject SELECT * FROM ops.reject LIMIT 1", "batch "),
    "a run's books were changed": ("books", "UPDATE ops.run SET fetched = fetched + 1 WHERE fetched > 0", "20"),
    "an article of a run is gone": ("books", MISSING.format("news.article", "news.article"), "20"),
    "an article without its version": ("orphans", f"DELETE FROM news.version WHERE article_id = ({A_VERSION})", "news.article without its current version"),
    "a version without its article": ("orphans", MISSING.format("news.article", "news.article"), "news.version without its article"),
    "a mention without its version": ("orphans", "UPDATE news.mention SET version = 9 WHERE rowid = 0", "news.mention without its version"),
    "a mention of nobody": ("orphans", "UPDATE news.mention SET entity_id = 'nobody' WHERE rowid = 0", "news.mention without its entity"),
    "a payload is gone": ("orphans", MISSING.format("ops.raw", "ops.raw"), "ops.file without its payload"),
    "a key that leads nowhere": ("orphans", "UPDATE ops.identity SET article_id = 'gone' WHERE rowid = 0", "ops.identity without its article"),
    "a copy of nothing": ("orphans", "UPDATE news.copy SET of_article_id = 'gone' WHERE rowid = 0", "news.copy (origin) without its version"),
    "a story of nothing": ("orphans", "UPDATE news.story_article SET article_id = 'gone' WHERE rowid = 0", "news.story_article without its article"),
    "rows of a batch that was never committed": ("orphans", "DELETE FROM ops.batch WHERE batch_id = 1", "news.article without its batch"),
    "a batch of no run": ("orphans", "UPDATE ops.batch SET run_id = 'none' WHERE batch_id = 1", "ops.batch without its run"),
    "two current versions": ("versions", "UPDATE news.version SET valid_to = NULL WHERE version = 1", "news.version"),
    "a version is left out": ("versions", "UPDATE news.version SET version = 3 WHERE version = 2", "news.version"),
    "a version that ends too early": ("versions", "UPDATE news.version SET valid_to = valid_to - INTERVAL 1 HOUR WHERE version = 1", "news.version"),
    "a current version that is not": ("current", "UPDATE news.current SET version = 9 WHERE rowid = 0", "news.current"),
    "an article that is not counted": ("current", "DELETE FROM news.current WHERE rowid = 0", "news.current"),
    "a copy that counts as an original": ("current", "UPDATE news.current SET is_original = NOT is_original WHERE rowid = 0", "news.current"),
    "an article is there twice": ("doubles", "INSERT INTO news.article SELECT * FROM news.article LIMIT 1", "news.article"),
    "a payload is there twice": ("doubles", "INSERT INTO ops.raw SELECT * FROM ops.raw LIMIT 1", "ops.raw"),
    "a fact has slipped": ("misplaced_facts", "UPDATE news.mention SET start_char = start_char + 1, end_char = end_char + 1 WHERE rowid = 0", "name"),
    "an article of the future": ("dates", "UPDATE news.version SET published_at = valid_from + INTERVAL 2 DAY WHERE rowid = 0", ""),
    "an article of 1889": ("early_dates", "UPDATE news.version SET published_at = '1889-05-06', published_from = 'text' WHERE rowid = (SELECT min(rowid) FROM news.version WHERE published_at IS NOT NULL)", ""),
    "a story merged in a circle": ("stories", "INSERT INTO news.story_merge SELECT s, t, 1, '', now()::TIMESTAMP, 1 FROM (VALUES ('a', 'b'), ('b', 'a')) AS v(s, t)", "news.story_merge"),
    "a copy of itself": ("stories", "UPDATE news.copy SET of_article_id = article_id WHERE rowid = 0", "news.copy"),
    "payloads that overlap": ("archive_gaps", "UPDATE ops.raw SET archive_offset = archive_offset - 1 WHERE archive_offset > 0 AND rowid = (SELECT max(rowid) FROM ops.raw WHERE archive <> '')", "wirehouse-000001.warc.gz"),
    "bytes that nobody knows": ("archive_gaps", "DELETE FROM ops.raw WHERE archive_offset = 0 AND archive <> ''", "wirehouse-000001.warc.gz"),
    "an archive file that is gone": ("archive_files", "UPDATE ops.raw SET archive = 'wirehouse-000009.warc.gz' WHERE archive <> '' AND rowid < 5", "wirehouse-000009.warc.gz"),
    "an archive file that is too short": ("archive_files", "UPDATE ops.raw SET archive_offset = 1000000000 WHERE archive <> '' AND rowid < 5", "wirehouse-000001.warc.gz"),
    "a run that failed": ("runs", "UPDATE ops.run SET state = 'failed', message = 'no room' WHERE flow = 'ingest'", "ingest"),
    "facts that cannot be read": ("unread_facts", "UPDATE news.extraction SET error = 'no such model'", "no such model"),
    "a feed that fails": ("feeds", "INSERT INTO ops.feed BY NAME SELECT 'wire' AS source, 'https://a.example/f' AS declared_url, 'https://a.example/f' AS url, [] AS former_urls, 9 AS entries, 'failing' AS status, now()::TIMESTAMP - INTERVAL 3 DAY AS since, 'HTTP 500' AS reason, 60 AS every_s, 5 AS failures, 5.0 AS score, 0 AS moved_polls, 1 AS batch_id", "wire"),
}  # fmt: skip


@pytest.mark.parametrize("what", DEFECTS)
def test_a_defect_is_found(what: str, found_in: Asked) -> None:
    name, defect, subject = DEFECTS[what]
    rows = found_in(name, defect)
    assert [r for r in rows if r["subject"].startswith(subject)], rows
    row = next(r for r in rows if r["subject"].startswith(subject))
    assert row["measured"] != row["expected"]
    assert row["detail"]


def test_each_check_that_sql_decides_has_a_defect_here_or_among_the_pasts() -> None:
    elsewhere = {"published", "date_habits", "missing_fields", "languages", "rejects", "volumes", "silent_folders", "story_size"}
    assert {name for name, *_ in DEFECTS.values()} | elsewhere | set(DEEP) == set(checks())


def test_every_check_says_what_it_makes_sure_of_and_what_to_do() -> None:
    for check in checks().values():
        assert check.severity in {"error", "warning"}
        assert check.title
        assert check.advice.endswith((".", "?"))


def test_only_what_is_asked_for_is_checked() -> None:
    assert [c.name for c in chosen(["orphans", "books", "orphans"], deep=False)] == ["orphans", "books"]
    assert [c.name for c in chosen(["archive_bytes"], deep=False)] == ["archive_bytes"], "named is asked for"
    assert not any(c.deep for c in chosen([], deep=False))
    with pytest.raises(UsageError, match="'bookz' is no check"):
        chosen(["bookz"], deep=False)


def test_there_must_be_a_warehouse(data: Path) -> None:
    with pytest.raises(NoWarehouse, match="no warehouse in"):
        run_checks(Settings(data, workers=0))


# ── the archive's bytes ──


def payloads(data: Path) -> list[tuple[str, Entry]]:
    rows = query(
        data, "SELECT raw_id, archive, archive_offset, archive_length FROM ops.raw WHERE archive <> '' ORDER BY archive_offset"
    )
    return [(str(raw_id), Entry(*place)) for raw_id, *place in rows]  # type: ignore[arg-type]  # a query's rows


def test_a_byte_that_was_changed_is_found_in_the_archive(sound: Path, tmp_path: Path) -> None:
    data = copytree(sound, tmp_path / "data", symlinks=True)
    raw_id, entry = payloads(data)[3]
    with (data / "archive" / entry.archive).open("r+b") as file:
        file.seek(entry.offset + entry.length // 2)
        [byte] = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))
    results = run_checks(Settings(data, workers=0), ["archive_bytes"])
    assert [(r.name, r.state, r.subject, r.measured, r.expected, r.examples) for r in results] == [
        ("archive_bytes", "failed", entry.archive, 1, 0, [raw_id])
    ]
    assert f"{raw_id[:16]}… at byte {entry.offset}" in results[0].detail
    assert query(data, "SELECT state, examples FROM mart.checks") == [("failed", [raw_id])]


def test_payloads_that_are_cut_off_swapped_or_elsewhere_are_found(sound: Path) -> None:
    archive = sound / "archive"
    (raw_id, entry), (other, next_entry) = payloads(sound)[:2]
    assert fault(archive, entry, raw_id) is None
    assert fault(archive, entry, other) == "its bytes are others than were fetched"
    assert fault(archive, Entry(entry.archive, entry.offset, entry.length - 9), raw_id) == "it is cut off"
    assert "incorrect header" in str(fault(archive, Entry(entry.archive, entry.offset + 1, entry.length), raw_id))
    assert fault(archive, Entry("none.warc.gz", 0, 9), raw_id) == "No such file or directory"
    assert fault(archive, next_entry, other) is None


def test_bytes_at_the_end_count_only_when_nobody_can_be_writing_them(found_in: Asked, sound: Path) -> None:
    name = payloads(sound)[0][1].archive
    size = (sound / "archive" / name).stat().st_size
    told = {"files": [name], "sizes": [size + 100]}
    assert found_in("archive_gaps", **told, changed=[NOW + timedelta(hours=1)]) == []
    [row] = found_in("archive_gaps", **told, changed=[datetime(2020, 1, 1)])  # noqa: DTZ001  naive UTC
    assert (row["subject"], row["measured"]) == (name, 100)


def test_files_that_their_source_was_to_keep_are_looked_at(sound: Path, found_in: Asked) -> None:
    rows = found_in("referenced_files")
    told: list[tuple[int, int]] = []
    assert len(rows) == 3
    assert DEEP["referenced_files"](Layout(sound), rows, lambda *n: told.append(n)) == []
    assert told == [(1, 0)] * 3
    gone = [rows[0] | {"uri": "file:///nowhere/a.txt"}, rows[1] | {"raw_id": "f" * 64}, rows[2]]
    found: list[Finding] = DEEP["referenced_files"](Layout(sound), gone, lambda *_: None)
    assert [(f.measured, f.detail) for f in found] == [(1, "files; 1 of them are gone"), (1, "files; 0 of them are gone")]


# ── the run of the checks ──


def test_results_of_before_are_kept_and_the_last_ones_shown(sound: Path, tmp_path: Path) -> None:
    data = copytree(sound, tmp_path / "data", symlinks=True)
    settings = Settings(data, workers=0)
    run_checks(settings, ["books", "doubles"], now=NOW)
    run_checks(settings, ["doubles"], now=NOW + timedelta(hours=1))
    assert query(data, "SELECT name, checked_at FROM mart.checks ORDER BY name") == [
        ("books", NOW), ("doubles", NOW + timedelta(hours=1))
    ]  # fmt: skip
    assert query(data, "SELECT count(*) FROM ops.check_result") == [(3,)]


def test_a_check_that_cannot_be_run_fails_and_stops_no_other(sound: Path, tmp_path: Path) -> None:
    data = copytree(sound, tmp_path / "data", symlinks=True)
    current = Layout(data).current.resolve()
    current.chmod(0o644)
    with duckdb.connect(str(current)) as con:
        con.execute("DROP TABLE news.keyword CASCADE")
    results = {r.name: r for r in run_checks(Settings(data, workers=0), ["orphans", "doubles"])}
    assert (results["orphans"].state, results["doubles"].state) == ("failed", "passed")
    assert "could not be run" in results["orphans"].detail


def test_warnings_are_not_failures() -> None:
    bad = Finding("it", 1, 0, "wrong", list("abcdefgh"))
    assert [(r.state, r.examples) for r in results_of({"feeds": Found([bad])})] == [("warned", list("abcde"))]
    assert [r.state for r in results_of({"books": Found([bad, bad])})] == ["failed", "failed"]
    assert results_of({"books": Found()})[0][1:5] == ("passed", "error", None, None)
    assert results_of({"feeds": Found(broken="no memory")})[0].state == "failed"


def test_readers_should_open_the_newest_version_and_write_nothing(sound: Path, tmp_path: Path) -> None:
    data = copytree(sound, tmp_path / "data", symlinks=True)
    layout, settings = Layout(data), Settings(data, workers=0)
    (layout.published / f"{layout.current.resolve().name}.wal").touch()
    assert [r.detail for r in run_checks(settings, ["published"])] == ["a reader has written beside it"]
    assert [r.state for r in run_checks(settings, ["published"])] == ["passed"]
    newest = layout.current.resolve()
    older = newest.with_name("warehouse-1.duckdb")
    copyfile(newest, older)
    layout.current.unlink()
    layout.current.symlink_to(older)
    [result] = run_checks(settings, ["published"])
    assert (result.state, result.measured, result.detail) == ("warned", 1, "an older version than was published last")


def test_payloads_that_maintenance_moved_meanwhile_are_not_missed(sound: Path, tmp_path: Path) -> None:
    """The published version still has the old places, the live one the new."""
    data = copytree(sound, tmp_path / "data", symlinks=True)
    layout = Layout(data)
    (layout.archive / "wirehouse-000001.warc.gz").rename(layout.archive / "wirehouse-000002.warc.gz")
    with duckdb.connect(str(layout.database)) as con:
        con.execute("UPDATE ops.raw SET archive = 'wirehouse-000002.warc.gz' WHERE archive <> ''")
    results = run_checks(Settings(data, workers=0), ["archive_files", "archive_bytes", "archive_gaps"])
    assert [r.state for r in results] == ["passed"] * 3


def test_a_damaged_archive_is_told_though_no_run_can_keep_it(sound: Path, tmp_path: Path) -> None:
    data = copytree(sound, tmp_path / "data", symlinks=True)
    os.truncate(data / "archive" / "wirehouse-000001.warc.gz", 3000)
    said: list[str] = []
    results = run_checks(Settings(data, workers=0), deep=True, say=said.append)
    assert {r.name for r in results if r.state != "passed"} == {"archive_files", "archive_bytes"}
    assert "The results were not kept" in said[0]
