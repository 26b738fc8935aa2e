"""Characters: mojibake repaired, entities resolved, NFC, control and invisible characters off, blanks made plain.

Typographic quotation marks and dashes stay: they are what was printed.
"""

from __future__ import annotations

import re
from html import unescape
from unicodedata import is_normalized, normalize

import ftfy

NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1 controls, but tab and newline
    "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero-width space, word joiner, byte order mark
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidi controls: they can make a text read as what it is not
    "\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0010fffe\U0010ffff"  # non-characters
    "\ud800-\udfff]"  # lone surrogates
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]")  # those that may stand inside mojibake
C1 = re.compile("[\x80-\x9f]")
MOST_REPAIRS = 5  # text that was garbled more often than that is beyond repair
BLANKS = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
ONLY_ODD_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|  ")
SUSPECT = re.compile("[ÃÂâÅÐÎæåãï][\x80-\xbf\u0152-\u2122]|[\x80-\x9f]|â€")  # UTF-8 read as Windows-1252
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def clean_text(text: str) -> str:
    """A text with sound characters; newlines are kept, every run of other blanks is one space. Idempotent."""
    plain = text.replace("\n", "").isprintable()  # no controls, no format characters, no odd blanks: most texts are so
    if not plain:
        text = _sound(text)
    elif not is_normalized("NFC", text):
        text = normalize("NFC", text)
    if not text.isascii():
        for _ in range(MOST_REPAIRS):
            if not SUSPECT.search(text) or (repaired := _sound(ftfy.fix_encoding(text))) == text:
                break
            text, plain = repaired, False
    if plain and "  " not in text:
        return text
    return BLANKS.sub(" ", text) if ONLY_ODD_BLANKS.search(text) else text


def _sound(text: str) -> str:
    """Mojibake repaired while its control characters are still there, then those off, and NFC."""
    if C1.search(text):
        text = ftfy.fix_encoding(CONTROLS.sub("", text))
    text = DROPPED.sub("", NEWLINES.sub("\n", text))
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def clean_line(text: str | None) -> str | None:
    """A headline, a name or a label as one line, entities resolved; None if nothing is left."""
    if not text:
        return None
    for _ in range(2):  # feeds escape twice
        if ENTITY.search(text) is None:
            break
        text = unescape(text)
    return " ".join(clean_text(text).split()) or None
