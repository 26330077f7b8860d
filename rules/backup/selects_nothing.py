"""A selection of a backup plan should name tags as they are written, and resources of its own Region.

AWS Backup compares tags letter by letter: a selection that wants backup-plan=daily selects neither what bears
Backup-Plan=daily nor BackupPlan=daily, and still less what bears BackupTier=daily. A plan sees only the resources of its own Region. Nothing reports that such a plan makes no backups.

What to do: write ConditionKey and ConditionValue, in ListOfTags and in Conditions, as the resources' tags are written, and
name resources of the plan's Region. Where some resources here match, those are reported that bear the tag spelled otherwise and that no
other selection may take. With Terraform, where the tags of many other types are not read, a selection that matches none is advice.
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
    tags = [Tag(selection, tag) for tag in selection.get("BackupSelection.ListOfTags").items]
    conditions = [Tag(selection, tag) for tag in selection.get("BackupSelection.Conditions.StringEquals").items]
    # One of the listed tags is enough, but each of the conditions must hold.
    lacking = [] if any(tag.bearers for tag in tags) else tags
    for tag in (*lacking, *(tag for tag in conditions if not tag.bearers)):
        spelled = [(store, *stores.borne(store, tag.key)) for store in tag.otherwise[:1]]
        for store, key, value in spelled or stores.bearers_by_another_key(selection, tag.key, tag.value)[:1]:
            wants = f"wants the tag {tag.key}={tag.value}, which no store here bears, but"
            yield selection.finding(
                tag.place,
                f"{wants} {store.title} bears {key}={value.text}, and tags are compared letter by letter",
                do="write both alike",
                level="advice" if selection.language == "terraform" or not spelled else None,
                related=[(store, store.title)],
            )
    for tag in tags:
        # Where nothing bears it, that is told of the selection.
        others = tag.otherwise if tag.bearers else []
        for store, key, value in stores.passed_over(selection.deployment, others, tag.key):
            wanted = f"{selection.title} wants {tag.key}={tag.value}, and tags are compared letter by letter"
            message = f"bears {key}={value.text}, but {wanted}, so no plan here backs it up"
            yield store.finding(value, message, do="write both alike", related=[(tag.place, "wants it")])
    for tag in conditions:
        others = stores.bearers_of_another(selection, tag.key, tag.value) if tag.key and tag.value else []
        if others and not tag.otherwise:
            yield selection.finding(
                tag.place,
                f"wants the tag {tag.key}={tag.value}, but all that it names, such as {others[0].title}, bear another value",
                do="write the value that they bear",
                related=[(others[0], others[0].title)],
                since="0.2",
            )
    yield from elsewhere(selection)


def elsewhere(selection: Resource) -> Findings:
    """The finding about a selection that names only resources of another Region, which its plan does not see."""
    resources = selection.get("BackupSelection.Resources").items
    own, regions = stores.region_of(selection), [stores.region_in(arn) for arn in resources]
    if own and regions and not {None, "*", own} & {*regions}:
        yield selection.finding(
            resources[0],
            f"are all in {regions[0]}, but the plan of {selection.title} makes backups in {own}",
            of="Resources",
            do=f"name those of {own}",
        )


class Tag:
    """A tag that a selection asks for, and the stores here that bear it, as it is written or spelled otherwise."""

    def __init__(self, selection: Resource, place: Value) -> None:
        self.place = place
        self.key = (place.get("ConditionKey").text or "").removeprefix("aws:ResourceTag/")
        self.value = place.get("ConditionValue").text or ""
        self.bearers, self.otherwise = stores.bearers(selection, self.key, self.value)


BAD = """
Resources:
  Bills: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: backup, Value: daily}]}}
  Orders: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: team, Value: shop}, {Key: backup, Value: Daily}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupSelection: {ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: daily}]}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: backup, Value: daily}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupSelection: {ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: Backup, ConditionValue: daily}]}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: Kept, Value: sevenYears}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupSelection: {ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: Kept, ConditionValue: seven-years}]}}
---
resource "aws_dynamodb_table" "orders" {
  name = "orders"
  tags = { NightlyBackup = "on" }
}

resource "aws_backup_selection" "nightly" {
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "nightly_backup"
    value = "on"
  }
}
---
resource "aws_dynamodb_table" "orders" {
  name = "orders"

  tags = {
    Retention = "long"
  }
}

resource "aws_backup_selection" "orders" {
  resources = [aws_dynamodb_table.orders.arn]

  condition {
    string_equals {
      key   = "aws:ResourceTag/Retention"
      value = "standard"
    }
  }
}
---
resource "aws_backup_selection" "orders" {
  region    = "eu-west-1"
  resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/orders"]
}
---
variable "tier" {
  default = "weekly"
}

resource "aws_dynamodb_table" "orders" {
  name = "orders"
  tags = { BackupTier = var.tier }
}

resource "aws_backup_selection" "weekly" {
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "BackupPlan"
    value = "weekly"
  }
}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: backup-tier, Value: "yes"}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupSelection: {ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: "yes"}]}}
"""

GOOD = """
variable "tier" {}

resource "aws_dynamodb_table" "orders" {
  name = "orders"
  tags = { BackupTier = "weekly", Team = "daily" }
}

resource "aws_dynamodb_table" "given" {
  name = "given"
  tags = { BackupTier = var.tier }
}

# Another selection takes the table.
resource "aws_backup_selection" "weekly" {
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "BackupTier"
    value = "weekly"
  }
}

# What bears these is of other roots.
resource "aws_backup_selection" "others" {
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "BackupPlan"
    value = "weekly"
  }
}

resource "aws_backup_selection" "daily" {
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "BackupPlan"
    value = "daily"
  }
}
---
Resources:
  # Marks between numbers tell values apart.
  Orders: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: kept, Value: 7-30}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupSelection: {ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: kept, ConditionValue: "730"}]}}
---
Resources:
  Bills: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: backup, Value: daily}]}}
  Orders: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: backup, Value: Daily}]}}
  Small:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupSelection: {ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: daily}]}}
  # Another plan takes it by its own spelling.
  Large:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupSelection: {ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: Daily}]}}
---
Parameters: {Tag: {Type: String}}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {Tags: [{Key: backup, Value: daily}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupSelection: {ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: daily}]}}
  # One of the two may bear it.
  Both:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupSelection:
        Resources: [!GetAtt Orders.Arn, !ImportValue other]
        Conditions: {StringEquals: [{ConditionKey: aws:ResourceTag/backup, ConditionValue: hourly}]}
  Unknown:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupSelection: {ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: !Ref Tag, ConditionValue: daily}]}}
---
resource "aws_backup_selection" "orders" {
  region    = "eu-west-1"
  resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
}
"""
