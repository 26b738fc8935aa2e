"""What the user names (a path, a source, a source's TOML) as sources to be read or polled."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from tasks.fetch.folder import stored
from tasks.fetch.secrets import redacted
from tasks.types import FeedSource, FolderSource
from warehouse.errors import NoSources, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tasks.types import Source
    from warehouse.models import SourceRow


@dataclass(frozen=True, slots=True)
class Asked:
    """A folder to be read: all of it, or only one file or folder, leaving out what belongs to other sources."""

    source: FolderSource
    only: Path | None = None
    without: frozenset[Path] = frozenset()
    files: Iterable[Path] | None = None  # instead of all files: these, as they are given
    before: float | None = None  # files that were written after it are left for later; seconds since 1970


def asked(arguments: Sequence[str], declared: Iterable[Source], used: Iterable[SourceRow]) -> list[Asked]:
    """The sources that the arguments name. `declared` come from TOML, `used` are rows of ops.source.

    A file or folder belongs to the known source whose folder holds it, the innermost one; else its folder becomes a source
    that is named after it. Raises UsageError for what is neither a path nor a source.
    """
    declared = list(declared)
    feeds = {s.name for s in declared if isinstance(s, FeedSource)}
    folders = [s for s in declared if isinstance(s, FolderSource)]
    known = {s.name: s for s in (*(_used(row) for row in used if row.kind == "folder"), *folders)}
    if not arguments and not known:
        if feeds:
            raise NoSources("all known sources are feeds: wirehouse poll")
        raise NoSources(
            "no sources are known yet: name a file or a folder, or put a source's TOML into the data folder's sources/"
        )
    found: list[Asked] = []
    for argument in arguments or list(known):
        path = Path(argument).absolute()
        if not _is_usable(argument, path):
            raise UsageError(f"{argument!r} is neither a file nor a folder of files")
        if argument.endswith(".toml") and path.is_file():
            source = load(path)
            if isinstance(source, FeedSource):
                raise UsageError(f"{argument} is a feed: wirehouse poll {argument}")
            known[source.name] = source
            found.append(Asked(source, without=_others(source.folder, source, known.values())))
        elif _exists(path):
            found += _of_path(path.resolve(), known)
        elif argument in known:
            source = known[argument]
            found.append(Asked(source, without=_others(source.folder, source, known.values())))
        elif argument in feeds:
            raise UsageError(f"{argument} is a feed: wirehouse poll {argument}")
        else:
            shown = redacted(argument)
            if argument.lower().startswith(("http://", "https://")):
                raise UsageError(f"{shown!r} is an address: wirehouse feeds add, then wirehouse poll")
            raise UsageError(f"{shown!r} is no file or folder, and no source of that name is known{_near(known)}")
    return _once(found)


def feeds_asked(arguments: Sequence[str], declared: Iterable[Source]) -> list[FeedSource]:
    """The feeds that the arguments name, by name, address or TOML file; all that are declared if there are none."""
    feeds = {s.name: s for s in declared if isinstance(s, FeedSource)}
    if not arguments:
        return list(feeds.values())
    found: dict[str, FeedSource] = {}
    by_address = {s.feed: s for s in feeds.values()}
    for argument in arguments:
        source: Source | None = feeds.get(argument) or by_address.get(argument)
        if source is None and argument.endswith(".toml"):
            source = load(Path(argument).absolute())
        if not isinstance(source, FeedSource):
            what = "is a folder: wirehouse ingest" if source else "is no feed that is known: wirehouse feeds add URL"
            raise UsageError(f"{redacted(argument)!r} {what}{_near(feeds) if source is None else ''}")
        found[source.name] = source
    return list(found.values())


def followed(arguments: Sequence[str], declared: Iterable[Source], used: Iterable[SourceRow]) -> list[Asked]:
    """The folders that the arguments name, all that are known if there are none; they need not be there yet.

    Raises UsageError for what can be no folder.
    """
    declared = list(declared)
    folders = (s for s in declared if isinstance(s, FolderSource))
    known = {s.name: s for s in (*(_used(row) for row in used if row.kind == "folder"), *folders)}
    found: list[Asked] = []
    for argument in arguments or list(known):
        path = Path(argument).resolve()
        source = known.get(argument)
        if argument.endswith(".toml") and path.is_file():
            loaded = load(path, there=False)
            if isinstance(loaded, FeedSource):
                raise UsageError(f"{argument} is a feed: wirehouse poll {argument}")
            source = loaded
        elif source is None and not _exists(path) and "/" in argument and "://" not in argument:
            source = FolderSource(name=_name(path, known), folder=path)
        if source is not None:
            found.append(Asked(source, without=_others(source.folder, source, known.values())))
        elif path.is_file():
            raise UsageError(f"{argument} is a file: name the folder it lies in, or read it with wirehouse ingest")
        else:
            found += asked([argument], declared, used)
    return _once(found)


def load(path: Path, *, there: bool = True) -> FolderSource | FeedSource:
    """A source from its TOML file; a relative folder is relative to that file. Raises UsageError naming file and field.

    `there`: its folder has to exist.
    """
    try:
        fields: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: not a TOML file that can be read ({error})") from error
    if ("feed" in fields) == ("folder" in fields):
        raise UsageError(f'{path}: a source has either folder = "PATH" or feed = "URL"')
    try:
        if "feed" in fields:
            return FeedSource.model_validate(fields)
        source = FolderSource.model_validate(fields)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors())
        raise UsageError(f"{path}: {wrong}") from error
    folder = (path.parent / source.folder).resolve()
    if there and not folder.is_dir():
        raise UsageError(f"{path}: folder {source.folder} does not exist (looked for {folder})")
    return source.model_copy(update={"folder": folder})


def load_all(folder: Path, say: Callable[[str], None] | None = None, *, there: bool = True) -> list[Source]:
    """The sources declared in a folder of TOML files, by name of file; `there`: the folders that they name have to exist.

    With `say`, that is told of the files that cannot be used, and the others are returned; else UsageError is raised.
    """
    found: dict[str, Source] = {}
    twice = "{}: another file declares a source of the name {!r}; names are used once"
    for path in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        try:
            source = load(path, there=there)
        except UsageError as error:
            if say is None:
                raise
            say(f"{error} (left out)")
            continue
        if source.name not in found:
            found[source.name] = source
        elif say is None:
            raise UsageError(twice.format(path, source.name))
        else:
            say(f"{twice.format(path, source.name)} (left out)")
    return list(found.values())


def used_sources(
    folder: Path, used: Iterable[SourceRow], own: Source | None = None, say: Callable[[str], None] = lambda _text: None
) -> dict[str, Source]:
    """Every source by name, as its TOML in this folder has it now, else as it was last used; `own` is one that lies elsewhere."""
    known: dict[str, Source] = {row.source: _used(row) if row.kind == "folder" else _used_feed(row) for row in used}
    known |= {s.name: s for s in load_all(folder, say)}
    return known | ({own.name: own} if own else {})


def _of_path(path: Path, known: dict[str, FolderSource]) -> list[Asked]:
    around = [s for s in known.values() if path == s.folder or s.folder in path.parents]
    if around:
        source = max(around, key=lambda s: len(s.folder.parts))
    else:
        folder = path if path.is_dir() else path.parent
        source = FolderSource(name=_name(folder, known), folder=folder)
        known[source.name] = source
    only = None if path == source.folder else path
    inside = [] if path.is_file() else [s for s in known.values() if s is not source and path in s.folder.parents]
    without = frozenset(s.folder for s in inside)
    return [Asked(source, only, without), *(Asked(s, without=_others(s.folder, s, known.values())) for s in inside)]


def _once(found: list[Asked]) -> list[Asked]:
    """Without what is asked for twice, or as a part of something that is asked for as well."""
    whole = {a.source.name for a in found if a.only is None}
    distinct = dict.fromkeys(a for a in found if a.only is None or a.source.name not in whole)
    return [
        a for a in distinct if not any(b.only in a.only.parents for b in distinct if b.only and b.source == a.source and a.only)
    ]


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long for any file
        return False


def _is_usable(argument: str, path: Path) -> bool:
    """Whether the argument is no pipe or device."""
    return argument.endswith(".toml") or not _exists(path) or path.is_file() or path.is_dir()


def _others(folder: Path, source: FolderSource, known: Iterable[FolderSource]) -> frozenset[Path]:
    return frozenset(s.folder for s in known if s is not source and folder in s.folder.parents)


def _name(folder: Path, known: dict[str, FolderSource]) -> str:
    """The folder's name, or that with a number if another folder has it. A folder that is gone was renamed or moved."""
    printable = stored(folder.name).translate(dict.fromkeys(range(32), " ") | {127: " "}).strip()
    base = printable[:150] or "root"
    name, number = base, 1
    while name in known and known[name].folder != folder and known[name].folder.exists():
        number += 1
        name = f"{base}-{number}"
    return name


def _used(row: SourceRow) -> FolderSource:
    fields = row._asdict() | {"name": row.source, "folder": Path(row.root)}
    return FolderSource.model_validate({name: fields[name] for name in FolderSource.model_fields if name in fields})


def _used_feed(row: SourceRow) -> FeedSource:
    fields = row._asdict() | {"name": row.source, "feed": row.root}
    return FeedSource.model_validate({name: fields[name] for name in FeedSource.model_fields if name in fields})


def _near(known: Iterable[str]) -> str:
    return f". Known are: {', '.join(sorted(known)[:20])}" if known else ""
