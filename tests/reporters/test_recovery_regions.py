"""Which Region `recovery` takes stores to be in: one that somebody gives, not one that is only compared."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows, starting

COMPARING = """\
    variable "aws_region" {%s}
    provider "aws" {
      region = var.aws_region
    }
    resource "aws_iam_service_linked_role" "es" {
      count            = var.aws_region == "us-east-1" ? 1 : 0
      aws_service_name = "es.amazonaws.com"
    }
    resource "aws_s3_bucket" "files" {
      bucket = "files"
    }
    """
TEMPLATE = """\
    Conditions:
      IsEast: !Equals [!Ref AWS::Region, us-east-1]
    Resources:
      Topic: {Type: AWS::SNS::Topic, Condition: IsEast}
      Files: {Type: AWS::S3::Bucket}
    """


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("files", "remedy"),
    [
        ({"main.tf": COMPARING % ""}, "not told: the Region (give var.aws_region by --var-file, or declare `regions`)"),
        (
            {"template.yaml": TEMPLATE},
            "not told: the Region (give AWS::Region as a parameter, or declare `regions`)",
        ),
    ],
)
def test_what_a_region_is_compared_with_is_not_the_region(here: Path, files: dict[str, str], remedy: str) -> None:
    lines = rows(here, files, configuration="")
    assert "us-east-1" not in " ".join(lines)
    assert remedy in lines
    assert sum(" software" in line for line in lines) == 1


CHOSEN = """\
    variable "stage" {}
    provider "aws" {
      region = %s
    }
    resource "aws_s3_bucket" "files" {
      bucket = "files"
    }
    """
ONLY_LIVE = """\
    resource "aws_sqs_queue" "live" {
      count = var.stage == "live" ? 1 : 0
    }
    """


@pytest.mark.parametrize("more", ["", ONLY_LIVE])
@pytest.mark.parametrize(
    "region",
    [
        'var.stage == "live" ? "us-east-1" : "eu-west-1"',
        'lookup({ live = "us-east-1" }, var.stage, "eu-west-1")',
    ],
)
def test_each_region_that_a_variable_chooses_is_told(here: Path, region: str, more: str) -> None:
    lines = rows(here, {"main.tf": CHOSEN % region + more}, configuration="")
    assert lines[0] == ". us-east-1, eu-west-1"
    (family,) = json.loads(printed("recovery", "--format", "json"))["families"]
    assert {store["deployment"]: store["region"] for store in family["stores"]} == {
        "when stage is live": "us-east-1",
        "when stage is not live": "eu-west-1",
    }


@pytest.mark.parametrize("files", [{"main.tf": COMPARING % ""}, {"template.yaml": TEMPLATE}])
def test_the_declared_primary_stands_over_what_is_compared(here: Path, files: dict[str, str]) -> None:
    declared = "recovery: {regions: [us-west-2, us-east-1]}\n"
    lines = rows(here, files, configuration=declared)
    assert lines[0].split()[-1] == "us-west-2"
    assert "in us-east-1" in starting(lines, "strategy: ")
    assert "us-west-2 is lost" in printed("recovery", "--runbook", "region")


def test_a_region_that_is_given_is_told_though_it_is_compared(here: Path) -> None:
    lines = rows(here, {"main.tf": COMPARING % '\n  default = "us-east-1"\n'}, configuration="")
    assert lines[0] == ". us-east-1"
    (here / "live.tfvars").write_text('aws_region = "eu-west-1"\n', encoding="utf-8")
    assert printed("recovery", "--var-file", "live.tfvars").split("\n")[0].split() == [".", "eu-west-1"]
    (here / "main.tf").unlink()
    rows(here, {"template.yaml": TEMPLATE}, configuration="")
    told = printed("recovery", "template.yaml", "--parameters", "AWS::Region=us-east-1").splitlines()
    assert told[0].split() == ["template.yaml", "us-east-1"]
