"""What makes a naive reading of databases wrong: replicas, members of clusters, restores, engines not known."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, found, messages, resource, second_places, stack
from tests.linting import terraform as configuration

MULTI_AZ = "rds-multi-az"
BACKUPS = "rds-backup-retention"
NO_STANDBY = [Found("warning", "Orders", "Orders")]


def instance(**properties: Any) -> dict[str, Any]:
    """A database instance called Orders."""
    parameters = {"Engine": {"Type": "String"}, "Old": {"Type": "String", "Default": "postgres"}}
    return stack({"Parameters": parameters}, Orders=resource("RDS::DBInstance", **properties))


def cluster(**properties: Any) -> dict[str, Any]:
    """A database cluster called Orders."""
    return stack(Orders=resource("RDS::DBCluster", **properties))


def terraform(type_: str = "aws_db_instance", **arguments: Any) -> dict[str, Any]:
    """A database of a type in Terraform, called orders."""
    return configuration(**{type_: {"orders": arguments}})


@pytest.mark.parametrize(
    ("off", "level", "place"),
    [
        ({}, "warning", "Orders"),
        ({"MultiAZ": False}, "warning", "MultiAZ: false"),
        ({"MultiAZ": "false"}, "warning", "MultiAZ: false"),
        ({"MultiAZ": False, "DeletionProtection": True}, "advice", "MultiAZ: false"),
        ({"MultiAZ": False, "AvailabilityZone": "eu-west-1a"}, "advice", "MultiAZ: false"),
        ({"MultiAZ": IMPORTED, "DeletionProtection": True, "DBInstanceClass": "db.t3.small"}, None, ""),
        (
            {"MultiAZ": False, "DeletionProtection": True, "DBInstanceIdentifier": "shop-prod"},
            "warning",
            "MultiAZ: false",
        ),
        ({"DeletionProtection": True}, "warning", "Orders"),
        ({"DBInstanceClass": "db.t3.small"}, "advice", "Orders"),
        ({"DBInstanceClass": "db.t3.medium"}, "warning", "Orders"),
        ({"DBInstanceClass": "db.m7g.small"}, "warning", "Orders"),
        ({"DBInstanceClass": "db.t3.small", "Tags": [{"Key": "Environment", "Value": "prod"}]}, "warning", "Orders"),
        ({"DBInstanceClass": "db.t3.small", "Tags": [{"Key": "Owner", "Value": "prod"}]}, "advice", "Orders"),
    ],
)
def test_multi_az_off_is_found_however_it_is_said(off: dict[str, Any], level: Any, place: str) -> None:
    expected = [Found(level, "Orders", place)] if level else []
    assert found(MULTI_AZ, instance(Engine="postgres", **off)) == expected


@each_case(
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
        {"Engine": "db2-ce"},
    ],
    ids=str,
)
def test_multi_az_does_not_speak_of_other_databases_nor_of_unknown_ones(other: dict[str, Any]) -> None:
    assert found(MULTI_AZ, instance(**other)) == []


def test_a_restore_to_a_point_in_time_is_no_replica() -> None:
    restored = {"Engine": "mysql", "SourceDBInstanceIdentifier": "main", "UseLatestRestorableTime": True}
    assert found(MULTI_AZ, instance(**restored)) == NO_STANDBY
    assert found(MULTI_AZ, instance(**{**restored, "UseLatestRestorableTime": False})) == []
    assert found(BACKUPS, instance(**restored)) == []


def test_the_zone_that_multi_az_refuses_is_to_be_removed_with_it() -> None:
    for zone in ({"AvailabilityZone": "eu-west-1b"}, {"AvailabilityZone": {"Ref": "Engine"}}):
        assert messages(MULTI_AZ, instance(Engine="mysql", **zone))[0].endswith("to true and remove AvailabilityZone")
    assert messages(MULTI_AZ, instance(Engine="mysql"))[0].endswith("set it to true")
    in_terraform = terraform(engine="mysql", availability_zone="eu-west-1b")
    assert messages(MULTI_AZ, in_terraform)[0].endswith("to true and remove availability_zone")


def test_a_zone_beside_multi_az_is_refused_and_a_zone_alone_is_not() -> None:
    zone = "eu-west-1b"
    template = instance(Engine="mysql", MultiAZ="true", AvailabilityZone=zone)
    assert found(MULTI_AZ, template) == [Found("error", "Orders", f"AvailabilityZone: {zone}")]
    assert second_places(MULTI_AZ, template) == ["MultiAZ: true"]
    unknown = instance(Engine="mysql", MultiAZ=True, AvailabilityZone={"Ref": "Engine"})
    assert found(MULTI_AZ, unknown) == []
    assert found(MULTI_AZ, instance(Engine="mysql", AvailabilityZone=zone)) == NO_STANDBY
    restored = instance(DBSnapshotIdentifier="before", MultiAZ="true", AvailabilityZone=zone)
    assert found(MULTI_AZ, restored) == [Found("error", "Orders", f"AvailabilityZone: {zone}")]
    may_be_aurora = instance(Engine={"Ref": "Engine"}, MultiAZ=True, AvailabilityZone=zone)
    assert found(MULTI_AZ, may_be_aurora) == []


def test_an_engine_by_condition_is_judged_deployment_by_deployment() -> None:
    sections = {
        "Parameters": {"Kind": {"Type": "String", "AllowedValues": ["aurora", "rds"]}},
        "Conditions": {"IsAurora": {"Fn::Equals": [{"Ref": "Kind"}, "aurora"]}},
    }
    engine = {"Fn::If": ["IsAurora", "aurora-mysql", "mysql"]}
    template = stack(sections, Orders=resource("RDS::DBInstance", Engine=engine))
    assert found(MULTI_AZ, template) == [Found("advice", "Orders", "Orders")]


def test_an_engine_by_parameter_is_its_default() -> None:
    assert found(MULTI_AZ, instance(Engine={"Ref": "Old"})) == NO_STANDBY


@each_case(
    ("days", "level", "place", "words"),
    [
        ({}, "warning", "Orders", "1 day "),
        ({"BackupRetentionPeriod": 2}, "warning", "BackupRetentionPeriod: 2", "2 days"),
        ({"BackupRetentionPeriod": "6"}, "advice", "BackupRetentionPeriod: 6", "6 days"),
        ({"BackupRetentionPeriod": 0}, "error", "BackupRetentionPeriod: 0", "0 days"),
    ],
)
def test_backups_are_judged_by_their_days(days: dict[str, Any], level: str, place: str, words: str) -> None:
    template = instance(Engine="postgres", **days)
    assert found(BACKUPS, template) == [Found(level, "Orders", place)]
    [message] = messages(BACKUPS, template)
    assert words in message
    assert "at least 7" in message


@each_case(
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
    assert found(BACKUPS, instance(**other)) == []


@pytest.mark.parametrize(
    "copy",
    [{}, {"SourceDbiResourceId": "db-A", "UseLatestRestorableTime": True}, {"DBSnapshotIdentifier": "before"}],
    ids=str,
)
def test_a_written_0_counts_without_an_engine(copy: dict[str, Any]) -> None:
    template = instance(BackupRetentionPeriod=0, **copy)
    assert found(BACKUPS, template) == [Found("error", "Orders", "BackupRetentionPeriod: 0")]


@each_case(
    "other",
    [
        {"SourceDBInstanceIdentifier": {"Ref": "Engine"}},
        {"DBClusterIdentifier": "main"},
        {"Engine": {"Ref": "Engine"}},
        {"EngineVersion": "8.0.mysql_aurora.3.08.0"},
    ],
    ids=str,
)
def test_a_written_0_is_no_error_of_a_replica_or_where_the_engine_may_be_aurora(other: dict[str, Any]) -> None:
    assert found(BACKUPS, instance(BackupRetentionPeriod=0, **other)) == []


def test_an_engine_that_is_not_known_is_not_aurora_in_terraform() -> None:
    """An aws_db_instance has no cluster, without which RDS makes no instance of Aurora."""
    engine: dict[str, Any] = {"variable": {"engine": {}}}
    none = configuration(engine, aws_db_instance={"orders": {"engine": "${var.engine}", "backup_retention_period": 0}})
    assert found(BACKUPS, none) == [Found("error", "aws_db_instance.orders", "backup_retention_period: 0")]
    member = {"engine": "${var.engine}", "cluster_identifier": "orders"}
    assert found(BACKUPS, configuration(engine, aws_rds_cluster_instance={"orders": member})) == []


def test_a_written_0_counts_in_terraform_without_an_engine() -> None:
    none = configuration(aws_db_instance={"orders": {"backup_retention_period": 0}})
    assert found(BACKUPS, none) == [Found("error", "aws_db_instance.orders", "backup_retention_period: 0")]
    assert found(BACKUPS, terraform(restore_to_point_in_time={"use_latest_restorable_time": True})) == []
    assert found(BACKUPS, terraform(identifier="orders")) == []


def test_an_engine_that_is_allowed_to_be_aurora_only_is_aurora() -> None:
    engines = {"Parameters": {"Kind": {"Type": "String", "AllowedValues": ["aurora-mysql", "aurora-postgresql"]}}}
    member = resource("RDS::DBInstance", Engine={"Ref": "Kind"}, DBClusterIdentifier={"Ref": "Orders"})
    template = stack(engines, Orders=resource("RDS::DBCluster", Engine={"Ref": "Kind"}), Writer=member)
    assert found("aurora-single-instance", template) == [Found("warning", "Orders", "Orders")]
    alone = stack(engines, Orders=resource("RDS::DBInstance", Engine={"Ref": "Kind"}, BackupRetentionPeriod=0))
    assert found(BACKUPS, alone) == []
    assert found(MULTI_AZ, alone) == []


def test_a_period_written_beside_a_snapshot_counts() -> None:
    template = instance(DBSnapshotIdentifier="before", BackupRetentionPeriod=0)
    assert found(BACKUPS, template) == [Found("error", "Orders", "BackupRetentionPeriod: 0")]


def test_a_cluster_keeps_one_day_and_refuses_none() -> None:
    silent = cluster(Engine="aurora-mysql")
    assert found(BACKUPS, silent) == [Found("warning", "Orders", "Orders")]
    assert "1 day " in messages(BACKUPS, silent)[0]
    none = cluster(Engine="aurora-mysql", BackupRetentionPeriod=0)
    assert found(BACKUPS, none) == [Found("error", "Orders", "BackupRetentionPeriod: 0")]
    assert "rejects" in messages(BACKUPS, none)[0]
    assert "rejects" not in messages(BACKUPS, instance(Engine="mysql", BackupRetentionPeriod=0))[0]


@each_case(
    "other",
    [
        {"SnapshotIdentifier": "before"},
        {"SourceDBClusterIdentifier": "main", "UseLatestRestorableTime": True},
        {"SourceDBClusterIdentifier": "main", "RestoreToTime": "2026-01-01T00:00:00Z"},
        {"ReplicationSourceIdentifier": "arn:aws:rds:eu-west-1:111122223333:cluster:main"},
        {"ClusterScalabilityType": "limitless"},
        {"GlobalClusterIdentifier": "shop", "BackupRetentionPeriod": 1},
    ],
    ids=str,
)
def test_a_cluster_made_of_another_inherits_and_limitless_keeps_none(other: dict[str, Any]) -> None:
    assert found(BACKUPS, cluster(Engine="aurora-postgresql", **other)) == []


def test_terraform_sends_no_days_for_an_instance_and_leaves_a_clusters_to_aws() -> None:
    template = terraform(engine="postgres")
    assert found(BACKUPS, template) == [Found("error", "aws_db_instance.orders", "orders")]
    [message] = messages(BACKUPS, template)
    assert "0 days (default)" in message
    template = terraform("aws_rds_cluster", engine="aurora-mysql")
    assert found(BACKUPS, template) == [Found("warning", "aws_rds_cluster.orders", "orders")]
    assert "1 day " in messages(BACKUPS, template)[0]


@each_case(
    "other",
    [
        {"engine": "postgres", "replicate_source_db": "${aws_db_instance.main.identifier}"},
        {"engine": "postgres", "snapshot_identifier": "before"},
        {"engine": "postgres", "restore_to_point_in_time": [{"restore_time": "2026-01-01T00:00:00Z"}]},
        {"engine": "postgres", "restore_to_point_in_time": {"source_dbi_resource_id": "db-ABC"}},
        {"engine": "postgres", "backup_retention_period": "${var.days}"},
    ],
    ids=str,
)
def test_terraform_replicas_restores_and_unknowns_are_not_judged(other: dict[str, Any]) -> None:
    assert found(BACKUPS, terraform(**other)) == []


def test_instances_of_a_cluster_in_terraform_are_members() -> None:
    member = {"engine": "mysql", "cluster_identifier": "${aws_rds_cluster.main.id}"}
    assert found(MULTI_AZ, terraform("aws_rds_cluster_instance", **member)) == []
    assert found(BACKUPS, terraform("aws_rds_cluster_instance", **member)) == []


def test_a_shorter_period_can_be_enough() -> None:
    template = cluster(Engine="mysql")
    assert found(BACKUPS, template) == [Found("warning", "Orders", "Orders")]
    assert found(BACKUPS, template, options={"days": 1}) == []


@each_case(("kept", "level"), [({}, "advice"), ({"Lifecycle": {"DeleteAfterDays": 3}}, "warning")])
def test_backups_that_a_plan_may_keep_as_its_region_may_opt_in(kept: dict[str, Any], level: str) -> None:
    rules = [
        {"RuleName": "Weekly", "TargetBackupVault": "Default", "ScheduleExpression": "cron(0 7 ? * SUN *)", **kept}
    ]
    arn = {"Fn::GetAtt": ["Db", "DBClusterArn"]}
    template = stack(
        Db=resource("RDS::DBCluster", Engine="aurora-postgresql"),
        Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "a", "BackupPlanRule": rules}),
        Selection=resource(
            "Backup::BackupSelection",
            BackupPlanId={"Ref": "Plan"},
            BackupSelection={"SelectionName": "a", "IamRoleArn": "r", "Resources": [arn]},
        ),
    )
    assert [one.level for one in found(BACKUPS, template)] == [level]
