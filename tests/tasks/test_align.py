"""Alignment: longest common subsequences, sentences first."""

from __future__ import annotations

import random
import time
from difflib import SequenceMatcher
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.align import Alignment, align, sentences


def of(before: str, after: str) -> Alignment:
    return align([s.split() for s in sentences(before)], [s.split() for s in sentences(after)])


def longest(one: str, other: str) -> int:
    @cache
    def length(i: int, j: int) -> int:
        if not i or not j:
            return 0
        return length(i - 1, j - 1) + 1 if one[i - 1] == other[j - 1] else max(length(i - 1, j), length(i, j - 1))

    return length(len(one), len(other))


@given(st.text("abc", max_size=14), st.text("abcd", max_size=14))
def test_the_longest_common_subsequence_is_found(one: str, other: str) -> None:
    found = align([[c] for c in one], [[c] for c in other])
    same = sum(s.end - s.start for s in found.stretches if s.same)
    assert same == longest(one, other)


@given(st.text("ab .\n", max_size=60), st.text("abc .\n", max_size=60))
def test_stretches_cover_both_texts_in_order(before: str, after: str) -> None:
    found = of(before, after)
    one, other = before.split(), after.split()
    at = after_at = 0
    for i, s in enumerate(found.stretches):
        assert (s.start, s.after_start) == (at, after_at)
        assert s.end > s.start or s.after_end > s.after_start
        assert not i or found.stretches[i - 1].same != s.same
        if s.same:
            assert one[s.start : s.end] == other[s.after_start : s.after_end]
        at, after_at = s.end, s.after_end
    assert (at, after_at) == (len(one), len(other))
    assert 0 <= found.share <= 1


@given(st.text(" .!?…\n。”a", max_size=80))
def test_sentences_lose_no_character(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_sentences_end_at_stops_and_new_lines() -> None:
    assert [s.strip() for s in sentences("One. “Two!” Three 3.5\nfour… five 雨です。晴れ")] == [
        "One.",
        "“Two!”",
        "Three 3.5",
        "four…",
        "five 雨です。",
        "晴れ",
    ]


def test_small_edits_count_as_a_plain_word_diff_counts_them() -> None:
    rng = random.Random(4)
    words = [f"w{rng.randrange(200)}" for _ in range(400)]
    edited = [w if rng.random() > 0.05 else "x" for w in words]
    plain = 1 - SequenceMatcher(None, words, edited, autojunk=False).ratio()
    assert align([words], [edited]).share == pytest.approx(plain, abs=0.01)


def test_words_that_unlike_sentences_happen_to_share_do_not_count() -> None:
    assert of("The ferry to the islands was late on Monday.", "A storm in the hills closed five roads on Friday.").share == 1


def test_a_sentence_that_grew_is_still_the_same() -> None:
    found = of("The pier closed.", "The pier closed after a crane fell on it in the night and blocked the way to the boats.")
    assert next((s.same, s.end) for s in found.stretches) == (True, 2)


def test_empty_texts() -> None:
    assert of("", "") == Alignment((), 0, 0.0)
    assert of("a b", "").share == 1
    assert of("", "a b").share == 1


def test_what_is_too_long_is_counted() -> None:
    rng = random.Random(1)
    words = [f"w{rng.randrange(5000)}" for _ in range(60_000)]
    turned = words[30_000:] + words[:30_000]
    began = time.process_time()
    found = align([["same"], words], [["same"], turned])
    assert time.process_time() - began < 3
    assert found.counted > 59_000
    assert found.share < 0.02
    assert found.stretches[0].end == 1, "the equal beginning is aligned nevertheless"
    rng.shuffle(turned)
    assert align([words], [turned]).share > 0.9, "the same words in another order are another text"


@pytest.mark.parametrize("vocabulary", [2, 40, 3000])
def test_time_is_bounded_whatever_the_words(vocabulary: int) -> None:
    rng = random.Random(vocabulary)
    one, other = ([[f"w{rng.randrange(vocabulary)}" for _ in range(20)] for _ in range(250)] for _ in range(2))
    began = time.process_time()
    align(one, other)
    assert time.process_time() - began < 1
