"""The words of bylines in the languages of the press: what stands before, between and after names, and in their place."""

from __future__ import annotations

from typing import Final


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# "By", "Text by", "Von", "Par": what introduces names.
INTRODUCTIONS: Final = _phrases(
    """
    by, words by, text by, story by, written by, reported by, report by, reporting by, posted by, analysis by, opinion by,
    review by, interview by, compiled by, exclusive by, published by, author, authors, from, von, ein artikel von,
    ein beitrag von, ein kommentar von, eine analyse von, ein gastbeitrag von, ein interview von, text von, autor, autorin,
    autoren, par, propos recueillis par, texte par, auteur, por, escrito por, texto de, redactado por, di, a cura di, de,
    do, door, av, af, skrevet av, tekst, text, tekst av, text av, kirjoittanut, przez, autorka, автор, текст, oleh, yazan,
    haber, bởi, nga, writes, source, sources, quelle, quellen, fuente, fonte, bron, källa, kilde, źródło, источник,
    mit material von
    """
)
# Of these, the ones that also begin names: they introduce only in small letters.
OPEN: Final = _words("de di do from text af av nga writes")
# Words between two names.
JOINS: Final = _phrases(
    """
    and, und, et, y, e, og, och, en, ja, i, sowie, with, mit, avec, con, com, met, med, ve, и, та, dan, và, as well as
    """
)
# Where a byline stops being one: what follows says where, for whom or in which office.
TAILS: Final = _phrases(
    """
    in, at, for, of, from, for the, special to, reporting from, updated, published, last updated, editing by, edited by,
    additional reporting by, photos by, photographs by, photography by, translated by, aus, bei, übersetzt von,
    aus dem englischen von, à, à paris, pour, para, per, voor, fotos, foto, photo, photos, bild, on
    """
)
# Titles that are no part of a name.
HONOURS: Final = _phrases(
    """
    dr, prof, professor, mr, mrs, ms, rev, herr, frau
    """
)
# Small words within names.
PARTICLES: Final = _words(
    """
    van von vom der den de del della dello di da dos das do du la le les el al bin ibn ben ter ten te zu zum zur af av y e i
    und
    """
)
# A part with one of these is an office or a link; a name may stand before it.
OFFICES: Final = _words(
    """
    editor editors reporter reporters correspondent correspondents writer columnist contributor contributors journalist
    journalists producer photographer editorial newsroom newsdesk desk staff team bureau chief admin administrator webmaster
    guest anonymous unknown author authors analyst critic presenter blogger freelance freelancer intern trainee director
    manager president minister secretary fellow researcher lecturer research redaktion redakteur redakteurin redakteure
    reporterin korrespondent korrespondentin chefredakteur chefredakteurin volontär volontärin autor autorin gastautor
    gastautorin nachrichtenredaktion onlineredaktion agentur agenturen rédaction rédacteur rédactrice journaliste
    correspondant correspondante envoyé chroniqueur agence agences redacción redactor redactora periodista corresponsal
    agencia agencias redação repórter colunista colaborador colaboradora redazione redattore giornalista inviato
    corrispondente agenzia agenzie redactie redacteur verslaggever redaksjonen redaksjon journalisten redaktionen toimitus
    toimittaja redakcja redakcia редакция корреспондент журналист muhabir muhabiri editörü haberler redaksi 記者 기자 특파원
    twitter facebook instagram linkedin youtube whatsapp email e-mail mail telephone phone advertising contact share follow
    comments гость гости admins
    """
)
# A part with one of these is a body of people, however it begins.
BODIES: Final = _words(
    """
    news press media agency agencies online newspaper magazine times post herald gazette tribune tv radio television
    broadcasting service services association associated publishing publications network company inc ltd llc gmbh corp today
    weekly zeitung zeitschrift verlag nachrichten journal diario jornal giornale correo channel video live sport sports
    politics business university institute foundation department coordenadoria assessoria secretaria prefeitura ministry
    council
    """
)
# Words that stand before an office: "Senior", "Political".
RANKS: Final = _words(
    """
    senior junior chief deputy assistant associate acting former special lead principal executive managing political foreign
    home world national international regional local health science education economics financial money crime court courts
    legal royal showbiz entertainment culture arts travel environment technology tech transport social affairs security
    defence defense diplomatic white house washington westminster digital breaking opinion features feature data
    investigations football our own and & of
    """
)
