"""What the prose promises, and the checks that are part of the tests."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from flows.cli import app
from tests.conftest import ROOT, environment
from warehouse.errors import REASONS
from warehouse.migrate import scripts

BIN = Path(sys.executable).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "check", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports"]], ids=" ".join
)
def test_checks(check: list[str]) -> None:
    run = subprocess.run([BIN / check[0], *check[1:]], cwd=ROOT, capture_output=True, text=True, check=False, env=environment())
    assert run.returncode == 0, run.stdout + run.stderr


def files(*suffixes: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    return [ROOT / name for name in listed if name and (not suffixes or name.endswith(suffixes)) and (ROOT / name).is_file()]


def test_the_readme_names_every_command_view_and_format() -> None:
    commands = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    missing = [c for c in commands if f"wirehouse {c}" not in README]
    missing += [v for v in scripts("mart") if f"mart.{v}" not in README]
    assert missing == []


def test_every_path_and_make_target_in_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", README)) <= targets
    for path in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / path).exists(), path


def test_the_lock_has_hashes_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert not re.search(r"https?://|--index-url|--find-links", lock)
    pinned = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", lock, re.MULTILINE)
    assert lock.count("--hash=sha256:") >= len(pinned) > 100
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = [re.split(r"[^A-Za-z0-9._-]", d)[0] for d in wanted["project"]["dependencies"] + wanted["dependency-groups"]["dev"]]
    assert [n for n in names if n.lower() not in pinned] == []


def test_every_refusal_gives_a_known_reason() -> None:
    given = {
        reason
        for path in files(".py")
        if "tests" not in path.parts
        for reason in re.findall(r"Refusal\(\s*\"(\w+)\"", path.read_text())
    }
    assert given <= REASONS.keys()
    assert len(given) > 8


def test_every_seed_story_says_that_it_is_invented() -> None:
    told = re.compile(rb"invented|erfunden|invent\xc3\xa9|inventada|\xe6\x9e\xb6\xe7\xa9\xba|Wirehouse", re.IGNORECASE)
    plain = [
        p for p in files(".txt", ".html", ".json", ".jsonl", ".csv", ".xml", ".md") if (ROOT / "seeds" / "stories") in p.parents
    ]
    silent = [p.name for p in plain if not told.search(p.read_bytes().replace(b"\0", b""))]
    assert silent == []
    assert len(plain) > 40
