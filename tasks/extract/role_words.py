"""Words of roles: what somebody is, what may stand in front of that, what never does. All in small letters."""

from __future__ import annotations

from functools import lru_cache

from tasks.extract.cue_verbs import ENGLISH
from tasks.extract.name_words import GROUPS, ROLES, TITLES, is_office, is_role
from tasks.extract.word_classes import FINITE, PERFECT, PREPOSITIONS, PRONOUNS, SUBORDINATE, TIMES

# Before a name, and no role.
HONORIFICS = frozenset(
    """
    abba alhaji alhaja bà baron baroness begum bhai cik count countess dame dato datin datuk do doc don doña dom dona dr dr.
    eng. engr. fru frau ganz graf haj haji hajj hajja hajji hj. hon hon. herr herrn ing. ko lady lic. lord ma ma. madam madame
    maître me. miss mlle mme monsieur mr mr. mrs mrs. ms ms. mx mx. nai nana ông oba pak prof. prof qari rt ratu retd right
    señor señora señorita sayyid sharif sheikh sheikha sir sr. sra. srta. syed tan tun tunku tuan u ustad ustaz very
    """.split()
)

# Ranks before a name: they are its bearer's role where nothing else tells one.
RANKS = frozenset(
    """
    adm adm. amb amb. brig brig. capt capt. captain cdr cdr. cmdr cmdr. col col. colonel commander commodore cpl cpl. cr cr.
    det det. gen gen. general gov. insp insp. lieutenant lt lt. maj maj. major pres. pte pte. rear rep. sen. sens. sergeant
    sgt sgt. sgt.-maj. supt supt. vice
    """.split()
)

# What somebody is, beside name_words.ROLES and what ends as those who do something.
HEADS = frozenset(
    """
    abbess abbot accountant administrator agent agronomist aide alumnus apprentice arbitrator assistant associate astronaut
    attaché attache attendant auctioneer authority back-bencher backbencher baker barber baroness beneficiary biker bodyguard
    bookkeeper boss brigadier caliph calypsonian caretaker cellist champion chaplain chargé chieftain child cleric clerk
    clergyman co-author co-chair co-chairman co-pilot co-worker collector colleague comedian commandant commodore comptroller
    concierge concubine congregant consul contender contestant contractor convener convenor cop corporal councillor councilor
    counsel counsellor counselor counterpart courier cousin crewman critic customer dancer daughter daughter-in-law dean
    defender dentist deputy detainee diver dockworker don drummer duke duchess earl elder emeritus emir emissary emperor
    empress employee expert father-in-law fielder finalist firefighter fireman fisherman flanker forward friar foreman
    forewoman fugitive full-back fullback fundraiser girlfriend goalkeeper graduate granddaughter grandson grower guard guest
    guitarist gunman half-brother half-sister hand handyman head helmsman herbalist hermit high-commissioner hostage
    housekeeper housewife hunter importer husband imam infantryman informant inhabitant inmate intern interpreter jeweller
    jockey judoka juror keeper king labourer laborer lama landlady landlord landowner laureate lead leader-in-exile lecturer
    left-hander liaison linguist lobbyist locksmith loyalist magistrate maid marketer marshal mason mate mathematician matron
    mechanic medallist medalist medic megastar member merchant messenger metropolitan miller miner missionary mother-in-law
    murderer nephew newcomer niece nobleman notary novice number-two nutritionist occupant offshoot ombudsman ombudswoman
    onlooker opponent orderly orphan paramedic partner passenger passer-by pastor patient patriarch patron peasant pensioner
    percussionist performer pharmacist phd philanthropist photographer physician pianist pioneer pope porter postmaster
    postmistress preacher prelate prelate priest primate prior prisoner procurator professor proprietor protégé protege
    provost prior psychiatrist puppeteer qualifier quarterback rapporteur receptionist recruit referee refugee regent rector
    relative ringleader rival roommate sailor saxophonist scholar schoolboy schoolgirl schoolteacher scout screenwriter
    sculptor seaman seamstress seed shareholder shepherd shopkeeper signalman sister-in-law skipper sociologist soldier
    soloist solicitor-general son son-in-law soprano sous-chef sovereign specialist sponsor spy staffer stakeholder
    steeplechaser stepfather stepmother stepson stockman stylist successor sultan superstar supervisor supporter surrogate
    survivor tactician technician teenager tenant tenor theologian therapist trader trainee trainer translator treasurer
    tribesman triplet trustee tutor twin uncle under-secretary undersecretary underwriter user usher vendor vicar
    vice-chancellor vice-chair vice-governor vice-minister vice-premier vice-president viceroy violinist viscount vocalist
    volunteer warden warlord watchman weaver webmaster welder whip whistleblower widow widower winger winner wizard worker
    worshipper worshiper youngster
    """.split()
)

KIN = frozenset(
    """
    aunt boyfriend brother brother-in-law cousin daughter daughter-in-law father father-in-law fiance fiancee fiancé fiancée
    friend girlfriend granddaughter grandfather grandmother grandson great-granddaughter great-grandson half-brother
    half-sister husband lover mother mother-in-law neighbor neighbour nephew niece partner sister sister-in-law son son-in-law
    stepfather stepmother stepson twin uncle widow widower wife
    """.split()
)

# Heads of the offices of a state.
OFFICES = frozenset(
    """
    lawmaker minister premier senator vice-minister
    """.split()
)

# In other languages, beside those that name_words knows.
FOREIGN_HEADS = frozenset(
    """
    anführer arzt ärztin bauer bäuerin botschafter botschafterin bundespräsident chefin gouverneur gouverneurin kollege
    kollegin könig königin kronprinz landrat landrätin oberbürgermeister papst premierminister prinz prinzessin regierungschef
    regierungschefin richter richterin schauspieler schauspielerin staatschef staatschefin sänger sängerin stürmer torwart
    ambassadeur ambassadrice chancelier chancelière chef cheffe député députée garde dirigeant dirigeante procureur procureure
    porte-parole patron patronne roi reine sénateur sénatrice secrétaire eurodéputé eurodéputée préfet préfète juge pape
    président présidente ministre maire directeur directrice entraîneur entraîneuse écrivain écrivaine gouverneur canciller
    diputado diputada embajador embajadora entrenador entrenadora fiscal gobernador gobernadora jefe jefa juez jueza ministro
    ministra portavoz presidente presidenta rey reina secretario secretaria senador senadora vicepresidente vicepresidenta
    vocero vocera papa líder director directora alcalde alcaldesa candidato candidata concejal concejala
    """.split()
)

_NO_HEADS = frozenset(
    """
    accused acting anchor better boy boys brother-in-arms candidate's career commerce crown dame don father's former frau
    gentleman girl herr herrn hon hon. host interim king's lady lord madame man miss mlle mme monsieur mr mr. mrs mrs. ms ms.
    nominee's ouster prefer server señor señora sir sr. sra. srta. state then-president underwater unless vice woman women
    younger
    """.split()
)

# Before a role, and part of it: participles, where other words of their form end it.
MODIFIERS = frozenset(
    """
    accused acting alleged appointed armed assigned assisted associated banned based beleaguered bestselling borrowed
    celebrated certified commanding commissioned convicted decorated defeated defending defrocked deposed designated detained
    disgraced distinguished elected embattled esteemed executed exiled expelled famed founding freed hired imprisoned incoming
    indicted injured investigating jailed leading licensed long-serving long-time longtime managing married murdered
    naturalised naturalized noted operating ousted outgoing outspoken overnight presiding qualified ranking registered
    reigning renowned respected retired returning ruling sacked seasoned self-styled senior serving sitting skilled slain
    standing surviving suspected suspended trained unelected unnamed visiting wanted wounded
    """.split()
)

# Before a title with a capital, in small letters.
BEFORE_TITLES = frozenset(
    """
    air army associate assistant city coast county deputy district ex federal former general high interim local military
    national naval navy opposition police prime provincial regional shadow state then town union vice
    """.split()
)

# What a body may be called once it has been named, and the words in the names of such bodies.
BODY_WORDS = {
    noun: frozenset(words.split())
    for noun, words in {
        "agency": "agency bureau",
        "airline": "airlines airways air aviation",
        "alliance": "alliance",
        "association": "association society",
        "authority": "authority",
        "bank": "bank",
        "board": "board",
        "carrier": "airlines airways air aviation line lines",
        "church": "church",
        "club": "club fc united city",
        "commission": "commission",
        "committee": "committee",
        "cooperative": "cooperative co op",
        "council": "council",
        "court": "court tribunal",
        "department": "department ministry office",
        "exchange": "exchange",
        "federation": "federation",
        "force": "force army guard police",
        "foundation": "foundation",
        "fund": "fund",
        "hospital": "hospital clinic",
        "institute": "institute institut instituto center",
        "league": "league",
        "lender": "bank trust savings",
        "ministry": "ministry department",
        "movement": "movement",
        "organisation": "organization",
        "organization": "organization",
        "parliament": "parliament assembly congress",
        "party": "party alliance movement union front coalition",
        "police": "police",
        "school": "school",
        "trust": "trust",
        "union": "union federation workers syndicat sindicato",
        "university": "university college universidad universite universitat",
    }.items()
}
FIRMS = frozenset(
    """
    bottler brand brewer broadcaster brokerage builder carmaker chain charity company developer distributor drugmaker firm
    insurer maker manufacturer miner newspaper operator publisher railway refiner retailer start-up startup supplier trader
    utility
    """.split()
)
BODIES = FIRMS | BODY_WORDS.keys()

_VERBS = """
    abandon accept accompany announce appoint approach arrest assassinate attack avenge back ban beat become beg blame block
    break bring call catch cause challenge charge choose coach convict convince criticise criticize date defeat detain dismiss
    edge elect endorse escort execute expel face fear feature fight find fire follow force free get give greet grill hail have
    help hire hit hold honor honour host hurt identify include indict injure install interview invite involve jail join keep
    kill kiss know lead leave let like lose love make marry meet murder name need nominate oppose oust outlast outpace
    overtake paint partner pay persuade phone play poison portray praise pressure promote promise prosecute push put question
    quiz receive recruit reject release replace represent rescue reward ring run sack sue see select send sentence serve shoot
    show sign slam slay stab star succeed summon support surround suspend sweep take target telephone text threaten thank
    topple trade treat trounce understudy unseat use visit vote want watch wed win wound write
    """.split()
_IRREGULAR = """
    beaten became began bought broke brought built came caught chose did done drew drove fell felt fought found gave given
    gone got grew had heard held hid kept knew known laid lay led left lent lost made meant met paid put ran rose said sang
    sat saw seen sent shook shot shown slain slew sold sought spent spoke stood struck swept swore taken taught threw told
    took went wept woke won wore wrote
    """.split()


def _forms(base: str) -> tuple[str, ...]:
    stem = base.removesuffix("e")
    doubled = base + base[-1]
    return base, base + "s", base + "es", stem + "ed", stem + "ing", doubled + "ed", doubled + "ing"


BASES = frozenset(_VERBS)  # verbs without ending, many of them nouns too
VERBS = (
    frozenset(form for base in _VERBS for form in _forms(base))
    | frozenset(_IRREGULAR)
    | frozenset(form for form, verb in ENGLISH.items() if verb.form != "base")
)

DETERMINERS = frozenset("a an another any each every her his its my one our some that the their these this those your".split())
CONJUNCTIONS = frozenset("and & or but nor plus than as".split())
_ADVERBS = frozenset(
    """
    again ago already also always been being both did do does doing done either even ever far having here how however instead
    just later maybe meanwhile more moreover most much never no not now often once only perhaps quite rather so soon still
    such then there thus together too twice unless very what when where which while who whom whose why yesterday yet
    """.split()
)
_NOUNS_TOO = frozenset("chief defence defense education energy health house labor labour night weekend".split())
STOPPERS = (
    (DETERMINERS | CONJUNCTIONS | _ADVERBS | PREPOSITIONS | PRONOUNS | FINITE | PERFECT | SUBORDINATE | TIMES | VERBS)
    - MODIFIERS
    - frozenset("coach fire host lead number partner report state states support trade treasury star play date text".split())
    - _NOUNS_TOO
)
POLITICAL = frozenset("centrist conservative liberal moderate progressive socialist".split())  # adjectives before a title
LINKS = frozenset("of for d' d’ de du des del della di do da von der".split())  # between what somebody is and of what
ARTICLES = frozenset("the a an la le les l' l’ el los las der die das dem den des un une una ein eine".split())
DROPPED = frozenset("new late own fellow fellow-".split())  # in front of a role, and no part of it
BE = frozenset("is was became becomes remains ist war est était es era fue".split())
LEADS = frozenset("heads leads chairs runs headed led chaired ran founded co-founded owns directs leitet dirige".split())
APPOINT = frozenset(
    """
    appoint appointed appointing appoints chose chosen confirmed confirm designated elect elected electing elects hired hire
    installed install named names naming nominated nominate nominates picked pick promoted reappointed reelected re-elected
    selected tapped unveiled
    """.split()
)
SERVE = frozenset("serve served serves serving work worked works resign resigned resigns quit retire retired acted".split())


@lru_cache(maxsize=8192)
def is_head(word: str) -> bool:
    """Whether a word, as printed, may say what somebody is."""
    low = word.lower()
    if low in _NO_HEADS or low in HONORIFICS:
        return False
    if low in HEADS or low in KIN or low in ROLES or low in TITLES or low in RANKS or low in FOREIGN_HEADS:
        return True
    if low in VERBS or low in STOPPERS or low in GROUPS or low.endswith(("ness", "less", "career")):
        return False
    return is_role(low) if word[0].islower() else is_office(low)
