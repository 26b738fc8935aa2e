"""The interactive SQL prompt: statements end with a semicolon; lines that begin with a dot or a backslash are commands."""

from __future__ import annotations

from contextlib import ExitStack
from difflib import get_close_matches
from time import perf_counter
from typing import TYPE_CHECKING

from flows.completion import COMMANDS, complete
from flows.line import Lines
from flows.output import as_records, as_table
from warehouse.errors import QueryError
from warehouse.interrupts import stopping
from warehouse.migrate import sql
from warehouse.names import names
from warehouse.query import ask, finished, newest, reading, whole

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection
    from rich.console import Console

    from warehouse.layout import Layout
    from warehouse.names import Macro, Names

HELP = "Statements end with a semicolon. .views lists what there is, .describe VIEW its columns, .quit ends."
MORE = "Tab completes names, \\? lists all commands, Ctrl-C stops a query. search('words') finds articles by their text."
WHOLE = 1_000  # characters of a comment: it is there to be read
UNFINISHED = "A statement ends with a semicolon: type ; to run it, or Ctrl-C to give it up"


def prompt(layout: Layout, console: Console) -> None:
    """Read and answer until .quit or the end of input, each statement from the version that is published then."""
    with ExitStack() as stack:
        session = _Session(layout, console, stack)
        lines = Lines(session.proposals)
        session.say(HELP)
        session.say(MORE)
        while True:
            try:
                line = lines.read("     ...> " if session.statement else "wirehouse> ", begins=not session.statement)
            except KeyboardInterrupt:
                console.print()
                session.statement = ""
                continue
            except EOFError:
                console.print()
                return
            if not session.statement and line.strip()[:1] in {".", "\\"}:
                lines.remember(line.strip())
                if not session.command(line.split()):
                    return
                continue
            session.statement = f"{session.statement}\n{line}".strip()
            if finished(session.statement):
                lines.remember(session.statement)
                statement, session.statement = session.statement, ""
                if statement.strip("; \n"):
                    session.answer(statement)
            elif session.statement:
                session.remind(line)


class _Session:
    """What lasts from one statement to the next."""

    def __init__(self, layout: Layout, console: Console, stack: ExitStack) -> None:
        self.statement = ""  # the lines of it so far
        self._layout, self._console, self._stack = layout, console, stack
        self._records = self._reminded = False
        self._path: Path | None = None
        self._names: Names | None = None
        self._con = self._reopen()

    def say(self, text: str, style: str = "dim") -> None:
        """A line of our own."""
        self._console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

    def proposals(self, before: str, word: str, after: str) -> list[str]:
        """What a word at the cursor may become."""
        begun = f"{self.statement}\n" if self.statement else ""
        return complete(self._known(), begun + before, word, after)

    def remind(self, line: str) -> None:
        """Once, where somebody seems to wait for an answer: a line is empty, or a statement could end here."""
        if not self._reminded and (not line.strip() or whole(self.statement)):
            self._reminded = True
            self.say(UNFINISHED)

    def command(self, words: list[str]) -> bool:
        """Carry out a command; whether to go on."""
        match words:
            case [".quit" | ".exit" | ".q" | "\\q", *_]:
                return False
            case [".describe" | ".d" | "\\d" | "\\dt", name, *_]:
                self._describe(name.rstrip(";"))
            case [".views" | "\\d", *_]:
                self.answer(sql("views"))
                self._macros()
            case [".tables" | "\\dt", *_]:
                self.answer(sql("views"))
                self.answer(sql("tables"))
            case ["\\df", *_]:
                self._macros()
            case ["\\x", *_]:
                self._records = not self._records
                self.say(f"Records are {'on: a column a line' if self._records else 'off'}")
            case _:
                self.say(HELP)
                self.say(MORE)
                for name, does in COMMANDS.items():
                    self.say(f"  {name:<10} {does}")
        return True

    def answer(self, query: str, **values: object) -> None:
        """Run a statement and show what it answers, and how long it took."""
        began = perf_counter()
        try:
            self._renew()
            with stopping(self._con):
                answer = ask(self._con, query, values)
                if answer.columns:
                    (as_records if self._records else as_table)(answer.columns, answer.rows, self._console)
            self.say(f"{perf_counter() - began:.3f} s")
        except QueryError as error:
            self.say(str(error), style="red")
        except KeyboardInterrupt:
            self.say("Interrupted")

    def _describe(self, name: str) -> None:
        known = self._known()
        if table := known.table(name):
            columns = ask(self._con, sql("describe"), {"name": table})
            as_table(columns.columns, columns.rows, self._console, widest=WHOLE)
        elif macro := known.macros.get(name.lower().rstrip("(")) or known.macros.get(f"mart.{name.lower()}"):
            self.say(_shown(name, macro), style="")
        else:
            every = {**dict.fromkeys(known.macros), **known.tables}
            bare = {each.rpartition(".")[2]: each for each in reversed(every)}
            near = [bare[each] for each in get_close_matches(name.lower().rpartition(".")[2], bare, 3)]
            self.say(f"There is no {name}" + (f"; did you mean {' or '.join(near)}?" if near else ": .views"), style="red")

    def _macros(self) -> None:
        macros = self._known().macros
        rows = iter([(_shown(name, macro), macro.comment or "") for name, macro in macros.items()])
        as_table(["macro", "comment"], rows, self._console)

    def _known(self) -> Names:
        if self._names is None:
            self._names = names(self._con)
        return self._names

    def _renew(self) -> None:
        """Ask the newest version, unless something temporary would be lost with the one that is open."""
        if newest(self._layout) != self._path and not self._con.execute(sql("temporary")).fetchall():
            self._con = self._reopen()
            self.say("A newer version has been published: this is it")

    def _reopen(self) -> DuckDBPyConnection:
        self._stack.close()
        self._path, self._names = newest(self._layout), None
        return self._stack.enter_context(reading(self._layout))


def _shown(name: str, macro: Macro) -> str:
    return f"{name}({', '.join(macro.parameters)})" + (": a table" if macro.table else "")
