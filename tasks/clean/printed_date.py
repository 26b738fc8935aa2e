"""Dates as datelines print them ("June 14", "14 juin 2026", "Thurs.", "14.06.2026"): where one stands, not what it means."""

from __future__ import annotations

import re

MONTHS = frozenset(
    """
    january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    januar jänner februar märz mai juni juli oktober dezember mrz okt dez
    janvier février fevrier mars avril juin juillet août aout septembre octobre novembre décembre decembre
    janv févr fév avr juil déc
    enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
    ene abr ago set dic
    janeiro fevereiro março marco maio junho julho setembro outubro novembro dezembro fev out
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug ott
    januari februari maart augustus mrt mei
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря янв фев мар апр июн июл авг сен окт ноя дек
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    ledna února března dubna května června července srpna září října listopadu prosince
    januára februára apríla mája júna júla augusta septembra októbra novembra decembra
    siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna studenoga studenog prosinca
    január február március április május június július augusztus szeptember október
    maj juni juli augusti oktober augusti tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta
    syyskuuta lokakuuta marraskuuta joulukuuta
    ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie
    ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
    يناير فبراير مارس أبريل ابريل مايو يونيو يوليو أغسطس اغسطس سبتمبر أكتوبر اكتوبر نوفمبر ديسمبر
    """.split()
)
WEEKDAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles miercoles jueves viernes sábado sabado domingo
    lunedì martedì mercoledì giovedì venerdì sabato domenica
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    today yesterday heute hoy oggi hoje
    """.split()
)
_YEAR = r"(?:,? ?(?:de |del |d\. )?[12]\d{3}(?!\d))?"
MONTH_DAY = re.compile(rf"([^\W\d_]{{3,10}})\.? \d{{1,2}}(?:st|nd|rd|th)?(?!\d|:\d){_YEAR}")
DAY_MONTH = re.compile(rf"\d{{1,2}}(?:\.|er|º|ª|st|nd|rd|th)? ?(?:de |di |d['’])?([^\W\d_]{{3,12}})(?![^\W\d_])(?:\.?{_YEAR})?")
FIGURES = re.compile(
    r"(?:[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:[12]\d{3}|\d{2})|\d{1,2}\.\d{1,2}\.)(?!\d)"
)
WEEKDAY = re.compile(r"([^\W\d_]{3,13}(?:-feira)?)(\.?)(?![^\W\d_])")
CLOCK = re.compile(
    r"(?:,| [|/–-])? ?(?:at |um |à |a las |às )?"
    r"\d{1,2}(?:[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?| ?uhr| ?hrs)?| ?[ap]\.?m\b\.?| uhr)"
    r"(?: ?\(?(?P<zone>GMT|UTC|CES?T|E[SD]T|C[SD]T|M[SD]T|P[SD]T|BST|IST|JST|AE[SD]T)\b\)?"
    r"| (?:ET|CT|PT|WAT|EAT|SAST|WIB|local time))?",
    re.IGNORECASE,
)
GLUE = re.compile(r",? ")


def date_at(text: str, start: int) -> int | None:
    """Where the printed date that begins at `start` ends (a weekday alone is one); None if there is none.

    A time of day behind it is not part of it.
    """
    weekday = WEEKDAY.match(text, start)
    if weekday is None or weekday[1].casefold() not in WEEKDAYS:
        return _day(text, start)
    glue = GLUE.match(text, weekday.end())
    day = _day(text, glue.end()) if glue else None
    if day is not None:
        return day
    abbreviated = weekday[2] and len(weekday[1]) <= 5
    return weekday.end() if abbreviated else weekday.end(1)


def skip_clock(text: str, start: int) -> int:
    """The end of a time of day that follows a date at `start`, or `start`."""
    clock = CLOCK.match(text, start)
    return clock.end() if clock else start


def with_zone(text: str, start: int) -> int:
    """The end of a time of day that follows a date at `start`, if its zone is printed: without one it is no moment."""
    clock = CLOCK.match(text, start)
    return clock.end() if clock and clock["zone"] else start


def _day(text: str, start: int) -> int | None:
    for pattern in (MONTH_DAY, DAY_MONTH):
        match = pattern.match(text, start)
        if match and match[1].casefold() in MONTHS:
            return match.end() - (match[0][-1] == ".")
    figures = FIGURES.match(text, start)
    return figures.end() if figures else None
