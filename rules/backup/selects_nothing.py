"""A selection of a backup plan should name tags as they are written, and resources of its own Region.

AWS Backup compares tags with regard to case: a selection that wants Backup=daily does not select what bears
backup=daily. A plan sees only the resources of its own Region. Nothing reports that such a plan makes no backups.

What to do: write ConditionKey and ConditionValue, in ListOfTags and in Conditions, as the resources' tags are written, and
name resources of the plan's Region. A selection that some resource here matches is not reported. With Terraform, where the tags of many other types
are not read, the other case of a tag is advice.
"""

from awslint_memo import Findings, Resource, Value, rule, stores


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Backup::BackupSelection",
    memo="定期的なバックアップを取得して起き",
    aws="aws-backup/latest/devguide/assigning-resources.html",
)
def check(selection: Resource) -> Findings:
    wanted = selection.get("BackupSelection.ListOfTags").items
    # One of the listed tags is enough, but each of the conditions must hold.
    found = [(one, *stores.bearers(selection, key_of(one), value_of(one))) for one in wanted]
    lacking = found if not any(exactly for _, exactly, _ in found) else []
    for one in selection.get("BackupSelection.Conditions.StringEquals").items:
        exactly, otherwise = stores.bearers(selection, key_of(one), value_of(one))
        lacking = lacking if exactly else [*lacking, (one, exactly, otherwise)]
    for one, _, otherwise in lacking:
        if otherwise:
            store = otherwise[0]
            yield selection.finding(
                one,
                f"wants the tag {key_of(one)}={value_of(one)}, which no store here bears, but "
                f"{store.title} bears it in other case, and tags are compared by case",
                do="write both alike",
                level="advice" if selection.language == "terraform" else None,
                related=[(store, store.title)],
            )
    named = selection.get("BackupSelection.Resources").items
    own, others = stores.region_of(selection), [stores.region_in(one) for one in named]
    if own and others and all(one not in (None, "*", own) for one in others):
        yield selection.finding(
            named[0],
            f"are all in {others[0]}, but the plan of {selection.title} makes backups in {own}",
            of="Resources",
            do=f"name those of {own}",
        )


def key_of(condition: Value) -> str:
    return (condition.get("ConditionKey").text or "").removeprefix("aws:ResourceTag/")


def value_of(condition: Value) -> str:
    return condition.get("ConditionValue").text or ""


BAD = """
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: backup, Value: daily}]}}
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: Daily, TargetBackupVault: Default}]}}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection:
        SelectionName: tagged
        IamRoleArn: arn:aws:iam::123456789012:role/backup
        ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: Backup, ConditionValue: daily}]
---
resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "Default"
  }
}

resource "aws_backup_selection" "orders" {
  region       = "eu-west-1"
  name         = "orders"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  plan_id      = aws_backup_plan.daily.id
  resources    = ["arn:aws:dynamodb:us-east-1:123456789012:table/orders"]
}
"""

GOOD = """
Parameters: {Tag: {Type: String}}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: backup, Value: daily}]}}
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: Daily, TargetBackupVault: Default}]}}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection:
        SelectionName: tagged
        IamRoleArn: arn:aws:iam::123456789012:role/backup
        ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: daily}]
  Unknown:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection:
        SelectionName: unknown
        IamRoleArn: arn:aws:iam::123456789012:role/backup
        ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: !Ref Tag, ConditionValue: daily}]
---
resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "Default"
  }
}

resource "aws_backup_selection" "orders" {
  region       = "eu-west-1"
  name         = "orders"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  plan_id      = aws_backup_plan.daily.id
  resources    = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
}
"""
