"""Who: the people and bodies that the headline and the telling sentence name, subjects first."""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.five_what import Candidate
from tasks.extract.five_words import PREPOSITIONS
from tasks.extract.name_words import BREAKS, TITLES, is_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.extract.five_clause import Clause
    from tasks.extract.five_page import Page
    from tasks.extract.five_what import Headline, Told
    from tasks.extract.records import Entity, Name

LONGEST = 8  # words of a subject that is no name
TITLED, SUBJECT, BEHIND = 0.35, 0.2, 0.005  # in the headline; before its verb; what each word before it takes off
TOLD, LEADS = 0.15, 0.2  # in the telling sentence; before its verb
OFTEN = 0.06  # times the logarithm of the mentions
ALIKE, LATER = 0.15, 0.04  # for the share of the headline's subject in it; what each sentence from the telling one takes off
PEOPLE, THING = 0.6, 0.35  # a subject without a name that is people, and one that is not
_HONOURS = frozenset("king lady lord pope prince princess queen saint sheikh sir".split())  # part of a name of one word
_PERSONS = frozenset(
    """
    adults bodies boy boys child children civilians crew crowd crowds families family fans firefighters girl girls gunman gunmen
    man men migrants mob parents passengers patients people pensioners person police prisoners pupils rebels refugees residents
    seven soldiers someone staff students survivors teenager teenagers thousands tourists troops victims villagers voters woman
    women workers youths
    """.split()
)
_JOINTS = frozenset((",", "and", "&"))
_NOBODY = frozenset("he her his i it my our she that their there these they this those we what you your".split())


class Actor(NamedTuple):
    """Somebody named: the characters of the fullest form, all forms as words in small letters, where each mention begins."""

    start: int
    end: int
    forms: frozenset[tuple[str, ...]]
    mentions: tuple[int, ...]
    place: bool


class Stage(NamedTuple):
    """Where actors stand: in the headline and its subject, and in the sentence that tells what happened."""

    title: Page | None
    head: Clause | None
    start: int
    end: int
    verb: int  # character of the main verb of that sentence; its start where there is none


def who(
    page: Page, title: Page | None, heads: list[Headline], told: Told, entities: Sequence[Entity], names: Sequence[Name]
) -> Iterator[Candidate]:
    """Everybody named, by where; places as subjects only; and a subject without a name where the headline's has none."""
    if not page.sentences:
        return
    actors = [_actor(e) for e in entities]
    if all(actor.place for actor in actors):
        actors += _grouped([(n.start, n.end, n.text) for n in names if n.kind != "PLACE"] or list(_capitals(page)))
    main = next(iter(told[page.core][1]), None) if page.core < len(told) else None
    first, last = page.span(*page.sentences[page.core][:2])
    stage = Stage(title, heads[0].clause if heads else None, first, last, page.start[main.verb] if main else first)
    placed = _titled(actors, title)
    subjects = _subjects(sorted(placed.values()), stage)
    unnamed = True
    for number, actor in enumerate(actors):
        at = placed.get(number)
        heading = at is not None and at in subjects
        if actor.place and not (heading and _governs(stage, at or 0)):
            continue
        unnamed &= not heading
        yield Candidate(_honoured(page, actor.start), actor.end, _score(actor, stage, at, heading=heading))
    if unnamed:
        subject = filter(None, title.stems[stage.head.first : stage.head.verb]) if title and stage.head else ()
        yield from _unnamed(page, told, frozenset(subject), actors)


def _subjects(placed: list[int], stage: Stage) -> list[int]:
    """Those of the places in the headline that are subjects of its main clause: "Amsel clerk Ada Brink" is Ada Brink."""
    if stage.head is None or stage.title is None:
        return []
    inside = [at for at in placed if stage.head.first <= at < stage.head.verb]
    low = stage.title.low
    return [a for a, b in pairwise(inside) if not _JOINTS.isdisjoint(low[a:b])] + inside[-1:]


def _governs(stage: Stage, at: int) -> bool:
    """Whether a place is itself the subject of the headline: "Oslo rejects plan", not "Fair in Oslo closes"."""
    assert stage.title is not None
    assert stage.head is not None
    return at == stage.head.verb - 1 and at > 0 and stage.title.low[at - 1] not in PREPOSITIONS


def _score(actor: Actor, stage: Stage, at: int | None, *, heading: bool) -> float:
    """How much an actor counts; `at` is where the headline names it."""
    score = OFTEN * math.log2(1 + len(actor.mentions))
    if at is not None:
        score += TITLED - BEHIND * at + SUBJECT * heading
    inside = [m for m in actor.mentions if stage.start <= m < stage.end]
    return score + TOLD * bool(inside) + LEADS * (bool(inside) and inside[0] < stage.verb)


def _titled(actors: list[Actor], title: Page | None) -> dict[int, int]:
    """Where the headline names each actor: by its longest form, by a form's last word if nobody else is meant."""
    last = max((s.last for s in title.sentences if s.headline), default=0) if title else 0
    low = title.low[:last] if title else []
    starts: dict[str, list[int]] = {}
    for i, word in enumerate(low):
        starts.setdefault(word, []).append(i)
    found: dict[int, tuple[int, int, int]] = {}  # word → length of the form, mentions, actor
    for number, actor in enumerate(actors):
        forms = {(form, len(form)) for form in actor.forms} | {((form[-1],), 0) for form in actor.forms}
        for form, size in forms:
            for i in starts.get(form[0], ()):
                if low[i : i + len(form)] == list(form):
                    for k in range(i, i + len(form)):
                        found[k] = max(found.get(k, (-1, 0, 0)), (size, len(actor.mentions), number))
    placed: dict[int, int] = {}
    for at in sorted(found):
        placed.setdefault(found[at][2], at)
    return placed


def _unnamed(page: Page, told: Told, subject: frozenset[str], actors: list[Actor]) -> Iterator[Candidate]:
    """The first subjects of sentences that are neither name nor pronoun, by what they share with that of the headline."""
    named = sorted(m for actor in actors if not actor.place for m in actor.mentions)
    for number, (_, clauses) in enumerate(told):
        for first, last, _ in clauses[:1]:
            words = page.low[first:last]
            if not 0 < len(words) <= LONGEST or words[0] in _NOBODY or "," in words:
                continue
            start, end = page.span(first, last)
            if bisect_left(named, start) == bisect_left(named, end):
                people = not _PERSONS.isdisjoint(words) or any(is_role(word) for word in words)
                share = len(subject.intersection(page.stems[first:last])) / len(subject) if subject else 0.0
                yield Candidate(start, end, (PEOPLE if people else THING) + ALIKE * share - LATER * abs(number - page.core))


def _honoured(page: Page, start: int) -> int:
    """Where a name begins, with the title that belongs to it."""
    if start > len(page.text) or " " in page.text[start : start + 1]:
        return start
    before = page.text[max(0, start - 10) : start].split(" ")[-2:-1]
    return start - len(before[0]) - 1 if before and before[0].lower() in _HONOURS else start


def _actor(entity: Entity) -> Actor:
    full = next((m for m in entity.mentions if m.text == entity.name), None) or max(
        entity.mentions, key=lambda m: m.end - m.start
    )
    forms = frozenset(tuple(text.lower().split()) for text in {entity.name, *(m.text for m in entity.mentions)})
    return Actor(full.start, full.end, forms, tuple(m.start for m in entity.mentions), entity.kind == "PLACE")


def _capitals(page: Page) -> Iterator[tuple[int, int, str]]:
    """Words with capitals in a row, where no names are known."""
    begins = {s.first for s in page.sentences}
    i, n = 0, len(page.word)
    while i < n:
        j = i
        while j < n and page.word[j][0].isupper() and page.low[j] not in BREAKS and page.low[j] not in TITLES:
            if j > i and page.start[j] - page.end[j - 1] > 1:
                break
            j += 1
        if j > i + (i in begins):
            start, end = page.span(i, j)
            yield start, end, page.text[start:end]
        i = max(j, i + 1)


def _grouped(found: list[tuple[int, int, str]]) -> list[Actor]:
    """Names that end alike, as one."""
    groups: dict[str, list[tuple[int, int, str]]] = {}
    for span in found:
        groups.setdefault(span[2].lower().split()[-1], []).append(span)
    actors = []
    for spans in groups.values():
        start, end, _ = max(spans, key=lambda span: span[1] - span[0])
        forms = frozenset(tuple(text.lower().split()) for _, _, text in spans)
        actors.append(Actor(start, end, forms, tuple(s for s, _, _ in spans), place=False))
    return actors
