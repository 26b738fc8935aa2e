"""The structure of a text: its tokens and its sentences, each with its characters.

Offsets are Unicode code points. Every character but white space belongs to exactly one token and exactly one sentence.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.abbreviations import (
    BEFORE_NUMBERS,
    LABELS,
    MAY_END,
    MONTHS_AND_ZONES,
    NEVER_END,
    ORDINAL_LANGUAGES,
    PLACES,
    SAID,
    STARTERS,
)
from tasks.words import SPACELESS

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMBINING = (
    "".join(chr(code) for code in range(0x300, 0x1200) if unicodedata.category(chr(code)).startswith("M")) + "\u200c\u200d"
)
_LETTER = rf"[^\W\d_{SPACELESS}]"
_WORD = rf"(?:{_LETTER}++[{_COMBINING}]*+|\d)++"
_CLITIC = r"(?![sS](?!\w))"  # the s of a possessive
_WORDS = rf"{_WORD}(?:['’]{_CLITIC}{_WORD})*+"
_TOKEN = re.compile(
    rf"(?:[a-zA-Z]++(?![\w.'’‐‑{_COMBINING}-])"  # most words, and quickly
    rf"|{_LETTER}(?:\.{_LETTER}(?!\w))++\.?+"  # U.S., a.m., z.B.
    rf"|(?:[ldjmtnsc]|[Qq]u|[Ll]orsqu|[Pp]uisqu|[Jj]usqu)['’](?=[^\W\d_]{{2}})(?!ll|re|ve)"  # French
    r"|[LDJMTNSC]['’](?=[a-zà-ÿ]{2})"
    rf"|(?=\D){_WORDS}(?:[-‐‑]{_WORDS})*+"
    rf"|\d{{4}}-\d\d-\d\d(?!\w)"
    rf"|\d++(?:[.,:]\d++)*+(?:(?={_LETTER}){_WORD})?+"  # 3.5, 7:50, 20th
    rf"(?:[-‐‑](?={_LETTER}){_WORDS}(?:[-‐‑]{_WORDS})*+)?+"  # 20-year-old
    rf"|['’][sS](?!\w)|[{SPACELESS}]++|\.{{2,}}+|-{{2,}}+|``|''|\S)\s*+"
)
_CLOSERS = r"[\"”’'»«›)\]}]"
_STOP = re.compile(
    r"[.!?…‽。！？｡؟۔।\n](?:"
    rf"(?<=[.!?…‽])(?<![.!?…‽].)[.!?…‽]*+(?:{_CLOSERS}*+(?=\s)|{_CLOSERS}++(?=[“„«(\[]))(?:[ \u00a0\u202f]»(?=\s))?+"
    r"|(?<=[。！？｡؟۔।])[。！？｡؟۔।]*+[」』）】”’\"»]*+"
    r"|(?<=\n)\s*+)"
)
_BLOCK = re.compile(r"\n[^\S\n]*+\n\s*+")
_SPACE = re.compile(r"\s*+")
_NEXT = re.compile(r"[\s\"“”‘'’«»„‟‹›(\[{¿¡`—–‒―•*·-]*+([^\W_]++(?:['’-][^\W_]++)*+)?")
_BULLET = re.compile(r"(?:[-–—*▪►■●○◦→✓+]|\(?(?:\d{1,3}|[a-z])[.)])\s|[•·▪►■●○◦]")
_ATTRIBUTION = re.compile(rf"(?:(?:Mr|Ms|Mrs|Dr)\. )?(?:[^\W\d_a-z]\S* ){{1,3}}(?:{'|'.join(SAID)})\b")
_LAST_WORD = re.compile(r"[^\W_]*+(?:[.'’-][^\W_]++)*+$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)++[^\W\d_]{1,3}")
_SPACED = re.compile(r"(?<!\w)[a-z]\. ?[^\W\d_]\.")  # z. B.
_STOPPED = re.compile(rf"[.!?…]{_CLOSERS}*+\s*+$")
RECENT = 4  # texts whose structure is remembered: each kind of fact asks for it
_LONGEST_WORD = 40  # characters looked back for the word before a stop
_WRAPPED = 100  # the longest line of a text that was wrapped by its sender
_FULL = 0.7  # of that length: a shorter line was not wrapped but ended


class Span(NamedTuple):
    """Characters of a text."""

    start: int
    end: int


class Token(NamedTuple):
    """A word, number or mark with its characters."""

    start: int
    end: int
    text: str


def tokens(text: str) -> list[Token]:
    """Words, numbers and marks in order; abbreviations keep their dots, possessives stand apart, a run of CJK is one token."""
    return list(_tokens(text))


@lru_cache(maxsize=RECENT)
def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    add, new = found.append, tuple.__new__  # the class's own constructor takes twice as long
    at = _end_of_space(text, 0)
    for piece in _TOKEN.findall(text, at):
        word = piece.rstrip()
        if word == "." and found and found[-1].end == at and _keeps_dot(text, found[-1], at):
            last = found[-1]
            found[-1] = Token(last.start, at + 1, last.text + ".")
        else:
            add(new(Token, (at, at + len(word), word)))
        at += len(piece)
    return found


def sentences(text: str, language: str | None = None) -> list[Span]:
    """The sentences in order, without the white space between them; a blank line always ends one.

    `language` (ISO 639-1) tells whether a number with a dot is an ordinal.
    """
    return list(_sentences(text, language))


@lru_cache(maxsize=RECENT)
def _sentences(text: str, language: str | None) -> list[Span]:
    ordinals = language in ORDINAL_LANGUAGES
    found: list[Span] = []
    for at, end in _blocks(text):
        start = at
        width = max(map(len, text[at:end].split("\n")))
        for stop in _STOP.finditer(text, at, end):
            line = stop[0][0] == "\n"
            if stop.start() < start or stop.end() >= end:
                continue
            if _line_ends(text, start, stop, width) if line else _sentence_ends(text, start, stop, ordinals=ordinals):
                found.append(Span(start, start + len(text[start : stop.start() if line else stop.end()].rstrip())))
                start = _end_of_space(text, stop.end())
        found.append(Span(start, end))
    return found


def _end_of_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    assert match is not None
    return match.end()


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs between blank lines, without the white space around them."""
    start = _end_of_space(text, 0)
    for gap in _BLOCK.finditer(text, start):
        yield start, start + len(text[start : gap.start()].rstrip())
        start = gap.end()
    end = start + len(text[start:].rstrip())
    if end > start:
        yield start, end


def _keeps_dot(text: str, last: Token, dot: int) -> bool:
    """Whether the dot behind a word is its own."""
    word = last.text
    if word in NEVER_END or word in MAY_END:
        return True
    if word in BEFORE_NUMBERS:
        return text[dot + 1 : dot + 3].strip()[:1].isdigit()
    if len(word) == 1 and word.isupper():
        following = _end_of_space(text, dot + 1)
        return text[following : following + 1].isupper()
    return _is_place(word, text[max(0, last.start - 2) : last.start])


def _is_place(word: str, before: str) -> bool:
    """Whether an abbreviated state stands where one stands: "Boston, Mass.", "D-Calif."."""
    label, _, name = word.rpartition("-")
    return name in PLACES and (label != "" or before.endswith(", "))


def _sentence_ends(text: str, start: int, stop: re.Match[str], *, ordinals: bool) -> bool:
    """Whether a stop with white space or a CJK stop ends the sentence that began at `start`."""
    mark = stop[0]
    if mark[0] in "。！？｡":
        return not (mark[-1] in "」』" and "ぁ" <= text[stop.end()] <= "ゖ")  # 「…。」と is a quotation within a sentence
    following = _NEXT.match(text, stop.end())
    assert following is not None
    word = following[1] or ""
    if word[:1].islower() and not any(map(str.isupper, word[1:4])):  # iPhones begin sentences
        return "\n" in text[stop.end() : following.start(1)] and _BULLET.match(text, _end_of_space(text, stop.end())) is not None
    if mark[0] == "." and mark[1:2] != ".":
        return _dot_ends(text, start, stop, word, ordinals=ordinals)
    quoted = mark[-1] in "\"”’»'"
    return not (quoted and _ATTRIBUTION.match(text, _end_of_space(text, stop.end())))


def _dot_ends(text: str, start: int, stop: re.Match[str], following: str, *, ordinals: bool) -> bool:
    """Whether a single dot ends the sentence, by the word before it and the word behind it."""
    dot = stop.start()
    before = text[max(start, dot - _LONGEST_WORD) : dot]
    word = _LAST_WORD.search(before)[0]  # type: ignore[index]  # it matches the empty word too
    begins = following in STARTERS
    if word in NEVER_END:
        return False
    if word.isdecimal():
        listed = dot - len(word) == start or text[dot - len(word) - 1] == "\n"
        return not listed and not (ordinals and len(word) <= 2 and not begins)
    if word in BEFORE_NUMBERS:
        return not following[:1].isdigit()
    if len(word) == 1 and word.isalpha():
        labelled = before[: -len(word)].rstrip().rpartition(" ")[2] in LABELS
        return not _SPACED.search(text, max(start, dot - 4), dot + 4) and (labelled or begins or word.islower())
    if _DOTTED.fullmatch(word):
        clock = word.lower() in {"a.m", "p.m"} and following not in MONTHS_AND_ZONES and not following[:1].isdigit()
        return begins or clock
    if word in MAY_END or _is_place(word, before[: -len(word)]):
        return begins
    return True


def _line_ends(text: str, start: int, stop: re.Match[str], width: int) -> bool:
    """Whether a line break ends a sentence without a stop: a headline, a list item, a paragraph of one line."""
    begin = max(start, text.rfind("\n", start, stop.start()) + 1)
    if width > _WRAPPED or _BULLET.match(text, stop.end()) or _BULLET.match(text, begin):
        return True
    if text[stop.end()].islower() or _STOPPED.search(text[begin : stop.start()]):
        return False
    return stop.start() - begin < _FULL * width
