"""What the constructions of `bench.hostile` are made of."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Files: TypeAlias = Mapping[str, "str | bytes"]
Json: TypeAlias = Any

MEGABYTE = 1_000_000
QUEUE = {"Type": "AWS::SQS::Queue"}
HCL_QUEUE = 'resource "aws_sqs_queue" "q" {\n  name = %s\n}\n'

CONSTRUCTIONS: dict[str, Callable[[], Files]] = {}
"""What makes the files of each construction, by name."""


def add(name: str, make: Callable[[], Files]) -> None:
    """Add a construction."""
    CONSTRUCTIONS[name] = make


def template(resources: Mapping[str, Json] | None = None, **sections: Json) -> str:
    """A template in JSON."""
    return json.dumps({**sections, "Resources": {"Queue": QUEUE} if resources is None else resources})


def cfn(name: str, make: Callable[[], str], suffix: str = "json") -> None:
    """Add a construction that is one template."""
    add(f"cfn {name}", lambda: {f"template.{suffix}": make()})


def hcl(name: str, content: str | Callable[[], str]) -> None:
    """Add a construction that is one file of Terraform's language."""
    add(f"hcl {name}", lambda: {"main.tf": content if isinstance(content, str) else content()})


def queue(**properties: Json) -> Json:
    """A queue with these properties."""
    return {"Type": "AWS::SQS::Queue", "Properties": properties}


def nested(inner: Json, depth: int, wrap: Callable[[Json], Json]) -> Json:
    """A value wrapped so many times."""
    for _ in range(depth):
        inner = wrap(inner)
    return inner


EQUALS = {"Fn::Equals": [{"Ref": "P"}, "x"]}
P = {"P": {"Type": "String"}}
FUNCTION: dict[str, Json] = {
    "Type": "AWS::Lambda::Function",
    "Properties": {
        "Runtime": "python3.12",
        "Handler": "a.b",
        "Code": {"ZipFile": "x"},
        "Role": "arn:aws:iam::1:role/r",
        "Timeout": 60,
    },
}


def laughs(merge: bool, width: int = 10, depth: int = 9) -> str:
    """An anchor of anchors of anchors: 9 to the power of their number."""
    lines = ["A0: &a0 {k: v}" if merge else "A0: &a0 [x, x]"]
    for number in range(1, depth + 1):
        inner = ", ".join([f"*a{number - 1}"] * width)
        value = f"{{<<: [{inner}], k{number}: v}}" if merge else f"[{inner}]"
        lines.append(f"A{number}: &a{number} {value}")
    body = "\n  ".join(lines)
    return (
        f"Metadata:\n  {body}\nResources:\n  Queue:\n    Type: AWS::SQS::Queue\n"
        f"    Properties:\n      Tags: *a{depth}\n"
    )
