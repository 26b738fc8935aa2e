"""Settings: from the command line, else the environment (WIREHOUSE_…), else the defaults here."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.errors import UsageError

if TYPE_CHECKING:
    from tasks.fetch.web import Terms

VERSION = version("wirehouse")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told."""

    data: Path
    workers: int
    wait_s: float = 600.0  # how long a run waits for another that writes
    published: str | None = None  # the date of articles that state none, ISO 8601
    copy_days: float = 30.0  # how many days before and after its publication an article's copies are looked for
    story_days: float = 10.0  # how many days after its last article a story is closed
    sparing: bool = False  # nobody waits for the run: publishing takes a tenth of the time at most, or is left to a later run
    engine: str | None = "builtin"  # what finds the names: builtin, spacy:MODEL or module:factory; None: no facts are read


def settings(
    data: Path | None = None, workers: int | None = None, wait_s: float | None = None, published: str | None = None
) -> Settings:
    """The settings of a run; what is None is looked up."""
    return Settings(
        data=(data or Path(os.environ.get("WIREHOUSE_DATA", "data"))).absolute(),
        workers=workers if workers is not None else int(_number("WIREHOUSE_WORKERS", os.cpu_count() or 1)),
        wait_s=wait_s if wait_s is not None else _number("WIREHOUSE_WAIT", 600),
        published=published,
        copy_days=_number("WIREHOUSE_COPY_DAYS", 30, most=366),
        story_days=_number("WIREHOUSE_STORY_DAYS", 10, most=366),
        engine=_engine(),
    )


def _engine() -> str | None:
    """WIREHOUSE_ENTITIES_ENGINE; "none" reads no facts."""
    spec = os.environ.get("WIREHOUSE_ENTITIES_ENGINE", "builtin").strip() or "builtin"
    if spec == "none":
        return None
    if spec != "builtin" and not all(spec.partition(":")):
        raise UsageError(f"WIREHOUSE_ENTITIES_ENGINE={spec!r} is none; write builtin, spacy:MODEL, module:factory or none")
    return spec


def check_engine(spec: str | None) -> None:
    """Load an engine that is not the built-in one. Raises UsageError if it is not there."""
    if spec not in {None, "builtin"}:
        from tasks.extract.engines import engine  # noqa: PLC0415  most runs need none

        try:
            engine(spec)
        except ValueError as error:
            raise UsageError(f"WIREHOUSE_ENTITIES_ENGINE={spec}: {error}") from error


def run_limit() -> float:
    """WIREHOUSE_RUN_LIMIT: seconds after which a scheduled run is ended; what it landed stands, and the next one goes on."""
    return _number("WIREHOUSE_RUN_LIMIT", 43_200, most=1e7)


def rest_s() -> float:
    """WIREHOUSE_REST: seconds for which nobody writes to a dropped file before it is read."""
    return _number("WIREHOUSE_REST", 0.7, most=3600)


def terms() -> Terms:
    """On what terms the web is asked: WIREHOUSE_ALLOW_HOSTS, _TIMEOUT, _PAGE_DELAY, _RUN_TIME and _CONTACT."""
    from tasks.fetch.guard import Guard  # noqa: PLC0415  aiohttp takes 0.2 s to import, and only feeds need it
    from tasks.fetch.hosts import Manners  # noqa: PLC0415
    from tasks.fetch.web import Terms  # noqa: PLC0415

    try:
        guard = Guard.allowing(os.environ.get("WIREHOUSE_ALLOW_HOSTS", "").split(","))
    except ValueError as error:
        raise UsageError(f"WIREHOUSE_ALLOW_HOSTS: {error}; write names, addresses or networks, separated by commas") from error
    contact = "".join(c for c in os.environ.get("WIREHOUSE_CONTACT", "") if c.isascii() and c.isprintable())
    whole = _number("WIREHOUSE_TIMEOUT", 60)
    return Terms(
        guard=guard,
        manners=Manners(page_gap_s=_number("WIREHOUSE_PAGE_DELAY", 1)),
        user_agent=f"Wirehouse/{VERSION}" + (f" (+{contact})" if contact else " (news feed reader)"),
        connect_s=min(10.0, whole),
        read_s=min(20.0, whole),
        whole_s=whole,
        run_s=_number("WIREHOUSE_RUN_TIME", 300),
    )


def _number(name: str, default: float, most: float = 1e9) -> float:
    try:
        number = float(os.environ.get(name) or default)
    except ValueError:
        number = -1.0
    if not 0 <= number <= most:
        raise UsageError(f"{name} is {os.environ[name]!r}: it must be a number from 0 to {most:,.0f}")
    return number
