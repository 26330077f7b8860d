"""Turns expressions and bodies of Terraform into facts: plain data that JSON can hold, and that names nothing else.

A scalar is itself, an object is an object or the body of a block, and a list is an operation, its name first;
docs/developing/module-facts.md lists them. What has no form is `["unknown", …]` with the references that it depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.syntax.hcl.expressions import (
    Binary,
    Call,
    Conditional,
    Expression,
    For,
    If,
    Literal,
    Name,
    Number,
    Object,
    Parentheses,
    Part,
    Repeat,
    Step,
    Template,
    Traversal,
    Tuple,
    Unary,
)
from awslint_memo.syntax.node import Node

Fact: TypeAlias = Any
"""What JSON can hold: a scalar, a mapping of texts to facts, or a list with the name of an operation and facts."""

READING_FILES = ("file", "templatefile", "fileset", "abspath", "pathexpand")
"""How the functions begin that look at files, which nobody has of a module that is not here."""

_FOLDERS = ("path", "terraform")
"""Names that refer to no block."""


class NoFactError(ValueError):
    """An expression that no fact can stand for."""


def fact(expression: Expression) -> Fact:
    """The fact of an expression; `["unknown", …]` if there is none."""
    try:
        return _KINDS[type(expression)](expression)
    except (NoFactError, RecursionError):
        return ["unknown", *_named_in(expression)]


def of_node(node: Node) -> Fact:
    """The fact of an argument, of a body, or of the bodies of blocks of one type."""
    if isinstance(node, Written):
        return fact(node.expression)
    content = node.content
    if isinstance(content, list):
        return ["list", *map(of_node, content)]
    if isinstance(content, Mapping):
        return {name: of_node(child) for name, child in content.items()}
    raise NoFactError("configuration in JSON syntax")


def references(of: Fact, bound: frozenset[str] = frozenset(), counts: bool = True) -> Iterator[tuple[list[Fact], bool]]:
    """The references in a fact to what is outside of it, each with whether its value counts; else only what it mentions
    does. bound: the names that loops and `dynamic` blocks around it give."""
    if isinstance(of, dict):
        for name, child in of.items():
            if name == "dynamic" and _is_dynamic(child):
                yield from _of_dynamic(child, bound, counts)
            else:
                yield from references(child, bound, counts)
    elif isinstance(of, list) and of[0] == "for":
        names, over, *results = of[1:6]
        yield from references(over, bound, counts)
        yield from _of_all(results, bound.union(names), counts)
    elif isinstance(of, list) and of[0] == "ref":
        yield from [(of, counts)] if of[1] not in bound else ()
        yield from _of_all(of[2:], bound, counts)
    elif isinstance(of, list):
        children = [part for pair in of[1:] for part in pair] if of[0] == "object" else of[1:]
        yield from _of_all(children, bound, counts and of[0] not in ("unknown", "mention"))


def _of_all(children: list[Fact], bound: frozenset[str], counts: bool) -> Iterator[tuple[list[Fact], bool]]:
    for child in children:
        if isinstance(child, (list, dict)):
            yield from references(child, bound, counts)


def _is_dynamic(of: Fact) -> bool:
    return isinstance(of, list) and all(isinstance(each, dict) for each in of[1:])


def _of_dynamic(blocks: list[Fact], bound: frozenset[str], counts: bool) -> Iterator[tuple[list[Fact], bool]]:
    for label, body in (item for block in blocks[1:] for item in block.items()):
        yield from references(body.get("for_each"), bound, counts)
        yield from references(body.get("content"), bound | {iterator_of(label, body)}, counts)


def iterator_of(label: str, body: Mapping[str, Fact]) -> str:
    """The name that a `dynamic` block gives what it repeats."""
    named = body.get("iterator")
    return str(named[1]) if isinstance(named, list) else label


def mention(of: Fact, bound: frozenset[str] = frozenset()) -> Fact:
    """What a fact mentions, without what it says of it: `["mention", …]`, each reference once and as far as plain."""
    plain = (_plain(reference) for reference, _ in references(of, bound) if reference[1] not in _FOLDERS)
    several = {repr(reference): reference for reference in plain}
    return ["mention", *several.values()]


def _plain(reference: list[Fact]) -> list[Fact]:
    """A reference up to the first step that is worked out."""
    end = next((at for at, step in enumerate(reference) if isinstance(step, list) and isinstance(step[1], list)), None)
    return reference[:end]


def _named_in(expression: Expression) -> Iterator[Fact]:
    """The references in an expression that has no fact."""
    for part in _parts(expression):
        made = fact(part)
        yield from mention(made)[1:] if isinstance(made, (list, dict)) else ()


def _parts(expression: Expression) -> Iterator[Expression]:
    """The expressions directly in one; of a loop only what it loops over, as its results use names of its own."""
    if isinstance(expression, Traversal):
        yield expression.base
        yield from (step.of for step in expression.steps if isinstance(step.of, Expression))
    elif isinstance(expression, Call):
        yield from expression.arguments
    elif isinstance(expression, (For, Repeat)):
        yield expression.over
    elif isinstance(expression, (Conditional, If)):
        yield expression.condition
        yield from (part for part in _both(expression) if isinstance(part, Expression))
    elif isinstance(expression, Binary):
        yield from (expression.left, expression.right)
    elif isinstance(expression, Template):
        yield from (part for part in expression.parts if isinstance(part, Expression))
    elif isinstance(expression, (Parentheses, Unary)):
        yield expression.inner if isinstance(expression, Parentheses) else expression.operand
    elif isinstance(expression, Tuple):
        yield from expression.items
    elif isinstance(expression, Object):
        yield from (part for item in expression.items for part in item)


def _both(choice: Conditional | If) -> Sequence[Part]:
    if isinstance(choice, Conditional):
        return (choice.then, choice.otherwise)
    return (*choice.then, *choice.otherwise)


def _literal(literal: Literal) -> Fact:
    return literal.value


def _number(number: Number) -> Fact:
    if number.value is None:
        raise NoFactError("a number of many digits")
    return number.value


def _name(name: Name) -> Fact:
    return ["ref", name.name]


def _traversal(traversal: Traversal) -> Fact:
    steps = list(map(_step, traversal.steps))
    base = traversal.base
    return ["ref", base.name, *steps] if isinstance(base, Name) else ["get", _exact(base), *steps]


def _step(step: Step) -> Fact:
    if step.kind in ("all", "end"):
        return "*" if step.kind == "all" else "|"
    if not isinstance(step.of, Expression):
        return step.of
    key = _exact(step.of)
    return key if isinstance(key, int) and not isinstance(key, bool) else ["at", key]


def _parentheses(parentheses: Parentheses) -> Fact:
    return _exact(parentheses.inner)


def _tuple(written: Tuple) -> Fact:
    return ["list", *map(_exact, written.items)]


def _object(written: Object) -> Fact:
    items = [(_key(key), _exact(value)) for key, value in written.items]
    names = [key for key, _ in items]
    if all(isinstance(name, str) for name in names) and len(set(names)) == len(names):
        return dict(items)
    return ["object", *([key, value] for key, value in items)]


def _key(key: Expression) -> Fact:
    if isinstance(key, Name):
        return key.name
    if isinstance(key, Literal):
        return key.word
    if isinstance(key, Traversal) and isinstance(key.base, Name):
        # As in `providers`; in any other object this is no valid key.
        words = [key.base.name, *(step.of for step in key.steps)]
        return ".".join(word for word in words if isinstance(word, str))
    made = _exact(key)
    return str(made) if isinstance(made, int) and not isinstance(made, bool) else made


def _call(call: Call) -> Fact:
    arguments = list(map(_exact, call.arguments))
    if call.name.removeprefix("core::").startswith(READING_FILES) and any(map(_is_of_module, arguments)):
        raise NoFactError("what a file of the module holds")
    return ["expand" if call.is_expanded else "call", call.name, *arguments]


def _is_of_module(argument: Fact) -> bool:
    return any(reference[:2] == ["ref", "path"] for reference, _ in references(argument))


def _unary(unary: Unary) -> Fact:
    operand = _exact(unary.operand)
    if unary.sign == "-" and isinstance(operand, (int, float)) and not isinstance(operand, bool):
        return -operand
    return ["not" if unary.sign == "!" else "minus", operand]


def _binary(binary: Binary) -> Fact:
    return ["op", binary.sign, _exact(binary.left), _exact(binary.right)]


def _conditional(choice: Conditional) -> Fact:
    return ["if", _exact(choice.condition), _exact(choice.then), _exact(choice.otherwise)]


def _for(loop: For) -> Fact:
    key, condition = (None if part is None else _exact(part) for part in (loop.key, loop.condition))
    return ["for", list(loop.names), _exact(loop.over), key, _exact(loop.value), condition, loop.is_grouped]


def _template(template: Template) -> Fact:
    if template.text is not None:
        return template.text
    return _text(template.parts)


def _text(parts: Sequence[Part]) -> Fact:
    made = [part if isinstance(part, str) else _exact(part) for part in parts]
    if not any(isinstance(part, Expression) for part in parts):
        return "".join(made)
    is_alone = len(parts) == 1 and not isinstance(parts[0], (If, Repeat))
    return made[0] if is_alone else ["text", *made]


def _if(choice: If) -> Fact:
    return ["if", _exact(choice.condition), _text(choice.then), _text(choice.otherwise)]


def _repeat(loop: Repeat) -> Fact:
    return ["call", "join", "", ["for", list(loop.names), _exact(loop.over), None, _text(loop.body), None, False]]


def _exact(expression: Expression) -> Fact:
    return _KINDS[type(expression)](expression)


_KINDS: Mapping[type[Expression], Callable[[Any], Fact]] = {
    Binary: _binary,
    Call: _call,
    Conditional: _conditional,
    For: _for,
    If: _if,
    Literal: _literal,
    Name: _name,
    Number: _number,
    Object: _object,
    Parentheses: _parentheses,
    Repeat: _repeat,
    Template: _template,
    Traversal: _traversal,
    Tuple: _tuple,
    Unary: _unary,
}
