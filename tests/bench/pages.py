"""Invented web pages around invented stories, built as news sites build theirs: about 60 kB, of which 3 are the article.

Three templates that differ in what they state and how deep the text lies. Page n is the same on every machine.
"""

from __future__ import annotations

import json
from html import escape
from random import Random
from typing import TYPE_CHECKING

from tests.bench.stories import Story, story

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = "World Politics Business Science Health Sport Culture Travel Weather Opinion Markets Climate".split()
MENUS = 5  # entries below each section of the menu
TEASERS = 36  # boxes that lead to other articles
RULES = 150  # of CSS, in the page itself
SETTINGS = 360  # entries of the state that a site's own scripts are given
PARAMETERS = "campaign slot viewport consent segment placement variant experiment".split()


def page(number: int) -> str:
    """The page of story `number`, in template `number` % 3."""
    told, chance = story(number), Random(number)
    body = (_flat, _cut_up, _deep)[number % 3](told)
    return f"""<!DOCTYPE html>
<html lang="en" class="no-js site-{number % 7}">
<head>
{_head(told)}
<style>{_style(chance)}</style>
<script>window.__STATE__={_state(chance)};</script>
</head>
<body class="template-{number % 3}">
<a class="skip" href="#main">Skip to content</a>
{_menu()}
<main id="main">
{body}
{_teasers(number)}
</main>
{_footer()}
<script async src="/static/app.{number % 9}.js"></script>
</body>
</html>
"""


def write_pages(folder: Path, numbers: range) -> None:
    """One HTML file a page."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"page-{number:05d}.html").write_text(page(number), encoding="utf-8")


def _head(told: Story) -> str:
    title, summary = escape(told.headline), escape(told.paragraphs[0][:150])
    lines = [
        '<meta charset="utf-8">',
        f"<title>{title} | The Daily Invention</title>",
        f'<link rel="canonical" href="{told.url}">',
        f'<meta name="description" content="{summary}">',
        f'<meta property="og:title" content="{title}">',
        f'<meta property="og:description" content="{summary}">',
        '<meta property="og:type" content="article">',
        '<meta property="og:site_name" content="The Daily Invention">',
        f'<meta property="og:image" content="https://img.paper.example/{told.number}.jpg">',
        f'<meta property="article:published_time" content="{told.published}">',
        f'<meta property="article:section" content="{SECTIONS[told.number % 12]}">',
        *(f'<link rel="preload" as="font" href="/static/fonts/{n}.woff2" crossorigin>' for n in range(6)),
        *(f'<link rel="alternate" hreflang="{code}" href="https://{code}.paper.example/">' for code in "de fr es it nl".split()),
    ]
    if told.number % 3 != 1:
        stated = {
            "@context": "https://schema.org", "@type": "NewsArticle", "headline": told.headline, "datePublished": told.published,
            "dateModified": told.published, "author": [{"@type": "Person", "name": told.author}], "description": told.paragraphs[0],
            "publisher": {"@type": "Organization", "name": "The Daily Invention"}, "mainEntityOfPage": told.url,
            **({"articleBody": "\n\n".join(told.paragraphs)} if told.number % 3 == 2 else {}),
        }  # fmt: skip
        lines.append(f'<script type="application/ld+json">{json.dumps(stated)}</script>')
    return "\n".join(lines)


def _top(told: Story) -> str:
    return f"""<header class="story-top"><p class="kicker"><a href="/{SECTIONS[told.number % 12].lower()}">{SECTIONS[told.number % 12]}</a></p>
<h1>{escape(told.headline)}</h1>
<p class="byline">By <a rel="author" href="/people/{told.number % 50}">{escape(told.author)}</a></p>
<time datetime="{told.published}">{told.published[:10]}</time>
<ul class="share">{"".join(f'<li><a href="https://share.example/{s}">Share on {s}</a></li>' for s in ("Chirp", "Wall", "Post"))}</ul></header>
<figure><picture><source srcset="/i/{told.number}-1200.webp 1200w, /i/{told.number}-600.webp 600w"><img src="/i/{told.number}.jpg" alt=""></picture>
<figcaption>The scene on the day. Photo: The Daily Invention</figcaption></figure>"""


def _flat(told: Story) -> str:
    text = "\n".join(f"<p>{escape(p)}</p>" for p in told.paragraphs)
    return f'<article>{_top(told)}\n<div class="body">{text}</div></article>'


def _cut_up(told: Story) -> str:
    """Advertisements and a box of links between the paragraphs."""
    parts = []
    for n, paragraph in enumerate(told.paragraphs):
        parts.append(f'<p class="par">{escape(paragraph)}</p>')
        if n % 3 == 2:
            parts.append(f'<div class="ad" id="slot-{n}"><span>Advertisement</span><div data-size="300x250"></div></div>')
        if n == 4:
            parts.append('<aside class="more"><h3>Read more</h3><ul><li><a href="/a">An older story</a></li></ul></aside>')
    return f'<article>{_top(told)}\n<section class="article-text">{"".join(parts)}</section></article>'


def _deep(told: Story) -> str:
    """Every paragraph in wrappers of its own, as page builders write them."""
    rows = "\n".join(
        f'<div class="row"><div class="col col-8"><div class="block block-text"><p><span>{escape(p)}</span></p></div></div></div>'
        for p in told.paragraphs
    )
    return f'<div class="layout"><div class="grid"><div class="story">{_top(told)}\n{rows}</div></div></div>'


def _menu() -> str:
    sections = "".join(
        f'<li class="menu__item"><a class="menu__link" href="/{s.lower()}">{s}</a><ul class="menu__sub">'
        + "".join(f'<li><a href="/{s.lower()}/{n}" data-track="menu-{s.lower()}-{n}">{s} {n}</a></li>' for n in range(MENUS))
        + "</ul></li>"
        for s in SECTIONS
    )
    return f'<header class="site"><a href="/" class="logo">The Daily Invention</a><nav><ul>{sections}</ul></nav></header>'


def _teasers(number: int) -> str:
    boxes = "".join(
        f'<div class="teaser"><a href="/news/{number + n}/" class="teaser__link"><img loading="lazy" src="/i/{number + n}-s.jpg" alt="">'
        f'<h3 class="teaser__title">{SECTIONS[(number + n) % 12]} in brief, part {number + n}</h3></a>'
        f'<span class="teaser__time">{1 + n % 12} hours ago</span></div>'
        for n in range(1, TEASERS)
    )
    return f'<section class="related"><h2>More from us</h2>{boxes}</section>'


def _footer() -> str:
    columns = "".join(
        f'<div class="col"><h4>{s}</h4><ul>{"".join(f"""<li><a href="/{s.lower()}/archive/{n}">{s} archive {n}</a></li>""" for n in range(6))}</ul></div>'
        for s in SECTIONS
    )
    return f'<footer>{columns}<p>© 2026 The Daily Invention. All rights reserved.</p><a href="/privacy">Privacy</a></footer>'


def _style(chance: Random) -> str:
    return "".join(
        f".c{n}{{margin:{chance.randrange(40)}px {chance.randrange(40)}px;color:#{chance.randrange(1 << 24):06x};flex:1 1 auto}}"
        for n in range(RULES)
    )


def _state(chance: Random) -> str:
    return json.dumps(
        {
            f"{chance.choice(PARAMETERS)}-{n}": {"id": chance.randrange(1 << 32), "on": n % 2 == 0, "name": PARAMETERS[n % 8]}
            for n in range(SETTINGS)
        }
    )
