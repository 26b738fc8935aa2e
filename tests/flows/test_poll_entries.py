"""Polls of a real server: what lands of entries that are new, changed, moved, doubled or gone."""

from __future__ import annotations

import random
import subprocess
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT, command, environment
from tests.newspaper import EPOCH, Entry, atom, entry, page, rss
from tests.newsroom import HASTY, Newsroom
from tests.newsserver import NewsServer, Reply, conditional

if TYPE_CHECKING:
    from pathlib import Path

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NOT_CHANGED = 304


# ── entries ──


def versions(room: Newsroom) -> list[tuple[Any, ...]]:
    return room.sql("SELECT version, change_kind FROM mart.versions ORDER BY article_id, version")


def test_identity_holds_when_guid_or_address_or_headline_change(room: Newsroom) -> None:
    one = entry(1)
    changes = [
        one,
        replace(one, guid="other-guid"),
        replace(one, guid="other-guid", url=one.url + "-moved"),
        replace(one, guid="third-guid", url="https://paper.example/elsewhere/9.html", title="Quite another headline"),
        one,
    ]
    room.site.on("/a.xml", [Reply(rss([e])) for e in changes])
    room.subscribe("/a.xml")
    for _ in changes:
        room.poll(later=HOUR)
    assert room.one("SELECT count(*) FROM mart.articles") == 1
    assert versions(room) == [(1, "first")]


def test_an_edit_is_one_version_and_a_feed_that_flips_settles(room: Newsroom) -> None:
    one = entry(1)
    edited = replace(one, title=one.title + ", officials say", text=one.text + "\n\nThe crews left on Friday, officials said.")
    room.site.on("/a.xml", [Reply(rss([e, entry(2)])) for e in [one, edited] * 5])
    room.subscribe("/a.xml")
    tallies = [room.poll(later=HOUR) for _ in range(10)]
    assert versions(room).count((2, "content")) == 1
    assert room.one("SELECT count(*) FROM mart.versions") == 3
    assert sum(t.books.revised for t in tallies) == 1
    assert room.one("SELECT count(*) FROM mart.sightings") == 3


def test_an_edit_that_is_taken_back_is_a_version_if_the_publisher_says_so(room: Newsroom) -> None:
    one = replace(entry(1), updated=EPOCH)
    edited = replace(one, text=one.text + "\n\nThe crews left on Friday.", updated=EPOCH + HOUR)
    back = replace(one, updated=EPOCH + 2 * HOUR)
    room.site.on("/a.xml", [Reply(atom([e])) for e in (one, edited, back)])
    room.subscribe("/a.xml")
    for _ in range(3):
        room.poll(later=HOUR)
    assert versions(room) == [(1, "first"), (2, "content"), (3, "restored")]


def test_new_guids_at_each_request_add_nothing(room: Newsroom) -> None:
    room.site.on("/a.xml", [Reply(rss([replace(entry(n), guid=f"{poll}-{n}") for n in range(5)])) for poll in range(6)])
    room.subscribe("/a.xml")
    for _ in range(6):
        room.poll(later=HOUR)
    assert room.one("SELECT count(*) FROM mart.articles") == 5
    assert room.one("SELECT count(*) FROM mart.sightings") == 5
    assert room.one("SELECT count(*) FROM ops.identity WHERE kind = 'guid'") == 5


def test_entries_that_vanish_are_noted_and_those_that_come_back_are_known(room: Newsroom) -> None:
    a, b, c = entry(1), entry(2), entry(3)
    room.site.on("/a.xml", [Reply(rss(entries)) for entries in ([a, b], [b, c], [a, b, c])])
    room.subscribe("/a.xml")
    room.poll()
    assert room.poll(later=HOUR).books.new == 1
    assert room.one("SELECT count(*) FROM mart.listings WHERE vanished_at IS NOT NULL") == 1
    assert room.one("SELECT vanished FROM mart.fetches ORDER BY fetched_at DESC LIMIT 1") == 1
    tally = room.poll(later=HOUR)
    assert (tally.books.new, tally.books.seen) == (0, 3)
    assert room.one("SELECT count(*) FROM mart.listings WHERE vanished_at IS NOT NULL") == 0
    assert room.one("SELECT count(*) FROM mart.articles") == 3


def test_one_story_in_two_feeds_is_one_article_with_two_sightings(room: Newsroom) -> None:
    one = entry(1)
    room.site.on("/a.xml", Reply(rss([one])))
    room.site.on("/b.xml", Reply(atom([replace(one, guid="b-1")])))
    room.subscribe("/a.xml", outlet="The Paper")
    room.subscribe("/b.xml", outlet="The Paper")
    room.poll()
    assert room.one("SELECT count(*) FROM mart.articles") == 1
    assert room.sql("SELECT source FROM mart.sightings ORDER BY source") == [("a",), ("b",)]


def test_what_an_entry_carries_is_kept(room: Newsroom) -> None:
    extra = '<enclosure url="/audio/1.mp3" type="audio/mpeg" length="1234"/><category>Harbour</category>'
    body = rss([entry(1, url="/news/1.html")]).decode().replace("</item>", f"{extra}</item>").encode()
    room.site.on("/sub/a.xml", Reply(body))
    room.subscribe("/sub/a.xml")
    room.poll()
    [(url, authors, keywords, published)] = room.sql("SELECT url, authors, keywords, published_at FROM mart.articles")
    assert url == room.site.url("/news/1.html")
    assert authors
    assert "Harbour" in keywords
    assert published == (EPOCH + timedelta(minutes=7)).replace(tzinfo=None)
    assert room.sql("SELECT url, media_type, n_bytes FROM mart.enclosures") == [
        (room.site.url("/audio/1.mp3"), "audio/mpeg", 1234)
    ]


def test_dates_of_the_future_and_absurd_ones_are_not_believed(room: Newsroom) -> None:
    future = datetime.fromisoformat("2126-01-01T00:00:00+00:00")
    past = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    room.site.on("/a.xml", Reply(rss([entry(1, published=future), entry(2, published=past), entry(3)])))
    room.subscribe("/a.xml")
    room.poll()
    dates = [d for (d,) in room.sql("SELECT published_at FROM mart.articles ORDER BY title")]
    assert sorted(d is None for d in dates) == [False, True, True]


# ── the long run ──


def test_twenty_polls_of_everything_lose_and_double_nothing(room: Newsroom) -> None:
    """Feeds that add, edit, re-GUID and re-order entries, with resets, hangs and cut bodies in between."""
    room.terms = HASTY
    polls, added = 20, 3
    expected_versions = dict.fromkeys(range(polls * added), 1)

    def edition(n: int, poll: int, *, guids: bool) -> Entry:
        edited = [p for p in range(2, poll + 1) if n == ((p - 1) * added) // 5]
        one = entry(n)
        text = one.text + "".join(
            f"\n\nUpdate {p}: the crews of item {n} reported again on day {p} of their work." for p in edited
        )
        return replace(one, text=text, guid=f"{poll}-{n}" if guids else one.guid)

    for n in expected_versions:
        expected_versions[n] += sum(n == ((p - 1) * added) // 5 for p in range(2, polls + 1))
    for feed, guids, offset in (("grow", False, 0), ("reguid", True, 1_000)):
        answers: list[Reply] = []
        for poll in range(1, polls + 1):
            numbers = list(range(poll * added))
            numbers = numbers[::-1] if poll % 2 else numbers[::2] + numbers[1::2]
            entries = [edition(n, poll, guids=guids) for n in numbers]
            entries = [
                replace(
                    e,
                    url=f"https://{feed}.example/{n}",
                    title=f"{feed} {n}: {e.title}",
                    guid=f"{feed}{e.guid}",
                    text=e.text.replace("Item ", f"Item {offset} "),
                )
                for n, e in zip(numbers, entries, strict=True)
            ]
            body = rss(entries)
            trouble = {4: "reset", 7: "hang", 11: "short", 15: "stall", 18: "cut-chunked"}.get(poll)
            answers.append(Reply(body, behaviour=trouble))  # type: ignore[arg-type]
        room.site.on(f"/{feed}.xml", answers)
        room.subscribe(f"/{feed}.xml")
    for _ in range(polls):
        room.poll(later=DAY)
    for feed in ("grow", "reguid"):
        assert room.one(f"SELECT count(*) FROM mart.articles WHERE source = '{feed}'") == polls * added
        found = room.sql(
            f"SELECT a.url, max(v.version) FROM mart.articles a JOIN mart.versions v USING (article_id) WHERE a.source = '{feed}' GROUP BY a.url"
        )
        got = {int(str(url).rpartition("/")[2]): n for url, n in found}
        # an edit of the poll that hung and of the next one may have been seen as one
        assert all(expected_versions[n] - 1 <= got[n] <= expected_versions[n] for n in expected_versions), (
            expected_versions,
            got,
        )
        last = room.one(f"SELECT count(*) FROM mart.articles WHERE source = '{feed}' AND text LIKE '%Update 20:%'")
        assert last == 1


def test_a_server_that_stops_during_a_poll_and_a_sleep_of_a_day_need_no_hand(room: Newsroom) -> None:
    def stops(_asked: object) -> Reply:
        room.site.stop()
        return Reply(rss([entry(1)]))

    room.site.on("/a.xml", [Reply(rss([entry(0)])), stops, Reply(rss([entry(1), entry(0)]))])
    room.site.on("/b.xml", Reply(rss([entry(5)])))
    room.subscribe("/a.xml")
    room.subscribe("/b.xml")
    room.poll()
    room.poll(later=HOUR)
    room.poll(later=HOUR)
    assert room.one("SELECT count(*) FROM mart.feed_health WHERE status = 'failing'") >= 1
    room.site.start()
    tally = room.poll(everything=False, later=2 * DAY)
    assert tally.feeds == 2
    assert room.one("SELECT count(*) FROM mart.articles") == 3
    assert room.sql("SELECT DISTINCT status FROM mart.feed_health") == [("active",)]


def test_polls_that_are_killed_lose_and_double_nothing(begun: Path) -> None:
    feeds = 24
    with NewsServer(hosts=4) as site:
        room = Newsroom(begun, site)
        for n in range(feeds):
            entries = [entry(10 * n + i, full=i > 0, url=site.url(f"/news/{n}-{i}.html")) for i in range(4)]
            site.on(f"/news/{n}-0.html", page(entries[0]))
            site.on(f"/{n}.xml", conditional(Reply(rss(entries), delay_s=0.05 * (n % 5))))
            room.subscribe(f"/{n}.xml", host=1 + n % 4)
        env = environment(WIREHOUSE_ALLOW_HOSTS="127.0.0.0/8", WIREHOUSE_PAGE_DELAY="0")
        chance = random.Random(20261124)
        for _ in range(6):
            before = len(site.log())
            run = subprocess.Popen(
                command("poll", data=room.data), cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            while run.poll() is None and len(site.log()) == before:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 1.5))
            run.kill()
            run.wait()
        room.poll(everything=False)
        room.poll(later=HOUR)
    assert room.sql(
        "SELECT count(*), count(DISTINCT url), max(version), count(*) FILTER (text_from = 'page') FROM mart.articles"
    ) == [(4 * feeds, 4 * feeds, 1, feeds)]
    assert room.one("SELECT count(*) FROM mart.sightings") == 4 * feeds
    assert room.sql("SELECT status, count(*) FROM mart.feed_health GROUP BY status") == [("active", feeds)]
    assert room.one("SELECT count(*) FROM ops.raw WHERE archive = ''") == 0


def test_a_feed_whose_address_cannot_be_made_holds_up_no_other(room: Newsroom) -> None:
    room.site.on("/a.xml", Reply(rss([entry(1)])))
    room.subscribe("/a.xml")
    room.subscribe(room.site.url("/b.xml") + "?key=${NO_SUCH_VARIABLE}", name="b")
    assert dict(+room.poll().outcomes) == {"ok": 1, "bad_url": 1}
    assert "NO_SUCH_VARIABLE" in room.one("SELECT reason FROM mart.feed_health WHERE source = 'b'")
    assert dict(+room.poll("b").outcomes) == {"bad_url": 1}
