"""Bounds: where what is said ends and the next attribution, or the reporter's own words, begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.quote_words import QUOTE
from tasks.extract.sources import Scene, Words
from tasks.extract.word_classes import (
    BEFORE_QUOTE,
    OCCASIONS,
    PARTING,
    PAST,
    PREPOSITIONS,
    PRESENT,
    RELATIVE,
    SUBORDINATE,
    TAILS,
    TIMES,
)

if TYPE_CHECKING:
    from tasks.extract.attribution import Attribution

_DASHES = frozenset(("—", "–", "--"))
_CONTRASTS = frozenset("but although though while and".split())
_PASSIVE = frozenset("be been being".split())
_WHEN = frozenset("when after as until before while".split())


def bounded(scene: Scene, found: list[Attribution], last: int) -> list[Attribution]:
    """Attributions in order with their contents cut where the next one begins beside them, or the reporter's own words do."""
    cut = []
    for n, made in enumerate(found):
        limit = _limit(scene, made, found[n + 1], last) if n + 1 < len(found) else last
        contents = []
        for content in made.contents:
            end = limit if content.first < limit < content.last else content.last
            behind_cue = content.first > made.cue.first
            end = _spoken_out(scene, content.first, end, alone=behind_cue)
            if behind_cue:
                end = _aside(scene, content.first, end)
            end = _rounded(scene, content.first, end)
            if end > content.first:
                contents.append(Words(content.first, end))
        if contents or (n + 1 == len(found) and scene.stream.low[last - 1] == ":"):
            cut.append(made._replace(contents=tuple(contents)))
    return cut


def _limit(scene: Scene, made: Attribution, following: Attribution, last: int) -> int:
    """Where the next attribution begins, if it stands beside the content before it rather than within."""
    low = scene.stream.low
    limit = following.cue.first
    source = None if following.shared else following.source
    if source and source.first <= made.cue.first:
        return limit  # this one stands within the subject of the next
    if source and made.cue.last <= source.first < limit:
        limit = source.first
    limit = min([limit, *(c.first for c in following.contents if c.last <= limit and c.first > made.cue.first)])
    for i in range(limit - 1, max(limit - 8, made.cue.last), -1):
        if low[i] == "," and (low[i + 1] in PREPOSITIONS or low[i + 1] in SUBORDINATE):
            limit = i + 1
            break
    beside = low[limit - 1] in PARTING or any(c.last <= limit for c in made.contents)
    return limit if beside else last


def _spoken_out(scene: Scene, first: int, end: int, *, alone: bool) -> int:
    """The end of a content at the quotation that ends it with its own comma or stop: what follows is the reporter's."""
    low = scene.stream.low
    for i in range(first, end - 1):
        if low[i] != QUOTE or QUOTE in low[i + 2 : min(i + 4, end)]:
            continue
        then, more = low[i + 1], QUOTE in low[i + 1 : end]
        mark = scene.stream.inner(i)[-1:]
        goes_on = mark == "," and (then in ("because", "that") or (then in ("and", "but") and more))
        stopped = mark in (",", ".", "?", "!") and not goes_on
        parted = then in BEFORE_QUOTE or then == ";" or (then == "," and not (low[i + 2] == "and" and more))
        if stopped or parted or (alone and _told(scene, first, i, end)):
            return i + 1
    return end


def _told(scene: Scene, first: int, i: int, end: int) -> bool:
    """Whether what stands behind a quotation that is all of a content tells when, where or how it was said."""
    low = scene.stream.low
    if i != first or QUOTE in low[i + 1 : end]:
        return False
    if low[i + 1] in _WHEN or low[i + 1] in TIMES:
        return True
    words = low[i + 1 : min(i + 8, end)]
    return low[i + 1] in PREPOSITIONS and any(w in TIMES or w in OCCASIONS for w in words)


def _aside(scene: Scene, first: int, end: int) -> int:
    """The end of a content before a relative clause, a dash or a change to the present tense, which are mostly the reporter's."""
    low = scene.stream.low
    dashes = sum(w in _DASHES for w in low[first:end])
    past = False
    for i in range(first + 1, end - 1):
        ended = low[i - 1].endswith("ed") and low[i - 2] not in PRESENT and low[i - 2] not in _PASSIVE
        past = past or low[i - 1] in PAST or ended
        if i < first + 3:
            continue
        if low[i] in _DASHES and dashes == 1:
            return i
        if low[i] != ",":
            continue
        if low[i + 1] in ("which", "who", "whose") and "," not in low[i + 1 : end] and QUOTE not in low[i:end]:
            return i
        if past and low[i + 1] in _CONTRASTS and low[i + 2] not in RELATIVE and _is_present(low[i + 2 : min(i + 10, end)]):
            return i
    return end


def _is_present(words: list[str]) -> bool:
    """Whether the first finite verb of a clause is in the present tense."""
    finite = next((w for w in words if w in PRESENT or w in PAST or (len(w) > 4 and w.endswith("ed"))), "")
    return finite in PRESENT


def _rounded(scene: Scene, first: int, end: int) -> int:
    """The end of a content without the stops and conjunctions behind it."""
    low = scene.stream.low
    while end > first and low[end - 1] in TAILS:
        end -= 1
    return end
