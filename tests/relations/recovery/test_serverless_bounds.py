"""Bounds of Aurora DSQL, Keyspaces and Timestream, and of replicas without a documented figure, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from tests.recovery_bounds import DAY, NONE, Said, said, store

from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import Layer, Recovery
from awslint_memo.relations.recovery import stores

HERE = Declared(recovery=Recovery(Layer({}, "here"), complete=True, regions=("eu-west-1",)))
NOTHING = Said(0, 0, 0, "nothing")
ASYNCHRONOUS = Said(0, "typically single-digit seconds", None, "nothing")


def yaml(**resources: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {"Resources": {name: {"Type": type_, "Properties": what} for name, (type_, what) in resources.items()}}


DISTRIBUTED = "AWS::DSQL::Cluster"
PEER = "arn:aws:dsql:%s:123456789012:cluster/abcdefghijklmnopqrstuvwxyz"


def peered(*regions: str, witness: str = "eu-west-3") -> dict[str, Any]:
    clusters = {"Clusters": [PEER % region for region in regions]} if regions else {}
    return yaml(A=(DISTRIBUTED, {"MultiRegionProperties": {"WitnessRegion": witness, **clusters}}))


PEERED = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_dsql_cluster" "a" {}
resource "aws_dsql_cluster" "b" {
  region = "eu-central-1"
}
resource "aws_dsql_cluster_peering" "a" {
  identifier     = aws_dsql_cluster.a.identifier
  clusters       = [aws_dsql_cluster.b.arn]
  witness_region = "eu-west-3"
}
"""


@pytest.mark.parametrize(
    ("template", "name", "region"),
    [
        (yaml(A=(DISTRIBUTED, {})), "A", NONE),
        (peered(), "A", Said(0, None, None, "unknown")),  # It is of no use before it has a peer.
        (peered("eu-central-1"), "A", NOTHING),
        (peered("eu-west-1"), "A", NONE),
        ('resource "aws_dsql_cluster" "a" {}', "aws_dsql_cluster.a", NONE),
        (PEERED, "aws_dsql_cluster.a", NOTHING),
        (PEERED, "aws_dsql_cluster.b", NOTHING),
    ],
)
def test_a_distributed_cluster_loses_nothing_where_it_is_peered(template: Any, name: str, region: Said) -> None:
    assert said(template, name, "region", HERE) == region
    for disruption in ("az", "hardware"):
        assert said(template, name, disruption, HERE) == NOTHING
    assert said(template, name, "software", HERE) == NONE


TABLE = "AWS::Cassandra::Table"
KEYSPACE = "AWS::Cassandra::Keyspace"
REGIONS = {"ReplicationStrategy": "MULTI_REGION", "RegionList": ["eu-west-1", "eu-central-1"]}
KEYSPACES = """\
resource "aws_keyspaces_keyspace" "k" {
  name = "shop"
%s}
resource "aws_keyspaces_table" "a" {
  keyspace_name = aws_keyspaces_keyspace.k.name
  table_name    = "orders"
%s}
"""
SWITCH = '  point_in_time_recovery {\n    status = "%s"\n  }\n'
REPLICATED = """\
  replication_specification {
    replication_strategy = "MULTI_REGION"
    region_list          = ["eu-west-1", "eu-central-1"]
  }
"""


def keyspace(specification: Any, **properties: Any) -> dict[str, Any]:
    own = {} if specification is None else {"ReplicationSpecification": specification}
    return yaml(K=(KEYSPACE, own), A=(TABLE, {"KeyspaceName": {"Ref": "K"}, **properties}))


@pytest.mark.parametrize(
    ("template", "name", "software", "region"),
    [
        (keyspace(None), "A", NONE, NONE),
        (keyspace(None, PointInTimeRecoveryEnabled=False), "A", NONE, NONE),
        (keyspace(REGIONS, PointInTimeRecoveryEnabled=True), "A", Said(0, 0, 0, "restore", 35 * DAY), ASYNCHRONOUS),
        (KEYSPACES % ("", ""), "aws_keyspaces_table.a", NONE, NONE),
        (KEYSPACES % ("", SWITCH % "DISABLED"), "aws_keyspaces_table.a", NONE, NONE),
        (
            KEYSPACES % (REPLICATED, SWITCH % "ENABLED"),
            "aws_keyspaces_table.a",
            Said(0, 0, 0, "restore", 35 * DAY),
            ASYNCHRONOUS,
        ),
    ],
)
def test_a_table_of_a_keyspace_is_where_its_keyspace_is(template: Any, name: str, software: Said, region: Said) -> None:
    assert said(template, name, "software", HERE) == software
    assert said(template, name, "region", HERE) == region
    assert said(template, name, "az", HERE) == NOTHING


def test_a_keyspace_of_somebody_else_may_be_in_several_regions() -> None:
    alone = yaml(A=(TABLE, {"KeyspaceName": "shop"}))
    assert said(alone, "A", "region", HERE).back == "unknown"


SERIES = """\
resource "aws_timestreamwrite_table" "a" {
  database_name = "shop"
  table_name    = "orders"
}
"""
PLANNED = """\
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "daily"
    target_vault_name = "Default"
    schedule          = "cron(0 5 * * ? *)"
    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-central-1:123456789012:backup-vault:copies"
    }
  }
}
resource "aws_backup_selection" "daily" {
  name         = "daily"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  plan_id      = aws_backup_plan.daily.id
  resources    = [aws_timestreamwrite_table.a.arn]
}
"""


@pytest.mark.parametrize(
    ("template", "name", "back"),
    [
        (yaml(A=("AWS::Timestream::Table", {"DatabaseName": "shop"})), "A", "none"),
        (SERIES, "aws_timestreamwrite_table.a", "none"),
        (SERIES + PLANNED, "aws_timestreamwrite_table.a", "restore"),
    ],
)
def test_a_table_of_timestream_has_the_backups_of_aws_backup_alone(template: Any, name: str, back: str) -> None:
    assert said(template, name, "az", HERE) == NOTHING
    assert said(template, name, "software", HERE).back == back
    assert said(template, name, "region", HERE).back == back


INFLUX = "AWS::Timestream::InfluxDBInstance"
INFLUX_OF_TERRAFORM = """\
resource "aws_timestreaminfluxdb_db_instance" "a" {
  name            = "readings"
  %s
}
"""


@pytest.mark.parametrize(
    ("template", "name"),
    [
        (yaml(A=(INFLUX, {"DeploymentType": "WITH_MULTIAZ_STANDBY"})), "A"),
        (
            INFLUX_OF_TERRAFORM % 'deployment_type = "WITH_MULTIAZ_STANDBY"',
            "aws_timestreaminfluxdb_db_instance.a",
        ),
    ],
)
def test_an_instance_of_influxdb_with_a_standby_loses_nothing_with_a_zone(template: Any, name: str) -> None:
    bound = stores.bound(store(template, name, HERE), "az")
    assert (bound.ceiling, bound.back, bound.way and bound.way.back_typical) == (0, "failover", None)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        (yaml(A=(INFLUX, {"Name": "readings"})), "A"),
        (INFLUX_OF_TERRAFORM % 'deployment_type = "SINGLE_AZ"', "aws_timestreaminfluxdb_db_instance.a"),
        (INFLUX_OF_TERRAFORM % "", "aws_timestreaminfluxdb_db_instance.a"),
    ],
)
def test_an_instance_of_influxdb_has_internal_backups_of_a_day(template: Any, name: str) -> None:
    assert said(template, name, "software", HERE) == Said(0, None, None, "restore", DAY)
    # Where internal backups are is on no page, so they may be left after the loss of the zone.
    bound = stores.bound(store(template, name, HERE), "az")
    assert (bound.ceiling, bound.back) == (None, "unknown")
    assert said(template, name, "region", HERE).back == "none"


def test_an_instance_of_influxdb_is_backed_up_by_no_plan() -> None:
    planned = PLANNED.replace("aws_timestreamwrite_table.a", "aws_timestreaminfluxdb_db_instance.a")
    template = INFLUX_OF_TERRAFORM % "" + planned
    assert said(template, "aws_timestreaminfluxdb_db_instance.a", "region", HERE).back == "none"


REPLICA = {"ReplicationConfiguration": {"Destinations": [{"Region": "eu-central-1"}]}}
REPLICA_OF_TERRAFORM = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_efs_file_system" "a" {}
resource "aws_efs_replication_configuration" "a" {
  source_file_system_id = aws_efs_file_system.a.id
  destination {
    region = "eu-central-1"
  }
}
"""


@pytest.mark.parametrize(
    ("template", "name"),
    [(yaml(A=("AWS::EFS::FileSystem", REPLICA)), "A"), (REPLICA_OF_TERRAFORM, "aws_efs_file_system.a")],
)
def test_a_replica_of_files_is_a_quarter_of_an_hour_behind_for_most_file_systems(template: Any, name: str) -> None:
    bound = stores.bound(store(template, name, HERE), "region")
    assert (bound.typical, bound.ceiling, bound.back) == (900, None, "promote")
