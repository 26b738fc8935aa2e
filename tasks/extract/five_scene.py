"""When and where: the dates and places that stand where the headline is told, the latest day and the nearest place first."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from tasks.extract.five_what import Candidate
from tasks.extract.name_words import BREAKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tasks.extract.dates import DateMention
    from tasks.extract.five_page import Page
    from tasks.extract.records import Name, PlaceMention

TOLD = 0.4  # for the share of the headline's words in the sentence
LATER, BEYOND = 0.03, 0.2  # what a sentence loses with each one before it, and behind the page
COARSE = 0.3  # what a month or year lacks
FAR, FARTHEST = 0.04, 10  # what each day between the date and the article's takes off, and up to how many
AHEAD = 0.1  # what a day to come lacks
BOUND = 0.15  # what a day lacks that bounds another time or tells which of several: "before Monday", "Monday's vote"
TITLED, STANDS, LEADS, OFTEN = 0.3, 0.2, 0.1, 0.05  # in the headline, behind "in", behind "to", for the logarithm of the mentions
KINDS = {"facility": 0.1, "city": 0.1, "region": 0.0, "area": -0.1, "country": -0.1}
_BOUNDS = frozenset("after ahead before by from of since than to until".split())
_AT = frozenset("at in inside near outside on off".split())
_TO = frozenset("from to across around over through into".split())
_HOUSED = frozenset("at inside outside".split())


def when(page: Page, dates: Sequence[DateMention], at: datetime | None, names: Sequence[Name]) -> Iterator[Candidate]:
    """Dates and times by their sentence and their distance from the article's day."""
    starts = [n.start for n in names]
    for mention in dates:
        if mention.kind not in ("date", "time") or (mention.value or "").endswith("_REF"):
            continue
        name = bisect_right(starts, mention.start) - 1
        if name >= 0 and mention.end <= names[name].end:
            continue  # "Sunday Tribune"
        if (
            mention.text.isupper()
            and mention.text.isalpha()
            and page.text[max(0, mention.start - 2) : max(0, mention.start - 1)].isupper()
        ):
            continue  # "AMSEL TODAY"
        score = _place(page, mention.start)
        if mention.from_date and mention.to_date and mention.from_date != mention.to_date:
            score -= COARSE
        if at is not None and mention.from_date:
            days = (mention.from_date - at.date()).days
            score -= FAR * min(abs(days), FARTHEST) + AHEAD * (days > 0)
        owns = page.text[mention.end : mention.end + 2] in ("'s", "’s")
        score -= BOUND * (owns or _before(page, mention.start) in _BOUNDS)
        yield Candidate(mention.start, mention.end, score)


def where(page: Page, title: Page | None, places: Sequence[PlaceMention], names: Sequence[Name]) -> Iterator[Candidate]:
    """Places by their sentence, the headline, the preposition before them and how often they are named."""
    spots = _spots(page, places, names)
    titled = set(title.low[: title.sentences[0].last]) if title and title.sentences else set[str]()
    larger = {start: end for (start, end), kind in spots.items() if kind < KINDS["city"]}  # "Amsel, Norway" is one place
    often = Counter(page.text[start:end] for start, end in spots)
    for (start, end), kind in spots.items():
        text = page.text[start:end]
        score = _place(page, start) + kind + OFTEN * math.log2(often[text])
        if text and titled.issuperset(text.lower().split()):
            score += TITLED
        before = _before(page, start)
        score += STANDS if before in _AT else LEADS if before in _TO else 0.0
        behind = larger.get(end + 2)
        whole = behind is not None and page.text[end : end + 2] == ", " and kind >= KINDS["city"]
        yield Candidate(start, behind if whole and behind else end, score)


def _place(page: Page, start: int) -> float:
    """What counts for words by where in the text they stand."""
    number = page.sentence_at(start)
    told = page.sentences[number].told if page.sentences else 0.0
    return 0.4 + TOLD * told - LATER * number if start < len(page.text) else BEYOND


def _before(page: Page, start: int) -> str:
    """The word before a character, without the article between."""
    words = page.text[max(0, start - 14) : start].lower().split()
    return next((word for word in reversed(words) if word not in ("the", "a", "early", "late")), "")


def _spots(page: Page, places: Sequence[PlaceMention], names: Sequence[Name]) -> dict[tuple[int, int], float]:
    """Where places stand that are no government and nobody's name, with what counts for their kind."""
    seen = {(p.start, p.end) for p in places}
    people = {word for n in names if n.kind == "PERSON" for word in (n.text, n.text.split()[-1])}
    spots = {(p.start, p.end): KINDS[p.kind] for p in places if p.usage == "mentioned" and p.text not in people}
    for n in names:
        if (n.start, n.end) not in seen and (
            n.kind == "PLACE" or (n.kind == "ORGANIZATION" and _before(page, n.start) in _HOUSED)
        ):
            spots[n.start, n.end] = KINDS["facility"]
    if not names:
        spots |= {span: 0.0 for span in _capitals(page) if span not in seen}
    return spots


def _capitals(page: Page) -> Iterator[tuple[int, int]]:
    """Words with capitals behind a preposition of place, where no names are known."""
    n = len(page.word)
    for i in range(n - 1):
        if page.low[i] in _AT or page.low[i] in ("from", "to"):
            first = last = i + 1 + (page.low[i + 1] == "the")
            while last < n and page.word[last][0].isupper() and page.low[last] not in BREAKS:
                if last > first and page.start[last] - page.end[last - 1] > 1:
                    break
                last += 1
            if last > first:
                yield page.span(first, last)
