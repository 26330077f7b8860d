"""The changes to a rule's code that the mutation bench tries, one at a time.

A comparison is inverted; `and` becomes `or` and loses each of its operands; a `not` is removed; a condition (of `if`,
of a conditional expression, of a comprehension) always holds and never does, which nothing can notice less of than an
inverted one; `any` becomes `all`; a default, option, constant or level is another; a finding stands at its resource
instead of its value, and loses each of its further arguments.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from awslint_memo.model.finding import LEVELS

PAIRS: list[tuple[type[ast.cmpop], type[ast.cmpop]]] = [
    (ast.Eq, ast.NotEq),
    (ast.Lt, ast.GtE),
    (ast.Gt, ast.LtE),
    (ast.Is, ast.IsNot),
    (ast.In, ast.NotIn),
]
OPPOSITE = dict(PAIRS) | {second: first for first, second in PAIRS}
QUANTIFIERS = {"any": "all", "all": "any"}
TEXT_TESTS = ("starts_with", "ends_with", "startswith", "endswith")

Conditional: TypeAlias = "ast.If | ast.While | ast.IfExp"


@dataclass(frozen=True)
class Edit:
    """A change at one point of a rule's syntax tree: its new value, and the surrounding code to show."""

    shown: ast.AST
    owner: ast.AST
    field: str
    index: int | None
    new: object

    def swap(self, new: object) -> object:
        """Replace the value at the point; returns the old value."""
        if self.index is None:
            old: object = getattr(self.owner, self.field)
            setattr(self.owner, self.field, new)
        else:
            items = getattr(self.owner, self.field)
            old, items[self.index] = items[self.index], new
        return old


@dataclass(frozen=True)
class Mutant:
    """A rule's file with one change."""

    line: int
    change: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a rule's file, once if several changes lead to it."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for edit in edits(tree):
        before, old = shown(edit.shown), edit.swap(edit.new)
        mutant = Mutant(line_of(edit.shown), f"{before}  ->  {shown(edit.shown)}", ast.unparse(tree))
        edit.swap(old)
        if mutant.source not in seen:
            seen.add(mutant.source)
            yield mutant


def shown(node: ast.AST) -> str:
    """The code of a node on one line; of a statement with others below it, the head."""
    if isinstance(node, ast.FunctionDef):
        return f"def {node.name}({ast.unparse(node.args)})"
    if isinstance(node, (ast.If, ast.While)):
        return f"{type(node).__name__.lower()} {ast.unparse(node.test)}:"
    return " ".join(ast.unparse(node).split())


def line_of(node: ast.AST) -> int:
    """The line on which a node begins; the loop of a comprehension begins at its variable."""
    return int(getattr(node.target if isinstance(node, ast.comprehension) else node, "lineno", 1))


def edits(tree: ast.Module) -> Iterator[Edit]:
    """Every change to the code before the examples."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and any(
            name_of(target) in ("BAD", "GOOD") for target in statement.targets
        ):
            return
        if isinstance(statement, ast.FunctionDef):
            yield from edits_of_function(statement)
        elif isinstance(statement, ast.Assign):
            for constant in parts(statement.value):
                yield from edits_of_constant(statement, constant, (int, float))
            yield from edits_below(statement.value)


def edits_of_function(function: ast.FunctionDef) -> Iterator[Edit]:
    """Changes to the rule's level, which alone of the arguments of @rule is a decision, to defaults and statements."""
    for decorator in function.decorator_list:
        for keyword in decorator.keywords if isinstance(decorator, ast.Call) else ():
            if keyword.arg == "level":
                yield from edits_of_level(keyword.value)
    for default in function.args.kw_defaults:
        if default is not None:
            yield from edits_of_constant(function, default, (int, float))
    for statement in function.body:
        yield from edits_below(statement)


def edits_below(top: ast.AST) -> Iterator[Edit]:
    """Every change to the statements and expressions in one of them, but not to types."""
    types = [node.annotation for node in ast.walk(top) if isinstance(node, ast.AnnAssign)]
    left_out = {id(inner) for type_ in types for inner in ast.walk(type_)}
    for node in ast.walk(top):
        if id(node) not in left_out:
            yield from edits_of(node)


def edits_of(node: ast.AST) -> Iterator[Edit]:
    """Every change to one node, but not to those in it."""
    if isinstance(node, ast.Compare):
        yield from edits_of_comparison(node)
    elif isinstance(node, ast.BoolOp):
        yield Edit(node, node, "op", None, ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for number in range(len(node.values)):
            yield Edit(node, node, "values", None, [*node.values[:number], *node.values[number + 1 :]])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        # Adding a second `not` is equivalent to removing the first, and does not need the parent node.
        yield Edit(node, node, "operand", None, ast.UnaryOp(ast.Not(), node.operand))
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)):
        yield from edits_of_condition(node)
    elif isinstance(node, ast.comprehension):
        for number in range(len(node.ifs)):
            yield Edit(node, node, "ifs", number, ast.Constant(True))
            yield Edit(node, node, "ifs", number, ast.Constant(False))
    elif isinstance(node, ast.Call):
        yield from edits_of_call(node)
    elif isinstance(node, ast.expr):
        yield from edits_of_level(node)


def edits_of_comparison(node: ast.Compare) -> Iterator[Edit]:
    """An inverted comparison, and comparisons with other constants."""
    for number, operator in enumerate(node.ops):
        yield Edit(node, node, "ops", number, OPPOSITE[type(operator)]())
    for side in (node.left, *node.comparators):
        for constant in parts(side):
            yield from edits_of_constant(node, constant, (int, float, str))


def edits_of_condition(node: Conditional) -> Iterator[Edit]:
    """A condition that never holds, and one that always does, with which a loop would not end."""
    yield Edit(node, node, "test", None, ast.Constant(False))
    if not isinstance(node, ast.While):
        yield Edit(node, node, "test", None, ast.Constant(True))


def edits_of_call(node: ast.Call) -> Iterator[Edit]:
    """Another `default=` of a property, another prefix or suffix in a text test, another quantifier or finding."""
    for keyword in node.keywords:
        if keyword.arg == "default":
            yield from edits_of_constant(node, keyword.value, (int, float, str))
    if isinstance(node.func, ast.Name) and node.func.id in QUANTIFIERS:
        yield Edit(node, node.func, "id", None, QUANTIFIERS[node.func.id])
    if isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_TESTS:
        for argument in node.args:
            yield from edits_of_constant(node, argument, (str,))
    if isinstance(node.func, ast.Attribute) and node.func.attr == "finding":
        yield Edit(node, node, "args", 0, node.func.value)
        for number in range(len(node.keywords)):
            yield Edit(node, node, "keywords", None, [*node.keywords[:number], *node.keywords[number + 1 :]])


def edits_of_level(node: ast.expr) -> Iterator[Edit]:
    """Another level, if this is one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in LEVELS:
        other = LEVELS[(LEVELS.index(node.value) + 1) % len(LEVELS)]
        yield Edit(node, node, "value", None, other)


def edits_of_constant(around: ast.AST, node: ast.expr, kinds: tuple[type, ...]) -> Iterator[Edit]:
    """Another value of a constant: the other boolean, the next number, a text with one more character."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, kinds):
        return
    value = node.value
    if isinstance(value, bool):
        yield Edit(around, node, "value", None, not value)
    elif isinstance(value, (int, float)):
        yield Edit(around, node, "value", None, value + 1)
    elif isinstance(value, str):
        yield Edit(around, node, "value", None, value + "x")


def parts(node: ast.expr) -> list[ast.expr]:
    """The items of a tuple, list or set; for another expression, the expression itself."""
    return node.elts if isinstance(node, (ast.Tuple, ast.List, ast.Set)) else [node]


def name_of(target: ast.expr) -> str:
    """The variable that an assignment sets."""
    return target.id if isinstance(target, ast.Name) else ""
