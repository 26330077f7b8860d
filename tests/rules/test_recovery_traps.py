"""Recovery: what its rules must not report, and at which level they report what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, Found, found, lint_with, messages, resource, stack

from awslint_memo import api
from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import Application, Layer, Measured, Recovery

DAY = 86400.0


def wants(entries: dict[str, Any], *, complete: bool = False, **more: Any) -> Declared:
    return Declared(recovery=Recovery(Layer(entries, "conf:1"), complete=complete, **more))


def table(**properties: Any) -> Any:
    return stack(Table=resource("DynamoDB::Table", **{"BillingMode": "PAY_PER_REQUEST", **properties}))


RECOVERING = {"PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True}}


@pytest.mark.parametrize(
    ("complete", "level"), [(True, "warning"), (False, "advice")], ids=["complete", "others may make some"]
)
def test_nothing_seen_is_a_warning_only_where_nothing_else_is(complete: bool, level: str) -> None:
    for rule, entries in (
        ("recovery-no-backup", {"software.rpo": DAY}),
        ("recovery-no-backup", {"keep": DAY}),
        ("recovery-region-unprotected", {"region.rto": DAY}),
        ("recovery-region-unprotected", {"strategy": "pilot-light"}),
    ):
        assert found(rule, table(), declared=wants(entries, complete=complete)) == [Found(level, "Table", "Table")]


@pytest.mark.parametrize(("rule", "key"), [("no-backup", "software.rpo"), ("region-unprotected", "region.rpo")])
def test_data_are_lost_for_sure_only_where_nothing_is_elsewhere(rule: str, key: str) -> None:
    for complete in (True, False):
        [said] = messages(f"recovery-{rule}", table(), declared=wants({key: DAY}, complete=complete))
        assert ("if nothing elsewhere makes one" in said) is not complete


def test_one_store_and_one_disruption_have_one_finding() -> None:
    declared = wants({"rpo": 60.0, "rto": 60.0, "keep": DAY}, complete=True)
    reported = {
        rule: len(found(rule, table(), declared=declared))
        for rule in ("recovery-no-backup", "recovery-region-unprotected", "recovery-rpo-unmet", "recovery-retention")
    }
    assert reported == {
        "recovery-no-backup": 1,
        "recovery-region-unprotected": 1,
        "recovery-rpo-unmet": 0,
        "recovery-retention": 0,
    }


def test_a_backup_elsewhere_that_comes_too_late_is_told_once() -> None:
    declared = wants({"software.rpo": 60.0})
    assert found("recovery-no-backup", stack(Store=NODE), declared=declared) == []
    assert len(found("recovery-rpo-unmet", stack(Store=NODE), declared=declared)) == 1


def test_a_backup_elsewhere_may_be_made_at_any_time() -> None:
    declared = wants({"software.rpo": 60.0})
    assert [one.level for one in found("recovery-no-backup", table(), declared=declared)] == ["advice"]
    assert found("recovery-rpo-unmet", table(), declared=declared) == []


def test_an_objective_of_zero_is_typically_missed_by_point_in_time_recovery() -> None:
    declared = wants({"software.rpo": 0.0}, complete=True)
    assert found("recovery-rpo-unmet", table(**RECOVERING), declared=declared) == [Found("advice", "Table", "Table")]


@each_case(
    "store",
    [
        resource("ElastiCache::CacheCluster", Engine="memcached"),
        resource("RDS::DBInstance", Engine="postgres", SourceDBInstanceIdentifier="other"),
        resource("RDS::DBInstance", Engine="aurora-mysql", DBClusterIdentifier="other"),
        resource("RDS::DBCluster", Engine="aurora-mysql", GlobalClusterIdentifier="other"),
        resource("ElastiCache::ReplicationGroup", Engine="redis", GlobalReplicationGroupId="other"),
        resource("SQS::Queue"),
        resource("Kinesis::Stream", RetentionPeriodHours=24),
    ],
    ids=["memcached", "replica", "member", "secondary", "datastore", "queue", "stream"],
)
def test_what_is_no_store_of_its_own_has_no_objective(store: Any) -> None:
    declared = wants({"rpo": 0.0, "rto": 0.0, "keep": 99 * DAY}, complete=True)
    for rule in ("no-backup", "region-unprotected", "rpo-unmet", "rto-unmet", "retention", "objective-missing"):
        assert found(f"recovery-{rule}", stack(Store=store), declared=declared) == []


@pytest.mark.parametrize(
    ("store", "is_found"),
    [
        (resource("RDS::DBInstance", Engine="postgres"), True),
        # The original has the objective.
        (resource("RDS::DBInstance", SourceDBInstanceIdentifier="orders"), False),
    ],
)
def test_a_copy_needs_no_objective(store: Any, *, is_found: bool) -> None:
    assert len(found("recovery-objective-missing", stack(Store=store), declared=wants({}))) == is_found


def test_what_is_made_again_needs_no_objective_where_others_have_one() -> None:
    again = Application("shop", Layer({"rebuildable": "again"}, "conf:3"), resources=("Tab*",))
    assert found("recovery-objective-missing", table(), declared=wants({}, applications=(again,))) == []


def test_what_is_made_again_has_no_objective() -> None:
    shop = Application("shop", Layer({"rebuildable": "again"}, "conf:3"), resources=("Tab*",))
    declared = wants({"rpo": 60.0, "rto": 60.0}, complete=True, applications=(shop,))
    for rule in ("no-backup", "region-unprotected", "rpo-unmet", "rto-unmet", "objective-missing"):
        assert found(f"recovery-{rule}", table(), declared=declared) == []


@each_case(
    ("application", "matches"),
    [
        (Application("a", Layer({"rpo": 60.0}, ""), paths=("template",)), True),
        (Application("a", Layer({"rpo": 60.0}, ""), paths=("other/**",)), False),
        (Application("a", Layer({"rpo": 60.0}, ""), tags={"app": ("sh*",)}), True),
        (Application("a", Layer({"rpo": 60.0}, ""), tags={"app": ("other",)}), False),
        (Application("a", Layer({"rpo": 60.0}, ""), tags={"other": ("shop",)}), False),
        (Application("a", Layer({"rpo": 60.0}, ""), resources=("Table",), tags={"app": ("other",)}), False),
        (Application("a", Layer({"rpo": 60.0}, ""), stacks=("prod-*",)), False),
    ],
)
def test_an_application_has_what_matches_all_that_is_written(application: Application, matches: bool) -> None:
    tagged = table(Tags=[{"Key": "app", "Value": "shop"}])
    declared = wants({}, complete=True, applications=(application,))
    assert bool(found("recovery-no-backup", tagged, declared=declared)) == matches
    assert bool(found("recovery-objective-missing", tagged, declared=declared)) != matches


@each_case(
    ("took", "on", "level"),
    [(7200.0, 1, "warning"), (60.0, 400, "advice"), (60.0, 366, "advice"), (60.0, 365, None), (60.0, 1, None)],
)
def test_what_was_measured_is_a_fact(took: float, on: int, level: str | None) -> None:
    drill = Measured(("Table",), "software", took, date.today() - timedelta(days=on), "conf:9")
    declared = wants({"software.rto": 3600.0}, measured=(drill,))
    reported = found("recovery-rto-unmet", table(**RECOVERING), declared=declared)
    assert [one.level for one in reported] == ([] if level is None else [level])


DATABASE = stack(Table=resource("RDS::DBInstance", Engine="postgres", MultiAZ=True, BackupRetentionPeriod=7))


def test_what_a_policy_may_not_be_meant_for_is_told_apart() -> None:
    """Two disruptions are one finding only where both objectives are meant for the store."""
    targets = {one: {"RtoInSecs": 3600, "RpoInSecs": 86400} for one in ("AZ", "Hardware", "Software")}
    policy = resource("ResilienceHub::ResiliencyPolicy", PolicyName="p", Tier="Critical", Policy=targets)
    template = stack(Policy=policy, Table=DATABASE["Resources"]["Table"])
    drills = tuple(
        Measured(("Table",), one, 7200.0, date.today() - timedelta(days=1), "conf:9")
        for one in ("software", "hardware")
    )
    for entries, expected in (
        ({}, ["advice"]),
        ({"rto": 3600.0}, ["warning"]),
        ({"hardware.rto": 3600.0}, ["advice", "warning"]),
    ):
        reported = found("recovery-rto-unmet", template, declared=wants(entries, measured=drills))
        assert sorted(str(one.level) for one in reported) == expected


def test_a_restore_is_advice_below_an_hour_or_what_one_says() -> None:
    for rto, options, count in ((1800.0, {}, 1), (3600.0, {}, 0), (3600.0, {"restore_takes": 2}, 1)):
        declared = wants({"software.rto": rto})
        assert len(found("recovery-rto-unmet", table(**RECOVERING), declared=declared, options=options)) == count


NODE = resource("ElastiCache::ReplicationGroup", Engine="valkey", NumCacheClusters=1)
FORTNIGHT = {"RuleName": "r", "TargetBackupVault": "v", "Lifecycle": {"DeleteAfterDays": 14}}


def planned_table() -> Any:
    resources = {**PLANNED["Resources"], "Orders": resource("DynamoDB::Table")}
    return {"Resources": {name: made for name, made in resources.items() if name != "Database"}}


PLANNED = stack(
    Database=DATABASE["Resources"]["Table"],
    Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [FORTNIGHT]}),
    Selection=resource("Backup::BackupSelection", BackupPlanId={"Ref": "Plan"}, BackupSelection={"Resources": ["*"]}),
)


@each_case(
    ("rule", "template", "entries", "said"),
    [
        ("rpo-unmet", table(**RECOVERING), {"software.rpo": 60.0}, "typically loses 5m of data"),
        ("rpo-unmet", table(**RECOVERING), {"software.rpo": 60.0}, "more than its RPO of 1m:"),
        # What a backup elsewhere may bring back is not all data.
        ("rpo-unmet", stack(Store=NODE), {"software.rpo": 60.0}, "Store loses 1h 12m of data or more when"),
        ("rpo-unmet", stack(Store=NODE), {"hardware.rpo": 60.0}, "Store loses 1h 12m of data or more when"),
        ("rpo-unmet", planned_table(), {"software.rpo": DAY}, "Orders is expected to lose 32h of data when"),
        ("rto-unmet", DATABASE, {"hardware.rto": 30.0}, "typically takes 2m to be back"),
        ("region-unprotected", table(), {"region.rpo": DAY}, "of its objective (conf:1)"),
        ("region-unprotected", table(), {"region.rto": DAY}, "of its objective (conf:1)"),
        ("region-unprotected", table(), {"strategy": "pilot-light"}, "of its objective (conf:1)"),
        ("retention", table(**RECOVERING), {"keep": 99 * DAY}, "can go back 35d at most"),
        ("retention", PLANNED, {"keep": 99 * DAY}, "can go back 14d at most (AWS Backup plan Plan)"),
    ],
)
def test_a_message_has_the_numbers(rule: str, template: Any, entries: dict[str, Any], said: str) -> None:
    [message] = messages(f"recovery-{rule}", template, declared=wants(entries))
    assert said in message


def test_development_needs_no_objective() -> None:
    names = stack(OrdersTest=resource("DynamoDB::Table"), Orders=resource("DynamoDB::Table"))
    assert [one.resource for one in found("recovery-objective-missing", names, declared=wants({}))] == ["Orders"]


def test_a_tag_may_hold_an_objective() -> None:
    declared = wants({}, complete=True, tag_names={"rpo": "dr:rpo"})
    tagged = table(Tags=[{"Key": "dr:rpo", "Value": "1h"}])
    assert "(the tags of Table)" in messages("recovery-no-backup", tagged, declared=declared)[0]
    assert messages("recovery-objective-missing", tagged, declared=declared) == []
    wrong = table(Tags=[{"Key": "dr:rpo", "Value": "soon"}])
    said = messages("recovery-objective-missing", wrong, declared=declared)
    assert said[0] == 'Table has a tag for its RPO with "soon", which is no length of time; write 15m or 1h'


def test_a_missing_standby_is_told_once() -> None:
    """And what else is missed is told beside it."""
    text = (
        "Metadata: {awslint-memo: {recovery: {rpo: 1m}}}\n"
        "Resources:\n"
        "  Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, BackupRetentionPeriod: 7}}\n"
    )
    rules = ["rds-multi-az", "recovery-rpo-unmet"]
    both = api.lint(["a.yaml"], select=rules, advice=True, unsaved={"a.yaml": text}).findings
    assert [(one.rule, one.level) for one in both] == [("rds-multi-az", "warning"), ("recovery-rpo-unmet", "advice")]
    alone = api.lint(["a.yaml"], select=rules[1:], advice=True, unsaved={"a.yaml": text}).findings
    assert [one.level for one in alone] == ["advice"]


def selection(**said: Any) -> Any:
    return resource(
        "Backup::BackupSelection",
        BackupPlanId="plan",
        BackupSelection={"SelectionName": "s", "IamRoleArn": "arn:aws:iam::123456789012:role/b", **said},
    )


def tag(key: str, value: Any) -> dict[str, Any]:
    return {"ConditionType": "STRINGEQUALS", "ConditionKey": key, "ConditionValue": value}


@each_case(
    ("tags", "wanted", "count"),
    [
        ({"backup": "daily"}, [tag("Backup", "daily")], 1),
        ({"backup": "daily"}, [tag("backup", "Daily")], 1),
        ({"backup": "daily"}, [tag("backup", "daily")], 0),
        ({"backup": "daily"}, [tag("Backup", "daily"), tag("backup", "daily")], 0),
        ({"backup": "daily"}, [tag("Backup", IMPORTED)], 0),
        ({"backup": "daily"}, [tag("other", "daily")], 0),
        ({}, [tag("Backup", "daily")], 0),
    ],
)
def test_a_tag_in_other_case_selects_nothing(tags: dict[str, str], wanted: Any, count: int) -> None:
    pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
    made = stack(Table=resource("DynamoDB::Table", Tags=pairs), Selection=selection(ListOfTags=wanted))
    assert len(found("backup-selects-nothing", made)) == count


@each_case(
    ("conditions", "count"),
    [
        ({"StringEquals": [tag("aws:ResourceTag/Backup", "daily")]}, 1),
        ({"StringEquals": [tag("aws:ResourceTag/backup", "daily")]}, 0),
        # All of them must hold.
        ({"StringEquals": [tag("aws:ResourceTag/app", "shop"), tag("aws:ResourceTag/backup", "Daily")]}, 1),
        ({"StringEquals": [tag("aws:ResourceTag/backup", IMPORTED)]}, 0),
        ({"StringNotEquals": [tag("aws:ResourceTag/Backup", "daily")]}, 0),
        (IMPORTED, 0),
    ],
)
def test_a_condition_in_other_case_selects_nothing(conditions: Any, count: int) -> None:
    pairs = [{"Key": "backup", "Value": "daily"}, {"Key": "app", "Value": "shop"}]
    chosen = selection(Resources=["*"], Conditions=conditions)
    made = stack(Table=resource("DynamoDB::Table", Tags=pairs), Selection=chosen)
    assert len(found("backup-selects-nothing", made)) == count


def test_another_type_that_bears_the_tag_is_selected() -> None:
    made = stack(
        Table=resource("DynamoDB::Table", Tags=[{"Key": "backup", "Value": "daily"}]),
        Files=resource("EFS::FileSystem", FileSystemTags=[{"Key": "Backup", "Value": "daily"}]),
        Selection=selection(ListOfTags=[tag("Backup", "daily")]),
    )
    assert found("backup-selects-nothing", made) == []


@each_case(("regions", "count"), [(("us-east-1",), 1), (("us-east-1", "eu-west-1"), 0), (("*",), 0), ((), 0)])
def test_resources_of_another_region_are_not_selected(regions: tuple[str, ...], count: int) -> None:
    arns = [f"arn:aws:dynamodb:{region}:123456789012:table/a" for region in regions]
    made = stack(Selection=selection(Resources=arns))
    assert len(found("backup-selects-nothing", made, declared=wants({}, regions=("eu-west-1",)))) == count
    assert found("backup-selects-nothing", made) == []


VOLUME = resource("EC2::Volume", AvailabilityZone="eu-west-1a", Size=1)
SCRATCH = resource("FSx::FileSystem", FileSystemType="LUSTRE", LustreConfiguration={"AutomaticBackupRetentionDays": 0})
WAREHOUSE = resource("Redshift::Cluster", NodeType="dc2.large", AutomatedSnapshotRetentionPeriod=0)
ONE_ZONE = resource("EFS::FileSystem", AvailabilityZoneName="eu-west-1a", BackupPolicy={"Status": "DISABLED"})
DIRECTORY = resource("S3Express::DirectoryBucket", LocationName="euw1-az1", DataRedundancy="SingleAvailabilityZone")


@pytest.mark.parametrize(
    "store", [VOLUME, SCRATCH, WAREHOUSE, ONE_ZONE, DIRECTORY], ids=["EBS", "FSx", "Redshift", "EFS", "directory"]
)
def test_data_in_one_zone_are_told_once(store: Any) -> None:
    """By one rule for each disruption, whatever is asked for, as a warning only where nothing else makes backups."""
    rules = ("no-backup", "az-unprotected", "region-unprotected", "rpo-unmet", "rto-unmet")
    for asked in ({"az.rpo": DAY}, {"az.rto": DAY}, {"az.rpo": DAY, "az.rto": DAY}):
        for complete, level in ((True, "warning"), (False, "advice")):
            declared = wants(asked, complete=complete)
            reported = {rule: found(f"recovery-{rule}", stack(Store=store), declared=declared) for rule in rules}
            assert {rule: one for rule, one in reported.items() if one} == {
                "az-unprotected": [Found(level, "Store", "Store")]
            }
            [message] = messages("recovery-az-unprotected", stack(Store=store), declared=declared)
            assert ("if nothing elsewhere makes a backup" in message) is not complete


def test_a_snapshot_of_a_volume_may_be_asked_for_at_any_time() -> None:
    declared = wants({"az.rpo": 60.0})
    assert [one.level for one in found("recovery-az-unprotected", stack(Store=VOLUME), declared=declared)] == ["advice"]
    assert found("recovery-rpo-unmet", stack(Store=VOLUME), declared=declared) == []


@each_case(
    "store",
    [
        resource("EFS::FileSystem"),
        resource("EFS::FileSystem", AvailabilityZoneName="eu-west-1a"),
        resource("EFS::FileSystem", AvailabilityZoneName=IMPORTED, BackupPolicy={"Status": "DISABLED"}),
        resource("Redshift::Cluster", NodeType="ra3.large", AutomatedSnapshotRetentionPeriod=0),
        resource("Redshift::Cluster", NodeType=IMPORTED, AutomatedSnapshotRetentionPeriod=0),
        resource("FSx::FileSystem", FileSystemType="WINDOWS"),
        resource("FSx::FileSystem", FileSystemType=IMPORTED),
        resource("RDS::DBInstance", Engine="postgres", BackupRetentionPeriod=0),
    ],
    ids=["Regional", "on by default", "perhaps Regional", "RA3", "perhaps RA3", "not written", "any kind", "RDS"],
)
def test_what_is_not_surely_in_one_zone_alone_is_not_told(store: Any) -> None:
    declared = wants({"az.rpo": 99 * DAY}, complete=True)
    assert found("recovery-az-unprotected", stack(Store=store), declared=declared) == []


def kept(days: Any, vault: Any, **more: Any) -> Any:
    rule = {"RuleName": "r", "TargetBackupVault": vault, "Lifecycle": {"DeleteAfterDays": days}, **more}
    return resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [rule]})


def of_vault(plan: Any, vault: Any = None, **table: Any) -> Any:
    return stack(
        {"Parameters": {"Days": {"Type": "Number"}}},
        Table=resource("DynamoDB::Table", TableName="a", **table),
        Other=resource("DynamoDB::Table", TableName="b"),
        Vault=vault or resource("Backup::BackupVault", BackupVaultName="v"),
        Plan=plan,
        S=resource("Backup::BackupSelection", BackupPlanId={"Ref": "Plan"}, BackupSelection={"Resources": ["*"]}),
    )


HERE = {"Ref": "Vault"}
COPIED = {"CopyActions": [{"DestinationBackupVaultArn": "arn:aws:backup:eu-west-3:123456789012:backup-vault:x"}]}


def locked(**lock: Any) -> Any:
    return resource("Backup::BackupVault", BackupVaultName="v", LockConfiguration={"MinRetentionDays": 30, **lock})


@pytest.mark.parametrize(
    ("template", "count"),
    [
        (of_vault(kept(90, HERE)), 1),
        (of_vault(kept(-1, HERE)), 1),
        (of_vault(kept(90, HERE), locked()), 1),
        (of_vault(kept(90, HERE), locked(ChangeableForDays=3)), 0),
        (of_vault(kept(90, HERE), locked(ChangeableForDays={"Ref": "Days"})), 0),
        (of_vault(kept(90, HERE), resource("Backup::BackupVault", LockConfiguration=IMPORTED)), 0),
        (of_vault(kept(90, "elsewhere")), 0),
        # Not kept long enough: another rule speaks.
        (of_vault(kept(30, HERE)), 0),
        # A copy that may be locked, or is.
        (of_vault(kept(90, HERE, **COPIED)), 0),
        (of_vault(kept(90, HERE, TargetLogicallyAirGappedBackupVaultArn="arn:aws:backup:a:1:backup-vault:x")), 0),
    ],
    ids=["none", "for ever", "not final", "final", "perhaps", "unknown", "elsewhere", "short", "copied", "air-gapped"],
)
def test_a_vault_without_a_lock_is_told_once_for_all_stores(template: Any, count: int) -> None:
    said = lint_with("recovery-vault-unlocked", template, declared=wants({"keep": 90 * DAY}))
    # One decision, one finding: the stores are named together.
    assert len(said) == 2 * count
    assert all(one.plural is not None for one in said)
    assert lint_with("recovery-vault-unlocked", template, declared=wants({"rpo": DAY})) == []


def test_what_is_kept_long_elsewhere_needs_no_lock() -> None:
    from awslint_memo.model.objectives import Elsewhere

    declared = wants({"keep": 90 * DAY}, elsewhere=(Elsewhere(DAY, "here:1", 90 * DAY),))
    assert lint_with("recovery-vault-unlocked", of_vault(kept(90, HERE)), declared=declared) == []


def test_a_policy_alone_asks_for_no_objective_of_what_it_may_not_be_for() -> None:
    """Where its values are not known, nobody says that it is meant for this."""
    unknown = {"Software": {"RpoInSecs": IMPORTED, "RtoInSecs": IMPORTED}}
    policy = resource("ResilienceHub::ResiliencyPolicy", PolicyName="shop", Tier="Important", Policy=unknown)
    both = stack(Policy=policy, Table=resource("DynamoDB::Table", BillingMode="PAY_PER_REQUEST"))
    assert found("recovery-objective-missing", both) == []
    assert len(found("recovery-objective-missing", both, declared=wants({}))) == 1


@each_case(
    "rule, type_, remedy",
    [
        ("recovery-region-unprotected", "DSQL::Cluster", "peer it with a cluster in another Region"),
        ("recovery-region-unprotected", "Timestream::InfluxDBInstance", "copy backups of its engine there"),
        ("recovery-region-unprotected", "ElastiCache::ReplicationGroup", "make it the primary of a global datastore"),
        ("recovery-no-backup", "Cassandra::Table", "set PointInTimeRecoveryEnabled to true"),
        ("recovery-no-backup", "Timestream::Table", "make a backup plan for it"),
    ],
)
def test_the_remedy_is_one_that_the_service_has(rule: str, type_: str, remedy: str) -> None:
    template = stack(Store=resource(type_))
    [message] = messages(rule, template, declared=wants({"software.rpo": DAY, "region.rpo": DAY}, complete=True))
    assert remedy in message
