"""What makes a naive reading of readers, failover targets and global databases wrong."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

SCALING = "aurora-replica-autoscaling"
TARGET = "aurora-failover-target"
GLOBAL = "aurora-global-database"
IMPORTED = {"Fn::ImportValue": "something"}

Said: TypeAlias = "list[tuple[str | None, str]]"


def said(rule: str, document: dict[str, Any]) -> Said:
    findings = Example(rules()[rule], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def of(type_: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::RDS::{type_}", "Properties": properties}


def orders(**properties: Any) -> dict[str, Any]:
    return of("DBCluster", **{"Engine": "aurora-mysql", **properties})


def member(class_: Any = "db.r6g.large", **properties: Any) -> dict[str, Any]:
    return of("DBInstance", **{"DBInstanceClass": class_, "DBClusterIdentifier": {"Ref": "Orders"}, **properties})


def stack(**resources: Any) -> dict[str, Any]:
    return {"Parameters": {"User": {"Type": "String"}}, "Resources": {"Orders": orders(), **resources}}


# Scaling of readers


def scaling(resource: Any, dimension: Any = "rds:cluster:ReadReplicaCount", least: int = 0) -> dict[str, Any]:
    properties = {"ResourceId": resource, "ScalableDimension": dimension, "MinCapacity": least, "MaxCapacity": 5}
    return {"Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": properties}


def fixed(readers: str) -> Said:
    message = (
        f"has {readers}, however many reads there are, and nothing in this template adds one; "
        "let Application Auto Scaling change rds:cluster:ReadReplicaCount"
    )
    return [("advice", message)]


def test_readers_that_nothing_scales_are_found() -> None:
    assert said(SCALING, stack(Writer=member(), Reader=member())) == fixed("1 reader")
    assert said(SCALING, stack(Writer=member(), Reader=member(), Other=member())) == fixed("2 readers")
    elsewhere = scaling("cluster:another")
    assert said(SCALING, stack(Writer=member(), Reader=member(), Scaling=elsewhere)) == fixed("1 reader")
    tables = scaling({"Ref": "User"}, "dynamodb:table:ReadCapacityUnits")
    assert said(SCALING, stack(Writer=member(), Reader=member(), Scaling=tables)) == fixed("1 reader")


@pytest.mark.parametrize(
    "target",
    [
        scaling({"Fn::Sub": "cluster:${Orders}"}),
        scaling({"Fn::Sub": "cluster:${Orders}"}, least=1),
        scaling({"Fn::Join": ["", ["cluster:", {"Ref": "Orders"}]]}),
        scaling({"Fn::Sub": "cluster:${Orders}"}, IMPORTED),
        scaling(IMPORTED),
    ],
    ids=str,
)
def test_readers_that_something_scales_or_may_scale_are_not_found(target: dict[str, Any]) -> None:
    assert said(SCALING, stack(Writer=member(), Reader=member(), Scaling=target)) == []


@pytest.mark.parametrize(
    "resources",
    [
        {"Writer": member()},
        {"Writer": member("db.serverless"), "Reader": member("db.serverless")},
        {"Writer": member(), "Reader": member(DBClusterIdentifier=IMPORTED), "Orders": orders(EngineMode=IMPORTED)},
        {"Writer": member(), "Reader": member(IMPORTED)},
        {
            "Writer": member(),
            "Reader": member(),
            "Orders": orders(Engine="mysql", DBClusterInstanceClass="db.r6gd.large"),
        },
        {"Writer": member(), "Reader": member(), "Orders": orders(GlobalClusterIdentifier="shop")},
    ],
    ids=str,
)
def test_clusters_without_readers_of_that_kind_are_not_found(resources: dict[str, Any]) -> None:
    assert said(SCALING, stack(**resources)) == []


# Failover targets


def smaller(target: str, tier: int, writer: str = "Writer, a db.r6g.2xlarge,") -> Said:
    message = (
        f"is a {target} and promoted (tier {tier}) when {writer} fails as the writer; "
        "give an instance of db.r6g.2xlarge the lowest PromotionTier"
    )
    return [("advice", message)]


def test_the_only_reader_is_promoted_whatever_its_tier() -> None:
    for tier in (0, 15):
        reader = member("db.r6g.large", PromotionTier=tier)
        assert said(TARGET, stack(Writer=member("db.r6g.2xlarge"), Reader=reader)) == smaller("db.r6g.large", tier)


def test_a_smaller_reader_is_promoted_before_a_large_one_of_a_higher_tier() -> None:
    large = {"Writer": member("db.r6g.2xlarge"), "Other": member("db.r6g.2xlarge", PromotionTier="2")}
    assert said(TARGET, stack(**large, Reader=member("db.r6g.large"))) == smaller("db.r6g.large", 1)
    assert said(TARGET, stack(**large, Reader=member("db.r6g.large", PromotionTier=3))) == []


@pytest.mark.parametrize(
    "readers",
    [
        {"Reader": member("db.r5.2xlarge")},
        {"Reader": member("db.r6g.4xlarge"), "Other": member("db.r6g.2xlarge"), "Third": member("db.r6g.4xlarge")},
        {"Reader": member("db.serverless")},
        {"Reader": member(IMPORTED)},
        {"Reader": member("db.r6g.large"), "Other": member("db.r6g.2xlarge")},
        {"Reader": member("db.r6g.large", PromotionTier=IMPORTED), "Other": member("db.r6g.2xlarge")},
        {"Reader": member("db.r6g.large"), "Other": member(DBClusterIdentifier={"Fn::Sub": "${Orders}-x"})},
    ],
    ids=str,
)
def test_large_and_unknown_targets_are_not_found(readers: dict[str, Any]) -> None:
    assert said(TARGET, stack(Writer=member("db.r6g.2xlarge"), **readers)) == []


def test_terraform_counts_tiers_from_0_and_copies() -> None:
    def of_tiers(large: int, **small: Any) -> Said:
        cluster = {"cluster_identifier": "${aws_rds_cluster.orders.id}"}
        instances = {
            "large": {"count": large, "instance_class": "db.r6g.2xlarge", **cluster},
            "small": {"instance_class": "db.r6g.large", **cluster, **small},
        }
        engines = {"aws_rds_cluster": {"orders": {"engine": "aurora-mysql"}}, "aws_rds_cluster_instance": instances}
        return said(TARGET, {"resource": engines})

    [(level, message)] = of_tiers(1)
    assert level == "advice"
    assert message.endswith("the lowest promotion_tier")
    assert "(tier 0)" in message
    assert of_tiers(2) == of_tiers(2, promotion_tier=1) == []
    assert of_tiers(1, count="${var.readers}") == []


# Global databases

ALONE = "has one cluster, Orders, in this template; if no other stack adds one, add one in another Region"
REPLICA = "replicates another cluster and has a master user, which Aurora refuses; remove MasterUsername"
SOURCE = "arn:aws:rds:eu-west-1:111122223333:cluster:orders"


def shop(**clusters: dict[str, Any]) -> Said:
    database = of("GlobalCluster", Engine="aurora-mysql", GlobalClusterIdentifier="shop")
    return said(GLOBAL, stack(Shop=database, **clusters))


@pytest.mark.parametrize("named", [{"Ref": "Shop"}, "shop"], ids=str)
def test_one_member_is_advice(named: Any) -> None:
    assert shop(Orders=orders(GlobalClusterIdentifier=named)) == [("advice", ALONE)]
    other = orders(GlobalClusterIdentifier=named)
    assert shop(Orders=orders(GlobalClusterIdentifier=named, MasterUsername="admin"), Other=other) == []


def test_members_elsewhere_or_not_known_silence() -> None:
    assert shop() == []
    assert (
        shop(Orders=orders(GlobalClusterIdentifier={"Ref": "Shop"}), Other=orders(GlobalClusterIdentifier=IMPORTED))
        == []
    )
    for source, expected in (({"Ref": "Orders"}, [("advice", ALONE)]), (SOURCE, []), (IMPORTED, [])):
        database = of("GlobalCluster", GlobalClusterIdentifier="shop", SourceDBClusterIdentifier=source)
        assert said(GLOBAL, stack(Shop=database)) == expected


@pytest.mark.parametrize(
    "credentials",
    [
        {"MasterUsername": "admin"},
        {"MasterUsername": {"Ref": "User"}},
        {"MasterUsername": {"Fn::Sub": "${AWS::StackName}-${User}"}},
        {"ManageMasterUserPassword": True},
    ],
    ids=str,
)
def test_a_replica_has_the_users_of_its_source(credentials: dict[str, Any]) -> None:
    for source in (
        {"ReplicationSourceIdentifier": SOURCE},
        {"ReplicationSourceIdentifier": IMPORTED},
        {"SourceRegion": "eu-west-1", "GlobalClusterIdentifier": "shop"},
    ):
        assert said(GLOBAL, stack(Orders=orders(**credentials, **source))) == [("error", REPLICA)]
        assert said(GLOBAL, stack(Orders=orders(**source))) == []


@pytest.mark.parametrize(
    "properties",
    [
        {"GlobalClusterIdentifier": "shop"},
        {"GlobalClusterIdentifier": IMPORTED},
        {"SourceRegion": "eu-west-1"},
        {"ReplicationSourceIdentifier": ""},
        {"ReplicationSourceIdentifier": SOURCE, "SnapshotIdentifier": "before"},
    ],
    ids=str,
)
def test_a_primary_has_a_master_user_of_its_own(properties: dict[str, Any]) -> None:
    assert said(GLOBAL, stack(Orders=orders(MasterUsername="admin", **properties))) == []


def test_a_terraform_variable_may_be_null_and_is_no_master_user() -> None:
    def of_user(user: Any) -> Said:
        arguments = {"engine": "aurora-mysql", "replication_source_identifier": SOURCE, "master_username": user}
        return said(GLOBAL, {"resource": {"aws_rds_cluster": {"orders": arguments}}, "variable": {"user": {}}})

    assert of_user("${var.user}") == of_user("") == of_user(None) == []
    assert of_user("admin") == [("error", REPLICA.replace("MasterUsername", "master_username"))]


def test_two_members_with_master_users_are_refused() -> None:
    named: dict[str, Any] = {"GlobalClusterIdentifier": {"Ref": "Shop"}}
    with_users = {name: orders(**named, MasterUsername="admin") for name in ("Orders", "Other")}
    refused = (
        "has a master user like Orders in the same global database, and Aurora refuses one for a secondary; "
        "remove it from one of the two"
    )
    assert shop(**with_users) == [("error", refused)]
    assert shop(Orders=with_users["Orders"], Other=orders(**named)) == []


def test_the_engine_mode_global_is_gone() -> None:
    gone = "has EngineMode global, which no present version of Aurora knows; leave EngineMode out"
    assert said(GLOBAL, stack(Orders=orders(EngineMode="global"))) == [("warning", gone)]
    for mode in ("provisioned", "serverless", IMPORTED):
        assert said(GLOBAL, stack(Orders=orders(EngineMode=mode))) == []
