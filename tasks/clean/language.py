"""Which language a text is in: py3langid on its first characters, ISO 639-1 codes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

EVIDENCE = 200  # characters: accuracy .976, and longer texts do not raise it
ENOUGH = 20  # characters: below, a guess is worth less than what the publisher or the source says
STATED = 0.9  # confidence in a language that is stated and not contradicted


def language(text: str, stated: str | None = None) -> tuple[str | None, float]:
    """The ISO 639-1 code of a text's language, and how sure that is (0–1).

    `stated` is what the publisher or the source says, which holds where the text is too short to tell.
    """
    said = stated.lower().replace("_", "-").split("-")[0] if stated else None
    said = said if said and said.isalpha() and 2 <= len(said) <= 3 else None
    evidence = text[:EVIDENCE].strip()
    if len(evidence) < ENOUGH:
        return (said, STATED) if said else (None, 0.0)
    found, confidence = _identifier().classify(evidence)
    if said and said != found and confidence < STATED:
        return said, 1 - float(confidence)
    return str(found), round(float(confidence), 4)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  costs 0.2 s, and only workers need it

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
