"""What a run reports of a rule's example, for the rule's page."""

from __future__ import annotations

from awslint_memo.judging.examples import Example
from awslint_memo.judging.report import Report
from awslint_memo.model.span import Problem
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.text import findings


def example_output(example: Example) -> str:
    """What a run reports of an example of a rule, as a terminal shows it."""
    try:
        report = Report(example.findings(), lines=lambda _: example.template.source.lines)
    except Problem as problem:
        return visible(str(problem))
    return "\n".join(findings(report, Look())).rstrip("\n")
