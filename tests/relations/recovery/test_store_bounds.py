"""Bounds of file systems, volumes, warehouses and further stores: each row a fact of AWS, in both languages."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, resource, stack, terraform
from tests.recovery_bounds import DAY, NONE, Said, both, said, store

from awslint_memo import STORES
from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import DISRUPTIONS, Layer, Recovery
from awslint_memo.relations.recovery import stores

HOUR = 3600.0
PROVIDERS = {"provider": {"aws": [{"region": "eu-west-1"}, {"alias": "far", "region": "eu-central-1"}]}}
FAR = {"provider": "aws.far"}
IN_IRELAND = Declared(recovery=Recovery(Layer({}, "here"), complete=True, regions=("eu-west-1",)))

Made = dict[str, tuple[Any, str]]


def files(properties: Any, arguments: Any = None, **companions: Any) -> Made:
    made = terraform(aws_efs_file_system={"a": arguments or {}}, **{name: {"c": it} for name, it in companions.items()})
    return {
        "cloudformation": (stack(A=resource("EFS::FileSystem", **properties)), "A"),
        "terraform": (made, "aws_efs_file_system.a"),
    }


ITS_FILES = "${aws_efs_file_system.a.id}"


def backed_up(status: str, zone: str = "") -> Made:
    one_zone = {"AvailabilityZoneName": zone} if zone else {}
    its_policy = {"file_system_id": ITS_FILES, "backup_policy": {"status": status}}
    return files(
        {"BackupPolicy": {"Status": status}, **one_zone},
        {"availability_zone_name": zone} if zone else {},
        aws_efs_backup_policy=its_policy,
    )


def one_zone() -> Made:
    return files({"AvailabilityZoneName": "eu-west-1a"}, {"availability_zone_name": "eu-west-1a"})


def replicated(region: str, zone: str = "") -> Made:
    own: Any = {"Region": region}
    its: Any = {"region": region}
    if zone:
        own["AvailabilityZoneName"] = its["availability_zone_name"] = zone
    return files(
        {"ReplicationConfiguration": {"Destinations": [own]}, "AvailabilityZoneName": "eu-west-1a"},
        {"availability_zone_name": "eu-west-1a"},
        aws_efs_replication_configuration={"source_file_system_id": ITS_FILES, "destination": its},
    )


def volume(*policies: tuple[Any, Any], tags: Any = None) -> Made:
    pairs = {"snapshots": "daily"} if tags is None else tags
    own = {f"P{at}": resource("DLM::LifecyclePolicy", **one) for at, (one, _) in enumerate(policies)}
    its = {f"p{at}": one for at, (_, one) in enumerate(policies)}
    listed = [{"Key": key, "Value": value} for key, value in pairs.items()]
    made = stack(A=resource("EC2::Volume", AvailabilityZone="eu-west-1a", Size=1, Tags=listed), **own)
    others = {"aws_dlm_lifecycle_policy": its} if its else {}
    volumes = {"a": {"availability_zone": "eu-west-1a", "size": 1, "tags": pairs}}
    return {
        "cloudformation": (made, "A"),
        "terraform": (terraform(aws_ebs_volume=volumes, **others), "aws_ebs_volume.a"),
    }


def scheduled(rule: tuple[Any, Any], kept: Any, *, to: str = "", value: str = "daily", **more: Any) -> tuple[Any, Any]:
    """A lifecycle policy with a schedule. rule: in both languages. to: the Region of a copy."""
    retain = (
        {"Count": kept["count"]} if "count" in kept else {"Interval": kept["interval"], "IntervalUnit": kept["unit"]}
    )
    its_retain = {"count": kept["count"]} if "count" in kept else {
        "interval": kept["interval"], "interval_unit": kept["unit"]
    }  # fmt: skip
    own: Any = {"Name": "s", "CreateRule": rule[0], "RetainRule": retain}
    its: Any = {"name": "s", "create_rule": rule[1], "retain_rule": its_retain}
    if to:
        own["CrossRegionCopyRules"] = [{"Target": to, "Encrypted": True}]
        its["cross_region_copy_rule"] = {"target": to, "encrypted": True}
    tags = {"snapshots": value}
    kinds = more.get("kinds", ["VOLUME"])
    details = {"ResourceTypes": kinds, "TargetTags": [{"Key": "snapshots", "Value": value}], "Schedules": [own]}
    block = {"resource_types": kinds, "target_tags": tags, "schedule": its}
    state = more.get("state", "ENABLED")
    return {"State": state, "PolicyDetails": details}, {"state": state, "policy_details": block}


def every(hours: int) -> tuple[Any, Any]:
    return {"Interval": hours, "IntervalUnit": "HOURS"}, {"interval": hours, "interval_unit": "HOURS"}


def by_cron(expression: str) -> tuple[Any, Any]:
    return {"CronExpression": expression}, {"cron_expression": expression}


SEVEN = {"count": 7}
DEFAULT = (
    {"State": "ENABLED", "DefaultPolicy": "VOLUME", "CreateInterval": 2, "RetainInterval": 10},
    {"default_policy": "VOLUME", "policy_details": {"create_interval": 2, "retain_interval": 10}},
)


def warehouse(node: str, properties: Any, arguments: Any, **companions: Any) -> Made:
    own = {"ClusterType": "multi-node", "DBName": "a", "MasterUsername": "a", "NodeType": node, **properties}
    its = {"cluster_identifier": "a", "node_type": node, **arguments}
    others = {
        name: {"c": {"cluster_identifier": "${aws_redshift_cluster.a.id}", **it}} for name, it in companions.items()
    }
    return {
        "cloudformation": (stack(A=resource("Redshift::Cluster", **own)), "A"),
        "terraform": (terraform(aws_redshift_cluster={"a": its}, **others), "aws_redshift_cluster.a"),
    }


def kept(days: int) -> tuple[Any, Any]:
    return {"AutomatedSnapshotRetentionPeriod": days}, {"automated_snapshot_retention_period": days}


def documents(properties: Any, arguments: Any) -> Made:
    return both("DocDB::DBCluster", "aws_docdb_cluster", properties, arguments)


def graph(properties: Any, arguments: Any) -> Made:
    return both("Neptune::DBCluster", "aws_neptune_cluster", properties, arguments)


def with_instances(service: str, prefix: str, zones: list[str]) -> Made:
    own = {
        f"I{at}": resource(f"{service}::DBInstance", DBClusterIdentifier={"Ref": "A"}, AvailabilityZone=zone)
        for at, zone in enumerate(zones)
    }
    its = {
        f"i{at}": {"cluster_identifier": f"${{{prefix}.a.id}}", "availability_zone": zone}
        for at, zone in enumerate(zones)
    }
    types: dict[str, Any] = {prefix: {"a": {}}, f"{prefix}_instance": its}
    return {
        "cloudformation": (stack(A=resource(f"{service}::DBCluster"), **own), "A"),
        "terraform": (terraform(**types), f"{prefix}.a"),
    }


def memory(properties: Any, arguments: Any) -> Made:
    return both(
        "MemoryDB::Cluster",
        "aws_memorydb_cluster",
        {"ClusterName": "a", "NodeType": "db.r7g.large", "ACLName": "open-access", **properties},
        {"name": "a", "node_type": "db.r7g.large", "acl_name": "open-access", **arguments},
    )


def domain(version: str) -> Made:
    own = {"EngineVersion": version} if version else {}
    return both("OpenSearchService::Domain", "aws_opensearch_domain", own, {"domain_name": "a"} | (
        {"engine_version": version} if version else {}
    ))  # fmt: skip


def old_domain(version: str) -> Made:
    own = {"ElasticsearchVersion": version} if version else {}
    its = {"elasticsearch_version": version} if version else {}
    return both("Elasticsearch::Domain", "aws_elasticsearch_domain", own, {"domain_name": "a"} | its)


KINDS = {"LUSTRE": "Lustre", "ONTAP": "Ontap", "OPENZFS": "OpenZFS", "WINDOWS": "Windows"}


def share(kind: str, deployment: str = "", days: int | None = None) -> Made:
    own: Any = {"DeploymentType": deployment} if deployment else {}
    its: Any = {"deployment_type": deployment} if deployment else {}
    if days is not None:
        own["AutomaticBackupRetentionDays"] = its["automatic_backup_retention_days"] = days
    written = {"FileSystemType": kind, "SubnetIds": ["subnet-1"], f"{KINDS[kind]}Configuration": own}
    type_ = f"aws_fsx_{kind.lower()}_file_system"
    return both("FSx::FileSystem", type_, written, {"subnet_ids": ["subnet-1"], **its})


def directory() -> Made:
    own = {"LocationName": "euw1-az1", "DataRedundancy": "SingleAvailabilityZone"}
    its = {"bucket": "a--euw1-az1--x-s3", "location": {"name": "euw1-az1"}}
    return both("S3Express::DirectoryBucket", "aws_s3_directory_bucket", own, its)


LOST = Said(DAY, None, None, "restore")
SAFE = Said(0, 0, 0, "nothing")
SNAPSHOTS = Said(0, 8 * HOUR, None, "restore")
HOURLY = Said(HOUR, HOUR, None, "restore", 14 * DAY)

ROWS: list[tuple[str, Made, str, Said]] = [
    ("awsbackup: daily, 35 days", backed_up("ENABLED"), "software", Said(DAY, None, None, "restore", 35 * DAY)),
    ("automatic backups off", backed_up("DISABLED"), "software", NONE),
    ("nobody turns them on for a Regional one", files({}), "software", NONE),
    ("One Zone: on by the API's default, perhaps", one_zone(), "software", Said(DAY, None, None, "unknown")),
    ("availability-durability: Regional", files({}), "az", SAFE),
    ("availability-durability: One Zone", backed_up("DISABLED", "eu-west-1a"), "az", NONE),
    ("its backups are in several zones", backed_up("ENABLED", "eu-west-1a"), "az", LOST),
    ("One Zone outlives a machine", one_zone(), "hardware", SAFE),
    ("a file system is lost with the Region", backed_up("ENABLED"), "region", NONE),
    ("replication to another Region", replicated("eu-central-1"), "region", Said(0, 900, None, "promote")),
    ("replication within the Region", replicated("eu-west-1"), "region", NONE),
    ("a replica in another zone", replicated("eu-west-1", "eu-west-1b"), "az", Said(0, 900, None, "promote")),
    ("a replica in no zone alone", replicated("eu-west-1"), "az", Said(0, 900, None, "promote")),
    ("replication copies mistakes", replicated("eu-central-1"), "software", Said(DAY, None, None, "unknown")),
    ("a volume alone", volume(), "software", NONE),
    ("ebs-volume-types: some volumes fail in a year", volume(), "hardware", Said(0, None, None, "unknown")),
    ("and come back from snapshots", volume(scheduled(every(24), SEVEN)), "hardware", Said(0, None, None, "restore")),
    ("and lost with it", volume(), "az", NONE),
    (
        "API_CreateRule: every 12 hours",
        volume(scheduled(every(12), SEVEN)),
        "software",
        Said(DAY / 2, None, None, "restore", 3.5 * DAY),
    ),
    ("snapshots outlive the zone", volume(scheduled(every(24), SEVEN)), "az", LOST),
    ("snapshots are lost with the Region", volume(scheduled(every(24), SEVEN)), "region", NONE),
    ("CrossRegionCopyRules", volume(scheduled(every(24), SEVEN, to="eu-central-1")), "region", LOST),
    ("a copy to the own Region", volume(scheduled(every(24), SEVEN, to="eu-west-1")), "region", NONE),
    (
        "weeks",
        volume(scheduled(every(24), {"interval": 5, "unit": "WEEKS"})),
        "software",
        Said(DAY, None, None, "restore", 35 * DAY),
    ),
    (
        "cron: over the weekend",
        volume(scheduled(by_cron("cron(0 5 ? * MON-FRI *)"), {"interval": 7, "unit": "DAYS"})),
        "software",
        Said(3 * DAY, None, None, "restore", 7 * DAY),
    ),
    (
        "two schedules fill each other's gaps",
        volume(
            scheduled(by_cron("cron(0 5 * * ? *)"), {"interval": 7, "unit": "DAYS"}),
            scheduled(by_cron("cron(0 17 * * ? *)"), {"interval": 9, "unit": "DAYS"}),
        ),
        "software",
        Said(DAY / 2, None, None, "restore", 9 * DAY),
    ),
    (
        "when an interval begins is not told, so of two the gap isn't",
        volume(scheduled(every(24), SEVEN), scheduled(every(12), SEVEN)),
        "software",
        Said(HOUR, None, None, "restore", 7 * DAY),
    ),
    ("a policy that is off", volume(scheduled(every(24), SEVEN, state="DISABLED")), "software", NONE),
    ("a tag with another value", volume(scheduled(every(24), SEVEN, value="weekly")), "software", NONE),
    (
        "of instances, with the volumes that are attached",
        volume(scheduled(every(24), SEVEN, kinds=["INSTANCE"])),
        "software",
        Said(DAY, None, None, "unknown"),
    ),
    ("a default policy", volume(DEFAULT), "software", Said(2 * DAY, None, None, "restore", 10 * DAY)),
    (
        "working-with-snapshots",
        warehouse("dc2.large", *kept(7)),
        "software",
        Said(0, 8 * HOUR, None, "restore", 7 * DAY),
    ),
    ("a day by default", warehouse("ra3.4xlarge", {}, {}), "software", Said(0, 8 * HOUR, None, "restore", DAY)),
    ("0 turns them off", warehouse("dc2.large", *kept(0)), "software", NONE),
    ("but not of RA3", warehouse("ra3.4xlarge", *kept(0)), "software", Said(0, 8 * HOUR, None, "restore")),
    ("managed storage outlives a node", warehouse("ra3.4xlarge", {}, {}), "hardware", Said(0, 0, 0, "failover")),
    ("what other nodes have is not told", warehouse("dc2.large", {}, {}), "hardware", Said(0, None, None, "restore")),
    ("managed storage outlives a zone", warehouse("ra3.4xlarge", {}, {}), "az", Said(0, 8 * HOUR, None, "start")),
    ("disks of nodes do not", warehouse("dc2.large", {}, {}), "az", Said(0, 8 * HOUR, None, "restore")),
    (
        "managing-cluster-multi-az",
        warehouse("ra3.4xlarge", {"MultiAZ": True}, {"multi_az": True}),
        "az",
        Said(0, 0, 0, "failover"),
    ),
    ("snapshots stay in the Region", warehouse("ra3.4xlarge", {}, {}), "region", NONE),
    (
        "cross-region-snapshot-copy",
        warehouse(
            "ra3.4xlarge",
            {"DestinationRegion": "eu-central-1"},
            {},
            aws_redshift_snapshot_copy={"destination_region": "eu-central-1"},
        ),
        "region",
        Said(0, 8 * HOUR, None, "restore"),
    ),
    (
        "serverless-snapshots-recovery-points",
        both(
            "RedshiftServerless::Namespace",
            "aws_redshiftserverless_namespace",
            {"NamespaceName": "a"},
            {"namespace_name": "a"},
        ),
        "software",
        Said(0, HOUR / 2, None, "restore", DAY),
    ),
    ("DocumentDB: continuous, a day", documents({}, {}), "software", Said(0, None, None, "restore", DAY)),
    (
        "DocumentDB: as long as written",
        documents({"BackupRetentionPeriod": 14}, {"backup_retention_period": 14}),
        "software",
        Said(0, None, None, "restore", 14 * DAY),
    ),
    ("DocumentDB: storage in three zones", documents({}, {}), "az", Said(0, 0, 0, "start")),
    ("DocumentDB: no global cluster", documents({}, {}), "region", NONE),
    (
        "DocumentDB: instances in two zones",
        with_instances("DocDB", "aws_docdb_cluster", ["a", "b"]),
        "az",
        Said(0, 0, 0, "failover"),
    ),
    (
        "DocumentDB: all in one zone",
        with_instances("DocDB", "aws_docdb_cluster", ["a", "a"]),
        "az",
        Said(0, 0, 0, "start"),
    ),
    (
        "and a machine lost",
        with_instances("DocDB", "aws_docdb_cluster", ["a", "a"]),
        "hardware",
        Said(0, 0, 0, "failover"),
    ),
    ("Neptune: continuous, a day", graph({}, {}), "software", Said(0, None, None, "restore", DAY)),
    ("Neptune: storage in three zones", graph({}, {}), "hardware", Said(0, 0, 0, "start")),
    (
        "Neptune: a replica",
        with_instances("Neptune", "aws_neptune_cluster", ["a", "b"]),
        "az",
        Said(0, 0, 0, "failover"),
    ),
    ("Neptune: no global database", graph({}, {}), "region", NONE),
    (
        "MemoryDB: snapshots-automatic",
        memory({"SnapshotRetentionLimit": 5}, {"snapshot_retention_limit": 5}),
        "software",
        Said(DAY, None, None, "restore", 5 * DAY),
    ),
    (
        "MemoryDB: 0 turns them off",
        memory({"SnapshotRetentionLimit": 0}, {"snapshot_retention_limit": 0}),
        "software",
        NONE,
    ),
    ("MemoryDB: a log in several zones", memory({}, {}), "az", Said(0, 0, 0, "failover")),
    (
        "MemoryDB: the log outlives a node alone",
        memory({"NumReplicasPerShard": 0}, {"num_replicas_per_shard": 0}),
        "hardware",
        Said(0, 0, 0, "start"),
    ),
    ("MemoryDB: no other Region", memory({}, {}), "region", NONE),
    (
        "managedomains-snapshots: hourly",
        domain("OpenSearch_2.11"),
        "software",
        Said(HOUR, HOUR, None, "restore", 14 * DAY),
    ),
    ("the newest version", domain(""), "software", Said(HOUR, HOUR, None, "restore", 14 * DAY)),
    ("Elasticsearch 5.1: daily", domain("Elasticsearch_5.1"), "software", LOST),
    ("an older type of domain: hourly", old_domain("7.10"), "software", Said(HOUR, HOUR, None, "restore", 14 * DAY)),
    ("an older type of domain: daily", old_domain("5.1"), "software", LOST),
    ("an older type of domain, whose version is 1.5", old_domain(""), "software", LOST),
    ("an older type of domain, replicas", old_domain("7.10"), "az", Said(0, None, None, "unknown")),
    ("replicas of indexes are not told", domain("OpenSearch_2.11"), "az", Said(0, None, None, "unknown")),
    ("no copies of automated snapshots", domain("OpenSearch_2.11"), "region", NONE),
    (
        "FSx: daily",
        share("WINDOWS", "SINGLE_AZ_2", 30),
        "software",
        Said(DAY, None, None, "restore", 30 * DAY),
    ),
    ("FSx: 0 turns them off", share("WINDOWS", "SINGLE_AZ_2", 0), "software", NONE),
    ("FSx: nothing written is not told", share("WINDOWS", "SINGLE_AZ_2"), "software", Said(DAY, None, None, "unknown")),
    ("high-availability-multiAZ", share("WINDOWS", "MULTI_AZ_1", 0), "az", Said(0, 0, 0, "failover")),
    ("a single zone", share("WINDOWS", "SINGLE_AZ_2", 7), "az", LOST),
    ("without backups", share("WINDOWS", "", 0), "az", NONE),
    ("a component in most cases", share("WINDOWS", "SINGLE_AZ_2", 7), "hardware", Said(0, None, None, "failover")),
    ("OpenZFS in two zones", share("OPENZFS", "MULTI_AZ_1", 0), "az", Said(0, 0, 0, "failover")),
    ("ONTAP in two zones", share("ONTAP", "MULTI_AZ_2", 0), "az", Said(0, 0, 0, "failover")),
    ("Lustre saves nothing where nothing is written", share("LUSTRE", "PERSISTENT_2"), "software", NONE),
    (
        "Lustre: not told",
        share("LUSTRE", "PERSISTENT_2", 0),
        "hardware",
        Said(0, None, None, "unknown"),
    ),
    ("ONTAP in one", share("ONTAP", "SINGLE_AZ_1", 7), "az", LOST),
    ("Lustre is in one zone", share("LUSTRE", "PERSISTENT_2", 7), "az", LOST),
    *(
        (f"a directory bucket: {disruption}", directory(), disruption, expected)
        for disruption, expected in (("software", NONE), ("hardware", SAFE), ("az", NONE), ("region", NONE))
    ),
    ("FSx has no copy elsewhere", share("WINDOWS", "MULTI_AZ_1", 7), "region", NONE),
]


@each_case(("made", "disruption", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_fact_is_a_bound(made: Made, disruption: str, expected: Said) -> None:
    for language in ("cloudformation", "terraform"):
        template, name = made[language]
        assert said(template, name, disruption, IN_IRELAND) == expected, language


@pytest.mark.parametrize("made", [row[1] for row in ROWS], ids=[row[0] for row in ROWS])
def test_every_way_has_a_page_and_a_place(made: Made) -> None:
    for template, name in made.values():
        for disruption in DISRUPTIONS:
            for way in stores.bound(store(template, name, IN_IRELAND), disruption).ways:
                assert way.source.endswith(".html")
                assert way.because


def test_a_schedule_of_redshift_takes_the_typical_figure_away() -> None:
    template, name = warehouse(
        "ra3.4xlarge", {}, {}, aws_redshift_snapshot_schedule_association={"schedule_identifier": "s"}
    )["terraform"]
    assert said(template, name, "software") == Said(0, None, None, "restore", DAY)


def test_failovers_of_neptune_have_the_figures_of_their_page() -> None:
    for zones, of_a_machine, of_a_zone in ((["a", "b"], 120, 120), (["a"], 600, None), ([], None, None)):
        template, name = with_instances("Neptune", "aws_neptune_cluster", zones)["cloudformation"]
        ways = [stores.bound(store(template, name), disruption).way for disruption in ("hardware", "az")]
        assert [way.back_typical for way in ways if way is not None] == [of_a_machine, of_a_zone]


MEASURED = "typically measured in seconds"


@pytest.mark.parametrize(("type_", "lag"), [("docdb", 1), ("neptune", None)])
def test_a_global_cluster_has_a_copy_in_another_region(type_: str, lag: float | None) -> None:
    whole = {"global_cluster_identifier": f"${{aws_{type_}_global_cluster.g.id}}"}
    first = {"master_username": "a"} if type_ == "docdb" else {}
    made = terraform(
        PROVIDERS,
        **{
            f"aws_{type_}_global_cluster": {"g": {"global_cluster_identifier": "g"}},
            f"aws_{type_}_cluster": {"a": {**whole, **first}, "b": {**whole, **FAR}},
            f"aws_{type_}_cluster_instance": {"b": {"cluster_identifier": f"${{aws_{type_}_cluster.b.id}}", **FAR}},
        },
    )
    name = f"aws_{type_}_cluster.a"
    assert said(made, name, "region") == Said(0, MEASURED, None, "promote")
    assert [way.lag for way in stores.bound(store(made, name), "region").sure] == [lag]
    notes = [one.note for one in stores.stores(store(made, name).deployment)]
    assert notes == ["", "a secondary of a global cluster"]
    alone = terraform(**{f"aws_{type_}_cluster": {"a": {**first, "global_cluster_identifier": "elsewhere"}}})
    assert said(alone, name, "region") == Said(0, None, None, "unknown")


def test_a_multi_region_cluster_of_memorydb_takes_writes_everywhere() -> None:
    whole = {"multi_region_cluster_name": "${aws_memorydb_multi_region_cluster.w.multi_region_cluster_name}"}
    own = {"node_type": "db.r7g.large", "acl_name": "a", **whole}
    made = terraform(
        PROVIDERS,
        aws_memorydb_multi_region_cluster={"w": {"multi_region_cluster_name_suffix": "a", "node_type": "db.r7g.large"}},
        aws_memorydb_cluster={"a": {"name": "a", **own}, "b": {"name": "b", **own, **FAR}},
    )
    assert said(made, "aws_memorydb_cluster.a", "region") == Said(0, None, None, "nothing")
    one = stack(A=resource("MemoryDB::Cluster", MultiRegionClusterName="w"))
    assert said(one, "A", "region") == Said(0, None, None, "unknown")


@pytest.mark.parametrize(
    ("parameters", "engine", "ceiling"),
    [
        ({"rds.global_db_rpo": "60"}, "aurora-postgresql", 60),
        ({"rds.global_db_rpo": "60"}, "aurora-mysql", None),
        ({"other": "60"}, "aurora-postgresql", None),
    ],
)
def test_a_parameter_bounds_the_loss_of_a_global_database(parameters: Any, engine: str, ceiling: float | None) -> None:
    cluster = {"engine": engine, "global_cluster_identifier": "${aws_rds_global_cluster.g.id}"}
    group = {"db_cluster_parameter_group_name": "${aws_rds_cluster_parameter_group.p.name}", "master_username": "a"}
    blocks = [{"name": name, "value": value} for name, value in parameters.items()]
    made = terraform(
        PROVIDERS,
        aws_rds_global_cluster={"g": {"global_cluster_identifier": "g"}},
        aws_rds_cluster={"a": {**cluster, **group}, "b": {**cluster, **FAR}},
        aws_rds_cluster_parameter_group={"p": {"name": "p", "family": "f", "parameter": blocks}},
        aws_rds_cluster_instance={"b": {"cluster_identifier": "${aws_rds_cluster.b.id}", **FAR}},
    )
    assert said(made, "aws_rds_cluster.a", "region") == Said(0, MEASURED, ceiling, "promote")


PLAN = {
    "aws_backup_plan": {
        "p": {"name": "p", "rule": {"rule_name": "r", "target_vault_name": "v", "schedule": "cron(0 5 ? * * *)"}}
    }
}


@pytest.mark.parametrize(
    ("type_", "arguments", "sure"),
    [
        ("aws_efs_file_system", {}, True),
        ("aws_ebs_volume", {"availability_zone": "a", "size": 1}, True),
        ("aws_fsx_windows_file_system", {"subnet_ids": ["a"], "automatic_backup_retention_days": 0}, True),
        ("aws_redshift_cluster", {"cluster_identifier": "a", "node_type": "dc2.large"}, True),
        # Whether the Region opts in decides.
        ("aws_docdb_cluster", {}, False),
        ("aws_neptune_cluster", {}, False),
    ],
)
def test_aws_backup_backs_up_what_a_selection_names_by_its_arn(type_: str, arguments: Any, sure: bool) -> None:
    for named in (f"${{{type_}.a.arn}}", "*"):
        selection = {"plan_id": "${aws_backup_plan.p.id}", "resources": [named], "name": "s"}
        made = terraform(**PLAN, aws_backup_selection={"s": selection}, **{type_: {"a": arguments}})
        ways = stores.bound(store(made, f"{type_}.a"), "software").ways
        assert [way.sure for way in ways if way.how.startswith("AWS Backup plan")] == [sure]


@each_case(
    ("named", "sure"),
    [
        ({"Fn::Sub": "arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:volume/${A}"}, [True]),
        ({"Fn::Sub": "arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:volume/${B}"}, []),
        ("arn:aws:ec2:*:*:volume/*", [True]),
        ("arn:aws:ec2:*:*:instance/*", []),
        ("arn:aws:ec2:eu-west-1:123456789012:volume/vol-1", [False]),
        (IMPORTED, [False]),
    ],
)
def test_a_selection_may_name_what_aws_names(named: Any, sure: list[bool]) -> None:
    rule = {"RuleName": "r", "TargetBackupVault": "v"}
    made = stack(
        A=resource("EC2::Volume", Size=1),
        B=resource("EC2::Volume", Size=1),
        Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [rule]}),
        S=resource("Backup::BackupSelection", BackupPlanId={"Ref": "Plan"}, BackupSelection={"Resources": [named]}),
    )
    assert [way.sure for way in stores.bound(store(made, "A"), "software").ways] == sure


def test_what_only_instances_tell_is_open() -> None:
    """An instance whose cluster is not known may be one's, so how soon a cluster is back is not told."""
    made = stack(A=resource("DocDB::DBCluster"), I=resource("DocDB::DBInstance", DBClusterIdentifier=IMPORTED))
    way = stores.bound(store(made, "A"), "az").way
    assert way is not None
    assert (way.back.word, way.back_typical, way.because[0][1]) == (
        "start",
        None,
        "instances of which not all are known",
    )


def test_retention_of_a_restored_warehouse_is_inherited() -> None:
    made = stack(A=resource("Redshift::Cluster", NodeType="dc2.large", SnapshotIdentifier="s"))
    assert said(made, "A", "software") == Said(0, None, None, "unknown")


@each_case(
    ("type_", "arguments"),
    [
        ("aws_efs_backup_policy", {"file_system_id": "fs-1", "backup_policy": {"status": "ENABLED"}}),
        ("aws_efs_replication_configuration", {"source_file_system_id": "fs-1", "destination": {"region": "a"}}),
        ("aws_redshift_snapshot_copy", {"cluster_identifier": "a", "destination_region": "a"}),
        ("aws_redshift_snapshot_schedule_association", {"cluster_identifier": "a", "schedule_identifier": "s"}),
    ],
)
def test_a_part_of_a_store_that_is_elsewhere_is_no_store(type_: str, arguments: Any) -> None:
    made = terraform(**{type_: {"a": arguments}})
    assert stores.stores(store(made, f"{type_}.a").deployment) == []


def test_nothing_written_of_memorydb_is_told_by_terraform_only() -> None:
    """The provider's documentation says 0; of the API's default, no page tells."""
    made = memory({}, {})
    assert said(*made["cloudformation"], "software") == Said(DAY, None, None, "unknown")
    assert said(*made["terraform"], "software") == NONE


def test_manual_snapshots_of_opensearch_may_be_made_unless_the_templates_are_complete() -> None:
    template, name = domain("OpenSearch_2.11")["cloudformation"]
    assert said(template, name, "software", Declared()) == Said(0, HOUR, None, "restore", 14 * DAY)
    assert said(template, name, "software") == HOURLY


@each_case(
    ("made", "floor", "page"),
    [
        (domain("OpenSearch_2.11"), 0, ""),
        (memory({}, {}), DAY / 20, "memorydb/latest/devguide/snapshots-constraints.html"),
        (
            both("ElastiCache::ServerlessCache", "aws_elasticache_serverless_cache", {}, {"name": "a"}),
            DAY / 24,
            "AmazonElastiCache/latest/dg/backups.html",
        ),
    ],
)
def test_what_nobody_shows_has_the_page_of_its_own_service(made: Made, floor: float, page: str) -> None:
    for template, name in made.values():
        ways = stores.bound(store(template, name, Declared()), "software").ways
        assert [(way.floor, way.source) for way in ways if way.how == "a backup made elsewhere"] == [(floor, page)]


def test_the_stores_that_rules_name_are_those_with_recovery_paths() -> None:
    assert sorted(stores.TYPES) == sorted(STORES)
