"""What makes a naive reading of snapshots, storage, replicas and windows wrong: copies, defaults, what is not known."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, found, messages, resource, second_places, stack
from tests.linting import terraform as configuration

SNAPSHOT = "rds-final-snapshot"
STORAGE = "rds-storage-autoscaling"
SOURCE = "rds-replica-source-backups"
READS = "rds-read-scaling"
WINDOWS = "rds-window-clash"


def database(type_: str = "DBInstance", attributes: dict[str, Any] | None = None, **properties: Any) -> dict[str, Any]:
    """A database called Orders; attributes stand beside its properties."""
    made = resource(f"RDS::{type_}", **{"Engine": "postgres", **properties})
    return stack({"Parameters": {"Old": {"Type": "String"}}}, Orders={**made, **(attributes or {})})


def terraform(type_: str = "aws_db_instance", **arguments: Any) -> dict[str, Any]:
    return configuration({"variable": {"any": {}}}, **{type_: {"orders": {"engine": "mysql", **arguments}}})


def pair(source: dict[str, Any], replica: dict[str, Any]) -> dict[str, Any]:
    """A database called Orders, and Replica that copies it."""
    return stack(
        {"Parameters": {"Zone": {"Type": "String"}}},
        Orders=resource("RDS::DBInstance", **{"Engine": "postgres", **source}),
        Replica=resource("RDS::DBInstance", **{"SourceDBInstanceIdentifier": {"Ref": "Orders"}, **replica}),
    )


# Final snapshots

KEPT = {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Snapshot"}


@each_case(
    ("type_", "properties", "level", "backups"),
    [
        ("DBInstance", {}, "warning", "deleted with it"),
        ("DBInstance", {"DeleteAutomatedBackups": "true"}, "warning", "deleted with it"),
        ("DBInstance", {"DeleteAutomatedBackups": IMPORTED}, "warning", None),
        ("DBInstance", {"DeleteAutomatedBackups": False}, "advice", "until they expire"),
        ("DBCluster", {}, "warning", None),
        ("DBCluster", {"DeleteAutomatedBackups": True}, "warning", "deleted with it"),
    ],
    ids=str,
)
def test_a_written_delete_is_found_with_what_becomes_of_the_backups(
    type_: str, properties: dict[str, Any], level: str, backups: str | None
) -> None:
    template = database(type_, KEPT, **properties)
    assert found(SNAPSHOT, template) == [Found(level, "Orders", "DeletionPolicy: Delete")]
    [message] = messages(SNAPSHOT, template)
    assert "backups" not in message if backups is None else backups in message


@pytest.mark.parametrize("deletion", [{}, {"DeletionPolicy": "Snapshot"}, {"DeletionPolicy": "Retain"}], ids=str)
@pytest.mark.parametrize("type_", ["DBInstance", "DBCluster"])
def test_a_snapshot_is_the_default_on_deletion_and_not_on_replacement(type_: str, deletion: dict[str, Any]) -> None:
    template = database(type_, deletion)
    assert found(SNAPSHOT, template) == [Found("advice", "Orders", "Orders")]
    [message] = messages(SNAPSHOT, template)
    assert "UpdateReplacePolicy" in message
    assert "backups" not in message
    for policy in ("Snapshot", "Retain", {"Ref": "Old"}):
        assert found(SNAPSHOT, database(type_, {**deletion, "UpdateReplacePolicy": policy})) == []


def test_a_written_delete_on_replacement_is_found_too() -> None:
    template = database(attributes={"UpdateReplacePolicy": "Delete"})
    assert found(SNAPSHOT, template) == [Found("warning", "Orders", "UpdateReplacePolicy: Delete")]
    [message] = messages(SNAPSHOT, template)
    assert "UpdateReplacePolicy" in message
    assert "backups are deleted with it" in message


@each_case(
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
    assert found(SNAPSHOT, database(attributes={"DeletionPolicy": "Delete"}, **properties)) == []


def test_secondaries_of_a_global_database_need_no_snapshot() -> None:
    policy = {"DeletionPolicy": "Delete"}
    secondary = database("DBCluster", policy, GlobalClusterIdentifier="shop")
    primary = database("DBCluster", policy, GlobalClusterIdentifier="shop", MasterUsername="admin")
    assert found(SNAPSHOT, secondary) == []
    assert found(SNAPSHOT, primary) == [Found("warning", "Orders", "DeletionPolicy: Delete")]


def test_databases_in_a_template_of_sam_are_judged_alike() -> None:
    sam = stack(
        {"Transform": "AWS::Serverless-2016-10-31"},
        Work=resource("Serverless::Function", Handler="index.handler", CodeUri="."),
        Orders={**resource("RDS::DBInstance", Engine="postgres"), "DeletionPolicy": "Delete"},
    )
    assert found(SNAPSHOT, sam) == [Found("warning", "Orders", "DeletionPolicy: Delete")]
    assert found(STORAGE, sam) == [Found("advice", "Orders", "Orders")]


@pytest.mark.parametrize("type_", ["aws_db_instance", "aws_rds_cluster"])
def test_terraform_skips_the_snapshot(type_: str) -> None:
    skipped = terraform(type_, skip_final_snapshot=True, backup_retention_period=7)
    assert found(SNAPSHOT, skipped) == [Found("warning", f"{type_}.orders", "skip_final_snapshot: true")]
    [message] = messages(SNAPSHOT, skipped)
    assert "backups are deleted with it" in message
    assert "final_snapshot_identifier" in message
    [message] = messages(SNAPSHOT, terraform(type_, skip_final_snapshot=True, final_snapshot_identifier="last"))
    assert "final_snapshot_identifier" not in message


@pytest.mark.parametrize("type_", ["aws_db_instance", "aws_rds_cluster"])
@pytest.mark.parametrize(("protected", "level"), [(True, "advice"), (False, "warning"), ("${var.protected}", "advice")])
def test_nobody_deletes_a_protected_database_by_mistake(type_: str, protected: Any, level: str) -> None:
    database = terraform(type_, skip_final_snapshot=True, deletion_protection=protected)
    assert [one.level for one in found(SNAPSHOT, database)] == [level]


def test_backups_that_are_off_are_not_deleted() -> None:
    [message] = messages(SNAPSHOT, terraform("aws_db_instance", skip_final_snapshot=True, backup_retention_period=0))
    assert "backups" not in message


@pytest.mark.parametrize("type_", ["aws_db_instance", "aws_rds_cluster"])
@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ({"skip_final_snapshot": "false"}, "skip_final_snapshot: false"),
        ({}, "orders"),
        ({"final_snapshot_identifier": ""}, "orders"),
    ],
    ids=str,
)
def test_terraform_has_no_name_for_the_snapshot(type_: str, arguments: dict[str, Any], place: str) -> None:
    stuck = terraform(type_, **arguments)
    assert found(SNAPSHOT, stuck) == [Found("advice", f"{type_}.orders", place)]
    [message] = messages(SNAPSHOT, stuck)
    assert "backups" not in message
    assert "final_snapshot_identifier" in message


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
    assert found(SNAPSHOT, terraform(**arguments)) == []


def test_instances_of_a_cluster_have_no_snapshot_in_terraform() -> None:
    assert found(SNAPSHOT, terraform("aws_rds_cluster_instance", cluster_identifier="main")) == []


# Storage


@pytest.mark.parametrize(
    ("properties", "place", "size", "limit"),
    [
        ({}, "Orders", None, "at least 26 % above AllocatedStorage"),
        ({"AllocatedStorage": "100"}, "Orders", "storage of 100 GiB", "at least 26 % above AllocatedStorage, to 130"),
        (
            {"AllocatedStorage": "100", "MaxAllocatedStorage": "100"},
            "MaxAllocatedStorage: 100",
            "100 GiB",
            "at least 26 % above AllocatedStorage, to 130",
        ),
    ],
    ids=str,
)
def test_storage_that_can_not_grow_is_found(
    properties: dict[str, Any], place: str, size: str | None, limit: str
) -> None:
    template = database(**properties)
    level = "advice" if "MaxAllocatedStorage" not in properties else "warning"
    assert found(STORAGE, template) == [Found(level, "Orders", place)]
    [message] = messages(STORAGE, template)
    assert "GiB" not in message if size is None else size in message
    assert limit in message


@each_case(
    "properties",
    [
        {"Engine": "aurora-mysql"},
        {"DBClusterIdentifier": "main"},
        {"Engine": IMPORTED},
        {"Engine": "custom-oracle-ee"},
        {"StorageType": "standard"},
        {"StorageType": IMPORTED},
        {"SourceDBInstanceIdentifier": "main"},
        {"AllocatedStorage": "100", "MaxAllocatedStorage": 111},
        {"AllocatedStorage": IMPORTED, "MaxAllocatedStorage": 20},
        {"MaxAllocatedStorage": IMPORTED},
    ],
    ids=str,
)
def test_storage_that_can_grow_or_that_is_not_rds_own_is_not_found(properties: dict[str, Any]) -> None:
    assert found(STORAGE, database(**properties)) == []


@pytest.mark.parametrize("most", [50, 101, 109])
def test_a_limit_that_leaves_too_little_room_is_refused(most: int) -> None:
    template = database(AllocatedStorage="100", MaxAllocatedStorage=most)
    assert found(STORAGE, template) == [Found("error", "Orders", f"MaxAllocatedStorage: {most}")]
    assert messages(STORAGE, template)[0].endswith(
        "which RDS rejects; set it at least 26 % above AllocatedStorage, to 130 for example"
    )
    assert second_places(STORAGE, template) == ["AllocatedStorage: 100"]


@each_case(
    ("engine", "size", "is_silent"),
    [("oracle-ee", 65536, True), ("oracle-ee", 16384, False), ("sqlserver-ee", 16384, True), ("db2-se", 65000, True)],
)
def test_storage_of_the_largest_size_needs_no_limit(engine: str, size: int, is_silent: bool) -> None:
    assert (found(STORAGE, database(Engine=engine, AllocatedStorage=str(size))) == []) is is_silent


def test_no_limit_above_the_largest_size_is_recommended() -> None:
    [message] = messages(STORAGE, database(Engine="sqlserver-se", AllocatedStorage="14500"))
    assert message.endswith("; set MaxAllocatedStorage to 16384")
    [message] = messages(STORAGE, database(Engine="mysql", AllocatedStorage="65000", MaxAllocatedStorage=65536))
    assert message.endswith("; remove it")


def test_terraform_turns_storage_autoscaling_off_with_0() -> None:
    template = terraform(allocated_storage=20, max_allocated_storage=0)
    assert found(STORAGE, template) == [Found("advice", "aws_db_instance.orders", "max_allocated_storage: 0")]
    [message] = messages(STORAGE, template)
    assert "20 GiB" in message
    assert message.startswith("max_allocated_storage of aws_db_instance.orders is 0, ")
    assert "at least 26 % above allocated_storage, to 40 for" in message
    unknown = terraform(allocated_storage="${var.any}", max_allocated_storage=0)
    assert found(STORAGE, unknown) == [Found("advice", "aws_db_instance.orders", "max_allocated_storage: 0")]
    assert found(STORAGE, terraform("aws_rds_cluster_instance", cluster_identifier="main")) == []


# Sources of replicas


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
    template = pair(source, {})
    assert found(SOURCE, template) == [Found("error", "Replica", "SourceDBInstanceIdentifier")]
    assert second_places(SOURCE, template) == ["BackupRetentionPeriod: 0"]


@each_case(
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
    assert found(SOURCE, pair(source, replica)) == []


def test_a_replica_that_has_the_name_of_its_source_in_another_region_is_not_its_own_source() -> None:
    arn = "arn:aws:rds:eu-central-1:111122223333:db:orders"
    properties: dict[str, Any] = {
        "DBInstanceIdentifier": "orders",
        "SourceDBInstanceIdentifier": arn,
        "BackupRetentionPeriod": 0,
    }
    assert found(SOURCE, database(**properties)) == []


@each_case(
    ("source", "place"),
    [
        ({"engine": "mysql"}, "main"),
        ({"engine": "mysql", "snapshot_identifier": "before"}, None),
        ({"replicate_source_db": "first"}, None),
        ({"replicate_source_db": "first", "backup_retention_period": 0}, "backup_retention_period: 0"),
    ],
    ids=str,
)
def test_what_a_restored_or_replicated_source_inherits_in_terraform_is_not_known(
    source: dict[str, Any], place: str | None
) -> None:
    named = "${aws_db_instance.main.identifier}"
    template = configuration(aws_db_instance={"main": source, "replica": {"replicate_source_db": named}})
    if place is None:
        assert found(SOURCE, template) == []
    else:
        expected = Found("error", "aws_db_instance.replica", f"replicate_source_db: {named}")
        assert found(SOURCE, template) == [expected]
        assert second_places(SOURCE, template) == [place]


# Reads


def test_a_smaller_replica_is_found() -> None:
    template = pair({"DBInstanceClass": "db.r5.4xlarge"}, {"DBInstanceClass": "db.r7g.2xlarge"})
    assert found(READS, template) == [Found("advice", "Replica", "DBInstanceClass: db.r7g.2xlarge")]
    assert second_places(READS, template) == ["DBInstanceClass: db.r5.4xlarge"]


@each_case(
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
    assert found(READS, pair({"DBInstanceClass": source}, {"DBInstanceClass": replica})) == []


def test_a_replica_in_the_zone_of_its_source_is_found() -> None:
    literal, same = {"AvailabilityZone": "eu-west-1a"}, {"AvailabilityZone": {"Ref": "Zone"}}
    template = pair(literal, literal)
    assert found(READS, template) == [Found("advice", "Replica", "AvailabilityZone: eu-west-1a")]
    assert second_places(READS, template) == ["AvailabilityZone: eu-west-1a"]
    assert "eu-west-1a" in messages(READS, template)[0]
    template = pair(same, same)
    assert found(READS, template) == [Found("advice", "Replica", "AvailabilityZone")]
    assert second_places(READS, template) == ["Zone", "AvailabilityZone"]
    assert "is the zone of its source" in messages(READS, template)[0]


def test_a_zone_that_is_known_in_part_may_be_surely_the_same() -> None:
    here = {"AvailabilityZone": {"Fn::Sub": "${AWS::Region}a"}}
    assert [one.resource for one in found(READS, pair(here, here))] == ["Replica"]
    assert found(READS, pair(here, {"AvailabilityZone": {"Fn::Sub": "${AWS::Region}b"}})) == []


def test_a_replica_in_another_zone_or_in_one_that_is_not_known_is_not_found() -> None:
    literal = {"AvailabilityZone": "eu-west-1a"}
    assert found(READS, pair(literal, {"AvailabilityZone": {"Ref": "Zone"}})) == []
    assert found(READS, pair({}, literal)) == []
    another = {"AvailabilityZone": {"Fn::ImportValue": "another"}}
    assert found(READS, pair({"AvailabilityZone": IMPORTED}, another)) == []


def test_a_terraform_replica_follows_the_zone_of_its_source() -> None:
    zone = "${aws_db_instance.main.availability_zone}"
    replica = {"replicate_source_db": "${aws_db_instance.main.identifier}", "availability_zone": zone}
    template = configuration(aws_db_instance={"main": {"engine": "mysql"}, "replica": replica})
    assert found(READS, template) == [Found("advice", "aws_db_instance.replica", f"availability_zone: {zone}")]


# Windows

CLASH: dict[str, Any] = {
    "PreferredBackupWindow": "23:30-00:30",
    "PreferredMaintenanceWindow": "sun:23:00-mon:00:00",
}


@pytest.mark.parametrize("type_", ["DBInstance", "DBCluster"])
def test_windows_that_overlap_are_refused(type_: str) -> None:
    template = database(type_, **CLASH)
    assert found(WINDOWS, template) == [Found("error", "Orders", "PreferredBackupWindow: 23:30-00:30")]
    assert second_places(WINDOWS, template) == ["PreferredMaintenanceWindow: sun:23:00-mon:00:00"]


def test_windows_of_members_and_of_unknown_hours_do_not_clash() -> None:
    assert found(WINDOWS, database(DBClusterIdentifier="main", **CLASH)) == []
    for name in CLASH:
        assert found(WINDOWS, database(**{**CLASH, name: IMPORTED})) == []
        assert found(WINDOWS, database(**{name: CLASH[name]})) == []
