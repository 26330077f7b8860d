"""One cause, one finding: a rule is silent where one that it yields to reports the same resource."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cases import each_case
from tests.command import invoke, printed, report
from tests.readers.workspace import write

from awslint_memo.judging.grouping import split
from awslint_memo.judging.registry import check_yielding, rules
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.span import Span

RETENTION, FAILURE, PREFERENCE = "kinesis-retention", "kinesis-consumer-failure", "lambda-deployment-preference"
STREAM = "  Clicks:\n    Type: AWS::Kinesis::Stream\n"
MAPPING = """\
  {name}:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, StartingPosition: TRIM_HORIZON{more}}}
"""
LATE = ", MaximumRecordAgeInSeconds: 172800, DestinationConfig: {OnFailure: {Destination: !ImportValue failed}}"
CLICKS = "Resources:\n" + STREAM + MAPPING.format(name="Mapping", more="")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(text: str, *options: str, name: str = "t.yaml") -> list[tuple[str, str]]:
    write(Path(), {name: text})
    told = report(name, "--advice", *options)["findings"]
    return sorted((one["rule"], one["resource"]) for one in told if one["rule"] != "kinesis-capacity-mode")


def test_the_same_consumer_is_reported_once() -> None:
    assert found(CLICKS) == [(FAILURE, "Mapping")]


@pytest.mark.parametrize("options", [("--ignore", FAILURE), ("--select", RETENTION)])
def test_a_rule_that_is_not_applied_silences_nothing(options: tuple[str, ...]) -> None:
    assert found(CLICKS, *options) == [(RETENTION, "Clicks")]


@pytest.mark.parametrize("line", ["rules: {kinesis-consumer-failure: 'off'}", "ignore: [kinesis-consumer-failure]"])
def test_a_rule_that_the_configuration_turns_off_silences_nothing(line: str) -> None:
    write(Path(), {".awslint-memo.yaml": line + "\n"})
    assert found(CLICKS) == [(RETENTION, "Clicks")]
    assert "  reports: RetentionPeriodHours of Clicks" in printed("why", RETENTION, "Clicks")


def test_zones_of_a_single_node_are_left_to_the_rule_that_asks_for_a_second() -> None:
    group = "Resources:\n  Sessions: {Type: AWS::ElastiCache::ReplicationGroup, Properties: {NumCacheClusters: %s}}\n"
    chosen = ("--select", "elasticache-multi-az,elasticache-failover,elasticache-replicas")
    alone = group % "1, AutomaticFailoverEnabled: false"
    assert found(alone, *chosen) == [("elasticache-replicas", "Sessions")]
    # CloudFormation turns it on where nothing is written.
    for refused in (group % 1, group % "1, AutomaticFailoverEnabled: true"):
        assert found(refused, *chosen) == [("elasticache-failover", "Sessions")]
    off = group % "2, AutomaticFailoverEnabled: false"
    assert [rule for rule, _ in found(off, *chosen)] == ["elasticache-failover", "elasticache-multi-az"]


def test_a_second_consumer_that_nobody_reports_is_named() -> None:
    text = CLICKS + MAPPING.format(name="Late", more=LATE)
    assert found(text) == [(FAILURE, "Mapping"), (RETENTION, "Clicks")]
    told = next(one for one in report("t.yaml", "--advice")["findings"] if one["rule"] == RETENTION)
    assert "Late retries up to an age of 48 h" in told["message"]


def test_a_suppressed_cause_has_been_looked_at() -> None:
    comment = "  # awslint-memo: ignore[kinesis-consumer-failure] it is watched\n"
    assert found("Resources:\n" + STREAM + comment + MAPPING.format(name="Mapping", more="")) == []


def test_a_suppression_of_a_silent_finding_is_not_unused() -> None:
    comment = "  # awslint-memo: ignore[kinesis-retention] a day is enough\n"
    text = "Resources:\n" + comment + STREAM + MAPPING.format(name="Mapping", more="")
    assert found(text) == [(FAILURE, "Mapping")]
    assert report("t.yaml", "--advice")["summary"]["suppressed"] == 0
    assert found(text, "--ignore", FAILURE) == []
    assert report("t.yaml", "--advice", "--ignore", FAILURE)["summary"]["suppressed"] == 1
    fixed = "Resources:\n" + comment + STREAM
    assert found(fixed) == [("suppression-unused", "Clicks")]


def test_a_configured_suppression_of_a_silent_finding_is_not_unused() -> None:
    entry = "suppress:\n  - {rules: [kinesis-retention], resources: [Clicks], reason: a day is enough}\n"
    write(Path(), {".awslint-memo.yaml": entry})
    assert found(CLICKS) == [(FAILURE, "Mapping")]


def test_a_cause_of_some_deployments_silences_only_these() -> None:
    text = (
        "Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}\n"
        "Conditions: {IsProd: !Equals [!Ref Stage, prod]}\n"
        "Resources:\n" + STREAM + MAPPING.format(name="Mapping", more=", MaximumRetryAttempts: !If [IsProd, -1, 3]")
    )
    rules_found = [rule for rule, _ in found(text)]
    assert RETENTION not in rules_found
    assert found(text, "--ignore", FAILURE) == [(RETENTION, "Clicks")]


SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {%sDeploymentPreference: {Type: AllAtOnce}}}
"""


def test_a_generated_part_is_the_resource_that_is_written() -> None:
    deploying = {rule for rule, _ in found(SAM % "") if "deploy" in rule}
    assert deploying == {PREFERENCE}
    deploying = {rule for rule, _ in found(SAM % "", "--ignore", PREFERENCE) if "deploy" in rule}
    assert deploying == {"deploy-all-at-once", "deploy-without-alarms"}
    deploying = {rule for rule, _ in found(SAM % "AutoPublishAlias: live, ") if "deploy" in rule}
    assert deploying == {"deploy-all-at-once", "deploy-without-alarms"}


CACHE = """\
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id       = "sessions"
  description                = "sessions"
  snapshot_retention_limit   = 7
  multi_az_enabled           = %s
  %s
}
"""
REPLICAS, FAILOVER = "elasticache-replicas", "elasticache-failover"


@pytest.mark.parametrize(
    ("multi_az", "rest", "rules_found"),
    [
        ("true", "automatic_failover_enabled = true\n  num_cache_clusters = 1", {FAILOVER}),
        # The missing replica is another cause than the failover that is off.
        ("var.spread", "automatic_failover_enabled = false\n  num_node_groups = 2\n  replicas_per_node_group = 0",
         {FAILOVER, REPLICAS}),
    ],
)  # fmt: skip
def test_two_causes_in_one_resource_are_two(multi_az: str, rest: str, rules_found: set[str]) -> None:
    text = CACHE % (multi_az, rest)
    assert {rule for rule, _ in found(text, "--select", "elasticache-*", name="main.tf")} == rules_found


def test_why_names_the_rule_that_speaks() -> None:
    write(Path(), {"t.yaml": CLICKS})
    text = printed("why", RETENTION, "Clicks")
    assert "  silent, since kinesis-consumer-failure reports the cause: MaximumRetryAttempts of Mapping is -1" in text
    assert "reports nothing" not in text
    write(Path(), {"t.yaml": "Resources:\n" + STREAM + MAPPING.format(name="Late", more=LATE)})
    assert "  reports: RetentionPeriodHours of Clicks is 24 h" in printed("why", RETENTION, "Clicks")


def test_the_page_says_where_a_rule_is_silent() -> None:
    assert "Silent where kinesis-consumer-failure reports the same cause." in printed("explain", RETENTION)


OWN = '''"""Queues should be good."""

from awslint_memo import rule


@rule("{id}", level="advice", resource="AWS::SQS::Queue", memo="", aws="", yields_to={yields_to})
def check(queue):
    yield queue.finding(queue, "is not good")
'''


@pytest.mark.parametrize(
    ("yields_to", "words"),
    [
        (
            '("sqs-long-poling",)',
            "rule my-good yields to sqs-long-poling, which is not a rule; did you mean sqs-long-polling?",
        ),
        ('"my-good"', "rule my-good yields to itself, so nobody would report the cause; change yields_to"),
    ],
)
def test_an_own_rule_that_yields_to_nothing_is_refused(yields_to: str, words: str) -> None:
    write(Path(), {"own/my/good.py": OWN.format(id="my-good", yields_to=yields_to), "t.yaml": CLICKS})
    result = invoke("lint", "t.yaml", "--rules", "own")
    assert (result.exit_code, result.stderr.strip()) == (2, f"{Path('own/my/good.py').resolve()}:1:1: {words}")


def test_an_own_rule_yields_to_a_rule_of_the_package() -> None:
    text = "Resources:\n  Orders: {Type: AWS::SQS::Queue}\n"
    write(Path(), {"own/my/good.py": OWN.format(id="my-good", yields_to='("sqs-long-polling",)')})
    assert ("my-good", "Orders") not in found(text, "--rules", "own")
    assert ("my-good", "Orders") in found(text, "--rules", "own", "--ignore", "sqs-long-polling")


def test_the_rules_of_the_package_yield_to_rules() -> None:
    for one in rules().values():
        check_yielding(one, rules(), Span("rules", 1, 1, 1, 1))


def finding(rule: str, name: str, level: Level = "warning", deployment: str | None = None, **more: object) -> Finding:
    return Finding("is bad", Span("t.yaml", 1, 1, 1, 2), name, "", level, (), rule, deployment, **more)  # type: ignore[arg-type]


@each_case(
    ("mine", "other", "is_silent"),
    [
        (finding("a", "Q"), finding("b", "Q"), True),
        (finding("a", "Q"), finding("b", "R"), False),
        # A less severe one may be hidden.
        (finding("a", "Q"), finding("b", "Q", "advice"), False),
        (finding("a", "Q", "advice"), finding("b", "Q", "error"), True),
        (finding("a", "Q", deployment="when x"), finding("b", "Q"), True),
        (finding("a", "Q", deployment="when x"), finding("b", "Q", deployment="when x"), True),
        (finding("a", "Q"), finding("b", "Q", deployment="when x"), False),
        (finding("a", "Q", deployment="when x"), finding("b", "Q", deployment="when y"), False),
        # A part and its whole are the same, two parts are not.
        (finding("a", "F", generated="FGroup"), finding("b", "F"), True),
        (finding("a", "F"), finding("b", "F", generated="FGroup"), True),
        (finding("a", "F", generated="FOne"), finding("b", "F", generated="FTwo"), False),
        (finding("a", "S", about=("M",)), finding("b", "M"), True),
        (finding("a", "S", about=("M",)), finding("b", "S"), False),
        (finding("a", "S", about=("M", "N")), finding("b", "M"), False),
        (finding("a", "S", about=("S:Nodes",)), finding("b", "S", route="Nodes"), True),
        (finding("a", "S", about=("S:Nodes",)), finding("b", "S", route="Mode"), False),
    ],
)
def test_what_is_the_same_cause(mine: Finding, other: Finding, is_silent: bool) -> None:
    yielding = [Rule("a", "warning", yields_to=("b",)), Rule("b", "warning")]
    told, silent = split([mine, other], yielding)
    assert (told, silent) == (([other], [mine]) if is_silent else ([mine, other], []))


ALIAS = """\
Resources:
  Live:
    Type: AWS::Lambda::Alias
    Properties:
      Name: live
      FunctionName: f
      FunctionVersion: $LATEST
"""
SPLIT = "      RoutingConfig: {AdditionalVersionWeights: [{FunctionVersion: 2, FunctionWeight: 0.1}]}\n"
TABLE = """\
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 5
  write_capacity = 5
%s
}
"""
REPLICA = '  replica {\n    region_name = "eu-west-1"\n  }\n'


@pytest.mark.parametrize(
    ("name", "text", "rules_found"),
    [
        ("t.yaml", ALIAS, {"lambda-alias-latest"}),
        ("t.yaml", ALIAS + SPLIT, {"lambda-alias-weights"}),
        ("main.tf", TABLE % "", {"dynamodb-capacity-scaling"}),
        ("main.tf", TABLE % REPLICA, {"dynamodb-global-capacity"}),
    ],
)
def test_a_graver_rule_tells_the_cause(name: str, text: str, rules_found: set[str]) -> None:
    rules_applied = "lambda-alias-*,dynamodb-capacity-*,dynamodb-global-capacity"
    assert {rule for rule, _ in found(text, "--select", rules_applied, name=name)} == rules_found
