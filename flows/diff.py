"""What changed between two texts, as people read it: whole sentences where they were replaced, words where they were edited."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from tasks.align import Stretch, align, sentences
from tasks.words import SPACELESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEWEST = 2  # same words between two differences; fewer are shown as changed with them, or the eye finds no sentence
SAVING = 4  # words that must be left out, at least: a mark in place of fewer saves nothing
STYLES = {"same": "", "gone": "red strike", "new": "bold green"}
TOKEN = re.compile(rf"([{SPACELESS}]|[^\s{SPACELESS}]+)(\s*)")
HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls; a terminal obeys them
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # what shows as nothing, though it may be text
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"  # bidi controls and separators: they make a text read as what it is not
    "\ud800-\udfff]"  # lone surrogates, which cannot be written
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that both texts have, or one of them, with the white space behind each."""

    kind: Literal["same", "gone", "new"]
    text: str


def differences(before: str, after: str) -> Iterator[Piece]:
    """The texts in pieces: what is same or gone makes the one before, what is same or new the one after, up to white space."""
    old, new = _tokens(before), _tokens(after)
    found = align([[word for word, _ in s] for s in old], [[word for word, _ in s] for s in new])
    one, other = (["".join(token) for sentence in text for token in sentence] for text in (old, new))
    for s in _merged(found.stretches):
        if s.same:
            yield Piece("same", "".join(other[s.after_start : s.after_end]))
            continue
        if s.start < s.end:
            yield Piece("gone", "".join(one[s.start : s.end]))
        if s.after_start < s.after_end:
            yield Piece("new", "".join(other[s.after_start : s.after_end]))


def shown(before: str, after: str, *, context: int = 12) -> Text:
    """The differences in colours, with so many same words on each side of one."""
    text = Text()
    for piece in _shortened(differences(before, after), context):
        words = piece.text.rstrip()
        text.append(words, STYLES[piece.kind]).append(piece.text[len(words) :])
    text.rstrip()
    return text


def plain(before: str, after: str, *, context: int = 12) -> str:
    """The differences without colours, as wdiff marks them: [-gone-] {+new+}."""
    marks = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
    parts = []
    for piece in _shortened(differences(before, after), context):
        words = piece.text.rstrip()
        parts += [marks[piece.kind][0], words, marks[piece.kind][1], piece.text[len(words) :]]
    return "".join(parts).rstrip()


def _tokens(text: str) -> list[list[tuple[str, str]]]:
    """Words with the white space behind them, by sentence. White space is a blank, a new line, or a blank line."""
    found = [TOKEN.findall(part) for part in sentences(text.strip() + " ")]
    return [[(word, _space(gap)) for word, gap in tokens] for tokens in found if tokens]


def _space(gap: str) -> str:
    lines = gap.count("\n")
    return "\n\n" if lines > 1 else "\n" if lines else " " if gap else ""


def _merged(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches without same ones of a single word between two differences."""
    listed = list(stretches)
    kept: list[Stretch] = []
    for i, s in enumerate(listed):
        short = s.same and s.end - s.start < FEWEST and 0 < i < len(listed) - 1
        if kept and not kept[-1].same and (short or not s.same):
            kept[-1] = Stretch(kept[-1].start, s.end, kept[-1].after_start, s.after_end, same=False)
        else:
            kept.append(s)
    yield from kept


def _shortened(pieces: Iterable[Piece], context: int) -> Iterator[Piece]:
    """The pieces, made visible, with long same ones cut down to what stands next to a difference."""
    listed, context = list(pieces), max(0, context)
    for i, piece in enumerate(listed):
        text = piece.text
        if piece.kind == "same":
            text = _cut(text, context if i or len(listed) == 1 else 0, context if i < len(listed) - 1 or i == 0 else 0)
        if piece.kind == "gone" and text.endswith("\n") and i + 1 < len(listed) and listed[i + 1].kind == "new":
            text = f"{text.rstrip()} "  # what came instead stands beside it, and ends the paragraph
        yield Piece(piece.kind, HIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text))


def _cut(text: str, first: int, last: int) -> str:
    words = ["".join(token) for token in TOKEN.findall(text)]
    left_out = len(words) - first - last
    if left_out < SAVING:
        return text
    start, end = "".join(words[:first]).rstrip(), "".join(words[len(words) - last :])
    return f"{start} … ({left_out:,} words) … {end}".lstrip()
