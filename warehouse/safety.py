"""Before an old warehouse is brought to this version: a copy of it, in case the new version is not to one's liking."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from warehouse.migrate import missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection

    from warehouse.layout import Layout

LONG = 256 << 20  # bytes of a database from which on migrating may take more than a few seconds


def before_migrating(con: DuckDBPyConnection, layout: Layout, say: Callable[[str], None] | None) -> None:
    """Keep a copy as live/before-NNNN.duckdb, NNNN the first migration to come, if there is room; `maintain` removes it."""
    names = missing(con)
    if not names:
        return
    size = layout.database.stat().st_size
    if say is not None and size > LONG:
        say(f"{layout.database} was written by an earlier Wirehouse and is being brought to this version: this may take minutes")
    copy = layout.live / f"before-{names[0][:4]}.duckdb"
    if copy.exists():  # a migration that did not get through: what was before it counts
        return
    if shutil.disk_usage(layout.live).free < 3 * size:
        if say is not None:
            say(f"There is no room for a copy of {layout.database} before it is brought to this version; going on without")
        return
    con.execute("CHECKPOINT")
    draft = copy.with_suffix(".part")
    shutil.copyfile(layout.database, draft)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.rename(copy)
