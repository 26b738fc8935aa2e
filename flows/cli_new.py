"""The commands that tell what is new: an article's copies, its history, and the stories."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.console import Data, Json, err, layout_of, out, print_json
from warehouse.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from duckdb import DuckDBPyConnection

Item = Annotated[str, typer.Argument(metavar="ID|URL|PATH", help="An article: its article_id, its address, or its file.")]


class By(StrEnum):
    """How stories are sorted."""

    recent = "recent"
    size = "size"
    growth = "growth"


def copies(
    item: Item,
    diffs: Annotated[int, typer.Option(min=0, help="How many of them to show with what was changed.")] = 3,
    data: Data = None,
    json: Json = False,
) -> None:
    """Show an article's copies, and whose copy it is: what they share, who is credited, and what was changed."""
    from flows.new_report import show_copies  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    with reading(layout_of(data)) as con:
        article = article_of(con, item)
        rows = look_up(con, "article_copies", article_id=article["article_id"])
    if json:
        print_json({"article": article, "copies": rows})
    else:
        show_copies(article, rows, out, diffs=diffs)


def history(item: Item, data: Data = None, json: Json = False) -> None:
    """Show an article's track of changes: each version, what kind of change it was, and what was changed."""
    from flows.new_report import show_history  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    with reading(layout_of(data)) as con:
        article = article_of(con, item)
        rows = look_up(con, "article_versions", article_id=article["article_id"])
    if json:
        print_json({"article": article, "versions": rows})
    else:
        show_history(article, rows, out)


def stories(
    story: Annotated[
        str | None,
        typer.Argument(metavar="[STORY]", help="A story's id, or an article's: shows its timeline.", show_default=False),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only those with an article since then, such as 2026-06-14.", show_default=False),
    ] = None,
    by: Annotated[By, typer.Option(help="The last first, those of most outlets, or those that grow fastest.")] = By.recent,
    fewest: Annotated[int, typer.Option(min=1, help="Only those of so many articles or more.")] = 2,
    most: Annotated[int, typer.Option(min=1, help="How many to show.")] = 20,
    data: Data = None,
    json: Json = False,
) -> None:
    """List the stories (articles on the same event, across outlets), or show one's timeline."""
    from flows.new_report import show_stories, show_story  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    with reading(layout_of(data)) as con:
        if story is None:
            rows = look_up(con, "list_stories", since=day(since), by=by.value, fewest=fewest, most=most)
            print_json(rows) if json else show_stories(rows, out)
            return
        found = look_up(con, "story", story_id=story)
        if not found:
            err.print(f"No story {story} is known: wirehouse stories lists them", markup=False)
            raise typer.Exit(1)
        timeline = look_up(con, "story_timeline", story_id=found[0]["story_id"])
    if json:
        print_json({"story": found[0], "timeline": timeline})
    else:
        show_story(found[0], timeline, out)


def article_of(con: DuckDBPyConnection, item: str) -> dict[str, Any]:
    """The article that is meant. Exits with 1 if there is none, or several."""
    from flows.where import where  # noqa: PLC0415
    from warehouse.query import look_up  # noqa: PLC0415

    ids = list(dict.fromkeys(a["article_id"] for a in where(con, item)["articles"]))
    if len(ids) != 1:
        what = f"Several articles come from {item}; name one of {', '.join(ids[:8])}" if ids else f"No article is known by {item}"
        err.print(what, markup=False, soft_wrap=True)
        raise typer.Exit(1)
    [article] = look_up(con, "article", article_id=ids[0])
    return article


def day(text: str | None, option: str = "--since") -> dt.datetime | None:
    """A moment given with an option. Raises UsageError if it is none."""
    if text is None:
        return None
    from datetime import UTC, datetime  # noqa: PLC0415

    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is no date; write it as 2026-06-14 or 2026-06-14T08:30") from error
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
