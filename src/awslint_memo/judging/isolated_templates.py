"""Templates that meet no others: each is checked by itself, here or in another process, and kept no longer.

Each process is a copy of this one (fork), and sends what it found back. Nothing else is different: what a template
comes to does not depend on where it is checked. If a process ends without an answer, its work is done here.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from awslint_memo.files.source import Source
from awslint_memo.judging.reading import FileReader, Reading
from awslint_memo.judging.run_options import swept
from awslint_memo.judging.template_run import TemplateResult, TemplateRun
from awslint_memo.model import secret
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Snapshot, Template

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.suppression import Used

LEAST = 150_000
"""The bytes of templates for which a process is worth its start: with fewer it would take longer than it saves."""


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


class StandIn:
    """Stands for a template that meets no others and is read when it is looked at."""

    language = "cloudformation"
    snapshot: Snapshot = ""
    is_root = False
    nests = frozenset[str]()

    def __init__(self, source: Source) -> None:
        self.source = source


@record
class FileResult:
    """What came of one file, and what is counted of it; None as `result` if it is not a template."""

    errors: list[Problem]
    is_passed_over: bool
    result: TemplateResult | None
    coverage: Coverage | None
    partly: Coverage | None
    used: Used
    secrets: secret.Met


@record
class IsolatedTemplates:
    """The files that are checked by themselves. here: those that this process has. shared: those of each worker."""

    reader: FileReader
    checks: TemplateRun
    here: list[Reading]
    shared: list[list[Reading]]
    workers: list[Worker]
    pieces: dict[int, tuple[TemplateResult, FileResult]] = field(default_factory=dict)
    """What came of the templates, by the `id` of what stands for them."""

    def collect(self) -> None:
        """Check the files that are here, and wait for the others; a file that is none has no template any more."""
        self._keep(self.here, self._results(self.here))
        for worker, readings in zip(self.workers, self.shared, strict=True):
            answer = worker.answer()
            self._keep(readings, self._results(readings) if answer is None else answer)

    def _keep(self, readings: Sequence[Reading], pieces: Iterable[FileResult]) -> None:
        stand_ins = [reading.template for reading in readings]
        for reading, stand_in, piece in zip(readings, stand_ins, pieces, strict=True):
            reading.errors, reading.is_passed_over = piece.errors, piece.is_passed_over
            reading.template = None if piece.result is None else stand_in
            if piece.result is not None:
                self.pieces[id(stand_in)] = piece.result, piece
            if reading.is_passed_over:
                self.reader.drop(reading)

    def counted(self, template: Template) -> TemplateResult:
        """What a template came to; what is counted of it is added to what the run counts."""
        result, piece = self.pieces[id(template)]
        checks = self.checks
        if checks.coverage is not None and piece.coverage is not None:
            checks.coverage.add(piece.coverage)
        if piece.partly is not None:
            checks.partly = checks.partly or type(piece.partly)()
            checks.partly.add(piece.partly)
        checks.scopes.of(template.source.path).suppressions.used.add(piece.used)
        secret.remember(piece.secrets)
        return result

    def in_process(self, readings: Sequence[Reading]) -> list[FileResult]:
        """Check files in a process of their own."""
        if self.checks.options.when_read is not None:
            self.checks.options.when_read()
        return list(self._results(readings))

    def _results(self, readings: Sequence[Reading]) -> Iterator[FileResult]:
        counts = self.checks.coverage
        for reading in readings:
            checks = replace(
                self.checks, coverage=None if counts is None else type(counts)(followed=counts.followed), partly=None
            )
            suppressions = checks.scopes.of("" if reading.source is None else reading.source.path).suppressions
            whole = suppressions.used
            suppressions.used = type(whole)()
            reading.template = None
            self.reader.recognize(reading)
            result = None if reading.template is None else checks.check(reading.template)
            coverage, partly = checks.coverage, checks.partly
            for counted in (coverage, partly):
                if counted is not None:
                    counted.forget()
            used, suppressions.used = suppressions.used, whole
            reading.template = None
            if reading.source is not None:
                reading.source.release()
            yield swept(
                FileResult(reading.errors, reading.is_passed_over, result, coverage, partly, used, secret.met())
            )


@contextmanager
def isolated_templates(
    alone: Sequence[Reading], here: int, reader: FileReader, checks: TemplateRun
) -> Iterator[IsolatedTemplates]:
    """Set apart files that meet no others, and give some to other processes, if that is worth it.

    here: the bytes of the files that are not set apart.
    """
    sizes = [len(reading.source.data) for reading in alone if reading.source is not None]
    shared = [[alone[number] for number in share] for share in shares(sizes, here, checks.options.processes)]
    away = {id(reading) for share in shared for reading in share}
    isolated = IsolatedTemplates(reader, checks, [one for one in alone if id(one) not in away], shared, [])
    with started([partial(isolated.in_process, share) for share in shared]) as isolated.workers:
        for reading in alone:
            if reading.source is not None:
                reading.template = cast(Template, StandIn(reading.source))
        yield isolated
