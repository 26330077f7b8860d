"""On which side of the threshold of its alarms the steps of a scaling policy lie."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch import alarms

ABOVE, BELOW = "above", "below"

SIDES: Mapping[str, str] = fact(
    {
        "GreaterThanOrEqualToThreshold": ABOVE,
        "GreaterThanThreshold": ABOVE,
        "LessThanOrEqualToThreshold": BELOW,
        "LessThanThreshold": BELOW,
    },
    page="autoscaling/ec2/userguide/as-scaling-simple-step.html",
    read="2026-11-30",
)
"""The comparisons of alarms, each with where the metric is as seen from the threshold when the alarm invokes a policy:
the bounds of a step are counted from the threshold."""

_OR_EQUAL = "OrEqualTo"


def beside(policy: Resource, steps: Value) -> tuple[Resource, str] | None:
    """The first alarm that invokes a policy, with the side of its threshold on which the metric then is, where none of
    the steps lies on that side of any alarm that surely invokes it; None where one may."""
    invoking = [alarm for alarm in policy.deployment.of_type(alarms.ALARM) if _invokes(alarm, policy)]
    bounds = [(step.get("MetricIntervalLowerBound"), step.get("MetricIntervalUpperBound")) for step in steps.items]
    if not invoking or not bounds or any(bound.is_unknown for pair in bounds for bound in pair):
        return None
    if any(_may_fit(alarm, lower, upper) for alarm in invoking for lower, upper in bounds):
        return None
    return invoking[0], SIDES[invoking[0].get("ComparisonOperator").text or ""]


def _invokes(alarm: Resource, policy: Resource) -> bool:
    actions = (action for name in alarms.ACTIONS for action in alarm.get(name).items)
    return any(alarm.deployment.find(action, policy.type) is policy for action in actions)


def _may_fit(alarm: Resource, lower: Value, upper: Value) -> bool:
    """Whether a step may hold a difference from the threshold for which an alarm invokes its policy."""
    comparison = alarm.get("ComparisonOperator").text or ""
    side, has_edge = SIDES.get(comparison), _OR_EQUAL in comparison
    # The other actions are for when the metric is back, or not there.
    if side is None or any(not alarm.get(name).is_absent for name in alarms.ACTIONS[1:]):
        return True
    bound = upper if side == ABOVE else lower
    distance = None if bound.number is None else bound.number if side == ABOVE else -bound.number
    return distance is None or distance > 0 or (has_edge and distance == 0)
