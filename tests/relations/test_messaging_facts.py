"""Every list and number in the rules on messages, streams and functions is a fact with a page and a date, or says what
else it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from docs.generate import facts_of, services
from tests.relations.test_facts import held

from awslint_memo.model.facts import Fact

ROOT = Path(__file__).parents[2]
SERVICES = ("sqs", "sns", "events", "lambda", "kinesis", "firehose", "flink")
RULES = sorted(path for service in SERVICES for path in (ROOT / "rules" / service).glob("*.py"))
MODULES = [path for name in ("sqs", "sns", "lambda_", "kinesis", "firehose") for path in services()[name]]
FACTS = [
    pytest.param(fact, id=f"{path.stem}-{name}-{key}".rstrip("-"))
    for path in MODULES
    for name, known in facts_of(path).items()
    for key, fact in known.items()
    if name != "RETIRED_FLINK"
]
"""The facts but one: the page on earlier versions of Flink could not be read again."""

UNITS = (3600, 86400)
"""Seconds of an hour and of a day."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "events/rule_refused.py": ("INPUTS",),
    "kinesis/analytics_sql_retired.py": ("DELETED",),
    "lambda/reserved_zero.py": ("OFF",),
    "sns/subscription_dead_letter.py": ("WITH_DEAD_LETTERS",),
    "sqs/message_filter.py": ("FILTERS",),
}
"""Lists that are paths, messages, or what this linter chooses to look at."""


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_was_compared_with_its_page(fact: Fact[object]) -> None:
    assert fact.page
    assert fact.read


def test_the_rules_are_there() -> None:
    assert len(RULES) > 30


@pytest.mark.parametrize("path", RULES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_rule_holds_no_fact_itself(path: Path) -> None:
    name = f"{path.parent.name}/{path.name}"
    source = path.read_text(encoding="utf-8")
    code = without_examples(source)
    assert sorted(held(code.body)) == sorted(WORDS.get(name, ()))
    assert set(numbers(code, source)) == set(), "a number that AWS decides is a fact; else say why: # chosen: …"


def without_examples(source: str) -> ast.Module:
    tree = ast.parse(source)
    tree.body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("BAD", "FIXED", "GOOD"))
    ]
    return tree


def numbers(code: ast.AST, source: str) -> Iterator[float]:
    """The numbers in code, but 0, 1, units, positions in lists, defaults of options, and those marked as chosen.

    The mark is a comment beside the number or above its line: `# chosen: far more than a failure needs`.
    """
    lines = ["", *source.splitlines()]
    ours = {id(number) for node in ast.walk(code) for part in parts_of_ours(node) for number in ast.walk(part)}
    for node in ast.walk(code):
        if not (isinstance(node, ast.Constant) and type(node.value) in (int, float)) or id(node) in ours:
            continue
        is_chosen = any("# chosen: " in line for line in lines[node.lineno - 1 : node.lineno + 1])
        if node.value not in (0, 1, *UNITS) and not is_chosen:
            yield float(str(node.value))


def parts_of_ours(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of code whose numbers nobody else decides."""
    if isinstance(node, ast.FunctionDef):
        yield from (default for default in node.args.kw_defaults if default is not None)
    elif isinstance(node, ast.Subscript):
        yield node.slice


def test_a_number_in_a_rule_is_seen() -> None:
    source = (
        "X = 7\nBAD = '9'\ndef check(a, *, b=2.5):\n    c = 8  # chosen: enough\n    # chosen: far too much\n"
        "    d = 9\n    return a[4] > 1800 and a != 3600\n"
    )
    assert sorted(numbers(without_examples(source), source)) == [7, 1800]
