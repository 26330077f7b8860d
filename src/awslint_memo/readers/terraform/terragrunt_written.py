"""The values in files of variables that Terragrunt writes into a module before it runs Terraform."""

from __future__ import annotations

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.model.value import Known, Unknown
from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.readers.terraform.variable_files import variables_in
from awslint_memo.readers.terraform.variables import Given, given_value
from awslint_memo.syntax.hcl.expressions import If, Repeat, Template
from awslint_memo.syntax.node import Node, plain

FILLED = "terragrunt_fills_in"
"""What stands for an expression in the contents of a file that Terragrunt writes: a name in Terraform's language."""


def values_written(name: str, contents: Node) -> dict[str, Given] | None:
    """The values in a file of variables with some contents; None if they can't be read. What Terragrunt fills in is
    unknown."""
    written = _text(contents)
    try:
        values = None if written is None else variables_in(Source(name, written.encode()))
    except Problem:
        values = None
    if values is None:
        return None
    given: dict[str, Given] = {}
    for variable, from_file in values.items():
        value = plain(from_file.node)
        is_plain = isinstance(value, (str, int, float, bool)) and "${" not in str(value) and FILLED not in str(value)
        unknown = Unknown(f"{name} sets {variable}", contents, key=f"var.{variable}")
        given[variable] = given_value(Known(value, contents) if is_plain else unknown)
    return given


def _text(contents: Node) -> str | None:
    """The contents of a file that Terragrunt writes, with `FILLED` for each expression in them; None if they are no
    text, or have directives."""
    written = contents.expression if isinstance(contents, Written) else None
    if not isinstance(written, Template) or any(isinstance(part, (If, Repeat)) for part in written.parts):
        return None
    return "".join(part if isinstance(part, str) else FILLED for part in written.parts)
