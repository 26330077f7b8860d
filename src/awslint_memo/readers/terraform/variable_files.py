"""Reads files with values of Terraform variables: `*.tfvars` and `*.tfvars.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.model.value import Value
from awslint_memo.readers.terraform.blocks import COMMENT
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import Flaws, Node, fields, plain


class VariableText(str):
    """A variable's value as text, as other parameters have theirs, with the node in the file of variables."""

    __slots__ = ("node",)
    node: Node


def variables_in(source: Source, flaws: Flaws | None = None) -> Mapping[str, Given]:
    """The values in a file. flaws: receives its broken parts; None: raises Problem."""
    return {name: partial(_evaluated, node) for name, node in _nodes(source, flaws).items()}


def texts_in(source: Source) -> dict[str, str]:
    """The values in a file as values of parameters, lists and maps as JSON. Raises Problem if it can't be read."""
    found: dict[str, str] = {}
    for name, node in _nodes(source, None).items():
        found[name] = text = VariableText(_text(plain(node)))
        text.node = node
    return found


def given_by(values: Mapping[str, str]) -> Mapping[str, Given]:
    """Values of parameters as those of variables; one from a file of variables has its place there."""
    return {
        name: partial(_evaluated, one.node) if isinstance(one, VariableText) else one for name, one in values.items()
    }


def _nodes(source: Source, flaws: Flaws | None) -> Mapping[str, Node]:
    if source.path.endswith(".json"):
        from awslint_memo.syntax import json_nodes

        root = json_nodes.parse(source, flaws)
    else:
        from awslint_memo.readers.terraform import hcl_nodes

        root = hcl_nodes.parse(source, flaws)
    return {name: node for name, node in fields(root).items() if name != COMMENT}


def _text(data: Any) -> str:
    return data if isinstance(data, str) else json.dumps(data)


def _evaluated(node: Node, scope: ModuleScope) -> Value:
    return scope.evaluate(node)
