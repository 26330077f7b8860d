"""Generates inputs from the grammar of each language: the types and properties that rules read, with odd shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from bench.fuzz_inputs import Input
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from awslint_memo import api
from awslint_memo.readers.property_maps import PropertyMap
from awslint_memo.readers.terraform_names import TYPE_MAPS

_WORD = re.compile(r"[A-Z]\w+")


@cache
def _names() -> dict[str, list[str]]:
    """The properties that rules may read of each CloudFormation type, by type."""
    found: dict[str, set[str]] = {}
    for one in TYPE_MAPS.values():
        known = found.setdefault(one.type, set())
        known.update(word for path in one.property_names() for word in _WORD.findall(path))
    for rule in api.rules().values():
        for type_ in rule.resource:
            found.setdefault(type_, {"Name", "Tags"})
    sam = {"Events", "Policies", "Environment", "AutoPublishAlias", "DeploymentPreference", "Timeout", "Tracing"}
    for kind in ("Function", "Api", "HttpApi", "SimpleTable", "StateMachine", "LayerVersion", "Connector"):
        found[f"AWS::Serverless::{kind}"] = {*sam, "Properties", "Type", "Retry", "MaximumRetryAttempts"}
    return {type_: sorted(names) or ["Name"] for type_, names in sorted(found.items()) if "::" in type_}


@cache
def _arguments() -> dict[str, list[tuple[str, bool]]]:
    """The arguments of each Terraform type, and whether each is a block."""
    return {name: list(_of(one.properties)) or [("name", False)] for name, one in sorted(TYPE_MAPS.items())}


def _of(maps: Any) -> Iterator[tuple[str, bool]]:
    for one in maps.values():
        if isinstance(one, PropertyMap):
            parts = one.attribute.split(".")
            yield from ((part, number < len(parts) - 1) for number, part in enumerate(parts) if part)
            yield from _of(one.within or {})


_IDS = ("A", "B", "Cc", "D1")
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 1_000_000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        (
            "",
            "a",
            "true",
            "*",
            "${A}",
            "${A.Arn}",
            "${!x}",
            "arn:aws:sqs:eu-west-1:1:q",
            "rate(5 minutes)",
            "PT5M",
            "1e309",
        )
    ),
    st.text(max_size=6),
)
_FUNCTIONS = st.sampled_from(
    ("Ref", "Fn::GetAtt", "Fn::Sub", "Fn::If", "Fn::Join", "Fn::Select", "Fn::FindInMap", "Fn::Split")
)
_TARGETS = st.one_of(
    st.sampled_from((*_IDS, "P", "AWS::Region", "AWS::NoValue")), st.lists(st.sampled_from(_IDS), max_size=3)
)


def _values(names: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    calls = st.one_of(
        st.builds(lambda name, of: {name: of}, _FUNCTIONS, _TARGETS),
        st.builds(lambda of: {"Ref": of}, st.sampled_from((*_IDS, "P"))),
        st.builds(lambda of: {"Fn::GetAtt": [of, "Arn"]}, st.sampled_from(_IDS)),
        st.builds(lambda one, two: {"Fn::If": ["C", one, two]}, _SCALARS, _SCALARS),
    )
    return st.recursive(
        st.one_of(_SCALARS, calls),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=3)),
        max_leaves=6,
    )


@cache
def _of_type(type_: str) -> tuple[st.SearchStrategy[str], st.SearchStrategy[Any]]:
    # Made once: hypothesis validates each new strategy, which costs more than drawing from it.
    known = _names().get(type_) or [name for name, _ in _arguments()[type_]]
    names = st.sampled_from(known)
    return names, _values(names)


@cache
def _only(name: str) -> st.SearchStrategy[Any]:
    return _values(st.just(name))


@st.composite
def _resource(draw: st.DrawFn) -> Any:
    type_ = draw(st.sampled_from(list(_names())))
    names, values = _of_type(type_)
    made = {"Type": type_, "Properties": draw(st.dictionaries(names, values, max_size=5))}
    beside = st.sampled_from(("Condition", "DependsOn", "DeletionPolicy", "UpdatePolicy", "Metadata", "CreationPolicy"))
    made.update(draw(st.dictionaries(beside, st.one_of(st.just("C"), values), max_size=1)))
    return made


@st.composite
def templates(draw: st.DrawFn) -> Any:
    """A CloudFormation or SAM template as plain data."""
    resources = draw(st.dictionaries(st.sampled_from(_IDS), _resource(), min_size=1))
    made: dict[str, Any] = {
        "Parameters": {"P": {"Type": "String", "Default": draw(st.sampled_from(("", "a", "5", "true")))}},
        "Conditions": {"C": {"Fn::Equals": [{"Ref": "P"}, draw(st.sampled_from(("a", "5", {"Ref": "P"})))]}},
        "Resources": resources,
    }
    if any(one["Type"].startswith("AWS::Serverless") for one in resources.values()):
        made["Transform"] = "AWS::Serverless-2016-10-31"
        made["Globals"] = draw(st.one_of(st.just({}), st.builds(lambda one: {"Function": one}, _only("Timeout"))))
    return made


_EXPRESSIONS = st.one_of(
    st.sampled_from(
        ("var.v", "var.v[0]", "aws_sqs_queue.a.arn", "each.value", "count.index", "local.l", "null", "true")
    ),
    st.sampled_from(("[for x in var.v : x]", "{for k, v in var.v : k => v}", "try(var.v.a, 1)", "merge({}, var.v)")),
    st.sampled_from(('"${var.v}-x"', "jsonencode({a = var.v})", "var.v ? 1 : 2", "toset([1, 2])", "-1", "1e309", '""')),
    st.integers(-5, 100_000).map(str),
    st.text("ab*:/${}%", max_size=6).map(lambda one: json.dumps(one)),
)


@st.composite
def configurations(draw: st.DrawFn) -> str:
    """A Terraform configuration in its native language."""
    text = f'variable "v" {{ default = {draw(_EXPRESSIONS)} }}\nlocals {{ l = {draw(_EXPRESSIONS)} }}\n'
    for number in range(draw(st.integers(1, 3))):
        type_ = draw(st.sampled_from(list(_arguments())))
        text += f'resource "{type_}" "{"abc"[number]}" {{\n'
        text += draw(
            st.sampled_from(
                ("", "  count = var.v\n", "  for_each = var.v\n", "  count = 2\n", "  for_each = {a = 1}\n")
            )
        )
        for name, is_block in draw(st.lists(st.sampled_from(_arguments()[type_]), max_size=5, unique=True)):
            value = draw(_EXPRESSIONS)
            as_block = is_block != (draw(st.integers(0, 9)) == 0)
            text += f"  {name} {{\n    {name} = {value}\n  }}\n" if as_block else f"  {name} = {value}\n"
        text += "}\n"
    return text


@st.composite
def plans(draw: st.DrawFn) -> Any:
    """A plan as plain data."""
    changes = []
    for number in range(draw(st.integers(1, 3))):
        type_ = draw(st.sampled_from(list(_arguments())))
        names, values = _of_type(type_)
        after = draw(st.dictionaries(names, values, max_size=5))
        unknown = draw(st.dictionaries(names, st.one_of(st.booleans(), values), max_size=2))
        change = {
            "actions": draw(st.sampled_from((["create"], ["update"], ["delete", "create"], ["no-op"]))),
            "after": after,
        }
        change.update(after_unknown=unknown, after_sensitive=draw(st.one_of(st.just({}), st.just(False), values)))
        address = f"{type_}.{'abc'[number]}"
        entry = {"address": address, "mode": "managed", "type": type_, "name": "abc"[number], "change": change}
        changes.append(entry)
    return {
        "format_version": "1.2",
        "planned_values": {},
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": draw(st.lists(_only("expressions"), max_size=2))}},
    }


_INPUTS = st.one_of(
    st.builds(lambda data: _both(data), templates()),
    st.builds(lambda text: Input("generated .tf", {"main.tf": text.encode("utf-8")}, ["main.tf"]), configurations()),
    st.builds(
        lambda data: Input("generated plan", {"plan.json": json.dumps(data, indent=1).encode()}, ["plan.json"]), plans()
    ),
)


def _both(data: Any) -> Input:
    """The same template in JSON and in YAML: the first is linted, and the second has to get the same findings."""
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=False)
    files = {"t.json": json.dumps(data, indent=1).encode(), "t.yaml": text.encode("utf-8", "replace")}
    return Input("generated template", files, ["t.json"])


def generated(count: int, number: int) -> list[Input]:
    """Generated inputs, the same ones for the same number."""
    made: list[Input] = []

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_INPUTS)
    def keep(one: Input) -> None:
        made.append(one)

    keep()
    return [*made, *made[:1] * count][:count]
