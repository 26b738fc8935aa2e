"""Whether two strings say the same, whatever their case, punctuation and blanks."""

from __future__ import annotations

import re
import unicodedata

SIGNS = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """Letters and digits only, in one case and one form (NFKC): equal for strings that say the same."""
    return SIGNS.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def bare_name(name: str) -> str:
    """The same for names of papers, which are written with and without their article."""
    return bare(name.strip()[4:] if name.strip()[:4].casefold() == "the " else name)
