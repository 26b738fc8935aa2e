"""Verbs of saying, by what may follow each of them, in four languages; written for this project."""

from __future__ import annotations

from typing import NamedTuple


class Verb(NamedTuple):
    """A form of a verb of saying."""

    lemma: str
    frames: frozenset[str]  # what its content may be, by the letters explained at `_REGULAR`
    form: str  # "fin": finite, or a past participle of the same form; "ing"; "pp"; "base": only plural or behind to, may, will
    particle: str = ""  # the word that must follow: "pointed out"


# The letters before a colon: q a quotation, c a clause with or without "that", t a clause with "that" only, h a clause with
# "whether" or a question word, i may stand before its subject, r somebody it is said to comes first, w "to" and an infinitive,
# u somebody and "to", o somebody and "of", "for" or "as", k somebody or something and what it is called, p a preposition and what
# is spoken of, n a thing.
_REGULAR = """
iq: answer bark beam bellow chant chime-in continue crack crow elaborate enthuse exclaim fume gripe groan growl grumble gush
    holler howl interject intone jeer laugh moan murmur mutter rejoin repeat retaliate retort roar scoff scream shout sigh
    snarl sneer stammer summarise summarize thunder wail whisper yell
cqt: affirm allege assert contend indicate proclaim reiterate reveal state suggest
k: brand characterise characterize deem depict deride liken portray term
ciqt: argue concede conclude explain insist note observe point-out report
cnqt: acknowledge announce demand emphasise emphasize predict propose stress
iqt: agree counter muse object opine reason remark respond
qt: charge hint maintain mention post pray speculate
ct: disclose estimate hypothesize insinuate posit rule stipulate
kn: attack dismiss hail lambaste mock ridicule
q: blurt disagree fire-back push-back vent weigh-in
n: cite dispute highlight quote
no: applaud blame fault laud
u: challenge direct encourage order
inqt: lament protest recount
knq: blast condemn denounce
noq: criticise criticize praise
nqt: recommend underline underscore
pq: apologise apologize rant
qu: exhort implore urge
cinqt: confirm recall
cnqtw: pledge promise
cqtw: claim vow
hiq: question wonder
ipqt: complain joke
nt: reaffirm request
p: rail talk
qrt: assure remind
qw: offer threaten
rt: inform teach
t: attest signal
cikqt: declare
cipq: tweet
cipqrtu: warn
ciq: add
cpqt: boast
ctw: profess
hipqu: ask
ipqtu: caution
kq: describe
kqu: call
nq: bemoan
o: thank
oq: accuse
pqt: comment
qtu: advise
quw: plead
w: refuse
"""
# A verb, its letters, its past, past participle and -ing.
_IRREGULAR = """
admit qctin : admitted admitted admitting
beg qu : begged begged begging
begin qi : began begun beginning
brag qctp : bragged bragged bragging
clarify qct : clarified clarified clarifying
cry qi : cried cried crying
decry qkn : decried decried decrying
deny ctn : denied denied denying
dub k : dubbed dubbed dubbing
forecast ct : forecast forecast forecasting
foresee ct : foresaw foreseen foreseeing
go-on qc : went gone going
hit-back q : hit hit hitting
imply ct : implied implied implying
label k : labeled labeled labeling
label k : labelled labelled labelling
make-clear ct : made made making
notify tr : notified notified notifying
put-it q : put put putting
quip qi : quipped quipped quipping
refer kp : referred referred referring
reply qti : replied replied replying
say qcih : said said saying
shoot-back qi : shot shot shooting
sing qi : sang sung singing
slam qkn : slammed slammed slamming
snap qi : snapped snapped snapping
speak p : spoke spoken speaking
specify ct : specified specified specifying
swear qctw : swore sworn swearing
tell qcrihu : told told telling
testify qctp : testified testified testifying
write qcip : wrote written writing
"""
# Polls, studies and documents say by these; only where the subject is one of SHOWING.
_SHOWN = """
find tk : found found finding
show t : showed shown showing
"""
SHOWS = frozenset(("find", "show"))
SHOWING = frozenset(
    """
    analysis audit auditors census commission court data documents economists emails estimates experts figures inquiry
    inspectors investigation investigators judge judges jury monitors observers panel poll polls records report reports
    research researchers review scientists statistics studies study survey surveys team watchdog
    """.split()
)
NOUNS = frozenset(  # forms that are as often nouns: they need a subject before them that is plainly one
    """
    agrees answer answers attack attacks begins begs blame boast boasts brand call calls chants charge charges claim claims
    comment comments complaints concern concerns continues counter cries demand demands detail details estimate estimates
    fault faults fear fears finds forecast forecasts hails hint hints joke jokes label labels lament note notes object objects
    offer offers plead pledge pledges posits post posts praise promise promises proposed protest protests reason reasons
    relate relates remark remarks repeats replies reply report reports request requests rule rules shouts show shows signal
    signals slams state states stress stresses talk talks term terms threats tweet tweets volunteer volunteers vow vows
    warrants wonder wonders
    """.split()
)


def _forms() -> dict[str, Verb]:
    verbs: dict[str, Verb] = {}
    for line in (_REGULAR.replace("\n    ", " ")).strip().split("\n"):
        letters, _, lemmas = line.partition(":")
        for lemma in lemmas.split():
            verbs |= _inflected(lemma, letters, "")
    for line in (_IRREGULAR + _SHOWN).split("\n"):
        if line:
            lemma, letters, _, *irregular = line.split()
            verbs |= _inflected(lemma, letters, " ".join(irregular))
    return verbs


def _inflected(lemma: str, letters: str, irregular: str) -> dict[str, Verb]:
    """The forms of a verb; a particle stands behind its hyphen."""
    base, _, particle = lemma.partition("-")
    stem = base.removesuffix("e")
    past, participle, ing = irregular.split() or (f"{stem}ed", f"{stem}ed", f"{stem}ing")
    forms = ((participle, "pp"), (base, "base"), (ing, "ing"), (past, "fin"), (_third(base), "fin"))
    return {form: Verb(base, frozenset(letters), kind, particle) for form, kind in forms}


def _third(base: str) -> str:
    if base[-1] == "y" and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "go")) else f"{base}s"


def _plain(words: str) -> dict[str, Verb]:
    return {word: Verb(word, frozenset("qi"), "fin") for word in words.split()}


ENGLISH = _forms()
GERMAN = _plain(
    """
    antwortet antwortete begründet begründete behauptet behauptete beklagt beklagte bekräftigt bekräftigte berichtet
    berichtete berichteten bestätigt bestätigte betont betonte betonten bezeichnet bezeichnete droht drohte entgegnet
    entgegnete ergänzt ergänzte erinnert erinnerte erklärt erklärte erklärten erläuterte erwidert erwiderte erzählt erzählte
    fasste fordert forderte forderten fragt fragte freute fügt fügte gestand gesteht heißt hieß klagt klagte kritisiert
    kritisierte kritisierten kündigt kündigte las lobt lobte mahnt mahnte meint meinte meinten nannte nennt resümierte rief
    ruft räumte sagen sagt sagte sagten scherzt scherzte schildert schilderte schreibt schrieb schrieben so stellte teilt
    teilte teilten twitterte unterstrich urteilt urteilte verkündete verlangte verriet versichert versicherte versprach
    verspricht warnt warnte warnten witzelte wünschte zitierte äußert äußerte
    """
)
FRENCH = _plain(
    """
    affirmait affirme affirment affirmé ajoutait ajoute ajoutent ajouté annonce annoncé assure assurent assuré averti avertit
    commente commenté conclu conclut confie confié critique critiqué demandait demande demandé dire disait disent dit déclare
    déclarent déclaré dénonce dénoncé déplore déploré détaille détaillé estime estiment estimé expliquait explique expliquent
    expliqué félicité glisse glissé indigné indique indiquent indiqué insiste insisté insurgé interroge ironise ironisé juge
    jugé lance lancé lu lâche lâché martelait martelé martèle note noté observe observé plaide plaidé plaisante plaisanté
    poursuit poursuivait poursuivi promet promis précise précisé prévenu prévient racontait raconte racontent raconté rappelle
    rappellent rappelé reconnaît reconnu regrette regretté réagi réagit réclame réclamé réjoui répond répondu résume résumé
    salue salué soulignait souligne soulignent souligné soupire sourit soutenu soutient tonne tonné tweeté twitté témoigne
    témoigné écrit
    """
)
SPANISH = _plain(
    """
    admitido admitió advertido advierte advirtió afirma afirmado afirmaron afirmó agrega agregado agregó anuncia anunciado
    anunció apunta apuntado apuntó asegura asegurado aseguraron aseguró añade añadido añadió bromeó celebró comenta comentado
    comentó concluyó confesó contado contó criticado criticó cuenta declara declarado declararon declaró decía denuncia
    denunciado denunció destaca destacado destacó dice dicen dicho dijeron dijo escribe escribió escrito exclamó exigió
    explica explicado explicaron explicó expresado expresó indica indicado indicó insiste insistido insistió lamenta lamentado
    lamentó leyó manifestado manifestó matizó opina opinó pedido pide pidió precisó preguntado preguntó prometió puntualizó
    recalcado recalcó reclamó reconoce reconocido reconoció recordado recordó recuerda reiterado reiteró relata relatado
    relató replicó responde respondido respondió resumió señala señalado señalaron señaló sostenido sostiene sostuvo subrayado
    subrayó
    """
)
