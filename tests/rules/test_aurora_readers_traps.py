"""What makes a naive reading of readers, failover targets and global databases wrong."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, messages, resource, stack, terraform

SCALING = "aurora-replica-autoscaling"
TARGET = "aurora-failover-target"
GLOBAL = "aurora-global-database"
IMPORTED = {"Fn::ImportValue": "something"}
SECTIONS = {"Parameters": {"User": {"Type": "String"}}}


def of(type_: str, **properties: Any) -> dict[str, Any]:
    return resource(f"RDS::{type_}", **properties)


def orders(**properties: Any) -> dict[str, Any]:
    return of("DBCluster", **{"Engine": "aurora-mysql", **properties})


def member(class_: Any = "db.r6g.large", **properties: Any) -> dict[str, Any]:
    return of("DBInstance", **{"DBInstanceClass": class_, "DBClusterIdentifier": {"Ref": "Orders"}, **properties})


def cluster(**resources: Any) -> dict[str, Any]:
    """A cluster named Orders, unless the resources have one of that name, and these resources."""
    return stack(SECTIONS, **{"Orders": orders(), **resources})


# Scaling of readers


def scaling(resource_id: Any, dimension: Any = "rds:cluster:ReadReplicaCount", least: int = 0) -> dict[str, Any]:
    return resource(
        "ApplicationAutoScaling::ScalableTarget",
        ResourceId=resource_id,
        ScalableDimension=dimension,
        MinCapacity=least,
        MaxCapacity=5,
    )


FIXED = [Found("advice", "Orders", "Orders")]
READS = resource("Lambda::Function", Environment={"Variables": {"HOST": {"Fn::GetAtt": "Orders.ReadEndpoint.Address"}}})


def test_readers_that_nothing_scales_are_found() -> None:
    for readers, count in (({"Reader": member()}, "1 reader,"), ({"A": member(), "B": member()}, "2 readers,")):
        unscaled = cluster(Writer=member(), Reads=READS, **readers)
        assert found(SCALING, unscaled) == FIXED
        assert [count in one for one in messages(SCALING, unscaled)] == [True]
    elsewhere = scaling("cluster:another")
    assert found(SCALING, cluster(Writer=member(), Reader=member(), Reads=READS, Scaling=elsewhere)) == FIXED
    tables = scaling({"Ref": "User"}, "dynamodb:table:ReadCapacityUnits")
    assert found(SCALING, cluster(Writer=member(), Reader=member(), Reads=READS, Scaling=tables)) == FIXED


def test_an_only_reader_from_which_nobody_reads_is_a_failover_target() -> None:
    assert found(SCALING, cluster(Writer=member(), Reader=member())) == []
    writes = resource(
        "Lambda::Function", Environment={"Variables": {"HOST": {"Fn::GetAtt": "Orders.Endpoint.Address"}}}
    )
    assert found(SCALING, cluster(Writer=member(), Reader=member(), Writes=writes)) == []
    assert found(SCALING, cluster(Writer=member(), A=member(), B=member())) == FIXED


@each_case(
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
    assert found(SCALING, cluster(Writer=member(), Reader=member(), Scaling=target)) == []


@each_case(
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
    assert found(SCALING, cluster(**resources)) == []


# Failover targets


SMALLER = [Found("advice", "Reader", "DBInstanceClass: db.r6g.large")]


def test_the_only_reader_is_promoted_whatever_its_tier() -> None:
    for tier in (0, 15):
        reader = member("db.r6g.large", PromotionTier=tier)
        unequal = cluster(Writer=member("db.r6g.2xlarge"), Reader=reader)
        assert found(TARGET, unequal) == SMALLER
        (message,) = messages(TARGET, unequal)
        assert f"(PromotionTier {tier})" in message
        assert "Writer, a db.r6g.2xlarge," in message


def test_a_smaller_reader_is_promoted_before_a_large_one_of_a_higher_tier() -> None:
    large = {"Writer": member("db.r6g.2xlarge"), "Other": member("db.r6g.2xlarge", PromotionTier="2")}
    before = cluster(**large, Reader=member("db.r6g.large"))
    assert found(TARGET, before) == SMALLER
    assert ["(PromotionTier 1)" in one for one in messages(TARGET, before)] == [True]
    assert found(TARGET, cluster(**large, Reader=member("db.r6g.large", PromotionTier=3))) == []


@each_case(
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
    assert found(TARGET, cluster(Writer=member("db.r6g.2xlarge"), **readers)) == []


def test_terraform_counts_tiers_from_0_and_copies() -> None:
    def of_tiers(large: int, **small: Any) -> dict[str, Any]:
        of_cluster = {"cluster_identifier": "${aws_rds_cluster.orders.id}"}
        instances = {
            "large": {"count": large, "instance_class": "db.r6g.2xlarge", **of_cluster},
            "small": {"instance_class": "db.r6g.large", **of_cluster, **small},
        }
        return terraform(aws_rds_cluster={"orders": {"engine": "aurora-mysql"}}, aws_rds_cluster_instance=instances)

    smaller = Found("advice", "aws_rds_cluster_instance.small", "instance_class: db.r6g.large")
    assert found(TARGET, of_tiers(1)) == [smaller]
    (message,) = messages(TARGET, of_tiers(1))
    assert "(promotion_tier 0)" in message
    assert found(TARGET, of_tiers(2)) == found(TARGET, of_tiers(2, promotion_tier=1)) == []
    assert found(TARGET, of_tiers(1, count="${var.readers}")) == []


# Global databases

ALONE = [Found("advice", "Shop", "Shop")]
SOURCE = "arn:aws:rds:eu-west-1:111122223333:cluster:orders"


def shop(**clusters: dict[str, Any]) -> dict[str, Any]:
    """A global database, known as shop, and clusters; the one named Orders is always there."""
    return cluster(Shop=of("GlobalCluster", Engine="aurora-mysql", GlobalClusterIdentifier="shop"), **clusters)


@pytest.mark.parametrize("named", [{"Ref": "Shop"}, "shop"], ids=str)
def test_one_member_is_advice(named: Any) -> None:
    assert found(GLOBAL, shop(Orders=orders(GlobalClusterIdentifier=named))) == ALONE
    other = orders(GlobalClusterIdentifier=named)
    assert found(GLOBAL, shop(Orders=orders(GlobalClusterIdentifier=named, MasterUsername="admin"), Other=other)) == []


def test_members_elsewhere_or_not_known_silence() -> None:
    assert found(GLOBAL, shop()) == []
    assert (
        found(
            GLOBAL,
            shop(
                Orders=orders(GlobalClusterIdentifier={"Ref": "Shop"}), Other=orders(GlobalClusterIdentifier=IMPORTED)
            ),
        )
        == []
    )
    for source, expected in (({"Ref": "Orders"}, ALONE), (SOURCE, []), (IMPORTED, [])):
        database = of("GlobalCluster", GlobalClusterIdentifier="shop", SourceDBClusterIdentifier=source)
        assert found(GLOBAL, cluster(Shop=database)) == expected


@pytest.mark.parametrize(
    ("credentials", "at"),
    [
        ({"MasterUsername": "admin"}, "MasterUsername: admin"),
        ({"MasterUsername": {"Ref": "User"}}, "MasterUsername"),
        ({"MasterUsername": {"Fn::Sub": "${AWS::StackName}-${User}"}}, "MasterUsername"),
        ({"ManageMasterUserPassword": True}, "Orders"),
        ({"MasterUsername": "admin", "ManageMasterUserPassword": True}, "MasterUsername: admin"),
        ({"MasterUsername": "admin", "MasterUserPassword": IMPORTED}, "MasterUsername: admin"),
    ],
    ids=str,
)
def test_a_replica_has_the_users_of_its_source(credentials: dict[str, Any], at: str) -> None:
    for source in (
        {"ReplicationSourceIdentifier": SOURCE},
        {"ReplicationSourceIdentifier": IMPORTED},
        {"SourceRegion": "eu-west-1", "GlobalClusterIdentifier": "shop"},
    ):
        replica = cluster(Orders=orders(**credentials, **source))
        assert found(GLOBAL, replica) == [Found("error", "Orders", at)]
        (message,) = messages(GLOBAL, replica)
        assert message.endswith(f"; remove {' and '.join(credentials)}")
        assert found(GLOBAL, cluster(Orders=orders(**source))) == []


@each_case(
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
    assert found(GLOBAL, cluster(Orders=orders(MasterUsername="admin", **properties))) == []


def test_a_terraform_variable_may_be_null_and_is_no_master_user() -> None:
    def of_user(user: Any) -> dict[str, Any]:
        replica = {"engine": "aurora-mysql", "replication_source_identifier": SOURCE, "master_username": user}
        return terraform({"variable": {"user": {}}}, aws_rds_cluster={"orders": replica})

    for nobody in ("${var.user}", "", None):
        assert found(GLOBAL, of_user(nobody)) == []
    assert found(GLOBAL, of_user("admin")) == [Found("error", "aws_rds_cluster.orders", "master_username: admin")]


def test_two_members_with_master_users_are_refused() -> None:
    named: dict[str, Any] = {"GlobalClusterIdentifier": {"Ref": "Shop"}}
    with_users = {name: orders(**named, MasterUsername="admin") for name in ("Orders", "Other")}
    assert found(GLOBAL, shop(**with_users)) == [Found("error", "Other", "MasterUsername: admin")]
    assert ["Orders" in one for one in messages(GLOBAL, shop(**with_users))] == [True]
    assert found(GLOBAL, shop(Orders=with_users["Orders"], Other=orders(**named))) == []


def test_the_engine_mode_global_is_gone() -> None:
    gone = Found("warning", "Orders", "EngineMode: global")
    assert found(GLOBAL, cluster(Orders=orders(EngineMode="global"))) == [gone]
    for mode in ("provisioned", "serverless", IMPORTED):
        assert found(GLOBAL, cluster(Orders=orders(EngineMode=mode))) == []
