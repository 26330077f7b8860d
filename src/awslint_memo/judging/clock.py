"""Measures how long the two halves of a run take."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from awslint_memo.judging.report import Report, Times
from awslint_memo.model.record import replace


class Clock:
    """Starts when it is made; `read` is to be called once all files are read, and `timed` at the end."""

    def __init__(self, when_read: Callable[[], None] | None = None) -> None:
        """when_read: called by `read`."""
        self._when_read = when_read
        self._start = self._read = perf_counter()

    def read(self) -> None:
        """Note that all files are read."""
        self._read = perf_counter()
        if self._when_read is not None:
            self._when_read()

    def timed(self, report: Report) -> Report:
        """The report, with the times until now."""
        return replace(report, times=Times(self._read - self._start, perf_counter() - self._read))
