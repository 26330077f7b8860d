"""Judges templates that meet no others of the run in several processes, where there are enough of them.

Each process is a copy of this one (fork), and sends what it found back. Nothing else is different: what a template
comes to does not depend on where it is looked at. If a process ends without an answer, its work is done here.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from awslint_memo.files.processors import processors
from awslint_memo.model.record import record

LEAST = 150_000
"""The bytes of templates for which a process is worth its start: with fewer it would take longer than it saves."""

MOST = 8
"""Processes of one run."""


def available() -> int:
    """How many processes can work at once for a command; 1 where a process can't be copied safely."""
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return 1
    return min(processors(), MOST)


def shares(sizes: Sequence[int], here: int, processes: int) -> list[list[int]]:
    """The numbers of the files that each of the other processes gets, so that all have about as much to do.

    sizes: the bytes of the files that may be given away. here: those of the files that are judged here in any case.
    """
    number = min(processes, (here + sum(sizes)) // LEAST)
    if number < 2:
        return []
    loads = [here, *(0 for _ in range(number - 1))]
    given: list[list[int]] = [[] for _ in loads]
    for one in sorted(range(len(sizes)), key=lambda one: -sizes[one]):
        least = loads.index(min(loads))
        loads[least] += sizes[one]
        given[least].append(one)
    return [sorted(one) for one in given[1:] if one]


@record
class Worker:
    """A process that works, and the end of the pipe that gives its answer."""

    pid: int
    pipe: int
    is_over: bool = False

    def answer(self) -> Any:
        """What it came to; None if it ended without an answer."""
        import pickle

        with os.fdopen(self.pipe, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(self.pid, 0)
        self.is_over = True
        return pickle.loads(data) if status == 0 else None  # noqa: S301 - of a copy of this process

    def stop(self) -> None:
        """End the process if it is still there."""
        if not self.is_over:
            self.is_over = True
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


@contextmanager
def started(work: Sequence[Callable[[], object]]) -> Iterator[list[Worker]]:
    """A process for each piece of work, as long as the block lasts."""
    workers: list[Worker] = []
    try:
        workers.extend(map(_start, work))
        yield workers
    finally:
        for worker in workers:
            worker.stop()


def _start(work: Callable[[], object]) -> Worker:
    import pickle

    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Worker(pid, reading)
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        os.close(reading)
        with os.fdopen(writing, "wb") as pipe:
            pickle.dump(work(), pipe, protocol=pickle.HIGHEST_PROTOCOL)
        os._exit(0)
    finally:
        os._exit(1)  # Nothing of this copy may go on, whatever happened.
