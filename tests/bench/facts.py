"""What it costs to read what an article says: each kind of fact, the whole journey with them and without, and memory.

The texts are the annotated stories of seeds/, three or four together to an article of 850 tokens.
"""

from __future__ import annotations

import json
import os
import random
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import spacy
from dateparser.search import search_dates

from tasks.extract.dates import dates
from tasks.extract.engines import BUILTIN, engine
from tasks.extract.entities import entities
from tasks.extract.events import events
from tasks.extract.facts import Body, facts
from tasks.extract.five_w import five_w
from tasks.extract.keywords import keywords
from tasks.extract.places import places
from tasks.extract.quotes import quotes
from tasks.extract.structure import sentences, tokens
from tests.bench.clock import cpu_ms
from tests.bench.processes import cost, wirehouse
from tests.bench.table import Table
from tests.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.bench.processes import Cost

TOKENS = 850
AT = datetime(2026, 3, 4, 12, 0, 0)  # noqa: DTZ001  naive UTC, as everywhere
PEER = {"lang": "en", "pipeline": ["tok2vec", "ner"]}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many articles are read: stage by stage, and by whole runs."""

    stages: int
    runs: int


FULL = Sizes(45, 900)
QUICK = Sizes(4, 12)


def tables(sizes: Sizes) -> Iterator[Table]:
    """Kind by kind, then whole runs."""
    yield _stages(sizes.stages)
    yield _runs(sizes.runs)


def articles(count: int) -> list[str]:
    """Articles of 850 tokens; the first forty or so share no story."""
    told = [
        "\n\n".join(" ".join("".join(p.itertext()).split()) for p in story.iter("p"))
        for path in sorted((ROOT / "seeds" / "annotated").glob("*.xml"))
        for story in ET.parse(path).getroot().iter("story")
    ]
    made: list[str] = []
    shuffled = random.Random(4)
    while len(made) < count:
        shuffled.shuffle(told)
        article: list[str] = []
        for text in told:
            article.append(text)
            if len(tokens("\n\n".join(article))) >= TOKENS and len(made) < count:
                made.append("\n\n".join(article)[: _end(article)])
                article = []
    return made


def _end(article: Sequence[str]) -> int:
    """Where an article's 850 tokens end, to the sentence."""
    text = "\n\n".join(article)
    last = tokens(text)[TOKENS - 1].end
    return next(s.end for s in sentences(text) if s.end >= last)


def _stages(count: int) -> Table:
    shown = Table(
        "facts",
        f"what does it cost to read what an article of {TOKENS} tokens says? ({count} articles, each seen once)",
        ("facts", "CPU ms", "beside it, on the same input", "CPU ms"),
    )
    texts = articles(count)
    whole = cpu_ms(lambda text: facts(Body(text, language="en", published=AT)), texts)
    again = cpu_ms(lambda text: facts(Body(text, language="en", published=AT)), texts)
    find = engine(BUILTIN)
    found = {text: facts(Body(text, language="en", published=AT)) for text in texts}
    few = texts[: max(3, count // 9)]
    shown.add(
        "tokens and sentences", cpu_ms(lambda t: (tokens(t), sentences(t)), texts), "spaCy, tokens alone", _spacy_tokens(texts)
    )
    shown.add("names", cpu_ms(lambda t: find(t, "en"), texts), "spaCy, its network for names (untrained)", _spacy_names(texts))
    shown.add("places", cpu_ms(lambda t: places(t, found[t].names), texts), "", None)
    shown.add("entities and roles", cpu_ms(lambda t: entities(t, found[t].names, found[t].places), texts), "", None)
    shown.add("dates", cpu_ms(lambda t: dates(t, AT), texts), "dateparser, search_dates", cpu_ms(_searched, few))
    shown.add("quotations", cpu_ms(lambda t: quotes(t, "en"), texts), "", None)
    shown.add(
        "events",
        cpu_ms(
            lambda t: events(
                t, names=found[t].names, entities=found[t].entities, places=found[t].places, dates=found[t].dates, at=AT
            ),
            texts,
        ),
        "",
        None,
    )
    shown.add("keywords", cpu_ms(lambda t: keywords(t, names=found[t].names), texts), "", None)
    shown.add(
        "who, what, when, where, why",
        cpu_ms(
            lambda t: five_w(
                t, at=AT, names=found[t].names, entities=found[t].entities, places=found[t].places, dates=found[t].dates,
                events=found[t].events, quotes=found[t].quotes,
            ),
            texts,
        ),
        "",
        None,
    )  # fmt: skip
    shown.add("all, texts never seen before", whole, "", None)
    shown.add("all, the same texts again", again, "", None)
    shown.target("all facts of an article, CPU ms", whole, most=25)
    shown.notes.append("the kinds were measured after the whole: words that occurred are known to their caches by then")
    return shown


def _spacy_tokens(texts: Sequence[str]) -> float:
    peer = spacy.blank("en")
    return cpu_ms(peer.make_doc, texts)


def _spacy_names(texts: Sequence[str]) -> float:
    """The time that a small pipeline of spaCy's own making takes; without weights it finds nothing, but no faster."""
    peer = spacy.blank("en")
    peer.add_pipe("ner").add_label("PERSON")  # type: ignore[attr-defined]
    peer.initialize()
    return cpu_ms(peer, texts)


def _searched(text: str) -> object:
    return search_dates(text, languages=["en"])


def _runs(count: int) -> Table:
    shown = Table(
        "facts, whole runs",
        f"what do the facts cost a run of `wirehouse ingest`? ({count:,} articles of {TOKENS} tokens)",
        ("run", "CPU s", "wall s", "articles per CPU s", "peak MB, all", "largest worker MB", "processes"),
    )
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "texts"
        folder.mkdir()
        for n, text in enumerate(articles(count)):
            (folder / f"{n:05d}.txt").write_text(f"NAIROBI, March 4 (MNA) - {text}\n", "utf-8")
        cores = os.cpu_count() or 1
        without = _run(shown, f"without facts, {cores} workers", folder, Path(scratch) / "without", count, cores, read=False)
        one = _run(shown, "with facts, 1 worker", folder, Path(scratch) / "one", count, 1)
        all_ = _run(shown, f"with facts, {cores} workers", folder, Path(scratch) / "all", count, cores)
    shown.target("largest worker, MB", all_.worker_mb, most=300)
    shown.target(f"wall time with 1 worker / with {cores}, on idle cores", one.wall_s / all_.wall_s, least=0.75 * min(cores, 2))
    shown.notes.append(f"all facts take {(all_.cpu_s - without.cpu_s) * 1_000 / count:.1f} CPU ms an article of a run")
    return shown


def _run(shown: Table, what: str, folder: Path, data: Path, count: int, workers: int, *, read: bool = True) -> Cost:
    command = wirehouse("ingest", folder, "--data", data, "--json", "--workers", str(workers))
    spent = cost(command, memory=True, facts=read)
    assert json.loads(spent.output)["fetched"] == count, spent.output
    shown.add(what, spent.cpu_s, spent.wall_s, count / spent.cpu_s, spent.peak_mb, spent.worker_mb, spent.processes)
    return spent
