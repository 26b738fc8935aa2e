"""Names in German, French, Spanish, Italian and Portuguese, by rules: rather none than a wrong one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.first_names import gender_of
from tasks.extract.name_lists import BIT, lists, town
from tasks.extract.name_reading import Reading, words_of
from tasks.extract.name_shapes import PAD, PARTICLES, SHAPES
from tasks.extract.name_tagger import Tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("de", "fr", "es", "it", "pt")
FORMS = frozenset(
    "gmbh ag kg kgaa se e.v. ev sa s.a. sas sarl sl s.l. spa s.p.a. srl s.r.l. ltda ltda. nv bv plc inc ltd".split()
)
JOINTS = PARTICLES | frozenset("y e d' d’ l' l’ dell' dell’ dei delle degli della dello nazionale nationale für".split())
LONGEST_NAME, LONGEST_BODY = 4, 7  # words
TITLED, NAMED, AGAIN, KNOWN, FORMED, COUNTRY, CITY, TOWN = 0.85, 0.75, 0.7, 0.85, 0.8, 0.9, 0.75, 0.6  # confidence
_PERSON = BIT["first"] | BIT["surname"]


class Words(NamedTuple):
    """The words of a language by what they tell."""

    title: frozenset[str]
    near: frozenset[str]
    article: frozenset[str]
    head: frozenset[str]
    common: frozenset[str]
    bodies: dict[str, list[tuple[str, ...]]]  # the words of known bodies by their first one, the longest first


def by_rule(text: str, language: str) -> tuple[Reading, list[Tagged]]:
    """The names of a text in one of LANGUAGES, in order and apart, as words of a reading."""
    made, known = words_of(text, language), _words(language)
    taken: dict[int, Tagged] = {}
    for finder in (_bodies, _people, _places, _again):
        for name in finder(made, known, taken):
            if not any(i in taken for i in range(name.first, name.last)):
                taken |= dict.fromkeys(range(name.first, name.last), name)
    return made, sorted(set(taken.values()))


@cache
def _words(language: str) -> Words:
    classes: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (files("tasks.extract") / "data" / "names_other.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line[1:-1]
            current = classes.setdefault(kind[3:], []) if kind[:2] == language else []
        elif not line.startswith("#"):
            current += filter(None, line.split(";"))
    bodies: dict[str, list[tuple[str, ...]]] = {}
    for body in sorted(classes["body"], key=lambda body: -len(body.split())):
        first, *rest = body.replace("d'", "d' ").replace("d’", "d’ ").replace("/", " / ").split()
        bodies.setdefault(first, []).append(tuple(rest))
    title, near, article, head, common = (frozenset(classes[name]) for name in ("title", "near", "article", "head", "common"))
    return Words(title, near, article, head, common, bodies)


def _bodies(made: Reading, known: Words, _: dict[int, Tagged]) -> Iterator[Tagged]:
    """Known bodies; firms by their legal form; "Universität Leipzig", "Ministerio de Hacienda"."""
    for first, last in made.stretches:
        for i in range(first, last):
            if not made.info[i].cap or _shouted(made, i):
                continue
            if end := _known_body(made, known, i):
                yield Tagged(i, end, "O", KNOWN)
            elif made.info[i].key in FORMS and i > first and (begin := _begin_of_firm(made, known, i, first)) < i:
                yield Tagged(begin, i + 1, "O", FORMED)
            elif made.info[i].key in known.head and (end := _end_of_body(made, known, i, last)) > i + 1:
                yield Tagged(i, end, "O", FORMED)


def _known_body(made: Reading, known: Words, i: int) -> int:
    """The end of the known body that begins with word `i`; 0 if none does."""
    begins = made.word[i - 1] == PAD and made.info[i].shape != SHAPES["CAPS"]  # there "Podemos" may be a verb
    for rest in () if begins else known.bodies.get(made.word[i], ()):
        if tuple(made.word[i + 1 : i + 1 + len(rest)]) == rest:
            return i + 1 + len(rest)
    named = lists().names.get(made.word[i], 0)
    acronym = made.info[i].shape == SHAPES["CAPS"] and named & (BIT["org"] | BIT["party"] | BIT["media"])
    return i + 1 if acronym and not named & BIT["area"] else 0


def _begin_of_firm(made: Reading, known: Words, form: int, first: int) -> int:
    begin = form
    while (
        begin > first
        and made.info[begin - 1].cap
        and made.info[begin - 1].key not in known.common
        and form - begin < LONGEST_NAME
    ):
        begin -= 1
    return begin


def _end_of_body(made: Reading, known: Words, head: int, last: int) -> int:
    """The end of a body's name: words with capitals over joints."""
    end = i = head + 1
    if made.info[i].cap and not known.article:  # German alone has no preposition there
        return head
    while i < last and i - head < LONGEST_BODY and not _is_first_name(made, i):
        if made.info[i].cap and made.info[i].key not in known.common:
            end = i + 1
        elif made.word[i] not in JOINTS:
            break
        i += 1
    return end


def _people(made: Reading, known: Words, taken: dict[int, Tagged]) -> Iterator[Tagged]:
    """A name behind a title, or a first name with a surname."""
    for first, last in made.stretches:
        i = first
        while i < last:
            end = _end_of_person(made, known, taken, i, last)
            titled = made.info[i - 1].key in known.title
            begun = _is_first_name(made, i) and made.info[i].key not in known.common
            if end > i + 1 and begun and _is_surname(made, end - 1):
                yield Tagged(i, end, "P", TITLED if titled else NAMED)
            elif end > i and titled and not town(made.word[i]) and not made.info[i].bits & BIT["org-noun"]:
                yield Tagged(i, end, "P", TITLED)
            else:
                end = i + 1
            i = end


def _end_of_person(made: Reading, known: Words, taken: dict[int, Tagged], first: int, last: int) -> int:
    """The end of words that may be a person's name; `first` if none may."""
    end = i = first
    while i < last and i - first < LONGEST_NAME + 2:
        info = made.info[i]
        if i in taken or (info.cap and (info.key in known.common or info.key in known.title or _shouted(made, i))):
            break
        if info.cap:
            end = i + 1
        elif i == first or made.word[i] not in PARTICLES:
            break
        i += 1
    return end


def _is_first_name(made: Reading, i: int) -> bool:
    info = made.info[i]
    return info.cap and (info.bits & BIT["first"] != 0 or gender_of(info.key) is not None)


def _is_surname(made: Reading, i: int) -> bool:
    """Whether the last word of a name may be a surname: in German, towns and nouns have capitals too."""
    info = made.info[i]
    return bool(info.bits & _PERSON) or (town(made.word[i]) in {0, 1} and not info.bits & (BIT["org-noun"] | BIT["demonym"]))


def _places(made: Reading, known: Words, taken: dict[int, Tagged]) -> Iterator[Tagged]:
    """Countries and towns of the gazetteer: small ones only behind a preposition, none behind an article."""
    for first, last in made.stretches:
        for i in range(first, last):
            info = made.info[i]
            if i in taken or not info.cap or _shouted(made, i):
                continue
            for length in (3, 2) if info.key in known.common else (3, 2, 1):
                end = i + length
                if end > last or any(k in taken or not made.info[k].cap for k in range(i, end)):
                    continue
                if sure := _place(made, known, i, end):
                    yield Tagged(i, end, "L", sure)
                    break


def _place(made: Reading, known: Words, first: int, last: int) -> float:
    """How sure it is that words name a place; 0 if they do not."""
    size = town(" ".join(made.word[first:last]))
    short = last - first == 1 and len(made.word[first]) < 4
    if not size or (short and size != 4) or (last < len(made.word) and made.info[last].cap and size < 3):
        return 0.0
    if size == 4:
        return COUNTRY
    before = made.word[first - 1].lower()
    if before in known.article or (made.info[first].bits & _PERSON and size in {1, 6}):
        return 0.0
    near = before in known.near
    if size == 3:
        return CITY if near or made.word[first - 1] != PAD else 0.0
    if not near:
        return 0.0
    return TOWN if size in {1, 6} else CITY


def _again(made: Reading, known: Words, taken: dict[int, Tagged]) -> Iterator[Tagged]:
    """The surnames of people who are named in full."""
    surnames = {made.word[name.last - 1] for name in taken.values() if name.kind == "P"}
    for i in made.places:
        free = i not in taken and made.word[i] in surnames and made.word[i - 1].lower() not in known.article
        if free and not town(made.word[i]) and not made.info[i + 1].cap:
            yield Tagged(i, i + 1, "P", AGAIN)


def _shouted(made: Reading, i: int) -> bool:
    """Whether a word stands among others in capitals, as in a headline."""
    caps = SHAPES["CAPS"]
    return made.info[i].shape == caps and caps in {made.info[i - 1].shape, made.info[i + 1].shape}
