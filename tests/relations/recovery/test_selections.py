"""What AWS Backup selects by tags and conditions, with tags of providers; and where copies of its backups lie."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import IMPORTED, resource, resources, stack, terraform
from tests.recovery_bounds import COMPLETE, DAY, NONE, Said, said, store

from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import Layer, Recovery
from awslint_memo.model.value import Known
from awslint_memo.relations.recovery import backup_plans, selections, stores, tags
from awslint_memo.relations.recovery.selections import is_selected

RULE = {"RuleName": "r", "TargetBackupVault": "v"}


def selection(**said_: Any) -> Any:
    return resource("Backup::BackupSelection", BackupPlanId={"Ref": "Plan"}, BackupSelection=said_)


def selected(said_: Any, own: Any, declared: Declared | None = None) -> bool | None:
    made = stack(
        {"Parameters": {"P": {"Type": "String"}}},
        A=resource("DynamoDB::Table", TableName="a", Tags=[{"Key": key, "Value": it} for key, it in own.items()]),
        Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [RULE]}),
        S=selection(**said_),
    )
    found = resources(made)
    found["A"].deployment.declared = declared or Declared()
    return is_selected(found["S"], found["A"])


def condition(key: str, value: Any) -> dict[str, Any]:
    return {"ConditionKey": f"aws:ResourceTag/{key}", "ConditionValue": value}


def tag(key: str, value: Any) -> dict[str, Any]:
    return {"ConditionType": "STRINGEQUALS", "ConditionKey": key, "ConditionValue": value}


ALL = {"Resources": ["*"]}
THIS = {"Resources": [{"Fn::GetAtt": ["A", "Arn"]}]}
OWN = {"env": "prod", "app": "shop"}


@each_case(
    ("said_", "expected"),
    [
        ({**ALL, "Conditions": {"StringEquals": [condition("env", "prod")]}}, True),
        ({**ALL, "Conditions": {"StringEquals": [condition("env", "Prod")]}}, None),
        ({**ALL, "Conditions": {"StringEquals": [condition("env", "pr*")]}}, None),
        ({**ALL, "Conditions": {"StringLike": [condition("env", "pr*")]}}, True),
        ({**ALL, "Conditions": {"StringLike": [condition("env", "de*")]}}, None),
        ({**ALL, "Conditions": {"StringNotEquals": [condition("env", "dev")]}}, True),
        ({**ALL, "Conditions": {"StringNotEquals": [condition("env", "prod")]}}, None),
        ({**ALL, "Conditions": {"StringNotLike": [condition("env", "p*")]}}, None),
        # Only the operators with Like have wildcards, also for the tag that CloudFormation gives.
        ({**ALL, "Conditions": {"StringEquals": [condition("aws:cloudformation:logical-id", "*")]}}, None),
        ({**ALL, "Conditions": {"StringEquals": [condition("aws:cloudformation:logical-id", "A")]}}, False),
        ({**ALL, "Conditions": {"StringLike": [condition("aws:cloudformation:logical-id", "*")]}}, False),
        # All must hold.
        ({**ALL, "Conditions": {"StringEquals": [condition("env", "prod"), condition("app", "other")]}}, None),
        (
            {**ALL, "Conditions": {"StringEquals": [condition("env", "prod")], "StringLike": [condition("app", "s*")]}},
            True,
        ),
        # A tag that the stack may add, a value and a key that nothing tells, and operators that are not known.
        ({**ALL, "Conditions": {"StringEquals": [condition("unseen", "x")]}}, False),
        ({**ALL, "Conditions": {"StringEquals": [condition("env", {"Ref": "P"})]}}, False),
        ({**ALL, "Conditions": {"StringEquals": [{"ConditionKey": "env", "ConditionValue": "prod"}]}}, False),
        ({**ALL, "Conditions": {"StringEquals": IMPORTED}}, False),
        ({**ALL, "Conditions": IMPORTED}, False),
        # By tags alone, opting in decides.
        ({"Conditions": {"StringEquals": [condition("env", "prod")]}}, False),
        ({"ListOfTags": [tag("env", "prod")]}, False),
        ({**ALL, "ListOfTags": [tag("env", "dev"), tag("app", "shop")]}, True),
        ({**ALL, "ListOfTags": [tag("env", "dev")]}, None),
        ({**ALL, "ListOfTags": [tag("unseen", "dev")]}, False),
        # AWS's pages differ on what is named one by one.
        ({**THIS, "ListOfTags": [tag("env", "dev")]}, False),
        ({**THIS, "Conditions": {"StringEquals": [condition("env", "dev")]}}, False),
        ({**THIS, "Conditions": {"StringEquals": [condition("env", "prod")]}}, True),
    ],
)
def test_tags_and_conditions(said_: Any, expected: bool | None) -> None:
    assert selected(said_, OWN) is expected


def test_tags_that_are_not_seen_do_not_exist_where_the_templates_are_complete() -> None:
    by_tag = {"ListOfTags": [tag("unseen", "x")]}
    but = {**ALL, "Conditions": {"StringNotEquals": [condition("unseen", "x")]}}
    assert (selected(by_tag, OWN), selected(but, OWN)) == (False, False)
    assert (selected(by_tag, OWN, COMPLETE), selected(but, OWN, COMPLETE)) == (None, True)
    assert selected(by_tag, {"a": {"Ref": "P"}}, COMPLETE) is None


def its_tags(template: Any, name: str, declared: Declared | None = None) -> dict[str, str | None]:
    found = resources(template)[name]
    found.deployment.declared = declared or Declared()
    return {key: value.text for key, value in tags.tags(found).items()}


PROVIDER = {"provider": {"aws": {"region": "eu-west-1", "default_tags": {"tags": {"env": "prod", "app": "x"}}}}}


def test_tags_of_the_provider_are_those_of_its_resources() -> None:
    table = {
        "aws_dynamodb_table": {"a": {"name": "a", "tags": {"app": "shop"}}, "b": {"name": "b", "provider": "aws.two"}}
    }
    two = [{**PROVIDER["provider"]["aws"]}, {"alias": "two", "default_tags": {"tags": {"env": "${var.e}", "two": "2"}}}]
    made = terraform({"variable": {"e": {}}, "provider": {"aws": two}}, **table)
    assert its_tags(made, "aws_dynamodb_table.a") == {"env": "prod", "app": "shop"}
    assert its_tags(made, "aws_dynamodb_table.b") == {"env": None, "two": "2"}
    chosen = resources(made)["aws_dynamodb_table.b"]
    chosen.deployment.declared = COMPLETE
    assert (tags.lacks(chosen, "three"), tags.lacks(chosen, "two")) == (True, False)


def test_tags_that_are_partly_known_are_not_all() -> None:
    made = terraform(
        {"variable": {"t": {}}},
        aws_dynamodb_table={"a": {"name": "a", "tags": '${merge(var.t, { app = "shop" })}'}, "b": {"tags": "${var.t}"}},
    )
    found = resources(made)
    for name in ("a", "b"):
        one = found[f"aws_dynamodb_table.{name}"]
        one.deployment.declared = COMPLETE
        assert not tags.lacks(one, "env")
    assert its_tags(made, "aws_dynamodb_table.a") == {"app": "shop"}


def test_a_plan_shows_all_tags() -> None:
    planned = {
        "format_version": "1.2",
        "terraform_version": "1.15.5",
        "planned_values": {"root_module": {}},
        "resource_changes": [
            {
                "address": "aws_dynamodb_table.a",
                "mode": "managed",
                "type": "aws_dynamodb_table",
                "name": "a",
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {
                    "actions": ["create"],
                    "after": {"name": "a", "tags": None, "tags_all": {"env": "prod"}},
                    "after_unknown": {"arn": True},
                },
            }
        ],
        "configuration": {"root_module": {}},
    }
    assert its_tags(json.dumps(planned), "aws_dynamodb_table.a") == {"env": "prod"}


@pytest.mark.parametrize(
    ("wanted", "is_meant"), [({"env": ("prod",)}, True), ({"env": ("dev",)}, False), ({"app": ("x",)}, False)]
)
def test_what_a_selection_says_counts_with_the_tags_of_the_provider(wanted: Any, is_meant: bool) -> None:
    made = terraform(PROVIDER, aws_dynamodb_table={"a": {"name": "a", "tags": {"app": "shop"}}})
    assert (tags.has(resources(made)["aws_dynamodb_table.a"], wanted) is True) == is_meant


def copied(vault: Any, declared: Declared, lock: Any = None, **providers: Any) -> Said:
    rule = {"rule_name": "r", "target_vault_name": "v", "schedule": "cron(0 5 ? * * *)", **vault}
    made = terraform(
        providers or None,
        aws_dynamodb_table={"a": {"name": "a"}},
        aws_backup_vault={"far": {"name": "far", "provider": "aws.far"}},
        aws_backup_vault_lock_configuration={} if lock is None else {"far": {"backup_vault_name": "far", **lock}},
        aws_backup_plan={"p": {"name": "p", "rule": rule}},
        aws_backup_selection={"s": {"plan_id": "${aws_backup_plan.p.id}", "resources": ["*"], "name": "s"}},
    )
    return said(made, "aws_dynamodb_table.a", "region", declared)


IN_IRELAND = Declared(recovery=Recovery(Layer({}, "here"), complete=True, regions=("eu-west-1",)))
TO_VAULT = {"copy_action": {"destination_vault_arn": "${aws_backup_vault.far.arn}"}}
FAR = {"provider": {"aws": [{"alias": "far", "region": "eu-central-1"}]}}
COPIED = Said(DAY, None, None, "restore")


def test_a_vault_is_where_its_provider_is() -> None:
    """What no provider says of the plan, the configuration says of all."""
    assert copied(TO_VAULT, COMPLETE, **FAR) == COPIED._replace(back="unknown")
    assert copied(TO_VAULT, IN_IRELAND, **FAR) == COPIED
    both = {"provider": {"aws": [{"region": "eu-west-1"}, *FAR["provider"]["aws"]]}}
    assert copied(TO_VAULT, COMPLETE, **both) == COPIED
    same = {"provider": {"aws": [{"region": "eu-central-1"}, *FAR["provider"]["aws"]]}}
    assert copied(TO_VAULT, COMPLETE, **same) == NONE


@pytest.mark.parametrize(
    ("days", "expected"), [({"delete_after": 7}, NONE), ({"delete_after": 30}, COPIED), ({}, COPIED)]
)
def test_a_copy_that_the_lock_of_its_vault_refuses_is_none(days: Any, expected: Said) -> None:
    rule = {"copy_action": {**TO_VAULT["copy_action"], "lifecycle": days}}
    lock = {"min_retention_days": 14, "backup_vault_name": "${aws_backup_vault.far.name}", "provider": "aws.far"}
    assert copied(rule, IN_IRELAND, lock, **FAR) == expected


@pytest.mark.parametrize(("region", "expected"), [("eu-central-1", COPIED), ("eu-west-1", NONE)])
def test_an_air_gapped_vault_may_be_the_copy(region: str, expected: Said) -> None:
    arn = f"arn:aws:backup:{region}:123456789012:backup-vault:gapped"
    assert copied({"target_logically_air_gapped_backup_vault_arn": arn}, IN_IRELAND) == expected
    rule = {**RULE, "ScheduleExpression": "cron(0 5 ? * * *)", "TargetLogicallyAirGappedBackupVaultArn": arn}
    made = stack(
        A=resource("DynamoDB::Table"),
        Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [rule]}),
        S=selection(**ALL),
    )
    assert said(made, "A", "region", IN_IRELAND) == expected


def test_rules_of_one_plan_may_be_joined_and_plans_are_not() -> None:
    rules = [{**RULE, "ScheduleExpression": f"cron(0 {hour} ? * * *)"} for hour in (5, 17)]

    def ceiling(*of_plans: list[Any]) -> float | None:
        made = stack(
            A=resource("DynamoDB::Table"),
            **{
                f"P{at}": resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": one})
                for at, one in enumerate(of_plans)
            },
            **{
                f"S{at}": resource("Backup::BackupSelection", BackupPlanId={"Ref": f"P{at}"}, BackupSelection=ALL)
                for at in range(len(of_plans))
            },
        )
        bound = stores.bound(store(made, "A"), "software")
        assert bound.floor == DAY / 2
        assert len(backup_plans.selected(store(made, "A"))) == 2
        return bound.ceiling

    assert ceiling(rules) is None
    assert ceiling(rules[:1], rules[1:]) == DAY + 60 * (480 + 10080)


SNAPSHOTS = resource("Scheduler::Schedule", Target={"Arn": "arn:aws:scheduler:::aws-sdk:ec2:createSnapshot"})


def allowed(action: str) -> Any:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    return resource("IAM::Policy", PolicyDocument={"Statement": [statement]})


@each_case(
    ("copier", "type_", "is_way"),
    [
        (resource("DMS::ReplicationTask"), "DocDB::DBCluster", True),
        (resource("DMS::ReplicationTask"), "EFS::FileSystem", False),
        (resource("DataSync::Task"), "EFS::FileSystem", True),
        (resource("DataSync::Task"), "DynamoDB::Table", False),
        (SNAPSHOTS, "EC2::Volume", True),
        (SNAPSHOTS, "DynamoDB::Table", False),
        (resource("Lambda::EventSourceMapping", EventSourceArn={"Ref": "A"}), "DocDB::DBCluster", True),
        *(
            (
                allowed(action),
                type_,
                is_way,
            )
            for action, type_, is_way in (
                ("ec2:CreateSnapshot", "EC2::Volume", True),
                ("ec2:CreateSnapshot", "EFS::FileSystem", False),
                ("backup:StartBackupJob", "EFS::FileSystem", True),
                ("backup:StartBackupJob", "MemoryDB::Cluster", False),
                ("rds:CreateDBClusterSnapshot", "Neptune::DBCluster", True),
                ("rds:*", "DocDB::DBCluster", True),
                ("*", "FSx::FileSystem", True),
                ("s3:GetObject", "FSx::FileSystem", False),
            )
        ),
    ],
)
def test_a_program_copies_what_it_may_read(copier: Any, type_: str, is_way: bool) -> None:
    made = stack(A=resource(type_), Copier=copier)
    hows = [way.how for way in stores.bound(store(made, "A"), "region").ways]
    assert ("a program that may make copies" in hows) == is_way


def test_terraform_has_copiers_too() -> None:
    made = terraform(aws_efs_file_system={"a": {}}, aws_datasync_task={"t": {"source_location_arn": "x"}})
    hows = [way.how for way in stores.bound(store(made, "aws_efs_file_system.a"), "region").ways]
    assert hows == ["a program that may make copies"]


@pytest.mark.parametrize(
    ("named", "own", "expected"),
    [
        ("arn:aws:dynamodb:us-east-1:123456789012:table/a", "us-east-1", True),
        ("arn:aws:dynamodb:us-*:123456789012:table/a", "us-east-1", True),
        ("arn:aws:dynamodb:*:*:table/a", "eu-west-1", True),
        ("arn:aws:dynamodb:us-east-1:123456789012:table/a", "eu-west-1", None),
        ("arn:aws:dynamodb:us-*:*:table/*", "eu-west-1", None),
        ({"Fn::Sub": "arn:aws:dynamodb:us-east-1:${AWS::AccountId}:table/${A}"}, "eu-west-1", None),
        ({"Fn::Sub": "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${A}"}, "eu-west-1", True),
        # Where the stack is, nobody tells.
        ("arn:aws:dynamodb:us-east-1:123456789012:table/a", None, True),
    ],
)
def test_an_arn_of_another_region_names_no_store(named: Any, own: str | None, expected: bool | None) -> None:
    made = stack(
        A=resource("DynamoDB::Table", TableName="a"),
        Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [RULE]}),
        S=selection(Resources=[named]),
    )
    found = resources(made)
    found["A"].deployment.region_of_stack = None if own is None else Known(own, found["A"].place)
    assert is_selected(found["S"], found["A"]) is expected


@pytest.mark.parametrize("named", [THIS, {"Resources": ["arn:aws:dynamodb:*:*:table/a"]}])
def test_of_what_is_named_one_by_one_it_is_not_told_whether_tags_count(named: Any) -> None:
    made = stack(
        A=resource("DynamoDB::Table", TableName="a"),
        Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "p", "BackupPlanRule": [RULE]}),
        S=selection(**named, ListOfTags=[tag("env", "prod")]),
    )
    found = resources(made)
    [(is_sure, doubt)] = selections.selects(found["S"], found["A"])
    assert not is_sure
    assert doubt is not None
    assert "whether AWS counts the tags" in doubt[0]


@each_case(
    ("wanted", "expected"),
    [({"StringEquals": "Other"}, None), ({"StringEquals": "A"}, False), ({"StringLike": "B*"}, None)],
)
def test_the_logical_id_that_a_condition_asks_for_tells_resources_of_a_stack_apart(
    wanted: Any, expected: bool | None
) -> None:
    key = "aws:cloudformation:logical-id"
    said_ = {**ALL, "Conditions": {operator: [condition(key, value)] for operator, value in wanted.items()}}
    assert selected(said_, OWN) is expected
