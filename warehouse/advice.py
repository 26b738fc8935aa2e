"""What a user's wrong SQL meant: DuckDB's message, and what to write instead."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.names import Names

ALONE = "Queries here reach the warehouse alone: no files, no network. `wirehouse export` writes files"
READ_ONLY = "The published warehouse is read-only: `wirehouse ingest` writes it"
REACHING = re.compile(r"external access|disabled by configuration|file system|configuration has been locked")
FILE = re.compile(r"[/\\]|^\w+:|\.(csv|tsv|json|jsonl|ndjson|parquet|duckdb|db|txt|xlsx)$", re.IGNORECASE)
COLUMN = re.compile(r'Referenced column "([^"]+)" not found|(?:list|Table) "([^"]+)" does not have a column named "([^"]+)"')
TABLE = re.compile(r"Table with name (.+?) does not exist")
REFERENCED = re.compile(r'Referenced table "([^"]+)" not found')
SYNTAX = re.compile(r'syntax error at or near "([^"]*)"|syntax error at end of input|unterminated')
GUESSED = re.compile(r"\n(?:Did you mean|Candidate bindings:|Candidate tables:)[^\n]*")
BEGINS = frozenset("select from with insert update delete describe show summarize".split())
NEAR = 3  # names that are proposed


def advice(text: str, query: str, names: Names) -> str:
    """DuckDB's message with what would have been right, if that can be told."""
    if REACHING.search(text):
        return f"{text}\n{ALONE}"
    if "read-only" in text:
        return f"{text}\n{READ_ONLY}"
    if found := COLUMN.search(text):
        return _with(text, _column(found[1] or found[3], found[2], query, names))
    if found := TABLE.search(text):
        return _with(text, _table(found[1], names))
    if found := REFERENCED.search(text):
        return _with(text, _alias(found[1], query, names))
    if found := SYNTAX.search(text):
        return _with(text, _syntax(found[1], query, names))
    return text


def _with(text: str, say: str | None) -> str:
    """What we say in place of what DuckDB guesses."""
    return f"{GUESSED.sub('', text, count=1)}\n{say}" if say else text


def _column(name: str, of: str | None, query: str, names: Names) -> str | None:
    """`of` is what the query calls the one table that should have the column."""
    used = names.used(query)
    if of and (table := names.aliases(query).get(of.lower()) or names.table(of)):
        used = [table]
    if re.search(rf"""(?:=|<|>|\bin\b|\blike\b|,|\()\s*"{re.escape(name)}\"""", query, re.IGNORECASE):
        return f"Text stands in single quotes: '{name}'"
    here = dict.fromkeys(column for table in used for column in names.tables[table])
    if near := get_close_matches(name.lower(), here, NEAR):
        return f"Did you mean {_either(near)}?"
    there = [table for table, columns in names.tables.items() if name.lower() in columns and table.startswith("mart.")]
    if there and used:
        keys = [key for key in ("article_id", "story_id") if all(key in names.tables[t] for t in (there[0], used[0]))]
        join = f": JOIN {there[0]} USING ({keys[0]})" if keys else ""
        return f"{_either(there)} has that column{join}"
    return f"{used[0]} has: {', '.join(names.tables[used[0]])}" if used else None


def _table(name: str, names: Names) -> str:
    if FILE.search(name):
        return ALONE
    asked = name.lower().rpartition(".")[2]
    mart = [table for table in names.tables if table.startswith("mart.")]
    for tables in (mart, list(names.tables)):
        if near := get_close_matches(asked, [table.rpartition(".")[2] for table in tables], NEAR, 0.7):
            return f"Did you mean {_either([table for table in tables if table.rpartition('.')[2] in near])}?"
    return f"There is: {', '.join(mart)}"


def _alias(name: str, query: str, names: Names) -> str | None:
    called = names.aliases(query)
    table = names.table(name)
    for alias, of in called.items():
        if table == of:
            return f"The query calls {of} {alias}: write {alias} in place of {name}"
    near = get_close_matches(name.lower(), [*called, *(t.rpartition(".")[2] for t in names.used(query))], NEAR)
    return f"Did you mean {_either(near)}?" if near else None


def _syntax(word: str | None, query: str, names: Names) -> str | None:
    bare = re.sub(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*", " ", query)
    opened = bare.count("(") - bare.count(")")
    if "'" in bare or '"' in bare:
        return "A quotation mark is not closed. One within a text is written twice: 'don''t'"
    if opened:
        return "A ( is not closed" if opened > 0 else "There is a ) too many"
    if word and word.lower() in BEGINS and not query.lstrip().lower().startswith(word.lower() + " ("):
        return f"Is a semicolon missing before {word}?"
    if word == ",":
        return "There is a comma too many"
    for before in re.findall(rf"(\w+)\s+{re.escape(word or '')}", bare) if word else ():
        near = get_close_matches(before.lower(), names.keywords, NEAR, 0.75)
        near.sort(key=lambda keyword: sorted(keyword) != sorted(before.lower()))  # letters change places more often than they go
        if near and before.lower() not in near:
            return f"Did you mean {near[0].upper()} in place of {before}?"
    return None


def _either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
