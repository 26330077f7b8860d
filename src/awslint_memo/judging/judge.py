"""Templates become findings: every rule over every deployment, and in which of them a finding holds."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from awslint_memo.judging.rule import Rule
from awslint_memo.model.choices import Assignment, describe
from awslint_memo.model.deployment import Declared, Deployment, Resource
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.readers.template import Deployments, Template

INTERNAL_ERROR = "internal-error"


@dataclass(frozen=True)
class Judgement:
    """How a run judges: the rules that it applies and what the user declared."""

    rules: Sequence[Rule]
    looked_at: frozenset[str]
    levels: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    declared: Declared = field(default_factory=Declared)
    parameters: Mapping[str, str] | None = None
    """Values that the user gave for this run: the one deployment that is judged."""
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The parameter values of each deployment that the configuration names; `parameters` stand before them."""

    @property
    def is_exact(self) -> bool:
        """Whether the user said which deployments there are, so that none has to be thought of."""
        return self.parameters is not None or bool(self.named)

    def deployments(self, template: Template) -> Deployments:
        """The deployments of a template that are judged."""
        if self.parameters is not None or not self.named:
            return template.deployments(self.parameters, self.looked_at)
        every = []
        for name, parameters in self.named.items():
            one = template.deployments(parameters, self.looked_at)
            for world in one.worlds:
                world.name = name
            every.append(one)
        return replace(
            every[0],
            worlds=[world for one in every for world in one.worlds],
            is_complete=all(one.is_complete for one in every),
            unseen=list(dict.fromkeys(what for one in every for what in one.unseen)),
            problems=[problem for one in every for problem in one.problems],
        )


@dataclass
class _Held:
    """The deployments in which one finding holds."""

    finding: Finding
    worlds: set[int] = field(default_factory=set)


def lint(template: Template, judgement: Judgement) -> tuple[list[Finding], bool]:
    """What the rules find in a template, and whether all of its deployments were looked at."""
    deployments = judgement.deployments(template)
    return judge(deployments, judgement), deployments.is_complete


def judge(deployments: Deployments, judgement: Judgement) -> list[Finding]:
    """What the rules find in the deployments of a template.

    Where the user named no deployment, a finding that holds in some deployments only says in which and counts as
    advice. If a rule finds something about a resource in every deployment, as grave as some level in all of them, then
    what it finds counts as that.
    """
    worlds = deployments.worlds
    held: dict[tuple[object, ...], _Held] = {}
    gravest: dict[tuple[str, str], dict[int, int]] = {}
    for number, world in enumerate(worlds):
        world.declared = judgement.declared
        said: Counter[tuple[object, ...]] = Counter()
        for finding in _judge(world, judgement):
            # Not the place: two branches of an Fn::If that say the same are one finding.
            words = (finding.rule, finding.resource, finding.message, finding.level)
            said[words] += 1
            key = (*words, said[words])
            held.setdefault(key, _Held(finding)).worlds.add(number)
            of_world = gravest.setdefault((finding.rule, finding.resource), {})
            of_world[number] = min(LEVELS.index(finding.level or "advice"), of_world.get(number, len(LEVELS)))
    findings = []
    for one in held.values():
        finding = one.finding
        if len(one.worlds) < len(worlds):
            is_named = judgement.is_exact or finding.rule == INTERNAL_ERROR
            of_world = gravest[finding.rule, finding.resource]
            everywhere = LEVELS[max(of_world.values())] if len(of_world) == len(worlds) else "advice"
            level = finding.level if is_named else max(finding.level or "advice", everywhere, key=LEVELS.index)
            finding = replace(finding, deployment=_named(one.worlds, worlds), level=level)
        findings.append(finding)
    return findings


def _named(numbers: set[int], worlds: Sequence[Deployment]) -> str:
    names = dict.fromkeys(worlds[number].name for number in sorted(numbers))
    if any(names):
        return f"in {' and '.join(names)}"
    meant: list[Assignment] = [choice for number in sorted(numbers) for choice in worlds[number].choices]
    return describe(meant, [choice for world in worlds for choice in world.choices])


def _judge(world: Deployment, judgement: Judgement) -> Iterator[Finding]:
    for rule in judgement.rules:
        options = judgement.options.get(rule.id, {})
        for subject in _subjects(rule, world):
            try:
                found = [one for one in rule.check(subject, **options) if one.resource in world.own]
            except Exception as error:  # noqa: PERF203  (one rule's failure is not another's)
                yield _broken(rule, subject, error)
            else:
                set_level = judgement.levels.get(rule.id)
                yield from (replace(one, rule=rule.id, level=_level(one, rule, set_level)) for one in found)


def _level(finding: Finding, rule: Rule, configured: Level | None) -> Level:
    """The configured level stands for the rule's own; a finding that names a lighter one keeps that."""
    level = configured or rule.level
    if finding.level is None:
        return level
    return max(finding.level, level, key=LEVELS.index) if configured else finding.level


def _subjects(rule: Rule, world: Deployment) -> Sequence[Resource | Deployment]:
    if not rule.resource:
        return [world]
    resources = world.own_of_type(*rule.resource)
    return [one for one in resources if one.language == rule.language] if rule.language else resources


def _broken(rule: Rule, subject: Resource | Deployment, error: Exception) -> Finding:
    where = traceback.extract_tb(error.__traceback__)[-1]
    resource = next(iter(subject.own.values())) if isinstance(subject, Deployment) else subject
    made = resource.finding(
        resource,
        f"could not be judged by {rule.id}, which failed with {type(error).__name__}: {error} "
        f"(line {where.lineno} of {where.filename.rpartition('/')[2]}); please report it",
        level="error",
    )
    return replace(made, rule=INTERNAL_ERROR)
