"""The command about what articles say."""

from __future__ import annotations

from flows.cli_new import Item, article_of
from flows.console import Data, Json, layout_of, out, print_json

ONE = ("five_w", "extraction")  # of an article there is one of each


def explain(item: Item, data: Data = None, json: Json = False) -> None:
    """Show what an article says, marked in its text: people, organisations, places, dates, quotations and events."""
    from flows.explain import show_facts  # noqa: PLC0415
    from warehouse.query import look_up, reading  # noqa: PLC0415

    with reading(layout_of(data)) as con:
        article = article_of(con, item)
        [facts] = look_up(con, "explain", article_id=article["article_id"])
    facts = {kind: rows if rows is not None or kind in ONE else [] for kind, rows in facts.items()}
    if json:
        print_json({"article": article, **facts})
    else:
        show_facts(article, facts, out)
