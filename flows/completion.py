"""What the prompt proposes when Tab is pressed: pure, over the names that there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from warehouse.names import Names

COMMANDS = {
    ".views": "lists the views of mart",
    ".describe": "NAME tells the columns of a view or table, or the parameters of a macro",
    ".quit": "ends",
    "\\d": "the same as .views; with a NAME the same as .describe",
    "\\dt": "lists the tables that the views are made of, too",
    "\\df": "lists macros",
    "\\x": "turns records on or off: a column a line",
    "\\?": "shows this",
    "\\q": "ends",
}
DESCRIBING = frozenset({".describe", ".d", "\\d", "\\dt"})
DELIMITERS = " \t\n,;()=<>+-*/|'\"[]{}!%"  # names hold dots and backslashes: those do not part words
TABLE_NEXT = frozenset({"from", "join", "describe", "summarize", "table"})
UNASKED = 2  # letters from which on functions are proposed: there are a thousand
WORDS = re.compile(r"[^\s,;()]+|,")


def complete(names: Names, before: str, word: str, after: str = "") -> list[str]:
    """What the word at the cursor may become. `before` is the statement up to the word, `after` what follows it."""
    words = WORDS.findall(before.lower())
    if not words and word[:1] in {".", "\\"}:
        return [command for command in COMMANDS if command.startswith(word)]
    if words and words[0] in DESCRIBING:
        return _tables(names, word) + _beginning(word, names.macros)
    if before.count("'") % 2:
        return []
    if words and words[-1] in TABLE_NEXT:
        return _tables(names, word) + _beginning(word, (f"{name}(" for name, macro in names.macros.items() if macro.table))
    statement = f"{before} {after}"
    if "." in word:
        return _columns_of(names, word, statement) or _tables(names, word) + _beginning(word, (f"{m}(" for m in names.macros))
    used = names.used(statement) or [table for table in names.tables if table.startswith("mart.")]
    found = _beginning(word, sorted({column for table in used for column in names.tables[table]}))
    found += _beginning(word, names.aliases(statement))
    found += _beginning(word, (k.lower() if word.islower() else k.upper() for k in names.keywords))
    if word:
        found += _tables(names, word)
        found += _beginning(word, (f"{name}(" for name in names.macros))
    if len(word) >= UNASKED:
        found += _beginning(word, (f"{name}(" for name in names.functions))
    return list(dict.fromkeys(found))


def _tables(names: Names, word: str) -> list[str]:
    """Tables and views whose name, or whose schema, begins so; without a schema, mart's alone."""
    if "." in word or any(table.startswith(f"{word.lower()}.") for table in names.tables):
        return _beginning(word, names.tables)
    mart = [table for table in names.tables if table.startswith("mart.")]
    named = [table for table in mart if table.removeprefix("mart.").startswith(word.lower())]
    schemas = _beginning(word, ("mart.", "news.", "ops.")) if word else []
    return named + schemas


def _columns_of(names: Names, word: str, statement: str) -> list[str]:
    """Columns behind a dot: of what the statement calls so, or of a table."""
    called, _, begun = word.rpartition(".")
    table = names.aliases(statement).get(called.lower()) or (names.table(called) if called.lower() != "mart" else None)
    return [f"{called}.{column}" for column in names.tables[table] if column.startswith(begun.lower())] if table else []


def _beginning(word: str, candidates: Iterable[str]) -> list[str]:
    return [candidate for candidate in candidates if candidate.lower().startswith(word.lower())]
