"""Canonical URLs: what goes, what stays, and once is enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.urls import canonical, domain


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("HTTP://WWW.Paper.Example:80/a//b/?utm_source=x&id=5#top", "http://www.paper.example/a/b/?id=5"),
        ("https://m.paper.example/amp/story.html?amp=1", "https://paper.example/story.html"),
        ("https://paper.example/story/amp/", "https://paper.example/story"),
        ("https://paper.example/story.amp.html", "https://paper.example/story.html"),
        ("https://www-paper-example.cdn.ampproject.org/c/s/www.paper.example/story/amp/", "https://www.paper.example/story"),
        ("https://www.google.com/amp/s/paper.example/story.amp", "https://paper.example/story"),
        ("https://paper.example/a;jsessionid=0AB1CD2EF3?page=2", "https://paper.example/a?page=2"),
        ("https://paper.example/(S(abcdefghij0123456789abcd))/a.aspx", "https://paper.example/a.aspx"),
        ("https://paper.example/a?PHPSESSID=0123456789abcdef01&x=1", "https://paper.example/a?x=1"),
        ("https://paper.example/?p=123&fbclid=xyz", "https://paper.example/?p=123"),
        ("https://paper.example/search?sid=7&q=%C3%A9t%C3%A9", "https://paper.example/search?sid=7&q=%C3%A9t%C3%A9"),
        ("https://paper.example/a?ref=rss&page=2&ref=7", "https://paper.example/a?page=2&ref=7"),
        ("https://paper.example/a%2Db/%E6%9D%B1", "https://paper.example/a-b/%E6%9D%B1"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("//paper.example/a", "https://paper.example/a"),
        ("../b", "https://base.example/b"),
        ("https://mobile.example/a", "https://mobile.example/a"),
        ("https://amp.example/a", "https://amp.example/a"),
    ],
)
def test_one_page_has_one_address(given: str, expected: str) -> None:
    assert canonical(given, "https://base.example/dir/") == expected


@pytest.mark.parametrize(
    "given",
    ["", None, "mailto:a@b.example", "javascript:alert(1)", "https://[::1", "data:text/html,x", "https://", "http://a:99999/"],
)
def test_what_is_no_page(given: str | None) -> None:
    assert canonical(given) is None


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z.]{1,12}/[ -~]{0,40}", fullmatch=True))
def test_canonical_is_idempotent_and_raises_nothing(given: str) -> None:
    once = canonical(given)
    assert once is None or canonical(once) == once


def test_domains() -> None:
    assert domain("https://www.paper.example/a") == "paper.example"
    assert domain(None) is domain("nonsense") is domain("https://[::1") is None
