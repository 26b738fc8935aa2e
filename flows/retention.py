"""retention.toml: how long what is kept. Nothing goes by age unless this file says so."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from warehouse.errors import UsageError
from warehouse.upkeep import Term

if TYPE_CHECKING:
    from pathlib import Path

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
FOREVER = timedelta(days=365_000)
SHORTEST = {"entries": timedelta(days=60)}  # polls pass over entries by these rows, and tell by them what a feed usually brings


def _span(value: object) -> timedelta:
    found = re.fullmatch(r"(\d{1,5})\s*(day|week|month|year)s?", value.strip().lower()) if isinstance(value, str) else None
    if value == "forever":
        return FOREVER
    if found is None or found[1] == "0":
        raise ValueError(f'{value!r} is no time; write it as "90 days", "6 months", "5 years" or "forever"')
    return timedelta(days=int(found[1]) * DAYS[found[2]])


Span = Annotated[timedelta, BeforeValidator(_span)]


class Kept(BaseModel):
    """How long the rows of a source are kept; None: as long as those of all others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    articles: Span | None = None  # since they were first read
    archive: Span | None = None  # payloads, since they were fetched
    fetches: Span | None = None
    rejects: Span | None = None
    entries: Span | None = None  # of feeds, since they vanished


class KeptOfAll(Kept):
    """How long the rows of all sources are kept; None: for ever."""

    runs: Span | None = None
    check_results: Span | None = None


class Retention(BaseModel):
    """What retention.toml says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keep: KeptOfAll = KeptOfAll()
    source: dict[str, Kept] = Field(default_factory=dict)

    def terms(self, now: datetime) -> list[Term]:
        """Of each kind of row and source ("" for all others): rows from before then go."""
        said: list[tuple[str, Kept]] = [("", self.keep), *self.source.items()]
        spans = [(what, name, span) for name, kept in said for what, span in kept if span is not None]
        return [Term(what, name, max(datetime(1, 1, 2), now - max(span, SHORTEST.get(what, span)))) for what, name, span in spans]  # noqa: DTZ001  naive UTC


def load(path: Path) -> Retention:
    """What the file says; nothing goes if there is none. Raises UsageError that names the line's fault."""
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Retention()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no TOML: {error}") from error
    try:
        return Retention.model_validate(told)
    except ValidationError as error:
        [first, *_] = error.errors()
        where = ".".join(map(str, first["loc"]))
        what = "there is no such setting" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise UsageError(f"{path}: {where}: {what}") from error
