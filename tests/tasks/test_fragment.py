from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.fragment import fragment


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>The mill &amp; the weir.</p><p>Both closed.</p>", "The mill & the weir.\n\nBoth closed."),
        ("<p>One line<br/>and another</p>", "One line\nand another"),
        ("One.<br><br>Two.", "One.\n\nTwo."),
        ("<div>Boxed</div> and <b>loose</b>", "Boxed\n\nand loose"),
        ("<ul><li>First</li><li>Second <i>half</i></li></ul>After.", "- First\n- Second half\n\nAfter."),
        ("<ul><li><p>First</p></li><li><p>Second</p></li></ul>", "- First\n- Second"),
        ("<table><tr><td>Ash</td><td>3</td></tr><tr><td>Elm</td><td>4</td></tr></table>", "Ash 3\nElm 4"),
        ("<h2>Heading</h2>Text", "Heading\n\nText"),
        ("<pre>a\nb</pre>", "a\nb"),
        ("a < b and c > d", "a < b and c > d"),
        ("5 &lt; 6", "5 < 6"),
        ("Plain   text\nof two lines\n\nand a paragraph", "Plain text\nof two lines\n\nand a paragraph"),
        ("&lt;p&gt;Escaped&lt;/p&gt;&lt;p&gt;twice&lt;/p&gt;", "Escaped\n\ntwice"),
        ("<![CDATA[<p>Wrapped</p>]]>", "Wrapped"),
        ("<p>Caf&eacute;&nbsp;&#8211; &#x201c;open&#x201d;</p>", "Café – “open”"),
        ("<p>Unclosed <b>bold<p>next", "Unclosed bold\n\nnext"),
        ("", ""),
        (" \n ", ""),
        ("<!-- nothing -->", ""),
        ("<img src='pixel.gif'>", ""),
    ],
)
def test_structure_becomes_lines_and_paragraphs(html: str, text: str) -> None:
    assert fragment(html) == text


def test_scripts_styles_and_forms_are_left_out() -> None:
    html = (
        "<script>alert('x')</script><p>Before</p><style>p{color:red}</style><form><input value='q'>Search"
        "<button>Go</button></form><iframe src='x'>frame</iframe><p>After</p><noscript>enable</noscript>"
    )
    assert fragment(html, "https://harbourpost.example/a") == "Before\n\nAfter"


def test_deep_nesting_is_read() -> None:
    assert fragment("<p>Shallow</p>" + "<div>" * 50_000 + "deep") == "Shallow\n\ndeep"


def test_typical_fragments_are_read_fast() -> None:
    html = '<p>The <a href="/w">weir</a> at Amsel &quot;held&quot; through the <em>night</em>, wardens said.</p>\n' * 20
    start = time.process_time()
    for _ in range(100):
        fragment(html)
    assert time.process_time() - start < 1  # a thousand in a second are promised; a busy machine gets ten times as long


@pytest.mark.parametrize("unit", ["<br>  ", "<b", "<p ", "&lt;p", "\n", "<", "<!--", "<![CDATA[", "<li>", "&#1;"])
def test_hostile_repetition_is_read_in_no_time(unit: str) -> None:
    start = time.process_time()
    fragment(unit * 30_000)
    assert time.process_time() - start < 5


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(["<p>", "</p>", "<br>", "<li>", "x", " ", "&lt;", "<div>", "-", "\n"])).map("".join)
)
def test_any_text_is_read_and_comes_back_tidy(html: str) -> None:
    text = fragment(html)
    assert text == text.strip()
    assert "\n\n\n" not in text
    assert "<script" not in fragment(f"<script>{html}</script>")
