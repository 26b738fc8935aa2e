"""Teasers: what feeds put below an entry's text, whether that text is all, and whose text is better, the entry's or its page's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.article import clean
from tasks.clean.complete import better, page_item
from tasks.clean.teaser import CONFIG, belongs, is_teaser, says_more, trimmed
from tasks.types import Article, Item, Payload, Source
from tests.conftest import story
from warehouse.errors import Refusal

NOW = datetime(2026, 3, 2, 12)  # noqa: DTZ001  naive UTC
TEXT = "The night ferry to Apia is back.\n\nIts crew painted it green."

FOOTERS = [
    "The post Ferry is back appeared first on The Lagoon Herald.",
    "The post Ferry is back first appeared on The Lagoon Herald.",
    "THE POST Why “Ferry & Co.” is back: 3 answers appeared first on Lagoon.",
    "Der Beitrag Fähre ist zurück erschien zuerst auf Lagunenbote.",
    "L’article Le bac est de retour est apparu en premier sur La Lagune.",
    "L'article Le bac est de retour est apparu en premier sur La Lagune.",
    "La entrada Vuelve el ferri se publicó primero en La Laguna.",
    "La entrada Vuelve el ferri aparece primero en La Laguna.",
    "L’articolo Torna il traghetto proviene da La Laguna.",
    "L'articolo Torna il traghetto sembra essere il primo su La Laguna.",
    "O post A balsa voltou apareceu primeiro em A Lagoa.",
    "Het bericht De veerboot is terug verscheen eerst op De Lagune.",
]
CUTS = [
    "[…]",
    "[...]",
    "[ … ]",
    "[&hellip;]",
    "(more…)",
    "(more...)",
    "( More … )",
    "\nContinue reading",
    "… Continue reading Ferry is back →",
    "[…] Continue reading Ferry is back",
    "\nContinue reading “Ferry is back” »",
    "\nRead more",
    "… Read more »",
    "\nRead more about the ferry…",
    "\nRead the full story",
    "\nRead the rest of this entry »",
    "\nFull story",
    "\nKeep reading",
    "\nWeiterlesen",
    "… Weiterlesen →",
    "\nMehr lesen",
    "\nLire la suite",
    "… Lire la suite »",
    "\nLire plus",
    "\nSeguir leyendo",
    "\nLeer más",
    "\nSigue leyendo",
    "\nLeia mais",
    "\nContinua a leggere",
    "\nLeggi tutto",
    "\nLees verder",
    "\nLees meer »",
    "\nLäs mer",
    "\nLes mer",
    "\nLæs mere",
]


# ── what a feed puts below ──


@pytest.mark.parametrize("footer", FOOTERS)
def test_where_a_post_appeared_first_is_no_part_of_it(footer: str) -> None:
    assert trimmed(f"{TEXT}\n\n{footer}") == (TEXT, False)
    assert trimmed(f"{TEXT}\n{footer}\n \n") == (TEXT, False)
    assert trimmed(footer) == ("", False)


@pytest.mark.parametrize("mark", CUTS)
def test_a_mark_of_more_goes_and_says_that_the_text_is_not_all(mark: str) -> None:
    text, cut = trimmed(f"{TEXT} {mark}")
    assert text.rstrip("…[] ") == TEXT
    assert cut


@pytest.mark.parametrize("footer", FOOTERS[:4])
@pytest.mark.parametrize("mark", CUTS[:10])
def test_both_go_together(mark: str, footer: str) -> None:
    text, cut = trimmed(f"{TEXT} {mark}\n\n{footer}")
    assert text.rstrip("…[] ") == TEXT
    assert cut


@pytest.mark.parametrize("ending", ["…", "...", "....", " …", "…”", '..."', "... »"])
def test_an_ellipsis_stays_and_says_that_the_text_is_not_all(ending: str) -> None:
    assert trimmed(TEXT[:-1] + ending) == (TEXT[:-1] + ending, True)


@pytest.mark.parametrize(
    "ending",
    [
        "The crew bought more.",
        "Nobody had read the letter.",
        "“It is the first of many… I hope,” she said.",
        "The list: rope, paint, lamps (and more).",
        "The story went on for years.",
        "It took the crew 3 ... 4 weeks.",
        "The post office of Lodwar closed first.",
        "It appeared first on the pier of Dakar.",
        "The post was sold, and nobody knew what appeared first on the list of the buyers, a house or a mast.\nIt rained.",
        "She continued reading until noon.",
        "Der Beitrag der Stadt betrug drei Mark.",
        "L’article 3 est abrogé.",
        "See [12].",
        "Reporting by Amina Yusuf",
    ],
)
def test_a_text_that_ends_as_texts_do_stays_as_it_is(ending: str) -> None:
    assert trimmed(f"{TEXT}\n\n{ending}") == (f"{TEXT}\n\n{ending}", False)


def test_only_the_end_is_looked_at() -> None:
    inside = "Read more\n\nThe post Old news appeared first on Lagoon.\n\nThe ferry left […] at noon."
    assert trimmed(inside) == (inside, False)


@given(st.integers(0, 10_000), st.integers(20, 400))
def test_stories_stay_as_they_are(n: int, words: int) -> None:
    assert trimmed(story(n, words)) == (story(n, words), False)


@given(
    st.lists(st.sampled_from([TEXT, "A word", "…", "Yes!", "1.", "a\n"]) | st.text(max_size=20), max_size=4).map("\n".join),
    st.lists(st.sampled_from(FOOTERS + CUTS), max_size=3),
)
def test_trimming_only_cuts_at_the_end_and_twice_is_once(text: str, below: list[str]) -> None:
    once, _ = trimmed("\n".join((text, *below)))
    assert "\n".join((text, *below)).startswith(once)
    assert trimmed(once)[0] == once


@given(st.text(alphabet="…. []()\n»→read moe", max_size=200))
def test_no_text_breaks_it(text: str) -> None:
    once, _ = trimmed(text)
    assert text.startswith(once)


# ── is it all? ──


@pytest.mark.parametrize(
    ("text", "cut", "teaser"),
    [
        ("", False, True),
        ("word " * (CONFIG.brief - 1), False, True),
        ("word " * CONFIG.brief, False, True),  # one paragraph
        ("word " * (CONFIG.brief // 2) + "\n\n" + "word " * (CONFIG.brief // 2), False, False),
        ("word " * CONFIG.one_paragraph, False, False),
        ("word " * 900, True, True),
        ("\n\n".join(["字" * 50] * 2), False, False),  # where words have no spaces a character counts as one
        ("\n\n".join(["字" * 30] * 2), False, True),
    ],
)
def test_a_page_is_asked_for_where_the_entry_is_short_or_cut(text: str, *, cut: bool, teaser: bool) -> None:
    assert is_teaser(text, cut=cut) is teaser


def test_a_whole_story_is_not_asked_for_again() -> None:
    assert not is_teaser(story(1, 300), cut=False)
    assert is_teaser(story(1, 300), cut=True)


# ── whose page is it? ──

WALL = "We and our 312 partners value your privacy. Accept all cookies, or manage your choices in the settings."
TITLE = "Night ferry to Apia is back"


@pytest.mark.parametrize(
    ("text", "title", "page", "page_title", "same"),
    [
        (TEXT, TITLE, TEXT, TITLE, True),
        (TEXT, TITLE, f"{TEXT} More words follow here.", None, True),
        (TEXT, TITLE, TEXT.upper().replace(".", " –"), TITLE, True),
        (TEXT, TITLE, WALL, "The Lagoon Herald", False),
        (TEXT, TITLE, story(3), "Item 3", False),
        (TEXT, TITLE, "", None, False),
        ("", TITLE, story(3), TITLE, True),  # a feed of headlines
        ("", TITLE, WALL, None, False),
        ("", None, WALL, None, True),  # nothing is known, so nothing speaks against it
        ("…", "—", WALL, None, True),
        ("渡轮回来了", "渡轮", "昨晚渡轮回来了，船员很高兴。", None, True),
        ("渡轮回来了", "渡轮", "请接受我们的隐私政策。", None, False),
    ],
)
def test_a_page_that_does_not_carry_the_entrys_words_is_another(
    text: str, title: str | None, page: str, page_title: str | None, *, same: bool
) -> None:
    assert belongs(text, title, page, page_title) is same


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_a_page_that_carries_all_of_the_entry_is_its_page(text: str, title: str, more: str) -> None:
    assert belongs(text, title, f"{text} {more}", title)


def test_a_page_must_say_a_tenth_more() -> None:
    assert not says_more("word " * 100, "word " * 110)
    assert says_more("word " * 100, "word " * 111)
    assert says_more("", "word")


# ── the better of the two ──

SOURCE = Source(name="lagoon", language="en")
LINK = "https://lagoon.example/ferry"


def entry(**fields: object) -> Item:
    made = Item("lagoon", "feed", "f" * 64, NOW, "feed", 4, guid="g-7", url=LINK, title=TITLE, title_from="feed", body=TEXT)
    return replace(made, **fields)  # type: ignore[arg-type]  # a test's own keywords


def page(text: str, **fields: object) -> Article:
    """What cleaning made of the entry's page."""
    made = clean(replace(entry(), body=text, title="Ferry back | Lagoon", title_from="json-ld", format="html"), SOURCE)
    return replace(made, **{"text": text, **fields})  # type: ignore[arg-type]  # a test's own keywords


def payload(uri: str = LINK, **fields: object) -> Payload:
    made = Payload("lagoon", "feed", uri, b"<html>", "a" * 64, NOW)
    return replace(made, **fields)  # type: ignore[arg-type]  # a test's own keywords


WHOLE = f"{TEXT}\n\n{story(7, 100)}"


def test_a_page_that_says_more_gives_the_text_and_the_entry_its_headline() -> None:
    found = better(entry(), page(WHOLE), SOURCE, payload())
    assert (found.text, found.text_from, found.page_raw_id) == (WHOLE, "page", "a" * 64)
    assert (found.title, found.title_from, found.guid, found.format, found.record) == (TITLE, "feed", "g-7", "feed", 4)
    assert (found.url, found.aliases, found.truncated) == (LINK, (), False)
    assert better(entry(), page(WHOLE), SOURCE, payload(truncated=True)).truncated


def test_a_page_that_says_no_more_leaves_the_entry_as_it_is() -> None:
    entrys = clean(entry(body=WHOLE), SOURCE)
    for text in (WHOLE, WHOLE + " Share this.", WHOLE[: len(WHOLE) * 3 // 4]):
        found = better(entry(body=WHOLE), page(text), SOURCE, payload())
        assert found == replace(entrys, text_from="feed")
        assert found.page_raw_id is None


def test_where_a_page_was_found_is_another_of_its_addresses() -> None:
    moved = payload("https://www.lagoon.example/2026/ferry?utm_source=rss")
    for text in (WHOLE, TEXT):
        assert better(entry(), page(text), SOURCE, moved).aliases == ("https://www.lagoon.example/2026/ferry",)
        assert better(entry(), page(text), SOURCE, payload(f"{LINK}#top")).aliases == ()


def test_a_headline_alone_is_completed_and_an_entry_without_one_takes_the_pages() -> None:
    told = better(entry(body=""), page(story(7), title=f"{TITLE} | Lagoon"), SOURCE, payload())
    assert (told.text, told.title, told.text_from) == (story(7), TITLE, "page")
    untitled = better(entry(title=None, title_from=None), page(WHOLE), SOURCE, payload())
    assert (untitled.title, untitled.title_from) == ("Ferry back | Lagoon", "json-ld")


def test_a_wall_or_another_story_is_refused() -> None:
    for text in (WALL, story(3)):
        with pytest.raises(Refusal, match="does not carry the entry's words") as caught:
            better(entry(), page(text), SOURCE, payload())
        assert caught.value.reason == "no_article"


def test_a_teaser_stays_one_if_its_page_shows_even_less() -> None:
    cut = entry(body=TEXT + " […]")
    short = better(cut, page(TEXT.partition("\n")[0], title=TITLE), SOURCE, payload())
    assert (short.text, short.text_from, short.access) == (TEXT, "feed", "truncated")
    same = better(cut, page(TEXT), SOURCE, payload())
    assert (same.text, same.access) == (TEXT, None), "the page shows that the text is all, whatever the feed says"
    walled = better(cut, page(TEXT, access="paywalled"), SOURCE, payload())
    assert (walled.text, walled.access) == (TEXT, "paywalled")


def test_a_page_is_read_as_the_entry_with_another_body() -> None:
    html = Item("lagoon", "page", "a" * 64, NOW, "html", title="Ferry back | Lagoon", body="<html>", body_type="page")
    made = page_item(html, entry())
    assert (made.guid, made.url, made.record) == ("g-7", LINK, 4)
    assert (made.body, made.body_type, made.format, made.title) == ("<html>", "page", "html", None)


@pytest.mark.parametrize("end", [
    "Children in Apia now read on average two books a month.", "Pupils should read more, the minister said.",
    "The judge read the full verdict aloud.", "Nobody knew the full story.", "She wrote one more article.",
    "Pupils may continue reading at home.", "They read onions.", "Le navire a traversé les mers du Sud.",
    "Le marché est ouvert tous les mercredis.", "Les enfants devraient lire plus.", "Kinder sollen mehr lesen.",
    "Hay que leer más libros.",
])  # fmt: skip
def test_sentences_that_only_sound_like_it_stay(end: str) -> None:
    assert trimmed("The ferry is back. " + end) == ("The ferry is back. " + end, False)


@pytest.mark.parametrize("text", [" " * 20_000 + "x", "a" + "\n" * 20_000 + "x", "." * 20_000 + "x"])
def test_long_texts_take_no_time(text: str) -> None:
    begun = process_time()
    trimmed(text)
    assert process_time() - begun < 0.5
