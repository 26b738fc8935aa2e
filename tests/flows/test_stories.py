"""Stories through the whole journey, and as they are asked for on the command line."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.conftest import query
from tests.flows.test_copies import body, ingest, record, write
from tests.tasks.test_copies import weather
from warehouse import store as store_module
from warehouse.layout import Layout
from warehouse.lock import WriterLock
from warehouse.models import Landing, StoryMergeRow
from warehouse.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest
    from tests.flows.test_copies import Record

AT = datetime(2026, 3, 2)  # noqa: DTZ001  naive UTC
FERRY = (
    ("lagoon", "Ferry Albatross runs aground off Lodwar with 212 aboard", "The ferry Albatross ran aground on a sandbank off Lodwar before dawn on Monday with 212 people aboard, and lifeboats brought all of them to the harbour, the coast guard commander Efua Strand said."),
    ("tide", "Lifeboats save 212 from stranded ferry off Lodwar", "Lifeboats from Lodwar took 212 people off the Albatross after the ferry stuck fast on a sandbank early on Monday. Commander Efua Strand of the coast guard said that nobody was hurt, and that the harbour stays closed."),
    ("ebb", "Albatross ferry stuck off Lodwar, everyone safe", "Everyone aboard the Albatross is safe, the coast guard at Lodwar said after the ferry hit a sandbank on Monday. Lifeboats carried 212 passengers and crew to the harbour in three hours."),
)  # fmt: skip
CHOIR = ("reef", "Cusco choir wins the Makassar prize for a third time", "The children's choir of Cusco won the first prize at the singing contest of Makassar on Monday, the third in a row, with a song about llamas that the jury praised as funny and difficult.")  # fmt: skip


def told(day: int = 2) -> list[Record]:
    records = [
        record("ferry", outlet, text, f"2026-03-{day:02}T{8 + n:02}:00:00Z", title=title)
        for n, (outlet, title, text) in enumerate(FERRY)
    ]
    outlet, title, text = CHOIR
    return [*records, record("choir", outlet, text, f"2026-03-{day:02}T11:30:00Z", title=title)]


def clusters(data: Path) -> list[object]:
    return [
        outlets
        for (outlets,) in query(data, "SELECT list(outlet ORDER BY outlet) FROM mart.articles GROUP BY story_id ORDER BY 1")
    ]


def test_reports_on_one_event_are_one_story(tmp_path: Path, data: Path) -> None:
    ingest(data, write(tmp_path / "in" / "1.jsonl", told()))
    assert clusters(data) == [["ebb", "lagoon", "tide"], ["reef"]]
    [(title, first, last, articles, originals, texts, sources, per_hour, peak)] = query(
        data,
        """SELECT title, hour(first_at), hour(last_at), articles, originals, texts, sources, per_hour, peak_per_hour
           FROM mart.stories WHERE articles > 1""",
    )
    assert title in {title for _, title, _ in FERRY}
    assert (first, last, articles, originals, texts, sources, per_hour, peak) == (8, 10, 3, 3, 3, 3, 1.5, 1)
    rows = query(data, "SELECT what, outlet, reason, score FROM mart.story_timeline WHERE outlet <> 'reef' ORDER BY sort_at")
    assert [row[:2] for row in rows] == [("article", "lagoon"), ("article", "tide"), ("article", "ebb")]
    assert str(rows[0][2]).startswith("nothing like it")
    assert str(rows[1][2]).startswith("shares ")
    assert "albatross" in f"{rows[1][2]} {rows[2][2]}"
    assert all(0 <= float(str(row[3])) <= 1 for row in rows)


def test_copies_and_revisions_stand_in_the_timeline_of_their_story(tmp_path: Path, data: Path) -> None:
    ingest(
        data,
        write(
            tmp_path / "in" / "1.jsonl", [record("a", "lagoon", body(2)), record("b", "tide", body(2), "2026-03-02T09:00:00Z")]
        ),
    )
    ingest(
        data,
        write(
            tmp_path / "in" / "2.jsonl", [record("a", "lagoon", body(2) + "\n\nThe quay opens again on Friday, the port said.")]
        ),
    )
    rows = query(data, "SELECT what, outlet, version FROM mart.story_timeline ORDER BY outlet, version")
    assert rows == [("article", "lagoon", 1), ("content", "lagoon", 2), ("copy", "tide", 1)]
    assert query(data, "SELECT articles, originals, texts, sources FROM mart.stories") == [(2, 1, 1, 2)]


def test_a_story_closes_some_days_after_its_last_article(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREHOUSE_STORY_DAYS", "3")
    late = record("late", "gull", FERRY[1][2], "2026-03-05T07:00:00Z", title=FERRY[1][1])
    again = record("again", "crab", FERRY[2][2].replace("three", "four"), "2026-03-12T07:00:00Z", title=FERRY[2][1])
    ingest(data, write(tmp_path / "in" / "1.jsonl", told()))
    ingest(data, write(tmp_path / "in" / "2.jsonl", [again, late]))
    found = clusters(data)
    assert ["ebb", "gull", "lagoon", "tide"] in found
    assert ["crab"] in found or ["crab", "ebb", "gull", "lagoon", "tide"] not in found


def test_weather_reports_are_no_story(tmp_path: Path, data: Path) -> None:
    records = [record(f"t{n}", f"paper{n % 3}", weather(n), f"2026-03-02T09:{n:02}:00Z", title=f"Weather {n}") for n in range(40)]
    ingest(data, write(tmp_path / "in" / "1.jsonl", records))
    assert query(data, "SELECT max(articles) < 9 FROM mart.stories") == [(True,)]
    assert query(data, "SELECT count(*) > 25 FROM news.story_article WHERE reason = 'filled into a template'") == [(True,)]


def test_merged_stories_lead_to_the_last_one(tmp_path: Path, data: Path) -> None:
    """A merge of a story that others were merged into before leads their articles on, too."""
    ingest(data, write(tmp_path / "in" / "1.jsonl", [record(f"s{n}", f"paper{n}", body(20 + n)) for n in range(3)]))
    a, b, c = (str(story_id) for (story_id,) in query(data, "SELECT story_id FROM mart.articles ORDER BY outlet"))
    layout = Layout(data)
    for old, into in ((a, b), (b, c)):
        with Store(layout, WriterLock(layout.live, "test")) as store:
            merges = store.earlier_merges([StoryMergeRow(old, into, 0.9, "both share a ferry", AT)])
            store.land(Landing(story_merge=merges))
            store.end()
            store.publish()
    assert query(data, "SELECT DISTINCT story_id FROM mart.articles") == [(c,)]
    assert query(data, "SELECT story_id, articles FROM mart.stories") == [(c, 3)]


def test_the_counts_of_terms_are_read_back_as_they_were(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the file and without: what was kept and what has landed since make the same."""
    monkeypatch.setattr(store_module, "READ_BACK", 4)
    for n in range(14):
        ingest(data, write(tmp_path / "in" / f"{n}.jsonl", [record(f"s{n}", f"paper{n}", body(20 + n))]))
    layout = Layout(data)
    assert (layout.history / "terms.counts").is_file()
    with Store(layout, WriterLock(layout.live, "test")) as store:
        counts, placed = store.story_counts()
        (layout.history / "terms.counts").write_bytes(b"damaged")
        anew, again = store.story_counts()
        store.end()
    assert (placed, again) == (14, 14)
    assert counts.sum() > 14 * 50
    assert (counts == anew).all()


@pytest.fixture
def news(tmp_path: Path, wirehouse: Ingest) -> None:
    assert wirehouse("ingest", write(tmp_path / "in" / "1.jsonl", told())).returncode == 0


@pytest.mark.usefixtures("news")
def test_stories_are_listed(data: Path, wirehouse: Ingest, process: Ingest) -> None:
    shown = process("stories")
    assert shown.returncode == 0, shown.stderr
    assert "lodwar" in shown.stdout.lower()
    assert "choir" not in shown.stdout
    assert "choir" in wirehouse("stories", "--fewest", 1, "--by", "size").stdout
    assert "There are no stories" in wirehouse("stories", "--since", "2026-04-01").stdout
    rows = json.loads(wirehouse("stories", "--json", "--by", "growth").stdout)
    assert [(r["articles"], r["sources"]) for r in rows] == [(3, 3)]
    assert rows[0]["first_at"] == "2026-03-02T08:00:00"
    timeline = wirehouse("stories", rows[0]["story_id"])
    for expected in ("3 articles of 3 outlets, 3 original", "why it is here", "shares ", "nothing like it"):
        assert expected in timeline.stdout, expected
    [(article_id,)] = query(data, "SELECT article_id FROM mart.articles WHERE outlet = 'tide'")
    found = json.loads(wirehouse("stories", article_id, "--json").stdout)
    assert (found["story"]["story_id"], len(found["timeline"])) == (rows[0]["story_id"], 3)


@pytest.mark.usefixtures("news")
def test_wrong_questions_are_answered(wirehouse: Ingest) -> None:
    missing = wirehouse("stories", "snothing")
    assert (missing.returncode, "No story snothing is known" in missing.stderr) == (1, True)
    wrong = wirehouse("stories", "--since", "yesterday")
    assert (wrong.returncode, "is no date" in wrong.stderr) == (2, True)
