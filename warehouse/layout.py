"""The data folder: which file lies where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Layout:
    """Paths of one data folder; `data` is `./data` or WIREHOUSE_DATA."""

    data: Path

    @property
    def live(self) -> Path:
        """The writer's own folder: database, lock, waiting line. Readers have no business here."""
        return self.data / "live"

    @property
    def database(self) -> Path:
        """The writer's database."""
        return self.live / "warehouse.duckdb"

    @property
    def history(self) -> Path:
        """Files of fingerprints and of stories, derived from the database and made anew if they are missing."""
        return self.live / "history"

    @property
    def archive(self) -> Path:
        """WARC files that keep every payload."""
        return self.data / "archive"

    @property
    def published(self) -> Path:
        """Read-only versions of the warehouse, each under a name that is never used again."""
        return self.data / "published"

    @property
    def current(self) -> Path:
        """The link that readers open: the newest published version."""
        return self.data / "warehouse.duckdb"

    @property
    def spool(self) -> Path:
        """Copies of large files while they are read."""
        return self.live / "spool"

    @property
    def sources(self) -> Path:
        """TOML files of the user's sources."""
        return self.data / "sources"

    def make(self) -> None:
        """Make the folders that a writer needs."""
        for folder in (self.live, self.spool, self.archive, self.published):
            folder.mkdir(parents=True, exist_ok=True)
