"""A report with everything that a format may have to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Finding, Level, Related
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem, Span

RULE = Rule(
    "sqs-long-polling",
    "warning",
    resource=("AWS::SQS::Queue",),
    memo="memo",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/page.html",
    title="Queues should wait.",
    reason="An empty answer is billed.",
    advice="Set it to 20.",
    service="sqs",
)
LINES = ["Resources:", "  Größe: # 日本", "    Type: AWS::SQS::Queue", "    Properties: {}", ""]
FINDING = Finding(
    "Orders answers at once",
    Span("a/t.yaml", 2, 3, 2, 8),
    "Orders",
    "AWS::SQS::Queue",
    "warning",
    [Related(Span("b/u.yaml", 2, 11, 3, 9), "Worker works 60 s")],
    "sqs-long-polling",
    "when Environment is prod",
)
PROBLEM = Problem("duplicate key", "bad.yaml", 2, 3)


def many(number: int, level: Level, **changes: Any) -> list[Finding]:
    """Findings of one level about different resources."""
    return [
        replace(
            FINDING,
            level=level,
            resource=f"R{at}",
            message=f"R{at} is wrong",
            span=Span("t.yaml", at, 1, at, 2),
            **changes,
        )
        for at in range(1, number + 1)
    ]


def reported(*findings: Finding, errors: Sequence[Problem] = (), notices: Sequence[str] = (), **more: Any) -> Report:
    """A report of findings in files that exist in memory only."""
    files = sorted({one.path for one in findings})
    return Report(findings, errors, notices, files, rules=[RULE], lines=lambda path: LINES, **more)
