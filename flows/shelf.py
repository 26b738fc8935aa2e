"""The shelf: payloads that were read before, as they were when they were fetched, in pieces that can be read again.

The bytes come out of the archive, or where a source keeps them itself out of its folder, if they are still the same ones.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import file_digest
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from tasks.parse.unpack import Piece, pieces
from tasks.types import FolderSource, Payload, Polled
from warehouse.anew import opened, places
from warehouse.errors import Refusal, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from tasks.types import Source
    from warehouse.anew import Place
    from warehouse.store import Store


class Occasion(NamedTuple):
    """When bytes were fetched: all that was read of them then is read again together."""

    source: str
    file: str  # relative to the source's root; the feed's address
    raw_id: str
    seen_at: datetime
    uri: str | None = None  # where a feed's redirects had led


@dataclass(slots=True)
class Shelf:
    """Finds payloads again. Of a file of many pieces the reading goes on where it stopped."""

    store: Store
    sources: dict[str, Source]
    _places: dict[str, Place] = field(default_factory=dict)
    _open: tuple[Occasion, Iterator[tuple[Piece, int | None]]] | None = None

    def look_up(self, raw_ids: Iterable[str]) -> None:
        """Learn where payloads lie, before they are asked for."""
        self._places = places(self.store, raw_ids)

    def size(self, raw_id: str) -> int:
        """Length of a payload in bytes; 0 if it is not known."""
        return self._places[raw_id].n_bytes if raw_id in self._places else 0

    def pieces(self, occasion: Occasion, wanted: set[tuple[str, int]]) -> Iterator[tuple[Piece, set[tuple[str, int]]]]:
        """The pieces that hold the wanted records (path and number), each with those that are its own.

        Those that are found in none come to no piece. Raises Refusal if the bytes cannot be had.
        """
        left = set(wanted)
        begun = self._open is not None and self._open[0] == occasion
        for again in (False, True) if begun else (True,):  # from the beginning if what goes on is past them
            found = self.all_pieces(occasion) if again or self._open is None else self._open[1]
            while left and (bounded := next(found, None)) is not None:
                piece, upto = bounded
                first = piece.payload.first_record
                ours = {(path, n) for path, n in left if path == piece.payload.path and n >= first and (upto is None or n < upto)}
                left -= ours
                if not left:  # what is asked for next may stand in the same piece
                    self._open = (occasion, chain([bounded], found))
                if ours:
                    yield piece, ours

    def all_pieces(self, occasion: Occasion) -> Iterator[tuple[Piece, int | None]]:
        """All of them, each with the number of the record that follows its last one; None where its file ends with it.

        Raises Refusal if the bytes cannot be had.
        """
        place = self._place(occasion.raw_id)
        file, charset = self._bytes(place, occasion)
        payload = Payload(
            source=occasion.source, path=occasion.file, uri=occasion.uri or place.uri, data=b"", raw_id=place.raw_id,
            fetched_at=occasion.seen_at, size=place.n_bytes, media_type=place.media_type, charset=charset, file=occasion.file,
        )  # fmt: skip
        if isinstance(self.sources[occasion.source], FolderSource):
            return _bounded(file, payload)
        with file:
            polled = Polled(full_text="feed", whole=not place.truncated)
            return iter([(Piece(replace(payload, data=file.read(), polled=polled)), None)])

    def page(self, raw_id: str, uri: str | None, entry_of: Occasion) -> Payload:
        """A page that completed an entry. Raises Refusal if its bytes cannot be had."""
        place = self._place(raw_id)
        file, charset = self._bytes(place, entry_of)
        with file:
            data = file.read()
        return Payload(
            source=entry_of.source, path=place.uri, uri=uri or place.uri, data=data, raw_id=raw_id, fetched_at=entry_of.seen_at,
            size=len(data), media_type=place.media_type, charset=charset, format="html",
        )  # fmt: skip

    def _place(self, raw_id: str) -> Place:
        if raw_id not in self._places:
            self._places |= places(self.store, [raw_id])
        if raw_id not in self._places:
            raise Refusal("unreadable", "its bytes are not in the archive")
        return self._places[raw_id]

    def _bytes(self, place: Place, occasion: Occasion) -> tuple[IO[bytes], str | None]:
        if place.archive:
            try:
                return opened(self.store.layout.archive, place, self.store.layout.spool)
            except StoreError as error:
                raise Refusal("unreadable", str(error)) from error
        return self._in_folder(place, occasion), None

    def _in_folder(self, place: Place, occasion: Occasion) -> IO[bytes]:
        """The file itself, which its source was to keep."""
        source = self.sources[occasion.source]
        known = [Path(os.fsdecode(unquote_to_bytes(urlsplit(place.uri).path)))]
        if isinstance(source, FolderSource):
            known.insert(0, source.folder / occasion.file)
        for path in known:
            with suppress(OSError, ValueError):
                file = path.open("rb")
                if file_digest(file, "sha256").hexdigest() == place.raw_id:
                    file.seek(0)
                    return file
                file.close()
        raise Refusal("unreadable", "the archive does not keep its bytes, and its file is gone from its folder, or changed")


def _bounded(file: IO[bytes], payload: Payload) -> Iterator[tuple[Piece, int | None]]:
    """A file's pieces, each with where the next one of the same path begins."""
    with file:
        waiting: Piece | None = None
        for piece in pieces(payload, file):
            if waiting is not None:
                same = piece.payload.path == waiting.payload.path
                yield waiting, piece.payload.first_record if same else None
            waiting = piece
        if waiting is not None:
            yield waiting, None
