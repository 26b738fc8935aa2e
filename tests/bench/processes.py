"""What a command costs with all the processes it starts, to the last: CPU seconds, wall time and peak memory.

Workers are children of a fork server, so the resource use of a command's own children leaves them out. Here the kernel counts:
this process becomes the reaper of all its descendants (prctl(2), PR_SET_CHILD_SUBREAPER), so that each of them is waited for
either by its parent, which hands its times up, or by us. Linux only.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter, sleep
from typing import TYPE_CHECKING

import psutil

from tests.conftest import ROOT, environment

if TYPE_CHECKING:
    from collections.abc import Sequence

PR_SET_CHILD_SUBREAPER = 36
EVERY_S = 0.05  # between two looks at the memory
MEGA = 1_000_000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took. Memory is 0 where it was not asked for."""

    wall_s: float  # until the command itself ended
    cpu_s: float  # user and system, all processes
    output: str
    peak_mb: float = 0.0  # PSS of all processes together at the worst moment: shared pages count once
    largest_mb: float = 0.0  # PSS of the largest process, at its own worst moment
    worker_mb: float = 0.0  # that of the largest one that the command started
    processes: int = 0  # at most, at once


def cost(command: Sequence[str | Path], *, memory: bool = False, facts: bool = False) -> Cost:
    """Run a command to the end of its last process. Raises CalledProcessError if it fails; memory costs it a little time.

    `facts`: a run of wirehouse reads them, too; they would drown everything else.
    """
    _reap_orphans()
    with TemporaryFile() as out, TemporaryFile() as err:
        started = perf_counter()
        process = subprocess.Popen(
            [str(c) for c in command], stdout=out, stderr=err, cwd=ROOT, env=bench_environment(facts=facts)
        )
        cpu_s, ended, code = 0.0, started, 0
        peak, largest, worker, most = 0.0, 0.0, 0.0, 0
        while True:
            if memory:
                each = {pid: size for pid in _descendants() if (size := _pss(pid))}
                sizes = [*each.values(), 0.0]
                worker = max([worker, *(size for pid, size in each.items() if pid != process.pid)])
                peak, largest, most = max(peak, sum(sizes)), max(largest, *sizes), max(most, len(each))
            try:
                pid, status, used = os.wait4(-1, os.WNOHANG if memory else 0)
            except ChildProcessError:
                break
            if pid == 0:
                sleep(EVERY_S)
                continue
            cpu_s += used.ru_utime + used.ru_stime
            if pid == process.pid:
                ended, code = perf_counter(), os.waitstatus_to_exitcode(status)
                process.returncode = code  # it was waited for behind its back
        out.seek(0)
        err.seek(0)
        output, trouble = out.read().decode(), err.read().decode()
    if code:
        raise subprocess.CalledProcessError(code, command, output, trouble)
    return Cost(ended - started, cpu_s, output, peak, largest, worker, most)


def wirehouse(*arguments: str | Path) -> list[str | Path]:
    """The command as a user runs it: the installed script if there is one beside this Python."""
    script = Path(sys.executable).parent / "wirehouse"
    return [*([script] if script.exists() else [sys.executable, "-m", "flows.cli"]), *arguments]


def python(code: str) -> list[str | Path]:
    """A few lines of Python as a command."""
    return [sys.executable, "-c", code]


def bench_environment(*, facts: bool = False) -> dict[str, str]:
    """That of a plain run; with compiled modules kept, as any user has them from the second run on."""
    kept = {k: v for k, v in environment().items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"WIREHOUSE_ENTITIES_ENGINE": "builtin" if facts else "none"}


def others_cpu_s() -> float:
    """CPU seconds that the machine has spent on anything but us since it started: what wall times suffered from."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, _idle, _waiting, irq, soft_irq, stolen = ticks
    ours = sum(os.times()[:4])
    return (user + nice + system + irq + soft_irq + stolen) / os.sysconf("SC_CLK_TCK") - ours


@cache
def _reap_orphans() -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_CHILD_SUBREAPER) failed")


def _descendants() -> list[int]:
    return [process.pid for process in psutil.Process().children(recursive=True)]


def _pss(pid: int) -> float:
    """A process's proportional share of memory in MB; 0 if it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024 / MEGA
    return 0.0
