"""What stands in a document of an API or state machine that could be read at one time only is not comparable."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.comparing.test_following import changed
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

SELECT = ("--advice", "--select", "apigateway-integration-timeout,statemachine-retry")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


PATHS = (
    "{openapi: 3.0.1, paths: {/orders: {post: {x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, "
    'uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Pay.Arn}/invocations"}}}}}'
)
STATES = "{StartAt: Pay, States: {Pay: {Type: Task, Resource: !GetAtt Pay.Arn, End: true}}}"
INCLUDED = "{{Fn::Transform: {{Name: AWS::Include, Parameters: {{Location: 's3://shop/{}.yaml'}}}}}}"
TEMPLATE = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Pay: {{Type: AWS::Serverless::Function, Properties: {{Timeout: {timeout}, CodeUri: .}}}}
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      {body}
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Role: arn:aws:iam::123456789012:role/orders
      {definition}
"""
MAIN = """\
variable "body" {{}}
variable "definition" {{}}
resource "aws_lambda_function" "pay" {{
  timeout = {timeout}
}}
resource "aws_api_gateway_rest_api" "api" {{
  body = {body}
}}
resource "aws_sfn_state_machine" "orders" {{
  definition = {definition}
}}
"""
URI = "aws_lambda_function.pay.invoke_arn"
API = f'{{ type = "aws_proxy", httpMethod = "POST", uri = {URI} }}'
CODE = f'jsonencode({{ paths = {{ "/" = {{ post = {{ "x-amazon-apigateway-integration" = {API} }} }} }} }})'
PAY = '{ Pay = { Type = "Task", Resource = aws_lambda_function.pay.arn, End = true } }'


def yaml(body: str, definition: str, timeout: int = 60) -> dict[str, str]:
    return {"t.yaml": TEMPLATE.format(timeout=timeout, body=body, definition=definition)}


def tf(body: str, definition: str, timeout: int = 60) -> dict[str, str]:
    return {"main.tf": MAIN.format(timeout=timeout, body=body, definition=definition)}


WRITTEN = yaml(f"DefinitionBody: {PATHS}", f"Definition: {STATES}")
CODED = f'jsonencode({{ StartAt = "Pay", States = {PAY} }})'
WAYS = {
    "an include": (
        WRITTEN,
        yaml(f"DefinitionBody: {INCLUDED.format('api')}", f"Definition: {INCLUDED.format('orders')}"),
        ("Pay", "Orders", "Api", "Orders"),
    ),
    "a file elsewhere": (
        WRITTEN,
        yaml("DefinitionUri: s3://shop/api.yaml", "DefinitionUri: s3://shop/orders.json"),
        ("Pay", "Orders", "Api", "Orders"),
    ),
    "a variable": (
        tf(CODE, CODED),
        tf("var.body", "var.definition"),
        ("aws_lambda_function.pay", "aws_sfn_state_machine.orders", "api", "orders"),
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_document_said_that_cannot_be_read_now_is_not_comparable(repository: Repository, way: str) -> None:
    before, after, (function, machine, api, own) = WAYS[way]
    assert changed(repository, before, after, *SELECT) == {
        "not_comparable": [
            f"apigateway-integration-timeout {function} the document of {api} can't be read now",
            f"statemachine-retry {machine} the document of {own} can't be read now",
        ]
    }


@pytest.mark.parametrize("way", WAYS)
def test_what_a_document_says_that_could_not_be_read_then_is_not_comparable(repository: Repository, way: str) -> None:
    after, before, (function, machine, api, own) = WAYS[way]
    assert changed(repository, before, after, *SELECT) == {
        "not_comparable": [
            f"apigateway-integration-timeout {function} the document of {api} could not be read at HEAD",
            f"statemachine-retry {machine} the document of {own} could not be read at HEAD",
        ]
    }


def test_what_was_written_besides_is_mended(repository: Repository) -> None:
    """The timeout itself was changed with the document."""
    unread = tf("var.body", CODED, timeout=20)
    written = tf(CODE, CODED)
    told = changed(repository, written, unread, *SELECT)
    assert told == {"mended": ["apigateway-integration-timeout aws_lambda_function.pay"], "unchanged": 1}


def test_what_was_written_besides_a_macro_is_not_comparable(repository: Repository) -> None:
    """What came with a macro may be what the macro changes again."""
    unread = yaml(f"DefinitionBody: {INCLUDED.format('api')}", f"Definition: {STATES}", timeout=20)
    told = changed(repository, WRITTEN, unread, *SELECT)
    said = "apigateway-integration-timeout Pay what it depends on is not known any more"
    assert told == {"not_comparable": [said], "unchanged": 1}


LOCAL = "  {0}: {{Type: AWS::SNS::Topic, Properties: {{Fn::Transform: {{Name: {0}}}}}}}\n"
FUNCTION = """\
Resources:
  Queue: {{Type: AWS::SQS::Queue, Properties: {{VisibilityTimeout: {0}, ReceiveMessageWaitTimeSeconds: 20}}}}
  Pay:
    Type: AWS::Lambda::Function
    Properties: {{Runtime: python3.13, Handler: a.b, Role: !Ref R, Timeout: 60, Code: {{S3Bucket: b, S3Key: k}}}}
  Read:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {{FunctionName: !Ref Pay, EventSourceArn: !GetAtt Queue.Arn}}
"""


@pytest.mark.parametrize("more", ["", LOCAL.format("Second"), "  Fn::Transform: {Name: Second}\n"])
def test_a_second_macro_leaves_untold_what_is_written_besides(repository: Repository, more: str) -> None:
    first = LOCAL.format("First")
    before, after = FUNCTION.format(30) + first, FUNCTION.format(360) + first + more
    told = changed(
        repository, {"a.yaml": before}, {"a.yaml": after}, "--select", "sqs-visibility-below-processing-time"
    )
    rule = "sqs-visibility-below-processing-time Queue"
    assert told == (
        {"not_comparable": [f"{rule} what it depends on is not known any more"]} if more else {"mended": [rule]}
    )
