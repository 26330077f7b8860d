"""Applies every rule to every deployment of a template, and merges equal findings of several deployments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.judging.checks import INTERNAL_ERROR, Checks, Unit, subjects
from awslint_memo.judging.coverage import Coverage
from awslint_memo.judging.rule import Rule, Types
from awslint_memo.judging.variations import NamedVariations, described, settled, variations
from awslint_memo.model.declared import Declared
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.reads import Reads
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Deployments, Differing, Template


@record(frozen=True)
class LintOptions:
    """Options of a run: its rules with their levels and options, and the deployments that the user declared."""

    rules: Sequence[Rule]
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
        """The deployments of a template that are checked, with the objectives that it states, if it does."""
        found = self._deployments(template)
        # Few templates state any; a run without objectives loads nothing of recovery.
        if all("recovery" not in one.source.text for one in (template, *template.nested)):
            return found
        from awslint_memo.judging.stated import may_state, stated

        if not may_state(template):
            return found
        objectives = stated(template, found.deployments)
        has_any = objectives.files or objectives.resources
        return replace(found, declared=replace(self.declared, stated=objectives)) if has_any else found

    def _deployments(self, template: Template) -> Deployments:
        if self.parameters is not None or not self.named:
            return template.deployments(self.parameters)
        every = {name: template.deployments(parameters) for name, parameters in self.named.items()}
        return replace(
            next(iter(every.values())),
            deployments=[deployment for one in every.values() for deployment in one.deployments],
            variations=NamedVariations({name: variations(one) for name, one in every.items()}),
            unseen=list(dict.fromkeys(what for one in every.values() for what in one.unseen)),
            remote_modules={what: path for one in every.values() for what, path in one.remote_modules.items()},
            problems=[problem for one in every.values() for problem in one.problems],
            reached=frozenset(path for one in every.values() for path in one.reached),
            taken=list(dict.fromkeys(what for one in every.values() for what in one.taken)),
            beside=lambda: [what for one in every.values() for what in one.beside()],
            ineffective=list(dict.fromkeys(what for one in every.values() for what in one.ineffective)),
        )


RECOVERY = "recovery"
"""The service of the rules that judge against declared objectives, and are not even loaded without any."""

_NOTE = re.compile(r" \(default(?: of [^()]*)?\)")
"""What a value's note says in a message."""


@record
class _Held:
    """A finding, and the indexes of the deployments that have it."""

    finding: Finding
    deployments: set[int] = field(default_factory=set)
    also: set[int] = field(default_factory=set)
    """Those that have it with other words."""

    @property
    def everywhere(self) -> set[int]:
        """The deployments that have it, whatever the words."""
        return self.deployments | self.also


def lint(template: Template, lint_options: LintOptions) -> tuple[list[Finding], bool]:
    """The findings in a template, and whether all of its deployments were checked."""
    deployments = lint_options.deployments(template)
    return judge(deployments, lint_options), deployments.is_complete


def judge(judged: Deployments, lint_options: LintOptions, coverage: Coverage | None = None) -> list[Finding]:
    """The findings in the deployments of a template; equal findings of several deployments are merged.

    Each check is run on each resource in the deployments that differ in what the check asks there. A finding in only
    some of them says in which. Unless the user specified the deployments, its level is lowered to advice; but if the
    check has findings about the same resource in every deployment, it is lowered only to the least severe of the
    highest levels in each deployment. coverage: counts what each check came to.
    """
    is_one = variations(judged).is_one
    checks = Checks(lint_options.options, lint_options.levels, shares=not is_one, notes=coverage is not None)
    found: list[Finding] = []
    here = {resource.type for deployment in judged.deployments for resource in deployment.own.values()}
    has_objectives = (judged.declared or lint_options.declared).has_objectives
    for rule in lint_options.rules:
        if rule.service == RECOVERY and not has_objectives:
            continue
        # A rule's file is loaded when there is a resource to check.
        if rule.resource and here.isdisjoint(rule.resource):
            continue
        for number, (types, _) in enumerate(rule.checks):
            for name in _subjects(rule, types, judged.deployments):
                found += _judge(Unit(rule, number, name), judged, lint_options, checks, coverage)
    return found


def _subjects(rule: Rule, types: Types, deployments: Sequence[Deployment]) -> list[str]:
    """The names of the resources that a check is given in any deployment; empty for the deployment itself."""
    found = (subject for deployment in deployments for subject in subjects(rule, types, deployment))
    return list(dict.fromkeys(subject.name if isinstance(subject, Resource) else "" for subject in found))


def _judge(
    unit: Unit, judged: Deployments, lint_options: LintOptions, checks: Checks, coverage: Coverage | None
) -> Iterator[Finding]:
    """The findings of a check of one resource."""
    found: dict[int, Sequence[Finding]] = {}
    read: dict[int, Reads | None] = {}

    def look(deployment: Deployment) -> Reads | None:
        deployment.declared = judged.declared or lint_options.declared
        reads, findings = checks.findings(unit, deployment)
        found[id(deployment)] = [one for one in findings if one.name in deployment.own]
        read[id(deployment)] = reads
        return reads

    differing = settled(variations(judged), unit.name, look)
    held: dict[tuple[object, ...], _Held] = {}
    gravest: dict[str, dict[int, int]] = {}
    for number, deployment in enumerate(differing.deployments):
        if coverage is not None:
            coverage.check(unit, deployment, read[id(deployment)], found[id(deployment)])
        said: Counter[tuple[object, ...]] = Counter()
        for finding in found[id(deployment)]:
            # The key leaves out the position: the same finding in two branches of an Fn::If is one finding.
            # Nor whose default a value is: in the deployment with the default it is the same value.
            known = (finding.rule, finding.name, _NOTE.sub("", finding.message), finding.level)
            said[known] += 1
            held.setdefault((*known, said[known]), _Held(finding)).deployments.add(number)
            of_deployment = gravest.setdefault(finding.name, {})
            of_deployment[number] = min(LEVELS.index(finding.level or "advice"), of_deployment.get(number, len(LEVELS)))
    for one in _together(held.values()):
        yield _conditional(one, differing, gravest[one.finding.name], lint_options)


def _together(held: Iterable[_Held]) -> Iterator[_Held]:
    """Findings, those merged that differ only in what their messages say of the values that deployments choose."""
    groups: dict[tuple[object, ...], list[_Held]] = {}
    for one in held:
        known = (one.finding.rule, one.finding.name, one.finding.span, one.finding.route, one.finding.level)
        group = groups.setdefault(known, [])
        same = next((other for other in group if other.everywhere.isdisjoint(one.deployments)), None)
        if same is None:
            group.append(one)
        else:
            same.also |= one.deployments
    for group in groups.values():
        yield from group


def _whose(one: _Held, differing: Differing) -> str:
    """Which deployments the words of a finding are taken from, where others have it with other values."""
    where = described(one.deployments, differing).removeprefix("for example ")
    return f" (in every deployment; these values {where})"


def _conditional(one: _Held, differing: Differing, gravest: Mapping[int, int], lint_options: LintOptions) -> Finding:
    """A finding; one of some deployments with the words for which, and the level that this leaves it."""
    finding, count = one.finding, len(differing.deployments)
    if len(one.everywhere) == count:
        return replace(finding, message=f"{finding.message}{_whose(one, differing)}") if one.also else finding
    everywhere = LEVELS[max(gravest.values())] if len(gravest) == count else "advice"
    has_names = all(deployment.name for deployment in differing.deployments)
    is_named = lint_options.is_exact or has_names or finding.rule == INTERNAL_ERROR
    level = finding.level if is_named else max(finding.level or "advice", everywhere, key=LEVELS.index)
    words = described(one.everywhere, differing)
    if one.also and words.startswith("when "):
        example = described(one.deployments, differing, one.everywhere).removeprefix("for example ")
        words = f"{words}, for example {example}"
    return replace(finding, deployment=words, level=level, chosen=differing.choices[min(one.deployments)][0])
