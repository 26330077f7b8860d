"""Turns expressions and bodies of Terraform into facts: plain data that JSON can hold, and that names nothing else.

A scalar is itself, an object is an object or the body of a block, and a list is an operation, its name first;
docs/developing/module-facts.md lists them. What has no form is `["unknown", …]` with the references that it depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.syntax.hcl import expressions as hcl
from awslint_memo.syntax.node import Node

Fact: TypeAlias = Any
"""What JSON can hold: a scalar, a mapping of texts to facts, or a list with the name of an operation and facts."""

READING_FILES = ("file", "templatefile", "fileset", "abspath", "pathexpand")
"""How the functions begin that look at files, which nobody has of a module that is not here."""

MENTIONS = "mention"
"""The operation of what is kept for its references alone, as long as it is not known which of them lead anywhere."""

_FOLDERS = ("path", "terraform")
"""Names that refer to no block."""


def fact(expression: hcl.Expression) -> Fact:
    """The fact of an expression."""
    return _KINDS[type(expression)](expression)


def of_node(node: Node) -> Fact:
    """The fact of an argument, of a body, or of the blocks of one type: `["blocks", …]`, which is written as a list."""
    if isinstance(node, Written):
        return fact(node.expression)
    content = node.content
    if isinstance(content, list):
        return ["blocks", *map(of_node, content)]
    if isinstance(content, Mapping):
        return {name: of_argument(name, child) for name, child in content.items()}
    raise ValueError("configuration in JSON syntax")


def of_argument(name: str, node: Node) -> Fact:
    """The fact of an argument, or of the blocks, of a name. What a `dynamic` block calls its elements is a text."""
    made = of_node(node)
    for generated in made[1:] if name == "dynamic" and is_dynamic(made) else ():
        for body in generated.values():
            if "iterator" in body:
                body["iterator"] = ".".join(texts(body["iterator"][1:]))
    return made


def rebuilt(of: Fact, change: Callable[[Fact], Fact]) -> Fact:
    """A fact with those directly in it changed: not the steps of a reference and the pairs of an object, but what is in
    these."""
    if isinstance(of, dict):
        return {name: change(child) for name, child in of.items()}
    if not isinstance(of, list):
        return of
    operation, *parts = of
    if operation == "object":
        return [operation, *([change(key), change(value)] for key, value in parts)]
    if operation == "for":
        return [operation, parts[0], *map(change, parts[1:5]), parts[5]]
    if operation in ("of", "ref"):
        steps = [["at", change(part[1])] if _is_worked_out(part) else part for part in parts[operation == "of" :]]
        return [operation, change(parts[0]), *steps] if operation == "of" else [operation, *steps]
    return [operation, *map(change, parts)]


def _is_worked_out(step: Fact) -> bool:
    return isinstance(step, list) and step[0] == "at"


def inside(of: Fact) -> list[Fact]:
    """The facts directly in a fact."""
    found: list[Fact] = []
    rebuilt(of, found.append)
    return found


def references(of: Fact, bound: frozenset[str] = frozenset(), counts: bool = True) -> Iterator[tuple[list[Fact], bool]]:
    """The references in a fact to what is outside of it, each with whether its value counts; else only what it mentions
    does. bound: the names that loops and `dynamic` blocks around it give."""
    if isinstance(of, dict):
        for name, child in of.items():
            if name == "dynamic" and is_dynamic(child):
                yield from _of_dynamic(child, bound, counts)
            else:
                yield from references(child, bound, counts)
    elif isinstance(of, list):
        if of[0] == "ref" and of[1] not in bound:
            yield of, counts
        over, *results = inside(of) or [None]
        yield from references(over, bound, counts and of[0] not in ("unknown", MENTIONS))
        within = bound.union(of[1]) if of[0] == "for" else bound
        for result in results:
            yield from references(result, within, counts and of[0] not in ("unknown", MENTIONS))


def is_dynamic(of: Fact) -> bool:
    """Whether an argument of the name `dynamic` is blocks, and no value."""
    return isinstance(of, list) and of[0] == "blocks"


def _of_dynamic(blocks: list[Fact], bound: frozenset[str], counts: bool) -> Iterator[tuple[list[Fact], bool]]:
    for label, body in (item for block in blocks[1:] for item in block.items()):
        yield from references(body.get("for_each"), bound, counts)
        yield from references(body.get("content"), bound | {iterator_of(label, body)}, counts)


def iterator_of(label: str, body: Mapping[str, Fact]) -> str:
    """The name that a `dynamic` block gives what it repeats."""
    return str(body.get("iterator", label))


def mention(of: Fact, bound: frozenset[str] = frozenset()) -> Fact:
    """What a fact mentions, without what it says of it: `["mention", …]`, each reference once and as far as plain."""
    plain = (_plain(reference) for reference, _ in references(of, bound) if reference[1] not in _FOLDERS)
    several = {repr(reference): reference for reference in plain}
    return [MENTIONS, *several.values()]


def _plain(reference: list[Fact]) -> list[Fact]:
    """A reference up to the first step that is worked out."""
    end = next((at for at, step in enumerate(reference) if isinstance(step, list) and isinstance(step[-1], list)), None)
    return reference[:end]


def _literal(literal: hcl.Literal) -> Fact:
    return literal.value


def _number(number: hcl.Number) -> Fact:
    return ["unknown"] if number.value is None else number.value


def _name(name: hcl.Name) -> Fact:
    return ["ref", name.name]


def _traversal(traversal: hcl.Traversal) -> Fact:
    steps = list(map(_step, traversal.steps))
    base = traversal.base
    return ["ref", base.name, *steps] if isinstance(base, hcl.Name) else ["of", fact(base), *steps]


def _step(step: hcl.Step) -> Fact:
    if step.kind in ("all", "end"):
        return "*" if step.kind == "all" else ["end"]
    if not isinstance(step.of, hcl.Expression):
        return step.of
    key = fact(step.of)
    return key if isinstance(key, int) and not isinstance(key, bool) else ["at", key]


def _parentheses(parentheses: hcl.Parentheses) -> Fact:
    return fact(parentheses.inner)


def _tuple(written: hcl.Tuple) -> Fact:
    return ["list", *map(fact, written.items)]


def _object(written: hcl.Object) -> Fact:
    items = [(_key(key), fact(value)) for key, value in written.items]
    names = [key for key, _ in items]
    if all(isinstance(name, str) for name in names) and len(set(names)) == len(names):
        return dict(items)
    return ["object", *([key, value] for key, value in items)]


def _key(key: hcl.Expression) -> Fact:
    if isinstance(key, hcl.Name):
        return key.name
    if isinstance(key, hcl.Literal):
        return key.word
    if isinstance(key, hcl.Traversal) and isinstance(key.base, hcl.Name):
        # As in `providers`; in any other object this is no valid key.
        words = [key.base.name, *(step.of for step in key.steps)]
        return ".".join(word for word in words if isinstance(word, str))
    made = fact(key)
    return str(made) if isinstance(made, int) and not isinstance(made, bool) else made


def _call(call: hcl.Call) -> Fact:
    arguments = list(map(fact, call.arguments))
    if call.name.removeprefix("core::").startswith(READING_FILES) and any(map(_is_of_module, arguments)):
        return ["unknown", *mention(["list", *arguments])[1:]]
    return ["expand" if call.is_expanded else "call", call.name, *arguments]


def _is_of_module(argument: Fact) -> bool:
    return any(reference[:2] == ["ref", "path"] for reference, _ in references(argument))


def _unary(unary: hcl.Unary) -> Fact:
    operand = fact(unary.operand)
    if unary.sign == "-" and isinstance(operand, (int, float)) and not isinstance(operand, bool):
        return -operand
    return ["not" if unary.sign == "!" else "minus", operand]


def _binary(binary: hcl.Binary) -> Fact:
    return ["op", binary.sign, fact(binary.left), fact(binary.right)]


def _conditional(choice: hcl.Conditional) -> Fact:
    return ["if", fact(choice.condition), fact(choice.then), fact(choice.otherwise)]


def _for(loop: hcl.For) -> Fact:
    key, condition = (None if part is None else fact(part) for part in (loop.key, loop.condition))
    return ["for", list(loop.names), fact(loop.over), key, fact(loop.value), condition, loop.is_grouped]


def _template(template: hcl.Template) -> Fact:
    if template.text is not None:
        return template.text
    return _text(template.parts)


def _text(parts: Sequence[hcl.Part]) -> Fact:
    made = [part if isinstance(part, str) else fact(part) for part in parts]
    if not any(isinstance(part, hcl.Expression) for part in parts):
        return "".join(made)
    is_alone = len(parts) == 1 and not isinstance(parts[0], (hcl.If, hcl.Repeat))
    return made[0] if is_alone else ["text", *made]


def _if(choice: hcl.If) -> Fact:
    return ["if", fact(choice.condition), _text(choice.then), _text(choice.otherwise)]


def _repeat(loop: hcl.Repeat) -> Fact:
    return ["call", "join", "", ["for", list(loop.names), fact(loop.over), None, _text(loop.body), None, False]]


_KINDS: Mapping[type[hcl.Expression], Callable[[Any], Fact]] = {
    hcl.Binary: _binary,
    hcl.Call: _call,
    hcl.Conditional: _conditional,
    hcl.For: _for,
    hcl.If: _if,
    hcl.Literal: _literal,
    hcl.Name: _name,
    hcl.Number: _number,
    hcl.Object: _object,
    hcl.Parentheses: _parentheses,
    hcl.Repeat: _repeat,
    hcl.Template: _template,
    hcl.Traversal: _traversal,
    hcl.Tuple: _tuple,
    hcl.Unary: _unary,
}


def texts(of: Iterable[Fact]) -> list[str]:
    """Those facts that are texts."""
    return [each for each in of if isinstance(each, str)]
