"""Runs the checks of a template after an edit: those that it may concern; what the others came to is taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from awslint_memo.judging.check_results import CheckResult, CheckResults, Facts, ReadFacts
from awslint_memo.judging.checking import DeploymentChecks
from awslint_memo.judging.checks import Unit
from awslint_memo.judging.shift_lines import lines_of, shifted
from awslint_memo.model.record import replace
from awslint_memo.readers.edit import Edit


class EditedChecks:
    """Runs the checks of a template, and notes what they read.

    root: that of its findings. pulse: called between checks. shared: sets of facts that checks read before the edit.
    """

    def __init__(self, checks: DeploymentChecks, root: str, pulse: Callable[[], None], shared: Iterable[Facts]) -> None:
        self._checks, self._coverage = checks, checks.coverage
        self._root = root
        self._pulse = pulse
        self._facts = ReadFacts(shared)
        self.count = 0

    def result(self, unit: Unit) -> CheckResult:
        """What a check of a resource comes to."""
        self._pulse()
        self.count += 1
        checks, coverage = self._checks, self._coverage
        apart = checks.coverage = None if coverage is None else coverage.apart()
        findings = [replace(finding, root=self._root) for finding in checks.findings(unit)]
        counted = {} if apart is None else apart.checks
        read = self._facts.of(checks.read)
        return CheckResult(unit, read, findings, lines_of(findings), counted, checks.is_sampled)

    def after(self, edit: Edit, before: CheckResults, now: Iterable[Unit] | None) -> CheckResults:
        """What checks come to after an edit: as before, or run again. now: these, if they may be others."""
        known: dict[int, bool] = {}
        if now is not None:
            every = {(each.unit.rule.id, each.unit.number, each.unit.name): each for each in before.results}
            pairs = ((unit, every.get((unit.rule.id, unit.number, unit.name))) for unit in now)
            return CheckResults(
                self.result(unit) if result is None else self._after(edit, result, known) for unit, result in pairs
            )
        # If the run ends here, what is remembered stays as it was.
        changed = [(number, self._after(edit, before.results[number], known)) for number in before.concerned(edit)]
        for number, result in changed:
            before.put(number, result)
        return before

    def _after(self, edit: Edit, result: CheckResult, known: dict[int, bool]) -> CheckResult:
        is_of_all = not result.unit.name and bool(edit.facts or edit.subjects)
        if is_of_all or result.unit.name in edit.subjects or result.has_read(edit.facts, known):
            return self.result(result.unit)
        if result.is_still(edit):
            return result
        # Where it is not certain where the findings are now, the check is run again.
        moved = shifted(result.findings, edit)
        if moved is None:
            return self.result(result.unit)
        findings, lines = moved
        return replace(result, findings=findings, lines=lines)
