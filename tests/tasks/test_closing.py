from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.closing import Closing, closing

BODY = "The harbour council voted on Tuesday to close the northern quay for repairs, officials said. Work begins next week."
TAILS = [
    ("\n\n(Reporting by Ada Brink in London; Editing by Udo Kern)", ["Ada Brink"], []),
    (" (Reporting by Ada Brink and Mia Holm in London; editing by Udo Kern)", ["Ada Brink", "Mia Holm"], []),
    (
        "\n\n(Reporting by Ada Brink, Mia Holm in New York and Hong Kong, and Udo Kern; Writing by Jo Lund)",
        ["Ada Brink", "Mia Holm", "Udo Kern", "Jo Lund"],
        [],
    ),
    ("\n\nReporting by Ada Brink; Editing by Udo Kern", ["Ada Brink"], []),
    ("\n\nEditing by Udo Kern", [], []),
    ("\n\nWith assistance from Ada Brink.", [], []),
    ("\n\n(Bericht von Ada Brink, redigiert von Udo Kern)", ["Ada Brink"], []),
    ("\n\n(Reportage Ada Brink, édité par Udo Kern)", ["Ada Brink"], []),
    ("\n\n(Reporte de Ada Brink. Editado en español por Udo Kern)", ["Ada Brink"], []),
    ("\n\n(Reportagem de Ada Brink; edição de Udo Kern)", ["Ada Brink"], []),
    ("\n\n© 2026 AFP", [], ["AFP"]),
    ("\n\n© Agence France-Presse", [], ["Agence France-Presse"]),
    ("\n\nCopyright 2026 The Associated Press. All rights reserved.", [], ["The Associated Press"]),
    ("\n\n© 2026 The Northern Star. All rights reserved.", [], []),
    ("\n\n-- Reuters", [], ["Reuters"]),
    ("\n\n(AFP)", [], ["AFP"]),
    (" (AFP)", [], ["AFP"]),
    (" — AP", [], ["AP"]),
    ("\n\n/TASS/", [], ["TASS"]),
    ("\n\nSource: Xinhua", [], ["Xinhua"]),
    ("\n\ndpa ab xy", [], ["dpa"]),
    ("\n\nbur-ab/cd/ef", [], []),
    ("\n\nEnditem", [], []),
    (" Enditem", [], []),
    ("\n\n(END)", [], []),
    ("\n\n(With inputs from PTI)", [], ["PTI"]),
    ("\n\n— With files from The Canadian Press", [], ["The Canadian Press"]),
    (
        "\n\nAssociated Press writer Ada Brink in Oslo contributed to this report.\n\nCopyright 2026 The Associated Press",
        [],
        ["Associated Press", "The Associated Press"],
    ),
    ("\n\nAda Brink reported from Oslo.", ["Ada Brink"], []),
    (
        "\n\nAda Brink reported from Oslo, and Udo Kern from Bergen. Mia Holm contributed to this report.",
        ["Ada Brink", "Udo Kern"],
        [],
    ),
    ("\n\nText: Ada Brink / Redaktion: Udo Kern", ["Ada Brink"], []),
    ("\n\nWritten by Ada Brink; edited by Udo Kern", ["Ada Brink"], []),
    ("\n\n– Ada Brink, Northern News Agency", ["Ada Brink"], ["Northern News Agency"]),
    ("\n\nAda Brink, The Associated Press", ["Ada Brink"], ["The Associated Press"]),
    ("\n\nFollow Ada Brink on X: @adabrink", ["Ada Brink"], []),
    ("\n\nAda Brink can be reached at ada@star.example", ["Ada Brink"], []),
    ("\n\nAda Brink is a staff writer for The Star. Follow her at @adabrink.", ["Ada Brink"], []),
    ("\n\nTo contact the reporter on this story: Ada Brink in Oslo at ada@star.example", ["Ada Brink"], []),
    ("\n\nThis story was written by Ada Brink.", ["Ada Brink"], []),
    ("\n\nThis story was produced by Northern News Agency with the support of a grant.", [], ["Northern News Agency"]),
    ("\n\nThis article was originally published by The Star.", [], []),
    ("\n\nDieser Artikel erschien zuerst im Nordstern.", [], []),
    ("\n\nSource: Northern News Agency", [], ["Northern News Agency"]),
    ("\n\nSource: Northern Star", [], []),
    ("\n\nOur Standards: The Thomson Reuters Trust Principles.", [], ["Thomson Reuters"]),
    ("\n\nMit Informationen von dpa", [], ["dpa"]),
    ("\n\nCon información de EFE", [], ["EFE"]),
    ("\n\nAB/UK", [], []),
    ("\n\nab/AFP", [], ["AFP"]),
    ("\n\nada@star.example", [], []),
    ("\n\n（完）", [], []),
    ("\n\n___\n\nAP writer Ada Brink contributed to this report.", [], ["AP"]),
]
# what is printed, and who did what
OTHERS = [
    ("Reporting by Ada Brink, Additional reporting by Udo Kern in Oslo; Editing by Mia Holm", "byline contributor editor"),
    ("(Writing by Ada Brink Editing by Udo Kern)", "byline editor"),
    ("With reporting from Udo Kern in Bergen.", "contributor"),
    ("— With files from Udo Kern in Bergen", "contributor"),
    (
        "Associated Press writers Ada Brink in Oslo and Udo Kern in Bergen contributed to this report.",
        "agency contributor contributor",
    ),
    ("Staff Writers Ada Brink and Udo Kern contributed to this report.", "contributor contributor"),
    ("The Star's Ada Brink contributed to this report.", "contributor"),
    ("Contributing: Udo Kern", "contributor"),
    ("Translated by Mia Holm", "contributor"),
    ("(Bericht von Ada Brink, redigiert von Udo Kern. Bei Rückfragen wenden Sie sich an die Redaktion)", "byline editor"),
    ("Mitarbeit: Udo Kern", "contributor"),
    ("Ada Brink hat zu diesem Bericht beigetragen.", "contributor"),
    ("(Reportage Ada Brink, rédigé par Udo Kern, édité par Mia Holm)", "byline byline editor"),
    ("Avec la collaboration d'Udo Kern", "contributor"),
    ("(Reporte de Ada Brink; reporte adicional de Udo Kern en Oslo. Editado por Mia Holm)", "byline contributor editor"),
    ("Udo Kern contribuyó a este reporte desde Oslo.", "contributor"),
    ("责任编辑：王大明", "editor"),
]
BODIES = [
    "Copyright law is complicated, the court said on Tuesday, and it will stay so for many years to come.",
    "Writing by hand is good for the brain, the council said. Editing by machine is not, it added on Tuesday.",
    "He works for Reuters.",
    "They met in London (Reuters Building).",
    "The quay was built in 1910 (according to AP).",
    '"We all contributed to this report," the mayor said. He left.',
    "The end",
    "With agencies closing everywhere, the council must act now.",
    "Udo Kern is a reporter who was jailed in March.",
    "Ada Brink contributed to the damage, the court said.",
    "The Star reported from Galway that the quay is safe.",
    "Ada Brink reported from the hospital that she was fine.",
    "This report is published by the council every year and read by few.",
    "The report was produced by the council and will be read in March.",
    "Contact Sgt. Udo Kern at 555-0199 or udo@police.example.",
    "Contact the harbour office at info@harbour.example.",
    "Text: the council's decision",
    "Photo: Ada Brink",
    "Ada Brink",
    "– Ada Brink",
    "“The best quay.”\n\n— Ada Brink, The Star",
    "- Apples, pears\n- Plums, The Star",
    "AB/UK is the sign of the ship.",
    "Source: the mayor's budget, which was published on Tuesday and runs to forty pages of tables.",
]


@pytest.mark.parametrize(("tail", "people", "agencies"), TAILS)
def test_a_tail_is_read(tail: str, people: list[str], agencies: list[str]) -> None:
    text = BODY + tail
    found = closing(text)
    assert text[: found.body_end] == BODY
    assert [field.text for field in found.fields if field.name == "byline"] == people
    assert [field.text for field in found.fields if field.name == "agency"] == agencies
    assert all(text[field.start : field.end] == field.text and field.part == "tail" for field in found.fields)


@pytest.mark.parametrize(("tail", "kinds"), OTHERS)
def test_all_people_of_a_tail_are_kept_with_their_part(tail: str, kinds: str) -> None:
    found = closing(f"{BODY}\n\n{tail}")
    assert found.body_end == len(BODY)
    assert " ".join(field.name for field in found.fields) == kinds
    assert all(len(field.text.split()) == 2 or not field.text.isascii() for field in found.fields)


def test_whom_the_text_names_did_not_write_it() -> None:
    text = f"On Tuesday Mr Kern opened the quay. {BODY}\n\nUdo Kern is a reporter with The Star."
    assert closing(text) == Closing(len(text))


@pytest.mark.parametrize("separator", ["\n\n", "\n", " "])
@pytest.mark.parametrize("last", BODIES)
def test_a_sentence_is_no_tail(last: str, separator: str) -> None:
    text = BODY + separator + last
    assert closing(text) == Closing(len(text))


def test_a_text_is_never_all_tail() -> None:
    assert closing("Reuters") == Closing(7)
    assert closing("© 2026 AFP\n(AFP)\nEnditem").fields == ()
    assert closing("") == Closing(0)


@given(
    st.lists(
        st.sampled_from(
            [
                BODY,
                "\n",
                "(AFP)",
                "© AP",
                "Ada Brink reported from Oslo. ",
                "– Ada Brink, AP",
                "Text: Ada Brink / ",
                "Source: ",
                "Reporting by Ada Brink",
                "; ",
                ")",
                "(",
                "Enditem",
            ]
        ),
        max_size=9,
    ).map("".join)
)
@settings(max_examples=200, deadline=None)
def test_any_text_has_sound_offsets(text: str) -> None:
    found = closing(text)
    assert 0 <= found.body_end <= len(text)
    assert all(text[field.start : field.end] == field.text and field.start >= found.body_end for field in found.fields)


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        ")",
        "a/",
        "Reporting by A, ",
        "© ",
        "(AP) ",
        "dpa a ",
        "A ",
        "\n",
        "a and ",
        "- ",
        "Ada Brink ",
        "A reported from B, ",
        "Text: Ab Cd / ",
        "A. ",
        "Ab. ",
    ],
)
def test_hostile_text_takes_no_time(unit: str) -> None:
    started = time.process_time()
    closing(unit * (400_000 // len(unit)))
    closing(BODY + "\n" + unit * (690 // len(unit)))
    for lead in ("Text by ", "– ", "This story was ", "Follow ", "To contact the reporter: "):
        closing(f"{BODY}\n{lead}{unit * ((150 - len(lead)) // len(unit))}\\")
    assert time.process_time() - started < 0.5
