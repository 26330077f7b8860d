"""The gate fails for what nobody can tell any more, also under another address, through a relation, or by a default."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

ROOT = 'terraform {\n  backend "s3" {}\n}\n'
VARIABLES = 'variable "b" {}\nvariable "a" {}\n'


def database(name: str = "db", more: str = "", days: str = "0", zones: str = "false") -> str:
    return f"""\
resource "aws_db_instance" "{name}" {{
  {more}
  engine                  = "postgres"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  backup_retention_period = {days}
  multi_az                = {zones}
}}
"""


MOVED = "moved {\n  from = aws_db_instance.db\n  to = aws_db_instance.db2\n}\n"
CREATE = 'variable "create" {\n  default = false\n}\n'
EMPTY = 'variable "names" {\n  default = {}\n}\n'
MAPPING = """\
Parameters:
  Queue: {{Type: String}}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: {}
      RedrivePolicy: {{maxReceiveCount: 5, deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:failed"}}
  Code:
    Type: AWS::Lambda::Function
    Properties: {{Runtime: python3.13, Handler: a.b, Role: arn:aws:iam::123456789012:role/r, Timeout: 60,
      Code: {{S3Bucket: b, S3Key: k}}}}
  Map:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{FunctionName: !Ref Code, EventSourceArn: {}}}
"""
DELIVERY = """\
Parameters: {Other: {Type: String}}
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Orders: {Type: AWS::SQS::Queue}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: {Protocol: sqs, TopicArn: !Ref Topic, Endpoint: !GetAtt Orders.Arn}
"""
POLICY = """\
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [{}]
      PolicyDocument:
        Statement:
          - {{Effect: Allow, Principal: {{Service: sns.amazonaws.com}}, Action: "sqs:SendMessage", Resource: "*"}}
"""
LOOP = """\
Transform: AWS::LanguageExtensions
Parameters: {{Names: {{Type: CommaDelimitedList, Default: "{}"}}}}
Resources:
  "Fn::ForEach::Queues":
    - Name
    - !Ref Names
    - "Queue${{Name}}": {{Type: AWS::RDS::DBInstance, Properties: {{Engine: postgres, BackupRetentionPeriod: 0}}}}
"""

IGNORED = "lifecycle {\n    ignore_changes = all\n  }"
PARTLY = "lifecycle {\n    ignore_changes = [%s]\n  }"
NAMED = 'engine_version, tags["Owner"], timeouts'
ELSEWHERE = 'resource "terraform_data" "days" {{\n  input = {}\n  {}\n}}\n'

ROLE = """\
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {%sPolicies: [{PolicyName: a, PolicyDocument: {Statement: %s}}]}}
  Work: {Type: AWS::Lambda::Function}
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: {Mode: "OFF"}
      Target: {Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Role.Arn}
"""
ASYNC = '[{Effect: Allow, Action: "lambda:InvokeAsync", Resource: "*"}]'
SYNC = '[{Effect: Allow, Action: "lambda:InvokeFunction", Resource: "*"}]'
ELSEWHERE_WRITTEN = 'ManagedPolicyArns: ["arn:aws:iam::111122223333:policy/none"], '
PROGRAM = """\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.read
      %s
      Code:
        ZipFile: |
          %s
          def create(event, context):
              print(event)
              return event
"""

UNTOLD: dict[str, tuple[str, str, str]] = {
    "counted and not known": ("main.tf", database(), database("db", "count = 1", "var.b", "var.a") + VARIABLES),
    "for each and not known": (
        "main.tf",
        database(),
        database("db", "for_each = { a = 1 }", "var.b", "var.a") + VARIABLES,
    ),
    "called otherwise and not known": ("main.tf", database(), database("db2", "", "var.b", "var.a") + VARIABLES),
    "moved and not known": ("main.tf", database(), database("db2", "", "var.b", "var.a") + VARIABLES + MOVED),
    "a reference": (
        "main.tf",
        database(),
        database("db", "", "aws_launch_template.t.latest_version") + 'resource "aws_launch_template" "t" {}\n',
    ),
    "ignored from now on": ("main.tf", database(), database("db", IGNORED, "7", "true")),
    "ignored by name": (
        "main.tf",
        database(zones="true"),
        database("db", PARTLY % "backup_retention_period", "7", "true"),
    ),
    "a policy of the account": ("t.yaml", ROLE % ("", ASYNC), ROLE % (ELSEWHERE_WRITTEN, ASYNC)),
    "a program that takes names": ("t.yaml", PROGRAM % ("", "import json"), PROGRAM % ("", "from json import *")),
    "a program in a layer": ("t.yaml", PROGRAM % ("", "import json"), PROGRAM % ("Layers: [a]", "import json")),
    "read from what is ignored": (
        "main.tf",
        database("db", "", "terraform_data.days.input", "true") + ELSEWHERE.format(0, ""),
        database("db", "", "terraform_data.days.input", "true") + ELSEWHERE.format(7, PARTLY % "input"),
    ),
    "none by default": ("main.tf", database(), database("db", "count = var.create ? 1 : 0") + CREATE),
    "for none by default": ("main.tf", database(), database("db", "for_each = var.names") + EMPTY),
    "looped over none by default": ("t.yaml", LOOP.format("a"), LOOP.format("")),
    "what reads it is not known": (
        "t.yaml",
        MAPPING.format(30, "!GetAtt Orders.Arn"),
        MAPPING.format(30, "!Ref Queue"),
    ),
    "a policy of what is not known": ("t.yaml", DELIVERY, DELIVERY + POLICY.format("!Ref Other")),
}


def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str, str], *more: str) -> tuple[int, str]:
    path, before, after = change
    top = ROOT if path.endswith(".tf") else ""
    monkeypatch.chdir(tmp_path)
    repository = made(tmp_path)
    repository.commit({path: top + before})
    write(tmp_path, {path: top + after})
    result = invoke("lint", "--against", "HEAD", "--format", "json", *more)
    against = json.loads(result.stdout)["against"]
    return result.exit_code, json.dumps([against["mended"], json.loads(result.stdout)["summary"]["notices"]])


@pytest.mark.parametrize("way", UNTOLD)
def test_what_nobody_can_tell_any_more_shuts_the_gate(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told = run(tmp_path, monkeypatch, UNTOLD[way], "--gate")
    assert code == 1, told
    assert json.loads(told)[0] == []


MENDED: dict[str, tuple[str, str, str]] = {
    "counted": ("main.tf", database(), database("db", "count = 1", "7", "true")),
    "moved": ("main.tf", database(), database("db2", "", "7", "true") + MOVED),
    "a policy of its own": ("t.yaml", ROLE % ("", ASYNC), ROLE % (ELSEWHERE_WRITTEN, SYNC)),
    "another program": ("t.yaml", PROGRAM % ("", "import json"), PROGRAM % ("", "read = lambda *_: None")),
    "called otherwise and mended": ("main.tf", database(), database("db2", "", "7", "true")),
    "deleted": ("main.tf", database(), ""),
    "none at all": ("main.tf", database(), database("db", "count = 0")),
    "a longer time, and another reader": (
        "t.yaml",
        MAPPING.format(30, "!GetAtt Orders.Arn"),
        MAPPING.format(400, "!Ref Queue"),
    ),
    "a policy": ("t.yaml", DELIVERY, DELIVERY + POLICY.format("!Ref Orders")),
    "others are ignored": ("main.tf", database(), database("db", PARTLY % NAMED, "7", "true")),
    "read from what ignores others": (
        "main.tf",
        database("db", "", "terraform_data.days.input", "true") + ELSEWHERE.format(0, ""),
        database("db", "", "terraform_data.days.input", "true") + ELSEWHERE.format(7, PARTLY % "triggers_replace"),
    ),
    "new and ignored, as it should be": ("main.tf", "", database("db", IGNORED, "7", "true")),
    "the same": ("main.tf", database(), database("db", "count = 1")),
}


@pytest.mark.parametrize("way", MENDED)
def test_what_is_mended_or_deleted_leaves_it_open(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, told = run(tmp_path, monkeypatch, MENDED[way], "--gate")
    assert code == 0, told


LOWERED: dict[str, tuple[str, str, str]] = {
    "at its place": ("main.tf", database(), database("db", IGNORED)),
    "counted": ("main.tf", database(), database("db", f"count = 1\n  {IGNORED}")),
    "moved": ("main.tf", database(), database("db2", IGNORED) + MOVED),
    "called otherwise": ("main.tf", database(), database("db2", IGNORED)),
}


@pytest.mark.parametrize("way", LOWERED)
def test_what_became_advice_is_told_and_fails_with_a_policy(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"policy/policy.yaml": "policy:\n  locked: ['*']\n"})
    code, told = run(tmp_path, monkeypatch, LOWERED[way])
    assert code == 0
    assert "2 findings became advice since HEAD: main.tf: rds-" in told
    result = invoke("lint", "--against", "HEAD", "--policy", "policy/policy.yaml")
    assert result.exit_code == 1
    assert "gate: 2 findings became advice since HEAD" in result.output


def test_each_of_a_few_that_became_advice_is_named_and_is_in_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{'/'.join(['infrastructure', 'environments', 'accounts', 'of_the_shop'] * 2)}/databases.tf"
    code, told = run(tmp_path, monkeypatch, (path, database(), database("db", IGNORED)))
    assert code == 0
    said = told.partition("2 findings became advice since HEAD: ")[2].partition("\n")[0]
    assert said.count(path) == 2
    assert "others" not in said
    assert f"became advice: {path}:" in invoke("lint", "--against", "HEAD", "--verbose").stdout
    against = json.loads(invoke("lint", "--against", "HEAD", "--format", "json").stdout)["against"]
    assert [(one["level"], one["was"] in ("error", "warning")) for one in against["became_advice"]] == [
        ("advice", True)
    ] * 2


def test_what_a_policy_locks_keeps_its_level_in_a_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"policy/policy.yaml": "policy:\n  locked: ['*']\n"})
    only = database("db", 'count = terraform.workspace == "dev" ? 1 : 0')
    code, told = run(tmp_path, monkeypatch, ("main.tf", database(), only))
    assert (code, "2 findings became advice since HEAD: main.tf: rds-" in told) == (0, True)
    findings = json.loads(invoke("lint", "--policy", "policy/policy.yaml", "--format", "json").stdout)["findings"]
    assert {finding["level"] for finding in findings if finding["rule"].startswith("rds-backup")} == {"error"}


NEW: dict[str, tuple[str, str, str]] = {
    "a resource": ("main.tf", "", database("db", IGNORED)),
    "one of several": (
        "main.tf",
        database("db", f"for_each = {{ a = 7 }}\n  {IGNORED}", "each.value", "each.value == 7"),
        database("db", f"for_each = {{ a = 7, b = 0 }}\n  {IGNORED}", "each.value", "each.value == 7"),
    ),
}


@pytest.mark.parametrize("way", NEW)
def test_what_is_made_as_terraform_ignores_it_fails_with_a_policy(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"policy/policy.yaml": "policy:\n  locked: ['*']\n"})
    code, told = run(tmp_path, monkeypatch, NEW[way], "--gate", "--policy", "policy/policy.yaml")
    assert code == 1
    assert "gate: 2 findings became advice since HEAD" in told


def test_what_moves_to_another_module_is_not_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    repository = made(tmp_path / "r")
    repository.commit({"main.tf": ROOT + database("db", IGNORED)})
    write(tmp_path, {"r/main.tf": ROOT + 'module "m" {\n  source = "./m"\n}\n', "r/m/main.tf": database("db", IGNORED)})
    write(tmp_path, {"policy.yaml": "policy:\n  locked: ['*']\n"})
    monkeypatch.chdir(tmp_path / "r")
    result = invoke("lint", "--against", "HEAD", "--policy", "../policy.yaml")
    assert result.exit_code == 0, result.output


ALARM = """\
Resources:
  Old:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
"""
RESERVED = """\
  Work:
    Type: AWS::Lambda::Function
    Properties:%s
      ReservedConcurrentExecutions: 0
  Map: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: a, FunctionName: !Ref Work}}
"""


def test_an_empty_list_that_is_written_is_no_mended_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"policy/policy.yaml": "policy:\n  locked: [alarm-without-action]\n"})
    code, told = run(tmp_path, monkeypatch, ("t.yaml", ALARM, f"{ALARM}      AlarmActions: []\n"))
    assert (code, "1 finding became advice since HEAD: t.yaml: alarm-without-action on Old" in told) == (0, True)
    assert "1 became advice against HEAD" in invoke("lint", "--against", "HEAD").output
    result = invoke("lint", "--against", "HEAD", "--policy", "policy/policy.yaml")
    assert result.exit_code == 1
    assert "gate: 1 finding became advice since HEAD" in result.output


def test_the_gate_names_each_finding_that_became_advice_the_gravest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alarms = [f"{ALARM[11:].replace('Old', f'Old{number}')}" for number in range(9)]
    before = "Resources:\n" + "".join(alarms) + RESERVED % ""
    after = (
        "Resources:\n"
        + "".join(f"{one}      AlarmActions: []\n" for one in alarms)
        + RESERVED % "\n      # off on purpose"
    )
    code, told = run(tmp_path, monkeypatch, ("t.yaml", before, after), "--gate")
    assert code == 0
    assert "1 error is advice, as a comment explains it: t.yaml: lambda-reserved-zero on Work" in told
    said = told.partition("10 findings became advice since HEAD: ")[2]
    assert said.startswith("t.yaml: lambda-reserved-zero on Work (error")
    assert [number for number in range(1, 9) if f"Old{number}" not in said] == []
