"""A package's modules are its registry: to add a format, a check or a migration, add one file."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


def modules(package: ModuleType) -> list[ModuleType]:
    """The modules that stand in a package, by name; those whose names begin with "_" are left out."""
    names = sorted(m.name for m in iter_modules(package.__path__) if not m.name.startswith("_"))
    return [import_module(f"{package.__name__}.{name}") for name in names]
