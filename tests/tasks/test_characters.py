"""Sound characters, whole paragraphs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.blocks import paragraphs
from tasks.clean.characters import clean_line, clean_text

LONG = "the harbour authority closed two piers on Tuesday after divers found"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("plain", "plain"),
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"),
        ("nul\x00 bell\x07 del\x7f c1\x81", "nul bell del c1"),
        ("zero\u200bwidth soft\u00adhyphen mark\ufeff", "zerowidth softhyphen mark"),
        ("evil\u202etxt.exe\u202c", "eviltxt.exe"),
        ("a\u00a0b\u2009c\t\td  e", "a b c d e"),
        ("Cafe\u0301", "Café"),
        ("GrÃ¶ÃŸe der BrÃ¼cke", "Größe der Brücke"),
        ("â€œQuoteâ€\x9d", "“Quote”"),
        ("“curly” – dash — ‘kept’", "“curly” – dash — ‘kept’"),
    ],
)
def test_clean_text(given: str, expected: str) -> None:
    assert clean_text(given) == expected


def test_clean_line() -> None:
    assert clean_line(" A &amp;amp; B\n C ") == "A & B C"
    assert clean_line("&#8220;x&#8221;") == "“x”"
    assert clean_line(" \u200b ") is None
    assert clean_line(None) is None


@given(st.text())
def test_cleaning_is_idempotent_and_leaves_nothing_behind(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert not any(unicodedata.category(c) in ("Cc", "Cs") and c != "\n" for c in once)
    assert unicodedata.is_normalized("NFC", once)


def test_hard_wrapped_lines_are_joined_and_others_are_paragraphs() -> None:
    wrapped = f"{LONG}\n{LONG}\nthe end of it.\n\n{LONG}\nshort."
    assert paragraphs(wrapped) == f"{LONG} {LONG} the end of it.\n\n{LONG} short."
    long = LONG * 2 + "."
    assert paragraphs(f"{long}\n{long}\n{long}") == f"{long}\n\n{long}\n\n{long}"
    assert paragraphs(f"{long}\n\nRead more: another story\n\nAdvertisement\n\n{long}") == f"{long}\n\n{long}"
    assert paragraphs("Results:\n\n- one\n- two") == "Results:\n\n- one\n- two"


def test_a_dateline_cut_off_the_first_line_does_not_break_a_wrapped_paragraph() -> None:
    assert paragraphs(f"Two piers\n{LONG}\n{LONG}\nend.\n\n{LONG}\n{LONG}\nend.").count("\n\n") == 1


@given(st.text(alphabet="ab .\n-", max_size=400))
def test_paragraphs_are_idempotent_and_lose_no_word(text: str) -> None:
    once = paragraphs(text)
    assert paragraphs(once) == once
    assert once.split() == text.split()
