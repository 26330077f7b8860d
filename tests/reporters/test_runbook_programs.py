"""What an estate has itself for a failover stands in a runbook where it can be used, with what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.reporters.test_runbook import (
    GLOBAL,
    PAIR,
    PROVIDERS,
    READY,
    REGIONS,
    REPLICA,
    SECONDARY,
    asked,
    runbooks,
    steps,
)
from tests.reporters.test_runbook_controls import ROOT


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


FUNCTION = """\
  Mover:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: orders-failover, Role: !GetAtt MoverRole.Arn, Handler: a.b, Runtime: python3.13,
      Code: {S3Bucket: code, S3Key: a}}
  MoverRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: []}
      Policies:
        - PolicyName: moves
          PolicyDocument: {Statement: [{Effect: Allow, Action: %s, Resource: "*"}]}
"""
FAILS_OVER = "[rds:FailoverGlobalCluster]"
EACH_MINUTE = """\
  Minute: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 minute), Targets: [
    {Id: mover, Arn: !GetAtt Mover.Arn}]}}
"""


def of_cluster(function: str, rule: str = "") -> list[Any]:
    return steps("region", PAIR, first_yaml=GLOBAL, second_yaml=SECONDARY + READY + function + rule)


def test_what_is_there_and_may_promote_is_a_step_before_the_promotion(here: Path) -> None:
    tasks = of_cluster(FUNCTION % FAILS_OVER)
    titles = [task["what"] for task in tasks]
    start = titles.index("Start the function Mover in eu-central-1 first")
    [promotion] = [number for number, task in enumerate(tasks) if task["phase"] == "data"]
    assert start < promotion
    assert tasks[start]["commands"] == [
        "aws lambda invoke --region eu-central-1 --function-name orders-failover mover-answer.json"
    ]
    assert any("Its role lets it call rds:FailoverGlobalCluster" in note for note in tasks[start]["notes"])
    note = "Mover may do this, by its role: see whether it has, and do it by hand only if not."
    assert tasks[promotion]["notes"][0] == note


@pytest.mark.parametrize(("stack", "does"), [("first_yaml", False), ("second_yaml", True)])
def test_what_is_lost_with_its_region_does_nothing_more(here: Path, stack: str, *, does: bool) -> None:
    files = {"first_yaml": GLOBAL, "second_yaml": SECONDARY + READY}
    files[stack] += FUNCTION % FAILS_OVER
    [promotion] = [task for task in steps("region", PAIR, **files) if task["phase"] == "data"]
    assert any("Mover may do this" in note for note in promotion["notes"]) is does


def test_what_a_rule_starts_is_waited_for(here: Path) -> None:
    titles = [task["what"] for task in of_cluster(FUNCTION % FAILS_OVER, EACH_MINUTE)]
    assert 'Wait until Minute starts the function Mover in eu-central-1 ("rate(1 minute)")' in titles
    off = EACH_MINUTE.replace("{ScheduleExpression", "{State: DISABLED, ScheduleExpression")
    titles = [task["what"] for task in of_cluster(FUNCTION % FAILS_OVER, off)]
    assert "Start the function Mover in eu-central-1 first" in titles


@pytest.mark.parametrize(
    ("place", "denial", "more"),
    [
        ("}]}", "}, {Effect: Deny, Action: 'rds:*', Resource: '*'}]}", ""),
        (
            "      Policies:\n",
            "      PermissionsBoundary: !Ref Bounds\n      Policies:\n",
            "  Bounds: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [\n"
            "    {Effect: Allow, Action: 's3:*', Resource: '*'}]}}}\n",
        ),
    ],
)
def test_what_its_role_is_denied_it_does_not_do(here: Path, place: str, denial: str, more: str) -> None:
    function = (FUNCTION % FAILS_OVER).replace(place, denial) + more
    tasks = of_cluster(function)
    assert not any("Mover" in text for task in tasks for text in (task["what"], *task["notes"]))
    questions = asked("region", PAIR, first_yaml=GLOBAL, second_yaml=SECONDARY + READY + function)
    assert "whether the function Mover, declared in eu-central-1, is for this" in questions


def test_what_its_role_does_not_tell_is_asked(here: Path) -> None:
    for actions in ("[s3:GetObject]", "[rds:DescribeGlobalClusters]"):
        files = {"first_yaml": GLOBAL, "second_yaml": SECONDARY + READY + FUNCTION % actions}
        question = asked("region", PAIR, **files)["whether the function Mover, declared in eu-central-1, is for this"]
        assert question["then"]["what"] == "Start the function Mover in eu-central-1 first"
        tasks = steps("region", PAIR, **files)
        assert not any("Mover" in note for task in tasks for note in task["notes"])
    # One that only looks is none, nor is what a shop calls its promotions.
    for name in ("failover-status", "promotions"):
        text = FUNCTION.replace("orders-failover", name) % "[rds:DescribeGlobalClusters]"
        assert not any(
            "Mover" in what for what in asked("region", PAIR, first_yaml=GLOBAL, second_yaml=SECONDARY + text)
        )
    text = FUNCTION.replace("orders-failover", "promote-replica") % FAILS_OVER
    tasks = steps("region", PAIR, first_yaml=GLOBAL, second_yaml=SECONDARY + READY + text)
    assert "Start the function Mover in eu-central-1 first" in [task["what"] for task in tasks]


@pytest.mark.parametrize(
    ("actions", "is_made"),
    [
        ("['rds:CreateDBSnapshot', 'rds:DescribeDBInstances', 'logs:PutLogEvents']", False),
        ("['rds:CreateDBSnapshot', 's3:PutObject']", True),
        ("['rds:*']", True),
        ("['rds:DescribeDBInstances']", True),
    ],
)
def test_what_makes_copies_at_home_is_not_made_where_they_are_used(here: Path, actions: str, *, is_made: bool) -> None:
    files = {"a_yaml": GLOBAL + (FUNCTION % actions).replace("orders-failover", "nightly")}
    [runbook] = runbooks("region", REGIONS, **files)
    words = [task["what"] for task in runbook["tasks"]]
    assert any("Mover" in what for what in words) is is_made
    asked_for = [each for each in runbook["questions"] if each["what"].startswith("what computes for it")]
    assert bool(asked_for) is not is_made
    told = [note for each in asked_for for note in each["notes"]]
    assert told == ["Nothing that computes was read but what makes copies, or is for a failover."] * (not is_made)


STATES = """\
Resources:
  Carts: {Type: AWS::DynamoDB::Table, Properties: {TableName: carts}}
  Move: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineName: FAILOVER, RoleArn: role,
    DefinitionString: !Sub '{"States": {"One": {"Resource": "${Redis.Arn}"}, "Two": {"Resource": "${Orders.Arn}"}}}'}}
  Return: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineName: FAILBACK, RoleArn: role,
    DefinitionString: "{}"}}
  Redis: {Type: AWS::Lambda::Function, Properties: {FunctionName: failover-redis}}
  Orders: {Type: AWS::Lambda::Function, Properties: {FunctionName: failover-orders}}
"""
MACHINES = """\
resource "aws_sfn_state_machine" "move" {
  name       = "FAILOVER"
  role_arn   = "arn:aws:iam::123456789012:role/states"
  definition = jsonencode({ States = { One = { Resource = aws_lambda_function.redis.arn } } })
}
resource "aws_sfn_state_machine" "return" {
  name       = "FAILBACK"
  role_arn   = "arn:aws:iam::123456789012:role/states"
  definition = "{}"
}
resource "aws_lambda_function" "redis" {
  function_name = "failover-redis"
}
"""


@pytest.mark.parametrize(
    ("files", "whole", "back"),
    [
        ({"a_yaml": STATES}, "Move", "Return"),
        ({"main_tf": REPLICA + MACHINES}, "aws_sfn_state_machine.move", "aws_sfn_state_machine.return"),
    ],
)
def test_what_starts_the_others_is_started_alone(here: Path, files: dict[str, str], whole: str, back: str) -> None:
    [runbook] = runbooks("region", REGIONS.replace("complete: true, ", ""), **files)
    [program] = [each["what"] for each in runbook["questions"] if "is for this" in each["what"]]
    assert program.startswith(f"whether the state machine {whole} is for this")
    # What leads home is not started now.
    assert not any(back in what for what in (*(each["what"] for each in runbook["questions"]),))
    notes = [note for task in runbook["tasks"] for note in task["notes"]]
    assert (f"{back} may be for that way home, by name." in notes) == ("main_tf" in files)


READER = (
    PROVIDERS
    + REPLICA.partition('resource "aws_db_instance" "orders"')[1]
    + REPLICA.partition('resource "aws_db_instance" "orders"')[2]
    + ROOT[ROOT.index('resource "aws_route53recoverycontrolconfig_cluster"') :]
    + """\
resource "aws_iam_role" "mover" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "mover" {
  role   = aws_iam_role.mover.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ACTIONS, Resource = "*" }] })
}
resource "aws_lambda_function" "mover" {
  provider      = aws.second
  function_name = "orders-failover"
  role          = aws_iam_role.mover.arn
}
"""
)


@pytest.mark.parametrize(
    ("actions", "is_first"),
    [
        ('["rds:PromoteReadReplica", "route53-recovery-cluster:GetRoutingControlState"]', True),
        ('["rds:PromoteReadReplica"]', False),
        ('["rds:*", "route53-recovery-cluster:*"]', False),
    ],
)
def test_controls_are_turned_before_what_looks_at_them_promotes(here: Path, actions: str, is_first: bool) -> None:
    tasks = steps(main_tf=READER.replace("ACTIONS", actions))
    kinds = ["controls" if "routing controls" in task["what"] else task["what"].split()[0] for task in tasks]
    order = [kind for kind in kinds if kind in ("controls", "Start", "Promote")]
    assert order == (["controls", "Start", "Promote"] if is_first else ["Start", "Promote", "controls"])
    [turned] = [task for task in tasks if "routing controls" in task["what"]]
    assert any("may do this, by its role" in note for note in turned["notes"]) == ("cluster:*" in actions)


STARTERS = """\
resource "aws_cloudwatch_metric_alarm" "down" {
  provider = aws.second
  alarm_name    = "down"
  alarm_actions = [ALARM]
}
resource "aws_cloudwatch_event_rule" "minute" {
  provider = aws.second
  schedule_expression = "rate(1 minute)"
}
resource "aws_cloudwatch_event_target" "minute" {
  provider = aws.second
  rule = aws_cloudwatch_event_rule.minute.name
  arn  = RULE
}
resource "aws_scheduler_schedule" "hour" {
  provider = aws.second
  schedule_expression = "rate(1 hour)"
  target {
    arn      = SCHEDULE
    role_arn = "role"
  }
}
"""


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("ALARM", "Wait until aws_cloudwatch_metric_alarm.down starts the function"),
        ("RULE", "Wait until aws_cloudwatch_event_rule.minute starts the function"),
        ("SCHEDULE", "Wait until aws_scheduler_schedule.hour starts the function"),
        ("NONE", "Start the function"),
    ],
)
def test_what_starts_a_program_in_terraform(here: Path, kind: str, words: str) -> None:
    text = READER.replace("ACTIONS", '["rds:PromoteReadReplica"]') + STARTERS.replace(
        kind, "aws_lambda_function.mover.arn"
    )
    for other in ("ALARM", "RULE", "SCHEDULE"):
        text = text.replace(f"[{other}]", '["other"]').replace(f"= {other}", '= "other"')
    titles = [task["what"] for task in steps(main_tf=text)]
    assert any(what.startswith(words) for what in titles)
