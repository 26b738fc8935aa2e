"""Last lines about a story's author: a signature, an address to write to, a line on who it is."""

from __future__ import annotations

import re

from tasks.clean.agencies import agency, may_be_agency
from tasks.clean.bylines import PAPER
from tasks.clean.credits import Credited, agencies, names

LONGEST = 300  # characters of such a note
SHORT = 100  # and of a signature without a dash
REACH = 3_000  # characters above it in which the text may name the same person
DASHES = frozenset("—–-")
QUOTED = frozenset('"”»“’')
ENDS = QUOTED | frozenset(".!?)")

SIGNATURE = re.compile(r"[—–-]{1,2} ?([^,/()@:;]{5,50})(?:, | ?/ ?| \()([^@()\d:;]{2,40})\)?\.?")
SIGNED = re.compile(r"([^,/()@:;\d]{5,60}), ([^,@()\d:;]{2,40})")
CONTACT = re.compile(
    r"(?:follow|contact|reach|e-?mail|write to|you can (?:follow|reach|contact)) ((?-i:[A-Z])[^@:,\d]{4,50}?) (?:at|on|via|by)\b"
    r"[^\n]{0,80}(?:@\w|\d{3}-\d)",
    re.IGNORECASE,
)
REACHED = re.compile(
    r"([A-ZÀ-Þ][^@:,\d]{4,40}?) (?:can be (?:reached|contacted|followed)|tweets|ist erreichbar)\b[^\n]{0,60}(?:@\w|\d{3})"
)
ASKED = re.compile(r"To contact the (?:(reporter)s?|(editor)s?)[^:]{0,60}: ?")
NOTED = re.compile(  # "Ada Brink is a reporter with The Courier."
    r"([A-ZÀ-Þ][\w.'’-]*(?: [\w.'’-]+){1,3}?) (?:is|ist) (?:an? |the |eine? )?(?:[\w&'’.,-]+ ){0,7}?"
    r"(?:reporter|correspondent|writer|journalist|columnist|freelancer|bureau chief|producer|Korrespondent|Redakteur|Reporter|"
    r"Journalist)(?:in)?(?= (?:with|for|at|of|in|on|based|covering|and|bei|für|aus)\b|[,.]|$)"
)
TITLED = re.compile(r"[^\W\d_]{2,}\.")  # "Sgt. Udo Kern"


def author_note(text: str, start: int, end: int) -> list[Credited] | None:
    """The author whom the last line `text[start:end]` is about; None if it is body, as where the text names the same person."""
    line = text[start:end]
    if len(line) > LONGEST:
        return None
    if (asked := ASKED.match(line)) is not None:
        return [Credited("byline" if asked[1] else "editor", *span) for span in names(text, start + asked.end(), end)]
    found = _note(line)
    if found is None or (found.re in {SIGNATURE, SIGNED} and not _signs(found, text[max(0, start - REACH) : start].rstrip())):
        return None
    people = list(names(text, start + found.start(1), start + found.end(1)))
    if len(people) != 1 or TITLED.search(found[1]):
        return None
    surname = text[slice(*people[0])].rsplit(maxsplit=1)[-1]
    if surname in text[max(0, start - REACH) : start]:
        return None
    behind = start + found.end(1)
    if found.lastindex == 2 and may_be_agency(found[2]):
        return [Credited("byline", *people[0]), Credited("agency", start + found.start(2), start + found.end(2))]
    return [Credited("byline", *people[0]), *agencies(text, behind, end)[:1]]


def _note(line: str) -> re.Match[str] | None:
    """What a line says of an author: the first group holds the name, the second one of a signature the agency."""
    if line[0] in DASHES:
        return SIGNATURE.fullmatch(line)
    if "@" in line or "each" in line or line.startswith("Contact "):
        return CONTACT.match(line) or REACHED.match(line) or NOTED.match(line)
    if " is " in line or " ist " in line:
        return NOTED.match(line)
    return SIGNED.fullmatch(line) if len(line) <= SHORT and ", " in line else None


def _signs(found: re.Match[str], above: str) -> bool:
    """Whether a name with an agency or paper is the signature of the text above, and no item of a list, no quotation's source."""
    if found.re is SIGNED:
        return above[-1:] in ENDS and agency(found[2]) is not None
    listed = above[above.rfind("\n") + 1 :].lstrip()[:1] in DASHES
    known = agency(found[2]) is not None or may_be_agency(found[2]) or PAPER.search(found[2]) is not None
    return known and not listed and above[-1:] not in QUOTED
