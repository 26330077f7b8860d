"""Mutation testing of the rules: do the examples and tests fail if a decision in a rule is changed?

usage: python bench/mutations.py [RULE|SERVICE ...]

Changes each rule at one point at a time: inverts a comparison, replaces `and` with `or`, removes a `not`, or changes a
default, option, constant or level. Each mutant is tested with the rule's own examples and, if these pass, with the
files of tests/rules that name the rule, and the test of what its fixes make of the examples. Prints the mutants that no
test detects, and the share of detected ones. Some mutants can't be detected, because they are equivalent to the rule.

The mutants are written to a copy of the rules' folder; as a pytest plugin, this file makes the tests use that copy.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from awslint_memo.files import rule_files
from awslint_memo.judging import registry
from awslint_memo.judging.examples import examples
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.span import Problem

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 20
"""A mutant counts as detected if its examples take longer than this, or its tests ten times as long."""

FIXED = "tests/test_rules.py::test_a_fix_makes_of_bad_examples_what_the_rule_says"
"""The test of what fixes make of a rule's bad examples."""

PAIRS: list[tuple[type[ast.cmpop], type[ast.cmpop]]] = [
    (ast.Eq, ast.NotEq),
    (ast.Lt, ast.GtE),
    (ast.Gt, ast.LtE),
    (ast.Is, ast.IsNot),
    (ast.In, ast.NotIn),
]
OPPOSITE = dict(PAIRS) | {second: first for first, second in PAIRS}
ENVIRONMENT = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
"""For the tests of a mutant: the tests of rules need no plugin, and importing them takes longer than the tests."""

TEXT_TESTS = ("starts_with", "ends_with", "startswith", "endswith")


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
    """Every mutant of a rule's file."""
    tree = ast.parse(source)
    seen = set()
    for edit in edits(tree):
        point = (edit.owner, edit.field, edit.index)
        if point in seen:
            continue
        seen.add(point)
        before, old = shown(edit.shown), edit.swap(edit.new)
        mutant = Mutant(getattr(edit.shown, "lineno", 1), f"{before}  ->  {shown(edit.shown)}", ast.unparse(tree))
        edit.swap(old)
        yield mutant


def shown(node: ast.AST) -> str:
    """The code of a node on one line."""
    if isinstance(node, ast.FunctionDef):
        return f"def {node.name}({ast.unparse(node.args)})"
    return " ".join(ast.unparse(node).split())


def edits(tree: ast.Module) -> Iterator[Edit]:
    """Every change to the code before the examples, without the arguments of @rule, which are not decisions."""
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
    """Changes to the defaults of options, and to the function's statements."""
    for default in function.args.kw_defaults:
        if default is not None:
            yield from edits_of_constant(function, default, (int, float))
    for statement in function.body:
        yield from edits_below(statement)


def edits_below(top: ast.AST) -> Iterator[Edit]:
    """Every change to the expressions in a statement or an expression, but not to types."""
    types = [node.annotation for node in ast.walk(top) if isinstance(node, ast.AnnAssign)]
    left_out = {id(inner) for type_ in types for inner in ast.walk(type_)}
    for node in ast.walk(top):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Compare):
            yield from edits_of_comparison(node)
        elif isinstance(node, ast.BoolOp):
            yield Edit(node, node, "op", None, ast.Or() if isinstance(node.op, ast.And) else ast.And())
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            # Adding a second `not` is equivalent to removing the first, and does not need the parent node.
            yield Edit(node, node, "operand", None, ast.UnaryOp(ast.Not(), node.operand))
        elif isinstance(node, ast.Call):
            yield from edits_of_call(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in LEVELS:
            other = LEVELS[(LEVELS.index(node.value) + 1) % len(LEVELS)]
            yield Edit(node, node, "value", None, other)


def edits_of_comparison(node: ast.Compare) -> Iterator[Edit]:
    """An inverted comparison, and comparisons with other constants."""
    for number, operator in enumerate(node.ops):
        yield Edit(node, node, "ops", number, OPPOSITE[type(operator)]())
    for side in (node.left, *node.comparators):
        for constant in parts(side):
            yield from edits_of_constant(node, constant, (int, float, str))


def edits_of_call(node: ast.Call) -> Iterator[Edit]:
    """Another `default=` of a property, and another prefix or suffix in a text test."""
    for keyword in node.keywords:
        if keyword.arg == "default":
            yield from edits_of_constant(node, keyword.value, (int, float, str))
    if isinstance(node.func, ast.Attribute) and node.func.attr in TEXT_TESTS:
        for argument in node.args:
            yield from edits_of_constant(node, argument, (str,))


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


class Bench:
    """A rule under test, with the tests that name it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rule = registry.load(str(path))
        self.source = path.read_text()
        word = f'"{self.rule.id}"'
        self.tests = [str(test) for test in sorted((ROOT / "tests/rules").glob("*.py")) if word in test.read_text()]
        self.tests += [f"{FIXED}[{self.rule.id}]"] if self.rule.fix else []

    def survivors(self, every: Sequence[Mutant]) -> list[Mutant]:
        """The mutants that no test detects. Raises Problem if the unchanged rule fails its tests."""
        left = [mutant for mutant in every if not self.is_noticed_by_examples(mutant)]
        self.path.write_text(self.source)
        if not self.is_clean():
            raise Problem("the rule itself fails its examples or tests", str(self.path))
        left = [mutant for mutant in left if not self.tests or not self.is_noticed_by_tests(mutant.source)]
        self.path.write_text(self.source)
        return left

    def is_clean(self) -> bool:
        """Whether the unchanged rule passes its tests; otherwise results for its mutants are meaningless."""
        whole = Mutant(1, "", self.source)
        return not self.is_noticed_by_examples(whole) and not (self.tests and self.is_noticed_by_tests(self.source))

    def is_noticed_by_examples(self, mutant: Mutant) -> bool:
        """Whether a bad example no longer has exactly one finding, or a good one has any."""
        self.path.write_text(mutant.source)
        signal.alarm(SECONDS)
        try:
            rule = registry.load(str(self.path))
            return any(
                [one.rule for one in example.findings()] != [rule.id] * wanted
                for wanted, text in ((1, rule.bad), (0, rule.good))
                for example in examples(rule, text)
            )
        except (Problem, TimeoutError):
            return True
        finally:
            signal.alarm(0)

    def is_noticed_by_tests(self, source: str) -> bool:
        """Whether a test of tests/rules fails with this source of the rule."""
        self.path.write_text(source)
        plugin = ["-p", "bench.mutations", "--rules-folder", str(self.path.parents[1])]
        command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *plugin, *self.tests]
        try:
            done = subprocess.run(
                command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=False, timeout=10 * SECONDS
            )
        except subprocess.TimeoutExpired:
            return True
        return done.returncode != 0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for the folder of rules, when pytest loads this file as a plugin."""
    parser.addoption("--rules-folder", type=Path)


def pytest_configure(config: pytest.Config) -> None:
    """Make the registry use that folder, before the tests load rules."""
    rule_files.FOLDER = str(config.getoption("--rules-folder"))


def too_slow(_number: int, _frame: FrameType | None) -> None:
    """Stop a mutant that does not terminate."""
    raise TimeoutError


def main() -> None:
    """Test the mutants of the given rules, or of all rules."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rules", nargs="*", help="ids of rules or names of services; all where none is given")
    wanted = set(parser.parse_args().rules)
    # Python's cache of compiled files can't distinguish mutants with the same length and the same second of writing.
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGALRM, too_slow)
    number = unnoticed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copytree(ROOT / "rules", f"{folder}/rules", ignore=shutil.ignore_patterns("__pycache__")))
        for path in sorted(copy.glob("*/*.py")):
            if wanted and not wanted & {path.parent.name, registry.load(str(path)).id}:
                continue
            every = list(mutants(path.read_text()))
            where = path.relative_to(copy.parent)
            try:
                left = Bench(path).survivors(every)
            except Problem as problem:
                print(f"{where}: {problem.message}", file=sys.stderr)
                continue
            for mutant in left:
                print(f"{where}:{mutant.line}: {mutant.change}", flush=True)
            number, unnoticed = number + len(every), unnoticed + len(left)
    print(f"{number} mutants, {number - unnoticed} noticed ({(number - unnoticed) / max(number, 1):.1%})")


if __name__ == "__main__":
    main()
