"""Feeds that pages name: how they are named, in which order they are told, and what hostile pages may do."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse.discover import Found, feeds_in, guesses

HOME = "https://www.reef.example/news/today.html"


def found(body: str, url: str = HOME) -> list[str]:
    return [feed.url for feed in feeds_in(body.encode(), url)]


@pytest.mark.parametrize(
    "media",
    ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "APPLICATION/RSS+XML; charset=utf-8", "application/x.atom+xml"],
)  # fmt: skip
def test_a_link_of_a_feeds_type_is_a_feed_whatever_it_is_called(media: str) -> None:
    [feed] = feeds_in(f'<link href="/x" title="Reef &amp; Sea" type="{media}" rel="home Alternate">'.encode(), HOME)
    assert feed == Found("https://www.reef.example/x", "Reef & Sea", media.split(";", maxsplit=1)[0].lower())


@pytest.mark.parametrize("media", ["application/json", "text/xml", "application/xml", "application/x-rss"])
def test_a_link_of_a_type_of_many_things_is_a_feed_if_it_is_called_one(media: str) -> None:
    link = '<link rel="alternate" type="{}" href="{}" title="{}">'
    assert found(link.format(media, "/wp-json/posts/1", "JSON")) == []
    assert found(link.format(media, "/main", "RSS of the reef")) == ["https://www.reef.example/main"]
    assert found(link.format(media, "/feed.json", "")) == ["https://www.reef.example/feed.json"]


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="alternate" hreflang="sw" href="/sw/feed">',
        '<link rel="stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?url=/feed">',
        '<link rel="alternate" type="text/xml+oembed" href="/oembed?format=xml&amp;url=/feed">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="ftp://reef.example/feed">',
        '<link rel="alternate" type="application/rss+xml" href="http:///feed">',
        '<link rel="alternate" type="application/rss+xml" href="http://[reef/feed">',
        '<link rel="alternate" type="application/rss+xml" href="https://reef.example:none/feed">',
        '<!-- <link rel="alternate" type="application/rss+xml" href="/feed"> -->',
        '<script>"<link rel=alternate type=application/rss+xml href=/feed>"</script>',
    ],
)
def test_what_is_no_feed_is_passed_over(markup: str) -> None:
    assert found(f"<html><head>{markup}</head><body><p>Words</p></body></html>") == []


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", "https://www.reef.example/news/f.xml"),
        ('<base href="/sub/">', "https://www.reef.example/sub/f.xml"),
        ('<base target="_top"><base href="//cdn.example/a/b">', "https://cdn.example/a/f.xml"),
        ('<base href="javascript:x">', "https://www.reef.example/news/f.xml"),
        ('<base href="http://[broken">', "https://www.reef.example/news/f.xml"),
    ],
)
def test_relative_addresses_start_from_the_base(head: str, expected: str) -> None:
    assert found(f'{head}<link rel="alternate" type="application/rss+xml" href=" f.xml#top ">') == [expected]


def test_addresses_become_such_as_can_be_asked_for() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    assert found(link.format("//feeds.example/a")) == ["https://feeds.example/a"]
    assert found(link.format("/all news.xml")) == ["https://www.reef.example/all%20news.xml"]
    assert found(link.format("/a\n\tb.xml?x=1&amp;y=2")) == ["https://www.reef.example/ab.xml?x=1&y=2"]


@pytest.mark.parametrize(
    "href",
    ["/feed", "/feed/", "/RSS", "/blog/rss.xml", "/atom.xml", "/index.xml", "/world.rss", "/feed.json", "/rss/world.xml", "/feeds/posts/default",
     "/?feed=rss2", "/news?lang=sw&format=rss", "https://reef.example/feed", "https://sw.reef.example/feed", "https://feeds.feedburner.com/reef",
     "https://rss.other.example/reef/rss.xml"],
)  # fmt: skip
def test_a_link_in_the_text_that_clearly_leads_to_a_feed_is_one(href: str) -> None:
    [feed] = feeds_in(f'<body><a href="{href}"><img src="/rss.png"> Our <b>feed</b></a></body>'.encode(), HOME)
    assert (feed.title, feed.media_type) == ("Our feed", None)


@pytest.mark.parametrize(
    "href",
    ["/feedback", "/feeds", "/rss/help", "/news/fish-feed-prices.html", "/sitemap.xml", "/?q=rss", "https://other.example/feed", "https://notreef.example/feed",
     "https://rss.app/pricing", "https://feeds.feedburner.com/", "https://reader.example/add?url=https://reef.example/feed", "mailto:rss@reef.example", "#feed"],
)  # fmt: skip
def test_a_link_in_the_text_that_may_lead_anywhere_is_none(href: str) -> None:
    assert found(f'<a href="{href}">RSS</a>') == []


def test_the_main_feed_comes_first_others_later_and_comments_last() -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
    page = "".join(
        [
            link.format("Reef » Comments Feed", "/all"),
            link.format("Elsewhere", "https://other.example/rss"),
            link.format("Their comments", "https://other.example/comments/rss"),
            link.format("Reef", "/main"),
            '<a href="/comments/feed">Comments</a><a href="/sport/rss">Sport</a>',
        ]
    )
    assert found(page) == [
        "https://www.reef.example/main",
        "https://www.reef.example/sport/rss",
        "https://other.example/rss",
        "https://www.reef.example/all",
        "https://www.reef.example/comments/feed",
        "https://other.example/comments/rss",
    ]


def test_a_host_that_is_named_after_comments_has_a_main_feed_too() -> None:
    page = '<a href="/comments/feed">C</a><a href="/feed">F</a>'
    assert found(page, "https://comments.example/") == ["https://comments.example/feed", "https://comments.example/comments/feed"]


def test_a_feed_is_named_once_as_it_was_named_first() -> None:
    page = """<link rel="alternate" type="application/rss+xml" href="/feed" title="First"><a href="/feed/">again</a>
    <a href="http://reef.example/feed#top">again</a><a href="/feed?page=2">another</a>"""
    assert feeds_in(page.encode(), HOME) == [
        Found("https://www.reef.example/feed", "First", "application/rss+xml"),
        Found("https://www.reef.example/feed?page=2", "another", None),
    ]


def test_no_more_than_twenty() -> None:
    links = (f'<link rel="alternate" type="application/rss+xml" href="https://other.example/{n}/rss">' for n in range(100))
    told = found("".join(links) + '<a href="/feed">F</a>')
    assert len(told) == 20
    assert told[0] == "https://www.reef.example/feed"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1252"])
def test_pages_of_any_charset(charset: str) -> None:
    page = '<html><link rel="alternate" type="application/rss+xml" href="/feed" title="Überall Ebbe"></html>'.encode(charset)
    assert [feed.title for feed in feeds_in(page, HOME, charset)] == ["Überall Ebbe"]


@pytest.mark.parametrize(
    "page", [b"", b" ", b"\0\0\0", b"%PDF-1.7", b"<", b"\xff\xfe", b"<html", b'{"a": 1}', b"<?xml?>", b"<a href>"]
)
@pytest.mark.parametrize("url", ["", "http://[x", "file:///etc", "reef.example", HOME])
def test_what_is_no_page_names_no_feeds(page: bytes, url: str) -> None:
    assert feeds_in(page, url, "no-such-charset") == []


@pytest.mark.parametrize("url", ["", "http://[x", "file:///etc", HOME])
def test_hostile_links_are_passed_over_wherever_the_page_is_from(url: str) -> None:
    page = b"<a href='http://[x/feed'><a href='https://h:b/feed'><a href='https://h:99999999/feed'><a href='http://\xe2\x84\x80/feed'><a href='http:feed:'>"
    assert all(feed.url.startswith("https://www.reef.example/") for feed in feeds_in(page, url))


def test_a_page_of_nested_links_costs_no_time() -> None:
    started = process_time()
    for opening in (
        b"<div><a href=/%d/rss>words ",
        b"<a href=/%d/feed title=%d>",
        b"<b><link rel=alternate type=application/rss+xml href=%d>",
    ):
        page = b"".join(opening.replace(b"%d", str(n).encode()) for n in range(50_000))
        assert len(feeds_in(page, HOME)) == 20 or b"<div>" in page
    assert process_time() - started < 20
    assert len(feeds_in(b"<a href=/feed>" + b"long " * 100_000, HOME)[0].title or "") <= 200


@given(st.binary(max_size=300), st.text(max_size=40))
def test_nothing_raises(page: bytes, url: str) -> None:
    for begin in (b"", b"<a href='", b"<base href='", b"<link rel=alternate type=application/rss+xml href='http://"):
        told = feeds_in(begin + page, url)
        assert all(feed.url.startswith(("http://", "https://")) for feed in told)
    assert all(guess.startswith(("http://", "https://")) for guess in guesses(url))


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("https://reef.example", "https://reef.example/feed"),
        ("https://reef.example/index.html", "https://reef.example/feed"),
        ("https://reef.example/news/", "https://reef.example/news/feed"),
        ("https://reef.example/news/today.html?x=1#top", "https://reef.example/news/feed"),
        ("http://reef.example:8080/a/b", "http://reef.example:8080/a/b/feed"),
    ],
)
def test_guesses_begin_where_the_page_is(url: str, first: str) -> None:
    tries = guesses(url)
    root = "/".join(url.split("/")[:3])
    assert tries[0] == first
    assert {f"{root}/{place}" for place in ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")} <= set(
        tries
    )
    assert len(tries) == len(set(tries)) <= 12


@pytest.mark.parametrize(
    "url", ["", "reef.example", "file:///etc/feeds", "http://[x", "https://", "https://reef.example:none/", "javascript:x"]
)
def test_there_is_nothing_to_guess_of_what_is_no_web_address(url: str) -> None:
    assert guesses(url) == []
