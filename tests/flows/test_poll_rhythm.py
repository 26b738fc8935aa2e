"""Polls of a real server: when a feed is asked, and how politely."""

from __future__ import annotations

import subprocess
import threading
import time
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.conftest import ROOT, command, environment, story
from tests.newspaper import Entry, entry, page, rss
from tests.newsroom import HASTY, Newsroom
from tests.newsserver import NewsServer, Reply, conditional

if TYPE_CHECKING:
    from pathlib import Path

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NOT_CHANGED = 304


def teasers(room: Newsroom, numbers: range) -> list[Entry]:
    made = [entry(n, full=False, url=room.site.url(f"/news/{n}.html")) for n in numbers]
    for teaser in made:
        room.site.on(urlsplit(teaser.url).path, conditional(page(teaser)))
    return made


# ── when a feed is asked ──


def test_each_feed_is_asked_when_it_is_due(room: Newsroom) -> None:
    room.site.on("/a.xml", Reply(rss([entry(1)])))
    room.subscribe("/a.xml")
    room.poll(everything=False)
    assert room.poll(everything=False).feeds == 0
    assert room.one("SELECT count(*) FROM mart.runs") == 1, "when there is nothing to do, nothing is written"
    assert room.poll(everything=False, later=25 * HOUR).feeds == 1


def test_retry_after_is_kept(room: Newsroom) -> None:
    room.site.on("/a.xml", [Reply(b"", 429, {"Retry-After": "7200"}), Reply(rss([entry(1)]))])
    room.subscribe("/a.xml")
    room.poll()
    for _ in range(2):
        assert room.poll().feeds == 0
        assert room.poll(everything=False, later=HOUR - timedelta(minutes=1)).feeds == 0
    assert room.poll(later=timedelta(minutes=3)).books.new == 1
    assert len(room.site.log("/a.xml")) == 2


def test_a_feed_that_ended_is_asked_no_more_unless_somebody_asks(room: Newsroom) -> None:
    room.site.on("/a.xml", [Reply(b"", 410), Reply(rss([entry(1)]))])
    room.subscribe("/a.xml")
    room.poll()
    assert room.sql("SELECT status, next_at FROM mart.feed_health") == [("gone", None)]
    assert room.poll(later=400 * DAY).feeds == 0
    assert room.poll(everything=False).feeds == 0
    assert room.poll("a").books.new == 1
    assert room.one("SELECT status FROM mart.feed_health") == "active"


@pytest.mark.soak
def test_a_feed_that_fails_for_a_year_is_asked_at_least_monthly_and_comes_back(room: Newsroom) -> None:
    room.site.on("/a.xml", Reply(b"", 404))
    room.subscribe("/a.xml")
    asked = [room.now()]
    room.poll()
    while asked[-1] - asked[0] < 365 * DAY:
        room.ahead += room.one("SELECT next_at FROM mart.feed_health") - room.now() + timedelta(seconds=1)
        assert room.poll(everything=False).feeds == 1
        asked.append(room.now())
    waits = [b - a for a, b in pairwise(asked)]
    assert max(waits) <= timedelta(days=33)
    assert 12 <= len(asked) <= 60
    room.site.on("/a.xml", Reply(rss([entry(1)])))
    assert room.poll(everything=False, later=33 * DAY).books.new == 1
    assert room.one("SELECT status FROM mart.feed_health") == "active"
    assert room.one("SELECT count(*) FROM mart.articles") == 1


def test_paused_and_removed_feeds_rest(room: Newsroom) -> None:
    room.site.on("/a.xml", Reply(rss([entry(1)])))
    name = room.subscribe("/a.xml")
    room.poll()
    room.subscribe("/a.xml", paused=True)
    assert room.poll(later=30 * DAY).feeds == 0
    assert room.sql("SELECT status, reason, next_at FROM mart.feed_health") == [("paused", "paused by the user", None)]
    room.subscribe("/a.xml")
    assert room.poll(everything=False).feeds == 1
    (room.data / "sources" / f"{name}.toml").unlink()
    assert room.poll().feeds == 0
    assert room.sql("SELECT status, reason FROM mart.feed_health") == [("paused", "its source was removed")]


# ── politeness ──


def test_hosts_are_treated_politely(data: Path) -> None:
    with NewsServer(hosts=3) as site:
        room = Newsroom(data, site)
        room.terms = replace(room.terms, manners=replace(room.terms.manners, feed_gap_s=0.15, page_gap_s=0.2))
        for n in range(24):
            site.on(f"/{n}.xml", Reply(rss([entry(n)]), delay_s=0.2))
            room.subscribe(f"/{n}.xml", host=1 + n % 3)
        tally = room.poll()
        assert tally.books.new == 24
        assert all(1 <= site.peak(host) <= 2 for host in (1, 2, 3))
        assert all(min(site.gaps(host)) >= 0.1 for host in (1, 2, 3))
        site.on("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 0.3\n", media_type="text/plain"))
        site.on("/t.xml", Reply(rss(teasers(room, range(50, 54)))))
        room.subscribe("/t.xml")
        site.clear()
        room.poll("t")
        starts = sorted(r.at for n in range(50, 54) for r in site.log(f"/news/{n}.html"))
        assert len(starts) == 4
        assert min(b - a for a, b in pairwise(starts)) >= 0.28


def test_a_host_that_does_not_answer_is_left_alone_for_the_rest_of_the_run(room: Newsroom) -> None:
    room.terms = replace(HASTY, manners=replace(HASTY.manners, patience=3))
    for n in range(12):
        room.site.on(f"/{n}.xml", Reply(b"", behaviour="hang"))
        room.subscribe(f"/{n}.xml")
    tally = room.poll()
    assert tally.outcomes["timeout"] <= 4
    assert tally.outcomes["deferred"] >= 8
    assert len(room.site.log()) <= 4
    assert room.poll(everything=False).feeds >= 8, "what was deferred is due"


def test_a_backfill_lands_while_a_poll_waits_for_a_slow_host(room: Newsroom, tmp_path: Path) -> None:
    landed = threading.Event()

    def slow(_asked: object) -> Reply:
        landed.wait(60)
        return Reply(rss([entry(1)]))

    room.site.on("/slow.xml", slow)
    room.site.on("/quick.xml", Reply(rss([entry(2)])))
    room.subscribe("/slow.xml")
    room.subscribe("/quick.xml")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text(story(7))
    env = environment(WIREHOUSE_ALLOW_HOSTS="127.0.0.1", WIREHOUSE_PAGE_DELAY="0")
    polling = subprocess.Popen(command("poll", data=room.data), cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    while not room.site.log("/slow.xml"):
        assert polling.poll() is None
        time.sleep(0.01)
    done = subprocess.run(
        command("ingest", inbox, data=room.data), cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert polling.poll() is None, "the poll still waits"
    assert room.one("SELECT count(*) FROM mart.articles WHERE source = 'inbox'") == 1
    landed.set()
    assert polling.wait(30) == 0
    assert room.sql("SELECT source, count(*) FROM mart.articles GROUP BY source ORDER BY source") == [
        ("inbox", 1),
        ("quick", 1),
        ("slow", 1),
    ]
    assert room.one("SELECT count(*) FROM mart.runs WHERE state = 'completed' AND balanced") == 2


@pytest.mark.soak
def test_a_silence_against_the_feeds_own_past_is_a_gap_that_closes_by_itself(room: Newsroom) -> None:
    """Two weeks of an entry every six hours, then nothing for two days, then news again."""
    polls = 57
    answers = [Reply(rss([entry(m) for m in range(n, max(-1, n - 5), -1)])) for n in range(polls)]
    room.site.on("/a.xml", answers)
    room.subscribe("/a.xml", full_text="feed")
    for _ in range(polls):
        room.poll(later=6 * HOUR)
    assert room.one("SELECT count(*) FROM mart.gaps") == 0
    [(per_day, hours)] = room.sql("SELECT expected_per_day, (SELECT count(*) FROM mart.feed_hours) FROM mart.feed_health")
    assert 3.5 < per_day < 4.5
    assert 26 <= hours <= 29, "four hours of each day of the week"
    opened = [room.poll(later=6 * HOUR).gaps for _ in range(8)]
    assert [g.kind for gaps in opened for g in gaps] == ["silent"]
    [(since, closed, expected, reason)] = room.sql("SELECT silent_since, closed_at, expected, reason FROM mart.gaps")
    assert (closed, reason) == (None, "it answers, but lists nothing new")
    assert expected > 2
    assert room.sql("SELECT attention, silent_since FROM mart.feed_health") == [(2, since)]
    room.site.on("/a.xml", Reply(rss([entry(m) for m in (99, 56, 55)])))
    room.poll(later=6 * HOUR)
    assert room.one("SELECT closed_at IS NOT NULL FROM mart.gaps") is True
    assert room.sql("SELECT attention, silent_since FROM mart.feed_health") == [(7, None)]


def test_entries_that_may_have_gone_by_unseen_are_noted(room: Newsroom) -> None:
    room.site.on("/a.xml", [Reply(rss([entry(n) for n in range(5)])), Reply(rss([entry(n) for n in range(50, 55)]))])
    room.subscribe("/a.xml", full_text="feed")
    room.poll()
    assert [g.kind for g in room.poll(later=DAY).gaps] == ["overrun"]
    assert room.one("SELECT closed_at IS NOT NULL AND kind = 'overrun' FROM mart.gaps") is True
