"""Applies the type of a variable to its value: default values of optional attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.terraform.expressions import evaluate
from awslint_memo.readers.terraform.scopes import Scope
from awslint_memo.readers.terraform.templates import parsed
from awslint_memo.readers.terraform.written import Written
from awslint_memo.syntax.hcl.expressions import Call, Expression, Literal, Name, Object, Parentheses, Template
from awslint_memo.syntax.node import Node, text


def completed(value: Value, type_: Node, scope: Scope) -> Value:
    """The value with missing optional attributes of its type added: their default values, or null."""
    written = type_.expression if isinstance(type_, Written) else _parsed(text(type_) or "")
    if written is None:
        return Unknown("a type that can't be parsed", value.place)
    return _completed(value, written, scope, type_)


def _parsed(written: str) -> Expression | None:
    return parsed(written[2:-1] if written.startswith("${") else written)


def _completed(value: Value, type_: Expression, scope: Scope, place: Place) -> Value:
    name, arguments = _called(type_)
    if not isinstance(value, Known) or not arguments:
        return value
    content = value.content
    if name == "optional":
        return _completed(value, arguments[0], scope, place)
    if name in ("list", "set") and isinstance(content, list):
        return Known([_completed(item, arguments[0], scope, place) for item in content], value.place, value.origin)
    if name == "map" and isinstance(content, Mapping):
        fields = {key: _completed(item, arguments[0], scope, place) for key, item in content.items()}
        return Known(fields, value.place, value.origin)
    if name == "object" and isinstance(content, Mapping):
        fields = dict(content)
        for key, inner in _fields(arguments[0]):
            given = fields.get(key, Absent(value.place))
            word, options = _called(inner)
            if isinstance(given, Absent) and word == "optional" and len(options) > 1:
                given = evaluate(options[1], scope, place)
            fields[key] = _completed(given, inner, scope, place)
        return Known(fields, value.place, value.origin)
    return value


def _called(type_: Expression) -> tuple[str, Sequence[Expression]]:
    """The name and the arguments of a type such as `object({…})` or `optional(…)`; both empty for a simple type."""
    while isinstance(type_, Parentheses):
        type_ = type_.inner
    return (type_.name, type_.arguments) if isinstance(type_, Call) else ("", ())


def _fields(type_: Expression) -> Iterator[tuple[str, Expression]]:
    for key, written in type_.items if isinstance(type_, Object) else ():
        if isinstance(key, Name):
            yield key.name, written
        elif isinstance(key, (Literal, Template)):
            yield (key.word if isinstance(key, Literal) else key.text) or "", written
