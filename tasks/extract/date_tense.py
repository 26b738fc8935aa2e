"""Whether a date is spoken of as past or to come: the verbs and prepositions of its sentence, the nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.extract.date_words import Lexicon, Line

PAST, OPEN, FUTURE = -1, 0, 1
REACH = 28  # tokens looked at on either side
NEAR = 10  # tokens within which a verb of the past outweighs "by"
LINK = 6  # tokens within which "is" says that something lies ahead
LEAD = 5  # tokens between a preposition and its day: "until 9 a.m. Tuesday"
LEADS = "dNcn#pz@P,itAB"  # their classes
STOPS = frozenset(".!?;:")


def tense(line: Line, start: int, end: int, words: Lexicon, *, copula: bool = True) -> int:
    """PAST, FUTURE or OPEN for the date in the tokens from `start` to `end`; without `copula` the verb "is" says nothing."""
    begin = start
    while begin and start - begin < LEAD and (line.kinds[begin - 1] in LEADS or words.has("skipped", line.word(begin - 1))):
        begin -= 1
    before = list(_sentence(line, range(begin - 1, max(-1, begin - 1 - REACH), -1)))
    after = list(_sentence(line, range(end, min(len(line.pieces), end + REACH))))
    lead, further = (*before[:2], "", "")[:2]
    if words.has("since", lead):
        return PAST
    if words.has("until", lead):
        return PAST if any(words.has("lasting", word) for word in before[1:5]) else FUTURE
    if lead == "as" and words.has("soon", further):
        return FUTURE
    found, distance = _backwards(before, words, copula=copula)
    if words.has("bound", lead) and not (found == PAST and distance <= NEAR and not words.has("commit", further)):
        return FUTURE
    if found == FUTURE and after and is_past(after[0], words) and not words.has("told", after[0]) and after[1:2] != ["been"]:
        return PAST  # "the talks planned for Friday were held"
    return found or _forwards(after, words, begins=len(before) < 2)


def is_past(word: str, words: Lexicon) -> bool:
    """Whether a word is a verb of the past or a participle."""
    if words.has("past", word):
        return True
    return word[:1].islower() and len(word) > 3 and word.endswith(words.past_endings) and not words.has("not-past", word)


def _is_future(word: str, words: Lexicon) -> bool:
    return words.has("future", word) or (word[:1].islower() and word.endswith(words.future_endings))


def _sentence(line: Line, places: range) -> Iterator[str]:
    """The words as they are written, up to the end of the sentence; its first word in small letters."""
    for at in places:
        word = line.pieces[at].rstrip()
        if word in STOPS or not word:
            return
        first = at == 0 or line.word(at - 1) in STOPS or line.kinds[at - 1] == "¶"
        yield (word.lower() if first else word).replace("’", "'")


def _backwards(texts: Sequence[str], words: Lexicon, *, copula: bool) -> tuple[int, int]:
    """What the nearest telling word before a date says, and how far away it is."""
    endings = words.past_endings + words.future_endings
    for at, word in enumerate(texts):
        if word.lower() not in words.verbs and not word.endswith(endings):
            continue
        before, after = texts[at + 1] if at + 1 < len(texts) else "", texts[at - 1] if at else ""
        sense = _told(texts[at:], after, texts[at - 2] if at > 1 else "", words)
        if sense == OPEN:
            sense = _one(word, before, after, words, near=at <= 1)
        if sense == OPEN and copula and words.has("present", word) and at <= LINK:
            sense = FUTURE
        if sense == OPEN and words.has("pronouns", word.lower()) and after[:1].islower() and not is_past(after, words):
            sense = FUTURE  # "we try again on Monday"
        if sense != OPEN:
            return sense, at
    return OPEN, len(texts)


def _told(texts: Sequence[str], after: str, later: str, words: Lexicon) -> int:
    """What plans, infinitives and verbs in the present say; `texts` are the word and those before it, the nearest first."""
    word, before, earlier, first = (*texts[:4], "", "", "")[:4]
    if words.has("to", word) and after.islower() and not words.has("articles", after):
        return _infinitive(before, earlier, words)
    if words.has("perfect", before) and words.has("to", earlier) and first in {"was", "were"}:
        return FUTURE  # "was to have led": it was to come
    if words.has("fixed", word):
        held = words.has("to", before) or words.has("be", before) or words.has("modal", before)
        return FUTURE if words.has("fixed-for", after) else OPEN if held else PAST
    if words.has("planned", word) and not words.has("articles", before):
        reason = words.has("to", after) and words.has("articles", later)  # "due to its loss"
        return OPEN if reason else PAST if words.has("been", before) else FUTURE
    return _governed(word, before, words) if words.has("scheduled", word) else OPEN


def _forwards(texts: Sequence[str], words: Lexicon, *, begins: bool) -> int:
    """What the nearest telling word behind a date says; `begins`: the date begins its sentence."""
    for at, word in enumerate(texts):
        before, after = texts[at - 1] if at else "", texts[at + 1] if at + 1 < len(texts) else ""
        if words.has("to", word) and words.has("present", before):
            return FUTURE
        if begins and words.has("scheduled", word) and not words.has("articles", before):
            return FUTURE
        sense = _one(word, before, after, words, near=False)
        if sense != OPEN:
            return sense
    return OPEN


def _one(word: str, before: str, after: str, words: Lexicon, *, near: bool) -> int:
    """What one verb says by itself."""
    if _is_future(word, words):
        return PAST if word.startswith("would") and words.has("perfect", after) else FUTURE
    if words.has("modal", word):
        return PAST if words.has("not", after) or words.has("perfect", after) else FUTURE
    if not is_past(word, words) or words.has("to", before) or words.has("modal", before) or _is_future(before, words):
        return OPEN  # "to put", "will read"
    if words.has("present", before) and not words.has("believed", word):
        return FUTURE if near else OPEN  # "is opened on Monday"
    adjective = words.has("adverbs", before) and not words.has("past", word) and after[:1].islower()
    return OPEN if adjective or words.has("be", before) else PAST


def _infinitive(governor: str, before: str, words: Lexicon) -> int:
    """What "to open on Friday" says, by the word it hangs on and the one before that."""
    if any(words.has(name, governor) for name in ("commit", "planned", "present", "fixed")):
        return PAST if words.has("been", before) else FUTURE
    return OPEN if is_past(governor, words) or not governor[:1].islower() else FUTURE


def _governed(word: str, before: str, words: Lexicon) -> int:
    """A verb in the present is a plan, unless another one governs it or an article or adjective makes it a noun."""
    if words.has("to", before) or words.has("articles", before) or words.has("modal", before) or _is_future(before, words):
        return OPEN
    if is_past(before, words):
        return PAST
    plural = before.endswith("s") or words.has("pronouns", before.lower())
    return FUTURE if word.endswith("s") or plural else OPEN  # "talks resume", "an imminent visit"
