"""CloudFormation's intrinsic functions, each as a function of the deployment's scope, its argument and its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.readers.node import Made, Node, text
from awslint_memo.value import Absent, Known, Unknown, Value, join

if TYPE_CHECKING:
    from awslint_memo.readers.scope import Scope

Function: TypeAlias = "Callable[[Scope, Node, Node], Value]"

_PLACEHOLDER = re.compile(r"\$\{(!?[^{}]*)\}")


def _ref(scope: Scope, argument: Node, node: Node) -> Value:
    name = text(argument)
    return scope.refer(name, "Ref", node) if name is not None else Unknown("Ref to what is no name", node)


def _get_att(scope: Scope, argument: Node, node: Node) -> Value:
    content = argument.content
    if isinstance(content, str):
        name, _, attribute = content.partition(".")
        return scope.refer(name, attribute, node)
    parts = [text(part) for part in content] if isinstance(content, list) else []
    if len(parts) < 2 or None in parts:
        return Unknown("Fn::GetAtt of what is no name", node)
    return scope.refer(parts[0] or "", ".".join(part or "" for part in parts[1:]), node)


def _sub(scope: Scope, argument: Node, node: Node) -> Value:
    content = argument.content
    template, names = argument, {}
    if isinstance(content, list) and len(content) == 2:
        template = content[0]
        given = content[1].content
        names = dict(given) if isinstance(given, Mapping) else {}
    written = text(template)
    if written is None or "{{resolve:" in written:
        return Unknown("a dynamic reference" if written else "Fn::Sub of what is no text", node)
    pieces: list[Value] = []
    at = 0
    for match in _PLACEHOLDER.finditer(written):
        pieces += [Known(written[at : match.start()], node), _placeholder(scope, match[1], names, node)]
        at = match.end()
    return join([*pieces, Known(written[at:], node)], node)


def _placeholder(scope: Scope, inside: str, names: Mapping[str, Node], node: Node) -> Value:
    name = inside.strip()
    if name.startswith("!"):
        return Known("${" + name[1:] + "}", node)
    if name in names:
        return scope.evaluate(names[name])
    resource, dot, attribute = name.partition(".")
    if dot and name not in scope.resources:
        return scope.refer(resource, attribute, node)
    return scope.refer(name, "Ref", node)


def _join(scope: Scope, argument: Node, node: Node) -> Value:
    content = argument.content
    if not isinstance(content, list) or len(content) != 2:
        return Unknown("Fn::Join without its two arguments", node)
    separator, pieces = text(content[0]), scope.evaluate(content[1])
    if separator is None or not isinstance(pieces, Known) or not isinstance(pieces.content, list):
        return Unknown("Fn::Join of what is not known", node)
    joined: list[Value] = []
    for piece in pieces.content:
        joined += [Known(separator, node), piece] if joined else [piece]
    return join(joined, node)


def _if(scope: Scope, argument: Node, node: Node) -> Value:
    content = argument.content
    if not isinstance(content, list) or len(content) != 3:
        return Unknown("Fn::If without its three arguments", node)
    answer = scope.conditions.get(text(content[0]) or "")
    if answer is None:
        return Unknown(f"Fn::If on {text(content[0])}, which is no condition of this template", node)
    value = scope.evaluate(content[1] if answer else content[2])
    return Absent(node) if isinstance(value, Absent) else value


FUNCTIONS: Mapping[str, Function] = {
    "Ref": _ref,
    "Fn::GetAtt": _get_att,
    "Fn::Sub": _sub,
    "Fn::Join": _join,
    "Fn::If": _if,
}


def call(function: str, argument: Node | str, place: Node) -> Node:
    """The node of a function called with an argument, as if it stood at `place`."""
    return Made({function: Made(argument, place) if isinstance(argument, str) else argument}, place)
