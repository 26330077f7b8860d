"""Secure strings of Parameter Store that a template refers to where CloudFormation does not resolve them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from awslint_memo.model.facts import fact
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.cloudformation.stack import StackDeployment, with_nested
from awslint_memo.syntax.node import Node, fields, text

MARK = "{{resolve:ssm-secure:"

_TAKING = fact(
    (
        *("AWS::DirectoryService::", "AWS::ElastiCache::", "AWS::IAM::", "AWS::KinesisFirehose::"),
        *("AWS::OpsWorks::", "AWS::RDS::", "AWS::Redshift::"),
    ),
    page="AWSCloudFormation/latest/UserGuide/dynamic-references-ssm-secure-strings.html",
    read=None,
)
"""How the types begin of which some property takes a secure string; not every property of them does."""

_Path: TypeAlias = "tuple[str | int, ...]"


def secure_references(stack: StackDeployment) -> Iterator[Unmet]:
    """The secure strings to which a stack, and those nested in it, refer in properties that take none."""
    for each in with_nested([stack]):
        if MARK in each.document.source.words:
            yield from _of_stack(each)


def _of_stack(stack: StackDeployment) -> Iterator[Unmet]:
    document = stack.document
    for name, (_, node) in document.resources.items():
        said = fields(node)
        type_ = text(said.get("Type")) or ""
        if type_.startswith(_TAKING) or "Properties" not in said or not stack.has(name):
            continue
        for path, place in _references(said["Properties"], ()):
            yield Unmet(
                "secure", f"{stack.use.prefix}{name}", path, place, [type_], f"{stack.use.prefix}{name}", (), f"{path}"
            )


def _references(node: Node, path: _Path) -> Iterator[tuple[_Path, Node]]:
    """The references below a node that no condition chooses, each with the way to its value."""
    content = node.content
    if isinstance(content, str):
        if MARK in content:
            yield path, node
    elif isinstance(content, list):
        for number, item in enumerate(content):
            yield from _references(item, (*path, number))
    else:
        for key, child in fields(node).items():
            if key in ("Fn::Sub", "Fn::Join"):
                found = next(_references(child, ()), None)
                if found is not None:
                    yield path, node
            elif not key.startswith("Fn::") and key != "Ref":
                yield from _references(child, (*path, key))
