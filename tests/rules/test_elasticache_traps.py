"""What makes a naive reading of caches wrong: cluster mode, joined nodes, global datastores, Memcached."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

import pytest

from awslint_memo.judging.examples import Example
from awslint_memo.judging.registry import rules

SNAPSHOTS = "elasticache-snapshots"
MULTI_AZ = "elasticache-multi-az"
FAILOVER = "elasticache-failover"
REPLICAS = "elasticache-replicas"
MEMCACHED = "elasticache-memcached-limits"
AUTOSCALING = "elasticache-autoscaling-mode"
WINDOWS = "elasticache-window-clash"
VALKEY = "elasticache-valkey-cluster"
IMPORTED = {"Fn::ImportValue": "something"}

Said: TypeAlias = "list[tuple[str | None, str]]"


def said(rule: str, document: dict[str, Any]) -> Said:
    findings = Example(rules()[rule], json.dumps(document, indent=1)).findings()
    return [(one.level, one.message.removeprefix(f"{one.resource} ")) for one in findings]


def of(type_: str, **properties: Any) -> dict[str, Any]:
    return {"Type": f"AWS::ElastiCache::{type_}", "Properties": properties}


def group(rule: str, *, others: dict[str, Any] | None = None, **properties: Any) -> Said:
    return said(rule, {"Resources": {"Sessions": of("ReplicationGroup", **properties), **(others or {})}})


def node(rule: str, *, others: dict[str, Any] | None = None, **properties: Any) -> Said:
    return said(rule, {"Resources": {"Pages": of("CacheCluster", **properties), **(others or {})}})


def terraform(rule: str, type_: str = "replication_group", **arguments: Any) -> Said:
    return said(rule, {"resource": {f"aws_elasticache_{type_}": {"sessions": arguments}}})


def parameters(**values: Any) -> dict[str, Any]:
    return {"Own": of("ParameterGroup", CacheParameterGroupFamily="redis7", Properties=values)}


GLOBAL = [
    {"GlobalReplicationGroupId": "ldgnf-sessions"},
    {"GlobalReplicationGroupId": IMPORTED},
]


# Snapshots


@pytest.mark.parametrize("limit", [{}, {"SnapshotRetentionLimit": 0}, {"SnapshotRetentionLimit": "0"}], ids=str)
def test_no_snapshots_are_found_however_it_is_said(limit: dict[str, Any]) -> None:
    expected = [("warning", "keeps no snapshot; set SnapshotRetentionLimit to at least 1 day")]
    assert group(SNAPSHOTS, **limit) == expected
    assert group(SNAPSHOTS, Engine="valkey", **limit) == expected
    assert node(SNAPSHOTS, Engine="redis", **limit) == expected


@pytest.mark.parametrize(
    "properties",
    [
        {"SnapshotRetentionLimit": 1},
        {"SnapshotRetentionLimit": IMPORTED},
        {"CacheNodeType": "cache.t1.micro"},
        {"Engine": "memcached"},
        {"Engine": IMPORTED},
        *GLOBAL,
    ],
    ids=str,
)
def test_groups_that_need_no_snapshots_of_their_own(properties: dict[str, Any]) -> None:
    assert group(SNAPSHOTS, **properties) == []


@pytest.mark.parametrize("engine", ["memcached", IMPORTED], ids=str)
def test_nodes_of_memcached_have_no_snapshots(engine: Any) -> None:
    assert node(SNAPSHOTS, Engine=engine) == []


@pytest.mark.parametrize("named", [{"Ref": "Pages"}, "pages"], ids=str)
def test_the_primary_node_of_a_group_is_the_groups(named: Any) -> None:
    others = {"Group": of("ReplicationGroup", PrimaryClusterId=named, SnapshotRetentionLimit=5, NumCacheClusters=2)}
    assert node(SNAPSHOTS, others=others, Engine="redis", ClusterName="pages") == []
    assert node(REPLICAS, others=others, Engine="redis", ClusterName="pages") == []


def test_a_member_of_a_global_datastore_is_judged_by_its_role() -> None:
    def with_role(role: str) -> Said:
        member = {"ReplicationGroupId": {"Ref": "Sessions"}, "Role": role}
        return group(SNAPSHOTS, others={"Global": of("GlobalReplicationGroup", Members=[member])})

    assert len(with_role("PRIMARY")) == 1
    assert with_role("SECONDARY") == []


def test_serverless_caches_of_memcached_have_snapshots() -> None:
    cache = {"Resources": {"Pages": of("ServerlessCache", Engine="memcached", ServerlessCacheName="pages")}}
    assert said(SNAPSHOTS, cache) == [("warning", "keeps no snapshot; set SnapshotRetentionLimit to at least 1")]


def test_a_terraform_node_that_joins_a_group_is_the_groups() -> None:
    assert terraform(SNAPSHOTS, "cluster", replication_group_id="sessions") == []
    assert terraform(REPLICAS, "cluster", replication_group_id="${var.group}", engine="redis") == []


# Zones


@pytest.mark.parametrize("properties", [{}, {"MultiAZEnabled": "false"}, {"NumCacheClusters": 2}], ids=str)
def test_a_group_in_one_zone_is_found(properties: dict[str, Any]) -> None:
    [(level, message)] = group(MULTI_AZ, **properties)
    assert level == "warning"
    assert message.startswith("may lose all its nodes with one zone; turn MultiAZEnabled on")
    assert message.endswith("with a replica in each shard") is (properties != {"NumCacheClusters": 2})


@pytest.mark.parametrize(
    "properties", [{"MultiAZEnabled": "true"}, {"MultiAZEnabled": IMPORTED}, {"Engine": "memcached"}, *GLOBAL], ids=str
)
def test_a_group_in_several_zones_or_of_unknown_ones_is_not(properties: dict[str, Any]) -> None:
    assert group(MULTI_AZ, **properties) == []


# Failover

REFUSED = "has cluster mode on but AutomaticFailoverEnabled off, which it needs; set it to true"
REFUSED_IN_TERRAFORM = REFUSED.replace("AutomaticFailoverEnabled", "automatic_failover_enabled")
ONE_NODE = "has AutomaticFailoverEnabled but one node; give it two or more"


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
    assert group(FAILOVER, others=parameters(**own), **off) == [("error", REFUSED)]
    on = {**off, "AutomaticFailoverEnabled": True}
    assert group(FAILOVER, others=parameters(**own), **on) == []


@pytest.mark.parametrize(
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
    assert group(FAILOVER, others=others, AutomaticFailoverEnabled=False, **properties) == []
    assert group(FAILOVER, others=others, AutomaticFailoverEnabled=True, **properties) == []


@pytest.mark.parametrize(
    ("properties", "own"),
    [
        ({"NumCacheClusters": 1}, {}),
        ({}, {}),
        ({"NumNodeGroups": 1, "NumCacheClusters": "1"}, {}),
        ({"CacheParameterGroupName": "default.valkey8"}, {}),
        ({"CacheParameterGroupName": {"Ref": "Own"}}, {"maxmemory-policy": "allkeys-lru"}),
        ({"CacheParameterGroupName": {"Ref": "Own"}}, {"cluster-enabled": "no"}),
        ({"ClusterMode": "disabled"}, {}),
        ({"ReplicasPerNodeGroup": 0}, {}),
    ],
    ids=str,
)
def test_one_node_has_nothing_to_fail_over_to(properties: dict[str, Any], own: dict[str, Any]) -> None:
    on = {"AutomaticFailoverEnabled": "true", **properties}
    assert group(FAILOVER, others=parameters(**own), **on) == [("error", ONE_NODE)]
    assert group(FAILOVER, others=parameters(**own), **{**on, "AutomaticFailoverEnabled": False}) == []


def test_shards_without_replicas_may_fail_over() -> None:
    assert group(FAILOVER, NumNodeGroups=3, ReplicasPerNodeGroup=0, AutomaticFailoverEnabled=True) == []


def test_multi_az_needs_failover_and_replicas() -> None:
    assert group(FAILOVER, MultiAZEnabled=True, NumCacheClusters=2) == [
        (
            "error",
            "has MultiAZEnabled but leaves AutomaticFailoverEnabled out (documented default: false), which it needs; "
            "set it to true",
        )
    ]
    shards: dict[str, Any] = {"NumNodeGroups": 2, "ReplicasPerNodeGroup": 0, "AutomaticFailoverEnabled": True}
    assert group(FAILOVER, MultiAZEnabled="true", **shards) == [
        ("error", "has MultiAZEnabled but a shard without a replica; give each one")
    ]
    assert group(FAILOVER, MultiAZEnabled=True, AutomaticFailoverEnabled=IMPORTED, NumCacheClusters=2) == []


@pytest.mark.parametrize("engine", ["redis", "valkey"])
def test_groups_of_either_engine_are_judged(engine: str) -> None:
    one: dict[str, Any] = {"Engine": engine, "NumCacheClusters": 1}
    found = "may lose all its nodes with one zone; turn MultiAZEnabled on, with a replica in each shard"
    assert group(MULTI_AZ, **one) == [("warning", found)]
    assert group(REPLICAS, **one) == [("warning", "has one node and no replica; add at least one")]
    found = "has 1 replica but AutomaticFailoverEnabled off, so none takes over from a failed primary; set it to true"
    assert group(FAILOVER, Engine=engine, NumCacheClusters=2, AutomaticFailoverEnabled=False) == [("warning", found)]


def test_replicas_that_nobody_promotes_are_a_warning() -> None:
    assert group(FAILOVER, NumCacheClusters=3, AutomaticFailoverEnabled="false") == [
        (
            "warning",
            "has 2 replicas but AutomaticFailoverEnabled off, so none takes over from a failed primary; set it to true",
        )
    ]


@pytest.mark.parametrize("secondary", GLOBAL, ids=str)
def test_secondaries_of_a_global_datastore_fail_over_as_their_primary_says(secondary: dict[str, Any]) -> None:
    assert group(FAILOVER, MultiAZEnabled=True, NumCacheClusters=2, **secondary) == []


# Replicas


@pytest.mark.parametrize(
    ("properties", "message"),
    [
        ({}, "has one node and no replica; add at least one"),
        ({"NumCacheClusters": "1"}, "has one node and no replica; add at least one"),
        ({"PrimaryClusterId": "sessions-001"}, "has one node and no replica; add at least one"),
        ({"NumNodeGroups": 2, "ReplicasPerNodeGroup": 0}, "has no replica in its shards; give each shard one"),
        (
            {"NodeGroupConfiguration": [{"ReplicaCount": 2}, {"ReplicaCount": 0}]},
            "has a shard without a replica; give each shard one",
        ),
        (
            {"NodeGroupConfiguration": [{"Slots": "0-8191"}, {"Slots": "8192-16383"}], "ReplicasPerNodeGroup": 0},
            "has a shard without a replica; give each shard one",
        ),
    ],
    ids=str,
)
def test_a_shard_without_a_replica_is_found(properties: dict[str, Any], message: str) -> None:
    assert group(REPLICAS, **properties) == [("warning", message)]


@pytest.mark.parametrize(
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
        {"GlobalReplicationGroupId": "ldgnf-sessions"},
        {"Engine": "memcached", "NumCacheClusters": 1},
    ],
    ids=str,
)
def test_replicas_that_are_there_or_may_be_are_not_missed(properties: dict[str, Any]) -> None:
    assert group(REPLICAS, **properties) == []


def test_a_single_redis_node_is_found_and_memcached_is_not() -> None:
    expected = "is a single Redis node without a replica; make it a replication group"
    assert node(REPLICAS, Engine="redis", NumCacheNodes=1) == [("warning", expected)]
    assert node(REPLICAS, Engine="memcached", NumCacheNodes=1) == []
    assert node(REPLICAS, Engine=IMPORTED, NumCacheNodes=1) == []


def test_nodes_that_join_a_terraform_group_may_be_its_replicas() -> None:
    sessions = {"aws_elasticache_replication_group": {"sessions": {"num_cache_clusters": 1}}}
    joins = {"replica": {"count": 1, "replication_group_id": "${aws_elasticache_replication_group.sessions.id}"}}
    assert said(REPLICAS, {"resource": {**sessions, "aws_elasticache_cluster": joins}}) == []
    elsewhere = {"replica": {"replication_group_id": "other"}}
    assert len(said(REPLICAS, {"resource": {**sessions, "aws_elasticache_cluster": elsewhere}})) == 1


# Older words of the Terraform provider


def test_older_arguments_are_read() -> None:
    assert terraform(REPLICAS, number_cache_clusters=1) == [
        ("warning", "has one node and no replica; add at least one")
    ]
    assert terraform(REPLICAS, number_cache_clusters=2) == []
    assert terraform(REPLICAS, availability_zones=["eu-west-1a", "eu-west-1b"]) == []


@pytest.mark.parametrize("as_list", [True, False])
def test_the_older_block_of_cluster_mode_is_read(as_list: bool) -> None:
    block = {"num_node_groups": 2, "replicas_per_node_group": 0}
    found = terraform(FAILOVER, cluster_mode=[block] if as_list else block, automatic_failover_enabled=False)
    assert found == [("error", REFUSED_IN_TERRAFORM)]
    assert len(terraform(REPLICAS, cluster_mode=[block] if as_list else block)) == 1


def test_the_newer_word_of_cluster_mode_is_read() -> None:
    off: dict[str, Any] = {"automatic_failover_enabled": False, "num_cache_clusters": 1}
    assert terraform(FAILOVER, cluster_mode="enabled", **off) == [("error", REFUSED_IN_TERRAFORM)]
    assert terraform(FAILOVER, cluster_mode="disabled", **off) == []
    assert terraform(REPLICAS, cluster_mode="disabled", num_cache_clusters=1) == [
        ("warning", "has one node and no replica; add at least one")
    ]


def test_terraform_parameters_tell_cluster_mode() -> None:
    def with_parameters(*blocks: dict[str, Any]) -> Said:
        named = "${aws_elasticache_parameter_group.own.name}"
        sessions = {"parameter_group_name": named, "automatic_failover_enabled": False}
        own = {"name": "own", "family": "redis7", "parameter": list(blocks)}
        return said(
            FAILOVER,
            {
                "resource": {
                    "aws_elasticache_replication_group": {"sessions": sessions},
                    "aws_elasticache_parameter_group": {"own": own},
                }
            },
        )

    assert with_parameters({"name": "cluster-enabled", "value": "yes"}) == [("error", REFUSED_IN_TERRAFORM)]
    assert with_parameters({"name": "timeout", "value": "300"}) == []
    assert with_parameters({"name": "${var.name}", "value": "yes"}) == []


def test_terraforms_global_datastore_names_its_primary() -> None:
    groups = {"first": {"num_cache_clusters": 2}, "second": {"global_replication_group_id": "ldgnf-x"}}
    datastore = {"all": {"primary_replication_group_id": "${aws_elasticache_replication_group.first.id}"}}
    document = {
        "resource": {
            "aws_elasticache_replication_group": groups,
            "aws_elasticache_global_replication_group": datastore,
        }
    }
    assert len(said(SNAPSHOTS, document)) == 1


# Memcached


def test_each_snapshot_setting_of_memcached_is_found() -> None:
    properties: dict[str, Any] = {
        "SnapshotRetentionLimit": "5",
        "SnapshotArns": ["arn:aws:s3:::seed/x.rdb"],
        "SnapshotName": "before",
    }
    assert node(MEMCACHED, Engine="memcached", NumCacheNodes=1, **properties) == [
        ("error", "asks for 5 days of snapshots, which Memcached has not; remove it"),
        ("error", "starts from a snapshot, which Memcached can't; remove SnapshotArns"),
        ("error", "starts from a snapshot, which Memcached can't; remove SnapshotName"),
    ]


def test_one_day_of_snapshots_is_too_much_for_memcached() -> None:
    found = node(MEMCACHED, Engine="memcached", NumCacheNodes=1, SnapshotRetentionLimit=1)
    assert [level for level, _ in found] == ["error"]


def test_a_replication_group_of_memcached_is_refused() -> None:
    assert group(MEMCACHED, Engine="Memcached") == [
        ("error", "is a replication group of Memcached, which has none; use valkey")
    ]


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ({"AZMode": "cross-az", "NumCacheNodes": "1"}, "error"),
        ({"NumCacheNodes": 2}, "warning"),
        ({"NumCacheNodes": 2, "AZMode": "single-az"}, "warning"),
        ({"NumCacheNodes": 2, "PreferredAvailabilityZones": ["eu-west-1a", "eu-west-1a"]}, "warning"),
    ],
    ids=str,
)
def test_nodes_of_memcached_in_one_zone(properties: dict[str, Any], level: str) -> None:
    assert [one for one, _ in node(MEMCACHED, Engine="memcached", **properties)] == [level]


@pytest.mark.parametrize(
    "properties",
    [
        {"Engine": "redis", "SnapshotRetentionLimit": 5},
        {"Engine": IMPORTED, "SnapshotRetentionLimit": 5},
        {"NumCacheNodes": 1},
        {"NumCacheNodes": IMPORTED},
        {"NumCacheNodes": 2, "AZMode": "cross-az"},
        {"NumCacheNodes": 2, "AZMode": IMPORTED},
        {"NumCacheNodes": 2, "PreferredAvailabilityZones": ["eu-west-1a", "eu-west-1b"]},
        {"NumCacheNodes": 2, "PreferredAvailabilityZones": IMPORTED},
        {"NumCacheNodes": 2, "PreferredAvailabilityZones": ["eu-west-1a", IMPORTED]},
        {"NumCacheNodes": 1, "SnapshotRetentionLimit": 0, "SnapshotName": "", "SnapshotArns": []},
        {"NumCacheNodes": 1, "SnapshotName": IMPORTED},
    ],
    ids=str,
)
def test_memcached_within_its_limits_is_not_found(properties: dict[str, Any]) -> None:
    assert node(MEMCACHED, **{"Engine": "memcached", **properties}) == []


# Auto scaling


def scaled(resource: Any, dimension: Any = "elasticache:replication-group:Replicas", **properties: Any) -> Said:
    target = {"ResourceId": resource, "ScalableDimension": dimension, "MinCapacity": 1, "MaxCapacity": 5}
    others = {"Scaling": {"Type": "AWS::ApplicationAutoScaling::ScalableTarget", "Properties": target}}
    return group(AUTOSCALING, others=others, **properties)


def unsharded(kind: str) -> Said:
    message = f"scales the {kind} of Sessions, which has cluster mode off and can't be scaled so; turn cluster mode on"
    return [("error", message)]


@pytest.mark.parametrize(
    "resource",
    [
        {"Fn::Sub": "replication-group/${Sessions}"},
        {"Fn::Join": ["/", ["replication-group", {"Ref": "Sessions"}]]},
        "replication-group/sessions",
    ],
    ids=str,
)
def test_a_group_with_cluster_mode_off_can_not_be_scaled(resource: Any) -> None:
    off = {"ReplicationGroupId": "sessions", "NumCacheClusters": 2}
    assert scaled(resource, **off) == unsharded("replicas")
    assert scaled(resource, "elasticache:replication-group:NodeGroups", **off) == unsharded("shards")
    assert scaled(resource, **off, CacheParameterGroupName="default.redis7") == unsharded("replicas")


@pytest.mark.parametrize(
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
    assert scaled({"Fn::Sub": "replication-group/${Sessions}"}, **properties) == []


@pytest.mark.parametrize(
    ("resource", "dimension"),
    [
        ({"Fn::Sub": "cache-cluster/${Sessions}"}, "elasticache:cache-cluster:Nodes"),
        ({"Fn::Sub": "replication-group/${Sessions}"}, IMPORTED),
        ({"Fn::Sub": "${Sessions}"}, "elasticache:replication-group:Replicas"),
        ({"Fn::Sub": "replication-group/${Sessions}-2"}, "elasticache:replication-group:Replicas"),
        ("replication-group/elsewhere", "elasticache:replication-group:Replicas"),
        (IMPORTED, "elasticache:replication-group:Replicas"),
    ],
    ids=str,
)
def test_a_target_that_scales_something_else_is_not_found(resource: Any, dimension: Any) -> None:
    assert scaled(resource, dimension, NumCacheClusters=2) == []


# Windows

CLASH: dict[str, Any] = {"SnapshotWindow": "23:30-00:30", "PreferredMaintenanceWindow": "sun:23:00-mon:00:00"}


def test_windows_that_overlap_are_refused() -> None:
    refused = (
        "is snapshotted at 23:30-00:30 and maintained at sun:23:00-mon:00:00, "
        "and ElastiCache refuses windows that overlap; move one of them"
    )
    assert group(WINDOWS, **CLASH) == [("error", refused)]
    assert group(WINDOWS, **CLASH, SnapshotRetentionLimit=0) == [("error", refused)]
    assert node(WINDOWS, Engine="redis", **CLASH) == [("error", refused)]
    terraformed = {"snapshot_window": "23:30-00:30", "maintenance_window": "sun:23:00-mon:00:00"}
    assert terraform(WINDOWS, **terraformed) == [("error", refused)]
    assert terraform(WINDOWS, "cluster", engine="redis", **terraformed) == [("error", refused)]


def test_windows_that_are_not_known_or_not_the_caches_own_are_not_found() -> None:
    for name in CLASH:
        assert group(WINDOWS, **{**CLASH, name: IMPORTED}) == []
        assert group(WINDOWS, **{name: CLASH[name]}) == []
    assert node(WINDOWS, Engine="memcached", **CLASH) == node(WINDOWS, Engine=IMPORTED, **CLASH) == []
    joined = {"snapshot_window": "23:30-00:30", "maintenance_window": "sun:23:00-mon:00:00"}
    assert terraform(WINDOWS, "cluster", engine="redis", replication_group_id="sessions", **joined) == []


# Valkey


def test_valkey_is_refused_as_a_single_cluster() -> None:
    refused = "is a single cache cluster of valkey, which ElastiCache refuses; make it a replication group"
    assert node(VALKEY, Engine="valkey") == node(VALKEY, Engine="Valkey") == [("error", refused)]
    assert terraform(VALKEY, "cluster", engine="valkey") == [("error", refused)]


@pytest.mark.parametrize("engine", ["redis", "memcached", IMPORTED], ids=str)
def test_other_engines_are_single_clusters(engine: Any) -> None:
    assert node(VALKEY, Engine=engine) == []


@pytest.mark.parametrize("named", ["sessions", "${var.group}", "${aws_elasticache_replication_group.x.id}"])
def test_a_terraform_cluster_that_joins_a_group_of_valkey_is_not_single(named: str) -> None:
    assert terraform(VALKEY, "cluster", engine="valkey", replication_group_id=named) == []
