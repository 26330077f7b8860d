"""What another file of the repository has: it ends a finding, or makes it advice that names the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

ALARM = """
Resources:
  Old:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: !Sub "orders-old-${AWS::Region}"
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
"""
RULE = """
Resources:
  Changes:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [aws.cloudwatch]
        detail-type:
          - CloudWatch Alarm State Change
        NAMES
      Targets: [{Id: all, Arn: !ImportValue Topic}]
"""
OFF = """
Resources:
  Off:
    Type: AWS::Events::Rule
    Properties: {State: DISABLED, ScheduleExpression: rate(1 day)}
"""
OF_TERRAFORM = """
resource "aws_cloudwatch_event_rule" "changes" {
  event_pattern = jsonencode({ "source" = ["aws.cloudwatch"], "detail-type" = ["CloudWatch Alarm State Change"] })
}
"""
TABLE = """
resource "aws_dynamodb_table" "vault" {
  name             = "live-identity-vault"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "KEYS_ONLY"
}
"""
ARN = "arn:aws:dynamodb:us-west-2:111122223333:table/live-identity-vault"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)


def found(rule: str, files: dict[str, str], path: str) -> list[tuple[str, str]]:
    """The levels and messages of what is found in one file of a repository."""
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    return [(one["level"], one["message"]) for one in report("--select", rule, "--advice", path)["findings"]]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("sink/rules.yaml", RULE.replace("NAMES", ""), 9),
        ("sink/rules.yaml", RULE.replace("NAMES", "detail: {alarmName: [{prefix: orders-}]}"), 9),
        ("sink/rules.yaml", RULE.replace("NAMES", 'detail: {alarmName: [{prefix: "orders-"}]}'), 9),
        ("sink/main.tf", OF_TERRAFORM, 3),
        ("sink/rules.yaml", RULE.replace("NAMES", 'detail: {alarmName: [{prefix: "shop-"}]}'), 0),
        ("examples/rules.yaml", RULE.replace("NAMES", ""), 0),
        ("sink/rules.yaml", RULE.replace("NAMES", "detail: {state: {value: [ALARM]}}"), 9),
        ("sink/rules.yaml", RULE.replace("NAMES", "detail: {state: {value: [OK]}}"), 0),
        ("sink/rules.yaml", RULE.replace("NAMES", "detail: {state: {value: [{anything-but: ALARM}]}}"), 0),
        (
            "sink/rules.yaml",
            RULE.replace("NAMES", "").replace("EventPattern", "State: DISABLED\n      EventPattern"),
            0,
        ),
        # What stands beside it is of another rule.
        ("sink/rules.yaml", OFF + RULE.replace("NAMES", "").replace("\nResources:", ""), 13),
        (
            "sink/rules.yaml",
            RULE.replace("NAMES", "detail: {alarmName: [{anything-but: shop}], state: {value: [ALARM]}}"),
            0,
        ),
        ("sink/main.tf", OF_TERRAFORM.replace("}\n", '  state = "DISABLED"\n}\n'), 0),
        ("events/event.json", '{"source": "aws.cloudwatch", "detail-type": "CloudWatch Alarm State Change"}', 0),
    ],
)
def test_a_rule_of_another_file_may_notify_somebody(name: str, text: str, line: int) -> None:
    [(level, message)] = found("alarm-without-action", {"orders/template.yaml": ALARM, name: text}, "orders")
    assert level == ("advice" if line else "warning")
    assert (f"only the rule for alarms in {name}:{line} reacts" in message) is bool(line)


@pytest.mark.parametrize(
    ("name", "text", "is_read"),
    [
        ("notifier/serverless.yml", f"events: [{{stream: {{arn: {ARN}/stream/2019-03-12}}}}]", True),
        ("notifier/serverless.yml", "custom: {table: live-identity-vault}\nevents: [{stream: '${cf:x.y}'}]", True),
        ("notifier/serverless.yml", "custom: {table: live-identity-vault}\nevents: [{http: GET /}]", False),
        ("notifier/settings.json", f'{{"STREAM": "{ARN}/stream/2019-03-12"}}', True),
        ("notifier/settings.json", f'{{"TABLE": "{ARN}", "STREAM": "/stream/"}}', False),
        ("notifier/serverless.yml", "events: [{stream: {arn: '${cf:other.Stream}'}}]", False),
    ],
)
def test_a_stream_may_be_read_by_what_is_no_template(name: str, text: str, is_read: bool) -> None:
    files = {"infra/main.tf": TABLE, name: text}
    assert bool(found("dynamodb-stream-consumer", files, "infra")) is not is_read
