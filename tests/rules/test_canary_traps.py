"""Canaries: who watches them, with which role they write their metrics, and what their alarms see."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import found, resource, stack

UNWATCHED = "synthetics-unwatched"
STOPS = "synthetics-stops"
ROLE = "synthetics-role"
PARAMETERS = {"Parameters": {"Any": {"Type": "String"}}}


def template(**resources: dict[str, Any]) -> dict[str, Any]:
    return stack(PARAMETERS, **resources)


def canary(**properties: Any) -> dict[str, Any]:
    return resource(
        "Synthetics::Canary", **{"Name": "site", "Schedule": {"Expression": "rate(5 minutes)"}, **properties}
    )


def alarm(value: Any, metric: Any = "SuccessPercent", **properties: Any) -> dict[str, Any]:
    dimensions = [{"Name": "CanaryName", "Value": value}]
    its = {"Namespace": "CloudWatchSynthetics", "MetricName": metric, "Dimensions": dimensions}
    return resource("CloudWatch::Alarm", **its, **properties)


@each_case(
    ("value", "metric", "count"),
    [
        ({"Ref": "It"}, "SuccessPercent", 0),
        ("site", "5xx", 0),
        ({"Ref": "Any"}, "Failed", 0),
        ("site", {"Ref": "Any"}, 0),
        ("shop", "SuccessPercent", 1),
    ],
)
def test_an_alarm_that_may_be_of_a_canary_watches_it(value: Any, metric: Any, count: int) -> None:
    every = template(It=canary(), Shop=canary(Name="shop"), Down=alarm(value, metric))
    assert len([one for one in found(UNWATCHED, every) if one.resource == "It"]) == count


@each_case(
    ("expression", "duration", "count"),
    [
        ("rate(0 minute)", None, 1),
        ("rate(0 hour)", None, 1),
        ("rate(5 minutes)", "3600", 1),
        ("cron(0 3 * * ? *)", 86400, 1),
        ("rate(5 minutes)", "0", 0),
        ("rate(5 minutes)", None, 0),
        ({"Ref": "Any"}, {"Ref": "Any"}, 0),
    ],
)
def test_a_watched_canary_goes_on(expression: Any, duration: Any, count: int) -> None:
    schedule = {"Expression": expression, **({} if duration is None else {"DurationInSeconds": duration})}
    it = canary(Schedule=schedule)
    assert len(found(STOPS, template(It=it, Down=alarm({"Ref": "It"})))) == count
    assert found(STOPS, template(It=it)) == []


@each_case(
    ("statement", "count"),
    [
        ({"Effect": "Allow", "Action": "cloudwatch:GetMetricData", "Resource": "*"}, 1),
        ({"Effect": "Allow", "Action": "cloudwatch:Put*", "Resource": "*"}, 0),
        ({"Effect": "Allow", "Action": {"Ref": "Any"}, "Resource": "*"}, 0),
        ({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}, 0),
        (
            {
                "Effect": "Allow",
                "Action": "cloudwatch:PutMetricData",
                "Resource": "*",
                "Condition": {"StringEquals": {"cloudwatch:namespace": "CloudWatchSynthetics"}},
            },
            0,
        ),
    ],
)
def test_a_role_lets_a_canary_write_its_metrics(statement: dict[str, Any], count: int) -> None:
    trust = {
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]
    }
    policy = {"PolicyName": "canary", "PolicyDocument": {"Statement": [statement]}}
    role = resource("IAM::Role", AssumeRolePolicyDocument=trust, Policies=[policy])
    assert len(found(ROLE, template(It=canary(ExecutionRoleArn={"Fn::GetAtt": ["Role", "Arn"]}), Role=role))) == count


@each_case(
    ("metric", "operator", "missing", "count"),
    [
        ("SuccessPercent", "LessThanThreshold", "notBreaching", 1),
        ("SuccessPercent", "LessThanThreshold", "missing", 0),
        ("SuccessPercent", "GreaterThanThreshold", "notBreaching", 0),
        ("Failed", "GreaterThanThreshold", "notBreaching", 0),
        ("SuccessPercent", "LessThanThreshold", {"Ref": "Any"}, 0),
    ],
)
def test_an_alarm_on_success_sees_that_the_canary_stopped(metric: str, operator: str, missing: Any, count: int) -> None:
    down = alarm("site", metric, ComparisonOperator=operator, Threshold=90, TreatMissingData=missing)
    assert len(found(UNWATCHED, template(Down=down))) == count
