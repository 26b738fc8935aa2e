"""The commands that tell what is new, as they are typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.conftest import query
from tests.flows.test_copies import body, ingest, record, write

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Ingest

NOTE = "Correction: An earlier version of this article misstated the day."


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("news") / "data"


@pytest.fixture(scope="module")
def news(data: Path) -> dict[str, str]:
    """A story that was corrected, its copies, and another one; URL → article_id."""
    text = body(6)
    tide = record(
        "b",
        "tide",
        f"{text}\n\nThe tide turns at nine.\n\nSource: Lagoon",
        "2026-03-02T09:30:00Z",
        title="Tide's [bold]own[/] headline",
    )
    for n, records in enumerate(
        (
            [record("a", "lagoon", text), tide, record("z", "reef", body(8))],
            [record("a", "lagoon", f"{text}\n\n{NOTE}"), record("c", "ebb", text, "2026-03-03T10:00:00Z")],
        )
    ):
        ingest(data, write(data.parent / "in" / f"{n}.jsonl", records))
    return {str(url): str(article_id) for url, article_id in query(data, "SELECT url, article_id FROM mart.articles")}


def test_copies_shows_relations_credits_delays_and_what_was_changed(
    news: dict[str, str], wirehouse: Ingest, process: Ingest
) -> None:
    shown = process("copies", "https://lagoon.example/a")
    assert shown.returncode == 0, shown.stderr
    for expected in (
        "Its copies",
        "tide",
        "near",
        "1 h 30 min",
        "Source: Lagoon",
        "ebb",
        "exact",
        "1 d 2 h",
        "none",
        "{+The tide turns at nine.+}",
        "[bold]own[/]",
        news["https://tide.example/b"],
    ):
        assert expected in shown.stdout, expected
    assert "It is a copy of" not in shown.stdout
    assert not any(line != line.rstrip() for line in shown.stdout.split("\n") if "+}" in line)
    back = wirehouse("copies", news["https://tide.example/b"], "--diffs", 0)
    assert "It is a copy of" in back.stdout
    assert "{+" not in back.stdout
    alone = wirehouse("copies", "https://reef.example/z")
    assert "No other article shares its text." in alone.stdout


@pytest.mark.usefixtures("news")
def test_history_shows_the_track_of_changes(process: Ingest) -> None:
    shown = process("history", "https://lagoon.example/a")
    assert shown.returncode == 0, shown.stderr
    for expected in ("version 1", "first", "version 2", "correction", "% changed", f"  {NOTE}", f"{{+{NOTE}+}}", "corrected"):
        assert expected in shown.stdout, expected


def test_scripts_get_json(news: dict[str, str], wirehouse: Ingest) -> None:
    copies = json.loads(wirehouse("copies", "https://lagoon.example/a", "--json").stdout)
    assert {c["relation"] for c in copies["copies"]} == {"near", "exact"}
    assert copies["article"]["article_id"] == news["https://lagoon.example/a"]
    versions = json.loads(wirehouse("history", "https://lagoon.example/a", "--json").stdout)["versions"]
    assert [v["change_kind"] for v in versions] == ["first", "correction"]


@pytest.mark.parametrize("command", ["copies", "history"])
def test_what_is_unknown_is_named(news: dict[str, str], wirehouse: Ingest, data: Path, command: str) -> None:
    missing = wirehouse(command, "https://nobody.example/")
    assert missing.returncode == 1
    assert "No article is known by https://nobody.example/" in missing.stderr
    several = wirehouse(command, data.parent / "in" / "0.jsonl")
    assert several.returncode == 1
    assert "Several articles come from" in several.stderr
    assert news["https://reef.example/z"] in several.stderr
    assert wirehouse(command).returncode == 2
