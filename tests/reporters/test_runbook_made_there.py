"""What a runbook leaves out of a second deployment, the roots that it makes apart, and what a repository has for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reporters.test_runbook import REGIONS, asked, runbooks, steps


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


ROOT = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_dynamodb_table" "%s" {
  name = "%s"
}
resource "aws_ecs_service" "%s" {
  name          = "%s"
  desired_count = 2
}
"""
OF_NO_REGION = """\
resource "aws_organizations_organization" "all" {
  feature_set = "ALL"
}
resource "aws_route53_zone" "shop" {
  name = "example.com"
}
resource "aws_route53_zone" "inner" {
  name = "example.internal"
  vpc {
    vpc_id = "vpc-1"
  }
}
"""
STACK = """\
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders}}
  Api: {Type: AWS::ECS::Service, Properties: {ServiceName: api, DesiredCount: 2}}
  All: {Type: AWS::Organizations::Organization, Properties: {FeatureSet: ALL}}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com}}
  Inner:
    Type: AWS::Route53::HostedZone
    Properties: {Name: example.internal, VPCs: [{VPCId: vpc-1, VPCRegion: eu-west-1}]}
"""
HERE = "deployments: {home: {AWS::Region: eu-west-1}}\n"


@pytest.mark.parametrize(
    ("kind", "text", "titles"),
    [
        (
            "main_tf",
            ROOT % (("orders",) * 2 + ("api",) * 2) + OF_NO_REGION,
            {"aws_organizations_organization.all", "aws_route53_zone.shop"},
        ),
        ("a_yaml", STACK, {"All", "Zone"}),
    ],
)
def test_what_there_is_once_is_left_out_of_a_deployment(here: Path, kind: str, text: str, titles: set[str]) -> None:
    tasks = steps("region", (HERE if kind == "a_yaml" else "") + REGIONS, **{kind: text})
    [note] = [note for task in tasks for note in task["notes"] if "in no Region and still there" in note]
    assert set(note.partition(" are in no Region")[0].split(" and ")) == titles


def test_each_root_is_applied_by_a_step_of_its_own(here: Path) -> None:
    for name in ("first", "second"):
        Path(name).mkdir()
        Path(name, "main.tf").write_text(ROOT % (name, name, name, name), encoding="utf-8")
    together = REGIONS.replace("rto: 2h}", "rto: 2h, applications: {shop: {paths: ['**']}}}")
    made = [task for task in steps("region", together) if task["phase"] == "prepare"]
    assert [task["what"] for task in made] == [
        "Make in eu-central-1: aws_ecs_service.first",
        "Make in eu-central-1: aws_ecs_service.second",
    ]
    for task, name in zip(made, ("first", "second"), strict=True):
        assert f"It makes aws_dynamodb_table.{name} anew and empty." in task["notes"]


def _near(*paths: str) -> list[str]:
    """What is said of files that may be for a failover, for a root in estate/terraform."""
    Path("estate/terraform").mkdir(parents=True, exist_ok=True)
    Path("estate/terraform/main.tf").write_text(ROOT % (("orders",) * 2 + ("api",) * 2), encoding="utf-8")
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text("", encoding="utf-8")
    [runbook] = runbooks("region", REGIONS)
    return [note for note in runbook["tasks"][0]["notes"] if "may be for a failover" in note]


def test_scripts_and_pages_for_a_failover_are_named(here: Path) -> None:
    assert (
        _near("README.md", "estate/procedure/restore.sh", "estate/test/failover.sh", "other/run/deep/failover.sh") == []
    )
    [note] = _near("estate/procedure/failover.sh", "DR_RUNBOOK.md", "docs/runbook.md")
    assert note.startswith(
        "DR_RUNBOOK.md, docs/runbook.md and estate/procedure/failover.sh may be for a failover, by their names: read"
    )


def test_scripts_of_another_design_are_not_named(here: Path) -> None:
    path = "other/scripts/failover.sh"
    [note] = _near(path)
    assert note.startswith(f"{path} may be for a failover, by its name")
    Path("other/api.yaml").write_text("Resources: {Api: {Type: AWS::SQS::Queue}}\n", encoding="utf-8")
    assert _near(path) == []


PROGRAM = """\
resource "aws_lambda_function" "mover" {
  function_name = "orders-failover"
  role          = "role"
}
resource "aws_cloudwatch_event_rule" "minute" {
  schedule_expression = "rate(1 minute)"
}
resource "aws_cloudwatch_event_target" "minute" {
  rule = aws_cloudwatch_event_rule.minute.name
  arn  = aws_lambda_function.mover.arn
}
"""


def test_what_is_lost_with_the_region_is_not_waited_for(here: Path) -> None:
    text = ROOT % (("orders",) * 2 + ("api",) * 2) + PROGRAM
    questions = asked("region", REGIONS.replace("complete: true, ", ""), main_tf=text)
    [question] = [each for what, each in questions.items() if "aws_lambda_function.mover" in what]
    assert question["what"] == (
        "whether the function aws_lambda_function.mover is for this, and is there in eu-central-1 too: it is declared"
        " in eu-west-1, and lost with it"
    )
    assert question["then"]["what"].startswith("Start the function aws_lambda_function.mover")
