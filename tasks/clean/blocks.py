"""Paragraphs of plain text: hard-wrapped lines joined, furniture lines off, a blank line between paragraphs."""

from __future__ import annotations

import re

WRAPPED = (55, 100)  # characters: lines that a typewriter or a terminal broke are about as long as each other
NEARLY_ALL = 0.8  # share of a block's lines, but for its last, that must be so
SHORT = 160  # characters: furniture stands on short lines
BLANK = re.compile(r"\n[ \t]*\n\s*")
LISTED = re.compile(r"^(?:[-*•–—]|\d{1,2}[.)])\s")
FURNITURE = re.compile(
    r"""(?ix) ^\W*(?:
      advertisement | advertising | sponsored(?:\ content)? | anzeige | werbung | publicité | publicidad
    | (?:read|see|watch|listen)\ (?:more|also|next)\b.{0,100} | lesen\ sie\ auch\b.{0,100} | lire\ aussi\b.{0,100}
    | (?:click|tap)\ here\b.{0,80}
    | (?:sign\ up|subscribe)\b.{0,40}\b(?:newsletter|newsletters|updates|inbox)\b.{0,60}
    | (?:share|print|email|tweet|save)(?:\ (?:this|the)\ (?:article|story|page))?
    | follow\ us\ on\b.{0,60}
    | (?:all\ rights\ reserved|alle\ rechte\ vorbehalten|tous\ droits\ réservés)\.?
    | skip\ to\ (?:main\ )?content | (?:photo|image|picture)\ gallery | story\ continues\ below.{0,40} | continue\ reading.{0,40}
    )\W*$"""
)


def paragraphs(text: str) -> str:
    """The text with a blank line between paragraphs and no furniture lines. Idempotent."""
    blocks = BLANK.split(text.strip())
    found = [p for block in blocks for p in (_joined(block) if len(blocks) > 1 else _joined(block, alone=True))]
    return "\n\n".join(p for p in found if not (len(p) <= SHORT and FURNITURE.match(p)))


def _joined(block: str, *, alone: bool = False) -> list[str]:
    """One block's paragraphs: wrapped lines are one, listed lines stay lines, other lines are paragraphs of their own."""
    lines = [line for raw in block.split("\n") if (line := raw.strip())]
    if len(lines) < 2:
        return lines
    if any(map(LISTED.match, lines)):
        return ["\n".join(lines)] if not alone else lines
    body = lines[:-1]
    even = sum(WRAPPED[0] <= len(line) <= WRAPPED[1] for line in body)
    if even >= NEARLY_ALL * len(body) and len(lines[-1]) <= WRAPPED[1]:
        return [" ".join(lines)] if not alone else _reflowed(block)
    return lines


def _reflowed(block: str) -> list[str]:
    """Wrapped lines without blank lines between paragraphs: an indented line, or one after a short line, begins a new one."""
    found: list[str] = []
    short = True
    for raw in block.split("\n"):
        line = raw.strip()
        if not line:
            continue
        if short or raw[:1] in " \t" or not found:
            found.append(line)
        else:
            found[-1] += " " + line
        short = len(line) < WRAPPED[0]
    return found
