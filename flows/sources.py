"""What the user names (a path, a source, a source's TOML) as sources to be read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from tasks.fetch.folder import stored
from tasks.types import Source
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from warehouse.models import SourceRow


@dataclass(frozen=True, slots=True)
class Asked:
    """A source to be read: all of it, or only one file or folder, leaving out what belongs to other sources."""

    source: Source
    only: Path | None = None
    without: frozenset[Path] = frozenset()


def asked(arguments: Sequence[str], declared: Iterable[Source], used: Iterable[SourceRow]) -> list[Asked]:
    """The sources that the arguments name. `declared` come from TOML, `used` are rows of ops.source.

    A file or folder belongs to the known source whose folder holds it, the innermost one; else its folder becomes a source
    that is named after it. Raises UsageError for what is neither a path nor a source.
    """
    known = {s.name: s for s in (*(_used(row) for row in used), *declared)}
    if not arguments and not known:
        raise UsageError(
            "no sources are known yet: name a file or a folder, or put a source's TOML into the data folder's sources/"
        )
    found: list[Asked] = []
    for argument in arguments or list(known):
        path = Path(argument).absolute()
        if not _is_usable(argument, path):
            raise UsageError(f"{argument!r} is neither a file nor a folder of files")
        if argument.endswith(".toml") and path.is_file():
            source = load(path)
            known[source.name] = source
            found.append(Asked(source, without=_others(source.folder, source, known.values())))
        elif _exists(path):
            found += _of_path(path.resolve(), known)
        elif argument in known:
            source = known[argument]
            found.append(Asked(source, without=_others(source.folder, source, known.values())))
        else:
            near = f". Known sources: {', '.join(sorted(known))}" if known else ""
            raise UsageError(f"{argument!r} is no file or folder, and no source of that name is known{near}")
    return _once(found)


def load(path: Path) -> Source:
    """A source from its TOML file; a relative folder is relative to that file. Raises UsageError naming file and field."""
    try:
        fields: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: not a TOML file that can be read ({error})") from error
    try:
        source = Source.model_validate(fields)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors())
        raise UsageError(f"{path}: {wrong}") from error
    folder = (path.parent / source.folder).resolve()
    if not folder.is_dir():
        raise UsageError(f"{path}: folder {source.folder} does not exist (looked for {folder})")
    return source.model_copy(update={"folder": folder})


def load_all(folder: Path) -> list[Source]:
    """The sources declared in a folder of TOML files, by name of file."""
    return [load(path) for path in sorted(folder.glob("*.toml"))]


def _of_path(path: Path, known: dict[str, Source]) -> list[Asked]:
    around = [s for s in known.values() if path == s.folder or s.folder in path.parents]
    if around:
        source = max(around, key=lambda s: len(s.folder.parts))
    else:
        folder = path if path.is_dir() else path.parent
        source = Source(name=_name(folder, known), folder=folder)
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


def _others(folder: Path, source: Source, known: Iterable[Source]) -> frozenset[Path]:
    return frozenset(s.folder for s in known if s is not source and folder in s.folder.parents)


def _name(folder: Path, known: dict[str, Source]) -> str:
    """The folder's name, or that with a number if another folder has it. A folder that is gone was renamed or moved."""
    printable = stored(folder.name).translate(dict.fromkeys(range(32), " ") | {127: " "}).strip()
    base = printable[:150] or "root"
    name, number = base, 1
    while name in known and known[name].folder != folder and known[name].folder.exists():
        number += 1
        name = f"{base}-{number}"
    return name


def _used(row: SourceRow) -> Source:
    fields = row._asdict() | {"name": row.source, "folder": Path(row.root)}
    return Source.model_validate({name: fields[name] for name in Source.model_fields if name in fields})
