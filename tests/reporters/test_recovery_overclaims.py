"""What is told of a way back is no better than it is: versions that may be deleted, checks that reach nothing, roles of
AWS Backup, rules whose backups are gone, and dials that failover ignores."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.test_runbook import PROVIDERS, REGIONS, runbooks


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def table(name: str, text: str, disruption: str, configuration: str = REGIONS) -> str:
    Path(".awslint-memo.yaml").write_text(configuration, encoding="utf-8")
    Path(name).write_text(text, encoding="utf-8")
    return " ".join(printed("recovery", "--disruption", disruption).split())


BUCKET = """\
Resources:
  Photos:
    Type: AWS::S3::Bucket
    Properties: {BucketName: photos, VersioningConfiguration: {Status: Enabled}}
"""
POLICY = """\
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Photos
      PolicyDocument: {Statement: [{Effect: Deny, Principal: "*", Action: "s3:DeleteObjectVersion",
        Resource: !Sub "${Photos.Arn}/*"}]}
"""
IN_TERRAFORM = (
    PROVIDERS
    + """\
resource "aws_s3_bucket" "photos" {
  bucket = "photos"
}
resource "aws_s3_bucket_versioning" "photos" {
  bucket = aws_s3_bucket.photos.id
  versioning_configuration {
    status = "Enabled"
  }
}
"""
)
DENIED = """\
resource "aws_s3_bucket_policy" "photos" {
  bucket = aws_s3_bucket.photos.id
  policy = jsonencode({ Statement = [{
    Effect = "Deny", Principal = "*", Action = "s3:DeleteObjectVersion", Resource = "${aws_s3_bucket.photos.arn}/*"
  }] })
}
"""


@pytest.mark.parametrize(
    ("name", "text", "loss"),
    [
        ("a.yaml", BUCKET, "nothing typically, for ever back 1h ~"),
        ("a.yaml", BUCKET + POLICY, "nothing, for ever back 1h ✓"),
        ("a.yaml", BUCKET + POLICY.replace("/*", "/a/*"), "nothing typically, for ever back 1h ~"),
        ("a.yaml", BUCKET + POLICY.replace('"*", Action', "{AWS: 'arn:aws:iam::1:root'}, Action"), "nothing typically"),
        ("main.tf", IN_TERRAFORM, "nothing typically, for ever back 1h ~"),
        ("main.tf", IN_TERRAFORM + DENIED, "nothing, for ever back 1h ✓"),
    ],
)
def test_versions_that_may_be_deleted_are_no_bound(here: Path, name: str, text: str, loss: str) -> None:
    assert loss in table(name, text, "software")


CHECKED = """\
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, PubliclyAccessible: PUBLIC}}
  Check:
    Type: AWS::Route53::HealthCheck
    Properties: {HealthCheckConfig: {Type: TCP, Port: 5432, FullyQualifiedDomainName: !GetAtt Orders.Endpoint.Address}}
  Names:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneName: example.com.
      RecordSets:
        - {Name: db.example.com, Type: CNAME, TTL: "10", SetIdentifier: a, Failover: PRIMARY, HealthCheckId: !Ref Check,
           ResourceRecords: [web-1.eu-west-1.elb.amazonaws.com]}
        - {Name: db.example.com, Type: CNAME, TTL: "10", SetIdentifier: b, Failover: SECONDARY,
           ResourceRecords: [web-1.eu-central-1.elb.amazonaws.com]}
"""
CHECKED_IN_TERRAFORM = (
    PROVIDERS
    + """\
resource "aws_db_instance" "orders" {
  identifier = "orders"
  PUBLIC
}
resource "aws_route53_health_check" "orders" {
  type = "TCP"
  port = 5432
  fqdn = aws_db_instance.orders.address
}
resource "aws_route53_record" "first" {
  zone_id         = "Z1"
  name            = "db.example.com"
  type            = "CNAME"
  ttl             = 10
  set_identifier  = "a"
  records         = ["web-1.eu-west-1.elb.amazonaws.com"]
  health_check_id = aws_route53_health_check.orders.id
  failover_routing_policy {
    type = "PRIMARY"
  }
}
resource "aws_route53_record" "second" {
  zone_id        = "Z1"
  name           = "db.example.com"
  type           = "CNAME"
  ttl            = 10
  set_identifier = "b"
  records        = ["web-1.eu-central-1.elb.amazonaws.com"]
  failover_routing_policy {
    type = "SECONDARY"
  }
}
"""
)


@pytest.mark.parametrize(
    ("name", "text", "private", "public"),
    [
        ("a.yaml", CHECKED, "false", "true"),
        ("main.tf", CHECKED_IN_TERRAFORM, "", "publicly_accessible = true"),
    ],
)
def test_a_check_of_what_is_private_promises_no_failover(
    here: Path, name: str, text: str, private: str, public: str
) -> None:
    assert "1m 40s or more" in table(name, text.replace("PUBLIC", public), "region")
    told = table(name, text.replace("PUBLIC", private), "region")
    assert "1m 40s" not in told
    assert "which is not publicly accessible" in told
    assert "it fails at all times (check an alarm in its place)" in told


BACKED_UP = """\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: "sts:AssumeRole",
        Principal: {Service: TAKER}}]}
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:CreateBackup",
        Resource: "*"}]}}]
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - {RuleName: Daily, TargetBackupVault: a, ScheduleExpression: cron(0 5 * * ? *)}
          - {RuleName: Monthly, TargetBackupVault: a, ScheduleExpression: cron(0 5 1 * ? *),
             Lifecycle: {DeleteAfterDays: DAYS}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection: {SelectionName: all, IamRoleArn: !GetAtt Role.Arn, Resources: [!GetAtt Orders.Arn]}
"""
BACKED_UP_IN_TERRAFORM = (
    PROVIDERS
    + """\
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
}
data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["TAKER"]
    }
  }
}
resource "aws_iam_role" "backup" {
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "backup" {
  role   = aws_iam_role.backup.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "dynamodb:CreateBackup", Resource = "*" }] })
}
resource "aws_backup_plan" "daily" {
  name = "daily"
  rule {
    rule_name         = "Daily"
    target_vault_name = "a"
    schedule          = "cron(0 5 * * ? *)"
  }
  rule {
    rule_name         = "Monthly"
    target_vault_name = "a"
    schedule          = "cron(0 5 1 * ? *)"
    lifecycle {
      delete_after = DAYS
    }
  }
}
resource "aws_backup_selection" "all" {
  name         = "all"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [aws_dynamodb_table.orders.arn]
}
"""
)
OPEN = REGIONS.replace("complete: true, ", "")


@pytest.mark.parametrize(("name", "text"), [("a.yaml", BACKED_UP), ("main.tf", BACKED_UP_IN_TERRAFORM)])
def test_a_role_of_aws_backup_makes_no_copies_of_its_own(here: Path, name: str, text: str) -> None:
    whole = text.replace("DAYS", "400")
    told = table(name, whole.replace("TAKER", "backup.amazonaws.com"), "software", OPEN)
    assert "32h expected, for ever back" in told
    assert "program make copies" not in told
    other = table(name, whole.replace("TAKER", "lambda.amazonaws.com"), "software", OPEN)
    assert "a policy that lets a program make copies" in other or "which copies a program makes" in other


@pytest.mark.parametrize(("name", "text"), [("a.yaml", BACKED_UP), ("main.tf", BACKED_UP_IN_TERRAFORM)])
def test_a_rule_whose_backups_are_gone_before_the_next_promises_nothing(here: Path, name: str, text: str) -> None:
    own = text.replace("TAKER", "backup.amazonaws.com").replace("DAYS", "3")
    told = table(name, own, "software", OPEN)
    assert "32h expected, for ever back" in told
    assert "or less" not in told
    assert "Monthly" not in printed("recovery", "--runbook", "software")


GROUPS = (
    PROVIDERS
    + """\
resource "aws_s3_bucket" "files" {
  bucket = "files"
}
resource "aws_globalaccelerator_endpoint_group" "here" {
  listener_arn          = "listener"
  endpoint_group_region = "eu-west-1"
  endpoint_configuration {
    endpoint_id = "i-1"
  }
}
resource "aws_globalaccelerator_endpoint_group" "there" {
  listener_arn            = "listener"
  endpoint_group_region   = "eu-central-1"
  traffic_dial_percentage = 0
  endpoint_configuration {
    endpoint_id = "i-2"
    weight      = WEIGHT
  }
}
"""
)
GROUPS_OF_STACK = """\
Resources:
  Files: {Type: AWS::S3::Bucket, Properties: {BucketName: files}}
  Here:
    Type: AWS::GlobalAccelerator::EndpointGroup
    Properties: {ListenerArn: listener, EndpointGroupRegion: eu-west-1, EndpointConfigurations: [{EndpointId: i-1}]}
  There:
    Type: AWS::GlobalAccelerator::EndpointGroup
    Properties: {ListenerArn: listener, EndpointGroupRegion: eu-central-1, TrafficDialPercentage: 0,
      EndpointConfigurations: [{EndpointId: i-2, Weight: WEIGHT}]}
"""
IN_IRELAND = "deployments: {first: {AWS::Region: eu-west-1}}\n" + REGIONS


@pytest.mark.parametrize(
    ("files", "configuration"), [({"main_tf": GROUPS}, REGIONS), ({"a_yaml": GROUPS_OF_STACK}, IN_IRELAND)]
)
def test_an_accelerator_fails_over_whatever_the_dial(here: Path, files: dict[str, str], configuration: str) -> None:
    for weight, is_turned in (("10", False), ("0", True)):
        own = {name: text.replace("WEIGHT", weight) for name, text in files.items()}
        [runbook] = runbooks("region", configuration, **own)
        words = [task["what"] for task in runbook["tasks"]]
        assert any(what.startswith("Turn the dial") for what in words) is is_turned
        assert any("fails over to eu-central-1 (accelerator)" in what for what in words) is not is_turned
        assert ("somebody adds or dials up" in printed("recovery", "--disruption", "region")) is is_turned


FUNCTIONS = """\
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
  replica {
    region_name = "eu-central-1"
  }
}
resource "aws_lambda_function" "move" {
  function_name = "NAME"
}
resource "aws_autoscaling_group" "here" {
  min_size = 1
  max_size = 3
}
resource "aws_autoscaling_group" "there" {
  provider = aws.second
  min_size = 1
  max_size = 3
}
"""


@pytest.mark.parametrize(("function", "is_missing"), [("orders-failover", False), ("orders", True)])
def test_a_function_for_the_failover_is_no_part_of_what_has_to_run(
    here: Path, function: str, *, is_missing: bool
) -> None:
    told = table("main.tf", PROVIDERS + FUNCTIONS.replace("NAME", function), "region")
    assert ("no functions run in eu-central-1" in told) is is_missing
    assert ("quota concurrent executions of functions" in told) is is_missing
