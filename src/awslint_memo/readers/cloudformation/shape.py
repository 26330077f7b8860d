"""Checks the basic structure of a CloudFormation template, which the reader relies on."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.cloudformation.conditions import circle
from awslint_memo.syntax.node import Node, fields

_SECTIONS = ("Parameters", "Mappings", "Conditions", "Outputs", "Metadata", "Globals", "Rules", "Hooks")


def check(root: Node, source: Source) -> None:
    """Raise Problem at the first error in the structure. An empty section counts as missing."""
    sections = fields(root)
    for name in _SECTIONS:
        node = sections.get(name)
        if node is not None and not isinstance(node.content, (Mapping, type(None))):
            raise _problem(f"{name} must be a mapping, not {_kind(node)}; write a name for each entry", node, source)
    resources = sections.get("Resources", root)
    if resources is root or not isinstance(resources.content, Mapping):
        raise _problem(f"Resources must be a mapping, not {_kind(resources)}; give each a name", resources, source)
    for name, node in resources.content.items():
        if not name.startswith("Fn::"):
            _check_resource(name, node, source)
    for name, node in fields(sections.get("Parameters")).items():
        if not isinstance(node.content, (Mapping, type(None))):
            raise _problem(f"the parameter {name} must be a mapping with a Type, not {_kind(node)}", node, source)
    conditions = fields(sections.get("Conditions"))
    names = circle(conditions)
    if names:
        through = f" through {' and '.join(names[1:])}" if names[1:] else ""
        message = f"the condition {names[0]} depends on itself{through}; remove the cycle"
        raise _problem(message, conditions[names[0]], source)


def _check_resource(name: str, node: Node, source: Source) -> None:
    content = node.content
    if not isinstance(content, Mapping):
        raise _problem(f"the resource {name} must be a mapping with a Type, not {_kind(node)}", node, source)
    properties = content.get("Properties")
    if properties is not None and not isinstance(properties.content, (Mapping, type(None))):
        message = f"the Properties of {name} must be a mapping, not {_kind(properties)}; write names with values"
        raise _problem(message, properties, source)


def _problem(message: str, node: Node, source: Source) -> Problem:
    return Problem(message, source.path, node.span.line, node.span.column)


def _kind(node: Node) -> str:
    content = node.content
    return "a list" if isinstance(content, list) else "empty" if content is None else "a single value"
