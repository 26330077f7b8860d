"""Constructions of `bench.hostile` in Terraform's plans."""

from __future__ import annotations

import json
from typing import Any

from bench.hostile_parts import Json, add, nested


def plan(resources: list[Json], **more: Json) -> Json:
    """A plan with these planned resources."""
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": resources}},
        **more,
    }


def planned(number: int, **values: Json) -> Json:
    """One planned queue."""
    return {
        "address": f"aws_sqs_queue.q{number}",
        "mode": "managed",
        "type": "aws_sqs_queue",
        "name": f"q{number}",
        "values": values,
    }


def _plan(name: str, content: Json) -> None:
    add(f"plan {name}", lambda: {"plan.json": content if isinstance(content, str) else json.dumps(content)})


def _changes(count: int) -> list[Json]:
    return [
        {
            **planned(n),
            "change": {
                "actions": ["create"],
                "before": None,
                "after": {"name": f"q{n}"},
                "after_unknown": {"arn": True},
            },
        }
        for n in range(count)
    ]


def _configured(count: int, reference: str) -> Json:
    blocks = [
        {
            "address": f"aws_sqs_queue.q{n}",
            "mode": "managed",
            "type": "aws_sqs_queue",
            "name": f"q{n}",
            "expressions": {
                "name": {
                    "references": [reference % ((n + 1) % count), reference.partition(".name")[0] % ((n + 1) % count)]
                }
            },
        }
        for n in range(count)
    ]
    return {"root_module": {"resources": blocks}}


_plan("3000 resources", plan([planned(n) for n in range(3_000)], resource_changes=_changes(3_000)))
_plan(
    "references in a circle",
    plan(
        [planned(n) for n in range(1_500)],
        resource_changes=_changes(1_500),
        configuration=_configured(1_500, "aws_sqs_queue.q%d.name"),
    ),
)
_plan(
    "locals",
    plan([planned(n) for n in range(100)], resource_changes=_changes(100), configuration=_configured(100, "local.q%d")),
)


def _module_calls(depth: int, wide: int = 1) -> Json:
    inner: Json = {"resources": [], "outputs": {"o": {"expression": {"references": ["var.v"]}}}, "variables": {"v": {}}}
    for _ in range(depth):
        inner = {
            "module_calls": {
                f"m{n}": {
                    "source": "./x",
                    "module": inner,
                    "expressions": {"v": {"references": [f"module.m{m}.o" for m in range(wide)]}},
                }
                for n in range(wide)
            },
            "outputs": {"o": {"expression": {"references": [f"module.m{m}.o" for m in range(wide)]}}},
        }
    return {"root_module": inner}


def _through(depth: int) -> Json:
    made = _module_calls(depth, 2) if depth < 11 else _module_calls(depth)
    made["root_module"]["resources"] = [
        {
            "address": "aws_sqs_queue.q0",
            "mode": "managed",
            "type": "aws_sqs_queue",
            "name": "q0",
            "expressions": {"name": {"references": ["module.m0.o", "module.m1.o"]}},
        }
    ]
    return made


_plan("module_calls deep", plan([planned(0)], resource_changes=_changes(1), configuration=_through(45)))
_plan("module_calls 2 to the 10", plan([planned(0)], resource_changes=_changes(1), configuration=_through(10)))


def _through_variables(depth: int) -> Json:
    calls = {
        f"m{n}": {
            "source": "./x",
            "module": {
                "variables": {"a": {}, "b": {}},
                "outputs": {"o": {"expression": {"references": ["var.a", "var.b"]}}},
            },
            "expressions": {"a": {"references": [f"module.m{n + 1}.o"]}, "b": {"references": [f"module.m{n + 1}.o"]}},
        }
        for n in range(depth)
    }
    return {
        "root_module": {
            "module_calls": calls,
            "resources": [
                {
                    "address": "aws_sqs_queue.q0",
                    "mode": "managed",
                    "type": "aws_sqs_queue",
                    "name": "q0",
                    "expressions": {"name": {"references": ["module.m0.o"]}},
                }
            ],
        }
    }


_plan("references doubled", plan([planned(0)], resource_changes=_changes(1), configuration=_through_variables(40)))
_plan(
    "child_modules deep",
    {
        "format_version": "1.2",
        "planned_values": {
            "root_module": nested({"resources": [planned(0)]}, 45, lambda one: {"child_modules": [one]})
        },
    },
)
_plan(
    "child_modules too deep",
    {
        "format_version": "1.2",
        "planned_values": {
            "root_module": nested({"resources": [planned(0)]}, 300, lambda one: {"child_modules": [one]})
        },
    },
)

_WHOLE: Json = plan(
    [
        planned(0, name="x", redrive_policy="{}", tags={"a": "b"}),
        {
            "address": "aws_db_instance.d[0]",
            "mode": "managed",
            "type": "aws_db_instance",
            "name": "d",
            "index": 0,
            "values": {"multi_az": False, "engine": "mysql"},
            "sensitive_values": {"password": True},
        },
    ],
    resource_changes=[
        *_changes(1),
        {
            "address": "aws_db_instance.d[0]",
            "mode": "managed",
            "type": "aws_db_instance",
            "name": "d",
            "index": 0,
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {
                "actions": ["create"],
                "before": None,
                "after": {"multi_az": False, "engine": "mysql"},
                "after_unknown": {"arn": True, "tags": [False]},
                "after_sensitive": {"password": True},
                "before_sensitive": False,
            },
        },
    ],
    configuration={
        "provider_config": {
            "aws": {
                "name": "aws",
                "full_name": "registry.terraform.io/hashicorp/aws",
                "expressions": {"region": {"constant_value": "eu-west-1"}},
            }
        },
        "root_module": {
            "variables": {"v": {"default": 1}},
            "outputs": {"o": {"expression": {"references": ["aws_sqs_queue.q0.arn", "aws_sqs_queue.q0"]}}},
            "module_calls": {
                "m": {
                    "source": "./m",
                    "expressions": {"v": {"references": ["var.v"]}},
                    "count_expression": {"constant_value": 1},
                    "module": {
                        "resources": [{"mode": "managed", "type": "aws_sqs_queue", "name": "z", "expressions": {}}],
                        "variables": {"v": {}},
                    },
                }
            },
            "resources": [
                {
                    "address": "aws_sqs_queue.q0",
                    "mode": "managed",
                    "type": "aws_sqs_queue",
                    "name": "q0",
                    "provider_config_key": "aws",
                    "expressions": {
                        "name": {"references": ["var.v"]},
                        "redrive_policy": {"references": ["module.m.o", "module.m"]},
                    },
                    "schema_version": 0,
                    "for_each_expression": {"references": ["var.v"]},
                },
                {
                    "address": "aws_db_instance.d",
                    "mode": "managed",
                    "type": "aws_db_instance",
                    "name": "d",
                    "provider_config_key": "aws",
                    "expressions": {"multi_az": {"constant_value": False}},
                    "count_expression": {"constant_value": 1},
                    "depends_on": ["aws_sqs_queue.q0"],
                },
            ],
        },
    },
    variables={"v": {"value": 1}},
    prior_state={"values": {"root_module": {"resources": [planned(0, name="x")]}}},
    output_changes={"o": {"actions": ["create"]}},
    relevant_attributes=[{"resource": "aws_sqs_queue.q0", "attribute": ["arn"]}],
    checks=[{"address": {"kind": "resource"}, "status": "pass"}],
    resource_drift=_changes(1),
)


def _at(data: Json, way: tuple[Any, ...]) -> Json:
    for step in way:
        data = data[step]
    return data


def _ways(data: Json, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [way, *(deeper for key, child in inner for deeper in _ways(child, (*way, key)))]


OTHERS: tuple[Json, ...] = (None, 7, 1.5, "text", True, [], [None], [[]], {}, {"a": None}, [{}], -1, "", "\ud800")


def malformed_plans() -> dict[str, str]:
    """A plan with each member replaced by each kind of value, by a description of the change."""
    found = {}
    for way in _ways(_WHOLE)[1:]:
        for other in OTHERS:
            made = json.loads(json.dumps(_WHOLE))
            _at(made, way[:-1])[way[-1]] = other
            found[f"{'.'.join(map(str, way))} = {json.dumps(other)}"] = json.dumps(made)
    return found
