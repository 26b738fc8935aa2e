"""What the tests of flows share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.newsroom import Newsroom
from tests.newsserver import NewsServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def room(data: Path) -> Iterator[Newsroom]:
    with NewsServer() as site:
        yield Newsroom(data, site)
