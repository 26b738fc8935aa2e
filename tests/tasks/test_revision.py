"""Kinds of change: notes that stories carry, headlines, spelling, content. Every text is invented."""

from __future__ import annotations

import time
from itertools import combinations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.notes import LONGEST
from tasks.revision import Change, ChangeKind, Note, Telling, change, note_of

EN = """The ferry Ada Brink ran aground off Lodwar on Tuesday with 112 people on board, the harbour office said.

Twelve passengers were hurt, and nobody was killed. The captain did not answer questions.

"We heard a dull bang and then the lights went out," said Udo Kern, a teacher who was on his way home.

The government of the island plans to replace the three oldest ferries by 2031 at a cost of $5 million."""
DE = """Die Fähre „Ada Brink“ ist am Dienstag vor Lodwar auf Grund gelaufen. An Bord waren 112 Menschen.

Zwölf Fahrgäste wurden verletzt, niemand kam ums Leben. Der Kapitän wollte sich nicht äußern.

Die Regierung der Insel will bis 2031 drei alte Fähren ersetzen."""
FR = """Le ferry Ada Brink s’est échoué mardi au large de Lodwar avec 112 personnes à bord.

Douze passagers ont été blessés. Le capitaine n’a pas répondu aux questions.

Le gouvernement de l’île veut remplacer trois navires d’ici 2031."""
ES = """El transbordador Ada Brink encalló el martes frente a Lodwar con 112 personas a bordo.

Doce pasajeros resultaron heridos. El capitán no quiso responder a las preguntas.

El gobierno de la isla quiere renovar tres barcos antes de 2031."""

TITLE = "Ferry runs aground off Lodwar"


def told(text: str, title: str | None = TITLE, tail: str | None = None, head: str | None = None) -> Telling:
    return Telling(title, text, tail, head)


def kind(before: Telling, after: Telling) -> str:
    return change(before, after).kind


# What is put behind the body, before it, below it or above it, by the kind that it makes of the change.
NOTES = [
    ("correction", "below", "This article was amended on 3 June 2026 to give the right number of passengers."),
    ("correction", "below", "An earlier version of this article misstated the age of the ferry."),
    ("correction", "below", "• An earlier version of this story gave the wrong first name for the captain."),
    ("correction", "below", "This story has been corrected to show that the ferry belongs to the island, not to Brink Lines."),
    ("correction", "below", "CORRECTION: The ferry was built in 1998. An earlier report gave another year."),
    ("correction", "below", "Correction (June 3, 2026): The harbour office, not the coast guard, counted the passengers."),
    ("correction", "below", "Correction, 3 June: the captain's name is spelt Holm."),
    ("correction", "below", "Correction:\n\nThe ferry carried 112 people, not 121."),
    ("correction", "below", "Correction: 3 June 2026.\n\nThe ferry carried 112 people, not 121."),
    ("correction", "below", "An article on Tuesday about the ferry misstated the name of the reef."),
    ("correction", "below", "This article originally misidentified the owner of the ferry."),
    ("correction", "below", "The headline of this article was amended on Wednesday."),
    ("correction", "below", "Update: This story has been corrected. The ferry is 28 years old."),
    ("correction", "below", "This story was updated on 3 June. An earlier version of the story gave the wrong reef."),
    ("correction", "below", "Correction appended."),
    ("correction", "above", "(This June 2 story was refiled to correct the name in paragraph 4)"),
    ("correction", "below", "Clarification: The ferry's owner has asked us to say that the ship passed its tests in May."),
    ("correction", "below", "Editor's note: The number of lifeboats in the second paragraph was corrected on Wednesday."),
    ("correction", "below", "Editor’s Note, June 3: In an earlier version of this story we misspelled the name of the island."),
    ("correction", "below", "Because of an editing error, an earlier version of this article placed the reef east of the town."),
    ("correction", "below", "Due to a production error, the headline on this story was wrong until noon."),
    ("correction", "below", "We wrongly reported that the captain had been questioned. He has not."),
    ("correction", "below", "The first name of the captain is Mia, not Maja. The Lodwar Herald regrets the error."),
    ("correction", "below", "A quotation that nobody could confirm has been removed from this article."),
    ("correction", "below", "This story was updated at 4:15 p.m. to correct the name of the reef."),
    ("correction", "below", "A headline on an earlier version of this article gave the wrong island."),
    ("correction", "above", "(Corrects spelling of captain's name in paragraph 3)"),
    ("correction", "above", "(Adds statement of the owner, corrects day in first paragraph)"),
    ("correction", "above", "(Refiles to fix dropped word in headline)"),
    ("correction", "above", "Corrects to say the ferry is 28 years old"),
    ("correction", "head", "(Corrects number of passengers in headline and first paragraph)"),
    ("correction", "tail", "(This version corrects the name of the island.)"),
    ("correction", "tail", "Reporting by Ada Holm\nCorrection: the reef lies west of the town and not east."),
    ("correction", "behind", "(This story has been corrected to fix the name of the reef.)"),
    ("correction", "below", "Korrektur: In der ersten Fassung war die Zahl der Fahrgäste falsch."),
    ("correction", "below", "Berichtigung: Der Kapitän heißt Holm und nicht Helm."),
    ("correction", "below", "In einer früheren Version dieses Artikels hieß es, die Fähre sei 1989 gebaut worden."),
    ("correction", "below", "Anmerkung der Redaktion: Wir hatten zunächst geschrieben, die Fähre gehöre der Insel."),
    ("correction", "below", "Dieser Artikel wurde aktualisiert. In einer früheren Version war das Alter des Schiffs falsch."),
    ("correction", "below", "Anm. d. Red.: In einer früheren Fassung war von zehn Verletzten die Rede."),
    ("correction", "below", "Dieser Text wurde am 3. Juni 2026 korrigiert: Es waren zwölf Verletzte."),
    ("correction", "above", "(Berichtigt wird der Name des Kapitäns im 2. Absatz)"),
    ("correction", "above", "(Im zweiten Absatz wurde die Zahl der Fahrgäste korrigiert)"),
    ("correction", "below", "Rectificatif : le navire a été construit en 1998, et non en 1989."),
    ("correction", "below", "Une version précédente de cet article indiquait que le navire appartenait à la ville."),
    ("correction", "below", "Erratum : la date de l’échouage était fausse, c’était mardi."),
    ("correction", "above", "(Corrige le nom du capitaine au 3e paragraphe)"),
    ("correction", "below", "Corrección: el barco se construyó en 1998 y no en 1989."),
    ("correction", "below", "Fe de errores: en la primera edición se dio otro nombre al capitán."),
    ("correction", "below", "Una versión anterior de este artículo decía que el barco era de la ciudad."),
    ("correction", "below", "Rectificación: los heridos fueron doce, según el puerto."),
    ("correction", "below", "Rettifica: il traghetto è del 1998 e non del 1989."),
    ("correction", "below", "In una precedente versione di questo articolo il nome dello scoglio era sbagliato."),
    ("correction", "below", "Errata: o barco foi construído em 1998, e não em 1989."),
    ("correction", "below", "Uma versão anterior desta reportagem trazia o nome errado do capitão."),
    ("correction", "below", "In een eerdere versie van dit artikel stond een verkeerde naam van de kapitein."),
    ("correction", "below", "Rectificatie: de veerboot is van 1998 en niet van 1989."),
    ("correction", "below", "Rättelse: färjan byggdes 1998 och inte 1989."),
    ("correction", "below", "I en tidligere versjon av denne saken sto det feil navn på kapteinen."),
    ("correction", "below", "Rettelse: Færgen er fra 1998 og ikke fra 1989."),
    ("correction", "below", "更正：渡轮建于1998年。"),
    ("correction", "below", "Исправление: паром построен в 1998 году."),
    ("retraction", "below", "This story has been withdrawn because its main source was not who he said he was."),
    ("retraction", "above", "The Lodwar Herald has retracted this article after a review."),
    ("retraction", "above", "We have removed this article while we look into how it was reported."),
    ("retraction", "above", "Editor's note: The Lodwar Herald no longer stands by this report. This article has been retracted."),
    ("retraction", "above", "EDITORS: Please disregard the Lodwar ferry story. A new one will follow."),
    ("retraction", "tail", "(This article has been retracted.)"),
    ("retraction", "below", "Dieser Artikel wurde nach einem Hinweis zurückgezogen."),
    ("retraction", "above", "Bitte verwenden Sie die dpa-Meldung von 14.10 Uhr nicht."),
    ("retraction", "below", "Cet article a été retiré car ses sources n’ont pas pu être vérifiées."),
    ("retraction", "below", "Esta noticia ha sido retirada porque no se pudo comprobar."),
    ("retraction", "below", "Questo articolo è stato rimosso perché conteneva notizie false."),
    ("retraction", "below", "Denna artikel har avpublicerats."),
]


def with_note(place: str, note: str, body: str = EN) -> Telling:
    match place:
        case "below":
            return told(f"{body}\n\n{note}")
        case "above":
            return told(f"{note}\n\n{body}")
        case "behind":
            return told(f"{body} {note}")
        case "head":
            return told(body, head=f"By Ada Holm\n\n{note}")
        case _:
            return told(body, tail=note)


@pytest.mark.parametrize(("expected", "place", "note"), NOTES)
def test_a_note_that_is_new_makes_the_change(expected: str, place: str, note: str) -> None:
    after = with_note(place, note)
    found = change(told(EN), after)
    assert found.kind == expected
    assert found.note is not None
    assert found.note in note
    assert note_of(after) == Note(expected, found.note)  # type: ignore[arg-type]  # a row of the table
    assert kind(after, after) == "typo", "a note that stood there before is no news"
    edited = with_note(place, note, EN.replace("112", "121"))
    assert kind(after, edited) == "content"


# Ordinary news, and standing lines, put where a note would stand.
ORDINARY = [
    "The department of corrections said that 40 inmates had been moved.",
    "Corrections officers will be trained in first aid.",
    "A market correction of ten percent is likely, analysts said.",
    "The correction in shares came after a year of gains.",
    "The senator retracted his remark on Wednesday.",
    "The company withdrew its bid for the harbour.",
    "The mate was killed in the engine room, the owner said.",
    "The team withdrew from the regatta, and its coach was removed.",
    "An earlier version of the bill would have banned old ferries.",
    "An earlier version of the report said that the reef was well known.",
    "An earlier version of this article first appeared in the Lodwar Herald.",
    "This story was updated with a statement of the owner.",
    "This interview has been edited and condensed.",
    "Editor's note: This story describes injuries in detail.",
    "The mayor, correcting his earlier figures, spoke of twelve people hurt.",
    "“This article was retracted,” said the dean.",
    "This article was amended in 1992 to give the islands a vote.",
    "The Tribune has withdrawn its story about the captain, its editor told reporters.",
    "Report an error",
    "Read our corrections policy",
    "Corrections: letters@lodwar-herald.example",
    "Corrections: To report an error, see our standards page at www.lodwar-herald.example",
    "Korrektur: Ada Holm, Udo Kern",
    "Redaktion: Ada Holm; Korrektur: Udo Kern und Mia Brandt",
    "Der Beitrag wurde später gelöscht, wie ein Sprecher sagte.",
    "In einer früheren Fassung des Gesetzes fehlte die Frist.",
    "Der Hersteller hat einen Rückruf gestartet.",
    "Cet article du code a été modifié par la loi de juin.",
    "La corrección de los precios llegó en mayo.",
    "O texto foi corrigido pelos deputados.",
    "Dit bericht is inmiddels van het netwerk gehaald.",
    "(The owner is correct, a spokesman said.)",
    "Update: the ferry was pulled free at noon.",
    "Update: the mayor moved to correct his remarks.",
    "This item corrects an imbalance, the chair said.",
    "This version of the bill corrects the error.",
    "The newspaper later retracted the story.",
    "“We wrongly said that the reef was marked,” the minister said.",
    "Hinweis: Die Reederei hat ihre Zahlen korrigiert.",
    "Der Artikel wurde nach wenigen Stunden geändert.",
    "Wir haben zunächst gewartet, sagt Kern.",
    "La noticia fue desmentida.",
    "Our page was visited often that day.",
    "The story was withdrawn from the festival's programme by its author.",
]


@pytest.mark.parametrize("line", ORDINARY)
@pytest.mark.parametrize("place", ["below", "above", "tail"])
def test_ordinary_news_is_no_note(line: str, place: str) -> None:
    after = with_note(place, line)
    assert note_of(after) is None
    assert kind(told(EN), after) == ("typo" if place == "tail" else "content")


HEADLINES = [
    ("correction", "CORRECTED-Ferry runs aground off Lodwar"),
    ("correction", "CORRECTED-UPDATE 2-Ferry runs aground off Lodwar"),
    ("correction", "UPDATE 1-Corrects day: Ferry runs aground off Lodwar"),
    ("correction", "CORRECTION: Ferry runs aground off Lodwar"),
    ("correction", "Correction: Lodwar-Ferry story"),
    ("correction", "Clarification: Lodwar-Ferry story"),
    ("correction", "KORREKTUR: Ferry runs aground off Lodwar"),
    ("correction", "Berichtigung: Ferry runs aground off Lodwar"),
    ("correction", "Ferry runs aground off Lodwar (corrected)"),
    ("correction", "Fe de erratas: Ferry runs aground off Lodwar"),
    ("retraction", "WITHDRAWN: Ferry runs aground off Lodwar"),
    ("retraction", "RETRACTED Ferry runs aground off Lodwar"),
    ("retraction", "KILL-Ferry runs aground off Lodwar"),
    ("retraction", "KILL KILL KILL Lodwar ferry"),
    ("retraction", "STORY REMOVED: Lodwar ferry"),
    ("retraction", "Story withdrawn"),
    ("retraction", "Rückruf der dpa-Meldung: Fähre vor Lodwar"),
    ("retraction", "[Retracted] Ferry runs aground off Lodwar"),
    ("headline", "Correction officers strike in Lodwar"),
    ("headline", "Market correction deepens: ferry shares fall"),
    ("headline", "Killed in the engine room: the mate of the Ada Brink"),
    ("headline", "KILLER WHALES SEEN OFF LODWAR"),
    ("headline", "Rückruf: Werft holt drei Fähren zurück"),
    ("headline", "Brink Lines withdraws bid for harbour"),
    ("headline", "Retracted landing gear: jet lands on its belly"),
    ("headline", "Twelve hurt as ferry runs aground"),
    ("headline", "Ferry runs agruond off Lodwar"),
    ("headline", ""),
]


@pytest.mark.parametrize(("expected", "title"), HEADLINES)
def test_headlines(expected: str, title: str) -> None:
    found = change(told(EN), told(EN, title))
    assert found.kind == expected
    assert found.note == (None if expected == "headline" else title)
    assert found.share > 0
    assert kind(told(EN, title), told(EN.replace("112", "121"), title)) == "content", "the mark stood there before"


# (what stood before, what stands after) within EN
SPELLING = [
    ("passengers", "pasengers"),
    ("captain", "captian"),
    ("government of the island", "goverment of the island"),
    ("The captain did not", "Teh captain did not"),
    ("replace", "replace the the"),
    ("on his way home", "on his his way home"),
    ("Twelve passengers", "Twelve passengers,"),
    ("harbour office", "Harbour Office"),
    ("harbour office", "harbor office"),
    ("dull bang", "dullbang"),
    ("with 112", "-- with 112"),
    ('"We heard a dull bang and then the lights went out,"', "“We heard a dull bang and then the lights went out”,"),
    ("a teacher", "teacher"),
    ("on board", "in board"),
    ("plans to replace the three", "plans to replace three"),
    ("Udo Kern", "Udo Kerrn"),
    ("government", "governmemt"),
    ("questions", "qestions"),
    ("nobody was", "nobody  was"),
    ("nobody was", "no body was"),
    ("did not", "didn’t"),
    ("passengers", "passenger’s"),
]
SERIOUS = [
    ("112", "121"),
    ("Twelve", "Twenty"),
    ("2031", "2013"),
    ("$5 million", "$5 billion"),
    ("$5 million", "€5 million"),
    ("$5 million", "5 million"),
    ("with 112", "with 1 12"),
    ("did not answer", "did answer"),
    ("did not answer", "did now answer"),
    ("did not answer", "didn't answer any"),
    ("nobody was killed", "one was killed"),
    ("Tuesday", "Thursday"),
    ("Tuesday", "Monday"),
    ("Udo Kern", "Ugo Kerr"),
    ("Udo Kern", "Udo Brandt"),
    ("Lodwar", "Lamu"),
    ("off Lodwar", "off of Iran"),
    ("captain", "mate"),
    ("hurt", "hut"),
    ("three oldest", "six oldest"),
    ("replace", "repaint"),
    ("on his way home", "on her way home"),
    ("the lights went out", "the lights came on"),
    ("said Udo Kern", "said Udo J. Kern"),
    ("did not answer", "did notanswer"),
    ("ran aground", "in the aground"),
    ("off Lodwar", "to Lodwar"),
    ("The captain did not answer questions.", ""),
    ("The captain did not answer questions.", "The captain did not answer questions. He was taken to hospital."),
]


def test_each_edit_of_the_tables_is_an_edit() -> None:
    assert [old for old, new in SPELLING + SERIOUS if EN.replace(old, new) == EN] == []


@pytest.mark.parametrize(("old", "new"), SPELLING)
def test_spelling(old: str, new: str) -> None:
    after = EN.replace(old, new)
    assert kind(told(EN), told(after)) == "typo"
    assert kind(told(after), told(EN)) == "typo"


@pytest.mark.parametrize(("old", "new"), SERIOUS)
def test_what_says_something_else_is_content(old: str, new: str) -> None:
    after = EN.replace(old, new)
    assert kind(told(EN), told(after)) == "content"
    assert kind(told(after), told(EN)) == "content"


OTHER_LANGUAGES = [
    (DE, "Fahrgäste", "Fahgäste", "typo"),
    (DE, "Regierung", "Regirung", "typo"),
    (DE, "am Dienstag", "am Dienstag, wie es hieß,", "content"),
    (DE, "am Dienstag", "am Donnerstag", "content"),
    (DE, "nicht äußern", "äußern", "content"),
    (DE, "nicht äußern", "nich äußern", "content"),
    (DE, "niemand kam", "jemand kam", "content"),
    (DE, "drei alte", "zwei alte", "content"),
    (DE, "Der Kapitän", "Den Kapitän", "typo"),
    (DE, "auf Grund", "aufgrund", "typo"),
    (DE, "äußern", "äussern", "typo"),
    (FR, "passagers", "passager", "typo"),
    (FR, "échoué", "echoué", "typo"),
    (FR, "n’a pas répondu", "a répondu", "content"),
    (FR, "mardi", "mercredi", "content"),
    (FR, "s’est", "s'est", "typo"),
    (ES, "heridos", "herridos", "typo"),
    (ES, "no quiso", "quiso", "content"),
    (ES, "martes", "jueves", "content"),
    (ES, "El gobierno de la isla", "El gobierno de isla", "typo"),
    (ES, "Doce", "Trece", "content"),
    ("渡轮周二在港口外搁浅。船上有112人。", "112", "121", "content"),
    ("渡轮周二在港口外搁浅。船上有很多人。", "周二", "周三", "content"),
    ("渡轮周二在港口外搁浅。船上有很多人。", "。船上", "，船上", "typo"),
    ("渡轮周二在港口外搁浅。船上有很多人。", "港口外", "港口口外", "typo"),
    ("Паром сел на мель во вторник. Капитан не ответил на вопросы.", "вопросы", "впоросы", "typo"),
    ("Паром сел на мель во вторник. Капитан не ответил на вопросы.", "не ответил", "ответил", "content"),
]


@pytest.mark.parametrize(("text", "old", "new", "expected"), OTHER_LANGUAGES)
def test_other_languages(text: str, old: str, new: str, expected: str) -> None:
    assert old in text
    assert kind(told(text), told(text.replace(old, new))) == expected


# Of the words of one line none may pass for a misspelling of another.
NEIGHBOURS = """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    January February March April May June July August September October November December
    Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag
    Januar Februar März April Mai Juni Juli August September Oktober November Dezember
    lundi mardi mercredi jeudi vendredi samedi dimanche
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    lunes martes miércoles jueves viernes sábado domingo
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    lunedì martedì mercoledì giovedì venerdì sabato domenica
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    segunda terça quarta quinta sexta sábado domingo
    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    januari februari maart april mei juni juli augustus september oktober november december
    måndag tisdag onsdag torsdag fredag lördag söndag
    mandag tirsdag onsdag torsdag fredag lørdag søndag
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion third fourth fifth sixth seventh eighth
    zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn zwanzig dreißig vierzig fünfzig
    sechzig siebzig achtzig neunzig hundert tausend Million Milliarde Billion erste zweite dritte vierte achte
    Millionen Milliarden Billionen
    deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent mille
    dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta cuarenta cincuenta sesenta setenta ochenta
    noventa cien mil millón doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos cuarto quinto
    due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici venti trenta quaranta sessanta settanta
    dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze vinte trinta quarenta cinquenta sessenta setenta quarto
    twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien twintig dertig veertig zestig zeventig tachtig negentig miljoen
    två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton trettio fyrtio femtio sextio sjuttio åttio nittio
    not now note nothing
    kein ein klein
    keine eine kleine
    Iran Iraq Oman
    Austria Australia
    Niger Nigeria
    Slovakia Slovenia
    north south east west northern southern eastern western
    he she his her they
    woman women man men
    employer employee
    import export increase decrease legal illegal likely unlikely known unknown
    won lost win
    arrested released
"""


@pytest.mark.parametrize("line", [line.strip() for line in NEIGHBOURS.splitlines() if line.strip()])
def test_neighbours_are_not_misspellings(line: str) -> None:
    text = "According to the harbour office the ship was seen around {} by people who live near the old pier."
    taken = [
        (one, other)
        for one, other in combinations(line.split(), 2)
        if kind(told(text.format(one)), told(text.format(other))) != "content"
    ]
    assert taken == []


def test_many_changes_of_spelling_are_no_typo() -> None:
    assert kind(told("Tge shp is old and slw. It sails."), told("The ship is old and slow. It sails.")) == "content"


def test_a_body_replaced_by_a_note_of_retraction() -> None:
    for note in (
        "This article has been removed.",
        "Wirehouse Agency has withdrawn its story about the ferry off Lodwar. The story could not be confirmed.",
        "The story headlined “Ferry runs aground” is wrong and was withdrawn. There will be no other.",
        "Die Agentur zieht ihre Meldung über die Fähre vor Lodwar zurück.",
        "L’agence annule sa dépêche sur le ferry.",
        "La agencia anula la noticia sobre el barco.",
    ):
        found = change(told(EN), told(note))
        assert (found.kind, found.note, found.share > 0.9) == ("retraction", note, True), note


def test_a_brief_of_ordinary_news_is_no_retraction() -> None:
    for brief in (
        "The ministry has withdrawn its report on the reef.",
        "The council has removed the last item from its agenda.",
        "The story of a man who was killed on the reef is told again and again.",
        "Brink Lines has withdrawn the offer.",
    ):
        assert note_of(told(brief)) is None, brief


def test_precedence() -> None:
    correction = "Correction: The reef lies west of the town and not east."
    retraction = "This article has been retracted."
    both = change(told(EN), told(f"{EN}\n\n{correction}\n\n{retraction}"))
    assert (both.kind, both.note) == ("retraction", retraction)
    later = change(told(f"{EN}\n\n{retraction}"), told(f"{EN}\n\n{retraction}\n\n{correction}"))
    assert (later.kind, later.note) == ("correction", correction), "what was retracted before is not retracted again"
    assert kind(told(EN), told(f"{EN.replace('captain', 'captian')}\n\n{correction}", "Another headline")) == "correction"
    assert kind(told(EN), told(EN.replace("112", "121"), "Another headline")) == "content"


def test_a_note_that_reads_otherwise_is_another() -> None:
    first, second = (f"Correction: The ferry was built in {year}, the owner says." for year in (1998, 1997))
    found = change(told(f"{EN}\n\n{first}"), told(f"{EN}\n\n{second}"))
    assert (found.kind, found.note) == ("correction", second)
    assert kind(told(f"{EN}\n\n{first}"), told(EN, tail=first.replace(",", ""))) == "content", "it only moved out of the body"
    assert kind(told(EN, tail=first), told(EN, head=first)) == "typo"


def test_a_second_note_is_found_behind_the_first() -> None:
    notes = ["Correction: The ferry is 28 years old.", "Clarification: The owner says that the ferry was tested in May."]
    assert change(told(f"{EN}\n\n{notes[0]}"), told(f"{EN}\n\n{notes[0]}\n\n{notes[1]}")).note == notes[1]


def test_a_note_stands_near_the_ends() -> None:
    middle = f"{EN}\n\n{EN}\n\n{EN}\n\nCorrection: The ferry is 28 years old.\n\n{EN}\n\n{EN}\n\n{EN}"
    assert note_of(told(middle)) is None


def test_a_parenthesis_is_told_without_its_paragraph() -> None:
    assert note_of(told(f"(Corrects name of reef) {EN}")) == Note("correction", "(Corrects name of reef)")
    note = "[This article was corrected on Wednesday.]"
    assert note_of(told(f"{EN} {note}")) == Note("correction", note)
    assert note_of(told(f"{EN}\n\nCorrection: The ferry is 28 years old (not 38).")) is not None


def test_notes_are_cut() -> None:
    note = note_of(told(f"{EN}\n\nCorrection: {'the ferry is not old ' * 100}"))
    assert note is not None
    assert len(note.text) <= LONGEST
    assert note.text.startswith("Correction: the ferry")


def test_shares() -> None:
    assert change(told(EN), told(EN)) == Change("typo", 0.0, None)
    words = "The harbour was closed for two hours after the ferry ran into the old pier"
    assert change(told(words), told(words.replace("two", "three"))).share == pytest.approx(1 / 15, abs=1e-4)
    assert change(told(words, "Old pier hit"), told(words, "Old pier damaged")) == Change("headline", 0.3333, None)
    assert change(told(EN), told(DE)).share > 0.9
    assert change(told(EN), told(EN + "\n\n" + EN)).share == pytest.approx(1 / 3, abs=1e-3)
    paragraphs = EN.split("\n\n")
    moved = "\n\n".join([*paragraphs[1:], paragraphs[0]])
    assert 0.2 < change(told(EN), told(moved)).share < 0.4, "a moved paragraph is not at the same place"


HOSTILE = [
    "",
    "   \n\t \n\n ",
    "\ud800\udfff \udc00 text",
    "\x00\x1b[31m\u202e",
    "(",
    "[(" * 50_000,
    "Correction:",
    "Correction:\n\n",
    "." * 300_000,
    "\n \n" * 100_000,
    "x" * 1_000_000,
    "雨" * 200_000,
    "a b " * 50_000,
    "Editor's note: " * 20_000,
    f"This article has been updated {'1.' * 5_000}",
    f"Wir haben diese {'a.b. ' * 5_000}",
    "no " * 30_000 + "yes. " * 30_000,
    "\n".join("(Corrects" for _ in range(50_000)),
    " ".join(f"w{i * 7919 % 100_003}" for i in range(100_000)),
    " ".join(f"w{i * 104_729 % 100_003}" for i in range(100_000)),
]


@pytest.mark.parametrize("before", range(len(HOSTILE)))
def test_hostile_texts_are_told_in_time(before: int) -> None:
    one = told(HOSTILE[before], HOSTILE[before][:100_000])
    for other in (HOSTILE[(before + 1) % len(HOSTILE)], f"a{HOSTILE[before]}b"):
        began = time.process_time()
        found = change(one, told(other))
        assert time.process_time() - began < 3
        assert 0 <= found.share <= 1


def test_a_typical_article_takes_milliseconds() -> None:
    body = "\n\n".join(f"{EN.replace('112', str(i)).replace('Kern', f'Kern{i}')}" for i in range(7))  # 600 words
    after = body.replace("Twelve", "Thirteen").replace("dull", "loud") + "\n\nThe owner, Brink Lines, said nothing."
    began = time.process_time()
    for _ in range(10):
        change(told(body), told(after))
    assert time.process_time() - began < 1.5  # some 0.05


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_have_a_kind_and_a_share(title: str, text: str, other_title: str, other: str) -> None:
    found = change(Telling(title, text), Telling(other_title, other))
    assert found.kind in get_args(ChangeKind)
    assert 0 <= found.share <= 1
    assert kind(Telling(title, text), Telling(title, text)) == "typo"
