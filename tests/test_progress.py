"""A long run says on a terminal what it does; a short one, and one without a terminal, does not."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from awslint_memo import api
from awslint_memo.cli import progress
from awslint_memo.judging.run_options import Progress

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no such timers")


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    before = signal.signal(signal.SIGALRM, signal.SIG_DFL)
    yield Terminal()
    assert signal.getsignal(signal.SIGALRM) == signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    signal.signal(signal.SIGALRM, before)


def test_it_tells_how_far_it_is_and_leaves_nothing(terminal: Terminal) -> None:
    with progress.shown(Progress(read=9, judged=1, templates=4), terminal):
        assert signal.getsignal(signal.SIGALRM) != signal.SIG_DFL
        os.kill(os.getpid(), signal.SIGALRM)
    assert terminal.getvalue() == "\r\x1b[Kjudging 2 of 4 templates (0 s)\r\x1b[K"


def test_it_says_nothing_in_the_first_second(terminal: Terminal) -> None:
    with progress.shown(Progress(), terminal):
        assert signal.getitimer(signal.ITIMER_REAL)[1] > 0
    assert terminal.getvalue() == ""


@pytest.mark.parametrize("stream", [None, StringIO()])
def test_it_says_nothing_without_a_terminal(stream: StringIO | None) -> None:
    with progress.shown(Progress(), stream):
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_run_counts_what_it_reads_and_judges(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.yaml").write_text("Resources: {Q: {Type: AWS::SQS::Queue}}\n", encoding="utf-8")
    counted = Progress()
    api.lint([str(tmp_path)], progress=counted)
    assert (counted.read, counted.judged, counted.templates) == (3, 3, 3)
    assert counted.words == "judging 3 of 3 templates"
    assert Progress(read=7).words == "reading 7 files"
