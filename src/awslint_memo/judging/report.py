"""What a run came to: everything that a reporter may show, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from awslint_memo.files.files import Files
from awslint_memo.judging.judge import INTERNAL_ERROR
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem

FOUND, COULD_NOT_LOOK = 1, 2
"""Exit codes: there are findings at or above --fail-on; something could not be looked at. Else 0."""

Lines: TypeAlias = Callable[[str], Sequence[str]]
"""Takes a path as findings name it and gives the lines of that file; none where they are not to be had."""


def lines_again(path: str) -> Sequence[str]:
    """The lines of a file, read once more; none where the file has gone or was never one (standard input)."""
    try:
        return Files().read(path).lines
    except Problem:
        return ()


@record(frozen=True)
class Summary:
    """The figures of a run, all of them counts. `errors`, `warnings` and `advice` are findings by level."""

    files: int
    findings: int
    errors: int
    warnings: int
    advice: int
    advice_hidden: int
    suppressed: int
    passed_over: int


@record(frozen=True)
class Report:
    """The outcome of a run.

    findings: in the order in which people read. errors: the files that could not be looked at, and why. notices:
    plain sentences about the run. files: the templates that were looked at. passed_over: the files that are none.
    advice_hidden, suppressed: how many findings are left out because nobody asked for advice, or by suppressions.
    rules: the rules that were applied. fail_on: the lightest level that fails the run. lines: where the lines of a file
    come from. root: the top of the repository in which the run stands.
    """

    findings: Sequence[Finding] = ()
    errors: Sequence[Problem] = ()
    notices: Sequence[str] = ()
    files: Sequence[str] = ()
    passed_over: Sequence[str] = ()
    advice_hidden: int = 0
    suppressed: int = 0
    rules: Sequence[Rule] = ()
    fail_on: Level | Literal["never"] = "warning"
    lines: Lines = field(default=lines_again)
    root: Path = field(default_factory=lambda: Files().root)

    def summary(self) -> Summary:
        """The run in figures."""
        return Summary(
            files=len(self.files),
            findings=len(self.findings),
            errors=self._count("error"),
            warnings=self._count("warning"),
            advice=self._count("advice"),
            advice_hidden=self.advice_hidden,
            suppressed=self.suppressed,
            passed_over=len(self.passed_over),
        )

    @property
    def failures(self) -> list[Finding]:
        """Those of the findings that are none: a rule failed, so that something was not looked at."""
        return [finding for finding in self.findings if finding.rule == INTERNAL_ERROR]

    @property
    def exit_code(self) -> int:
        """0: nothing found at `fail_on` or graver; 1: findings; 2: something could not be looked at."""
        if self.errors or self.failures:
            return COULD_NOT_LOOK
        grave = LEVELS[: LEVELS.index(self.fail_on) + 1] if self.fail_on != "never" else ()
        return FOUND if any(finding.level in grave for finding in self.findings) else 0

    def _count(self, level: Level) -> int:
        return sum(finding.level == level for finding in self.findings)
