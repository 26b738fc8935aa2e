"""The journeys without Prefect: open the store, show progress, run."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import replace
from time import time
from typing import TYPE_CHECKING, TypeAlias

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from flows.due import due, none_due
from flows.journey import Step, Tally, at_once, journey
from flows.settings import VERSION, check_engine, rest_s
from flows.sources import asked, feeds_asked, load_all
from tasks.fetch import folder
from tasks.fetch.folder import stored
from tasks.fetch.secrets import redacted
from tasks.types import FeedSource
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.models import SourceRow
from warehouse.publish import is_owed
from warehouse.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from rich.console import Console

    from flows.harvest import PollTally
    from flows.settings import Settings
    from flows.sources import Asked
    from tasks.fetch.web import Terms
    from tasks.types import FolderSource


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
    check_engine(settings.engine)
    layout = Layout(settings.data)
    declared = load_all(layout.sources)
    named = [redacted(a) for a in arguments]
    lock = WriterLock(layout.live, " ".join(["wirehouse ingest", *named]), wait_s=settings.wait_s, on_wait=say)
    noted = {"what": named, "published": settings.published, "workers": settings.workers}
    with Store(layout, lock, arguments=noted, code_version=VERSION, prefect_run_id=prefect_run_id) as store:
        ours = frozenset({layout.data.resolve()})  # what we wrote ourselves is no news
        before = time() - rest_s() if settings.sparing else None  # what is still being written is for a later run
        sources = [replace(a, without=a.without | ours, before=before) for a in asked(arguments, declared, store.sources())]
        store.use_sources(columns(a.source) for a in sources)
        with progress(_count(sources)) if progress else nullcontext(_silent) as told:
            tally = journey(store, sources, settings, step=step, progress=told)
    if tally.published:
        tell_watches(settings, say)
    return tally


def poll(
    arguments: Sequence[str],
    settings: Settings,
    terms: Terms,
    *,
    everything: bool = False,
    step: Step = at_once,
    progress: Callable[[int], AbstractContextManager[Told]] | None = None,
    say: Callable[[str], None] = lambda _text: None,
    prefect_run_id: str | None = None,
) -> PollTally:
    """Poll feeds: those that the arguments name, else those that are due, or `everything` that is not paused or gone.

    What an earlier run left to be published is published though no feed is due.
    Polls of one data folder come one after the other. Raises UsageError, Locked or StoreError; what landed before stands.
    """
    from flows.harvest import PollTally  # noqa: PLC0415  ingest has no use for the network
    from flows.polling import poll as journey_of_feeds  # noqa: PLC0415

    check_engine(settings.engine)
    layout = Layout(settings.data)
    declared = load_all(layout.sources, say)
    feeds = feeds_asked(arguments, declared)
    subscribed = [s for s in declared if isinstance(s, FeedSource)]
    if not arguments and not everything and none_due(layout, subscribed, terms.clock()) and not is_owed(layout):
        return PollTally()
    named = [redacted(a) for a in arguments]
    who = " ".join(["wirehouse poll", *named])
    turn = WriterLock(layout.live / "polls", who, urgency="live", wait_s=settings.wait_s, on_wait=say)
    lock = WriterLock(layout.live, who, urgency="live", wait_s=settings.wait_s, on_wait=say)
    noted = {"what": named, "all": everything, "workers": settings.workers}
    turn.acquire()
    try:
        with Store(layout, lock, flow="poll", arguments=noted, code_version=VERSION, prefect_run_id=prefect_run_id) as store:
            store.use_sources(columns(f) for f in feeds)
            whole = len(declared) == len(list(layout.sources.glob("*.toml")))
            chosen = due(store, feeds, subscribed, terms.clock(), named=bool(arguments), everything=everything, whole=whole)
            with progress(len(chosen)) if progress else nullcontext(_silent) as seen:
                tally = journey_of_feeds(store, chosen, settings, terms, step=step, progress=seen)
    finally:
        turn.release()
    if tally.published:
        tell_watches(settings, say)
    return tally


def tell_watches(settings: Settings, say: Callable[[str], None]) -> None:
    """Tell those who wait for news, after a publication."""
    from flows.watches import after_publication  # noqa: PLC0415  most have no watches

    after_publication(settings, say)


@contextmanager
def bar(total: int, console: Console, noun: str = "files") -> Iterator[Told]:
    """A progress bar over so many files or feeds."""
    counts = TextColumn(noun + ", {task.fields[items]:,} items")
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


def columns(source: FolderSource | FeedSource) -> SourceRow:
    """A source as ops.source keeps it, an address without its credentials."""
    kept = source.model_dump(include={"outlet", "country", "language", "timezone", "owner_group"})
    if isinstance(source, FeedSource):
        return SourceRow(source=source.name, kind="feed", root=redacted(source.feed), archive="keep", **kept)
    root, kept = stored(str(source.folder)), kept | {"archive": source.archive, "after": source.after}
    return SourceRow(source=source.name, kind="folder", root=root, **kept)
