"""The mutation bench changes every kind of decision, and sees what an example would say differently."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from bench.equivalent_mutants import EQUIVALENT
from bench.mutants import Mutant, mutants
from bench.mutations import Bench
from bench.rule_tests import ROOT
from tests.cases import each_case

from awslint_memo.files.rule_files import own_rules, rule_files
from awslint_memo.judging.registry import indexed

RULE = "sqs/fifo_settings.py"


def changes(body: str) -> list[str]:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return [mutant.change.split("  ->  ")[1] for mutant in mutants(f"def check(one):\n{lines}")]


@each_case(
    ("body", "expected"),
    [
        ("if one:\n    pass\nelif other:\n    pass", ["if False:", "if True:", "if False:", "if True:"]),
        ("while one:\n    pass", ["while False:"]),
        ("return a if one else b", ["a if False else b", "a if True else b"]),
        ("return one and other", ["one or other", "other", "one"]),
        ("return (one or other) and third", [
            "(one or other) or third", "third", "(one or other)", "one and other", "other", "one",
        ]),
        ("return not one", ["not not one"]),
        ("return one < 1", ["one >= 1", "one < 2"]),
        ("return one is None", ["one is not None"]),
        ("return one in ('a', True)", ["one not in ('a', True)", "one in ('ax', True)", "one in ('a', False)"]),
        ("return [each for each in one if each]", ["for each in one if True", "for each in one if False"]),
        ("return any(one)", ["all(one)"]),
        ("return all(one)", ["any(one)"]),
        ("return one.get('A', default=5)", ["one.get('A', default=6)"]),
        ("return one.ends_with('.fifo')", ["one.ends_with('.fifox')"]),
        ("return one.finding(value, 'is', of='A')", [
            "one.finding(one, 'is', of='A')", "one.finding(value, 'is')",
        ]),
        ("return one.finding(one, 'is')", []),
        ("return dict(level='error')", ["'warning'"]),
        ("kept: Literal['error'] = one", []),
    ],
)  # fmt: skip
def test_every_kind_of_decision_is_changed(body: str, expected: list[str]) -> None:
    assert sorted(changes(body)) == sorted(expected)


def test_of_the_arguments_of_a_rule_its_level_is_changed_and_nothing_in_its_examples() -> None:
    source = (
        '@rule("a-b", level="advice", fix="safe")\ndef check(one, *, hours=24):\n    pass\n\nBAD = "a" if 1 else "b"\n'
    )
    assert [mutant.change for mutant in mutants(source)] == [
        "'advice'  ->  'error'",
        "def check(one, *, hours=24)  ->  def check(one, *, hours=25)",
    ]


def test_a_mutant_says_where_it_is_and_is_the_file_with_one_change() -> None:
    [mutant, _] = mutants("def check(queue):\n    # Why.\n    return 1 if queue else 2\n")
    assert (mutant.line, mutant.change) == (3, "1 if queue else 2  ->  1 if False else 2")
    assert mutant.source == "def check(queue):\n    return 1 if False else 2"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    path = tmp_path / RULE
    path.parent.mkdir()
    shutil.copy(ROOT / "rules" / RULE, path)
    return Bench(path)


@pytest.mark.parametrize(
    "change",
    [
        "'error'  ->  'warning'",
        "if fifo.flag is False and name.ends_with('.fifo'):  ->  if False:",
        "queue.finding(value, message, of=key, fix=fix)  ->  queue.finding(queue, message, of=key, fix=fix)",
        "queue.finding(value, message, of=key, fix=fix)  ->  queue.finding(value, message, fix=fix)",
    ],
)
def test_examples_notice_another_finding_place_property_and_level(bench: Bench, change: str) -> None:
    [mutant] = [one for one in mutants(bench.source) if one.change == change]
    assert bench.is_noticed_by_examples(mutant)


def test_what_is_listed_as_equivalent_is_a_mutant_and_has_a_reason() -> None:
    sources = {rule.id: Path(path) for path in rule_files(own_rules()) if (rule := indexed(path)) is not None}
    for rule_id, reasons in EQUIVALENT.items():
        assert set(reasons) <= {mutant.change for mutant in mutants(sources[rule_id].read_text(encoding="utf-8"))}
        assert all(reason.endswith(".") for reason in reasons.values())


def test_examples_do_not_notice_a_change_of_nothing(bench: Bench) -> None:
    assert not bench.is_noticed_by_examples(Mutant(1, "", ast.unparse(ast.parse(bench.source))))
