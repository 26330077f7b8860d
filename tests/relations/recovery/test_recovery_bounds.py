"""What templates say about recovery, as bounds: each row a fact of AWS, in CloudFormation and in Terraform."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, resource, stack, terraform
from tests.recovery_bounds import DAY, NONE, Said, both, said, store

from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import DISRUPTIONS, Elsewhere, Layer, Recovery
from awslint_memo.relations.recovery import facts, stores


def rds(properties: Any, arguments: Any) -> dict[str, tuple[Any, str]]:
    return both(
        "RDS::DBInstance",
        "aws_db_instance",
        {"Engine": "postgres", **properties},
        {"engine": "postgres", **arguments},
    )


def aurora(properties: Any, arguments: Any) -> dict[str, tuple[Any, str]]:
    own = {"Engine": "aurora-mysql", "MasterUsername": "a", **properties}
    its = {"engine": "aurora-mysql", "master_username": "a", **arguments}
    return both("RDS::DBCluster", "aws_rds_cluster", own, its)


def multi_az_cluster(properties: Any, arguments: Any) -> dict[str, tuple[Any, str]]:
    own = {"Engine": "postgres", "DBClusterInstanceClass": "db.m6gd.large", **properties}
    return both(
        "RDS::DBCluster",
        "aws_rds_cluster",
        own,
        {"engine": "postgres", "db_cluster_instance_class": "db.m6gd.large", **arguments},
    )


def table(properties: Any, arguments: Any) -> dict[str, tuple[Any, str]]:
    return both("DynamoDB::Table", "aws_dynamodb_table", properties, {"name": "a", **arguments})


def recovering(**more: Any) -> tuple[Any, Any]:
    days = {"RecoveryPeriodInDays": more["days"]} if "days" in more else {}
    its = {"recovery_period_in_days": more["days"]} if "days" in more else {}
    return (
        {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": more["on"], **days}},
        {"point_in_time_recovery": {"enabled": more["on"], **its}},
    )


def group(properties: Any, arguments: Any) -> dict[str, tuple[Any, str]]:
    return both(
        "ElastiCache::ReplicationGroup",
        "aws_elasticache_replication_group",
        {"Engine": "valkey", **properties},
        {"engine": "valkey", **arguments},
    )


def bucket(properties: Any, companions: Any) -> dict[str, tuple[Any, str]]:
    made = terraform(aws_s3_bucket={"a": {"bucket": "a"}}, **companions)
    return {
        "cloudformation": (stack(A=resource("S3::Bucket", **properties)), "A"),
        "terraform": (made, "aws_s3_bucket.a"),
    }


def versioned(status: str) -> dict[str, tuple[Any, str]]:
    its = {"bucket": "${aws_s3_bucket.a.id}", "versioning_configuration": {"status": status}}
    return bucket({"VersioningConfiguration": {"Status": status}}, {"aws_s3_bucket_versioning": {"v": its}})


def planned(rules: list[tuple[Any, Any]], type_: str = "DynamoDB::Table") -> dict[str, tuple[Any, str]]:
    """A table, or another store, that a plan with these rules selects."""
    own = [{"RuleName": f"r{at}", "TargetBackupVault": "Default", **one} for at, (one, _) in enumerate(rules)]
    its = [{"rule_name": f"r{at}", "target_vault_name": "Default", **one} for at, (_, one) in enumerate(rules)]
    engine: dict[str, Any] = {"Engine": "postgres", "BackupRetentionPeriod": 0} if "RDS" in type_ else {}
    versions: dict[str, Any] = {"VersioningConfiguration": {"Status": "Enabled"}} if "S3" in type_ else {}
    its_own = {"engine": "postgres"} if engine else {"versioning": {"enabled": True}} if versions else {}
    kind = {
        "DynamoDB::Table": "aws_dynamodb_table",
        "RDS::DBInstance": "aws_db_instance",
        "S3::Bucket": "aws_s3_bucket",
    }
    arn = "DBInstanceArn" if "RDS" in type_ else "Arn"
    selected = {"SelectionName": "s", "IamRoleArn": "arn:aws:iam::1:role/b", "Resources": [{"Fn::GetAtt": ["A", arn]}]}
    made = stack(
        A=resource(type_, **engine, **versions),
        Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": own}),
        Selection=resource("Backup::BackupSelection", BackupPlanId={"Ref": "Plan"}, BackupSelection=selected),
    )
    terraform_type = kind.get(type_, "aws_dynamodb_table")
    other = terraform(
        **{terraform_type: {"a": {"name": "a"} if "Table" in type_ else its_own}},
        aws_backup_plan={"p": {"name": "p", "rule": its}},
        aws_backup_selection={
            "s": {"plan_id": "${aws_backup_plan.p.id}", "resources": [f"${{{terraform_type}.a.arn}}"], "name": "s"}
        },
    )
    return {"cloudformation": (made, "A"), "terraform": (other, f"{terraform_type}.a")}


def rule(schedule: str = "", kept: int | None = None, **more: Any) -> tuple[Any, Any]:
    own: dict[str, Any] = {"ScheduleExpression": schedule} if schedule else {}
    its: dict[str, Any] = {"schedule": schedule} if schedule else {}
    if kept is not None:
        own["Lifecycle"], its["lifecycle"] = {"DeleteAfterDays": kept}, {"delete_after": kept}
    if more.get("continuous"):
        own["EnableContinuousBackup"] = its["enable_continuous_backup"] = True
    if "windows" in more:
        own["StartWindowMinutes"], own["CompletionWindowMinutes"] = more["windows"]
        its["start_window"], its["completion_window"] = more["windows"]
    return own, its


SEVEN = ({"BackupRetentionPeriod": 7}, {"backup_retention_period": 7})
OFF = ({"BackupRetentionPeriod": 0}, {"backup_retention_period": 0})
STANDBY = ({**SEVEN[0], "MultiAZ": True}, {**SEVEN[1], "multi_az": True})
FAILS_OVER = (
    {"NumCacheClusters": 2, "AutomaticFailoverEnabled": True, "MultiAZEnabled": True},
    {"num_cache_clusters": 2, "automatic_failover_enabled": True, "multi_az_enabled": True},
)
ALONE = (
    {"NumCacheClusters": 1, "AutomaticFailoverEnabled": False, "SnapshotRetentionLimit": 5},
    {"num_cache_clusters": 1, "automatic_failover_enabled": False, "snapshot_retention_limit": 5},
)
DAILY = "cron(0 5 ? * * *)"
WINDOWS = 60.0 * (480 + 10080)

ROWS: list[tuple[str, dict[str, tuple[Any, str]], str, Said]] = [
    ("USER_PIT: logs every five minutes", rds(*SEVEN), "software", Said(0, 300, None, "restore", 7 * DAY)),
    ("USER_PIT: the same after a failure of the machine", rds(*SEVEN), "hardware", Said(0, 300, None, "restore")),
    ("USER_PIT: logs that are not uploaded go with the zone", rds(*SEVEN), "az", Said(300, 300, None, "restore")),
    ("no copy in another Region", rds(*SEVEN), "region", NONE),
    ("retention 0 switches backups off", rds(*OFF), "software", NONE),
    ("and so there is no way back from a zone", rds(*OFF), "az", NONE),
    ("Concepts.MultiAZ.Failover", rds(*STANDBY), "az", Said(0, 0, 0, "failover")),
    ("Concepts.MultiAZ.Failover, hardware", rds(*STANDBY), "hardware", Said(0, 0, 0, "failover")),
    ("a standby copies mistakes", rds(*STANDBY), "software", Said(0, 300, None, "restore", 7 * DAY)),
    ("Aurora.Managing.Backups", aurora(*SEVEN), "software", Said(0, 300, None, "restore", 7 * DAY)),
    ("Aurora keeps a day by default", aurora({}, {}), "software", Said(0, 300, None, "restore", DAY)),
    ("Aurora's storage is in three zones", aurora({}, {}), "az", Said(0, 0, 0, "start")),
    ("and outlives a machine", aurora({}, {}), "hardware", Said(0, 0, 0, "start")),
    ("without a global database", aurora({}, {}), "region", NONE),
    ("multi-az-db-clusters failover", multi_az_cluster({}, {}), "az", Said(0, 0, 0, "failover")),
    ("the same, hardware", multi_az_cluster({}, {}), "hardware", Said(0, 0, 0, "failover")),
    ("the same, software", multi_az_cluster(*SEVEN), "software", Said(0, None, None, "restore", 7 * DAY)),
    ("no replicated backups of such clusters", multi_az_cluster(*SEVEN), "region", NONE),
    ("PITR, 35 days by default", table(*recovering(on=True)), "software", Said(0, 300, None, "restore", 35 * DAY)),
    ("PITR of ten days", table(*recovering(on=True, days=10)), "software", Said(0, 300, None, "restore", 10 * DAY)),
    ("PITR off", table(*recovering(on=False)), "software", NONE),
    ("PITR not written", table({}, {}), "software", NONE),
    ("a table is in several zones", table({}, {}), "az", Said(0, 0, 0, "nothing")),
    ("a table outlives a machine", table({}, {}), "hardware", Said(0, 0, 0, "nothing")),
    ("PITR is no way out of a lost Region", table(*recovering(on=True)), "region", NONE),
    ("backups-automatic: one a day", group(*ALONE), "software", Said(DAY, None, None, "restore", 5 * DAY)),
    ("a node alone", group(*ALONE), "hardware", Said(DAY, None, None, "restore")),
    ("a node alone, zone", group(*ALONE), "az", Said(DAY, None, None, "restore")),
    ("AutoFailover", group(*FAILS_OVER), "hardware", Said(0, None, None, "failover")),
    ("AutoFailover, zone", group(*FAILS_OVER), "az", Said(0, None, None, "failover")),
    ("no snapshots", group(*FAILS_OVER), "software", NONE),
    ("no global datastore", group(*ALONE), "region", NONE),
    ("versions", versioned("Enabled"), "software", Said(0, 0, None, "restore", inf)),
    ("versions suspended", versioned("Suspended"), "software", NONE),
    ("no versions", bucket({}, {}), "software", NONE),
    ("DataDurability: three zones", bucket({}, {}), "az", Said(0, 0, 0, "nothing")),
    ("several devices", bucket({}, {}), "hardware", Said(0, 0, 0, "nothing")),
    ("no replication", bucket({}, {}), "region", NONE),
    ("a plan, daily", planned([rule(DAILY, 35)]), "software", Said(DAY, None, DAY + WINDOWS, "restore", 35 * DAY)),
    ("daily by default", planned([rule()]), "software", Said(DAY, None, DAY + WINDOWS, "restore", inf)),
    (
        "workdays: over a weekend",
        planned([rule("cron(0 5 ? * MON-FRI *)", 7)]),
        "software",
        # A backup is deleted before the windows of the next one have passed, so that nothing bounds the loss.
        Said(3 * DAY, None, None, "restore", 7 * DAY),
    ),
    (
        "its windows",
        planned([rule(DAILY, -1, windows=(60, 120))]),
        "software",
        Said(DAY, None, DAY + 60 * 180, "restore", inf),
    ),
    (
        "two rules fill each other's gaps, and may be joined",
        planned([rule(DAILY, 7), rule("cron(0 17 ? * * *)", 35)]),
        "software",
        Said(DAY / 2, None, None, "restore", 35 * DAY),
    ),
    (
        "continuous backups of a bucket",
        planned([rule(DAILY, 35, continuous=True)], "S3::Bucket"),
        "software",
        Said(0, 0, None, "restore", inf),
    ),
    (
        "no continuous backups of tables",
        planned([rule(DAILY, 35, continuous=True)]),
        "software",
        Said(DAY, None, DAY + WINDOWS, "restore", 35 * DAY),
    ),
    (
        "continuous backups lack what goes with the zone",
        planned([rule(DAILY, 35, continuous=True)], "RDS::DBInstance"),
        "az",
        Said(300, 300, None, "restore"),
    ),
    ("a backup in the Region is lost with it", planned([rule(DAILY, 35)]), "region", NONE),
]


@each_case(("made", "disruption", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_a_fact_is_a_bound(made: dict[str, tuple[Any, str]], disruption: str, expected: Said) -> None:
    for language in ("cloudformation", "terraform"):
        template, name = made[language]
        assert said(template, name, disruption) == expected, language


@each_case("made", [row[1] for row in ROWS], ids=[row[0] for row in ROWS])
def test_every_way_has_a_page_of_aws(made: dict[str, tuple[Any, str]]) -> None:
    template, name = made["cloudformation"]
    for disruption in DISRUPTIONS:
        for way in stores.bound(store(template, name), disruption).ways:
            assert way.source.endswith(".html")
            assert way.because


def test_defaults_differ_between_the_languages() -> None:
    """CloudFormation's API keeps a day, Terraform sends 0."""
    made = rds({}, {})
    assert said(*made["cloudformation"], "software") == Said(0, 300, None, "restore", DAY)
    assert said(*made["terraform"], "software") == NONE


def test_failovers_have_the_figures_of_their_pages() -> None:
    def takes(made: dict[str, tuple[Any, str]]) -> float | None:
        way = stores.bound(store(*made["terraform"]), "az").way
        return None if way is None else way.back_typical

    assert takes(rds(*STANDBY)) == facts.RDS_FAILOVER.value == 120
    assert takes(multi_az_cluster({}, {})) == facts.CLUSTER_FAILOVER.value == 35
    assert takes(aurora({}, {})) is None


@pytest.mark.parametrize(
    ("instances", "disruption", "back", "takes"),
    [
        (0, "az", "start", None),
        (1, "az", "start", None),
        (2, "az", "failover", 60),
        (0, "hardware", "start", None),
        (1, "hardware", "start", 600),
        (2, "hardware", "failover", 60),
    ],
)
def test_how_soon_aurora_is_back_depends_on_its_instances(
    instances: int, disruption: str, back: str, takes: float | None
) -> None:
    """A new instance is made in the same zone: that takes as long as AWS says where the zone is not lost."""
    members = {
        f"I{at}": resource("RDS::DBInstance", DBClusterIdentifier={"Ref": "A"}, Engine="aurora-mysql")
        for at in range(instances)
    }
    made = stack(A=resource("RDS::DBCluster", Engine="aurora-mysql", MasterUsername="a"), **members)
    bound = stores.bound(store(made, "A"), disruption)
    assert bound.back == back
    assert bound.way is not None
    assert bound.way.back_typical == takes
    assert [one.resource.name for one in stores.stores(store(made, "A").deployment)] == ["A"]


PROVIDERS = {"provider": {"aws": [{"region": "eu-west-1"}, {"alias": "far", "region": "eu-central-1"}]}}
FAR = {"provider": "aws.far"}


def test_backups_that_are_replicated_lack_five_minutes_at_least() -> None:
    own = stack(A=resource("RDS::DBInstance", Engine="postgres", AutomaticBackupReplicationRegion="eu-central-1"))
    other = terraform(
        aws_db_instance={"a": {"engine": "postgres", "backup_retention_period": 7}},
        aws_db_instance_automated_backups_replication={
            "r": {"source_db_instance_arn": "${aws_db_instance.a.arn}", **FAR}
        },
    )
    for made, name in ((own, "A"), (other, "aws_db_instance.a")):
        assert said(made, name, "region") == Said(300, None, None, "restore")


@each_case(
    ("where", "az", "region"),
    [
        (FAR, Said(0, 300, None, "restore"), Said(0, None, None, "promote")),
        ({"availability_zone": "eu-west-1b"}, Said(0, 300, None, "promote"), NONE),
        ({"availability_zone": "eu-west-1a"}, Said(300, 300, None, "restore"), NONE),
        ({}, Said(0, 300, None, "restore"), NONE),
    ],
    ids=["other Region", "other zone", "same zone", "unknown zone"],
)
def test_a_read_replica_helps_where_the_disruption_leaves_it_alone(where: Any, az: Said, region: Said) -> None:
    first = {"engine": "postgres", "backup_retention_period": 7, "availability_zone": "eu-west-1a", "identifier": "a"}
    replica = {"replicate_source_db": "${aws_db_instance.a.identifier}", **where}
    made = terraform(PROVIDERS, aws_db_instance={"a": first, "b": replica})
    assert said(made, "aws_db_instance.a", "az") == az
    assert said(made, "aws_db_instance.a", "region") == region
    assert said(made, "aws_db_instance.a", "software") == Said(0, 300, None, "restore", 7 * DAY)
    found = stores.stores(store(made, "aws_db_instance.a").deployment)
    assert [one.note for one in found] == ["", "a read replica of aws_db_instance.a"]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ({}, Said(0, "usually a few seconds", None, "nothing")),
        ({"consistency_mode": "STRONG"}, Said(0, 0, 0, "nothing")),
    ],
    ids=["eventual", "strong"],
)
def test_a_replica_of_a_table_is_in_another_region(mode: Any, expected: Said) -> None:
    replicas = [{"region_name": region, **mode} for region in ("eu-central-1", "eu-north-1")]
    made = terraform(aws_dynamodb_table={"a": {"name": "a", "replica": replicas}})
    assert said(made, "aws_dynamodb_table.a", "region") == expected
    assert said(made, "aws_dynamodb_table.a", "software") == NONE
    strong = {"MultiRegionConsistency": "STRONG"} if mode else {}
    own = stack(A=resource("DynamoDB::GlobalTable", Replicas=[{"Region": "a"}, {"Region": "b"}], **strong))
    assert said(own, "A", "region") == expected


MEASURED = "typically measured in seconds"


def test_a_global_database_has_a_copy_in_another_region() -> None:
    cluster = {"engine": "aurora-mysql", "global_cluster_identifier": "${aws_rds_global_cluster.g.id}"}
    clusters = {"a": {**cluster, "master_username": "a"}, "b": {**cluster, **FAR}}
    made = terraform(
        PROVIDERS,
        aws_rds_global_cluster={"g": {"global_cluster_identifier": "g"}},
        aws_rds_cluster=clusters,
        aws_rds_cluster_instance={"b": {"cluster_identifier": "${aws_rds_cluster.b.id}", **FAR}},
    )
    assert said(made, "aws_rds_cluster.a", "region") == Said(0, MEASURED, None, "promote")
    headless = {**made, "resource": {key: one for key, one in made["resource"].items() if "instance" not in key}}
    assert said(headless, "aws_rds_cluster.a", "region") == Said(0, MEASURED, None, "start")


def test_a_global_datastore_has_a_copy_in_another_region() -> None:
    made = terraform(
        PROVIDERS,
        aws_elasticache_replication_group={
            "a": {"engine": "redis"},
            "b": {"global_replication_group_id": "${aws_elasticache_global_replication_group.g.id}", **FAR},
        },
        aws_elasticache_global_replication_group={
            "g": {"primary_replication_group_id": "${aws_elasticache_replication_group.a.id}"}
        },
    )
    assert said(made, "aws_elasticache_replication_group.a", "region") == Said(0, None, None, "promote")


@each_case(
    ("far", "rule_", "expected"),
    [
        (FAR, {}, Said(0, None, None, "promote")),
        (FAR, {"destination": {"replication_time": {"status": "Enabled"}}}, Said(0, 900, None, "promote")),
        (FAR, {"filter": {"prefix": "a/"}}, Said(0, None, None, "unknown")),
        (FAR, {"status": "Disabled"}, NONE),
        ({}, {}, NONE),
    ],
    ids=["other Region", "time control", "a part", "disabled", "same Region"],
)
def test_replication_of_a_bucket_helps_in_another_region(far: Any, rule_: Any, expected: Said) -> None:
    destination = {"bucket": "${aws_s3_bucket.b.arn}", **rule_.get("destination", {})}
    written = {"id": "r", "status": "Enabled", **rule_, "destination": destination}
    made = terraform(
        PROVIDERS,
        aws_s3_bucket={"a": {"bucket": "a"}, "b": {"bucket": "b", **far}},
        aws_s3_bucket_replication_configuration={"r": {"bucket": "${aws_s3_bucket.a.id}", "rule": written}},
    )
    assert said(made, "aws_s3_bucket.a", "region") == expected


def test_objects_in_one_zone_are_lost_with_it() -> None:
    moves = {"Rules": [{"Status": "Enabled", "Transitions": [{"StorageClass": "ONEZONE_IA", "TransitionInDays": 30}]}]}
    assert said(stack(A=resource("S3::Bucket", LifecycleConfiguration=moves)), "A", "az") == NONE


def _lifecycle_of_versions(rule_: Any) -> Any:
    rules = {"Rules": [{"Status": "Enabled", **rule_}]}
    return stack(A=resource("S3::Bucket", LifecycleConfiguration=rules, VersioningConfiguration={"Status": "Enabled"}))


def _older_lifecycle(rule_: Any) -> Any:
    return terraform(aws_s3_bucket={"a": {"versioning": {"enabled": True}, "lifecycle_rule": rule_}})


@each_case(
    "made, name, reach",
    [
        (_lifecycle_of_versions({"NoncurrentVersionExpiration": {"NoncurrentDays": 30}}), "A", 30 * DAY),
        (_lifecycle_of_versions({"NoncurrentVersionExpirationInDays": 8}), "A", 8 * DAY),
        (_lifecycle_of_versions({"NoncurrentVersionExpirationInDays": 8, "Status": "Disabled"}), "A", inf),
        (_lifecycle_of_versions({"ExpirationInDays": 8}), "A", inf),
        (_older_lifecycle({"enabled": True, "noncurrent_version_expiration": {"days": 8}}), "aws_s3_bucket.a", 8 * DAY),
        (_older_lifecycle({"enabled": False, "noncurrent_version_expiration": {"days": 8}}), "aws_s3_bucket.a", inf),
        (_older_lifecycle({"enabled": True, "expiration": {"days": 8}}), "aws_s3_bucket.a", inf),
        (
            _older_lifecycle({"enabled": True, "noncurrent_version_expiration": {"days": "${var.x}"}}),
            "aws_s3_bucket.a",
            None,
        ),
    ],
    ids=[
        "days",
        "former property",
        "off",
        "only current ones",
        "older blocks",
        "off in one",
        "of current",
        "not known",
    ],
)
def test_versions_are_kept_as_long_as_rules_say(made: Any, name: str, reach: float | None) -> None:
    assert said(made, name, "software").reach == reach


COPY = "arn:aws:backup:eu-central-1:123456789012:backup-vault:copies"


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("eu-west-1", Said(DAY, None, None, "restore")),
        ("eu-central-1", NONE),
        ("", Said(DAY, None, None, "unknown")),
    ],
    ids=["another", "the same", "not known"],
)
def test_a_copy_of_a_plan_helps_in_another_region(region: str, expected: Said) -> None:
    own, its = rule(DAILY, 35, continuous=True)
    own["CopyActions"], its["copy_action"] = [{"DestinationBackupVaultArn": COPY}], {"destination_vault_arn": COPY}
    declared = Declared(recovery=Recovery(Layer({}, "here"), complete=True, regions=(region,) if region else ()))
    for made, name in planned([(own, its)], "S3::Bucket").values():
        # A copy of a continuous backup is a snapshot by the rule's schedule.
        assert said(made, name, "region", declared) == expected


def tagged(key: str, value: str) -> Any:
    return {"ConditionType": "STRINGEQUALS", "ConditionKey": key, "ConditionValue": value}


@each_case(
    ("selected", "sure"),
    [
        ({"Resources": ["*"]}, True),
        ({"Resources": ["arn:aws:dynamodb:*:*:table/*"]}, True),
        ({"Resources": ["arn:aws:dynamodb:*:*:table/or*"]}, True),
        ({"Resources": ["arn:aws:dynamodb:*:*:table/others"]}, None),
        ({"Resources": ["arn:aws:rds:*:*:db:*"]}, None),
        ({"Resources": ["*"], "NotResources": ["arn:aws:dynamodb:*:*:table/orders"]}, None),
        ({"Resources": IMPORTED}, False),
        (
            {"ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "backup", "ConditionValue": "daily"}]},
            False,
        ),
        (
            {"ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "backup", "ConditionValue": "Daily"}]},
            None,
        ),
        (
            {"ListOfTags": [{"ConditionType": "STRINGEQUALS", "ConditionKey": "other", "ConditionValue": "daily"}]},
            None,
        ),
        ({"Resources": ["*"], "Conditions": {"StringEquals": [{"ConditionKey": "a", "ConditionValue": "b"}]}}, False),
        ({}, None),
    ],
)
def test_what_a_selection_selects(selected: Any, sure: bool | None) -> None:
    made, name = planned([rule(DAILY, 35)])["cloudformation"]
    table_ = resource("DynamoDB::Table", TableName="orders", Tags=[{"Key": "backup", "Value": "daily"}])
    selection = resource(
        "Backup::BackupSelection", BackupPlanId={"Ref": "Plan"}, BackupSelection={"SelectionName": "s", **selected}
    )
    made = {"Resources": {**made["Resources"], "A": table_, "Selection": selection}}
    ways = stores.bound(store(made, name), "software").ways
    assert [way.sure for way in ways] == ([] if sure is None else [sure])


OPEN = Declared()


def test_what_may_be_made_elsewhere_is_no_sure_way_and_as_good_as_it_can_be() -> None:
    """Another stack's plan, by what AWS Backup supports; in another Region, anything."""
    cases = [
        (table({}, {}), "software", 0),
        (rds(*OFF), "software", 0),
        (rds(*OFF), "az", 0),
        (group(*FAILS_OVER), "software", 0),
        (group(*FAILS_OVER), "region", 0),
        (table({}, {}), "region", 0),
    ]
    for made, disruption, floor in cases:
        for template, name in made.values():
            found = said(template, name, disruption, OPEN)
            assert (found.floor, found.ceiling, found.typical) == (floor, None, None)
            assert found.back == ("none" if floor == inf else "unknown")


def test_what_is_declared_elsewhere_is_a_way() -> None:
    backups = (
        Elsewhere(DAY, "here:3", 35 * DAY, ("eu-central-1",), ("AWS::DynamoDB::*",)),
        Elsewhere(3600, "here:4", types=("AWS::RDS::*",)),
    )
    recovery = Recovery(Layer({}, "here"), complete=True, regions=("eu-west-1",), elsewhere=backups)
    made = table({}, {})["cloudformation"]
    assert said(*made, "software", Declared(recovery=recovery)) == Said(DAY, None, DAY, "restore", 35 * DAY)
    assert said(*made, "region", Declared(recovery=recovery)) == Said(DAY, None, DAY, "restore")


@pytest.mark.parametrize(
    "copier",
    [
        resource("DMS::ReplicationTask"),
        resource("Scheduler::Schedule", Target={"Arn": "arn:aws:scheduler:::aws-sdk:rds:createDBSnapshot"}),
        resource(
            "IAM::Policy",
            PolicyDocument={"Statement": [{"Effect": "Allow", "Action": "rds:CreateDBSnapshot", "Resource": "*"}]},
        ),
    ],
    ids=["task", "schedule", "policy"],
)
def test_a_program_that_may_make_copies_is_an_unsure_way(copier: Any) -> None:
    made = stack(A=resource("RDS::DBInstance", Engine="postgres", BackupRetentionPeriod=0), Copier=copier)
    assert said(made, "A", "software") == Said(0, None, None, "unknown")
