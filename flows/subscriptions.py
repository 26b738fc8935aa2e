"""The user's feeds: TOML files in the data folder's sources/, one a feed, added, changed and removed."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from flows.sources import load
from tasks.fetch.secrets import HIDDEN, redacted
from tasks.types import FeedSource
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from tasks.parse.opml import Outline

LONGEST = 60  # characters of a name that is made up
FIELDS = ("name", "feed", "outlet", "country", "language", "timezone", "owner_group", "full_text", "paused")
PAUSED = re.compile(r"(?m)^paused\s*=.*\n?")


def subscribed(folder: Path) -> dict[Path, FeedSource]:
    """The feeds that are declared, by file; files that cannot be used are left out."""
    found: dict[Path, FeedSource] = {}
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            source = load(path)
        except UsageError:
            continue
        if isinstance(source, FeedSource):
            found[path] = source
    return found


def add(folder: Path, url: str, title: str | None, **fields: Any) -> tuple[Path, FeedSource]:  # noqa: ANN401  as the user gave them
    """Declare a feed; returns its file. Raises UsageError if it is declared already, or a field is wrong."""
    known = {_key(source.feed): (path, source) for path, source in subscribed(folder).items()}
    if found := known.get(_key(url)):
        raise UsageError(f"{redacted(url)} is known already: {found[1].name} ({found[0]})")
    taken = {p.stem for p in folder.glob("*.toml")} | {source.name for _, source in known.values()}
    return _declare(folder, url, title, taken, fields)


def _declare(folder: Path, url: str, title: str | None, taken: set[str], fields: dict[str, Any]) -> tuple[Path, FeedSource]:
    """Write a feed's file; `taken` are the names that are no longer free, and learns this one."""
    if HIDDEN in url:
        raise UsageError(f"{url} was exported without its credentials; add it with them")
    given = {k: v for k, v in fields.items() if v is not None}
    if given.get("name") in taken:
        raise UsageError(f"a source of the name {given['name']!r} is known already; give another with --name")
    name = given.pop("name", None) or _free(_slug(title or "") or _slug(_from_address(url)), taken)
    try:
        source = FeedSource(name=name, feed=url, **given)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise UsageError(wrong) from error
    stem = _slug(name) or "feed"
    path = folder / f"{stem if stem == name or stem not in taken else _free(stem, taken)}.toml"
    taken |= {name, path.stem}
    folder.mkdir(parents=True, exist_ok=True)
    _write(path, as_toml(source))
    return path, source


def add_all(folder: Path, outlines: Iterable[Outline], **fields: Any) -> tuple[list[FeedSource], list[tuple[str, str]]]:  # noqa: ANN401
    """Declare the feeds of an OPML file; returns those added, and those left out with the reason."""
    added, left = [], []
    declared = subscribed(folder).values()
    known = {_key(s.feed) for s in declared}
    taken = {p.stem for p in folder.glob("*.toml")} | {s.name for s in declared}
    for outline in outlines:
        if _key(outline.url) in known:
            left.append((outline.url, "known already"))
            continue
        try:
            added.append(_declare(folder, outline.url, outline.title, taken, dict(fields))[1])
            known.add(_key(outline.url))
        except UsageError as error:
            left.append((outline.url, str(error)))
    return added, left


def pause(folder: Path, names: Collection[str], *, paused: bool) -> list[FeedSource]:
    """Pause or resume feeds; whatever else stands in their files stays. Raises UsageError for names that are not known."""
    changed = []
    for path, source in _named(folder, names):
        text = PAUSED.sub("", path.read_text(encoding="utf-8")).rstrip("\n") + "\n"
        _write(path, text + "paused = true\n" if paused else text)
        changed.append(source)
    return changed


def remove(folder: Path, names: Collection[str]) -> list[FeedSource]:
    """Remove feeds' files; what was read of them stays in the warehouse."""
    removed = []
    for path, source in _named(folder, names):
        path.unlink()
        removed.append(source)
    return removed


def as_toml(source: FeedSource) -> str:
    """The source as its file has it; what is as usual is left out."""
    told = source.model_dump(include=set(FIELDS), exclude_defaults=True)
    return "".join(f"{name} = {_value(told[name])}\n" for name in FIELDS if name in told)


def _named(folder: Path, names: Collection[str]) -> list[tuple[Path, FeedSource]]:
    known = subscribed(folder)
    found = [(p, s) for p, s in known.items() if s.name in names or s.feed in names]
    met = {n for _, s in found for n in (s.name, s.feed)}
    if missing := [n for n in names if n not in met]:
        near = ", ".join(sorted(s.name for s in known.values())[:20])
        raise UsageError(f"no feed of the name {redacted(missing[0])!r} is known" + (f". Known are: {near}" if near else ""))
    return found


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(path: Path, text: str) -> None:
    """All or nothing, and readable for the user alone: an address may hold a password."""
    draft = path.with_name(f".{path.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-")


def _from_address(url: str) -> str:
    parts = urlsplit(url)
    path = re.sub(r"(?i)\.(?:xml|rss|atom|rdf|json)$|(?:^|/)(?:feed|rss|index)s?(?=/|$)", "", parts.path)
    return f"{(parts.hostname or 'feed').removeprefix('www.')} {path}"


def _free(name: str, taken: Collection[str]) -> str:
    number, found = 1, name or "feed"
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _key(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url.strip(), flags=re.IGNORECASE).rstrip("/")
