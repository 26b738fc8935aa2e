"""Quotations and attributed statements: what a text says that somebody said, in whose words, and who.

A quotation is *direct* where the speaker's own words stand between marks (four fifths of its letters or more), *mixed* where a
statement holds some of them, *indirect* where the reporter words it. Direct speech that its attribution interrupts (`"We left,"
she said, "at dawn."`) is one quote a piece, with one speaker and one cue; over several paragraphs, each opened by a mark, it is
one quote.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from tasks.extract.cast import cast
from tasks.extract.cues import LEXICONS, TELLTALES
from tasks.extract.quote_marks import all_quoted
from tasks.extract.quote_reader import Kind, Piece, Reader
from tasks.extract.quote_words import stream
from tasks.extract.sources import Scene
from tasks.words import normal_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.extract.quote_words import Stream
    from tasks.extract.sources import Words

TOLD_BY = 1_500  # characters of a text that tell its language


@dataclass(frozen=True, slots=True)
class Quote:
    """Something said. `text` is `body[start:end]`; offsets are Unicode code points.

    `speaker` is a person's name as printed in full elsewhere in the text where it is, else an organisation or role; None where
    the text does not tell. `speaker_text` and `cue` are the words of the attribution as they stand.
    """

    kind: Kind
    start: int
    end: int
    text: str
    speaker: str | None
    speaker_text: str | None
    speaker_start: int | None
    speaker_end: int | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    confidence: float


def quotes(text: str, language: str | None = None, *, people: Sequence[tuple[int, int, str]] = ()) -> list[Quote]:
    """The quotations and attributed statements of a text, in order of their beginning.

    `language` (ISO 639-1) is told by common words where it is None; indirect statements are read in English only. `people` are
    names found by an entity recogniser: start, end, full name.
    """
    marks = all_quoted(text)
    language = language or _language(text)
    lexicon = LEXICONS.get(language, LEXICONS["en"])
    words = stream(text, marks, lexicon.verbs, language)
    scene = Scene(words, cast(words, lexicon.speech, people, plain=lexicon.plain), lexicon)
    found = [_quote(words, piece) for piece in Reader(scene, marks).read()]
    return sorted(found, key=lambda quote: (quote.start, -quote.end))


def quote_key(text: str) -> str:
    """A key that the same words share wherever they are printed: case, punctuation and marks do not count; "" without words."""
    words = normal_words(text)
    return blake2b(" ".join(words).encode(), digest_size=8).hexdigest() if words else ""


def _language(text: str) -> str:
    words = text[:TOLD_BY].lower().split()
    return max(TELLTALES, key=lambda code: sum(word in TELLTALES[code] for word in words))


def _quote(words: Stream, piece: Piece) -> Quote:
    text, said = words.text, piece.said
    speaker_start, speaker_end = _characters(words, said.source)
    cue_start, cue_end = _characters(words, said.cue)
    return Quote(
        kind=piece.kind,
        start=piece.start,
        end=piece.end,
        text=text[piece.start : piece.end],
        speaker=said.name,
        speaker_text=text[speaker_start:speaker_end] if said.source else None,
        speaker_start=speaker_start,
        speaker_end=speaker_end,
        cue=text[cue_start:cue_end] if said.cue else None,
        cue_start=cue_start,
        cue_end=cue_end,
        confidence=round(said.sure, 2),
    )


def _characters(words: Stream, span: Words | None) -> tuple[int, int] | tuple[None, None]:
    return (words.start[span.first], words.end[span.last - 1]) if span else (None, None)
