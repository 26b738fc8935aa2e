"""The journey without Prefect: opens the store, shows progress, runs."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from flows.journey import Step, Tally, at_once, journey
from flows.settings import VERSION
from flows.sources import asked, load_all
from tasks.fetch import folder
from tasks.fetch.folder import stored
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.models import SourceRow
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from rich.console import Console

    from flows.settings import Settings
    from flows.sources import Asked
    from tasks.types import Source


Told: TypeAlias = "Callable[[int, int], None]"
"""Is told of files and items as they are done."""


def ingest(
    arguments: Sequence[str],
    settings: Settings,
    *,
    step: Step = at_once,
    progress: Callable[[int], AbstractContextManager[Told]] | None = None,
    say: Callable[[str], None] = lambda _text: None,
    prefect_run_id: str | None = None,
) -> Tally:
    """Read what the arguments name into the warehouse.

    `progress` makes, of the number of files, what is told as they are done; `say` is told who else is writing while we wait.
    Raises UsageError, Locked, StoreError or SourceError; what landed before stands.
    """
    layout = Layout(settings.data)
    declared = load_all(layout.sources) if layout.sources.is_dir() else []
    lock = WriterLock(layout.live, " ".join(["wirehouse ingest", *arguments]), wait_s=settings.wait_s, on_wait=say)
    noted = {"what": list(arguments), "published": settings.published, "workers": settings.workers}
    with Store(layout, lock, arguments=noted, code_version=VERSION, prefect_run_id=prefect_run_id) as store:
        ours = frozenset({layout.data.resolve()})  # what we wrote ourselves is no news
        sources = [replace(a, without=a.without | ours) for a in asked(arguments, declared, store.sources())]
        for source in (a.source for a in sources):
            store.use_source(SourceRow(kind="folder", **columns(source)))
        with progress(_count(sources)) if progress else nullcontext(_silent) as told:
            return journey(store, sources, settings, step=step, progress=told)


@contextmanager
def bar(total: int, console: Console) -> Iterator[Told]:
    """A progress bar over so many files."""
    counts = TextColumn("files, {task.fields[items]:,} items")
    with Progress(
        TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), counts, TimeRemainingColumn(), console=console
    ) as shown:
        task, done = shown.add_task("", total=total, items=0), 0

        def told(files: int, items: int) -> None:
            nonlocal done
            done += items
            shown.update(task, advance=files, items=done)

        yield told


def _count(sources: list[Asked]) -> int:
    return sum(folder.count(a.source.folder, a.only, a.without) for a in sources)


def _silent(_files: int, _items: int) -> None:
    return


def columns(source: Source) -> dict[str, Any]:
    """A source as ops.source keeps it."""
    kept = source.model_dump(include={"outlet", "country", "language", "timezone", "owner_group", "archive"})
    return {"source": source.name, "root": stored(str(source.folder)), **kept}
