"""What people ask the search index for: words, "phrases", -without, OR, prefix*, title:word, (groups).

Whatever is typed can be read: a quotation mark or bracket without its other half counts as if that stood at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from warehouse.errors import QueryError
from warehouse.search_words import FOLDS, stems_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tantivy import Query, Schema

FIELDS = ("title", "outlet", "by")  # that can be asked for alone; by: authors and agency
QUOTES = '"“”„‟«»「」『』'
PIECE = re.compile(
    rf"\s*(?P<sign>[-+])?(?:(?P<open>\()|(?:(?P<field>{'|'.join(FIELDS)}):)?"
    rf"(?:[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]?|(?P<word>[^\s(){QUOTES}]+)))|\s*(?P<close>\))|\s+|.",
    re.IGNORECASE,
)
ALTERNATIVE = frozenset({"OR", "|"})
JOINING = ALTERNATIVE | {"AND", "NOT"}
LONGEST = 4_000  # characters of a query
MOST = 100  # words of a query
DEEPEST = 20  # groups within one another
TITLE, STEM = 1.5, 0.4  # what a match in the title, or of another form of a word, counts beside one in the text


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that are to stand side by side, as printed."""

    words: tuple[str, ...]
    field: str = "all"
    exact: bool = False  # other forms of the word do not count
    prefix: bool = False  # the last one may go on

    @property
    def folded(self) -> list[str]:
        """The words as they are compared."""
        return [FOLDS[word] for word in self.words]

    @property
    def stems(self) -> frozenset[str]:
        """Other forms of the word that count, as stems."""
        return stems_of(self.words[0]) if len(self.words) == 1 and not (self.exact or self.prefix) else frozenset()


@dataclass(frozen=True, slots=True)
class Without:
    """What must not match."""

    part: Node


@dataclass(frozen=True, slots=True)
class Every:
    """All parts are to match."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One part or more is to match."""

    parts: tuple[Node, ...]


Node: TypeAlias = Wanted | Without | Every | Either


@dataclass(slots=True)
class _Group:
    """A bracket that is open: alternatives, each of parts that are all wanted."""

    without: bool = False
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])

    def add(self, part: Node | None, *, without: bool) -> None:
        if part is not None:
            self.alternatives[-1].append(Without(part) if without else part)

    def node(self) -> Node | None:
        found = [Every(tuple(parts)) if len(parts) > 1 else parts[0] for parts in self.alternatives if parts]
        return Either(tuple(found)) if len(found) > 1 else found[0] if found else None


def parse(query: str) -> Node:
    """What a query asks for. Raises QueryError if it names nothing to find, or is longer than any that a person types."""
    if len(query) > LONGEST:
        raise QueryError(f"the search has {len(query):,} characters; at most {LONGEST:,} can be asked for at once")
    node = _read(query)
    if node is None:
        raise QueryError("there is no word to search for: letters and digits are found, signs are not")
    if not any(True for _ in wanted(node)):
        raise QueryError("the search says only what must not be there; name what to find, too")
    if sum(len(w.words) for w in wanted(node)) > MOST:
        raise QueryError(f"the search has more than {MOST} words")
    return node


def wanted(node: Node) -> Iterator[Wanted]:
    """All words and phrases that are to be found."""
    match node:
        case Wanted():
            yield node
        case Every(parts) | Either(parts):
            for part in parts:
                yield from wanted(part)


def loosened(node: Node) -> Node:
    """Any of the words and phrases that a query names, in place of all of them."""
    return Either(tuple(wanted(node)))


def compiled(node: Node, schema: Schema) -> Query:
    """A query as the index runs it."""
    from tantivy import Occur, Query  # noqa: PLC0415  only who searches pays for it

    match node:
        case Wanted():
            return _leaf(node, schema)
        case Without():
            return compiled(Every((node,)), schema)
        case Either(parts):
            return Query.boolean_query([(Occur.Should, compiled(part, schema)) for part in parts])
        case Every(parts):
            clauses = [
                (Occur.MustNot, compiled(part.part, schema))
                if isinstance(part, Without)
                else (Occur.Must, compiled(part, schema))
                for part in parts
            ]
            if all(isinstance(part, Without) for part in parts):
                clauses.append((Occur.Must, Query.const_score_query(Query.term_query(schema, "is", "article"), 0.0)))
            return Query.boolean_query(clauses)


def _leaf(leaf: Wanted, schema: Schema) -> Query:
    from tantivy import Occur, Query  # noqa: PLC0415

    def stands_in(name: str) -> Query:
        terms = leaf.folded
        if len(terms) > 1:
            return (Query.phrase_prefix_query if leaf.prefix else Query.phrase_query)(schema, name, list(terms))
        return (
            Query.regex_query(schema, name, re.escape(terms[0]) + ".*")
            if leaf.prefix
            else Query.term_query(schema, name, terms[0])
        )

    if leaf.field != "all":
        return stands_in(leaf.field)
    ways = [stands_in("all"), Query.boost_query(stands_in("title"), TITLE)]
    ways += [Query.boost_query(Query.term_query(schema, "stem", stem), STEM) for stem in sorted(leaf.stems)]
    return Query.boolean_query([(Occur.Should, way) for way in ways])


def _read(query: str) -> Node | None:
    """The pieces of a query, put together."""
    groups, without = [_Group()], False
    for piece in PIECE.finditer(query):
        without = without or piece["sign"] == "-"
        if piece["word"] in JOINING:
            if piece["word"] in ALTERNATIVE:
                groups[-1].alternatives.append([])
            without = piece["word"] == "NOT"
        elif piece["open"] and len(groups) < DEEPEST:
            groups.append(_Group(without))
            without = False
        elif piece["close"] and len(groups) > 1:
            _close(groups)
        elif piece["word"] or piece["phrase"]:
            groups[-1].add(_wanted(piece), without=without)
            without = False
    while len(groups) > 1:
        _close(groups)
    return groups[0].node()


def _close(groups: list[_Group]) -> None:
    closed = groups.pop()
    groups[-1].add(closed.node(), without=closed.without)


def _wanted(piece: re.Match[str]) -> Wanted | None:
    """The words of a piece; those that a hyphen, an apostrophe or nothing joins are to stand side by side."""
    text = piece["phrase"] or piece["word"]
    found = tuple(words(text))
    if not found:
        return None
    prefix = piece["phrase"] is None and text.endswith("*")
    return Wanted(found, (piece["field"] or "all").lower(), exact=piece["phrase"] is not None, prefix=prefix)
