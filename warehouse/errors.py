"""Every error that Wirehouse raises, as one tree.

WirehouseError                 something went wrong that the user can act on; its text says how
├── UsageError                 the command or the settings ask for something that cannot be
│   └── NoSources              all known sources are asked for, and there are none to read
├── SourceError                a source cannot be read at all
├── Refusal                    one item is refused; `sift` turns it into a Reject and goes on
├── StoreError                 the warehouse cannot be opened, written or published
│   ├── Locked                 another run is writing, and did not finish in time
│   └── NoWarehouse            nothing has been published yet
├── QueryError                 the user's SQL is wrong
└── BooksError                 a run's books do not balance: something was lost or counted twice
"""

from __future__ import annotations


class WirehouseError(Exception):
    """Something went wrong that the user can act on; the text says how."""


class UsageError(WirehouseError):
    """The command or the settings ask for something that cannot be."""


class NoSources(UsageError):  # noqa: N818  reads as the state it names
    """All known sources are asked for, and there are none to read."""


class SourceError(WirehouseError):
    """A source cannot be read at all."""


class Refusal(WirehouseError):  # noqa: N818  a refusal is an expected outcome, not an error of the run
    """One item is refused: `reason` is a word of REASONS, `detail` says what was found and what to do."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[Refusal], tuple[str, str]]:
        return type(self), (self.reason, self.detail)


class StoreError(WirehouseError):
    """The warehouse cannot be opened, written or published."""


class Locked(StoreError):  # noqa: N818  reads as the state it names
    """Another run is writing, and did not finish in time."""


class NoWarehouse(StoreError):  # noqa: N818  reads as the state it names
    """Nothing has been published yet."""


class QueryError(WirehouseError):
    """The user's SQL is wrong."""


class BooksError(WirehouseError):
    """A run's books do not balance: something was lost or counted twice."""


REASONS: dict[str, str] = {
    "empty": "no bytes, or nothing but blanks",
    "corrupt": "packed, but cannot be unpacked whole",
    "malformed": "not what its format demands",
    "undecodable": "its characters cannot be told",
    "too_large": "a file, line, field or unpacked size is over its limit",
    "too_deep": "nested deeper than the limit",
    "forbidden": "entities that expand or reach outside, or paths that leave an archive",
    "wrong_type": "another kind of file than its name says, or a kind that is not read",
    "unreadable": "the file could not be opened or read",
    "no_article": "readable, but there is no article in it",
    "timeout": "it took longer than an item may",
    "crashed": "the process that read it died",
    "forgotten": "it was taken out with `wirehouse forget`, and stays out",
    "lost": "its rows were lost with a damaged log, and its bytes kept",
}
"""Why an item can be refused: the word that `mart.rejects` shows, and what it means."""
