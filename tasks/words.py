"""Words, as they are counted and compared."""

from __future__ import annotations

import re

SPACELESS = "぀-ヿ㐀-鿿豈-﫿฀-๿຀-໿က-႟ក-៿"  # Japanese, Chinese, Thai, Lao, Burmese, Khmer: a character counts as a word
WORD = re.compile(rf"[{SPACELESS}]|[^\W_{SPACELESS}]+(?:['’][^\W\d_{SPACELESS}]+)?")


def normal_words(text: str) -> list[str]:
    """The words of a text as they are compared: case, punctuation and the form of apostrophes do not count."""
    return WORD.findall(text.casefold().replace("’", "'"))
