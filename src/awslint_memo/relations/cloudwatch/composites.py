"""Composite alarms: which alarms their rules name, and what they may not do."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch.alarms import COMPOSITE

_POLICIES = ("AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::AutoScaling::ScalingPolicy")
_ACTION = regex(r"arn:[\w-]+:(?:automate|autoscaling|swf):")
_NAMED = regex(r"\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*([\"']?)(?:arn:[^\"')]*:alarm:)?([^\"')]+?)\1\s*\)")


def way_back(alarm: Resource) -> list[Resource]:
    """The composite alarms through which the rule of one surely leads back to it, itself the last; empty where it does
    not, and where another alarm of this circle comes first in the template."""
    named = alarm.deployment.once(_named)
    ways = [[name] for name in named.get(alarm.name, ())]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == alarm.name:
            order = list(named)
            is_first = min(way, key=order.index) == alarm.name
            every = (alarm.deployment.resource(name) for name in way)
            return [resource for resource in every if resource is not None] if is_first else []
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, name] for name in named.get(way[-1], ())]
    return []


def is_for_metric_alarms(alarm: Resource, action: Value) -> bool:
    """Whether an action surely is one on instances or a scaling policy, which a composite alarm can't have."""
    if action.text is not None:
        return _ACTION.match(action.text) is not None
    return alarm.deployment.find(action, *_POLICIES) is not None


def _named(deployment: Deployment) -> Mapping[str, list[str]]:
    """By composite alarm, the composite alarms of the deployment that its rule surely names."""
    every = deployment.of_type(COMPOSITE)
    by_name = {name: alarm.name for alarm in every if (name := alarm.get("AlarmName").text) is not None}
    return {alarm.name: _in_rule(alarm.get("AlarmRule"), by_name, {other.name for other in every}) for alarm in every}


def _in_rule(rule: Value, by_name: Mapping[str, str], every: set[str]) -> list[str]:
    linked = [link.resource for link in rule.mentions() if link.resource in every] if not _is_vague(rule) else []
    texts = (piece.text or "" for piece in rule.pieces)
    written = [by_name[name] for text in texts for _, name in _NAMED.findall(text) if name in by_name]
    return list(dict.fromkeys([*linked, *written]))


def _is_vague(rule: Value) -> bool:
    """Whether what a rule mentions may be in it, but is not surely."""
    return rule.is_unknown and len(rule.pieces) == 1
