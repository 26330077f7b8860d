"""Events that are worth nothing after minutes, so that one which a queue keeps is stale."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.relations import events, hook_events, schedules, sns

WARNINGS: Mapping[str, Fact[str]] = {
    "EC2 Instance Rebalance Recommendation": Fact(
        "a Spot Instance may be interrupted soon",
        page="AWSEC2/latest/UserGuide/rebalance-recommendations.html",
        read="2026-12-01",
    ),
    "EC2 Spot Instance Interruption Warning": Fact(
        "a Spot Instance is interrupted in two minutes",
        page="AWSEC2/latest/UserGuide/spot-instance-termination-notices.html",
        read="2026-12-01",
    ),
}
"""The events of EC2 that warn of what happens within minutes, by their detail-type: what each says. Those of lifecycle
hooks are of no use either once the hook's timeout is over."""


def are_passing(sender: Resource) -> bool:
    """Whether all that a rule, a topic or a subscription delivers surely is worth nothing after minutes: warnings of
    what happens to an instance by then, or the actions of lifecycle hooks, which wait no longer."""
    if sender.type in (sns.SUBSCRIPTION, sns.TOPIC):
        from awslint_memo.relations import hook_topics  # Few templates have hooks.

        topics = [one.topic for one in sns.subscriptions(sender)]
        return bool(topics) and all(hook_topics.hears_hooks_alone(topic) for topic in topics)
    if sender.type != "AWS::Events::Rule":
        return False
    asked = events.pattern(sender)
    kinds = [kind.text for kind in asked.get("detail-type").items]
    is_whole = asked.is_known and asked.get("$or").is_absent and sender.get("ScheduleExpression").is_absent
    return is_whole and bool(kinds) and all(kind in WARNINGS or kind in hook_events.EVENTS for kind in kinds)


def is_made_up_for(sender: Resource, target: Resource) -> bool:
    """Whether what a target failed to process surely is done all the same or of no use any more: the next run of a
    schedule does it, or it is stale."""
    return schedules.catches_up(sender, target) or are_passing(sender)


def is_dispensable(sender: Resource, target: Resource | None) -> bool:
    """Whether what a rule or schedule could not deliver surely loses nothing that is not seen or made up for: it is
    stale, or a run of a schedule that the next one makes up for. target: what it starts, whose name counts too."""
    return schedules.is_dispensable(sender, target) or are_passing(sender)
