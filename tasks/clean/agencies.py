"""The news agencies of the world and the names under which their stories are printed."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from tasks.clean.newsroom import PLAIN

LONGEST = 60  # characters of the longest credit that is looked at
MOST_WORDS = 5  # of a name in the table
# House styles that set these in lower case; any other short name in lower case is a word of the language.
LOWER = frozenset(
    "ap afp dpa rtr sda ats apa epd kna sid dts ots ap/dpa awp ddp dapd efe ansa upi ntb tt stt pap mti dpad taz".split()
)
SHORT = 5  # letters up to which a name must be printed in its own case: "TAP" is an agency, "Tap" is not
SPLIT = re.compile(r" ?[/,&+;] ?| and | und | et | y | via | with | - ")
DESK = re.compile(r"[a-z]{1,5}|[A-Z]{1,3}")  # "dpa/bb": the agency's desk or the paper's own short sign
ITSELF = frozenset("agency agence agencia agência agenzia agentur nachrichtenagentur newswire wire presseagentur".split())
PAIRED = frozenset({"news service", "press association", "press service"})
HOUSE = ITSELF | frozenset(  # words that end or begin the names of agencies, of papers and of much else
    """
    press presse prensa news despatch despatches dispatch dispatches service services media times telegraph network post herald
    tribune journal gazette courier chronicle observer syndicate broadcasting radio tv noticias nachrichten notizie
    """.split()
)
ENDS = HOUSE | {"association"}
COMPOUNDS = ("press", "presse", "wire", "news")  # ends of names in one word
SHORT_COMPOUND = 7  # letters up to which such a word is any word: "Empress"
COMMON = frozenset("suppress compress tripwire haywire livewire winepress letterpress barbwire".split())
SMALL = frozenset("of de do da di del du des for and y e et".split())
WORD = re.compile(r"[^\s()\[\]/,:;—–_=|]+")


@lru_cache(maxsize=4096)
def agency(text: str) -> str | None:
    """The usual short name of the agency that `text` is the name of, alone or first of several ("AFP/Reuters"); else None."""
    text = text.strip(" .,©")
    if not 2 <= len(text) <= LONGEST:
        return None
    if (known := _known(text)) is not None:
        return known
    first, *others = SPLIT.split(text)
    known = _known(first)
    if known is None or not others:
        return None
    return known if all(_known(other) or DESK.fullmatch(other) for other in others) else None


def may_be_agency(name: str) -> bool:
    """Whether an unknown name says itself that it is an agency's: "Northern News Agency", "Agência Litoral", "Litoralpress"."""
    words = name.split()
    if len(words) == 1:
        folded = name.casefold()
        compound = len(name) > SHORT_COMPOUND and folded.endswith(COMPOUNDS) and folded not in COMMON
        return compound and name.isalpha() and name[0].isupper()
    if not _capitalised(words):
        return False
    return words[0].casefold() in ITSELF or words[-1].casefold() in ITSELF or " ".join(words[-2:]).casefold() in PAIRED


def may_be_house(name: str) -> bool:
    """Whether an unknown name may be an agency's or a paper's: "Northern Star News", "Straits Despatch"."""
    words = name.split()
    if len(words) > 1 and words[-1].casefold() not in ENDS and words[0].casefold() not in ENDS:
        return False
    if may_be_agency(name):
        return True
    folded = [word.casefold() for word in words]
    if not _capitalised(words) or HOUSE.isdisjoint((folded[0], folded[-1])):
        return False
    return not all(word in PLAIN or word in HOUSE or word in SMALL for word in folded)


def _capitalised(words: list[str]) -> bool:
    return 2 <= len(words) <= MOST_WORDS and all(word[0].isupper() or word in SMALL for word in words)


def agency_at(text: str, start: int) -> int | None:
    """Where an agency's name that begins at `start` ends, without any brackets; None if there is none."""
    match = WORD.match(text, start, start + LONGEST)
    if match is None or match[0].strip(".-").casefold() not in _first_words():
        return None
    ends: list[int] = []
    while match is not None and len(ends) < MOST_WORDS:
        ends.append(match.end())
        space = text[match.end() : match.end() + 1]
        match = WORD.match(text, match.end() + 1, start + LONGEST) if space in {" ", "/"} else None
    for end in reversed(ends):
        name = text[start:end].rstrip(" .-")
        if agency(name) is not None:
            return start + len(name)
    return None


def _known(name: str) -> str | None:
    found = _table().get(_key(name))
    if found is None:
        return None
    short, printed = found
    if len(name) > SHORT or name in printed or name in LOWER:
        return short
    return short if name.isupper() and any(form.islower() or len(form) > 3 for form in printed) else None


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold()) or name


@cache
def _table() -> dict[str, tuple[str, frozenset[str]]]:
    """By letters alone: the short name, and the forms in which it is printed."""
    text = (files("tasks.clean") / "data" / "agencies.tsv").read_text("utf-8")
    forms: dict[str, tuple[str, set[str]]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            short, _, names = line.split("\t")
            for name in names.split("|"):
                forms.setdefault(_key(name), (short, set()))[1].add(name)
    return {key: (short, frozenset(printed)) for key, (short, printed) in forms.items()}


@cache
def _first_words() -> frozenset[str]:
    words = {name.replace("/", " ").split()[0].strip(".").casefold() for _, printed in _table().values() for name in printed}
    return frozenset(words)
