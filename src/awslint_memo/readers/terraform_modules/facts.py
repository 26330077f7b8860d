"""Facts about a module: expressions and bodies of arguments in JSON, from which our classes of them are made.

A scalar is itself, an object is an object or the body of a block, and a list is an operation: its first item is the
name of one of `_OPERATIONS`, the others are what it is about. `["part", NAME]` is a fact that several others have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from awslint_memo.syntax.hcl import expressions as hcl

LIST = "list"
"""The operation that makes a list, also of the bodies of blocks."""

PART = "part"
"""The operation that stands for a fact by its name."""


class Facts:
    """The facts of one module. parts: those that others have inside, by their names."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._stated = parts
        self._parts: dict[str, Fact] = {}

    def fact(self, stated: Any) -> Fact:
        """A fact from the data of a file."""
        if not (isinstance(stated, list) and stated[0] == PART):
            return Fact(self, stated)
        if stated[1] not in self._parts:
            self._parts[stated[1]] = self.fact(self._stated[stated[1]])
        return self._parts[stated[1]]

    def expression(self, stated: Any) -> hcl.Expression:
        """The expression that a fact states."""
        if isinstance(stated, str):
            return _literal(stated)
        if stated is None or isinstance(stated, bool):
            return hcl.Literal(0, 0, stated)
        if isinstance(stated, (int, float)):
            return hcl.Number(0, 0, stated)
        if isinstance(stated, dict):
            return hcl.Object(0, 0, tuple((_literal(name), self.expression(value)) for name, value in stated.items()))
        operation, *items = stated
        return self.fact(stated).expression if operation == PART else _OPERATIONS[operation](self, items)

    def all(self, stated: Iterable[Any]) -> tuple[hcl.Expression, ...]:
        """The expressions that facts state."""
        return tuple(map(self.expression, stated))


class Fact:
    """A fact. Whoever asks for its parts or its expression shares them, as many calls may be of one module."""

    __slots__ = ("_expression", "_facts", "_parts", "_stated")

    def __init__(self, facts: Facts, stated: Any) -> None:
        """stated: the data of the file."""
        self._facts = facts
        self._stated = stated
        self._parts: Mapping[str, Fact] | list[Fact] | None = None
        self._expression: hcl.Expression | None = None

    @property
    def parts(self) -> Mapping[str, Fact] | list[Fact] | None:
        """What it has inside by name, as a body or an object, or in order, as a list; None if it is neither."""
        if self._parts is None:
            if isinstance(self._stated, dict):
                self._parts = {name: self._facts.fact(inner) for name, inner in self._stated.items()}
            elif isinstance(self._stated, list) and self._stated[0] == LIST:
                self._parts = [self._facts.fact(inner) for inner in self._stated[1:]]
        return self._parts

    @property
    def expression(self) -> hcl.Expression:
        """The expression that it is."""
        if self._expression is None:
            self._expression = self._facts.expression(self._stated)
        return self._expression


def _literal(text: str) -> hcl.Template:
    return hcl.Template(0, 0, (text,) if text else ())


def _reference(facts: Facts, items: Sequence[Any]) -> hcl.Expression:
    root, *steps = items
    name = hcl.Name(0, 0, root)
    return hcl.Traversal(0, 0, name, _steps(facts, steps)) if steps else name


def _below(facts: Facts, items: Sequence[Any]) -> hcl.Expression:
    base, *steps = items
    return hcl.Traversal(0, 0, facts.expression(base), _steps(facts, steps))


def _steps(facts: Facts, steps: Iterable[Any]) -> tuple[hcl.Step, ...]:
    return tuple(_step(facts, step) for step in steps)


def _step(facts: Facts, stated: Any) -> hcl.Step:
    if isinstance(stated, str):
        return hcl.Step("all") if stated == "*" else hcl.Step("attribute", stated)
    if isinstance(stated, int):
        return hcl.Step("index", stated)
    kind, *of = stated
    return hcl.Step("end") if kind == "end" else hcl.Step("index", facts.expression(of[0]))


def _call(facts: Facts, items: Sequence[Any], *, is_expanded: bool = False) -> hcl.Expression:
    return hcl.Call(0, 0, items[0], facts.all(items[1:]), is_expanded)


def _for(facts: Facts, items: Sequence[Any]) -> hcl.Expression:
    names, over, key, value, condition, is_grouped = items
    by, test = (None if each is None else facts.expression(each) for each in (key, condition))
    return hcl.For(0, 0, tuple(names), facts.expression(over), by, facts.expression(value), test, is_grouped)


def _object(facts: Facts, items: Sequence[Any]) -> hcl.Expression:
    return hcl.Object(0, 0, tuple((_key(facts, key), facts.expression(value)) for key, value in items))


def _key(facts: Facts, stated: Any) -> hcl.Expression:
    return _literal(stated) if isinstance(stated, str) else hcl.Parentheses(0, 0, facts.expression(stated))


def _text(facts: Facts, stated: Iterable[Any]) -> hcl.Expression:
    return hcl.Template(0, 0, tuple(part if isinstance(part, str) else facts.expression(part) for part in stated))


_OPERATIONS: Mapping[str, Callable[[Facts, Sequence[Any]], hcl.Expression]] = {
    LIST: lambda facts, items: hcl.Tuple(0, 0, facts.all(items)),
    "call": _call,
    "expand": partial(_call, is_expanded=True),
    "for": _for,
    "if": lambda facts, items: hcl.Conditional(0, 0, *facts.all(items)),
    "minus": lambda facts, items: hcl.Unary(0, 0, "-", facts.expression(items[0])),
    "not": lambda facts, items: hcl.Unary(0, 0, "!", facts.expression(items[0])),
    "object": _object,
    "of": _below,
    "op": lambda facts, items: hcl.Binary(0, 0, items[0], *facts.all(items[1:])),
    "ref": _reference,
    "text": _text,
    "unknown": lambda facts, items: hcl.Dependent(0, 0, facts.all(items)),
}
"""The operations by name. `call` and `expand` have the name of a function; the last argument of `expand` is a list of
arguments. `ref` has the first name of a reference, and steps behind it; `of` has any expression instead. A step is the
name of an attribute, an index, `*`, ["at", EXPRESSION], or ["end"] for what follows a splat but is not of each element.
`unknown` has what a value is made of in a way that nobody states.
"""
