"""Applies every rule to every deployment of a template, and merges equal findings of several deployments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.judging.checks import INTERNAL_ERROR, Checks
from awslint_memo.judging.rule import Rule
from awslint_memo.model.choices import Assignment, describe
from awslint_memo.model.declared import Declared
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Deployments, Template


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
            reached=frozenset(path for one in every for path in one.reached),
            taken=list(dict.fromkeys(what for one in every for what in one.taken)),
        )


_NOTE = re.compile(r" \(default(?: of [^()]*)?\)")
"""What a value's note says in a message."""


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
    checks = Checks(lint_options.options, lint_options.levels, shares=len(deployments) > 1)
    held: dict[tuple[object, ...], _Held] = {}
    gravest: dict[tuple[str, str], dict[int, int]] = {}
    for number, deployment in enumerate(deployments):
        deployment.declared = lint_options.declared
        said: Counter[tuple[object, ...]] = Counter()
        for finding in _judge(deployment, lint_options, checks):
            # The key leaves out the position: the same finding in two branches of an Fn::If is one finding.
            # Nor whose default a value is: in the deployment with the default it is the same value.
            known = (finding.rule, finding.name, _NOTE.sub("", finding.message), finding.level)
            said[known] += 1
            key = (*known, said[known])
            held.setdefault(key, _Held(finding)).deployments.add(number)
            of_deployment = gravest.setdefault((finding.rule, finding.name), {})
            of_deployment[number] = min(LEVELS.index(finding.level or "advice"), of_deployment.get(number, len(LEVELS)))
    words = _Words(deployments)
    return [_conditional(one, deployments, gravest, lint_options, words) for one in held.values()]


class _Words(dict[frozenset[int], str]):
    """Sets of deployments in words, each worked out once."""

    def __init__(self, deployments: Sequence[Deployment]) -> None:
        super().__init__()
        self._deployments = deployments

    def __missing__(self, numbers: frozenset[int]) -> str:
        self[numbers] = described(numbers, self._deployments)
        return self[numbers]


def _conditional(
    one: _Held,
    deployments: Sequence[Deployment],
    gravest: Mapping[tuple[str, str], Mapping[int, int]],
    lint_options: LintOptions,
    words: _Words,
) -> Finding:
    """A finding; one of some deployments with the words for which, and the level that this leaves it."""
    finding = one.finding
    if len(one.deployments) == len(deployments):
        return finding
    of_deployment = gravest[finding.rule, finding.name]
    everywhere = LEVELS[max(of_deployment.values())] if len(of_deployment) == len(deployments) else "advice"
    is_named = lint_options.is_exact or finding.rule == INTERNAL_ERROR
    level = finding.level if is_named else max(finding.level or "advice", everywhere, key=LEVELS.index)
    return replace(finding, deployment=words[frozenset(one.deployments)], level=level)


def described(numbers: frozenset[int], deployments: Sequence[Deployment]) -> str:
    """Some deployments in words: the names that the user gave them, or the choices that lead to them."""
    names = dict.fromkeys(deployments[number].name for number in sorted(numbers))
    if any(names):
        return f"in {' and '.join(names)}"
    meant: list[Assignment] = [choice for number in sorted(numbers) for choice in deployments[number].choices]
    return describe(meant, [choice for deployment in deployments for choice in deployment.choices])


def _judge(deployment: Deployment, lint_options: LintOptions, checks: Checks) -> Iterator[Finding]:
    for rule in lint_options.rules:
        yield from (one for one in checks.findings(rule, deployment) if one.name in deployment.own)
