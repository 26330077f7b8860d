"""The benchmark: its labels stand where they say, and what this linter finds of them is what is written down."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from benchmark import page
from benchmark.__main__ import copied, results
from benchmark.blocks import bare, module_of
from benchmark.checking import problems
from benchmark.labels import CASES, Case, LabelError, agreed, cases
from benchmark.matching import Match, claims, matches, unread
from benchmark.scores import counted, score
from benchmark.tools import TOOLS, Finding, awslint_memo
from click.testing import CliRunner

from awslint_memo.cli import main

EVERY = list(cases())
OURS = TOOLS["awslint-memo"]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """What this linter finds in all cases, each by itself."""

    def lint(folder: Path, what: str) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(folder)
            return json.loads(CliRunner().invoke(main, ["lint", "--advice", "--format", "json", what]).stdout)

    return list(awslint_memo(copied(EVERY, tmp_path_factory.mktemp("cases")), Path(), lint))


def test_labels_are_complete_and_stand_where_they_say() -> None:
    assert [problem for case in EVERY for problem in problems(case)] == []
    assert [label.key for case in EVERY for label in case.labels if not label.second] == []


def test_it_is_as_large_as_its_page_says() -> None:
    labels = [label for case in EVERY for label in agreed(case)]
    assert len(EVERY) >= 150
    assert sum(not label.is_good for label in labels) >= 500
    assert sum(label.is_good for label in labels) >= 500


def test_nothing_is_found_less_or_more_than_is_written_down(found: list[Finding]) -> None:
    """Run `python -m benchmark run DIR awslint-memo` and read what changed."""
    claimed = claims(OURS.name)
    assert unread(found, EVERY, claimed) == []
    assert {*matches(found, EVERY, claimed)} == {*results(OURS.name)}


def test_the_page_has_the_figures() -> None:
    every = {name: results(name) for name in TOOLS}
    assert page.tables(EVERY, every) in page.PAGE.read_text(encoding="utf-8")
    assert page.picture(EVERY, every) == page.PICTURE.read_text(encoding="utf-8")


def test_cases_do_not_give_themselves_away() -> None:
    names = [path.relative_to(CASES) for path in CASES.rglob("*") if path.is_file() and path.name != "labels.yaml"]
    assert [str(name) for name in names if re.search(r"\b(bad|wrong|broken|todo|fixme)\b", str(name).lower())] == []


def test_an_address_is_compared_without_modules_and_keys() -> None:
    address = 'module.shop[0].module.orders["a.b"].aws_sqs_queue.this["x"]'
    assert (bare(address), module_of(address)) == ("aws_sqs_queue.this", "module.shop")
    assert (bare("module.shop"), module_of("module.shop")) == ("module.shop", "")


def case(folder: Path, labels: str) -> Case:
    (folder / "one").mkdir()
    (folder / "one" / "t.yaml").write_text(
        "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n  R:\n    Type: AWS::SQS::Queue\n"
    )
    (folder / "one" / "labels.yaml").write_text(f"title: T\nlanguage: sam\nby: a\nlabels:\n{labels}")
    return next(cases(folder))


def label(number: int, is_: str, line: int, resource: str, more: str = "second: agrees") -> str:
    words = f"judgement: no-end, kind: practice, topic: queues, level: error, file: t.yaml, quote: '{resource}', why: w"
    place = f"line: {line}, resource: {resource}, page: 'https://a.example'"
    return f"  - {{id: {number}, is: {is_}, {words}, {place}, {more}}}\n"


def test_a_finding_is_of_a_label_by_its_rule_and_its_place(tmp_path: Path) -> None:
    one = case(tmp_path, label(1, "departure", 2, "Q") + label(2, "good", 4, "R"))
    claimed = {"queue-end": {"no-end": ""}, "said": {"no-end": "no end"}, "other": {}}
    told = [
        Finding("one/t.yaml", 3, "", "queue-end"),
        Finding("one/t.yaml", 2, "Q", "other"),
        Finding("one/t.yaml", 0, "R", "said", "error", message="has no end"),
        Finding("one/t.yaml", 0, "Q", "said", "error", message="is blue"),
    ]
    assert matches(told, [one], claimed) == [Match("one#1", "queue-end", ""), Match("one#2", "said", "error")]
    made = score(counted([one], ("sam",)), matches(told, [one], claimed), claimed)
    assert (made.departures, made.found, made.claimed_twins, made.false) == (1, 1, 1, 1)
    assert unread([*told, Finding("one/t.yaml", 2, "", "new")], [one], claimed) == ["new"]


def test_a_departure_explains_what_is_said_beside_its_twin(tmp_path: Path) -> None:
    one = case(tmp_path, label(1, "departure", 2, "Q") + label(2, "good", 3, "Q").replace("quote: 'Q'", "quote: Type"))
    told = [Finding("one/t.yaml", 2, "Q", "a")]
    assert matches(told, [one], {"a": {"no-end": ""}}) == [Match("one#1", "a", "")]


def test_what_stands_in_the_twins_line_is_said_of_the_twin(tmp_path: Path) -> None:
    one = case(tmp_path, label(1, "departure", 2, "Q") + label(2, "good", 3, "Q").replace("quote: 'Q'", "quote: Type"))
    told = [Finding("one/t.yaml", 3, "Q", "a")]
    assert matches(told, [one], {"a": {"no-end": ""}}) == [Match("one#1", "a", ""), Match("one#2", "a", "")]


def test_what_names_the_twins_resource_alone_is_said_of_the_twin(tmp_path: Path) -> None:
    """A finding at a line of one resource may name another, as one in a nested block does."""
    one = case(tmp_path, label(1, "departure", 2, "Q") + label(2, "good", 4, "R"))
    told = [Finding("one/t.yaml", 3, "R", "a")]
    assert matches(told, [one], {"a": {"no-end": ""}}) == [Match("one#1", "a", ""), Match("one#2", "a", "")]


def test_a_rule_says_what_a_label_does_by_a_part_of_its_message(tmp_path: Path) -> None:
    one = case(tmp_path, label(1, "departure", 2, "Q"))
    told = [Finding("one/t.yaml", 2, "Q", "a", message="Q is blue")]
    assert matches(told, [one], {"a": {"no-end": "has no end"}}) == []
    assert matches(told, [one], {"a": {"no-end": "blue"}}) == [Match("one#1", "a", "")]


def test_what_names_another_value_is_not_said_of_the_twin(tmp_path: Path) -> None:
    one = case(tmp_path, label(1, "good", 2, "Q", "second: agrees, otherwise: IsKept is false"))
    claimed = {"a": {"no-end": ""}}
    told = Finding("one/t.yaml", 2, "Q", "a", message="Q has no end (when IsKept is false)")
    assert matches([told], [one], claimed) == []
    assert matches([replace(told, message="Q has no end")], [one], claimed) == [Match("one#1", "a", "")]


def test_what_the_second_reader_does_not_agree_with_does_not_count(tmp_path: Path) -> None:
    one = case(tmp_path, label(1, "departure", 2, "Q", "second: a matter of taste"))
    assert (agreed(one), len(one.labels)) == ([], 1)


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        (label(1, "sound", 2, "Q"), "one#1: is is 'sound', none of departure, good"),
        (label(1, "good", 2, "Q").replace("level: error", "level: fatal"), "level is 'fatal'"),
        (label(1, "good", 2, "Q").replace("why: w", "why:"), "one#1: no why"),
        (label(1, "good", 2, "Q") * 2, "two labels have the same id"),
    ],
)
def test_a_broken_label_is_told(tmp_path: Path, labels: str, said: str) -> None:
    with pytest.raises(LabelError, match=re.escape(said)):
        case(tmp_path, labels)


def test_a_label_that_stands_elsewhere_is_told(tmp_path: Path) -> None:
    one = case(tmp_path, label(1, "good", 4, "Q") + label(2, "good", 2, "S"))
    assert list(problems(one)) == [
        "one#1: line 4 of t.yaml does not hold 'Q'",
        "one#2: t.yaml has no S",
        "one#2: line 2 of t.yaml does not hold 'S'",
    ]
