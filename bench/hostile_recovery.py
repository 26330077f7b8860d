"""Constructions of `bench.hostile` in which each of many stores of data asks for what may be a way back for it."""

from __future__ import annotations

from collections.abc import Callable

from bench.hostile_parts import Files, Json, template
from bench.hostile_uses import MAKERS, sized

_BEFORE = set(MAKERS)


def _resource(kind: str, **properties: Json) -> Json:
    return {"Type": f"AWS::{kind}", "Properties": properties}


def _of_each(count: int, make: Callable[[int], dict[str, Json]]) -> Files:
    return {"t.json": template({key: value for number in range(count) for key, value in make(number).items()})}


@sized("stores: clusters of global databases", 900)
def _clusters(count: int) -> Files:
    def make(number: int) -> dict[str, Json]:
        joined = {"Engine": "aurora-mysql", "GlobalClusterIdentifier": {"Ref": f"G{number}"}}
        return {
            f"G{number}": _resource("RDS::GlobalCluster", GlobalClusterIdentifier=f"g{number}"),
            f"C{number}": _resource("RDS::DBCluster", **joined, MasterUsername="admin"),
            f"S{number}": _resource("RDS::DBCluster", **joined),
            f"I{number}": _resource("RDS::DBInstance", DBClusterIdentifier={"Ref": f"C{number}"}),
        }

    return _of_each(count, make)


@sized("stores: clusters of one global database", 1_500)
def _one_global_database(count: int) -> Files:
    joined = _resource("RDS::DBCluster", Engine="aurora-mysql", GlobalClusterIdentifier={"Ref": "G"})
    whole = _resource("RDS::GlobalCluster", GlobalClusterIdentifier="g")
    return {"t.json": template({"G": whole, **{f"C{number}": joined for number in range(count)}})}


@sized("stores: read replicas", 1_500)
def _replicas(count: int) -> Files:
    def make(number: int) -> dict[str, Json]:
        source = {"Fn::GetAtt": [f"D{number}", "DBInstanceArn"]}
        return {
            f"D{number}": _resource("RDS::DBInstance", Engine="mysql"),
            f"R{number}": _resource("RDS::DBInstance", SourceDBInstanceIdentifier=source),
        }

    return _of_each(count, make)


@sized("stores: clusters of documents", 900)
def _documents(count: int) -> Files:
    def make(number: int) -> dict[str, Json]:
        return {
            f"G{number}": _resource("DocDB::GlobalCluster", GlobalClusterIdentifier=f"g{number}"),
            f"C{number}": _resource("DocDB::DBCluster", GlobalClusterIdentifier={"Ref": f"G{number}"}),
            f"I{number}": _resource("DocDB::DBInstance", DBClusterIdentifier={"Ref": f"C{number}"}),
            f"N{number}": _resource("Neptune::DBCluster", GlobalClusterIdentifier=f"n{number}"),
        }

    return _of_each(count, make)


@sized("stores: caches of global datastores", 900)
def _caches(count: int) -> Files:
    def make(number: int) -> dict[str, Json]:
        members = [{"ReplicationGroupId": {"Ref": f"R{number}"}, "Role": "PRIMARY"}]
        return {
            f"W{number}": _resource("ElastiCache::GlobalReplicationGroup", Members=members),
            f"R{number}": _resource("ElastiCache::ReplicationGroup", PrimaryClusterId={"Ref": f"C{number}"}),
            f"C{number}": _resource("ElastiCache::CacheCluster", Engine="redis"),
            f"M{number}": _resource("MemoryDB::Cluster", MultiRegionClusterName=f"m{number}"),
        }

    return _of_each(count, make)


@sized("stores: volumes x policies", 1_200)
def _volumes(count: int) -> Files:
    def make(number: int) -> dict[str, Json]:
        tag = {"Key": "k", "Value": f"v{number}"}
        details = {"ResourceTypes": ["VOLUME"], "TargetTags": [tag], "Schedules": [{"CreateRule": {"Interval": 12}}]}
        return {
            f"V{number}": _resource("EC2::Volume", Size=1, Tags=[tag]),
            f"P{number}": _resource("DLM::LifecyclePolicy", State="ENABLED", PolicyDetails=details),
        }

    return _of_each(count, make)


@sized("stores: services x targets", 1_200)
def _services(count: int) -> Files:
    def make(number: int) -> dict[str, Json]:
        target = {"ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount", "MinCapacity": 1}
        return {
            f"S{number}": _resource("ECS::Service", ServiceName=f"s{number}", DesiredCount=2),
            f"T{number}": _resource(
                "ApplicationAutoScaling::ScalableTarget", **target, ResourceId=f"service/c/s{number}"
            ),
            f"D{number}": _resource("DynamoDB::Table", TableName=f"t{number}"),
        }

    return _of_each(count, make)


@sized("stores: clusters of terraform", 1_500)
def _of_terraform(count: int) -> Files:
    block = 'resource "aws_rds_cluster" "c%s" {\n  engine = "aurora-mysql"\n  provider = aws.p%s\n}\n'
    providers = 'provider "aws" {\n  alias = "p%s"\n  region = "r-%s"\n}\n'
    lines = [providers % (number, number) for number in range(20)]
    return {"main.tf": "".join([*lines, *(block % (number, number % 20) for number in range(count))])}


@sized("stores: applications with objectives", 2_000)
def _applications(count: int) -> Files:
    """Each database has objectives of its own."""
    names = "".join(f"    a{number}: {{resources: [D{number}], rpo: 1h, rto: 1h}}\n" for number in range(count))
    stores = {f"D{number}": _resource("RDS::DBInstance", Engine="mysql") for number in range(count)}
    return {".awslint-memo.yaml": f"recovery:\n  applications:\n{names}", "t.json": template(stores)}


NAMES = tuple(name for name in MAKERS if name not in _BEFORE)
"""The constructions of this module."""
