"""Constructions of `bench.hostile` with conditions, parameters and deployments of CloudFormation."""

from __future__ import annotations

import json
from functools import partial

from bench.hostile_parts import EQUALS, QUEUE, Json, P, cfn, nested, queue, template


def _logic(function: str, width: int, depth: int) -> str:
    made = nested(EQUALS, depth, lambda inner: {function: [inner, *[EQUALS] * (width - 1)]})
    return template({"Queue": {**QUEUE, "Condition": "C"}}, Parameters=P, Conditions={"C": made})


def _doubled(function: str, depth: int) -> str:
    conditions: dict[str, Json] = {"C0": EQUALS}
    for number in range(1, depth + 1):
        both = [{"Condition": f"C{number - 1}"}] * 2
        conditions[f"C{number}"] = {function: both}
    return template({"Queue": {**QUEUE, "Condition": f"C{depth}"}}, Parameters=P, Conditions=conditions)


def _chain(count: int, *, circle: bool = False, down: bool = False) -> str:
    conditions: dict[str, Json] = {} if circle else {"C0": EQUALS}
    for number in range(0 if circle else 1, count):
        conditions[f"C{number}"] = {"Fn::Not": [{"Condition": f"C{(number - 1) % count}"}]}
    if down:
        conditions = dict(reversed(conditions.items()))
    return template({"Queue": {**QUEUE, "Condition": f"C{count - 1}"}}, Parameters=P, Conditions=conditions)


for _function in ("Fn::And", "Fn::Or"):
    cfn(f"nested {_function}", partial(_logic, _function, 2, 40))
    cfn(f"doubled {_function}", partial(_doubled, _function, 60))
    cfn(f"doubled deep {_function}", partial(_doubled, _function, 1_500))
cfn("nested Fn::Not", lambda: _logic("Fn::Not", 1, 40))
cfn("conditions chain 2000", lambda: _chain(2_000))
cfn("conditions chain 2000 reversed", lambda: _chain(2_000, down=True))
cfn("conditions chain 10000", lambda: _chain(10_000))
cfn("conditions circle 2", lambda: _chain(2, circle=True))
cfn("conditions circle 2000", lambda: _chain(2_000, circle=True))


def _many_conditions(count: int, *, of_parameters: bool) -> str:
    parameters = {f"P{number}": {"Type": "String"} for number in range(count if of_parameters else 1)}
    conditions = {
        f"C{number}": {"Fn::Equals": [{"Ref": f"P{number if of_parameters else 0}"}, f"v{number}"]}
        for number in range(count)
    }
    resources = {f"Q{number}": {**QUEUE, "Condition": f"C{number}"} for number in range(count)}
    return template(resources, Parameters=parameters, Conditions=conditions)


cfn("500 conditions", lambda: _many_conditions(500, of_parameters=True))
cfn("500 conditions of one parameter", lambda: _many_conditions(500, of_parameters=False))
cfn("3000 conditions", lambda: _many_conditions(3_000, of_parameters=True))
cfn("3000 conditions of one parameter", lambda: _many_conditions(3_000, of_parameters=False))


def _unknown_conditions(count: int) -> str:
    conditions = {f"C{n}": {"Fn::Equals": [{"Fn::ImportValue": f"e{n}"}, f"v{n}"]} for n in range(count)}
    resources = {f"Q{n}": {**QUEUE, "Condition": f"C{n}"} for n in range(count)}
    return template(resources, Conditions=conditions)


cfn("500 unknown conditions", lambda: _unknown_conditions(500))


def _few_unknown(count: int, resources: int) -> str:
    """Few conditions that nothing decides, each of many resources."""
    conditions = {f"C{n}": {"Fn::Equals": [{"Fn::ImportValue": f"e{n}"}, "x"]} for n in range(count)}
    return template({f"Q{n}": {**QUEUE, "Condition": f"C{n % count}"} for n in range(resources)}, Conditions=conditions)


for _count in (3, 7, 12, 60):
    cfn(f"{_count} unknown conditions of 8000 resources", partial(_few_unknown, _count, 8_000))
cfn("3000 unknown conditions", lambda: _unknown_conditions(3_000))


def _ifs(depth: int, *, both: bool) -> str:
    inner: Json = 30
    for _ in range(depth):
        inner = {"Fn::If": ["C", inner, inner if both else 30]}
    return template({"Queue": queue(VisibilityTimeout=inner)}, Parameters=P, Conditions={"C": EQUALS})


cfn("nested Fn::If", lambda: _ifs(40, both=False))
cfn("doubled Fn::If", lambda: _ifs(13, both=True))


def _in_parameters(count: int) -> str:
    parameters = {f"P{number}": {"Type": "String", "Default": "a"} for number in range(count)}
    condition = nested(EQUALS, 1, lambda _: {"Fn::Or": [{"Fn::Equals": [{"Ref": p}, "x"]} for p in parameters]})
    return template({"Queue": {**QUEUE, "Condition": "C"}}, Parameters=parameters, Conditions={"C": condition})


cfn(
    "100000 parameters",
    lambda: json.dumps({"Parameters": {f"P{n}": {} for n in range(60_000)}, "Resources": {"Queue": QUEUE}}),
)
cfn("10000 parameters in a condition", lambda: _in_parameters(10_000))
cfn("10 parameters in a condition", lambda: _in_parameters(10))


def _allowed(count: int, parameters: int) -> str:
    values = [f"v{n}" for n in range(count)]
    made = {f"P{n}": {"Type": "String", "AllowedValues": values} for n in range(parameters)}
    conditions = {f"C{n}": {"Fn::Equals": [{"Fn::Sub": f"${{P{n}}}"}, "v3"]} for n in range(parameters)}
    return template(
        {f"Q{n}": {**QUEUE, "Condition": f"C{n}"} for n in range(parameters)}, Parameters=made, Conditions=conditions
    )


cfn("AllowedValues 10000", lambda: _allowed(10_000, 1))
cfn("AllowedValues 10000 x 8", lambda: _allowed(10_000, 8))
cfn("AllowedValues 100 x 100", lambda: _allowed(100, 100))
cfn(
    "AllowedPattern backtracks",
    lambda: template(
        {"Queue": {**QUEUE, "Condition": "C"}},
        Parameters={"P": {"Type": "String", "AllowedPattern": "^(a+)+$", "Default": "a" * 40 + "!"}},
        Conditions={"C": {"Fn::Equals": [{"Ref": "P"}, "a" * 40 + "!"]}},
    ),
)


def _deployments_of(conditions: int, resources: int) -> str:
    return template(
        {f"Q{n}": {**queue(VisibilityTimeout={"Fn::If": [f"C{n % conditions}", 30, 40]})} for n in range(resources)},
        Parameters={f"P{n}": {"Type": "String"} for n in range(conditions)},
        Conditions={f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "x"]} for n in range(conditions)},
    )


cfn("7 conditions x 2000 resources", lambda: _deployments_of(7, 2_000))
cfn("7 conditions x 8000 resources", lambda: _deployments_of(7, 8_000))
cfn("12 conditions x 8000 resources", lambda: _deployments_of(12, 8_000))
for _count in (3, 20, 2_000):
    cfn(f"{_count} conditions x 6000 resources", partial(_deployments_of, _count, 6_000))


def _conditional(conditions: int, resources: int) -> str:
    return template(
        {f"Q{n}": {**QUEUE, "Condition": f"C{n % conditions}"} for n in range(resources)},
        Parameters={f"P{n}": {"Type": "String"} for n in range(conditions)},
        Conditions={f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "x"]} for n in range(conditions)},
    )


cfn("7 conditions on 10000 resources", lambda: _conditional(7, 10_000))
# As much to choose, and as many resources, as there are just before a template is of an odd size.
cfn("140 conditions on 900 resources", lambda: _conditional(140, 900))
cfn("140 conditions x 900 resources", lambda: _deployments_of(140, 900))
cfn("280 unknown conditions of 900 resources", lambda: _few_unknown(280, 900))


def _on_one_another(count: int, resources: int) -> str:
    """Conditions of which each names the one before twice, beside a parameter of its own."""
    conditions: dict[str, Json] = {"C0": {"Fn::Equals": [{"Ref": "P0"}, "a"]}}
    for number in range(1, count):
        before = {"Condition": f"C{number - 1}"}
        both = {"Fn::And": [before, {"Fn::Equals": [{"Ref": f"P{number}"}, "a"]}]}
        conditions[f"C{number}"] = {"Fn::Or": [both, {"Fn::Not": [before]}]}
    chosen = queue(VisibilityTimeout={"Fn::If": [f"C{count - 1}", 1, 99_999_999]})
    return template(
        {f"Q{n}": {**chosen, "Condition": f"C{n % count}"} for n in range(resources)},
        Parameters={f"P{n}": {"Type": "String"} for n in range(count)},
        Conditions=conditions,
    )


cfn("40 conditions on one another, 3000 resources", lambda: _on_one_another(40, 3_000))
