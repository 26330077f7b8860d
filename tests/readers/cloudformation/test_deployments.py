"""The enumerated deployments are the same as those of all combinations of parameter values."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linting import lint_with

from awslint_memo.files.source import Source
from awslint_memo.judging.variation_search import search, variations
from awslint_memo.model.dependencies import Reads, noted
from awslint_memo.model.deployment import Deployment
from awslint_memo.readers.recognition import template

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "AWS::SQS::Queue"
VALUES = {"Stage": ["dev", "test", "prod"], "Zone": ["a", "b"], "Alarms": ["on", "off"]}

names = st.sampled_from(sorted(VALUES))


def conditions(known: list[str]) -> st.SearchStrategy[Any]:
    literal = names.flatmap(
        lambda name: st.sampled_from(VALUES[name]).map(lambda value: {"Fn::Equals": [{"Ref": name}, value]})
    )
    two = st.tuples(names, names).map(lambda pair: {"Fn::Equals": [{"Ref": pair[0]}, {"Ref": pair[1]}]})
    leaf = st.one_of(literal, two, *([st.sampled_from(known).map(lambda name: {"Condition": name})] if known else []))
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            inner.map(lambda one: {"Fn::Not": [one]}),
            st.lists(inner, min_size=2, max_size=3).map(lambda several: {"Fn::And": several}),
            st.lists(inner, min_size=2, max_size=3).map(lambda several: {"Fn::Or": several}),
        ),
        max_leaves=4,
    )


@st.composite
def templates(draw: st.DrawFn) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for number in range(draw(st.integers(1, 3))):
        made[f"C{number}"] = draw(conditions(list(made)))
    which = st.sampled_from(sorted(made))
    queues = {
        f"Q{number}": {
            "Type": QUEUE,
            **({"Condition": draw(which)} if draw(st.booleans()) else {}),
            "Properties": {
                "ReceiveMessageWaitTimeSeconds": {"Fn::If": [draw(which), draw(st.sampled_from([0, 20])), 5]},
                "VisibilityTimeout": {"Fn::FindInMap": ["Times", {"Ref": "Stage"}, "Seconds"]},
            },
        }
        for number in range(draw(st.integers(1, 2)))
    }
    parameters = {name: {"Type": "String", "AllowedValues": values} for name, values in VALUES.items()}
    times = {stage: {"Seconds": draw(st.sampled_from([30, 60]))} for stage in VALUES["Stage"]}
    return {"Parameters": parameters, "Mappings": {"Times": times}, "Conditions": made, "Resources": queues}


def deployments(text: str, fixed: dict[str, str] | None) -> set[tuple[tuple[str, Any, Any], ...]]:
    read = template(Source("template.json", text.encode()))
    assert read is not None
    deployments = read.deployments(fixed)
    found: dict[int, tuple[tuple[str, Any, Any], ...]] = {}

    def look(deployment: Deployment) -> Reads:
        with noted() as reads:
            found[id(deployment)] = tuple(
                (queue.name, queue.get("ReceiveMessageWaitTimeSeconds").number, queue.get("VisibilityTimeout").number)
                for queue in deployment.of_type(QUEUE)
            )
        return reads

    differing = search(variations(deployments), "", look)
    assert differing.is_complete
    return {found[id(one)] for one in differing.deployments}


@settings(max_examples=60)
@given(templates())
def test_deployments_are_those_of_every_choice_of_parameters(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    every = [dict(zip(VALUES, choice, strict=True)) for choice in product(*VALUES.values())]
    one_by_one = {deployment for choice in every for deployment in deployments(text, choice)}
    assert deployments(text, None) == one_by_one


COUNT = 12
MANY: dict[str, Any] = {
    "Parameters": {f"P{n}": {"Type": "String", "AllowedValues": ["yes", "no"]} for n in range(COUNT)},
    "Conditions": {f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "yes"]} for n in range(COUNT)},
    "Resources": {f"Q{n}": {"Type": QUEUE, "Condition": f"C{n}"} for n in range(COUNT)},
}


def test_the_listed_deployments_have_each_resource() -> None:
    read = template(Source("template.json", json.dumps(MANY).encode()))
    assert read is not None
    listed = read.deployments(None).deployments
    assert len(listed) <= COUNT + 1
    for name in MANY["Resources"]:
        assert {name in deployment.resources for deployment in listed} == {True, False}


def test_many_conditions_are_no_limit_where_a_check_asks_for_one() -> None:
    found = lint_with("sqs-long-polling", MANY)
    said = {(one.resource, one.deployment) for one in found}
    assert said == {(f"Q{n}", f"for example when P{n} is yes") for n in range(COUNT)}


def test_past_the_limit_both_results_of_every_condition_are_tried_and_incompleteness_is_reported() -> None:
    read = template(Source("template.json", json.dumps(MANY).encode()))
    assert read is not None
    deployments = read.deployments(None)
    assert deployments.is_complete
    seen: list[Deployment] = []

    def look(deployment: Deployment) -> Reads:
        seen.append(deployment)
        with noted() as reads:
            deployment.of_type(QUEUE)
        return reads

    differing = search(variations(deployments), "", look)
    assert not differing.is_complete
    assert not deployments.is_complete
    for name in MANY["Resources"]:
        assert {name in deployment.resources for deployment in differing.deployments} == {True, False}


def test_a_template_without_conditions_has_one_deployment() -> None:
    read = template(Source("template.json", json.dumps({"Resources": {"Q": {"Type": QUEUE}}}).encode()))
    assert read is not None
    assert len(read.deployments(None).deployments) == 1


ROLE: dict[str, Any] = {"AssumeRolePolicyDocument": {}, "ManagedPolicyArns": []}
TRACED = {
    "Type": "AWS::Lambda::Function",
    "Properties": {"TracingConfig": {"Mode": "Active"}, "Role": {"Fn::GetAtt": ["R", "Arn"]}},
}
ALLOWS = {"Statement": {"Effect": "Allow", "Action": "xray:PutTraceSegments", "Resource": "*"}}


def test_conditions_count_whatever_has_them() -> None:
    def written(condition: Any) -> dict[str, Any]:
        policy = {"PolicyDocument": ALLOWS, "Roles": [{"Ref": "R"}]}
        return {
            "Parameters": {"Stage": {"Type": "String", "Default": "prod"}},
            "Conditions": {"C": condition},
            "Resources": {
                "F": {**TRACED, "DependsOn": "P"},
                "R": {"Type": "AWS::IAM::Role", "Properties": ROLE},
                "P": {"Type": "AWS::IAM::Policy", "Condition": "C", "Properties": policy},
            },
        }

    stage = {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}
    assert {one.deployment for one in lint_with("xray-permissions", written(stage))} == {"when Stage is not prod"}
    assert lint_with("xray-permissions", written({"Fn::Equals": ["a", "a"]})) == []


REGIONAL: dict[str, Any] = {
    "Mappings": {"M": {"us-east-1": {"K": "x"}, "eu-west-1": {"K": "y"}}},
    "Conditions": {
        "IsX": {"Fn::Equals": ["x", {"Fn::FindInMap": ["M", {"Ref": "AWS::Region"}, "K"]}]},
        "IsY": {"Fn::Equals": ["y", {"Fn::FindInMap": ["M", {"Ref": "AWS::Region"}, "K"]}]},
    },
    "Resources": {
        "Q": {
            "Type": QUEUE,
            "Properties": {
                "ReceiveMessageWaitTimeSeconds": {"Fn::If": ["IsX", {"Fn::If": ["IsY", 0, 20]}, 20]},
                "RedrivePolicy": {"Fn::If": ["IsX", {"Ref": "AWS::NoValue"}, {"deadLetterTargetArn": "a"}]},
            },
        }
    },
}


def test_conditions_by_region_do_not_contradict_each_other() -> None:
    assert lint_with("sqs-long-polling", REGIONAL) == []
    [found] = lint_with("sqs-dead-letter-queue", REGIONAL)
    assert (found.level, found.deployment) == ("advice", "in us-east-1")


def test_a_region_decides_the_partition() -> None:
    document: dict[str, Any] = {
        "Conditions": {
            "IsHere": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]},
            "IsChina": {"Fn::Equals": [{"Ref": "AWS::Partition"}, "aws-cn"]},
            "Both": {"Fn::And": [{"Condition": "IsHere"}, {"Condition": "IsChina"}]},
        },
        "Resources": {"Q": {"Type": QUEUE, "Condition": "Both"}},
    }
    assert lint_with("sqs-dead-letter-queue", document) == []


def limited(said: dict[str, Any], value: str) -> dict[str, Any]:
    return {
        "Parameters": {"P": {"Type": "String", **said}},
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, value]}},
        "Resources": {"Q": {"Type": QUEUE, "Condition": "C"}},
    }


def test_values_that_the_declaration_refuses_lead_to_no_deployment() -> None:
    assert [one.deployment for one in lint_with("sqs-long-polling", limited({}, ""))] == ["when P is empty"]
    assert lint_with("sqs-long-polling", limited({"MinLength": 1}, "")) == []
    assert lint_with("sqs-long-polling", limited({"MaxLength": "3"}, "long")) == []
    assert lint_with("sqs-long-polling", limited({"AllowedPattern": "[a-z]+"}, "7")) == []
    assert lint_with("sqs-long-polling", limited({"AllowedPattern": "(?<n>x"}, "7")) != []
    assert lint_with("sqs-long-polling", limited({"Type": "Number", "MaxValue": 5}, "7")) == []
    assert lint_with("sqs-long-polling", limited({"Type": "Number", "MinValue": 5}, "7")) != []
    assert lint_with("sqs-long-polling", limited({"AllowedValues": ["a", "b"]}, "c")) == []


def test_values_that_the_rules_section_refuses_lead_to_no_deployment() -> None:
    def ruled(assertion: Any, condition: Any = None) -> dict[str, Any]:
        rule = {"Assertions": [{"Assert": assertion}], **({} if condition is None else {"RuleCondition": condition})}
        return {**limited({"Default": "b"}, "a"), "Rules": {"R": rule}}

    is_a = {"Fn::Equals": [{"Ref": "P"}, "a"]}
    assert lint_with("sqs-long-polling", ruled({"Fn::Not": [is_a]})) == []
    assert lint_with("sqs-long-polling", ruled({"Fn::Contains": [["b", "c"], {"Ref": "P"}]})) == []
    assert lint_with("sqs-long-polling", ruled({"Fn::EachMemberIn": [[{"Ref": "P"}], ["b", "c"]]})) == []
    assert lint_with("sqs-long-polling", ruled({"Fn::Equals": ["x", "y"]}, {"Fn::Equals": [{"Ref": "P"}, "a"]})) == []
    assert lint_with("sqs-long-polling", ruled({"Fn::Contains": [["a", "c"], {"Ref": "P"}]})) != []
    assert lint_with("sqs-long-polling", ruled({"Fn::ValueOf": ["P", "Tags"]})) != []
    assert lint_with("sqs-long-polling", ruled({"Fn::Equals": ["x", "y"]}, {"Fn::Equals": [{"Ref": "P"}, "b"]})) != []


def test_the_same_import_is_not_two_things() -> None:
    def is_text(text: str) -> dict[str, Any]:
        return {"Fn::Equals": [{"Fn::ImportValue": "mode"}, text]}

    document: dict[str, Any] = {
        "Conditions": {
            "IsA": is_text("a"),
            "IsB": is_text("b"),
            "IsAToo": is_text("a"),
            "IsNotA": {"Fn::Not": [is_text("a")]},
            "Both": {"Fn::And": [{"Condition": "IsA"}, {"Condition": "IsB"}]},
            "OneOfTwins": {"Fn::And": [{"Condition": "IsA"}, {"Fn::Not": [{"Condition": "IsAToo"}]}]},
            "AWithoutA": {"Fn::And": [{"Condition": "IsNotA"}, {"Condition": "IsA"}]},
            "Neither": {"Fn::And": [{"Fn::Not": [{"Condition": "IsNotA"}]}, {"Fn::Not": [{"Condition": "IsA"}]}]},
            "BWhileA": {"Fn::And": [{"Condition": "IsB"}, {"Fn::Not": [{"Condition": "IsNotA"}]}]},
        },
        "Resources": {
            "Never": {"Type": QUEUE, "Condition": "Both"},
            "NeverToo": {"Type": QUEUE, "Condition": "OneOfTwins"},
            **{name: {"Type": QUEUE, "Condition": name} for name in ("AWithoutA", "Neither", "BWhileA")},
            "Sometimes": {"Type": QUEUE, "Condition": "IsB"},
        },
    }
    assert [one.resource for one in lint_with("sqs-long-polling", document)] == ["Sometimes"]


def test_what_is_only_where_two_parameters_are_equal() -> None:
    document: dict[str, Any] = {
        "Parameters": {"Audit": {"Type": "String", "Default": ""}},
        "Conditions": {"IsAudit": {"Fn::Equals": [{"Ref": "Audit"}, {"Ref": "AWS::AccountId"}]}},
        "Resources": {"Q": {"Type": QUEUE, "Condition": "IsAudit"}},
    }
    [found] = lint_with("sqs-long-polling", document)
    assert found.deployment == "when Audit is not empty and AWS::AccountId is that of Audit"


def allowed(values: list[str], more: dict[str, Any]) -> dict[str, Any]:
    return {
        "Parameters": {"Wait": {"Type": "String", "AllowedValues": values, "Default": values[0]}},
        **more,
        "Resources": {
            "Q": {"Type": QUEUE, "Properties": {"ReceiveMessageWaitTimeSeconds": {"Ref": "Wait"}}},
            **({"R": {"Type": QUEUE, "Condition": "C"}} if more else {}),
        },
    }


def test_an_allowed_value_is_judged_the_same_whatever_else_uses_the_parameter() -> None:
    condition = {"Conditions": {"C": {"Fn::Equals": [{"Ref": "Wait"}, "20"]}}}
    for more in ({}, condition):
        found = [one for one in lint_with("sqs-long-polling", allowed(["0", "20"], more)) if one.resource == "Q"]
        assert [(one.level, one.deployment) for one in found] == [("advice", "when Wait is 0")]
        found = [one for one in lint_with("sqs-long-polling", allowed(["0", "00"], more)) if one.resource == "Q"]
        assert [(one.level, one.deployment) for one in found] == [("warning", None)]


def test_a_chosen_value_that_is_the_default_is_said_to_be_one() -> None:
    for default, note in (("0", " (default of Wait)"), ("20", "")):
        template = allowed(["0", "20"], {})
        template["Parameters"]["Wait"]["Default"] = default
        [found] = lint_with("sqs-long-polling", template)
        assert f" is 0 s{note}, " in found.message
        assert found.deployment == "when Wait is 0"


def test_findings_that_differ_in_a_figure_are_one() -> None:
    [found] = lint_with("sqs-long-polling", allowed(["5", "10", "15", "20"], {}))
    assert found.deployment == "when Wait is not 20, for example when Wait is 5"


def test_a_mapping_without_keys_leaves_one_deployment() -> None:
    image = {"Fn::FindInMap": ["Images", {"Ref": "AWS::Region"}, "queue"]}
    queue = {"Type": QUEUE, "Properties": {"QueueName": image}}
    document = {"Mappings": {"Images": {}}, "Resources": {"Q": queue, "R": {"Type": QUEUE}}}
    read = template(Source("template.json", json.dumps(document).encode()))
    assert read is not None
    assert [list(deployment.resources) for deployment in read.deployments(None).deployments] == [["Q", "R"]]
