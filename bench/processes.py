"""Runs commands as whole processes in turn, and keeps what each cost."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """What one run cost: wall and processor time in seconds, peak memory in MiB."""

    wall: float
    cpu: float
    memory: float


def cost(command: Sequence[str], *, folder: str | None = None) -> Cost:
    """What a run of a command costs, its own children included. Its output is read and thrown away."""
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder)
        _, _, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = 0
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def compared(commands: Mapping[str, Sequence[str]], runs: int, *, folder: str | None = None) -> dict[str, Cost]:
    """The medians of several runs of each command; the commands run in turn, so that other load affects all alike."""
    taken: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            one = cost(command, folder=folder)
            if number:  # The first run fills the caches of the disk.
                taken[name].append(one)
    return {name: _median(costs) for name, costs in taken.items()}


def _median(costs: Sequence[Cost]) -> Cost:
    columns = (statistics.median(getattr(one, name) for one in costs) for name in ("wall", "cpu", "memory"))
    return Cost(*columns)
