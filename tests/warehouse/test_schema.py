"""The schema: documented to the last column, moved forward only, and what it promises to readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pytest

from warehouse import migrate as module
from warehouse.errors import StoreError
from warehouse.migrate import migrate, scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

PROMISED = {
    "articles": "article_id source outlet url title title_from lead text authors agency dateline_place dateline_country published_at "
    "published_precision published_from sort_at language words version first_seen_at access state is_original story_id",
    "versions": "article_id version valid_from valid_to change_kind changed_share title text",
    "copies": "article_id of_article_id relation containment credited delay_s",
    "people": "article_id version name role text start_char end_char",
    "organisations": "article_id version name text start_char end_char",
    "places": "article_id version name text start_char end_char country lat lon geonames_id usage",
    "dates": "article_id version text start_char end_char value from_date to_date",
    "quotes": "article_id version kind speaker cue text start_char end_char",
    "events": "article_id version actor action code target place happened_from happened_to status text start_char end_char",
    "stories": "story_id title first_at last_at articles originals sources",
    "rejects": "source path reason detail raw_id seen_at run_id",
    "runs": "run_id state started_at fetched new revised seen held rejected copies balanced",
}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        migrate(connection)
        yield connection


def test_every_table_view_and_column_says_what_it_is(con: duckdb.DuckDBPyConnection) -> None:
    silent = con.execute(
        """SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns()
           WHERE schema_name IN ('ops', 'news', 'mart') AND coalesce(comment, '') = ''
           UNION ALL SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE coalesce(comment, '') = ''
           UNION ALL SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE schema_name = 'mart' AND coalesce(comment, '') = ''"""
    ).fetchall()
    assert silent == []


@pytest.mark.parametrize("view", PROMISED)
def test_the_views_have_what_was_promised(con: duckdb.DuckDBPyConnection, view: str) -> None:
    columns = {d[0] for d in con.execute(f"FROM mart.{view}").description or []}
    assert set(PROMISED[view].split()) <= columns


def test_migrating_again_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    before = con.execute("SELECT * FROM ops.migration ORDER BY version").fetchall()
    migrate(con)
    assert con.execute("SELECT * FROM ops.migration ORDER BY version").fetchall() == before


def test_an_edited_migration_is_refused(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    edited = {**scripts("migrations"), "0001_foundation": "SELECT 1"}
    monkeypatch.setattr(module, "scripts", lambda folder: edited if folder == "migrations" else scripts(folder))
    with pytest.raises(StoreError, match="0001_foundation is not the one that made this warehouse"):
        migrate(con)


def test_a_warehouse_of_a_newer_version_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("INSERT INTO ops.migration VALUES (9999, '9999_future', now()::TIMESTAMP, 'x')")
    with pytest.raises(StoreError, match="newer Wirehouse"):
        migrate(con)


def test_a_failing_migration_leaves_nothing_behind(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    newest = max(int(name[:4]) for name in scripts("migrations"))
    bad = {**scripts("migrations"), "9000_bad": "CREATE TABLE news.half (a INTEGER); SELECT * FROM no_such_table;"}
    monkeypatch.setattr(module, "scripts", lambda folder: bad if folder == "migrations" else scripts(folder))
    with pytest.raises(duckdb.Error, match="no_such_table"):
        migrate(con)
    assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'half'").fetchall() == [(0,)]
    assert con.execute("SELECT max(version) FROM ops.migration").fetchall() == [(newest,)]


def test_a_changed_view_is_made_anew(con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    views = {**scripts("mart"), "extra": "CREATE VIEW mart.extra AS SELECT 1 AS one"}
    monkeypatch.setattr(module, "scripts", lambda folder: views if folder == "mart" else scripts(folder))
    migrate(con)
    assert con.execute("FROM mart.extra").fetchall() == [(1,)]
