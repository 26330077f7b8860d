"""What two templates make under one name is told once, and what stands in the way of making it again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting

TOGETHER = """\
recovery: {regions: [us-east-1, us-west-2], rpo: 1h, rto: 4h, applications: {shop: {paths: ["*.yaml"]}}}
deployments:
  one: {AWS::Region: us-east-1, paths: [a.yaml]}
  two: {AWS::Region: us-east-1, paths: [b.yaml]}
"""
TABLE = """\
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      TableName: orders
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      Replicas: [{Region: us-east-1}, {Region: us-west-2}]
  Work:
    Type: AWS::Lambda::Function
    Properties: {Handler: a.b}
  Reads:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.StreamArn}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_table_that_two_stacks_make_is_one(here: Path) -> None:
    lines = rows(here, {"a.yaml": TABLE, "b.yaml": TABLE}, configuration=TOGETHER)
    assert lines[-1].startswith("1 store, 8 objectives")
    note = "Orders - judged as Orders (a.yaml:2), which has its name: a Region of an account has one of it"
    assert starting(lines, note)
    told = printed("recovery", "--runbook", "region")
    assert told.count("Use the replica of Orders in us-west-2") == 1
    assert "Orders is made by b.yaml too (line 2), by the same name, of which a Region of an account has one" in told


@pytest.mark.parametrize(
    ("name", "where"), [("others", "us-east-1"), ("!Ref AWS::StackName", "us-east-1"), ("orders", "us-west-2")]
)
def test_tables_of_other_names_or_regions_are_several(here: Path, name: str, where: str) -> None:
    other = TABLE.replace("TableName: orders", f"TableName: {name}")
    configuration = TOGETHER.replace("two: {AWS::Region: us-east-1", f"two: {{AWS::Region: {where}")
    lines = rows(here, {"a.yaml": TABLE, "b.yaml": other}, configuration=configuration)
    assert not any("which has its name" in line for line in lines)


def test_of_tables_of_one_name_that_is_judged_which_is_kept_least(here: Path) -> None:
    """Which of the two is there is not known, so that the backups of one are not the other's."""
    plain = TABLE.replace("GlobalTable\n", "Table\n").replace(
        "      Replicas: [{Region: us-east-1}, {Region: us-west-2}]\n", ""
    )
    kept = plain.replace(
        "TableName: orders",
        "TableName: orders\n" + "      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}",
    )
    lines = rows(here, {"a.yaml": kept, "b.yaml": plain}, configuration=TOGETHER)
    assert starting(lines, "Orders - judged as Orders (b.yaml:2)")


def test_where_regions_are_not_told_stores_of_one_title_are_told_apart(here: Path) -> None:
    configuration = TOGETHER.partition("deployments")[0]
    rows(here, {"a.yaml": TABLE, "b.yaml": TABLE}, configuration=configuration)
    told = printed("recovery", "--runbook", "region")
    assert "in which Region Orders of a.yaml and Orders of b.yaml are" in told


def test_what_refers_to_a_table_needs_it_in_the_template(here: Path) -> None:
    """Without the table a template with its StreamArn is refused."""
    rows(here, {"a.yaml": TABLE}, configuration=TOGETHER)
    told = printed("recovery", "--runbook", "region")
    assert "Orders is in us-west-2 already, as a replica of that name: have the deployment import it" in told
    assert "create-change-set --import-existing-resources" in told
    assert "left out, it would be missing to Reads (StreamArn)." in told


DATABASE = """\
Resources:
  Login:
    Type: AWS::SecretsManager::Secret
    Properties: {Name: login, GenerateSecretString: {}, ReplicaRegions: [{Region: us-west-2}]}
  PrimaryRDSInstance:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: orders
      Engine: postgres
      DBInstanceClass: db.m7g.large
      MasterUsername: !Sub "{{resolve:secretsmanager:${Login}:SecretString:username}}"
      MasterUserPassword: !Sub "{{resolve:secretsmanager:${Login}:SecretString:password}}"
  Web: {Type: AWS::ECS::Service, Properties: {DesiredCount: 2}}
"""
REPLICA = """\
Resources:
  Replica:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: orders-west
      SourceDBInstanceIdentifier: arn:aws:rds:us-east-1:123456789012:db:orders
      DBInstanceClass: db.m7g.large
"""


def test_what_is_promoted_is_imported_and_its_replicated_secret_is_not_asked_for(here: Path) -> None:
    apart = TOGETHER.replace("two: {AWS::Region: us-east-1", "two: {AWS::Region: us-west-2")
    rows(here, {"a.yaml": DATABASE, "b.yaml": REPLICA}, configuration=apart)
    told = printed("recovery", "--runbook", "region")
    assert "Where PrimaryRDSInstance is restored or promoted, leave it out of the first deployment" in told
    assert "User and password stay those of before; Login is replicated to us-west-2." in told
    assert "have it in the other one too" not in told
    # The template makes the secret itself.
    assert "It resolves parameters and secrets when it is deployed" not in told
    # A secret of which it is not told whether it is that of the database is told of too.
    other = DATABASE.replace("${Login}", "another")
    rows(here, {"a.yaml": other, "b.yaml": REPLICA}, configuration=apart)
    told = printed("recovery", "--runbook", "region")
    assert "in a secret of us-east-1, have it in the other one too; Login is replicated to us-west-2." in told
    assert "when it is deployed (another): deploy first what makes these" in told


ROOT = """\
    provider "aws" {
      region = "us-east-1"
    }
    resource "aws_dynamodb_table" "locks" {
      name     = "locks"
      hash_key = "LockID"
    }
    resource "aws_dynamodb_table" "orders" {
      name     = "orders"
      hash_key = "id"
      replica {
        region_name = "us-west-2"
      }
    }
    resource "aws_lambda_event_source_mapping" "reads" {
      event_source_arn = aws_dynamodb_table.orders.stream_arn
      function_name    = "work"
    }
    resource "aws_ecs_service" "app" {
      name          = "app"
      desired_count = 2
    }
    """


def test_a_root_imports_what_is_there_before_it_is_applied(here: Path) -> None:
    rows(here, {"main.tf": ROOT}, configuration="recovery: {regions: [us-east-1, us-west-2]}\n")
    told = printed("recovery", "--runbook", "region")
    locks = "import it into that state (terraform import aws_dynamodb_table.locks NAME), or the apply fails."
    assert f"Before the root that has it is applied, {locks}" in told
    assert "aws_dynamodb_table.orders is in us-west-2 already, as a replica of that name: have the deployment" in told
    assert "import it (terraform import, before the apply), or it fails; left out, it would be missing to" in told
    assert "aws_lambda_event_source_mapping.reads (StreamArn)." in told
    [runbook] = json.loads(printed("recovery", "--runbook", "region", "--format", "json"))["runbooks"]
    steps = [task["what"] for task in runbook["tasks"]]
    assert steps.index("Make aws_dynamodb_table.locks anew before Terraform is run: locks are not restored") < len(
        steps
    )
