"""What runbooks tell of what the values of a deployment leave out, or make and do not run."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows

REGIONS = "recovery: {regions: [us-east-1, us-west-2]}\n"
ROOT = """\
    variable "bastion" {
      type    = bool
      default = false
    }
    variable "size" {
      type    = number
      default = 0
    }
    provider "aws" {
      region = "us-east-1"
    }
    module "bastion" {
      source = "./bastion"
      count  = var.bastion ? 1 : 0
    }
    resource "aws_s3_bucket" "files" {
      bucket = "files"
    }
    resource "aws_lb" "web" {
      name = "web"
    }
    resource "aws_ecs_service" "api" {
      name            = "api"
      task_definition = "api"
      desired_count   = var.size
    }
    """
FILES = {
    "main.tf": ROOT,
    "bastion/main.tf": """\
    resource "aws_instance" "door" {
      ami           = "ami-12345678"
      instance_type = "t3.micro"
    }
    resource "aws_route53_record" "door" {
      zone_id = "Z1"
      name    = "door.example.com"
      type    = "A"
      ttl     = 60
      records = [aws_instance.door.public_ip]
    }
    """,
    "envs/small.tfvars": "bastion = false\n",
    "envs/large.tfvars": "bastion = true\n",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _runbook(here: Path, name: str, files: dict[str, str] = FILES) -> str:
    rows(here, files, configuration=REGIONS)
    _, _, text = printed("recovery", "--runbook", "region").partition(f"deployed as {name}")
    return text.partition("Runbook of")[0]


def test_what_another_deployment_of_the_root_makes_is_not_of_this_one(here: Path) -> None:
    told = _runbook(here, "envs/small.tfvars")
    assert "Q" in told
    assert "door" not in told


def test_what_runs_nothing_and_what_takes_requests_are_named(here: Path) -> None:
    told = _runbook(here, "envs/small.tfvars")
    assert (
        "By the values that were read, nothing runs of aws_ecs_service.api (a count of 0); see what runs at home, and"
        " have as much of it run in us-west-2." in told
    )
    assert "At home, aws_lb.web takes requests; nothing that leads them there was read." in told


def test_a_root_is_applied_with_the_counts_that_its_values_leave_at_nothing(here: Path) -> None:
    told = _runbook(here, "envs/large.tfvars")
    assert "Make in us-west-2: module.bastion[0].aws_instance.door" in told
    assert "nothing runs of aws_ecs_service.api (a count of 0); the root makes them too" in told


def test_a_setting_of_a_group_that_was_not_read_starts_nothing(here: Path) -> None:
    files = {
        "main.tf": """\
    variable "group" {}
    provider "aws" {
      region = "us-east-1"
    }
    resource "aws_autoscaling_attachment" "web" {
      autoscaling_group_name = var.group
      lb_target_group_arn    = aws_lb_target_group.web.arn
    }
    resource "aws_lb_target_group" "web" {
      name = "web"
    }
    resource "aws_dynamodb_table" "orders" {
      name     = "orders"
      hash_key = "id"
    }
    """
    }
    rows(here, files, configuration=REGIONS)
    told = "".join(printed("recovery", "--runbook", disruption) for disruption in ("region", "az"))
    assert "aws_dynamodb_table.orders" in told
    assert "aws_autoscaling_attachment" not in told


def test_objectives_are_told_where_no_store_is_judged(here: Path) -> None:
    files = {
        "main.tf": """\
    provider "aws" {
      region = "us-east-1"
    }
    resource "aws_instance" "web" {
      ami           = "ami-12345678"
      instance_type = "t3.micro"
    }
    """
    }
    wanted = "recovery: {rpo: 1h, rto: 4h, region: {rto: 8h}, regions: [us-east-1, us-west-2]}\n"
    rows(here, files, configuration=wanted)
    told = printed("recovery", "--runbook", "region")
    assert "Objectives: RPO 1h (.awslint-memo.yaml:1), RTO 8h (.awslint-memo.yaml:1)." in told
    told = printed("recovery", "--runbook", "az")
    assert "Objectives: RPO 1h (.awslint-memo.yaml:1), RTO 4h (.awslint-memo.yaml:1)." in told
