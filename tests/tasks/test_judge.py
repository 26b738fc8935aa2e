"""Verdicts: what is new, what is a revision, what was seen, what is a copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.fingerprint import fingerprint
from tasks.judge import Verdict, judge, keys, url_key
from tasks.types import Article, Stamp
from tests.conftest import story
from warehouse.models import Past

NOW = datetime(2026, 11, 1)  # noqa: DTZ001  naive UTC, as everywhere behind fetch


TOWN = {1: "Lodwar lions", 2: "Apia choirs"}


def article(n: int = 1, **fields: object) -> Article:
    made = Article("wire", "Wire", f"{n}.txt", "0" * 64, NOW, "text", 0, alone=False, text=story(n, 300))
    return replace(made, **fields)  # type: ignore[arg-type]  # a test's own keywords


def verdict(a: Article, past: Past) -> Verdict:
    return judge(a, fingerprint(a), past)


def replace_past(past: Past) -> Past:
    return Past(dict(past.by_key), dict(past.articles))


def kinds(*articles: Article) -> list[tuple[str, str | None]]:
    past = Past()
    return [(v.kind, v.matched_by) for v in (verdict(a, past) for a in articles)]


def test_the_same_piece_under_each_key_is_seen_again() -> None:
    first = article(guid="g", url="https://a.example/x", alone=True)
    assert kinds(first, first) == [("new", None), ("seen", "guid")]
    assert kinds(first, replace(first, guid="h")) == [("new", None), ("seen", "url")]
    assert kinds(first, replace(first, guid="h", url="https://a.example/y")) == [("new", None), ("seen", "text")]
    short = replace(first, text="More follows.", guid=None, url=None)
    assert kinds(short, short) == [("new", None), ("seen", "path")]


def test_a_front_page_is_no_key() -> None:
    a = article(url="https://a.example/")
    assert not [k for k in keys(a, fingerprint(a)) if k.kind == "url"]


@pytest.mark.parametrize("address", ["http://www.a.example/x/", "https://a.example/x"])
def test_scheme_and_www_do_not_make_another_page(address: str) -> None:
    assert url_key(address) == "a.example/x"


def test_a_changed_text_is_a_revision_with_its_share() -> None:
    past = Past()
    first = article(guid="g", title="Title")
    assert verdict(first, past).change_kind == "first"
    edited = replace(first, text=first.text.replace("painted", "gilded"))
    second = verdict(edited, past)
    assert (second.kind, second.version, second.change_kind) == ("revised", 2, "content")
    assert second.changed_share is not None
    assert 0 < second.changed_share < 0.6
    third = verdict(replace(edited, title="Another title"), past)
    assert (third.kind, third.version, third.change_kind, third.changed_share) == ("revised", 3, "headline", 0.0)


def test_punctuation_and_case_are_no_revision() -> None:
    first = article(guid="g", title="Title")
    assert kinds(first, replace(first, text=first.text.replace(":", " –").upper(), title="TITLE!"))[1] == ("seen", "guid")


def test_an_earlier_text_is_restored_only_if_it_says_that_it_is_newer() -> None:
    past = Past()
    first = article(guid="g", title="Title")
    verdict(first, past)
    verdict(replace(first, text=first.text.replace("painted", "gilded")), past)
    again = verdict(first, past)
    assert (again.kind, again.version) == ("seen", 1), "a replayed file does not turn the history back"
    edited = verdict(replace(first, edited=True), replace_past(past))
    assert (edited.kind, edited.change_kind) == ("revised", "restored"), "a file that was edited back"
    newer = replace(first, modified=Stamp(NOW + timedelta(hours=1), "minute", "meta", 0.9))
    restored = verdict(newer, past)
    assert (restored.kind, restored.version, restored.change_kind) == ("revised", 3, "restored")


def test_another_text_at_a_path_or_under_a_reused_guid_is_another_piece() -> None:
    past = Past()
    ids = [verdict(article(n, path="latest.txt", alone=True), past).article_id for n in (1, 2)]
    assert len(set(ids)) == 2
    past = Past()
    ids = [verdict(article(n, guid="1", url=f"https://a.example/{n}"), past).article_id for n in (1, 2)]
    assert len(set(ids)) == 2
    past = Past()
    ids = [verdict(article(n, guid="1", title=TOWN[n]), past).article_id for n in (1, 2)]
    assert len(set(ids)) == 2, "files that number their records anew"
    past = Past()
    ids = [verdict(article(n, url="https://a.example/ticker"), past).article_id for n in (1, 2)]
    assert len(set(ids)) == 2
    past = Past()
    ids = [verdict(article(n, guid="1", url="https://a.example/live"), past).article_id for n in (1, 2)]
    assert len(set(ids)) == 1, "a page that is rewritten under its own guid and address is one page"


def test_one_address_for_all_pages_of_a_site_is_no_key() -> None:
    past = Past()
    titles = ("Ferry runs aground off Lodwar", "Choir wins prize in Apia")
    ids = [verdict(article(n, url="https://a.example/news", title=titles[n]), past).article_id for n in (0, 1)]
    assert len(set(ids)) == 2
    assert verdict(article(2, url="https://a.example/news", title="Choir wins second prize"), past).kind == "revised"


def test_guids_hold_within_their_source_only() -> None:
    assert kinds(article(1, guid="7"), article(2, guid="7", source="other", outlet="Other")) == [("new", None), ("new", None)]


def test_the_same_words_are_an_echo_of_the_article_that_had_them_first_however_long_ago() -> None:
    past = Past()
    first = verdict(article(), past)
    for outlet in ("Tide", "Ebb"):
        later = verdict(article(outlet=outlet, source=outlet), past)
        assert (later.kind, later.echo, later.group_id) == ("new", (first.article_id, 1), later.article_id)


def test_a_standing_line_is_no_echo_but_under_a_like_headline() -> None:
    past, line = Past(), "This story is only open to those who subscribe to the printed paper"
    first = verdict(article(text=line, title="Ferry runs aground off Lodwar"), past)
    other = verdict(article(text=line, title="Choir wins prize in Apia", outlet="Tide", source="tide"), past)
    like = verdict(article(text=line, title="Ferry aground off Lodwar", outlet="Ebb", source="ebb"), past)
    assert (other.echo, like.echo) == (None, (first.article_id, 1))


def test_too_few_words_prove_nothing() -> None:
    past = Past()
    ids = {verdict(article(text="Photo gallery", outlet=o, source=o, guid=o), past).article_id for o in ("A", "B")}
    assert len(ids) == 2
    assert verdict(article(text="Photo gallery", outlet="C", source="C", guid="C"), past).echo is None


@given(st.permutations(range(8)))
def test_how_many_articles_there_are_does_not_depend_on_the_order(order: list[int]) -> None:
    stream = [article(n % 3, guid=f"g{n % 3}-{n % 2}", url=f"https://a.example/{n % 3}") for n in range(8)]
    past = Past()
    verdicts = [verdict(stream[n], past) for n in order]
    assert len({v.article_id for v in verdicts}) == 3
    assert sum(v.kind == "new" for v in verdicts) == 3
