"""What a handler that is asked for partial batch responses does with the errors of records."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from tests.command import report

TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      CodeUri: src/
      Events:
        Order:
          Type: SQS
          Properties: {Queue: !GetAtt Orders.Arn, FunctionResponseTypes: [ReportBatchItemFailures]}
"""


def levels(tmp_path: Path, program: str) -> list[str]:
    (tmp_path / "a.yaml").write_text(TEMPLATE)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.py").write_text(textwrap.dedent(program))
    findings = report(str(tmp_path / "a.yaml"), "--advice", "--select", "lambda-batch-answer-missing")["findings"]
    return [each["level"] for each in findings]


IN_THE_LOOP = """
def handler(event, context):
    for record in event["Records"]:
        try:
            ship(record)
        except Exception:
            print("failed")
"""
AROUND_THE_LOOP = """
def handler(event, context):
    try:
        for record in event.get("Records", []):
            ship(record)
    except Exception as error:
        print(error)
"""
IN_A_FUNCTION = """
def process(record):
    try:
        ship(record)
    except Exception:
        pass

def handler(event, context):
    records = event["Records"]
    for number, record in enumerate(records):
        process(record)
"""


@pytest.mark.parametrize("program", [IN_THE_LOOP, AROUND_THE_LOOP, IN_A_FUNCTION])
def test_a_record_whose_error_is_only_logged_is_taken_for_done(tmp_path: Path, program: str) -> None:
    assert levels(tmp_path, program) == ["warning"]


OF_SETTINGS = """
def settings():
    try:
        return read()
    except Exception:
        return None

def handler(event, context):
    try:
        limit = settings()
    except Exception:
        limit = None
    try:
        metrics.begin()
    except Exception:
        pass
    for record in event["Records"]:
        ship(record, limit)
        try:
            metrics.count()
        except Exception:
            pass
"""
RAISED_AGAIN = """
def handler(event, context):
    for record in event["Records"]:
        try:
            ship(record)
        except Exception:
            print("failed")
            raise
"""


@pytest.mark.parametrize("program", [OF_SETTINGS, RAISED_AGAIN])
def test_what_is_caught_elsewhere_or_raised_again_loses_no_record(tmp_path: Path, program: str) -> None:
    assert levels(tmp_path, program) == ["advice"]


WRAPPED = IN_THE_LOOP + "\n\nhandler = answering(handler)\n"


def test_a_handler_whose_name_is_given_anew_may_answer(tmp_path: Path) -> None:
    assert levels(tmp_path, WRAPPED) == []


NODE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: app.handler
      CodeUri: src/
      Events: {Order: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}
"""
EMPTY = """
export const handler = async (event) => {
  try { await ship(event); return { batchItemFailures:[] }; }
  catch (error) { console.error(error); return { batchItemFailures: [ ] }; }
};
"""


@pytest.mark.parametrize(("program", "level"), [(EMPTY, "advice"), (EMPTY.replace("[ ]", "failed"), "warning")])
def test_a_program_that_names_no_failure_has_nothing_to_be_tried_again(
    tmp_path: Path, program: str, level: str
) -> None:
    (tmp_path / "a.yaml").write_text(NODE)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "app.mjs").write_text(program)
    findings = report(str(tmp_path / "a.yaml"), "--advice", "--select", "sqs-partial-batch-response")["findings"]
    assert [each["level"] for each in findings] == [level]
