"""What makes a naive reading of databases wrong: replicas, members of clusters, restores, engines not known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

MULTI_AZ = "rds-multi-az"
BACKUPS = "rds-backup-retention"
NO_STANDBY = "has no standby in a second zone and is gone when its zone fails; turn MultiAZ on"


def said(rule: str, document: dict[str, Any]) -> list[tuple[str | None, str]]:
    """Level and message of what a rule finds in a template, without the name of the resource."""
    findings = Example(rules()[rule], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def cloudformation(rule: str, type_: str, properties: dict[str, Any], **sections: Any) -> list[tuple[str | None, str]]:
    return said(rule, {**sections, "Resources": {"Orders": {"Type": type_, "Properties": properties}}})


def instance(rule: str, **properties: Any) -> list[tuple[str | None, str]]:
    parameters = {"Engine": {"Type": "String"}, "Old": {"Type": "String", "Default": "postgres"}}
    return cloudformation(rule, "AWS::RDS::DBInstance", properties, Parameters=parameters)


def cluster(rule: str, **properties: Any) -> list[tuple[str | None, str]]:
    return cloudformation(rule, "AWS::RDS::DBCluster", properties)


def terraform(rule: str, type_: str = "aws_db_instance", **arguments: Any) -> list[tuple[str | None, str]]:
    return said(rule, {"resource": {type_: {"orders": arguments}}})


@pytest.mark.parametrize("off", [{}, {"MultiAZ": False}, {"MultiAZ": "false"}])
def test_multi_az_off_is_found_however_it_is_said(off: dict[str, Any]) -> None:
    assert instance(MULTI_AZ, Engine="postgres", **off) == [("warning", NO_STANDBY)]


@pytest.mark.parametrize(
    "other",
    [
        {"Engine": "postgres", "SourceDBInstanceIdentifier": "main"},
        {"Engine": "mysql", "SourceDBClusterIdentifier": "main"},
        {"Engine": "aurora-postgresql"},
        {"Engine": "aurora"},
        {"Engine": "mysql", "DBClusterIdentifier": {"Fn::ImportValue": "cluster"}},
        {"Engine": {"Ref": "Engine"}},
        {"Engine": {"Fn::ImportValue": "engine"}},
        {"DBSnapshotIdentifier": "nobody knows of what engine"},
        {"Engine": "postgres", "MultiAZ": {"Fn::ImportValue": "multi-az"}},
        {"Engine": "sqlserver-ex"},
    ],
    ids=str,
)
def test_multi_az_does_not_speak_of_other_databases_nor_of_unknown_ones(other: dict[str, Any]) -> None:
    assert instance(MULTI_AZ, **other) == []


def test_a_restore_to_a_point_in_time_is_no_replica() -> None:
    restored = {"Engine": "mysql", "SourceDBInstanceIdentifier": "main", "UseLatestRestorableTime": True}
    assert instance(MULTI_AZ, **restored) == [("warning", NO_STANDBY)]
    assert instance(MULTI_AZ, **{**restored, "UseLatestRestorableTime": False}) == []
    assert instance(BACKUPS, **restored) == []


def test_a_zone_beside_multi_az_is_refused_and_a_zone_alone_is_not() -> None:
    assert instance(MULTI_AZ, Engine="mysql", MultiAZ="true", AvailabilityZone="eu-west-1b") == [
        ("error", "names the zone eu-west-1b, which RDS refuses beside MultiAZ; leave AvailabilityZone out")
    ]
    assert instance(MULTI_AZ, Engine="mysql", MultiAZ=True, AvailabilityZone={"Ref": "Engine"}) == []
    assert instance(MULTI_AZ, Engine="mysql", AvailabilityZone="eu-west-1b") == [("warning", NO_STANDBY)]


def test_an_engine_by_condition_is_judged_deployment_by_deployment() -> None:
    engine = {"Fn::If": ["IsAurora", "aurora-mysql", "mysql"]}
    found = cloudformation(
        MULTI_AZ,
        "AWS::RDS::DBInstance",
        {"Engine": engine},
        Parameters={"Kind": {"Type": "String", "AllowedValues": ["aurora", "rds"]}},
        Conditions={"IsAurora": {"Fn::Equals": [{"Ref": "Kind"}, "aurora"]}},
    )
    assert found == [("advice", NO_STANDBY)]


def test_an_engine_by_parameter_is_its_default() -> None:
    assert instance(MULTI_AZ, Engine={"Ref": "Old"}) == [("warning", NO_STANDBY)]


@pytest.mark.parametrize(
    ("days", "level", "message"),
    [
        ({}, "warning", "keeps backups for 1 day only; keep them for at least 7 days"),
        ({"BackupRetentionPeriod": "6"}, "warning", "keeps backups for 6 days only; keep them for at least 7 days"),
        ({"BackupRetentionPeriod": 0}, "error", "has no automated backups (0 days); keep them for at least 7 days"),
    ],
)
def test_backups_are_judged_by_their_days(days: dict[str, Any], level: str, message: str) -> None:
    assert instance(BACKUPS, Engine="postgres", **days) == [(level, message)]


@pytest.mark.parametrize(
    "other",
    [
        {"Engine": "postgres", "BackupRetentionPeriod": 7},
        {"Engine": "postgres", "BackupRetentionPeriod": {"Fn::ImportValue": "days"}},
        {"Engine": "postgres", "SourceDBInstanceIdentifier": "main", "BackupRetentionPeriod": 0},
        {"Engine": "aurora-mysql", "BackupRetentionPeriod": 0},
        {"Engine": "mysql", "DBClusterIdentifier": "main"},
        {"Engine": {"Ref": "Engine"}},
        {"Engine": "postgres", "DBSnapshotIdentifier": {"Ref": "Engine"}},
        {"Engine": "postgres", "DBClusterSnapshotIdentifier": "before"},
        {"Engine": "postgres", "SourceDBInstanceIdentifier": "main", "RestoreTime": "2026-01-01T00:00:00Z"},
        {"Engine": "postgres", "SourceDBInstanceAutomatedBackupsArn": "arn", "UseLatestRestorableTime": "true"},
    ],
    ids=str,
)
def test_backups_of_others_and_inherited_ones_are_not_judged(other: dict[str, Any]) -> None:
    assert instance(BACKUPS, **other) == []


def test_a_period_written_beside_a_snapshot_counts() -> None:
    assert instance(BACKUPS, DBSnapshotIdentifier="before", BackupRetentionPeriod=0) == [
        ("error", "has no automated backups (0 days); keep them for at least 7 days")
    ]


def test_a_cluster_keeps_one_day_and_refuses_none() -> None:
    assert cluster(BACKUPS, Engine="aurora-mysql") == [
        ("warning", "keeps backups for 1 day only; keep them for at least 7 days")
    ]
    assert cluster(BACKUPS, Engine="aurora-mysql", BackupRetentionPeriod=0) == [
        ("error", "asks for 0 days of backups, which a cluster refuses; keep them for at least 7 days")
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"SnapshotIdentifier": "before"},
        {"SourceDBClusterIdentifier": "main", "UseLatestRestorableTime": True},
        {"SourceDBClusterIdentifier": "main", "RestoreToTime": "2026-01-01T00:00:00Z"},
        {"ReplicationSourceIdentifier": "arn:aws:rds:eu-west-1:111122223333:cluster:main"},
        {"ClusterScalabilityType": "limitless"},
    ],
    ids=str,
)
def test_a_cluster_made_of_another_inherits_and_limitless_keeps_none(other: dict[str, Any]) -> None:
    assert cluster(BACKUPS, Engine="aurora-postgresql", **other) == []


def test_terraform_sends_no_days_for_an_instance_and_leaves_a_clusters_to_aws() -> None:
    assert terraform(BACKUPS, engine="postgres") == [
        ("error", "has no automated backups: Terraform sends 0 days; keep them for at least 7 days")
    ]
    assert terraform(BACKUPS, "aws_rds_cluster", engine="aurora-mysql") == [
        ("warning", "keeps backups for 1 day only; keep them for at least 7 days")
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"engine": "postgres", "replicate_source_db": "${aws_db_instance.main.identifier}"},
        {"engine": "postgres", "snapshot_identifier": "before"},
        {"engine": "postgres", "restore_to_point_in_time": [{"restore_time": "2026-01-01T00:00:00Z"}]},
        {"engine": "postgres", "restore_to_point_in_time": {"source_dbi_resource_id": "db-ABC"}},
        {"engine": "${var.engine}"},
        {"engine": "postgres", "backup_retention_period": "${var.days}"},
    ],
    ids=str,
)
def test_terraform_replicas_restores_and_unknowns_are_not_judged(other: dict[str, Any]) -> None:
    assert terraform(BACKUPS, **other) == []


def test_instances_of_a_cluster_in_terraform_are_members() -> None:
    member = {"engine": "mysql", "cluster_identifier": "${aws_rds_cluster.main.id}"}
    assert terraform(MULTI_AZ, "aws_rds_cluster_instance", **member) == []
    assert terraform(BACKUPS, "aws_rds_cluster_instance", **member) == []


def test_a_shorter_period_can_be_enough() -> None:
    rule = rules()[BACKUPS]
    template = json.dumps({"Resources": {"Orders": {"Type": "AWS::RDS::DBCluster", "Properties": {"Engine": "mysql"}}}})
    deployment = Example(rule, template).template.deployments(None, frozenset()).deployments[0]
    assert list(rule.checks[0][1](deployment.resources["Orders"], days=1)) == []
