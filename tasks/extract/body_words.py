"""Words in the names of organisations, in small letters without accents."""

from __future__ import annotations

import re

# Forms of companies and words that say no more, at the end of their names.
LEGAL = re.compile(
    r"(?:,?\s+(?:&\s+Co\.?|(?:Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|LP|PLC|Plc|plc|Pty|Pte|Pvt|Bhd|Sdn"
    r"|GmbH|AG|KG|KGaA|SE|e\.\s?V|eG|mbH|NV|N\.V|BV|B\.V|S\.?A|S\.?A\.?S|SARL|SRL|S\.?r\.?l|S\.?p\.?A|S\.?L|SGPS|S/A|A/S|ASA|AS"
    r"|AB|Ab|Oyj|Oy|hf|ehf|a\.?s|s\.?r\.?o|z\.?o\.?o|Nyrt|Zrt|Kft|JSC|OJSC|PJSC|A\.?Ş|Tbk|K\.?K|NL|DAC|SOE|NPO|Group|Groupe|Grupo"
    r"|Gruppe|Holding|Holdings|S\.A\. de C\.V)\.?))+$"
)
LEGAL_BEFORE = re.compile(r"(?:PT|OOO|OAO|ZAO|PAO|P/F|Grupo|Groupe|Công ty Cổ phần|Công ty)\s+(?=\S)")
SMALL = frozenset(
    """
    a al and at by da das de del der des di do dos du e el en et for fur für i in la las le les los of on or pour the to und
    van von y zur
    """.split()
)
# With these at its end a name is whole, and what follows makes another body of it: "Harvard University Press".
COMPLETE = frozenset(
    """
    administration agency army assembly association authority bureau cabinet center church college commission committee
    community confederation congress council court department federation force forces forum foundation guard hospital house
    institute institution league ministry movement museum nations navy network office organisation organization parliament
    party police school senate service services society supreme treasury tribunal union university
    """.split()
)
# A name of these alone may be anybody's; together with a country it is one body's.
VAGUE = frozenset(
    """
    affairs african air alliance american appeal appeals arab army asian assembly association attorney authority aviation bank
    board border border bureau cabinet central chamber city civil club coast college commerce commission committee company
    congress constitutional corporation council county court criminal crown customs defense democratic department deputies
    economy education electoral election emergencies energy environment federal federation finance first force forces foreign
    forum foundation front fund general government group guard health high home house human independent information institute
    intelligence interior international investment justice labor law league liberal liberation local ministry movement
    municipal national naval navy new north northern of office opposition organization parliament party peoples police popular
    press progressive prosecutor prosecutors public regional relations republic republican representatives revolutionary royal
    security senate service services social socialist society south southern stock exchange state states supreme team the
    trade transport treasury tribunal union united university welfare west western workers world youth
    """.split()
)
# Of these every country has one.
STATE_ORGANS = frozenset(
    """
    army cabinet chancellery coast court department government ministry navy parliament police presidency prosecutor
    prosecutors senate treasury
    """.split()
)
OFFICES = frozenset("ministry department bureau office secretariat".split())
ABOUT = frozenset("campaign conference forum observatory project summit talks watch".split())  # a country they deal with
AMBIGUOUS = frozenset("america chad dominica georgia guinea jordan niger panama".split())  # names of other things, too

# Bodies of one country that their name alone tells.
_UNIQUE = """
    US capitol hill|fbi|federal bureau of investigation|cia|central intelligence agency|pentagon|state department|white house
    US us congress|federal reserve|fed|nasa|national security agency|homeland security department|justice department
    US treasury department|national security council|environmental protection agency|internal revenue service
    US federal aviation administration|securities and exchange commission|food and drug administration
    US democratic national committee|republican national committee|house of representatives
    GB downing street|house of commons|house of lords|scotland yard|whitehall|foreign office|home office|bank of england
    GB buckingham palace|national health service|nhs
    DE bundestag|bundesbank|bundeswehr|bundesregierung|bundeskriminalamt|verfassungsschutz
    FR elysee|quai d orsay|matignon|assemblee nationale
    RU kremlin|duma|state duma|federal security service|fsb|roscosmos
    IL knesset|mossad|israel defense forces|idf|shin bet
    CN peoples liberation army|national peoples congress|communist party of china|politburo
    IN lok sabha|rajya sabha
    PL sejm
    UA verkhovna rada|rada
    IR majlis|revolutionary guards
    JP national diet|bank of japan
    CA rcmp|royal canadian mounted police
    BR itamaraty|planalto
    ES moncloa
    AT nationalrat
    SE riksdag
    DK folketing
    NO storting
"""
UNIQUE = {name: line[:2] for line in map(str.strip, _UNIQUE.strip().split("\n")) for name in line[3:].split("|")}

# Bodies known by their letters, under the name that texts give them in full.
_ACRONYMS = """
    un united nations|eu european union|nato north atlantic treaty organization|who world health organization
    imf international monetary fund|wto world trade organization|ecb european central bank|au african union
    iaea international atomic energy agency|fao food and agriculture organization|wfp world food program
    icc international criminal court|icj international court of justice|ioc international olympic committee
    oecd organization for economic co operation and development|oas organization of american states
    osce organization for security and co operation in europe|opec organization of the petroleum exporting countries
    asean association of southeast asian nations|ecowas economic community of west african states
    fbi federal bureau of investigation|cia central intelligence agency|nsa national security agency
    faa federal aviation administration|fda food and drug administration|fcc federal communications commission
    sec securities and exchange commission|epa environmental protection agency|irs internal revenue service
    cdc centers for disease control and prevention|rcmp royal canadian mounted police|imo international maritime organization
    ilo international labor organization|icrc international committee of the red cross|msf medecins sans frontieres
    ebrd european bank for reconstruction and development|adb asian development bank|afdb african development bank
"""
ACRONYMS = dict(pair.split(" ", 1) for pair in re.split(r"[|\n]", "\n".join(map(str.strip, _ACRONYMS.strip().split("\n")))))

INTERNATIONAL = frozenset(ACRONYMS) | frozenset(ACRONYMS.values())
INTERNATIONAL -= UNIQUE.keys()
