"""Telling whom the user names that something happened: a web address gets a POST, a command gets it on its standard input."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import tempfile
from typing import IO, TYPE_CHECKING

from flows.output import dumped
from tasks.fetch.secrets import redacted

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 200  # characters of what a command said on its standard error


def notify(target: str, event: Mapping[str, object], timeout_s: float = 20) -> str | None:
    """Tell a target, an http(s) address or a command line (run without a shell), of an event as JSON.

    None if it went well, else one line of why, without secrets. Never raises.
    """
    target, body = target.strip(), dumped(dict(event)).encode("utf-8", "replace")
    if target.lower().startswith(("http://", "https://")):
        from tasks.fetch.webhook import post  # noqa: PLC0415  most runs tell nobody

        return post(target, body, timeout_s)
    try:
        words = shlex.split(target)
    except ValueError as error:
        return f"the command line to tell cannot be read: {error}"
    return _run(words, body, timeout_s) if words else "there is no command to tell"


def _run(words: list[str], body: bytes, timeout_s: float) -> str | None:
    """Run a command in a session of its own, so that nothing that it starts outlives its time."""
    name = words[0]  # its arguments may be secrets
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(body)
        given.seek(0)
        try:
            process = subprocess.Popen(
                words, stdin=given, stdout=subprocess.DEVNULL, stderr=said, start_new_session=True, close_fds=True
            )
        except (OSError, ValueError) as error:
            return f"{name} could not be started: {getattr(error, 'strerror', None) or 'its command line is none'}"
        try:
            code = process.wait(timeout_s)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, subprocess.TimeoutExpired):
                return f"{name} did not end within {timeout_s:g} s"
            raise
        return None if code == 0 else f"{name} failed with exit code {code}{_last_line(said)}"


def _last_line(said: IO[bytes]) -> str:
    said.seek(max(0, said.seek(0, os.SEEK_END) - 4096))
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return f": {redacted(lines[-1].strip())[:SHOWN]}" if lines else ""
