"""The people and agencies of a line of credits, each with what they did for the story: reported, contributed, edited."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tasks.clean.agencies import agency, agency_at
from tasks.clean.bylines import is_name
from tasks.clean.newsroom import BODIES, HONOURS, OFFICES
from tasks.gazetteer import locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tasks.types import HeadName


class Credited(NamedTuple):
    """Whom or what a credit names, and its characters."""

    name: HeadName
    start: int
    end: int


_BY = r"(?: en español por\b| (?:by|from|von|par|por|de|di|da)\b(?! la\b)| d['’])?(?: ?:)?"
# What stands before the people's names. The longest phrase of the languages first.
BEFORE = re.compile(
    r"(?<![^\W\d_])(?:(?P<contributor>"
    r"(?:(?:with )?(?:additional|further|extra|supplementary|other) (?:reporting|writing|work|research)|"
    r"with (?:reporting|assistance|contributions?|files|inputs?|help)|contributions? (?:by|from)|contributing|"
    r"research(?:ed)?|translat(?:ed|ion|ing)|graphics?|photograph(?:y|s|ed)|photos?|pictures?|video|produc(?:ed|tion)|"
    r"(?:unter )?mitarbeit|(?:zusätzliche|ergänzende) berichterstattung|übersetzt|übersetzung|fotos?|bild(?:er)?|grafik|"
    r"mit (?:material|agenturmaterial|informationen)(?: der)?|"
    r"avec (?:la contribution|la collaboration|l'aide)|avec|traduit|traduction|version française|"
    r"(?:reporte|reportería|información) adicional|con la (?:colaboración|contribución)|con reportes?|con información|"
    r"traducido|traducción|reportagem adicional|com a? ?(?:colaboração|reportagem)|com informações|traduzido|"
    rf"con la collaborazione|traduzione){_BY})"
    r"|(?P<editor>(?:(?:copy.?)?(?:edited|editing|editors?)|redigiert|redaktion(?:ell bearbeitet)?|bearbeitung|bearbeitet|"
    rf"[ée]dit[ée]e?|édition|editado|edición|edição|redazione|redactie|redaktör|редактор){_BY})"
    r"|(?P<byline>(?:reporting(?: and writing)?|reported|report|writing|written|prepared|words|story|text|texte|texto|testo|"
    r"reporters?|reportage|reporte|reportagem|bericht(?:et)?|geschrieben|verfasst|aufgezeichnet|rédigée?|rédaction|"
    r"propos recueillis|redactado|escrito|compiled|autora?|author|автор)(?: from [\w ]{2,30}?(?= by ))?"
    rf"{_BY}))(?:(?<=['’])|(?![^\W\d_]))[ ]*",
    re.IGNORECASE,
)
# What stands behind them.
_STORY = r"(?:report|story|article|reporting|dispatch|coverage|piece|file)\b"
_RECIT = r"(?:información|informe|reporte|nota|noticia|artículo|reportaje|reportagem|matéria)\b"
_PLACES = r"(?= [A-ZÀ-Þ][\w'’.-]*(?:(?:,|;)? (?:[A-ZÀ-Þ][\w'’.-]*|and|the|of|de|la|from|in|und|aus))*[.)]*$)"
BEHIND = re.compile(
    rf" (?:also )?(?:(?P<contributor>"
    rf"(?:has |have )?contributed (?:to (?:this|the|our) {_STORY}|(?:additional )?(?:reporting|research)\b"
    rf"|(?:reporting )?from{_PLACES})|(?:provided|did) (?:additional )?(?:reporting|research)\b|"
    rf"assisted (?:in|with) (?:the |this )?{_STORY}|"
    r"(?:hat|haben) (?:zu|an) diese[mr] \w+ (?:beigetragen|mitge\w+)|trug(?:en)? zu diese[mr] \w+ bei|"
    r"(?:a|ont) contribué à (?:cet|ce) \w+|"
    rf"(?:contribuy(?:ó|eron) a|contribui(?:u|ram) para|colabor(?:ó|aron) (?:en|con)) est[ea] {_RECIT}|"
    rf"colabor(?:ou|aram) (?:nest[ea]|com est[ea]) {_RECIT}|(?:ha|hanno) (?:contribuito|collaborato) a quest)|"
    rf"(?P<byline>(?:reported|reports|wrote|(?:is|are) reporting) (?:this (?:story|article|report) )?from{_PLACES}|"
    rf"(?:reported|wrote|produced) this (?:story|article|report)(?=[.)]*$| from{_PLACES})|berichtete[n]? aus{_PLACES}))",
)
NAMES = re.compile(r", | and | & | und | et | y | e | / |(?<=[a-zà-ÿ]{2})\. ")
AT = re.compile(r",? (?:in|at|from|aus|en|à|em|for|of|au) ")
WHO = re.compile(  # what stands before the names of an agency's people: "Associated Press writers", "AP staff reporter"
    r"(?:the )?(?:[\w.&'’-]+ ){0,6}?"
    r"(?:(?:writer|reporter|correspondent|journalist|producer|staffer|staff|korrespondent)(?:s|en|in)?\b,? )+|"
    r"(?:[\w.]+ ){0,2}[\w.]+['’]s |(?:mit |with |and |also, )",
    re.IGNORECASE,
)
MORE = re.compile(r"(?:,|;| and) (?:and )?([^,;]{5,80}?) from (?=[A-ZÀ-Þ])")  # "... from Oslo, and Udo Kern from Bergen"
SENTENCE = re.compile(r"(?<=[a-zà-ÿ\d][.;]) +(?=[A-ZÀ-Þ])")
NO_NAME = frozenset(HONOURS) | {"the", "a", "an", "this", "these", "our", "by", "from"}  # words that begin none in a credit
LONGEST = 500  # characters of credits in sentences


def people(text: str, start: int, end: int) -> list[Credited]:
    """Those whom credits such as "Reporting by Ada Brink in Oslo; editing by Udo Kern" name, and agencies without a role."""
    leads = list(BEFORE.finditer(text, start, end))
    found = list(agencies(text, start, leads[0].start() if leads else end))[:1]
    stops = [*(lead.start() for lead in leads[1:]), end]
    for lead, stop in zip(leads, stops, strict=False):
        named = [Credited(_kind(lead), a, b) for a, b in names(text, lead.end(), stop)]
        found += named or agencies(text, lead.end(), stop)[:1]
    return found


def sentences(text: str, start: int, end: int) -> list[Credited] | None:
    """Those whom sentences such as "Ada Brink reported from Oslo. AP writer Udo Kern contributed to this report." name.

    None if not all of them are such sentences.
    """
    if end - start > LONGEST:
        return None
    found: list[Credited] = []
    at = start
    for sentence in SENTENCE.split(text[start:end]):
        begin = text.index(sentence, at, end)
        at = begin + len(sentence)
        credited = _sentence(text, begin, at)
        if credited is None:
            return None
        found += credited
    return found


def _sentence(text: str, start: int, end: int) -> list[Credited] | None:
    lead = BEFORE.match(text, start, end)
    if lead is not None:
        return people(text, start, end) if next(names(text, lead.end(), end), None) else None
    verb = BEHIND.search(text, start, end)
    if verb is None:
        return None
    who = WHO.match(text, start, verb.start())
    begin = who.end() if who else start
    named = [Credited(_kind(verb), a, b) for a, b in names(text, begin, verb.start())]
    if not named or text[begin : named[0].start].strip(" —–-*_"):
        return None
    more = [span for others in MORE.finditer(text, verb.end(), end) for span in names(text, *others.span(1))]
    return [*agencies(text, start, begin)[:1], *named, *(Credited(_kind(verb), *span) for span in more)]


def names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The people in "Ada Brink in London, Udo Kern and Mia Holm"."""
    at, placed = start, False
    for part in re.split(f"({NAMES.pattern})", text[start:end]):
        place = AT.search(part)
        name = (part[: place.start()] if place else part).strip(" ().[];:—–-*_").removeprefix("and ")
        if _is_person(name) and not (placed and place is None and locate(name) is not None):
            begin = at + part.index(name)
            yield begin, begin + len(name)
        if part.strip(" ,&/") not in {"", "and", "und", "et", "y", "e"}:
            placed = place is not None or (placed and not is_name(name))
        at += len(part)


def agencies(text: str, start: int, end: int) -> list[Credited]:
    """The agencies that a line names, each at its first character."""
    spans: list[Credited] = []
    for word in re.finditer(r"(?<![\w.])[^\W\d_]", text[start:end]):
        at = start + word.start()
        stop = agency_at(text, at)
        if stop is not None and stop <= end and (not spans or at >= spans[-1].end):
            spans.append(Credited("agency", at, stop))
    return spans


def _is_person(name: str) -> bool:
    if not is_name(name) or agency(name) is not None:
        return False
    words = [word.casefold().strip(".") for word in name.split()]
    return words[0] not in NO_NAME and OFFICES.isdisjoint(words) and BODIES.isdisjoint(words)


def _kind(match: re.Match[str]) -> HeadName:
    kinds: tuple[HeadName, ...] = ("byline", "contributor", "editor")
    return next(kind for kind in kinds if match.groupdict().get(kind))
