"""`wirehouse search` as it is typed, on a real warehouse."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import query

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest

FERRY = (
    "A ferry with 60 traders on board sank in the channel off Lamu on Friday, and a trawler's skipper pulled nine of them out of the water. "
    "The vessel had left the jetty with twice as many people as it may carry, the harbour master said, and nobody had counted them. "
    "Divers were to search the wreck in the morning, when the tide turns, and the county promised coffins to the families."
)
RECORDS = [
    {"url": "https://lagoon.example/ferry", "title": "Ferry [bold]sinks[/] off Lamu", "date": "2026-03-02T09:30:00Z", "text": FERRY},
    {"url": "https://reef.example/ferry", "title": "Sixty feared lost at Lamu", "date": "2026-03-02T12:00:00Z", "text": FERRY},
    {
        "url": "https://reef.example/cod", "title": "Fishers blockade Tromso over cod", "date": "2026-03-05T08:00:00Z", "author": "Ada Brink",
        "text": "Fishers blockaded the harbour of Tromso on Thursday over the cod quota. Forty-one skippers anchored their boats across the fairway, "
        "and the coastal steamer turned back with its passengers. The ministry said that the quota would stand, whatever the skippers did.",
    },
    {
        "url": "https://reef.example/faehre", "title": "Fähre liegt still", "date": "2026-03-06",
        "text": "Die Fähre nach Hiddensee liegt seit Montag still, weil niemand die Schleuse bedienen will. Die Behörden suchten vergeblich nach einem Wärter, "
        "und die Inselbewohner müssen mit kleinen Booten übersetzen. Der Reeder sprach von einem Schaden, den er nicht länger tragen könne.",
    },
]  # fmt: skip


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("search") / "data"


@pytest.fixture
def news(data: Path, wirehouse: Ingest) -> Path:
    folder = data.parent / "wire"
    if not folder.exists():
        folder.mkdir()
        (folder / "one.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
        run = wirehouse("ingest", folder)
        assert run.returncode == 0, run.stderr
    return folder


def asked(wirehouse: Ingest, *arguments: object) -> dict[str, Any]:
    run = wirehouse("search", *arguments, "--json")
    assert run.returncode == (0 if json.loads(run.stdout)["results"] else 1), run.stderr
    return dict(json.loads(run.stdout))


@pytest.mark.usefixtures("news")
def test_results_show_date_outlet_headline_and_what_was_found(wirehouse: Ingest) -> None:
    run = wirehouse("search", "trawler", "skippers")
    assert (run.returncode, run.stderr) == (0, "")
    assert "Ferry [bold]sinks[/] off Lamu" in run.stdout or "Sixty feared lost at Lamu" in run.stdout
    assert re.search(r"2026-03-02 \d\d:\d\d  (lagoon|reef)\S*  [a-z2-7]{16}  \d+\.\d  and 1 more copy", run.stdout)
    assert "a trawler's skipper pulled nine" in run.stdout
    assert run.stdout.endswith("2 articles, copies folded: --copies shows all.\n")
    assert wirehouse("search", "lamu OR cod", "--most", 1).stdout.endswith(
        "3 articles match, the best 1 shown; --most shows more.\n"
    )
    assert wirehouse("search", "cod").stdout.endswith("\n1 article.\n")
    both = wirehouse("search", "trawler skippers", "--copies")
    assert both.stdout.count("a trawler's skipper pulled nine") == 2
    assert "Ferry [bold]sinks[/] off Lamu" in both.stdout, "headlines are no markup"


@pytest.mark.usefixtures("news")
def test_json_leads_every_match_back_to_its_characters(wirehouse: Ingest, data: Path) -> None:
    found = asked(wirehouse, "ferry OR skipper OR fähren", "--copies")
    assert (found["total"], found["shown"], found["behind"]) == (4, 4, False)
    texts = {row[0]: row[1:] for row in query(data, "SELECT article_id, title, text FROM mart.articles")}
    marked = []
    for row in found["results"]:
        title, text = map(str, texts[row["article_id"]])
        assert row["snippet"] == text[row["snippet_start"] : row["snippet_end"]]
        for matches, of in ((row["matches"], text), (row["title_matches"], title)):
            for match in matches:
                assert of[match["start_char"] : match["end_char"]] == match["text"]
                marked.append(match["text"])
        assert row["matches"]
    assert set(marked) == {"ferry", "Ferry", "skipper", "skippers", "Fähre"}
    scores = [row["score"] for row in found["results"]]
    assert scores == sorted(scores, reverse=True)
    folded = asked(wirehouse, "ferry OR skipper OR fähren")
    assert (folded["total"], folded["shown"]) == (4, 3)
    assert {row["copies"] for row in folded["results"]} == {0, 1}


@pytest.mark.usefixtures("news")
def test_options_narrow_and_sort(wirehouse: Ingest) -> None:
    def urls(*arguments: object) -> list[str]:
        return [row["url"].removeprefix("https://") for row in asked(wirehouse, *arguments)["results"]]

    sea = "lamu OR cod OR fähre"
    assert urls(sea, "--by", "date", "--copies") == [
        "reef.example/faehre",
        "reef.example/cod",
        "reef.example/ferry",
        "lagoon.example/ferry",
    ]
    assert urls(sea, "--by", "date", "--most", 1) == ["reef.example/faehre"]
    assert urls(sea, "--since", "2026-03-05", "--until", "2026-03-05") == ["reef.example/cod"]
    assert urls(sea, "--until", "2026-03-02T10:00", "--copies") == ["lagoon.example/ferry"]
    assert urls(sea, "--language", "de") == ["reef.example/faehre"]
    assert sorted(urls(sea, "--source", "wire", "--copies")) == sorted(urls(sea, "--copies"))
    assert urls(sea, "--source", "other") == []
    assert urls("harbour", "-tromso", "--outlet", "LAGOON.example") == ["lagoon.example/ferry"]
    assert urls("harbour", "-lamu") == ["reef.example/cod"]
    assert urls("by:brink") == ["reef.example/cod"]
    assert sorted(urls(sea, "--by", "recent", "--copies")) == sorted(urls(sea, "--copies"))


@pytest.mark.usefixtures("news")
def test_what_finds_nothing_tells_what_might(wirehouse: Ingest) -> None:
    run = wirehouse("search", "lamu", "skiper")
    assert (run.returncode, run.stdout) == (1, "")
    assert "No article has the word skiper; did you mean skipper" in run.stderr
    assert "Some of it is found in 2 articles: put OR between the words." in run.stderr
    assert "Without the options, 2 articles would be." in wirehouse("search", "lamu", "--since", "2027-01-01").stderr


@pytest.mark.usefixtures("news")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["..."], "there is no word to search for"),
        (["-lamu"], "what must not be there"),
        (["lamu", "--sicne", "2026-01-01"], "there is no option --sicne"),
        (["lamu", "--since", "yesterday"], "--since 'yesterday' is no date"),
        (["lamu", "--until", "soon"], "--until 'soon' is no date"),
    ],
)
def test_wrong_usage_is_told(wirehouse: Ingest, arguments: list[str], told: str) -> None:
    run = wirehouse("search", *arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert told in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.usefixtures("news")
def test_sql_searches_too_and_what_lands_is_found_at_once(wirehouse: Ingest, data: Path, news: Path) -> None:
    run = wirehouse(
        "sql", "--format", "csv", "SELECT a.url FROM search('quota skipper') JOIN mart.articles AS a USING (article_id)"
    )
    assert run.stdout == "url\nhttps://reef.example/cod\n"
    assert "no word to search for" in wirehouse("sql", "FROM search('?')").stderr
    (news / "two.txt").write_text(
        "Tide gauge washed away\n\nA storm washed the tide gauge of Galway away on Sunday, and nobody knows the level.\n"
    )
    assert wirehouse("ingest", news).returncode == 0
    assert asked(wirehouse, "galway gauge")["total"] == 1
    for path in (data / "search").iterdir():
        path.unlink() if path.is_symlink() else None
    run = wirehouse("search", "galway")
    assert run.returncode == 1
    assert "no search index" in run.stderr
    (news / "three.txt").write_text(
        "Choir tours\n\nThe choir of Boise tours the fjords in June, with forty singers and a harmonium.\n"
    )
    assert wirehouse("ingest", news).returncode == 0
    assert [asked(wirehouse, word)["total"] for word in ("galway", "choir", "lamu")] == [1, 1, 2]
