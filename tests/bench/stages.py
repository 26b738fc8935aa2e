"""What each stage costs an article, beside the library it is built on."""

from __future__ import annotations

import gzip
import pickle
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import feedparser
import ftfy
import lxml.html
import orjson
import py3langid
import trafilatura
from charset_normalizer import from_bytes
from courlan import clean_url
from dateparser import parse as dateparser_parse

from flows.refine import Refined, Work
from flows.relate import Relations
from flows.settings import settings
from tasks.clean.article import clean
from tasks.clean.blocks import paragraphs
from tasks.clean.characters import clean_text
from tasks.clean.closing import closing
from tasks.clean.dates import first_valid
from tasks.clean.language import language
from tasks.clean.opening import opening
from tasks.clean.page import read_page
from tasks.clean.urls import canonical
from tasks.fetch import folder
from tasks.fingerprint import fingerprint
from tasks.parse import parse
from tasks.parse.formats import feed
from tasks.parse.unpack import pieces
from tasks.types import DateClaim, FolderSource, Item, Payload
from tasks.words import WORD
from tests.bench.clock import cpu_ms
from tests.bench.landing import BATCH, STEPS, landed, opened
from tests.bench.pages import page
from tests.bench.stories import story
from tests.bench.table import Table
from tests.newspaper import entry, rss
from warehouse.archive import Kept

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.types import Article, Print

COLUMNS = ("stage", "CPU ms", "per CPU s", "beside it, on the same input", "CPU ms")
NOW = datetime(2026, 11, 24, 12, 0, 0)  # noqa: DTZ001  naive UTC, as everywhere
SOURCE = FolderSource(name="bench", folder=Path("/"))


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles each stage is measured on. Peers that take 20 ms and more get a tenth."""

    texts: int
    pages: int
    real: int


FULL = Sizes(1_500, 150, 75)
QUICK = Sizes(30, 6, 3)


def tables(sizes: Sizes, evals: Path) -> Iterator[Table]:
    """Plain text, invented pages, and real ones where there are any."""
    yield _plain(sizes.texts)
    yield _pages("pages", "invented pages of 60 kB", [page(n).encode() for n in range(sizes.pages)])
    found = sorted((evals / "html_articles" / "pages").glob("*.html.gz"))
    if found:
        every = max(1, len(found) // sizes.real)
        real = [gzip.decompress(path.read_bytes()) for path in found[::every]]
        size = sum(map(len, real)) // len(real) // 1_000
        yield _pages("real pages", f"{len(real)} real pages of {size} kB on average, from the evaluation set html_articles", real)


def _plain(count: int) -> Table:
    table = Table("stages", f"what does a stage cost an article? ({count:,} plain texts of 500 words)", COLUMNS)
    stories = [story(n) for n in range(count)]
    payloads = [_payload(f"{s.number}.txt", s.text.encode()) for s in stories]
    items = [_item(p) for p in payloads]
    bodies = [item.body for item in items]
    sound = [clean_text(body).strip() for body in bodies]
    rests = [text[opening(text).body_start :] for text in sound]
    cleaned = [clean(item, SOURCE) for item in items]
    texts = [article.text for article in cleaned]
    prints = [fingerprint(article) for article in cleaned]
    claims = [DateClaim("published", s.published, "meta") for s in stories]
    few = max(3, count // 10)
    with TemporaryDirectory() as scratch:
        found = _files(Path(scratch), payloads)
        hashed = cpu_ms(lambda f: sha256(f.place.read_bytes()).digest(), found)
        _row(
            table,
            "fetch (read, SHA-256)",
            cpu_ms(lambda f: folder.read(f, "bench", Path()), found),
            "read and hashlib alone",
            hashed,
        )
    _row(table, "unpack", cpu_ms(lambda p: list(pieces(p, BytesIO(p.data))), payloads))
    detected = cpu_ms(lambda p: from_bytes(p.data).best(), payloads[:few])
    _row(table, "parse", cpu_ms(_item, payloads), "charset_normalizer", detected)
    _row(table, "clean", cpu_ms(lambda item: clean(item, SOURCE), items))
    fixed = cpu_ms(ftfy.fix_text, bodies[:few])
    _row(table, "  of which characters", cpu_ms(clean_text, bodies), "ftfy.fix_text", fixed)
    _row(table, "  of which opening", cpu_ms(opening, sound))
    _row(table, "  of which closing", cpu_ms(closing, rests))
    _row(table, "  of which paragraphs", cpu_ms(paragraphs, rests))
    short = cpu_ms(py3langid.classify, [text[:200] for text in texts])
    _row(table, "  of which language", cpu_ms(language, texts), "py3langid, 200 characters", short)
    _row(table, "", None, "py3langid, whole text", cpu_ms(py3langid.classify, texts[:few]))
    stamped = cpu_ms(lambda c: first_valid([c], "published", seen_at=NOW), claims)
    _row(table, "a date", stamped, "dateparser", cpu_ms(dateparser_parse, [c.value for c in claims[:few]]))
    _row(table, "a URL", cpu_ms(lambda s: canonical(s.url), stories), "courlan", cpu_ms(lambda s: clean_url(s.url), stories))
    _row(table, "", None, "urlsplit", cpu_ms(lambda s: urlsplit(s.url), stories))
    feeds = [rss([entry(n + i) for i in range(30)]) for n in range(few)]
    _row(
        table,
        "a feed of 30 entries",
        cpu_ms(feed.read, feeds),
        "feedparser",
        cpu_ms(feedparser.parse, feeds[: max(3, few // 10)]),
    )
    _row(table, "fingerprint", cpu_ms(fingerprint, cleaned), "its word regex alone", cpu_ms(WORD.findall, texts))
    _crossing(table, payloads, list(zip(cleaned, prints, strict=True)))
    _landing(table, payloads, list(zip(cleaned, prints, strict=True)))
    table.notes.append("each text is seen once a stage, by a cold cache but for common words; 'per CPU s' are articles")
    return table


def _pages(name: str, what: str, data: Sequence[bytes]) -> Table:
    table = Table(f"stages, {name}", f"what does a stage cost a page? ({what})", COLUMNS)
    payloads = [_payload(f"{n}.html", page_) for n, page_ in enumerate(data)]
    items = [_item(p) for p in payloads]
    pages = [item.body for item in items]
    plain = cpu_ms(lambda p: p.decode("utf-8", "replace"), data)
    _row(table, "parse", cpu_ms(_item, payloads), "bytes.decode", plain)
    _row(table, "clean", cpu_ms(lambda item: clean(item, SOURCE), items))
    own = cpu_ms(read_page, pages)
    _row(table, "  of which text and metadata of the page", own, "trafilatura, text alone", cpu_ms(trafilatura.extract, pages))
    _row(table, "", None, "trafilatura, fast, text alone", cpu_ms(partial(trafilatura.extract, fast=True), pages))
    _row(table, "", None, "trafilatura, with metadata", cpu_ms(partial(trafilatura.extract, with_metadata=True), pages))
    _row(table, "", None, "lxml, the tree alone", cpu_ms(lxml.html.fromstring, data))
    cleaned = [clean(item, SOURCE) for item in items]
    _row(
        table,
        "fingerprint",
        cpu_ms(fingerprint, cleaned),
        "its word regex alone",
        cpu_ms(WORD.findall, [a.text for a in cleaned]),
    )
    _crossing(table, payloads, [(article, fingerprint(article)) for article in cleaned])
    return table


def _crossing(table: Table, payloads: Sequence[Payload], pairs: Sequence[tuple[Article, Print]]) -> None:
    """A batch to a worker and its results back, each packed and unpacked once."""
    batches = [payloads[n : n + BATCH] for n in range(0, len(payloads), BATCH)]
    works = [Work({SOURCE.name: SOURCE}, tuple(batch)) for batch in batches]
    there = cpu_ms(lambda work: pickle.loads(pickle.dumps(work)), works) * len(works) / len(payloads)
    results = [[Refined(1, (pair,)) for pair in pairs[n : n + BATCH]] for n in range(0, len(pairs), BATCH)]
    back = cpu_ms(lambda refined: pickle.loads(pickle.dumps(refined)), results) * len(results) / len(pairs)
    texts = [article.text for article, _ in pairs]
    alone = cpu_ms(lambda text: orjson.loads(orjson.dumps(text)), texts)
    _row(table, "pickle to a worker and back", there + back, "orjson, the text alone, one way", alone)


def _landing(table: Table, payloads: Sequence[Payload], pairs: Sequence[tuple[Article, Print]]) -> None:
    """Landing single files into an empty warehouse, with the bytes archived and without."""
    spent = {kept: _landed(payloads, pairs, archive=kept) for kept in (True, False)}
    past, judged, rows, stored = (spent[False][step] for step in STEPS)
    _row(table, "past", past)
    _row(table, "judge, nothing of it known", judged)
    _row(table, "rows", rows)
    squeezed = cpu_ms(lambda p: zlib.compress(p.data, 3), payloads)
    _row(table, "store.land, archive on", spent[True]["store.land"], "zlib level 3 of the bytes", squeezed)
    _row(table, "store.land, archive off", stored)


def _landed(payloads: Sequence[Payload], pairs: Sequence[tuple[Article, Print]], *, archive: bool) -> dict[str, float]:
    total = dict.fromkeys(STEPS, 0.0)
    with TemporaryDirectory() as scratch, opened(Path(scratch)) as store:
        relations = Relations(store, settings())
        for n in range(0, len(pairs), BATCH):
            kept = [
                Kept(p.raw_id, p.uri, "text/plain", p.fetched_at, p.data, len(p.data), reference=not archive)
                for p in payloads[n : n + BATCH]
            ]
            for step, seconds in landed(relations, pairs[n : n + BATCH], kept).items():
                total[step] += seconds * 1_000 / len(pairs)
    return total


def _payload(name: str, data: bytes) -> Payload:
    raw_id = sha256(data).hexdigest()
    return Payload("bench", name, f"file:///bench/{name}", data, raw_id, NOW, size=len(data), file=name)


def _item(payload: Payload) -> Item:
    [item] = parse(payload)
    assert isinstance(item, Item)
    return replace(item, url="https://paper.example/") if item.body_type == "page" else item


def _files(place: Path, payloads: Sequence[Payload]) -> list[folder.Found]:
    for payload in payloads:
        (place / payload.path).write_bytes(payload.data)
    return [found for listing in folder.listings(place) for found in listing]


def _row(table: Table, stage: str, ms: float | None, peer: str = "", peer_ms: float | None = None) -> None:
    table.add(stage, ms, 1_000 / ms if ms else None, peer, peer_ms)
