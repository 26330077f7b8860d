"""Which rules wait for events of lifecycle hooks that the groups they name do not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value
from awslint_memo.relations.autoscaling import LIFECYCLE_HOOK, group_of, is_managed, may_have_other
from awslint_memo.relations.autoscaling_zones import GROUP

EVENTS: Mapping[str, str] = fact(
    {
        "EC2 Instance-launch Lifecycle Action": "autoscaling:EC2_INSTANCE_LAUNCHING",
        "EC2 Instance-terminate Lifecycle Action": "autoscaling:EC2_INSTANCE_TERMINATING",
    },
    page="autoscaling/ec2/userguide/ec2-auto-scaling-event-reference.html",
    read="2026-11-30",
)
"""The events of lifecycle hooks by their detail-type, each with the transition of the hooks that cause it."""


def unmade(rule: Resource) -> tuple[Value, Resource, str] | None:
    """What a rule waits for, with the first group that it names and the transition, where surely no group that it names
    has a hook for that transition; else None."""
    pattern = rule.get("EventPattern")
    kinds, named = pattern.get("detail-type").items, pattern.get("detail").get("AutoScalingGroupName").items
    groups = [rule.deployment.find(name, GROUP) for name in named]
    known = [group for group in groups if group is not None]
    if len(kinds) != 1 or kinds[0].text not in EVENTS or not known or len(known) < len(groups):
        return None
    transition = EVENTS[kinds[0].text or ""]
    if any(_may_have(group, transition) for group in known):
        return None
    return kinds[0], known[0], transition


def _may_have(group: Resource, transition: str) -> bool:
    """Whether a group has a hook for a transition, or may: others, such as CodeDeploy and ECS, make hooks too."""
    if is_managed(group) or may_have_other(group, LIFECYCLE_HOOK):
        return True
    if group.deployment.of_type("AWS::CodeDeploy::DeploymentGroup"):
        return True
    return any(value.text in (None, transition) for value in _transitions(group))


def _transitions(group: Resource) -> Iterator[Value]:
    own = group.get("LifecycleHookSpecificationList")
    yield from [own] if own.is_unknown else [hook.get("LifecycleTransition") for hook in own.items]
    hooks = group.deployment.of_type(LIFECYCLE_HOOK)
    yield from (hook.get("LifecycleTransition") for hook in hooks if group_of(hook) is group)
