"""What a runbook says is plain: which of two things of one name is meant, what is left to wait for and to fill in."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import printed
from tests.reporters.recovery_tables import rows
from tests.reporters.test_runbook import GLOBAL, PAIR, PROVIDERS, READY, REGIONS, SECONDARY, asked, runbooks, steps
from tests.reporters.test_runbook_controls import ROOT


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_one_name_in_both_regions_is_said_with_the_region(here: Path) -> None:
    there = (SECONDARY + READY).replace("Standby", "Orders")
    for text, of_home in ((there, "Orders in eu-west-1"), (SECONDARY + READY, "Orders")):
        [data] = [
            task for task in steps("region", PAIR, first_yaml=GLOBAL, second_yaml=text) if task["phase"] == "data"
        ]
        note = (
            f"If {of_home} still takes writes, stop what writes to it first: what it takes after the promotion is lost."
        )
        assert note in data["notes"]


TWO = """\
resource "aws_route53_record" "two" {
  zone_id        = "Z1"
  name           = "www.example.com"
  type           = "CNAME"
  ttl            = 60
  set_identifier = "two"
  records        = ["web-1.eu-central-1.elb.amazonaws.com"]
  failover_routing_policy {
    type = "SECONDARY"
  }
}
"""
CONTROLS = """\
Resources:
  Cluster: {Type: AWS::Route53RecoveryControl::Cluster, Properties: {Name: shop}}
  Control: {Type: AWS::Route53RecoveryControl::RoutingControl, Properties: {Name: one, ClusterArn: !Ref Cluster}}
  Check: {Type: AWS::Route53::HealthCheck,
    Properties: {HealthCheckConfig: {Type: RECOVERY_CONTROL, RoutingControlArn: !Ref Control}}}
  One: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: CNAME, TTL: "60",
    SetIdentifier: one, Failover: PRIMARY, HealthCheckId: !Ref Check,
    ResourceRecords: [web-1.eu-west-1.elb.amazonaws.com]}}
  Two: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: www.example.com, Type: CNAME, TTL: "60",
    SetIdentifier: two, Failover: SECONDARY, ResourceRecords: [web-1.eu-central-1.elb.amazonaws.com]}}
"""


@pytest.mark.parametrize("files", [{"a_yaml": CONTROLS}, {"main_tf": ROOT + TWO}])
def test_behind_a_routing_control_only_resolvers_are_waited_for(here: Path, files: dict[str, str]) -> None:
    tasks = steps(**files)
    [turned, wait] = [task for task in tasks if task["phase"] == "requests"]
    assert turned["what"].startswith("Turn the routing controls: ")
    assert wait["what"] == (
        "Wait: www.example.com CNAME leads to eu-central-1 once its routing controls are turned,"
        " and resolvers ask again"
    )
    assert (wait["by_person"], wait["notes"]) == (False, [])
    assert not any("somebody" in reason for reason in wait["unknown"])
    # Nothing was recovered, so that nothing is to be backed up.
    assert (tasks[-1]["notes"] == []) == ("a_yaml" in files)


VERSIONS = """\
resource "aws_db_instance" "orders" {
  for_each                = toset(["a"])
  engine                  = "postgres"
  backup_retention_period = 7
}
"""


def test_an_address_keeps_its_index(here: Path) -> None:
    [runbook] = runbooks("software", REGIONS, main_tf=PROVIDERS + VERSIONS)
    commands = [command for task in runbook["tasks"] for command in task["commands"]]
    assert any(":?identifier of aws_db_instance.orders[a]}" in command for command in commands)


AURORA = """\
resource "aws_rds_cluster" "orders" {
  engine                  = "aurora-mysql"
  backup_retention_period = 7
  backtrack_window        = 3600
}
"""
REPLICATED = """\
resource "aws_rds_cluster" "copy" {
  provider                      = aws.second
  engine                        = "aurora-mysql"
  replication_source_identifier = aws_rds_cluster.orders.arn
}
"""
CLUSTER = """\
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, BacktrackWindow: 3600}}
"""
COPY = """\
  Copy: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql,
    ReplicationSourceIdentifier: !GetAtt Orders.DBClusterArn}}
"""


@pytest.mark.parametrize(
    ("name", "alone", "copy"), [("main.tf", PROVIDERS + AURORA, REPLICATED), ("a.yaml", CLUSTER, COPY)]
)
def test_what_is_replicated_by_its_binary_log_may_not_be_backtracked(
    here: Path, name: str, alone: str, copy: str
) -> None:
    [first] = [row for row in rows(here, {name: alone}, "--disruption", "software") if "rders software" in row]
    assert " start" in first
    lines = rows(here, {name: alone + copy}, "--disruption", "software")
    [second] = [row for row in lines if "rders software" in row]
    assert " start" not in second
    assert " restore " in second


GROUP = """\
Parameters: {Subnet: {Type: "AWS::EC2::Subnet::Id"}}
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: {MinSize: "2", MaxSize: "2", VPCZoneIdentifier: [!Ref Subnet],
      LaunchTemplate: {LaunchTemplateId: lt-1, Version: "1"}}
"""


def test_a_group_of_one_subnet_starts_nothing_elsewhere(here: Path) -> None:
    [runbook] = runbooks("az", REGIONS, a_yaml=GROUP)
    [task] = [task for task in runbook["tasks"] if task["phase"] == "capacity"]
    assert task["what"].startswith("Where Web was in the zone, give it a subnet in another one")
    assert task["by_person"]


def test_equal_questions_are_asked_once(here: Path) -> None:
    bucket = 'resource "aws_s3_bucket" "files" {\n  bucket = "files"\n}\n'
    for name in ("one", "two"):
        (here / name).mkdir()
        (here / name / "main.tf").write_text(PROVIDERS.partition('provider "aws" {\n  alias')[0] + bucket)
    configuration = REGIONS.replace("complete: true, ", "").replace(
        "rto: 2h", "rto: 2h, applications: {all: {paths: ['*/**']}}"
    )
    for runbook in runbooks("region", configuration):
        words = [(question["what"], *question["commands"]) for question in runbook["questions"]]
        assert len(words) == len(set(words))


PLAIN = "Resources:\n  Files: {Type: AWS::S3::Bucket}\n"
COMPUTING = """\
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {Handler: a.b, Runtime: python3.13, Code: {S3Bucket: a, S3Key: b}}}
"""


def test_what_is_declared_to_belong_together_is_not_asked_to_be(here: Path) -> None:
    together = REGIONS.replace("rto: 2h", "rto: 2h, applications: {shop: {paths: ['*.yaml']}}")
    for configuration, is_other in ((REGIONS, True), (together, False)):
        every = runbooks("region", configuration, a_yaml=PLAIN, b_yaml=COMPUTING)
        notes = [note for runbook in every for question in runbook["questions"] for note in question["notes"]]
        assert any("Of other templates, Work" in note for note in notes) == is_other


def test_a_question_about_data_has_its_place_among_the_steps(here: Path) -> None:
    text = (SECONDARY + READY).replace("GlobalClusterIdentifier: everywhere", "GlobalClusterIdentifier: !Ref Name")
    text = "Parameters: {Name: {Type: String}}\n" + text
    files = {"first_yaml": GLOBAL, "second_yaml": text}
    about = [each for each in asked("region", PAIR, **files).values() if (each["then"] or {}).get("phase") == "data"]
    [decision] = [task for task in steps("region", PAIR, **files) if task["what"].startswith("See that")]
    note = "What the answers about Orders ask for is done next, before what uses it."
    assert (note in decision["notes"]) == bool(about)


def test_the_head_says_how_far_objectives_differ(here: Path) -> None:
    configuration = REGIONS.replace(
        "rto: 2h", "rto: 2h, applications: {shop: {paths: ['**']}, media: {resources: [Media], rpo: 15m}}"
    )
    (here / ".awslint-memo.yaml").write_text(configuration)
    (here / "a.yaml").write_text(PLAIN + "  Media: {Type: AWS::S3::Bucket}\n")
    text = printed("recovery", "--runbook", "region")
    assert "Objectives: RPO 15m (.awslint-memo.yaml:1) to 1h (.awslint-memo.yaml:1), RTO 2h" in text
