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
# Words that papers set before a dash, a colon or a story, and words that begin no name of a place.
LABELS: Final = _words(
    """
    exclusive breaking update updated updates watch video videos photo photos live analysis opinion editorial editorials
    column review reviews interview news alert report reports poll factbox timeline explainer feature features sports
    sport weather results scores top latest developing correction corrections clarification note notes warning spoiler
    faq audio podcast read more see advisory urgent flash bulletin snap lead wrapup summary brief briefs highlights
    preview recap quotes quote profile obituary obituaries commentary letter letters story press release immediate who
    what when where why how title date contact contacts editor editors part chapter step day round game listen data
    chart graphic graphics gallery pictures picture image images slideshow trending viral politics business world
    entertainment lifestyle health science technology tech culture arts travel money markets market stocks local
    national international nation region index list number numbers question questions answer answers background context
    source sources related stay sign subscribe newsletter advertisement sponsored promoted embargoed embargo confirmed
    official officials just this the that these those our your my his her its new not now here there for from with about
    after before over under and or but if eilmeldung eil kommentar analyse meldung überblick zusammenfassung hintergrund
    porträt vorschau termin exclusif direct vidéo dernière exclusiva última urgente vivo análisis opinión entrevista
    exclusivo vídeo ao assista esclusiva ultima diretta nasdaq nyse ceo gop nba nfl mlb nhl fifa uefa nato nasa fbi cia
    un eu usa tv pm am ok editorʼs editor's editor’s abstract text full introduction conclusion location time venue
    price rating verdict key takeaways tip tips myth fact facts pros cons winner winners losers monday tuesday wednesday
    thursday friday saturday sunday today tonight yesterday tomorrow
    pictured left right above below inset
    """
)
# What a line above a story is about, in a word: no agency calls itself so.
KICKERS: Final = _words(
    """
    abuse accident accidents africa aid air aircraft airline airlines airport alarm america anniversary anthem appeal apology
    army arrest arson asia assault asylum athletics attack auction autumn avalanche aviation award awards bail ballet ban bank
    banking banks baseball basketball battle beauty benefit bias birth birthday birthdays blast blaze blizzard boat bomb bombs
    book books border borders boxing boycott brawl bribe bribery bribes bridge budget burial bus bust by-election cabinet
    cancer cars catholic ceasefire census ceremony championship champions chaos charity chess child children chill cholera
    christmas church cinema circus city civic civil climate clash clashes clue coal coast cold collapse comeback comment
    commerce community concert conference conflict consumer controversy cop cops corruption country coup court courts covid crash
    cricket crime crimes crisis crops cuisine currency cycling cyclone dance danger deadlock deal death deaths debate debt
    decision defeat defence defense delay demo democracy derby derailment dessert diary diet diplomacy dinner disaster disease
    dispute divorce doctors drama drought drug drugs duel earthquake easter ebola eclipse ecology economy education election
    elections embassy emergency energy england english environment epidemic escape essay europe event events exam exams exhibit
    exodus exports expo fair faith fame family famine farewell farm farms fashion fate feud fever fight film films finance fire
    fires firsthand fisheries fishing flag flight flood floods flu food football force forecast forest forests fraud free
    freedom freight fuel funeral fury gaffe games gangs garden gas gay gender genocide glory goal gold golf goodbye gossip
    government grand grief guide gun guns guest handball harvest heat heatwave heist help heritage hero heroes hijack history
    hockey holiday holidays holy homage home honour hope horror horses hospital hospitals hostage hostages hotel hotels house
    housing hunger hunt hurricane ice idea immigration impeachment imports industry inflation injury inquest inquiry insurance
    insight internet invasion irrigation islam jail jazz jobs joke journey joy judges judo jury justice kidnap kidnapping labour
    landslide language law laws league leak legacy legal lent lesson liberty life lifestyle lights literature logistics loss
    lost lottery love luck lunch luxury magic mail malaria manhunt maps marathon march marriage mass massacre match maths media
    medicine memoir memoirs memory metro migrants migration military mine miners mines minorities miracle missing mission
    monarchy monsoon mood morals mourning movies murder murders museum museums music mystery nature navy nightlife nobel nuclear
    nurses obits oil olympics olympic opera outbreak outrage outlook pacific pageant panic parade pardon parents park parks
    parliament parties party peace pension pensions people personal petition pets philosophy piracy pirates plague plan
    planning plastic plot poetry police policy pollution pope ports portrait postcard poverty power praise prayer presidency
    press prices pride prison prisons prize prizes probe profits property protest protests public punditry puzzle quake queen
    quiz race racing racism rail railway railways rain rains raid raids rally ramadan rape reaction recession record reform
    refugee refugees regatta relief religion remembrance rent rescue rescued research resignation restaurants result retail
    revenge revolt revolution rice riot riots ritual robbery romance rowing royals royal rugby ruins rumour sabotage safety
    sailing salvation sanctions satire scandal school schools sea search security shame shipping shipwreck shock shooting shows
    siege skiing slavery sleep smuggling snow soccer society solar soldiers space spies spy squash stabbing stage stampede
    standoff starvation storm storms strike strikes strife students style success suicide summer summit surf surprise survey
    survivors swimming talks tariffs tax taxes taxi tea tears teachers television temple tennis tension terror terrorism
    theatre theater theft theology threat threats thrift tornado tornadoes torture tour tourism tourists toys trade traffic
    tragedy trains transport transit treason treasure treaty trends trial trials tribute tributes triumph truce trust tsunami
    tunnel turmoil twins typhoon union unions unity universities unrest vaccine vaccines vandals verdicts victims victory vigil
    violence virus visa visas visit volcano volleyball vote voters votes wages war wars water wealth wedding weddings welfare
    whales wildfire wildfires wildlife wine winter women work workers wrestling wreck yachting youth zoo
    ambulance armed bus chaplaincy coastguard customs daily domestic east emergency evening express fake feature financial
    foreign further general good great home internal latino mainstream mass middle morning mountain national nostalgia pandemonium
    postal private probation public revenue secret social spotlight state sunday utopia viewpoint viewpoints weather weekend young
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
# Words of the language: none of them, nor several, are an agency's own name.
PLAIN: Final = LABELS | KICKERS | OFFICES | BODIES
