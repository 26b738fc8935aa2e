"""A light parse of English: the words of a text by kind, then its phrases, one letter each.

N noun phrase, V finite verb group, I infinitive, G -ing, E bare participle or past, R participle that describes a noun,
P O p W T pronouns, y time, A brackets, Q quotation, . end of a sentence, and single words by the letters of event_words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tasks.extract.event_reading import read
from tasks.extract.event_words import verbs, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tasks.extract.structure import Span

WINDOW = 80  # chunks on either side that may belong to a sentence
_ADVERBS = "[any]*+"
_NOUNS = "KJNCvzg$"
_PHRASE = (
    rf"(?:a{{1,3}}(?=[DK])|(?=[^a]))(?:[D$]{{1,3}}(?:[aE](?=[aE]{{0,4}}[{_NOUNS}]))*+)?"
    rf"(?:[JNCvzgx]|(?<![NCvz])[K$]|(?<=[NC])K(?![KNJ$])|a(?=[JEK])|(?:(?<=[DxKJifbt.])|^)E(?=[E{_NOUNS}])"
    rf"|(?<=[DxJ])G(?=[NCvz]))*[{_NOUNS}]"
)
_CHUNK = re.compile(
    rf"(?P<y>(?<=[iq])D?y++|y++)"
    rf"|(?P<V>[m1]{_ADVERBS}(?:[ho]{_ADVERBS})?+(?:[eB]{_ADVERBS}){{0,2}}[VvEFUGg]?+"
    rf"|[h2]{_ADVERBS}(?:[eB]{_ADVERBS}){{0,2}}[VEFUGg]?+|[e3]{_ADVERBS}(?:[eB]{_ADVERBS})?+[EUGg]?+|[o4]{_ADVERBS}[VvE]?+|[FZV])"
    rf"|(?P<I>t{_ADVERBS}(?:h{_ADVERBS})?+(?:e{_ADVERBS}){{0,2}}(?:[VUEov]|(?<=[eh])|(?<=e[an]))(?!x))"
    rf"|(?P<G>H{_ADVERBS}(?:e{_ADVERBS})?+[EUFV]?+|B{_ADVERBS}[EU]?+|G)"
    rf"|(?P<N>(?!x){_PHRASE}|(?<!D)D)"
    r"|(?P<E>[EU])"
    r"|(?P<A>\([^().]{1,25}\))"
    r"|(?P<s>.)"
)
_PLURALS = words("plural")
_SAYING = words("saying") | {"see", "hear", "find", "show"}

# What a participle does: it describes a noun where "by" follows it, or another verb that can have no other subject.
_DESCRIBING = re.compile(
    r"(?<=,)E(?=,)|(?<=,a)E(?=,)|(?<=[NA,.])E(?=[ay]*b)|(?<=[.Q])E|(?<=N)E(?=(?:[ay]*[ifrt]{1,3}[ay]*[NyO]){1,8}[ay]*V)"
)
_GOVERNED = re.compile(r"(?<=[VEI])((?:[ayifrtO]|(?<=f)N)*N(?:[if]N)*)E")
_VERB = re.compile(r"(?:[^.VE])*+[VE]")
_SET_OFF = re.compile(r"(?<=,)E")
_WITH_OBJECT = re.compile(r"[ay]*[NOp]")
_SUBORDINATE = re.compile("[WTsq]")
_SUBORDINATOR = re.compile("[Tsq]")


class Group(NamedTuple):
    """Chunks in a row, from `first` up to and with `last`."""

    first: int
    last: int


@dataclass(slots=True)
class Parse:
    """A text by words and by chunks; parallel lists."""

    text: str
    spans: list[Span]
    word: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    kinds: str
    chunks: str
    first: list[int]  # of every chunk, its first word
    last: list[int]  # and the word behind it

    def words(self, chunk: int) -> list[str]:
        """The words of a chunk, in small letters."""
        return self.low[self.first[chunk] : self.last[chunk]]

    def head(self, chunk: int) -> str:
        """The last word of a chunk, in small letters."""
        return self.low[self.last[chunk] - 1]

    def shape(self, chunk: int) -> str:
        """The kinds of the words of a chunk."""
        return self.kinds[self.first[chunk] : self.last[chunk]]

    def characters(self, first: int, last: int) -> tuple[int, int]:
        """Where the chunks from `first` to `last` stand in the text."""
        return self.start[self.first[first]], self.end[self.last[last] - 1]

    def sentence(self, chunk: int) -> tuple[int, int]:
        """The chunks of a sentence as far as they matter: its first, and the full stop behind its last."""
        low = max(0, chunk - WINDOW)
        end = self.chunks.find(".", chunk, chunk + WINDOW)
        return max(low, self.chunks.rfind(".", low, chunk) + 1), end if end >= 0 else min(chunk + WINDOW, len(self.chunks) - 1)

    def words_of_sentence(self, chunk: int) -> list[str]:
        """The words of a sentence, in small letters."""
        first, end = self.sentence(chunk)
        return self.low[self.first[first] : self.first[end]]

    def span(self, at: int) -> Span:
        """The sentence that holds a character."""
        return self.spans[max(0, bisect_right(self.spans, (at, len(self.text) + 1)) - 1)]


def parse(text: str, names: Sequence[tuple[int, int]] = (), times: Iterable[tuple[int, int]] = ()) -> Parse:
    """Read a text; `names` and `times` are characters known to be a name or a date."""
    made, spans = read(text, names, times)
    kinds = _settled("".join(made.kinds), made.low)
    matches = list(_CHUNK.finditer(kinds))
    letters = "".join([m[0] if m.lastgroup == "s" else m.lastgroup or "" for m in matches])
    first = [m.start() for m in matches]
    parsed = Parse(text, spans, made.word, made.low, made.start, made.end, kinds, letters, first, [*first[1:], len(kinds)])
    parsed.chunks = _described(parsed, parsed.chunks)
    return parsed


def verb_groups(made: Parse) -> Iterator[int]:
    """The chunks that hold a verb."""
    return (m.start() for m in re.finditer("[VIGER]", made.chunks))


def base(made: Parse, chunk: int) -> str:
    """The base form of a chunk's main verb; "" for one unknown."""
    if made.kinds[made.last[chunk] - 1] in "e3B":
        return "be"
    form = verbs().get(made.head(chunk))
    return form.base if form else ""


# Verbs or nouns, by what stands beside them.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[Dfib])V"), "v"),
    (re.compile(r"(?<=[Dfib])Z"), "z"),
    (re.compile(r"(?<=[PpW])x"), "e"),  # "he's"
    (re.compile(r"(?<=T)(D?[JN]{0,3}C{1,4})v(?=[DKO])"), r"\1V"),  # "that Norway free the sailors"
    (re.compile(r"((?:P|W|(?<=[.,sTc;])p)[an]{0,3})v"), r"\1V"),
    (re.compile(r"((?:P|W|(?<=[.,sTc;])p)[an]{0,3})z"), r"\1Z"),
)
_BARE = re.compile(r"(?:^|(?<=[.,;sTqWQ]))(a{0,2}D?[KJNCx]{1,6})(?:z(?=[DKCOtp])|v(?=[DKCOp]))")
_JOINED = re.compile(r"(?<=c)v(?=[DO])")  # "to meet the king and sign a treaty"
_SINGULAR = re.compile(r"(?<=[JNK])V")  # a base form has no subject in the singular: "transport secretary"
_FLOATING = re.compile(r"(?<=[CNOKP])D(?=[ay]*[EFVZmheo1-4])")  # "they both left"
_UP_TO = re.compile(r"ri(?=[K$])")
_DOING = re.compile(r"(?<=[,ibc])g(?=[aDKOCi])|(?<=f)g(?=[DKOCt])")  # ", killing three", "accused of planning to"


def _settled(kinds: str, low: list[str]) -> str:
    """The kinds of words with those settled that what stands beside them tells."""
    for pattern, letters in _RULES:
        kinds = pattern.sub(letters, kinds)
    kinds = _BARE.sub(lambda m: _bare(low, m), kinds)
    kinds = _JOINED.sub("V", kinds)
    kinds = _SINGULAR.sub(lambda m: "V" if _is_plural(low[m.start() - 1]) else "v", kinds)
    kinds = _FLOATING.sub(lambda m: "a" if low[m.start()] in ("both", "all", "each") else "D", kinds)
    kinds = _UP_TO.sub(lambda m: "aa" if low[m.start()] == "up" else "ri", kinds)
    return _DOING.sub("G", kinds)


def _bare(low: list[str], m: re.Match[str]) -> str:
    """Words that may be a noun phrase with its verb: the verb is in the plural where its subject is."""
    verb = m[0][-1]
    return m[1] + verb.upper() if _is_plural(low[m.end() - 2]) == (verb == "v") else m[0]


def _is_plural(word: str) -> bool:
    return word in _PLURALS or word.endswith("s")


def _described(made: Parse, chunks: str) -> str:
    """The chunks with the participles that describe nouns told from verbs."""
    chunks = _DESCRIBING.sub("R", chunks)

    def governed(m: re.Match[str]) -> str:
        verb = m.start() - 1
        main = chunks[verb - 1 : verb] in ("T", "W") and not _VERB.match(chunks, m.end(), m.end() + WINDOW)
        return m[0] if main or base(made, verb) in _SAYING else m[1] + "R"

    chunks = _GOVERNED.sub(governed, chunks)
    return _SET_OFF.sub(lambda m: "E" if _is_finite(chunks, m.start()) else "R", chunks)


def _is_finite(chunks: str, at: int) -> bool:
    """Whether a participle behind a comma is the verb of its clause: the comma closes what is said of the subject."""
    low = max(0, at - WINDOW)
    sentence = chunks[max(low, chunks.rfind(".", low, at) + 1) : at - 1].rpartition(";")[2]
    if _closes(sentence) or _closes(_SUBORDINATOR.split(sentence)[-1]):
        return True
    return any(kind in "VE" for kind in sentence) and _WITH_OBJECT.match(chunks, at + 1) is not None


def _closes(clause: str) -> bool:
    """Whether a clause up to a comma is a subject and what is said of it: "Oslo's mayor, a farmer who left,"."""
    subject, comma, aside = clause.partition(",")
    verb = any(kind in "VE" for kind in subject)
    return bool(comma) and not verb and subject[-1:] in ("N", "A") and all(_only_adds(piece) for piece in aside.split(","))


def _only_adds(piece: str) -> bool:
    """Whether what stands between commas has no verb but in a subordinate clause."""
    main = _SUBORDINATE.split(piece, maxsplit=1)[0]
    return not any(kind in "VEIGPp" for kind in main)
