"""The quick reader of plain feeds, which must say what feedparser says, and decline what it does not fully understand."""

from __future__ import annotations

from dataclasses import fields, replace
from time import process_time
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.parse.formats import _quick, feed
from tasks.parse.formats._entries import Entry, Feed, ttl
from tasks.parse.formats._markup import plain
from tasks.types import Enclosure
from tests.newsserver import atom, entry, rss

BASE = "https://lagoon.example/feed/"
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/"'
)
BLOG = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NAMESPACES}><channel>
<title>The Lagoon &#8211; Herald</title><atom:link href="https://lagoon.example/feed/" rel="self" type="application/rss+xml"/>
<link>https://lagoon.example</link><description>News of the lagoon</description><lastBuildDate>Mon, 02 Mar 2026 09:00:00 +0000</lastBuildDate>
<language>en-GB</language><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>
<image><url>https://lagoon.example/logo.png</url><title>Logo</title><link>https://lagoon.example</link></image>
<item><title>Ferry &amp; harbour: it&#8217;s back</title><link>https://lagoon.example/ferry?a=1&amp;b=2</link>
<dc:creator><![CDATA[Amina Yusuf]]></dc:creator><pubDate>Mon, 02 Mar 2026 08:00:00 +0300</pubDate><category><![CDATA[Harbour]]></category>
<category>Transport</category><guid isPermaLink="false">https://lagoon.example/?p=7</guid>
<description><![CDATA[<p>The night ferry is back. [&#8230;]</p>]]></description>
<content:encoded><![CDATA[<p>The night ferry is back after eleven weeks.</p>
<figure><img src="/img/1.jpg" alt=""/><figcaption>At the quay</figcaption></figure><p>&#8220;At last,&#8221; said Amina.</p><script>alert(1)</script>]]></content:encoded>
<slash:comments>3</slash:comments><enclosure url="https://lagoon.example/1.mp3" length="1234" type="audio/mpeg"/>
<media:content url="https://lagoon.example/big.jpg" medium="image"/><media:thumbnail url="https://lagoon.example/small.jpg"/></item>
<item><title>Second</title><link>/second</link><guid>https://lagoon.example/second</guid><description>Plain words &amp; no markup</description>
<author>Desk</author><pubDate>2026-03-02</pubDate></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nb"><title>Fjorden</title><subtitle type="html">Om fjorden</subtitle>
<id>tag:fjord.example,2026:1</id><link rel="self" href="https://fjord.example/atom"/><link href="https://fjord.example/"/><updated>2026-03-02T09:00:00Z</updated>
<author><name>Redaksjonen</name></author>
<entry><title type="html">Sn&amp;oslash; i fjellet</title><id>tag:fjord.example,2026:2</id><link rel="alternate" href="https://fjord.example/sno"/>
<link rel="enclosure" href="https://fjord.example/2.mp4" type="video/mp4" length="99"/><published>2026-03-01T22:30:00+01:00</published>
<updated>2026-03-02T08:00:00Z</updated><author><name>Kari Moen</name></author><category term="vær"/><summary type="text">Lite snø.</summary>
<content type="html">&lt;p&gt;Lite snø, sier Kari.&lt;/p&gt;&lt;p&gt;Mer kommer.&lt;/p&gt;</content></entry></feed>"""


def quick(xml: str) -> Feed | None:
    return _quick.read(xml[xml.index("?>") + 2 :] if xml.startswith("<?xml") else xml, BASE)


def slow(xml: str) -> Feed:
    return feed._understood(xml, BASE, None)


def shown(found: Feed) -> dict[str, object]:
    """What a reader sees: markup aside, since the slow reader rewrites it."""
    values = {f.name: getattr(found, f.name) for f in fields(found)}
    values["entries"] = [_shown(e) for e in found.entries]
    return values


def _shown(told: Entry) -> dict[str, object]:
    values = {f.name: getattr(told, f.name) for f in fields(told)}
    for name in ("summary", "content"):
        values[name] = plain(values[name] or "")
        if not values[name]:
            del values[f"{name}_type"]
    return values


@pytest.mark.parametrize(
    "xml",
    [
        BLOG,
        ATOM,
        rss([entry(n) for n in range(5)], ttl=15).decode(),
        atom([entry(n, full=n % 2 == 0) for n in range(5)]).decode(),
        BLOG.replace("pubDate", "pubdate"),
        BLOG.replace("<description>Plain words &amp; no markup</description>", ""),
    ],
)
def test_the_quick_reader_says_what_feedparser_says(xml: str) -> None:
    found = quick(xml)
    assert found is not None
    assert found.entries
    assert shown(found) == shown(slow(xml))


def test_what_a_blog_says_is_read() -> None:
    found = quick(BLOG)
    assert found is not None
    first, second = found.entries
    assert (found.title, found.ttl_s, found.image) == ("The Lagoon – Herald", 1_800, "https://lagoon.example/logo.png")
    assert (first.title, first.link) == ("Ferry & harbour: it’s back", "https://lagoon.example/ferry?a=1&b=2")
    assert (first.authors, first.categories, first.published) == (
        ("Amina Yusuf",),
        ("Harbour", "Transport"),
        "2026-03-02T05:00:00+00:00",
    )
    assert first.enclosures == (Enclosure("https://lagoon.example/1.mp3", "audio/mpeg", 1234),)
    assert first.image == "https://lagoon.example/big.jpg"
    assert "alert" not in (first.content or "")
    assert (second.link, second.id, second.published) == (
        "https://lagoon.example/second",
        "https://lagoon.example/second",
        "2026-03-02",
    )
    assert (second.summary, second.summary_type) == ("Plain words & no markup", "text")


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.replace("</channel>", ""),
        lambda x: x.replace("<title>Second</title>", "<title>AT&T</title>"),
        lambda x: x.replace("<title>Second</title>", "<title>&nbsp;</title>"),
        lambda x: x.replace("<title>Second</title>", "<title><b>Second</b></title>"),
        lambda x: x.replace("<title>Second</title>", "<title>Second</title><title>Third</title>"),
        lambda x: x.replace("<title>Second</title>", "<title>Second</title><byline>Me</byline>"),
        lambda x: x.replace("<author>Desk</author>", "<author>desk@lagoon.example (Desk)</author>"),
        lambda x: x.replace('<rss version="2.0"', '<rss version="0.91"'),
        lambda x: x.replace('<rss version="2.0"', '<rss version="2.0" xml:base="https://else.example/"'),
        lambda x: x.replace("<item>", '<item xml:base="https://else.example/">'),
        lambda x: x.replace("Plain words", "&lt;html&gt;&lt;body&gt;Plain words"),
        lambda x: x.replace("<link>/second</link>", "<link>/second one</link>"),
        lambda x: "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + x[x.index("?>") + 2 :].replace("Second", "&a;"),
        lambda x: x.replace("rss", "feed"),
    ],
)
def test_what_is_not_plain_is_left_to_feedparser(change: object) -> None:
    xml = change(BLOG)  # type: ignore[operator]
    declined = quick(xml) is None
    assert declined or "DOCTYPE" in xml  # declared entities never reach the quick reader
    if "DOCTYPE" in xml:
        assert feed.read(xml.encode(), base_url=BASE).entries[1].title == "b"


def test_both_readers_are_behind_one_door() -> None:
    assert feed.read(BLOG.encode(), base_url=BASE) == quick(BLOG)
    assert feed.read(BLOG.replace("Second", "AT&T").encode(), base_url=BASE).entries[1].title == "AT&T"
    broken = feed.read(BLOG[: BLOG.index("<item><title>Second")].encode(), base_url=BASE)
    assert broken.broken
    assert "XML is damaged" in broken.broken
    assert len(broken.entries) == 1
    assert feed.read(BLOG.encode(), base_url=BASE).broken is None


words = st.text("ab é&<>\"'…\n", max_size=12)
dates = st.sampled_from(
    ["", "Mon, 02 Mar 2026 08:00:00 +0300", "2026-03-02", "2026-03-02T08:00", "gestern", "2 Mar 2026 8:00 EST"]
)


@st.composite
def feeds(draw: st.DrawFn) -> str:
    items = []
    for n in range(draw(st.integers(1, 3))):
        parts = [
            f"<title>{escape(draw(words))}</title>",
            draw(st.sampled_from(["", "<link>/a</link>", "<link>https://a.example/x</link>", "<link>b?c=d</link>"])),
            f'<guid isPermaLink="{draw(st.sampled_from(["true", "false"]))}">{draw(st.sampled_from(["", "7", "https://a.example/7"]))}</guid>',
            f"<description>{escape(draw(words).replace('<', '').replace('>', ''))}</description>",
            f"<pubDate>{draw(dates)}</pubDate>",
            f"<category>{draw(st.sampled_from(['', 'World', ' Sport ']))}</category>",
            f"<content:encoded><![CDATA[<p>{n} {draw(words).replace('<', '')}</p>]]></content:encoded>",
        ]
        items.append(f"<item>{''.join(parts)}</item>")
    return f'<rss version="2.0" {NAMESPACES}><channel><title>T</title><link>https://a.example/</link>{"".join(items)}</channel></rss>'


@given(feeds())
@settings(max_examples=60)
def test_the_readers_agree_on_whatever_is_well_formed(xml: str) -> None:
    found = quick(xml)
    if found is not None:
        assert shown(found) == shown(slow(xml))


@pytest.mark.parametrize(
    ("minutes", "period", "frequency", "seconds"),
    [("60", None, None, 3_600), (None, "hourly", "2", 1_800), (None, "daily", None, 86_400), ("0", None, None, None), ("-5", None, None, None),
     ("x", None, None, None), (None, "sometimes", None, None), ("99999999", None, None, None), (None, "hourly", "0", None), (None, None, None, None)],
)  # fmt: skip
def test_how_long_a_feed_wants_to_be_left_alone(
    minutes: str | None, period: str | None, frequency: str | None, seconds: int | None
) -> None:
    assert ttl(minutes, period, frequency) == seconds


def test_fifty_thousand_entries_take_seconds() -> None:
    one = entry(1, text="The ferry no1 left.")
    xml = rss([replace(one, number=n, guid=f"g{n}", url=f"https://a.example/{n}") for n in range(50_000)])
    started = process_time()
    assert len(feed.read(xml, base_url=BASE).entries) == 50_000
    assert process_time() - started < 20
