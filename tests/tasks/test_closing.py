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
    ("\n\nAda Brink reported from Oslo.", [], []),
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
    st.lists(st.sampled_from([BODY, "\n", "(AFP)", "© AP", "Reporting by Ada Brink", "; ", ")", "(", "Enditem"]), max_size=9).map(
        "".join
    )
)
@settings(max_examples=200, deadline=None)
def test_any_text_has_sound_offsets(text: str) -> None:
    found = closing(text)
    assert 0 <= found.body_end <= len(text)
    assert all(text[field.start : field.end] == field.text and field.start >= found.body_end for field in found.fields)


@pytest.mark.parametrize("unit", ["(", ")", "a/", "Reporting by A, ", "© ", "(AP) ", "dpa a ", "A ", "\n", "a and ", "- "])
def test_hostile_text_takes_no_time(unit: str) -> None:
    started = time.process_time()
    closing(unit * (400_000 // len(unit)))
    closing(BODY + "\n" + unit * (690 // len(unit)))
    assert time.process_time() - started < 0.5
