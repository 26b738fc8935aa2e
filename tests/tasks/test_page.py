from __future__ import annotations

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.page import Page, read_page
from tasks.types import DateClaim
from warehouse.errors import Refusal

URL = "https://www.harbourpost.example/2026/05/02/weir-holds"
PARAGRAPHS = (
    "The old weir at Port Amsel held through the night although the river rose to its highest level in thirty years.",
    "Volunteers had filled four thousand sandbags since Thursday, and the harbour school served as a shelter for ninety people.",
    "“We were lucky with the wind,” said Greta Holm, who leads the wardens. “Another hour and the gate would have gone.”",
    "The council will decide on Monday whether the gate is to be rebuilt; an engineer put the cost at six million crowns.",
)
BODY = "".join(f"<p>{p}</p>\n" for p in PARAGRAPHS)
TEXT = "\n\n".join(PARAGRAPHS)
HEADLINE = "Port Amsel weir holds through record night"


def page(head: str = "", body: str = BODY, *, h1: str = f"<h1>{HEADLINE}</h1>", lang: str = ' lang="en-GB"') -> str:
    return (
        f"<!doctype html><html{lang}><head><meta charset=utf-8>{head}</head><body>"
        "<nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>"
        f"<article>{h1}<div class='article-body'>{body}</div></article>"
        "<footer>© The Harbour Post. All rights reserved.</footer></body></html>"
    )


def ld(value: object) -> str:
    return f'<script type="application/ld+json">{value if isinstance(value, str) else json.dumps(value)}</script>'


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": HEADLINE,
    "description": "The river rose, the gate did not give.",
    "datePublished": "2026-05-02T06:14:00+02:00",
    "dateModified": "2026-05-02T09:30:00+02:00",
    "author": [{"@type": "Person", "name": "By Orla Fenwick"}, {"@type": "Organization", "name": "AFP"}],
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Harbour Post"},
    "image": {"@type": "ImageObject", "url": "https://img.harbourpost.example/weir.jpg"},
    "articleSection": ["Local"],
    "keywords": "weir, river Amsel",
    "inLanguage": "en",
    "mainEntityOfPage": URL,
    "isAccessibleForFree": "False",
}


def test_everything_that_json_ld_states_is_read() -> None:
    read = read_page(page(ld(ARTICLE)), URL)
    assert read == Page(
        text=TEXT,
        title=HEADLINE,
        title_from="text",
        summary="The river rose, the gate did not give.",
        authors=("Orla Fenwick",),
        agency="AFP",
        dates=(
            DateClaim("published", "2026-05-02T06:14:00+02:00", "json-ld"),
            DateClaim("published", "2026-05-02", "url"),
            DateClaim("modified", "2026-05-02T09:30:00+02:00", "json-ld"),
        ),
        language="en",
        url=URL,
        outlet="The Harbour Post",
        image="https://img.harbourpost.example/weir.jpg",
        section="Local",
        keywords=("weir", "river Amsel"),
        access="paywalled",
        extractor=read.extractor,
    )
    assert read.extractor.startswith("trafilatura ")


def test_a_graph_with_references_and_list_types() -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "@id": "#site", "name": "The Harbour Post"},
            {"@type": ["Person"], "@id": "#orla", "name": "Orla Fenwick"},
            {"@type": "BreadcrumbList", "itemListElement": []},
            {"@type": ["Article", "NewsArticle"], "headline": HEADLINE, "author": {"@id": "#orla"}, "publisher": {"@id": "#site"},
             "datePublished": "2026-05-02"},
        ]
    }  # fmt: skip
    read = read_page(page(ld(graph)))
    assert (read.authors, read.outlet, read.dates[0].value) == (("Orla Fenwick",), "The Harbour Post", "2026-05-02")


def test_the_article_at_the_pages_own_address_is_meant() -> None:
    other = {
        **ARTICLE,
        "headline": "Another piece",
        "mainEntityOfPage": "https://www.harbourpost.example/other",
        "author": "Tam Osei",
    }
    assert read_page(page(ld([other, ARTICLE])), URL).authors == ("Orla Fenwick",)


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(ARTICLE).replace("]", ",]", 1).rstrip("}") + ",}",
        f"<!-- {json.dumps(ARTICLE)} -->",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        json.dumps(ARTICLE) + ";",
        json.dumps(ARTICLE).replace("The river", "The\n\triver\x03"),
        json.dumps(ARTICLE).replace('"', "&quot;"),
        json.dumps({"@type": "WebSite"}) + "\n" + json.dumps(ARTICLE),
    ],
    ids=["trailing commas", "comment", "cdata", "semicolon", "control characters", "entities", "two values"],
)
def test_malformed_json_ld_is_repaired(script: str) -> None:
    read = read_page(page(ld(script), h1=""), URL)
    assert (read.title, read.authors) == (HEADLINE, ("Orla Fenwick",))


def test_of_hopeless_json_ld_single_statements_are_kept() -> None:
    read = read_page(
        page(ld('{"@type": "NewsArticle", "headline": "Weir holds", "datePublished": "2026-05-02", "author": {{ name }}'))
    )
    assert read.dates == (DateClaim("published", "2026-05-02", "json-ld"),)


def test_meta_elements_serve_without_json_ld() -> None:
    head = (
        f'<meta property="og:title" content="{HEADLINE} | The Harbour Post">'
        '<meta property="og:site_name" content="The Harbour Post">'
        '<meta name="author" content="Orla Fenwick, Tam Osei">'
        '<meta property="article:published_time" content="2026-05-02T04:14:00Z">'
        '<meta property="article:modified_time" content="Sat, 02 May 2026 07:30:00 GMT">'
        '<meta name="description" content="It held.">'
        '<meta property="og:image" content="/weir.jpg">'
        '<meta property="og:locale" content="nn_NO"><link rel="canonical" href="/weir">'
        '<meta property="article:tag" content="Weir"><meta property="article:tag" content="River">'
        '<meta property="article:content_tier" content="metered">'
    )
    read = read_page(page(head, h1="", lang=""), "https://harbourpost.example/x?utm=1")
    assert (read.title, read.title_from) == (HEADLINE, "meta")
    assert read.authors == ("Orla Fenwick", "Tam Osei")
    assert read.dates == (
        DateClaim("published", "2026-05-02T04:14:00Z", "meta"),
        DateClaim("modified", "Sat, 02 May 2026 07:30:00 GMT", "meta"),
    )
    assert (read.summary, read.language, read.access) == ("It held.", "nn", "metered")
    assert (read.url, read.image) == ("https://harbourpost.example/weir", "https://harbourpost.example/weir.jpg")
    assert read.keywords == ("Weir", "River")


def test_a_page_without_any_metadata() -> None:
    read = read_page(f"<html><body><h1>{HEADLINE}</h1>{BODY}</body></html>")
    assert (read.text, read.title, read.title_from) == (TEXT, HEADLINE, "text")
    assert (read.authors, read.dates, read.url, read.language, read.outlet) == ((), (), None, None, None)


def test_bylines_and_dates_are_read_where_only_the_page_prints_them() -> None:
    h1 = f'<h1>{HEADLINE}</h1><div class="byline">By <a href="/a/1">Orla Fenwick</a> and <a href="/a/2">Tam Osei</a></div>'
    dated = '<span class="date">Published: 2 May 2026, 06:14</span>'
    read = read_page(page(h1=h1 + dated))
    assert read.authors == ("Orla Fenwick", "Tam Osei")
    assert read.dates == (DateClaim("published", "2 May 2026 06:14", "text"),)
    assert read.text == TEXT
    time_element = read_page(page(h1=h1 + '<time datetime="2026-05-02T06:14+02:00">today</time>'))
    assert time_element.dates == (DateClaim("published", "2026-05-02T06:14+02:00", "meta"),)


def test_dates_that_programs_write_for_none_are_none() -> None:
    never = {"@type": "Article", "datePublished": "0001-01-01T00:00:00Z", "dateModified": "1970-01-01"}
    assert read_page(page(ld(never))).dates == ()


@pytest.mark.parametrize(
    ("title", "site"),
    [
        (f"{HEADLINE} | The Harbour Post", "The Harbour Post"),
        (f"{HEADLINE} - Local - Harbour Post", "The Harbour Post"),
        (f"The Harbour Post: {HEADLINE}", None),
        (f"{HEADLINE} – harbourpost.example", None),
        (f"{HEADLINE} | HarbourPost", None),
        (f"{HEADLINE} — Harbour Post News", "Harbour Post"),
        (HEADLINE, None),
    ],
)
def test_the_sites_name_is_cut_from_the_title(title: str, site: str | None) -> None:
    head = f"<title>{title}</title><meta name='article:section' content='Local'>"
    if site:
        head += f'<meta property="og:site_name" content="{site}">'
    wanted = {HEADLINE, title} if title.startswith("The") else {HEADLINE}
    assert read_page(page(head, h1=""), URL).title in wanted


def test_a_headline_with_a_dash_keeps_it() -> None:
    dashed = "Harbour Post wins - and the weir holds"
    assert read_page(page(f"<title>{dashed} | Harbour Post</title>", h1=f"<h1>{dashed}</h1>"), URL).title == dashed


def test_a_kicker_is_no_part_of_the_headline() -> None:
    h1 = f"<h1><span>High water</span><span>{HEADLINE}</span></h1>"
    assert read_page(page(ld(ARTICLE), h1=h1), URL).title == HEADLINE


def test_the_sites_logo_is_no_headline() -> None:
    h1 = f'<h1><a href="/">The Harbour Post</a></h1><h1>{HEADLINE}</h1>'
    assert read_page(page(h1=h1), URL).title == HEADLINE


def test_furniture_is_no_text() -> None:
    body = (
        f"<p>{PARAGRAPHS[0]}</p><figure><img src='w.jpg'><figcaption>Greta Holm at the weir. Photo: B. Ask</figcaption></figure>"
        "<div class='newsletter-signup'><p>Sign up for our morning letter and never miss a story from the harbour.</p></div>"
        f"<p>{PARAGRAPHS[1]}</p><p><strong>Read more: <a href='/b'>How the weir was built in eleven months</a></strong></p>"
        f"<p>{PARAGRAPHS[2]}</p><p><a href='/c'>Ninety people sleep in the harbour school tonight</a></p><p>{PARAGRAPHS[3]}</p>"
        "<script>var tracking = 'pixel';</script><style>.x{color:red}</style>"
        "<div class='related-articles'><ul><li><a href='/d'>The lower gate</a></li></ul></div><p>Photo: Getty Images</p>"
        "<div id='comments'><p>First! I was there and it was nothing like what the paper says it was, believe me.</p></div>"
    )
    assert read_page(page(body=body), URL).text == TEXT


@pytest.mark.parametrize(
    "line",
    [
        "Loading of cargo resumed on Monday.", "Lies spread quickly in the harbour.", "Watch out for ice, wardens said.",
        "Anzeige wurde erstattet.", "Werbung für Tabak soll verboten werden.", "The statement was issued by Reuters.",
        "At least 12 dead in 3 attacks", "On 3 May 2026 the gate gave way.",
    ],
)  # fmt: skip
def test_sentences_that_begin_like_furniture_are_text(line: str) -> None:
    assert f"\n\n{line}\n\n" in read_page(page(body=f"<p>{PARAGRAPHS[0]}</p><p>{line}</p>{BODY}"), URL).text


def test_lists_and_headings_are_text() -> None:
    items = "<li>Gate: four million crowns</li><li>Wall: two million crowns</li>"
    body = f"<p>{PARAGRAPHS[0]}</p><h2>What it will cost</h2><ul>{items}</ul>{BODY}"
    text = read_page(page(body=body)).text
    assert "\n\nWhat it will cost\n\n- Gate: four million crowns\n- Wall: two million crowns\n\n" in text


def test_entities_are_resolved() -> None:
    read = read_page(page(h1="<h1>Fish &amp; chips &lt;b&gt;</h1>", body=f"<p>Caf&eacute; &amp; bar. {PARAGRAPHS[0]}</p>{BODY}"))
    assert read.title == "Fish & chips <b>"
    assert read.text.startswith("Café & bar. The old weir")


def test_json_lds_text_stands_in_for_a_body_that_scripts_would_load() -> None:
    read = read_page(page(ld({**ARTICLE, "articleBody": "\n\n".join(PARAGRAPHS)}), body="<div id='app'></div>"), URL)
    assert (read.text, read.extractor) == (TEXT, "json-ld")


def test_what_follows_the_end_that_json_ld_states_is_left_out() -> None:
    more = (
        "<p>Our paper is printed on the river’s left bank and has been read on both of them for one hundred and four years.</p>"
    )
    read = read_page(page(ld({**ARTICLE, "articleBody": " ".join(PARAGRAPHS)}), body=BODY + more), URL)
    assert read.text == TEXT


def test_a_body_in_several_boxes_is_read_whole() -> None:
    box = "<div class='chunk'><div class='part'>{}</div></div><div class='ad-slot'></div>"
    parts = [[f"{p} This is part {n}." for p in PARAGRAPHS] for n in range(4)]
    body = "".join(box.format("".join(f"<p>{p}</p>" for p in part)) for part in parts)
    read = read_page(f"<html><body><h1>{HEADLINE}</h1><div>{body}</div></body></html>")
    assert read.text == "\n\n".join(p for part in parts for p in part)


def test_an_amp_page_names_its_canonical_address() -> None:
    html = (
        f'<!doctype html><html amp lang="de"><head><link rel="canonical" href="{URL}">'
        "<style amp-boilerplate>body{opacity:0}</style>"
        f"{ld(ARTICLE)}</head><body><amp-sidebar>Menu</amp-sidebar><article><h1>{HEADLINE}</h1>"
        f"<amp-img src='w.jpg'></amp-img>{BODY}</article></body></html>"
    )
    read = read_page(html, "https://cdn.amp.example/c/s/www.harbourpost.example/2026/05/02/weir-holds")
    assert (read.url, read.text, read.language) == (URL, TEXT, "de")


def test_a_canonical_link_to_the_front_page_is_not_believed() -> None:
    assert read_page(page('<link rel="canonical" href="https://www.harbourpost.example/">'), URL).url == URL


@pytest.mark.parametrize(
    ("flag", "access"), [(True, "free"), (False, "paywalled"), ("true", "free"), ("False", "paywalled"), (None, None)]
)
def test_the_paywall_flag(flag: object, access: str | None) -> None:
    assert read_page(page(ld({**ARTICLE, "isAccessibleForFree": flag}))).access == access


def test_text_that_is_kept_from_those_who_do_not_pay_is_text() -> None:
    body = f"<p>{PARAGRAPHS[0]}</p>" + "".join(f"<p class='paywall' style='display:none'>{p}</p>" for p in PARAGRAPHS[1:])
    assert read_page(page(body=body)).text == TEXT


@pytest.mark.parametrize("html", ["", " ", "<!-- -->", "<html></html>", "\0\0", "<html><body><div id=app></div></body></html>"])
def test_where_there_is_no_article_there_is_no_text(html: str) -> None:
    assert read_page(html).text == ""


def test_a_heap_of_boxes_after_the_article_does_no_harm() -> None:
    read = read_page(f"<html><body><article><h1>{HEADLINE}</h1>{BODY}</article>{'<div>' * 100_000}")
    assert (read.text, read.title) == (TEXT, HEADLINE)


def test_a_heap_of_boxes_before_the_article_is_seen_through() -> None:
    assert read_page(f"<html><body>{'<div><b>' * 50_000}<h1>{HEADLINE}</h1>{BODY}").text == TEXT


def test_what_nests_too_deep_to_be_read_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        read_page("<html><body>" + "<blink>" * 100_000 + BODY)
    assert refusal.value.reason == "too_deep"


@pytest.mark.parametrize(
    "html",
    [
        "<div class='author related'>" * 250 + "<p>x y z</p>" * 10_000,
        "<p>" + "<a href=x>" * 60_000,
        ld("[" * 200_000),
        ld('{"a":' * 5_000),
        ld("-->" + " " * 100_000 + "x"),
        ld("," * 200_000 + "}"),
        "<meta name=author content='" + "a, " * 100_000 + "'>",
        "<title>" + " - " * 50_000 + "</title>",
        "<h1>" + "a | " * 50_000 + "</h1>" + BODY,
        "<" * 500_000,
        "<table>" * 200 + "<td>x" * 5_000,
    ],
    ids=range(11),
)  # fmt: skip
def test_hostile_pages_end_in_time(html: str) -> None:
    start = time.process_time()
    with contextlib.suppress(Refusal):
        read_page(html, URL)
    assert time.process_time() - start < 10


SNIPPETS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div class='article-body'>",
            "</div>",
            f"<p>{PARAGRAPHS[0]}</p>",
            "<h1>",
            "<svg><title>",
            "é",
            "\0",
            "&#0;",
        ),
        *("<script type='application/ld+json'>", "{", '"headline": "x"', "</script>", "<!--", "]]>"),
        *("<meta name=author content='", "'>", "<time datetime="),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=300) | st.lists(SNIPPETS, max_size=40).map("".join), st.none() | st.text(max_size=40).map("http://".__add__)
)
def test_any_string_is_a_page_or_a_refusal(html: str, url: str | None) -> None:
    try:
        read = read_page(html, url)
    except Refusal:
        return
    assert read.text == read.text.strip()
    assert all(claim.value for claim in read.dates)
