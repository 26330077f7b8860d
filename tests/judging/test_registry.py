"""The index says of a rule what its file says, or leaves it to the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from awslint_memo.files import rule_files
from awslint_memo.judging import registry
from awslint_memo.judging.rule import STORES, Rule
from awslint_memo.model.span import Problem

FILES = rule_files.rule_files(rule_files.own_rules())

RULE = '''"""Queues should be good."""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule

TYPE, LEVEL, TYPES = "AWS::SQS::Queue", "error", ("AWS::SQS::Queue",)


@rule(
    "sqs-good",
    level={level},
    resource={resource},
    aliases={aliases},
    language={language},
    core={core},
    memo="",
    aws="",
)
def check(queue: Resource) -> Iterator[Finding]:
    yield queue.finding(queue, "is not good")


@check.on({on})
def other(topic: Resource) -> Iterator[Finding]:
    yield topic.finding(topic, "is not good either")
'''
PLAIN = {
    "level": '"error"',
    "resource": '"AWS::SQS::Queue"',
    "aliases": '("sqs-old", "sqs-older")',
    "language": '"terraform"',
    "core": "True",
    "on": '"AWS::SNS::Topic"',
}


def declared(rule: Rule) -> tuple[object, ...]:
    """What the index is to know of a rule."""
    return (rule.id, rule.level, rule.resource, rule.aliases, rule.language, rule.service, rule.is_core)


def write(folder: Path, **words: str) -> str:
    path = folder / "sqs" / "good.py"
    path.parent.mkdir()
    path.write_text(RULE.format(**{**PLAIN, **words}), encoding="utf-8")
    return str(path)


def test_the_index_of_a_rule_is_what_loading_it_gives() -> None:
    for path in FILES:
        made = registry.indexed(path)
        assert made is not None, path
        assert declared(made) == declared(registry.load(path)), path


def test_the_rules_with_several_checks_are_among_them() -> None:
    assert any(len(registry.load(path).checks) > 2 for path in FILES)


def test_a_plain_decorator_is_indexed_whole(tmp_path: Path) -> None:
    made = registry.indexed(write(tmp_path))
    assert made is not None
    both = ("AWS::SQS::Queue", "AWS::SNS::Topic")
    assert declared(made) == ("sqs-good", "error", both, ("sqs-old", "sqs-older"), "terraform", "sqs", True)


def test_stores_of_data_are_named_by_one_word(tmp_path: Path) -> None:
    made = registry.indexed(write(tmp_path, resource="STORES"))
    assert made is not None
    assert made.resource == (*STORES, "AWS::SNS::Topic")


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("level", "LEVEL"),
        ("resource", "TYPE"),
        ("resource", "TYPES"),
        ("resource", '(TYPE, "AWS::SQS::QueuePolicy")'),
        ("resource", '("AWS::SQS::" + "Queue",)'),
        ("aliases", "(TYPE,)"),
        ("language", '"terra" + "form"'),
        ("core", "bool(TYPE)"),
        ("on", "TYPE"),
        ("on", '"AWS::SNS::Topic", TYPE'),
        ("on", "*TYPES"),
    ],
)
def test_a_decorator_that_is_not_plain_is_left_to_the_file(
    word: str, written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, **{word: written})
    assert registry.indexed(path) is None
    monkeypatch.setattr(rule_files, "FOLDER", str(tmp_path))
    found = registry.rules.__wrapped__()
    assert declared(found["sqs-good"]) == declared(registry.load(path))


def test_a_rule_of_the_users_own_may_have_a_decorator_that_is_not_plain(tmp_path: Path) -> None:
    write(tmp_path, resource="TYPES")
    made = registry.rules((str(tmp_path),))["sqs-good"]
    assert made.resource == ("AWS::SQS::Queue", "AWS::SNS::Topic")
    assert len(made.checks) == 2


def test_a_rule_of_the_users_own_is_loaded_at_once(tmp_path: Path) -> None:
    path = Path(write(tmp_path))
    assert registry.indexed(str(path)) is not None
    path.write_text(path.read_text(encoding="utf-8") + "\n1 / 0\n", encoding="utf-8")
    with pytest.raises(Problem, match="ZeroDivisionError"):
        registry.rules((str(tmp_path),))
