"""The routing controls that a runbook turns: by records and their checks, and in the order that safety rules allow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.command import printed
from tests.reporters.test_runbook import REGIONS, runbooks


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


TABLE = """\
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {TableName: orders, Replicas: [{Region: eu-west-1}, {Region: eu-central-1}]}
  Cluster: {Type: AWS::Route53RecoveryControl::Cluster, Properties: {Name: shop}}
"""
CONTROL = """\
  %s: {Type: AWS::Route53RecoveryControl::RoutingControl, Properties: {Name: %s, ClusterArn: !Ref Cluster}}
  %sCheck: {Type: AWS::Route53::HealthCheck,
    Properties: {HealthCheckConfig: {Type: RECOVERY_CONTROL, RoutingControlArn: !Ref %s}}}
"""
CALCULATED = """\
  %s: {Type: AWS::Route53::HealthCheck,
    Properties: {HealthCheckConfig: {Type: CALCULATED, HealthThreshold: %d, ChildHealthChecks: [%s]}}}
"""
NAME = """\
  %s: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: Z1, Name: %s.example.com, Type: CNAME, TTL: "60",
    SetIdentifier: %s, %s, %s}}
"""
RULE = """\
  %s: {Type: AWS::Route53RecoveryControl::SafetyRule, Properties: {Name: %s, ControlPanelArn: panel,
    %s, RuleConfig: {Type: ATLEAST, Threshold: %d, Inverted: %s}}}
"""


def control(name: str, region: str = "") -> str:
    return CONTROL % (name, f"{name}-{region}", name, name)


def name(title: str, label: str, policy: str, led: str, check: str = "") -> str:
    values = f"ResourceRecords: [{led}]" + (f", HealthCheckId: !Ref {check}" if check else "")
    return NAME % (title, label, title, policy, values)


def asserting(title: str, least: int, *controls: str, inverted: bool) -> str:
    asked = f"AssertionRule: {{WaitPeriodMs: 5000, AssertedControls: [{refs(*controls)}]}}"
    return RULE % (title, title, asked, least, inverted)


def gating(title: str, gate: str, target: str, *, inverted: bool = False) -> str:
    asked = f"GatingRule: {{WaitPeriodMs: 5000, GatingControls: [!Ref {gate}], TargetControls: [!Ref {target}]}}"
    return RULE % (title, title, asked, 1, inverted)


def refs(*names: str) -> str:
    return ", ".join(f"!Ref {each}" for each in names)


def turned(*parts: str, **files: str) -> Any:
    """The only step that turns routing controls."""
    [runbook] = runbooks("region", REGIONS, **(files or {"a_yaml": TABLE + "".join(parts)}))
    [task] = [each for each in runbook["tasks"] if each["what"].startswith("Turn the routing controls")]
    return task


def said(task: Any) -> str:
    words: str = (
        task["what"].removeprefix("Turn the routing controls: ").removesuffix(", so that requests go to eu-central-1")
    )
    return words


HOME, AWAY = "web-1.eu-west-1.elb.amazonaws.com", "web-1.eu-central-1.elb.amazonaws.com"
PAIR = name("First", "www", "Failover: PRIMARY", HOME, "OneCheck") + name("Last", "www", "Failover: SECONDARY", AWAY)


def test_a_primary_record_of_the_other_region_is_turned_on(here: Path) -> None:
    first = name("First", "www", "Failover: PRIMARY", AWAY, "OneCheck")
    assert said(turned(control("One"), first)) == "One On"


@pytest.mark.parametrize(
    ("threshold", "expected"),
    [(1, "One Off, Two Off"), (2, "One as its Region asks, Two as its Region asks")],
)
def test_a_calculated_check_fails_once_too_few_controls_are_on(here: Path, threshold: int, expected: str) -> None:
    both = CALCULATED % ("Both", threshold, refs("OneCheck", "TwoCheck"))
    pair = name("First", "www", "Failover: PRIMARY", HOME, "Both") + name("Last", "www", "Failover: SECONDARY", AWAY)
    assert said(turned(control("One"), control("Two"), both, pair)) == expected


def test_a_name_before_both_regions_stays_healthy(here: Path) -> None:
    """With both controls off, the outer name would lead to the page that says that nothing works."""
    any_ = CALCULATED % ("Any", 1, refs("OneCheck", "TwoCheck"))
    alias = "AliasTarget: {DNSName: !Ref First, HostedZoneId: Z1, EvaluateTargetHealth: true}, HealthCheckId: !Ref Any"
    outer = NAME % ("Outer", "shop", "Outer", "Failover: PRIMARY", alias)
    outer = outer.replace('TTL: "60",', "") + name("Sorry", "shop", "Failover: SECONDARY", "sorry.example.org")
    pair = PAIR.replace("Name: www", "Name: inner")
    assert said(turned(control("One"), control("Two"), any_, outer, pair)) == "One Off, Two On"


def test_what_is_behind_a_control_that_is_off_is_left(here: Path) -> None:
    inner = name("Inner", "inner", "Weight: 1", HOME, "ZoneCheck")
    alias = "AliasTarget: {DNSName: inner.example.com, HostedZoneId: Z1, EvaluateTargetHealth: true}"
    first = NAME % ("First", "www", "First", "Failover: PRIMARY", f"{alias}, HealthCheckId: !Ref OneCheck")
    last = name("Last", "www", "Failover: SECONDARY", AWAY)
    task = turned(control("One"), control("Zone"), inner, first.replace('TTL: "60",', ""), last)
    assert said(task) == "One Off"
    assert "Leave Zone as it is: nothing leads there then." in task["notes"]


def test_safety_rules_decide_what_is_turned_too_and_in_which_order(here: Path) -> None:
    rules = (
        asserting("AtMostOne", 2, "One", "Two", inverted=True),
        asserting("AtMostOneDb", 2, "OneDb", "TwoDb", inverted=True),
        gating("TwoNeedsDb", "TwoDb", "Two"),
        gating("OneKeepsDb", "One", "OneDb", inverted=True),
    )
    pair = name("First", "www", "Failover: PRIMARY", HOME, "OneCheck")
    pair += name("Last", "www", "Failover: SECONDARY", AWAY, "TwoCheck")
    task = turned(*map(control, ("One", "Two", "OneDb", "TwoDb")), pair, *rules)
    assert said(task) == "One Off, then TwoDb On, OneDb Off, then Two On"
    assert len(task["commands"]) == 3
    assert task["commands"][2].endswith(",RoutingControlState=On")
    told = "\n".join(task["notes"])
    assert "AtMostOne refuses changes after which more than 1 of One and Two would be On." in told
    assert "TwoNeedsDb lets Two be changed only while TwoDb is On." in told
    assert "OneKeepsDb lets OneDb be changed only while One is Off." in told
    assert "Wait 5s after each call" in told
    assert "--safety-rules-to-override" in told


@pytest.mark.parametrize("least", ["AtLeastOne", ""])
def test_one_control_is_on_after_each_call(here: Path, least: str) -> None:
    rule = asserting(least, 1, "One", "Two", inverted=False) if least else ""
    task = turned(control("One"), control("Two"), PAIR, rule)
    assert said(task) == ("One Off, Two On" if least else "One Off")
    assert len(task["commands"]) == 1


def test_a_secret_threshold_of_a_rule_is_not_shown(here: Path) -> None:
    rule = asserting("AtMostOne", 2, "One", "Two", inverted=True).replace("Threshold: 2", "Threshold: !Ref Secret")
    secret = "Parameters: {Secret: {Type: Number, NoEcho: true, Default: 2}}\n"
    task = turned(a_yaml=secret + TABLE + control("One") + control("Two") + PAIR + rule)
    told = "\n".join(task["notes"])
    assert "AtMostOne refuses changes after which more than a sensitive value of One and Two would be On." in told


def test_what_is_not_told_is_asked_by_the_name_of_the_control(here: Path) -> None:
    task = turned(control("One"), name("Some", "www", "Weight: 1", "web.example.org", "OneCheck"))
    assert said(task) == "One as its Region asks"
    assert "${ONE_STATE:?" in task["commands"][0]
    # A name with the Region tells which it is for.
    for region, state in (("eu-west-1", "Off"), ("eu-central-1", "On")):
        task = turned(control("One", region), name("Some", "www", "Weight: 1", "web.example.org", "OneCheck"))
        assert said(task) == f"One {state}"


ROOT = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_s3_bucket" "files" {
  bucket = "files"
}
resource "aws_route53recoverycontrolconfig_cluster" "shop" {
  name = "shop"
}
resource "aws_route53recoverycontrolconfig_routing_control" "one" {
  name        = "one"
  cluster_arn = aws_route53recoverycontrolconfig_cluster.shop.arn
}
resource "aws_route53recoverycontrolconfig_routing_control" "two" {
  name        = "two"
  cluster_arn = aws_route53recoverycontrolconfig_cluster.shop.arn
}
resource "aws_route53_health_check" "one" {
  type                = "RECOVERY_CONTROL"
  routing_control_arn = aws_route53recoverycontrolconfig_routing_control.one.arn
}
resource "aws_route53_record" "one" {
  zone_id         = "Z1"
  name            = "www.example.com"
  type            = "CNAME"
  ttl             = 60
  set_identifier  = "one"
  records         = ["web-1.eu-west-1.elb.amazonaws.com"]
  health_check_id = aws_route53_health_check.one.id
  failover_routing_policy {
    type = "PRIMARY"
  }
}
resource "aws_route53recoverycontrolconfig_safety_rule" "one_of" {
  name              = "one-of"
  control_panel_arn = "panel"
  asserted_controls = [
    aws_route53recoverycontrolconfig_routing_control.one.arn,
    aws_route53recoverycontrolconfig_routing_control.two.arn,
  ]
  wait_period_ms = 5000
  rule_config {
    inverted  = false
    threshold = 1
    type      = "ATLEAST"
  }
}
"""


def test_controls_and_rules_of_terraform(here: Path) -> None:
    task = turned(main_tf=ROOT)
    one, two = (f"aws_route53recoverycontrolconfig_routing_control.{each}" for each in ("one", "two"))
    assert said(task) == f"{one} Off, {two} On"
    rule = "aws_route53recoverycontrolconfig_safety_rule.one_of"
    assert f"{rule} refuses changes after which fewer than 1 of {one} and {two} would be On." in task["notes"]


APART = """\
deployments:
  controls: {AWS::Region: eu-west-1, paths: [a.yaml]}
  names: {OneCheckId: 1111, TwoCheckId: 2222, paths: [b.yaml]}
recovery: {regions: [eu-west-1, eu-central-1], rpo: 1h, rto: 2h, applications: {shop: {paths: ["*.yaml"]}}}
"""
PARAMETERS = "Parameters: {OneCheckId: {Type: String}, TwoCheckId: {Type: String}}\nResources:\n"


def test_nothing_fails_over_by_itself_where_a_check_may_be_that_of_a_routing_control(here: Path) -> None:
    """A wait for what somebody has to turn never ends."""
    names = name("First", "www", "Failover: PRIMARY", HOME, "OneCheckId")
    names += name("Last", "www", "Failover: SECONDARY", AWAY, "TwoCheckId")
    checks = TABLE + control("One") + control("Two")
    [first, *_] = runbooks("region", APART, a_yaml=checks, b_yaml=PARAMETERS + names)
    [question] = [each for each in first["questions"] if "have the states of routing controls" in each["what"]]
    assert "as OneCheck and TwoCheck" in question["what"]
    [turn] = question["then"]["commands"]
    assert [entry.partition(",")[2] for entry in turn.split("RoutingControlArn=")[1:]] == [
        "RoutingControlState=Off ",
        "RoutingControlState=On",
    ]
    [wait] = [task for task in first["tasks"] if task["what"].startswith("Wait: www.example.com CNAME fails over")]
    assert wait["by_person"]
    assert any("only once somebody turns a routing control Off" in note for note in wait["notes"])
    # Who follows the steps alone turns them before that, and reads what the wait is for.
    [pointing] = [task for task in first["tasks"] if task["what"].startswith("Turn the routing controls")]
    assert first["questions"][pointing["question"] - 1] is question
    assert pointing["phase"] == "requests"
    assert pointing["number"] < wait["number"]
    told = printed("recovery", "--runbook", "region")
    assert f"{pointing['number']:2}. See Q{pointing['question']}; if so: Turn the routing controls" in told
    assert f"if so, as step {pointing['number']}: Turn the routing controls" in told
    assert f"    by: a person (see Q{pointing['question']})" in told


def test_a_check_of_a_routing_control_that_a_record_uses_is_no_other_record_s(here: Path) -> None:
    pair = PAIR + name("Other", "api", "Failover: PRIMARY", HOME, "OneCheckId")
    pair += name("Else", "api", "Failover: SECONDARY", AWAY)
    [runbook] = runbooks(
        "region", REGIONS, a_yaml="Parameters: {OneCheckId: {Type: String}}\n" + TABLE + control("One") + pair
    )
    assert not [each for each in runbook["questions"] if "have the states of routing controls" in each["what"]]


def test_a_check_that_another_template_may_have_is_no_automatic_failover(here: Path) -> None:
    """Where its identifier comes from elsewhere, it may be that of a routing control, which fails by itself never."""
    names = name("First", "www", "Failover: PRIMARY", HOME, "OneCheckId")
    names += name("Last", "www", "Failover: SECONDARY", AWAY, "TwoCheckId")
    Path("b.yaml").write_text(PARAMETERS + names, encoding="utf-8")
    Path("a.yaml").write_text(TABLE + control("One"), encoding="utf-8")
    Path(".awslint-memo.yaml").write_text("recovery: {regions: [eu-west-1, eu-central-1]}\n", encoding="utf-8")
    told = printed("recovery")
    assert "but if it is one of OneCheck of a.yaml, it fails only once somebody turns a routing control Off" in told


def test_controls_that_no_record_is_known_to_use_are_named_where_nothing_leads(here: Path) -> None:
    [runbook] = runbooks("region", REGIONS, a_yaml=TABLE + control("One"))
    [question] = [each for each in runbook["questions"] if each["what"].startswith("what leads requests to it")]
    assert question["notes"][0].startswith(
        "One may, by records elsewhere: then turn those of eu-west-1 Off and those of"
    )
    assert question["commands"][-1].startswith("aws route53-recovery-control-config list-clusters --region us-west-2")
