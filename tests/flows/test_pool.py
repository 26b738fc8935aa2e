"""A dying or stuck worker costs one item, and the order of results is that of the works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from flows.pool import Pool
from flows.refine import Refined, Work
from tasks.types import FolderSource, Payload, Reject
from tests.conftest import ROOT, Ingest, environment, query, story

if TYPE_CHECKING:
    from pathlib import Path

# What Python runs first in every process of a run: it makes some texts kill, or hold for ever, whoever cleans them.
POISON = """
import itertools, os, re, sys
class Loader:
    def find_spec(self, name, path=None, target=None):
        if name != "tasks.clean.article":
            return None
        sys.meta_path.remove(self)
        from importlib.util import find_spec
        spec = find_spec(name)
        real = spec.loader.exec_module
        def exec_module(module):
            real(module)
            clean = module.clean
            def poisoned(item, *rest):
                if "KILLER" in item.body:
                    os._exit(66)
                if "STICKY" in item.body:
                    sum(itertools.repeat(0))  # C code that never looks for signals
                if "SLOW" in item.body:
                    re.match("(a+)+$", "a" * 64 + "b")
                return clean(item, *rest)
            module.clean = poisoned
        spec.loader.exec_module = exec_module
        return spec
sys.meta_path.insert(0, Loader())
import tasks.sift
tasks.sift.LIMIT_S = 0.7
tasks.sift.sift.__kwdefaults__["limit_s"] = 0.7
"""


def test_killers_among_files_and_among_records_cost_themselves(tmp_path: Path, data: Path, process: Ingest) -> None:
    (tmp_path / "sitecustomize.py").write_text(POISON)
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(70):
        (folder / f"{n:03d}.txt").write_text(story(n) + ("\n\nKILLER" if n in (7, 60) else ""))
    lines = [{"id": n, "text": story(1000 + n) + (" KILLER" if n == 133 else "")} for n in range(300)]
    (folder / "many.jsonl").write_text("\n".join(map(json.dumps, lines)))
    run = process("ingest", folder, "--workers", 2, "--json", PYTHONPATH=f"{tmp_path}{os.pathsep}.")
    assert run.returncode == 0, run.stderr
    tally = json.loads(run.stdout)
    assert (tally["fetched"], tally["new"], tally["rejected"], tally["reasons"]) == (370, 367, 3, {"crashed": 3})
    rejects = query(data, "SELECT path, record FROM mart.rejects ORDER BY path")
    assert rejects == [("007.txt", 0), ("060.txt", 0), ("many.jsonl", 133)]
    assert query(data, "SELECT count(*) FROM ops.raw") == [(71,)], "the bytes of the killers are kept"


def test_a_parser_that_never_returns_is_stopped(tmp_path: Path, data: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(POISON)
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(9):
        (folder / f"{n:03d}.txt").write_text(story(n) + {3: "\n\nSTICKY", 7: "\n\nSLOW"}.get(n, ""))
    code = "import flows.pool; flows.pool.INLINE = 9; from flows.cli import main; main()"  # few files, and yet a worker
    typed = [sys.executable, "-c", code, "ingest", str(folder), "--workers", "1", "--json", "--data", str(data)]
    env = environment(PYTHONPATH=f"{tmp_path}{os.pathsep}.")
    run = subprocess.run(typed, capture_output=True, text=True, check=False, cwd=ROOT, env=env, timeout=120)
    tally = json.loads(run.stdout)
    assert (tally["new"], tally["rejected"], tally["reasons"]) == (7, 2, {"crashed": 1, "timeout": 1})
    assert query(data, "SELECT path FROM mart.rejects ORDER BY 1") == [("003.txt",), ("007.txt",)]


def test_results_come_in_order(tmp_path: Path) -> None:
    source = FolderSource(name="s", folder=tmp_path)
    seen = datetime(2026, 11, 1)  # noqa: DTZ001  naive UTC

    def work(n: int) -> Work:
        names = (f"{n}-{i}.txt" for i in range(1 + n % 3 * 30))
        return Work(
            {source.name: source}, tuple(Payload("s", name, f"file:{name}", story(n).encode(), "0" * 64, seen) for name in names)
        )

    def first_paths(results: list[list[Refined]]) -> list[str]:
        outcomes = [result[0].outcomes[0] for result in results]
        return [o.path if isinstance(o, Reject) else o[0].path for o in outcomes]

    for workers in (0, 2):
        with Pool(workers) as pool:
            results = [call() for call in pool.refined(work(n) for n in range(9))]
        assert first_paths(results) == [f"{n}-0.txt" for n in range(9)]
        assert [len(r) for r in results] == [1 + n % 3 * 30 for n in range(9)]
    with Pool(2) as pool:
        assert list(pool.refined(iter(()))) == []
