"""The quick reader of plain feeds, which must say what feedparser says, and decline what it does not fully understand."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from xml.sax.saxutils import escape

import pytest
from feedparser.datetimes import _parse_date
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.parse.formats import _quick, feed
from tasks.parse.formats._entries import Entry, Feed, items, ttl
from tasks.parse.formats._feedparsed import moment
from tasks.parse.formats._markup import plain
from tasks.parse.formats._moments import date
from tasks.parse.formats._persons import split
from tasks.types import Enclosure, Item, Payload
from tests.newspaper import atom, entry, rss

CASES = Path(__file__).parents[1] / "cases" / "parse" / "feed"
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
    values |= {name: plain(values[name] or "") for name in ("description", "rights")}
    values["entries"] = [_shown(e) for e in found.entries]
    return values


def _shown(told: Entry) -> dict[str, object]:
    values = {f.name: getattr(told, f.name) for f in fields(told)}
    for name in ("summary", "content"):
        values[name] = plain(values[name] or "")
        del values[f"{name}_type"]  # whether a tag that says nothing was kept
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
    ("old", "new"),
    [
        ("</channel>", ""),
        ("<title>Second</title>", "<title>AT&T</title>"),
        ("<title>Second</title>", "<title>&nbsp;</title>"),
        ("<title>Second</title>", "<title><b>Second</b></title>"),
        ("<title>Second</title>", "<title>Caf\u00c3\u00a9</title>"),
        ("<title>Second</title>", "<title>5&#150;6</title>"),
        ("<author>Desk</author>", "<byline>Desk</byline>"),
        ("<author>Desk</author>", "<author><name>Desk</name><email>desk@a.example</email></author><author><name>Bo</name></author>"),
        ("<author>Desk</author>", "<author><email>desk@a.example</email></author>"),
        ("<author>Desk</author>", f"<author>{'Desk ' * 100}</author>"),
        ("<author>Desk</author>", "<author>Desk</author><foo><title>T</title></foo>"),
        ('<rss version="2.0"', '<rss version="3.0"'),
        ('<rss version="2.0"', "<rss"),
        ("Plain words", "&lt;html&gt;&lt;body&gt;Plain words"),
        ("Plain words", "Plain &lt;script&gt;words"),
        ("Plain words", "Plain &lt;!-- words"),
        ("Plain words", "Plain &lt;a title='words"),
        ("Plain words", "&lt;svg&gt;&lt;title&gt;Plain&lt;/title&gt;&lt;/svg&gt; words"),
        ("<description>Plain", '<description mode="escaped">Plain'),
        ("<description>Plain", '<description type="application/pdf">Plain'),
        ("<link>/second</link>", "<link>/second one</link>"),
        ("<link>/second</link>", "<link>/second</link><link>/third</link>"),
        ("<link>/second</link>", '<link rel="related">/second</link>'),
        ("</channel>", "</channel><channel/>"),
        ("</channel>", "</channel><item/>"),
        ("<item><title>Second", '<item href="/x"><title>Second'),
        ("<item><title>Second", "<item><body>B</body><title>Second"),
        ("<item><title>Second", "<item><tags>T</tags><links a='b'/><title>Second"),
        ("<item><title>Second", "<item><media:keywords a='b'>T</media:keywords><title>Second"),
        ("<item><title>Second", "<item><category text='A'>B</category><title>Second"),
        ("<item><title>Second", "<item><source><item/></source><title>Second"),
        ("<item><title>Second", "<item><enclosure url='/a'><a/></enclosure><title>Second"),
        ("<item><title>Second", "<item><link href='/a' uri='/b'/><title>Second"),
        ("<item><title>Second", "<item><guid>https://lagoon.example/3</guid><title>Second"),
        ("<description>Plain words &amp; no markup</description>", "<media:content url='/a.mp4'>words</media:content>"),
        ("<description>Plain words &amp; no markup</description>", "<other:summary xmlns:other='urn:o'>words</other:summary>"),
        ("<pubDate>2026-03-02</pubDate>", "<other:date xmlns:other='urn:o'>2026</other:date>"),
        ("<author>Desk</author>", "<author>The &amp;lt; Desk &amp;amp; Co</author>"),
        ("<author>Desk</author>", "<author><name>A &amp;amp; Co</name></author>"),
        ("<author>Desk</author>", "<author><name>Desk</name><title>Chief</title></author>"),
        ("<url>https://lagoon.example/logo.png</url>", "<url>/a b.png</url>"),
        ("<url>https://lagoon.example/logo.png</url>", "<guid>/a.png</guid>"),
        ("<title>The Lagoon &#8211; Herald</title>", "<other:title xmlns:other='urn:o'>Herald</other:title>"),
        ("<channel>", "<channel href='https://a.example'>"),
        ("<channel>", "<item/><channel>"),
        ("<channel>", "<channel><item/>" + 2 * "<dc:description>D</dc:description>" + 2 * "<other:o xmlns:other='urn:o'><id/></other:o>"),
        ("rss", "feed"),
    ],
)  # fmt: skip
def test_what_is_not_fully_understood_is_left_to_feedparser(old: str, new: str) -> None:
    assert old in BLOG
    assert quick(BLOG.replace(old, new)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<rss version="2.0"', '<rss version="0.91"'),
        ('<rss version="2.0"', '<rss version="0.92" xml:lang="en_GB"'),
        ('<rss version="2.0"', '<rss version="2.0" xml:base="https://else.example/x/"'),
        ("<item><title>Second", '<item xml:base="https://else.example/x/" xml:lang="fr"><title>Second'),
        ("<title>Second</title>", "<title>&lt;b&gt;Sec&lt;/b&gt;ond &amp;amp; last</title>"),
        ("<title>Second</title>", "<title>Rates &lt; 3 &amp; falling</title>"),
        ("<title>Second</title>", "<title/><media:title>Second</media:title><dc:title>Second</dc:title>"),
        ("<title>Second</title>", "<title>Second</title><georss:point xmlns:georss='http://www.georss.org/georss'>1 2</georss:point>"),
        ("<title>Second</title>", "<title>Second</title><who:knows xmlns:who='urn:who' a='b'><who:what/></who:knows>"),
        ("<title>Second</title>", "<title>Second</title><source url='https://b.example/'>B</source><dc:contributor>Bo</dc:contributor>"),
        ("<author>Desk</author>", "<author>desk@lagoon.org (The Desk)</author>"),
        ("<author>Desk</author>", "<author>desk@lagoon.example (The Desk)</author>"),
        ("<author>Desk</author>", "<dc:creator>A. Yusuf</dc:creator><dc:creator>B. Ali &amp; Co</dc:creator>"),
        ("<author>Desk</author>", "<author><name>Desk</name></author><author><name>Bo</name></author>"),
        ("<pubDate>2026-03-02</pubDate>", "<dc:date>2026-03-02T08:00:00+03:00</dc:date>"),
        ("<pubDate>2026-03-02</pubDate>", "<dcterms:created xmlns:dcterms='http://purl.org/dc/terms/'>2026</dcterms:created>"),
        ("<language>en-GB</language>", "<dc:language>en</dc:language><ttl>30</ttl>"),
        ("<language>en-GB</language>", "<managingEditor>e@lagoon.org (Ed)</managingEditor><copyright>© A &amp; B</copyright><textInput><title>T</title></textInput>"),
        ("Plain words", "&lt;p&gt;Plain &lt;a href='/a?b=1&amp;amp;c=2' onclick='x()'&gt;words&lt;/a&gt;&lt;/p&gt;"),
        ("Plain words", "Plain &lt;style&gt;p{}&lt;/style&gt; &lt;a href=' JavaScript:x()'&gt;words&lt;/a&gt;"),
        ("<link>/second</link>", "<link>../second?a=1&amp;b=2#c</link>"),
        ("<link>/second</link>", ""),
        ("<link>/second</link>", '<atom:link href="/second"/><atom:link rel="enclosure" href="/2.ogg" type="audio/ogg"/>'),
        ("<link>/second</link>", '<link>/second</link><media:group><media:content url="/2.mp4" type="video/mp4" fileSize="7"/><media:thumbnail url="/2.jpg"/><media:credit>Bo</media:credit></media:group>'),
        ("<link>/second</link>", '<link>/second</link><category domain="x">A &amp; B</category><media:keywords>c, d</media:keywords>'),
    ],
)  # fmt: skip
def test_what_is_understood_is_read_as_feedparser_reads_it(old: str, new: str) -> None:
    assert old in BLOG
    xml = BLOG.replace(old, new)
    found = quick(xml)
    assert found is not None
    assert shown(found) == shown(slow(xml))


@pytest.mark.parametrize(
    "case", ["atom10", "atom_xhtml", "blogger", "feedburner", "podcast", "rdf", "rss20", "utf16", "wordpress"]
)
def test_feeds_of_today_take_the_quick_way(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = (CASES / case).glob("input.*")
    found = feed.read(path.read_bytes(), base_url=BASE)
    monkeypatch.setattr(_quick, "read", lambda *_: None)
    assert shown(found) == shown(feed.read(path.read_bytes(), base_url=BASE))
    monkeypatch.undo()
    monkeypatch.setattr("feedparser.parse", None)
    assert feed.read(path.read_bytes(), base_url=BASE) == found


ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
RDF = """<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://quay.example/"><title>Quay</title><link>https://quay.example/</link><description>D</description><dc:date>2026-03-02T08:00:00+01:00</dc:date>
<items><rdf:Seq><rdf:li rdf:resource="https://quay.example/1"/></rdf:Seq></items></channel><image rdf:about="i"><url>/i.png</url></image>
<item rdf:about="https://quay.example/1"><title>One</title><link>https://quay.example/1</link><description>D &lt;b&gt;d&lt;/b&gt;</description><dc:creator>Ada</dc:creator>
<dc:subject>Ships</dc:subject><dc:date>2026-03-02</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize(
    "xml",
    [
        RDF,
        BLOG.replace("<channel>", f"<channel {ITUNES}><itunes:summary>Pod</itunes:summary><itunes:subtitle>P</itunes:subtitle>"),
        BLOG.replace("<item>", f"<item {ITUNES}><itunes:summary>Short</itunes:summary><itunes:image href='/i.png'/>"),
        BLOG.replace(
            "</item>", f"<itunes:summary {ITUNES}>Last</itunes:summary><itunes:keywords {ITUNES}>a, b,</itunes:keywords></item>"
        ),
        BLOG.replace("<content:encoded>", f"<content:encoded>{'x' * 3}</content:encoded><content:encoded>"),
        ATOM.replace(
            "<entry>",
            '<entry xml:lang="" xml:base="https://deep.example/"><source><title>S</title><author><name>N</name></author></source>',
        ),
        ATOM.replace(
            "<author><name>Kari Moen</name>", "<author><name>Kari Moen</name><email>kari@fjord.org</email><uri>/k</uri>"
        ),
        ATOM.replace('href="https://fjord.example/sno"', 'type="application/xhtml+xml" href="//fjord.example/sno"'),
        ATOM.replace('<link rel="alternate" href="https://fjord.example/sno"/>', ""),
        ATOM.replace('type="text">Lite snø.', 'type="text">Lite &lt;snø>.'),
        ATOM.replace('type="text">Lite snø.', 'type="xhtml">Lite &lt; snø.'),
        ATOM.replace("<summary", "<rights>© A &amp; B</rights><contributor><name>C</name></contributor><summary"),
        ATOM.replace("<updated>2026-03-02T08:00:00Z</updated>", ""),
    ],
)
def test_other_kinds_of_feeds_are_read_as_feedparser_reads_them(xml: str) -> None:
    found = quick(xml)
    assert found is not None
    assert found.entries
    assert shown(found) == shown(slow(xml))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<id>tag:fjord.example,2026:2</id>", "<id>a</id><id>b</id>"),
        ('type="text"', 'type="image/png"'),
        ('type="text"', 'type="text" src="/x"'),
        ('type="text">Lite', 'type="text">&amp;amp; Lite'),
        ("<feed ", '<feed version="0.3" '),
        ("<feed ", '<feed xmlns:old="http://purl.org/rss/1.0/" '),
        ("<author><name>Kari Moen</name></author>", "<author><name/></author>"),
        ('href="https://fjord.example/sno"', 'href=""'),
        ('rel="alternate" href="https://fjord.example/sno"', 'type="text/calendar" href="/sno"'),
    ],
)
def test_odd_atom_is_left_to_feedparser(old: str, new: str) -> None:
    assert old in ATOM
    xml = ATOM.replace(old, new)
    if "calendar" in new:
        xml = xml.replace("<id>tag:fjord.example,2026:2</id>", "")
    assert quick(xml) is None


def test_a_caption_is_the_text_only_of_an_entry_without_another() -> None:
    """feedparser takes the caption of a picture for the story, if it stands behind a teaser."""
    caption = "<media:group><media:description>A very long caption of a picture</media:description></media:group>"
    told = quick(BLOG.replace("Plain words &amp; no markup</description>", f"Short</description>{caption}"))
    alone = quick(BLOG.replace("<description>Plain words &amp; no markup</description>", caption))
    assert told is not None
    assert alone is not None
    assert (told.entries[1].summary, told.entries[1].content) == ("Short", None)
    assert alone.entries[1].summary == "A very long caption of a picture"
    assert quick(BLOG.replace("<description>Plain words &amp; no markup</description>", caption * 2)) is None


def test_nothing_that_runs_is_left_in_quick_html() -> None:
    for markup in ("<p onclick='x()'>A</p>", '<a href="java&#115;cript:x()">A</a>', "<a href='vbscript:x'>A</a>", "<img src=x onerror=x()>A",
                   '<p style="background:url(//x.example)">A</p>', "<script>x()</script>A", "<iframe src='//x.example'></iframe>A",
                   '<a\thref="javascript:x()">A</a>', '<p title=""onload="x()">A</p>', "<svg/onload=x()>A"):  # fmt: skip
        found = quick(BLOG.replace("Plain words &amp; no markup", escape(markup)))
        body = (found or feed.read(BLOG.replace("Plain words &amp; no markup", escape(markup)).encode())).entries[1].summary or ""
        assert not re.search(r"<[^<>]*(?:script:|\son|url\()|script>|<iframe", body.replace("&#115;", "s")), (markup, body)
        assert plain(body) == "A"


def test_the_longest_top_level_domains_are_no_part_of_a_name() -> None:
    xml = BLOG.replace("<author>Desk</author>", "<author>desk@lagoon.example (The Desk)</author>")
    for found in (quick(xml), slow(xml)):
        assert found is not None
        assert (found.entries[1].authors, found.entries[1].author) == (("The Desk",), "desk@lagoon.example (The Desk)")
    assert split("ada@a.example") == (None, "ada@a.example")
    assert split("Ada Moen") == ("Ada Moen", None)


def test_what_comes_with_an_entry_is_stated_with_an_absolute_address() -> None:
    files = "".join(f'<enclosure url="/{n}.mp3" type="Audio/MPEG" length="{n}"/>' for n in range(30))
    others = (
        '<enclosure url="ftp://a.example/x.mp3"/><enclosure url=""/><enclosure url="javascript:x()"/><enclosure url="http://[x"/>'
    )
    blog = BLOG.replace("<author>Desk</author>", f"<author>Desk</author>{others}{files}")
    for xml in (blog, blog.replace("<title>Second</title>", "<title>AT&T</title>")):
        blank = Payload("s", "p", BASE, xml.encode(), "0", datetime(2026, 3, 2, tzinfo=UTC))
        first, second = items(blank, feed.read(blank.data, base_url=BASE), "feed")
        assert isinstance(first, Item)
        assert isinstance(second, Item)
        assert first.enclosures == (Enclosure("https://lagoon.example/1.mp3", "audio/mpeg", 1234),)
        assert second.enclosures[0] == Enclosure("https://lagoon.example/0.mp3", "audio/mpeg", None)
        assert 10 < len(second.enclosures) <= 20
        assert all(e.url.startswith("https://") for e in second.enclosures)


def test_attachments_of_json_feed_are_enclosures() -> None:
    files = [
        {"url": "a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 7},
        {"url": "b.png", "mime_type": "image/png"},
        {"url": ""},
        3,
    ]
    data = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "T", "attachments": files}]}
    (told,) = feed.read(json.dumps(data).encode(), base_url=BASE).entries
    assert told.enclosures == (Enclosure("https://lagoon.example/feed/a.mp3", "audio/mpeg", 7),)


def test_declared_entities_never_reach_the_quick_reader() -> None:
    xml = "<!DOCTYPE rss [<!ENTITY a 'b'>]>" + BLOG[BLOG.index("?>") + 2 :].replace("Second", "&a;")
    assert feed.read(xml.encode(), base_url=BASE).entries[1].title == "b"


@given(
    st.one_of(
        st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2100, 1, 1)).flatmap(  # noqa: DTZ001
            lambda at: st.sampled_from([
                at.strftime("%a, %d %b %Y %H:%M:%S +0000"), at.strftime("%d %b %Y %H:%M:%S -0530"), at.strftime("%a, %d %b %Y %H:%M:%S GMT"),
                at.strftime("%Y-%m-%dT%H:%M:%SZ"), at.strftime("%Y-%m-%dT%H:%M:%S+05:45"), at.strftime("%Y-%m-%dT%H:%M"), at.strftime("%Y-%m-%d"),
                at.isoformat(), at.strftime("%d %b %Y"), at.strftime("%d %b %Y %H:%M"),
            ])
        ),
        st.from_regex(r"[0-3]\d (Jan|Feb|Sept) 20\d\d [0-2]\d:[0-6]\d:[0-6]\d (GMT|Z|[+-]\d{4})", fullmatch=True),
        st.text("0123456789-:TZ +", max_size=20),
    )
)  # fmt: skip
def test_dates_are_those_of_feedparser(raw: str) -> None:
    assert date(raw) == moment(raw, _parse_date(raw))


def test_both_readers_are_behind_one_door() -> None:
    assert feed.read(BLOG.encode(), base_url=BASE) == quick(BLOG)
    assert feed.read(BLOG.replace("Second", "AT&T").encode(), base_url=BASE).entries[1].title == "AT&T"
    broken = feed.read(BLOG[: BLOG.index("<item><title>Second")].encode(), base_url=BASE)
    assert broken.broken
    assert "XML is damaged" in broken.broken
    assert len(broken.entries) == 1
    assert f"line {BLOG[: BLOG.index('<item><title>Second')].count(chr(10)) + 1}" in broken.broken
    assert feed.read(BLOG.encode(), base_url=BASE).broken is None


words = st.text("ab é東&<>\"'…\n", max_size=12)
dates = st.sampled_from(
    [
        "",
        "Mon, 02 Mar 2026 08:00:00 +0300",
        "2026-03-02",
        "2026-03-02T08:00",
        "gestern",
        "2 Mar 2026 8:00 EST",
        "2026-03-02T08:00:00Z",
    ]
)
addresses = st.sampled_from(
    ["https://a.example/x", "/a", "b?c=d&e=f", "//c.example/", "http://d.example/?q=1&r=%20", "#top", "https://a.example/?"]
)
people = st.sampled_from(["Ada Moen", "ada@a.org (Ada Moen)", "Ada <ada@a.org>", "ada@a.org", "Ö & Co", ""])
MARKUP = ("<p>%s</p>", '<a href="/r?a=1&amp;b=2">%s</a>', "<p onclick='x()'>%s</p>", '<img src="i.png" alt=""/>%s', "<ul><li>%s</li></ul>",
          "<!-- c -->%s", "<script>x()</script>%s", "<blockquote>%s", "<h2 class=a>%s</h2>", "<b>%s</b>", "%s<br>")  # fmt: skip
markup = st.lists(st.tuples(st.sampled_from(MARKUP), words), max_size=3).map(
    lambda pairs: "".join(tag % escape(text, {'"': "&quot;"}) for tag, text in pairs)
)
coded = st.booleans().flatmap(lambda raw: st.just((lambda v: f"<![CDATA[{v}]]>") if raw else escape))


@st.composite
def feeds(draw: st.DrawFn) -> str:
    items = []
    for n in range(draw(st.integers(1, 3))):
        code = draw(coded)
        parts = [
            f"<title>{escape(draw(words))}</title>",
            draw(st.sampled_from(["", f"<link>{escape(draw(addresses))}</link>"])),
            f'<guid isPermaLink="{draw(st.sampled_from(["true", "false"]))}">{draw(st.sampled_from(["", "7", "https://a.example/7"]))}</guid>',
            f"<description>{code(draw(markup))}</description>",
            f"<pubDate>{draw(dates)}</pubDate>",
            f"<{draw(st.sampled_from(['author', 'dc:creator']))}>{escape(draw(people))}</x>",
            f"<category>{draw(st.sampled_from(['', 'World', ' Sport ', 'A &amp; B']))}</category>",
            f"<content:encoded><![CDATA[<p>{n} {draw(markup)}</p>]]></content:encoded>",
            f'<enclosure url="{escape(draw(addresses))}" type="{draw(st.sampled_from(["audio/mpeg", "image/png", ""]))}" length="{n}"/>',
        ]
        parts = [part.replace("</x>", f"</{part[1:].partition('>')[0]}>") for part in parts]
        items.append(f"<item>{''.join(parts)}</item>")
    return f'<rss version="2.0" {NAMESPACES}><channel><title>T</title><link>https://a.example/</link>{"".join(items)}</channel></rss>'


@st.composite
def atoms(draw: st.DrawFn) -> str:
    entries = []
    for n in range(draw(st.integers(1, 3))):
        scope = draw(st.sampled_from(["", ' xml:base="/deep/er/"', ' xml:lang="fr"']))
        xhtml = "<div xmlns='http://www.w3.org/1999/xhtml'><p>É <b>x</b> &lt; y<br/></p><a href='r'/></div>"
        content = draw(
            st.sampled_from(
                [f'<content type="html">{escape(draw(markup))}</content>', f'<content type="xhtml">{xhtml}</content>', ""]
            )
        )
        parts = [
            f'<title type="{draw(st.sampled_from(["text", "html"]))}">{escape(draw(words).replace("<", "").replace("&", ""))}</title>',
            f"<id>{draw(st.sampled_from(['tag:a.example,2026:1', 'https://a.example/7', 'r/8']))}</id>",
            f"<updated>{draw(dates)}</updated>",
            draw(
                st.sampled_from(
                    [
                        "",
                        f'<link href="{escape(draw(addresses))}"/>',
                        f'<link rel="enclosure" type="Audio/MPEG" href="{escape(draw(addresses))}"/>',
                    ]
                )
            ),
            f"<author><name>{escape(draw(words.filter(lambda w: w.strip() and '&' not in w)))}</name></author>",
            f"<summary>{escape(draw(words).replace('&', ''))}</summary>",
            f'<category term="{n}"/>',
            content,
        ]
        entries.append(f"<entry{scope}>{''.join(draw(st.permutations(parts)))}</entry>")
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:t</id><link href="/"/>'
        f"<updated>2026-03-02T08:00:00Z</updated>{''.join(entries)}</feed>"
    )


@given(feeds() | atoms())
@settings(max_examples=150, deadline=None)
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
