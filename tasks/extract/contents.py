"""Contents: which words behind a verb of saying are what is said, by what the verb can take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.quote_words import QUOTE
from tasks.extract.sources import Scene, Words
from tasks.extract.word_classes import (
    ENDS,
    FINITE,
    HEARERS,
    MODALS,
    NO_CLAUSE,
    OCCASIONS,
    OWNERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    SUBJECTS,
    TIMES,
    WH,
)

if TYPE_CHECKING:
    from tasks.extract.cue_verbs import Verb

_DATED = frozenset("on in last this late early next".split())
_LOOSE = frozenset("only merely simply earlier later again repeatedly too today recently then back here there once so".split())
_OWN_PREPOSITIONS = frozenset("of about against on for".split())
_LEAD_IN = frozenset("to of about for on against as".split())
_AFTER_HER = TIMES | OWNERS | PREPOSITIONS | frozenset("that this last earlier later how why what when where".split())
_BEHIND_HEARER = frozenset("that to in on at".split())
_NO_CONTINUATION = frozenset("and but who which while as where when although though or with according".split())
_QUOTES_NEAR = frozenset("kon")
_TOOK = frozenset(
    "took came went made gave ran drew began won lost left led held brought was is had has will would could".split()
)
_BEFORE_MORE = frozenset((",", ":", ".", ")", "–", "—", "-", "and", "but", "or"))
_SAY = frozenset(("say", "tell"))


def behind(scene: Scene, at: int, verb: Verb, last: int) -> Words | None:
    """What is said behind the verb at word `at`, before word `last`; None where it says nothing there."""
    low, frames = scene.stream.low, verb.frames
    begun = k = at + 1 + ("q" in frames and low[at + 1] in ("out", "back"))  # "blurted out"
    heard = _past_hearer(scene, k, last)
    named = k in scene.cast.at or low[k] in HEARERS
    asked = "h" in frames and heard < last and low[heard] in WH
    if "r" in frames or asked or (named and low[heard : heard + 1] == ["that"]):
        k = heard
    k = past_times(scene, k, last)
    if k < last and low[k] in _LEAD_IN and (own := _governed(scene, k, verb, last)):
        return own
    k, that = _past_circumstances(scene, k, last)
    if k >= last or low[k] in ENDS:
        return None
    if low[k] == ":":
        return Words(k + 1, last) if k + 1 < last else None
    if low[k] == ",":
        return _behind_comma(scene, k, frames, last)
    if low[k] == QUOTE:
        return Words(k, last) if not frames.isdisjoint("qctkonp") else None
    if that:
        return Words(k, last) if not frames.isdisjoint("ct") else None
    return _bare(scene, k, verb, last) if k >= begun else None


def behind_subject(scene: Scene, k: int, last: int) -> Words | None:
    """The quotation that goes on behind `“…,” said Ada Brink` and what is added to her name; `k` is the word behind it."""
    low = scene.stream.low
    while k < last and low[k] not in (QUOTE, ".", ":", ";", "that") and low[k] not in scene.lexicon.verbs:
        k += 1
    return Words(k, last) if k < last and low[k] == QUOTE and low[k - 1] in _BEFORE_MORE else None


def quotation_behind(scene: Scene, i: int, last: int) -> Words | None:
    """The quotation behind a verb and when, where and to whom it was said, in other languages than English."""
    low = scene.stream.low
    for k in range(i + 1, min(i + 12, last)):
        if low[k] == QUOTE:
            return Words(k, last)
        if low[k] in ENDS or low[k] in scene.lexicon.breaks:
            break
    return None


def past_times(scene: Scene, k: int, last: int) -> int:
    """Behind a time: "on Monday", "last week"."""
    low = scene.stream.low
    while k < last:
        if low[k] in TIMES:
            k += 1
        elif low[k] in _DATED and k + 1 < last and (low[k + 1] in TIMES or (low[k + 1].isdigit() and len(low[k + 1]) == 4)):
            k += 2
        else:
            break
    return k


def _past_hearer(scene: Scene, k: int, last: int) -> int:
    """Behind whom it is said to: "told reporters", "told the court", "told the broadcaster Radio Weser"."""
    low = scene.stream.low
    if k >= last or low[k] in PREPOSITIONS:
        return k
    mention = scene.cast.at.get(k)
    if mention is not None:
        k = mention.last
        return k + 1 if k < last and low[k] in POSSESSIVES and not scene.cast.at.get(k + 1) else k
    i = k
    if low[k] == "her" and low[k + 1].isalpha() and low[k + 1] not in PRONOUNS and low[k + 1] not in _AFTER_HER:
        i += 1  # "told her supporters"
    while i < min(last, k + 9) and low[i] not in STOPS and low[i] not in _BEHIND_HEARER:
        if i > k and (low[i] in OWNERS or low[i] in PRONOUNS):
            return i
        i += 1
        if low[i - 1] in HEARERS:
            return next((j for j in range(i, min(i + 6, last)) if low[j] == "that" and not any(w in STOPS for w in low[i:j])), i)
    return i if k < i < last and (low[i] in STOPS or low[i] in _BEHIND_HEARER) and low[i] != "to" else k


def _governed(scene: Scene, k: int, verb: Verb, last: int) -> Words | None:
    """What is said behind a preposition that belongs to the verb: "promised to", "warned of", "called for"."""
    low, frames = scene.stream.low, verb.frames
    w = low[k]
    if w == "to":
        infinitive = verb.lemma != "call" and k + 1 < last and low[k + 1] not in OWNERS and low[k + 1] not in HEARERS
        capital = infinitive and scene.stream.word[k + 1][0].isupper()
        return Words(k, last) if infinitive and not capital and frames & {"w", "u"} else None
    if last - k <= 2 and QUOTE not in low[k:last]:
        return None
    if verb.lemma == "call" and w in ("for", "on"):
        if low[k + 1] in TIMES:
            return None
        return Words(k + 1, last)
    if w in ("on", "for") and "o" not in frames and verb.lemma not in ("apologize", "apologise", "comment"):
        return None
    if w in _OWN_PREPOSITIONS and frames & {"p", "o"} and low[k + 1] not in TIMES:
        return Words(k + 1, last)
    return Words(k, last) if w == "as" and "k" in frames else None


def _past_circumstances(scene: Scene, k: int, last: int) -> tuple[int, bool]:
    """Behind when, where and how it is said; whether a "that" ends them."""
    low = scene.stream.low
    while k < last:
        w = low[k]
        if w == "that":
            following = low[k + 1] if k + 1 < last else ""
            pronoun = following in FINITE and following not in POSSESSIVES
            return (k, False) if pronoun else (k + 1, True)
        if w in _LOOSE and "that" in low[k : k + 8] and low[k + 1] not in FINITE:
            k += 1
        elif (end := past_times(scene, k, last)) > k or (w in PREPOSITIONS and (end := _past_occasion(scene, k, last)) > k):
            k = end
        else:
            break
    return k, False


def _past_occasion(scene: Scene, k: int, last: int) -> int:
    """Behind "in a statement", "at a rally in Ohio"; and behind any phrase that a "that" or a quotation ends."""
    low = scene.stream.low
    for i in range(k + 1, min(k + 14, last)):
        w = low[i]
        if w == "that" and (low[i + 1] in _TOOK or low[i + 1].endswith("ed")):
            continue  # "in a ruling that took two hours to read"
        if w in ("that", ":") or (w == QUOTE and _is_occasion(scene, i - 1)) or (w == "," and low[i + 1 : i + 2] == [QUOTE]):
            return i
        if (w in STOPS and w != ",") or w in SUBJECTS or w in FINITE or (w in scene.lexicon.speech and w not in OCCASIONS):
            break
    for i in range(k + 1, min(k + 7, last)):
        if low[i] in OCCASIONS and (i + 1 >= last or low[i + 1] not in OCCASIONS):
            return i + 1
        if low[i] in STOPS or low[i] in SUBJECTS or low[i] in FINITE:
            break
    return k


def _is_occasion(scene: Scene, i: int) -> bool:
    w = scene.stream.low[i]
    return w in OCCASIONS or w in HEARERS or w in TIMES or scene.stream.word[i][0].isupper()


def _behind_comma(scene: Scene, comma: int, frames: frozenset[str], last: int) -> Words | None:
    """What is said behind a verb and a comma: a quotation, or what goes on with the clause before the attribution."""
    low = scene.stream.low
    k = comma + 1
    if k >= last:
        return None
    if low[k] == QUOTE:
        return Words(k, last)
    verb = scene.lexicon.verbs.get(low[k])
    if (verb is not None and verb.form == "ing") or low[k] in _NO_CONTINUATION:
        return None
    for j in range(k, min(k + 14, last - 1)):
        if low[j] == "," and low[j + 1] == "that":  # "said, among other things, that"
            return Words(j + 2, last)
        if low[j] in FINITE and "c" in frames:
            break
        if low[j] == "," and low[j + 1] == QUOTE and "q" in frames:
            return Words(j + 1, last)
    return Words(k, last) if "c" in frames else None


def _bare(scene: Scene, k: int, verb: Verb, last: int) -> Words | None:
    """What is said behind a verb without "that", quotation or comma."""
    low, frames = scene.stream.low, verb.frames
    w, rest = low[k], low[k:last]
    if w in WH and not frames.isdisjoint("hctp"):
        return Words(k, last)
    if w in MODALS and low[k + 1] == "that":
        return None  # "all they say is that"
    if w in NO_CLAUSE:
        quote = next((j for j in range(k, min(k + 16, last)) if low[j] == QUOTE and low[j - 1] in (",", ":")), None)
        return Words(quote, last) if quote is not None and "q" in frames else None
    if "c" in frames and _clausal(scene, k, last, said=verb.lemma in _SAY):
        return Words(k, last)
    if "u" in frames and "to" in rest[:12]:
        return Words(k, last)
    if w in PREPOSITIONS:
        return None
    if QUOTE in rest[: 13 if frames & _QUOTES_NEAR else 4] and not frames.isdisjoint("kontc"):
        return Words(k, last)
    if "o" in frames and len(rest) >= 3 and not {"of", "for", "over", "as"}.isdisjoint(rest[1:20]):
        return Words(k, last)
    if verb.lemma == "call" and {"a", "an", "the"}.isdisjoint(rest[1:8]):
        return None
    if ("k" in frames and "n" not in frames and len(rest) >= 3) or ("n" in frames and len(rest) >= 4):
        return Words(k, last)
    return None


def _clausal(scene: Scene, k: int, last: int, *, said: bool) -> bool:
    """Whether a clause begins at word `k`: a subject, and a finite verb soon; "said" takes little else."""
    low = scene.stream.low
    if last - k < 2 or (low[k + 1] in ENDS and last - k == 2):
        return said and low[k] in ("yes", "no")
    if low[k] in PRONOUNS:
        return True
    if low[k] in PREPOSITIONS and not said:
        return False
    if any(low[j] in FINITE for j in range(k + 1, min(k + (20 if said else 12), last))):
        return True
    return said and low[k] not in PREPOSITIONS and last - k >= 3
