"""Where dates stand: one pattern over the classes of a text's tokens, one character for each token.

d 1–31         n other digits   # 1,300, 3.5     y four-figure year  Y '64      D 1990s         C 14.06.2023
2 2019/20      c 10:35          ½ half           N number word       O ordinal  a indefinite    v few, several
M month        m ambiguous one  µ short one      W weekday           w short    S season        H holiday
U unit         u plural unit    k weekend        Q quarter           h half     q Q3            l FY23      o period
P part of day  @ noon           J today          V now, recently     L last     X next          T this      Z that
R every        r daily          B early          b end, start        A about    E earlier       K later     < before
> after        G ago            F from now       I ago, in front of its number (vor, hace)      j in, in front of it
i in           f of, de         e to, until      & and               t the      g fiscal        x old       p a.m.
z time zone    % counted things
"""

from __future__ import annotations

import re
from functools import cache

NUMBER = r"(?:(?:a?vf?|a?N(?:-?N){0,4}+(?:&a½)?|d½|[dny#]|½?a|½)f?)"
COUNT = rf"(?:A?{NUMBER})"
SPAN = rf"(?:A?{NUMBER}(?:[-e&]{NUMBER})?-?u|A?(?:½?a|N(?:-?N){{0,4}}+)-?U|A?{NUMBER}-U)"  # three days, a week, five-year
REL = r"(?:T?[LXTZ])"
EARLY = r"(?:t?[BEK]-?[fi]?t?|t?b(?:ft?|-))"  # early, at the end of the, earlier in the
DAYS = r"(?![%½u]|-?U|n)"  # no day where a thing is counted: "May 12 percent"
D = "{D}"  # a day of the month: a German one may have a dot
M = r"(?:[Mm]|µ\.?)"
YEAR = r"(?:,?f?[yY](?!%))"
OF_YEAR = rf"(?:{YEAR}|f?t?{REL}U|[LX](?![UuMWSk]))"
MORE = rf"(?:(?:,{D}){{0,8}},?&|[-e])"  # to another day of the same month
NTH = rf"(?:t?{REL}Us)?t?(?:{REL}|y)?g?-?O-?"  # next year's third
WEEKDAY = r"(?:(?:W|w\.?)P?,?t?)"

# Where one can begin: most tokens are ruled out by themselves or by the next one, which is what makes the search fast.
BEGIN = r"(?=[YDCc2yMmµWwSHqlJVr@]|[tdn#NOavAUuPTLXZRBbEKIjgi½](?![_,;:()¶!?\"s]))"

GRAMMAR = (
    ("stamp", r"C|y-[dn]-d|d-d-y"),
    ("clock", r"[dNcn#]p\.?z?|[nyc]z|c|[dN]it?P|@"),
    ("listed", rf"{WEEKDAY}?(?:{M}t?{D}{MORE}t?{D}(?![Mmµ]){DAYS}{OF_YEAR}?|t?{D}{MORE}t?{D}f?{M}{OF_YEAR}?)"),
    ("date", rf"{EARLY}?{REL}?{WEEKDAY}?(?:{M}t?{D}{DAYS}{OF_YEAR}?|t?{D}f?{M}{OF_YEAR}?)"),
    ("month", rf"{EARLY}?(?:t?{REL}{M}(?:{YEAR})?|{M}{OF_YEAR}|[Mm]|µ\.)"),
    ("ordinal", r"tO(?=[.,;)])"),
    ("weekday", rf"{EARLY}?(?:t?Pf?)?(?:t?{REL}WP?|WP?[LX](?![UuMWSk])|WP?f?{REL}U|WU(?![UuWMSPkHLXf])|WP?|w\.(?!{D}))"),
    ("today", rf"{EARLY}?(?:JP?|tU[<>]J)"),
    ("part", rf"{EARLY}?(?:[TLZ]P|tXP|t?P[LX]|tP[<>])"),
    ("quarter", rf"{EARLY}?(?:{NTH}Q(?:f?(?:g?y|t?{REL}U|tU))?|q(?:f?,?y)?|yq|(?:t|t?{REL})Q(?:f?y)?|t?(?:L|y)o)"),
    ("compared", r"(?:t|a)?U-[GE](?:-?O-?)?[Qo]?|tU-?[GE](?:-?O-?)?[Qo]"),
    ("half", rf"{EARLY}?(?:(?:t?{REL}Us)?t?O-?[h½](?:f(?:y|t?{REL}?U))?)"),
    ("season", rf"{EARLY}?(?:t?{REL}S|t?S(?:,?f?[yY](?:[-/][dny])?|f?t?{REL}U|[LX](?![UuMWSk]))|t?S)"),
    ("weekend", rf"{EARLY}?(?:(?:t|t?{REL})k|t?k(?:[LX]|f{REL}U))"),
    ("holiday", rf"{EARLY}?t?(?:{REL}?H[Pk]?(?:,?f?y)?|H[LX])"),
    ("century", rf"{EARLY}?t?(?:N-)?{D}-?U|t?UO"),
    ("decade", rf"{EARLY}?t?(?:uf?t?)?D[uU]?|t?uf?t?(?:[yn]|N)(?![uU])"),
    ("fiscal", r"t?g-?U?f?y|l"),
    ("edge", rf"{EARLY}{REL}?g?U|t?U-?[Bb]"),
    ("stretch", rf"t?{REL}{COUNT}(?:[e&]{COUNT})?[Uu]|t?{NUMBER}[LX]u"),
    ("ago", rf"{SPAN}(?:&_)?G|I{SPAN}"),
    ("ahead", rf"{SPAN}(?:F|_V)|j{SPAN}"),
    ("after", rf"{SPAN}[EK<>]|tU[<>]"),
    ("whole", r"tU(?![UuMWSkGEK<>BNyLXO-])"),
    ("near", rf"{EARLY}?(?:t?{REL}g?[Uu]|t?[Uu](?:[LX]|f{REL})(?![UuMWSk]))"),
    ("each", rf"R(?:O|{NUMBER})?[UuWMSPkHQ]"),
    ("age", rf"(?:{SPAN}|[dny#N]-?U)-?x"),
    ("length", SPAN),
    ("years", r"2|y(?:[-e/&])(?:[ydn])(?![%pu]|-?U)"),
    ("year", rf"{EARLY}?(?:t?U)?y(?!%)|Y|i?t?U?N(?:-?N){{1,3}}(?!-?[uU%])"),
    ("often", r"r"),
    ("vague", r"V|tL(?=[.,;:)!?¶])"),
)  # fmt: skip


@cache
def grammar(language: str) -> re.Pattern[str]:
    """One pattern whose group is named after what was found."""
    dot = r"\.?" if language == "de" else ""
    day = f"[dO]{dot}"
    return re.compile(BEGIN + "(?:" + "|".join(f"(?P<{name}>{form.replace('{D}', day)})" for name, form in GRAMMAR) + ")")
