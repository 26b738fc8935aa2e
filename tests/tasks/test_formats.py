"""Every file format: golden cases, what hostile bytes may do, and that a file in pieces reads as the file in one."""

from __future__ import annotations

import io
import json
from dataclasses import MISSING, asdict, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tasks.parse.formats
from tasks.parse.formats import _lines, _rows, csv, feed, jsonfeed, jsonl
from tasks.parse.formats import json as json_format
from tasks.parse.formats._markup import plain, safe
from tasks.registry import modules
from tasks.types import Item, Payload, Reject
from warehouse.errors import REASONS, Refusal

if TYPE_CHECKING:
    from types import ModuleType

CASES = Path(__file__).parents[1] / "cases" / "parse"
FORMATS = {module.NAME: module for module in modules(tasks.parse.formats)}
OURS: dict[str, ModuleType] = {"feed": feed, "jsonfeed": jsonfeed, "json": json_format, "jsonl": jsonl, "csv": csv}
GIVEN = frozenset({"source", "path", "raw_id", "seen_at", "format"})  # by the payload, not by the file


def payload(data: bytes, name: str = "input", **stated: object) -> Payload:
    made = Payload("case", name, f"file:{name}", data, sha256(data).hexdigest(), datetime(2026, 3, 1, tzinfo=UTC))
    return replace(made, **stated)  # type: ignore[arg-type]  # a test's own keywords


def read(module: ModuleType, given: Payload) -> list[Item | Reject]:
    return list(module.parse(given))


def outcome(module: ModuleType, given: Payload) -> dict[str, object]:
    """What a format makes of a payload, as an expect.json holds it."""
    try:
        found = read(module, given)
    except Refusal as refusal:
        return {"refusal": refusal.reason}
    return {
        "items": [stated(item) for item in found if isinstance(item, Item)],
        "rejects": [{"reason": r.reason, "record": r.record} for r in found if isinstance(r, Reject)],
    }


def stated(item: Item) -> dict[str, object]:
    values: dict[str, object] = json.loads(json.dumps(asdict(item), default=str))
    silent = {f.name for f in fields(item) if f.default is not MISSING and getattr(item, f.name) == f.default}
    return {name: value for name, value in values.items() if name not in GIVEN | silent}


def case_folders() -> list[Path]:
    return sorted(path.parent for path in CASES.glob("*/*/expect.json"))


@pytest.mark.parametrize("folder", case_folders(), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_golden_case(folder: Path) -> None:
    (source,) = folder.glob("input.*")
    expected = json.loads((folder / "expect.json").read_text(encoding="utf-8"))
    assert outcome(FORMATS[folder.parent.name], payload(source.read_bytes(), source.name)) == expected


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_format_without_its_golden_case(name: str) -> None:
    assert list((CASES / name).glob("*/expect.json")), f"add tests/cases/parse/{name}/CASE/input.* and expect.json"


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_format_says_what_it_reads(name: str) -> None:
    module = FORMATS[name]
    assert module.READS
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in module.SUFFIXES)


def test_the_first_bytes_tell_the_formats_apart() -> None:
    for name, module in OURS.items():
        for folder in sorted((CASES / name).iterdir()):
            if json.loads((folder / "expect.json").read_text(encoding="utf-8")).get("refusal"):
                continue
            (source,) = folder.glob("input.*")
            head = source.read_bytes()[:4096]
            assert [other for other, m in OURS.items() if m.sniff(head)] == [name], folder
            assert module.sniff(head)


@pytest.mark.parametrize(
    "text",
    [
        "Text, image\nThe council met on Monday, and nobody came.\n",
        "<html><head><title>rss</title></head><body><p>title,text</p></body></html>",
        "[Harbour Post] The ferry is late.\n",
        "{curly} words begin this story\n",
        "| title | text |\n| --- | --- |\n| a | b |\n",
        "<nitf><body>no feed</body></nitf>",
        "The tag <rss version='2.0'> opens a feed, wrote the columnist.",
        "",
        "\n",
    ],
)
def test_other_things_are_not_taken_for_ours(text: str) -> None:
    assert [name for name, module in OURS.items() if module.sniff(text.encode())] == []


# Feeds


BOMB = """<?xml version="1.0"?>
<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>
<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>"""
OUTSIDE = """<!-- <rss> --><!DOCTYPE rss [
  <!-- ]> --> <!ENTITY x SYSTEM "file:///etc/hostname"> ]>
<rss version="2.0"><channel><item><title>&x;</title></item></channel></rss>"""
PARAMETER = '<!DOCTYPE rss [<!ENTITY % p "x"> %p;]><rss version="2.0"><channel><item><title>t</title></item></channel></rss>'
QUADRATIC = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 9000}">]><rss><channel><item><title>{"&a;" * 999}</title></item></channel></rss>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, PARAMETER, QUADRATIC])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_hostile_entities_are_refused(text: str, charset: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(feed, payload(text.encode(charset)))
    assert caught.value.reason == "forbidden"


def test_plain_entities_are_text() -> None:
    text = '<!DOCTYPE rss [<!ENTITY who "Ada &#38; Sons">]><rss version="2.0"><channel><item><title>&who;&eacute;</title>'
    (item,) = read(feed, payload(f"{text}</item></channel></rss>".encode()))
    assert isinstance(item, Item)
    assert item.title == "Ada & Sonsé"


RSS = '<rss version="2.0"><channel><title>Quayside Courier</title><link>https://quay.example/</link>{}</channel></rss>'


def entry(inner: str, uri: str = "file:feed.xml") -> Item:
    given = payload(RSS.format(f"<item><title>T</title>{inner}</item>").encode(), uri=uri)
    (item,) = read(feed, given)
    assert isinstance(item, Item)
    return item


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Mon, 02 Mar 2026 09:30:00 +0100", "2026-03-02T08:30:00+00:00"),
        ("Mon, 02 Mar 2026 09:30:00", "2026-03-02T09:30:00"),
        ("2026-03-02", "2026-03-02"),
        ("2026-03", "2026-03"),
        ("02 Mar 2026", "2026-03-02"),
        ("next Tuesday, perhaps", "next Tuesday, perhaps"),
    ],
)
def test_a_date_keeps_its_precision_and_its_lack_of_a_zone(stated: str, expected: str) -> None:
    (claim,) = entry(f"<pubDate>{stated}</pubDate>").dates
    assert (claim.kind, claim.value, claim.origin) == ("published", expected, "feed")


def test_links_are_resolved_against_the_address_of_the_feed_else_against_its_site() -> None:
    inner = "<link>/a/1</link><description>&lt;a href='b'&gt;b&lt;/a&gt;</description>"
    there = entry(inner, uri="https://quay.example/feeds/all.xml")
    assert there.url == "https://quay.example/a/1"
    assert "https://quay.example/feeds/b" in there.body
    assert entry(inner).url == "https://quay.example/a/1"
    homeless = RSS.replace("<link>https://quay.example/</link>", "").format(f"<item><title>T</title>{inner}</item>")
    (item,) = read(feed, payload(homeless.encode()))
    assert isinstance(item, Item)
    assert item.url is None


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "mailto:desk@quay.example", "#top"])
def test_what_leads_to_no_article_is_no_url(link: str) -> None:
    assert entry(f"<link>{link}</link>").url is None


def test_a_summary_alone_is_the_body_and_a_longer_content_takes_its_place() -> None:
    alone = entry("<description>&lt;p&gt;Only this.&lt;/p&gt;</description>")
    assert (alone.body, alone.body_type, alone.summary) == ("<p>Only this.</p>", "html", None)
    both = entry(
        "<description>Short.</description><content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        "&lt;p&gt;The whole of the story.&lt;/p&gt;</content:encoded>"
    )
    assert (both.body, both.summary, both.summary_type) == ("<p>The whole of the story.</p>", "Short.", "text")


def test_scripts_do_not_survive() -> None:
    body = entry("<description>&lt;p onclick='x()'&gt;A&lt;script&gt;x()&lt;/script&gt;&lt;/p&gt;</description>").body
    assert "x()" not in body
    assert "A" in body


@pytest.mark.parametrize(
    "broken",
    [
        "\n\n  Notice: undefined index\n<?xml version='1.0'?>" + RSS,  # junk before the declaration
        RSS.replace("</channel></rss>", ""),  # cut off
        RSS.replace("Courier", "Courier & Son \x0b &nbsp; &#0;"),  # what XML does not know
        RSS.replace("<title>", "<title><nope:b>"),  # undeclared prefix, never closed
        RSS.replace("<rss", "<atom:rss"),
    ],
)
def test_what_can_be_read_of_a_broken_feed_is_kept(broken: str) -> None:
    found = read(feed, payload(broken.format("<item><title>One</title></item><item><title>Two</title></item>").encode()))
    assert [item.title for item in found if isinstance(item, Item)] == ["One", "Two"]


def test_fields_that_the_feed_reader_loses_are_found_by_the_walk() -> None:
    item = entry(
        "<author><b>Ida Holm</b></author><guid isPermaLink='false'><i>n-77</i></guid><atom:link href='https://q.example/7'/>"
    )
    assert item.authors == ("Ida Holm",)
    assert item.guid == "n-77"


def test_a_crash_of_the_feed_reader_leaves_the_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise IndexError

    monkeypatch.setattr("feedparser.parse", crash)
    item = entry("<link>https://q.example/8</link><guid>n-8</guid><description>Body</description><category>c</category>")
    assert (item.title, item.guid, item.url, item.body, item.keywords) == ("T", "n-8", "https://q.example/8", "Body", ("c",))


@pytest.mark.parametrize("charset", ["iso-2022-jp", "shift_jis", "euc-jp", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_feed_is_read_in_the_charset_it_states(charset: str) -> None:
    text = "<?xml version='1.0' encoding='CHARSET'?>" + RSS.format("<item><title>港の朝市は雨で中止</title></item>")
    (item,) = read(feed, payload(text.replace("CHARSET", charset).encode(charset)))
    assert isinstance(item, Item)
    assert item.title == "港の朝市は雨で中止"


@pytest.mark.parametrize("junk", ["<!--", "<?", "<!DOCTYPE a [", '<!DOCTYPE a "', "\n", "<!DOCTYPE a [<!--"])
def test_hostile_beginnings_cost_linear_time(junk: str) -> None:
    started = datetime.now(UTC)
    assert_read_or_refused(feed, (junk * 30_000 + RSS.format("<item><title>T</title></item>")).encode())
    assert (datetime.now(UTC) - started).total_seconds() < 5


@pytest.mark.parametrize("inner", ["&lt;!--" * 30_000, "&lt;a b=&quot;" * 9_000, "&lt;div&gt;" * 9_000])
def test_hostile_descriptions_cost_linear_time(inner: str) -> None:
    started = datetime.now(UTC)
    entry(f"<description>{inner}</description><author>{'a' * 500_000}</author>")
    assert (datetime.now(UTC) - started).total_seconds() < 5


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"no markup at all", "malformed"),
        (b"<html><body><p>A page</p></body></html>", "wrong_type"),
        (b"<rss version='2.0'><channel><title>Quiet</title></channel></rss>", "no_article"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "no_article"),
        (b'{"a": 1}', "wrong_type"),
    ],
)
def test_what_is_no_feed_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(feed, payload(data))
    assert caught.value.reason == reason


def test_the_public_reader_takes_headers_and_address() -> None:
    text = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Á</title><link href='x'/><entry><link href='y'/></entry></feed>"
    found = feed.read(
        text.encode("iso-8859-1"),
        headers={"Content-Type": "application/atom+xml; charset=iso-8859-1", "Content-Location": "/deep/feed"},
        base_url="https://quay.example/feed",
    )
    assert (found.title, found.link, found.version) == ("Á", "https://quay.example/deep/x", "atom10")
    assert found.entries[0].link == "https://quay.example/deep/y"


# JSON, JSON Lines


def one(data: object) -> Item:
    (item,) = read(json_format, payload(json.dumps(data).encode()))
    assert isinstance(item, Item)
    return item


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1_772_443_800, "2026-03-02T09:30:00+00:00"),
        (1_772_443_800_000, "2026-03-02T09:30:00+00:00"),
        ("1772443800", "2026-03-02T09:30:00+00:00"),
        (20260302, "2026-03-02"),
        ({"$date": "2026-03-02T09:30:00Z"}, "2026-03-02T09:30:00Z"),
        ("2 March 2026", "2 March 2026"),
        (7, None),
        (True, None),
        ("unknown", None),
        ([], None),
    ],
)
def test_moments_in_many_shapes(value: object, expected: str | None) -> None:
    dates = one({"title": "T", "Date-Published": value}).dates
    assert [claim.value for claim in dates] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ida Holm", ("Ida Holm",)),
        (["Ida Holm", "Bo Lind", "Ida Holm"], ("Ida Holm", "Bo Lind")),
        ([{"name": "Ida Holm"}, {"first_name": "Bo", "last_name": "Lind"}, 7, None], ("Ida Holm", "Bo Lind")),
        ({"byline": "By Ida Holm"}, ("By Ida Holm",)),
        ("['Ida Holm', \"Bo Lind\"]", ("Ida Holm", "Bo Lind")),
        (3, ()),
    ],
)
def test_people_in_many_shapes(value: object, expected: tuple[str, ...]) -> None:
    assert one({"title": "T", "authors": value}).authors == expected


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda a: a,
        lambda a: [a],
        lambda a: {"status": "ok", "articles": [a]},
        lambda a: {"response": {"docs": [a]}},
        lambda a: {"hits": {"hits": [{"_id": "9", "_source": a}]}},
        lambda a: {"data": a},
        lambda a: {"@graph": [{"@type": "WebSite", "name": "Courier"}, {"@type": ["NewsArticle"], **a}]},
    ],
)
def test_the_article_is_found_in_its_wrapping(wrapped: object) -> None:
    assert callable(wrapped)
    item = one(wrapped({"headline": "Ferry late", "body": "It was foggy."}))
    assert (item.title, item.body, item.alone) == ("Ferry late", "It was foggy.", True)


def test_an_article_that_lists_others_is_still_one() -> None:
    assert one({"title": "T", "text": "Body.", "items": [{"title": "Related"}]}).title == "T"


@pytest.mark.parametrize(
    ("data", "reason", "said"),
    [
        (b'{"title": "T",\n "text": "It was fog', "malformed", "line 2, column 10"),
        (b"[" * 300_000, "too_deep", "100 levels"),
        (b'{"a":' * 150 + b"1" + b"}" * 150, "too_deep", "100 levels"),
        (b"[]", "no_article", "empty list"),
        (b"7", "no_article", "no object"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(data: bytes, reason: str, said: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(json_format, payload(data))
    assert caught.value.reason == reason
    assert said in caught.value.detail


def test_what_strict_readers_refuse_is_read() -> None:
    data = b'{"title": "Tab\there", "id": 7, "score": NaN, "big": ' + b"9" * 5000 + b', "text": "half \\ud83d pair"}'
    (item,) = read(json_format, payload(data))
    assert isinstance(item, Item)
    assert (item.guid, item.title, item.body) == ("7", "Tab here", "half � pair")


def test_values_one_after_another_are_records() -> None:
    found = read(json_format, payload(b'{"title": "A"}\n{"title": "B"}\n{"title"'))
    assert [r.title if isinstance(r, Item) else r.reason for r in found] == ["A", "B", "malformed"]


def test_a_part_of_a_file_is_never_alone() -> None:
    whole = payload(b'{"title": "A"}\n')
    assert [r.alone for r in read(jsonl, whole) if isinstance(r, Item)] == [True]
    for piece in (replace(whole, part=1), replace(whole, last=False)):
        assert [r.alone for r in read(jsonl, piece) if isinstance(r, Item)] == [False]


def test_a_bad_line_is_one_reject_that_names_it() -> None:
    found = read(jsonl, payload(b'\xef\xbb\xbf{"title": "A"}\r\n\r\nnonsense\n[1]\n{"x": 1}\n{"title": "B"}'))
    assert [(r.record, r.title if isinstance(r, Item) else r.reason) for r in found] == [
        (0, "A"),
        (2, "malformed"),
        (3, "malformed"),
        (4, "no_article"),
        (5, "B"),
    ]
    assert all(f"line {r.record + 1}" in r.detail for r in found if isinstance(r, Reject))


class Endless(io.RawIOBase):
    """One line of `size` bytes, made as it is read, with a short line before and behind it."""

    def __init__(self, size: int) -> None:
        self.pieces = iter([b'{"title": "before"}\n', *[b"x" * (1 << 20)] * (size >> 20), b'\n{"title": "behind"}\n'])

    def read(self, _size: int = -1) -> bytes:
        return next(self.pieces, b"")


@pytest.mark.parametrize("module", [jsonl, csv], ids=["jsonl", "csv"])
def test_a_line_larger_than_the_limit_is_one_reject(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for holder in (_lines, _rows, jsonl):
        monkeypatch.setattr(holder, "LIMIT", 3 << 20)
    stream = Endless(40 << 20)
    if module is csv:
        stream.pieces = iter([b"title,url\nbefore,u\n", *[b'"' + b"x" * (1 << 20)] * 40, b"\nbehind,u\n"])
    pieces = list(module.split(stream))
    assert max(len(data) for data, _ in pieces) < 8 << 20
    found = [r for data, first in pieces for r in read(module, payload(data, first_record=first))]
    assert [r.title if isinstance(r, Item) else r.reason for r in found] == ["before", "too_large", "behind"]
    assert [r.record for r in found] == [0, 1, 2]


# Tables


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'title,text\n"A, b","two\nlines ""q"""\n', [("A, b", 'two\nlines "q"')]),
        (b"Title;Text\r\nA;b, c\r\n", [("A", "b, c")]),
        (b'title\ttext\n"Never," she said\tbody\n', [('"Never," she said', "body")]),
        (b'title|text\nA|he said "hi" twice\n', [("A", 'he said "hi" twice')]),
        (b"sep=;\ntitle;text\nA;b\n", [("A", "b")]),
        ("title,text\nÅ,ö\n".encode("utf-16"), [("Å", "ö")]),
        (b'title,text\nA,"one "inner" quote, and a comma"\n', [("A", 'one "inner" quote, and a comma')]),
        (b"title,text,,\nA,b,,\n", [("A", "b")]),
        (b"title,text\nA,b,\n", [("A", "b")]),
    ],
)
def test_tables_as_they_are_written(data: bytes, expected: list[tuple[str, str]]) -> None:
    found = read(csv, payload(data))
    assert [(r.title, r.body) for r in found if isinstance(r, Item)] == expected
    assert len(found) == len(expected)


def test_a_broken_row_is_one_reject_and_the_rest_lands() -> None:
    data = b'title,text,url\nA,b,\nshort,row\n"open,b,c\nB,b,\nC,"never closed,u\nD,d,\n'
    found = read(csv, payload(data))
    assert [r.title if isinstance(r, Item) else r.reason for r in found] == ["A", "malformed", "malformed", "B", "malformed", "D"]
    assert [r.record for r in found] == list(range(6))
    assert all(f"row {r.record + 1} " in r.detail for r in found if isinstance(r, Reject))


def test_a_row_number_is_no_key() -> None:
    found = read(csv, payload(b"id,title\n1,A\n2,B\nq-9,C\n"))
    assert [r.guid for r in found if isinstance(r, Item)] == [None, None, "q-9"]


@pytest.mark.parametrize("data", [b"a,b\n1,2\n", b"title,text\n"])
def test_a_table_without_articles_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read(csv, payload(data))
    assert caught.value.reason == "no_article"


# In pieces, and hostile


CELL = st.text(st.sampled_from('ab "\n\r,;é'), max_size=12)
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=12)


def in_pieces(module: ModuleType, data: bytes) -> list[Item | Reject]:
    found: list[Item | Reject] = []
    for part, (piece, first) in enumerate(module.split(io.BytesIO(data))):
        given = replace(payload(data), data=piece, part=part, first_record=first, last=False)
        found += read(module, given)
    return found


def assert_the_same_in_pieces(module: ModuleType, data: bytes) -> None:
    try:
        whole = read(module, replace(payload(data), last=False))
    except Refusal as refusal:
        with pytest.raises(Refusal) if data.strip() else pytest.MonkeyPatch.context():
            in_pieces(module, data)
        assert refusal.reason in REASONS  # noqa: PT017  the reason is all there is to say
        return
    assert in_pieces(module, data) == whole


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, quoted=st.booleans())
def test_a_table_in_pieces_is_the_table(rows: list[list[str]], quoted: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    monkeypatch.setattr(_lines, "RUN_RECORDS", 2)
    monkeypatch.setattr(_lines, "CHUNK", 7)
    monkeypatch.setattr(csv, "FIRST_READ", 16)
    monkeypatch.setattr(_rows, "FIRST_READ", 5)
    cells = [[f'"{cell.replace(chr(34), chr(34) * 2)}"' if quoted else cell for cell in row] for row in rows]
    data = "\n".join(["title,text,url", *map(",".join, cells)]).encode()
    assert_the_same_in_pieces(csv, data)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.one_of(st.just(""), st.text(max_size=5), st.builds(lambda t: json.dumps({"title": t}), st.text(max_size=9)))
    )
)
def test_lines_in_pieces_are_the_file(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_lines, "RUN_RECORDS", 2)
    monkeypatch.setattr(_lines, "CHUNK", 7)
    data = "\n".join(['{"title": "first"}', *lines]).encode("utf-8", "replace")
    found = read(jsonl, replace(payload(data), last=False))
    assert [r for r in in_pieces(jsonl, data) if isinstance(r, Item)] == [r for r in found if isinstance(r, Item)]


SEEDS = [next(folder.glob("input.*")).read_bytes() for folder in case_folders() if folder.parent.name in OURS]


@pytest.mark.parametrize("module", OURS.values(), ids=OURS)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(module: ModuleType, data: bytes) -> None:
    assert_read_or_refused(module, data)


@pytest.mark.parametrize("module", OURS.values(), ids=OURS)
@settings(max_examples=60, deadline=None)
@given(seed=st.sampled_from(SEEDS), cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=6))
def test_damaged_files_are_read_or_refused(module: ModuleType, seed: bytes, cuts: list[tuple[float, bytes]]) -> None:
    data = bytearray(seed)
    for place, patch in cuts:
        start = int(place * len(data))
        data[start : start + 3] = patch
    assert_read_or_refused(module, bytes(data))


def assert_read_or_refused(module: ModuleType, data: bytes) -> None:
    assert module.sniff(data[:4096]) in (True, False)
    try:
        found = read(module, payload(data))
    except Refusal as refusal:
        assert refusal.reason in REASONS  # noqa: PT017  the reason is all there is to say
        return
    assert found
    for thing in found:
        assert isinstance(thing, Item | Reject)
        if isinstance(thing, Item):
            assert thing.title or thing.body
            json.dumps(asdict(thing), default=str).encode()


@given(st.text(st.sampled_from("<>/abscript=\"' -!&;\n"), max_size=80))
def test_safe_markup_is_safe_and_stays_as_it_is(value: str) -> None:
    once = safe(value)
    assert "<script" not in once.lower()
    assert safe(once) == once
    assert "\n" not in plain(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('<p onclick="x()">A<script>x()</script></p>', "<p>A</p>"),
        ('<a href="java&#115;cript:x()" title="t">b</a>', '<a title="t">b</a>'),
        ("<scr<script>ipt>x()</scr</script>ipt>", "&lt;scr"),
        ("<img src=x onerror=x()>", '<img src="x">'),
        ("a < b", "a &lt; b"),
        ("<!-- <b>no</b> -->yes", "yes"),
        ("<style>p{}</style><iframe src=x></iframe>ok", "ok"),
    ],
)
def test_markup_made_safe(value: str, expected: str) -> None:
    assert safe(value).startswith(expected)


@pytest.mark.parametrize("unit", ["<", "<a ", '<a "', "<!--", "<script>", "&", "<a b='", "<![CDATA[", "<div>"])
def test_hostile_markup_costs_linear_time(unit: str) -> None:
    started = datetime.now(UTC)
    safe(unit * 40_000)
    plain(unit * 40_000)
    assert (datetime.now(UTC) - started).total_seconds() < 5
