"""Amazon EventBridge: what rules and schedules deliver to."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import service_of
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import each

_KEEPERS = ("AWS::Logs::", "AWS::Events::EventBus", "AWS::EventsV2::")
"""Types that take every event: log groups and buses, which deliver it on by rules of their own."""


_SWITCHED = ("AWS::Events::Rule", "AWS::Scheduler::Schedule")
"""Types that have a State."""


def is_disabled(sender: Resource) -> bool:
    """Whether a rule or schedule surely delivers nothing, because it is switched off."""
    if sender.type == "AWS::IoT::TopicRule":
        return sender.get("TopicRulePayload.RuleDisabled").flag is True
    return sender.type in _SWITCHED and sender.get("State").text == "DISABLED"


def names(event_rule: Resource, some: Sequence[Value]) -> str:
    """The Ids of some targets of a rule, behind a blank; of one whose Id is not known, what it is to, if that is known
    and the rule has others. Empty where not each has a name of its own so."""
    others = len(list(each(event_rule, "Targets"))) > 1
    known = [target.get("Id").text or (_destination(event_rule, target) if others else "") for target in some]
    return f" {', '.join(known)}" if all(known) and len(set(known)) == len(known) else ""


def _destination(event_rule: Resource, target: Value) -> str:
    arn = target.get("Arn")
    to = event_rule.deployment.find(arn)
    name = arn.text if to is None else to.title
    return f"to {name}" if name else ""


def needs_dead_letters(deployment: Deployment, target: Value) -> bool:
    """Whether a target surely can refuse an event: it is known, and neither a log group nor an event bus."""
    resource = deployment.find(target)
    if resource is not None:
        return not resource.type.startswith(_KEEPERS)
    service = service_of(target)
    return bool(service) and service not in ("logs", "events", "*")
