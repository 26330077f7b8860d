"""What is done for the other Region uses nothing of the lost one: clusters without a peer, secondaries of which nobody
tells the Region, names of a Region's own, accelerators with one group.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.test_runbook import REGIONS, asked, commands, in_words, runbooks, steps


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


ALONE = """\
Parameters: {Peers: {Type: CommaDelimitedList, Default: ""}}
Conditions: {HasPeers: !Not [!Equals [!Select [0, !Ref Peers], ""]]}
Resources:
  Orders:
    Type: AWS::DSQL::Cluster
    Properties:
      MultiRegionProperties: {WitnessRegion: eu-west-3, Clusters: !If [HasPeers, !Ref Peers, !Ref AWS::NoValue]}
  Api: {Type: AWS::Lambda::Function, Properties: {FunctionName: api}}
"""
ALONE_IN_TERRAFORM = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_dsql_cluster" "orders" {
}
resource "aws_dsql_cluster_peering" "orders" {
  identifier     = aws_dsql_cluster.orders.identifier
  clusters       = var.peers
  witness_region = "eu-west-3"
}
variable "peers" {
  default = []
}
resource "aws_lambda_function" "api" {
  function_name = "api"
}
"""
PEER = "arn:aws:dsql:eu-central-1:123456789012:cluster/abcdefghijklmnopqrstuvwxyz"
OPEN = REGIONS.replace("complete: true, ", "")


@pytest.mark.parametrize(
    ("name", "text", "remedy"),
    [
        ("a_yaml", ALONE, "write it as MultiRegionProperties.Clusters, or give what decides that with --parameters"),
        ("main_tf", ALONE_IN_TERRAFORM, "or give what decides that with --var-file"),
    ],
)
def test_a_cluster_for_several_regions_is_asked_for_its_peer(here: Path, name: str, text: str, remedy: str) -> None:
    [runbook] = runbooks("region", OPEN, **{name: text})
    told = " ".join(printed("recovery", "--disruption", "region").split())
    assert "with which cluster it is peered: it has a witness Region, and no peer is written" in told
    assert remedy in told
    every = [line for question in runbook["questions"] for line in question["commands"]]
    assert any("dsql list-clusters --region eu-central-1" in line for line in every)
    assert any("dsql get-cluster --region eu-west-1" in line for line in every)
    assert any("backup list-recovery-points-by-resource --region eu-central-1" in line for line in every)
    assert not any("ask those who run it" in note for question in runbook["questions"] for note in question["notes"])


def test_a_cluster_whose_peer_is_given_has_it(here: Path) -> None:
    written = ALONE.replace('Default: ""', f'Default: "{PEER}"')
    [task] = [task for task in steps("region", REGIONS, a_yaml=written) if task["phase"] == "data"]
    assert task["what"].startswith("Use the cluster that Orders is peered with")


@pytest.mark.parametrize(("name", "text"), [("a_yaml", ALONE), ("main_tf", ALONE_IN_TERRAFORM)])
def test_a_cluster_is_not_made_for_a_peer_that_is_lost(here: Path, name: str, text: str) -> None:
    [runbook] = runbooks("region", OPEN, **{name: text})
    thens = [question["then"] for question in runbook["questions"] if question["then"] is not None]
    notes = [note for task in (*runbook["tasks"], *thens) for note in task["notes"] if "PENDING_SETUP" in note]
    assert len(notes) == 1
    assert "until it has a peer that is up, which one in eu-west-1 is not" in notes[0]


UNTOLD = """\
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.primary, aws.secondary] }
  }
}
resource "aws_rds_global_cluster" "orders" {
  provider                  = aws.primary
  global_cluster_identifier = "orders"
  engine                    = "aurora-mysql"
}
resource "aws_rds_cluster" "orders" {
  provider                  = aws.primary
  cluster_identifier        = "orders"
  engine                    = "aurora-mysql"
  master_username           = "root"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
}
resource "aws_rds_cluster" "second" {
  provider                  = aws.secondary
  cluster_identifier        = "second"
  engine                    = "aurora-mysql"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
}
"""


def test_a_secondary_of_which_nobody_tells_the_region_is_not_promoted_in_the_lost_one(here: Path) -> None:
    [runbook] = runbooks("region", REGIONS, main_tf=UNTOLD)
    [then] = [question["then"] for question in runbook["questions"] if "secondary" in question["what"]]
    assert then["what"].endswith("and promote it in eu-central-1 to the primary")
    assert not any("--region eu-west-1" in line for line in [*then["commands"], *commands(runbook["tasks"])])
    told = printed("recovery", "--disruption", "region")
    # What is asked for is longer than "seconds" are; that the copy is there is not told.
    assert "whether the secondary aws_rds_cluster.second of the global database is there, in another Region" in told
    assert "ask for 1m or more" not in told
    printed_in_seconds = REGIONS.replace("rpo: 1h", "rpo: 10s")
    Path(".awslint-memo.yaml").write_text(printed_in_seconds, encoding="utf-8")
    assert "ask for 1m or more" in printed("recovery", "--disruption", "region")


OWN_NAME = """\
Resources:
  Orders: {Type: AWS::DynamoDB::GlobalTable, Properties: {TableName: orders, Replicas: [
    {Region: eu-west-1}, {Region: eu-central-1}]}}
  Api:
    Type: AWS::Route53::RecordSet
    Properties: {HostedZoneName: example.com., Name: %s.example.com, Type: CNAME, TTL: "60",
      ResourceRecords: [web-1.eu-west-1.elb.amazonaws.com]}
"""
OWN_NAME_IN_TERRAFORM = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_dynamodb_table" "orders" {
  name = "orders"
  replica {
    region_name = "eu-central-1"
  }
}
resource "aws_route53_record" "api" {
  zone_id = "Z1"
  name    = "%s.example.com"
  type    = "CNAME"
  ttl     = 60
  records = ["web-1.eu-west-1.elb.amazonaws.com"]
}
"""


@pytest.mark.parametrize(("name", "text"), [("a_yaml", OWN_NAME), ("main_tf", OWN_NAME_IN_TERRAFORM)])
@pytest.mark.parametrize(("label", "is_own"), [("api.eu-west-1", True), ("api_eu_west_1", True), ("api", False)])
def test_the_own_name_of_a_region_is_not_led_elsewhere(
    here: Path, name: str, text: str, label: str, is_own: bool
) -> None:
    questions = asked("region", REGIONS, **{name: text % label})
    words = [word for word in questions if word.endswith("which is eu-west-1's own name")]
    assert len(words) == int(is_own)
    assert any("Change " in word for word in in_words(steps("region", REGIONS, **{name: text % label}))) is not is_own


GROUP = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_dynamodb_table" "orders" {
  name = "orders"
  replica {
    region_name = "eu-central-1"
  }
}
resource "aws_globalaccelerator_listener" "api" {
  accelerator_arn = "arn:aws:globalaccelerator::123456789012:accelerator/a"
}
resource "aws_globalaccelerator_endpoint_group" "ireland" {
  listener_arn          = aws_globalaccelerator_listener.api.id
  endpoint_group_region = "eu-west-1"
  endpoint_configuration {
    endpoint_id = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/b"
  }
}
"""
OTHER_GROUP = GROUP[GROUP.index('resource "aws_globalaccelerator_endpoint_group"') :].replace("ireland", "frankfurt")
GROUP_OF_A_STACK = """\
Resources:
  Orders: {Type: AWS::DynamoDB::GlobalTable, Properties: {TableName: orders, Replicas: [
    {Region: eu-west-1}, {Region: eu-central-1}]}}
  Listener: {Type: AWS::GlobalAccelerator::Listener, Properties: {AcceleratorArn: a, Protocol: TCP, PortRanges: []}}
  Ireland:
    Type: AWS::GlobalAccelerator::EndpointGroup
    Properties:
      ListenerArn: !Ref Listener
      EndpointGroupRegion: eu-west-1
      EndpointConfigurations:
        - {EndpointId: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/b"}
"""


@pytest.mark.parametrize(
    ("name", "text", "is_added"),
    [
        ("main_tf", GROUP, True),
        # One without a Region is in that of its provider.
        ("main_tf", GROUP.replace('  endpoint_group_region = "eu-west-1"\n', ""), True),
        ("main_tf", GROUP + OTHER_GROUP.replace("eu-west-1", "eu-central-1"), False),
        ("main_tf", GROUP + OTHER_GROUP.replace('"eu-west-1"', "var.region") + 'variable "region" {\n}\n', False),
        ("a_yaml", GROUP_OF_A_STACK, True),
    ],
)
def test_a_listener_with_one_group_gets_another(here: Path, name: str, text: str, is_added: bool) -> None:
    found = [task for task in steps("region", REGIONS, **{name: text}) if "Add an endpoint group" in task["what"]]
    assert len(found) == int(is_added)
    for task in found:
        assert "globalaccelerator create-endpoint-group --region us-west-2" in task["commands"][0]
        assert "--endpoint-group-region eu-central-1" in task["commands"][0]


ONE_CACHE = """\
provider "aws" {
  region = "eu-west-1"
}
provider "aws" {
  alias  = "away"
  region = "eu-central-1"
}
resource "aws_elasticache_replication_group" "pages" {
  replication_group_id = "pages"
  description          = "pages"
}
resource "aws_lambda_function" "home" {
  function_name = "home"
  environment {
    variables = { CACHE = aws_elasticache_replication_group.pages.primary_endpoint_address }
  }
}
resource "aws_lambda_function" "away" {
  provider      = aws.away
  function_name = "away"
  environment {
    variables = { CACHE = %s }
  }
}
"""
OF_HOME = "aws_elasticache_replication_group.pages.primary_endpoint_address"


@pytest.mark.parametrize(("address", "is_told"), [(OF_HOME, True), ('"cache.example.com"', False)])
def test_what_runs_there_and_names_a_lost_cache_gets_another_address(here: Path, address: str, is_told: bool) -> None:
    [runbook] = runbooks("region", OPEN, main_tf=ONE_CACHE % address)
    tasks = [task["what"] for task in runbook["tasks"] if task["what"].startswith("Give ")]
    assert (
        tasks
        == [
            "Give aws_lambda_function.away in eu-central-1 the address of what takes the place of"
            " aws_elasticache_replication_group.pages, which it names"
        ][: int(is_told)]
    )
