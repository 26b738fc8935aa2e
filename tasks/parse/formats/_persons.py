"""Names and mail addresses in one string, as RSS writes authors: "ada@example.org (Ada Moen)", "Ada Moen <ada@example.org>"."""

from __future__ import annotations

import re

# feedparser's own expression, but with top-level domains as long as there are today.
EMAIL = re.compile(
    r"[a-zA-Z0-9_.+-]+@(?:\[[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.|(?:[a-zA-Z0-9-]+\.)+)(?:[a-zA-Z]{2,24}|[0-9]{1,3})\]?(?:\?subject=\S+)?"
)
EMPTIED = re.compile(r"\(\)|<>|&lt;&gt;")


def split(author: str) -> tuple[str | None, str | None]:
    """The name and the address, None for what is not there."""
    found = EMAIL.search(author)
    if found is None:
        return author or None, None
    name = EMPTIED.sub("", author.replace(found[0], "")).strip()
    return name.removeprefix("(").removesuffix(")").strip() or None, found[0]
