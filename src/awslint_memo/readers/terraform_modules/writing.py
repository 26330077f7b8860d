"""Writes an expression that no file has, as a person would write it in Terraform's language."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.syntax.hcl import expressions as hcl


def written(expression: hcl.Expression) -> str:
    """The text of an expression."""
    return _WRITERS[type(expression)](expression)


_STRENGTHS = {
    sign: strength
    for strength, signs in enumerate(("||", "&&", "== !=", "< <= > >=", "+ -", "* / %"), 1)
    for sign in signs.split()
}
"""How strongly an operator binds what stands beside it; a conditional binds by 0.

https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#operations (read on 2026-11-30)
"""
_UNARY = max(_STRENGTHS.values()) + 1
_TERM = _UNARY + 1


def _strength(expression: hcl.Expression) -> int:
    if isinstance(expression, hcl.Binary):
        return _STRENGTHS[expression.sign]
    return 0 if isinstance(expression, hcl.Conditional) else _UNARY if isinstance(expression, hcl.Unary) else _TERM


def _operand(expression: hcl.Expression, strength: int) -> str:
    """The text of a part of an expression that binds by a strength; in parentheses if it binds less."""
    text = written(expression)
    return f"({text})" if _strength(expression) < strength else text


def _binary(expression: hcl.Binary) -> str:
    strength = _STRENGTHS[expression.sign]
    return f"{_operand(expression.left, strength)} {expression.sign} {_operand(expression.right, strength + 1)}"


def _listed(expressions: Iterable[hcl.Expression]) -> str:
    return ", ".join(map(written, expressions))


def _traversal(expression: hcl.Traversal) -> str:
    return _operand(expression.base, _TERM) + "".join(_steps(expression.steps))


def _steps(steps: Sequence[hcl.Step]) -> Iterator[str]:
    for at, step in enumerate(steps):
        if step.kind == "attribute":
            yield f".{step.of}"
        elif step.kind == "index":
            yield f"[{written(step.of) if isinstance(step.of, hcl.Expression) else step.of}]"
        elif step.kind == "all":
            kinds = (later.kind for later in steps[at + 1 :])
            # Only the older splat ends before the steps do.
            yield ".*" if next((kind for kind in kinds if kind in ("all", "end")), "") == "end" else "[*]"


def _template(expression: hcl.Template) -> str:
    parts = (_characters(part) if isinstance(part, str) else _interpolated(part) for part in expression.parts)
    return f'"{"".join(parts)}"'


def _characters(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("${", "$${").replace("%{", "%%{")


def _interpolated(part: hcl.Expression) -> str:
    return f"${{{written(part)}}}" if type(part) in _WRITERS else "%{…}"


def _for(expression: hcl.For) -> str:
    key = "" if expression.key is None else f"{written(expression.key)} => "
    test = "" if expression.condition is None else f" if {written(expression.condition)}"
    results = f"{key}{written(expression.value)}{'...' if expression.is_grouped else ''}{test}"
    inside = f"for {', '.join(expression.names)} in {written(expression.over)} : {results}"
    return f"{{{inside}}}" if key else f"[{inside}]"


def _conditional(expression: hcl.Conditional) -> str:
    return f"{_operand(expression.condition, 1)} ? {written(expression.then)} : {written(expression.otherwise)}"


def _object(expression: hcl.Object) -> str:
    return f"{{{', '.join(f'{written(key)} = {written(value)}' for key, value in expression.items)}}}"


_WRITERS: Mapping[type[hcl.Expression], Callable[[Any], str]] = {
    hcl.Binary: _binary,
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
    hcl.Unary: lambda it: f"{it.sign}{_operand(it.operand, _UNARY)}",
}
