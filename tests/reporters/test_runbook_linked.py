"""A runbook of stacks that import from each other, with replicas whose source was not read and a drill of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting

HOME = """\
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: 0}}
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: 2, MaxSize: 2, VPCZoneIdentifier: [subnet-1], LaunchTemplate: {LaunchTemplateName: a}}
Outputs: {Web: {Value: !Ref Web, Export: {Name: web}}}
"""
AWAY = """\
Parameters: {Source: {Type: String}}
Resources:
  First: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, SourceDBInstanceIdentifier: Source}}
  Second: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, SourceDBInstanceIdentifier: Source}}
"""
FUNCTION = """\
  %s:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: !Sub "${AWS::StackName}-a", Handler: a.b, Runtime: python3.13,
      Code: {ZipFile: "pass"}, Role: "arn:aws:iam::123456789012:role/a",
      Environment: {Variables: {GROUP: !ImportValue web}}}
"""
DRILL = "Resources:\n" + FUNCTION % "SimulateDisaster" + FUNCTION % "RestoreInfrastructure"
STACKS = """\
deployments:
  home: {AWS::Region: eu-west-1, paths: [home.yaml]}
  away: {AWS::Region: eu-central-1, paths: [away.yaml]}
  drill: {AWS::Region: eu-west-1, AWS::StackName: simulate-disaster, paths: [drill.yaml]}
recovery: {regions: [eu-west-1, eu-central-1], complete: true, rpo: 1h, applications: {shop: {paths: ["*.yaml"]}}}
"""
FILES = {"home.yaml": HOME, "away.yaml": AWAY, "drill.yaml": DRILL}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_another_stack_imports_is_told_once(here: Path) -> None:
    table = "\n".join(rows(here, FILES, configuration=STACKS))
    assert "home.yaml:Orders" not in table
    assert table.count("strategy of shop:") == 1
    runbook = printed("recovery", "--runbook", "region")
    assert "home.yaml:" not in runbook.replace("because: home.yaml:", "")
    assert "drill.yaml:S" not in runbook


def test_a_drill_is_not_deployed_and_what_restores_is_asked_about(here: Path) -> None:
    lines = rows(here, FILES, "--runbook", "region", configuration=STACKS)
    assert not any("Deploy drill.yaml" in line or "SimulateDisaster" in line for line in lines)
    assert any("whether the function RestoreInfrastructure is for this" in line for line in lines)


def test_of_two_replicas_of_a_source_that_was_not_read_one_is_promoted(here: Path) -> None:
    lines = rows(here, FILES, "--runbook", "region", configuration=STACKS)
    assert sum("rds promote-read-replica" in line for line in lines) == 1
    assert starting(lines, "note: Second is a replica of the same source: promote the one that is least behind")
    assert starting(lines, "because: away.yaml:3 a read replica, whose source Source was not read")
    # The lost database may be the one with these replicas.
    assert starting(lines, "note: Not where First is a replica of it")
    assert any("Give what used the source of First the endpoint of First in eu-central-1" in line for line in lines)
    assert any("where they are kept in a secret of the lost Region" in line for line in lines)


def test_what_the_deployment_makes_is_not_made_a_second_time(here: Path) -> None:
    lines = rows(here, FILES, "--runbook", "region", configuration=STACKS)
    assert starting(lines, "note: It makes Orders anew and empty") == "note: It makes Orders anew and empty."
    assert any(
        "Use Orders as the deployment makes it, empty: there is no way back to its data" in line for line in lines
    )
    assert not any("Make Orders again" in line for line in lines)


def test_locks_are_made_before_terraform_is_run(here: Path) -> None:
    root = """\
    provider "aws" { region = "eu-west-1" }
    resource "aws_dynamodb_table" "locks" {
      name     = "locks"
      hash_key = "LockID"
    }
    variable "zones" { default = ["eu-west-1a", "eu-west-1b"] }
    resource "aws_subnet" "app" {
      count             = length(var.zones)
      vpc_id            = "vpc-1"
      availability_zone = var.zones[count.index]
    }
    resource "aws_ecs_service" "app" {
      name          = "app"
      desired_count = 2
    }
    """
    configuration = "recovery: {regions: [eu-west-1, eu-central-1], complete: true}\n"
    lines = rows(here, {"main.tf": root}, "--runbook", "region", configuration=configuration)
    [locks] = [number for number, line in enumerate(lines) if "Make aws_dynamodb_table.locks anew before" in line]
    [made] = [number for number, line in enumerate(lines) if "Make in eu-central-1: aws_ecs_service.app" in line]
    assert locks < made
    zones = "note: Its subnets are in eu-west-1a and eu-west-1b: give it zones of eu-central-1 (by -var"
    assert starting(lines, zones)


def test_what_takes_requests_is_not_denied_where_nothing_of_it_was_read(here: Path) -> None:
    configuration = STACKS.replace("rpo: 1h", "rpo: 1h, strategy: warm-standby")
    lines = rows(here, FILES, configuration=configuration)
    strategy = starting(lines, "strategy of shop: declared warm-standby")
    assert "whether a load balancer, API or function URL takes requests in eu-central-1 is not told" in strategy


def test_an_image_is_sought_by_its_name_as_it_may_be_anybodys(here: Path) -> None:
    template = "LaunchTemplateData: {ImageId: ami-0e2c8caa4b6378d8c}"
    image = f"  Start: {{Type: AWS::EC2::LaunchTemplate, Properties: {{{template}}}}}\nOutputs:"
    home = HOME.replace("{LaunchTemplateName: a}", "{LaunchTemplateId: !Ref Start}").replace("Outputs:", image)
    lines = rows(here, {**FILES, "home.yaml": home}, "--runbook", "region", configuration=STACKS)
    shown = starting(lines, "AMI_0E2C8CAA4B6378D8C_NAME=$(aws ec2 describe-images --region eu-west-1 --image-ids")
    assert shown.endswith("--query 'Images[0].Name' --output text)")
    assert starting(lines, "$ aws ec2 describe-images --region eu-central-1 --filters Name=name,Values=")
