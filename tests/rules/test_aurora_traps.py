"""What makes a naive count of a cluster's instances wrong, and a naive look at their zones."""

from __future__ import annotations

import json
from typing import Any

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

SINGLE = "aurora-single-instance"
ZONE = "aurora-single-az"

ONE = "has one instance, Writer, and nothing to fail over to; give it a second one in another zone"
ONE_HERE = (
    "has one instance, Writer, and nothing to fail over to; "
    "if no other stack adds one, give it a second one in another zone"
)
NONE = "has no instance in this template; if no other stack gives it any, add two in different zones"


def said(rule: str, document: dict[str, Any]) -> list[tuple[str | None, str]]:
    findings = Example(rules()[rule], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def of(type_: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::RDS::{type_}", "Properties": properties}


def member(named: Any = None, **properties: Any) -> dict[str, Any]:
    cluster = {"Ref": "Orders"} if named is None else named
    return of("DBInstance", Engine="aurora-mysql", DBClusterIdentifier=cluster, **properties)


def orders(**properties: Any) -> dict[str, Any]:
    return of("DBCluster", **{"Engine": "aurora-mysql", **properties})


def stack(sections: dict[str, Any] | None = None, **resources: Any) -> dict[str, Any]:
    return {**(sections or {}), "Resources": {"Orders": orders(), **resources}}


def test_one_instance_is_found_and_two_are_enough() -> None:
    assert said(SINGLE, stack(Writer=member())) == [("warning", ONE)]
    assert said(SINGLE, stack(Writer=member(), Reader=member())) == []


@pytest.mark.parametrize("named", [{"Ref": "Orders"}, "shop", {"Fn::Sub": "${Orders}"}], ids=str)
def test_an_instance_belongs_to_the_cluster_that_it_names(named: Any) -> None:
    assert said(SINGLE, stack(Orders=orders(DBClusterIdentifier="shop"), Writer=member(named))) == [("warning", ONE)]


def test_an_instance_of_another_cluster_does_not_count() -> None:
    found = said(SINGLE, stack(Writer=member(), Reader=member("elsewhere")))
    assert found == [("warning", ONE)]


def test_an_instance_that_may_be_the_clusters_silences() -> None:
    maybe = {"Fn::Join": ["-", [{"Ref": "Orders"}, "x"]]}
    assert said(SINGLE, stack(Writer=member(), Reader=member(maybe))) == []


def test_no_instance_at_all_is_advice() -> None:
    assert said(SINGLE, stack()) == [("advice", NONE)]


@pytest.mark.parametrize(
    "sections",
    [
        {"Outputs": {"Cluster": {"Value": {"Ref": "Orders"}, "Export": {"Name": "cluster"}}}},
        {"Outputs": {"Cluster": {"Value": {"Fn::Sub": "${Orders}"}}}},
        {"Outputs": {"Cluster": {"Value": {"Fn::GetAtt": ["Orders", "DBClusterArn"]}}}},
    ],
    ids=str,
)
def test_a_cluster_that_other_stacks_know_may_have_instances_there(sections: dict[str, Any]) -> None:
    assert said(SINGLE, stack(sections, Writer=member())) == [("advice", ONE_HERE)]


def test_a_cluster_that_an_output_spells_is_known_elsewhere() -> None:
    named = orders(DBClusterIdentifier="shop")
    arn = {"Fn::Sub": "arn:aws:rds:${AWS::Region}:${AWS::AccountId}:cluster:shop"}
    assert said(SINGLE, stack({"Outputs": {"Arn": {"Value": arn}}}, Orders=named, Writer=member())) == [
        ("advice", ONE_HERE)
    ]


def test_an_endpoint_in_the_outputs_gives_no_instance() -> None:
    host = {"Fn::GetAtt": ["Orders", "Endpoint.Address"]}
    outputs = {"Outputs": {"Host": {"Value": host}, "Url": {"Value": {"Fn::Join": [":", [host, "3306"]]}}}}
    assert said(SINGLE, stack(outputs, Writer=member())) == [("warning", ONE)]


def test_a_nested_stack_that_is_given_the_cluster_may_add_instances() -> None:
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": {"Cluster": {"Ref": "Orders"}}}}
    assert said(SINGLE, stack(Readers=nested, Writer=member())) == [("advice", ONE_HERE)]


@pytest.mark.parametrize(
    "properties",
    [
        {"EngineMode": "serverless"},
        {"EngineMode": {"Fn::ImportValue": "mode"}},
        {"ClusterScalabilityType": "limitless"},
        {"ClusterScalabilityType": {"Fn::ImportValue": "type"}},
        {"DBClusterInstanceClass": "db.r6gd.large"},
        {"Engine": "mysql", "DBClusterInstanceClass": "db.r6gd.large"},
        {"Engine": "neptune"},
        {"Engine": {"Fn::ImportValue": "engine"}},
        {"GlobalClusterIdentifier": "shop"},
        {"GlobalClusterIdentifier": {"Ref": "Global"}},
        {"ReplicationSourceIdentifier": "arn:aws:rds:eu-west-1:111122223333:cluster:main"},
    ],
    ids=str,
)
def test_clusters_without_instances_of_their_own_are_not_judged(properties: dict[str, Any]) -> None:
    assert said(SINGLE, stack(Orders=orders(**properties), Global=of("GlobalCluster", Engine="aurora-mysql"))) == []


def test_a_shard_group_makes_a_limitless_database() -> None:
    shards = of("DBShardGroup", DBClusterIdentifier={"Ref": "Orders"}, MaxACU=32)
    assert said(SINGLE, stack(Shards=shards)) == []


@pytest.mark.parametrize("how", [{"MasterUsername": "admin"}, {"SnapshotIdentifier": "before"}], ids=str)
def test_the_primary_of_a_global_database_is_judged(how: dict[str, Any]) -> None:
    primary = orders(GlobalClusterIdentifier="shop", **how)
    assert said(SINGLE, stack(Orders=primary)) == [("advice", NONE)]
    assert said(SINGLE, stack(Orders=primary, Writer=member())) == [("warning", ONE)]


@pytest.mark.parametrize(("least", "is_found"), [(0, True), (1, False), ({"Fn::ImportValue": "least"}, False)])
def test_readers_that_auto_scaling_keeps_count(least: Any, is_found: bool) -> None:
    target = {
        "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
        "Properties": {
            "ServiceNamespace": "rds",
            "ScalableDimension": "rds:cluster:ReadReplicaCount",
            "ResourceId": {"Fn::Sub": "cluster:${Orders}"},
            "MinCapacity": least,
            "MaxCapacity": 4,
        },
    }
    assert said(SINGLE, stack(Writer=member(), Target=target)) == ([("warning", ONE)] if is_found else [])


def test_a_macro_may_add_instances() -> None:
    assert said(SINGLE, stack({"Transform": "Company::Macro"}, Writer=member())) == []


def terraform(rule: str, *, cluster: dict[str, Any] | None = None, **instances: dict[str, Any]) -> list[Any]:
    made = {
        name: {"engine": "aurora-mysql", "cluster_identifier": "${aws_rds_cluster.orders.id}", **more}
        for name, more in instances.items()
    }
    resource: dict[str, Any] = {"aws_rds_cluster": {"orders": {"engine": "aurora-mysql", **(cluster or {})}}}
    if made:
        resource["aws_rds_cluster_instance"] = made
    return said(rule, {"resource": resource})


@pytest.mark.parametrize("repeated", [{"count": 2}, {"count": "${var.n}"}, {"for_each": "${var.all}"}, {"count": 0}])
def test_terraforms_copies_count_where_they_are_known(repeated: dict[str, Any]) -> None:
    found = terraform(SINGLE, all=repeated)
    assert found == ([("advice", NONE)] if repeated == {"count": 0} else [])


def test_a_single_copy_is_one_instance() -> None:
    [(level, message)] = terraform(SINGLE, all={"count": 1})
    assert level == "warning"
    assert message.startswith("has one instance, aws_rds_cluster_instance.all")


def test_terraforms_outputs_count_like_cloudformations() -> None:
    cluster = {"aws_rds_cluster": {"orders": {"engine": "aurora-mysql"}}}
    writer = {"writer": {"engine": "aurora-mysql", "cluster_identifier": "${aws_rds_cluster.orders.id}"}}
    document = {
        "resource": {**cluster, "aws_rds_cluster_instance": writer},
        "output": {"cluster": {"value": "${aws_rds_cluster.orders.id}"}},
    }
    assert [level for level, _ in said(SINGLE, document)] == ["advice"]
    document["output"] = {"host": {"value": "${aws_rds_cluster.orders.endpoint}"}}
    assert [level for level, _ in said(SINGLE, document)] == ["warning"]


def test_a_cluster_of_unknown_number_is_not_judged() -> None:
    assert terraform(SINGLE, cluster={"count": "${var.clusters}"}, all={}) == []


def zoned(*zones: Any, **properties: Any) -> dict[str, Any]:
    instances = {
        f"Db{n}": member(**({} if zone is None else {"AvailabilityZone": zone})) for n, zone in enumerate(zones)
    }
    return stack(Orders=orders(**properties), **instances)


def test_instances_in_one_zone_are_found() -> None:
    assert said(ZONE, zoned("eu-west-1a", "eu-west-1a", "eu-west-1a")) == [
        ("warning", "has all its 3 instances in eu-west-1a and is gone with that zone; spread them over two zones")
    ]


@pytest.mark.parametrize(
    "zones",
    [
        ("eu-west-1a", "eu-west-1b"),
        ("eu-west-1a", None),
        ("eu-west-1a", {"Fn::Select": ["0", {"Fn::GetAZs": ""}]}),
        ("eu-west-1a",),
        (None, None),
        (),
    ],
    ids=str,
)
def test_several_zones_unknown_ones_and_single_instances_are_not(zones: tuple[Any, ...]) -> None:
    assert said(ZONE, zoned(*zones)) == []


@pytest.mark.parametrize("properties", [{"Engine": "neptune"}, {"EngineMode": "serverless"}], ids=str)
def test_zones_of_other_clusters_are_not_judged(properties: dict[str, Any]) -> None:
    assert said(ZONE, zoned("eu-west-1a", "eu-west-1a", **properties)) == []


def test_zones_of_a_cluster_that_other_stacks_know_are_advice() -> None:
    template = zoned("eu-west-1a", "eu-west-1a")
    template["Outputs"] = {"Cluster": {"Value": {"Ref": "Orders"}}}
    assert [level for level, _ in said(ZONE, template)] == ["advice"]


def test_copies_in_one_zone_are_several_instances() -> None:
    [(level, message)] = terraform(ZONE, all={"count": 2, "availability_zone": "eu-west-1a"})
    assert (level, message[:38]) == ("warning", "has all its 2 instances in eu-west-1a ")
    assert terraform(ZONE, all={"count": "${var.n}", "availability_zone": "eu-west-1a"}) == []
