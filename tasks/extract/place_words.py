"""Words that tell whether and how a name stands for a place."""

from __future__ import annotations

import re

# What the marks of demonyms.tsv stand for.
ENDINGS: dict[tuple[str, str], tuple[str, ...]] = {
    ("en", ""): ("",),
    ("de", ""): ("",),
    ("fr", ""): ("",),
    ("es", ""): ("",),
    ("en", "+"): ("", "s"),
    ("fr", "+"): ("", "s"),
    ("es", "+"): ("", "s"),
    ("de", "~"): ("e", "er", "en", "es", "em"),
    ("fr", "~"): ("", "e", "s", "es"),
    ("es", "~"): ("o", "a", "os", "as"),
    ("fr", "*"): ("", "ne", "s", "nes"),
    ("fr", "%"): ("", "e", "es"),
}

NICKNAMES: dict[str, tuple[str, str, str]] = {
    "NYC": ("New York City", "US", "NY"),
    "L.A.": ("Los Angeles", "US", "CA"),
    "LA": ("Los Angeles", "US", "CA"),
    "D.C.": ("Washington", "US", "DC"),
    "DC": ("Washington", "US", "DC"),
    "Washington DC": ("Washington", "US", "DC"),
    "Philly": ("Philadelphia", "US", "PA"),
    "Vegas": ("Las Vegas", "US", "NV"),
}

# Postal codes and short forms that stand for a region behind a town alone; "la", "in", "or", "me" are words besides.
POSTAL = frozenset(
    """
    al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri sc
    sd tn tx ut vt va wa wv wi wy ab bc mb nb ns on pe qc sk yt nt nl act vic tas man miss mass ore ill ind wash cal ala
    ariz ark calif colo conn del fla kan kans mich minn mont neb nebr nev okla penn tenn tex wis wisc wyo alta ont que sask
    qld nfld
    """.split()
)

LEGAL_FORM = re.compile(
    r"(?:(?:people s |peoples |islamic |democratic |federal |socialist |former |united )*+(?:republic|kingdom|state|commonwealth"
    r"|emirate|federation|sultanate) of )(?:the )?(.+)"
)
GENERIC_BEHIND = re.compile(
    r"(.+?) (?:state|province|region|oblast|governorate|prefecture|district|department|canton|republic|autonomous region|krai)"
)
COUNTY_WORD = re.compile(r"\b(?:county|parish|borough|census area)\b")

JOINERS = frozenset(
    "of the de du des la le el al am an der den do da dos das del di y e upon on sur under and in les au i ul o ona".split()
)

# Before a place, and seldom before anything else.
INTO = frozenset(
    """
    in near outside around across throughout toward towards into via inside within beyond neighbouring neighboring nearby
    nach aus bei à dans vers en desde hacia hasta cerca em
    """.split()
)
# Before a place, and before others as often.
BESIDE = frozenset("from to at of for between through over leaving visited von in de et y und ou and or against".split())
# Before a place, and no part of its name.
SIDES = frozenset(
    """
    downtown north south east west northern southern eastern western central northwest northeast southwest southeast
    suburban greater metropolitan metro upstate rural mid mainland
    """.split()
)
OF_PLACE = frozenset(
    """
    city town village capital port suburb suburbs outskirts streets state province region county township hamlet island
    mayor governor residents people district coast north south east west
    """.split()
)
TITLES = frozenset(
    """
    mr mrs ms miss dr prof sir lady lord dame rev sen rep gov gen col maj capt lt sgt president minister chancellor senator
    governor mayor judge justice sheriff detective officer coach secretary general professor attorney king queen prince
    princess pope saint herr frau monsieur madame señor señora don doña
    """.split()
)
# Behind the name of a place that lends it: "Athens Police Department".
LOCAL = frozenset(
    """
    police city town township county parish village mayor council fire department district court courthouse airport hospital
    library high school elementary middle community regional municipal public health state university college hills heights
    avenue street road bridge chamber sheriff attorney board commission commissioner commissioners superior circuit county's
    center centre museum jail prison highway international area government governor legislature senate assembly residents
    resident man woman native councillor councilman lawyer zoo park harbor harbour port stadium festival marathon ministry
    embassy parliament
    """.split()
)
# Behind a place's name: the whole is the name of something else.
LENT = frozenset(
    """
    post times herald tribune gazette journal star news chronicle globe daily sun examiner press review telegraph guardian
    mail airlines airways air bank bancorp motors united fc rovers wanderers athletic giants yankees cowboys patriots lakers
    celtics bulls bears cubs sox mets dodgers angels rangers astros rockets spurs mavericks eagles phillies steelers pirates
    penguins ravens orioles redskins commanders nationals capitals wizards dolphins marlins heat buccaneers rays lightning
    jaguars titans predators saints pelicans falcons hawks braves panthers hornets hurricanes colts pacers browns cavaliers
    bengals reds lions tigers pistons packers brewers bucks vikings twins timberwolves chiefs royals broncos nuggets
    avalanche jazz suns cardinals coyotes raiders chargers clippers padres warriors sharks seahawks mariners sounders
    blazers canadiens flames oilers canucks jets raptors villa symphony orchestra philharmonic
    """.split()
)
# Words that are also names of places, which a text means only behind a preposition of place, and some never.
COMMON = frozenset(
    """
    reading mobile nice bath sale deal march hope liberty union independence commerce most man split orange male lens tours
    enterprise surprise paradise normal universal university trade republic democrat congress justice may june july august
    april january best home hall park temple church college school street avenue road court station lake river mountain
    valley hill hills spring springs grand green white black brown red blue gray grey king price day long short rich love
    peace victory star moon queen prince page carter clinton bush nixon lincoln jackson johnson wilson taylor madison monroe
    jefferson tyler pierce grant hayes garfield arthur harding truman kennedy marshall warren morgan howard lee scott allen
    anderson baker bell bennett brooks butler campbell clark cole coleman collins cook cooper cox craig cruz davis diaz
    edwards ellis evans fisher ford foster franklin fraser garcia gibson gonzales gonzalez graham griffin hamilton harris
    harrison henderson henry hudson hughes hunt hunter james jenkins kelly kerry lewis lopez martin martinez mason mitchell
    moore morales morris murphy murray myers nelson newton norman owens parker patterson perez perry peterson phillips
    powell ramirez reed reyes reynolds richards rivera robinson rogers romney rose ross russell ryan sanders santiago santos
    shaw simpson stanley sterling stevens stewart stone sullivan thomas thompson turner vance vernon wade walker wallace
    ward watson webster wells wheeler winston wood woods wright young chester lorraine florence charlotte carolina virginia
    victoria alexandria sydney chelsea israel chad georgia jordan logan
    """.split()
)
NEVER = frozenset(
    """
    nacional nord norte sud sur süd valle maritime economy plantation gold barn oro ora god salt arabic north south east
    west northern southern eastern western central centre center federal no nov dec oct sept jan feb law store ten hail
    christmas bed gas secretary jewish commonwealth golden police media monday tuesday wednesday thursday friday saturday
    sunday november december october september february march april may june july august mar apr aug sep of the and olympic
    alliance superior obama city state county town district region province capital island islands bay port fort mount new
    old upper lower great little first second third one two three four five six seven eight nine many general major colonel
    captain sergeant marine navy army bank house senate parliament government minister president chairman director manager
    professor doctor mother father lord lady sir christian muslim catholic protestant republican democratic liberal
    conservative labour labor party world news times post press radio internet web facebook google amazon twitter apple
    microsoft data energy water oil fire force forces guard security defense defence health education agriculture finance
    interior foreign national international royal imperial holy sea ocean coast beach forest field fields garden gardens
    square place plaza bridge gate tower castle palace museum library hospital clinic airport terminal line way drive lane
    trail route highway mall market shop bar hotel inn restaurant cafe club league cup team game games season series final
    open masters tour race
    """.split()
)
DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december jan feb mar apr aug sept sep oct nov dec
    """.split()
)
LANGUAGE_OF = frozenset(
    "in into speak speaks speaking spoke spoken learn learned learning teach teaches teaching taught fluent translated".split()
)
NO_PLACES = frozenset(
    (
        "white house",
        "west wing",
        "el niño",
        "la niña",
        "oval office",
        "wall street journal",
        "democratic republic",
        "federal republic",
    )
)
FACILITY = re.compile(
    r"(?i)\b(?:airport|stadium|arena|hospital|hotel|street|st|avenue|ave|road|rd|square|bridge|tunnel|station|port|harbou?r|dam|plant|mine"
    r"|prison|jail|camp|base|barracks|palace|castle|cathedral|church|mosque|temple|synagogue|museum|gallery|library|theat(?:re|er)|tower"
    r"|building|house|hall|centre|center|park|garden|gardens|zoo|mall|market|school|university|college|court|courthouse|embassy"
    r"|terminal|pier|canal|highway|expressway|interstate|route|boulevard|lane|drive|plaza|cemetery|monument|memorial|field|ground|club)\b"
)
NATURAL = re.compile(
    r"(?i)\b(?:river|creek|lake|reservoir|bay|gulf|sea|ocean|strait|channel|sound|island|islands|isle|mount|mt|mountain|mountains|peak|hill"
    r"|hills|valley|canyon|desert|forest|peninsula|cape|coast|beach|delta|basin|plateau|glacier|falls|volcano|reef|shoal)\b"
)
BASED = frozenset(
    "based born led backed bound area controlled held occupied run owned made trained educated raised area's".split()
)
BEHIND_LANGUAGE = frozenset("as but with on".split())
# First parts of adjectives of two countries: "Franco-German".
PREFIXES = {
    "franco": "FR",
    "sino": "CN",
    "russo": "RU",
    "anglo": "GB",
    "indo": "IN",
    "italo": "IT",
    "greco": "GR",
    "turco": "TR",
    "hispano": "ES",
    "germano": "DE",
    "serbo": "RS",
    "austro": "AT",
}
MISPRINTS = frozenset("to from of".split()) | INTO  # words behind which a country's name may have a letter wrong
