"""Converts the value of a variable to its type, with all that is inside of it, as Terraform does.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints (read on 2026-11-30)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from awslint_memo.model.partial import OpenFields
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.expressions import evaluate
from awslint_memo.readers.terraform.functions import FUNCTIONS
from awslint_memo.readers.terraform.scopes import Scope
from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.readers.terraform.templates import parse_expression
from awslint_memo.readers.terraform.unification import unified
from awslint_memo.readers.terraform.values import NotKnownError, unknown_of
from awslint_memo.syntax.hcl.expressions import (
    Call,
    Expression,
    Literal,
    Name,
    Object,
    Parentheses,
    Template,
    Tuple,
)
from awslint_memo.syntax.node import Node, text

CONVERSIONS = {"string": "tostring", "number": "tonumber", "bool": "tobool"}
"""The function that converts to a simple type."""

_ANY = Name(0, 0, "any")


def converted(value: Value, type_: Node, scope: Scope) -> Value:
    """The value as one of a type, missing optional attributes included; an error or Unknown if it is none of it."""
    written = type_.expression if isinstance(type_, Written) else _parsed(text(type_) or "")
    if written is None:
        return Unknown("a type that can't be parsed", value.place)
    try:
        return Conversion(scope, type_).of(value, written)
    except (NotKnownError, ValueError) as error:
        return unknown_of(f"a value that may not be of its type: {error}", value.place, value)


def _parsed(written: str) -> Expression | None:
    return parse_expression(written[2:-1] if written.startswith("${") else written)


class Conversion:
    """Converts values in the scope of a module. place: where the type is written."""

    def __init__(self, scope: Scope, place: Node) -> None:
        self._scope = scope
        self._place = place

    def of(self, value: Value, type_: Expression) -> Value:
        """The value as one of a type. Raises ValueError or NotKnownError if it surely or perhaps is none."""
        name, arguments = _called(type_)
        if not isinstance(value, Known) or name == "any":
            return value
        if name in CONVERSIONS:
            return FUNCTIONS[CONVERSIONS[name]]([value], value.place).with_origin(value.origin)
        if name == "optional" and arguments:
            return self.of(value, arguments[0])
        if name not in _COLLECTIONS or len(arguments) != 1 or isinstance(value, Encoded):
            raise ValueError("a type that Terraform does not have, or a text")
        return _COLLECTIONS[name](self, value, arguments[0])

    def as_list(self, value: Known, inner: Expression) -> Value:
        """A list of items of one type."""
        if not isinstance(value.content, list):
            raise ValueError("no list")
        return value.having(self._alike([self.of(item, inner) for item in value.content], inner))

    def as_set(self, value: Known, inner: Expression) -> Value:
        """A set of items of one type."""
        return FUNCTIONS["toset"]([self.as_list(value, inner)], value.place).with_origin(value.origin)

    def as_map(self, value: Known, inner: Expression) -> Value:
        """A map with elements of one type."""
        if not isinstance(value.content, Mapping):
            raise ValueError("no map")
        items = self._alike([self.of(item, inner) for item in value.content.values()], inner)
        fields: dict[str, Value] = dict(zip(value.content, items, strict=True))
        return value.having(OpenFields(fields, value.content.rest) if isinstance(value.content, OpenFields) else fields)

    def as_tuple(self, value: Known, inner: Expression) -> Value:
        """As many items as there are types, each of its own type."""
        types = inner.items if isinstance(inner, Tuple) else ()
        if not isinstance(value.content, list) or len(value.content) != len(types):
            raise ValueError("no tuple of these types")
        return value.having([self.of(item, type_) for item, type_ in zip(value.content, types, strict=True)])

    def as_object(self, value: Known, inner: Expression) -> Value:
        """The attributes that the type names, and no others."""
        if not isinstance(value.content, Mapping):
            raise ValueError("no object")
        return value.having({key: self._attribute(value, key, type_) for key, type_ in _fields(inner)})

    def _attribute(self, value: Known, key: str, type_: Expression) -> Value:
        content = value.content if isinstance(value.content, Mapping) else {}
        given = content.rest if isinstance(content, OpenFields) and key not in content else content.get(key)
        if given is None:
            given = Absent(value.place)
        name, options = _called(type_)
        if isinstance(given, Absent) and name == "optional" and len(options) > 1:
            given = evaluate(options[1], self._scope, self._place)
        return self.of(given, type_)

    def _alike(self, items: Sequence[Value], type_: Expression) -> list[Value]:
        """The items, which get one type where theirs is not named."""
        return unified(items) if _has_any(type_) else [*items]


_COLLECTIONS: Mapping[str, Callable[[Conversion, Known, Expression], Value]] = {
    "list": Conversion.as_list,
    "map": Conversion.as_map,
    "object": Conversion.as_object,
    "set": Conversion.as_set,
    "tuple": Conversion.as_tuple,
}


def _called(type_: Expression) -> tuple[str, Sequence[Expression]]:
    """The name of a type, and its arguments; those of `list` and `map` by themselves are any."""
    while isinstance(type_, Parentheses):
        type_ = type_.inner
    if isinstance(type_, Call):
        return type_.name, type_.arguments
    name = type_.name if isinstance(type_, Name) else type_.text if isinstance(type_, Template) else None
    return name or "", (_ANY,) if name in ("list", "map") else ()


def _has_any(type_: Expression) -> bool:
    """Whether a type leaves the type of something inside open."""
    name, arguments = _called(type_)
    if name == "object" and arguments:
        return any(_has_any(inner) for _, inner in _fields(arguments[0]))
    if name == "tuple" and arguments and isinstance(arguments[0], Tuple):
        return any(map(_has_any, arguments[0].items))
    return name == "any" or any(map(_has_any, arguments[:1]))


def _fields(type_: Expression) -> Iterator[tuple[str, Expression]]:
    for key, written in type_.items if isinstance(type_, Object) else ():
        if isinstance(key, Name):
            yield key.name, written
        elif isinstance(key, (Literal, Template)):
            yield (key.word if isinstance(key, Literal) else key.text) or "", written
