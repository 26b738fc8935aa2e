"""Feeds as they are polled: entries that are known again whatever a server makes up anew, and bodies that were cut off."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse.polled import date_stamp, entry_print, read_feed
from tasks.types import DateClaim, Enclosure, FeedFacts, Item, Payload, Polled, Reject
from tests.newspaper import atom, entry, rss
from warehouse.errors import Refusal

NOW = datetime(2026, 3, 2, 12)  # noqa: DTZ001  naive UTC
BASE = "https://paper.example/feed.xml"
NEWS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def payload(data: bytes, media_type: str = "application/xml", *, whole: bool = True) -> Payload:
    return Payload("paper", "feed", BASE, data, "0" * 64, NOW, media_type=media_type, polled=Polled(whole=whole))


def read(data: bytes, *, whole: bool = True) -> tuple[FeedFacts, list[Item | Reject]]:
    return read_feed(payload(data, whole=whole))


def titles(data: bytes, *, whole: bool = True) -> list[str | None]:
    return [o.title if isinstance(o, Item) else o.detail for o in read(data, whole=whole)[1]]


def urlset(*numbers: int) -> bytes:
    urls = "".join(
        f"<url><loc>https://paper.example/{n}</loc><news:news><news:publication><news:name>The Post</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>2026-03-0{n}</news:publication_date>"
        f"<news:title>Story {n} &amp; more</news:title></news:news></url>\n"
        for n in numbers
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {NEWS}>\n{urls}</urlset>'.encode()


def jsonfeed(*numbers: int) -> bytes:
    listed = [{"id": str(n), "url": f"/{n}", "title": f"Story {n}", "content_html": f"<p>It was {n}.</p>"} for n in numbers]
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps(
        {"version": version, "title": "The Post", "home_page_url": "https://paper.example/", "items": listed}
    ).encode()


# ── each kind of feed ──


@pytest.mark.parametrize(
    ("data", "format_name", "first"),
    [
        (rss([entry(n) for n in (1, 2, 3)], title="The Post", ttl=15), "rss20", entry(1).title),
        (atom([entry(n) for n in (1, 2, 3)], title="The Post"), "atom10", entry(1).title),
        (jsonfeed(1, 2, 3), "json11", "Story 1"),
        (urlset(1, 2, 3), "sitemap", "Story 1 & more"),
    ],
)
def test_a_feed_of_each_format_is_read_whatever_its_type_says(data: bytes, format_name: str, first: str) -> None:
    for media_type in ("application/xml", "text/html", "text/plain", "application/octet-stream"):
        facts, found = read_feed(payload(data, media_type))
        assert (facts.format, facts.listed, facts.broken) == (format_name, 3, None)
        assert facts.title == (None if format_name == "sitemap" else "The Post")
        assert facts.site == (None if format_name == "sitemap" else "https://paper.example/")
        assert facts.ttl_s == (900 if format_name == "rss20" else None)
        items = [o for o in found if isinstance(o, Item)]
        assert len(items) == 3
        assert items[0].title == first
        assert [i.record for i in items] == [0, 1, 2]
        assert (items[0].url or "").startswith("https://paper.example/")
        assert not any(i.alone for i in items), "the feed's address is no key of an article"


def test_a_feed_of_one_entry_is_still_a_feed() -> None:
    (only,) = read(rss([entry(1)]))[1]
    assert isinstance(only, Item)
    assert not only.alone


@pytest.mark.parametrize(
    ("data", "format_name"),
    [
        (rss([]), "rss20"),
        (atom([]), "atom10"),
        (jsonfeed(), "json11"),
        (urlset(), "sitemap"),
        (b'<rss version="2.0"><channel/></rss>', "rss20"),
    ],
)
def test_a_feed_that_lists_nothing_has_no_entries_and_is_no_error(data: bytes, format_name: str) -> None:
    facts, found = read(data)
    assert (facts.format, facts.listed, found) == (format_name, 0, [])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<!DOCTYPE html><html><head><title>Log in</title></head><body><p>Please log in.</p></body></html>", "wrong_type"),
        (b"<html><body><h1>502 Bad Gateway</h1></body></html>", "wrong_type"),
        (b"There is nothing here.", "malformed"),
        (b'{"error": "not found"}', "wrong_type"),
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>', "forbidden"),
        (f"<sitemapindex {NEWS}><sitemap><loc>{BASE}</loc></sitemap></sitemapindex>".encode(), "wrong_type"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(data)
    assert caught.value.reason == reason


def test_an_entry_that_says_nothing_is_a_reject_among_items() -> None:
    data = rss([entry(1), entry(2)]).replace(b"</channel>", b"<item><guid>7</guid></item></channel>")
    facts, found = read(data)
    assert [type(o) for o in found] == [Item, Item, Reject]
    assert facts.listed == 3


# ── bodies that were cut off ──

BLOG = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Lagoon &#8211; Herald</title><link>https://paper.example/</link><language>en</language>
<item><title>Ferry &amp; harbour: it’s back</title><link>/ferry?a=1&amp;b=2</link><dc:creator><![CDATA[Amina Yusuf]]></dc:creator>
<category>Harbour</category><guid isPermaLink="false">7</guid><pubDate>Mon, 02 Mar 2026 08:00:00 +0300</pubDate>
<content:encoded><![CDATA[<p>The night ferry is back &amp; green.</p><figure><img src="/1.jpg?t=9"/></figure><p>“At <b>last</b>,” she said.</p>]]></content:encoded>
<enclosure url="https://paper.example/1.mp3" length="1234" type="audio/mpeg"/></item>
<item><title>Zweite Fähre</title><link>https://paper.example/2</link><description>&lt;p&gt;Grün &amp;amp; neu.&lt;/p&gt;</description></item>
<item><title>Third</title><link>https://paper.example/3</link><description>Plain words.</description></item>
</channel></rss>"""
FEEDS = {
    "rss": (rss([entry(n, full=n % 2 == 0) for n in range(4)]), b"</item>"),
    "blog": (BLOG.encode(), b"</item>"),
    "atom": (atom([entry(n, full=n % 2 == 0) for n in range(4)]), b"</entry>"),
    "sitemap": (urlset(1, 2, 3, 4), b"</url>"),
}


@pytest.mark.parametrize("name", FEEDS)
@given(at=st.integers(0, 1_000_000))
def test_of_a_body_that_was_cut_off_the_whole_entries_are_read_as_ever(name: str, at: int) -> None:
    data, end = FEEDS[name]
    cut = data[: at % (len(data) + 1)]
    whole = read(data)[1][: cut.count(end)]
    if not whole:
        assert read(cut, whole=False) == (FeedFacts(), [])
        return
    facts, found = read(cut, whole=False)
    assert facts.listed == len(whole)
    assert [entry_print(o) for o in found] == [entry_print(o) for o in whole], "else they would land again as revisions"
    for one, other in zip(found, whole, strict=True):
        assert isinstance(one, Item)
        assert isinstance(other, Item)
        assert (one.guid, one.dates, one.record, one.alone) == (other.guid, other.dates, other.record, other.alone)


@pytest.mark.parametrize("name", FEEDS)
def test_each_end_of_an_entry_adds_that_entry(name: str) -> None:
    data, end = FEEDS[name]
    places = [n + len(end) for n in range(len(data)) if data.startswith(end, n)]
    for count, place in enumerate(places, 1):
        assert titles(data[:place], whole=False) == titles(data)[:count]
        if count > 1:
            assert titles(data[: place - 1], whole=False) == titles(data)[: count - 1]


@pytest.mark.parametrize("name", FEEDS)
def test_a_whole_body_that_is_taken_for_cut_loses_nothing(name: str) -> None:
    data, _ = FEEDS[name]
    assert titles(data, whole=False) == titles(data)


def test_elements_with_prefixes_end_too() -> None:
    prefixed = urlset(1, 2).replace(b'xmlns="', b'xmlns:s="').replace(b"<url", b"<s:url").replace(b"</url", b"</s:url")
    prefixed = prefixed.replace(b"<loc>", b"<s:loc>").replace(b"</loc>", b"</s:loc>")
    assert titles(prefixed[: prefixed.rindex(b"Story 2")], whole=False) == ["Story 1 & more"]


def test_a_json_feed_that_was_cut_off_is_not_guessed_at() -> None:
    data = jsonfeed(1, 2, 3)
    assert read(data[:-20], whole=False) == (FeedFacts(), [])


# ── prints ──

TOLD = Item(
    "paper", "feed", "0" * 64, NOW, "feed", 3,
    guid="g-1", url="https://paper.example/1", title="Ferry back", title_from="feed", summary="It is back.", summary_type="text",
    body='<p class="a">The ferry is <b>back</b> in port.</p> <img src="https://paper.example/1.jpg?t=1"/>', body_type="html",
    authors=("Amina Yusuf",), dates=(DateClaim("published", "2026-03-02T08:00:00+00:00", "feed"),), keywords=("Harbour", "Apia"),
    image="https://paper.example/1.jpg?t=1",
    enclosures=(Enclosure("https://paper.example/1.mp3?token=1", "audio/mpeg", 9),),
)  # fmt: skip
SHORT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0<>"), max_size=20)
TOKENS = st.text("abcdef0123456789", min_size=1, max_size=12)


@given(SHORT, SHORT, TOKENS, st.integers(0, 99), st.sampled_from([NOW, datetime(2030, 1, 1)]))  # noqa: DTZ001  naive UTC
def test_what_a_server_makes_up_anew_does_not_count(guid: str, date: str, token: str, record: int, seen_at: datetime) -> None:
    again = replace(
        TOLD,
        guid=guid,
        dates=(DateClaim("published", date, "feed"), DateClaim("modified", date, "feed")),
        body=TOLD.body.replace("?t=1", f"?t={token}").replace('class="a"', f'class="{token}" id="{token}"'),
        image=f"https://paper.example/1.jpg?t={token}",
        enclosures=(Enclosure(f"https://paper.example/1.mp3?token={token}", "audio/ogg", len(token)),),
        record=record,
        raw_id=token,
        seen_at=seen_at,
    )
    assert entry_print(again) == entry_print(TOLD)


@pytest.mark.parametrize(
    "changed",
    [
        {"body": "<div><p>The ferry is <em>back</em> in\n port.</p></div>"},
        {"body": "The ferry is back in port.", "body_type": "text"},
        {"summary": "<p>It is  back.</p>", "summary_type": "html"},
        {"image": None},
        {"language": "en"},
    ],
)
def test_markup_blanks_and_images_do_not_count(changed: dict[str, object]) -> None:
    assert entry_print(replace(TOLD, **changed)) == entry_print(TOLD)  # type: ignore[arg-type]  # a test's own keywords


@pytest.mark.parametrize(
    "changed",
    [
        {"url": "https://paper.example/2"},
        {"url": "https://paper.example/1?page=2"},
        {"url": None},
        {"title": "Ferry back again"},
        {"title": None},
        {"body": TOLD.body.replace("back", "gone")},
        {"body": ""},
        {"body": TOLD.body.replace("in port", "in port,")},
        {"summary": "It is gone."},
        {"summary": None},
        {"authors": ("Kari Moen",)},
        {"authors": ()},
        {"keywords": ("Harbour",)},
        {"keywords": ("Apia", "Harbour", "Ferries")},
        {"enclosures": ()},
        {"enclosures": (Enclosure("https://paper.example/2.mp3", "audio/mpeg", 9),)},
    ],
)
def test_what_an_entry_says_counts(changed: dict[str, object]) -> None:
    assert entry_print(replace(TOLD, **changed)) != entry_print(TOLD)  # type: ignore[arg-type]  # a test's own keywords


def test_a_word_that_moves_from_one_field_to_the_next_counts() -> None:
    made = [
        Item("paper", "feed", "0", NOW, "feed", authors=("a",)),
        Item("paper", "feed", "0", NOW, "feed", keywords=("a",)),
        Item("paper", "feed", "0", NOW, "feed", title="a"),
        Item("paper", "feed", "0", NOW, "feed", url="a"),
        Item("paper", "feed", "0", NOW, "feed", body="a"),
        Item("paper", "feed", "0", NOW, "feed", summary="a"),
        Item("paper", "feed", "0", NOW, "feed", enclosures=(Enclosure("a", None, None),)),
        Item("paper", "feed", "0", NOW, "feed", authors=("a", "b")),
        Item("paper", "feed", "0", NOW, "feed", authors=("a b",)),
    ]
    assert len({entry_print(item) for item in made}) == len(made)


@given(st.builds(lambda *told: told, SHORT, SHORT, SHORT), st.builds(lambda *told: told, SHORT, SHORT, SHORT))
def test_two_prints_agree_only_where_the_words_do(one: tuple[str, str, str], other: tuple[str, str, str]) -> None:
    def made(told: tuple[str, str, str]) -> int:
        return entry_print(replace(TOLD, title=told[0], url=told[1], body=told[2]))

    same = (one[:2], one[2].split()) == (other[:2], other[2].split())
    assert (made(one) == made(other)) is same


def test_the_order_of_a_feed_does_not_count() -> None:
    listed = [entry(n) for n in range(5)]
    prints = [{entry_print(o) for o in read(rss(order))[1]} for order in (listed, listed[::-1], listed[2:] + listed[:2])]
    assert prints[0] == prints[1] == prints[2]
    assert len(prints[0]) == 5


def test_a_refused_entry_is_known_again_by_its_reason() -> None:
    refused = Reject(
        "parse", "no_article", "the address states no title", "paper", "feed", "0" * 64, NOW, 3, "https://paper.example/1"
    )
    assert entry_print(replace(refused, record=9, raw_id="1" * 64)) == entry_print(refused)
    assert entry_print(replace(refused, url="https://paper.example/2")) != entry_print(refused)
    assert entry_print(replace(refused, detail="there is no address that leads to a page")) != entry_print(refused)


def test_a_date_of_change_has_a_stamp_and_a_date_of_publication_has_none() -> None:
    changed = [replace(TOLD, dates=(*TOLD.dates, DateClaim("modified", day, "feed"))) for day in ("2026-03-03", "2026-03-04")]
    assert date_stamp(TOLD) == 0
    assert 0 not in (stamps := {date_stamp(item) for item in changed})
    assert len(stamps) == 2
    assert date_stamp(replace(changed[0], guid="other", title="Another")) == date_stamp(changed[0])


HALF = (
    '<rss version="2.0"><channel><title>T</title><item><title>One</title><description>First.</description></item>'
    "<item><title>Two</title>{}<description>Second.</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    "inner", ["<image><url>https://a.example/2.jpg</url></image>", "<x><![CDATA[ends with </item> so]]></x>", "<!-- </item> -->"]
)
def test_what_only_looks_like_the_end_of_an_entry_is_none(inner: str) -> None:
    data = HALF.format(inner).encode()
    assert titles(data[: data.index(b"Second")], whole=False) == ["One"]


def test_cut_bodies_in_other_encodings_and_cases() -> None:
    wide = HALF.format("").encode("utf-16")
    assert titles(wide[:-61], whole=False) == ["One"]
    upper = HALF.format("").replace("item>", "ITEM>").encode()
    assert titles(upper[: upper.index(b"Second")], whole=False) == ["One"]
