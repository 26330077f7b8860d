"""Proves the fixes of findings that a report shows: which of them can be made together, and bring nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from awslint_memo.files.files import Files
from awslint_memo.judging.reading import STANDARD_INPUT
from awslint_memo.judging.report import Report
from awslint_memo.model import secret
from awslint_memo.model.finding import Finding

_FEW = 20
"""Of a run with more files only those are judged again that fixes change or findings name, and what is beside them."""

_LARGEST = 100_000
"""Characters of the files with the fixes up to which they are judged again, which takes as long as the first time."""

_MOST = 200
"""Findings whose fixes are proved in one report."""

_MOST_FOUND = 1_000
"""Findings of the stacks or modules that are judged again: a short file may nest so many that it takes as long."""

Look = Callable[[Sequence[str], Mapping[str, str]], Report]
"""Judges files again, with other contents of some."""


def proved(
    paths: Sequence[str], look: Look, report: Report, files: Files, wanted: Sequence[Finding]
) -> list[Finding] | None:
    """Those of some findings whose safe fixes can be made together, each proved as `--fix` does it.

    None if there are too many, or too much is to be judged again. paths: of the run. report: all that it found.
    """
    from awslint_memo.fixes.fixing import Fixer

    findings = [one for one in wanted if one.fix is not None and not one.fix.unsafe]
    if not findings:
        return []
    named = {one.path for one in findings}
    if len(findings) > _MOST or sum(len(line) for path in named for line in report.lines(path)) > _LARGEST:
        return None
    is_large = len(report.files) > _FEW and STANDARD_INPUT not in paths
    roots = {one.root for one in findings}
    if sum(not is_large or finding.root in roots for finding in report.findings) > _MOST_FOUND:
        return None
    met = secret.met()
    try:
        again = _near(findings, report.files) if is_large else paths
        report = look(again, {}) if is_large else report
        return Fixer(lambda texts: look(again, texts), files, unsafe=False).proved(report, findings)
    finally:
        secret.remember(met)  # What is printed later hides what the run met.


def _near(findings: Iterable[Finding], every: Sequence[str]) -> list[str]:
    """The files that fixes change and findings name; of a folder of configuration, which is one module, all."""
    named: set[str] = set()
    for finding in findings:
        changed = () if finding.fix is None else (change.target.home.path for change in finding.fix.changes)
        related = (place.span.path for place in finding.related)
        named.update(map(os.path.abspath, (finding.path, finding.home_path, *changed, *related)))
    folders = {os.path.dirname(path) for path in named if _is_configuration(path)}
    wholes = {path: os.path.abspath(path) for path in every}
    return [
        path
        for path, whole in wholes.items()
        if whole in named or (_is_configuration(whole) and os.path.dirname(whole) in folders)
    ]


def _is_configuration(path: str) -> bool:
    return path.endswith((".tf", ".tofu", ".tf.json", ".tofu.json"))
