"""The SQL prompt: what it completes, what it says of errors, and how it behaves in a real terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import termios
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from flows import completion
from flows.completion import complete
from flows.plain import ingest
from flows.settings import settings
from tests.conftest import ROOT, Ingest, command, environment, story
from warehouse.errors import QueryError
from warehouse.layout import Layout
from warehouse.names import Macro, Names, names
from warehouse.query import ask, finished, reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from duckdb import DuckDBPyConnection

NAMES = Names(
    {
        "mart.articles": ("article_id", "title", "title_from", "outlet", "published_at"),
        "mart.copies": ("article_id", "of_article_id", "outlet"),
        "mart.people": ("article_id", "name", "role"),
        "mart.places": ("article_id", "name", "country"),
        "news.article": ("article_id", "source"),
    },
    {
        "search": Macro(("query", "most"), table=True, comment=None),
        "mart.share": Macro(("part",), table=False, comment="A share"),
    },
    ("count", "concat", "arg_max"),
    ("from", "group", "join", "left", "on", "order", "select", "where", "as"),
)


@pytest.mark.parametrize(
    ("before", "word", "after", "expected"),
    [
        ("", "sel", "", ["select"]),
        ("", "SEL", "", ["SELECT"]),
        ("SELECT ", "tit", "", ["title", "title_from"]),
        ("SELECT ", "tit", " FROM mart.people", []),
        ("SELECT ", "ro", " FROM mart.people", ["role"]),
        ("SELECT count(*) FROM ", "arti", "", ["mart.articles"]),
        ("FROM ", "mart.p", "", ["mart.people", "mart.places"]),
        ("FROM ", "news", "", ["news.article"]),
        ("FROM ", "sea", "", ["search("]),
        ("SELECT * FROM mart.articles a JOIN ", "cop", "", ["mart.copies"]),
        ("SELECT a.title FROM mart.articles a WHERE ", "a.ti", "", ["a.title", "a.title_from"]),
        ("SELECT ", "c.of", " FROM mart.articles AS a JOIN mart.copies AS c ON true", ["c.of_article_id"]),
        ("SELECT ", "mart.articles.pub", " FROM mart.articles", ["mart.articles.published_at"]),
        ("SELECT ", "mart.sh", "", ["mart.share("]),
        ("SELECT title\nFROM mart.articles\nGROUP BY ", "tit", "", ["title", "title_from"]),
        ("SELECT ", "co", " FROM mart.people", ["mart.copies", "count(", "concat("]),
        ("SELECT * FROM mart.articles WHERE outlet = '", "tit", "", []),
        ("", ".d", "", [".describe"]),
        ("", "\\", "", ["\\d", "\\dt", "\\df", "\\x", "\\?", "\\q"]),
        ("\\d ", "mart.a", "", ["mart.articles"]),
        (".describe ", "peo", "", ["mart.people"]),
        ("\\d ", "sea", "", ["search"]),
    ],
)
def test_what_tab_proposes(before: str, word: str, after: str, expected: list[str]) -> None:
    assert complete(NAMES, before, word, after) == expected


def test_every_command_is_carried_out_and_explained() -> None:
    source = (ROOT / "flows" / "prompt.py").read_text()
    for name in completion.COMMANDS:
        if name != "\\?":  # what is no command is answered with the list of them
            assert name.replace("\\", "\\\\") in source.split("def command")[1].split("def answer")[0], name


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("prompt")
    (place / "in").mkdir()
    (place / "in" / "a.txt").write_text(f"Piers closed after divers find cracks\n\n{story(1)}")
    ingest([str(place / "in")], settings(place / "data", workers=0))
    return place / "data"


@pytest.fixture
def con(published: Path) -> Iterator[DuckDBPyConnection]:
    with reading(Layout(published)) as connection:
        yield connection


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT titel FROM mart.articles", "Did you mean title"),
        ("SELECT a.titel FROM mart.people p JOIN mart.articles a USING (article_id)", "Did you mean title"),
        ("SELECT name FROM mart.people WHERE published_at > now()", "has that column: JOIN mart.articles USING (article_id)"),
        ("SELECT zzzz FROM mart.co_mentions", "mart.co_mentions has: entity_id, name, kind"),
        ('SELECT name FROM mart.people WHERE name = "Oslo"', "Text stands in single quotes: 'Oslo'"),
        ("SELECT articles.title FROM mart.articles AS a", "The query calls mart.articles a: write a in place of articles"),
        ("SELECT * FROM articles", "Did you mean mart.articles"),
        ("SELECT * FROM mart.artcle", "Did you mean mart.articles"),
        ("SELECT * FROM xyzzy", "There is: mart.articles, "),
        ("SELECT count(* FROM mart.articles", "A ( is not closed"),
        ("SELECT count(*)) FROM mart.articles", "There is a ) too many"),
        ("SELECT 'don't'", "A quotation mark is not closed"),
        ("SELECT 1 SELECT 2", "Is a semicolon missing before SELECT?"),
        ("SELECT 1, , 2", "There is a comma too many"),
        ("SELECT * FORM mart.articles", "Did you mean FROM in place of FORM?"),
        ("SELECT * FROM mart.articles LIMT 3", "Did you mean LIMIT in place of LIMT?"),
        ("SELECT lenth('x')", 'Did you mean "length"?'),
        ("SELECT * FROM read_csv('/etc/passwd')", "Queries here reach the warehouse alone: no files, no network. `wirehouse export` writes files"),
        ("SELECT * FROM 'articles.csv'", "Queries here reach the warehouse alone"),
        ('SELECT * FROM "https://example.org/x"', "Queries here reach the warehouse alone"),
        ("COPY mart.articles TO '/tmp/x.csv'", "Queries here reach the warehouse alone"),
        ("INSTALL httpfs", "Queries here reach the warehouse alone"),
        ("SET enable_external_access = true", "Queries here reach the warehouse alone"),
        ("DELETE FROM news.article", "The published warehouse is read-only"),
    ],
)  # fmt: skip
def test_errors_say_what_was_meant(con: DuckDBPyConnection, query: str, says: str) -> None:
    with pytest.raises(QueryError) as told:
        ask(con, query)
    assert says in str(told.value)
    assert str(told.value).count("Did you mean") + str(told.value).count("Candidate") <= 1, "DuckDB's guess and ours"


def test_names_are_those_of_the_warehouse(con: DuckDBPyConnection) -> None:
    known = names(con)
    assert next(iter(known.tables)).startswith("mart."), "mart's come first"
    assert "title" in known.tables["mart.articles"]
    assert "version" in known.tables["news.version"]
    assert {"select", "from", "join", "between"} <= set(known.keywords)
    assert "count" in known.functions
    assert known.macros["search"].table
    assert known.used("SELECT 'mart.copies' FROM mart.articles -- mart.people") == ["mart.articles"]


@pytest.mark.parametrize(
    ("statement", "ends"),
    [("SELECT 1;", True), ("SELECT ';", False), ("SELECT 'é;';", True), ("SELECT 1 -- ;", False), ("SELECT 1; -- é", True), ("SELECT $$;", False)],
)  # fmt: skip
def test_a_statement_ends_with_a_semicolon_of_its_own(statement: str, ends: bool) -> None:  # noqa: FBT001
    assert finished(statement) == ends


class Terminal:
    """A prompt in a terminal of its own."""

    def __init__(self, data: Path, state: Path) -> None:
        self._ours, theirs = pty.openpty()
        self.run = subprocess.Popen(
            command("sql", data=data), cwd=ROOT, env=environment(TERM="xterm", COLUMNS="120", XDG_STATE_HOME=str(state)),
            stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, preexec_fn=in_a_terminal,
        )  # fmt: skip
        os.close(theirs)
        self.until("wirehouse> ")

    def until(self, what: str) -> str:
        shown, deadline = "", time.monotonic() + 30
        while what not in shown and time.monotonic() < deadline:
            if select.select([self._ours], [], [], 0.1)[0]:
                try:
                    shown += os.read(self._ours, 65_536).decode(errors="replace")
                except OSError:  # EIO: it has ended
                    break
        assert what in shown, shown
        return shown

    def types(self, keys: str, until: str = "wirehouse> ") -> str:
        os.write(self._ours, keys.encode())
        return self.until(until)

    def ends(self) -> int:
        os.write(self._ours, b"\\q\n")
        return self.run.wait(20)

    def close(self) -> None:
        self.run.kill()
        self.run.wait()
        os.close(self._ours)


def in_a_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell's background jobs ignore it, and what they start inherits that
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_in_a_terminal(published: Path, tmp_path: Path) -> None:
    """Completion, multi-line statements, an interrupt, records, and a history that the next prompt has."""
    with closing(Terminal(published, tmp_path)) as terminal:
        terminal.types("SELECT tit\t", "tit\x07le")  # the bell: there is title_from, too
        terminal.types("\x15\n")
        assert "Piers closed" in terminal.types("SELECT a.title FROM mart.arti\t a\n\nWHERE a.wor\t > 1;\n", " row")
        terminal.types("\\d search\n", "search(query, most): a table")
        terminal.types("\\d copies\n", "Whether the copy names the origin's agency or outlet")
        terminal.types("\\d copie\n", "There is no copie; did you mean mart.copies")
        assert "words  " in terminal.types("\\x\nSELECT title, words FROM mart.articles;\n", "1 row")
        terminal.types("SELECT count(*) FROM range(1000000000) a, range(100000) b WHERE a.range * b.range % 7 = 3;\n", "3;")
        time.sleep(0.3)
        terminal.types("\x03", "Interrupted")
        terminal.types("SELECT 6 * 7 AS answer;\n", "answer  42")
        assert terminal.ends() == 0
    kept = tmp_path / "wirehouse" / "sql_history"
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "SELECT a.title FROM mart.articles a WHERE a.words > 1;\n" in kept.read_text(), "a statement is one entry"
    with closing(Terminal(published, tmp_path)) as again:
        again.types("\x1b[A\x1b[A", "SELECT 6 * 7 AS answer;")
        again.types("\x15\n")
        assert again.ends() == 0


def test_the_prompt_asks_the_newest_version(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "0.txt").write_text(story(0))
    assert wirehouse("ingest", tmp_path / "in").returncode == 0
    with closing(Terminal(data, tmp_path / "state")) as terminal:
        (tmp_path / "in" / "1.txt").write_text(story(1))
        assert wirehouse("ingest", tmp_path / "in").returncode == 0
        shown = terminal.types("SELECT 'n=' || count(*) AS n FROM mart.articles;\n", " row")
        assert "A newer version has been published" in shown
        assert "n=2" in shown
        assert terminal.ends() == 0


def test_wide_rows_are_shown_a_column_a_line(published: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run = subprocess.run(command("sql", "FROM mart.articles", data=published), cwd=ROOT, env=environment(), check=True)
    assert run.returncode == 0
    shown = capfd.readouterr().out
    assert "title " in shown
    assert "\nwords " in shown
