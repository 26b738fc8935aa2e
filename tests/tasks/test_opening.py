from __future__ import annotations

import time
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.agencies import agency
from tasks.clean.opening import Opening, opening

BODY = "The harbour council voted on Tuesday to close the northern quay for repairs, officials said. Work begins next week."
GERMAN = "Die Hafenverwaltung will den Nordkai im Herbst schließen. Das teilte sie am Dienstag mit, nachdem der Rat getagt hatte."
CHINESE = "市议会十四日宣布，北码头将于下周起封闭整修，相关准备工作已经完成。"
JAPANESE = "港湾当局は十四日、北埠頭を来週から閉鎖すると発表した。"
KOREAN = "항만 당국은 다음 주부터 북쪽 부두를 폐쇄한다고 14일 밝혔다."

# opening, agency, place, date, byline
HOUSES = [
    ("DPA\nWashington\n", "DPA", "Washington", None, None),
    ("dpa\nOttawa\n\n", "dpa", "Ottawa", None, None),
    ("Washington\nDPA\n", "DPA", "Washington", None, None),
    ("AP\nBudapest\nMay 20, 2019\n", "AP", "Budapest", "May 20, 2019", None),
    ("QXA\nNairobi\n", "QXA", "Nairobi", None, None),
    ("The Canadian Press\nHARLOW ATOLL — ", "The Canadian Press", "HARLOW ATOLL", None, None),
    ("OSLO (AP) — ", "AP", "OSLO", None, None),
    ("OSLO, Norway (AP) _ ", "AP", "OSLO, Norway", None, None),
    ("Oslo (AFP) – ", "AFP", "Oslo", None, None),
    ("Oslo, June 14, 2026 (AFP) - ", "AFP", "Oslo", "June 14, 2026", None),
    ("OSLO, June 14 (Reuters) - ", "Reuters", "OSLO", "June 14", None),
    ("By Ada Brink\nOSLO, June 14 (Reuters) - ", "Reuters", "OSLO", "June 14", "Ada Brink"),
    ("BEIJING, June 14 (Xinhua) -- ", "Xinhua", "BEIJING", "June 14", None),
    ("DES MOINES, Iowa, Aug. 6 (UPI) -- ", "UPI", "DES MOINES, Iowa", "Aug. 6", None),
    ("MOSCOW, June 14. /TASS/. ", "TASS", "MOSCOW", "June 14", None),
    ("MOSCOW. June 14 (Interfax) - ", "Interfax", "MOSCOW", "June 14", None),
    ("TOKYO, June 14, Kyodo - ", "Kyodo", "TOKYO", "June 14", None),
    ("(ANSA) - ROMA, 14 GIU - ", "ANSA", "ROMA", "14 GIU", None),
    ("ANSA - ROME, JUN 14 - ", "ANSA", "ROME", "JUN 14", None),
    ("New Delhi, Jun 14 (PTI) ", "PTI", "New Delhi", "Jun 14", None),
    ("New Delhi [India], June 14 (ANI): ", "ANI", "New Delhi [India]", "June 14", None),
    ("ISLAMABAD, Jun 14 (APP):", "APP", "ISLAMABAD", "Jun 14", None),
    ("KUALA LUMPUR, June 14 (Bernama) -- ", "Bernama", "KUALA LUMPUR", "June 14", None),
    ("Madrid, 14 jun (EFE).- ", "EFE", "Madrid", "14 jun", None),
    ("PARIS, 14 juin (AFP) - ", "AFP", "PARIS", "14 juin", None),
    ("São Paulo, 14 jun (EFE).- ", "EFE", "São Paulo", "14 jun", None),
    ("Lisboa, 14 jun 2026 (Lusa) – ", "Lusa", "Lisboa", "14 jun 2026", None),
    ("AP, London, 14 June 2026 - ", "AP", "London", "14 June 2026", None),
    ("Riyadh, June 14, 2026, SPA -- ", "SPA", "Riyadh", "June 14, 2026", None),
    ("Damascus, SANA- ", "SANA", "Damascus", None, None),
    ("Praha 14. června (ČTK) - ", "ČTK", "Praha", "14. června", None),
    ("(Reuters) - ", "Reuters", None, None, None),
    ("NNA - ", "NNA", None, None, None),
    ("SEOUL/WASHINGTON (Reuters) - ", "Reuters", "SEOUL/WASHINGTON", None, None),
    ("OSLO and LONDON (AP) — ", "AP", "OSLO and LONDON", None, None),
    ("TIJUANA & SAN DIEGO, MARCH 29, 2018 -- ", None, "TIJUANA & SAN DIEGO", "MARCH 29, 2018", None),
    ("HARLOWVILLE, W.Va. — ", None, "HARLOWVILLE, W.Va.", None, None),
    ("HARLOWVILLE — ", None, "HARLOWVILLE", None, None),
    ("McHARLOW - ", None, "McHARLOW", None, None),
    ("HARLOWVILLE, Ky. (WXQT) - ", "WXQT", "HARLOWVILLE, Ky.", None, None),
    ("OSLO, Norway (Northern Star News) — ", "Northern Star News", "OSLO, Norway", None, None),
    ("KUALA LUMPUR, Thurs. - ", None, "KUALA LUMPUR", "Thurs.", None),
    ("Kuala Lumpur: ", None, "Kuala Lumpur", None, None),
    ("NEW YORK, June 14, 2026 /PRNewswire/ -- ", "PRNewswire", "NEW YORK", "June 14, 2026", None),
    ("By ADA BRINK, Associated Press\nOSLO, Norway (AP) — ", "AP", "OSLO, Norway", None, "ADA BRINK"),
    ("By Ada Brink\nAssociated Press Writer\nOSLO, Norway -- ", "Associated Press", "OSLO, Norway", None, "Ada Brink"),
    ("By Ada Brink and Udo Kern\n\n", None, None, None, "Ada Brink and Udo Kern"),
    ("By Ada Brink | ", None, None, None, "Ada Brink"),
    ("By Ada Brink\nSpecial to The Northern Star\n", None, None, None, "Ada Brink"),
    ("By The Associated Press\n\n", "The Associated Press", None, None, None),
    ("By Staff Reporter\n\n", None, None, None, None),
    ("Mina Demir\nANKARA\n", None, "ANKARA", None, "Mina Demir"),
    ("ANKARA - Anadolu Agency\n\n", "Anadolu Agency", "ANKARA", None, None),
    ("Photo\nOSLO — ", None, "OSLO", None, None),
    ("AP — ", "AP", None, None, None),
    ("Reuters – ", "Reuters", None, None, None),
    ("(AFP) – Paris\n\n", "AFP", "Paris", None, None),
    ("PTI | New Delhi\n", "PTI", "New Delhi", None, None),
    ("OSLO: ", None, "OSLO", None, None),
    ("New Delhi: ", None, "New Delhi", None, None),
    ("OSLO, June 14: ", None, "OSLO", "June 14", None),
    ("[GALWAY] ", None, "GALWAY", None, None),
    ("MANILA, Philippines – ", None, "MANILA, Philippines", None, None),
    ("COLOMBO (News 1st); ", "News 1st", "COLOMBO", None, None),
    ("HALIFAX, N.S. — Special to The Northern Star: ", None, "HALIFAX, N.S.", None, None),
    ("HALIFAX, N.S. (Special to The Northern Star) — ", None, "HALIFAX, N.S.", None, None),
    ("Special to The Northern Star\n\n", None, None, None, None),
    ("Ada Brink, Reuters\n\n", "Reuters", None, None, "Ada Brink"),
    ("Ada Brink and Udo Kern/AP\n\n", "AP", None, None, "Ada Brink and Udo Kern"),
    ("Ada Brink in Galway\n\n", None, "Galway", None, "Ada Brink"),
    ("Ada Brink | Northern News\n\n", None, None, None, "Ada Brink"),
    ("Ada Brink, Special Correspondent\n\n", None, None, None, "Ada Brink"),
    ("Ada Brink ada@star.example\n\n", None, None, None, "Ada Brink"),
    ("By Ada Brink, Udo Kern and\nMia Holm, AP\n\nOSLO (AP) — ", "AP", "OSLO", None, "Ada Brink, Udo Kern and\nMia Holm"),
    ("By Ada Brink\nand Udo Kern\n\nOSLO — ", None, "OSLO", None, "Ada Brink\nand Udo Kern"),
    ("By\nAda Brink\n\n", None, None, None, "Ada Brink"),
    ("By Ada Brink, Galway\n\n", None, "Galway", None, "Ada Brink"),
    ("By Ada Brink for the Star\n\n", None, None, None, "Ada Brink"),
    ("By Ada Brink (@adabrink)\nada@star.example\n\n", None, None, None, "Ada Brink"),
    ("Words by Ada Brink\n\n", None, None, None, "Ada Brink"),
    ("From Ada Brink in Galway\n\n", None, "Galway", None, "Ada Brink"),
    ("From our correspondent in Galway\n\n", None, None, None, None),
    ("NORTHERN WIRE\nOSLO, Norway\n", "NORTHERN WIRE", "OSLO, Norway", None, None),
    ("Zentrapress\nOslo\n", "Zentrapress", "Oslo", None, None),
    ("Zentra\nOSLO\n", "Zentra", "OSLO", None, None),
    ("Zentra\nOSLO (Eastern Norway)\n", "Zentra", "OSLO (Eastern Norway)", None, None),
    ("Zentra Press\nNairobi\n", "Zentra Press", "Nairobi", None, None),
    ("Northern Star News\nOslo\n", "Northern Star News", "Oslo", None, None),
    ("Litoral Media\nLisbon, 14 June\n", "Litoral Media", "Lisbon", "14 June", None),
    ("Litoral Media\nHARLOWVILLE\n", "Litoral Media", "HARLOWVILLE", None, None),
    ("Zentra Despatch\nOSLO — ", "Zentra Despatch", "OSLO", None, None),
    ("Rotterdam\nZentrapress\n", "Zentrapress", "Rotterdam", None, None),
    ("HARLOWVILLE, JUNE 14 (ZENTRA MEDI) -- ", "ZENTRA MEDI", "HARLOWVILLE", "JUNE 14", None),
    ("Harlowville, June 14 (Zentra Medi) - ", "Zentra Medi", "Harlowville", "June 14", None),
    ("HARLOWVILLE (Zentra Medi) - ", "Zentra Medi", "HARLOWVILLE", None, None),
    ("ZENTRA NEWS, Oslo, 14 June 2026 - ", "ZENTRA NEWS", "Oslo", "14 June 2026", None),
    ("Zentra News, Oslo - ", "Zentra News", "Oslo", None, None),
    ("OSLO, Zentra News - ", "Zentra News", "OSLO", None, None),
    ("OSLO, June 14, Zentra News - ", "Zentra News", "OSLO", "June 14", None),
    ("Oslo (Eastern Norway) - ", None, "Oslo (Eastern Norway)", None, None),
    ("oslo, norway (zentra) – ", "zentra", "oslo, norway", None, None),
    ("By Ada Brink, Zentra News Agency\n", "Zentra News Agency", None, None, "Ada Brink"),
    ("By Ada Brink, Zentrapress\n", "Zentrapress", None, None, "Ada Brink"),
    ("By Ada Brink\nNorthern Star News\n", None, None, None, "Ada Brink"),
    ("Ada Brink, Galway\n\n", None, "Galway", None, "Ada Brink"),
    ("By Ada Brink\nPublished 14 June 2026, 08:15 GMT | Updated 15 June 2026\n\n", None, None, None, "Ada Brink"),
]
FOREIGN = [
    ("Berlin (dpa/bb) - ", GERMAN, "dpa/bb", "Berlin", None, None),
    ("Halle (Saale) (dpa) - ", GERMAN, "dpa", "Halle (Saale)", None, None),
    ("Berlin/München (dpa) – ", GERMAN, "dpa", "Berlin/München", None, None),
    ("Von Udo Kern\n\nBerlin - ", GERMAN, None, "Berlin", None, "Udo Kern"),
    ("Berlin. ", GERMAN, None, "Berlin", None, None),
    ("dpa Berlin. ", GERMAN, "dpa", "Berlin", None, None),
    ("BERLIN taz | ", GERMAN, "taz", "BERLIN", None, None),
    ("Berlin, 4.3. (epd) ", GERMAN, "epd", "Berlin", "4.3.", None),
    ("МОСКВА, 14 июня. /ТАСС/. ", "Власти порта закроют северный причал на ремонт.", "ТАСС", "МОСКВА", "14 июня", None),
    ("القاهرة (رويترز) - ", "قال مسؤولون يوم الثلاثاء إن الميناء سيغلق.", "رويترز", "القاهرة", None, None),
    ("新华社北京6月14日电（记者王大明）", CHINESE, "新华社", "北京", "6月14日", "王大明"),
    ("记者王大明／台北报道\n", CHINESE, None, "台北", None, "王大明"),
    ("新华社记者 王大明\n\n", CHINESE, "新华社", None, None, "王大明"),
    ("（中央社記者王大明台北14日電）", CHINESE, "中央社", "台北", "14日", "王大明"),
    ("【東京共同】", JAPANESE, "共同", "東京", None, None),
    ("[東京 14日 ロイター] - ", JAPANESE, "ロイター", "東京", "14日", None),
    ("(서울=연합뉴스) 김가람 기자 = ", KOREAN, "연합뉴스", "서울", None, "김가람"),
]
PROSE = [
    f"PA - {BODY}",
    f"(NATO) {BODY}",
    f"[VIDEO] {BODY}",
    f"Santa Claus: {BODY}",
    f"Agencies - {BODY}",
    "LONDON - a city of many rivers - has closed its northern quay for repairs, and nobody is surprised about it at all.",
    "Paris – once the capital of fashion – has lost its northern quay to repairs, officials said on Tuesday. Work begins.",
    f"Update (Friday) - {BODY}",
    f"EXCLUSIVE - {BODY}",
    f"BREAKING NEWS — {BODY}",
    f"WATCH: {BODY}",
    f"DAX - {BODY}",
    f"I.B.M. - {BODY}",
    f"TESLO (TSLO) — {BODY}",
    f"Ada Brink (Chelsea) - {BODY}",
    f"May 14 - {BODY}",
    f"Georgia - {BODY}",
    "HARLOW: I think it is time to close the quay. BRINK: So do I, and the northern quay must be closed at once, they say.",
    "Reuters is closing its northern quay office, the harbour council said on Tuesday. Work begins next week, it said.",
    "By Tuesday, the council had voted to close the quay for repairs, officials said.\n\nWork begins next week.",
    "- Apples\n- Pears\n- Plums and many more things that one can buy in the market by the quay on Tuesday, officials said.",
    "1. Berlin\n2. Paris\n3. London has closed its northern quay for repairs, and nobody is surprised about it at all.",
    "TWO YEARS AGO the council voted to close the northern quay for repairs, officials said. Work begins next week.",
    "Mehr als hundert Menschen kamen zum Hafen. Die Verwaltung will den Nordkai im Herbst schließen, teilte sie mit.",
    f"{BODY}\n\nOSLO is far away. {BODY}",
    "",
    "\n \n",
]


def parts(found: Opening) -> tuple[str | None, ...]:
    return found.agency, found.place, found.date, found.byline


@pytest.mark.parametrize(
    "headline", ["", "Council closes northern quay\n", "Council closes northern quay\n\n", "Council closes quay.\n\n"]
)
@pytest.mark.parametrize(("head", "agency_", "place", "date", "byline"), HOUSES)
def test_a_house_style_is_read(
    headline: str, head: str, agency_: str | None, place: str | None, date: str | None, byline: str | None
) -> None:
    text = headline + head + BODY
    found = opening(text)
    assert parts(found) == (agency_, place, date, byline)
    assert text[found.body_start :] == BODY
    assert found.headline == (headline.strip() or None)


@pytest.mark.parametrize(("head", "body", "agency_", "place", "date", "byline"), FOREIGN)
def test_a_foreign_house_style_is_read(
    head: str, body: str, agency_: str | None, place: str | None, date: str | None, byline: str | None
) -> None:
    found = opening(head + body)
    assert parts(found) == (agency_, place, date, byline)
    assert (head + body)[found.body_start :] == body


@pytest.mark.parametrize("text", PROSE)
def test_prose_has_no_opening(text: str) -> None:
    assert opening(text) == Opening(0)


def test_fields_are_characters_of_the_text() -> None:
    text = "Council closes quay\nBy Ada Brink\nOSLO, June 14 (Reuters) - " + BODY
    found = opening(text)
    assert [field.name for field in found.fields] == ["headline", "byline", "place", "date", "agency"]
    assert all(text[field.start : field.end] == field.text and field.part == "head" for field in found.fields)


def test_a_headline_in_the_line_of_the_dateline_is_head() -> None:
    text = "Council closes northern quay. By Ada L. Brink. HARLOWVILLE, June 14 (Reuters) - " + BODY
    found = opening(text)
    assert parts(found) == ("Reuters", "HARLOWVILLE", "June 14", "Ada L. Brink")
    assert text[found.body_start :] == BODY


HEADLINES = [
    "Pope Francis in Oslo",
    "Prime Minister in Oslo",
    "World Cup in Norway",
    "Council in Oslo, Norway",
    "Northern Quay, Reuters",
    "United Nations in Geneva",
    "Ada Brink | Obituary",
    "Embargo on oil lifted by council",
    "EU-Norway talks resume in Oslo",
]


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_is_no_byline_and_no_label(headline: str) -> None:
    found = opening(f"{headline}\n\n{BODY}")
    assert [(f.name, f.text) for f in found.fields] == [("headline", headline)]


@pytest.mark.parametrize(
    "kicker",
    ["Floods", "FLOODS", "Obituary", "OBITUARY", "World News", "WORLD NEWS", "Health Service", "Homecoming", "QUAY", "Quay News"],
)
@pytest.mark.parametrize("headline", ["", "Council closes quay\n\n"])
def test_what_a_story_is_about_is_no_agency(kicker: str, headline: str) -> None:
    assert opening(f"{headline}{kicker}\nOSLO\n{BODY}") == Opening(0)


@pytest.mark.parametrize("head", ["Zentra\nOslo\n", "Zentra\nOSLO\n", "ZENTRA\nOSLO\n", "Zentra News\nOSLO\n"])
def test_what_the_text_speaks_of_is_no_agency(head: str) -> None:
    name = head.split("\n", 1)[0]
    assert opening(f"{head}{name} will close. {BODY}").agency is None
    assert opening(f"Council closes quay\n{head}Officials told {name} of it. {BODY}").agency == name


def test_a_word_above_a_town_is_a_headline_where_nothing_stands_above() -> None:
    assert opening(f"Zentra\nOslo\n{BODY}") == Opening(0)
    assert opening(f"Council closes quay\nZentra\nOslo\n{BODY}").agency == "Zentra"
    assert opening(f"Zentra\nOSLO\n{BODY}", "Zentra").agency is None


@pytest.mark.parametrize(
    "head", ["OSLO (Pictured) - ", "oslo, norway (pictured) - ", "TESLO (Teslo Motors) — ", "Fire Service, Oslo - "]
)
def test_a_bracket_is_not_always_an_agency(head: str) -> None:
    assert opening(head + BODY).agency is None


@pytest.mark.parametrize("headline", ["UPDATE 1: Council closes quay", "EXPLAINER-Why the quay will close"])
@pytest.mark.parametrize("dateline", ["", "OSLO (AP) — ", "HARLOWVILLE, JUNE 14 (ZENTRA MEDI) -- "])
def test_the_editors_note_below_a_headline_is_head(headline: str, dateline: str) -> None:
    text = f"{headline}\n(Adds prosecutor and details of the vote)\n{dateline}{BODY}"
    found = opening(text)
    assert (found.headline, text[found.body_start :]) == (headline, BODY)
    assert opening(text.partition("\n")[2]).headline is None


def test_a_name_before_a_place_that_the_text_speaks_of_is_a_byline() -> None:
    text = f"Council closes quay\n\nAda Brink, Harlowville\n\nA court in Harlowville heard the case. {BODY}"
    assert parts(opening(text)) == (None, None, None, "Ada Brink")
    assert opening(text.replace("A court", "Ms Brink")).byline is None
    assert opening(text.replace("Harlowville heard", "Oslo heard")).byline is None


def test_a_known_title_is_no_byline() -> None:
    assert opening(f"Ada Brink in Galway\n\n{BODY}", "Ada Brink in Galway").byline is None


def test_whom_the_text_names_did_not_write_it() -> None:
    assert opening(f"Ada Brink in Galway\n\nOn Tuesday Ms Brink opened the quay. {BODY}").byline is None
    assert opening(f"Ada Brink in Galway\n\nOn Tuesday Ms Holm opened the quay. {BODY}").byline == "Ada Brink"


@pytest.mark.parametrize(
    ("stamp", "date", "updated"),
    [
        ("14 June 2026", "14 June 2026", None),
        ("Published June 14, 2026 at 8:15 a.m.", "June 14, 2026", None),
        ("Published on: Sun, 14 Jun 2026 at 08:15 GMT", "Sun, 14 Jun 2026 at 08:15 GMT", None),
        ("08:15, 14 June 2026", "14 June 2026", None),
        ("Published June 14, 2026 | Updated June 15, 2026", "June 14, 2026", "June 15, 2026"),
        ("Stand: 14.06.2026, 08:15 Uhr", None, "14.06.2026"),
        ("Last updated 15 June 2026", None, "15 June 2026"),
    ],
)
@pytest.mark.parametrize("head", ["Council closes quay\n{}\n\n", "By Ada Brink\n{}\n\nOSLO — ", "Ada Brink, Reuters\n{}\n\n"])
def test_a_date_on_a_line_of_its_own_is_no_date_of_the_dateline(
    head: str, stamp: str, date: str | None, updated: str | None
) -> None:
    text = head.format(stamp) + BODY
    found = opening(text)
    assert text[found.body_start :] == BODY
    assert found.date is None
    assert {f.name: f.text for f in found.stamps} == {k: v for k, v in (("date", date), ("updated", updated)) if v}
    assert set(found.stamps) <= set(found.fields)


def test_a_date_stands_beside_the_datelines() -> None:
    found = opening(f"June 14, 2026\nOSLO, June 13 (AP) — {BODY}")
    assert found.date == "June 13"
    assert [f.text for f in found.fields if f.name == "date"] == ["June 14, 2026", "June 13"]


def test_a_diary_keeps_its_dates() -> None:
    assert opening(f"June 14, 2026\n\n{BODY}\n\nJune 15, 2026\n\n{BODY}") == Opening(0)
    assert [f.text for f in opening(f"June 14, 2026\n\n{BODY}\n\n{BODY}").fields] == ["June 14, 2026"]


@pytest.mark.parametrize(
    "label",
    [
        "URGENT",
        "BC-QUAY-CLOSED (500)",
        "BC-Quay-Closed, 1st Ld-Writethru,500",
        "QUAY-CLOSED/ (UPDATE 2)",
        "EMBARGOED UNTIL 0001 GMT, June 15",
        "FOR IMMEDIATE RELEASE",
        "(Eds: updates throughout)",
    ],
)
@pytest.mark.parametrize("dateline", ["", "OSLO (AP) — "])
def test_what_wires_print_for_their_desks_is_no_headline(label: str, dateline: str) -> None:
    text = f"{label}\n\nCouncil closes northern quay\n\n{dateline}{BODY}"
    found = opening(text)
    assert (found.headline, text[found.body_start :]) == ("Council closes northern quay", BODY)


@pytest.mark.parametrize("below", ["ada@star.example", "Staff Writer", "14 June 2026"])
def test_a_line_shows_the_name_above_it_to_be_the_authors(below: str) -> None:
    text = f"Council closes quay\nAda Brink\n{below}\n\n{BODY}"
    found = opening(text)
    assert (found.headline, found.byline, text[found.body_start :]) == ("Council closes quay", "Ada Brink", BODY)


def test_a_caption_above_a_dateline_is_head_but_no_headline() -> None:
    text = f"The northern quay in June. {BODY} (Ada Brink/Northern Star)\nOSLO — {BODY}"
    found = opening(text)
    assert (found.place, found.headline, text[found.body_start :]) == ("OSLO", None, BODY)


def test_a_paragraph_above_a_dateline_keeps_its_place() -> None:
    assert opening(f"{BODY} {BODY} {BODY}\n\nOSLO — {BODY}") == Opening(0)


def test_a_headline_alone_is_told_by_its_shape() -> None:
    text = f"Council closes northern quay\n14 June 2026\n{BODY}"
    found = opening(text)
    assert (found.headline, text[found.body_start :]) == ("Council closes northern quay", BODY)


def test_a_headline_that_ends_a_sentence_needs_its_title() -> None:
    text = f"Council closes northern quay.\n\n{BODY}"
    assert opening(text) == Opening(0)
    assert opening(text, "Council closes northern quay").headline == "Council closes northern quay."
    assert opening(f"A day at the quay\n\n{BODY}", "Council closes northern quay") == Opening(0)


def test_one_line_is_never_a_headline() -> None:
    assert opening("Council closes northern quay", "Council closes northern quay") == Opening(0)


@pytest.mark.parametrize(
    "name", ["AP", "Associated Press", "AFP/Reuters", "dpa", "dpa/bb", "Agence France-Presse", "ТАСС", "共同", "KUNA"]
)
def test_an_agency_is_known(name: str) -> None:
    assert agency(name) is not None


@pytest.mark.parametrize("name", ["Tap", "map", "Mehr", "Aa", "", "The Northern Star", "A/B"])
def test_a_word_is_no_agency(name: str) -> None:
    assert agency(name) is None


PIECES = [
    "OSLO",
    "Oslo, Norway",
    "(AP)",
    "dpa",
    "June 14",
    " - ",
    "—",
    "\n",
    "\n\n",
    ". ",
    "By Ada Brink",
    "【東京共同】",
    "/TASS/",
    "Ada Brink, AP",
    "Ada Brink in Oslo\n",
    "Updated June 14, 2026",
    "and",
    "URGENT\n",
    "Zentrapress\n",
    "Zentra News\n",
    "oslo, norway (zentra) – ",
    "(Adds details)\n",
    "記者王大明／台北報導",
    "Special to The Star: ",
    ", ",
    "x",
    BODY,
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_has_sound_offsets(text: str) -> None:
    found = opening(text)
    assert 0 <= found.body_start <= len(text)
    for field in found.fields:
        assert text[field.start : field.end] == field.text
        assert field.text.strip() == field.text != ""
        assert field.end <= found.body_start


@pytest.mark.parametrize(
    "unit",
    [
        "A",
        "A ",
        "A. ",
        "Ab Cd, ",
        "BC-A-",
        "8:15 ",
        "May 4 | ",
        "OSLO - ",
        "(",
        "By A ",
        "A/",
        "By A, ",
        "1",
        "\n",
        "AP ",
        "Aa. BB, ",
        "- ",
        "【",
        "A (b ",
        ".",
    ],
)
def test_hostile_text_takes_no_time(unit: str) -> None:
    started = time.process_time()
    opening(unit * (400_000 // len(unit)))
    assert time.process_time() - started < 0.5


def test_the_order_of_lines_above_does_not_matter() -> None:
    for lines in permutations(["AP", "Budapest"]):
        assert parts(opening("\n".join(lines) + "\n" + BODY)) == ("AP", "Budapest", None, None)
