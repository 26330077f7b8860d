"""What makes a naive reading of snapshots, storage, replicas and windows wrong: copies, defaults, what is not known."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

SNAPSHOT = "rds-final-snapshot"
STORAGE = "rds-storage-autoscaling"
SOURCE = "rds-replica-source-backups"
READS = "rds-read-scaling"
WINDOWS = "rds-window-clash"
IMPORTED = {"Fn::ImportValue": "something"}

Said: TypeAlias = "list[tuple[str | None, str]]"


def said(rule: str, document: dict[str, Any]) -> Said:
    findings = Example(rules()[rule], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def database(rule: str, type_: str = "DBInstance", attributes: dict[str, Any] | None = None, **properties: Any) -> Said:
    made = {"Type": f"AWS::RDS::{type_}", **(attributes or {}), "Properties": {"Engine": "postgres", **properties}}
    return said(rule, {"Parameters": {"Old": {"Type": "String"}}, "Resources": {"Orders": made}})


def terraform(rule: str, type_: str = "aws_db_instance", **arguments: Any) -> Said:
    return said(rule, {"resource": {type_: {"orders": {"engine": "mysql", **arguments}}}, "variable": {"any": {}}})


def pair(rule: str, source: dict[str, Any], replica: dict[str, Any]) -> Said:
    named = {"SourceDBInstanceIdentifier": {"Ref": "Orders"}, **replica}
    made = {"Orders": {"Engine": "postgres", **source}, "Replica": named}
    resources = {name: {"Type": "AWS::RDS::DBInstance", "Properties": one} for name, one in made.items()}
    return said(rule, {"Parameters": {"Zone": {"Type": "String"}}, "Resources": resources})


# Final snapshots

DELETED = "leaves no final snapshot when it is deleted"
AND_BACKUPS = ", and its automated backups are deleted with it"
SNAPSHOT_IT = "; set DeletionPolicy to Snapshot"
REPLACED = "leaves no final snapshot when an update replaces it"
KEPT = {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Snapshot"}


def test_a_written_delete_is_found_and_the_backups_go_with_it() -> None:
    assert database(SNAPSHOT, attributes=KEPT) == [("warning", DELETED + AND_BACKUPS + SNAPSHOT_IT)]
    assert database(SNAPSHOT, attributes=KEPT, DeleteAutomatedBackups="true") == [
        ("warning", DELETED + AND_BACKUPS + SNAPSHOT_IT)
    ]
    assert database(SNAPSHOT, attributes=KEPT, DeleteAutomatedBackups=IMPORTED) == [("warning", DELETED + SNAPSHOT_IT)]


def test_backups_that_outlive_the_database_make_it_advice() -> None:
    left = ", only automated backups until they expire"
    assert database(SNAPSHOT, attributes=KEPT, DeleteAutomatedBackups=False) == [
        ("advice", DELETED + left + SNAPSHOT_IT)
    ]


def test_nothing_is_said_of_the_backups_of_a_cluster_unless_the_template_does() -> None:
    assert database(SNAPSHOT, "DBCluster", KEPT) == [("warning", DELETED + SNAPSHOT_IT)]
    assert database(SNAPSHOT, "DBCluster", KEPT, DeleteAutomatedBackups=True) == [
        ("warning", DELETED + AND_BACKUPS + SNAPSHOT_IT)
    ]


@pytest.mark.parametrize("deletion", [{}, {"DeletionPolicy": "Snapshot"}, {"DeletionPolicy": "Retain"}], ids=str)
@pytest.mark.parametrize("type_", ["DBInstance", "DBCluster"])
def test_a_snapshot_is_the_default_on_deletion_and_not_on_replacement(type_: str, deletion: dict[str, Any]) -> None:
    assert database(SNAPSHOT, type_, deletion) == [("advice", f"{REPLACED}; set UpdateReplacePolicy to Snapshot")]
    for policy in ("Snapshot", "Retain", {"Ref": "Old"}):
        assert database(SNAPSHOT, type_, {**deletion, "UpdateReplacePolicy": policy}) == []


def test_a_written_delete_on_replacement_is_found_too() -> None:
    assert database(SNAPSHOT, attributes={"UpdateReplacePolicy": "Delete"}) == [
        ("warning", f"{REPLACED}{AND_BACKUPS}; set UpdateReplacePolicy to Snapshot")
    ]


@pytest.mark.parametrize(
    "properties",
    [
        {"SourceDBInstanceIdentifier": "main"},
        {"SourceDBInstanceIdentifier": IMPORTED},
        {"SourceDBClusterIdentifier": "main"},
        {"DBClusterIdentifier": "main"},
    ],
    ids=str,
)
def test_copies_and_members_need_no_snapshot(properties: dict[str, Any]) -> None:
    assert database(SNAPSHOT, attributes={"DeletionPolicy": "Delete"}, **properties) == []


def test_secondaries_of_a_global_database_need_no_snapshot() -> None:
    policy = {"DeletionPolicy": "Delete"}
    assert database(SNAPSHOT, "DBCluster", policy, GlobalClusterIdentifier="shop") == []
    assert len(database(SNAPSHOT, "DBCluster", policy, GlobalClusterIdentifier="shop", MasterUsername="admin")) == 1


def test_databases_in_a_template_of_sam_are_judged_alike() -> None:
    made = {"Type": "AWS::RDS::DBInstance", "DeletionPolicy": "Delete", "Properties": {"Engine": "postgres"}}
    function = {"Type": "AWS::Serverless::Function", "Properties": {"Handler": "index.handler", "CodeUri": "."}}
    sam = {"Transform": "AWS::Serverless-2016-10-31", "Resources": {"Work": function, "Orders": made}}
    assert said(SNAPSHOT, sam) == [("warning", DELETED + AND_BACKUPS + SNAPSHOT_IT)]
    assert [level for level, _ in said(STORAGE, sam)] == ["advice"]


def test_terraform_skips_the_snapshot_or_has_no_name_for_it() -> None:
    skipped = "leaves no final snapshot when it is destroyed, and its automated backups are deleted with it; "
    todo = "set skip_final_snapshot to false and final_snapshot_identifier to a name"
    stuck = "can't be destroyed: Terraform makes a final snapshot and has no name for it; set final_snapshot_identifier"
    for type_ in ("aws_db_instance", "aws_rds_cluster"):
        assert terraform(SNAPSHOT, type_, skip_final_snapshot=True) == [("warning", skipped + todo)]
        assert terraform(SNAPSHOT, type_, skip_final_snapshot="false") == [("warning", stuck)]
        assert terraform(SNAPSHOT, type_) == [("warning", stuck)]
        assert terraform(SNAPSHOT, type_, final_snapshot_identifier="") == [("warning", stuck)]


@pytest.mark.parametrize(
    "arguments",
    [
        {"final_snapshot_identifier": "last"},
        {"final_snapshot_identifier": "${var.any}"},
        {"skip_final_snapshot": "${var.any}"},
        {"replicate_source_db": "main", "skip_final_snapshot": True},
    ],
    ids=str,
)
def test_terraform_databases_with_a_name_replicas_and_unknowns_are_not_found(arguments: dict[str, Any]) -> None:
    assert terraform(SNAPSHOT, **arguments) == []


def test_instances_of_a_cluster_have_no_snapshot_in_terraform() -> None:
    assert terraform(SNAPSHOT, "aws_rds_cluster_instance", cluster_identifier="main") == []


# Storage


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({}, "stops taking writes when its storage is full; set MaxAllocatedStorage"),
        (
            {"AllocatedStorage": "100"},
            "stops taking writes when its storage of 100 GiB is full; set MaxAllocatedStorage to 130 or more",
        ),
        (
            {"AllocatedStorage": "100", "MaxAllocatedStorage": "100"},
            "has MaxAllocatedStorage 100 and AllocatedStorage 100, which turns autoscaling off; "
            "set MaxAllocatedStorage to 130 or more",
        ),
    ],
    ids=str,
)
def test_storage_that_can_not_grow_is_found(properties: dict[str, Any], message: str) -> None:
    assert database(STORAGE, **properties) == [("advice", message)]


@pytest.mark.parametrize(
    "properties",
    [
        {"Engine": "aurora-mysql"},
        {"DBClusterIdentifier": "main"},
        {"Engine": IMPORTED},
        {"Engine": "custom-oracle-ee"},
        {"StorageType": "standard"},
        {"StorageType": IMPORTED},
        {"SourceDBInstanceIdentifier": "main"},
        {"AllocatedStorage": "100", "MaxAllocatedStorage": 101},
        {"AllocatedStorage": IMPORTED, "MaxAllocatedStorage": 20},
        {"MaxAllocatedStorage": IMPORTED},
    ],
    ids=str,
)
def test_storage_that_can_grow_or_that_is_not_rds_own_is_not_found(properties: dict[str, Any]) -> None:
    assert database(STORAGE, AllocatedStorage="20") != []
    assert database(STORAGE, **properties) == []


def test_terraform_turns_storage_autoscaling_off_with_0() -> None:
    found = "stops taking writes when its storage of 20 GiB is full; set max_allocated_storage to 30 or more"
    assert terraform(STORAGE, allocated_storage=20, max_allocated_storage=0) == [("advice", found)]
    assert terraform(STORAGE, "aws_rds_cluster_instance", cluster_identifier="main") == []


# Sources of replicas

REFUSED = (
    "is a read replica of Orders, whose automated backups are off, and RDS refuses it; "
    "set BackupRetentionPeriod of Orders to at least 1"
)


@pytest.mark.parametrize(
    "source",
    [
        {"BackupRetentionPeriod": "0"},
        {"BackupRetentionPeriod": 0, "DBSnapshotIdentifier": "before"},
        {"BackupRetentionPeriod": 0, "SourceDBInstanceIdentifier": "first"},
    ],
    ids=str,
)
def test_a_source_without_backups_is_found(source: dict[str, Any]) -> None:
    assert pair(SOURCE, source, {}) == [("error", REFUSED)]


@pytest.mark.parametrize(
    ("source", "replica"),
    [
        ({}, {}),
        ({"BackupRetentionPeriod": 1}, {"BackupRetentionPeriod": 0}),
        ({"BackupRetentionPeriod": IMPORTED}, {}),
        ({"BackupRetentionPeriod": 0}, {"SourceDBInstanceIdentifier": "elsewhere"}),
        ({"BackupRetentionPeriod": 0}, {"SourceDBInstanceIdentifier": IMPORTED}),
        ({"BackupRetentionPeriod": 0}, {"UseLatestRestorableTime": True}),
    ],
    ids=str,
)
def test_a_source_with_backups_or_elsewhere_is_not_found(source: dict[str, Any], replica: dict[str, Any]) -> None:
    assert pair(SOURCE, source, replica) == []


def test_a_replica_that_has_the_name_of_its_source_in_another_region_is_not_its_own_source() -> None:
    arn = "arn:aws:rds:eu-central-1:111122223333:db:orders"
    properties: dict[str, Any] = {
        "DBInstanceIdentifier": "orders",
        "SourceDBInstanceIdentifier": arn,
        "BackupRetentionPeriod": 0,
    }
    assert database(SOURCE, **properties) == []


def test_what_a_restored_or_replicated_source_inherits_in_terraform_is_not_known() -> None:
    def of(**source: Any) -> Said:
        replica = {"replicate_source_db": "${aws_db_instance.main.identifier}"}
        return said(SOURCE, {"resource": {"aws_db_instance": {"main": source, "replica": replica}}})

    assert len(of(engine="mysql")) == 1
    assert of(engine="mysql", snapshot_identifier="before") == []
    assert of(replicate_source_db="first") == []
    assert len(of(replicate_source_db="first", backup_retention_period=0)) == 1


# Reads


def test_a_smaller_replica_is_found() -> None:
    assert pair(READS, {"DBInstanceClass": "db.r5.4xlarge"}, {"DBInstanceClass": "db.r7g.2xlarge"}) == [
        (
            "advice",
            "is a db.r7g.2xlarge and its source Orders a db.r5.4xlarge, so it may fall behind; give it the same class",
        )
    ]


@pytest.mark.parametrize(
    ("source", "replica"),
    [
        ("db.r6g.large", "db.r6g.xlarge"),
        ("db.r6g.large", "db.r5.large"),
        ("db.m6g.xlarge", "db.r6g.large"),
        ("db.r5.4xlarge.tpc2.mem8x", "db.r5.large"),
        ("db.z1d.xlarge", "db.z1d.large"),
        (IMPORTED, "db.r6g.large"),
    ],
    ids=str,
)
def test_a_replica_of_the_same_size_or_one_hard_to_compare_is_not_found(source: Any, replica: Any) -> None:
    assert pair(READS, {"DBInstanceClass": source}, {"DBInstanceClass": replica}) == []


def test_a_replica_in_the_zone_of_its_source_is_found() -> None:
    literal = {"AvailabilityZone": "eu-west-1a"}
    assert pair(READS, literal, literal) == [
        (
            "advice",
            "stands in the zone eu-west-1a with its source Orders and goes down with it; let it stand in another zone",
        )
    ]
    same = {"AvailabilityZone": {"Ref": "Zone"}}
    said_of_one = "stands in one zone with its source Orders and goes down with it; let it stand in another zone"
    assert pair(READS, same, same) == [("advice", said_of_one)]
    assert pair(READS, literal, same) == []
    assert pair(READS, {}, literal) == []
    assert pair(READS, {"AvailabilityZone": IMPORTED}, {"AvailabilityZone": {"Fn::ImportValue": "another"}}) == []


def test_a_terraform_replica_follows_the_zone_of_its_source() -> None:
    replica = {
        "replicate_source_db": "${aws_db_instance.main.identifier}",
        "availability_zone": "${aws_db_instance.main.availability_zone}",
    }
    assert len(said(READS, {"resource": {"aws_db_instance": {"main": {"engine": "mysql"}, "replica": replica}}})) == 1


# Windows


def test_windows_of_members_and_of_unknown_hours_do_not_clash() -> None:
    clash: dict[str, Any] = {
        "PreferredBackupWindow": "23:30-00:30",
        "PreferredMaintenanceWindow": "sun:23:00-mon:00:00",
    }
    refused = (
        "is backed up at 23:30-00:30 and maintained at sun:23:00-mon:00:00, and RDS refuses windows that overlap; "
        "move one of them"
    )
    assert database(WINDOWS, **clash) == database(WINDOWS, "DBCluster", **clash) == [("error", refused)]
    assert database(WINDOWS, DBClusterIdentifier="main", **clash) == []
    for name in clash:
        assert database(WINDOWS, **{**clash, name: IMPORTED}) == []
        assert database(WINDOWS, **{name: clash[name]}) == []
