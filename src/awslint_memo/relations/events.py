"""Amazon EventBridge: what rules and schedules deliver to."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import service_of
from awslint_memo.model.value import Value

_KEEPERS = ("AWS::Logs::", "AWS::Events::EventBus", "AWS::EventsV2::")
"""Types that take every event: log groups and buses, which deliver it on by rules of their own."""


_SWITCHED = ("AWS::Events::Rule", "AWS::Scheduler::Schedule")
"""Types that have a State."""


def is_disabled(sender: Resource) -> bool:
    """Whether a rule or schedule surely delivers nothing, because it is switched off."""
    if sender.type == "AWS::IoT::TopicRule":
        return sender.get("TopicRulePayload.RuleDisabled").flag is True
    return sender.type in _SWITCHED and sender.get("State").text == "DISABLED"


def needs_dead_letters(deployment: Deployment, target: Value) -> bool:
    """Whether a target surely can refuse an event: it is known, and neither a log group nor an event bus."""
    resource = deployment.find(target)
    if resource is not None:
        return not resource.type.startswith(_KEEPERS)
    service = service_of(target)
    return bool(service) and service not in ("logs", "events", "*")
