"""Attributions in a sentence: which words are said, by whose words, and by what cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.extract.attribution import Attribution, Reading
from tasks.extract.bounds import bounded
from tasks.extract.clauses import around, before, clause_start, to_comma, to_verb
from tasks.extract.contents import behind, behind_subject, past_times, quotation_behind
from tasks.extract.cue_verbs import NOUNS, SHOWING, SHOWS
from tasks.extract.phrases import before_adverbs
from tasks.extract.quote_words import LINE, QUOTE
from tasks.extract.sources import Scene, Words, heads, right_of
from tasks.extract.subjects import is_body, subject, subject_of
from tasks.extract.word_classes import (
    BE,
    BEFORE_PARTICIPLE,
    COMMAS,
    FINITE,
    HARD_NOUNS,
    NOT_CALLING,
    OCCASIONS,
    OWNERS,
    PERFECT,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    SUBORDINATE,
    TIMES,
    adverb,
)

if TYPE_CHECKING:
    from tasks.extract.cue_verbs import Verb
    from tasks.extract.subjects import Subject

_ASKED = frozenset("whether if why how what about".split())
_PLURAL = frozenset("i we they you people who , ) police men women some many others".split())
_TWICE = frozenset("tried sought seeks tries on continued began continues goes".split())  # "went on to say"
_SET_IN = frozenset("because that but and if since while so which where when although".split())
_CALLING = frozenset("call label dub brand term".split())
_NO_CALLERS = frozenset("a an one who which".split())


def attributions(scene: Scene, first: int, last: int) -> list[Attribution]:
    """The attributions of the sentence from word `first` up to `last`, in order."""
    low, verbs = scene.stream.low, scene.lexicon.verbs
    prepositions = {words[0] for words in scene.lexicon.according}
    at = Reading(first, first, last, [])
    for i in [i for i, word in enumerate(low[first:last], first) if word in verbs or word in prepositions]:
        if i < at.floor:
            continue
        made = None
        if low[i] in verbs and _is_word(scene, i, last):
            made = _spoken(scene, i, verbs[low[i]], at)
        elif low[i] in prepositions and (length := _according(scene, i, last)):
            made = _by_preposition(scene, i, i + length, at)
        if made is not None:
            at.found[:] = [inner for inner in at.found if not _swallowed(scene, inner, made)]
            at.found.append(made)
            if not _in_relative(scene, made):
                behind_source = made.source.last if made.source and made.source.first >= i else 0
                at = at._replace(floor=max(made.cue.last, behind_source))
    return bounded(scene, at.found, last)


def _is_word(scene: Scene, i: int, last: int) -> bool:
    """Whether a word is no part of a name: in small letters, or all words beside it have capitals too, as in a headline."""
    word = scene.stream.word
    if not word[i][0].isupper() or word[i - 1] == LINE or word[i - 1] in STOPS:
        return True
    return word[i - 1][0].isupper() and i + 1 < last and (word[i + 1][0].isupper() or word[i + 1] == QUOTE)


def _in_relative(scene: Scene, made: Attribution) -> bool:
    """Whether an attribution stands in a clause between a subject and its verb: "Brink, who denied it, said"."""
    source = made.source
    return source is not None and source.last < made.cue.first and scene.stream.low[source.last : source.last + 2] == [",", "who"]


def _swallowed(scene: Scene, inner: Attribution, outer: Attribution) -> bool:
    """Whether an attribution within what another one says is none for itself: no clause and no quotation follows it."""
    low = scene.stream.low
    if not inner.contents or not any(c.first <= inner.cue.first < c.last for c in outer.contents):
        return False
    verb = scene.lexicon.verbs.get(low[inner.cue.first])
    first = inner.contents[0].first
    weak = verb is not None and not verb.frames.isdisjoint("nkwuop")
    return weak and low[first] != QUOTE and low[first - 1] != "that"


def _according(scene: Scene, i: int, last: int) -> int:
    """How many words "according to" has that begins at word `i`; 0 if it does not."""
    low = scene.stream.low
    for words in scene.lexicon.according:
        if low[i] == words[0] and (len(words) == 1 or (i + len(words) < last and tuple(low[i : i + len(words)]) == words)):
            return len(words)
    return 0


def _by_preposition(scene: Scene, i: int, then: int, at: Reading) -> Attribution | None:
    """What "according to" attributes: what stands before it in the sentence, else behind the comma."""
    low = scene.stream.low
    source = right_of(scene, then, at.last)
    if source is None:
        return None
    start = clause_start(scene, at, i)
    front = Words(start, i - 1 if low[i - 1] in COMMAS and i > start else i)
    comma = source.last
    while comma < at.last and low[comma] not in (",", QUOTE, ":", "."):
        comma += 1
    set_in = front.last > front.first and low[front.last - 1] in _SET_IN  # "because, according to the police, …"
    if not set_in and (front.last - front.first >= 3 or QUOTE in low[front.first : front.last]):
        more = (Words(comma + 1, comma + 2),) if comma + 1 < at.last and low[comma + 1] == QUOTE else ()
        return Attribution(Words(i, then), source, (front, *more), shared=False, sure=0.9)
    if comma < at.last and low[comma] in (",", QUOTE):
        content = Words(comma + (low[comma] == ","), at.last)
        return Attribution(Words(i, then), source, (content,), shared=False, sure=0.9)
    return None


def _spoken(scene: Scene, i: int, verb: Verb, at: Reading) -> Attribution | None:
    """The attribution by the verb at word `i`."""
    low = scene.stream.low
    if verb.particle and low[i + 1] != verb.particle:
        return None
    owners = OWNERS if scene.lexicon.english else scene.lexicon.articles
    if i > at.first and (low[i - 1] in owners or (low[i - 1] in scene.lexicon.prepositions and verb.form == "fin")):
        return None  # "the alleged thief", "in pledged votes"
    head = before_adverbs(scene, i, at.floor)
    between = low[head:i]
    passive = any(w in BE and (w[0] not in "'’" or low[i - 2] in PRONOUNS) for w in between)
    if verb.form == "ing":
        return _clause(scene, i, verb, at) if passive else _participle(scene, i, verb, at)
    if verb.lemma == "ask" and verb.form == "fin" and (passive or head == at.floor or low[head - 1] in ("when", ",")):
        asked = _asked(scene, i, at.last)
        if asked or passive:
            return asked
    return _clause(scene, i, verb, at) if _is_active(scene, i, verb, head, at.floor, passive=passive) else None


def _is_active(scene: Scene, i: int, verb: Verb, head: int, floor: int, *, passive: bool) -> bool:
    """Whether a verb of saying that is no participle in -ing is said of its subject: not "is said", "was told"."""
    low = scene.stream.low
    between = low[head:i]
    perfect = not PERFECT.isdisjoint(between)
    contracted = low[i - 1] in POSSESSIVES and low[i - 2] in ("he", "she", "it", "who") and low[i] != "called"  # "he's said"
    if verb.lemma == "say" and low[i - 1] == low[i + 1] == ",":
        return False  # "rather than, say, a boat"
    if any(w in ("not", "never") or w.endswith(("n't", "n’t")) for w in between) and "only" not in between:
        return False  # what somebody did not say
    if "been" in between or (passive and not perfect and not contracted):
        return False
    if verb.form == "pp":
        return perfect
    return verb.form != "base" or _is_main(scene, i, head, floor)


def _is_main(scene: Scene, i: int, head: int, floor: int) -> bool:
    """Whether a verb without ending is a main verb: of several, of "I" and "we", or behind a modal verb."""
    low = scene.stream.low
    if i > floor and low[i - 1] == "to":
        return i - 2 >= floor and low[i - 2] in _TWICE
    if any(w in FINITE for w in low[head:i]) or low[i + 1] == QUOTE:
        return True
    several = low[head - 1].endswith("s") or low[head - 1] in _PLURAL or "and" in low[max(floor, head - 3) : head - 1]
    return head > floor and several


def _asked(scene: Scene, i: int, last: int) -> Attribution | None:
    """What somebody, mostly unnamed, wanted to know: "asked whether"."""
    low = scene.stream.low
    k = i + 1
    source = right_of(scene, k + 1, last) if k < last and low[k] == "by" else None
    k = past_times(scene, source.last if source else k, last)
    if k >= last or low[k] not in _ASKED:
        return None
    k += low[k] == "about"
    end = next((j for j in range(k, last) if low[j] in STOPS and low[j] != ":"), last)
    return Attribution(Words(i, i + 1), source, (Words(k, end),), shared=False, sure=0.6) if end - k >= 2 else None


def _participle(scene: Scene, i: int, verb: Verb, at: Reading) -> Attribution | None:
    """What a participle says (", adding that"): its subject is that of the attribution before it, else the sentence's."""
    low = scene.stream.low
    content = behind(scene, i, verb, at.last)
    if content is None:
        return None
    cue, head = Words(i, i + 1), i
    while head > at.floor and adverb(low[head - 1]):
        head -= 1
    clause = low[content.first] in ("to", QUOTE) or low[content.first - 1] == "that"
    if head > at.first and low[head - 1] not in BEFORE_PARTICIPLE:
        if QUOTE not in low[content.first : content.first + 6] and low[i + 1] != "that" and low[head - 1] not in OCCASIONS:
            return None
        mention = scene.cast.at.get(head - 1)
        if mention is not None:  # "with Brink saying"
            return Attribution(cue, Words(mention.first, mention.last), (content,), shared=False, sure=0.75)
    if head == at.first or (head == at.first + 1 and (low[head - 1] in SUBORDINATE or low[head - 1] in PREPOSITIONS)):
        content = to_comma(scene, content)
    elif low[head - 1] == "and" and not at.found and not clause:
        return None
    if at.found:
        return Attribution(cue, at.found[-1].source, (content,), shared=True, sure=0.85)
    return Attribution(cue, subject_of(scene, at.first, head), (content,), shared=False, sure=0.7)


def _clause(scene: Scene, i: int, verb: Verb, at: Reading) -> Attribution | None:
    """A finite verb of saying with its subject and what is said, before it, behind it or around it."""
    low = scene.stream.low
    found = subject(scene, i, at, verb.frames, base=verb.form == "base")
    if found is None or (low[i] in NOUNS and (found.source is None or low[i - 1] in PREPOSITIONS or low[i - 1] in POSSESSIVES)):
        return None
    source, begin = found.source, found.begin
    leads = begin > at.first and not found.inverted and (begin - 1 == at.first or low[begin - 2] in COMMAS)
    lead = low[begin - 1] if leads else ""
    if lead == "as" and (low[i + 1] in STOPS or low[i + 1] in PREPOSITIONS or low[i + 1] in TIMES):
        return _comment(scene, i, source, begin - 1, at)
    after = _after(scene, i, verb, found, at.last)
    if not found.inverted and not _says(scene, i, verb, source, after):
        return None
    if after and lead in SUBORDINATE:
        after = to_comma(scene, after)
    elif after and source and source.last < i and low[source.last : source.last + 2] == [",", "who"]:
        after = to_verb(scene, after)
    front = before(scene, begin, at, whole="c" in verb.frames and "would" not in low[begin:i])
    contents = around(scene, Words(i, at.last), front, after, verb, inverted=found.inverted)
    if not contents and low[at.last - 1] != ":":
        return None
    return Attribution(Words(i, i + 1 + bool(verb.particle)), source, contents, shared=found.shared, sure=0.9)


def _after(scene: Scene, i: int, verb: Verb, found: Subject, last: int) -> Words | None:
    """What is said behind the verb at word `i` and, if they are inverted, its subject."""
    if found.inverted and found.source:
        return behind_subject(scene, found.source.last, last)
    if scene.lexicon.english:
        return behind(scene, i + bool(verb.particle), verb, last)
    return quotation_behind(scene, i, last)


def _says(scene: Scene, i: int, verb: Verb, source: Words | None, after: Words | None) -> bool:
    """Whether a form that may be a noun, or another sense of the verb, says something here."""
    low = scene.stream.low
    if verb.lemma in SHOWS:
        clause = after is not None and (low[after.first - 1] == "that" or QUOTE in low[after.first : after.last])
        return clause and source is not None and not SHOWING.isdisjoint(low[source.first : source.last])
    if verb.particle == "on":  # "went on"
        return low[i + 2] in STOPS
    personal = source is not None and (
        heads(scene, source) is not None or low[source.first] in PRONOUNS or is_body(scene, source)
    )
    if verb.lemma in _CALLING and after is not None:
        if low[i + 1] in NOT_CALLING and verb.lemma == "call":
            return False
        if low[i + 1] == QUOTE or scene.stream.word[i + 1][0].isupper():  # not "a website called X"
            return personal or (verb.lemma == "call" and source is not None and low[source.first] not in _NO_CALLERS)
    if low[i] not in NOUNS or personal:
        return True
    if after is None or QUOTE in low[after.first : after.first + 8] or low[after.first - 1] == "that":
        return after is not None
    return "c" in verb.frames and low[i] not in HARD_NOUNS and any(w in FINITE for w in low[after.first : after.first + 12])


def _comment(scene: Scene, i: int, source: Words | None, as_: int, at: Reading) -> Attribution | None:
    """What is said "as somebody said": what stands before the comma, or behind one."""
    low = scene.stream.low
    start = clause_start(scene, at, as_ - 1) if as_ > at.first else as_
    if as_ - 1 - start >= 3:
        return Attribution(Words(i, i + 1), source, (Words(start, as_ - 1),), shared=False, sure=0.8)
    comma = next((j for j in range(i + 1, min(i + 14, at.last)) if low[j] in (",", ":")), at.last)
    if comma + 1 >= at.last:
        return None
    return Attribution(Words(i, i + 1), source, (Words(comma + 1, at.last),), shared=False, sure=0.8)
