"""Bytes to text: which charset they are in, told by evidence and not only by what is declared.

The order is that of the WHATWG Encoding and HTML standards: a byte order mark, then UTF-8 if the bytes are valid as such
(a declaration of anything else is then wrong), then UTF-16 by its zero bytes, then what is declared, then detection.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from warehouse.errors import Refusal

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# WHATWG: pages that say Latin-1 or ASCII mean Windows-1252; the East Asian labels mean their supersets.
ALIASES = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "tis-620": "cp874",
    "x-mac-roman": "mac-roman",
    "unicode": "utf-16-le",
}
DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
DETECT = 20_000  # bytes of evidence for the detector: more is slower and no surer
REPAIR_SHARE = 0.01  # up to this share of invalid bytes, UTF-8 is damaged UTF-8 and not another charset


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of `data`; `declared` is what the transport or the format says its charset is.

    Invalid bytes become U+FFFD where the rest is sound. Raises Refusal("undecodable") for what is no text in any charset.
    """
    for mark, name in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if wide := _wide(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    several_bytes = sum(1 for c in text if c > "\x7f" and c != "�")
    if several_bytes > 4 * text.count("�") or (0 < text.count("�") <= REPAIR_SHARE * len(text) and several_bytes):
        return text
    for name in filter(None, (declared, _inside(data))):
        if (decoded := _try(data, name)) is not None:
            return decoded
    best = from_bytes(data[:DETECT]).best()
    if best is None:
        raise Refusal("undecodable", "its bytes are no text in any known charset; save it as UTF-8")
    return data.decode(best.encoding, "replace")


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of European text and of markup is zero."""
    head = data[:1024]
    if len(head) < 8 or b"\0" not in head:
        return None
    half = len(head) // 2
    if head[1::2].count(0) > 0.6 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.6 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _inside(data: bytes) -> str | None:
    """The charset that an XML declaration or a meta element states."""
    match = DECLARED.search(data[:4096])
    return match[1].decode("ascii") if match else None


def _try(data: bytes, name: str) -> str | None:
    name = name.strip().lower()
    name = ALIASES.get(name, name)
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        text = data.decode(name, "replace")
        return text if text.count("�") <= REPAIR_SHARE * len(text) else None
    except (LookupError, ValueError):  # a codec that is not of text, such as "hex"
        return None
