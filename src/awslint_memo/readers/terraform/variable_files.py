"""Reads files with values of Terraform variables: `*.tfvars` and `*.tfvars.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.readers.terraform.block_types import COMMENT
from awslint_memo.readers.terraform.inputs import FromFile
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import Flaws, KeyPlace, Node, fields, plain


class VariableText(str):
    """A variable's value as text, as other parameters have theirs, with what the file of variables has."""

    __slots__ = ("value",)
    value: FromFile


def variables_in(source: Source, flaws: Flaws | None = None, *, is_named: bool = False) -> Mapping[str, FromFile]:
    """The values in a file. is_named: the user named it. flaws: receives its broken parts; None: raises Problem."""
    if source.path.endswith(".json"):
        from awslint_memo.syntax import json_nodes

        root: Node = json_nodes.parse(source, flaws)
    else:
        from awslint_memo.readers.terraform import hcl_nodes

        root = hcl_nodes.parse(source, flaws)
    found = ((name, node) for name, node in fields(root).items() if name != COMMENT)
    return {name: FromFile(node, KeyPlace(root, name), is_named) for name, node in found}


def texts_in(source: Source) -> dict[str, str]:
    """The values in a file as values of parameters, lists and maps as JSON. Raises Problem if it can't be read."""
    found: dict[str, str] = {}
    for name, value in variables_in(source, is_named=True).items():
        found[name] = text = VariableText(_text(plain(value.node)))
        text.value = value
    return found


def given_by(values: Mapping[str, str]) -> Mapping[str, Given]:
    """Values of parameters as those of variables; one from a file of variables has its place there."""
    return {name: one.value if isinstance(one, VariableText) else one for name, one in values.items()}


def _text(data: Any) -> str:
    return data if isinstance(data, str) else json.dumps(data)
