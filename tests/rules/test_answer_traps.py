"""Custom resources: what may answer CloudFormation; and choices for production that are not known to be reversed."""

from __future__ import annotations

from typing import Any

from tests.cases import each_case
from tests.linting import found, resource, stack

RULE = "lambda-never-answers"


def template(code: Any, *, runtime: str = "python3.13", handler: str = "index.handler", **more: Any) -> dict[str, Any]:
    asked = resource("Lambda::Function", Runtime=runtime, Handler=handler, Code={"ZipFile": code}, **more)
    asking = {"Type": "Custom::Thing", "Properties": {"ServiceToken": {"Fn::GetAtt": ["Asked", "Arn"]}}}
    return {"Asked": asked, "Asking": asking}


def python(*lines: str) -> str:
    return "\n".join(("import boto3, json, logging", "def handler(event, context):", *(f"    {one}" for one in lines)))


@each_case(
    ("code", "count"),
    [
        (python("return event['RequestType']"), 1),
        (python("print(event)", "logging.info(json.dumps(event))", "x = event.get('RequestType')"), 1),
        (python("cfnresponse.send(event, context, 'SUCCESS', {})"), 0),
        (python("url = event['ResponseURL']"), 0),
        (python("response_url(event.get('a'))"), 0),
        # What the event is given to may answer.
        (python("boto3.client('sqs').send_message(QueueUrl='a', MessageBody=json.dumps(event))"), 0),
        (python("work(event)"), 0),
        (python("for name in event:", "    pass"), 0),
        (python("found = dict(**event)"), 0),
        (python("eval(event['a'])"), 0),
        ("from helper import handler\n", 0),
        ("from crhelper import CfnResource\nhandler = CfnResource()\n", 0),
        ("", 0),
        ({"Fn::Sub": python("return '${AWS::Region}'")}, 0),
    ],
)
def test_what_may_answer(code: Any, count: int) -> None:
    assert len(found(RULE, stack({}, **template(code)))) == count


@each_case(
    ("code", "handler", "count"),
    [
        ("exports.handler = async (event) => { return event.RequestType; };", "index.handler", 1),
        ("exports.handler = async function (event, context) { console.log(event); };", "index.handler", 1),
        ("exports.handler = async event => ({ a: event?.RequestType });", "index.handler", 1),
        ("exports.run = (event, context, done) => { done(null, {}); };", "index.run", 1),
        ("exports.handler = async ({ RequestType }) => RequestType;", "index.handler", 0),
        ("exports.handler = async (event) => fetch(event.ResponseURL);", "index.handler", 0),
        ("const r = require('cfn-response'); exports.handler = (e, c) => r.send(e, c, r.SUCCESS);", "index.handler", 0),
        ("exports.handler = async (event) => send(event);", "index.handler", 0),
        ("exports.handler = require('./other').handler;", "index.handler", 0),
        ("exports.other = async (event) => event.a;", "index.handler", 0),
    ],
)
def test_what_may_answer_in_javascript(code: str, handler: str, count: int) -> None:
    assert len(found(RULE, stack({}, **template(code, runtime="nodejs22.x", handler=handler)))) == count


@each_case(
    ("more", "count"),
    [({}, 1), ({"Layers": ["arn:aws:lambda:eu-west-1:111122223333:layer:helper:1"]}, 0)],
)
def test_a_layer_may_answer(more: dict[str, Any], count: int) -> None:
    assert len(found(RULE, stack({}, **template(python("return 1"), **more)))) == count


def test_nobody_asks() -> None:
    asked = template(python("return 1"))["Asked"]
    assert not found(RULE, stack({}, Asked=asked))
    topic = {"Type": "Custom::Thing", "Properties": {"ServiceToken": {"Ref": "Topic"}}}
    assert not found(RULE, stack({}, Asked=asked, Topic=resource("SNS::Topic"), Asking=topic))


CONDITIONS = {
    "IsProd": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
    "IsDev": {"Fn::Equals": [{"Ref": "Stage"}, "dev"]},
    "IsNot": {"Fn::Not": [{"Condition": "IsProd"}]},
    "IsAny": {"Fn::Or": [{"Condition": "IsProd"}, {"Condition": "IsDev"}]},
    "IsHere": {"Fn::Equals": [{"Ref": "AWS::Region"}, "prod"]},
    "IsRound": {"Fn::Not": [{"Condition": "IsRound"}]},
}
ROWS = {"dev": {"Keep": True, "Not": False}, "prod": {"Keep": False, "Not": False}}


@each_case(
    ("chosen", "count"),
    [
        ({"Fn::If": ["IsProd", False, True]}, 1),
        ({"Fn::If": ["IsProd", "false", "true"]}, 1),
        ({"Fn::If": ["IsNot", True, False]}, 1),
        ({"Fn::If": ["IsProd", True, False]}, 0),
        ({"Fn::If": ["IsNot", False, True]}, 0),
        ({"Fn::If": ["IsProd", False, False]}, 0),
        ({"Fn::If": ["IsProd", False, {"Ref": "Kept"}]}, 0),
        ({"Fn::If": ["IsDev", True, False]}, 0),
        ({"Fn::If": ["IsAny", False, True]}, 0),
        ({"Fn::If": ["IsHere", False, True]}, 0),
        ({"Fn::If": ["IsRound", False, True]}, 0),
        ({"Fn::If": ["IsMissing", False, True]}, 0),
        ({"Fn::FindInMap": ["Rows", {"Ref": "Stage"}, "Keep"]}, 1),
        ({"Fn::FindInMap": ["Rows", {"Ref": "Stage"}, "Not"]}, 0),
        ({"Fn::FindInMap": ["Rows", {"Ref": "Stage"}, "Missing"]}, 0),
        ({"Fn::FindInMap": ["Missing", {"Ref": "Stage"}, "Keep"]}, 0),
        (False, 0),
    ],
)
def test_a_reversed_choice(chosen: Any, count: int) -> None:
    table = resource("DynamoDB::Table", DeletionProtectionEnabled=chosen)
    sections = {
        "Parameters": {"Stage": {"Type": "String"}, "Kept": {"Type": "String", "Default": "true"}},
        "Conditions": CONDITIONS,
        "Mappings": {"Rows": ROWS},
    }
    assert len(found("stack-production-unprotected", stack(sections, Table=table))) == count
