"""Alarms on nearly the metric that a filter writes: what differs otherwise, and who may write the alarm's own."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import IMPORTED, found, resource, stack

RULE = "alarm-unwritten-metric"


def written(name: Any, namespace: Any = "Shop/Orders") -> dict[str, Any]:
    metric = {"MetricName": name, "MetricNamespace": namespace, "MetricValue": "1"}
    return resource("Logs::MetricFilter", LogGroupName="orders", FilterPattern="a", MetricTransformations=[metric])


def alarm(name: Any, namespace: Any = "Shop/Orders") -> dict[str, Any]:
    return resource("CloudWatch::Alarm", MetricName=name, Namespace=namespace)


def levels(**resources: Any) -> list[str | None]:
    return [one.level for one in found(RULE, stack(**resources))]


@each_case(
    ("name", "namespace", "expected"),
    [
        ("RejectedOrder", "Shop/Orders", ["warning"]),
        ("rejected_orders", "Shop/Orders", ["warning"]),
        ("RejectedOrders", "shop/orders", ["warning"]),
        ("RejectedOrders", "Shop/Orders", []),
        ("RejectedOrders", "Shop/Payments", []),
        ("RejectedOrder", "Shop/Order", []),
        ("RejectedOrders2", "Shop/Orders", []),
        ("RejectedItems", "Shop/Orders", []),
        (IMPORTED, "Shop/Orders", []),
    ],
)
def test_one_of_both_names_is_nearly_the_same(name: Any, namespace: Any, expected: list[str]) -> None:
    assert levels(Filter=written("RejectedOrders"), Alarm=alarm(name, namespace)) == expected


def test_a_filter_that_writes_anything_may_write_it() -> None:
    near = {"Filter": written("RejectedOrders"), "Alarm": alarm("RejectedOrder")}
    assert levels(**near, Other=written(IMPORTED)) == []
    assert levels(**near, Other=written("RejectedOrder", IMPORTED)) == []
    assert levels(**near, Other=written("RejectedOrder")) == []


def test_a_metric_that_has_its_alarm_is_not_meant_by_another() -> None:
    near = {"Filter": written("RejectedOrders"), "Alarm": alarm("RejectedOrder")}
    assert levels(**near, Other=alarm("RejectedOrders")) == []
    assert levels(**near, Other=alarm(IMPORTED)) == []


def test_a_metric_of_a_service_is_judged_elsewhere() -> None:
    assert levels(Filter=written("Error", "AWS/Lambda"), Alarm=alarm("Errors", "AWS/Lambda")) == []


def test_a_program_may_write_it() -> None:
    near = {"Filter": written("RejectedOrders"), "Alarm": alarm("RejectedOrder")}
    variables = {"Variables": {"POWERTOOLS_METRICS_NAMESPACE": "Shop/Orders"}}
    assert levels(**near, Function=resource("Lambda::Function", Environment=variables)) == ["advice"]
    other = {"Variables": {"POWERTOOLS_METRICS_NAMESPACE": "Shop"}}
    assert levels(**near, Function=resource("Lambda::Function", Environment=other)) == ["warning"]
    statement = {"Effect": "Allow", "Action": "cloudwatch:PutMetricData", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [statement]}
    role = resource("IAM::Role", Policies=[{"PolicyName": "a", "PolicyDocument": document}])
    assert levels(**near, Role=role) == ["advice"]


SUB = {"Fn::Sub": "Shop/${Stage}"}
OTHER = {"Fn::Sub": "Shop/${Part}/orders"}


@each_case(
    ("namespace", "watched", "others", "expected"),
    [
        ("Shop/prod", "Shop", {}, ["warning"]),
        ("Shop-Staging", "Shop", {}, ["warning"]),
        ("prod/Shop", "Shop", {}, ["warning"]),
        (SUB, "Shop", {}, ["warning"]),
        # A part of the shop is no environment, nor is what is longer than one.
        ("Shop/Returns", "Shop", {}, []),
        ("Shop/production-eu", "Shop", {}, []),
        ("Shopprod", "Shop", {}, []),
        (OTHER, "Shop", {}, []),
        (IMPORTED, "Shop", {}, []),
        (SUB, "Shop/prod", {}, []),
        # Another alarm watches it, or another filter writes what this one watches, or may.
        (SUB, "Shop", {"Same": alarm("Lost", SUB)}, []),
        (SUB, "Shop", {"Same": alarm("Lost", "Shop/prod")}, []),
        (SUB, "Shop", {"Same": written("Lost", "Shop")}, []),
        (SUB, "Shop", {"Same": written("Lost", IMPORTED)}, []),
        (SUB, "Shop", {"Same": written(IMPORTED, "Shop")}, []),
        (SUB, "Shop", {"Same": alarm("Found", SUB)}, ["warning"]),
    ],
)
def test_a_namespace_without_the_environment(
    namespace: Any, watched: Any, others: dict[str, Any], expected: list[str]
) -> None:
    parameters = {"Stage": {"Type": "String"}, "Part": {"Type": "String"}}
    resources = {"Filter": written("Lost", namespace), "It": alarm("Lost", watched), **others}
    assert [one.level for one in found(RULE, stack({"Parameters": parameters}, **resources))] == expected
