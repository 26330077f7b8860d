"""What makes a naive reading of caches wrong: joined nodes, global datastores, Memcached, windows, Valkey."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, found, messages, resource, second_places, stack
from tests.linting import terraform as configuration
from tests.rules.caches import GLOBAL, group, node, terraform

SNAPSHOTS = "elasticache-snapshots"
MULTI_AZ = "elasticache-multi-az"
REPLICAS = "elasticache-replicas"
MEMCACHED = "elasticache-memcached-limits"
WINDOWS = "elasticache-window-clash"
VALKEY = "elasticache-valkey-cluster"
DURABILITY = "elasticache-durability"


# Snapshots


@pytest.mark.parametrize("limit", [{}, {"SnapshotRetentionLimit": 0}, {"SnapshotRetentionLimit": "0"}], ids=str)
def test_no_snapshots_are_found_however_it_is_said(limit: dict[str, Any]) -> None:
    for template, name, level in (
        (group(NumCacheClusters=2, **limit), "Orders", "advice"),
        (group(Engine="valkey", AutomaticFailoverEnabled=True, **limit), "Orders", "advice"),
        (node(Engine="redis", **limit), "Pages", "advice"),
    ):
        place = "SnapshotRetentionLimit: 0" if limit else name
        assert found(SNAPSHOTS, template) == [Found(level, name, place)]


@each_case(
    "properties",
    [
        {"SnapshotRetentionLimit": 1},
        {"SnapshotRetentionLimit": IMPORTED},
        {"CacheNodeType": "cache.t1.micro"},
        {"Engine": "memcached"},
        *GLOBAL,
    ],
    ids=str,
)
def test_groups_that_need_no_snapshots_of_their_own(properties: dict[str, Any]) -> None:
    assert found(SNAPSHOTS, group(**properties)) == []


@pytest.mark.parametrize("engine", ["memcached", IMPORTED], ids=str)
def test_nodes_of_memcached_have_no_snapshots(engine: Any) -> None:
    assert found(SNAPSHOTS, node(Engine=engine)) == []


@pytest.mark.parametrize("named", [{"Ref": "Pages"}, "pages"], ids=str)
def test_the_primary_node_of_a_group_is_the_groups(named: Any) -> None:
    properties = {"PrimaryClusterId": named, "SnapshotRetentionLimit": 5, "NumCacheClusters": 2}
    others = {"Group": resource("ElastiCache::ReplicationGroup", **properties)}
    template = node(others=others, Engine="redis", ClusterName="pages")
    assert found(SNAPSHOTS, template) == []
    assert found(REPLICAS, template) == []


def test_a_member_of_a_global_datastore_is_judged_by_its_role() -> None:
    def with_role(role: str) -> dict[str, Any]:
        members = [{"ReplicationGroupId": {"Ref": "Orders"}, "Role": role}]
        return group(
            NumCacheClusters=2, others={"Global": resource("ElastiCache::GlobalReplicationGroup", Members=members)}
        )

    assert found(SNAPSHOTS, with_role("PRIMARY")) == [Found("advice", "Orders", "Orders")]
    assert found(SNAPSHOTS, with_role("SECONDARY")) == []


def test_serverless_caches_of_memcached_have_snapshots() -> None:
    cache = resource("ElastiCache::ServerlessCache", Engine="memcached", ServerlessCacheName="pages")
    assert found(SNAPSHOTS, stack(Pages=cache)) == [Found("advice", "Pages", "Pages")]


def test_snapshots_are_kept_for_days_but_those_of_serverless_caches_are_counted() -> None:
    serverless = stack(Pages=resource("ElastiCache::ServerlessCache", Engine="redis"))
    for template, is_in_days in ((group(), True), (node(Engine="redis"), True), (serverless, False)):
        [message] = messages(SNAPSHOTS, template)
        assert ("day" in message) is is_in_days


def test_a_terraform_node_that_joins_a_group_is_the_groups() -> None:
    assert found(SNAPSHOTS, terraform("cluster", replication_group_id="orders")) == []
    assert found(REPLICAS, terraform("cluster", replication_group_id="${var.group}", engine="redis")) == []


def test_terraforms_global_datastore_names_its_primary() -> None:
    template = configuration(
        aws_elasticache_replication_group={
            "first": {"num_cache_clusters": 2},
            "second": {"global_replication_group_id": "ldgnf-x"},
        },
        aws_elasticache_global_replication_group={
            "all": {"primary_replication_group_id": "${aws_elasticache_replication_group.first.id}"}
        },
    )
    assert found(SNAPSHOTS, template) == [Found("advice", "aws_elasticache_replication_group.first", "first")]


# Zones


@each_case(
    ("properties", "place"),
    [
        ({}, "Orders"),
        ({"MultiAZEnabled": "false"}, "MultiAZEnabled: false"),
        ({"NumCacheClusters": 2}, "Orders"),
        ({"Engine": "redis"}, "Orders"),
        ({"Engine": "valkey"}, "Orders"),
        ({"Engine": IMPORTED}, "Orders"),
        ({"PreferredCacheClusterAZs": ["eu-west-1a", "eu-west-1a"], "AutomaticFailoverEnabled": True}, "Orders"),
    ],
    ids=str,
)
def test_a_group_in_one_zone_is_found(properties: dict[str, Any], place: str) -> None:
    assert found(MULTI_AZ, group(**properties)) == [Found("warning", "Orders", place)]


def test_replicas_are_asked_for_only_where_there_are_none() -> None:
    for template, is_asked in ((group(), True), (group(NumCacheClusters=1), True), (group(NumCacheClusters=2), False)):
        [message] = messages(MULTI_AZ, template)
        assert ("replica" in message) is is_asked
        assert ("its only node" in message) is is_asked


@each_case(
    ("failover", "settings"),
    [
        ({}, "it and AutomaticFailoverEnabled to true"),
        ({"AutomaticFailoverEnabled": False}, "it and AutomaticFailoverEnabled to true"),
        ({"AutomaticFailoverEnabled": IMPORTED}, "it and AutomaticFailoverEnabled to true"),
        ({"AutomaticFailoverEnabled": "true"}, "it to true"),
    ],
    ids=str,
)
def test_failover_is_asked_for_only_where_it_is_not_on(failover: dict[str, Any], settings: str) -> None:
    [message] = messages(MULTI_AZ, group(NumCacheClusters=2, **failover))
    assert message.endswith(f"; set {settings}")


@each_case(
    "properties", [{"MultiAZEnabled": "true"}, {"MultiAZEnabled": IMPORTED}, {"Engine": "memcached"}, *GLOBAL], ids=str
)
def test_a_group_in_several_zones_or_of_unknown_ones_is_not(properties: dict[str, Any]) -> None:
    assert found(MULTI_AZ, group(**properties)) == []


TWO_ZONES: list[dict[str, Any]] = [
    {"PreferredCacheClusterAZs": ["eu-west-1a", "eu-west-1b"]},
    {"PreferredCacheClusterAZs": [{"Fn::Select": [n, {"Fn::GetAZs": ""}]} for n in (0, 1)]},
    {"PreferredCacheClusterAZs": IMPORTED},
    {"NodeGroupConfiguration": [{"PrimaryAvailabilityZone": "eu-west-1a", "ReplicaAvailabilityZones": ["eu-west-1b"]}]},
]


@each_case("zones", TWO_ZONES, ids=str)
def test_nodes_that_the_template_puts_into_several_zones_are_advice_if_they_fail_over(zones: dict[str, Any]) -> None:
    template = group(NumCacheClusters=2, AutomaticFailoverEnabled=True, **zones)
    assert found(MULTI_AZ, template) == [Found("advice", "Orders", "Orders")]
    [message] = messages(MULTI_AZ, template)
    assert "fail with one zone" not in message
    assert "in the several zones" in message


def test_nodes_in_two_zones_without_failover_are_a_warning_that_does_not_speak_of_one_zone() -> None:
    template = group(NumCacheClusters=2, AutomaticFailoverEnabled=False, **TWO_ZONES[0])
    assert found(MULTI_AZ, template) == [Found("warning", "Orders", "Orders")]
    [message] = messages(MULTI_AZ, template)
    assert "fail with one zone" not in message
    assert message.endswith("set it and AutomaticFailoverEnabled to true")


def test_the_zones_that_multi_az_needs_are_asked_for_where_one_is_named() -> None:
    zones: dict[str, Any] = {"PreferredCacheClusterAZs": ["eu-west-1a", "eu-west-1a"], "AutomaticFailoverEnabled": True}
    assert messages(MULTI_AZ, group(NumCacheClusters=2, **zones))[0].endswith("to true, and name several zones")


@pytest.mark.parametrize(
    ("zones", "remedy"),
    [
        ({}, "to cross-az"),
        ({"PreferredAvailabilityZones": ["eu-west-1a"] * 2}, "to cross-az and list 2 zones that are not all the same"),
        ({"PreferredAvailabilityZone": "eu-west-1a"}, "to cross-az and remove PreferredAvailabilityZone"),
    ],
    ids=str,
)
def test_nodes_of_memcached_in_one_zone_are_told_what_cross_az_needs(zones: dict[str, Any], remedy: str) -> None:
    assert messages(MEMCACHED, node(Engine="memcached", NumCacheNodes=2, **zones))[0].endswith(remedy)


def test_terraform_puts_nodes_into_zones() -> None:
    zones = ["eu-west-1a", "eu-west-1b"]
    template = terraform(num_cache_clusters=2, automatic_failover_enabled=True, preferred_cache_cluster_azs=zones)
    assert found(MULTI_AZ, template) == [Found("advice", "aws_elasticache_replication_group.orders", "orders")]


# Durability


DURABLE: dict[str, Any] = {
    "Engine": "valkey",
    "EngineVersion": "9.0",
    "NumNodeGroups": 2,
    "ReplicasPerNodeGroup": 1,
    "AutomaticFailoverEnabled": True,
    "MultiAZEnabled": True,
    "TransitEncryptionEnabled": "true",
    "Durability": "sync",
}
"""What ElastiCache creates as a durable group."""


@each_case(
    ("properties", "listed"),
    [
        ({"TransitEncryptionEnabled": False}, "without TransitEncryptionEnabled; set TransitEncryptionEnabled to true"),
        ({"MultiAZEnabled": "false"}, "without MultiAZEnabled; set MultiAZEnabled to true"),
        ({"ReplicasPerNodeGroup": 0}, "without a replica in each shard; give each shard a replica"),
        ({"NumNodeGroups": 1}, "without cluster mode; turn cluster mode on"),
        (
            {"NumNodeGroups": 1, "ReplicasPerNodeGroup": "0", "Durability": "async", "MultiAZEnabled": False},
            "without cluster mode, MultiAZEnabled and a replica in each shard; "
            "set MultiAZEnabled to true, turn cluster mode on and give each shard a replica",
        ),
        (
            {"MultiAZEnabled": False, "AutomaticFailoverEnabled": False},
            "; set MultiAZEnabled and AutomaticFailoverEnabled to true",
        ),
        (
            {"AutomaticFailoverEnabled": False, "TransitEncryptionEnabled": False},
            "; set TransitEncryptionEnabled to true",
        ),
        ({"EngineVersion": "8.2"}, "before Valkey 9.0; set"),
        ({"Engine": "redis", "EngineVersion": "7.1"}, "before Valkey 9.0; set"),
    ],
    ids=str,
)
def test_a_durable_group_lacks_something(properties: dict[str, Any], listed: str) -> None:
    template = group(**{**DURABLE, **properties})
    mode = properties.get("Durability", "sync")
    assert found(DURABILITY, template) == [Found("error", "Orders", f"Durability: {mode}")]
    assert listed in messages(DURABILITY, template)[0]


@each_case(
    "properties",
    [
        {},
        {"EngineVersion": 9.1},
        {"Durability": "disabled", "TransitEncryptionEnabled": False},
        {"Durability": "default", "TransitEncryptionEnabled": False},
        {"Durability": IMPORTED, "TransitEncryptionEnabled": False},
        {"EngineVersion": IMPORTED, "TransitEncryptionEnabled": False},
        {"Engine": IMPORTED, "TransitEncryptionEnabled": False},
        {"NumNodeGroups": IMPORTED, "ReplicasPerNodeGroup": IMPORTED},
        {"TransitEncryptionEnabled": IMPORTED},
        {"GlobalReplicationGroupId": "ldgnf-orders", "TransitEncryptionEnabled": False},
    ],
    ids=str,
)
def test_a_durable_group_that_is_complete_or_not_known_is_not_found(properties: dict[str, Any]) -> None:
    assert found(DURABILITY, group(**{**DURABLE, **properties})) == []


def test_a_valkey_group_of_no_version_is_not_found() -> None:
    assert (
        found(DURABILITY, group(**{**DURABLE, "EngineVersion": {"Ref": "AWS::NoValue"}, "MultiAZEnabled": False})) == []
    )


@pytest.mark.parametrize("mode", ["sync", "async", "SYNC"])
def test_snapshots_of_a_durable_group_are_advice(mode: str) -> None:
    template = group(**{**DURABLE, "Durability": mode})
    assert found(SNAPSHOTS, template) == [Found("advice", "Orders", "Orders")]
    assert "deleted by mistake" in messages(SNAPSHOTS, template)[0]
    for other in ("disabled", "default"):
        lasting = found(SNAPSHOTS, group(**{**DURABLE, "Durability": other}))
        assert lasting == [Found("advice", "Orders", "Orders")]


# Memcached


def test_each_snapshot_setting_of_memcached_is_found() -> None:
    properties: dict[str, Any] = {
        "SnapshotRetentionLimit": "5",
        "SnapshotArns": ["arn:aws:s3:::seed/x.rdb"],
        "SnapshotName": "before",
    }
    assert found(MEMCACHED, node(Engine="memcached", NumCacheNodes=1, **properties)) == [
        Found("error", "Pages", "SnapshotRetentionLimit: 5"),
        Found("error", "Pages", "SnapshotArns"),
        Found("error", "Pages", "SnapshotName: before"),
    ]


def test_one_day_of_snapshots_is_too_much_for_memcached() -> None:
    one_day = node(Engine="memcached", NumCacheNodes=1, SnapshotRetentionLimit=1)
    assert found(MEMCACHED, one_day) == [Found("error", "Pages", "SnapshotRetentionLimit: 1")]


def test_a_replication_group_of_memcached_is_refused() -> None:
    assert found(MEMCACHED, group(Engine="Memcached")) == [Found("error", "Orders", "Engine: Memcached")]


@each_case(
    ("properties", "level", "place"),
    [
        ({"AZMode": "cross-az", "NumCacheNodes": "1"}, "error", "AZMode: cross-az"),
        ({"NumCacheNodes": 2}, "warning", "Pages"),
        ({"NumCacheNodes": 2, "AZMode": "single-az"}, "warning", "AZMode: single-az"),
        ({"NumCacheNodes": 2, "PreferredAvailabilityZones": ["eu-west-1a", "eu-west-1a"]}, "warning", "Pages"),
    ],
    ids=str,
)
def test_nodes_of_memcached_in_one_zone(properties: dict[str, Any], level: str, place: str) -> None:
    assert found(MEMCACHED, node(Engine="memcached", **properties)) == [Found(level, "Pages", place)]


@each_case(
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
    assert found(MEMCACHED, node(**{"Engine": "memcached", **properties})) == []


# Windows

CLASH: dict[str, Any] = {"SnapshotWindow": "23:30-00:30", "PreferredMaintenanceWindow": "sun:23:00-mon:00:00"}
CLASH_IN_TERRAFORM = {"snapshot_window": "23:30-00:30", "maintenance_window": "sun:23:00-mon:00:00"}


@each_case(
    ("template", "name"),
    [
        (group(**CLASH), "Orders"),
        (group(**CLASH, SnapshotRetentionLimit=0), "Orders"),
        (node(Engine="redis", **CLASH), "Pages"),
        (terraform(**CLASH_IN_TERRAFORM), "aws_elasticache_replication_group.orders"),
        (terraform("cluster", engine="redis", **CLASH_IN_TERRAFORM), "aws_elasticache_cluster.orders"),
    ],
    ids=["group", "no snapshots", "node", "terraform group", "terraform node"],
)
def test_windows_that_overlap_are_refused(template: dict[str, Any], name: str) -> None:
    words = ("SnapshotWindow", "PreferredMaintenanceWindow")
    if name.startswith("aws_"):
        words = ("snapshot_window", "maintenance_window")
    assert found(WINDOWS, template) == [Found("error", name, f"{words[0]}: 23:30-00:30")]
    assert second_places(WINDOWS, template) == [f"{words[1]}: sun:23:00-mon:00:00"]


def test_windows_that_are_not_known_or_not_the_caches_own_are_not_found() -> None:
    for name in CLASH:
        assert found(WINDOWS, group(**{**CLASH, name: IMPORTED})) == []
        assert found(WINDOWS, group(**{name: CLASH[name]})) == []
    assert found(WINDOWS, node(Engine="memcached", **CLASH)) == []
    assert found(WINDOWS, node(Engine=IMPORTED, **CLASH)) == []
    joined = terraform("cluster", engine="redis", replication_group_id="orders", **CLASH_IN_TERRAFORM)
    assert found(WINDOWS, joined) == []


# Valkey


def test_valkey_is_refused_as_a_single_cluster() -> None:
    for engine in ("valkey", "Valkey"):
        assert found(VALKEY, node(Engine=engine)) == [Found("error", "Pages", f"Engine: {engine}")]
    in_terraform = Found("error", "aws_elasticache_cluster.orders", "engine: valkey")
    assert found(VALKEY, terraform("cluster", engine="valkey")) == [in_terraform]


@pytest.mark.parametrize("engine", ["redis", "memcached", IMPORTED], ids=str)
def test_other_engines_are_single_clusters(engine: Any) -> None:
    assert found(VALKEY, node(Engine=engine)) == []


@pytest.mark.parametrize("named", ["orders", "${var.group}", "${aws_elasticache_replication_group.x.id}"])
def test_a_terraform_cluster_that_joins_a_group_of_valkey_is_not_single(named: str) -> None:
    assert found(VALKEY, terraform("cluster", engine="valkey", replication_group_id=named)) == []


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ({}, "advice"),
        ({"SnapshotRetentionLimit": 7}, "warning"),
        ({"SnapshotRetentionLimit": 7, "CacheNodeType": "cache.t4g.small"}, "advice"),
        ({"NumNodeGroups": 2, "ReplicasPerNodeGroup": 0}, "warning"),
        ({"ReplicationGroupId": "orders-production"}, "warning"),
        ({"ReplicationGroupId": "orders-production", "CacheNodeType": "cache.t4g.small"}, "warning"),
    ],
    ids=str,
)
def test_one_node_is_advice_where_nothing_says_that_its_content_is_missed(
    properties: dict[str, Any], level: str
) -> None:
    single = {} if "NumNodeGroups" in properties else {"NumCacheClusters": 1}
    template = stack(
        Orders=resource("ElastiCache::ReplicationGroup", AutomaticFailoverEnabled=False, **single, **properties)
    )
    assert [one.level for one in found("elasticache-replicas", template)] == [level]
