"""What databases and their groups look like that RDS takes, or refuses in another way than it seems."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import report
from tests.linting import found, messages, resource, stack, terraform

INSTANCE = "RDS::DBInstance"
EVENTS = "RDS::EventSubscription"


def planned(tmp_path: Path, type_: str, before: dict[str, Any] | None, written: dict[str, Any], **known: Any) -> Path:
    """A plan with one resource: what is written, and what the provider knows beside it, as of one that runs."""
    made = {"address": f"{type_}.orders", "mode": "managed", "type": type_, "name": "orders"}
    after = {**known, **written}
    actions = ["create"] if before is None else ["update"]
    change = {"actions": actions, "before": before, "after": after, "after_unknown": {}}
    configured = {**made, "expressions": {name: {"constant_value": value} for name, value in written.items()}}
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": [{**made, "values": after}]}},
        "resource_changes": [{**made, "change": change}],
        "configuration": {"root_module": {"resources": [configured]}},
    }
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan), encoding="utf-8")
    return path


def test_a_plan_of_an_instance_that_runs_names_the_zone_that_rds_chose(tmp_path: Path) -> None:
    written = {"engine": "postgres", "multi_az": True}
    runs = {"availability_zone": "eu-west-1b"}
    path = planned(tmp_path, "aws_db_instance", {**runs, **written}, written, **runs)
    assert report("--select", "rds-multi-az", str(path))["findings"] == []
    path = planned(tmp_path, "aws_db_instance", None, {**written, **runs})
    [finding] = report("--select", "rds-multi-az", str(path))["findings"]
    assert "is eu-west-1b, which RDS rejects while multi_az is true" in finding["message"]


@pytest.mark.parametrize(
    ("parameter", "family", "is_refused"),
    [
        ({"name": "max_connections", "value": "9"}, "postgres16", True),
        ({"name": "max_connections", "value": "9", "apply_method": "immediate"}, "aurora-postgresql16", True),
        ({"name": "max_connections", "value": "9", "apply_method": "pending-reboot"}, "postgres16", False),
        ({"name": "max_connections", "value": "9"}, "mariadb11.4", False),
        ({"name": "${var.name}", "value": "9"}, "postgres16", False),
        ({"name": "work_mem", "value": "9"}, "postgres16", False),
    ],
)
def test_static_parameters(parameter: dict[str, Any], family: str, is_refused: bool) -> None:
    group = {"family": family, "parameter": [{"name": "work_mem", "value": "1"}, parameter]}
    template = terraform({"variable": {"name": {}}}, aws_db_parameter_group={"orders": group})
    assert bool(found("rds-static-parameter", template)) is is_refused


def test_parameters_of_cloudformation_have_no_method() -> None:
    group = resource("RDS::DBParameterGroup", Family="postgres16", Parameters={"max_connections": "9"})
    assert found("rds-static-parameter", stack(Group=group)) == []


def subscription(kind: Any, *sources: Any, **more: Any) -> dict[str, Any]:
    """A stack with an instance, a cluster and a subscription to events of these sources."""
    orders = resource(INSTANCE, Engine="postgres", **more)
    cluster = resource("RDS::DBCluster", Engine="aurora-mysql", DBClusterIdentifier="orders")
    events = resource(EVENTS, SnsTopicArn="arn:aws:sns:eu-west-1:123456789012:t", SourceIds=list(sources))
    events["Properties"] |= {} if kind is None else {"SourceType": kind}
    return stack({"Parameters": {"Kind": {"Type": "String"}}}, Orders=orders, Cluster=cluster, Events=events)


def test_sources_of_events_have_one_type() -> None:
    orders, cluster = {"Ref": "Orders"}, {"Ref": "Cluster"}
    taken: list[tuple[Any, list[Any]]] = [
        ("db-instance", [orders]),
        ("db-cluster", [cluster]),
        ({"Ref": "Kind"}, [orders]),
        ("db-snapshot", ["last-night"]),
        ("custom-engine-version", [orders]),
        (None, []),
    ]
    for kind, sources in taken:
        assert messages("rds-event-source", subscription(kind, *sources)) == []
    refused: list[tuple[Any, list[Any], str]] = [
        ("db-cluster", [cluster, orders], "SourceIds has Orders, which is of another type"),
        ("db-proxy", [cluster], "SourceIds has Cluster, which is of another type"),
        (None, [orders], "Events has no SourceType, but RDS refuses SourceIds without it"),
    ]
    for kind, sources, reason in refused:
        [message] = messages("rds-event-source", subscription(kind, *sources))
        assert reason in message


def test_an_instance_may_have_the_name_of_a_cluster() -> None:
    orders = {"Ref": "Orders"}
    assert messages("rds-event-source", subscription("db-cluster", orders, DBInstanceIdentifier="orders")) == []
    assert messages("rds-event-source", subscription("db-cluster", orders, DBInstanceIdentifier="other"))


def test_a_replica_has_the_engine_that_is_written_or_that_of_its_source() -> None:
    source = resource(INSTANCE, Engine="mysql")
    other = {"Ref": "Orders"}
    replica = resource(INSTANCE, SourceDBInstanceIdentifier=other, EnableCloudwatchLogsExports=["postgresql"])
    [message] = messages("rds-log-exports", stack(Orders=source, Copy=replica))
    assert message.startswith("EnableCloudwatchLogsExports of Copy has postgresql, a log that mysql does not have")
    elsewhere = resource(INSTANCE, SourceDBInstanceIdentifier="arn", EnableCloudwatchLogsExports=["postgresql"])
    assert messages("rds-log-exports", stack(Copy=elsewhere)) == []


@pytest.mark.parametrize(
    ("type_", "engine", "log", "is_refused"),
    [
        (INSTANCE, "oracle-ee", "listener", False),
        (INSTANCE, "oracle-ee", "slowquery", True),
        (INSTANCE, "sqlserver-se", "audit", True),
        (INSTANCE, "custom-oracle-ee", "slowquery", False),
        (INSTANCE, "MariaDB", "slowquery", False),
        ("RDS::DBCluster", "aurora-mysql", "postgresql", True),
        ("RDS::DBCluster", "mysql", "slowquery", False),
        ("RDS::DBCluster", "neptune", "audit", False),
    ],
)
def test_logs_of_engines(type_: str, engine: str, log: str, is_refused: bool) -> None:
    orders = resource(type_, Engine=engine, EnableCloudwatchLogsExports=[log])
    assert bool(found("rds-log-exports", stack(Orders=orders))) is is_refused


def test_a_replica_of_a_managed_password_in_another_region_is_not_known() -> None:
    instance = {"identifier": "orders", "engine": "postgres", "manage_master_user_password": True}
    for named in ("arn:aws:rds:eu-west-1:123456789012:db:payments", "${var.source}"):
        copy = {"identifier": "copy", "replicate_source_db": named}
        template = terraform({"variable": {"source": {}}}, aws_db_instance={"orders": instance, "copy": copy})
        assert found("rds-replica-password", template) == []


@pytest.mark.parametrize(
    ("subnets", "is_found"),
    [
        (["${data.aws_subnets.all.ids[0]}"], True),
        (["${var.given[0]}"], True),
        (["subnet-0123"], True),
        (["${var.given}"], False),
        (["${data.aws_subnets.all.ids[0]}", "${data.aws_subnets.all.ids[1]}"], False),
        ("${data.aws_subnets.all.ids}", False),
        ("${flatten([var.given])}", False),
    ],
)
def test_one_subnet_of_a_list(subnets: Any, is_found: bool) -> None:
    sections = {"variable": {"given": {}}, "data": {"aws_subnets": {"all": {}}}}
    template = terraform(sections, aws_db_subnet_group={"orders": {"subnet_ids": subnets}})
    assert bool(found("rds-subnet-zones", template)) is is_found
