"""`wirehouse feeds`: the feeds and their health; adding, checking, pausing and removing them."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.console import Data, Json, layout_of, out, print_json
from warehouse.errors import UsageError, WirehouseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.types import FeedSource

feeds = typer.Typer(help="List, add, check, pause and remove feeds.", no_args_is_help=False, rich_markup_mode="rich")


class FullText(StrEnum):
    """Whether the pages of entries are fetched."""

    auto = "auto"
    feed = "feed"
    page = "page"


Names = Annotated[list[str], typer.Argument(metavar="NAME...", help="Names of feeds, or their addresses.")]
Outlet = Annotated[str | None, typer.Option(help="Who publishes.  [default: the articles' domain]", show_default=False)]
Country = Annotated[
    str | None, typer.Option(metavar="CODE", help="ISO 3166-1 code of its country, such as KE.", show_default=False)
]
Language = Annotated[
    str | None, typer.Option(metavar="CODE", help="ISO 639 code, for texts too short to tell.", show_default=False)
]
Timezone = Annotated[
    str | None,
    typer.Option(metavar="ZONE", help="IANA zone of times stated without one, such as Africa/Nairobi.", show_default=False),
]
Full = Annotated[
    FullText | None,
    typer.Option(
        "--full-text",
        help="Fetch the pages of teasers (auto), of none (feed) or of all (page).  [default: auto]",
        show_default=False,
    ),
]


@feeds.callback(
    invoke_without_command=True,
    epilog="Examples: wirehouse feeds · wirehouse feeds add https://example.org/ · wirehouse feeds import subscriptions.opml · "
    "wirehouse feeds check https://example.org/feed.xml",
)
def health(context: typer.Context, data: Data = None, json: Json = False) -> None:
    """Show every feed's health, what needs attention first."""
    if context.invoked_subcommand is not None:
        context.obj = data
        return
    from flows.feed_report import health as rows_of  # noqa: PLC0415
    from flows.feed_report import show_health  # noqa: PLC0415

    rows = rows_of(layout_of(data))
    print_json(rows) if json else show_health(rows, out)


@feeds.command(
    epilog="Examples: wirehouse feeds add https://example.org/feed.xml --outlet 'The Example' · wirehouse feeds add example.org"
)
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="A feed, a news sitemap, or a site whose feeds are looked for.")],
    name: Annotated[str | None, typer.Option(help="What to call it.  [default: by its title]", show_default=False)] = None,
    outlet: Outlet = None,
    country: Country = None,
    language: Language = None,
    timezone: Timezone = None,
    full_text: Full = None,
    check: Annotated[bool, typer.Option("--check/--no-check", help="Fetch it first, and find a site's feeds.")] = True,
    data: Data = None,
    json: Json = False,
) -> None:
    """Add a feed: fetch it, see that it is one, and write its TOML into the data folder's sources/."""
    from flows.subscriptions import add as declare  # noqa: PLC0415
    from tasks.fetch.secrets import redacted  # noqa: PLC0415

    url = _address(url)
    title, others = None, []
    if check:
        from flows.probe import probe  # noqa: PLC0415
        from flows.settings import terms  # noqa: PLC0415

        found = probe(url, terms())
        if found.trouble:
            raise WirehouseError(f"{redacted(url)} was not added: {found.trouble}. To add it all the same: --no-check")
        url, others = found.url, found.others
        title = found.feed.title if found.feed else None
    fields = {"name": name, "outlet": outlet, "country": country, "language": language, "timezone": timezone}
    path, source = declare(layout_of(data).sources, url, title, full_text=full_text.value if full_text else None, **fields)
    if json:
        print_json(
            {"name": source.name, "feed": redacted(source.feed), "file": str(path), "others": [redacted(f.url) for f in others]}
        )
        return
    out.print(f"Added {source.name}: {redacted(source.feed)}", markup=False)
    out.print(f"  {path}", markup=False, style="dim", soft_wrap=True)
    for other in others:
        out.print(
            f"  The site names another feed: {redacted(other.url)}{f' ({other.title})' if other.title else ''}", markup=False
        )
    out.print(f"Read it now: wirehouse poll {source.name}", markup=False)


@feeds.command(epilog="Examples: wirehouse feeds check https://example.org/feed.xml · wirehouse feeds check my-feed --json")
def check(
    feed: Annotated[str, typer.Argument(metavar="URL|NAME", help="An address, or a feed's name.")],
    data: Data = None,
    json: Json = False,
) -> None:
    """Fetch a feed now and show what would land. Nothing is written. Exit code 1 if it is no feed that can be read."""
    from flows.feed_report import as_object, show_probe  # noqa: PLC0415
    from flows.probe import probe  # noqa: PLC0415
    from flows.settings import terms  # noqa: PLC0415
    from flows.subscriptions import subscribed  # noqa: PLC0415

    known = {s.name: s for s in subscribed(layout_of(data).sources).values()}
    source = known.get(feed)
    found = probe(source.feed if source else _address(feed), terms(), source)
    print_json(as_object(found)) if json else show_probe(found, out)
    if found.trouble:
        raise typer.Exit(1)


@feeds.command("import", epilog="Example: wirehouse feeds import subscriptions.opml --full-text auto")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An OPML file, as every feed reader exports it; - for standard input.")
    ],
    full_text: Full = None,
    data: Data = None,
    json: Json = False,
) -> None:
    """Add all feeds of an OPML file; those that are known already are left alone."""
    from flows.subscriptions import add_all  # noqa: PLC0415
    from tasks.fetch.secrets import redacted  # noqa: PLC0415
    from tasks.parse.opml import read  # noqa: PLC0415
    from warehouse.errors import Refusal  # noqa: PLC0415

    try:
        outlines = read(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror or error}") from error
    except Refusal as refusal:
        raise UsageError(f"{file}: {refusal.detail}") from refusal
    added, left = add_all(layout_of(data).sources, outlines, full_text=full_text.value if full_text else None)
    told = [{"feed": redacted(url), "reason": redacted(why)} for url, why in left]
    if json:
        print_json({"added": [s.name for s in added], "left_out": told})
        return
    out.print(f"Added {len(added)} of {len(outlines)} feeds.", markup=False)
    for row in told:
        out.print(f"  left out: {row['feed']}: {row['reason']}", markup=False)
    if added:
        out.print("Read them now: wirehouse poll", markup=False)


@feeds.command(epilog="Example: wirehouse feeds export subscriptions.opml")
def export(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to write it.  [default: standard output]", show_default=False)
    ] = None,
    data: Data = None,
) -> None:
    """Write the feeds as OPML, for any feed reader. Credentials are left out of addresses."""
    from flows.output import piped  # noqa: PLC0415
    from flows.subscriptions import subscribed  # noqa: PLC0415
    from tasks.fetch.secrets import redacted  # noqa: PLC0415
    from tasks.parse.opml import Outline, write  # noqa: PLC0415

    outlines = [
        Outline(redacted(s.feed), s.name, None, (s.outlet,) if s.outlet else ())
        for s in subscribed(layout_of(data).sources).values()
    ]
    text = write(outlines, "Wirehouse")
    if file is None:
        with piped():
            sys.stdout.write(text)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror or error}") from error
    out.print(f"Wrote {len(outlines)} feeds to {file}.", markup=False)


@feeds.command("list")
def list_(data: Data = None, json: Json = False) -> None:
    """List the feeds that are declared, with their addresses."""
    from flows.feed_report import show_list  # noqa: PLC0415
    from flows.subscriptions import subscribed  # noqa: PLC0415
    from tasks.fetch.secrets import redacted  # noqa: PLC0415

    known = subscribed(layout_of(data).sources)
    rows = [s.model_dump(mode="json") | {"feed": redacted(s.feed), "file": str(path)} for path, s in known.items()]
    print_json(rows) if json else show_list(rows, out)


@feeds.command(epilog="Example: wirehouse feeds pause my-feed")
def pause(names: Names, data: Data = None) -> None:
    """Stop polling feeds, until they are resumed."""
    from flows.subscriptions import pause as change  # noqa: PLC0415

    _told(change(layout_of(data).sources, names, paused=True), "Paused")


@feeds.command(epilog="Example: wirehouse feeds resume my-feed")
def resume(names: Names, data: Data = None) -> None:
    """Poll feeds again that were paused."""
    from flows.subscriptions import pause as change  # noqa: PLC0415

    _told(change(layout_of(data).sources, names, paused=False), "Resumed")


@feeds.command(epilog="Example: wirehouse feeds remove my-feed")
def remove(names: Names, data: Data = None) -> None:
    """Remove feeds. What was read of them stays in the warehouse."""
    from flows.subscriptions import remove as drop  # noqa: PLC0415

    _told(drop(layout_of(data).sources, names), "Removed")


def _told(changed: Sequence[FeedSource], what: str) -> None:
    for source in changed:
        out.print(f"{what} {source.name}.", markup=False)


def _address(url: str) -> str:
    """An address as people type it."""
    from tasks.fetch.secrets import redacted  # noqa: PLC0415

    url = url.strip()
    if "://" not in url and "." in url and " " not in url:
        url = f"https://{url}"
    if not url.lower().startswith(("http://", "https://")):
        raise UsageError(f"{redacted(url)!r} is no web address: they begin with https:// or http://")
    if any(c.isspace() or ord(c) < 32 for c in url):
        raise UsageError(f"{redacted(url)!r} is no web address: there are blanks in it")
    return url
