"""News sitemaps: what is read, what is refused, how broken they may be, and how long it takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse.formats import feed, sitemap
from tasks.parse.sniff import format_of
from tasks.types import Item, Payload, Reject
from warehouse.errors import Refusal

NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'
)
BASE = "https://reef.example/maps/news.xml"
RSS = '<rss version="2.0"><channel><title>T</title><item><title>One</title></item></channel></rss>'


def urlset(*urls: str) -> bytes:
    return f'<?xml version="1.0"?><urlset {NAMESPACES}>{"".join(f"<url>{url}</url>" for url in urls)}</urlset>'.encode()


def news(number: int, inner: str = "") -> str:
    return f"<loc>https://reef.example/{number}</loc><news:news><news:title>Story {number}</news:title>{inner}</news:news>"


def payload(data: bytes, **stated: object) -> Payload:
    made = Payload("reef", "news.xml", BASE, data, "0" * 64, datetime(2026, 3, 1, tzinfo=UTC))
    return replace(made, **stated)  # type: ignore[arg-type]  # a test's own keywords


def refused(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        sitemap.read(data, base_url=BASE)
    return caught.value


def titles(data: bytes) -> list[str | None]:
    return [entry.title for entry in sitemap.read(data).entries]


def test_an_address_with_news_is_an_entry_without_text() -> None:
    inner = (
        "<news:publication><news:name>Reef &amp; Sea</news:name><news:language>zh-cn</news:language></news:publication>"
        "<news:publication_date>2026-03-02T07:00+03:00</news:publication_date><news:genres>Blog, Opinion</news:genres>"
        "<news:keywords>coral, tide ,, coral, sea  grass</news:keywords>"
    )
    more = (
        "<lastmod>2026-03-02T09:00Z</lastmod><image:image><image:loc>/i/1.jpg</image:loc></image:image>"
        "<image:image><image:loc>/i/2.jpg</image:loc></image:image>"
    )
    told = sitemap.read(urlset(news(1, inner) + more), base_url=BASE)
    [entry] = told.entries
    assert (told.version, told.broken) == ("sitemap", None)
    assert (entry.link, entry.id, entry.title) == ("https://reef.example/1", None, "Story 1")
    assert (entry.published, entry.updated) == ("2026-03-02T07:00+03:00", "2026-03-02T09:00Z")
    assert (entry.language, entry.categories, entry.image) == (
        "zh-cn",
        ("coral", "tide", "sea grass"),
        "https://reef.example/i/1.jpg",
    )
    assert (entry.content, entry.summary) == (None, None)
    [item] = sitemap.parse(payload(urlset(news(1, inner))))
    assert isinstance(item, Item)
    assert (item.outlet, item.title_from, item.body, item.guid) == ("Reef & Sea", "feed", "", None)


def test_pictures_and_films_keep_their_titles_and_addresses_to_themselves() -> None:
    film = "<video:video><video:title>The film</video:title><video:publication_date>2020-01-01</video:publication_date></video:video>"
    picture = "<image:image><image:title>The picture</image:title><image:loc>https://reef.example/p.jpg</image:loc></image:image>"
    [entry] = sitemap.read(urlset(picture + film + news(1))).entries
    assert (entry.title, entry.link, entry.published) == ("Story 1", "https://reef.example/1", None)
    [plain] = sitemap.read(urlset(f"{picture}{film}<loc>https://reef.example/2</loc>")).entries
    assert (plain.title, plain.link) == (None, "https://reef.example/2")


def test_other_addresses_are_left_out_where_there_are_news_even_news_without_a_title() -> None:
    untitled = "<loc>https://reef.example/2</loc><news:news/>"
    mixed = urlset("<loc>https://reef.example/about</loc>", news(1), untitled)
    assert [e.link for e in sitemap.read(mixed).entries] == ["https://reef.example/1", "https://reef.example/2"]
    item, reject = sitemap.parse(payload(mixed))
    assert isinstance(item, Item)
    assert isinstance(reject, Reject)
    assert (item.record, reject.record, reject.reason, reject.url) == (0, 1, "no_article", "https://reef.example/2")


def test_a_plain_sitemap_is_addresses_and_none_of_them_an_article() -> None:
    data = urlset("<loc>/a</loc><lastmod>2026-03-01</lastmod>", "<loc>b</loc>")
    told = sitemap.read(data, base_url=BASE).entries
    assert [(e.link, e.updated, e.title) for e in told] == [
        ("https://reef.example/a", "2026-03-01", None),
        ("https://reef.example/maps/b", None, None),
    ]
    rejects = list(sitemap.parse(payload(data, first_record=10)))
    assert [(r.reason, r.record, r.detail) for r in rejects if isinstance(r, Reject)] == [
        ("no_article", 10, "the address states no title"),
        ("no_article", 11, "the address states no title"),
    ]


def test_a_reject_is_told_alike_wherever_it_stands() -> None:
    one, two = (
        list(sitemap.parse(payload(urlset(*urls))))[-1] for urls in (["<loc>/a</loc>"], ["<loc>/b</loc>", "<loc>/a</loc>"])
    )
    assert isinstance(one, Reject)
    assert replace(one, record=1) == two


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "mailto:desk@reef.example", "http://[broken/", "", "ftp://reef.example/a"]
)
def test_news_that_leads_nowhere_is_a_reject(address: str) -> None:
    [reject] = sitemap.parse(payload(urlset(f"<loc>{address}</loc><news:news><news:title>T</news:title></news:news>")))
    assert isinstance(reject, Reject)
    assert (reject.reason, reject.detail) == ("no_article", "there is no address that leads to a page")


def test_an_index_is_refused_and_names_the_likeliest_of_its_sitemaps() -> None:
    one, several, none = (
        f"<sitemapindex {NAMESPACES}>{''.join(f'<sitemap><loc>{p}</loc></sitemap>' for p in places)}</sitemapindex>".encode()
        for places in (["/only.xml"], ["/pages.xml", "https://reef.example/google-news.xml", "/pages.xml", "javascript:x"], [])
    )
    assert (
        refused(several).detail == "it is an index of 2 sitemaps: add one of them, such as https://reef.example/google-news.xml"
    )
    assert refused(one).detail == "it is an index of 1 sitemap: add that, https://reef.example/only.xml"
    assert refused(none).detail == "it is an index of sitemaps, and names none"
    assert {refused(data).reason for data in (one, several, none)} == {"wrong_type"}


BOMB = '<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"no markup at all", "malformed"),
        (RSS.encode(), "wrong_type"),
        (b"<html><body><urlset/></body></html>", "wrong_type"),
        (BOMB.encode(), "forbidden"),
        (BOMB.encode("utf-16"), "forbidden"),
        (b'<!DOCTYPE urlset [<!ENTITY % p SYSTEM "http://evil.example/p">%p;]><urlset/>', "forbidden"),
    ],
)
def test_what_is_no_sitemap_is_refused(data: bytes, reason: str) -> None:
    assert refused(data).reason == reason


def test_a_sitemap_that_lists_nothing_holds_no_article() -> None:
    assert sitemap.read(urlset()).entries == ()
    with pytest.raises(Refusal) as caught:
        list(sitemap.parse(payload(urlset())))
    assert caught.value.reason == "no_article"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Tide &amp; time", "Tide & time"),
        ("Tide & time", "Tide & time"),
        ("Caf&eacute;&nbsp;shut", "Café shut"),
        ("<![CDATA[Tide &amp; <b>time</b>]]>", "Tide & time"),
        ("The <b>tide</b> is in", "The tide is in"),
        ("The &strange; tide", "The &strange; tide"),
        ("The <!-- low --> <?high x?> tide\n\t is  in", "The tide is in"),
        ("Tide\x0b in &#0;", "Tide in"),
    ],
)
def test_a_title_is_plain_text_in_one_line(title: str, expected: str) -> None:
    assert titles(urlset(f"<loc>/1</loc><news:news><news:title>{title}</news:title></news:news>")) == [expected]


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.removesuffix("</urlset>"),
        lambda xml: xml.replace("</url><url>", "<url>", 1),  # a forgotten end tag nests what follows
        lambda xml: xml.replace(NAMESPACES, ""),  # prefixes that are not declared
        lambda xml: xml.replace("<url", "<s:url").replace("</url", "</s:url").replace("xmlns=", "xmlns:s="),
        lambda xml: xml.replace('<?xml version="1.0"?>', "\ufeff\n<!-- a -->\n"),
        lambda xml: xml.replace('<?xml version="1.0"?>', "Warning: line 3\n<?xml version='1.0'?><!DOCTYPE urlset>"),
        lambda xml: xml.replace("<url>", "<URL>").replace("</url>", "</URL>"),
        lambda xml: xml.replace("</urlset>", "</urlset>\n<script>x</script>"),
        lambda xml: xml.replace("<loc>", "<image:image><image:title>?</image:image><loc>", 1),
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_what_can_be_read_of_a_broken_sitemap_is_kept(change: object, charset: str) -> None:
    xml = change(urlset(news(1), news(2)).decode()).encode(charset)  # type: ignore[operator]
    assert sitemap.sniff(xml[:4096])
    assert titles(xml) == ["Story 1", "Story 2"]


def test_a_sitemap_says_where_it_is_broken() -> None:
    cut = urlset(news(1), news(2))[: -len("</news:news></url></urlset>")]
    told = sitemap.read(cut)
    assert "XML is damaged" in (told.broken or "")
    assert len(told.entries) == 2


@pytest.mark.parametrize("header", ["text/xml; charset=windows-1252", 'application/xml; Charset="windows-1252"; v=1'])
def test_the_charset_of_the_transport_is_heard(header: str) -> None:
    data = urlset("<loc>/1</loc><news:news><news:title>Überall Ebbe</news:title></news:news>").decode().encode("cp1252")
    [entry] = sitemap.read(data, headers={"Content-Type": header}).entries
    assert entry.title == "Überall Ebbe"
    [item] = sitemap.parse(payload(data, charset="windows-1252"))
    assert isinstance(item, Item)
    assert item.title == "Überall Ebbe"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (urlset(news(1)), "sitemap"),
        (b'<x:sitemapindex xmlns:x="http://www.sitemaps.org/schemas/sitemap/0.9"/>', "sitemap"),
        (b"junk <urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "sitemap"),
        (RSS.encode(), "feed"),
        (f"<!-- <urlset> -->{RSS}".encode(), "feed"),
        (f"Notice: nothing\n{RSS}".encode(), "feed"),  # only its name tells: the feed reader makes good what stands before
        (b"<nitf/>", "feed"),
    ],
)
def test_the_root_element_tells_sitemaps_from_feeds(data: bytes, name: str) -> None:
    module = format_of(data[:4096], "news.xml")
    assert module is not None
    assert name == module.NAME


@pytest.mark.parametrize("text", ["The tag <urlset> opens a sitemap, wrote the columnist.", "", "<html><urlset></html>", "{}"])
def test_other_things_are_not_taken_for_sitemaps(text: str) -> None:
    assert not sitemap.sniff(text.encode())
    assert not sitemap.sniff(bytes(range(0x80, 0x100)) * 4)
    assert format_of(text.encode(), "column.txt") is not sitemap


def test_deep_nesting_ends_in_a_refusal_or_in_entries() -> None:
    for deep, often in (
        ("<url>", 20_000),
        ("<url><news:news>", 20_000),
        ("<b>", 20_000),
        ("<!--", 20_000),
        ("<![CDATA[", 20_000),
    ):
        assert sitemap.read(f"<urlset {NAMESPACES}>{deep * often}".encode()).version == "sitemap"


@given(
    st.lists(
        st.sampled_from(
            "<url> </url> <loc> </loc> https://a.example/ <news:news> </news:news> <news:title> </news:title> & <![CDATA[ ]]> <!-- --> \0 é &x; <?a".split(
                " "
            )
        ),
        max_size=30,
    )
)
def test_no_sitemap_breaks_the_reader(pieces: list[str]) -> None:
    told = list(sitemap.parse(payload(f"<urlset {NAMESPACES}><url/>{''.join(pieces)}".encode())))
    assert all(isinstance(one, (Item, Reject)) for one in told)


@given(st.binary(max_size=200))
def test_whatever_comes_is_refused_or_read(data: bytes) -> None:
    for begin in (b"", b"<urlset>", b"<sitemapindex>"):
        try:
            told = sitemap.read(begin + data)
        except Refusal:
            continue
        assert told.version == "sitemap"


def test_fifty_thousand_addresses_take_seconds() -> None:
    inner = "<news:publication><news:name>Reef</news:name></news:publication><news:keywords>coral, tide</news:keywords>"
    data = urlset(*(news(number, inner) for number in range(50_000)))
    started = process_time()
    assert len(sitemap.read(data, base_url=BASE).entries) == 50_000
    assert process_time() - started < 10  # about one: machines differ, and coverage counts


def test_feeds_are_read_by_the_other_door() -> None:
    assert len(feed.read(RSS.encode()).entries) == 1
    assert not sitemap.sniff(RSS.encode())
    assert not feed.sniff(urlset(news(1)))
