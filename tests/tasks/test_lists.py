"""OPML lists and feeds that pages name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse.discover import feeds_in, guesses
from tasks.parse.opml import Outline, read, write
from warehouse.errors import Refusal

OPML = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Mine</title></head><body>
  <outline text="Harbours">
    <outline title="The Lagoon Herald" text="x" type="rss" xmlUrl="https://lagoon.example/feed?a=1&amp;b=2" htmlUrl="https://lagoon.example/"/>
    <outline text="Deep"><outline text="Fjord &amp; Sea" XMLURL="http://fjord.example/rss"/></outline>
  </outline>
  <outline text="https://fjord.example/atom" xmlUrl="https://fjord.example/atom"/>
  <outline text="again" xmlUrl="https://fjord.example/atom"/>
  <outline text="no feed" url="https://fjord.example/"/>
  <outline text="script" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


def test_a_list_is_read_with_its_folders() -> None:
    assert read(OPML) == [
        Outline("https://lagoon.example/feed?a=1&b=2", "The Lagoon Herald", "https://lagoon.example/", ("Harbours",)),
        Outline("http://fjord.example/rss", "Fjord & Sea", None, ("Harbours", "Deep")),
        Outline("https://fjord.example/atom", None, None, ()),
    ]


def test_a_broken_list_is_read_as_far_as_it_goes() -> None:
    broken = b'<opml><body><outline text="A & B" xmlUrl="https://a.example/f?x=1&y=2"/><outline text="cut'
    assert [(o.url, o.title) for o in read(broken)] == [("https://a.example/f?x=1&y=2", "A & B")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"hello", "malformed"),
        (b"<html><body/></html>", "wrong_type"),
        (b"<opml><body/></opml>", "no_article"),
        (
            b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;" xmlUrl="https://a.example/"/></body></opml>',
            "forbidden",
        ),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(data)
    assert refused.value.reason == reason


words = st.text("abc é&<>\"'", min_size=1, max_size=8).map(lambda t: " ".join(t.split())).filter(bool)
outlines = st.lists(
    st.builds(
        Outline,
        st.integers(0, 99).map(lambda n: f"https://paper.example/{n}?a=1&b={n}"),
        st.none() | words,
        st.none() | st.just("https://paper.example/"),
        st.lists(words, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda o: o.url,
)


@given(outlines)
def test_what_is_written_is_read(given_outlines: list[Outline]) -> None:
    assert sorted(read(write(given_outlines, "T").encode()), key=lambda o: o.url) == sorted(given_outlines, key=lambda o: o.url)


PAGE = b"""<!doctype html><html><head><base href="/sub/">
<link rel=alternate type="application/rss+xml" title="Comments feed" href="comments.xml">
<LINK REL="ALTERNATE home" TYPE="application/atom+xml; charset=utf-8" TITLE=" All
 news " HREF="news.atom">
<link rel="alternate" type="application/rss+xml" href="https://other.example/rss">
<link rel="alternate" type="application/json" href="/wp-json/posts/1">
<link rel="alternate" hreflang="de" href="/de/">
<link rel="alternate" type="text/xml" href="/rss.xml#top">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head><body><a href="/feed/">Feed</a> <a href="/feedback">Write to us</a> <a href="https://elsewhere.example/feed">Theirs</a>
<a href="http://[broken/feed">?</a></body>"""


def test_a_page_names_its_feeds_the_main_one_first() -> None:
    found = feeds_in(PAGE, "https://www.lagoon.example/start")
    assert [f.url for f in found] == [
        "https://www.lagoon.example/sub/news.atom",
        "https://www.lagoon.example/rss.xml",
        "https://www.lagoon.example/feed/",
        "https://other.example/rss",
        "https://www.lagoon.example/sub/comments.xml",
    ]
    assert found[0].title == "All news"


@given(st.binary(max_size=300))
def test_no_page_breaks_the_search(page: bytes) -> None:
    assert isinstance(feeds_in(b"<link rel=alternate type=application/rss+xml href=" + page, "https://a.example/"), list)


def test_guesses_go_from_the_page_to_the_root() -> None:
    tries = guesses("https://a.example/news/world?x=1")
    assert tries[:2] == ["https://a.example/news/world/feed", "https://a.example/news/world/rss"]
    assert "https://a.example/feed" in tries
    assert len(tries) == len(set(tries)) <= 12
