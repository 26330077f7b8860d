"""What a person should know before a fix is made, and fixes that are not offered for want of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.linting import lint_with

DATABASE = """Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, DBInstanceClass: db.m5.large, AllocatedStorage: "20", BackupRetentionPeriod: 0}
"""
TABLE = """Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      BillingMode: PAY_PER_REQUEST
"""
BACKUPS = ("--advice", "--select", "rds-backup-retention")


@pytest.mark.parametrize(("name", "is_offered"), [("intg-test-resources", False), ("resources", True)])
def test_what_is_of_no_production_has_no_fix_that_needs_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, is_offered: bool
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name / "t.yaml"
    path.parent.mkdir()
    path.write_text(DATABASE)
    done = invoke("lint", "--fix", "--unsafe-fixes", *BACKUPS, ".")
    assert ("BackupRetentionPeriod: 7" in path.read_text()) is is_offered
    assert ("a person should decide whether it is worth it in intg-test-resources/" in done.stderr) is not is_offered


def test_a_safe_fix_is_made_in_no_production_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "e2e-tests" / "t.yaml"
    path.parent.mkdir()
    path.write_text(TABLE)
    invoke("lint", "--fix", "--advice", "--select", "dynamodb-point-in-time-recovery", ".")
    assert "PointInTimeRecoveryEnabled: true" in path.read_text()


@pytest.mark.parametrize(
    ("policy", "told"), [("Delete", "keeps for longer what goes when the database is deleted"), ("Retain", "")]
)
def test_backups_of_a_database_that_goes_without_a_snapshot_need_a_person(policy: str, told: str) -> None:
    text = DATABASE.replace(", BackupRetentionPeriod: 0", "") + f"    DeletionPolicy: {policy}\n"
    [finding] = lint_with("rds-backup-retention", text)
    assert finding.fix is not None
    assert finding.fix.unsafe == told


CLUSTER = """variable "name" {{
  default = "orders"
}}

resource "random_id" "snapshot" {{
  byte_length = 4
}}

resource "aws_rds_cluster" "main" {{
  cluster_identifier        = var.name
  engine                    = "aurora-mysql"
  skip_final_snapshot       = true
  final_snapshot_identifier = {name}
{count}}}
"""


@pytest.mark.parametrize(
    ("name", "count", "told", "is_offered"),
    [
        ('"${var.name}-final"', "", "lets another destroy fail while that is there", True),
        ('"orders-final"', "", "lets another destroy fail while that is there", True),
        ('"${var.name}-${random_id.snapshot.hex}"', "", "keeps a snapshot, which costs", True),
        ('"orders-final"', "  count = 2\n", "", False),
    ],
)
def test_a_snapshot_whose_name_stays_is_told(name: str, count: str, told: str, *, is_offered: bool) -> None:
    findings = lint_with("rds-final-snapshot", CLUSTER.format(name=name, count=count))
    fixes = [finding.fix for finding in findings if finding.fix is not None]
    assert bool(fixes) is is_offered
    assert all(told in fix.unsafe for fix in fixes)
    assert all(("another destroy" in fix.unsafe) is ("random" not in name) for fix in fixes)


WEB = """Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {{MinSize: "2", MaxSize: "4", HealthCheckGracePeriod: 60, LoadBalancerNames: [!Ref Balancer]}}
  Balancer:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      Listeners: [{{LoadBalancerPort: "80", InstancePort: "80", Protocol: TCP}}]
      HealthCheck: {{Target: "{}", HealthyThreshold: "2", UnhealthyThreshold: "2", Interval: "30", Timeout: "5"}}
"""


@pytest.mark.parametrize(("target", "end"), [("TCP:80", ", if nothing answers TCP:80"), ("HTTP:80/health", "")])
def test_a_check_that_only_asks_for_a_port_is_told(target: str, end: str) -> None:
    [finding] = lint_with("autoscaling-health-check", WEB.format(target))
    assert finding.fix is not None
    assert finding.fix.unsafe == f"replaces instances that the load balancer reports as unhealthy{end}"


QUEUE = """variable "tags" {{
  type = map(string)
}}

resource "aws_sqs_queue" "orders" {{
  name = "orders"
  tags = {}
}}
"""


@pytest.mark.parametrize(
    ("tags", "written"),
    [
        ('merge(\n    var.tags,\n    {\n      Name = "orders"\n    }\n  )', "  tags                      = var.tags\n"),
        ('merge({ Name = "orders" }, var.tags)', ""),
        ('{ Name = "orders" }', ""),
    ],
)
def test_a_queue_has_the_tags_of_all_resources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, polled_queues: None, tags: str, written: str
) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text(QUEUE.format(tags))
    invoke("lint", "--fix", "--unsafe-fixes", "--advice", "--select", "sqs-dead-letter-queue", ".")
    queue = (tmp_path / "main.tf").read_text().split('"orders_dead_letters" {')[1]
    assert [line + "\n" for line in queue.split("\n") if "tags" in line] == ([written] if written else [])
