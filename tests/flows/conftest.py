"""What the tests of flows share."""

from __future__ import annotations

from shutil import copyfile
from typing import TYPE_CHECKING

import duckdb
import pytest

from tests.newsroom import Newsroom
from tests.newsserver import NewsServer
from warehouse.layout import Layout
from warehouse.migrate import migrate
from warehouse.store import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with nothing in it, as a first run makes it, which takes longer than a poll."""
    path = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    with duckdb.connect(str(path), config=SETTINGS) as con:
        migrate(con)
    return path


@pytest.fixture
def begun(data: Path, empty: Path) -> Path:
    """A data folder whose database is made already."""
    layout = Layout(data)
    layout.make()
    copyfile(empty, layout.database)
    return data


@pytest.fixture
def room(begun: Path) -> Iterator[Newsroom]:
    with NewsServer() as site:
        yield Newsroom(begun, site)
