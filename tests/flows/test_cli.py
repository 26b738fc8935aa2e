"""The command line as people and scripts meet it."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, Ingest, command, environment, story, write_stories

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = ("ingest", "sql", "where", "status", "rejects", "sources", "formats")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "inbox"
    place.mkdir()
    (place / "a.txt").write_text("Piers closed after divers find cracks\n\n" + story(1))
    (place / "b.json").write_text(
        json.dumps({"id": "b", "url": "https://tide.example/b?utm_source=x", "title": "=1+1", "text": story(2)})
    )
    (place / "bad.json").write_text("{")
    return place


@pytest.fixture
def filled(folder: Path, wirehouse: Ingest) -> Path:
    assert wirehouse("ingest", folder).returncode == 0
    return folder


def test_ingest_prints_a_tally_that_people_can_read(folder: Path, process: Ingest) -> None:
    run = process("ingest", folder)
    assert run.returncode == 0
    assert run.stderr == "", "no progress bar where nobody looks"
    assert run.stdout.split()[:12] == "fetched new revised seen held rejected 3 2 0 0 0 1".split()
    assert "malformed bad.json: " in run.stdout


def test_ingest_prints_json_that_balances(folder: Path, wirehouse: Ingest) -> None:
    first, second = (json.loads(wirehouse("ingest", folder, "--json").stdout) for _ in range(2))
    for tally in (first, second):
        assert {"run_id", "fetched", "new", "revised", "seen", "held", "copies", "rejected", "seconds"} <= tally.keys()
        assert tally["fetched"] == tally["new"] + tally["revised"] + tally["seen"] + tally["held"] + tally["rejected"] == 3
    assert (first["new"], second["new"], second["seen"], second["unchanged_files"]) == (2, 0, 2, 3)
    assert first["reasons"] == {"malformed": 1}


def test_exit_codes(tmp_path: Path, folder: Path, wirehouse: Ingest, process: Ingest) -> None:
    assert process("sql", "SELECT 1").returncode == 1, "no warehouse yet"
    assert process("ingest", tmp_path / "none").returncode == 2
    assert wirehouse("ingest", folder, "--published", "soon").returncode == 2
    assert wirehouse("ingest", folder, "--published", "2999-01-01").returncode == 2
    assert wirehouse("ingest").returncode == 2, "no source is known yet"
    assert wirehouse("ingest", folder, "--workers", "-1").returncode == 2
    assert wirehouse("ingest", folder / "bad.json").returncode == 1, "everything was refused"
    assert wirehouse("ingest", folder).returncode == 0
    assert wirehouse("sql", "SELECT nothing FROM nowhere").returncode == 1
    assert wirehouse("rejects", "--reason", "nonsense").returncode == 2
    assert wirehouse("where", "https://nowhere.example/").returncode == 1


def test_odd_names_are_sources_and_found_again(tmp_path: Path, wirehouse: Ingest, process: Ingest) -> None:
    for name, run in (("new\nline", wirehouse), ("x" * 220, wirehouse), (os.fsdecode(b"caf\xe9"), process)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / os.fsdecode(b"na\xefve.txt")).write_text(story(len(name)))
        assert run("ingest", folder).returncode == 0
        assert run("where", folder / ".." / name / os.fsdecode(b"na\xefve.txt")).returncode == 0
    assert wirehouse("ingest", "/dev/null").returncode == 2
    assert wirehouse("ingest", "y" * 300).returncode == 2
    (tmp_path / "file").touch()
    done = subprocess.run(
        command("ingest", tmp_path / "file", data=tmp_path / "file"),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )
    assert (done.returncode, "cannot be a data folder" in " ".join(done.stderr.split())) == (1, True)


def test_errors_are_messages_and_not_tracebacks(tmp_path: Path, wirehouse: Ingest) -> None:
    (tmp_path / "bad.toml").write_text('name = "x"\nfolder = "."\ncountry = "Norway"\ncolour = "red"\ntimezone = "Oslo"\n')
    for arguments, message in (
        (("ingest", tmp_path / "none"), "is no file or folder"),
        (("ingest", tmp_path / "bad.toml"), "bad.toml: country: String should match pattern"),
        (("ingest", tmp_path / "bad.toml"), "colour: Extra inputs are not permitted"),
        (("ingest", tmp_path / "bad.toml"), "'Oslo' is no time zone; write an IANA name such as 'Europe/Oslo'"),
        (("sql", "SELECT 1"), "run `wirehouse ingest PATH` first"),
        (("status",), "run `wirehouse ingest PATH` first"),
    ):
        run = wirehouse(*arguments)
        assert message in " ".join(run.stderr.split())
        assert "Traceback" not in run.stderr
        assert run.stdout == ""


@pytest.mark.usefixtures("filled")
def test_sql_in_each_format(wirehouse: Ingest) -> None:
    query = "SELECT title, words, first_seen_at, authors FROM mart.articles ORDER BY title"
    assert "2 rows" in wirehouse("sql", query).stdout
    rows = json.loads(wirehouse("sql", query, "--format", "json").stdout)
    assert [r["title"] for r in rows] == ["=1+1", "Piers closed after divers find cracks"]
    assert rows[0]["first_seen_at"].startswith("20")
    table = list(csv.reader(io.StringIO(wirehouse("sql", query, "--format", "csv").stdout)))
    assert table[0] == ["title", "words", "first_seen_at", "authors"]
    assert table[1][0] == "'=1+1", "no spreadsheet runs a headline"
    assert int(table[1][1]) > 0
    for odd, expected in (
        ("SELECT 1 AS a, 2 AS a, 3 AS a_2", {"a": 1, "a_3": 2, "a_2": 3}),
        ("SELECT 'nan'::DOUBLE AS a, 'inf'::DOUBLE AS b, [1.5, 'nan'::DOUBLE] AS c", {"a": None, "b": None, "c": [1.5, None]}),
        ("SELECT map {date '2026-01-02': 2} AS m, date '2026-01-02' AS d", {"m": {"2026-01-02": 2}, "d": "2026-01-02"}),
        ("SELECT 170141183460469231731687303715884105727::HUGEINT AS h, 1.50::DECIMAL(9,2) AS d", {"h": 2**127 - 1, "d": "1.50"}),
    ):
        assert json.loads(wirehouse("sql", odd, "--format", "json").stdout) == [expected]
    assert wirehouse("sql", "SELECT true AS t, 'ab'::BLOB AS b", "--format", "csv").stdout == "t,b\ntrue,6162\n"
    assert wirehouse("sql", " ; ").returncode == 2
    assert "more than one statement" in wirehouse("sql", "SELECT 1; SELECT 2").stderr
    assert json.loads(wirehouse("sql", "SELECT 1 AS a WHERE false", "--format", "json").stdout) == []


REACHING = (
    "SELECT * FROM read_text('/etc/passwd')", "SELECT * FROM '/etc/passwd'", "COPY (SELECT 1) TO '/tmp/out.csv'", "ATTACH '/tmp/other.duckdb'",
    "INSTALL httpfs", "LOAD httpfs", "SELECT * FROM read_csv('https://example.org/x.csv')", "SET enable_external_access = true",
    "SET lock_configuration = false", "RESET enable_external_access", "CREATE TABLE news.x (a INTEGER)", "DELETE FROM news.article",
    "EXPORT DATABASE '/tmp/out'", "SELECT * FROM glob('/etc/*')", "SELECT getenv('HOME')", "SELECT * FROM con",
)  # fmt: skip


@pytest.mark.usefixtures("filled")
def test_sql_reaches_nothing_but_the_warehouse(wirehouse: Ingest) -> None:
    for query in REACHING:
        run = wirehouse("sql", query)
        assert run.returncode == 1, run.stdout
        assert run.stdout == ""
        assert "Traceback" not in run.stderr


def test_where_finds_files_addresses_articles_and_bytes(filled: Path, wirehouse: Ingest, process: Ingest) -> None:
    by_file = json.loads(wirehouse("where", filled / "b.json", "--json").stdout)
    [article] = by_file["articles"]
    for asked in (
        "https://tide.example/b?utm_medium=y",
        "http://www.tide.example/b",
        article["article_id"],
        "b.json",
        by_file["sightings"][0]["raw_id"],
    ):
        found = json.loads(wirehouse("where", asked, "--json").stdout)
        assert [a["article_id"] for a in found["articles"]] == [article["article_id"]], asked
        assert found["sightings"][0]["archive"] == "wirehouse-000001.warc.gz"
    [reject] = json.loads(wirehouse("where", filled / "bad.json", "--json").stdout)["rejects"]
    assert (reject["reason"], reject["stage"]) == ("malformed", "parse")
    assert "rejected as malformed" in wirehouse("where", filled / "bad.json").stdout
    assert article["article_id"] in process("where", filled / "b.json").stdout


def test_status_rejects_sources_formats(filled: Path, wirehouse: Ingest, process: Ingest) -> None:
    status = json.loads(wirehouse("status", "--json").stdout)
    assert (status["articles"], status["rejects"], status["writer"], status["runs"][0]["state"]) == (2, 1, None, "completed")
    assert "2 in 2 versions" in process("status").stdout
    [reject] = json.loads(wirehouse("rejects", "--json").stdout)
    assert reject["path"] == "bad.json"
    assert "malformed" in process("rejects", "--reason", "malformed").stdout
    assert json.loads(wirehouse("rejects", "--reason", "empty", "--json").stdout) == []
    [source] = json.loads(wirehouse("sources", "--json").stdout)
    assert (source["source"], source["articles"], source["files"], source["rejected"], source["folder"]) == (
        "inbox",
        2,
        3,
        1,
        str(filled),
    )
    assert "inbox" in process("sources").stdout


def test_formats() -> None:
    base = [sys.executable, "-m", "flows.cli", "formats"]
    people, script = (
        subprocess.run([*base, *more], capture_output=True, text=True, check=True, cwd=ROOT, env=environment()).stdout
        for more in ((), ("--json",))
    )
    assert ".zst" in people
    assert {"text", "html", "json", "jsonl", "csv", "feed"} <= {f["format"] for f in json.loads(script)}


def test_sources_in_toml_are_known_by_name_afterwards(tmp_path: Path, folder: Path, data: Path, wirehouse: Ingest) -> None:
    (tmp_path / "tide.toml").write_text(
        'name = "tide"\nfolder = "inbox"\noutlet = "The Tide"\ncountry = "NO"\ntimezone = "Europe/Oslo"\n'
    )
    assert wirehouse("ingest", tmp_path / "tide.toml").returncode == 0
    (folder / "new.txt").write_text(story(7))
    assert json.loads(wirehouse("ingest", "tide", "--json").stdout)["new"] == 1
    assert json.loads(wirehouse("ingest", "--json").stdout)["seen"] == 3, "without arguments, all known sources"
    rows = json.loads(wirehouse("sql", "SELECT DISTINCT source, outlet FROM mart.articles", "--format", "json").stdout)
    assert rows == [{"source": "tide", "outlet": "The Tide"}]
    (data / "sources").mkdir()
    (data / "sources" / "ebb.toml").write_text(f'name = "ebb"\nfolder = "{folder}"\noutlet = "The Ebb"\n')
    assert json.loads(wirehouse("ingest", "ebb", "--json").stdout)["fetched"] == 4


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(wirehouse: Ingest, name: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "flows.cli", name, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=environment(COLUMNS="120"),
    )
    assert "Usage:" in run.stdout
    if name in {"ingest", "sql", "where", "rejects"}:
        assert "Example" in run.stdout
    del wirehouse


def test_plain_commands_do_not_import_prefect_or_each_others_libraries(tmp_path: Path) -> None:
    code = "import sys, flows.cli; sys.exit(', '.join(m for m in ('prefect', 'duckdb', 'pyarrow', 'trafilatura', 'numpy') if m in sys.modules))"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT, env=environment()
        ).stderr.strip()
        == ""
    )
    (tmp_path / "a.txt").write_text(story(1))
    code = "import sys\nfrom flows.cli import main\ntry:\n main()\nexcept SystemExit: pass\nsys.exit(', '.join(m for m in ('prefect', 'trafilatura') if m in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code, "ingest", str(tmp_path / "a.txt"), "--data", str(tmp_path / "data")],
        capture_output=True, text=True, check=False, cwd=ROOT, env=environment(),
    )  # fmt: skip
    assert run.stderr.strip() == ""


def everything(terminal: int) -> bytes:
    """What a process writes to the terminal until it ends."""
    shown = b""
    try:
        while chunk := os.read(terminal, 4096):
            shown += chunk
    except OSError:  # EIO: the other side is closed
        pass
    os.close(terminal)
    return shown


def test_a_terminal_shows_progress(tmp_path: Path, data: Path) -> None:
    write_stories(tmp_path / "in", range(60))
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        command("ingest", tmp_path / "in", data=data),
        cwd=ROOT,
        env=environment(TERM="xterm"),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    shown = everything(ours)
    assert run.wait(30) == 0
    assert b"60/60" in shown
    assert b"60 items" in shown


@pytest.mark.usefixtures("filled")
def test_the_prompt(data: Path) -> None:
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        command("sql", data=data), cwd=ROOT, env=environment(TERM="dumb"), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, b".views\n.describe mart.copies\nSELECT count(*) AS n\nFROM mart.articles;\nSELECT broken;\n.help\n.quit\n")
    shown = everything(ours)
    assert run.wait(20) == 0
    for expected in (b"mart.articles", b"Whether the copy names", b"1 row", b'"broken"', b".quit ends"):
        assert expected in shown, expected


@pytest.mark.usefixtures("filled")
def test_a_reader_that_goes_away_is_no_error(data: Path) -> None:
    shell = " ".join(command("sql", "'SELECT * FROM range(2000000)'", "--format", "csv", data=data))
    table = " ".join(command("sql", "'SELECT * FROM range(2000000)'", data=data))
    run = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {table} | head -n 1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )
    assert (run.returncode, run.stderr) == (0, "")
    run = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {shell} | head -n 2"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment(),
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "range\n0\n", "")
