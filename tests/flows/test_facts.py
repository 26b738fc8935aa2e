"""What articles say, through the whole journey into a real warehouse, and out of it by SQL and the command line."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import duckdb
import pytest

from flows.plain import ingest as plain
from flows.reprocess import Which, reprocess
from flows.settings import settings
from tasks.extract.records import Name
from tests.conftest import ROOT, query
from tests.flows.test_copies import record, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest

ENGINE = f"{__name__}:finder"
READ = {"WIREHOUSE_ENTITIES_ENGINE": "builtin"}

WIRE = """MNA
Nairobi
Kenyan Foreign Minister Naliaka Muriuki met Tanzanian President Joseph Kileo in Dodoma on Tuesday, her office said.

"We have agreed to reopen the border at Namanga," Muriuki told reporters after the talks.

Kileo will travel to Kenya next week. Nairobi rejected a claim that the two countries had quarrelled over maize.
"""


def finder() -> object:
    """An engine of a user: it knows one name, fails on some texts, and one kills its process."""

    def find(text: str, language: str | None) -> list[Name]:

        del language
        if "deadly" in text:
            os._exit(3)
        if "unreadable" in text and not os.environ.get("FINDER_MENDED"):
            raise RuntimeError("this engine cannot read it")
        at = text.find("Ada Brink")
        return [Name("PERSON", at, at + 9, "Ada Brink", 0.9)] if at >= 0 else []

    return find


def ingest(data: Path, path: Path, *, engine: str = "builtin", published: str | None = None, workers: int = 0) -> None:
    plain([str(path)], replace(settings(data=data, workers=workers, published=published), engine=engine))


@pytest.fixture(scope="module")
def wire(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one wire story, published on a Wednesday."""
    folder = tmp_path_factory.mktemp("wire")
    (folder / "story.txt").write_text(WIRE)
    ingest(folder / "data", folder / "story.txt", published="2026-03-04")
    return folder / "data"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with all sample stories."""
    data = tmp_path_factory.mktemp("seeds") / "data"
    sources = sorted(str(path) for path in (ROOT / "seeds" / "sources").glob("*/*.toml"))
    plain(sources, replace(settings(data=data, workers=0), engine="builtin"))
    return data


def test_a_wire_story_tells_who_said_and_did_what_where_and_when(wire: Path) -> None:
    people = {row[0]: row[1] for row in query(wire, "SELECT name, max(role) FROM mart.people GROUP BY name")}
    assert set(people) == {"Naliaka Muriuki", "Joseph Kileo"}
    assert "Foreign Minister" in str(people["Naliaka Muriuki"])
    assert "President" in str(people["Joseph Kileo"])
    places = set(query(wire, "SELECT name, country, usage FROM mart.places"))
    assert {
        ("Nairobi", "KE", "dateline"),
        ("Dodoma", "TZ", "mentioned"),
        ("Kenya", "KE", "mentioned"),
        ("Nairobi", "KE", "metonym"),
    } <= places
    assert query(wire, "SELECT value FROM mart.dates WHERE text LIKE '%Tuesday'") == [("2026-03-03",)]
    quoted = query(wire, "SELECT speaker, kind FROM mart.quotes WHERE text LIKE 'We have agreed%'")
    assert quoted == [("Naliaka Muriuki", "direct")]
    events = query(wire, "SELECT actor, target, status FROM mart.events WHERE action = 'meet'")
    assert ("Naliaka Muriuki", "Joseph Kileo", "happened") in events
    planned = query(wire, "SELECT actor, place_country, status FROM mart.events WHERE text LIKE '%travel%'")
    assert [(actor, status) for actor, _, status in planned] == [("Joseph Kileo", "planned")]


def test_speakers_and_actors_are_the_texts_entities(wire: Path) -> None:
    [(speaker_id,)] = query(wire, "SELECT speaker_id FROM mart.quotes WHERE text LIKE 'We have agreed%'")
    assert query(wire, f"SELECT name, kind, mentions FROM mart.entities WHERE entity_id = '{speaker_id}'")[0][:2] == (
        "Naliaka Muriuki",
        "person",
    )


def test_every_fact_of_every_sample_story_stands_at_its_characters(seeds: Path, wire: Path) -> None:
    for data in (seeds, wire):
        assert query(data, "SELECT * FROM mart.misplaced_facts") == []
    counts = query(seeds, "SELECT count(*), count(error), sum(n_facts) FROM news.extraction")
    assert counts[0][0] == query(seeds, "SELECT count(*) FROM news.version")[0][0]
    assert counts[0][1] == 0
    stored = " + ".join(
        f"(SELECT count(*) FROM news.{table})"
        for table in "mention person_role place date_mention quote event keyword answer".split()
    )
    assert query(seeds, f"SELECT {stored}") == [(counts[0][2],)], "what was read has landed"
    for view in ("people", "organisations", "places", "dates", "quotes", "events", "keywords", "five_w", "co_mentions"):
        assert query(seeds, f"SELECT count(*) > 20 FROM mart.{view}") == [(True,)], view


def test_a_misplaced_fact_would_be_found(seeds: Path, tmp_path: Path) -> None:

    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((seeds / "warehouse.duckdb").resolve().read_bytes())
    with duckdb.connect(str(copy)) as con:
        con.execute("UPDATE news.quote SET start_char = start_char + 1, end_char = end_char + 1 WHERE rowid = 0")
        assert con.execute("SELECT fact FROM mart.misplaced_facts").fetchall() == [("quotation",)]


def test_facts_are_those_of_the_current_version(tmp_path: Path) -> None:
    data = tmp_path / "data"
    old, new = (f"Mayor {name} opened the new ferry harbour of Galway on Monday. " * 3 for name in ("Ada Brink", "Otto Falk"))
    for n, text in enumerate((old, new)):
        ingest(data, write(tmp_path / "in" / f"{n}.jsonl", [record("harbour", "tide", text)]))
    assert {name for (name,) in query(data, "SELECT DISTINCT name FROM mart.people")} == {"Otto Falk"}
    assert query(data, "SELECT count(DISTINCT version) FROM news.mention") == [(2,)], "those of the old version are kept"
    assert query(data, "SELECT * FROM mart.misplaced_facts") == []


def test_the_same_people_are_one_entity_however_their_articles_arrive(tmp_path: Path) -> None:
    texts = [
        "Ada Brink closed the pier on Monday, a spokesman said.",
        "Norwegian Foreign Minister Ada Brink visited Dakar on Tuesday.",
        "Ada Brink said on Friday that she would not resign.",
        "The Kenyan engineer Ada Brink won the prize on Sunday.",
    ]
    records = [record(f"r{n}", f"paper{n}", text) for n, text in enumerate(texts)]
    ids = []
    for name, batches in (("once", [records]), ("singly", [[r] for r in records])):
        for n, batch in enumerate(batches):
            ingest(tmp_path / name, write(tmp_path / "in" / name / f"{n}.jsonl", batch))
        ids.append(
            query(
                tmp_path / name,
                "SELECT a.url, p.entity_id FROM mart.people AS p JOIN mart.articles AS a USING (article_id) ORDER BY ALL",
            )
        )
    assert ids[0] == ids[1]
    assert len({entity_id for _, entity_id in ids[0]}) == 2, "the Kenyan is another one"


def test_a_text_that_cannot_be_read_lands_without_facts_and_is_read_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    good, bad = (
        record("a", "tide", "Ada Brink opened the pier on Monday."),
        record("b", "tide", "This text is unreadable to some."),
    )
    ingest(data, write(tmp_path / "in.jsonl", [good, bad]), engine=ENGINE)
    [(error,)] = query(data, "SELECT error FROM news.extraction WHERE error IS NOT NULL")
    assert "this engine cannot read it" in str(error)
    assert query(data, "SELECT count(*) FROM mart.articles") == [(2,)]
    assert query(data, "SELECT name, text FROM mart.people") == [("Ada Brink", "Ada Brink")]
    monkeypatch.setenv("FINDER_MENDED", "1")
    changes = reprocess(Which(stale=True), settings(data=data, workers=0), ENGINE)
    assert (changes.versions, changes.failed) == (1, 0)
    assert query(data, "SELECT count(*), count(error) FROM news.extraction") == [(2, 0)]
    assert reprocess(Which(stale=True), settings(data=data, workers=0), ENGINE).versions == 0


def test_a_text_that_kills_its_process_costs_itself_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    texts = ["Ada Brink opened the pier on Monday.", "This text is deadly to some.", "Ada Brink left on Friday."]
    ingest(data, write(tmp_path / "in.jsonl", [record(f"r{n}", "tide", text) for n, text in enumerate(texts)]), engine="builtin")
    changes = reprocess(Which(), settings(data=data, workers=2), ENGINE)
    assert (changes.versions, changes.failed) == (3, 1)
    assert query(data, "SELECT count(*) FROM mart.people") == [(2,)]
    assert "killed the process" in str(query(data, "SELECT error FROM news.extraction WHERE error IS NOT NULL"))


def test_reading_anew_with_the_same_engine_changes_nothing(seeds: Path) -> None:
    tables = "extraction article_entity mention person_role place date_mention quote event keyword answer entity entity_context".split()
    before = {table: query(seeds, f"SELECT * EXCLUDE (batch_id) FROM news.{table} ORDER BY ALL") for table in tables}
    changes = reprocess(Which(), settings(data=seeds, workers=0), "builtin")
    assert changes.before == changes.after == changes.same
    assert changes.same["mention"] > 100
    assert {table: query(seeds, f"SELECT * EXCLUDE (batch_id) FROM news.{table} ORDER BY ALL") for table in tables} == before
    assert query(seeds, "SELECT flow, state, balanced FROM mart.runs ORDER BY started_at DESC LIMIT 1") == [
        ("reprocess", "completed", True)
    ]


def test_another_engine_replaces_all_facts_of_what_is_chosen(tmp_path: Path) -> None:
    data = tmp_path / "data"
    texts = ["Mayor Otto Falk met Ada Brink in Galway on Monday.", "Mayor Otto Falk left Ada Brink in Galway on Friday."]
    for n, text in enumerate(texts):
        ingest(data, write(tmp_path / f"{n}.jsonl", [record(f"r{n}", "tide", text)]))
    [(chosen,)] = query(data, "SELECT article_id FROM mart.articles WHERE url LIKE '%r0'")
    changes = reprocess(Which(ids=[str(chosen)]), settings(data=data, workers=0), ENGINE)
    assert changes.versions == 1
    assert query(data, f"SELECT DISTINCT name FROM mart.people WHERE article_id = '{chosen}'") == [("Ada Brink",)]
    assert query(data, f"SELECT count(DISTINCT name) FROM mart.people WHERE article_id <> '{chosen}'") == [(2,)]
    extractors = {str(e) for (e,) in query(data, "SELECT extractor FROM news.extraction")}
    assert len(extractors) == 2
    assert any(ENGINE in e for e in extractors)


def test_explain_shows_the_facts_and_gives_them_to_scripts(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    (tmp_path / "story.txt").write_text(WIRE)
    ingest(data, tmp_path / "story.txt", published="2026-03-04")
    [(article_id,)] = query(data, "SELECT article_id FROM mart.articles")
    shown = wirehouse("explain", article_id)
    assert shown.returncode == 0, shown.stderr
    for expected in (
        "Naliaka Muriuki",
        "Foreign Minister",
        "Dodoma",
        "2026-03-03",
        "We have agreed to reopen",
        "meet",
        "metonym",
    ):
        assert expected in shown.stdout, expected
    told = json.loads(wirehouse("explain", article_id, "--json").stdout)
    text = told["article"]["text"]
    assert told["quotes"]
    for kind in ("people", "organisations", "dates", "quotes", "events", "keywords"):
        for row in told[kind]:
            assert text[row["start_char"] : row["end_char"]] == row["text"]
    assert told["five_w"]["who"]


def test_explain_says_what_to_do_where_no_facts_were_read(tmp_path: Path, data: Path, wirehouse: Ingest) -> None:
    path = tmp_path / "story.txt"
    path.write_text(WIRE)
    assert wirehouse("ingest", path).returncode == 0
    shown = wirehouse("explain", path)
    assert "wirehouse reprocess --stage extract" in shown.stdout
    anew = wirehouse("reprocess", "--stage", "extract", "--json", **READ)
    assert json.loads(anew.stdout)["facts"]["mention"]["after"] > 0
    assert "Naliaka Muriuki" in wirehouse("explain", path).stdout
    assert query(data, "SELECT * FROM mart.misplaced_facts") == []


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("spacy:no_such_model_here", "no_such_model_here"),
        ("no_such_module:factory", "no_such_module"),
        ("nonsense", "builtin, spacy:MODEL"),
    ],
)
def test_an_engine_that_is_not_there_is_wrong_usage(spec: str, says: str, tmp_path: Path, wirehouse: Ingest) -> None:
    path = tmp_path / "story.txt"
    path.write_text(WIRE)
    ran = wirehouse("ingest", path, WIREHOUSE_ENTITIES_ENGINE=spec)
    assert ran.returncode == 2, ran.stdout
    assert says in ran.stderr
    assert "Traceback" not in ran.stderr
