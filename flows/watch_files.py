"""The user's watches: TOML files in the data folder's watches/, one a watch, added and removed."""

from __future__ import annotations

import json
import os
import re
import tomllib
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from flows.output import dumped
from warehouse.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
SPAN = re.compile(r"(\d{1,6}) ?([smhd])")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _span(text: str) -> str:
    if not SPAN.fullmatch(text):
        raise ValueError("write it as 30s, 15m, 6h or 1d")
    return text


def _some(text: str) -> str:
    if not text.strip():
        raise ValueError("there is none")
    return text


class Watch(BaseModel):
    """A watch as its file tells it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    query: Annotated[str, AfterValidator(_some)]
    tell: Annotated[str, AfterValidator(_some)]  # a web address, or a command line; ${NAME} is filled from the environment
    key: tuple[str, ...] = ()  # columns that make a row the same one; all of them if none are named
    every: Annotated[str, AfterValidator(_span)] = "0s"  # not more often
    most: Annotated[int, Field(ge=1, le=1000)] = 20  # rows told at once
    description: str | None = None
    from_start: bool = False  # what it has when it is first looked at is told, too
    paused: bool = False
    written_at: datetime = Field(datetime.min, exclude=True)  # noqa: DTZ901  naive UTC; of its file

    @property
    def interval(self) -> timedelta:
        """The least time between two looks."""
        found = SPAN.fullmatch(self.every)
        assert found is not None, "it was validated"
        return timedelta(seconds=int(found[1]) * SECONDS[found[2]])

    @property
    def print(self) -> str:
        """With another one it is another watch, which begins anew."""
        return blake2b(dumped([self.query, self.key]).encode(), digest_size=8).hexdigest()


def load_all(folder: Path) -> tuple[dict[str, Watch], dict[str, str]]:
    """The watches by name, and what is wrong with the files of others."""
    watches: dict[str, Watch] = {}
    broken: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            watches[path.stem] = watch(
                told | {"written_at": datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)}
            )
        except (OSError, ValueError, UsageError) as error:
            broken[path.stem] = f"{path.name} cannot be used: {error}"
    return watches, broken


def watch(told: dict[str, Any]) -> Watch:
    """A watch of what was told. Raises UsageError that says what is wrong with it."""
    try:
        return Watch.model_validate(told)
    except ValidationError as error:
        raise UsageError("; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())) from error


def check_name(folder: Path, name: str) -> None:
    """Raises UsageError if no new watch can have this name."""
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be a watch's name: write small letters, digits, - and _")
    if (path := folder / f"{name}.toml").exists():
        raise UsageError(f"a watch of the name {name!r} is there already: {path}. Edit the file, or remove it first")


def named(folder: Path, names: Collection[str]) -> list[Path]:
    """The files of watches. Raises UsageError for names that are none."""
    known = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    if unknown := [name for name in names if name not in known]:
        raise UsageError(f"no watch of the name {unknown[0]!r} is known" + (f"; known are: {', '.join(known)}" if known else ""))
    return [known[name] for name in names]


def write(folder: Path, name: str, added: Watch) -> Path:
    """Write a watch's file, readable for the user alone: its target may hold a password."""
    path = folder / f"{name}.toml"
    told = added.model_dump(exclude_defaults=True)
    text = "".join(f"{field} = {json.dumps(value)}\n" for field, value in told.items()).replace("\x7f", "\\u007f")
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{name}.toml.part"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path)
    return path
