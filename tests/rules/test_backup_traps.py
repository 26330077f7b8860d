"""AWS Backup: numbers at the edge of what it takes, and numbers that Terraform does not send."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases import each_case
from tests.linting import Found, found, messages, resource, stack

from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules

REFUSED = "backup-refused"
EARLY = "backup-expires-early"


def plan(rule: dict[str, Any]) -> dict[str, Any]:
    rules = [{"RuleName": "Daily", "TargetBackupVault": "Default", **rule}]
    return stack(Plan=resource("Backup::BackupPlan", BackupPlan={"BackupPlanName": "a", "BackupPlanRule": rules}))


def lifecycle(cold: int | None, days: int) -> dict[str, Any]:
    return {"Lifecycle": {"DeleteAfterDays": days, **({} if cold is None else {"MoveToColdStorageAfterDays": cold})}}


@each_case(
    ("cold", "days", "is_refused"),
    [(0, 89, True), (0, 90, False), (1, 90, True), (1, 91, False), (-1, 1, False), (None, 1, False), (30, -1, False)],
)
def test_how_long_backups_stay_in_cold_storage(cold: int | None, days: int, *, is_refused: bool) -> None:
    assert [one.level for one in found(REFUSED, plan(lifecycle(cold, days)))] == ["error"] * is_refused


@pytest.mark.parametrize(("days", "is_refused"), [(1, True), (35, False), (36, True)])
def test_how_long_a_lock_and_a_continuous_backup_let_backups_be_kept(days: int, *, is_refused: bool) -> None:
    lock = {"MinRetentionDays": 2}
    vault = resource("Backup::BackupVault", BackupVaultName="a", LockConfiguration=lock)
    rule = {"TargetBackupVault": {"Ref": "Vault"}, "EnableContinuousBackup": True, **lifecycle(None, days)}
    template = {"Resources": {**plan(rule)["Resources"], "Vault": vault}}
    assert [one.resource for one in found(REFUSED, template)] == ["Plan"] * is_refused


def terraform(rule: str) -> str:
    return f"""
provider "aws" {{}}

resource "aws_backup_plan" "a" {{
  name = "a"

  rule {{
    rule_name         = "daily"
    target_vault_name = "Default"
    {rule}
  }}
}}
"""


COLD = "lifecycle {\n cold_storage_after = %s\n delete_after = %s\n }"


@pytest.mark.parametrize("number", [0, -1])
def test_terraform_sends_no_number_that_is_not_above_zero(number: int) -> None:
    assert found(REFUSED, terraform(COLD % (number, 30))) == []
    # Backups that are deleted after 0 days are kept for ever.
    assert found(REFUSED, terraform(COLD % (30, number))) == []
    copy = f'copy_action {{\n destination_vault_arn = "v"\n lifecycle {{\n delete_after = {number}\n }}\n }}'
    assert found(REFUSED, terraform(copy)) == []


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [("", "", "rule.lifecycle.delete_after"), ('copy_action {\n destination_vault_arn = "v"\n', "\n}", "copy_action.")],
    ids=["backup", "copy"],
)
def test_which_of_the_two_arguments_of_terraform_is_meant(before: str, after: str, name: str) -> None:
    [message] = messages(REFUSED, terraform(before + COLD % (30, 60) + after))
    assert name in message
    assert "DeleteAfterDays" not in message


def test_backups_that_expire_early_are_told_in_terraforms_words() -> None:
    monthly = 'schedule = "cron(0 5 1 * ? *)"\n lifecycle {\n delete_after = 7\n }'
    [message] = messages(EARLY, terraform(monthly))
    assert message.startswith("rule.lifecycle.delete_after of aws_backup_plan.a is 7 days")


SELECTION = {"IamRoleArn": "r", "SelectionName": "a"}


def test_another_provider_may_add_tags_that_differ_in_case() -> None:
    listed = [{"ConditionType": "STRINGEQUALS", "ConditionKey": "Backup", "ConditionValue": "yes"}]
    selection = resource("Backup::BackupSelection", BackupSelection={**SELECTION, "ListOfTags": listed})
    table = resource("DynamoDB::Table", Tags=[{"Key": "backup", "Value": "yes"}])
    assert [one.level for one in found("backup-selects-nothing", stack(Selection=selection, Table=table))] == [
        "warning"
    ]
    written = """
provider "aws" {}

resource "aws_dynamodb_table" "orders" {
  name = "orders"
  tags = { backup = "yes" }
}

resource "aws_backup_selection" "a" {
  iam_role_arn = "r"
  name         = "a"
  plan_id      = "p"

  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "yes"
  }
}
"""
    assert found("backup-selects-nothing", written) == [Found("advice", "aws_backup_selection.a", "selection_tag {")]


@pytest.mark.parametrize(("days", "is_found"), [("0", True), ("3", False)])
def test_a_lock_with_no_days_of_grace_can_be_taken_away(days: str, *, is_found: bool) -> None:
    [*_, bad] = examples(rules()["recovery-vault-unlocked"], rules()["recovery-vault-unlocked"].bad)
    assert bad.language == "terraform"
    template = bad.text.replace("min_retention_days = 30", f"changeable_for_days = {days}")
    assert [one.resource for one in found(bad.rule.id, template)] == ["aws_dynamodb_table.orders"] * is_found


TAGGED = {"aws:ResourceTag/Retention": "standard"}


def selected(*resources: Any, **tags: str) -> list[str]:
    """What is said of a selection of resources with a condition, beside a table with tags."""
    written = [{"Key": key, "Value": value} for key, value in tags.items()]
    table = resource("DynamoDB::Table", Tags=written)
    conditions = [{"ConditionKey": key, "ConditionValue": value} for key, value in TAGGED.items()]
    chosen = {"Resources": list(resources), "Conditions": {"StringEquals": conditions}}
    selection = resource("Backup::BackupSelection", BackupSelection=chosen)
    return messages("backup-selects-nothing", stack(Orders=table, Selection=selection))


def test_a_condition_that_all_named_resources_contradict() -> None:
    orders = {"Fn::GetAtt": ["Orders", "Arn"]}
    [message] = selected(orders, Retention="long")
    assert "wants the tag Retention=standard, but all that it names, such as Orders, bear another value" in message
    assert selected(orders, Retention="standard") == []
    assert selected(orders, Other="long") == []  # Something else may tag it.
    assert selected(orders, {"Fn::ImportValue": "other"}, Retention="long") == []
    assert selected("*", Retention="long") == []
    assert selected(Retention="long") == []


def test_a_default_tag_of_the_provider_that_is_spelled_otherwise() -> None:
    written = """provider "aws" {
  default_tags {
    tags = { NightlyBackup = "on" }
  }
}

resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_backup_selection" "nightly" {
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "nightly_backup"
    value = "on"
  }
}
"""
    [told] = messages("backup-selects-nothing", written)
    assert "NightlyBackup=on" in told
