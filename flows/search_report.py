"""What people are told of a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.padding import Padding
from rich.text import Text

from flows.diff import HIDDEN

if TYPE_CHECKING:
    from rich.console import Console

    from flows.search import Results

Row = dict[str, Any]
MARK = "bold yellow"
BEHIND = "The newest articles are not in the search index yet: the next publication adds them."
FIRST = {"relevance": "the best", "recent": "the best of late", "date": "the newest"}


def show_hits(found: Results, console: Console) -> None:
    """Each article with its passage, matches in bold, and how many there are in all."""
    for row in found.results:
        console.print(_marked(row["title"] or "Without a headline", row["title_matches"], 0, "bold"), soft_wrap=True)
        console.print(_from(row), highlight=False, soft_wrap=True)
        passage = _marked(_flat(row["snippet"]), row["matches"], row["snippet_start"], "")
        shown = Text("… " if row["snippet_start"] else "").append_text(passage).append(" …" if row["cut"] else "")
        if console.is_terminal:
            console.print(Padding(shown, (0, 0, 1, 2)))
        else:
            console.print(f"  {shown.plain}\n", markup=False, soft_wrap=True)
    console.print(_summary(found), style="dim", markup=False)
    if found.behind:
        console.print(BEHIND, style="dim")


def show_nothing(found: Results, console: Console) -> None:
    """Why nothing was found, as far as that can be told."""
    said = [f"Nothing is found by {found.asked.query}."]
    for word, alike in found.unknown:
        said.append(f"No article has the word {word}" + (f"; did you mean {' or '.join(alike)}?" if alike else "."))
    if found.anywhere:
        said.append(f"Without the options, {_articles(found.anywhere)} would be.")
    elif found.any_word and len(found.asked.query.split()) > 1:
        said.append(f"Some of it is found in {_articles(found.any_word)}: put OR between the words.")
    if found.behind:
        said.append(BEHIND)
    for line in said:
        console.print(HIDDEN.sub("\ufffd", line), markup=False, soft_wrap=True)


def as_object(found: Results) -> Row:
    """For scripts. Characters count from 0, the end is exclusive: of the article's text, or of its title."""
    results = [{k: v for k, v in row.items() if k != "cut"} for row in found.results]
    return {"query": found.asked.query, "total": found.total, "shown": len(results), "behind": found.behind, "results": results}


def _from(row: Row) -> str:
    at = row["published_at"] or row["sort_at"]
    day = f"{at:%Y-%m-%d}" if row["published_precision"] not in {"second", "minute"} else f"{at:%Y-%m-%d %H:%M}"
    seen = "" if row["published_at"] else "first seen "
    state = "" if row["state"] == "live" else f"  [red]{row['state']}[/]"
    copies = f"  and {row['copies']:,} more cop{'y' if row['copies'] == 1 else 'ies'}" if row["copies"] else ""
    score = "" if row["score"] is None else f"  {row['score']:.1f}"
    return f"  {seen}{day}  [cyan]{escape(HIDDEN.sub(chr(0xFFFD), row['outlet']))}[/]  {row['article_id']}{score}{copies}{state}"


def _summary(found: Results) -> str:
    shown, folded = len(found.results), found.asked.folded and any(row["copies"] for row in found.results)
    if found.total <= shown:
        return f"{_articles(found.total)}."
    if shown < found.asked.most:
        return f"{_articles(found.total)}, copies folded: --copies shows all."
    return (
        f"{_articles(found.total)} match, {FIRST[found.asked.by]} {shown:,} shown{', copies folded' * folded}; --most shows more."
    )


def _articles(n: int) -> str:
    return f"{n:,} article{'' if n == 1 else 's'}"


def _marked(text: str, matches: list[Row], start: int, style: str) -> Text:
    """A text that begins at a character of the article's, with its matches."""
    shown = Text(HIDDEN.sub("\ufffd", text), style=style)  # as many characters as before
    for match in matches:
        if match["end_char"] > start and match["start_char"] < start + len(text):
            shown.stylize(MARK, max(0, match["start_char"] - start), match["end_char"] - start)
    return shown


def _flat(text: str) -> str:
    """On one line, as many characters as before."""
    return "".join(" " if c.isspace() else c for c in text)
