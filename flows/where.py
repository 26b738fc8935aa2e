"""Where an item went: found by its address, its file, its article or the hash of its bytes."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from tasks.clean.urls import canonical
from tasks.fetch.folder import stored
from tasks.judge import url_key
from warehouse.query import look_up

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOUND = dict[str, list[dict[str, Any]]]


def where(con: DuckDBPyConnection, asked: str) -> FOUND:
    """The articles, sightings and rejects that a URL, path, article_id or raw_id leads to."""
    url = canonical(asked) if re.match(r"https?://", asked, re.IGNORECASE) else None
    source, path = (None, "") if url else _path(con, asked)
    raw_id = asked.lower() if re.fullmatch(r"[0-9a-fA-F]{64}", asked) else ""
    articles = look_up(con, "where_article", article_id=stored(asked), url_key=url_key(url) if url else "", raw_id=raw_id)
    sightings = look_up(con, "where_sightings", article_id="", path=path, source=source) if path else []
    known = {a["article_id"] for a in articles}
    for article_id in dict.fromkeys(s["article_id"] for s in sightings if s["article_id"] not in known):
        articles += look_up(con, "where_article", article_id=article_id, url_key="", raw_id="")
    if not sightings:
        sightings = [
            s for a in articles for s in look_up(con, "where_sightings", article_id=a["article_id"], path="", source=None)
        ]
    rejects = look_up(con, "where_rejects", path=path, source=source, url=url or "", raw_id=raw_id)
    return {"articles": articles, "sightings": sightings, "rejects": rejects}


def _path(con: DuckDBPyConnection, asked: str) -> tuple[str | None, str]:
    """The source whose folder holds the file, and its path there; without such a source, the path as given."""
    places = {PurePosixPath(stored(str(place))) for place in (Path(asked).absolute(), Path(asked).resolve())}
    roots = [(row["source"], PurePosixPath(row["folder"])) for row in look_up(con, "list_sources") if row["kind"] == "folder"]
    held = [(len(root.parts), name, place.relative_to(root)) for name, root in roots for place in places if root in place.parents]
    if held:
        _, source, path = max(held)
        return source, path.as_posix()
    return None, stored(asked)
