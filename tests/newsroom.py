"""A data folder with feeds of a NewsServer, polled in this process with a clock that a test may turn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flows.plain import poll
from flows.settings import Settings
from flows.subscriptions import as_toml
from tasks.fetch.guard import Guard
from tasks.fetch.hosts import Manners
from tasks.fetch.web import Terms
from tasks.types import FeedSource
from tests.conftest import query

if TYPE_CHECKING:
    from pathlib import Path

    from flows.harvest import PollTally
    from tests.newsserver import NewsServer

QUICK = Terms(
    guard=Guard.allowing(["127.0.0.0/8"]),
    manners=Manners(feed_gap_s=0.0, page_gap_s=0.0, patience=100),
    user_agent="Wirehouse/test",
    connect_s=5.0,
    read_s=10.0,
    whole_s=20.0,
)
HASTY = replace(QUICK, read_s=0.6, whole_s=1.8)  # for servers that never end: a busy machine may take a while to answer, too


@dataclass
class Newsroom:
    """Feeds, and polls of them at times of the test's choosing."""

    data: Path
    site: NewsServer
    terms: Terms = QUICK
    ahead: timedelta = field(default_factory=timedelta)  # how far its clock is ahead of ours

    def now(self) -> datetime:
        return datetime.now(UTC).replace(tzinfo=None) + self.ahead

    def subscribe(self, path: str, name: str | None = None, host: int = 1, **fields: object) -> str:
        """Declare a feed of the site, or of another address."""
        url = path if "://" in path else self.site.url(path, host)
        source = FeedSource.model_validate(
            {"name": name or path.strip("/").split(".")[0].replace("/", "-"), "feed": url, **fields}
        )
        folder = self.data / "sources"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{source.name}.toml").write_text(as_toml(source))
        return source.name

    def poll(self, *names: str, everything: bool = True, later: timedelta | None = None) -> PollTally:
        """Poll, after the clock was turned on by `later`."""
        self.ahead += later or timedelta()
        settings = Settings(self.data, workers=0, wait_s=5, engine=None)
        return poll(list(names), settings, replace(self.terms, clock=self.now), everything=everything and not names)

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        return query(self.data, statement)

    def one(self, statement: str) -> Any:  # noqa: ANN401  whatever the query asks for
        [[value]] = self.sql(statement)
        return value
