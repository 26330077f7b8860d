"""The result of a run: everything that reporters show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from awslint_memo.files.files import Files
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.compared import Baselined, Comparison, Seen
from awslint_memo.judging.hidden import Hidden as Hidden
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Problem, Span

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.rule import Rule
    from awslint_memo.judging.survey import Survey
    from awslint_memo.relations.graph.graph import Graph

FOUND, COULD_NOT_LOOK = 1, 2
"""Exit codes: findings at or above --fail-on; something could not be checked. Otherwise 0."""

Lines: TypeAlias = Callable[[str], Sequence[str]]
"""Takes the path of a finding and returns the lines of that file; empty if they are not available."""


def lines_again(path: str) -> Sequence[str]:
    """Read the lines of a file again; empty if it does not exist (any more), as for standard input."""
    try:
        return Files().read(path).lines
    except Problem:
        return ()


def _all(findings: Sequence[Finding]) -> Sequence[Finding]:
    return findings


def _none(_: Finding) -> None:
    return None


@record(frozen=True)
class Summary:
    """Counts of a run. `errors`, `warnings` and `advice` are findings by level."""

    files: int
    findings: int
    errors: int
    warnings: int
    advice: int
    advice_hidden: int
    suppressed: int
    passed_over: int
    baselined: int = 0


@record(frozen=True)
class Times:
    """How long a run took, in seconds. reading: settings, rules and files. judging: what came after these."""

    reading: float
    judging: float


@record(frozen=True)
class Report:
    """The result of a run.

    findings: sorted by file and position. errors: what could not be checked, and why. notices: sentences
    about the run. files: the templates that were checked. passed_over: the files that are not templates.
    advice_hidden: the number of findings left out because nobody asked for advice; unshown: these. suppressed: the
    suppressed ones. rules: the rules that were applied. fail_on: the least severe level that fails the run. lines:
    gives the lines of a file. secrets: the places of what nobody may see, by path. root: the root of the repository
    that contains the working folder. coverage: what was judged and what was left out; None if nobody asked. suggest:
    gives the Suggestion for a finding (`fixes`), None if it has no fix. prove: gives those of some findings whose safe
    fixes can be made together, each judged again; None if that is too much. times: how long it took; None if not
    measured. baseline: what a baseline took out of the findings. against: what changed since another landscape; the
    exit code is then by what came or grew graver. seen: what was looked at. graph, survey: what the templates make, and
    what is known of recovery; None if nobody asked.
    """

    findings: Sequence[Finding] = ()
    errors: Sequence[Problem] = ()
    notices: Sequence[str] = ()
    files: Sequence[str] = ()
    passed_over: Sequence[str] = ()
    advice_hidden: int = 0
    suppressed: Sequence[Hidden] = ()
    rules: Sequence[Rule] = ()
    fail_on: Level | Literal["never"] = "warning"
    lines: Lines = field(default=lines_again)
    root: str = field(default_factory=lambda: Files().root)
    coverage: Coverage | None = None
    unshown: Sequence[Finding] = ()
    secrets: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    suggest: Callable[[Finding], Any] = field(default=_none)
    prove: Callable[[Sequence[Finding]], Sequence[Finding] | None] = field(default=_all)
    times: Times | None = None
    baseline: Baselined | None = None
    against: Comparison | None = None
    seen: Seen = field(default_factory=Seen)
    graph: Graph | None = None
    survey: Survey | None = None

    def with_errors(self, errors: Sequence[Problem]) -> Report:
        """The same report with more errors."""
        return replace(self, errors=[*self.errors, *errors]) if errors else self

    def summary(self) -> Summary:
        """The counts of the run."""
        return Summary(
            files=len(self.files),
            findings=len(self.findings),
            errors=self._count("error"),
            warnings=self._count("warning"),
            advice=self._count("advice"),
            advice_hidden=self.advice_hidden,
            suppressed=len(self.suppressed),
            passed_over=len(self.passed_over),
            baselined=0 if self.baseline is None else len(self.baseline.findings),
        )

    @property
    def failures(self) -> list[Finding]:
        """The findings that report an exception in a rule, so that something was not checked."""
        return [finding for finding in self.findings if finding.rule == INTERNAL_ERROR]

    @property
    def exit_code(self) -> int:
        """0: no finding at `fail_on` or above; 1: such findings; 2: something could not be checked."""
        if self.errors or self.failures:
            return COULD_NOT_LOOK
        counted = self.findings if self.against is None else self.against.worse
        return FOUND if any(map(self._is_grave, counted)) else 0

    def _is_grave(self, finding: Finding) -> bool:
        least = finding.fail_on or self.fail_on
        return least != "never" and LEVELS.index(finding.level or "warning") <= LEVELS.index(least)

    def _count(self, level: Level) -> int:
        return sum(finding.level == level for finding in self.findings)
