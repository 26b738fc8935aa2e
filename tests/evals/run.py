"""Score quality: predictions of the product's public functions, written in each evaluation set's own format and scored by it.

    python tests/evals/run.py --evals DIR [--only NAME] [--out DIR]

DIR holds one folder a set, each with its data and a score.py. A set that the project cannot answer yet is named and skipped.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

sys.path.insert(0, str(Path(__file__).parents[2]))

from flows.refine import Work, refine
from tasks.clean.dates import stamp
from tasks.clean.opening import opening
from tasks.extract.dates import dates as find_dates
from tasks.extract.engines import BUILTIN
from tasks.extract.facts import DAYS, Body, facts
from tasks.extract.quotes import quotes
from tasks.parse.formats.feed import read
from tasks.stories import Stories, story_terms
from tasks.types import DateClaim, FolderSource, Payload, Reject
from tests.copydesk import Desk
from tests.copydesk import doc as as_doc
from tests.evals.prediction import as_prediction
from warehouse.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tasks.extract.facts import Facts
    from tasks.extract.records import Event

Row: TypeAlias = dict[str, Any]


def html_articles(folder: Path) -> Iterator[Row]:
    """Each page through the whole of parse and clean, as `wirehouse ingest` reads it."""
    source = FolderSource(name="evals", folder=folder)
    for page in sorted((folder / "pages").glob("*.html.gz")):
        data = gzip.decompress(page.read_bytes())
        name = page.name.removesuffix(".gz")
        payload = Payload("evals", name, f"file:{name}", data, sha256(data).hexdigest(), datetime.now(UTC).replace(tzinfo=None))
        [outcome] = refine(Work({source.name: source}, (payload,)))[0].outcomes
        row: Row = {"id": name.removesuffix(".html"), "text": None, "title": None, "authors": [], "published": None}
        if not isinstance(outcome, Reject):
            article, _ = outcome
            at = article.published.at if article.published else None
            row |= {
                "text": "\n\n".join(filter(None, (_dateline(article.head, article.title), article.text, article.tail))),
                "title": article.title,
                "authors": article.authors,
                "published": f"{at:%Y-%m-%dT%H:%M:%S}+00:00" if at else None,
            }
        yield row


def _dateline(head: str | None, title: str | None) -> str | None:
    """What stands above the body and is text to the set's gold: the dateline, without the headline."""
    lines = [line for line in (head or "").split("\n") if line.strip() and line.strip() != title]
    return "\n".join(lines) or None


def datelines(folder: Path) -> Iterator[Row]:
    """Each text through the recogniser of openings."""
    for doc in _rows(folder / "docs.jsonl.gz"):
        found = opening(doc["text"])
        fields = {name: getattr(found, name) for name in ("agency", "place", "date", "byline")}
        yield {"id": doc["id"], **fields, "body_start": found.body_start}


def feeds(folder: Path) -> Iterator[Row]:
    """Each file's bytes through the reader of feeds, with the headers and address that the set supposes."""
    for gold in _rows(folder / "gold.jsonl"):
        row: Row = {"id": gold["id"], "error": None, "feed": {}, "entries": []}
        try:
            found = asdict(read((folder / "files" / gold["id"]).read_bytes(), headers=gold["headers"], base_url=gold["base_url"]))
            row |= {"entries": found.pop("entries"), "feed": found}
        except Refusal as refusal:
            row["error"] = refusal.reason
        yield row


def near_duplicates(folder: Path) -> Iterator[Row]:
    """The stream through fingerprints, history and judging, in the batches of the journey."""
    stream = [as_doc(d["id"], d["text"], outlet=d["source"], at=_time(d["ts"])) for d in _rows(folder / "docs.jsonl.gz")]
    names = {"excerpt": "containment"}
    with tempfile.TemporaryDirectory() as scratch:
        for taken in Desk(Path(scratch)).take(stream):
            pairs = [{"other": other, "relation": names.get(relation, relation)} for other, relation in taken.matches]
            yield {"id": taken.doc.article_id, "group": taken.group_id, "pairs": pairs}


def stories(folder: Path) -> Iterator[Row]:
    """Each article as it arrives into the stories there are by then."""
    live, numbers = Stories(), dict[str, str]()
    for d in _rows(folder / "docs.jsonl.gz"):
        at = datetime.fromisoformat(d["ts"])
        placed = live.place(d["id"], story_terms(d["title"], d["text"] or "", "en"), at)
        numbers[d["id"]] = placed.story_id
        for merge in placed.merged:
            numbers = {i: merge.into if story_id == merge.story_id else story_id for i, story_id in numbers.items()}
    for article_id, story_id in numbers.items():
        yield {"id": article_id, "cluster": story_id}


def dates(folder: Path) -> Iterator[Row]:
    """Each text through the recogniser of dates, measured from the date of its article."""
    for d in _rows(folder / "docs.jsonl.gz"):
        at = datetime.fromisoformat(d["date"]) if d["date"] else None
        found = [m for m in find_dates(d["text"], at) if m.value]
        yield {"id": d["id"], "dates": [{"start": m.start, "end": m.end, "value": m.value, "mod": m.mod} for m in found]}


def quotations(folder: Path) -> Iterator[Row]:
    """Each text through the reader of quotations and attributed statements."""
    for d in _rows(folder / "docs.jsonl.gz"):
        found = quotes(d["text"], "en")
        told = [{"content": [{"start": q.start, "end": q.end}], "speaker": q.speaker, "kind": q.kind} for q in found]
        yield {"id": d["id"], "attributions": told}


def entities(folder: Path) -> Iterator[Row]:
    """Each text through all of extraction: every mention of a person, an organisation or a place."""
    for d in _rows(folder / "docs.jsonl.gz"):
        found = [(e.kind, m) for e in _facts(d).entities for m in e.mentions]
        yield {"id": d["id"], "mentions": [{"type": kind, **m._asdict()} for kind, m in sorted(found, key=lambda f: f[1].start)]}


def places(folder: Path) -> Iterator[Row]:
    """Each text through all of extraction: every place that it names, adjectives among them."""
    for d in _rows(folder / "docs.jsonl.gz"):
        yield {"id": d["id"], "places": [asdict(p) for p in _facts(d).places]}


def events(folder: Path) -> Iterator[Row]:
    """Each sentence through all of extraction; actors with the country that their words tell."""
    for d in _rows(folder / "docs.jsonl.gz"):
        found = _facts(d)
        yield {"id": d["id"], "events": [_event(e, found) for e in found.events if e.code]}


def _event(e: Event, found: Facts) -> Row:
    actor = {"text": e.actor, "code": _country(found, e.actor_start, e.actor_end)} if e.actor else None
    target = {"text": e.target, "code": _country(found, e.target_start, e.target_end)} if e.target else None
    return {"cameo": e.code, "source": actor, "target": target}


def _country(found: Facts, start: int | None, end: int | None) -> str | None:
    """The country of the places and entities that some words name."""
    if start is None or end is None:
        return None
    of_places = (p.country for p in found.places if start <= p.start < end and p.country)
    of_others = (e.country for e in found.entities if e.country and any(start <= m.start < end for m in e.mentions))
    return next(of_places, None) or next(of_others, None)


def five_w(folder: Path) -> Iterator[Row]:
    """Each article through all of extraction."""
    for d in _rows(folder / "docs.jsonl.gz"):
        answers = asdict(_facts(d).five_w)
        yield {"id": d["id"], "answers": {question: [a.text for a in found] for question, found in answers.items()}}


def seed_article(folder: Path) -> Iterator[Row]:
    """The typical wire story through parse, clean and extract, as `wirehouse ingest --published` reads it."""
    source = FolderSource(name="evals", folder=folder)
    data = (folder / "article.txt").read_bytes()
    now = datetime.now(UTC).replace(tzinfo=None)
    payload = Payload("evals", "article.txt", "file:article.txt", data, sha256(data).hexdigest(), now)
    published = json.loads((folder / "gold.json").read_text("utf-8"))["published"]
    [outcome] = refine(Work({source.name: source}, (payload,), published, engine=BUILTIN))[0].outcomes
    assert not isinstance(outcome, Reject), "the article can be read"
    article, _ = outcome
    assert article.facts is not None, "an engine was given"
    assert article.facts.error is None, article.facts.error
    yield as_prediction(article, article.facts)


def _facts(d: Row) -> Facts:
    stated = stamp(DateClaim("published", d.get("date") or "", "meta"), seen_at=datetime.now(UTC).replace(tzinfo=None))
    found = facts(Body(d["text"], d.get("title"), "en", stated.at if stated and stated.precision in DAYS else None))
    assert found.error is None, found.error
    return found


def _time(iso: str) -> float:
    return datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp()


SETS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "html_articles": html_articles,
    "datelines": datelines,
    "feeds": feeds,
    "near_duplicates": near_duplicates,
    "stories": stories,
    "dates": dates,
    "quotes": quotations,
    "entities": entities,
    "places": places,
    "events": events,
    "five_w": five_w,
    "seed_article": seed_article,
}


def main() -> int:
    """Score the sets; 0 if every set that was asked for was scored, 1 if one failed, 2 for wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--evals", type=Path, required=True, help="folder of evaluation sets")
    parser.add_argument("--only", metavar="NAME", help="score this set alone")
    parser.add_argument("--out", type=Path, help="where to write NAME.jsonl (default: a temporary folder)")
    asked = parser.parse_args()
    found = sorted(p.parent.name for p in asked.evals.glob("*/score.py"))
    if not found or (asked.only and asked.only not in found):
        print(
            f"no set {asked.only or ''} with a score.py in {asked.evals}; there are: {', '.join(found) or 'none'}",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        out = asked.out or Path(scratch)
        out.mkdir(parents=True, exist_ok=True)
        codes = [_score(asked.evals / name, out) for name in found if asked.only in (None, name)]
    return max(codes)


def _score(folder: Path, out: Path) -> int:
    print(f"── {folder.name}", flush=True)
    if folder.name not in SETS:
        print("skipped: the project does not answer this set yet\n", flush=True)
        return 0
    predictions = out / f"{folder.name}.jsonl"
    with predictions.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in SETS[folder.name](folder))
    code = subprocess.run([sys.executable, str(folder / "score.py"), str(predictions)], check=False).returncode
    print(flush=True)
    return min(code, 1)


def _rows(path: Path) -> list[Row]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode().split("\n") if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
