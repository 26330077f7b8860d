"""The types of variables, as far as they say more than what a value is: defaults of optional fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.terraform.expressions import Scope, evaluate
from awslint_memo.readers.terraform.templates import Reference, parsed
from awslint_memo.readers.terraform.written import Written, bare, trees
from awslint_memo.syntax.node import Node, text

if TYPE_CHECKING:
    from lark.tree import Tree


def completed(value: Value, type_: Node, scope: Scope) -> Value:
    """The value with the fields that its type calls optional and nobody gave: their defaults, or null."""
    tree = type_.tree if isinstance(type_, Written) else _parsed(text(type_))
    if tree is None:
        return Unknown("a type that can't be parsed", value.place)
    return _completed(value, tree, scope, type_)


def _parsed(written: str | None) -> Tree[Any] | None:
    code = written or ""
    expression = parsed(code[2:-1] if code.startswith("${") else code)
    return None if expression is None or isinstance(expression, Reference) else expression


def _completed(value: Value, type_: Tree[Any], scope: Scope, place: Place) -> Value:
    name, arguments = _called(type_)
    if not isinstance(value, Known) or not arguments:
        return value
    content = value.content
    if name == "optional":
        return _completed(value, arguments[0], scope, place)
    if name in ("list", "set") and isinstance(content, list):
        return Known([_completed(item, arguments[0], scope, place) for item in content], value.place, value.via)
    if name == "map" and isinstance(content, Mapping):
        fields = {key: _completed(item, arguments[0], scope, place) for key, item in content.items()}
        return Known(fields, value.place, value.via)
    if name == "object" and isinstance(content, Mapping):
        fields = dict(content)
        for key, inner in _fields(arguments[0]):
            given = fields.get(key, Absent(value.place))
            word, options = _called(inner)
            if isinstance(given, Absent) and word == "optional" and len(options) > 1:
                given = evaluate(options[1], scope, place)
            fields[key] = _completed(given, inner, scope, place)
        return Known(fields, value.place, value.via)
    return value


def _called(type_: Tree[Any]) -> tuple[str, list[Tree[Any]]]:
    """The word and the arguments of `object({…})`, `optional(…)` and the like; no arguments for a plain word."""
    call = bare(type_)
    while call.data == "expr_term":
        # In parentheses.
        call = bare(trees(call)[0])
    if call.data != "function_call":
        return "", []
    word, *rest = trees(call)
    return str(word.children[0]), trees(rest[0]) if rest else []


def _fields(type_: Tree[Any]) -> Iterator[tuple[str, Tree[Any]]]:
    for element in trees(bare(type_)):
        key, written = trees(element)
        word = bare(key.children[0])
        yield str(word.children[0] if not hasattr(word.children[0], "children") else ""), written
