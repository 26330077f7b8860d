"""Deployments that read the same share findings: these are the findings of a check that runs in each of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging import checks, judge
from awslint_memo.judging.judge import LintOptions
from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Check, Rule, rule
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.finding import Finding
from awslint_memo.model.reads import Answers
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.cloudformation.shared_values import SharedValues
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.readers.recognition import template
from awslint_memo.readers.template import Deployments
from awslint_memo.readers.terraform_names import LOOKED_AT
from awslint_memo.syntax.node import Node

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
ALL = LintOptions(list(rules().values()), LOOKED_AT | {type_ for one in rules().values() for type_ in one.resource})


def deployments(path: str, files: Files) -> Deployments | None:
    """The deployments of the template at a path; None if it is no template."""
    try:
        made = template(files.read(path), files)
    except Problem:
        return None
    return None if made is None else ALL.deployments(made)


def evaluated(_: SharedValues, node: Node, place: Place, context: StackContext) -> tuple[Answers, Value]:
    """A value that is evaluated anew in each deployment."""
    value = context.evaluate(node)
    return {}, Absent(place) if isinstance(value, Absent) else value


def without_sharing(path: str, files: Files) -> list[Finding]:
    """The findings of checks that run in every deployment, on values that are evaluated in each."""
    alone = partial(checks.Checks, shares=False)
    with (
        patch.object(SharedValues, "value", evaluated),
        patch.object(judge, "Checks", lambda *given, shares: alone(*given)),
    ):
        made = deployments(path, files)
        assert made is not None
        return judge.judge(made, ALL)


def candidates() -> Iterator[str]:
    for path in sorted(FIXTURES.rglob("*")):
        if path.suffix in (".yaml", ".yml", ".json", ".template") and "plan" not in path.name:
            made = deployments(str(path), Files())
            if made is not None and len(made.deployments) > 1:
                yield str(path)


CANDIDATES = list(candidates())


def test_fixtures_have_templates_with_several_deployments() -> None:
    assert len(CANDIDATES) > 5


@pytest.mark.parametrize("path", CANDIDATES, ids=lambda path: str(Path(path).relative_to(FIXTURES)))
def test_fixtures_have_the_same_findings(path: str) -> None:
    made = deployments(path, Files())
    assert made is not None
    assert judge.judge(made, ALL) == without_sharing(path, Files())


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
NOTHING = {"Ref": "AWS::NoValue"}
names = st.sampled_from(list(CONDITIONS))


def chosen(values: Sequence[Any], number: str = "") -> st.SearchStrategy[Any]:
    """One of the values, by itself or by a condition, a mapping or a parameter."""
    plain = st.sampled_from([*values, NOTHING])
    other: list[st.SearchStrategy[Any]] = [plain]
    if number:
        other.append(st.just({"Fn::FindInMap": ["Numbers", {"Ref": "Stage"}, number]}))
        other.append(st.just({"Ref": "Wait"}))
    return st.recursive(
        st.one_of(other), lambda one: st.builds(lambda *branch: {"Fn::If": list(branch)}, names, one, one), max_leaves=3
    )


def resource(type_: str, **properties: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    """A resource with some of the properties, a condition and policies."""
    return st.fixed_dictionaries(
        {"Type": st.just(f"AWS::{type_}"), "Properties": st.fixed_dictionaries({}, optional=properties)},
        optional={"Condition": names, "DeletionPolicy": chosen(["Retain", "Delete", "Snapshot"])},
    )


def reference(name: str) -> st.SearchStrategy[Any]:
    return chosen([{"Fn::GetAtt": [name, "Arn"]}, {"Fn::Sub": f"${{{name}.Arn}}"}, {"Fn::ImportValue": "other"}])


QUEUE = {
    "ReceiveMessageWaitTimeSeconds": chosen([0, 20], "Wait"),
    "VisibilityTimeout": chosen([30, 5400], "Timeout"),
    "FifoQueue": chosen([True, False]),
    "RedrivePolicy": st.fixed_dictionaries(
        {"deadLetterTargetArn": reference("Failed"), "maxReceiveCount": chosen([1])}
    ),
}
RESOURCES = {
    "Orders": resource("SQS::Queue", **QUEUE),
    "Failed": resource("SQS::Queue", MessageRetentionPeriod=chosen([60, 1209600], "Timeout")),
    "Work": resource("Lambda::Function", Timeout=chosen([3, 900], "Timeout"), Runtime=st.just("python3.12")),
    "Feed": resource(
        "Lambda::EventSourceMapping",
        EventSourceArn=reference("Orders"),
        FunctionName=reference("Work"),
        BatchSize=chosen([1, 1000]),
    ),
    "Table": resource("DynamoDB::Table", BillingMode=chosen(["PAY_PER_REQUEST", "PROVISIONED"])),
    "Data": resource(
        "RDS::DBInstance",
        Engine=chosen(["postgres", "mysql"]),
        MultiAZ=chosen([True, False]),
        BackupRetentionPeriod=chosen([0, 7], "Days"),
    ),
}
OUTPUTS = st.dictionaries(
    st.sampled_from(["One", "Two"]),
    st.fixed_dictionaries(
        {"Value": chosen([{"Ref": "Orders"}, {"Fn::GetAtt": ["Work", "Arn"]}, {"Ref": "Data"}])},
        optional={"Condition": names},
    ),
)
NESTED = st.fixed_dictionaries(
    {
        "Type": st.just("AWS::CloudFormation::Stack"),
        "Properties": st.fixed_dictionaries(
            {
                "TemplateURL": st.just("child.json"),
                "Parameters": st.fixed_dictionaries(
                    {},
                    optional={"Stage": chosen(["live", "test"]), "Wait": chosen([0, 20], "Wait"), "Size": st.just("x")},
                ),
            }
        ),
    },
    optional={"Condition": names},
)
ALWAYS = {"Orders": RESOURCES.pop("Orders")}


def stack(resources: Data, outputs: Data) -> Data:
    return {**HEAD, "Resources": resources, "Outputs": outputs}


STACKS = st.builds(stack, st.fixed_dictionaries(ALWAYS, optional={**RESOURCES, "Child": NESTED}), OUTPUTS)
CHILDREN = st.builds(stack, st.fixed_dictionaries(ALWAYS, optional=RESOURCES), OUTPUTS)


@settings(max_examples=60, deadline=None)
@given(STACKS, CHILDREN)
def test_generated_templates_have_the_same_findings(parent: Data, child: Data) -> None:
    texts = {"parent.json": json.dumps(parent, indent=1), "child.json": json.dumps(child, indent=1)}
    made = deployments("parent.json", Files(texts))
    assert made is not None
    assert not made.problems
    assert judge.judge(made, ALL) == without_sharing("parent.json", Files(texts))


def runs(text: Mapping[str, Any], rule: Rule) -> tuple[Counter[str], int]:
    """How often a rule's checks ran by resource ("" for the deployment), and the number of deployments."""
    counted: Counter[str] = Counter()

    def run(rule: Rule, check: Check, subject: Resource | Deployment, options: Mapping[str, Any]) -> Sequence[Finding]:
        counted[subject.name if isinstance(subject, Resource) else ""] += 1
        return checks_run(rule, check, subject, options)

    checks_run = checks.run
    made = template(Source("t.json", json.dumps(text).encode()))
    assert made is not None
    options = LintOptions([rule], ALL.looked_at)
    found = options.deployments(made)
    with patch.object(checks, "run", run):
        judge.judge(found, options)
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
    counted, number = runs(text, fed)
    assert number >= 2
    assert counted == {"Same": 1, "Differs": 2, "NotRead": 1}


def test_a_check_runs_again_where_what_it_looks_up_differs() -> None:
    feed = {"Type": "AWS::Lambda::EventSourceMapping", "Condition": "IsLive", "Properties": {}}
    counted, number = runs(stack({"Same": SAME, "Feed": feed}, {}), fed)
    assert number == 2
    assert counted == {"Same": 2}
    table = {"Type": "AWS::DynamoDB::Table", "Condition": "IsLive", "Properties": {}}
    counted, number = runs(stack({"Same": SAME, "Table": table}, {}), fed)
    assert number == 2
    assert counted == {"Same": 1}
