"""The enumerated deployments are the same as those of all combinations of parameter values."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from awslint_memo.files.source import Source
from awslint_memo.readers.recognition import template

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
    deployments = read.deployments(fixed, {QUEUE})
    assert deployments.is_complete
    return {
        tuple(
            (queue.name, queue.get("ReceiveMessageWaitTimeSeconds").number, queue.get("VisibilityTimeout").number)
            for queue in deployment.of_type(QUEUE)
        )
        for deployment in deployments.deployments
    }


@settings(max_examples=60, deadline=None)
@given(templates())
def test_deployments_are_those_of_every_choice_of_parameters(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    every = [dict(zip(VALUES, choice, strict=True)) for choice in product(*VALUES.values())]
    one_by_one = {deployment for choice in every for deployment in deployments(text, choice)}
    assert deployments(text, None) == one_by_one


def test_past_the_limit_both_results_of_every_condition_are_tried_and_incompleteness_is_reported() -> None:
    count = 12
    document: dict[str, Any] = {
        "Parameters": {f"P{n}": {"Type": "String", "AllowedValues": ["yes", "no"]} for n in range(count)},
        "Conditions": {f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "yes"]} for n in range(count)},
        "Resources": {f"Q{n}": {"Type": QUEUE, "Condition": f"C{n}"} for n in range(count)},
    }
    read = template(Source("template.json", json.dumps(document).encode()))
    assert read is not None
    deployments = read.deployments(None, {QUEUE})
    assert not deployments.is_complete
    assert len(deployments.deployments) <= 2 * count + 1
    for name in document["Resources"]:
        assert {name in deployment.resources for deployment in deployments.deployments} == {True, False}


def test_a_template_without_conditions_has_one_deployment() -> None:
    read = template(Source("template.json", json.dumps({"Resources": {"Q": {"Type": QUEUE}}}).encode()))
    assert read is not None
    assert len(read.deployments(None, {QUEUE}).deployments) == 1


def test_conditions_of_resources_that_no_rule_looks_at_are_ignored() -> None:
    document: dict[str, Any] = {
        "Parameters": {"P": {"Type": "String"}},
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, "yes"]}},
        "Resources": {"Q": {"Type": QUEUE}, "R": {"Type": "AWS::IAM::Role", "Condition": "C"}},
    }
    read = template(Source("template.json", json.dumps(document).encode()))
    assert read is not None
    assert len(read.deployments(None, {QUEUE}).deployments) == 1
    assert len(read.deployments(None, {QUEUE, "AWS::IAM::Role"}).deployments) == 2


def test_a_mapping_without_keys_leaves_one_deployment() -> None:
    image = {"Fn::FindInMap": ["Images", {"Ref": "AWS::Region"}, "queue"]}
    queue = {"Type": QUEUE, "Properties": {"QueueName": image}}
    document = {"Mappings": {"Images": {}}, "Resources": {"Q": queue, "R": {"Type": QUEUE}}}
    read = template(Source("template.json", json.dumps(document).encode()))
    assert read is not None
    assert [list(deployment.resources) for deployment in read.deployments(None, {QUEUE}).deployments] == [["Q", "R"]]
