"""Composite alarms: which names surely are of no alarm."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import IMPORTED, found, resource, stack

RULE = "alarm-composite-unknown"


def alarm(name: Any) -> dict[str, Any]:
    named = {} if name is None else {"AlarmName": name}
    return resource("CloudWatch::Alarm", Namespace="AWS/Lambda", MetricName="Errors", **named)


@each_case(
    ("rule", "names", "count"),
    [
        ("ALARM(shop-prod-slow) OR ALARM(shop-prod-errors)", ["shop-prod-slow"], 1),
        ("ALARM(shop-prod-slow) OR ALARM(shop-prod-errors) OR OK(shop-prod-full)", ["shop-prod-slow"], 1),
        ("ALARM('shop/prod/slow') OR ALARM('shop/prod/errors')", ["shop/prod/slow"], 1),
        ("ALARM(shop-prod-slow) OR ALARM(shop-prod-errors)", ["shop-prod-slow", None], 1),
        ("ALARM(shop-prod-slow) OR ALARM(shop-prod-errors)", ["shop-prod-slow", "shop-prod-errors"], 0),
        # It is not known what an alarm is called, or what the rule says.
        ("ALARM(shop-prod-slow) OR ALARM(shop-prod-errors)", ["shop-prod-slow", IMPORTED], 0),
        (IMPORTED, ["shop-prod-slow"], 0),
        ({"Fn::Sub": "ALARM(shop-prod-slow) OR ALARM(${Name})"}, ["shop-prod-slow"], 0),
        # Short names, others, and rules of which no other alarm is here.
        ("ALARM(shop-slow) OR ALARM(shop-errors)", ["shop-slow"], 0),
        ("ALARM(slow) OR ALARM(errors)", ["slow"], 0),
        ("ALARM(shop-prod-slow) OR ALARM(shop-test-slow)", ["shop-prod-slow"], 0),
        ("ALARM(shop-prod-errors) OR ALARM(shop-prod-full)", ["shop-prod-slow"], 0),
        ("TRUE", ["shop-prod-slow"], 0),
    ],
)
def test_a_name_that_no_alarm_has(rule: Any, names: list[Any], count: int) -> None:
    alarms = {f"A{number}": alarm(name) for number, name in enumerate(names)}
    composite = resource("CloudWatch::CompositeAlarm", AlarmName="it", AlarmRule=rule)
    sections = {"Parameters": {"Name": {"Type": "String"}}}
    assert len(found(RULE, stack(sections, **alarms, It=composite))) == count
