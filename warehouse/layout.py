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
    def owed(self) -> Path:
        """When it is there, readers lack what has landed; it holds the time from which that may be published."""
        return self.live / "owed"

    @property
    def search(self) -> Path:
        """The full-text index, derived from the database and made anew if it is missing."""
        return self.data / "search"

    @property
    def spool(self) -> Path:
        """Copies of large files while they are read."""
        return self.live / "spool"

    @property
    def sources(self) -> Path:
        """TOML files of the user's sources."""
        return self.data / "sources"

    @property
    def watches(self) -> Path:
        """TOML files of the user's saved queries that tell of new rows."""
        return self.data / "watches"

    @property
    def retention(self) -> Path:
        """How long what is kept, as the user says."""
        return self.data / "retention.toml"

    @property
    def receipts(self) -> Path:
        """What was taken out, a JSON file a receipt."""
        return self.data / "receipts"

    def make(self) -> None:
        """Make the folders that a writer needs."""
        for folder in (self.live, self.spool, self.archive, self.published):
            folder.mkdir(parents=True, exist_ok=True)
