"""What finds the names: the built-in recogniser, an installed spaCy pipeline, or the user's own."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias, get_args

from tasks.extract.name_lists import BIT, lists
from tasks.extract.names import names
from tasks.extract.records import Name, NameKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Engine: TypeAlias = Callable[[str, str | None], list[Name]]

BUILTIN = "builtin"
KINDS: tuple[str, ...] = get_args(NameKind)
LABELS: dict[str, NameKind] = {
    **dict.fromkeys(("PERSON", "PER"), "PERSON"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION"), "ORGANIZATION"),
    **dict.fromkeys(("GPE", "LOC", "FAC", "PLACE", "LOCATION"), "PLACE"),
}
UNSURE = 0.8  # confidence in a name of a spaCy pipeline, which tells none
NOT_NEEDED = ("tagger", "morphologizer", "parser", "senter", "lemmatizer", "attribute_ruler", "textcat")
RULERS = frozenset({"entity_ruler", "span_ruler"})  # they may ask for what the components above tell
_FIRST = re.compile(r"(?:the\s+)?(\S+)\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_END = re.compile(r"(?:['’]s?|[\s,;:])+$")


@cache
def engine(spec: str) -> Engine:
    """The engine of `builtin`, `spacy:MODEL` (a name or a folder) or `module:factory`, loaded once a process.

    It takes a text and its language (ISO 639-1, None unknown) and gives the names in order and apart. A factory is called
    without arguments and returns such a function; what this gives is checked, and its `text` may be left empty. ValueError says
    what is missing or wrong.
    """
    if spec == BUILTIN:
        return names
    scheme, _, rest = spec.partition(":")
    if not scheme or not rest:
        raise ValueError(f"engine {spec!r} is none: write builtin, spacy:MODEL or module:factory")
    return _spacy(rest) if scheme == "spacy" else _own(spec, scheme, rest)


def _spacy(model: str) -> Engine:
    try:
        spacy: Any = import_module("spacy")
    except ImportError as error:
        raise ValueError(f"engine spacy:{model} needs spaCy, which is not installed: pip install spacy") from error
    try:
        pipeline = spacy.load(model)
    except OSError as error:
        hint = f"python -m spacy download {model}" if re.fullmatch(r"[a-z]{2,3}_\w+", model) else "name a package or a folder"
        raise ValueError(f"engine spacy:{model}: spaCy finds no pipeline {model!r}: {hint}") from error
    parts = set(pipeline.pipe_names)
    if not parts & {"ner", *RULERS}:
        raise ValueError(
            f"engine spacy:{model}: the pipeline marks no entities, it has only {', '.join(sorted(parts)) or 'nothing'}"
        )
    if not parts & RULERS:
        pipeline.select_pipes(disable=[name for name in NOT_NEEDED if name in parts])

    def find(text: str, _language: str | None) -> list[Name]:
        pipeline.max_length = max(pipeline.max_length, len(text) + 1)
        found = [
            _trimmed(text, LABELS[entity.label_], entity.start_char, entity.end_char)
            for entity in pipeline(text).ents
            if entity.label_ in LABELS
        ]
        return [name for name in found if name.text]

    return find


def _trimmed(text: str, kind: NameKind, start: int, end: int) -> Name:
    """A name without article, titles, possessive and the marks around it."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(_ending(text[start:end]))
    if article := _ARTICLE.match(text, start, end):
        start = article.end()
    while kind == "PERSON" and (first := _FIRST.match(text, start, end)) and _is_title(first[1]):
        start = first.end()
    return Name(kind, start, end, text[start:end], UNSURE)


def _ending(name: str) -> str:
    found = _END.search(name)
    return found[0] if found else ""


def _is_title(word: str) -> bool:
    known = lists().words
    return bool((known.get(word.lower(), 0) | known.get(word.lower().rstrip("."), 0)) & BIT["title"])


def _own(spec: str, module: str, factory: str) -> Engine:
    try:
        make = getattr(import_module(module), factory)
    except ImportError as error:
        raise ValueError(f"engine {spec}: the module {module!r} cannot be imported: {error}") from error
    except AttributeError as error:
        raise ValueError(f"engine {spec}: the module {module!r} has no {factory!r}") from error
    found = make() if callable(make) else None
    if not callable(found):
        message = f"engine {spec}: {factory}() must return a function of a text and its language that gives names"
        raise ValueError(message)  # noqa: TRY004  as every fault of an engine

    def find(text: str, language: str | None) -> list[Name]:
        return _checked(spec, text, found(text, language))

    return find


def _checked(spec: str, text: str, found: Iterable[Any]) -> list[Name]:
    """What an engine of the user's gave, in order, with its text; ValueError tells what is wrong with it."""
    kept: list[Name] = []
    for item in found:
        try:
            kind, start, end, sure = item.kind, int(item.start), int(item.end), float(item.confidence)
        except (AttributeError, TypeError, ValueError) as error:
            raise ValueError(f"engine {spec} gave {item!r}: a name has kind, start, end and confidence") from error
        if kind not in KINDS:
            raise ValueError(f"engine {spec} gave a name of kind {kind!r}: the kinds are {', '.join(KINDS)}")
        if not 0 <= start < end <= len(text):
            raise ValueError(f"engine {spec} gave a name from {start} to {end} in a text of {len(text)} characters")
        if not 0 <= sure <= 1:
            raise ValueError(f"engine {spec} gave a name with confidence {sure}: it goes from 0 to 1")
        kept.append(Name(kind, start, end, text[start:end], sure))
    kept.sort(key=lambda name: name.start)
    for name, behind in pairwise(kept):
        if name.end > behind.start:
            raise ValueError(f"engine {spec} gave two names that overlap: {name.text!r} and {behind.text!r}")
    return kept
