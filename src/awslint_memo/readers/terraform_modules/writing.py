"""Writes an expression that no file has, as a person would write it in Terraform's language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from awslint_memo.syntax.hcl.expressions import (
    Binary,
    Call,
    Conditional,
    Dependent,
    Expression,
    For,
    Literal,
    Name,
    Number,
    Object,
    Parentheses,
    Step,
    Template,
    Traversal,
    Tuple,
    Unary,
)


def written(expression: Expression) -> str:
    """The text of an expression."""
    return _WRITERS[type(expression)](expression)


def _listed(expressions: Iterable[Expression]) -> str:
    return ", ".join(map(written, expressions))


def _traversal(expression: Traversal) -> str:
    return written(expression.base) + "".join(map(_step, expression.steps))


def _step(step: Step) -> str:
    if step.kind == "attribute":
        return f".{step.of}"
    if step.kind == "index":
        return f"[{written(step.of) if isinstance(step.of, Expression) else step.of}]"
    return "[*]" if step.kind == "all" else ""


def _template(expression: Template) -> str:
    parts = (json.dumps(part)[1:-1] if isinstance(part, str) else _interpolated(part) for part in expression.parts)
    return f'"{"".join(parts)}"'


def _interpolated(part: Expression) -> str:
    return f"${{{written(part)}}}" if type(part) in _WRITERS else "%{…}"


def _for(expression: For) -> str:
    key = "" if expression.key is None else f"{written(expression.key)} => "
    test = "" if expression.condition is None else f" if {written(expression.condition)}"
    results = f"{key}{written(expression.value)}{'...' if expression.is_grouped else ''}{test}"
    inside = f"for {', '.join(expression.names)} in {written(expression.over)} : {results}"
    return f"{{{inside}}}" if key else f"[{inside}]"


def _conditional(expression: Conditional) -> str:
    return f"{written(expression.condition)} ? {written(expression.then)} : {written(expression.otherwise)}"


def _object(expression: Object) -> str:
    return f"{{{', '.join(f'{written(key)} = {written(value)}' for key, value in expression.items)}}}"


_WRITERS: Mapping[type[Expression], Callable[[Any], str]] = {
    Binary: lambda it: f"{written(it.left)} {it.sign} {written(it.right)}",
    Call: lambda it: f"{it.name}({_listed(it.arguments)}{'...' if it.is_expanded else ''})",
    Conditional: _conditional,
    Dependent: lambda it: f"…({_listed(it.parts)})",
    For: _for,
    Literal: lambda it: it.word,
    Name: lambda it: it.name,
    Number: lambda it: f"{it.value}",
    Object: _object,
    Parentheses: lambda it: f"({written(it.inner)})",
    Template: _template,
    Traversal: _traversal,
    Tuple: lambda it: f"[{_listed(it.items)}]",
    Unary: lambda it: f"{it.sign}{written(it.operand)}",
}
