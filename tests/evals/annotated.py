"""Score the facts of the project's own annotated stories: found of total, and invented, for each kind of thing.

    python tests/evals/annotated.py [--notes] [--all] [FILE …]

The gold stories of seeds/annotated go through parse, clean and extract as `wirehouse ingest` reads them; the table has the rows
of the seed article's. A name counts in any form that its story prints, a date by its value, what is said by its words, an action
by its words, its actor and its kind. Names that stand in the credits alone, relative dates and durations may be left out.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

sys.path.insert(0, str(Path(__file__).parents[2]))

from flows.refine import Work, refine
from seeds.annotated.read import stories
from tasks.extract.engines import BUILTIN
from tasks.types import FolderSource, Payload, Reject
from tests.evals.prediction import as_prediction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from seeds.annotated.read import Acted, Dated, Mention, Quoted, Story
    from tasks.types import Article

FOLDER = Path(__file__).parents[2] / "seeds" / "annotated"
LETTERS = 5  # of a word that are compared
SMALL = frozenset("a an the of to in on for and with at by from as is was will his her its it he that also s be had".split())
ROOTS = {  # codes of CAMEO that an action of each type may have; of other types any
    "ACCUSE": "11 09",
    "AGREE": "03 05 06",
    "AID": "07 03",
    "ANNOUNCE": "01",
    "ASSAULT": "18 19 20",
    "CANCEL": "16 12 08",
    "COERCE": "17 10 02 16",
    "CONCEDE": "08 03",
    "CONSULT": "04",
    "COOPERATE": "06 05 03",
    "INVESTIGATE": "09",
    "LEGAL": "17 09 11 10 16 08",
    "MEET": "04",
    "MOBILIZE": "15",
    "PROTEST": "14",
    "REJECT": "12 11",
    "RETREAT": "08 16",
    "SANCTION": "16 17",
    "SUPPORT": "05 03",
    "TELEPHONE": "04",
    "THREATEN": "13",
    "VISIT": "04",
    "WITHDRAW": "08 16 12",
}
Row: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class Tally:
    """Of one kind of thing, over all stories."""

    found: int = 0
    total: int = 0
    optional: int = 0
    invented: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """The tallies in the order of the table."""

    rows: dict[str, Tally] = field(default_factory=dict)
    story: str = ""

    def compare(
        self,
        kind: str,
        gold: Sequence[Any],
        given: Sequence[Row],
        right: Callable[[Row, Any], bool],
        *,
        spare: Callable[[Row], bool] = lambda _: False,
        optional: Callable[[Any], bool] = lambda _: False,
    ) -> None:
        """Count what is found and what is invented; one prediction may serve several gold rows that it fits."""
        tally, used = self.rows.setdefault(kind, Tally()), set[int]()
        for wanted in gold:
            fits = {i for i, row in enumerate(given) if right(row, wanted)}
            used |= fits
            if optional(wanted):
                tally.optional += bool(fits)
                continue
            tally.total += 1
            tally.found += bool(fits)
            if not fits:
                tally.notes.append(f"{self.story} missed {_shown(wanted)}")
        for i, row in enumerate(given):
            if i not in used and not spare(row):
                tally.invented += 1
                tally.notes.append(f"{self.story} invented {_shown(row)}")

    def count(self, kind: str, results: Iterable[tuple[bool, str]]) -> None:
        """Count what is right among what could be."""
        tally = self.rows.setdefault(kind, Tally())
        for right, what in results:
            tally.total += 1
            tally.found += right
            if not right:
                tally.notes.append(f"{self.story} missed {what}")


@dataclass(slots=True)
class Entity:
    """Somebody or something annotated: every form printed, every role."""

    key: str
    kind: str
    forms: list[str]
    roles: list[str]
    country: str | None
    credited: bool  # named in the credits alone


def score(paths: Iterable[Path], *, gold_only: bool = True) -> dict[str, Tally]:
    """The tallies of all stories by kind, in the order of the table."""
    sheet = Sheet()
    for path in paths:
        for story in stories(path):
            if (story.gold or not gold_only) and not story.names_only:
                sheet.story = story.id
                article = read(story)
                assert article.facts is not None, "an engine was given"
                assert article.facts.error is None, f"{story.id}: {article.facts.error}"
                _score(sheet, story, article, as_prediction(article, article.facts))
    return sheet.rows


def read(story: Story) -> Article:
    """A story as it would be printed, through parse, clean and extract."""
    data = "\n\n".join(filter(None, (story.headline, story.text))).encode()
    now = datetime.now(UTC).replace(tzinfo=None)
    source = FolderSource(name="annotated", folder=FOLDER)
    payload = Payload(source.name, f"{story.id}.txt", f"file:{story.id}.txt", data, sha256(data).hexdigest(), now)
    [outcome] = refine(Work({source.name: source}, (payload,), f"{story.published}", engine=BUILTIN))[0].outcomes
    assert not isinstance(outcome, Reject), f"{story.id} can be read"
    return outcome[0]


def _score(sheet: Sheet, story: Story, article: Article, given: Row) -> None:
    known = _entities(story, article)
    of_kind = {kind: [e for e in known.values() if e.kind == kind] for kind in ("PERSON", "ORGANIZATION", "PLACE")}
    _names(sheet, of_kind, given, article)
    sheet.compare(
        "dates",
        story.dates,
        given["dates"],
        _dated,
        optional=lambda d: d.value[:1] == "P" or d.value.endswith("_REF"),
        spare=_undated,
    )
    _said(sheet, story, known, given)
    _acted(sheet, story, known, given["events"])
    if story.agency and _plain(story.agency) in _plain(story.text[: story.body_start]):
        sheet.count("agency", [(_plain(story.agency) in _plain(given["agency"]), f"{story.agency}, not {given['agency']}")])
    if story.place and _plain(story.place) in _plain(story.text[: story.body_start]):
        right = _plain(story.place) in _plain(given["dateline_place"])
        sheet.count("dateline place", [(right, f"{story.place}, not {given['dateline_place']}")])
    if story.headline:
        sheet.count("title", [(_plain(given["title"]) == _plain(story.headline), f"{story.headline}, not {given['title']}")])


def _names(sheet: Sheet, of_kind: dict[str, list[Entity]], given: Row, article: Article) -> None:
    """People with their roles, organisations, places with their countries."""
    people, bodies, places = of_kind.values()
    sheet.compare("people", people, given["people"], _named, optional=lambda e: e.credited)
    with_roles = [e for e in people if e.roles and not e.credited]
    sheet.count("roles of people", ((any(_in_role(p, e) for p in given["people"]), f"{e.roles} {e.forms}") for e in with_roles))
    sheet.compare("organisations", bodies, given["organisations"], _named, optional=lambda e: e.credited)
    adjectives = {_plain(p.text) for p in article.facts.places if p.usage == "adjective"} if article.facts else set[str]()
    adjectives |= {_plain(p.name) for p in article.facts.places if p.usage == "adjective"} if article.facts else set[str]()
    sheet.compare("places", places, given["places"], _placed, spare=lambda p: _plain(p["name"]) in adjectives)
    with_country = [e for e in places if e.country]
    found = ((any(_placed(p, e) and p["country"] for p in given["places"]), f"{e.country} {e.forms}") for e in with_country)
    sheet.count("countries of places", found)


def _said(sheet: Sheet, story: Story, known: dict[str, Entity], given: Row) -> None:
    """Quotations and statements with their speakers."""
    groups = {
        "quotes": ([q for q in story.quotes if q.kind != "indirect"], given["quotes"]),
        "statements": ([q for q in story.quotes if q.kind == "indirect"], given["statements"]),
    }
    for kind, (gold, told) in groups.items():
        sheet.compare(
            kind, gold, told, _says, spare=lambda p: any(_overlap(p["content"], q.text)[0] >= 0.7 for q in story.quotes)
        )
        spoken = [q for q in gold if q.by]
        heard = (
            (any(_says(p, q) and _called(p["speaker"], known[q.by or ""]) for p in told), f"{q.by} {q.text[:50]}") for q in spoken
        )
        sheet.count(f"speakers of {kind}", heard)


def _acted(sheet: Sheet, story: Story, known: dict[str, Entity], given: list[Row]) -> None:
    """Actions, and how many of those found have a right code."""

    def right(p: Row, e: Acted) -> bool:
        return _happened(p, e, known)

    sheet.compare("events", story.events, given, right)
    coded = [e for e in story.events if e.action in ROOTS and any(right(p, e) for p in given)]
    sheet.count("events with a code", ((any(right(p, e) and p["code"] for p in given), f"{e.action} {e.text}") for e in coded))


def _entities(story: Story, article: Article) -> dict[str, Entity]:
    known: dict[str, Entity] = {}
    tail = article.tail or ""
    for m in sorted(story.mentions, key=lambda m: m.start):
        e = known.setdefault(m.entity, Entity(m.entity, m.kind, [], [], None, credited=True))
        e.forms.append(m.text)
        e.country = e.country or m.country
        e.credited &= m.text in tail and m.start > len(story.text) - len(tail) - LETTERS
        if m.role:
            e.roles.append(m.role)
    return known


def _named(p: Row, e: Entity) -> bool:
    """Whether a name is one of the forms, or holds all words of the fullest."""
    full = max(e.forms, key=len)
    return _plain(p["name"]) in map(_plain, e.forms) or set(_plain(full).split()) <= set(_plain(p["name"]).split())


def _in_role(p: Row, e: Entity) -> bool:
    return _named(p, e) and any(_overlap(role, p["role"] or "")[0] == 1.0 for role in e.roles)


def _placed(p: Row, e: Entity) -> bool:
    """Whether a place is meant, and in no other country."""
    return _named(p, e) and not (p["country"] and e.country and p["country"] != e.country)


def _called(name: str | None, e: Entity) -> bool:
    """Whether words name somebody: a form, a role, or words that hold one of them."""
    words = f" {_plain(name)} "
    return any(f" {_plain(form)} " in words for form in (*e.forms, *e.roles))


def _dated(p: Row, d: Dated) -> bool:
    """Whether a date is the same words, or words in them, with the same value; the part of a day does not count."""
    mine, theirs = _plain(p["text"]), _plain(d.text)
    if not mine or not (mine in theirs or theirs in mine):
        return False
    value = d.value.partition("T")[0] if d.value[:1].isdigit() else d.value
    first, _, last = value.partition("/")
    return p["value"] in (d.value, value) or (str(p["from"]), str(p["to"])) == (
        _day(first, "01-01"),
        _day(last or first, "12-31"),
    )


def _day(value: str, rest: str) -> str:
    """A day, or the first or last day of a year."""
    return f"{value}-{rest}" if len(value) == len("2026") else value


def _undated(p: Row) -> bool:
    """Whether a time is no day: a duration, a time of day, a repetition, the present."""
    return not p["value"][:1].isdigit()


def _says(p: Row, q: Quoted) -> bool:
    mine, theirs = _overlap(q.text, p["content"])
    return mine >= 0.7 and theirs >= 0.5


def _happened(p: Row, e: Acted, known: dict[str, Entity]) -> bool:
    """Whether an action is meant: half of its words, its actor, its kind."""
    unnamed = bool(p["actor"]) and not any(_called(p["actor"], other) for other in known.values())  # "the company"
    actor = not e.actor or unnamed or _called(p["actor"], known[e.actor])
    fits = not p["code"] or e.action not in ROOTS or p["code"][:2] in ROOTS[e.action].split()
    return actor and fits and max(_overlap(e.text, p["action"])) >= 0.5


def _plain(text: object) -> str:
    return " ".join(re.findall(r"[^\W_]+", str(text or "").casefold().replace("’", "").replace("'", "")))


def _overlap(a: str, b: str) -> tuple[float, float]:
    """The share of the telling words of each of two texts that the other one has."""
    mine, theirs = ({w[:LETTERS] for w in _plain(text).split() if w not in SMALL} for text in (a, b))
    return (len(mine & theirs) / len(mine), len(mine & theirs) / len(theirs)) if mine and theirs else (0.0, 0.0)


def _shown(what: Row | Entity | Mention | Dated | Quoted | Acted) -> str:
    if isinstance(what, Entity):
        return f"{what.kind} {what.forms[0]} {what.country or ''}"
    return str(what if isinstance(what, dict) else tuple(what)[2:])[:110]


def table(rows: dict[str, Tally]) -> str:
    """The tallies as lines."""
    lines = [("kind", "found", "", "optional found", "invented")]
    for kind, t in rows.items():
        share = f"{t.found / t.total:.3f}" if t.total else ""
        lines.append((kind, f"{t.found}/{t.total}", share, str(t.optional or ""), str(t.invented)))
    widths = [max(len(line[i]) for line in lines) for i in range(5)]
    return "\n".join(
        "  ".join([f[0].ljust(widths[0]), *(x.rjust(w) for x, w in zip(f[1:], widths[1:], strict=True))]) for f in lines
    )


def main() -> int:
    """Print the table, with `--notes` what was missed and invented before it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="files of stories (default: all of seeds/annotated)")
    parser.add_argument("--notes", action="store_true", help="show what was missed and what was invented")
    parser.add_argument("--all", action="store_true", help="score every story, those too that are not held back")
    asked = parser.parse_args()
    rows = score(asked.files or sorted(FOLDER.glob("*.xml")), gold_only=not asked.all)
    if asked.notes:
        print("\n".join(f"{kind}: {note}" for kind, t in rows.items() for note in t.notes), end="\n\n")
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
