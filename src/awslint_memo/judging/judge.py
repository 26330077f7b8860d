"""Applies every rule to every deployment of a template, and merges equal findings of several deployments."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.judging.rule import Check, Rule, Types
from awslint_memo.model.choices import Assignment, describe
from awslint_memo.model.deployment import Declared, Deployment, Resource
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Deployments, Template

INTERNAL_ERROR = "internal-error"


@record(frozen=True)
class LintOptions:
    """Options of a run: its rules with their levels and options, and the deployments that the user declared."""

    rules: Sequence[Rule]
    looked_at: Collection[str]
    levels: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    declared: Declared = field(default_factory=Declared)
    parameters: Mapping[str, str] | None = None
    """Parameter values from the command line; if not None, only the deployment with these values is checked."""
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Parameter values of each deployment in the configuration, by name; `parameters` has precedence."""

    @property
    def is_exact(self) -> bool:
        """Whether the user specified the deployments, so that they need not be enumerated."""
        return self.parameters is not None or bool(self.named)

    def deployments(self, template: Template) -> Deployments:
        """The deployments of a template that are checked."""
        if self.parameters is not None or not self.named:
            return template.deployments(self.parameters, self.looked_at)
        every = []
        for name, parameters in self.named.items():
            one = template.deployments(parameters, self.looked_at)
            for deployment in one.deployments:
                deployment.name = name
            every.append(one)
        return replace(
            every[0],
            deployments=[deployment for one in every for deployment in one.deployments],
            is_complete=all(one.is_complete for one in every),
            unseen=list(dict.fromkeys(what for one in every for what in one.unseen)),
            problems=[problem for one in every for problem in one.problems],
        )


@record
class _Held:
    """A finding, and the indexes of the deployments that have it."""

    finding: Finding
    deployments: set[int] = field(default_factory=set)


def lint(template: Template, lint_options: LintOptions) -> tuple[list[Finding], bool]:
    """The findings in a template, and whether all of its deployments were checked."""
    deployments = lint_options.deployments(template)
    return judge(deployments, lint_options), deployments.is_complete


def judge(judged: Deployments, lint_options: LintOptions) -> list[Finding]:
    """The findings in the deployments of a template; equal findings of several deployments are merged.

    A finding in only some deployments says in which. Unless the user specified the deployments, its level is lowered
    to advice; but if the rule has findings about the same resource in every deployment, it is lowered only to the
    least severe of the highest levels in each deployment.
    """
    deployments = judged.deployments
    held: dict[tuple[object, ...], _Held] = {}
    gravest: dict[tuple[str, str], dict[int, int]] = {}
    for number, deployment in enumerate(deployments):
        deployment.declared = lint_options.declared
        said: Counter[tuple[object, ...]] = Counter()
        for finding in _judge(deployment, lint_options):
            # The key leaves out the position: the same finding in two branches of an Fn::If is one finding.
            words = (finding.rule, finding.resource, finding.message, finding.level)
            said[words] += 1
            key = (*words, said[words])
            held.setdefault(key, _Held(finding)).deployments.add(number)
            of_deployment = gravest.setdefault((finding.rule, finding.resource), {})
            of_deployment[number] = min(LEVELS.index(finding.level or "advice"), of_deployment.get(number, len(LEVELS)))
    findings = []
    for one in held.values():
        finding = one.finding
        if len(one.deployments) < len(deployments):
            is_named = lint_options.is_exact or finding.rule == INTERNAL_ERROR
            of_deployment = gravest[finding.rule, finding.resource]
            everywhere = LEVELS[max(of_deployment.values())] if len(of_deployment) == len(deployments) else "advice"
            level = finding.level if is_named else max(finding.level or "advice", everywhere, key=LEVELS.index)
            finding = replace(finding, deployment=_named(one.deployments, deployments), level=level)
        findings.append(finding)
    return findings


def _named(numbers: set[int], deployments: Sequence[Deployment]) -> str:
    names = dict.fromkeys(deployments[number].name for number in sorted(numbers))
    if any(names):
        return f"in {' and '.join(names)}"
    meant: list[Assignment] = [choice for number in sorted(numbers) for choice in deployments[number].choices]
    return describe(meant, [choice for deployment in deployments for choice in deployment.choices])


def _judge(deployment: Deployment, lint_options: LintOptions) -> Iterator[Finding]:
    for rule in lint_options.rules:
        # Skipping here avoids loading the rule's file when there is no resource to check.
        if rule.resource and not deployment.own_of_type(*rule.resource):
            continue
        options = lint_options.options.get(rule.id, {})
        configured = lint_options.levels.get(rule.id)
        for types, check in rule.checks:
            for subject in _subjects(rule, types, deployment):
                for one in _found(rule, check, subject, options):
                    if one.rule == INTERNAL_ERROR:
                        yield one
                    elif one.resource in deployment.own:
                        yield replace(one, rule=rule.id, level=_level(one, rule, configured))


def _found(rule: Rule, check: Check, subject: Resource | Deployment, options: Mapping[str, Any]) -> Sequence[Finding]:
    """The findings of a check; if it raises an exception, a finding about that, so that other rules still run."""
    wanted = {name: options[name] for name in getattr(check, "__kwdefaults__", None) or {} if name in options}
    try:
        return list(check(subject, **wanted))
    except Exception as error:
        return [_broken(rule, subject, error)]


def _level(finding: Finding, rule: Rule, configured: Level | None) -> Level:
    """The level of a finding. A configured level replaces the rule's; a less severe level of the finding is kept."""
    level = configured or rule.level
    if finding.level is None:
        return level
    return max(finding.level, level, key=LEVELS.index) if configured else finding.level


def _subjects(rule: Rule, types: Types, deployment: Deployment) -> Sequence[Resource | Deployment]:
    if not types:
        return [deployment]
    resources = deployment.own_of_type(*types)
    return [one for one in resources if one.language == rule.language] if rule.language else resources


def _broken(rule: Rule, subject: Resource | Deployment, error: Exception) -> Finding:
    where = traceback.extract_tb(error.__traceback__)[-1]
    resource = next(iter(subject.own.values())) if isinstance(subject, Deployment) else subject
    made = resource.finding(
        resource,
        f"could not be checked by {rule.id}, which failed with {type(error).__name__}: {error} "
        f"(line {where.lineno} of {where.filename.rpartition('/')[2]}); please report it",
        level="error",
    )
    return replace(made, rule=INTERNAL_ERROR)
