"""Differences as people read them. Every text is invented."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from flows.diff import Piece, differences, plain, shown

BEFORE = """The ferry ran aground on Tuesday, officials said. Twelve people were hurt. The captain did not answer questions.

The owners said an inquiry had begun."""

LONG = " ".join(f"word{i}" for i in range(100))


def bare(text: str) -> str:
    return "".join(text.split())


CASES = [
    ("", "", ""),
    (" \n\t ", "", ""),
    ("", "New.", "{+New.+}"),
    ("Old.", "  ", "[-Old.-]"),
    ("The pier is open.", "The pier is open.", "The pier is open."),
    ("The pier\nis  open.", "The pier is open.", "The pier is open."),
    ("The pier is open.", "The pier is closed.", "The pier is [-open.-] {+closed.+}"),
    ("The pier is open.", "The old pier is open.", "The {+old+} pier is open."),
    ("The old pier is open.", "The pier is open.", "The [-old-] pier is open."),
    ("The pier is", "The pier is open", "The pier is {+open+}"),
    ("The pier is open", "The pier is", "The pier is [-open-]"),
    ("Killed 12.", "Killed 21.", "Killed [-12.-] {+21.+}"),
    (
        BEFORE,
        BEFORE.replace("Tuesday,", "Tuesday night,"),
        "The ferry ran aground on [-Tuesday,-] {+Tuesday night,+} officials said.",
    ),
    (
        BEFORE,
        BEFORE.replace("Twelve people were hurt.", "Nobody knows how the reef could be overlooked."),
        "said. [-Twelve people were hurt.-] {+Nobody knows how the reef could be overlooked.+} The captain",
    ),
    (
        BEFORE,
        BEFORE.replace("Twelve people were hurt. ", ""),
        "said. [-Twelve people were hurt.-] The captain",
    ),
    (
        BEFORE,
        BEFORE.replace("The captain", "A boy is missing. The captain"),
        "were hurt. {+A boy is missing.+} The captain did",
    ),
    (
        "A first thing was said. Another thing was done. The end came soon.",
        "The end came soon. A first thing was said. Another thing was done.",
        "{+The end came soon.+} A first thing was said. Another thing was done. [-The end came soon.-]",
    ),
    (
        "He left the town in May.",
        "She left a town in June.",
        "[-He left the-] {+She left a+} town in [-May.-] {+June.+}",
    ),
    (
        "We saw the big red ship and the crew.",
        "We saw one big blue ship and the crew.",
        "We saw [-the big red-] {+one big blue+} ship and the crew.",
    ),
    ("One.\n\nTwo three four.", "One.\n\nTwo three five.", "One.\n\nTwo three [-four.-] {+five.+}"),
    (
        "The old one.\n\nThe rest stays here.",
        "A new one!\n\nThe rest stays here.",
        "[-The old one.-] {+A new one!+}\n\nThe rest stays here.",
    ),
    ("Die Fähre fährt nicht.", "Die Fähre fährt.", "Die Fähre [-fährt nicht.-] {+fährt.+}"),
    ("渡轮周二搁浅。", "渡轮周三搁浅。", "渡轮周[-二-]{+三+}搁浅。"),
    ("[bold]A[/bold] b", "[bold]A[/bold] c", "[bold]A[/bold] [-b-] {+c+}"),
    ("Pay 5 now", "Pay \x1b[31m5 now", "Pay [-5-] {+<U+001B>[31m5+} now"),
    ("Say abc now", "Say \u202eabc\u202c now", "Say [-abc-] {+<U+202E>abc<U+202C>+} now"),
    ("Say abc now", "Say a\u200bbc now", "Say [-abc-] {+a<U+200B>bc+} now"),
    ("Say abc now", "Say a\ud800bc now", "Say [-abc-] {+a<U+D800>bc+} now"),
    ("Say abc now", "Say a\x9bbc now", "Say [-abc-] {+a<U+009B>bc+} now"),
    ("Say abc\rnow", "Say abc\r\nnow then", "Say abc\nnow {+then+}"),
]


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_plain(before: str, after: str, expected: str) -> None:
    found = plain(before, after)
    assert expected in found
    assert len(expected) > 40 or found == expected


@given(st.text("ab. \n。雨", max_size=60), st.text("abc. \n。雨", max_size=60))
def test_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = list(differences(before, after))
    assert bare("".join(p.text for p in pieces if p.kind != "new")) == bare(before)
    assert bare("".join(p.text for p in pieces if p.kind != "gone")) == bare(after)
    assert "".join(p.text for p in pieces if p.kind != "gone").split() == after.split()
    assert [p for p in pieces if not p.text] == []
    assert ["same", "same"] not in [[a.kind, b.kind] for a, b in pairwise(pieces)]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts_can_be_written(before: str, after: str) -> None:
    for text in (plain(before, after), shown(before, after).plain):
        text.encode("utf-8")
        assert not [c for c in text if c < " " and c != "\n"]


def test_long_sameness_is_cut_to_its_ends() -> None:
    after = LONG.replace("word50", "other")
    assert plain(LONG, after, context=2) == "… (48 words) … word48 word49 [-word50-] {+other+} word51 word52 … (47 words) …"
    twice = after.replace("word20 ", "")
    assert "word19 [-word20-] word21 word22 … (25 words) … word48 word49 [-word50-]" in plain(LONG, twice, context=2)
    assert plain(LONG, after, context=200).count("word") == 100
    assert plain(LONG, after, context=0) == "… (50 words) … [-word50-] {+other+} … (49 words) …"
    assert plain(LONG, after, context=-3) == plain(LONG, after, context=0)
    assert plain(LONG, LONG, context=2) == "word0 word1 … (96 words) … word98 word99"
    assert "1,996 words" in plain(f"{LONG} " * 20, f"{LONG} " * 20, context=2)


def test_a_cut_saves_more_than_its_mark() -> None:
    assert plain("a b c d e f g", "x a b c d e f g", context=4) == "{+x+} a b c d e f g"


def test_shown_in_colours() -> None:
    text = shown("The [red]pier is open.", "The [red]pier is closed.")
    assert text.plain == "The [red]pier is open. closed."
    styles = {text.plain[s.start : s.end]: str(s.style) for s in text.spans}
    assert styles["open."] == "red strike"
    assert styles["closed."] == "bold green"
    console = Console(force_terminal=True, color_system="standard", width=80, record=True)
    with console.capture() as captured:
        console.print(text)
    assert "[red]pier" in captured.get()


def test_shown_and_plain_tell_the_same() -> None:
    after = BEFORE.replace("Twelve", "Twenty").replace("begun", "ended")
    marks = str.maketrans("", "", "[]{}-+")
    assert shown(BEFORE, after).plain == plain(BEFORE, after).translate(marks)


def test_words_of_a_new_sentence_are_no_confetti() -> None:
    after = BEFORE.replace("Twelve people were hurt.", "The people on the pier were the first who saw that some were hurt.")
    found = [p for p in differences(BEFORE, after) if p.kind != "same"]
    assert len(found) <= 6
    assert Piece("same", "The captain did not answer questions.\n\nThe owners said an inquiry had begun. ") in list(
        differences(BEFORE, BEFORE.replace("Twelve people were hurt.", "A reef nobody knew lies off the town."))
    )


HOSTILE = [
    "x" * 1_000_000,
    "雨" * 100_000,
    "." * 200_000,
    "\n" * 200_000,
    ") " * 50_000,
    "a b " * 25_000,
    "\u202e\ud800 " * 20_000,
    "Yes. " * 20_000 + "no " * 20_000,
    " ".join(f"w{i * 7919 % 100_003}" for i in range(100_000)),
    " ".join(f"w{i * 104_729 % 100_003}" for i in range(100_000)),
]


@pytest.mark.parametrize("which", range(len(HOSTILE)))
def test_hostile_texts_are_compared_in_time(which: int) -> None:
    one, other = HOSTILE[which], HOSTILE[(which + 1) % len(HOSTILE)]
    began = time.process_time()
    text = plain(one, f"{one[: len(one) // 2]} new {one[len(one) // 2 :]}")
    plain(one, other)
    assert time.process_time() - began < 4
    assert "new" in text
