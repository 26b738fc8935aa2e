"""Dates as newspapers write them, measured from Wednesday, 14 June 2023."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.date_values import Value, easter, holiday, narrowed, week
from tasks.extract.dates import DateMention, dates

AT = datetime(2023, 6, 14, 10)  # noqa: DTZ001  naive UTC


def found(text: str, language: str | None = "en", at: datetime | None = AT) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.value) for mention in dates(text, at, language)]


def only(text: str, language: str | None = "en", at: datetime | None = AT) -> DateMention:
    [mention] = dates(text, at, language)
    return mention


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The port closed on June 16, 2022.", "2022-06-16"),
        ("It closed on 16 June 2022", "2022-06-16"),
        ("the 4th of July 1976", "1976-07-04"),
        ("Sept. 11, 1973", "1973-09-11"),
        ("closed 2022-06-16", "2022-06-16"),
        ("closed 16/06/2022", "2022-06-16"),
        ("closed 06/16/2022", "2022-06-16"),
        ("closed 05/06/2022", None),
        ("on March 8 he left", "2023-03-08"),
        ("The hearing will be held on March 8", "2024-03-08"),
        ("He died on Dec. 30", "2022-12-30"),
        ("a decision by 7 February", "2024-02-07"),
        ("Friday, June 23", "2023-06-23"),
        ("a procession on Saturday, July 2", "2022-07-02"),
        ("since early 2019", "2019"),
        ("in November 2021", "2021-11"),
        ("in June last year", "2022-06"),
        ("He was born in 1848", "1848"),
        ("back in '64, he said", "1964"),
        ("in nineteen ninety-six", "1996"),
        ("the year two thousand", "2000"),
        ("in the 1990s", "199"),
        ("in the late '80s", "198"),
        ("the nineties", "199"),
        ("the 20th century", "19"),
        ("fiscal 2023", "2023"),
        ("the first quarter of 2022", "2022-Q1"),
        ("Q3 2022", "2022-Q3"),
        ("the third quarter of last year", "2022-Q3"),
        ("its first-quarter profit", "2023-Q1"),
        ("the second half of 2021", "2021-H2"),
        ("the summer of 2021", "2021-SU"),
        ("next spring", "2024-SP"),
        ("last winter", "2022-WI"),
        ("last week", "2023-W23"),
        ("next month", "2023-07"),
        ("this year", "2023"),
        ("last weekend", "2023-W23-WE"),
        ("over the weekend", "2023-W23-WE"),
        ("yesterday", "2023-06-13"),
        ("the day after tomorrow", "2023-06-16"),
        ("last night", "2023-06-13"),
        ("two years ago", "2021"),
        ("three months ago", "2023-03"),
        ("ten days ago", "2023-06-04"),
        ("six weeks ago", "2023-W18"),
        ("two years from now", "2025"),
        ("several years ago", "PAST_REF"),
        ("in recent months", "PAST_REF"),
        ("now", "PRESENT_REF"),
        ("in the coming weeks", "FUTURE_REF"),
        ("Christmas Eve 2021", "2021-12-24"),
        ("last Thanksgiving", "2022-11-24"),
        ("Easter Monday", "2023-04-10"),
        ("9/11", "2001-09-11"),
        ("the Sept. 11 attacks", "2001-09-11"),
        ("from 3 to 5 June", "2023-06-03/2023-06-05"),
        ("June 3-5", "2023-06-03/2023-06-05"),
        ("between 2019 and 2021", "2019/2021"),
        ("in 1915-17", "1915/1917"),
        ("the 2021/22 season", "2021/2022"),
        ("for three days", "P3D"),
        ("two and a half years", "P2Y6M"),
        ("for 5 1/2 hours", "PT5H30M"),
        ("a five-year plan", "P5Y"),
        ("twenty-one days", "P21D"),
        ("12 to 18 months", "PXM"),
        ("the last five years", "P5Y"),
        ("every Sunday", "XXXX-WXX-7"),
        ("each July", "XXXX-07"),
        ("40 boxes a day", "P1D"),
        ("daily", "P1D"),
        ("at 10 p.m. on Tuesday", "2023-06-13T22:00"),
        ("10:35 a.m. (0735 GMT) Tuesday", "2023-06-13T10:35"),
        ("Tuesday at noon", "2023-06-13T12:00"),
        ("until midnight", "T24:00"),
    ],
)
def test_expressions(text: str, value: str | None) -> None:
    assert [mention.value for mention in dates(text, AT)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The mayor resigned on Tuesday.", "2023-06-13"),
        ("The mayor resigned on Wednesday.", "2023-06-14"),
        ("The mayor resigned Thursday after a row.", "2023-06-08"),
        ("The mayor will resign on Friday.", "2023-06-16"),
        ("The mayor said he would resign on Friday.", "2023-06-16"),
        ("Talks are scheduled for Monday in Lindenau.", "2023-06-19"),
        ("The talks scheduled for Monday were held.", "2023-06-12"),
        ("The council is to meet on Thursday.", "2023-06-15"),
        ("The museum opens on Saturday.", "2023-06-17"),
        ("On Saturday the museum will open.", "2023-06-17"),
        ("On Saturday the museum opened.", "2023-06-10"),
        ("They want an answer by Friday.", "2023-06-16"),
        ("All had answered by Friday.", "2023-06-09"),
        ("She has not slept since Sunday.", "2023-06-11"),
        ("The road stays closed until Sunday.", "2023-06-18"),
        ("Nothing was said until Sunday.", "2023-06-11"),
        ("He could leave as soon as Monday.", "2023-06-19"),
        ("She refused to sign on Monday.", "2023-06-12"),
        ("She promised to sign on Monday.", "2023-06-19"),
        ("He could not be reached on Monday.", "2023-06-12"),
        ("They meet on Monday.", "2023-06-19"),
        ("last Wednesday", "2023-06-07"),
        ("last Friday", "2023-06-09"),
        ("next Wednesday", "2023-06-21"),
        ("this Friday", "2023-06-16"),
        ("Friday of last week", "2023-06-09"),
        ("Monday next week", "2023-06-19"),
        ("He said that Monday's vote was fair.", "2023-06-12"),
    ],
)
def test_weekdays_go_by_the_tense(text: str, value: str) -> None:
    assert [mention.value for mention in dates(text, AT)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left in February.", "2023-02"),
        ("He left in October.", "2022-10"),
        ("She will retire in February.", "2024-02"),
        ("She will retire in October.", "2023-10"),
        ("A verdict is expected in September.", "2023-09"),
        ("output was cut in July", "2023-07"),
        ("under a September agreement", "2023-09"),
        ("under a February agreement", "2023-02"),
        ("last May", "2022-05"),
        ("last March", "2023-03"),
        ("next May", "2024-05"),
        ("closed since January", "2023-01"),
    ],
)
def test_months_go_by_the_tense(text: str, value: str) -> None:
    assert [mention.value for mention in dates(text, AT)] == [value]


def test_a_story_of_the_past_goes_by_its_own_years() -> None:
    text = (
        "The bridge was begun on 3 March 1871. On 9 April a pier sank. In October 1872 the builder died, and on 4 January 1873 "
        "his son took over. On 20 May the arch was closed. It was opened on 1 July 1874. In December it fell."
    )
    assert [value for _, value in found(text)] == [
        "1871-03-03", "1871-04-09", "1872-10", "1873-01-04", "1873-05-20", "1874-07-01", "1874-12",
    ]  # fmt: skip


def test_dates_refer_to_the_one_before() -> None:
    text = "She left on June 5, 2021; three days later she was back. The next day she left again. That year it rained. A year earlier it did not."
    assert [value for _, value in found(text)] == ["2021-06-05", "2021-06-08", "2021-06-09", "2021", "2020"]
    assert found("Three days later she was back.") == [("Three days later", None)]


def test_years_are_shared() -> None:
    assert found("in May and June 2021") == [("May", "2021-05"), ("June 2021", "2021-06")]
    assert found("5 May to 3 June 2021") == [("5 May", "2021-05-05"), ("3 June 2021", "2021-06-03")]
    assert found("on June 5 and 6") == [("June 5", "2023-06-05"), ("6", "2023-06-06")]
    assert found("from Monday to Friday") == [("Monday", "2023-06-12"), ("Friday", "2023-06-16")]


def test_other_dates_of_the_text_tell_day_from_month() -> None:
    assert found("on 25/06/2022 and 05/06/2022")[1] == ("05/06/2022", "2022-06-05")
    assert found("on June 7 and 05/06/2022")[1] == ("05/06/2022", "2022-05-06")


@pytest.mark.parametrize(
    ("text", "mod", "first", "last"),
    [
        ("early February", "START", "2023-02-01", "2023-02-10"),
        ("mid-May", "MID", "2023-05-11", "2023-05-20"),
        ("the end of the week", "END", "2023-06-16", "2023-06-18"),
        ("earlier this month", "START", "2023-06-01", "2023-06-14"),
        ("later this year", "END", "2023-06-14", "2023-12-31"),
        ("late 2022", "END", "2022-09-01", "2022-12-31"),
        ("the early 1990s", "START", "1990-01-01", "1993-04-30"),
        ("nearly four years ago", "APPROX", "2019-01-01", "2019-12-31"),
        ("more than two years ago", "MORE_THAN", "2021-01-01", "2021-12-31"),
        ("the past two weeks", None, "2023-05-31", "2023-06-14"),
        ("winter 2021-22", None, "2021-12-01", "2022-02-28"),
        ("overnight", None, "2023-06-13", "2023-06-14"),
    ],
)
def test_the_days_covered(text: str, mod: str | None, first: str, last: str) -> None:
    mention = only(text)
    assert (mention.text, mention.mod, str(mention.from_date), str(mention.to_date)) == (text, mod, first, last)


def test_kinds() -> None:
    kinds = {mention.text: mention.kind for mention in dates("At 5 p.m. on Monday, for two days, every week, in 1998.", AT)}
    assert kinds == {"5 p.m. on Monday": "time", "two days": "duration", "every week": "set", "1998": "date"}


@pytest.mark.parametrize(
    "text",
    [
        "They won 6-4, 7-5 and 3-2.", "It cost $2020 or 1,999 dollars.", "some 2000 people", "in 1500 cases", "a 21-year-old", "aged 40 years",
        "Call 202-555-2019.", "Route 66, room 1812, flight 1549", "May I go? They may sit and march on.", "Ms May met April Smith and June Carter.",
        "the March on the capital", "The Sun said he sat in second place.", "on second thought", "the Sunday Times", "Super Tuesday",
        "Friday Night Lights", "Johnny Christmas", "a Christmas tree", "in her thirties", "temperatures in the 80s", "a quarter of voters",
        "three quarters of them", "the second half", "24/7", "version 3.11.23", "99:99", "2022-13-45", "Feb. 30", "as soon as he can", "1998-based",
        "the last day of the trial", "in the 19th minute",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


def test_without_the_articles_date_nothing_is_guessed() -> None:
    text = "On Friday he left, three years ago, last week, in May, on 5 June, this summer. On March 3, 2021 he came; the next day he left."
    assert [value for _, value in found(text, at=None)] == [None, None, None, None, None, None, "2021-03-03", "2021-03-04"]
    assert found("for two days, every Sunday, in 1998", at=None) == [
        ("two days", "P2D"),
        ("every Sunday", "XXXX-WXX-7"),
        ("1998", "1998"),
    ]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am Dienstag sagte sie, der Gipfel werde am Freitag beginnen.", "Dienstag=2023-06-13 Freitag=2023-06-16"),
        ("de", "am 3. Juni 2022 und am 14. Mai", "3. Juni 2022=2022-06-03 14. Mai=2022-05-14"),
        ("de", "vom 3. bis 5. Juni", "3. bis 5. Juni=2023-06-03/2023-06-05"),
        ("de", "Anfang Februar, Ende 2022", "Anfang Februar=2023-02 Ende 2022=2022"),
        ("de", "vor zwei Jahren, in drei Wochen", "vor zwei Jahren=2021 in drei Wochen=2023-W27"),
        ("de", "nächste Woche, im vergangenen Jahr", "nächste Woche=2023-W25 vergangenen Jahr=2022"),
        ("de", "gestern, übermorgen, am Dienstagabend", "gestern=2023-06-13 übermorgen=2023-06-16 Dienstagabend=2023-06-13"),
        ("de", "in den 90er Jahren, im 20. Jahrhundert", "den 90er Jahren=199 20. Jahrhundert=19"),
        ("de", "im dritten Quartal 2022, im Sommer 2021", "dritten Quartal 2022=2022-Q3 Sommer 2021=2021-SU"),
        ("de", "Ende der Woche, jeden Sonntag, seit drei Tagen", "Ende der Woche=2023-W24 jeden Sonntag=XXXX-WXX-7 drei Tagen=P3D"),
        ("de", "Die Wahl findet im Herbst statt.", "Herbst=2023-FA"),
        ("de", "am 14.06.2022 um 10.30 Uhr", "14.06.2022 um 10.30 Uhr=2022-06-14T10:30"),
        ("fr", "Mardi, elle a dit que le sommet aura lieu vendredi.", "Mardi=2023-06-13 vendredi=2023-06-16"),
        ("fr", "le 3 juin 2022 et le 1er mai", "le 3 juin 2022=2022-06-03 le 1er mai=2022-05-01"),
        ("fr", "du 3 au 5 juin", "3 au 5 juin=2023-06-03/2023-06-05"),
        ("fr", "début février, mi-juin, fin 2022", "début février=2023-02 mi-juin=2023-06 fin 2022=2022"),
        ("fr", "il y a deux ans, dans trois semaines", "il y a deux ans=2021 dans trois semaines=2023-W27"),
        ("fr", "la semaine prochaine, l'année dernière, mardi dernier", "la semaine prochaine=2023-W25 l'année dernière=2022 mardi dernier=2023-06-13"),
        ("fr", "hier, après-demain, ce week-end", "hier=2023-06-13 après-demain=2023-06-16 ce week-end=2023-W24-WE"),
        ("fr", "les années 1990, au XXe siècle", "les années 1990=199 XXe siècle=19"),
        ("fr", "les cinq dernières années, chaque dimanche", "les cinq dernières années=P5Y chaque dimanche=XXXX-WXX-7"),
        ("es", "El martes dijo que la cumbre será el viernes.", "martes=2023-06-13 viernes=2023-06-16"),
        ("es", "el 3 de junio de 2022 y el 14 de mayo", "el 3 de junio de 2022=2022-06-03 el 14 de mayo=2022-05-14"),
        ("es", "del 3 al 5 de junio", "3 al 5 de junio=2023-06-03/2023-06-05"),
        ("es", "a principios de febrero, a finales de 2022", "principios de febrero=2023-02 finales de 2022=2022"),
        ("es", "hace dos años, dentro de tres semanas", "hace dos años=2021 dentro de tres semanas=2023-W27"),
        ("es", "la semana que viene, el año pasado", "la semana que viene=2023-W25 el año pasado=2022"),
        ("es", "ayer, pasado mañana, este fin de semana", "ayer=2023-06-13 pasado mañana=2023-06-16 este fin de semana=2023-W24-WE"),
        ("es", "los años noventa, el siglo XX, cada domingo", "los años noventa=199 el siglo XX=19 cada domingo=XXXX-WXX-7"),
        ("es", "Plácido Domingo cantó en marzo.", "marzo=2023-03"),
        ("it", "il 14.06.2022 e martedì", "14.06.2022=2022-06-14"),
    ],
)  # fmt: skip
def test_languages(language: str, text: str, expected: str) -> None:
    assert " ".join(f"{words}={value}" for words, value in found(text, language)) == expected


def test_calendar() -> None:
    assert [easter(year) for year in (1961, 2000, 2024, 2038)] == [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2024, 3, 31),
        date(2038, 4, 25),
    ]
    assert holiday("th11.4+1", 2023) == date(2023, 11, 24)
    assert holiday("mo5.-1", 2023) == date(2023, 5, 29)
    assert week(date(2021, 1, 3)).text == "2020-W53"
    assert narrowed(Value("2023-06-14", date(2023, 6, 14), date(2023, 6, 14)), "START").last == date(2023, 6, 14)


WORDS = st.sampled_from(
    """
    the a of in to and last next this that early end mid Friday May March June 5 31 2023 1998 '64 1990s 10:30 p.m. day week month year years weeks
    quarter third second summer Christmas two twenty hundred several ago later earlier before after every daily now - , . ( ) / s 's 5th 99 1,300
    06/07/2023 2023-06-14 9/11 2019/20 Q3 FY23 will said half century decade weekend today
    """.split()
) | st.text(max_size=4)  # fmt: skip


@settings(max_examples=300)
@given(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.none() | st.datetimes(),
    st.sampled_from(["en", "de", "fr", "es", "xx", None]),
)
def test_whatever_stands_there_nothing_is_raised(text: str, at: datetime | None, language: str | None) -> None:
    mentions = dates(text, at, language)
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)
    assert all(mention.text == mention.text.strip() != "" for mention in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert all((m.from_date is None) == (m.to_date is None) for m in mentions)
    assert all(m.from_date <= m.to_date for m in mentions if m.from_date and m.to_date)


def test_marks_of_any_kind_stand_beside_dates() -> None:
    text = "It cost € 5 million – a “bargain” ‰ ‱ † in all – last week."
    assert [m.text for m in dates(text, AT)] == ["last week"]
