"""Plans with parts of another form than Terraform's: a sentence or silence, but never a rule that fails."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.command import report

from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.registry import rules
from awslint_memo.model.span import Problem
from awslint_memo.readers.recognition import template

PLANS = Path(__file__).parents[3] / "fixtures" / "plans"

ODD: tuple[Any, ...] = (
    None,
    1,
    True,
    "",
    "${a}",
    [],
    [1],
    [[]],
    {},
    {"a": {"b": []}},
    {"references": 1},
    ["a", {"b": 1}],
)

SENTENCE = (
    "a resource change of the plan has another form than Terraform's; make the file again with terraform show -json"
)


def change(**other: Any) -> dict[str, Any]:
    made = {"address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue", "name": "q"}
    return {**made, "change": {"actions": ["create"], "after": {"name": "q"}}, **other}


def plan(*changes: Any, **other: Any) -> dict[str, Any]:
    return {"format_version": "1.2", "planned_values": {}, "resource_changes": list(changes), **other}


@pytest.mark.parametrize(
    "odd",
    [
        change(index=[1]),
        change(index={}),
        change(index=True),
        change(address=""),
        change(address=None),
        change(type=["aws_sqs_queue"]),
        change(name=1),
        change(mode=[]),
        change(change=[]),
        change(change={"after": {}}),
        change(change={"actions": ["create"], "after": 1}),
        change(change={"actions": [], "after": {}}),
        change(change={"actions": [1], "after": {}}),
        change(change={"actions": ["delete", None], "after": {}}),
        change(address="x"),
        7,
        None,
    ],
)
def test_a_change_of_another_form_is_an_error_and_the_others_are_judged(odd: Any, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    other = change(address="aws_sqs_queue.other", name="other")
    path.write_text(json.dumps(plan(odd, other), indent=1))
    made = report("--advice", "--select", "sqs-long-polling", str(path))
    assert [(one["message"], one["line"]) for one in made["errors"]] == [(SENTENCE, 5)]
    assert [one["resource"] for one in made["findings"]] == ["aws_sqs_queue.other"]


def test_changes_that_are_no_list(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan(resource_changes={"a": 1})))
    [error] = report(str(path))["errors"]
    assert error["message"].startswith("resource_changes of the plan has another form than Terraform's; ")


@pytest.mark.parametrize(
    "changes", [{"resource_changes": []}, {}, {"resource_changes": [change(name="b", address="aws_sqs_queue.b")]}]
)
@pytest.mark.parametrize("depth", [0, 2])
def test_changes_that_are_missing_although_resources_are_planned(
    changes: dict[str, Any], depth: int, tmp_path: Path
) -> None:
    module: dict[str, Any] = {"resources": [{"address": "aws_sqs_queue.q", "mode": "managed"}]}
    for _ in range(depth):
        module = {"child_modules": [module]}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"format_version": "1.2", "planned_values": {"root_module": module}, **changes}))
    [error] = report(str(path))["errors"]
    less = "the list resource_changes, which has less than planned_values (no aws_sqs_queue.q), of the plan"
    assert error["message"].startswith(less)
    assert error["line"] == 1


def test_a_change_that_can_not_be_read_is_told_once(tmp_path: Path) -> None:
    module = {"resources": [{"address": "aws_sqs_queue.q", "mode": "managed"}]}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan(7, planned_values={"root_module": module})))
    assert [one["message"] for one in report(str(path))["errors"]] == [SENTENCE]


@pytest.mark.parametrize(
    ("resources", "is_whole"),
    [
        ([{"mode": "managed", "type": "aws_sqs_queue", "name": "q"}], True),
        ([{"mode": "managed", "type": "aws_sqs_queue", "name": "q", "expressions": {}}], True),
        ([{"mode": "managed", "type": "aws_sqs_queue", "name": "q", "expressions": [1]}], False),
        ([{"mode": "managed", "type": "aws_sqs_queue", "name": "other"}], False),
        ([{"type": "aws_sqs_queue", "name": "q"}], False),
        ([7], False),
        ([], False),
        ({}, False),
        (None, False),
    ],
)
def test_a_resource_without_configuration_is_told(resources: Any, is_whole: bool, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan(change(), configuration={"root_module": {"resources": resources}})))
    said = [
        one
        for one in report(str(path))["summary"]["notices"]
        if "lacks the configuration of aws_sqs_queue.q, so" in one
    ]
    assert len(said) == (0 if is_whole else 1)


def test_data_that_is_read_needs_no_change(tmp_path: Path) -> None:
    read = {"resources": [{"address": "data.aws_region.r", "mode": "data"}]}
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"format_version": "1.2", "planned_values": {"root_module": read}}))
    assert report(str(path))["errors"] == []


def test_a_variable_without_a_value_is_not_known(tmp_path: Path) -> None:
    text = {"constant_value": "${var.name}-${aws_sqs_queue.q.arn}", "references": ["var.name", "aws_sqs_queue.q"]}
    block = {"mode": "managed", "type": "aws_sqs_queue", "name": "q", "expressions": {"policy": text}}
    one = change(change={"actions": ["create"], "after": {"name": "q"}, "after_unknown": {"policy": True}})
    path = tmp_path / "plan.json"
    odd: Any
    for odd in (1, "x", None, []):
        configuration = {"root_module": {"resources": [block]}}
        path.write_text(json.dumps(plan(one, configuration=configuration, variables={"name": odd})))
        assert report(str(path))["errors"] == []


def nodes(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to all nodes below a value."""
    children = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, child in children:
        yield (*way, key)
        yield from nodes(child, (*way, key))


@pytest.mark.parametrize("name", ["queues", "pipeline", "databases", "modules"])
def test_no_rule_fails_whatever_stands_in_a_plan(name: str) -> None:
    written = (PLANS / name / "plan.json").read_text()
    chance = random.Random(name)
    ways = [way for way in nodes(json.loads(written)) if way[0] in ("configuration", "resource_changes", "variables")]
    options = CheckOptions(list(rules().values()))
    for _ in range(40):
        data = json.loads(written)
        way = chance.choice(ways)
        above = data
        for key in way[:-1]:
            above = above[key]
        above[way[-1]] = chance.choice(ODD)
        try:
            made = template(Source("plan.json", json.dumps(data).encode()))
        except Problem:
            continue
        found = check_template(made, options)[0] if made is not None else []
        assert [one.message for one in found if one.rule == INTERNAL_ERROR] == [], (way, above[way[-1]])
