"""What must exist in the other Region: there, not there, or not told; in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke

CONFIGURATION = """\
deployments: {first: {AWS::Region: eu-west-1}, second: {AWS::Region: eu-central-1}}
recovery: {strategy: warm-standby, regions: [eu-west-1, eu-central-1]}
"""
IMAGE = "123456789012.dkr.ecr.%s.amazonaws.com/shop:1"
TEMPLATE = """\
Conditions: {IsFirst: !Equals [!Ref AWS::Region, eu-west-1]}
Parameters: {Name: {Type: String}}
Resources:
  Own: {Type: AWS::KMS::Key}
  Single: {Type: AWS::KMS::Key, Condition: IsFirst}
  Copied:
    Type: AWS::SecretsManager::Secret
    Condition: IsFirst
    Properties: {ReplicaRegions: [{Region: eu-central-1}]}
  Alone: {Type: AWS::SecretsManager::Secret, Condition: IsFirst}
  Files:
    Type: AWS::S3::Bucket
    Condition: IsFirst
    Properties:
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: "aws:kms", KMSMasterKeyID: !GetAtt Own.Arn}
  Queue: {Type: AWS::SQS::Queue, Condition: IsFirst, Properties: {KmsMasterKeyId: !Ref Single}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: "*"
                Resource: "*"
                Condition: {StringEquals: {aws:RequestedRegion: %s}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: !GetAtt Role.Arn
      ContainerDefinitions:
        - Name: shop
          Image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop:1
          Secrets:
            - {Name: A, ValueFrom: !If [IsFirst, !Ref Copied, x]}
            - {Name: B, ValueFrom: !If [IsFirst, !Ref Alone, x]}
            - {Name: C, ValueFrom: !Ref Name}
            - {Name: D, ValueFrom: "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234"}
  Machines:
    Type: AWS::EC2::LaunchTemplate
    Properties: {LaunchTemplateData: {ImageId: ami-0123456789abcdef0}}
  Shop: {Type: AWS::ECS::Service, Properties: {DesiredCount: 2}}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def needed(name: str, text: str, configuration: str = CONFIGURATION) -> dict[tuple[str, str], bool | None]:
    """What is needed in the other Region, and whether it is there."""
    Path(".awslint-memo.yaml").write_text(configuration)
    Path(name).write_text(text)
    result = invoke("recovery", "--format", "json")
    assert result.exit_code == 0, result.stderr
    every = [one for family in json.loads(result.stdout)["families"] for one in family["strategies"]]
    return {(need["kind"], need["name"]): need["there"] for one in every for need in one["needed"]}


@pytest.mark.parametrize(("named", "is_role_there"), [("eu-west-1", False), ("[eu-west-1, eu-central-1]", True)])
def test_what_a_template_uses_in_its_first_region(named: str, is_role_there: bool) -> None:
    assert needed("shop.yaml", TEMPLATE % named) == {
        ("key", "Own"): True,
        ("key", "Single"): None,  # Another key stands there.
        ("secret", "Copied"): True,
        ("secret", "Alone"): False,
        ("role", "Role"): is_role_there,
        ("images", "shop"): None,
        ("key", "mrk-1234"): None,
        ("machine image", "ami-0123456789abcdef0"): False,
        ("quota", "tasks of ECS and their vCPUs"): None,
    }


ROOT = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "second"
  region = "eu-central-1"
}
resource "aws_kms_key" "files" {
  multi_region = true
}
resource "aws_kms_replica_key" "files" {
  provider        = aws.second
  primary_key_arn = aws_kms_key.files.arn
}
resource "aws_kms_key" "queue" {}
resource "aws_sqs_queue" "work" {
  kms_master_key_id = aws_kms_key.queue.id
}
resource "aws_rds_cluster" "orders" {
  engine     = "aurora-mysql"
  kms_key_id = aws_kms_key.files.arn
}
resource "aws_secretsmanager_secret" "copied" {
  replica {
    region = "eu-central-1"
  }
}
resource "aws_ecr_repository" "shop" {
  name = "shop"
}
resource "aws_ecr_repository" "jobs" {
  name = "jobs"
}
resource "aws_ecr_replication_configuration" "images" {
  replication_configuration {
    rule {
      destination {
        region      = "eu-central-1"
        registry_id = "123456789012"
      }
      repository_filter {
        filter      = "sho"
        filter_type = "PREFIX_MATCH"
      }
    }
  }
}
resource "aws_lambda_function" "shop" {
  function_name = "shop"
  image_uri     = "${aws_ecr_repository.shop.repository_url}:1"
  environment {
    variables = {
      SECRET = aws_secretsmanager_secret.copied.arn
    }
  }
}
resource "aws_lambda_function" "jobs" {
  function_name = "jobs"
  image_uri     = "${aws_ecr_repository.jobs.repository_url}:1"
}
"""


def test_what_a_root_uses_in_its_first_region() -> None:
    assert needed("main.tf", ROOT) == {
        ("key", "aws_kms_key.files"): True,
        ("key", "aws_kms_key.queue"): False,
        ("secret", "aws_secretsmanager_secret.copied"): True,
        ("images", "aws_ecr_repository.shop"): True,
        ("images", "aws_ecr_repository.jobs"): None,
        ("quota", "concurrent executions of functions"): None,
    }
    lines = [line for line in invoke("recovery").stdout.splitlines() if line.startswith("needed in eu-central-1")]
    assert [line.split(":")[0].removeprefix("needed in eu-central-1, ") for line in lines] == [
        *["there"] * 3,
        "not there",
        *["not told"] * 2,
    ]


def test_nothing_is_needed_where_no_other_region_is_known() -> None:
    assert needed("main.tf", ROOT.partition('provider "aws" {\n  alias')[0], "recovery: {rpo: 1h}\n") == {}
