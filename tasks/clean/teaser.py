"""Teasers: what feeds put around an entry's text, and whether that text is the whole story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.words import normal_words

FEED_FORMATS = frozenset({"feed", "jsonfeed", "sitemap"})


@dataclass(frozen=True, slots=True)
class Config:
    """What is too short to be a story, in words. Asking for a page in vain costs one request; a missed story costs the story."""

    brief: int = 80
    one_paragraph: int = 150
    no_longer: float = 1.1  # a page that says no more than this many times the entry's words adds nothing
    related: float = 0.5  # share of the entry's distinct words that its page must have


CONFIG = Config()

FOOTER = re.compile(
    r"""(?ix) ^(?:
      the\ post\ .{1,300}\ (?:appeared\ first|first\ appeared)\ on\ .{1,120}
    | der\ beitrag\ .{1,300}\ erschien\ zuerst\ auf\ .{1,120}
    | l['’]article\ .{1,300}\ est\ apparu\ en\ premier\ sur\ .{1,120}
    | la\ entrada\ .{1,300}\ (?:se\ publicó\ primero|aparece\ primero|apareció\ primero)\ en\ .{1,120}
    | l['’]articolo\ .{1,300}\ (?:proviene\ da|sembra\ essere\ il\ primo\ su)\ .{1,120}
    | (?:o\ post|a\ entrada)\ .{1,300}\ (?:apareceu\ primeiro\ em|aparece\ primeiro\ em)\ .{1,120}
    | het\ bericht\ .{1,300}\ (?:verscheen\ eerst\ op)\ .{1,120}
    )$"""
)
PHRASE = r"""(?:
    continue\ reading | keep\ reading | read\ (?:more|on|the\ (?:full|whole|rest|story|article))
  | (?:full|more)\ (?:story|article)
  | weiterlesen | mehr\ lesen | lire\ la\ suite | lire\ plus | seguir\ leyendo | leer\ más | sigue\ leyendo | leia\ mais
  | continua\ a\ leggere | leggi\ tutto | lees\ (?:verder|meer) | läs\ mer | les\ mer | læs\ mere
  )\b"""
MORE = re.compile(rf"(?ix) (…|\.\.\.|\])\s* {PHRASE} [^.!?\n]{{0,160}} [\s»>→…\].]* $")  # behind a text that breaks off
LINE = re.compile(rf"(?ix) [\[(«»>→\s]* {PHRASE} [^.!?\n]{{0,80}} [\s»>→…\]).]* $")  # a line of its own
MARK = re.compile(r"(?:\[\s*(?:…|\.{3}|&hellip;|\+)\s*\]|\(\s*more\s*(?:…|\.{3})?\s*\))$", re.IGNORECASE)
ELLIPSIS = re.compile(r"(?:…|\.\.\.)[\s”\"'»’]*$")
ENDING = 600  # characters of a text's end that are looked at
MOST = 20  # pieces that are taken off


def trimmed(text: str) -> tuple[str, bool]:
    """An entry's text without what the feed put below it, and whether that says that the text is not all."""
    text, cut = text.rstrip(), False
    for _ in range(MOST):
        before, last = _last(text)
        tail = text[-ENDING:]
        if FOOTER.match(last):
            text = before
        elif before and LINE.match(last):
            text, cut = before, True
        elif mark := MARK.search(tail):
            text, cut = text[: len(text) - len(tail) + mark.start()].rstrip(), True
        elif more := MORE.search(tail):  # what it stands behind stays: the next round looks at that
            text, cut = text[: len(text) - len(tail) + more.end(1)], True
        else:
            break
    return text, cut or bool(ELLIPSIS.search(text[-20:]))


def is_teaser(text: str, *, cut: bool) -> bool:
    """Whether an entry's text is probably not the whole story, so that its page is worth a request."""
    words = len(normal_words(text[:10_000]))
    return cut or words < CONFIG.brief or (words < CONFIG.one_paragraph and "\n\n" not in text)


def belongs(text: str, title: str | None, page: str, page_title: str | None) -> bool:
    """Whether a page's text is that of the entry, and not a consent wall, an error or another story."""
    known = set(normal_words(f"{title or ''} {text}"))
    if not known:
        return True
    found = set(normal_words(f"{page_title or ''} {page}"))
    return len(known & found) >= CONFIG.related * len(known)


def says_more(text: str, page: str) -> bool:
    """Whether a page's text is the better one."""
    return len(normal_words(page)) > CONFIG.no_longer * len(normal_words(text))


def _last(text: str) -> tuple[str, str]:
    """What stands before the last line, and the last line."""
    before, _, last = text.rpartition("\n")
    return before.rstrip(), last.strip()
