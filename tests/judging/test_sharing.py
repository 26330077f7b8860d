"""Deployments that read the same share findings: these are the findings of a check that runs in each of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import patch

from awslint_memo.files.source import Source
from awslint_memo.judging import checking, checks
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.rule import Check, Rule, rule
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.finding import Finding
from awslint_memo.readers.recognition import template
from awslint_memo.syntax.embedded import each

Data = dict[str, Any]
CONDITIONS: Data = {
    "IsLive": {"Fn::Equals": [{"Ref": "Stage"}, "live"]},
    "IsTest": {"Fn::Equals": [{"Ref": "Stage"}, "test"]},
    "IsLarge": {"Fn::Equals": [{"Ref": "Size"}, "large"]},
    "IsLargeOrTest": {"Fn::Or": [{"Condition": "IsLarge"}, {"Condition": "IsTest"}]},
    "IsNotLive": {"Fn::Not": [{"Condition": "IsLive"}]},
}
HEAD: Data = {
    "Transform": "AWS::LanguageExtensions",
    "Parameters": {
        "Stage": {"Type": "String", "AllowedValues": ["live", "test", "dev"]},
        "Size": {"Type": "String", "Default": "small"},
        "Wait": {"Type": "Number", "Default": 0},
    },
    "Mappings": {
        "Numbers": {
            "live": {"Wait": 20, "Timeout": 900, "Days": 7},
            "test": {"Wait": 0, "Timeout": 30, "Days": 0},
            "dev": {"Wait": 0, "Timeout": 30, "Days": 0},
        }
    },
    "Conditions": CONDITIONS,
}


def stack(resources: Data, outputs: Data) -> Data:
    return {**HEAD, "Resources": resources, "Outputs": outputs}


def runs(text: Mapping[str, Any], rule: Rule) -> tuple[Counter[str], int]:
    """How often a rule's checks ran by resource ("" for the deployment), and the number of deployments."""
    counted: Counter[str] = Counter()

    def run(rule: Rule, check: Check, subject: Resource | Deployment, options: Mapping[str, Any]) -> Sequence[Finding]:
        counted[subject.name if isinstance(subject, Resource) else ""] += 1
        return checks_run(rule, check, subject, options)

    checks_run = checks.run
    made = template(Source("t.json", json.dumps(text).encode()))
    assert made is not None
    options = CheckOptions([rule])
    found = options.deployments(made)
    with patch.object(checks, "run", run):
        checking.check_deployments(found, options)
    return counted, len(found.deployments)


@rule("sqs-fed", level="warning", resource="AWS::SQS::Queue", memo="-", aws="-")
def fed(queue: Resource):  # type: ignore[no-untyped-def]
    readers = queue.deployment.of_type("AWS::Lambda::EventSourceMapping")
    if not readers and queue.get("VisibilityTimeout").number == 30:
        yield queue.finding(queue, "is not read")


LIVE = {"Fn::If": ["IsLive", 30, 60]}
SAME = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 30}}
DIFFERS = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": LIVE}}
NOT_READ = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 30, "DelaySeconds": LIVE}}


def test_a_check_runs_once_for_a_resource_that_does_not_differ() -> None:
    text = stack({"Same": SAME, "Differs": DIFFERS, "NotRead": NOT_READ}, {})
    counted, _ = runs(text, fed)
    assert counted == {"Same": 1, "Differs": 2, "NotRead": 1}


@rule("sqs-launched", level="warning", resource="AWS::EC2::LaunchTemplate", memo="-", aws="-")
def launched(template: Resource):  # type: ignore[no-untyped-def]
    if template.get("LaunchTemplateData.Monitoring.Enabled").flag is False:
        yield template.finding(template, "is not watched")
    for tag in each(template, "LaunchTemplateData.MetadataOptions.Tags.Key"):
        yield template.finding(tag, "is a tag")


def test_a_check_runs_once_where_only_what_stands_beside_a_part_of_a_property_differs() -> None:
    named = {"Fn::If": ["IsLive", "large", "small"]}
    absent = {"Fn::If": ["IsLive", {"Ref": "AWS::NoValue"}, {}]}

    def runs_with(data: Mapping[str, Any], monitoring: Any = None) -> int:
        written = {
            "InstanceType": named,
            "Monitoring": {"Enabled": False} if monitoring is None else monitoring,
            **data,
        }
        properties = {"LaunchTemplateData": written}
        return runs(stack({"T": {"Type": "AWS::EC2::LaunchTemplate", "Properties": properties}}, {}), launched)[0]["T"]

    assert runs_with({}) == 1
    assert runs_with({"MetadataOptions": {"Named": named, "Tags": [{"Key": "Team"}]}}) == 1
    assert runs_with({}, monitoring={"Enabled": {"Fn::If": ["IsLive", False, True]}}) == 2
    assert runs_with({}, monitoring={"Fn::If": ["IsLive", {"Enabled": False}, {}]}) == 2
    assert runs_with({"MetadataOptions": absent}) == 2
    # What stands beside a loop or a macro may get more keys of it.
    assert runs_with({"Fn::Transform": {"Name": "Ours", "Parameters": {}}}) == 2


@rule("lambda-moved", level="warning", resource="AWS::Lambda::EventSourceMapping", memo="-", aws="-")
def moved(mapping: Resource):  # type: ignore[no-untyped-def]
    queue = mapping.follow("EventSourceArn", "AWS::SQS::Queue")
    if queue is not None:
        yield mapping.finding(queue, "is read")


def test_what_a_reference_names_does_not_depend_on_which_other_resources_there_are() -> None:
    """Only resources of Terraform may be of several accounts, for which all of them were asked."""
    others = {f"Only{name}": {**SAME, "Condition": name} for name in CONDITIONS}
    mapping = {"Type": "AWS::Lambda::EventSourceMapping"}
    read = {**mapping, "Properties": {"EventSourceArn": {"Fn::GetAtt": ["Same", "Arn"]}}}
    counted, _ = runs(stack({"Same": SAME, "Mapping": read, **others}, {}), moved)
    assert counted == {"Mapping": 1}


@rule("sqs-told", level="warning", resource="AWS::EC2::LaunchTemplate", memo="-", aws="-")
def told(template: Resource):  # type: ignore[no-untyped-def]
    value = template.get("Pair.Value")
    yield template.finding(value, f"is {'secret' if value.is_secret else value.text}")


def test_the_name_beside_a_value_counts_as_it_says_whether_the_value_is_a_secret() -> None:
    pair = {"Name": {"Fn::If": ["IsLive", "DB_PASSWORD", "DB_NAME"]}, "Value": "orders"}
    text = stack({"T": {"Type": "AWS::EC2::LaunchTemplate", "Properties": {"Pair": pair}}}, {})
    assert runs(text, told)[0] == {"T": 2}


def test_a_check_runs_again_where_what_it_looks_up_differs() -> None:
    feed = {"Type": "AWS::Lambda::EventSourceMapping", "Condition": "IsLive", "Properties": {}}
    counted, number = runs(stack({"Same": SAME, "Feed": feed}, {}), fed)
    assert number == 2
    assert counted == {"Same": 2}
    table = {"Type": "AWS::DynamoDB::Table", "Condition": "IsLive", "Properties": {}}
    counted, number = runs(stack({"Same": SAME, "Table": table}, {}), fed)
    assert number == 2
    assert counted == {"Same": 1}
