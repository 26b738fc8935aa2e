from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.quote_marks import quoted
from tasks.extract.quotes import Quote, quote_key, quotes


def said(text: str, language: str | None = "en") -> list[tuple[str, str, str | None]]:
    return [(quote.kind, quote.text, quote.speaker) for quote in quotes(text, language)]


def only(text: str, language: str | None = "en") -> Quote:
    [quote] = quotes(text, language)
    return quote


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We left," she said, "at dawn."', ["We left,", "at dawn."]),
        ("“We left,” she said.", ["We left,"]),
        ('“We left," she said. "At dawn.”', ["We left,", "At dawn."]),
        ("''We left,'' she said. ''At dawn.''", ["We left,", "At dawn."]),
        ("„Wir gehen“, sagte sie. »Ja«, sagte er. ‚Nein‘, sagte sie.", ["Wir gehen", "Ja", "Nein"]),
        ("«Non», dit-il. « Oui », dit-elle.", ["Non", " Oui "]),
        ("”Vi gick”, sa hon. »Vi kom», sa han.", ["Vi gick", "Vi kom"]),
        ("大槻氏は「行く」と述べた。『海』もある。", ["行く", "海"]),
        ("‘The workers’ hall is ours,’ she said. ‘It’s ours.’", ["The workers’ hall is ours,", "It’s ours."]),
        ("'The workers' hall is ours,' she said.", ["The workers' hall is ours,"]),
        ("“He called it ‘wrong’ and ‘late’,” she said.", ["He called it ‘wrong’ and ‘late’,"]),
        ("‘He called it “wrong”,’ she said.", ["He called it “wrong”,"]),
        ('"He said "no" to me," she said.', ['He said "no" to me,']),
        ("“Yes”—“No”—and (“Maybe”)", ["Yes", "No", "Maybe"]),
    ],
)  # fmt: skip
def test_all_marks_are_read_the_outermost_only(text: str, expected: list[str]) -> None:
    assert [text[mark.first : mark.last] for mark in quoted(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' hall and the bakers’ guild's.",
        "It's the '90s, rock 'n' roll and ’tis so.",
        "He is 6'2\" tall, she 5'9\".",
        "",
        "O'Brink",
    ],
)
def test_apostrophes_and_primes_are_no_marks(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We left, she said. "At dawn."', ["We left,", "At dawn."]),
        ("We left,” she said. “At dawn.”", ["We left,", "At dawn."]),
        ("“We left at dawn, all of us.", ["We left at dawn, all of us."]),
        ("“We left. It was late, she said.", ["We left. It was late,"]),
    ],
)
def test_a_missing_mark_is_made_up_for(text: str, expected: list[str]) -> None:
    assert [text[mark.first : mark.last] for mark in quoted(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is ours,” said Ada Brink.",
        "“The quay is ours,” Ada Brink said on Monday.",
        "“The quay is ours,” said harbour master Ada Brink, 44, who has run it since May.",
        "“The quay is ours,” said the harbour master, Ada Brink.",
        "“The quay is ours,” Ada Brink, a farmer from Amsel, told reporters.",
        "“The quay is ours,” the mayor, Ada Brink, said in a statement.",
        "Ada Brink said: “The quay is ours.”",
        "Ada Brink told the court, “The quay is ours.”",
        "On Monday, Ada Brink, who is mayor, said, “The quay is ours.”",
        "“The quay,” Ada Brink said, “is ours.”",
        "“The quay is ours,” Ada Brink shot back with a laugh.",
        "“The quay is ours,” an angry Ada Brink thundered.",
        "“Is the quay ours?” Ada Brink wondered.",
        "“The quay is ours.” Ada Brink said.",
        "According to Ada Brink, “the quay is ours”.",
        "Mayor Ada Brink shrugged. “The quay is ours, and so is the ferry.”",
        "Speaking in Amsel, Ada Brink added:\n\n“The quay is ours.”",
        "“The quay is ours, and so is the ferry.”\n— Ada Brink, mayor",
    ],
)
def test_the_speaker_is_found_wherever_the_attribution_stands(text: str) -> None:
    found = quotes(text, "en")
    assert found
    for quote in found:
        assert (quote.kind, quote.speaker) == ("direct", "Ada Brink")


def test_an_interrupted_quotation_is_one_quote_a_piece_with_one_speaker() -> None:
    first, second = quotes("“We left,” said Ada Brink, “at dawn.”", "en")
    assert (first.text, second.text) == ("We left,", "at dawn.")
    assert first.speaker == second.speaker == "Ada Brink"
    assert first.cue_start == second.cue_start


def test_the_words_of_the_attribution_are_kept() -> None:
    text = "“We left,” harbour master Ada Brink told reporters."
    quote = only(text)
    assert (quote.speaker_text, quote.cue) == ("harbour master Ada Brink", "told")
    assert text[quote.speaker_start : quote.speaker_end] == quote.speaker_text
    assert text[quote.cue_start : quote.cue_end] == quote.cue


def test_a_quotation_over_several_paragraphs_is_one() -> None:
    text = "“The first boat sank,” said Ada Brink. “The second burned.\n\n“The third is ours.”\n\nNobody answered."
    assert said(text) == [
        ("direct", "The first boat sank,", "Ada Brink"),
        ("direct", "The second burned.\n\n“The third is ours.", "Ada Brink"),
    ]


def test_what_follows_without_attribution_is_the_last_speakers() -> None:
    text = "“The boat sank,” said Ada Brink. “It was old.”\n\n“Nobody drowned. We were lucky.”\n\nThe sun came out.\n\n“Nobody told us a thing.”"
    assert [quote.speaker for quote in quotes(text, "en")] == ["Ada Brink", "Ada Brink", "Ada Brink", None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Anna Brink met Karl Osei. Brink spoke first. “We left,” she said.", "Anna Brink"),
        ("Anna Brink met Karl Osei in Amsel. “We left,” he said.", "Karl Osei"),
        ("Mr. Osei and Mrs. Osei came, Karl Osei first and Anna Osei later. “We left,” Mrs. Osei said.", "Anna Osei"),
        ("The minister, Karl Osei, came late. “We left,” the minister said.", "Karl Osei"),
        ("Foreign Minister Anna Brink met spokesman Karl Osei. “We left,” the spokesman said.", "Karl Osei"),
        ("Anna Brink, a coroner, met Karl Osei. “We left,” said the coroner.", "Anna Brink"),
        ("Amina Otieno-Falk came late. “We left,” Otieno-Falk said.", "Amina Otieno-Falk"),
        ("Naliaka Muriuki, the mayor, came late. “We left,” she said.", "Naliaka Muriuki"),
        ("Adnan al-Masri came late. “We left,” Al-Masri said.", "Adnan al-Masri"),
        ("Steinunn Hallgrims came late. “We left,” Steinunn said.", "Steinunn Hallgrims"),
        ("The Harbour Union had struck. “We left,” it said.", "Harbour Union"),
    ],
)  # fmt: skip
def test_surnames_titles_and_pronouns_are_resolved(text: str, speaker: str) -> None:
    assert only(text).speaker == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We left,” police said.", "police"),
        ("“We left,” his office said.", "his office"),
        ("“We left,” the ministry said on Monday.", "the ministry"),
        ("“We left,” the Harbour Ministry said.", "Harbour Ministry"),
        ("“We left,” said a spokesman for Ada Brink.", "a spokesman for Ada Brink"),
        ("“We left,” Brink’s lawyer said.", "Brink’s lawyer"),
        ("“We left and never looked back.”", None),
    ],
)
def test_bodies_and_roles_speak_too_and_nobody_is_invented(text: str, speaker: str | None) -> None:
    assert only(text).speaker == speaker


def test_names_found_by_others_are_used() -> None:
    text = "Quillhaven spoke last. “We left,” Quillhaven said."
    start = text.rindex("Quillhaven")
    [quote] = quotes(text, "en", people=[(start, start + 10, "Ada Quillhaven")])
    assert quote.speaker == "Ada Quillhaven"


@pytest.mark.parametrize(
    "text",
    [
        "She starred in “The Tempest” and “Harbour Lights” last year.",
        "The so-called “harbour tax” was dropped.",
        "He hosts the show “Morning Tide” on weekdays.",
        "The ship, the “Ada Brink”, sank.",
        "The “old” quay was closed on Monday after a storm.",
    ],
)
def test_titles_and_scare_quotes_are_no_quotations(text: str) -> None:
    assert quotes(text, "en") == []


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Ada Brink said the quay was “a danger to all of us”.", "the quay was “a danger to all of us”", "Ada Brink"),
        ("Ada Brink told reporters that the “old” quay would stay closed.", "the “old” quay would stay closed", "Ada Brink"),
        ("Ada Brink called the harbour tax “a bad joke”.", "the harbour tax “a bad joke”", "Ada Brink"),
        ("The ministry described the quay as “safe enough” for now.", "the quay as “safe enough” for now", "the ministry"),
        ("The quay is “a danger to all” and must close, Ada Brink said.", "The quay is “a danger to all” and must close", "Ada Brink"),
        ("At first, Ada Brink said, the quay was “quite safe”.", "At first, Ada Brink said, the quay was “quite safe”", "Ada Brink"),
    ],
)  # fmt: skip
def test_statements_hold_quoted_words(text: str, content: str, speaker: str) -> None:
    assert said(text) == [("mixed", content, speaker)]


def test_a_set_off_quotation_stands_apart_from_the_statement_before_it() -> None:
    text = "Brink will also visit the quay in Amsel, “to see what is left of it with her own eyes,” her office said."
    assert said(text) == [
        ("indirect", "Brink will also visit the quay in Amsel", "her office"),
        ("direct", "to see what is left of it with her own eyes,", "her office"),
    ]


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Officials said on Monday that the bridge would stay closed.", "the bridge would stay closed", "Officials"),
        ("The bridge would stay closed, his office said.", "The bridge would stay closed", "his office"),
        ("The bridge would stay closed, said Ada Brink, the mayor.", "The bridge would stay closed", "Ada Brink"),
        ("According to Ada Brink, the bridge would stay closed.", "the bridge would stay closed", "Ada Brink"),
        ("The bridge would stay closed, according to the mayor.", "The bridge would stay closed", "the mayor"),
        ("Ada Brink announced in a statement that the bridge would stay closed.", "the bridge would stay closed", "Ada Brink"),
        ("Ada Brink told the harbour board the bridge would stay closed.", "the bridge would stay closed", "Ada Brink"),
        ("As Ada Brink noted, the bridge would stay closed.", "the bridge would stay closed", "Ada Brink"),
        ("Ada Brink accused the guild of lying about the bridge.", "the guild of lying about the bridge", "Ada Brink"),
        ("Ada Brink promised to reopen the bridge.", "to reopen the bridge", "Ada Brink"),
        ("Ada Brink said in a ruling that took an hour to read that the bridge was lost.", "the bridge was lost", "Ada Brink"),
        ("Ada Brink said the bridge was lost, which has annoyed the guild.", "the bridge was lost", "Ada Brink"),
        ("Amsel has closed the bridge for repairs, the ministry said on Friday.", "Amsel has closed the bridge for repairs", "the ministry"),
        ("AMSEL (Harbour Wire) — The bridge would stay closed, the ministry said.", "The bridge would stay closed", "the ministry"),
    ],
)  # fmt: skip
def test_indirect_statements_have_their_source(text: str, content: str, speaker: str) -> None:
    assert said(text) == [("indirect", content, speaker)]


def test_what_is_added_is_the_same_speakers() -> None:
    text = "Ada Brink said the bridge was lost, adding that a ferry would run, and warned that it would be slow."
    assert said(text) == [
        ("indirect", "the bridge was lost", "Ada Brink"),
        ("indirect", "a ferry would run", "Ada Brink"),
        ("indirect", "it would be slow", "Ada Brink"),
    ]


def test_the_reporters_own_words_end_a_statement() -> None:
    text = "Brink always emphasised that she wanted to reopen the bridge, but there has been little progress since."
    assert only(text).text == "she wanted to reopen the bridge"


@pytest.mark.parametrize(
    "text",
    [
        "The bridge is said to be lost.",
        "A website called Harbour News reported nothing.",
        "The alleged thief crossed the bridge.",
        "The states in the north have bridges.",
        "They called off the search for the boat.",
        "Ada Brink did not say that the bridge was lost.",
        "The report was long.",
    ],
)
def test_words_that_look_like_cues_are_none(text: str) -> None:
    assert quotes(text, "en") == []


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("„Wir gehen jetzt“, sagte Bürgermeisterin Anna Berg am Montag.", "de", [("Wir gehen jetzt", "Anna Berg")]),
        ("Der Sprecher Karl Dorn erklärte am Montag: „Wir gehen jetzt.“", "de", [("Wir gehen jetzt.", "Karl Dorn")]),
        ("»Wir gehen jetzt«, so Bezirksleiter Jörn Petersen. »Bald«, fügte er hinzu.", "de", [("Wir gehen jetzt", "Jörn Petersen"), ("Bald", "Jörn Petersen")]),
        ("« On s'en va », a déclaré jeudi à la presse sa directrice, Anne Lortet. « Bientôt », a-t-elle ajouté.", "fr", [("On s'en va", "Anne Lortet"), ("Bientôt", "Anne Lortet")]),
        ("Selon le ministre Paul Lortet, « tout est prêt ».", "fr", [("tout est prêt", "Paul Lortet")]),
        ("«Nos vamos», dijo la alcaldesa, Ana Quiroga. «Pronto», añadió.", "es", [("Nos vamos", "Ana Quiroga"), ("Pronto", "Ana Quiroga")]),
        ("El juez Óscar Ibarra afirmó: “Nos vamos”.", "es", [("Nos vamos", "Óscar Ibarra")]),
    ],
)  # fmt: skip
def test_quotations_in_german_french_and_spanish(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    found = quotes(text, language)
    assert [(quote.text, quote.speaker) for quote in found] == expected
    assert {quote.kind for quote in found} == {"direct"}


def test_the_language_is_told_where_nobody_says_it() -> None:
    text = "Der Rat und die Werft sind nicht einig. „Wir gehen jetzt“, sagte Anna Berg von der Werft."
    assert only(text, None).speaker == "Anna Berg"


def test_a_transcripts_labels_are_its_speakers() -> None:
    text = "Ada Brink was asked again.\n\n“BRINK: Well, look, the quay is ours.\n\n“HOST: Is it?\n\n“BRINK: It is.”"
    assert [(quote.text, quote.speaker) for quote in quotes(text, "en")] == [
        ("Well, look, the quay is ours.", "Ada Brink"),
        ("Is it?", "HOST"),
        ("It is.", "Ada Brink"),
    ]


def test_the_same_words_share_a_key() -> None:
    key = quote_key("We left at dawn")
    assert key == quote_key("“We left, at dawn…”") == quote_key("WE LEFT\nAT DAWN.")
    assert key != quote_key("We left at dusk")
    assert quote_key("It’s ours") == quote_key("it's ours")
    assert quote_key("“…”") == ""


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aAbB \n.,:;'\"“”‘’«»„—-()!?0é「」", max_size=120), st.sampled_from(["en", "de", "fr", "es", "ja", None]))
def test_every_quote_points_at_its_characters(text: str, language: str | None) -> None:
    _check(text, quotes(text, language))


WORDS = "said Ada Brink she he the that told asked , . : “ ” \" ' according to who and but as Mr. says adding it’s \n 's reporters called not has was “We left,”"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=30), st.sampled_from(["en", "de", "fr", "es"]))
def test_any_order_of_words_gives_sound_quotes(words: list[str], language: str) -> None:
    text = " ".join(words)
    _check(text, quotes(text, language))


def _check(text: str, found: list[Quote]) -> None:
    assert [quote.start for quote in found] == sorted(quote.start for quote in found)
    for quote in found:
        assert 0 <= quote.start < quote.end <= len(text)
        assert quote.text == text[quote.start : quote.end] == quote.text.strip()
        assert (quote.speaker_text is None) == (quote.speaker_start is None)
        assert (quote.cue is None) == (quote.cue_start is None)
        if quote.speaker_start is not None:
            assert text[quote.speaker_start : quote.speaker_end] == quote.speaker_text
        if quote.cue_start is not None:
            assert text[quote.cue_start : quote.cue_end] == quote.cue
        assert 0 < quote.confidence < 1
    direct = [quote for quote in found if quote.kind == "direct"]
    assert all(one.end <= other.start for one, other in pairwise(direct))


def test_a_long_text_is_read_in_no_time() -> None:
    begun = time.process_time()
    for hostile in (
        "“" * 5_000,
        '"a ' * 5_000,
        "'a " * 5_000,
        "a.” " * 5_000,
        "said " * 5_000,
        "“x,” he said, " * 2_000,
        "Ada Brink, " * 5_000,
        "who " * 5_000,
    ):
        quotes(hostile)
    assert time.process_time() - begun < 10
