"""Syndication: which of two articles that share a text had it first, and in what words the other says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tasks.clean.agencies import agency, agency_at
from warehouse.models import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.types import Article

EDGE = 400  # characters of a text's beginning and end in which a credit stands
LONGEST = 200  # characters of a credit as it is kept
ARTICLE = re.compile(r"^(?:the|der|die|das|le|la|les|el|los|il|de|het)\s+", re.IGNORECASE)
SENTENCE = re.compile(r"[^\n.!?]*(?:[.!?](?!\s|$)[^\n.!?]*)*[.!?]?")
# What makes a name in a text a credit: "via", "first published by", "© 2026", "(AP)", in the languages that say it otherwise.
CUE = re.compile(
    r"^\s*by\b|\b(?:via|source|courtesy|credit|copyright|republished|reprinted|reproduced|syndicated|originally|first|appeared|"
    r"published|contributed|reported|reporting|permission|content partner|"
    r"quelle|zuerst|erschienen|ursprünglich|übernommen|mit material|nach angaben|"
    r"publié|paru|d'après|fuente|publicado|publicó|con información|fonte|pubblicato|bron|kilde|källa|lähde)\b|[©(]",
    re.IGNORECASE,
)


class Party(NamedTuple):
    """One of two articles that share a text; times are seconds since 1970, and those of its first version."""

    article_id: str
    version: int
    outlet: str
    agency: str | None
    had_at: int  # by when its publisher had it, as far as is known
    published: int  # where that is known to the minute; else UNKNOWN
    seq: int  # articles are numbered as they come


class Edges(NamedTuple):
    """The places of an article in which a credit stands."""

    agency: str | None
    authors: Sequence[str]
    head: str | None
    tail: str | None
    opening: str
    closing: str

    @classmethod
    def of(cls, article: Article) -> Edges:
        """Those of an article."""
        return cls(article.agency, article.authors, article.head, article.tail, article.text[:EDGE], article.text[-EDGE:])


def had_first(one: Party, other: Party) -> bool:
    """Whether `one` had the text before `other`.

    The agency that the other credits had it first, whatever the clocks say; then whoever had it by an earlier minute; then
    what we saw first. But for the agencies this is one order of all articles.
    """
    one_is_credited, other_is_credited = _credits(other, one), _credits(one, other)
    if one_is_credited != other_is_credited:
        return one_is_credited
    return (one.had_at // 60, one.seq) < (other.had_at // 60, other.seq)


def delay(origin: Party, copy: Party) -> int | None:
    """Seconds from the origin's publication to the copy's; None if one of them is not known to the minute."""
    return copy.published - origin.published if UNKNOWN not in (origin.published, copy.published) else None


class Credit(NamedTuple):
    """A place where an article may say whose text it is."""

    words: str  # as printed
    names: frozenset[str]  # those of agencies and people that stand there, as they are compared
    free: bool  # any other name may stand there, too


def credits_of(copy: Edges) -> list[Credit]:
    """The places of an article that may credit another one."""
    found = [Credit(copy.agency, frozenset({_key(copy.agency)}), free=False)] if copy.agency else []
    for author in copy.authors:
        parts = re.split(r",|\bof\b|\bfor\b|/|\|", author)
        found.append(Credit(author, frozenset(map(_key, (author, *parts))), free=False))
    lines = [line for part in (copy.head, copy.tail) for line in (part or "").split("\n") if line.strip()]
    told = [s for text in (copy.opening, copy.closing) for s in SENTENCE.findall(text) if CUE.search(s)]
    return found + [Credit(line, frozenset(map(_key, _agencies(line))), free=True) for line in (*lines, *told)]


def credit(places: Sequence[Credit], origin: Party) -> str | None:
    """The words in which an article names where its text comes from: its origin's outlet or the agency that wrote it."""
    printed = [name for name in (origin.outlet, origin.agency) if name]
    names = {_key(name) for name in printed}
    for place in places:
        if names & place.names or (place.free and _inside(place.words, printed)):
            return place.words.strip()[:LONGEST]
    return None


def _inside(text: str, names: list[str]) -> list[str]:
    """Those of the names that stand in a text as whole words."""
    forms = ((name, ARTICLE.sub("", name)) for name in names)
    return [name for name, form in forms if any(_stands(spelt, text) for spelt in {form, form.upper(), *_capitals(form)})]


def _capitals(name: str) -> list[str]:
    """How a name that we only know in lower case may be printed: the name of a domain or folder."""
    return [name.capitalize(), name.title()] if name.islower() else []


def _stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def _agencies(text: str) -> list[str]:
    """The news agencies that a text names."""
    found = []
    for word in re.finditer(r"(?<!\w)[^\W\d_]", text):
        end = agency_at(text, word.start())
        if end is not None:
            found.append(text[word.start() : end])
    return found


def _credits(copy: Party, origin: Party) -> bool:
    return copy.agency is not None and _key(copy.agency) == _key(origin.outlet) and _key(copy.outlet) != _key(origin.outlet)


def _key(name: str) -> str:
    """A name as names are compared: an agency by its usual short name, others without "The", case and punctuation."""
    name = name.strip()
    return agency(name) or re.sub(r"[\W_]+", "", ARTICLE.sub("", name).casefold()) or name
