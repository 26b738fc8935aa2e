"""Stories: what is one event, what only looks like it, and that interruptions change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import numpy as np
import pytest

from tasks.stories import CONFIG, Placement, Stories, Terms, story_terms
from tests.bench.stories import story
from tests.flows.test_stories import CHOIR, FERRY
from warehouse.models import TERM_BUCKETS, StoryMember

NOON = datetime(2026, 3, 2, 12)  # noqa: DTZ001  naive UTC
HOUR = timedelta(hours=1)

Article = tuple[str, Terms, datetime, str | None]


def article(name: str, title: str | None, text: str, at: datetime = NOON, copy_of: str | None = None) -> Article:
    return name, story_terms(title, text, "en"), at, copy_of


def stream(events: int = 12, outlets: int = 6) -> list[Article]:
    """Events as outlets tell them: some words in common, most their own; in the order in which they appear."""
    chance = Random(3)
    told = []
    for event in range(events):
        core = story(event, 60)
        for outlet in range(outlets):
            words = core.paragraphs[0].split() + story(1_000 + event * 50 + outlet, 60).paragraphs[0].split()
            chance.shuffle(words)
            title = " ".join(chance.sample(core.headline.split(), 6))
            at = NOON + timedelta(minutes=chance.randrange(4_000))
            told.append(article(f"e{event:02}o{outlet}", title, " ".join(words), at))
    return sorted(told, key=lambda a: (a[2], a[0]))


def place(stories: Stories, articles: list[Article]) -> list[Placement]:
    return [stories.place(*a) for a in articles]


def remembered(articles: list[Article], placed: list[Placement]) -> tuple[list[StoryMember], dict[str, str]]:
    """What a warehouse gives back of articles that were placed."""
    into = {m.story_id: m.into for p in placed for m in p.merged}
    centers = {p.story_id: p.center for p in placed if p.center}

    def last(story_id: str) -> str:
        return last(into[story_id]) if story_id in into else story_id

    members = [
        StoryMember(name, last(p.story_id), n, at, terms.terms, terms.weights)
        for n, ((name, terms, at, _), p) in enumerate(zip(articles, placed, strict=True), 1)
    ]
    return members, {last(s): c for s, c in centers.items()}


def ferry() -> list[Article]:
    return [article(outlet, title, text, NOON + n * HOUR) for n, (outlet, title, text) in enumerate((*FERRY, CHOIR))]


def test_reports_on_one_event_are_one_story_and_others_are_not() -> None:
    placed = place(Stories(), ferry())
    assert [p.story_id for p in placed] == ["slagoon"] * 3 + ["sreef"]
    assert [p.opened for p in placed] == [True, False, False, True]
    assert placed[1].reason.startswith("shares ")
    assert 0 < placed[1].score <= 1
    assert placed[3].reason == "nothing like it within 10 days"


def test_headlines_alone_are_enough() -> None:
    titles = [article(outlet, title, "", NOON) for outlet, title, _ in (*FERRY, CHOIR)]
    placed = place(Stories(), titles)
    assert [p.story_id for p in placed] == ["slagoon"] * 3 + ["sreef"]


@pytest.mark.parametrize("days", [-30, -11, 11, 30])
def test_a_story_is_closed_outside_its_window(days: int) -> None:
    stories = Stories()
    place(stories, ferry())
    _, title, text = FERRY[1]
    assert stories.place("late", story_terms(title, text), NOON + timedelta(days=days)).opened
    assert not stories.place("near", story_terms(title, text), NOON + timedelta(days=days // 4)).opened


def test_a_copy_stands_with_its_origin_whatever_it_says() -> None:
    stories = Stories()
    place(stories, ferry())
    copied = stories.place("c", story_terms("Quite another headline", ""), NOON, "lagoon")
    assert (copied.story_id, copied.score, copied.reason) == ("slagoon", 1.0, "copy of lagoon")
    assert stories.place("d", story_terms(None, ""), NOON, "unknown").opened


def test_what_was_filled_into_a_template_is_a_story_of_its_own() -> None:
    stories = Stories()
    outlet, title, text = FERRY[0]
    stories.place(outlet, story_terms(title, text), NOON)
    filled = stories.place("x", story_terms(title, text), NOON, filled=True)
    assert (filled.opened, filled.reason) == (True, "filled into a template")


def test_nothing_is_like_nothing() -> None:
    stories = Stories()
    placed = [
        stories.place(str(n), story_terms(title, ""), NOON) for n, title in enumerate((None, None, "", "Gallery", "Gallery"))
    ]
    assert [p.opened for p in placed] == [True] * 5
    assert [p.fresh for p in placed] == [b"", b"", b"", b"\0", b"\0"]


def test_languages_without_spaces() -> None:
    told = (
        "東京湾でフェリーが座礁、乗客212人全員救助",
        "フェリー座礁、東京湾で乗客212人を救助",
        "大阪の小学校合唱団が全国大会で優勝",
    )
    placed = place(Stories(), [article(str(n), title, "") for n, title in enumerate(told)])
    assert [p.story_id for p in placed] == ["s0", "s0", "s2"]


@pytest.mark.parametrize("every", [1, 5, 17])
def test_restarts_change_nothing(every: int) -> None:
    articles = stream()
    whole = place(Stories(), articles)
    assert len({p.story_id for p in whole}) < len(articles) / 3
    found: list[Placement] = []
    counts, n = np.zeros(TERM_BUCKETS, np.uint32), 0
    for first in range(0, len(articles), every):
        stories = Stories(CONFIG, counts, n)
        stories.learn(*remembered(articles[:first], found))
        found += place(stories, articles[first : first + every])
        counts, n = stories.df, stories.n
    assert found == whole


def test_the_counts_of_terms_are_what_the_fresh_bits_say() -> None:
    articles, stories = stream(), Stories()
    counts = np.zeros(TERM_BUCKETS, np.uint32)
    for (name, terms, at, _), placed in zip(articles, place(stories, articles), strict=True):
        bits = np.unpackbits(np.frombuffer(placed.fresh, np.uint8))[: terms.terms.size].astype(np.bool_)
        np.add.at(counts, terms.terms[bits] % TERM_BUCKETS, 1)
        assert name, at
    assert (counts == stories.df).all()


def test_order_matters_little() -> None:
    """Of pairs that are in one story in order, at least 90 of 100 are when everything comes in any other order, and hardly one more."""
    articles = stream()

    def pairs(listed: list[Article]) -> set[tuple[str, str]]:
        members, _ = remembered(listed, place(Stories(), listed))
        return {
            (a.article_id, b.article_id)
            for a in members
            for b in members
            if a.story_id == b.story_id and a.article_id < b.article_id
        }

    ordered = pairs(articles)
    for seed in range(4):
        shuffled = articles[:]
        Random(seed).shuffle(shuffled)
        late = pairs(shuffled)
        assert len(late & ordered) >= 0.9 * len(ordered)
        assert len(late - ordered) <= 0.1 * len(ordered)


def test_two_stories_that_prove_to_be_one_are_merged_into_the_older() -> None:
    config = replace(CONFIG, merge=0.02, threshold=0.1)
    stories = Stories(config)
    one = article(
        "one", "Ferry Albatross aground", "The Albatross lies on a sandbank off Lodwar with its bow in the reeds.", NOON
    )
    other = article(
        "other",
        "Lifeboats carry passengers ashore",
        "Strand sent them off Lodwar for 212 passengers, crew and dogs.",
        NOON + HOUR,
    )
    both = article(
        "both", "Lifeboats carry passengers ashore, ferry Albatross aground",
        "The Albatross lies on a sandbank off Lodwar. Strand sent lifeboats for 212 passengers, crew and dogs.", NOON + 2 * HOUR,
    )  # fmt: skip
    placed = place(stories, [one, other, both])
    assert [p.opened for p in placed] == [True, True, False]
    [merge] = placed[2].merged
    assert (merge.story_id, merge.into, placed[2].story_id) == ("sother", "sone", "sone")
    assert merge.reason.startswith("both share ")
    again = stories.place("again", other[1], NOON + 3 * HOUR)
    assert again.story_id == "sone"


def test_the_most_central_article_stands_for_the_story() -> None:
    stories = Stories()
    placed = place(stories, ferry())
    assert placed[0].center is None, "the one that opens a story stands for it until another does"
    assert {p.center for p in placed} <= {None, "lagoon", "tide", "ebb"}


def test_terms_are_the_same_in_every_process() -> None:
    terms = story_terms("Ferry launches", "The ferries of Lodwar launched 212 boats.", "en")
    assert dict(zip(terms.words, terms.terms.tolist(), strict=True))["ferry"] == 3205307411
    assert terms.terms.dtype == np.uint32
    assert (np.diff(terms.terms.astype(np.int64)) > 0).all()
    assert set(terms.words) == {"ferry", "ferries", "launches", "lodwar", "212", "boats"}  # "launched" is one with "launches"
