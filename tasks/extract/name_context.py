"""What stands around a word and what the rest of the text tells about it, as small numbers, of which templates make features."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from tasks.extract.name_lists import BIT, CLASSES, lists, town
from tasks.extract.name_reading import LINKS, Reading, words_of
from tasks.extract.name_shapes import LEX, SHAPES

if TYPE_CHECKING:
    from collections.abc import Sequence

Template: TypeAlias = tuple[tuple[str, int], ...]  # columns and the offsets at which they are looked at
HEADLINE, TITLED, SHORT = 1, 2, 3  # lines in capitals, lines of words with capitals, lines without a stop
PERSON_LIKE, BODY_LIKE, PLACE_LIKE, OTHER = 2, 3, 4, 1  # what a longer name looks like
ACTS, LIES, SHORTENS = 1, 2, 4  # what is done with a word elsewhere: it speaks, one is in it, it follows a name in brackets
TOWN, COUNTRY = len(CLASSES), len(CLASSES) + 1  # kinds of phrases beside the classes
PHRASE = {bit: number for number, bit in enumerate(BIT.values())}
SIZES = {
    **dict.fromkeys("lex first_lex last_lex left_lex right_lex".split(), len(LEX)),
    "shape": len(SHAPES),
    "begins": 3,
    "line": 4,
    "phrase": 1 + 3 * (len(CLASSES) + 2),
    "run": 5,
    "seen": 6,
    "tail": 5,
    "head": 5,
    "done": 8,
}
WIDE = frozenset({"lex", "shape"})  # columns that every word has; the others belong to words of stretches
TEMPLATES: tuple[Template, ...] = tuple(
    tuple((name, int(offset or 0)) for name, _, offset in (part.partition("@") for part in line.split()))
    for line in """
        lex begins
        lex@-1 lex
        lex lex@1
        lex@-1 lex lex@1
        lex@-2 lex@-1 lex
        lex lex@1 lex@2
        lex@-2
        lex@2
        lex@-3
        lex@3
        shape@-1 shape shape@1
        shape shape@1 shape@2
        shape@-2 shape@-1 shape
        begins seen shape
        line shape begins
        line lex
        phrase
        phrase run
        run lex
        run first_lex last_lex
        run last_lex
        run first_lex
        run left_lex
        run right_lex
        left_lex last_lex run
        right_lex last_lex run
        left_lex right_lex
        tail run
        head run
        tail head run
        done run
        done tail head
        seen lex
    """.strip().splitlines()
)
_LETTERS = frozenset(SHAPES[name] for name in "lower Cap CAPS mixed hyphen".split())
_OPENERS = frozenset(LEX[name] for name in "quote open dash mark".split())
_ASIDE = frozenset(LEX[name] for name in "quote open dash".split())
_NO_TOWN = frozenset(LEX[name] for name in "first title weak time demonym initial".split())
_PERSONAL = frozenset(LEX[name] for name in "first firstsur initial".split())
_STOPS = frozenset(".?!\"”''’)")


def read(text: str, language: str | None = "en") -> Reading:
    """A text with all that is known of its words before the recogniser decides."""
    made = words_of(text, language)
    made.phrase = [0] * len(made.word)
    made.line = [0] * len(made.word)
    for first, last in made.sentences:
        _look_at_sentence(made, first, last)
    _find_phrases(made)
    for first, last in made.stretches:
        _find_runs(made, first, last)
    _find_towns(made)
    _fill(made, _Elsewhere(made))
    return made


def size_of(template: Template) -> int:
    """How many values a template has."""
    product = 1
    for name, _ in template:
        product *= SIZES[name]
    return product


def _look_at_sentence(made: Reading, first: int, last: int) -> None:
    """Where a sentence begins, and whether it is a headline."""
    word, info = made.word, made.info
    begin = next((i for i in range(first, last) if info[i].lex not in _OPENERS), None)
    if begin is not None:
        made.begins.add(begin)
    words = [i for i in range(first, last) if info[i].shape in _LETTERS]
    caps = sum(info[i].cap for i in words)
    shouted = sum(info[i].shape == SHAPES["CAPS"] and len(word[i]) > 1 for i in words)
    kind = 0
    if len(words) >= 3 and shouted > 0.7 * len(words):
        kind = HEADLINE
    elif len(words) >= 4 and caps > 0.65 * len(words):
        kind = TITLED
    elif len(words) < 16 and word[last - 1] not in _STOPS:
        kind = SHORT
    if kind:
        made.line[first:last] = [kind] * (last - first)


def _find_phrases(made: Reading) -> None:
    word, info, phrase = made.word, made.info, made.phrase
    known = lists().phrases
    for i in made.places:
        options = known.get(word[i]) or known.get(info[i].key)
        if not options or phrase[i]:
            continue
        for rest, bit in options:
            end = i + 1 + len(rest)
            behind = [w.replace("’", "'") for w in word[i + 1 : end]]
            if tuple(behind) == rest or tuple(w.lower() for w in behind) == rest:
                _mark(phrase, i, end, PHRASE[bit])
                break


def _mark(phrase: list[int], first: int, last: int, kind: int) -> None:
    """Number the words of a phrase: its first, those within it, its last."""
    value = 1 + 3 * kind
    phrase[first:last] = [value, *[value + 1] * (last - first - 2), value + 2]


def _find_runs(made: Reading, first: int, last: int) -> None:
    """Words with capitals in a row; a common word that begins the sentence stands alone."""
    word, info = made.word, made.info
    i = first
    while i < last:
        if not info[i].cap:
            i += 1
            continue
        end = i + 1
        while end < last and (info[end].cap or (word[end] in LINKS and _leads_on(made, end, last))):
            end += 1
        begun = i
        if begun in made.begins and end - begun > 1 and info[begun].bits & BIT["weak"]:
            made.runs.append((begun, begun + 1))
            begun += 1
        made.runs.append((begun, end))
        i = end


def _leads_on(made: Reading, i: int, last: int) -> bool:
    """Whether a particle leads on to a word with a capital: "de", "de la"."""
    behind = i + 2 if i + 1 < last and made.word[i + 1] in LINKS else i + 1
    return behind < last and made.info[behind].cap


def _find_towns(made: Reading) -> None:
    """Towns and regions of two and three words."""
    word, info, phrase = made.word, made.info, made.phrase
    for first, last in made.runs:
        i = first
        while i < last - 1:
            longest = 0 if phrase[i] or info[i].lex in _NO_TOWN else min(3, last - i)
            for length in range(longest, 1, -1):
                if size := town(" ".join(word[i : i + length])):
                    _mark(phrase, i, i + length, COUNTRY if size in {4, 5} else TOWN)
                    i += length - 1
                    break
            i += 1


class _Elsewhere:
    """What each word is in the rest of the text, by the word in small letters."""

    def __init__(self, made: Reading) -> None:
        self.small = {word for word, info in zip(made.word, made.info, strict=True) if info.shape == SHAPES["lower"]}
        self.middle: dict[str, int] = defaultdict(int)  # times that it stands with a capital within a sentence
        self.heads: dict[str, int] = defaultdict(int)  # the longer name it begins
        self.tails: dict[str, int] = defaultdict(int)  # the longer name it ends
        self.done: dict[str, int] = defaultdict(int)
        for first, last in made.runs:
            if made.line[first] not in {HEADLINE, TITLED}:
                self._note(made, first, last)

    def _note(self, made: Reading, first: int, last: int) -> None:
        info = made.info
        if first not in made.begins:
            for i in range(first, last):
                self.middle[info[i].key] += 1
        key = info[last - 1].key
        if last - first > 1:
            kind = _looks(made, first, last)
            self.tails[key] = max(self.tails[key], kind)
            for i in range(first, last - 1):
                self.heads[info[i].key] = max(self.heads[info[i].key], kind)
            if info[first].lex == LEX["title"]:
                self.done[key] |= ACTS
        if info[last - 1].lex == LEX["title"]:
            return
        if info[last].bits & BIT["said"]:
            self.done[key] |= ACTS
        if info[last].lex == LEX["open"] and info[last + 1].shape == SHAPES["CAPS"]:
            self.done[info[last + 1].key] |= SHORTENS
        if last - first == 1 and made.word[first - 1] in {"in", "near"}:
            self.done[key] |= LIES


def _looks(made: Reading, first: int, last: int) -> int:
    """What a name of several words looks like."""
    info = made.info
    if info[last - 1].lex == LEX["suffix"] or any(word.bits & BIT["org-noun"] for word in info[first:last]):
        return BODY_LIKE
    if info[last - 1].lex in {LEX["placenoun"], LEX["sitenoun"]}:
        return PLACE_LIKE
    if info[first].lex in _PERSONAL or (last - first > 2 and info[first + 1].lex == LEX["initial"]):
        return PERSON_LIKE
    return OTHER


def _fill(made: Reading, elsewhere: _Elsewhere) -> None:
    """The columns of the words of stretches."""
    info, line = made.info, made.line
    run_of = {i: run for run in made.runs for i in range(*run)}
    rows: list[Sequence[int]] = []
    near: list[Sequence[int]] = []
    for begun, ended in made.stretches:
        for i in range(begun, ended):
            word = info[i]
            key = word.key
            begins = 1 if i in made.begins else 2 if info[i - 1].lex in _ASIDE else 0
            aside = begins == 1 or line[i] in {HEADLINE, TITLED}
            times = min(2, max(0, elsewhere.middle.get(key, 0) - (not aside)))
            seen = (key in elsewhere.small) + 2 * times
            run = run_of.get(i)
            first, last = run or (begun, ended)
            rows.append(
                (
                    begins,
                    line[i],
                    made.phrase[i],
                    _place_in(i, first, last) if run else 0,
                    seen,
                    elsewhere.tails.get(key, 0) if word.cap else 0,
                    elsewhere.heads.get(key, 0) if word.cap else 0,
                    elsewhere.done.get(key, 0),
                    info[first].lex if run else 0,
                    info[last - 1].lex if run else 0,
                    info[first - 1].lex,
                    info[last].lex,
                )
            )
            near.append(
                (
                    first - 1 if first < i else 0,
                    last if last > i + 1 else 0,
                    last - 1 if run and last - 1 > i else 0,
                    first if run and first < i else 0,
                )
            )
    names = "begins line phrase run seen tail head done first_lex last_lex left_lex right_lex".split()
    made.columns = {name: list(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)} if rows else {}
    made.around = {name: list(column) for name, column in zip("LRZA", zip(*near, strict=True), strict=True)} if near else {}


def _place_in(i: int, first: int, last: int) -> int:
    """Where a word stands in its run: alone, first, within, last."""
    if last - first == 1:
        return 1
    return 2 if i == first else 4 if i == last - 1 else 3
