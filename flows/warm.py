"""What the process that workers are forked from loads once, so that they start in no time and share its memory."""

from __future__ import annotations

from flows import refine
from tasks.clean.language import language
from tasks.gazetteer import locate

WARMED = (refine.refine, language("The first question loads the model of languages."), locate("Nairobi"))
