"""A desk that takes texts in as they come and tells whose copies they are, by the product's own parts: for tests, bench and evals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tasks.copies import find
from tasks.fingerprint import fingerprint
from tasks.types import Article
from warehouse.history import History
from warehouse.models import Doc, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

DAY = 86_400  # seconds
BLANK = Article("s", "o", "p", "0", datetime(2026, 1, 1), "text", 0, alone=True, text="")  # noqa: DTZ001  naive UTC


class Taken(NamedTuple):
    """What became of a text."""

    doc: Doc
    group_id: str
    matches: Sequence[tuple[str, str]]  # (article_id, relation), the best first


@dataclass(slots=True)
class Desk:
    """One history, in a folder of its own."""

    folder: Path
    window_s: int = 30 * DAY
    history: History = field(init=False)
    _docs: int = 0
    _last: str | None = None

    def __post_init__(self) -> None:
        self.history = History.open(self.folder, lambda _batch: (self._docs, self._last))

    def take(self, docs: Sequence[Doc], *, batch: int = 500) -> list[Taken]:
        """Judge texts in batches, in the order in which they come."""
        return [taken for n in range(0, len(docs), batch) for taken in self._batch(docs[n : n + batch])]

    def restart(self) -> None:
        """Write everything to files, and open them again."""
        self._docs = self.history.size
        self.history.save(1, everything=True)
        self.history = History.open(self.folder, lambda _batch: (self._docs, self._last))
        assert self.history.size == self._docs, "the files hold everything"

    def _batch(self, docs: Sequence[Doc]) -> list[Taken]:
        numbered = [d._replace(seq=self.history.next_seq + n) for n, d in enumerate(docs)]
        self.history.add(numbered)
        carriers = self.history.carriers(numbered, self.window_s)
        self._last = numbered[-1].article_id
        taken = []
        for doc, found in zip(numbered, find(numbered, carriers, self.window_s), strict=True):
            self.history.judged(doc.seq or 0, doc.at, found.group_id, found.common, holds=found.holds)
            matches = [(carriers.docs["article_id"][m.place].decode(), m.relation) for m in found.matches]
            taken.append(Taken(doc, found.group_id, matches))
        return taken


def doc(article_id: str, text: str, *, outlet: str = "o", at: float = 20_000 * DAY, version: int = 1) -> Doc:
    """A text as it is compared."""
    p = fingerprint(replace(BLANK, text=text))
    seconds = int(at)
    return Doc(
        article_id, article_id, p.content, outlet, name_key(outlet), None, seconds, seconds, seconds, version, p.words, p.every,
        p.sample, p.facts,
    )  # fmt: skip


def groups(taken: Iterable[Taken]) -> set[frozenset[str]]:
    """The groups as sets of articles."""
    found: dict[str, set[str]] = {}
    for t in taken:
        found.setdefault(t.group_id, set()).add(t.doc.article_id)
    return {frozenset(ids) for ids in found.values()}
