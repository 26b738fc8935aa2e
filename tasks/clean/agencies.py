"""The news agencies of the world and the names under which their stories are printed."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

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
    """Whether a name that we do not know says itself that it is an agency's: "Northern News Agency", "Agência Litoral"."""
    words = name.split()
    if not 2 <= len(words) <= MOST_WORDS or not all(word[0].isupper() or word in SMALL for word in words):
        return False
    return bool(ITSELF & {word.casefold() for word in (words[0], words[-1])}) or " ".join(words[-2:]).casefold() in PAIRED


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
