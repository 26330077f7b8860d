"""Findings in templates that an app of the CDK made: the construct that each is about, and the app's line."""

from __future__ import annotations

from collections.abc import Iterable

from awslint_memo.model.finding import Finding, Related
from awslint_memo.model.naming import Construct
from awslint_memo.model.record import replace
from awslint_memo.readers.template import Deployments


def in_app(findings: Iterable[Finding], deployments: Deployments) -> list[Finding]:
    """The findings of a template, those of an app with their constructs."""
    if not deployments.may_be_made:
        return [*findings]
    return [_placed(one, _construct(one, deployments)) for one in findings]


def _construct(finding: Finding, deployments: Deployments) -> Construct | None:
    deployment = deployments.having.get(finding.name)
    return None if deployment is None else deployment.own[finding.name].construct


def _placed(finding: Finding, construct: Construct | None) -> Finding:
    if construct is None:
        return finding
    if construct.is_framework:
        # Nobody can set the properties of what the CDK makes for itself; another construct may be the remedy.
        plural = finding.plural and replace(finding.plural, sentence=f"{finding.plural.sentence} (the CDK makes them)")
        message = f"{finding.message} (the CDK makes it)"
        finding = replace(finding, level="advice", message=message, plural=plural)
    made = () if construct.made is None else (Related(construct.made, f"the app makes {construct.path} here"),)
    return replace(finding, construct=construct, related=(*made, *finding.related))
