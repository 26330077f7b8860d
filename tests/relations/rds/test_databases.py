"""What databases are and which instances a cluster has: sure answers, and None where there is none."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import resource, resources, stack

from awslint_memo import Resource, clusters, databases, volumes

UNKNOWN = {"Fn::ImportValue": "something"}


def databases_of(**made: tuple[str, dict[str, Any]]) -> dict[str, Resource]:
    return resources(stack(**{name: resource(f"RDS::{type_}", **said) for name, (type_, said) in made.items()}))


def instance(**properties: Any) -> Resource:
    return databases_of(Db=("DBInstance", properties))["Db"]


@each_case(
    ("properties", "expected"),
    [
        ({"Engine": "Aurora-MySQL"}, True),
        ({"Engine": "aurora"}, True),
        ({"Engine": "mysql"}, False),
        ({"Engine": UNKNOWN}, None),
        ({}, None),
        ({"DBSnapshotIdentifier": "before"}, False),
        ({"DBSnapshotIdentifier": "before", "Engine": UNKNOWN}, None),
        ({"SourceDbiResourceId": "db-A", "RestoreTime": "2026-01-01T00:00:00Z"}, False),
        ({"SourceDBInstanceIdentifier": UNKNOWN}, False),
        ({"Engine": {"Fn::Sub": "aurora-${AWS::StackName}"}}, True),
        ({"Engine": {"Fn::Sub": "oracle-${AWS::StackName}"}}, False),
        ({"Engine": UNKNOWN, "EngineVersion": "8.0.mysql_aurora.3.08.0"}, True),
        ({"Engine": UNKNOWN, "EngineVersion": "8.0.39"}, None),
        ({"Engine": UNKNOWN, "DBParameterGroupName": "default.aurora-mysql8.0"}, True),
        ({"Engine": UNKNOWN, "DBParameterGroupName": "default.postgres17"}, False),
        ({"Engine": UNKNOWN, "DBParameterGroupName": {"Fn::Sub": "default.${AWS::StackName}"}}, None),
        ({"Engine": UNKNOWN, "DBParameterGroupName": "company"}, None),
        ({"DBClusterIdentifier": UNKNOWN}, None),
        ({"DBClusterIdentifier": UNKNOWN, "StorageType": "gp3"}, False),
        ({"Engine": UNKNOWN, "StorageType": "io1"}, False),
        ({"Engine": UNKNOWN, "StorageType": "aurora-iopt1"}, None),
        ({"Engine": UNKNOWN, "StorageType": UNKNOWN}, None),
        ({"Engine": "aurora-mysql", "StorageType": "gp2"}, True),
    ],
    ids=str,
)
def test_whether_an_instance_is_aurora(properties: dict[str, Any], expected: bool | None) -> None:
    assert databases.is_aurora(instance(**properties)) is expected


@each_case(
    ("properties", "expected"),
    [
        ({"GlobalClusterIdentifier": "shop"}, True),
        ({"GlobalClusterIdentifier": ""}, None),
        ({"ServerlessV2ScalingConfiguration": {"MinCapacity": 1, "MaxCapacity": 4}}, True),
        ({"DBClusterInstanceClass": "db.m6gd.large"}, False),
        ({"DBClusterParameterGroupName": "default.aurora-postgresql16"}, True),
        ({"DBClusterParameterGroupName": "default.mysql8.4"}, False),
        ({}, None),
    ],
    ids=str,
)
def test_whether_a_cluster_is_aurora_where_its_engine_is_not_known(
    properties: dict[str, Any], expected: bool | None
) -> None:
    made = databases_of(
        One=("DBCluster", {"Engine": UNKNOWN, **properties}),
        Member=("DBInstance", {"DBClusterIdentifier": {"Ref": "One"}}),
    )
    assert databases.is_aurora(made["One"]) is expected
    assert databases.is_aurora(made["Member"]) is expected


@each_case(
    ("properties", "expected"),
    [
        ({}, True),
        ({"DBClusterInstanceClass": UNKNOWN}, False),
        ({"SnapshotIdentifier": "before"}, None),
        ({"Engine": UNKNOWN}, None),
    ],
    ids=str,
)
def test_a_cluster_without_engine_and_class_is_aurora(properties: dict[str, Any], expected: bool | None) -> None:
    """A Multi-AZ DB cluster must say the class of its instances, unless it is restored."""
    assert databases.is_aurora(databases_of(One=("DBCluster", properties))["One"]) is expected


@each_case(
    ("gibibytes", "engine", "expected"),
    [
        (5, "mysql", 30),
        (20, "postgres", 40),
        (50, "mysql", 70),
        (100, "mysql", 130),
        (60000, "mysql", None),
        (59578, "postgres", 65536),
        (10000, "sqlserver-se", 12600),
        (14000, "sqlserver-se", 16384),
        (16000, "sqlserver-se", None),
        (16384, "oracle-ee", 20650),
        (16384, UNKNOWN, None),
    ],
    ids=str,
)
def test_how_far_storage_can_grow(gibibytes: int, engine: Any, expected: int | None) -> None:
    assert volumes.enough_storage(gibibytes, instance(Engine=engine)) == expected


@each_case(
    ("properties", "is_replica", "is_restored"),
    [
        ({}, False, False),
        ({"SourceDBInstanceIdentifier": UNKNOWN}, True, False),
        ({"SourceDBInstanceIdentifier": "a", "UseLatestRestorableTime": "true"}, False, True),
        ({"SourceDBInstanceIdentifier": "a", "UseLatestRestorableTime": UNKNOWN}, False, True),
        ({"SourceDbiResourceId": "db-A", "RestoreTime": "2026-01-01T00:00:00Z"}, False, True),
        ({"DBSnapshotIdentifier": UNKNOWN}, False, True),
    ],
    ids=str,
)
def test_where_an_instances_data_come_from(properties: dict[str, Any], is_replica: bool, is_restored: bool) -> None:
    assert databases.is_read_replica(instance(**properties)) is is_replica
    assert databases.is_restored(instance(**properties)) is is_restored


def test_a_clusters_instances_are_those_that_name_it() -> None:
    made = databases_of(
        One=("DBCluster", {"Engine": "aurora-mysql", "DBClusterIdentifier": "one"}),
        Two=("DBCluster", {"Engine": "aurora-mysql"}),
        A=("DBInstance", {"DBClusterIdentifier": {"Ref": "One"}}),
        B=("DBInstance", {"DBClusterIdentifier": "one"}),
        C=("DBInstance", {"DBClusterIdentifier": {"Ref": "Two"}}),
        D=("DBInstance", {"Engine": "mysql"}),
    )
    assert clusters.cluster_instances(made["One"]) == [made["A"], made["B"]]
    assert clusters.cluster_instances(made["Two"]) == [made["C"]]
    assert clusters.instance_count([made["A"], made["B"]]) == 2


def test_a_clusters_instances_are_not_known_where_one_may_be_its() -> None:
    made = databases_of(
        One=("DBCluster", {"Engine": "aurora-mysql"}),
        A=("DBInstance", {"DBClusterIdentifier": {"Fn::Join": ["", [{"Ref": "One"}, "-x"]]}}),
    )
    assert clusters.cluster_instances(made["One"]) is None


@each_case(
    ("properties", "expected"),
    [
        ({}, False),
        ({"GlobalClusterIdentifier": UNKNOWN}, True),
        ({"GlobalClusterIdentifier": "g", "ManageMasterUserPassword": True}, False),
        ({"GlobalClusterIdentifier": "g", "ManageMasterUserPassword": UNKNOWN}, True),
        ({"GlobalClusterIdentifier": "g", "MasterUsername": UNKNOWN}, False),
        ({"GlobalClusterIdentifier": "g", "SourceRegion": "eu-west-1", "MasterUsername": "admin"}, True),
        ({"GlobalClusterIdentifier": "g", "SnapshotIdentifier": "before"}, False),
        ({"ReplicationSourceIdentifier": "arn", "MasterUsername": "admin"}, True),
    ],
    ids=str,
)
def test_which_member_of_a_global_database_a_cluster_is(properties: dict[str, Any], expected: bool) -> None:
    cluster = databases_of(One=("DBCluster", {"Engine": "aurora-mysql", **properties}))["One"]
    assert databases.is_global_secondary(cluster) is expected
