"""Keywords: the words, terms and names that tell what a text is about."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from tasks.extract.keyword_words import ACTION, MAYBE, NOTHING, reading, shorter
from tasks.extract.records import Keyword
from tasks.extract.structure import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.extract.records import Name

MOST = 12
READ = 40_000  # characters of a text that are read
LONGEST = 3  # words of a term, without those between
LANGUAGES = frozenset("en de fr es pt it".split())
LINKS = {  # between the words of a term
    "fr": frozenset(("de", "du", "des", "d'", "d’")),
    "es": frozenset(("de", "del")),
    "pt": frozenset(("de", "do", "da")),
    "it": frozenset(("di", "del", "della", "dell'", "dell’")),
}
NOUNS_BEHIND = {  # articles, possessives and prepositions
    "en": """
        a all an another any at between by each every first for from her his in into its more my new no of on other our over some
        such that the their these this those under with without 's ’s
        """,
    "fr": """
        la le les l' l’ un une des du de d' d’ au aux son sa ses leur leurs ce cet cette ces dans sur en par pour sans entre
        """,
    "es": "el la los las un una unos unas de del al su sus por para con sin en entre sobre contra este esta estos estas",
    "pt": "o a os as um uma de do da dos das em no na nos nas ao à aos às por para com sem pelo pela entre seu sua este esta",
    "it": """
        il lo la i gli le l' l’ un uno una di del della dello dell' dell’ dei degli delle a al alla alle ai da dal dalla in nel
        nella nelle con per su sul sulla tra suo sua
        """,
}
_BEHIND = {code: frozenset(f"{words} {words.title()}".split()) for code, words in NOUNS_BEHIND.items()}
_LINKED = frozenset().union(*LINKS.values())
_PEOPLES = ("ian", "ean", "ese")  # endings of adjectives that have a capital everywhere
_ENDS = frozenset('. ? ! : … “ " „ « » ” • — –'.split())  # behind which a capital tells nothing


@dataclass(frozen=True, slots=True)
class Config:
    """The weights, chosen by how many words of headlines are among the keywords of their texts alone."""

    title: float = 3.0  # what a word of the headline counts more
    lead: float = 4.0  # what the first word counts more; half of it `fade` words on
    fade: int = 40
    once: int = 60  # words at the beginning in which a term may stand that stands nowhere else
    name: float = 1.1
    joined: float = 1.3  # a term of two words against its words
    lone: float = 0.85  # a word that never stands where a noun would
    outside: float = 0.5  # share of its weight outside terms from which a word is a keyword by itself


CONFIG = Config()


class Unit(NamedTuple):
    """A word or name in its place."""

    start: int
    end: int
    base: str  # of a name its words
    weight: float
    noun: bool  # it stands where a noun would
    name: str  # its kind, "" of a word
    link: str | None  # what parts it from the unit before: nothing, a preposition, None: more
    case: int  # 1: it has a capital, 0: as a sentence's first word, -1: it has none


@dataclass(slots=True)
class Term:
    """What is counted: a word, a term of several, or a name."""

    start: int
    end: int
    place: int  # of the unit with which it first ends
    factor: float
    name: str  # its kind, "" of other terms
    weight: float = 0.0
    count: int = 0
    noun: bool = False
    titled: bool = False

    def add(self, other: Term) -> None:
        """Take in another one as a form of this one."""
        self.weight += other.weight
        self.count += other.count
        self.noun |= other.noun


Key: TypeAlias = "tuple[str, ...]"
Terms: TypeAlias = "dict[Key, Term]"


def keywords(text: str, title: str | None = None, *, language: str | None = "en", names: Sequence[Name] = ()) -> list[Keyword]:
    """Up to 12 telling words, terms and names of a text, the heaviest first.

    The headline only weighs: every keyword stands in the text. `language` is ISO 639-1; of one without a table only names count.
    """
    code = language if language in LANGUAGES else ""
    units = _units(text[:READ], code, names)
    told = [token.text for token in tokens(title or "")]
    bases = frozenset(unit.base for unit in units if not unit.name)
    same = {base: short for base in bases if (short := shorter(base, code, bases)) != base}
    titled = {same.get(base, base) for word in told if (base := reading(word.lower(), code).base)} | set(told)
    terms = _counted(units, same, titled)
    _join_names(terms)
    capital = {same.get(unit.base, unit.base) for unit in units if unit.case > 0}
    capital -= {same.get(unit.base, unit.base) for unit in units if unit.case < 0}
    ranked = sorted(_ranked(terms, romance=code in LINKS), key=lambda row: (-row[0], row[1].start))[:MOST]
    found = [(term, _printed(text, term, key, capital), round(score / ranked[0][0], 3)) for score, term, key in ranked]
    return [Keyword(term.start, term.end, text[term.start : term.end], base, score) for term, base, score in found]


def _units(text: str, language: str, names: Sequence[Name]) -> list[Unit]:
    """The telling words and names in order."""
    found: list[Unit] = []
    new = tuple.__new__  # the class's own constructor takes twice as long
    links, behind, romance = LINKS.get(language, frozenset()), _BEHIND.get(language, frozenset()), language in LINKS
    noun, link, last = False, "", 0  # whether a noun may follow; what stood since the unit that ended at `last`; 0: too much
    until, pending, before = 0, iter(names), "."
    name = next(pending, None)
    for start, end, word in tokens(text):
        if name is not None and name.start <= start:
            found.append(Unit(name.start, name.end, name.text, 1.0, noun=True, name=name.kind, link=None, case=0))
            until, name, last, before = name.end, next(pending, None), 0, ""
        if start < until:
            continue
        begins = before in _ENDS and language != "de"
        base, weight = reading(word.lower() if begins else word, language) if language else NOTHING
        before = word
        if weight:
            bound = last > 0 and "\n" not in text[last:start]
            if romance:
                weight = max(weight, MAYBE) if noun else weight  # "la société" is no participle
            else:
                noun = (noun or bound or (language == "de" and word[0].isupper())) and weight > ACTION
            case = -1 if word.islower() else 0 if begins and not base.endswith(_PEOPLES) else 1
            found.append(new(Unit, (start, end, base, weight, noun, "", link if bound else None, case)))
            link, last = "", end
            noun = noun and not romance
        else:
            noun = word in behind
            last = last if not link and word in links else 0
            link = word if last else ""
    return found


def _counted(units: list[Unit], same: dict[str, str], titled: set[str]) -> Terms:
    """The words and names, and the terms that they make, by their base forms."""
    terms: Terms = {}
    lead, fade = CONFIG.lead * CONFIG.fade, CONFIG.fade
    bases = [same.get(unit.base, unit.base) for unit in units]
    for place, (start, end, base, factor, noun, name, link, _) in enumerate(units):
        weight = 1 + lead / (fade + place)
        key: Key = tuple(base.split()) if name else (bases[place],)
        term = terms.get(key)
        if term is None:
            term = terms[key] = Term(start, end, place, factor * CONFIG.name if name else factor, name)
        term.count += 1
        term.weight += weight
        if noun:
            term.noun = True
            term.factor = max(term.factor, factor)
            if link is not None and factor > ACTION:
                _count_terms(terms, units, bases, place, weight)
    for key, term in terms.items():
        if key[0] in titled and titled.issuperset(word for word in key if len(word) > 2):
            term.titled = True
            term.weight += CONFIG.title
    return terms


def _count_terms(terms: Terms, units: list[Unit], bases: list[str], place: int, weight: float) -> None:
    """Count the terms that end with the unit at `place`."""
    end, total, link = units[place].end, units[place].weight, units[place].link
    key: Key = (bases[place],)
    for n in range(2, LONGEST + 1):
        first = place - n + 1
        unit = units[first]
        if link is None or unit.weight <= ACTION:
            return
        key = (bases[first], link, *key) if link else (bases[first], *key)
        total += unit.weight
        link = unit.link
        term = terms.get(key)
        if term is None:
            term = terms[key] = Term(unit.start, end, place, total / n * CONFIG.joined, "")
        term.count += 1
        term.weight += weight


def _join_names(terms: Terms) -> None:
    """Count the short forms of people and bodies with the long ones: "Brink" with "Ada Brink"."""
    for key in sorted((key for key, term in terms.items() if term.name and len(key) > 1), key=lambda key: (-len(key), key)):
        for short in (key[n:] for n in range(1, len(key))):
            if key in terms and short in terms and terms[key].name == terms[short].name != "PLACE":
                terms[key].add(terms.pop(short))


def _ranked(terms: Terms, *, romance: bool) -> Iterator[tuple[float, Term, Key]]:
    """What may be a keyword, with its score: names, terms that come again, and words that stand outside them, too."""
    inside: dict[Key, float] = {}
    for key, term in sorted(((k, t) for k, t in terms.items() if len(k) > 1 and not t.name), key=lambda row: -len(row[0])):
        if term.count < 2 and not term.titled and not _leads(key, term, terms):
            continue
        if term.weight - inside.get(key, 0.0) > CONFIG.outside * term.weight:
            for n in range(1, len(key)):
                for i in range(len(key) - n + 1):
                    inside[key[i : i + n]] = inside.get(key[i : i + n], 0.0) + term.weight
            yield math.log1p(term.weight) * term.factor, term, key
    for key, term in terms.items():
        own = term.weight - inside.get(key, 0.0)
        thing = term.titled or (term.factor > ACTION and (term.noun or not romance))
        if term.name or (len(key) == 1 and thing and own > CONFIG.outside * term.weight):
            yield math.log1p(own) * term.factor * (1.0 if term.noun else CONFIG.lone), term, key


def _leads(key: Key, term: Term, terms: Terms) -> bool:
    """Whether a term that stands once does so at the beginning, and its words come again."""
    return term.place < CONFIG.once and all(terms[(word,)].count > 1 for word in key if (word,) in terms)


def _printed(text: str, term: Term, key: Key, capital: set[str]) -> str:
    """The base form of a term; words that always have a capital keep it."""
    if term.name:
        return " ".join(key)
    words = [token.text for token in tokens(text[term.start : term.end])]
    bases = [w.lower() if before in _LINKED else base for before, base, w in zip(("", *key), key, words, strict=False)]
    return " ".join(_cased(base, w) if k in capital else base for k, base, w in zip(key, bases, words, strict=False))


def _cased(base: str, word: str) -> str:
    return word if word.lower() == base else base[:1].upper() + base[1:]
