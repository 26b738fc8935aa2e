"""Telling the user of runs that failed: what WIREHOUSE_ON_FAILURE names gets each failure as JSON, the same one once an hour.

It is a web address or a command (flows.notify). Whatever goes wrong on the way, the run's own error stands.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from flows.console import err
from flows.notify import notify
from flows.settings import settings
from tasks.fetch.secrets import redacted
from warehouse.errors import WirehouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Commands that run by timers.
UNATTENDED = frozenset({"ingest", "poll", "follow", "maintain", "check", "backup", "export", "reprocess", "retry"})
AGAIN_S = 3600.0  # a disk that is full fails each minute's poll
MOST = 2_000  # characters of a message


def tell(
    data: Path,
    flow: str,
    message: str,
    *,
    run_id: str | None = None,
    name: str | None = None,
    say: Callable[[str], None] = lambda _text: None,
) -> None:
    """Tell of a failed run; `say` is told if that fails, too. Does nothing if nobody is to be told, or was just told the same."""
    target = os.environ.get("WIREHOUSE_ON_FAILURE", "").strip()
    if not target:
        return
    message = redacted(message.strip())[:MOST]
    event = {
        "event": "run_failed",
        "text": f"Wirehouse: {name or flow} failed: {message}",
        "flow": flow,
        "name": name,
        "message": message,
        "prefect_run_id": run_id,
        "data": str(data),
        "host": platform.node(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    told, key = _told(data), _key(flow, message)
    if key in told:
        return
    if why := notify(target, event):
        say(f"WIREHOUSE_ON_FAILURE: {why}")
        return
    with suppress(OSError):  # a disk that is full: better told twice than never
        _file(data).parent.mkdir(parents=True, exist_ok=True)
        _file(data).write_text(json.dumps(told | {key: time()}))


def tell_of_command(words: Sequence[str], error: BaseException) -> None:
    """Tell of a command that failed where nobody sees it, as under cron. A flow tells by its own hook."""
    command = next((word for word in words if not word.startswith("-")), "")
    if command in UNATTENDED and "prefect" not in sys.modules:
        told = error if isinstance(error, WirehouseError) else f"{type(error).__name__}: {error}"
        name = " ".join(["wirehouse", *map(redacted, words)])
        tell(_data(words), command, str(told), name=name, say=partial(err.print, markup=False))


def _data(words: Sequence[str]) -> Path:
    """The data folder that a command's words, or the environment, name."""
    given = dict(pairwise(words)).get("--data") or next((w[7:] for w in words if w.startswith("--data=")), None)
    return settings(Path(given) if given else None).data


def _told(data: Path) -> dict[str, float]:
    """What was told within the last hour, and when."""
    try:
        return {key: at for key, at in json.loads(_file(data).read_text()).items() if 0 <= time() - at < AGAIN_S}
    except (OSError, ValueError, AttributeError):
        return {}


def _key(flow: str, message: str) -> str:
    """The same for messages that differ in numbers only, such as times and processes."""
    return sha256(f"{flow}\0{re.sub(r'[0-9]+', '0', message)}".encode()).hexdigest()[:16]


def _file(data: Path) -> Path:
    return data / "live" / "told.json"
