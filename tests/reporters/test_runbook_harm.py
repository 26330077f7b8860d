"""No step of a runbook does harm, or nothing: what is deployed already, switched by itself or not told is no step."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.test_recovery_entries import DISTRIBUTION, terraform_entries
from tests.reporters.test_runbook import BOTH, PLAN, PROVIDERS, REGIONS, asked, in_words, runbooks, steps


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


SECOND = 'domain_name = "web-1.eu-central-1.elb.amazonaws.com"'
IN_A_VPC = "domain_name = aws_lb.web.dns_name\n    vpc_origin_config {\n      vpc_origin_id = var.other\n    }"


def test_a_second_origin_in_a_vpc_is_where_that_is_whatever_its_name(here: Path) -> None:
    [entry] = terraform_entries(here, 'variable "other" {\n}\n' + DISTRIBUTION.replace(SECOND, IN_A_VPC))
    assert (entry["leads_from"], entry["leads_to"]) == ("eu-west-1", None)
    assert entry["unknown"] == ["in which Region the second origin of aws_cloudfront_distribution.web is"]
    told = printed("recovery", "--runbook", "region")
    assert "Wait: aws_cloudfront_distribution.web both fails over to its second origin (origin group)" in told


def test_an_origin_group_within_one_region_leads_nowhere_else(here: Path) -> None:
    within = DISTRIBUTION.replace("web-1.eu-central-1.elb", "web-2.eu-west-1.elb")
    assert terraform_entries(here, within) == []
    assert "Change the origin of aws_cloudfront_distribution.web" in printed("recovery", "--runbook", "region")


AT_HOME = """\
Conditions:
  AtHome: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Condition: AtHome
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Build:
    Type: AWS::Lambda::Function
    Condition: AtHome
    Properties: {FunctionName: build}
  Api:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: api}
"""


def test_a_template_that_is_deployed_there_is_not_deployed_again(here: Path) -> None:
    [runbook] = runbooks("region", BOTH + REGIONS, shop_yaml=AT_HOME)
    assert not any(task["phase"] == "prepare" and task["sure"] for task in runbook["tasks"])
    [question] = [each for each in runbook["questions"] if each["what"] == "whether Build is needed in eu-central-1"]
    assert question["notes"] == [
        "shop.yaml is deployed there as second, without it: if it is needed, update that stack with the parameters by"
        " which its conditions make it."
    ]
    # Alone, the template is to be deployed there.
    alone = "deployments: {first: {AWS::Region: eu-west-1}}\n"
    assert "Deploy shop.yaml in eu-central-1: Build and Api" in in_words(steps("region", alone + REGIONS))


CHILD = """\
            - Name: then
              ExecutionBlockType: ARCRegionSwitchPlan
              ExecutionBlockConfiguration: {RegionSwitchPlanConfig: {Arn: ARN}}
  Jobs:
    Type: AWS::ARCRegionSwitch::Plan
    Properties: {Name: jobs, RecoveryApproach: activePassive, PrimaryRegion: eu-west-1,
      Regions: [eu-west-1, eu-central-1], ExecutionRole: "arn:aws:iam::123456789012:role/jobs", Workflows: []}
"""


@pytest.mark.parametrize("arn", ["!GetAtt Jobs.Arn", "!Ref Other"])
def test_a_plan_that_another_one_executes_is_not_executed_by_hand(here: Path, arn: str) -> None:
    text = f"Parameters:\n  Other: {{Type: String}}\nResources:\n{PLAN}{CHILD.replace('ARN', arn)}"
    plans = {task["resource"]: task for task in steps("region", REGIONS, shop_yaml=text) if "plan" in task["what"]}
    if arn == "!GetAtt Jobs.Arn":
        assert list(plans) == ["Switch"]
        return
    assert "It does: then: another plan of Region switch is executed." in plans["Switch"]["notes"]
    warning = "Switch executes another plan: if that is this one, do not execute it by hand too."
    assert plans["Jobs"]["notes"][0] == warning
    assert warning not in plans["Switch"]["notes"]


ORCHESTRATOR = (
    PROVIDERS
    + """\
resource "aws_s3_bucket" "files" {
  bucket = "files"
}
resource "aws_lambda_function" "orchestrator" {
  function_name = "failover-orchestrator"
}
"""
)


def test_what_does_the_failover_is_not_made_after_the_loss(here: Path) -> None:
    [runbook] = runbooks(main_tf=ORCHESTRATOR)
    assert not any(task["phase"] == "prepare" and task["sure"] for task in runbook["tasks"])
    what = "whether the function aws_lambda_function.orchestrator is for this: it is in eu-west-1, and lost with it"
    [question] = [each for each in runbook["questions"] if each["what"] == what]
    assert question["then"] is None
    assert "have it in eu-central-1 before anything is lost" in question["notes"][0]
    # Where it is in the other Region, it is started there.
    away = ORCHESTRATOR.replace("  function_name", "  provider      = aws.second\n  function_name")
    [other] = [what for what in asked(main_tf=away) if "orchestrator" in what]
    assert other.endswith(", declared in eu-central-1, is for this")


GROUP = (
    PROVIDERS
    + """\
resource "aws_s3_bucket" "files" {
  bucket = "files"
}
resource "aws_globalaccelerator_endpoint_group" "there" {
  listener_arn            = "listener"
  endpoint_group_region   = "eu-central-1"
  traffic_dial_percentage = DIAL
ENDPOINTS
}
"""
)
ENDPOINT = '  endpoint_configuration {\n    endpoint_id = "i-2"\n    weight = 0\n  }'
TURN = "Turn the dial of aws_globalaccelerator_endpoint_group.there to 100, so that requests are led to eu-central-1"
WEIGH = (
    "Give the endpoints of aws_globalaccelerator_endpoint_group.there weights above 0, so that requests are led to"
    " eu-central-1"
)


@pytest.mark.parametrize(("dial", "endpoints", "what"), [(0, "", TURN), (100, ENDPOINT, WEIGH), (100, "", None)])
def test_a_dial_is_turned_only_where_it_is_not_at_its_end(
    here: Path, dial: int, endpoints: str, what: str | None
) -> None:
    [runbook] = runbooks(main_tf=GROUP.replace("DIAL", str(dial)).replace("ENDPOINTS", endpoints))
    assert [task["what"] for task in runbook["tasks"] if task["phase"] == "requests" and task["sure"]] == [what] * (
        what is not None
    )
    asks = "whether aws_globalaccelerator_endpoint_group.there has endpoints"
    added = [each["then"]["commands"] for each in runbook["questions"] if each["what"] == asks]
    assert len(added) == (what is None)
    assert all("--endpoint-configurations" in call for calls in added for call in calls)
