"""Whether words were only put right: their spelling, spacing or grammar, and not what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST = 4  # words of one place
LONGEST = 40  # letters: what is longer is no word, and not compared letter by letter


def _table(lines: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(line.split()) for line in lines.splitlines() if line.strip())


# Words that are put right for each other, put in or taken out when only grammar changes: articles, and prepositions that do not
# turn the meaning round, as "to" for "from" and "for" for "against" do.
SMALL = _table("""
    a an the
    in on at of
    to
    that
    der die das den dem des
    ein eine einen einem einer eines
    im am zum zur ins ans
    le la les l
    un une des du de d
    au aux à
    el los las lo
    una unos unas
    al del
    il gli
    uno dello della dei delle nel nella
    os as um uma uns umas do da dos das
    het een
    en ett et
""")
# Words of one line are alike, but none is a misspelling of another.
FIRM = _table("""
    five fifth fifty fifteen fifteenth
    six sixth sixty sixteen sixteenth
    seven seventh seventy seventeen seventeenth
    eight eighth eighty eighteen eighteenth
    thirteen thirteenth fourteen fourteenth nineteen nineteenth
    acht achte achten
    cuatro cuarto quatro quarto
    sesenta setenta seiscientos setecientos seiscentos setecentos sesentena setentena
    junio julio junho julho juni juli
    tirsdag torsdag
    woman women
    employer employee employers employees
    prosecute persecute prosecuted persecuted prosecution persecution prosecutor persecutor
    prescribe proscribe prescribed proscribed prescription proscription
    interstate intrastate
    irani iraqi
    angenommen abgenommen
    abgelehnt angelehnt
""")
NOT = frozenset(
    """not no never nor neither none nobody nothing nowhere cannot without
    nicht nichts nie niemals niemand nirgends weder ohne kein keine keinen keinem keiner keines
    ne n pas jamais rien aucun aucune ni non sans nunca jamás nada nadie ningún ninguna ninguno sin
    mai nulla niente nessuno nessuna senza não nem ninguém nenhum nenhuma sem niet geen nooit niets niemand zonder
    inte ej aldrig ingen inget inga utan ikke aldri intet ingenting uden uten bez не нет ни без""".split()
)


def is_slight(gone: Sequence[str], new: Sequence[str]) -> bool:
    """Whether words came in the place of others without another meaning, as far as letters tell."""
    if max(len(gone), len(new)) > MOST or any(map(_has_digit, (*gone, *new))):
        return False
    if len(gone) == len(new) and all(map(_is_spelling, gone, new)):
        return True
    if sum(map(_denies, gone)) != sum(map(_denies, new)):
        return False
    if _joined(gone) == _joined(new):
        return True
    gone, new = ([word for word in words if not any(word.casefold() in group for group in SMALL)] for words in (gone, new))
    return len(gone) == len(new) and all(map(_is_spelling, gone, new))


def is_doubled(words: list[str], start: int, end: int) -> bool:
    """Whether words repeat those that stand before or behind them; numbers may do so on purpose."""
    n, run = end - start, words[start:end]
    return run in (words[max(0, start - n) : start], words[end : end + n]) and not any(map(_has_digit, run))


def _is_spelling(printed: str, other_printed: str) -> bool:
    """Whether a word is the other, misspelt, or put right in its grammar."""
    word, other = printed.casefold(), other_printed.casefold()
    if word == other or word.replace("'", "") == other.replace("'", ""):
        return True
    if _denies(word) != _denies(other) or max(len(word), len(other)) > LONGEST:
        return False
    if any(word in group and other in group for group in SMALL):
        return True
    one, two = _bare(word), _bare(other)
    if one == two or any(word in group and other in group for group in FIRM):
        return one == two
    if len(one) == len(two) and sorted(one) == sorted(two) and _distance(one, two) == 1:
        return True  # two letters changed places
    if one[0] != two[0] or min(len(one), len(two)) < 4:
        return False
    long = max(len(one), len(two))
    named = printed[0].isupper() or other_printed[0].isupper()
    distance = _distance(one, two)
    # One letter for another makes too many other words of short ones: dead and deaf, Mali and Male.
    return (distance == 1 and (len(one) != len(two) or long >= 5)) or (distance == 2 and long >= 10 and not named)


def _distance(one: str, other: str) -> int:
    """Letters put in, left out, taken for another or swapped with the next (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            step = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                step = min(step, last[j - 2] + 1)
            row.append(step)
    return row[-1]


def _bare(word: str) -> str:
    """A word without its accents."""
    return word if word.isascii() else "".join(c for c in normalize("NFKD", word) if not combining(c)) or word


def _joined(words: Sequence[str]) -> str:
    return "".join(words).casefold().replace("n't", "not")


def _denies(word: str) -> bool:
    return word.casefold() in NOT or word.casefold().endswith("n't")


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))
