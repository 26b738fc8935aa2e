"""The names that a query may use: views and tables with their columns, macros, functions, keywords; and which it does use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from warehouse.migrate import sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WORD = re.compile(r"(?:\w+\.)?\w+")
ALIAS = re.compile(r"(?:\b(?:from|join)|,)\s+((?:\w+\.)?\w+)(?:\s*\([^()]*\))?\s+(?:as\s+)?(\w+)", re.IGNORECASE)
QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*")  # text and comments: no names stand there


class Macro(NamedTuple):
    """A macro's parameters and comment, and whether it stands where a table does."""

    parameters: tuple[str, ...]
    table: bool
    comment: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """What there is; tables and views by schema and name, in order: mart's come first."""

    tables: dict[str, tuple[str, ...]]
    macros: dict[str, Macro]
    functions: tuple[str, ...]
    keywords: tuple[str, ...]

    def table(self, name: str) -> str | None:
        """The table or view of that name, with or without its schema; of two, mart's."""
        name = name.lower()
        return name if name in self.tables else next((t for t in self.tables if t.endswith(f".{name}")), None)

    def used(self, query: str) -> list[str]:
        """The tables and views that a query names."""
        found = (self.table(word) for word in WORD.findall(QUOTED.sub(" ", query)) if "." in word)
        return list(dict.fromkeys(table for table in found if table))

    def aliases(self, query: str) -> dict[str, str]:
        """By what a query calls them, the tables and views that it names."""
        found = {}
        for name, alias in ALIAS.findall(QUOTED.sub(" ", query)):
            if (table := self.table(name)) and alias.lower() not in self.keywords:
                found[alias.lower()] = table
        return found


def names(con: DuckDBPyConnection) -> Names:
    """All names, of the version that the connection reads."""
    from warehouse.search_find import offer  # noqa: PLC0415  only who looks for names pays for it

    offer(con, "search()")
    macros = con.execute(sql("names_macros")).fetchall()
    return Names(
        {name: tuple(columns) for name, columns in con.execute(sql("names_columns")).fetchall()},
        {name: Macro(tuple(parameters), table, comment) for name, parameters, table, comment in macros},
        tuple(name for (name,) in con.execute(sql("names_functions")).fetchall()),
        tuple(name for (name,) in con.execute(sql("names_keywords")).fetchall()),
    )
