"""Read annotated stories: plain text and what is marked in it, with its characters.

    from seeds.annotated.read import stories
    for story in stories(Path("seeds/annotated/crises.xml")): ...

Offsets are Unicode code points into `Story.text`; README.md describes the files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KINDS = {"per": "PERSON", "org": "ORGANIZATION", "loc": "PLACE"}
QUOTES = frozenset({"direct", "mixed", "indirect"})
STATES = frozenset({"happened", "planned", "denied", "cancelled", "reported"})
ACTIONS = frozenset(
    """
    AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT INVESTIGATE LEGAL ACCUSE REJECT THREATEN PROTEST COERCE SANCTION
    MOBILIZE ASSAULT VISIT MEET TELEPHONE ANNOUNCE APPOINT RESIGN ELECT DIE INJURE CANCEL WITHDRAW MERGE LAUNCH WIN
    """.split()
)
VALUE = re.compile(
    r"(?:\d{4}(?:-(?:\d\d(?:-\d\d)?|W\d\d(?:-WE)?|Q[1-4]|S[PUAI]|WI))?(?:T\S+)?(?:/\d{4}(?:-\d\d(?:-\d\d)?)?)?|P\S+"
    r"|PAST_REF|FUTURE_REF|PRESENT_REF)"
)
RUN_IN = ("—", "–", "-", "--", ":", "_", ".-")  # what ends a dateline that the first paragraph goes on after
FAULTY_NAME = re.compile(r"(?i:the) |.*['’]s$")
MARKS = "\"“„«‘'»”"


class Mention(NamedTuple):
    """A name. The same `entity` is the same person, body or place throughout a story."""

    start: int
    end: int
    text: str
    kind: str  # PERSON, ORGANIZATION, PLACE
    entity: str
    role: str | None
    of: str | None  # the entity that the role belongs to
    country: str | None  # ISO 3166-1 alpha-2
    place_kind: str | None  # city, country, region, facility, water, mountain
    metonym: bool  # a place that stands for its government


class Dated(NamedTuple):
    """An expression of time with its value, TIMEX3-like."""

    start: int
    end: int
    text: str
    value: str


class Quoted(NamedTuple):
    """A quotation; `by` is its speaker's entity."""

    start: int
    end: int
    text: str
    by: str | None
    kind: str  # direct, mixed, indirect


class Acted(NamedTuple):
    """The words of an action; actor, target and place are entities."""

    start: int
    end: int
    text: str
    action: str  # one of ACTIONS
    actor: str | None
    target: str | None
    place: str | None
    when: str | None
    status: str  # one of STATES


@dataclass(frozen=True, slots=True)
class Story:
    """A story; `text[:body_start]` are its dateline, agency and byline as printed."""

    id: str
    lang: str
    published: date
    region: str | None
    beat: str | None
    style: str | None
    agency: str | None
    place: str | None
    byline: str | None
    gold: bool  # held back for scoring, never trained on
    names_only: bool  # dates, quotations and actions are not marked
    headline: str | None
    text: str
    body_start: int
    mentions: list[Mention] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)
    quotes: list[Quoted] = field(default_factory=list)
    events: list[Acted] = field(default_factory=list)


class Mark(NamedTuple):
    """An element of a paragraph with the characters that it encloses."""

    tag: str
    attributes: dict[str, str]
    start: int
    end: int


def stories(path: Path) -> list[Story]:
    """The stories of a file in order; ValueError names the story and its fault."""
    found: list[Story] = []
    for element in ET.parse(path).getroot().iter("story"):  # noqa: S314  our own files
        try:
            found.append(_story(element))
        except (KeyError, ValueError) as fault:
            raise ValueError(f"{path}: {element.get('id')}: {fault}") from fault
    if len({story.id for story in found}) < len(found):
        raise ValueError(f"{path}: an id is used twice")
    return found


def _story(element: ET.Element) -> Story:
    text = _top(element.findtext("top") or "")
    body_start, marks = len(text), list[Mark]()
    for number, paragraph in enumerate(element.findall("p")):
        text += "\n" if number else ""
        whole, inner = _plain(paragraph)
        lead = len(whole) - len(whole.lstrip())
        marks += [mark._replace(start=len(text) + mark.start - lead, end=len(text) + mark.end - lead) for mark in inner]
        text += whole.strip()
    story = Story(
        id=element.attrib["id"],
        lang=element.attrib["lang"],
        published=date.fromisoformat(element.attrib["published"]),
        gold=element.get("gold") == "yes",
        names_only=element.get("marked") == "names",
        headline=(element.findtext("head") or "").strip() or None,
        text=text,
        body_start=body_start,
        region=element.get("region") or None,
        beat=element.get("beat") or None,
        style=element.get("style") or None,
        agency=element.get("agency") or None,
        place=element.get("place") or None,
        byline=element.get("byline") or None,
    )
    for mark in marks:
        _add(story, mark)
    _check(story)
    return story


def _top(printed: str) -> str:
    """What stands above the body, with the space or line behind it."""
    top = "\n".join(line.strip() for line in printed.strip("\n").split("\n")).strip()
    return top + (" " if top.endswith(RUN_IN) else "\n") if top else ""


def _plain(element: ET.Element) -> tuple[str, list[Mark]]:
    """The text of an element, white space as single spaces, and the elements in it without the space at their edges."""
    pieces: list[str] = []
    marks: list[Mark] = []

    def put(text: str | None) -> None:
        pieces.append(re.sub(r"\s+", " ", text or ""))

    def walk(parent: ET.Element) -> None:
        put(parent.text)
        for child in parent:
            start = sum(map(len, pieces))
            walk(child)
            inside = "".join(pieces)[start:]
            lead = len(inside) - len(inside.lstrip())
            marks.append(Mark(child.tag, dict(child.attrib), start + lead, start + max(lead, len(inside.rstrip()))))
            put(child.tail)

    walk(element)
    return "".join(pieces), marks


def _add(story: Story, mark: Mark) -> None:
    """What a mark tells, in its list."""
    tag, a, start, end = mark
    text = story.text[start:end]
    if tag in KINDS:
        if FAULTY_NAME.match(text):
            raise ValueError(f"name with article or possessive: {text!r}")
        metonym = a.get("use") == "metonym"
        entity, kind = a["id"], KINDS[tag]
        known = a.get("role"), a.get("of"), a.get("country"), a.get("kind")
        story.mentions.append(Mention(start, end, text, kind, entity, *known, metonym))
    elif tag == "date":
        if not VALUE.fullmatch(a["v"]):
            raise ValueError(f"date value {a['v']!r}")
        story.dates.append(Dated(start, end, text, a["v"]))
    elif tag == "q":
        if a["kind"] not in QUOTES:
            raise ValueError(f"quotation kind {a['kind']!r}")
        if a["kind"] == "direct" and text[:1] not in MARKS:
            raise ValueError(f"direct quotation without marks: {text[:40]!r}")
        story.quotes.append(Quoted(start, end, text, a.get("by"), a["kind"]))
    elif tag == "ev":
        if a["t"] not in ACTIONS or a["st"] not in STATES:
            raise ValueError(f"action {a}")
        story.events.append(Acted(start, end, text, a["t"], a.get("a"), a.get("to"), a.get("at"), a.get("when"), a["st"]))
    else:
        raise ValueError(f"tag {tag}")


def _check(story: Story) -> None:
    """Refuse entities of two kinds and speakers, actors and the like that are nowhere named."""
    kinds: dict[str, str] = {}
    for mention in story.mentions:
        if kinds.setdefault(mention.entity, mention.kind) != mention.kind:
            raise ValueError(f"{mention.entity} is both {kinds[mention.entity]} and {mention.kind}")
    for unknown in sorted(set(_referred(story)) - kinds.keys()):
        raise ValueError(f"{unknown} is nowhere named")


def _referred(story: Story) -> Iterator[str]:
    for quote in story.quotes:
        yield from filter(None, (quote.by,))
    for event in story.events:
        yield from filter(None, (event.actor, event.target, event.place))
