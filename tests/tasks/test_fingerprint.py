"""Fingerprints: the same words give the same, and containment is measured as it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from tasks.fingerprint import CONFIG, fingerprint
from tasks.overlap import changed_share, containment
from tasks.types import Article
from tasks.words import normal_words
from tests.conftest import story

BASE = Article("s", "o", "p", "0", datetime(2026, 1, 1), "text", 0, alone=True, text="")  # noqa: DTZ001  naive UTC


def article(text: str, title: str | None = None) -> Article:
    return replace(BASE, text=text, title=title)


def test_words_are_compared_without_case_punctuation_and_typography() -> None:
    one, other = fingerprint(article(story(1))), fingerprint(article(story(1).replace(":", "—").replace("the", "THE")))
    assert one.content == other.content
    assert one.version == other.version
    assert normal_words("Rock’n’roll isn't DEAD—42 times") == ["rock'n", "roll", "isn't", "dead", "42", "times"]
    assert normal_words("東京で火災") == ["東", "京", "で", "火", "災"]


def test_a_title_changes_the_version_and_not_the_content() -> None:
    one, other = fingerprint(article(story(1), "A")), fingerprint(article(story(1), "B"))
    assert one.content == other.content
    assert one.version != other.version


def test_samples_are_the_same_in_every_process() -> None:
    prints = fingerprint(article("the harbour authority closed two piers on tuesday"))
    assert prints.sample.dtype == np.uint64
    assert [int(h) for h in prints.sample] == [
        418819545357265490,
        11213160272466228410,
        11792247410898366990,
        12796975024297115255,
    ]


@pytest.mark.parametrize("words", [60, 1_000, 4_000])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_containment_is_estimated_without_bias(words: int, share: float) -> None:
    """A text that shares a known part with another; the standard error of a sample of n is sqrt(p(1-p)/n)."""
    cut = int(words * share)
    mine = [f"a{n}" for n in range(words)]
    theirs = mine[:cut] + [f"b{n}" for n in range(3 * words)]
    one, other = fingerprint(article(" ".join(mine))), fingerprint(article(" ".join(theirs)))
    true = (cut - CONFIG.words + 1) / (words - CONFIG.words + 1)
    n = words / CONFIG.every
    assert abs(containment(one, other) - true) < max(4 * (true * (1 - true) / n) ** 0.5, 0.25)
    assert containment(other, one) < containment(one, other)


def test_nothing_is_in_nothing() -> None:
    empty, full = fingerprint(article("")), fingerprint(article(story(1)))
    assert containment(empty, full) == containment(full, empty) == containment(empty, empty) == 0
    assert changed_share(empty, empty) == 0
    assert changed_share(full, full) == 0
    assert changed_share(full, empty) == 1
