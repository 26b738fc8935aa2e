"""Tokens and sentences of texts in many hands."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract.structure import sentences, tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def cut(text: str, language: str | None = "en") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orla Fenwick left.", "Orla|Fenwick|left|."),
        ("1,300 ships, 3.5 tons at 7:50", "1,300|ships|,|3.5|tons|at|7:50"),
        ("the U.S. and Mr. Osei on Sept. 11", "the|U.S.|and|Mr.|Osei|on|Sept.|11"),
        ("at 8 a.m. in St. Amsel, Mass.", "at|8|a.m.|in|St.|Amsel|,|Mass."),
        ("Amsel's mayor doesn't know the workers’ club’s name", "Amsel|'s|mayor|doesn't|know|the|workers|’|club|’s|name"),
        ("J. F. Okoro sat in. No. 5 said no.", "J.|F.|Okoro|sat|in|.|No.|5|said|no|."),
        ("a 20-year-old, June 3-5, mid-1990s, COVID-19", "a|20-year-old|,|June|3|-|5|,|mid-1990s|,|COVID-19"),
        ("the 20th, the 1990s, $1.13bn, 5%", "the|20th|,|the|1990s|,|$|1.13bn|,|5|%"),
        ("“Go!” he said... «Non», (yes) -- ``so''", "“|Go|!|”|he|said|...|«|Non|»|,|(|yes|)|--|``|so|''"),
        ("l'homme d'État, L'Express, D'autres, aujourd'hui", "l'|homme|d'|État|,|L'Express|,|D'|autres|,|aujourd'hui"),
        ("2026-05-02 und z.B. 3. Juni", "2026-05-02|und|z.B.|3|.|Juni"),
        ("山川は5月に来た。AI技術", "山川は|5|月に来た|。|AI|技術"),
        ("cafe\u0301 naïve क्षत्रिय", "cafe\u0301|naïve|क्षत्रिय"),
        ("x_y a\n\nb", "x|_|y|a|b"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert "|".join(words(text)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["Dr. Osei met J. F. Okoro at No. 5 Quay St. on Tuesday.", "He left."],
        ["The U.S. President flew home.", "She came from the U.S.", "The others stayed."],
        ["The ship sailed at 8 a.m. Tuesday.", "It sank at 9 p.m.", "Rescuers were late."],
        ["Prices rose 3.5 percent to 1,300.", "Then they fell."],
        ["“We are leaving.”", "“When?”", "“Now,” she said."],
        ["“Why?” Osei asked.", "“Stop!” he cried.", "Nobody stopped."],
        ['"It is over."', "He sat down."],
        ["He waited… and waited.", "Nothing came...", "Then it rained."],
        ["It closed (for good.)", "They wept."],
        ["Acme Inc. Chief Executive Ann Lee resigned.", "She had led Acme Corp.", "The board thanked her."],
        ["Rep. Ann Lee (D-Calif.) spoke in Boston, Mass.", "She left."],
        ["They chose Plan B.", "Critics sighed.", "It recalled World War I.", "In 1920 all was quiet."],
        ["iPhones sell.", "eBay does not.", "Gen. Lt. Col. Osei knows."],
        ["What?!", "No way!", "He said that."],
    ],
)
def test_english_sentences(expected: list[str]) -> None:
    assert cut(" ".join(expected)) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "de",
            [
                "Am 3. Juni kam sie z. B. nach Lindenau.",
                "Der 1. FC siegte.",
                "Im 20. Jahrhundert lebte Ludwig XIV. nicht.",
                "Gut so.",
            ],
        ),
        ("de", ["»Komm.«", "Er zahlte 5 Mio. Euro.", "Das war viel."]),
        ("fr", ["Il a dit : « Nous partons. »", "M. Le Goff est resté.", "« Non ! »", "Elle rit."]),
        ("es", ["¿Qué pasó?", "¡Nada!", "El Sr. Larrondo calló.", "Fin."]),
    ],
)
def test_other_languages(language: str, expected: list[str]) -> None:
    assert cut(" ".join(expected), language) == expected


def test_cjk_stops_need_no_space() -> None:
    assert cut("他走了。“真的？”没人回答！", "zh") == ["他走了。", "“真的？”", "没人回答！"]
    assert cut("「行く。」と言った。それから帰った。", "ja") == ["「行く。」と言った。", "それから帰った。"]


def test_paragraphs_headlines_and_lists_end_without_a_stop() -> None:
    assert cut("Harbour closes\n\nThe harbour closed\n\n\nIt rained") == ["Harbour closes", "The harbour closed", "It rained"]
    assert cut("The demands:\n- more pay\n- less work\n1. a pause\n2. a drink. And more") == [
        "The demands:",
        "- more pay",
        "- less work",
        "1. a pause",
        "2. a drink.",
        "And more",
    ]


def test_wrapped_lines_do_not_end_a_sentence() -> None:
    wrapped = "The harbour of Port Amsel was closed on Monday after a crane had fallen\nInto the basin and two ships were hit by it, the port office said. Nobody\nwas hurt."
    assert cut(wrapped) == [wrapped[: -len(" Nobody was hurt.")], "Nobody\nwas hurt."]
    long = "word " * 30 + "end\n" + "Next " * 30
    assert len(cut(long)) == 2, "lines too long to be wrapped are paragraphs"


@given(
    st.text(alphabet=st.sampled_from("aB1.,!?…'\"“”’»« \n-()。」z5") | st.characters(), max_size=80),
    st.sampled_from([None, "en", "de", "ja"]),
)
def test_everything_but_white_space_is_in_one_token_and_one_sentence(text: str, language: str | None) -> None:
    found = tokens(text)
    assert "".join(token.text for token in found) == "".join(text.split())
    assert all(text[token.start : token.end] == token.text for token in found)
    spans = sentences(text, language)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(start < end and text[start:end] == text[start:end].strip() for start, end in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
