"""Telling a web address or a command that something happened; real ones."""

from __future__ import annotations

import json
import shlex
import sys
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import psutil
import pytest

from flows.notify import notify
from tests.newsserver import NewsServer, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVENT = {"event": "run_failed", "at": datetime(2026, 6, 14, 8, tzinfo=UTC), "text": "Kīlauea „spuckt“", "n": 2**70}
TOLD = {"event": "run_failed", "at": "2026-06-14T08:00:00+00:00", "text": "Kīlauea „spuckt“", "n": 2**70}


@contextmanager
def listener(status: int = 200) -> Iterator[tuple[str, list[tuple[str, dict[str, str], object]]]]:
    """A webhook on loopback: its address, and what it was sent."""
    got: list[tuple[str, dict[str, str], object]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(body)))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}", got
        server.shutdown()


def test_an_address_gets_the_event_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK_KEY", "hush1234")
    with listener(204) as (address, got):
        assert notify(f" http://me:p%40ss@{address}/hook?key=${{HOOK_KEY}} ", EVENT) is None
    [(path, headers, told)] = got
    assert (path, told) == ("/hook?key=hush1234", TOLD)
    assert headers["content-type"] == "application/json"
    assert headers["authorization"] == "Basic bWU6cEBzcw=="


@pytest.mark.parametrize("status", [302, 404, 500])
def test_an_address_that_refuses_is_told_by_its_host_alone(status: int) -> None:
    with listener(status) as (address, got):
        assert notify(f"http://{address}/services/T0SECRET", EVENT) == f"the webhook at 127.0.0.1 answered HTTP {status}"
    assert len(got) == 1


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:9/T0SECRET", "http://127.0.0.1:99999/T0SECRET", "http:///T0SECRET", "http://[::T0SECRET/", "http://127.0.0.1:9/T0SECRET\r\nX: y",
    "http://127.0.0.1/T0SECRET/${NOT_SET_AT_ALL}?key=T0SECRET",
])  # fmt: skip
def test_what_cannot_be_told_is_one_line_without_secrets(address: str) -> None:
    why = notify(address, EVENT)
    assert why is not None
    assert "\n" not in why
    assert "T0SECRET" not in why
    assert ("NOT_SET_AT_ALL" in why) == ("NOT_SET" in address)


@pytest.mark.parametrize("behaviour", ["hang", "slow", "garbage", "reset"])
def test_a_server_that_behaves_badly_is_left_in_time(behaviour: str) -> None:
    with NewsServer() as site:
        site.on("/hook", Reply(b"x" * 100_000, behaviour=behaviour))  # type: ignore[arg-type]  # one of its words
        began = time.monotonic()
        why = notify(site.url("/hook"), EVENT, timeout_s=0.5)
        assert time.monotonic() - began < 2
    assert (why is None) == (behaviour in {"slow", "reset"}), "its status had come: the body is of no interest"


def test_a_command_gets_the_event_on_its_standard_input(tmp_path: Path) -> None:
    out = tmp_path / "told; touch x.json"
    code = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    assert notify(f"{sys.executable} -c {shlex.quote(code)} {shlex.quote(str(out))}", EVENT) is None
    assert json.loads(out.read_bytes()) == TOLD
    assert list(tmp_path.iterdir()) == [out], "there is no shell"


def test_a_command_that_does_not_read_gets_a_large_event(tmp_path: Path) -> None:
    del tmp_path
    assert notify("true", {"text": "x" * 1_000_000}) is None


@pytest.mark.parametrize(("command", "why"), [
    ("sh -c 'echo first >&2; echo https://me:secret@example.org/ fell >&2; exit 3'", "sh failed with exit code 3: https://…@example.org/ fell"),
    ("no-such-command --token=secret", "no-such-command could not be started: No such file or directory"),
    ("unclosed 'secret", "the command line to tell cannot be read: No closing quotation"),
    ("  ", "there is no command to tell"),
    ("false", "false failed with exit code 1"),
])  # fmt: skip
def test_why_a_command_failed(command: str, why: str) -> None:
    assert notify(command, EVENT) == why


def test_a_command_that_hangs_is_ended_with_all_it_started() -> None:
    before = {p.pid for p in psutil.process_iter()}
    began = time.monotonic()
    assert notify("sh -c 'sleep 61.5 & sleep 61.5'", EVENT, timeout_s=0.3) == "sh did not end within 0.3 s"
    assert time.monotonic() - began < 3
    left = [p for p in psutil.process_iter(["cmdline"]) if p.pid not in before and p.info["cmdline"] == ["sleep", "61.5"]]
    _, alive = psutil.wait_procs(left, timeout=3)
    assert not alive
