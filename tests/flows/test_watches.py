"""Watches: rows told once, by what really listens; what fails is told later, and nothing else is."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest

from flows import watches as module
from flows.plain import ingest
from flows.settings import Settings
from flows.watch_state import FOLDER, Memory, alone
from flows.watches import Outcome, after_publication, look, states
from tests.conftest import story, write_stories
from warehouse.errors import UsageError
from warehouse.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Ingest

ALL = "SELECT a.article_id, s.path FROM mart.articles AS a JOIN mart.sightings AS s USING (article_id) WHERE verdict = 'new' ORDER BY path"


class Desk:
    """A webhook on loopback: what it took, and the status that it answers with."""

    def __init__(self) -> None:
        self.status, self.asked, self.told = 200, 0, list[dict[str, Any]]()

    def paths(self) -> list[str]:
        return [row["path"] for event in self.told for row in event["rows"]]


@pytest.fixture
def desk() -> Iterator[tuple[Desk, str]]:
    found = Desk()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.asked += 1
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if found.status == 200:
                found.told.append(body)
            self.send_response(found.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield found, f"http://127.0.0.1:{server.server_address[1]}/hook"
        server.shutdown()


class Room:
    """A data folder with a folder of stories; more of them come and are published."""

    def __init__(self, data: Path, wirehouse: Ingest) -> None:
        self.data, self.wirehouse, self.layout = data, wirehouse, Layout(data)
        self.inbox, self.settings = data.parent / "inbox", Settings(data, workers=0, engine=None)
        self.said: list[str] = []

    def come(self, *numbers: int) -> None:
        write_stories(self.inbox, numbers, words=30)
        ingest([str(self.inbox)], self.settings, say=self.said.append)

    def publication(self) -> None:
        after_publication(self.settings, self.said.append)

    def watch(self, name: str, tell: str, query: str = ALL, **more: object) -> None:
        self.layout.watches.mkdir(parents=True, exist_ok=True)
        lines = {"query": query, "tell": tell, **more}
        (self.layout.watches / f"{name}.toml").write_text("".join(f"{k} = {json.dumps(v)}\n" for k, v in lines.items()))

    def listed(self, name: str) -> dict[str, Any]:
        return next(row for row in states(self.layout) if row["name"] == name)

    def wait_no_longer(self, name: str) -> None:
        """As if the time had come when a watch is looked at again."""
        with Memory(self.layout.watches) as memory:
            memory.keep(memory.fared()[name]._replace(next_at=datetime(2020, 1, 1)))  # noqa: DTZ001  naive UTC


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which two stories have come."""
    folder = tmp_path_factory.mktemp("published")
    write_stories(folder / "first", [1, 2], words=30)
    ingest([str(folder / "first")], Settings(folder / "data", workers=0, engine=None))
    return folder / "data"


@pytest.fixture
def room(data: Path, published: Path, wirehouse: Ingest) -> Room:
    copytree(published, data, symlinks=True)
    return Room(data, wirehouse)


def path(number: int) -> str:
    return f"000/story-{number:05d}.txt"


# ── new rows, once ──


def test_what_is_there_is_remembered_and_what_comes_is_told_once(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    room.watch("new", address, description="For the desk")
    room.publication()
    assert hook.told == []
    room.come(3)
    [event] = hook.told
    assert event | {"rows": None} == {
        "watch": "new", "description": "For the desk", "columns": ["article_id", "path"], "rows": None, "more": 0
    }  # fmt: skip
    assert hook.paths() == [path(3)]
    room.publication()
    room.come(4, 5)
    assert hook.paths() == [path(3), path(4), path(5)]
    assert (room.listed("new")["told"], room.listed("new")["waiting"], room.said) == (3, 0, [])


def test_from_the_start_tells_what_is_there_and_so_many_at_once(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    room.come(3, 4, 5)
    room.watch("new", address, most=2, from_start=True)
    room.publication()
    assert [(len(e["rows"]), e["more"]) for e in hook.told] == [(2, 3), (2, 1), (1, 0)]
    assert hook.paths() == [path(n) for n in (1, 2, 3, 4, 5)]


def test_of_a_flood_the_rest_follows_with_the_next_publication(
    room: Room, desk: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "EVENTS", 2)
    hook, address = desk
    room.watch("new", address, most=1, from_start=True)
    room.come(3, 4, 5)
    assert hook.paths() == [path(1), path(2)]
    assert room.listed("new")["waiting"] == 3
    room.publication()
    room.publication()
    assert hook.paths() == [path(n) for n in (1, 2, 3, 4, 5)]


def test_a_row_is_new_if_its_key_is(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    count = "SELECT 'all' AS what, count(*) AS articles FROM mart.articles"
    room.watch("sources", address, count, key=["what"])
    room.watch("counts", address, count)
    room.publication()
    room.come(3)
    assert [(e["watch"], e["rows"]) for e in hook.told] == [("counts", [{"what": "all", "articles": 3}])]


def test_values_of_every_type_can_be_told(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    query = "SELECT TIMESTAMP '2026-06-14 08:00' AS t, DATE '2026-06-14' AS d, [1, 2] AS l, {'a': 1} AS s, 2::HUGEINT ** 100 AS h, 'x'::BLOB AS b, NULL AS n, 'nan'::DOUBLE AS f, 1.50::DECIMAL(9, 2) AS m"
    room.watch("types", address, query, from_start=True)
    room.publication()
    room.publication()
    assert hook.asked == 1
    row = hook.told[0]["rows"][0]
    assert (row["t"], row["d"], row["l"], row["s"], row["n"], row["f"]) == (
        "2026-06-14T08:00:00",
        "2026-06-14",
        [1, 2],
        {"a": 1},
        None,
        None,
    )


def test_another_query_begins_anew(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    room.watch("new", address)
    room.publication()
    room.watch("new", address, ALL.replace("path", "path, verdict"))
    room.publication()
    assert hook.told == []
    room.come(3)
    assert [r["verdict"] for e in hook.told for r in e["rows"]] == ["new"]


def test_not_more_often_than_it_says_and_not_while_it_is_paused(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    room.watch("new", address, every="1h")
    room.watch("never", address, paused=True, from_start=True)
    room.publication()
    os.utime(room.layout.watches / "new.toml", (0, 0))
    room.come(3)
    assert hook.told == []
    room.wait_no_longer("new")
    room.publication()
    assert hook.paths() == [path(3)]
    next_at = room.listed("new")["next_at"]
    assert timedelta(minutes=58) < next_at - datetime.now(UTC).replace(tzinfo=None) < timedelta(minutes=61)


# ── commands ──


def test_a_command_gets_the_event_on_its_standard_input(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "hush $(touch no) '\""
    monkeypatch.setenv("DESK_KEY", secret)
    script = "import json, sys; open(sys.argv[1], 'w').write(json.dumps([json.load(sys.stdin), sys.argv[2]]))"
    told = tmp_path / "told.json"
    room.watch("new", f'{sys.executable} -c "{script}" {told} key=${{DESK_KEY}}', from_start=True)
    room.publication()
    event, argument = json.loads(told.read_text())
    assert argument == f"key={secret}"
    assert [r["path"] for r in event["rows"]] == [path(1), path(2)]
    assert "hush" not in str(room.listed("new"))
    assert "DESK_KEY" not in room.wirehouse("watches").stdout


def test_a_variable_that_is_not_set_is_named(room: Room) -> None:
    room.watch("new", "echo ${NO_SUCH_THING_AT_ALL}", from_start=True)
    room.publication()
    assert "NO_SUCH_THING_AT_ALL, which is not set" in room.listed("new")["error"]


# ── what goes wrong ──


def test_what_the_target_did_not_take_is_told_later_and_once(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    room.watch("new", address)
    room.publication()
    hook.status = 503
    room.come(3)
    assert (hook.told, hook.asked) == ([], 1)
    state = room.listed("new")
    assert (state["error"], state["waiting"]) == ("the webhook at 127.0.0.1 answered HTTP 503", 1)
    assert any("watch new: the webhook at 127.0.0.1 answered HTTP 503" in said for said in room.said)
    hook.status = 200
    room.come(4)
    assert hook.asked == 1, "it is left alone for a while"
    room.wait_no_longer("new")
    room.publication()
    room.publication()
    assert hook.paths() == [path(3), path(4)]
    assert (room.listed("new")["error"], room.listed("new")["waiting"]) == (None, 0)


def test_it_is_left_alone_longer_each_time(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    hook.status = 500
    room.watch("new", address, from_start=True)
    os.utime(room.layout.watches, None)
    waits = []
    for _ in range(4):
        room.publication()
        state = room.listed("new")
        waits.append(state["next_at"] - state["looked_at"])
        room.wait_no_longer("new")
    assert waits == [timedelta(minutes=n) for n in (1, 2, 4, 8)]


WRONG = {
    "SELECT nothing FROM mart.articles": "nothing",
    "SELECT * FROM mart.no_such_view": "no_such_view",
    "DROP TABLE news.article": "read-only",
    "SELECT 1; SELECT 2": "more than one statement",
    "SELECT * FROM read_csv('/etc/passwd')": "no files, no network",
    "SELECT 1 AS a, 2 AS a": "one name",
    "SELECT range FROM range(20000)": "more than 10,000 rows",
}


def test_a_query_that_is_wrong_is_told_to_the_user_and_stops_no_other(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    for n, query in enumerate(WRONG):
        room.watch(f"bad-{n}", address, query, from_start=True)
    room.watch("good", address, from_start=True)
    room.publication()
    assert {e["watch"] for e in hook.told} == {"good"}
    for n, error in enumerate(WRONG.values()):
        assert error in room.listed(f"bad-{n}")["error"]
    assert len(room.said) == len(WRONG)


def test_a_query_that_takes_too_long_is_stopped(room: Room, desk: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LIMIT_S", 0.2)
    hook, address = desk
    room.watch(
        "long",
        address,
        "SELECT count(*) FROM range(1000000) AS a, range(1000000) AS b WHERE a.range + b.range = 7",
        from_start=True,
    )
    room.watch("short", address, from_start=True)
    began = time.monotonic()
    room.publication()
    assert time.monotonic() - began < 5
    assert "took longer than 0.2 s" in room.listed("long")["error"]
    assert {e["watch"] for e in hook.told} == {"short"}


UNUSABLE = {
    "query = ": "cannot be used",
    "query = 'SELECT 1'": "tell: Field required",
    "query = 'SELECT 1'\ntell = 'true'\nevry = '5m'": "evry",
    "query = 'SELECT 1'\ntell = 'true'\nevery = '5 minutes'": "15m",
    "query = ''\ntell = 'true'": "there is none",
    "\xff": "cannot be used",
}


def test_a_file_that_is_wrong_is_told_to_the_user(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    room.watch("good", address, from_start=True)
    for n, text in enumerate(UNUSABLE):
        (room.layout.watches / f"bad-{n}.toml").write_bytes(text.encode("latin-1"))
    room.publication()
    assert {e["watch"] for e in hook.told} == {"good"}
    for n, error in enumerate(UNUSABLE.values()):
        assert error in room.listed(f"bad-{n}")["error"]
        assert f"bad-{n}.toml" in room.said[n]


def test_a_damaged_memory_is_told_and_stops_no_run(room: Room, desk: tuple[Desk, str]) -> None:
    room.watch("new", desk[1])
    room.publication()
    (room.layout.watches / FOLDER / "told.sqlite").write_bytes(b"no database" * 1000)
    room.come(3)
    assert "told.sqlite cannot be used" in room.said[-1]


def test_nobody_pays_for_watches_that_are_not_there(room: Room) -> None:
    began = time.perf_counter()
    for _ in range(100):
        room.publication()
    assert (time.perf_counter() - began) / 100 < 1e-3
    assert not room.layout.watches.exists()


# ── two at once ──


def test_who_comes_while_another_looks_leaves_it_to_that_one(
    room: Room, desk: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    hook, address = desk
    room.watch("new", address)
    room.publication()
    write_stories(room.inbox, [3], words=30)

    def busy(layout: Layout, *, due: bool) -> list[Outcome]:
        """A look, in the midst of which another run publishes and finds us at it."""
        if not (found := look(layout, due=due)) or not (room.inbox / "done").exists():
            (room.inbox / "done").touch()
            room.come(3)
        return found

    monkeypatch.setattr(module, "look", busy)
    room.publication()
    assert hook.paths() == [path(3)], "we looked again at what was published meanwhile"


def test_one_holds_the_others_off(room: Room) -> None:
    with alone(room.layout.watches) as ours:
        assert ours
        with alone(room.layout.watches) as theirs:
            assert not theirs
    with alone(room.layout.watches) as ours:
        assert ours


# ── the commands ──


def test_a_watch_is_added_run_and_removed_by_commands(room: Room, desk: tuple[Desk, str]) -> None:
    hook, address = desk
    added = room.wirehouse("watches", "add", "new", ALL, "--tell", address, "--key", "article_id", "--every", "1h")
    assert added.returncode == 0, added.stderr
    assert "What it has now (2 rows) is known" in added.stdout
    file = room.layout.watches / "new.toml"
    assert file.stat().st_mode & 0o777 == 0o600
    write_stories(room.inbox, [3], words=30)
    (room.layout.watches / "new.toml").rename(room.layout.watches / "new")  # ingest tells
    ingest([str(room.inbox)], room.settings)
    (room.layout.watches / "new").rename(room.layout.watches / "new.toml")
    dry = json.loads(room.wirehouse("watches", "run", "new", "--dry-run", "--json").stdout)
    assert [(o["new"], o["told"], [r["path"] for r in o["rows"]]) for o in dry] == [(1, 0, [path(3)])]
    assert path(3) in room.wirehouse("watches", "run", "--dry-run").stdout
    assert hook.told == []
    assert "new: 1 new row told" in room.wirehouse("watches", "run").stdout
    assert "new: 0 new rows told" in room.wirehouse("watches", "run", "new").stdout
    assert hook.paths() == [path(3)]
    assert "127.0.0.1" in room.wirehouse("watches").stdout
    assert room.wirehouse("watches", "remove", "new").returncode == 0
    assert not file.exists()
    assert json.loads(room.wirehouse("watches", "--json").stdout) == []


def test_a_watch_that_cannot_work_is_not_added(room: Room) -> None:
    for arguments, error in (
        (["new", "SELECT nothing", "--tell", "true"], "nothing"),
        (["new", "SELECT 1 AS a", "--tell", "true", "--key", "b"], "key column 'b'"),
        (["New One", "SELECT 1", "--tell", "true"], "cannot be a watch's name"),
        (["new", "SELECT 1", "--tell", "true", "--every", "often"], "15m"),
        (["new", "SELECT 1", "--tell", " "], "there is none"),
    ):
        run = room.wirehouse("watches", "add", *arguments)
        assert run.returncode in {1, 2}, arguments
        assert error in run.stderr.replace("\n", " "), arguments
    assert not list(room.layout.watches.glob("*.toml")) if room.layout.watches.exists() else True
    assert room.wirehouse("watches", "add", "one", "SELECT 1 AS a", "--tell", "true").returncode == 0
    again = room.wirehouse("watches", "add", "one", "SELECT 1 AS a", "--tell", "true")
    assert (again.returncode, "is there already" in again.stderr) == (2, True)


def test_a_failing_watch_gives_exit_code_1_and_unknown_ones_2(room: Room) -> None:
    assert room.wirehouse("watches", "add", "one", "SELECT 1 AS a", "--tell", "false", "--from-start").returncode == 0
    run = room.wirehouse("watches", "run", "one")
    assert (run.returncode, "failed with exit code 1" in run.stdout) == (1, True)
    unknown = room.wirehouse("watches", "run", "two")
    assert (unknown.returncode, "no watch of the name 'two'" in unknown.stderr) == (2, True)
    with pytest.raises(UsageError):
        look(room.layout, ["two"])


def test_before_anything_is_published_a_watch_can_be_added(data: Path, wirehouse: Ingest, tmp_path: Path) -> None:
    told = tmp_path / "told"
    added = wirehouse("watches", "add", "new", ALL, "--tell", f"tee {told}", "--json")
    assert json.loads(added.stdout)["rows"] is None
    (tmp_path / "a.txt").write_text(story(1))
    wirehouse("ingest", tmp_path / "a.txt", "--workers", 0)
    said: list[str] = []
    after_publication(Settings(data, workers=0), said.append)
    assert (said, told.exists()) == ([], False)
