"""Polls of a real server: teasers, and the pages that complete them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import story
from tests.newspaper import EPOCH, Entry, atom, entry, page, rss
from tests.newsroom import HASTY
from tests.newsserver import Reply, conditional

if TYPE_CHECKING:
    from tests.newsroom import Newsroom

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
NOT_CHANGED = 304


def versions(room: Newsroom) -> list[tuple[Any, ...]]:
    return room.sql("SELECT version, change_kind FROM mart.versions ORDER BY article_id, version")


def teasers(room: Newsroom, numbers: range) -> list[Entry]:
    made = [entry(n, full=False, url=room.site.url(f"/news/{n}.html")) for n in numbers]
    for teaser in made:
        room.site.on(urlsplit(teaser.url).path, conditional(page(teaser)))
    return made


def texts(room: Newsroom) -> list[tuple[Any, ...]]:
    return room.sql("SELECT text_from, access, words > 150 FROM mart.articles ORDER BY title")


def test_a_teaser_is_completed_by_its_page(room: Newsroom) -> None:
    room.site.on("/a.xml", Reply(rss(teasers(room, range(3)))))
    room.subscribe("/a.xml")
    tally = room.poll()
    assert (tally.books.new, dict(tally.pages)) == (3, {"ok": 3})
    assert texts(room) == [("page", "free", True)] * 3
    assert room.one("SELECT count(*) FROM mart.versions") == 3
    [(raw, media)] = room.sql(
        "SELECT DISTINCT v.raw_id = s.raw_id, r.media_type FROM mart.versions v JOIN mart.sightings s USING (article_id) JOIN ops.raw r ON r.raw_id = v.raw_id"
    )
    assert (raw, media) == (False, "text/html")
    room.poll(later=HOUR)
    assert len(room.site.log("/news/1.html")) == 1, "a page that is known is not asked for again"


def test_full_text_in_the_feed_needs_no_page_unless_the_source_says_so(room: Newsroom) -> None:
    whole = entry(1, url=room.site.url("/news/1.html"))
    room.site.on("/news/1.html", page(whole))
    room.site.on("/a.xml", Reply(rss([whole])))
    room.subscribe("/a.xml")
    room.poll()
    assert not room.site.log("/news/1.html")
    room.site.on("/b.xml", Reply(rss(teasers(room, range(2, 3)))))
    room.subscribe("/b.xml", full_text="feed")
    room.poll("b")
    assert not room.site.log("/news/2.html")
    room.site.on("/c.xml", Reply(rss([replace(whole, guid="c", url=room.site.url("/news/3.html"), text=story(3, 200))])))
    room.site.on("/news/3.html", page(replace(whole, text=story(3, 400))))
    room.subscribe("/c.xml", full_text="page")
    room.poll("c")
    assert room.one("SELECT text_from FROM mart.articles WHERE source = 'c'") == "page"


def test_robots_txt_is_asked_once_and_obeyed(room: Newsroom) -> None:
    room.site.on("/robots.txt", Reply(b"User-agent: *\nDisallow: /news/\n", media_type="text/plain"))
    room.site.on("/a.xml", Reply(rss(teasers(room, range(3)))))
    room.subscribe("/a.xml")
    tally = room.poll()
    assert dict(tally.pages) == {"robots": 3}
    assert texts(room) == [("feed", "truncated", False)] * 3
    assert len(room.site.log("/robots.txt")) == 1
    assert not room.site.log("/news/1.html")
    room.site.on("/a.xml", Reply(rss(teasers(room, range(4)))))
    room.poll(later=HOUR)
    assert len(room.site.log("/robots.txt")) == 1, "it holds for a day"
    room.site.on("/a.xml", Reply(rss(teasers(room, range(5)))))
    room.poll(later=2 * DAY)
    assert len(room.site.log("/robots.txt")) == 2


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (Reply(b"", 500), "http_error"),
        (Reply(b"", 404), "not_found"),
        (Reply(b"x", behaviour="hang"), "timeout"),
        (Reply(b"<!DOCTYPE html><html><body><h1>We value your privacy</h1><p>Accept all cookies to go on to our site and partners.</p></body></html>", media_type="text/html"), "no_article"),
        (Reply(b"%PDF-1.4 nothing", media_type="application/pdf"), "no_article"),
    ],
)  # fmt: skip
def test_a_page_that_fails_leaves_the_teaser_and_is_tried_again(room: Newsroom, trouble: Reply, outcome: str) -> None:
    room.terms = HASTY if trouble.behaviour else room.terms
    [teaser] = teasers(room, range(1, 2))
    room.site.on("/news/1.html", [trouble, page(teaser)])
    room.site.on("/a.xml", conditional(rss([teaser])))
    room.subscribe("/a.xml")
    tally = room.poll()
    assert dict(tally.pages) == {outcome: 1}
    assert texts(room) == [("feed", "truncated", False)]
    tally = room.poll(later=HOUR)
    assert (tally.books.new, tally.books.revised, tally.books.seen) == (0, 0, 1), "completing a teaser is no revision"
    assert texts(room) == [("page", "free", True)]
    assert versions(room) == [(1, "first"), (2, "completed")]
    room.poll(later=HOUR)
    assert len(room.site.log("/news/1.html")) == 2


def test_a_teaser_never_replaces_the_full_text(room: Newsroom) -> None:
    [teaser] = teasers(room, range(1, 2))
    room.site.on("/full.xml", Reply(rss([replace(teaser, full=True)])))
    room.site.on("/teaser.xml", Reply(rss([replace(teaser, guid="t")])))
    room.site.on("/news/1.html", Reply(b"", 500))
    room.subscribe("/full.xml", outlet="Paper")
    room.poll()
    room.subscribe("/teaser.xml", outlet="Paper")
    assert room.poll("teaser").books.seen == 1
    assert texts(room) == [("feed", None, True)]
    assert versions(room) == [(1, "first")]


def test_two_feeds_of_one_article_do_not_flip(room: Newsroom) -> None:
    one = entry(1)
    other = replace(one, guid="b", text="By our staff. " + one.text.replace("crews", "teams"))
    edited = replace(one, text=one.text + "\n\nOn Monday the town council will hear the crews.")
    room.site.on("/a.xml", [*[Reply(rss([one]))] * 3, Reply(rss([edited]))])
    room.site.on("/b.xml", Reply(rss([other])))
    room.subscribe("/a.xml", outlet="Paper")
    room.poll()
    room.subscribe("/b.xml", outlet="Paper")
    for _ in range(4):
        room.poll(later=HOUR)
    assert versions(room) == [(1, "first"), (2, "content")], "the edit in one feed is one version; the other's wording is none"


def test_pages_are_asked_for_conditionally(room: Newsroom) -> None:
    [teaser] = teasers(room, range(1, 2))
    retitled = replace(teaser, title="A better headline for it")
    room.site.on("/a.xml", [Reply(rss([teaser])), Reply(rss([retitled]))])
    room.subscribe("/a.xml")
    room.poll()
    room.poll(later=HOUR)
    first, second = room.site.log("/news/1.html")
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"]
    assert versions(room) == [(1, "first"), (2, "headline")]
    assert texts(room) == [("page", "free", True)]


def test_an_edit_of_the_page_that_the_feed_only_dates_anew_is_a_version(room: Newsroom) -> None:
    many = [replace(t, updated=EPOCH) for t in teasers(room, range(6))]
    edited = replace(many[1], text=many[1].text + "\n\nThe crews were thanked on Sunday.", updated=EPOCH + HOUR)
    room.site.on("/a.xml", [Reply(atom(many)), Reply(atom([edited if t is many[1] else t for t in many]))])
    room.subscribe("/a.xml")
    room.poll()
    room.site.on("/news/1.html", conditional(page(edited)))
    tally = room.poll(later=HOUR)
    assert (tally.books.revised, tally.books.seen, tally.pages) == (1, 5, {"ok": 1})
    assert room.one("SELECT count(*) FROM mart.articles WHERE version = 2 AND text LIKE '%thanked on Sunday.'") == 1
    assert room.poll(later=HOUR).books.seen == 0


def test_a_feed_that_dates_all_its_entries_anew_asks_for_no_page(room: Newsroom) -> None:
    made = teasers(room, range(6))
    room.site.on("/a.xml", [Reply(atom([replace(t, updated=EPOCH + n * HOUR) for t in made])) for n in range(4)])
    room.subscribe("/a.xml")
    for _ in range(4):
        room.poll(later=HOUR)
    assert [len(room.site.log(f"/news/{n}.html")) for n in range(6)] == [1] * 6
    assert room.one("SELECT count(*) FROM mart.sightings") == 6


def test_news_sitemaps_and_json_feeds_are_polled_like_feeds(room: Newsroom) -> None:
    one, two = teasers(room, range(2))
    urls = "".join(
        f"<url><loc>{t.url}</loc><n:news><n:publication><n:name>The Post</n:name></n:publication>"
        f"<n:publication_date>2026-03-02</n:publication_date><n:title>{t.title}</n:title></n:news></url>"
        for t in (one, two)
    )
    namespaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    room.site.on("/news.xml", Reply(f"<urlset {namespaces}>{urls}</urlset>".encode(), media_type="application/xml"))
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "items": [{"id": "9", "url": "https://j.example/9", "title": "Nine", "content_text": story(9, 200)}],
    }
    room.site.on("/feed.json", Reply(json.dumps(told).encode(), media_type="application/feed+json"))
    room.subscribe("/news.xml")
    room.subscribe("/feed.json")
    assert room.poll().books.new == 3
    assert room.sql("SELECT format, text_from, outlet FROM mart.articles ORDER BY ALL") == [
        ("jsonfeed", "feed", "j.example"), ("sitemap", "page", "The Post"), ("sitemap", "page", "The Post"),
    ]  # fmt: skip
    assert room.poll(later=HOUR).books.fetched == 0


def test_pages_are_tried_again_whatever_validators_the_feed_has(room: Newsroom) -> None:
    [teaser] = teasers(room, range(1, 2))
    room.site.on("/news/1.html", [Reply(b"", 500), page(teaser)])
    room.site.on("/a.xml", conditional(rss([teaser]), etag=False, modified=False))
    room.subscribe("/a.xml")
    for _ in range(3):
        room.poll(later=HOUR)
    assert texts(room) == [("page", "free", True)]
    assert len(room.site.log("/news/1.html")) == 2


def test_a_page_that_several_feeds_wait_for_is_asked_for_once(room: Newsroom) -> None:
    [teaser] = teasers(room, range(1, 2))
    room.site.on("/news/1.html", replace(page(teaser), delay_s=1.0))
    for name in ("a", "b", "c"):
        room.site.on(f"/{name}.xml", Reply(rss([teaser])))
        room.subscribe(f"/{name}.xml", outlet="Paper")
    tally = room.poll()
    assert (tally.books.new, tally.books.seen) == (1, 2)
    assert len(room.site.log("/news/1.html")) == 1


def test_a_text_that_shrinks_to_its_beginning_is_no_revision(room: Newsroom) -> None:
    whole = entry(1)
    short = replace(whole, text="\n\n".join(whole.text.split("\n\n")[:3]))
    room.site.on("/a.xml", [Reply(rss([whole])), Reply(rss([short]))])
    room.subscribe("/a.xml", full_text="feed")
    for _ in range(2):
        room.poll(later=HOUR)
    assert versions(room) == [(1, "first")]


def test_stories_under_one_standing_line_stay_several(room: Newsroom) -> None:
    line = "Watch the full video on our website now, free for all readers."
    titles = ("Ferry leaves at dawn", "Clinic opens in Apia", "Choir wins a prize")
    made = [replace(entry(n), title=title, text=line) for n, title in enumerate(titles)]
    room.site.on("/a.xml", Reply(rss(made)))
    room.subscribe("/a.xml", full_text="feed")
    assert room.poll().books.new == 3
