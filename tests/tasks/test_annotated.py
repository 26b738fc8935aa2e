from __future__ import annotations

from pathlib import Path

import pytest

from seeds.annotated.read import Acted, Dated, Mention, Quoted, Story, stories

FOLDER = Path(__file__).parents[2] / "seeds" / "annotated"
FILES = sorted(FOLDER.glob("*.xml"))
STORY = """<story id="har-001" lang="en" published="2026-03-04" beat="harbour" agency="MNA" place="Bergen" byline="" {more}>
  <head>Pier opens</head>
  <top>{top}</top>
  <p>{body}</p>
  <p>The
     end.</p>
</story>"""


def written(path: Path, body: str, top: str = "", more: str = "") -> Path:
    file = path / "harbour.xml"
    file.write_text(f"<stories>{STORY.format(body=body, top=top, more=more)}</stories>", encoding="utf-8")
    return file


def test_a_story_is_plain_text_and_marks(tmp_path: Path) -> None:
    body = (
        '<q by="p1" kind="direct">“We <ev t="LAUNCH" a="p1" at="l1" when="2026-03-04" st="happened">open</ev>,”</q> said'
        '<per id="p1" role="mayor" of="l1"> Ada Brink </per>of <loc id="l1" country="NO" kind="city" use="metonym">Bergen</loc> '
        'on <date v="2026-03-04">Wednesday</date>.'
    )
    [story] = stories(written(tmp_path, body))
    assert story.text == "“We open,” said Ada Brink of Bergen on Wednesday.\nThe end."
    assert story.mentions == [
        Mention(16, 25, "Ada Brink", "PERSON", "p1", "mayor", "l1", None, None, metonym=False),
        Mention(29, 35, "Bergen", "PLACE", "l1", None, None, "NO", "city", metonym=True),
    ]
    assert story.dates == [Dated(39, 48, "Wednesday", "2026-03-04")]
    assert story.quotes == [Quoted(0, 10, "“We open,”", "p1", "direct")]
    assert story.events == [Acted(4, 8, "open", "LAUNCH", "p1", None, "l1", "2026-03-04", "happened")]
    assert (story.headline, story.agency, story.byline, story.gold, story.names_only) == ("Pier opens", "MNA", None, False, False)


@pytest.mark.parametrize(
    ("top", "start"),
    [
        ("", "Fog."),
        ("MNA\nBergen", "MNA\nBergen\nFog."),
        ("BERGEN (MNA) —", "BERGEN (MNA) — Fog."),
        ("By Ada Brink\n  BERGEN _", "By Ada Brink\nBERGEN _ Fog."),
    ],
)
def test_a_dateline_stands_above_the_body_or_runs_into_it(tmp_path: Path, top: str, start: str) -> None:
    [story] = stories(written(tmp_path, "Fog.", top=top))
    assert story.text == start + "\nThe end."
    assert story.text[story.body_start :].startswith("Fog.")


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<per id="p1">the mayor</per>', "article or possessive"),
        ('<loc id="l1">Bergen’s</loc>', "article or possessive"),
        ('<date v="soon">soon</date>', "date value 'soon'"),
        ('<q kind="loud">hey</q>', "quotation kind 'loud'"),
        ('<q kind="direct">hey</q>', "without marks"),
        ('<q kind="indirect" by="p9">hey</q>', "p9 is nowhere named"),
        ('<ev t="SAIL" st="happened">sailed</ev>', "SAIL"),
        ('<ev t="VISIT" a="o7" st="happened">came</ev>', "o7 is nowhere named"),
        ('<per id="x1">Brink</per> <org id="x1">Brink</org>', "x1 is both PERSON and ORGANIZATION"),
        ("<ship>Fram</ship>", "tag ship"),
    ],
)
def test_a_fault_is_named_with_its_story(tmp_path: Path, body: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"har-001.*{fault}"):
        stories(written(tmp_path, body))


def test_an_id_serves_once(tmp_path: Path) -> None:
    file = written(tmp_path, "Fog.")
    file.write_text(f"<stories>{2 * STORY.format(body='Fog.', top='', more='')}</stories>", encoding="utf-8")
    with pytest.raises(ValueError, match="an id is used twice"):
        stories(file)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_mark_points_at_its_characters(file: Path) -> None:
    for story in stories(file):
        marks: list[Mention | Dated | Quoted | Acted] = [*story.mentions, *story.dates, *story.quotes, *story.events]
        assert all(story.text[mark.start : mark.end] == mark.text.strip() != "" for mark in marks), story.id
        assert all(mark.start >= story.body_start for mark in marks), story.id
        assert not (story.names_only and (story.dates or story.quotes or story.events)), story.id


def test_there_is_gold_of_all_layers() -> None:
    gold: list[Story] = [story for file in FILES for story in stories(file) if story.gold]
    assert len(gold) >= 30
    assert not any(story.names_only for story in gold)
    assert all(story.mentions and story.events for story in gold)
