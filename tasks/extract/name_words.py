"""Words in and around names: what makes one a person's, what stands before it, what it is never part of. All in small letters."""

from __future__ import annotations

import re

# In front of a name, with the gender they tell.
TITLES: dict[str, str | None] = {
    **dict.fromkeys(
        """
        brother don father herr herrn imam king lord m. monsieur monsignor mr mr. pope prince rabbi señor sir sr.
        """.split(),
        "m",
    ),
    **dict.fromkeys(
        """
        dame doña frau hajja hj. lady madame miss mlle mme mrs mrs. ms ms. princess queen señora sister sra. srta.
        """.split(),
        "f",
    ),
    **dict.fromkeys(
        """
        acting adm adm. admiral adviser advisor alcalde alcaldesa amb. ambassador anchor archbishop attorney ayatollah bishop
        bundeskanzler bundeskanzlerin candidate capt capt. captain cardinal chairman chairwoman chancellor chief cmdr cmdr.
        coach col col. colonel commander commissioner congressman congresswoman councilman councilwoman crown deputy detective
        director doctor dr dr. ex-president former gen gen. general gov gov. governor govs. hon hon. host inspector interim
        judge juez jueza justice kanzler kanzlerin leader lieutenant lt lt. maire maj maj. major manager mayor minister
        ministerin ministra ministre ministro mullah nominee officer premier pres. president presidenta presidente principal
        prof prof. professor président présidente rep rep. representative reps. rev rev. reverend secretary sen sen. senator
        senators sens. sergeant sgt sgt. sheikh sheriff speaker spokesman spokesperson spokeswoman strategist superintendent
        then-president vice
        """.split(),
        None,
    ),
}

# What somebody is, with the gender it tells.
ROLES: dict[str, str | None] = {
    **dict.fromkeys(
        """
        abogado actor alcalde alderman archbishop assemblyman avocat bishop boy boyfriend brother businessman bürgermeister
        congressman councilman directeur father fireman fisherman gentleman grandfather husband imam kanzler king leiter
        magistrado man ministro monk nephew ombudsman policeman pope portavoz porte-parole priest prince präsident président
        rabbi salesman son spokesman sportsman sprecher trainer uncle vorsitzender waiter widower
        """.split(),
        "m",
    ),
    **dict.fromkeys(
        """
        abogada actress alcaldesa assemblywoman aunt avocate businesswoman bürgermeisterin chairwoman congresswoman
        councilwoman daughter directora directrice geschäftsführerin girl girlfriend grandmother jueza kanzlerin lady leiterin
        ministerin ministra ministre mother niece nun policewoman princess präsidentin présidente queen sister spokeswoman
        sprecherin trainerin vorsitzende waitress widow wife woman
        """.split(),
        "f",
    ),
    **dict.fromkeys(
        """
        accused activist admiral adviser advisor advocate aide ally ambassador analyst anchor archaeologist architect artist
        astronomer attorney author bailiff banker barrister beekeeper billionaire biologist blacksmith botanist bricklayer
        broker cacique candidate captain centrist ceo chair chairman chairperson chancellor chef chief claimant climatologist
        co-founder coach cofounder colonel columnist commander commissioner composer conductor conservative constable
        consultant cook coordinator coroner curator deacon dealer defendant defender delegate democrat deputy detective
        developer dictator diplomat director doctor driver economist editor engineer entrepreneur envoy executive expert
        farmer filmmaker fisher founder front-runner frontrunner general geologist goalkeeper governor head headmaster
        headteacher herder historian hopeful host hydrologist incumbent inspector investigator investor journalist judge
        justice lawmaker lawyer leader legislator liberal librarian lieutenant magnate manager mayor mayor-elect mediator
        meteorologist midfielder midwife minister moderator mogul monarch musician negotiator neighbor neighbour nominee
        nominee-elect novelist nurse officer official organiser organizer owner painter physicist pilot plaintiff player
        playwright poet politician pollster premier president president-elect prime principal producer professor prosecutor
        psychologist publisher pupil registrar reporter representative republican researcher resident ruler scientist
        secretary secretary-general seismologist senator sergeant shepherd sheriff singer skipper socialist sociologist
        solicitor spokesperson statesman stationmaster strategist striker student superintendent surgeon surrogate surveyor
        survivor suspect tailor teacher trader treasurer trustee tycoon veteran veterinarian victim volcanologist witness
        writer zoologist
        """.split(),
        None,
    ),
}

# In the names of bodies and places, and in no person's.
GROUPS = frozenset(
    """
    & act administration affairs agency agreement air airlines airport alliance american americans army asa asociación
    assembly association authority avenue bank bay beach bhd board brands brigade bros brothers building bureau bv campaign
    capital care cathedral center centre championship channel church city clinic club coalition college commission committee
    company conference congress convention corp corp. corporation council county court cup day deal defence defense democratic
    democrats department district east eastern emirates energy facebook fc federación federal federation foods force forces
    foundation fox front fund games gmbh google government group guard health herald holding holdings hospital hotel house inc
    inc. industries initiative institute insurance international island islands journal jsc justice kingdom kk las law league
    library llc llp logistics los lp ltd ltd. ltda magazine media ministry ministère mosque motors mount mountain movement
    museum national nations navy network new news north northern nv observatory ocean of office olympics orchestra
    organisation organization oy parliament partners party petroleum pharma pharmaceuticals plan plc police poll post press
    program programme project province province's pte pty radio region report reports republic republican republicans research
    review river road san school sdn sea secretariat securities security senate series service services sindicato society
    solutions south southern square srl stadium state states street studies supreme survey syndicat systems technologies
    television temple theater theatre times tower treasury treaty tribune trust tv twitter union united university universität
    valley verband vereinigung wall war west western white world youtube
    """.split()
)

# With a capital at the beginning of a sentence, or as adjectives, but no part of a name.
BREAKS = frozenset(
    """
    a aber about above according accuses across afghan african after again against all along als also although am american
    americans amid among an analysts and another apr. april arab are argentine around as asian asked at au auch auf aug.
    august australian austrian authorities aux avec be because been before bei belgian below beside besides between beyond
    blasts both brazilian british but by calls can canadian chinese christian claims colombian con could critics cuban current
    danish dans das de dec. december del democrat democratic democrats der despite did die do does don't during dutch e each
    earlier egyptian eight ein eine either el elle en endorses english er es et ethiopian european even every experts feb.
    february few filipino finnish first five for former four french friday from german gop had has have he her here here's his
    hispanic hits how however i i'd i'll i'm i've ich if il ils im in indian indonesian inside instead iranian iraqi irish is
    islamic israeli it it's italian its jan. january japanese je jewish jordanian july june just kenyan korean la las last
    later latino latinos le lebanese les like lo los mais malaysian many mar. march may maybe meanwhile mexican might mit
    monday more moreover most much muslim muslims must my nach neither nevertheless next nigerian nine no none nonetheless nor
    norwegian not nous nov. november now oct. october of officials on once one only or other others our outside over pakistani
    palestinian palestinians par para people per perhaps police polish por pour president-elect referring reportedly
    republican republicans residents responding responds russian sans saturday saudi says scottish se second según sept.
    september seven several she should sie sin since six slams so sobre some spanish speaking still su such sunday supporters
    sur sus swedish swiss syrian team tells ten thai than that that's the their then there there's these they third this those
    though three through throughout thursday to today tomorrow too toward towards tuesday turkish two ukrainian un una und
    under une unless unlike until upon urges venezuelan very via vietnamese von voters vous vows wants warns was we wednesday
    welsh were what whatever when where whether which while who whoever why wie will wir with within without would y yes
    yesterday yet you your
    """.split()
)

# Of those, what may stand within a name all the same: "Tran An", "Moon So".
WITHIN = frozenset(
    """
    an do he may one so will
    """.split()
)

PARTICLES = frozenset(
    """
    a/l a/p abu af al ap arap ben bin bint d/o da das de del della den der di do dos du e ibn la le s/o st. ten van von y zu
    zur
    """.split()
)

SUFFIXES = frozenset(
    """
    ii iii iv jr jr. sr sr.
    """.split()
)

DEGREES = frozenset(
    """
    cbe dds esq esq. kc mbe md mep mp mps obe phd qc sc
    """.split()
)

# Single words that speak without being a person.
PLACES = frozenset(
    """
    abuja africa alabama alaska amazon america amsterdam ankara apple arizona arkansas asia athens australia baghdad beijing
    berlin bloomberg boston brazil breitbart britain brooklyn brussels budapest cairo california canada canberra chicago china
    cleveland colorado congress connecticut copenhagen dallas damascus delaware delhi detroit dublin egypt england ethiopia eu
    europe facebook florida france geneva georgia germany google greece hawaii helsinki hollywood houston idaho illinois india
    indiana iowa iran iraq ireland islam islamabad israel italy japan jerusalem kabul kansas kentucky kenya kiev kyiv lisbon
    london louisiana madrid maine manhattan maryland massachusetts mexico miami michigan microsoft minnesota mississippi
    missouri montana moscow nairobi nato nebraska nevada newsweek nigeria ohio oklahoma opec oregon orlando oslo ottawa
    pakistan paris parliament pennsylvania philadelphia poland politico prague pretoria pyongyang queens reuters riyadh rome
    russia scotland seoul spain stockholm syria tehran tennessee tesla texas tokyo turkey twitter u.k. u.s u.s. uk ukraine un
    us utah vermont vienna virginia wales warsaw washington wisconsin wyoming
    """.split()
)

# Words that end as those who do something, and are no person.
_THINGS = frozenset(
    """
    access actress address after alter another answer asian assist australian banner border brazilian broadcaster builder
    bunker business buyer canadian cancer carrier center centre chapter character charter checklist christian clever cluster
    computer congress consider consist container contractor corner counter cover december deliver developer differ dinner
    disaster discover egyptian either enter european exist exporter factor fever filter finger fitness forever former
    freighter german helicopter however human illness importer indian insist insurer iranian italian later laughter layer
    lender letter letters list maker manner manufacturer matter mattress member monitor motor neither never newspaper
    norwegian november number october offer operator order other over palestinian paper persist poster power prayer press
    printer process processor producer progress provider publisher quarter rather reactor recover refiner register
    registercustomer remain remember resist retailer river russian sector september shelter silver slaughter spider success
    suffer summer supplier syrian tanker theater theatre tiger together tower tractor trailer transfer twist ukrainian under
    vector water whether wilderness winter witness
    """.split()
)

# What nouns end in that say what somebody does.
_DOER = re.compile(r"[a-z]{3}(?:[bcdfgklmnprtvyz]er|[cst]or|ist|ian|man|woman|eer|ess|yst)$")
_GERMAN = re.compile(
    r"(?:leiter|sprecher|chef|minister|präsident|meister|vorsitzend|direktor|führer|trainer|anwalt|anwält|expert|forscher|inhaber|"
    r"sekretär|beauftragt|kommissar|richter|lehrer|unternehmer|kapitän|pfarrer|manager|abgeordnet|gründer|verwalter|berater)"
    r"(?:e|er|en|in)?$"
)
LINKED = re.compile(
    r"(?:al|el|ad|as|ash|at|an|ar|az|ul|abu|ibn|ben)-[A-Z]|(?:ka|wa|d['’]|l['’]|o['’])[A-Z]"
)  # "al-Rashid", "kaMoyo"
AGE = re.compile(r"\d{1,2}$")


def is_role(word: str) -> bool:
    """Whether a word in small letters says what somebody is: "minister", "secretary-general", "beekeeper"."""
    if is_office(word):
        return True
    return len(word) > 5 and _DOER.search(word) is not None and word not in GROUPS and word not in _THINGS


def is_office(word: str) -> bool:
    """Whether a word, with a capital or without, is no name but what somebody is: "minister", "Bezirksleiterin"."""
    if word in ROLES or word in TITLES:
        return True
    if "-" in word:
        return word.partition("-")[0] in ROLES or word.rpartition("-")[2] in ROLES
    return len(word) > 7 and _GERMAN.search(word) is not None
