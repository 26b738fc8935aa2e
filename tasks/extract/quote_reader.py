"""Reads a text sentence by sentence, cues first, then the quotations that no cue covers, and remembers who spoke last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tasks.extract.attribution import Attribution
from tasks.extract.clauses import is_title
from tasks.extract.quote_words import LINE, QUOTE
from tasks.extract.sources import Scene, Words
from tasks.extract.speakers import NOBODY, Said, Speakers
from tasks.extract.statements import attributions
from tasks.extract.subjects import subject_of
from tasks.extract.word_classes import CHORUS, DASHES, POSSESSIVES, STOPS, WORDED
from tasks.words import SPACELESS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.extract.quote_marks import Quoted

Kind = Literal["direct", "mixed", "indirect"]
LONGEST = 300  # words of a sentence, a quotation being one: longer ones are tables and lists
MOSTLY = 0.8  # of a content's letters within marks make it direct
SET_OFF = 4  # words of a quotation that stands behind a comma or colon by itself, behind as many words or more
UTTERED = (
    5  # words of a quotation that is taken for speech without any cue; in scripts without blanks, three times as many characters
)
NEAR = 8  # words between a quotation and the name of its speaker, where no cue tells
_LABEL = re.compile(r"\s*([A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3})(:)\s+(?=\S)")  # "BRINK: Well …" in transcripts
_SPACELESS = re.compile(rf"[{SPACELESS}]")


class Piece(NamedTuple):
    """Characters that are said, by whom; the number of the quotation that they are, if they are one."""

    kind: Kind
    start: int
    end: int
    said: Said
    mark: int | None


class Reader:
    """What is said in a text."""

    __slots__ = ("_last", "_last_line", "_marks", "_pieces", "_scene", "_speakers", "_taken")

    def __init__(self, scene: Scene, marks: Sequence[Quoted]) -> None:
        self._scene = scene
        self._marks = marks
        self._speakers = Speakers(scene)
        self._pieces: list[Piece] = []
        self._taken: set[int] = set()  # quotations that are direct pieces
        self._last = NOBODY
        self._last_line = 0

    def read(self) -> list[Piece]:
        """Everything said, in the order in which it was found."""
        low = self._scene.stream.low
        line = 0
        pending = NOBODY  # who says what the next line quotes
        silent: Words | None = None  # the sentence before in the same line, if nothing is said in it
        for n, (first, last) in enumerate(self._scene.stream.sentences):
            sentence = Words(first, last)
            if low[first - 1] == LINE:
                line += 1
                silent = None
            if pending is not NOBODY and low[first] == QUOTE:
                self._last, self._last_line = pending, line
            before = self._last
            pending, covered = self._cued(sentence, n, line)
            quotations = [i for i, word in enumerate(low[first:last], first) if word == QUOTE]
            for i in quotations:
                if i not in covered:
                    self._uncued(i, sentence, silent, n, line)
            silent = sentence if self._last is before and not quotations else None
        return list(self._joined())

    def _cued(self, sentence: Words, n: int, line: int) -> tuple[Said, set[int]]:
        """Take what a sentence's cues say; who says what comes next, and the quotations that are covered."""
        low = self._scene.stream.low
        here, pending, covered = NOBODY, NOBODY, set[int]()
        if sentence.last - sentence.first > LONGEST:
            return NOBODY, covered
        for made in attributions(self._scene, sentence.first, sentence.last):
            said = self._speakers.of(made, n, here)
            for content in made.contents:
                covered.update([i for i, word in enumerate(low[content.first : content.last], content.first) if word == QUOTE])
                self._pieces.extend(self._cut(content, said))
            pending = NOBODY if made.contents else said
            if made.source or not made.contents or made.contents[0].first < made.cue.first:  # else "asked whether", by nobody
                here = said
        if here is not NOBODY and pending is NOBODY:
            self._last, self._last_line = here, line
        if pending is NOBODY and low[sentence.last - 1] == ":":
            pending = self._by_subject(sentence, n)
        return pending, covered

    def _by_subject(self, sentence: Words, n: int) -> Said:
        """The person who is a sentence's subject, as one who says what stands behind it."""
        source = subject_of(self._scene, sentence.first, sentence.last)
        if source is None:
            return NOBODY
        said = self._speakers.of(Attribution(source, source, (), shared=False, sure=0.7), n, NOBODY)
        return said._replace(cue=None) if said.person is not None else NOBODY

    def _uncued(self, i: int, sentence: Words, silent: Words | None, n: int, line: int) -> None:
        """A quotation that no known cue covers: speech if it looks so, by whoever stands beside it or spoke last."""
        number = self._scene.stream.quote[i]
        mark = self._marks[number]
        said = self._labelled(number) or self._beside(i, sentence, n)
        if said is NOBODY:
            if not mark.opened or not self._uttered(i, sentence):
                return
            if silent is not None:
                said = self._by_subject(silent, n - 1)
            whole = i == sentence.first or not self._scene.stream.inner(i)[0].islower()
            if said is NOBODY and whole and line - self._last_line <= 1:
                said = self._last._replace(sure=min(self._last.sure, 0.7))
        if said is not NOBODY:
            self._last, self._last_line = said, line
        self._pieces.append(self._direct(number, said))

    def _labelled(self, number: int) -> Said | None:
        """The speaker whose label begins a turn in a transcript."""
        label = _LABEL.match(self._scene.stream.text, self._marks[number].first, self._marks[number].last)
        if label is None:
            return None
        last = label[1].split()[-1].lower()
        person = next((n for n, person in enumerate(self._scene.cast.people) if person.last == last), None)
        name = label[1] if person is None else self._scene.cast.people[person].name
        return Said(name, person, None, None, 0.8)

    def _beside(self, i: int, sentence: Words, n: int) -> Said:
        """The speaker of a quotation whose cue is no known verb: the subject behind its comma, or that of the words before it."""
        low = self._scene.stream.low
        source: Words | None = None
        cue: Words | None = None
        if self._scene.stream.inner(i)[-1:] == "," and i + 2 < sentence.last:
            source = self._behind(i, sentence.last)
            cue = Words(source.last, source.last + 1) if source else None
        elif i > sentence.first + 1 and low[i - 1] in (":", ",") and self._uttered(i, sentence):
            source = self._in_front(i, sentence.first)
        elif sentence.last == i + 1:
            source = self._captioned(i)
        if source is None:
            cue = _worded(low, i, sentence.first)
            return NOBODY._replace(cue=cue, sure=0.6) if cue else NOBODY
        made = Attribution(cue or source, source, (), shared=False, sure=0.8)
        return self._speakers.of(made, n, NOBODY)._replace(cue=cue)

    def _behind(self, i: int, last: int) -> Words | None:
        """The subject behind a quotation and its comma: a pronoun, or words up to a name that a verb can follow."""
        low, cast = self._scene.stream.low, self._scene.cast
        source = Words(i + 1, i + 2) if low[i + 1] in self._scene.lexicon.pronouns else None
        for mention in cast.within(i + 1, min(i + NEAR, last)):
            if source is None and not any(w in STOPS or w in POSSESSIVES for w in low[i + 1 : mention.first]):
                source = Words(i + 1, mention.last)
        ended = source is None or source.last >= last or low[source.last] in STOPS or low[source.last] in POSSESSIVES
        return None if ended else source

    def _in_front(self, i: int, first: int) -> Words | None:
        """The subject in front of a quotation and its comma or colon: a name right before the colon, else the sentence's."""
        low, cast = self._scene.stream.low, self._scene.cast
        if low[i - 1] == ":":
            for mention in reversed(cast.within(max(first, i - NEAR), i - 1)):
                if mention.last == i - 1 or low[mention.last] in POSSESSIVES:
                    return Words(mention.first, mention.last)
        source = subject_of(self._scene, first, i - 1)
        known = source and (source.first in cast.at or low[source.first] in self._scene.lexicon.pronouns or low[i - 1] == ",")
        return source if known else None

    def _captioned(self, i: int) -> Words | None:
        """The name in the line under a quotation: "— Ada Brink, farmer"."""
        low = self._scene.stream.low
        if low[i + 1] == LINE and low[i + 2] in DASHES:
            for mention in self._scene.cast.within(i + 3, i + NEAR):
                return Words(mention.first, mention.last)
        return None

    def _uttered(self, i: int, sentence: Words) -> bool:
        """Whether a quotation without cue is speech, by its length and how it begins and ends."""
        inner = self._scene.stream.inner(i)
        if not inner:
            return False
        words = inner.count(" ") + 1 + len(_SPACELESS.findall(inner)) // 3 + 2 * (self._scene.stream.word[i + 1][0] == "と")
        if sentence.first == i and sentence.last - i <= 2 and words >= 3:
            return True
        if inner.istitle() or is_title(self._scene, i):
            return False
        low = self._scene.stream.low
        if i > sentence.first and low[i - 1] in (":", ",") and inner[0].isupper() and inner[-1] in ".?!":
            return True
        return words > UTTERED or (words == UTTERED and (inner[-1] in ".?!,。！？" or not inner[0].islower()))

    def _cut(self, content: Words, said: Said) -> Iterator[Piece]:
        """A content as quotes of one kind each."""
        stream = self._scene.stream
        start, end = stream.start[content.first], stream.end[content.last - 1]
        inside = [i for i in range(content.first, content.last) if stream.low[i] == QUOTE]
        if not inside:
            yield Piece("indirect", start, end, said, None)
            return
        last = inside[-1]
        apart = stream.low[last - 1] in (",", ":") and last - content.first > SET_OFF
        set_off = len(inside) == 1 and last == content.last - 1 and apart and stream.inner(last).count(" ") >= SET_OFF - 1
        if self._share(start, end, inside) >= MOSTLY:
            for i in inside:
                if stream.quote[i] not in self._taken:
                    yield self._direct(stream.quote[i], said)
        elif set_off and stream.quote[last] not in self._taken:
            yield Piece("indirect", start, stream.end[last - 2], said, None)
            yield self._direct(stream.quote[last], said)
        else:
            yield Piece("mixed", start, end, said, None)

    def _share(self, start: int, end: int, inside: list[int]) -> float:
        """The share of letters and digits that stand in quotations."""
        stream = self._scene.stream
        every = sum(c.isalnum() for c in stream.text[start:end])
        return sum(c.isalnum() for i in inside for c in stream.text[stream.start[i] : stream.end[i]]) / max(1, every)

    def _direct(self, number: int, said: Said) -> Piece:
        """A quotation as a piece: without marks, blanks and label."""
        mark, text = self._marks[number], self._scene.stream.text
        self._taken.add(number)
        label = _LABEL.match(text, mark.first, mark.last)
        start = label.end() if label else mark.first
        start += len(text[start : mark.last]) - len(text[start : mark.last].lstrip())
        return Piece("direct", start, start + len(text[start : mark.last].rstrip()), said, number)

    def _joined(self) -> Iterator[Piece]:
        """The pieces, those of one quotation over several paragraphs made one; they share the speaker that one of them has."""
        chain: list[Piece] = []
        for piece in self._pieces:
            if chain and self._continues(chain[-1], piece):
                chain.append(piece)
                continue
            yield from _linked(chain)
            chain = [piece]
        yield from _linked(chain)

    def _continues(self, before: Piece, piece: Piece) -> bool:
        """Whether a quotation goes on with one that the paragraph before left open."""
        if before.mark is None or piece.mark is None or piece.mark != before.mark + 1:
            return False
        text = self._scene.stream.text
        one, other = self._marks[before.mark], self._marks[piece.mark]
        same = text[one.start : one.first] == text[other.start : other.first]
        parted = text[one.end : other.start].strip() or _LABEL.match(text, other.first)
        return same and not one.closed and other.opened and not parted


def _worded(low: list[str], i: int, first: int) -> Words | None:
    """The noun that makes a quotation words somebody used: "chants of “…”", "the slogan “…”", "a sign reading “…”"."""
    k = i - (low[i - 1] in (",", ":"))
    of = low[k - 1] == "of"
    k -= of
    return Words(k - 1, k) if k > first and low[k - 1] in (CHORUS if of else WORDED) else None


def _linked(chain: list[Piece]) -> Iterator[Piece]:
    """One piece of several that are one quotation."""
    if chain:
        said = next((piece.said for piece in chain if piece.said.cue is not None), chain[0].said)
        yield chain[0]._replace(end=chain[-1].end, said=said)
