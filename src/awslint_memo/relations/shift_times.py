"""How long CodeDeploy takes to move the traffic of a function, and how long an alarm takes to notice an error."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations import codedeploy
from awslint_memo.relations.cloudwatch import alarms, deployed

_NAME = regex(r"(?:CodeDeployDefault\.Lambda)?(?:Canary\d+Percent(\d+)|Linear(\d+)PercentEvery(\d+))Minutes?")
_CONFIG = "TrafficRoutingConfig"

DEFAULT_DATAPOINTS = fact(1, page="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html", read="2026-11-30")
"""The periods that an alarm looks at in CloudFormation and Terraform where no other number stands there."""


def shift(group: Resource) -> float | None:
    """The seconds from the first request that a new version of a function gets to the last one of the old version; None
    where that is not known, or everything moves at once."""
    own = codedeploy.own_configuration(group)
    if codedeploy.configured_for(group) != "Lambda":
        return None
    if own is not None:
        canary, linear = own.get(f"{_CONFIG}.TimeBasedCanary"), own.get(f"{_CONFIG}.TimeBasedLinear")
        minutes = canary.get("CanaryInterval").number
        if minutes is None:
            minutes = _linear(linear.get("LinearPercentage").number, linear.get("LinearInterval").number)
    else:
        match = _NAME.fullmatch(codedeploy.configuration(group).text or "")
        if match is None:
            return None
        minutes = float(match[1]) if match[1] else _linear(float(match[2]), float(match[3]))
    return None if minutes is None else minutes * 60


def _linear(percent: float | None, interval: float | None) -> float | None:
    return None if not percent or interval is None else interval * 100 / percent


def too_slow(group: Resource) -> tuple[Resource, Value, float, float] | None:
    """The first alarm of a group for functions, where all its alarms surely look at more time than its shift takes:
    the alarm, how many periods it looks at, and both times in seconds; else None."""
    whole = shift(group)
    named = deployed.alarms_of(group) if whole is not None else []
    found = [group.deployment.find(name, alarms.ALARM) for name in named]
    looks = [None if alarm is None else _look(alarm) for alarm in found]
    if whole is None or not looks or any(look is None or look[1] <= whole for look in looks):
        return None
    alarm, look = found[0], looks[0]
    return None if alarm is None or look is None else (alarm, look[0], look[1], whole)


def _look(alarm: Resource) -> tuple[Value, float] | None:
    """How many bad periods bring an alarm on one metric into ALARM, and the seconds that these take."""
    count = alarm.get("DatapointsToAlarm")
    if count.is_absent:
        count = alarm.get("EvaluationPeriods", default=DEFAULT_DATAPOINTS)
    period = alarm.get("Period")
    known = count.number is not None and period.number is not None and alarm.get("Metrics").is_absent
    return (count, count.number * period.number) if known and count.number and period.number else None
