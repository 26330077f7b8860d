"""What fixes of rules make of files, and why some are not made."""

from __future__ import annotations

from pathlib import Path

import pytest

from awslint_memo import api
from awslint_memo.fixes.fixing import Fixed


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def fixed(folder: Path, files: dict[str, str], *rules: str) -> Fixed:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return api.fix(["."], unsafe=True, advice=True, select=rules)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (
            "sqs-visibility-margin",
            "Parameters: {T: {Type: Number, Default: 10}}\nResources:\n  Q: {Type: AWS::SQS::Queue}\n"
            "  F: {Type: AWS::Lambda::Function, Properties: {Timeout: !Ref T}}\n"
            "  M: {Type: AWS::Lambda::EventSourceMapping, "
            "Properties: {EventSourceArn: !GetAtt Q.Arn, FunctionName: !Ref F}}\n",
        ),
        (
            "rds-storage-autoscaling",
            "Parameters: {Size: {Type: Number, Default: 100}}\nResources:\n"
            "  D: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, AllocatedStorage: !Ref Size}}\n",
        ),
    ],
)
def test_a_number_that_a_parameter_decides_is_left_to_a_person(folder: Path, rule: str, text: str) -> None:
    done = fixed(folder, {"t.yaml": text}, rule)
    assert [(one.rule, one.fix) for one in done.report.findings] == [(rule, None)]
    assert not done.texts


RULE = 'resource "aws_cloudwatch_event_rule" "r" {\n  schedule_expression = "rate(7 days)"\n}\n'
TARGETS = """\
resource "aws_cloudwatch_event_target" "first" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:lambda:eu-west-1:111122223333:function:a"

  dead_letter_config {
    arn = "arn:aws:sqs:eu-west-1:111122223333:failed"
  }
}

resource "aws_cloudwatch_event_target" "second" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = "arn:aws:lambda:eu-west-1:111122223333:function:b"
}
"""


def test_a_target_is_mended_in_the_file_in_which_it_stands(folder: Path) -> None:
    done = fixed(folder, {"rule.tf": RULE, "targets.tf": TARGETS}, "events-dead-letter")
    made = {Path(path).name: text for path, text in done.texts.items()}
    assert made["targets.tf"] == TARGETS.replace(
        'function:b"\n', 'function:b"\n\n  dead_letter_config {\n    arn = aws_sqs_queue.r_dead_letters.arn\n  }\n'
    )
    assert made["rule.tf"].startswith(f'{RULE}\nresource "aws_sqs_queue" "r_dead_letters" {{\n')
    assert '"aws:SourceArn" = aws_cloudwatch_event_rule.r.arn' in made["rule.tf"]


def test_arguments_that_are_added_together_keep_the_layout(folder: Path) -> None:
    table = 'resource "aws_dynamodb_table" "t" {\n  name = "t"\n\n  replica {\n    region_name = "eu-west-2"\n  }\n}\n'
    done = fixed(folder, {"t.tf": table}, "dynamodb-global-table")
    added = '  name             = "t"\n  stream_enabled   = true\n  stream_view_type = "NEW_AND_OLD_IMAGES"\n'
    assert list(done.texts.values()) == [table.replace('  name = "t"\n', added)]


SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Topic:
    Type: AWS::SNS::Topic
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Nightly:
          Type: Schedule
          Properties:
            Schedule: rate(7 days)
        Said:
          Type: SNS
          Properties:
            Topic: !Ref Topic
        Get:
          Type: Api
          Properties: {Path: /, Method: get}
"""


def test_events_of_sam_get_queues_of_their_own(folder: Path) -> None:
    rules = ("events-dead-letter", "lambda-async-failure", "sns-subscription-dead-letter")
    done = fixed(folder, {"t.yaml": SAM}, *rules)
    (text,) = done.texts.values()
    assert "rate(7 days)\n            DeadLetterConfig:\n              Arn: !GetAtt FNightlyDeadLetters.Arn\n" in text
    assert "aws:SourceArn: !GetAtt FNightly.Arn\n" in text
    assert "deadLetterTargetArn: !GetAtt FSaidDeadLetters.Arn\n" in text
    assert "TargetArn: !GetAtt FDeadLetters.Arn\n" in text
    assert "aws:SourceArn: !Ref Topic\n" in text
    assert not done.left


def test_what_sam_makes_by_itself_is_not_written(folder: Path) -> None:
    done = fixed(folder, {"t.yaml": SAM}, "xray-apigateway-tracing")
    assert [one.reason for one in done.left] == [
        "ServerlessRestApi is not written in the file; SAM's Globals may set it"
    ]


def test_a_fix_is_not_blamed_for_what_another_file_brings(folder: Path) -> None:
    fifo = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties: {FifoQueue: true, QueueName: orders}\n"
    plain = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: orders.fifo}\n"
    done = fixed(folder, {"a.yaml": fifo, "b.yaml": plain}, "sqs-fifo-settings", "sqs-long-polling")
    made = {Path(path).name: text for path, text in done.texts.items()}
    assert "QueueName: orders.fifo" in made["a.yaml"]
    assert "ReceiveMessageWaitTimeSeconds: 20" in made["a.yaml"]
    assert "ReceiveMessageWaitTimeSeconds: 20" in made["b.yaml"]


def test_an_error_that_was_there_stops_no_fix(folder: Path) -> None:
    text = (
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Metadata: {awslint-memo: {processing-time: 45s}}\n"
        "  P:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: a\n      TopicName: b\n"
    )
    done = fixed(folder, {"t.yaml": text}, "sqs-long-polling")
    (made,) = done.texts.values()
    assert made == text.replace("45s}}\n", "45s}}\n    Properties:\n      ReceiveMessageWaitTimeSeconds: 20\n")


def test_a_queue_of_a_module_that_is_called_twice_gets_one_queue(folder: Path) -> None:
    module = 'resource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = 20\n}\n'
    calls = 'module "a" {\n  source = "./m"\n  count  = 2\n}\n\nmodule "b" {\n  source = "./m"\n}\n'
    done = fixed(folder, {"main.tf": calls, "m/q.tf": module}, "sqs-dead-letter-queue", "sqs-long-polling")
    (made,) = done.texts.values()
    assert made.count('resource "aws_sqs_queue" "q_dead_letters"') == 1
    assert made.count("receive_wait_time_seconds = 20") == 1


def test_a_role_that_two_functions_share_gets_the_permission_once(folder: Path) -> None:
    policy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    text = f'Resources:\n  R: {{Type: AWS::IAM::Role, Properties: {{ManagedPolicyArns: ["{policy}"]}}}}\n' + "".join(
        f"  {name}: {{Type: AWS::Lambda::Function, Properties: {{Role: !GetAtt R.Arn}}}}\n" for name in ("F", "G")
    )
    (made,) = fixed(folder, {"t.yaml": text}, "xray-lambda-tracing", "xray-permissions").texts.values()
    assert f'["{policy}", !Sub "arn:${{AWS::Partition}}:iam::aws:policy/AWSXRayDaemonWriteAccess"]' in made
    assert made.count("AWSXRayDaemonWriteAccess") == 1
    assert made.count("TracingConfig: {Mode: Active}") == 2


EVENT = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: python3.13
      InlineCode: "def handler(event, context): pass"
      Events:
        Changed:
          Type: {type}
          Properties:
            Pattern: {{source: [aws.ec2]}}
"""


def test_a_property_that_an_older_event_of_sam_lacks_is_not_written(folder: Path) -> None:
    done = fixed(folder, {"t.yaml": EVENT.format(type="CloudWatchEvent")}, "events-dead-letter")
    assert not done.texts
    assert [one.reason.partition(";")[0] for one in done.left] == ["a CloudWatchEvent takes no DeadLetterConfig"]
    assert fixed(folder, {"t.yaml": EVENT.format(type="EventBridgeRule")}, "events-dead-letter").texts


@pytest.mark.parametrize("policies", ["", "    DeletionPolicy: Delete\n", "    UpdateReplacePolicy: Delete\n"])
def test_what_becomes_of_a_database_is_said_for_both_of_its_ends(folder: Path, policies: str) -> None:
    text = f"Resources:\n  Db:\n    Type: AWS::RDS::DBInstance\n{policies}    Properties: {{Engine: mysql}}\n"
    done = fixed(folder, {"t.yaml": text}, "rds-final-snapshot")
    lines = next(iter(done.texts.values())).splitlines()
    assert {"    DeletionPolicy: Snapshot", "    UpdateReplacePolicy: Snapshot"} <= set(lines)
    assert not done.report.findings
