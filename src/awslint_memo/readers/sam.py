"""SAM resources become the CloudFormation resources that they stand for, each piece at its place in the file."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.readers.node import Node
from awslint_memo.span import Place

PREFIX = "AWS::Serverless::"


def expand(name: str, node: Node, globals_: Node | None, resources: Mapping[str, Node]) -> dict[str, Node]:
    """The CloudFormation resources, by logical id, that a SAM resource of a template becomes."""
    return {name: node}


def aliases(resources: Mapping[str, tuple[Place, Node]]) -> dict[str, str]:
    """Other names under which SAM lets a template refer to what it makes: "Fn.Alias", "Fn.Version"."""
    return {}
