"""The format resilience-hub: objectives and applications as inputs of calls of AWS Resilience Hub, of both generations.

What a call would refuse is left out, with the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from awslint_memo.judging.survey import Survey
from awslint_memo.model.deployment import Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.objectives import DISRUPTIONS, STRATEGIES, Objectives
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.relations.recovery import families
from awslint_memo.relations.recovery.hub_components import COMPONENTS
from awslint_memo.reporters.json_writing import json_text
from awslint_memo.reporters.recovery import Wish

_NAMES = {"software": "Software", "hardware": "Hardware", "az": "AZ", "region": "Region"}
_NEEDED = ("software", "hardware", "az")
"""The disruptions that a policy of the first generation has to have; that of a Region may be left out."""

_APPROACHES = ("BACKUP_AND_RESTORE", "PILOT_LIGHT", "WARM_STANDBY", "HOT_STANDBY", "ACTIVE_ACTIVE")
"""What the second generation calls the strategies, in their order."""

_NAME, _BODY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,254}"), re.compile(r"[\w\s:,.'/{}\[\]\"\\-]*")
_LONGEST_NAME, _LARGEST = 60, 409_600


@record(frozen=True)
class Asked:
    """What is asked for. by_disruption: the least RPO and RTO of its stores. differs: whether these differ."""

    by_disruption: Mapping[str, tuple[float | None, float | None]]
    strategy: str | None
    differs: bool


def report(survey: Survey, wish: Wish) -> str:  # noqa: ARG001
    """One JSON object in ASCII: for each call the inputs, and what is left out."""
    asked = {name: _together(every) for name, every in _objectives(survey).items()}
    left_out: list[str] = []
    first = [policy for name, each in asked.items() if (policy := _first(name, each, left_out)) is not None]
    second = [policy for name, each in asked.items() if (policy := _second(name, each, left_out)) is not None]
    templates = [
        template
        for name, resources in survey.written.components.items()
        if (template := _template(name, resources, left_out)) is not None
    ]
    shape = {
        "version": 1,
        "create_resiliency_policy": first,
        "create_policy": second,
        "put_draft_app_version_template": templates,
        "left_out": list(dict.fromkeys(left_out)),
    }
    return json_text(shape)


def _objectives(survey: Survey) -> dict[str, list[Objectives]]:
    """The objectives of the stores, by their applications, else by their templates."""
    by_name: dict[str, list[Objectives]] = {}
    for family in survey.families:
        for entry in family.entries:
            if not entry.note:
                name = families.application(entry.resource) or family.name
                by_name.setdefault(name, []).append(entry.objectives)
    return {name: every for name, every in by_name.items() if not all(each.is_empty for each in every)}


def _together(every: Sequence[Objectives]) -> Asked:
    by_disruption = {
        name: (_least(each.rpo(name) for each in every), _least(each.rto(name) for each in every))
        for name in DISRUPTIONS
    }
    strategies = [each.strategy for each in every if each.strategy is not None]
    numbers = {tuple((each.rpo(name), each.rto(name)) for name in DISRUPTIONS) for each in every}
    return Asked(by_disruption, max(strategies, key=STRATEGIES.index, default=None), len(numbers) > 1)


def _least(figures: Iterable[float | None]) -> float | None:
    return min((figure for figure in figures if figure is not None and isfinite(figure)), default=None)


def _named(name: str) -> str:
    """A name as both generations take it."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:_LONGEST_NAME]
    return plain if len(plain) > 1 else f"app-{plain or 'here'}"


def _described(asked: Asked) -> str:
    return "The least that its stores ask for, which differs." if asked.differs else "What its stores ask for."


def _first(name: str, asked: Asked, left_out: list[str]) -> dict[str, Any] | None:
    """The input of CreateResiliencyPolicy."""
    policy = {}
    for disruption, (rpo, rto) in asked.by_disruption.items():
        if rpo is not None and rto is not None:
            policy[_NAMES[disruption]] = {"rpoInSecs": int(rpo), "rtoInSecs": int(rto)}
        elif disruption in _NEEDED or (rpo, rto) != (None, None):
            lacking = " and ".join(key for key, value in (("RPO", rpo), ("RTO", rto)) if value is None)
            left_out.append(f"{name}: no {lacking} for {disruption}, without which a policy has none for it")
    missing = [disruption for disruption in _NEEDED if _NAMES[disruption] not in policy]
    if missing:
        left_out.append(
            f"{name}: no policy of the first generation, which needs an RPO and an RTO for {listed(missing)}"
        )
        return None
    return {
        "policyName": _named(name),
        "policyDescription": _described(asked),
        "tier": "NotApplicable",
        "policy": policy,
    }


def _second(name: str, asked: Asked, left_out: list[str]) -> dict[str, Any] | None:
    """The input of CreatePolicy of the second generation, whose times are in whole minutes."""
    parts: dict[str, Any] = {}
    for key, disruption in (("multiAz", "az"), ("multiRegion", "region")):
        rpo, rto = asked.by_disruption[disruption]
        targets: dict[str, int | str] = {
            target: _minutes(name, seconds, left_out)
            for target, seconds in (("rpoInMinutes", rpo), ("rtoInMinutes", rto))
            if seconds is not None
        }
        if key == "multiRegion" and asked.strategy is not None:
            targets["disasterRecoveryApproach"] = _APPROACHES[STRATEGIES.index(asked.strategy)]
        if targets:
            parts[key] = targets
    backups = asked.by_disruption["software"][0]
    if backups is not None:
        parts["dataRecovery"] = {"timeBetweenBackupsInMinutes": _minutes(name, backups, left_out)}
    return {"name": _named(name), "description": _described(asked), **parts} if parts else None


def _minutes(name: str, seconds: float, left_out: list[str]) -> int:
    if seconds % 60:
        left_out.append(f"{name}: {compact(seconds)} is no number of minutes, so the second generation gets less")
    return int(seconds // 60)


def _template(name: str, resources: Sequence[Resource], left_out: list[str]) -> dict[str, Any] | None:
    """The input of PutDraftAppVersionTemplate, but for the ARN of the application."""
    told = [resource for resource in resources if _stack(resource)]
    if len(told) < len(resources):
        which = "all resources" if not told else f"{len(resources) - len(told)} resources"
        how = "name deployments as their stacks are called (`deployments`); of Terraform it is the name of a state file"
        left_out.append(f"{name}: {which}, whose stack or state no template names: {how}")
    if not told:
        return None
    names = dict(zip(map(id, told), _unique(told), strict=True))
    body = json.dumps(
        {
            "resources": [
                {
                    "logicalResourceId": {"identifier": resource.name, "logicalStackName": _stack(resource)},
                    "type": resource.type,
                    "name": names[id(resource)],
                }
                for resource in told
            ],
            "appComponents": [
                *(_component(resource, names[id(resource)]) for resource in told),
                {"name": "appcommon", "type": "AWS::ResilienceHub::AppCommonAppComponent", "resourceNames": []},
            ],
            "excludedResources": {"logicalResourceIds": []},
            "version": 2,
        }
    )
    if len(body) > _LARGEST or not _BODY.fullmatch(body):
        left_out.append(f"{name}: an app template that is too large, or has characters which the call refuses")
        return None
    return {"application": name, "appTemplateBody": body}


def _component(resource: Resource, name: str) -> dict[str, Any]:
    # Resilience Hub groups what works as one unit by itself.
    kind = f"AWS::ResilienceHub::{COMPONENTS[resource.type]}AppComponent"
    return {"id": name, "name": name, "type": kind, "resourceNames": [name]}


def _stack(resource: Resource) -> str:
    """The name of a resource's stack, which is that of its deployment, if the call takes it."""
    is_stack = resource.language != "terraform" and "/" not in resource.name
    name = resource.deployment.name if is_stack else ""
    return name if _NAME.fullmatch(name) else ""


def _unique(resources: Sequence[Resource]) -> Iterator[str]:
    """A name for each, as components have it."""
    met: set[str] = set()
    for resource in resources:
        plain = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{_stack(resource)}-{resource.name}").strip("-_")[:240]
        name, number = plain, 2
        while name in met:
            name, number = f"{plain}-{number}", number + 1
        met.add(name)
        yield name
