"""Says on a terminal that a run is still at work, once it takes more than a second."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import TextIO

from awslint_memo.judging.run_options import Progress

_AFTER = 1.0
"""Seconds before the first word."""
_EACH = 0.25
"""Seconds between two."""
_CLEAR = "\r\x1b[K"


@contextmanager
def shown(progress: Progress, stream: TextIO | None) -> Iterator[None]:
    """Show how far a run is on a stream, if that is a terminal; nothing is left of it afterwards.

    A timer of the process does it, since a run may make copies of its process and so must have no threads.
    """
    is_free = hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    if stream is None or not stream.isatty() or not is_free:
        yield
        return
    started, is_shown = monotonic(), False

    def tell(_: int, __: FrameType | None) -> None:
        nonlocal is_shown
        is_shown = True
        try:
            stream.write(f"{_CLEAR}{progress.words} ({monotonic() - started:.0f} s)")
            stream.flush()
        except (OSError, ValueError, RuntimeError):  # It is closed, or this moment being written to.
            return

    signal.signal(signal.SIGALRM, tell)
    signal.setitimer(signal.ITIMER_REAL, _AFTER, _EACH)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        if is_shown:
            try:
                stream.write(_CLEAR)
                stream.flush()
            except (OSError, ValueError):
                pass
