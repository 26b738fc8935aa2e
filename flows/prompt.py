"""The interactive SQL prompt: statements end with a semicolon, lines that begin with a dot are commands."""

from __future__ import annotations

import readline  # noqa: F401  arrow keys and history for input()
from typing import TYPE_CHECKING

from flows.output import as_table
from warehouse.errors import QueryError
from warehouse.migrate import sql
from warehouse.query import ask

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from rich.console import Console

HELP = "Statements end with a semicolon. .views lists what there is, .describe VIEW its columns, .quit ends."


def prompt(con: DuckDBPyConnection, console: Console) -> None:
    """Read and answer until .quit or the end of input."""
    console.print(HELP, style="dim", highlight=False)
    statement = ""
    while True:
        try:
            line = input("     ...> " if statement else "wirehouse> ")
        except KeyboardInterrupt:
            console.print()
            statement = ""
            continue
        except EOFError:
            console.print()
            return
        if not statement and line.strip().startswith("."):
            if not _command(line.split(), con, console):
                return
            continue
        statement = f"{statement}\n{line}".strip()
        if statement.endswith(";"):
            _answer(con, console, statement)
            statement = ""


def _command(words: list[str], con: DuckDBPyConnection, console: Console) -> bool:
    """Carry out a dot command; whether to go on."""
    match words:
        case [".quit" | ".exit" | ".q", *_]:
            return False
        case [".views" | ".tables", *_]:
            _answer(con, console, sql("views"))
        case [".describe" | ".d", name, *_]:
            _answer(con, console, sql("describe"), name=name)
        case _:
            console.print(HELP, style="dim", highlight=False)
    return True


def _answer(con: DuckDBPyConnection, console: Console, query: str, **values: object) -> None:
    try:
        answer = ask(con, query, values)
        as_table(answer.columns, answer.rows, console)
    except QueryError as error:
        console.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
    except KeyboardInterrupt:
        con.interrupt()
        console.print("Interrupted.", style="dim")
