"""The peer of whole runs: what one would write in an afternoon with the same libraries.

    python -m tests.bench.naive FOLDER DATABASE

Every file is read, its text repaired by ftfy or taken out by trafilatura, its language told by py3langid, and its row put into
DuckDB by executemany. No copies, no versions, no datelines, no archive, no second process, nothing about what it read before.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import duckdb
import ftfy
import py3langid
import trafilatura

BATCH = 500


def main(folder: Path, database: Path) -> None:
    """Read all files below the folder into one table."""
    with duckdb.connect(str(database)) as con:
        con.execute("CREATE TABLE article (hash TEXT, path TEXT, title TEXT, date TEXT, text TEXT, language TEXT)")
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        for n in range(0, len(files), BATCH):
            con.begin()
            con.executemany("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?)", [_row(path) for path in files[n : n + BATCH]])
            con.commit()
        [(count,)] = con.execute("SELECT count(*) FROM article").fetchall()
    print(count)


def _row(path: Path) -> tuple[str | None, ...]:
    data = path.read_bytes()
    content = data.decode("utf-8", "replace")
    title: str | None = content.split("\n")[0]
    date, text = None, content
    if path.suffix == ".html" and (page := trafilatura.bare_extraction(content, with_metadata=True)):
        told = page if isinstance(page, dict) else page.as_dict()
        title, date, text = told["title"], told["date"], told["text"]
    text = ftfy.fix_text(text)
    return sha256(data).hexdigest(), str(path), title, date, text, py3langid.classify(text[:200])[0]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
