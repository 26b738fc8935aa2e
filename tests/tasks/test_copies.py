"""Copies: what is one text at many outlets, and what only looks like it."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from tasks.copies import relation
from tests.bench.stories import story
from tests.copydesk import DAY, Desk, doc, groups

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.copydesk import Taken
    from warehouse.models import Doc

NOON = 20_000 * DAY + DAY // 2
TOWNS = "Lodwar Tromso Apia Cusco Halifax Dakar Kigali Galway Boise Makassar Quito Turin Accra Perth Malmo Lviv".split()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "history")


def paragraphs(number: int, words: int = 450) -> list[str]:
    return list(story(number, words).paragraphs)


def text(number: int, words: int = 450) -> str:
    return "\n\n".join(paragraphs(number, words))


def footer(outlet: str) -> str:
    """What an outlet prints below everything."""
    return f"Read more from {outlet} in print and in our app every morning. Sign up for the {outlet} newsletter at the foot of this page and never miss a story from your part of the coast again."


def edited(number: int, outlet: int) -> str:
    """A wire story as a newsroom prints it: cut, re-ordered, re-spelled, with furniture of its own."""
    chance = Random(number * 1_000 + outlet)
    told = paragraphs(number)
    if chance.random() < 0.3:
        told = told[: max(3, int(len(told) * chance.uniform(0.5, 0.9)))]
    if chance.random() < 0.2:
        told[1], told[2] = told[2], told[1]
    if chance.random() < 0.3:
        told.insert(chance.randrange(len(told)), story(90_000 + number * 100 + outlet, 40).paragraphs[0])
    if chance.random() < 0.3:
        told = [p.replace(" government ", " Government ").replace("“", '"').replace("”", '"') for p in told]
    if chance.random() < 0.5:
        told.insert(0, f"By our {TOWNS[outlet % len(TOWNS)]} desk and agencies")
    return "\n\n".join([*told, footer(f"Outlet {outlet}")])


def wire(stories: int, outlets: int) -> list[Doc]:
    """Stories as each outlet prints them, in the order in which they appear."""
    chance = Random(5)
    docs = [
        doc(f"w{n}-{o}", edited(n, o), outlet=f"Outlet {o}", at=NOON + chance.randrange(2 * DAY))
        for n in range(stories)
        for o in range(outlets)
    ]
    return sorted(docs, key=lambda d: (d.at, d.article_id))


def weather(n: int) -> str:
    chance = Random(n)
    town, other = chance.sample(TOWNS, 2)
    low, high, rain, wind = (chance.randint(*r) for r in ((-9, 14), (15, 38), (0, 100), (3, 70)))
    day = chance.choice("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
    return (
        f"People in {town} wake to {low} degrees on {day}, and can look forward to {high} in the afternoon, the weather office said. "
        f"The chance of rain is {rain} per cent, and winds from {other} reach up to {wind} kilometres an hour.\n\n"
        f"The rest of the week stays much the same, with fog in the valleys before breakfast. The sun rises at {4 + n % 4}:{n % 60:02d} and "
        f"sets at {18 + n % 3}:{(n * 7) % 60:02d}.\n\nDrivers are asked to look out for ice on bridges, and to leave more time than usual."
    )


def matches(taken: list[Taken], article_id: str) -> Sequence[tuple[str, str]]:
    return next(t.matches for t in taken if t.doc.article_id == article_id)


def test_the_same_words_are_exact(desk: Desk) -> None:
    taken = desk.take([doc("a", text(1)), doc("b", text(1).upper().replace(",", " –"), outlet="p")])
    assert taken[1].matches == [("a", "exact")]
    assert taken[1].group_id == "a"


def test_furniture_makes_a_near_copy(desk: Desk) -> None:
    framed = f"By Anouk Bashir in Lodwar\n\n{text(1)}\n\n{footer('The Tide')}"
    assert desk.take([doc("a", text(1)), doc("b", framed, outlet="p")])[1].matches == [("a", "near")]


@pytest.mark.parametrize("share", [0.25, 0.5, 0.7])
def test_a_cut_story_is_an_excerpt_whichever_comes_first(tmp_path: Path, share: float) -> None:
    whole, told = text(2), paragraphs(2)
    cut = "\n\n".join(told[: int(len(told) * share)])
    for name, pair in (("cut last", (whole, cut)), ("cut first", (cut, whole))):
        taken = Desk(tmp_path / name).take([doc("a", pair[0]), doc("b", pair[1], outlet="p")])
        assert taken[1].matches == [("a", "excerpt")]


def test_changed_sentences_are_an_update(desk: Desk) -> None:
    told, other = paragraphs(3), paragraphs(33)
    changed = "\n\n".join([*told[: int(len(told) * 0.75)], *other[: len(told) // 4]])
    assert desk.take([doc("a", text(3)), doc("b", changed, outlet="p")])[1].matches == [("a", "update")]


def test_other_stories_are_none(desk: Desk) -> None:
    taken = desk.take([doc(str(n), text(n)) for n in range(100, 200)])
    assert [t for t in taken if t.matches] == []


def test_a_live_blog_that_quotes_a_fifth_is_no_copy(desk: Desk) -> None:
    told = paragraphs(4)
    entries = [p for n in range(50, 56) for p in paragraphs(n)[:3]]
    blog = "\n\n".join(["We report live through the day.", *entries[:5], *told[: len(told) // 5], *entries[5:]])
    taken = desk.take([doc("a", text(4)), doc("b", blog, outlet="p")])
    assert taken[1].matches == []


def test_five_wire_stories_at_forty_outlets_are_five_groups(desk: Desk) -> None:
    taken = desk.take(wire(5, 40))
    assert groups(taken) == {frozenset(f"w{n}-{o}" for o in range(40)) for n in range(5)}


def test_a_thousand_weather_reports_are_a_thousand_articles(desk: Desk) -> None:
    docs = [doc(f"t{n}", weather(n), outlet=f"Outlet {n % 12}", at=NOON + n * 600) for n in range(1_000)]
    taken = desk.take(docs)
    assert len(groups(taken)) == 1_000
    assert [t for t in taken if t.matches] == []


def test_a_weather_report_that_another_outlet_carries_is_its_copy(desk: Desk) -> None:
    desk.take([doc(f"t{n}", weather(n), outlet=f"Outlet {n % 12}") for n in range(60)])
    again = desk.take([doc("c", weather(7), outlet="Tide"), doc("d", f"{weather(8)}\n\nMore in our app.", outlet="Tide")])
    assert [t.matches[0] for t in again] == [("t7", "exact"), ("t8", "near")]


def test_horoscopes_and_court_lists_are_no_copies_of_each_other(desk: Desk) -> None:
    def court(n: int) -> str:
        chance = Random(n)
        cases = "\n".join(
            f"{chance.choice(TOWNS)} {story(chance.randrange(9_999), 20).author}, {chance.randint(18, 80)}, of {chance.randint(1, 99)} Quay "
            "Road, appeared before the magistrates charged with leaving a boat on the public slipway and was fined"
            f" {chance.randint(20, 900)} crowns."
            for _ in range(6)
        )
        return f"These people came before the harbour magistrates this week.\n\n{cases}\n\nThe court sits again next week."

    assert [t for t in desk.take([doc(f"c{n}", court(n), outlet=f"O{n % 4}") for n in range(60)]) if t.matches] == []


def test_boilerplate_of_one_outlet_does_not_join_its_articles(desk: Desk) -> None:
    """Briefs below which stands more of the outlet than of the news."""
    briefs = [
        doc(f"b{n}", f"{text(200 + n, 60)}\n\n{footer('The Tide')}\n\n{footer('The Tide on Sunday')}", outlet="The Tide")
        for n in range(60)
    ]
    taken = desk.take(briefs)
    assert len(groups(taken)) == 60


def test_the_versions_of_a_live_article_are_one_carrier(desk: Desk) -> None:
    told = paragraphs(310, 600)
    versions = [doc("live", "\n\n".join(told[: 4 + n]), version=n + 1, outlet="The Tide") for n in range(20)]
    taken = desk.take([*versions, doc("c", "\n\n".join(told[:23]), outlet="Ebb")])
    assert {other for other, _ in taken[-1].matches} == {"live"}


def test_boilerplate_is_told_by_outlets_not_by_articles(desk: Desk) -> None:
    """Forty outlets with a text are its copies; one with a paragraph under forty of its articles has a footer."""
    common = text(300, 120)
    copies = [doc(f"c{n}", common + f"\n\n{text(400 + n, 30)}", outlet=f"Outlet {n}") for n in range(40)]
    footers = [doc(f"f{n}", f"{text(500 + n, 150)}\n\n{text(301, 120)}", outlet="The Tide") for n in range(40)]
    assert len(groups(desk.take(copies))) == 1
    assert len(groups(desk.take(footers))) > 30


def test_no_chain_of_weak_links(desk: Desk) -> None:
    """Each text shares half with the next, and nothing with the one after that."""
    parts = [text(600 + n, 200) for n in range(12)]
    chain = [doc(f"l{n:02}", f"{parts[n]}\n\n{parts[n + 1]}", outlet=f"O{n}") for n in range(11)]
    assert max(map(len, groups(desk.take(chain)))) <= 3


def test_a_round_up_that_holds_a_brief_is_no_member_of_its_group(desk: Desk) -> None:
    brief, rest = text(700, 90), [text(701 + n, 150) for n in range(5)]
    taken = desk.take([doc("a", brief), doc("b", "\n\n".join([rest[0], brief, *rest[1:]]), outlet="p")])
    assert matches(taken, "b") == [("a", "excerpt")]
    assert taken[1].group_id == "b"


def test_beyond_the_window_nothing_is_compared(desk: Desk) -> None:
    taken = desk.take([doc("a", text(8), at=NOON), doc("b", text(8), at=NOON + 31 * DAY), doc("c", text(8), at=NOON + 32 * DAY)])
    assert [t.matches for t in taken] == [[], [], [("b", "exact")]]


def test_versions_of_one_article_are_not_compared(desk: Desk) -> None:
    taken = desk.take([doc("a", text(9)), doc("a", text(9) + "\n\nIt adds a word.", version=2)])
    assert taken[1].matches == []


def test_a_language_without_spaces(desk: Desk) -> None:
    chance = Random(1)
    letters = [chr(c) for c in range(0x4E00, 0x4E00 + 900)]
    one = ["".join(chance.choices(letters, k=40)) + "。" for _ in range(12)]
    other = ["".join(chance.choices(letters, k=40)) + "。" for _ in range(12)]
    taken = desk.take([doc("a", "".join(one)), doc("b", "".join(one[:6]), outlet="p"), doc("c", "".join(other), outlet="q")])
    assert [t.matches for t in taken] == [[], [("a", "excerpt")], []]


def test_empty_and_tiny_texts_are_nothing(desk: Desk) -> None:
    taken = desk.take([doc("a", ""), doc("b", ""), doc("c", "Photo gallery"), doc("d", "Photo gallery", outlet="p")])
    assert [t.matches for t in taken] == [[], [], [], []]


@pytest.mark.parametrize("batch", [1, 7, 64])
def test_batches_and_restarts_change_nothing(tmp_path: Path, batch: int) -> None:
    stream = [*wire(3, 12), *(doc(f"t{n}", weather(n), outlet=f"Outlet {n % 5}", at=NOON) for n in range(40))]
    expected = Desk(tmp_path / "one").take(stream)
    other, found = Desk(tmp_path / "other"), []
    for n in range(0, len(stream), 3 * batch):
        found += other.take(stream[n : n + 3 * batch], batch=batch)
        other.restart()
    assert [(t.group_id, t.matches) for t in found] == [(t.group_id, t.matches) for t in expected]


def test_late_and_shuffled_input_gives_nearly_the_same_groups(tmp_path: Path) -> None:
    """How far: of pairs that are in one group in order, at least 95 of 100 are when everything comes in any other order."""
    stream = wire(6, 20)
    ordered = groups(Desk(tmp_path / "ordered").take(stream))
    pairs = {(a, b) for g in ordered for a in g for b in g if a < b}
    for seed in range(3):
        shuffled = stream[:]
        Random(seed).shuffle(shuffled)
        late = groups(Desk(tmp_path / str(seed)).take(shuffled))
        found = {(a, b) for g in late for a in g for b in g if a < b}
        assert found <= pairs
        assert len(found) >= 0.95 * len(pairs)


@pytest.mark.parametrize(
    ("own", "other", "words", "other_words", "expected"),
    [
        (0.95, 0.92, 500, 520, "near"),
        (0.99, 0.87, 500, 570, "near"),  # more furniture
        (0.97, 0.3, 150, 500, "excerpt"),
        (0.3, 0.97, 500, 150, "excerpt"),
        (0.75, 0.7, 480, 500, "update"),
        (0.52, 0.1, 100, 500, None),  # a short report that quotes
        (0.45, 0.45, 500, 500, None),
    ],
)
def test_relations(own: float, other: float, words: int, other_words: int, expected: str | None) -> None:
    assert relation(own, other, words, other_words) == expected


GERMAN = "Berlin Hamburg Köln Dresden Leipzig Kassel Bremen Rostock Erfurt Mainz Trier Passau".split()


def wetter(n: int) -> str:
    chance = Random(n)
    stadt, andere = chance.sample(GERMAN, 2)
    low, high, rain, wind = (chance.randint(*r) for r in ((-9, 14), (15, 38), (0, 100), (3, 70)))
    return (
        f"In {stadt} liegt die Temperatur am Morgen bei {low} Grad, am Nachmittag steigt das Thermometer auf {high} Grad, teilte der "
        f"Wetterdienst mit. Die Wahrscheinlichkeit von Regen beträgt {rain} Prozent, der Wind aus Richtung {andere} erreicht {wind} "
        "Kilometer in der Stunde.\n\nAuch in den Tagen danach ändert sich die Lage kaum, mit Nebel in den Tälern vor dem Frühstück. "
        f"Die Sonne geht um {4 + n % 4}.{n % 60:02d} Uhr auf.\n\nAutofahrer sollen auf Brücken mit Glatteis rechnen und mehr Zeit einplanen."
    )


def tianqi(n: int) -> str:
    chance = Random(n)
    low, high, rain, wind = (chance.randint(*r) for r in ((-9, 14), (15, 38), (0, 100), (3, 70)))
    return (
        f"气象台说，明天早晨气温{low}度，下午最高气温可达{high}度，降雨概率为百分之{rain}，风速每小时{wind}公里。"
        f"本周其余时间天气变化不大，山谷早晨有雾。太阳{4 + n % 4}点{n % 60}分升起。请司机注意桥面结冰，并预留更多时间。"
    )


@pytest.mark.parametrize("report", [wetter, tianqi])
def test_templates_of_other_languages(desk: Desk, report: Callable[[int], str]) -> None:
    """Where all nouns look like names, or none do, the numbers tell."""
    taken = desk.take([doc(f"t{n}", report(n), outlet=f"Outlet {n % 12}", at=NOON + n * 600) for n in range(300)])
    assert len(groups(taken)) > 285


def test_teasers_over_one_standing_text_are_no_copies(desk: Desk) -> None:
    standing = "This story is for subscribers. Take out a trial month for one crown to read on, in print and in our app, and cancel when you like."
    teasers = [
        doc(f"t{n}", f"{' '.join(text(2_000 + n, 40).split()[:28])} …\n\n{standing}", outlet=f"Outlet {n % 12}")
        for n in range(100)
    ]
    assert len(groups(desk.take(teasers))) > 95


def test_a_story_that_many_round_ups_hold_is_still_known(desk: Desk) -> None:
    wire = [doc(f"w{n}", edited(800, n), outlet=f"Outlet {n}") for n in range(10)]
    brief = text(800, 450)
    rounds = [
        doc(f"r{n}", "\n\n".join([text(810 + 9 * n, 900), brief, text(811 + 9 * n, 900)]), outlet=f"Paper {n}") for n in range(8)
    ]
    late = [doc(f"x{n}", edited(800, 20 + n), outlet=f"Outlet {20 + n}") for n in range(10)]
    taken = desk.take([*wire, *rounds, *late])
    assert {t.group_id for t in taken if t.doc.article_id[0] in "wx"} == {"w0"}


@pytest.mark.parametrize("first", [True, False])
def test_the_items_of_a_digest_are_not_one_group(desk: Desk, first: bool) -> None:  # noqa: FBT001  a case
    items = [doc(f"i{n}", text(900 + n, 120), outlet=f"Outlet {n}") for n in range(8)]
    digest = doc("d", "\n\n".join(text(900 + n, 120) for n in range(8)), outlet="Digest")
    taken = desk.take([digest, *items] if first else [*items, digest])
    assert max(map(len, groups(taken))) == 1
    assert sum(len(t.matches) for t in taken) == 8


def test_what_is_decided_of_a_document_holds_for_those_of_its_batch(tmp_path: Path) -> None:
    """A footer becomes boilerplate in the middle of a batch; files are written in the middle of a period."""
    chance = Random(11)
    stream = [
        doc(f"{kind}{n:03}", f"{text(3_000 + n % 25, 150)}\n\n{footer(f'Outlet {n % 3}')}", outlet=f"Outlet {n % 3}", at=NOON + n)
        for n in range(60)
        for kind in "ab"[: 1 + n % 2]
    ]
    chance.shuffle(stream)
    expected = Desk(tmp_path / "one").take(stream)
    for batch in (1, 9):
        other, found = Desk(tmp_path / str(batch)), []
        for n in range(0, len(stream), 27):
            found += other.take(stream[n : n + 27], batch=batch)
            other.restart()
        assert [(t.group_id, t.matches) for t in found] == [(t.group_id, t.matches) for t in expected]
