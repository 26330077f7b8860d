"""Writes an expression that no file has, as a person would write it in Terraform's language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from awslint_memo.syntax.hcl import expressions as hcl


def written(expression: hcl.Expression) -> str:
    """The text of an expression."""
    return _WRITERS[type(expression)](expression)


def _listed(expressions: Iterable[hcl.Expression]) -> str:
    return ", ".join(map(written, expressions))


def _traversal(expression: hcl.Traversal) -> str:
    return written(expression.base) + "".join(map(_step, expression.steps))


def _step(step: hcl.Step) -> str:
    if step.kind == "attribute":
        return f".{step.of}"
    if step.kind == "index":
        return f"[{written(step.of) if isinstance(step.of, hcl.Expression) else step.of}]"
    return "[*]" if step.kind == "all" else ""


def _template(expression: hcl.Template) -> str:
    parts = (json.dumps(part)[1:-1] if isinstance(part, str) else _interpolated(part) for part in expression.parts)
    return f'"{"".join(parts)}"'


def _interpolated(part: hcl.Expression) -> str:
    return f"${{{written(part)}}}" if type(part) in _WRITERS else "%{…}"


def _for(expression: hcl.For) -> str:
    key = "" if expression.key is None else f"{written(expression.key)} => "
    test = "" if expression.condition is None else f" if {written(expression.condition)}"
    results = f"{key}{written(expression.value)}{'...' if expression.is_grouped else ''}{test}"
    inside = f"for {', '.join(expression.names)} in {written(expression.over)} : {results}"
    return f"{{{inside}}}" if key else f"[{inside}]"


def _conditional(expression: hcl.Conditional) -> str:
    return f"{written(expression.condition)} ? {written(expression.then)} : {written(expression.otherwise)}"


def _object(expression: hcl.Object) -> str:
    return f"{{{', '.join(f'{written(key)} = {written(value)}' for key, value in expression.items)}}}"


_WRITERS: Mapping[type[hcl.Expression], Callable[[Any], str]] = {
    hcl.Binary: lambda it: f"{written(it.left)} {it.sign} {written(it.right)}",
    hcl.Call: lambda it: f"{it.name}({_listed(it.arguments)}{'...' if it.is_expanded else ''})",
    hcl.Conditional: _conditional,
    hcl.Dependent: lambda it: f"…({_listed(it.parts)})",
    hcl.For: _for,
    hcl.Literal: lambda it: it.word,
    hcl.Name: lambda it: it.name,
    hcl.Number: lambda it: f"{it.value}",
    hcl.Object: _object,
    hcl.Parentheses: lambda it: f"({written(it.inner)})",
    hcl.Template: _template,
    hcl.Traversal: _traversal,
    hcl.Tuple: lambda it: f"[{_listed(it.items)}]",
    hcl.Unary: lambda it: f"{it.sign}{written(it.operand)}",
}
