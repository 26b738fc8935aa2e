"""OPML: lists as other feed readers write them, broken ones, hostile ones, and that what is written is read."""

from __future__ import annotations

from contextlib import suppress
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.parse.formats._markup import one_line
from tasks.parse.opml import Outline, read, write
from warehouse.errors import Refusal


def opml(body: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><head><title>L</title></head><body>{body}</body></opml>'.encode()


def test_whatever_the_attributes_are_called_and_without_a_type() -> None:
    told = read(
        opml(
            '<outline XMLURL="https://a.example/1" TEXT="One" htmlURL="https://a.example/"/><Outline xmlurl="https://a.example/2"/>'
        )
    )
    assert told == [
        Outline("https://a.example/1", "One", "https://a.example/", ()),
        Outline("https://a.example/2", None, None, ()),
    ]


def test_folders_are_told_from_the_outermost_in_and_nameless_ones_left_out() -> None:
    body = """<outline text="World"><outline><outline title=" North
      Sea " text="x"><outline text="A" xmlUrl="https://a.example/a"/></outline></outline>
      <outline text="B" xmlUrl="https://a.example/b"/></outline><outline text="C" xmlUrl="https://a.example/c"/>"""
    assert [(o.title, o.folders) for o in read(opml(body))] == [("A", ("World", "North Sea")), ("B", ("World",)), ("C", ())]


def test_a_feed_in_several_folders_counts_once_in_the_first() -> None:
    feed = '<outline text="{}" xmlUrl="https://a.example/f"/>'
    body = f'<outline text="One">{feed.format("First")}</outline><outline text="Two">{feed.format("Second")}</outline>'
    assert read(opml(body)) == [Outline("https://a.example/f", "First", None, ("One",))]


@pytest.mark.parametrize(
    ("attributes", "title"),
    [
        ('title="T" text="X"', "T"),
        ('title=" " text="X"', "X"),
        ('title="https://a.example/f" text="X"', "X"),
        ('text="https://a.example/f"', None),
        ('text="Tide &amp; &lt;time&gt;"', "Tide & <time>"),
        ('text="Tide & caf&eacute;"', "Tide & café"),
        ("", None),
    ],
)
def test_what_a_feed_is_called(attributes: str, title: str | None) -> None:
    assert read(opml(f'<outline {attributes} xmlUrl="https://a.example/f"/>'))[0].title == title


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "/feed", "", "  ", "mailto:a@b.example", "feed"]
)
def test_what_is_no_web_address_is_no_feed(address: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(opml(f'<outline text="x" xmlUrl="{address}"/>'))
    assert refused.value.reason == "no_article"


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace("</body></opml>", ""),
        lambda xml: xml.replace("</outline>", ""),
        lambda xml: f"\ufeff\n\n{xml}",
        lambda xml: xml.replace('<?xml version="1.0"?>', "<!-- exported --><!DOCTYPE opml>"),
        lambda xml: xml.replace("<body>", "<body>&nbsp;\x0b"),
        lambda xml: xml.replace("<opml", "<OPML").replace("</opml", "</OPML"),
        lambda xml: xml.replace("<head><title>L</title></head>", "<head><title>A & B</head>"),
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_broken_list_is_read(change: object, charset: str) -> None:
    whole = opml('<outline text="F"><outline text="A" xmlUrl="https://a.example/f?a=1&b=2"/></outline>').decode()
    told = read(change(whole).encode(charset))  # type: ignore[operator]
    assert told == [Outline("https://a.example/f?a=1&b=2", "A", None, ("F",))]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \n", "empty"),
        (b"https://a.example/feed", "malformed"),
        (b"<opml", "no_article"),
        (b"<rss version='2.0'><channel/></rss>", "wrong_type"),
        (opml('<outline text="Folder"><outline text="note"/></outline>'), "no_article"),
        (b'<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><opml><body><outline xmlUrl="https://a.example/&b;"/></body></opml>', "forbidden"),
        (b'<!DOCTYPE opml [<!ENTITY % p SYSTEM "http://evil.example/">%p;]><opml/>', "forbidden"),
    ],
)  # fmt: skip
def test_what_holds_no_feeds_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(data)
    assert refused.value.reason == reason
    assert refused.value.detail


def test_deep_folders_end_in_what_can_be_read() -> None:
    feed = '<outline xmlUrl="https://a.example/f"/>'
    assert len(read(opml(feed + "<outline text='d'>" * 50_000))) == 1
    assert read(opml("<outline text='d'>" * 30 + feed + "</outline>" * 30))[0].folders == ("d",) * 20


@given(st.binary(max_size=200))
def test_whatever_comes_is_refused_or_read(data: bytes) -> None:
    for begin in (b"", b"<opml>", b"<opml><outline xmlUrl='https://a.example/"):
        with suppress(Refusal):
            assert read(begin + data)


def test_it_is_written_as_opml_2_with_a_folder_once() -> None:
    listed = [
        Outline("https://a.example/1", "One", None, ("Sea", "North")),
        Outline("https://a.example/2", None, "https://a.example/", ()),
        Outline("https://a.example/3", 'Three "3"', None, ("Sea",)),
        Outline("https://a.example/4", "Four", None, ("Sea", "North")),
    ]
    text = write(listed, "Mine & <yours>")
    root = ET.fromstring(text.encode())
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Mine & <yours>")
    assert all(outline.get("text") for outline in root.iter("outline"))  # OPML 2.0: text is required
    assert text.count('<outline text="Sea">') == text.count('<outline text="North">') == 1
    assert read(text.encode()) == [listed[1], listed[2], listed[0], listed[3]]


def test_nothing_is_a_list_too_and_controls_are_left_out() -> None:
    assert ET.fromstring(write([], "None")).find("body") is not None
    [told] = read(write([Outline("https://a.example/1", "A\x00\ud800\ufffeB", None, ())], "\x00").encode())
    assert told.title == "AB"


# What read gives: names in one line, no name that is the address, each address once.
words = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=20)
    .map(one_line)
    .filter(lambda name: name and name == one_line(name))
)
paths = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Z"], exclude_characters="\ufffe\uffff"), max_size=12)
outlines = st.lists(
    st.builds(
        Outline,
        st.builds("{}://paper.example/{}".format, st.sampled_from(["http", "https"]), paths).map(one_line),
        st.none() | words,
        st.none() | paths.map(lambda path: one_line(f"https://paper.example/{path}")),
        st.lists(words, max_size=4).map(tuple),
    ),
    min_size=1,
    max_size=10,
    unique_by=lambda outline: outline.url,
)


@given(outlines, st.text(max_size=20))
def test_what_is_written_is_read(listed: list[Outline], title: str) -> None:
    ordered = sorted(listed, key=lambda outline: outline.folders)
    assert read(write(listed, title).encode()) == ordered
    assert read(write(ordered, title).encode()) == ordered
    assert write(read(write(listed, title).encode()), title) == write(listed, title)
