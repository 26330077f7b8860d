"""Equivalent changes of a Terraform configuration (same deployment) do not change the findings."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from tests.command import report
from tests.terraform_native import native

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
CONFIGURATION = FIXTURES / "orders" / "terraform" / "main.tf.json"

Data: TypeAlias = "dict[str, Any]"
Files: TypeAlias = "dict[str, str]"
Change: TypeAlias = "Callable[[Data], Files]"


def findings(folder: Path, files: Files) -> set[tuple[str, str, str]]:
    """The rule, level and resource of each finding, without the resource's module."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    made = report(str(folder), "--advice")
    assert made["errors"] == []
    return {
        (one["rule"], one["level"], re.sub(r'module\.inner(\["only"\])?\.|\["only"\]$', "", one["resource"]))
        for one in made["findings"]
    }


def one_file(document: Data) -> Files:
    return {"main.tf.json": json.dumps(document)}


def in_native_language(document: Data) -> Files:
    return {"main.tf": native(document)}


def in_native_language_and_module(document: Data) -> Files:
    return {name.replace(".tf.json", ".tf"): native(json.loads(text)) for name, text in in_a_module(document).items()}


def in_many_files(document: Data) -> Files:
    files = {"rest.tf.json": json.dumps({name: node for name, node in document.items() if name != "resource"})}
    for type_, named in document["resource"].items():
        for name, body in named.items():
            part = {"resource": {type_: {name: body}}}
            is_even = len(files) % 2 == 0
            files[f"{type_}_{name}.tf{'' if is_even else '.json'}"] = native(part) if is_even else json.dumps(part)
    return files


def in_a_module(document: Data) -> Files:
    """Move everything to a local module, and pass every variable to it."""
    variables = document["variable"]
    call = {"source": "./modules/inner", **{name: f"${{var.{name}}}" for name in variables}}
    root = {"variable": variables, "module": {"inner": call}}
    return {"main.tf.json": json.dumps(root), "modules/inner/main.tf.json": json.dumps(document)}


def in_a_counted_module(document: Data) -> Files:
    files = in_a_module(document)
    root = json.loads(files["main.tf.json"])
    root["module"]["inner"]["for_each"] = '${toset(["only"])}'
    return {**files, "main.tf.json": json.dumps(root)}


def scalars(document: Data, change: Callable[[str, Any], Any]) -> None:
    for type_, named in document["resource"].items():
        for name, body in named.items():
            for key, value in body.items():
                if isinstance(value, (int, str)) and "${" not in str(value):
                    body[key] = change(f"{type_}_{name}_{key}", value)


def through_variables(document: Data) -> Files:
    """Replace every literal by a variable with that default value."""

    def change(name: str, value: Any) -> str:
        document["variable"][name] = {"default": value}
        return f"${{var.{name}}}"

    scalars(document, change)
    return one_file(document)


def through_files_of_variables(document: Data) -> Files:
    values: Data = {}

    def change(name: str, value: Any) -> str:
        document["variable"][name] = {}
        values[name] = value
        return f"${{var.{name}}}"

    scalars(document, change)
    return {**one_file(document), "terraform.tfvars.json": json.dumps(values)}


def through_locals(document: Data) -> Files:
    document["locals"] = {}

    def change(name: str, value: Any) -> str:
        document["locals"][name] = {"value": value}
        return f"${{local.{name}.value}}"

    scalars(document, change)
    return one_file(document)


def in_conditions(document: Data) -> Files:
    def change(_: str, value: Any) -> str:
        written = json.dumps(value)
        return f'${{var.connection_arn == "x" ? {written} : {written}}}'

    scalars(document, change)
    return one_file(document)


def counted_once(document: Data) -> Files:
    """Give a for_each with a single key to the queues without references to them."""
    queue = document["resource"]["aws_sqs_queue"]["reports_queue"]
    queue["for_each"] = {"only": 0}
    queue["receive_wait_time_seconds"] = "${each.value}"
    return one_file(document)


def reordered(document: Data) -> Files:
    by = random.Random(1)

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: shuffled(value[key]) for key in sorted(value, key=lambda _: by.random())}
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    return one_file(shuffled(document))


CHANGES: list[Change] = [
    in_native_language,
    in_native_language_and_module,
    in_many_files,
    in_a_module,
    in_a_counted_module,
    through_variables,
    through_files_of_variables,
    through_locals,
    in_conditions,
    counted_once,
    reordered,
]


def deployed(text: str) -> Data:
    """A configuration with a provider, so that its variables' defaults are what is deployed."""
    document: Data = json.loads(text)
    document.setdefault("provider", {"aws": {}})
    return document


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_configuration_written_differently_gives_the_same(change: Change, tmp_path: Path) -> None:
    text = CONFIGURATION.read_text(encoding="utf-8")
    before, after = one_file(deployed(text)), change(deployed(text))
    assert after != before
    expected = findings(tmp_path / "before", before)
    assert len(expected) > 15
    assert findings(tmp_path / "after", after) == expected
