"""Lines that a user types, with completion and a history of their own, whether readline is GNU's or libedit."""

from __future__ import annotations

import os
import readline
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from flows.completion import DELIMITERS

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 2_000  # statements that are remembered
TAB = {True: "bind ^I rl_complete", False: "tab: complete"}  # libedit's way and GNU's


class Lines:
    """Reads lines, and remembers statements as one entry each."""

    def __init__(self, proposals: Callable[[str, str, str], list[str]]) -> None:
        """`proposals` is told the line before the word at the cursor, the word, and the line after it."""
        self._proposals = proposals
        self._proposed: list[str] = []
        self._file = _history_file()
        self._begun = 0
        readline.set_completer_delims(DELIMITERS)
        readline.set_completer(self._complete)
        readline.parse_and_bind(TAB["libedit" in (readline.__doc__ or "")])
        readline.clear_history()
        readline.set_history_length(MOST)
        if self._file:
            with suppress(OSError):
                readline.read_history_file(self._file)

    def read(self, invitation: str, *, begins: bool) -> str:
        """A line; `begins` a statement. Raises EOFError at the end, KeyboardInterrupt when it is given up."""
        if begins:
            self._begun = readline.get_current_history_length()
        return input(invitation)

    def remember(self, statement: str) -> None:
        """Make one entry of the lines of a statement that has ended, and keep it."""
        for place in range(readline.get_current_history_length() - 1, self._begun - 1, -1):
            readline.remove_history_item(place)
        if "--" not in statement:  # a comment would swallow the lines behind it
            statement = " ".join(statement.split("\n"))
        readline.add_history(statement)
        if self._file:
            with suppress(OSError):
                if hasattr(readline, "append_history_file"):  # libedit lacks it
                    readline.append_history_file(1, self._file)
                else:
                    readline.write_history_file(self._file)

    def _complete(self, word: str, state: int) -> str | None:
        if state == 0:
            line, start, end = readline.get_line_buffer(), readline.get_begidx(), readline.get_endidx()
            try:
                self._proposed = self._proposals(line[:start], word, line[end:])
            except Exception:  # noqa: BLE001  what is raised here, readline prints over the line
                self._proposed = []
        return self._proposed[state] if state < len(self._proposed) else None


def _history_file() -> Path | None:
    """Where statements are remembered (XDG's state folder), for their user alone; None where that cannot be."""
    home = os.environ.get("XDG_STATE_HOME", "")
    with suppress(OSError, RuntimeError):
        folder = (Path(home) if Path(home).is_absolute() else Path.home() / ".local" / "state") / "wirehouse"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = folder / "sql_history"
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        file.chmod(0o600)
        return file
    return None
