"""Equivalent changes of a template (same deployment) do not change the findings."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from cfnlint.decode import decode
from tests.command import report

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
TEMPLATES = [FIXTURES / "orders/template.yaml", FIXTURES / "orders/sam.yaml", FIXTURES / "queue/template.yaml"]

Data: TypeAlias = "dict[str, Any]"


def data(path: Path) -> Data:
    template, problems = decode(str(path))
    assert not problems
    plain: Data = json.loads(json.dumps(template))
    return plain


def findings(path: Path) -> set[tuple[str, str, str, str | None]]:
    """The rule, level, resource and deployment of each finding."""
    made = report(str(path), "--advice")
    assert made["errors"] == []
    return {
        (one["rule"], one["level"], one["resource"].removeprefix("Inner/"), one["deployment"])
        for one in made["findings"]
    }


def shuffled(value: Any, by: random.Random) -> Any:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda _: by.random())
        return {key: shuffled(value[key], by) for key in keys}
    return [shuffled(item, by) for item in value] if isinstance(value, list) else value


def reorder(template: Data) -> Data:
    made: Data = shuffled(template, random.Random(1))
    return made


def in_if(template: Data) -> Data:
    """Put every property into an Fn::If with two equal branches."""
    conditions = template.setdefault("Conditions", {})
    conditions["EitherWay"] = {"Fn::Equals": [{"Ref": "AWS::Partition"}, "aws"]}
    for resource in template["Resources"].values():
        for name, value in resource.get("Properties", {}).items():
            if name != "Events":
                resource["Properties"][name] = {"Fn::If": ["EitherWay", value, value]}
    return template


def through_parameters(template: Data) -> Data:
    """Replace every scalar property by a parameter with a single allowed value."""
    parameters = template.setdefault("Parameters", {})
    for resource_name, resource in template["Resources"].items():
        for name, value in resource.get("Properties", {}).items():
            if isinstance(value, (str, int)) and not isinstance(value, bool):
                parameter = f"{resource_name}{name}"
                parameters[parameter] = {"Type": "String", "AllowedValues": [str(value)], "Default": str(value)}
                resource["Properties"][name] = {"Ref": parameter}
    return template


def through_mappings(template: Data) -> Data:
    values: Data = {}
    for resource_name, resource in template["Resources"].items():
        for name, value in resource.get("Properties", {}).items():
            if isinstance(value, (str, int)) and not isinstance(value, bool):
                values.setdefault(resource_name, {})[name] = value
                resource["Properties"][name] = {"Fn::FindInMap": ["Values", resource_name, name]}
    return {**template, "Mappings": {"Values": values}}


def with_null_and_no_value(template: Data) -> Data:
    for resource in template["Resources"].values():
        if "Properties" in resource:
            resource["Properties"]["Tags"] = {"Ref": "AWS::NoValue"}
    return template


CHANGES: list[Callable[[Data], Data]] = [reorder, in_if, through_parameters, through_mappings, with_null_and_no_value]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_template_written_differently_gives_the_same(
    path: Path, change: Callable[[Data], Data], tmp_path: Path
) -> None:
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(change(data(path)), indent=1))
    assert changed.read_text() != json.dumps(data(path), indent=1)
    expected = findings(path)
    assert expected
    assert findings(changed) == expected


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_yaml_and_json_give_the_same(path: Path, tmp_path: Path) -> None:
    written = tmp_path / "template.json"
    written.write_text(json.dumps(data(path)))
    expected = findings(path)
    assert expected
    assert findings(written) == expected


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_nested_stack_gives_the_same(path: Path, tmp_path: Path) -> None:
    """Make the template a nested stack, whose parent passes its default values."""
    template = data(path)
    (tmp_path / "inner.json").write_text(json.dumps(template))
    outer = tmp_path / "outer.json"
    outer.write_text(
        json.dumps(
            {
                "Resources": {
                    "Inner": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "inner.json"}}
                }
            }
        )
    )
    certain = {one for one in findings(tmp_path / "inner.json") if one[3] is None}
    assert certain
    assert certain <= findings(outer)
