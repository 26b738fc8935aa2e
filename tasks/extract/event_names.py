"""The names that stand in a text, each with the fullest form: as an entity recogniser gave them, else by their capitals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tasks.extract.event_words import words
from tasks.extract.first_names import gender_of
from tasks.extract.name_words import BREAKS, GROUPS, ROLES, TITLES, is_office, is_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.extract.event_chunks import Parse
    from tasks.extract.records import Entity, Name

Sort = Literal["person", "body", "place", "name", "human", "thing"]
"""What a party is; "name" is one of the first three, "human" somebody without a name."""

_SORTS: dict[str, Sort] = {"PERSON": "person", "ORGANIZATION": "body", "PLACE": "place"}
_HUMAN = words("human") | words("quantity")


class Known(NamedTuple):
    """A name where it stands."""

    start: int
    end: int
    name: str  # in full
    sort: Sort
    gender: str | None


def known_names(made: Parse, names: Sequence[Name], entities: Sequence[Entity]) -> list[Known]:
    """The names of a text in order."""
    if entities:
        return sorted(
            Known(mention.start, mention.end, entity.name, _SORTS[entity.kind], _gender(entity.name, entity.kind))
            for entity in entities
            for mention in entity.mentions
        )
    return sorted(_given(names) if names else _by_capitals(made))


def is_human(head: str) -> bool:
    """Whether a noun says what people are."""
    return head in _HUMAN or is_role(head) or (head.endswith("s") and is_role(head[:-1]))


def _gender(name: str, kind: str) -> str | None:
    return gender_of(name.partition(" ")[0].lower()) if kind == "PERSON" else None


def _given(names: Sequence[Name]) -> Iterator[Known]:
    """Names as they are, surnames as the full name that the text prints somewhere."""
    full = {n.text.rpartition(" ")[2]: n.text for n in reversed(names) if n.kind == "PERSON" and " " in n.text}
    for n in names:
        name = full.get(n.text, n.text) if n.kind == "PERSON" else n.text
        yield Known(n.start, n.end, name, _SORTS[n.kind], _gender(name, n.kind))


def _by_capitals(made: Parse) -> Iterator[Known]:
    """Names by their looks."""
    found = [run for chunk in range(len(made.chunks)) if (run := _run(made, chunk)) is not None]
    full = {made.low[last - 1]: (first, last, gender) for first, last, sort, gender in reversed(found) if sort == "person"}
    for first, last, sort, gender in found:
        a, b, same = first, last, gender
        if last - first == 1 and made.low[first] in full:
            (a, b, same), sort = full[made.low[first]], "person"  # noqa: PLW2901  a surname
        name = made.text[made.start[a] : made.end[b - 1]]
        yield Known(made.start[first], made.end[last - 1], name, sort, same if sort == "person" else None)


def _run(made: Parse, chunk: int) -> tuple[int, int, Sort, str | None] | None:
    """The words with capitals that end a noun phrase, behind a title if one leads; what they name, and a person's gender."""
    low = made.low
    first, last = made.first[chunk], made.last[chunk]
    if made.chunks[chunk] != "N" or made.kinds[last - 1] != "C":
        return None
    begin = last
    while begin > first and made.kinds[begin - 1] == "C":
        begin -= 1
    title = next((i for i in range(last - 1, begin - 1, -1) if is_office(low[i])), -1)
    if title == last - 1:
        return None
    start = title + 1 if title >= 0 else begin
    led = title >= 0 or (begin > first and is_role(low[begin - 1]))
    while start < last - 1 and low[start] in BREAKS and (led or gender_of(low[last - 2])):
        start += 1
    alone = last - start == 1
    if (low[last - 1] in BREAKS and not led) or (alone and is_human(low[start])):
        return None
    gender = gender_of(low[start])
    if not GROUPS.isdisjoint(low[start:last]):
        return start, last, "body", None
    if not led and (gender is None or alone):
        return start, last, "name", None
    told = TITLES.get(low[title]) or ROLES.get(low[title]) if title >= 0 else None
    return start, last, "person", gender or told
