"""People: which names of a text are the same person's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.extract.entity_forms import Form, contains, person, same_part, slip
from tasks.extract.first_names import gender_of
from tasks.extract.name_words import ROLES, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tasks.extract.entity_words import Words

TRIED = 40  # people of one name, or of like ones, among whom a shorter name or a slip of the pen is looked for


@dataclass(slots=True, eq=False)
class Person:
    """Somebody the text names."""

    form: Form  # the fullest
    gender: str | None
    names: list[int] = field(default_factory=list)  # numbers of the names, in order


def people(words: Words, numbers: Sequence[int]) -> list[Person]:
    """The people of the names with these numbers, in the order in which they first stand."""
    made = _Made(words, numbers)
    made.full()
    made.partial()
    return sorted((p for p in made.people if p.names), key=lambda p: p.names[0])


class _Made:
    """People as they are gathered."""

    def __init__(self, words: Words, numbers: Sequence[int]) -> None:
        self.words = words
        self.forms = {n: person(words.names[n].text) for n in numbers}
        self.people: list[Person] = []
        self.options: dict[Form, list[Person]] = {}  # of forms of several parts
        self.by_part: dict[str, list[Person]] = defaultdict(list)
        self.by_begin: dict[str, list[Person]] = defaultdict(list)
        self.last: dict[str, Person] = {}  # whom a part of a name alone meant last

    def full(self) -> None:
        """Make people of the forms that are no shorter ones of others, longest first."""
        printed = (form for n, form in self.forms.items() if n not in self.words.headlines)
        rank = {form: n for n, form in enumerate(dict.fromkeys(printed))}
        for form in sorted(rank, key=lambda form: (-len(form.parts), rank[form])):
            if len(form.parts) > 1:
                self.options[form] = self._same(form) or [self._add(form)]

    def _same(self, form: Form) -> list[Person]:
        """Those whose form this may be; none for somebody new."""
        found = [p for p in self._bearing(form) if contains(p.form, form)]
        if not found:
            found = [p for p in self._alike(form.parts[-1]) if _slipped(p.form, form)][:1]
        return found

    def _bearing(self, form: Form) -> list[Person]:
        """Those who bear a part of a name."""
        return list(dict.fromkeys(p for q in form.parts for p in self.by_part[q]))

    def _add(self, form: Form) -> Person:
        made = Person(form, _gender(form))
        self.people.append(made)
        for q in dict.fromkeys((*form.parts, *(s for p in form.parts for s in p.split() if len(s) > 2), form.nickname)):
            if q and len(self.by_part[q]) < TRIED:
                self.by_part[q].append(made)
        for q in form.parts:
            if len(self.by_begin[q[:2]]) < TRIED:
                self.by_begin[q[:2]].append(made)
        return made

    def _alike(self, part: str) -> Iterable[Person]:
        return self.by_begin[part[:2]]

    def partial(self) -> None:
        """Give every name its person, in the order of the text."""
        for n, form in self.forms.items():
            found = self._meant(n, form)
            found.names.append(n)
            title = self._title(n)
            found.gender = found.gender or title

    def _meant(self, n: int, form: Form) -> Person:
        options = self.options.get(form) or (self._by_part(form) if len(form.parts) == 1 else self._within(form))
        title = self._title(n)
        fitting = [p for p in options if not (title and p.gender and p.gender != title)]
        if not fitting:
            return self._add(form)
        chosen = fitting[0] if len(fitting) == 1 else self._likeliest(form, fitting)
        self.last[form.key] = chosen
        return chosen

    def _within(self, form: Form) -> list[Person]:
        """Those whose full name, or else whose surname, is in what a headline seems to name; else those whose form it may be."""
        named = self._bearing(form)
        return (
            [p for p in named if contains(form, p.form)]
            or [p for p in named if p.form.parts[-1] in form.parts]
            or self._same(form)
        )

    def _by_part(self, form: Form) -> list[Person]:
        """Those a single word may mean: by surname rather than by first name, else by one that differs in a letter."""
        [part] = form.parts
        options = self.by_part.get(part, [])
        if form.suffix:
            options = [p for p in options if p.form.suffix in ("", form.suffix)]
        family = [p for p in options if p.form.parts[-1] == part or (p.form.parts[0] == part and gender_of(part) is None)]
        if options:
            return family or options
        return [p for p in self._alike(part) if any(slip(part, q) for q in p.form.parts)][:1]

    def _likeliest(self, form: Form, options: Sequence[Person]) -> Person:
        """Of several that a name may mean the one that it meant before, else the one named most often by then, or first."""
        before = self.last.get(form.key)
        if before is not None and before in options:
            return before
        return max(options, key=lambda p: (len(p.names), -p.names[0] if p.names else 0))

    def _title(self, n: int) -> str | None:
        """The gender that the title in front of a name tells."""
        word = self.words.low[self.words.spans[n][0] - 1]
        return TITLES.get(word) or (ROLES.get(word) if word in ROLES else None)


def _gender(form: Form) -> str | None:
    for q in form.parts[:2]:
        gender = gender_of(q)
        if gender:
            return gender
    return None


def _slipped(one: Form, other: Form) -> bool:
    """Whether two forms are the same but for one letter in one part that is no other first name."""
    if len(one.parts) != len(other.parts):
        return False
    unlike = [(p, q) for p, q in zip(one.parts, other.parts, strict=True) if not same_part(p, q)]
    return len(unlike) == 1 and slip(*unlike[0]) and not (gender_of(unlike[0][0]) and gender_of(unlike[0][1]))
