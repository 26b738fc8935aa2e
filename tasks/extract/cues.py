"""What a language's attributions are made of, beside its verbs of saying: small words, in four languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.extract import cue_verbs
from tasks.extract.word_classes import PREPOSITIONS

if TYPE_CHECKING:
    from tasks.extract.cue_verbs import Verb


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a language's attributions are made of; all words in small letters."""

    verbs: dict[str, Verb]
    speech: frozenset[str]  # the verbs that are no nouns
    according: tuple[tuple[str, ...], ...]  # "according to"
    pronouns: dict[str, str | None]  # that stand for a speaker → "m", "f", "p" (no person, or several) or None (any one person)
    between: frozenset[str]  # words between subject and verb: auxiliaries and adverbs
    articles: frozenset[str]
    prepositions: frozenset[str]
    breaks: frozenset[str]  # words at which a subject that is read leftwards has ended
    past_subject: frozenset[str]  # words at which a subject that is read rightwards has ended
    english: bool = False  # the language in which indirect statements are read too
    plain: bool = True  # only names have capitals
    dropped: bool = False  # a verb may go without its subject


ENGLISH = Lexicon(
    english=True,
    verbs=cue_verbs.ENGLISH,
    speech=frozenset(cue_verbs.ENGLISH) - cue_verbs.NOUNS,
    according=(("according", "to"), ("in", "the", "words", "of"), ("as", "reported", "by")),
    pronouns={"he": "m", "she": "f", "they": "p", "it": "p", "i": None, "we": "p"},
    between=frozenset(
        """
        'd 'll 's 've again all already also always are at be been being both can could did didn't didn’t do does doesn't
        doesn’t earlier even ever famously first flatly further goes going had has have herself himself immediately indeed is
        itself just later long may might must never not now often on once only perhaps previously quickly recently repeatedly
        reportedly should simply since soon still themselves then to too was went were will would yet ’s
        """.split()
    ),
    articles=frozenset(
        """
        a an the
        """.split()
    ),
    prepositions=PREPOSITIONS,
    breaks=frozenset(
        """
        although and as because but how if nor or since so than that though unless until what when where whereas whether which
        while who whom whose why yet
        """.split()
    ),
    past_subject=frozenset(
        """
        about after although and as at because before but by during earlier if in into last later next on over since that this
        though through to unless until upon via when where whether which while who whose
        """.split()
    ),
)
GERMAN = Lexicon(
    plain=False,
    verbs=cue_verbs.GERMAN,
    speech=frozenset(cue_verbs.GERMAN),
    according=(("laut",), ("nach", "angaben", "von"), ("nach", "angaben", "des"), ("nach", "angaben", "der")),
    pronouns={"er": "m", "sie": "f", "man": "p"},
    between=frozenset(
        """
        auch dann dazu haben hat hatte hatten ihrerseits noch seinerseits später weiter wird wurde zudem
        """.split()
    ),
    articles=frozenset(
        """
        das dem den der des die ein eine einer eines
        """.split()
    ),
    prepositions=frozenset(
        """
        am an auf aus bei beim für gegen im in mit nach unter vom von vor zu zum zur über
        """.split()
    ),
    breaks=frozenset(
        """
        aber als dass der die doch obwohl oder sondern und weil wenn während
        """.split()
    ),
    past_subject=frozenset(
        """
        am an auf bei dass der dienstag donnerstag freitag gegenüber im in mit mittwoch montag nach nun samstag seit sonntag
        und vor zu zum zur über
        """.split()
    ),
)
FRENCH = Lexicon(
    verbs=cue_verbs.FRENCH,
    speech=frozenset(cue_verbs.FRENCH),
    according=(("selon",), ("d'après",), ("d’après",)),
    pronouns={"il": "m", "elle": "f", "ils": "p", "elles": "p", "on": "p"},
    between=frozenset(
        """
        a ailleurs alors aussi avaient avait encore ensuite est n'a notamment n’a ont par s'est s’est également
        """.split()
    ),
    articles=frozenset(
        """
        des du l' l’ la le les un une
        """.split()
    ),
    prepositions=frozenset(
        """
        au aux avec chez contre d' d’ dans de des du en par pour sans sous sur à
        """.split()
    ),
    breaks=frozenset(
        """
        alors car comme et mais ou où quand que qui si
        """.split()
    ),
    past_subject=frozenset(
        """
        après au aux avant dans devant dimanche en et jeudi lors lundi mardi mercredi pour que qui samedi sur vendredi à
        """.split()
    ),
)
SPANISH = Lexicon(
    dropped=True,
    verbs=cue_verbs.SPANISH,
    speech=frozenset(cue_verbs.SPANISH),
    according=(("según",), ("de", "acuerdo", "con")),
    pronouns={"él": "m", "ella": "f", "ellos": "p", "ellas": "p"},
    between=frozenset(
        """
        además después ha había habían han le les lo luego me nos se también
        """.split()
    ),
    articles=frozenset(
        """
        el la las los un una unas unos
        """.split()
    ),
    prepositions=frozenset(
        """
        a al ante con contra de del desde en para por sin sobre
        """.split()
    ),
    breaks=frozenset(
        """
        como cuando donde e o pero porque que quien si y
        """.split()
    ),
    past_subject=frozenset(
        """
        a al ante con desde domingo durante el en hasta jueves lunes martes miércoles para por que quien sobre sábado tras
        viernes y
        """.split()
    ),
)
LEXICONS = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
TELLTALES = {  # common words that tell a language where nobody did
    "en": frozenset("the of and to that was said".split()),
    "de": frozenset("der die und das nicht von mit".split()),
    "fr": frozenset("le les des et du une dans".split()),
    "es": frozenset("el los las que del una por".split()),
}
