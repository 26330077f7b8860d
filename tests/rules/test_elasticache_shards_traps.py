"""What makes a naive reading of shards and replicas wrong: how cluster mode is said, who may promote or add any."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, found, messages, resource, second_places
from tests.linting import terraform as configuration
from tests.rules.caches import GLOBAL, group, node, terraform

FAILOVER = "elasticache-failover"
REPLICAS = "elasticache-replicas"
AUTOSCALING = "elasticache-autoscaling-mode"

IN_TERRAFORM = "aws_elasticache_replication_group.orders"


def parameters(**values: Any) -> dict[str, Any]:
    own = resource("ElastiCache::ParameterGroup", CacheParameterGroupFamily="redis7", Properties=values)
    return {"Own": own}


# Failover

REFUSED = Found("error", "Orders", "AutomaticFailoverEnabled: false")
REFUSED_IN_TERRAFORM = Found("error", IN_TERRAFORM, "automatic_failover_enabled: false")


@pytest.mark.parametrize(
    ("properties", "own"),
    [
        ({"NumNodeGroups": 2}, {}),
        ({"NumNodeGroups": "3", "ReplicasPerNodeGroup": 1}, {}),
        ({"NodeGroupConfiguration": [{"ReplicaCount": 1}, {"ReplicaCount": 1}]}, {}),
        ({"ClusterMode": "enabled"}, {}),
        ({"CacheParameterGroupName": "default.redis7.cluster.on"}, {}),
        ({"CacheParameterGroupName": {"Fn::Sub": "${AWS::StackName}.cluster.on"}}, {}),
        ({"CacheParameterGroupName": {"Ref": "Own"}}, {"cluster-enabled": "yes"}),
    ],
    ids=str,
)
def test_cluster_mode_needs_failover(properties: dict[str, Any], own: dict[str, Any]) -> None:
    off = {"AutomaticFailoverEnabled": False, **properties}
    assert found(FAILOVER, group(others=parameters(**own), **off)) == [REFUSED]
    on = {**off, "AutomaticFailoverEnabled": True}
    assert found(FAILOVER, group(others=parameters(**own), **on)) == []
    # ElastiCache turns it on where nothing is written.
    for multi_az in ({}, {"MultiAZEnabled": True}):
        assert found(FAILOVER, group(others=parameters(**own), **properties, **multi_az)) == []


def test_terraform_sends_that_failover_is_off() -> None:
    sharded = terraform(num_node_groups=2, replicas_per_node_group=1)
    assert found(FAILOVER, sharded) == [Found("error", IN_TERRAFORM, "orders")]
    assert "(default)" in messages(FAILOVER, sharded)[0]
    assert found(FAILOVER, terraform(num_node_groups=2, global_replication_group_id="ldgnf-x")) == []


@each_case(
    ("properties", "own"),
    [
        ({"CacheParameterGroupName": "company-redis"}, {}),
        ({"CacheParameterGroupName": IMPORTED}, {}),
        ({"CacheParameterGroupName": {"Ref": "Own"}}, {"cluster-enabled": IMPORTED}),
        ({"NumNodeGroups": IMPORTED}, {}),
        ({"NodeGroupConfiguration": IMPORTED}, {}),
        ({"ClusterMode": IMPORTED}, {}),
        ({"ClusterMode": "compatible"}, {}),
        ({"SnapshotName": "before"}, {}),
    ],
    ids=str,
)
def test_where_cluster_mode_is_not_known_nothing_is_said(properties: dict[str, Any], own: dict[str, Any]) -> None:
    others = parameters(**own)
    assert found(FAILOVER, group(others=others, AutomaticFailoverEnabled=False, **properties)) == []
    assert found(FAILOVER, group(others=others, AutomaticFailoverEnabled=True, **properties)) == []


@each_case(
    ("properties", "own", "place"),
    [
        ({"NumCacheClusters": 1}, {}, "NumCacheClusters: 1"),
        ({}, {}, "Orders"),
        ({"NumNodeGroups": 1, "NumCacheClusters": "1"}, {}, "NumCacheClusters: 1"),
        ({"CacheParameterGroupName": "default.valkey8"}, {}, "Orders"),
        ({"CacheParameterGroupName": {"Ref": "Own"}}, {"maxmemory-policy": "allkeys-lru"}, "Orders"),
        ({"CacheParameterGroupName": {"Ref": "Own"}}, {"cluster-enabled": "no"}, "Orders"),
        ({"ClusterMode": "disabled"}, {}, "Orders"),
        ({"ReplicasPerNodeGroup": 0}, {}, "ReplicasPerNodeGroup: 0"),
        ({"PreferredCacheClusterAZs": ["eu-west-1a"]}, {}, "Orders"),
        ({"Engine": IMPORTED, "NumCacheClusters": 1}, {}, "NumCacheClusters: 1"),
    ],
    ids=str,
)
def test_one_node_has_nothing_to_fail_over_to(properties: dict[str, Any], own: dict[str, Any], place: str) -> None:
    on = {"AutomaticFailoverEnabled": "true", **properties}
    assert found(FAILOVER, group(others=parameters(**own), **on)) == [Found("error", "Orders", place)]
    assert found(FAILOVER, group(others=parameters(**own), **{**on, "AutomaticFailoverEnabled": False})) == []


@pytest.mark.parametrize(
    "mode",
    [{"ClusterMode": "enabled"}, {"CacheParameterGroupName": "company-redis"}, {"CacheParameterGroupName": IMPORTED}],
    ids=str,
)
def test_a_written_number_of_one_node_is_refused_in_any_cluster_mode(mode: dict[str, Any]) -> None:
    template = group(AutomaticFailoverEnabled=True, NumCacheClusters=1, **mode)
    assert found(FAILOVER, template) == [Found("error", "Orders", "NumCacheClusters: 1")]
    assert messages(FAILOVER, template)[0].endswith("; set NumCacheClusters to at least 2")
    assert found(FAILOVER, group(AutomaticFailoverEnabled=True, NumCacheClusters=1, NumNodeGroups=2, **mode)) == []


def test_a_second_node_needs_a_second_zone_where_zones_are_written() -> None:
    zones: dict[str, Any] = {"PreferredCacheClusterAZs": ["eu-west-1a"], "NumCacheClusters": 1}
    [message] = messages(FAILOVER, group(AutomaticFailoverEnabled=True, **zones))
    assert message.endswith("; set NumCacheClusters to at least 2 and name as many zones")


def test_shards_without_replicas_may_fail_over() -> None:
    shards: dict[str, Any] = {"NumNodeGroups": 3, "ReplicasPerNodeGroup": 0}
    assert found(FAILOVER, group(AutomaticFailoverEnabled=True, **shards)) == []


def test_multi_az_without_failover_and_replica_is_told_of_both() -> None:
    [message] = messages(FAILOVER, group(MultiAZEnabled=True, NumCacheClusters=1, AutomaticFailoverEnabled=False))
    assert message.endswith("; set it to true and set NumCacheClusters to at least 2")
    shards: dict[str, Any] = {"NumNodeGroups": 2, "ReplicasPerNodeGroup": 0, "AutomaticFailoverEnabled": False}
    [message] = messages(FAILOVER, group(MultiAZEnabled=True, **shards))
    assert message.endswith("; set it to true and give each shard a replica")


def test_multi_az_needs_failover_and_replicas() -> None:
    no_failover = group(MultiAZEnabled=True, NumCacheClusters=2, AutomaticFailoverEnabled=False)
    assert found(FAILOVER, no_failover) == [REFUSED]
    [message] = messages(FAILOVER, no_failover)
    assert "MultiAZEnabled" in message
    assert "AutomaticFailoverEnabled" in message
    shards: dict[str, Any] = {"NumNodeGroups": 2, "ReplicasPerNodeGroup": 0, "AutomaticFailoverEnabled": True}
    no_replica = group(MultiAZEnabled="true", **shards)
    assert found(FAILOVER, no_replica) == [Found("error", "Orders", "ReplicasPerNodeGroup: 0")]
    for template in (no_failover, no_replica):
        assert second_places(FAILOVER, template) == ["MultiAZEnabled: true"]
    unknown = group(MultiAZEnabled=True, AutomaticFailoverEnabled=IMPORTED, NumCacheClusters=2)
    assert found(FAILOVER, unknown) == []


@pytest.mark.parametrize("engine", ["redis", "valkey"])
def test_groups_of_either_engine_are_judged(engine: str) -> None:
    one = group(Engine=engine, NumCacheClusters=1)
    assert found(REPLICAS, one) == [Found("advice", "Orders", "NumCacheClusters: 1")]
    two = group(Engine=engine, NumCacheClusters=2, AutomaticFailoverEnabled=False)
    assert found(FAILOVER, two) == [Found("warning", "Orders", "AutomaticFailoverEnabled: false")]


@pytest.mark.parametrize(("nodes", "replicas"), [(2, "1 replica "), (3, "2 replicas ")])
def test_replicas_that_nobody_promotes_are_a_warning(nodes: int, replicas: str) -> None:
    template = group(NumCacheClusters=nodes, AutomaticFailoverEnabled="false")
    assert found(FAILOVER, template) == [Found("warning", "Orders", "AutomaticFailoverEnabled: false")]
    [message] = messages(FAILOVER, template)
    assert replicas in message
    assert "default" not in message


@pytest.mark.parametrize("secondary", GLOBAL, ids=str)
def test_secondaries_of_a_global_datastore_fail_over_as_their_primary_says(secondary: dict[str, Any]) -> None:
    assert found(FAILOVER, group(MultiAZEnabled=True, NumCacheClusters=2, **secondary)) == []


# Replicas


@each_case(
    ("properties", "place", "what"),
    [
        ({}, "Orders", "one node"),
        ({"NumCacheClusters": "1"}, "NumCacheClusters: 1", "one node"),
        ({"PrimaryClusterId": "orders-001"}, "Orders", "one node"),
        ({"NumNodeGroups": 2, "ReplicasPerNodeGroup": 0}, "ReplicasPerNodeGroup: 0", "its shards"),
        ({"NodeGroupConfiguration": [{"ReplicaCount": 2}, {"ReplicaCount": 0}]}, "ReplicaCount: 0", "a shard"),
        (
            {"NodeGroupConfiguration": [{"Slots": "0-8191"}, {"Slots": "8192-16383"}], "ReplicasPerNodeGroup": 0},
            "ReplicasPerNodeGroup: 0",
            "a shard",
        ),
    ],
    ids=str,
)
def test_a_shard_without_a_replica_is_found(properties: dict[str, Any], place: str, what: str) -> None:
    level = "advice" if what == "one node" else "warning"
    assert found(REPLICAS, group(**properties)) == [Found(level, "Orders", place)]
    [message] = messages(REPLICAS, group(**properties))
    assert what in message


@each_case(
    "properties",
    [
        {"NumCacheClusters": 2},
        {"NumCacheClusters": IMPORTED},
        {"ReplicasPerNodeGroup": 1},
        {"NumNodeGroups": 2},
        {"NumNodeGroups": IMPORTED, "NumCacheClusters": 1},
        {"PreferredCacheClusterAZs": ["eu-west-1a", "eu-west-1b"]},
        {"NodeGroupConfiguration": [{"ReplicaCount": 1}, {"ReplicaCount": IMPORTED}]},
        {"NodeGroupConfiguration": [{"ReplicaAvailabilityZones": ["eu-west-1a"]}]},
        {"CacheParameterGroupName": "company-redis"},
        {"SnapshotArns": ["arn:aws:s3:::seed/dump.rdb"]},
        {"GlobalReplicationGroupId": "ldgnf-orders"},
        {"Engine": "memcached", "NumCacheClusters": 1},
    ],
    ids=str,
)
def test_replicas_that_are_there_or_may_be_are_not_missed(properties: dict[str, Any]) -> None:
    assert found(REPLICAS, group(**properties)) == []


def test_a_single_redis_node_is_found_and_memcached_is_not() -> None:
    assert found(REPLICAS, node(Engine="redis", NumCacheNodes=1)) == [Found("advice", "Pages", "Pages")]
    assert found(REPLICAS, node(Engine="memcached", NumCacheNodes=1)) == []
    assert found(REPLICAS, node(Engine=IMPORTED, NumCacheNodes=1)) == []


def test_nodes_that_join_a_terraform_group_may_be_its_replicas() -> None:
    def joined(named: str, **more: Any) -> dict[str, Any]:
        return configuration(
            aws_elasticache_replication_group={"orders": {"num_cache_clusters": 1}},
            aws_elasticache_cluster={"replica": {"replication_group_id": named, **more}},
        )

    assert found(REPLICAS, joined("${aws_elasticache_replication_group.orders.id}", count=1)) == []
    assert found(REPLICAS, joined("other")) == [Found("advice", IN_TERRAFORM, "num_cache_clusters: 1")]


# Older words of the Terraform provider


def test_older_arguments_are_read() -> None:
    assert found(REPLICAS, terraform(number_cache_clusters=1)) == [
        Found("advice", IN_TERRAFORM, "number_cache_clusters: 1")
    ]
    assert found(REPLICAS, terraform(number_cache_clusters=2)) == []
    assert found(REPLICAS, terraform(availability_zones=["eu-west-1a", "eu-west-1b"])) == []


@pytest.mark.parametrize("as_list", [True, False])
def test_the_older_block_of_cluster_mode_is_read(as_list: bool) -> None:
    block = {"num_node_groups": 2, "replicas_per_node_group": 0}
    written = [block] if as_list else block
    off = terraform(cluster_mode=written, automatic_failover_enabled=False)
    assert found(FAILOVER, off) == [REFUSED_IN_TERRAFORM]
    assert found(REPLICAS, terraform(cluster_mode=written)) == [
        Found("warning", IN_TERRAFORM, "replicas_per_node_group: 0")
    ]


def test_the_newer_word_of_cluster_mode_is_read() -> None:
    off: dict[str, Any] = {"automatic_failover_enabled": False, "num_cache_clusters": 1}
    assert found(FAILOVER, terraform(cluster_mode="enabled", **off)) == [REFUSED_IN_TERRAFORM]
    assert found(FAILOVER, terraform(cluster_mode="disabled", **off)) == []
    assert found(REPLICAS, terraform(cluster_mode="disabled", num_cache_clusters=1)) == [
        Found("advice", IN_TERRAFORM, "num_cache_clusters: 1")
    ]


def test_terraform_parameters_tell_cluster_mode() -> None:
    def with_parameters(*blocks: dict[str, Any]) -> dict[str, Any]:
        named = "${aws_elasticache_parameter_group.own.name}"
        orders = {"parameter_group_name": named, "automatic_failover_enabled": False}
        own = {"name": "own", "family": "redis7", "parameter": list(blocks)}
        return configuration(
            aws_elasticache_replication_group={"orders": orders}, aws_elasticache_parameter_group={"own": own}
        )

    assert found(FAILOVER, with_parameters({"name": "cluster-enabled", "value": "yes"})) == [REFUSED_IN_TERRAFORM]
    assert found(FAILOVER, with_parameters({"name": "timeout", "value": "300"})) == []
    assert found(FAILOVER, with_parameters({"name": "${var.name}", "value": "yes"})) == []


# Auto scaling


def scaled(resource_id: Any, dimension: Any, **properties: Any) -> dict[str, Any]:
    target = {"ResourceId": resource_id, "ScalableDimension": dimension, "MinCapacity": 1, "MaxCapacity": 5}
    scaling = resource("ApplicationAutoScaling::ScalableTarget", **target)
    return group(others={"Scaling": scaling}, **properties)


def test_replicas_that_auto_scaling_adds_are_not_missed() -> None:
    shards: dict[str, Any] = {"NumNodeGroups": 2, "ReplicasPerNodeGroup": 0}
    mine = {"Fn::Sub": "replication-group/${Orders}"}
    assert found(REPLICAS, scaled(mine, REPLICAS_OF, **shards)) == []
    missing = [Found("warning", "Orders", "ReplicasPerNodeGroup: 0")]
    assert found(REPLICAS, scaled(mine, SHARDS_OF, **shards)) == missing
    assert found(REPLICAS, scaled("replication-group/other", REPLICAS_OF, **shards)) == missing


REPLICAS_OF = "elasticache:replication-group:Replicas"
SHARDS_OF = "elasticache:replication-group:NodeGroups"


@pytest.mark.parametrize(
    "resource_id",
    [
        {"Fn::Sub": "replication-group/${Orders}"},
        {"Fn::Join": ["/", ["replication-group", {"Ref": "Orders"}]]},
        "replication-group/orders",
    ],
    ids=str,
)
def test_a_group_with_cluster_mode_off_can_not_be_scaled(resource_id: Any) -> None:
    off = {"ReplicationGroupId": "orders", "NumCacheClusters": 2}
    for template, dimension, kind in (
        (scaled(resource_id, REPLICAS_OF, **off), REPLICAS_OF, "replicas"),
        (scaled(resource_id, SHARDS_OF, **off), SHARDS_OF, "shards"),
        (scaled(resource_id, REPLICAS_OF, **off, CacheParameterGroupName="default.redis7"), REPLICAS_OF, "replicas"),
    ):
        assert found(AUTOSCALING, template) == [Found("error", "Scaling", f"ScalableDimension: {dimension}")]
        assert second_places(AUTOSCALING, template) == ["Orders"]
        [message] = messages(AUTOSCALING, template)
        assert kind in message


@each_case(
    "properties",
    [
        {"NumNodeGroups": 2},
        {"CacheParameterGroupName": "default.valkey8.cluster.on"},
        {"ClusterMode": "enabled"},
        {"ClusterMode": "compatible"},
        {"CacheParameterGroupName": "company-redis"},
        {"NumNodeGroups": IMPORTED},
        {"SnapshotName": "before"},
    ],
    ids=str,
)
def test_a_group_with_cluster_mode_on_or_not_known_is_not_found(properties: dict[str, Any]) -> None:
    assert found(AUTOSCALING, scaled({"Fn::Sub": "replication-group/${Orders}"}, REPLICAS_OF, **properties)) == []


@each_case(
    ("resource_id", "dimension"),
    [
        ({"Fn::Sub": "cache-cluster/${Orders}"}, "elasticache:cache-cluster:Nodes"),
        ({"Fn::Sub": "replication-group/${Orders}"}, IMPORTED),
        ({"Fn::Sub": "${Orders}"}, REPLICAS_OF),
        ({"Fn::Sub": "replication-group/${Orders}-2"}, REPLICAS_OF),
        ("replication-group/elsewhere", REPLICAS_OF),
        (IMPORTED, REPLICAS_OF),
    ],
    ids=str,
)
def test_a_target_that_scales_something_else_is_not_found(resource_id: Any, dimension: Any) -> None:
    assert found(AUTOSCALING, scaled(resource_id, dimension, NumCacheClusters=2)) == []
