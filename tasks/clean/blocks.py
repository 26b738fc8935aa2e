"""Paragraphs of plain text: hard-wrapped lines joined, furniture lines off, a blank line between paragraphs."""

from __future__ import annotations

import re

WRAPPED = (45, 100)  # characters: lines that a typewriter or a terminal broke end before the margin, and not far before
NEARLY_ALL = 0.8  # share of a text's broken lines that must be so, the first of a paragraph left out: a dateline was cut off it
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
    blocks = [[line for raw in block.split("\n") if (line := raw.rstrip())] for block in BLANK.split(text.strip())]
    if len(blocks) > 1:
        wrapped = _wrapped([line for lines in blocks for line in lines[1:-1]], [line for lines in blocks for line in lines[:-1]])
        found = [p for lines in blocks for p in (_joined(lines) if wrapped else _listed(lines))]
    else:
        lines = blocks[0]
        found = _reflowed(lines) if len(lines) > 5 and _wrapped(lines[1:-1], lines[:-1]) else [line.strip() for line in lines]
    return "\n\n".join(p for p in found if p and not (len(p) <= SHORT and FURNITURE.match(p)))


def _wrapped(inner: list[str], all_but_last: list[str]) -> bool:
    """Whether lines were broken at a margin: those within paragraphs are about as long as each other, and none is longer."""
    if not all_but_last or max(map(len, all_but_last)) > WRAPPED[1]:
        return False
    judged = inner or all_but_last
    return sum(len(line) >= WRAPPED[0] for line in judged) >= NEARLY_ALL * len(judged)


def _joined(lines: list[str]) -> list[str]:
    """A block of broken lines as one paragraph; listed lines stay lines."""
    if any(LISTED.match(line.strip()) for line in lines):
        return ["\n".join(line.strip() for line in lines)]
    return [" ".join(line.strip() for line in lines)]


def _listed(lines: list[str]) -> list[str]:
    """A block's lines as paragraphs; listed lines stay together."""
    bare = [line.strip() for line in lines]
    return ["\n".join(bare)] if len(bare) > 1 and any(map(LISTED.match, bare)) else bare


def _reflowed(lines: list[str]) -> list[str]:
    """Broken lines without blank lines between paragraphs: an indented line, or one after a short line, begins a new one."""
    found: list[str] = []
    short = True
    for raw in lines:
        line = raw.strip()
        if short or raw[:1] in " \t" or not found:
            found.append(line)
        else:
            found[-1] += " " + line
        short = len(line) < WRAPPED[0]
    return found
