"""Entries, restore tests and plans of a Region switch: what rules must not report, and what their messages say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.cases import each_case
from tests.linting import Found, found, messages, resource, resources, stack

from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import Layer, Measured, Recovery
from awslint_memo.relations.recovery import restore_tests

DAY = 86400.0


def wants(entries: dict[str, Any], **more: Any) -> Declared:
    return Declared(recovery=Recovery(Layer(entries, "conf:1"), **more))


PLAN = resource(
    "Backup::BackupPlan",
    BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [{"RuleName": "r", "TargetBackupVault": "Default"}]},
)
TESTS = resource(
    "Backup::RestoreTestingPlan",
    RestoreTestingPlanName="tests",
    ScheduleExpression="rate(7 days)",
    RecoveryPointSelection={"IncludeVaults": ["*"], "RecoveryPointTypes": ["SNAPSHOT"]},
)


def selected(arn: Any) -> Any:
    return resource(
        "Backup::BackupSelection",
        BackupPlanId={"Ref": "Plan"},
        BackupSelection={"SelectionName": "s", "IamRoleArn": "role", "Resources": [arn]},
    )


def of_type(type_: Any, **more: Any) -> Any:
    settings = {"ProtectedResourceType": type_, "ProtectedResourceArns": ["*"], **more}
    return resource("Backup::RestoreTestingSelection", RestoreTestingPlanName={"Ref": "Tests"}, **settings)


TABLE = resource("DynamoDB::Table", TableName="orders", Tags=[{"Key": "tier", "Value": "one"}])
OF_TABLE = selected({"Fn::GetAtt": ["Store", "Arn"]})


def untested(
    selection: Any, entries: dict[str, Any] | None = None, store: Any = TABLE, backup: Any = OF_TABLE, **more: Any
) -> list[Found]:
    template = stack(Store=store, Plan=PLAN, Backup=backup, Tests=TESTS, Selection=selection)
    declared = wants({"software.rto": 3600.0} if entries is None else entries, **more)
    return found("recovery-restore-untested", template, declared=declared)


def test_a_store_that_tests_leave_out_is_advice() -> None:
    assert untested(of_type("EFS")) == [Found("advice", "Store", "Store")]


TAGGED = {"StringEquals": [{"Key": "aws:ResourceTag/tier", "Value": "one"}]}
OTHER = {"StringEquals": [{"Key": "aws:ResourceTag/tier", "Value": "two"}]}
STARRED = {"StringEquals": [{"Key": "aws:ResourceTag/tier", "Value": "on*"}]}


@each_case(
    ("selection", "is_found"),
    [
        (of_type("DynamoDB"), False),
        (of_type({"Fn::ImportValue": "type"}), False),
        (of_type("DynamoDB", ProtectedResourceConditions=TAGGED), False),
        (of_type("DynamoDB", ProtectedResourceConditions=OTHER), True),
        (of_type("DynamoDB", ProtectedResourceConditions=STARRED), True),
        (of_type("DynamoDB", ProtectedResourceArns=[{"Fn::GetAtt": ["Store", "Arn"]}]), False),
        (of_type("DynamoDB", ProtectedResourceArns=["arn:aws:dynamodb:eu-west-1:123456789012:table/carts"]), True),
    ],
)
def test_a_selection_by_type_arn_or_tags_restores(selection: Any, is_found: bool) -> None:
    assert bool(untested(selection)) == is_found


@each_case(("on", "is_found"), [(1, False), (365, False), (366, True)])
def test_a_drill_of_the_last_year_is_as_good(on: int, is_found: bool) -> None:
    drill = Measured(("Store",), "software", 60.0, date.today() - timedelta(days=on), "conf:9")
    assert bool(untested(of_type("EFS"), measured=(drill,))) == is_found


def test_only_an_rto_and_a_restore_by_a_plan_need_a_test() -> None:
    assert untested(of_type("EFS"), {"software.rpo": DAY}) == []
    recovering = resource("DynamoDB::Table", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True})
    assert untested(of_type("EFS"), store=recovering, backup=selected("arn:aws:dynamodb:a:b:table/other")) == []


@each_case(("engine", "type_"), [("mysql", "RDS"), ("aurora-mysql", "Aurora")])
def test_a_cluster_is_of_the_type_of_its_engine(engine: str, type_: str) -> None:
    cluster = resources(stack(Store=resource("RDS::DBCluster", Engine=engine)))["Store"]
    assert (restore_tests.is_testable(cluster), restore_tests.type_name(cluster)) == (True, type_)


def test_what_restore_tests_do_not_know_needs_none() -> None:
    warehouse = resource("Redshift::Cluster", NodeType="dc2.large", AutomatedSnapshotRetentionPeriod=0)
    of_warehouse = selected("arn:aws:redshift:*:*:cluster:*")
    assert untested(of_type("EFS"), store=warehouse, backup=of_warehouse) == []


def check(**settings: Any) -> Any:
    return resource("Route53::HealthCheck", HealthCheckConfig=settings)


def record(name: str, **more: Any) -> Any:
    target = f"web-1.{name}.elb.amazonaws.com"
    common = {"HostedZoneId": "Z1", "Name": "www.example.com", "Type": "CNAME", "TTL": 600}
    return resource("Route53::RecordSet", **common, SetIdentifier=name, ResourceRecords=[target], **more)


ORDERS = resource("DynamoDB::GlobalTable", TableName="orders", Replicas=[{"Region": "eu-west-1"}])
REGIONS = ("eu-west-1", "eu-central-1")


def entry_messages(rto: float, first: Any, second: Any, **more: Any) -> list[str]:
    template = stack(Orders=ORDERS, First=first, Second=second, **more)
    return messages("recovery-entry-late", template, declared=wants({"region.rto": rto}, regions=REGIONS))


def test_a_message_has_the_steps_that_take_time() -> None:
    first, second = record("eu-west-1", Weight=1), record("eu-central-1", Weight=1)
    [message] = entry_messages(300.0, first, second)
    assert message == (
        "First leads to eu-west-1 for 10m or more after its loss (resolvers keep the answer, 10m), but the RTO is 5m "
        "(conf:1); set a shorter TTL"
    )
    assert entry_messages(600.0, first, second) == []


@each_case(
    ("settings", "ttl", "remedy"),
    [
        ({"Type": "HTTPS", "FailureThreshold": 9}, True, "lower FailureThreshold or RequestInterval of its check and"),
        ({"Type": "HTTPS", "FailureThreshold": 9}, False, "lower FailureThreshold or RequestInterval of its check"),
        (
            {"Type": "CLOUDWATCH_METRIC", "AlarmIdentifier": {"Name": {"Ref": "Down"}, "Region": "eu-west-1"}},
            False,
            "lower Period or EvaluationPeriods of its alarm",
        ),
        (None, False, "declare a longer RTO, as AWS sets the TTL of what the alias leads to"),
    ],
)
def test_a_remedy_names_what_is_set(settings: dict[str, Any] | None, ttl: bool, remedy: str) -> None:
    metric = {"Namespace": "AWS/ApplicationELB", "MetricName": "HTTPCode_ELB_5XX_Count", "Statistic": "Sum"}
    alarm = resource("CloudWatch::Alarm", **metric, Period=300, EvaluationPeriods=2)
    pair = [record(region, Weight=1, **checked) for region, checked in zip(REGIONS, (CHECKED, {}), strict=True)]
    if not ttl:
        pair = [as_alias(each) for each in pair]
    if settings is None:
        pair[0]["Properties"].pop("HealthCheckId")
    [message] = entry_messages(30.0, *pair, Down=alarm, Check=check(**(settings or {"Type": "HTTPS"})))
    assert message.partition("); ")[2].startswith(remedy)
    assert message.endswith(" and set a shorter TTL") == ttl


CHECKED = {"HealthCheckId": {"Ref": "Check"}}


def as_alias(each: Any) -> Any:
    """A record as an alias to the same load balancer."""
    kept = {name: value for name, value in each["Properties"].items() if name not in ("TTL", "ResourceRecords")}
    target = {"DNSName": each["Properties"]["ResourceRecords"][0], "HostedZoneId": "Z2"}
    return {**each, "Properties": {**kept, "Type": "A", "AliasTarget": target}}


def test_an_objective_for_another_disruption_asks_nothing_of_entries() -> None:
    template = stack(Orders=ORDERS, First=record("eu-west-1", Weight=1), Second=record("eu-central-1", Weight=1))
    assert messages("recovery-entry-late", template, declared=wants({"az.rto": 60.0}, regions=REGIONS)) == []


def test_what_leads_to_another_region_is_not_lost() -> None:
    first, second = record("eu-central-1", Weight=1), record("eu-north-1", Weight=1)
    assert entry_messages(60.0, first, second) == []


def switch_messages(action: str, **target: str) -> list[str]:
    groups = [{"Arn": "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:0:autoScalingGroupName/web"}]
    step = {"Name": "scale", "ExecutionBlockConfiguration": {"Ec2AsgCapacityIncreaseConfig": {"Asgs": groups}}}
    workflow = {"WorkflowTargetAction": action, "Steps": [step], **target}
    plan = resource("ARCRegionSwitch::Plan", Regions=[*REGIONS], Workflows=[workflow])
    return messages("region-switch-step-missing", stack(Switch=plan))


def test_what_deactivates_a_region_needs_nothing_in_it() -> None:
    assert switch_messages("activate", WorkflowTargetRegion="eu-west-1") == [
        "Switch has the step scale, with nothing of eu-west-1 in Asgs, though it is to activate that Region; name what "
        "is in eu-west-1 too"
    ]
    assert switch_messages("activate", WorkflowTargetRegion="eu-central-1") == []
    assert switch_messages("deactivate", WorkflowTargetRegion="eu-west-1") == []
    assert switch_messages("deactivate") == []
