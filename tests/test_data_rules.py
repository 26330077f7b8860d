"""Rules in YAML, as their authors meet them: what is found, what is not known, messages, fixes, and mistakes.

tests/test_own_rules.py has what holds for rules of Python.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from docs.rules_schema import rules_schema
from jsonschema import Draft202012Validator
from tests.command import in_every_format, invoke, printed, report

from awslint_memo import api
from awslint_memo.files.source import Source
from awslint_memo.hosts.server.checking import Checker
from awslint_memo.judging.data_rules.keys import CONDITION, RULE
from awslint_memo.judging.data_rules.operators import OPERATORS
from awslint_memo.judging.report import Report
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform_names import TYPE_MAPS
from awslint_memo.syntax import yaml_nodes
from awslint_memo.syntax.node import plain

DOCS = Path(__file__).resolve().parents[1] / "docs"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / ".git").mkdir()
    (tmp_path / "own").mkdir()
    monkeypatch.chdir(tmp_path)
    words = dict(TYPE_MAPS)
    yield tmp_path
    TYPE_MAPS.clear()
    TYPE_MAPS.update(words)


STORAGE = """\
id: own-storage
title: Databases should have storage of type gp3.
why: Its speed does not depend on its size.
do: set StorageType to gp3
level: warning
resource: AWS::RDS::DBInstance
when:
  not: {property: Engine, starts-with: aurora}
must:
  property: StorageType
  in: [gp3, io2]
fix:
  set: {StorageType: gp3}
examples:
  bad:
    - |
      Resources:
        Orders:
          Type: AWS::RDS::DBInstance
          Properties: {Engine: postgres, StorageType: gp2}
    - |
      resource "aws_db_instance" "orders" {
        storage_type = "gp2"
        engine       = "postgres"
      }
  good:
    - |
      Parameters:
        Storage: {Type: String}
      Resources:
        Orders:
          Type: AWS::RDS::DBInstance
          Properties: {Engine: postgres, StorageType: !Ref Storage}
    - |
      resource "aws_db_instance" "orders" {
        engine = "aurora-mysql"
      }
  fixed:
    - |
      -    Properties: {Engine: postgres, StorageType: gp2}
      +    Properties: {Engine: postgres, StorageType: gp3}
    - |
      -  storage_type = "gp2"
      +  storage_type = "gp3"
"""


def rule(must: str, *more: str, resource: str = "AWS::SQS::Queue") -> str:
    """A rule with a condition, and other lines."""
    lines = ["id: own-rule", "title: All is as it should be.", "do: mend it", f"resource: {resource}", f"must: {must}"]
    level = [] if any(line.startswith("level") for line in more) else ["level: warning"]
    return "\n".join([*lines, *level, *more, "examples: {bad: a, good: a}\n"])


def found(rule_text: str, template: str, name: str = "t.yaml", *options: str) -> list[dict[str, Any]]:
    """The findings of a rule in a template."""
    Path("own/rule.yaml").write_text(rule_text, encoding="utf-8")
    Path(name).write_text(template, encoding="utf-8")
    made = report("--rules", "own", "--select", "own-*", "--advice", name, *options)
    assert made["errors"] == []
    findings: list[dict[str, Any]] = made["findings"]
    return findings


def messages(rule_text: str, template: str, name: str = "t.yaml", *options: str) -> list[str]:
    return [one["message"] for one in found(rule_text, template, name, *options)]


def queue(*properties: str, head: str = "") -> str:
    lines = "".join(f"      {line}\n" for line in properties)
    inner = f"    Properties:\n{lines}" if lines else ""
    return f"{head}Resources:\n  Q:\n    Type: AWS::SQS::Queue\n{inner}"


PARAMETER = "Parameters:\n  P: {Type: String}\n"


def test_a_sound_rule_passes() -> None:
    Path("own/rule.yaml").write_text(STORAGE, encoding="utf-8")
    assert printed("test-rules", "own") == "1 rule, 4 examples: all as they should be\n"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "StorageType: gp2}",
            "StorageType: gp3}",
            "own-storage: BAD example 1 (CloudFormation): no findings, and there",
        ),
        (
            'engine = "aurora-mysql"',
            'engine = "mysql"',
            "own-storage: GOOD example 2 (Terraform): there should be no f",
        ),
        ("+    Properties: {Engine: postgres, StorageType: gp3}", "+    X", "own-storage: FIXED is not what the fixes"),
        ("Resources:\n        Orders:\n", "Resources: [\n        Orders:\n", "own-storage: BAD example 1"),
        ("  set: {StorageType: gp3}", "  unset: Iops", "own-storage: the rule has a fix, but no bad example is fixed"),
        ("level: warning", "level: warning\nlanguage: terraform", ""),
    ],
)
def test_what_is_wrong_with_examples_is_said(before: str, after: str, said: str) -> None:
    assert before in STORAGE
    Path("own/rule.yaml").write_text(STORAGE.replace(before, after, 1), encoding="utf-8")
    result = invoke("test-rules", "own")
    assert result.exit_code == 1
    assert said in result.output


MUST = "must:\n  property: StorageType\n  in: [gp3, io2]"

MISTAKES = [
    ("resource: AWS::RDS::DBInstance", "resource: AWS::RDS::DbInstances", 6, "DbInstances; did you mean AWS::RDS::DBI"),
    ("resource: AWS::RDS::DBInstance", "resource: aws_db_instance", 6, "aws_db_instance; did you mean AWS::RDS::DBIns"),
    ("resource: AWS::RDS::DBInstance", "resource: AWS::Serverless::Function", 6, "; write AWS::Lambda::Function"),
    ("resource: AWS::RDS::DBInstance", "resource: database", 6, "resource must be a resource type such as AWS::SQS::Q"),
    ("property: StorageType", "property: StorageTyp", 10, "of AWS::RDS::DBInstance; did you mean StorageType?"),
    ("property: StorageType", "property: storage_type", 10, "did you mean StorageType?"),
    ("property: StorageType", "property: Storage Type", 10, "property must be a path such as VpcConfig.SubnetIds or"),
    ("property: StorageType", 'property: "@DeletePolicy"', 10, "@ stands before one of CreationPolicy,"),
    ("property: StorageType", "property: Tags.Team", 10, "Tags.Team of AWS::RDS::DBInstance; write tag: Team"),
    ("do: set StorageType to gp3\n", "", 1, "the rule has no do; add it, as in do: let its name end with -queue"),
    ("level: warning\n", "", 1, "the rule has no level; add one of level: warning and levels: {production: error, oth"),
    ("level: warning", "level: critical", 5, "level must be error, warning or advice, not critical"),
    ("level: warning", "levels: {production: error, other: advice}", 5, "other is not a key of levels; did you mean o"),
    ("level: warning", "levels: {production: error}", 5, "levels has no others; write {production: error, others: adv"),
    ("level: warning", "levels: {production: error, others: warning}", 5, "others must be advice, not warning"),
    ("level: warning", "level: warning\nlevels: {}", 1, "the rule has both level and levels; keep one of"),
    ("level: warning", "level: warning\nlevel: error", 6, "duplicate key level (first on line 5); keep one of them"),
    ("in: [gp3, io2]", "in:\n    - gp3\n    - [io2]", 13, "each item of in must be a single value, not a list"),
    ("in: [gp3, io2]", "in: [gp3, ~]", 11, "each item of in must be a single value, not empty"),
    ("in: [gp3, io2]", "in: gp3", 11, 'in must be a list of single values, not the text "gp3"'),
    ("in: [gp3, io2]", "below: gp3", 11, 'below must be a number, not the text "gp3"'),
    ("in: [gp3, io2]", "at-least: '7'", 11, 'at-least must be a number, not the text "7"'),
    ("in: [gp3, io2]", "items-at-least: 1.5", 11, "items-at-least must be a whole number, not 1.5"),
    ("in: [gp3, io2]", "ends-with: 3", 11, "ends-with must be a text, not 3"),
    ("in: [gp3, io2]", "exists: 3", 11, "exists must be true or false, not 3"),
    ("in: [gp3, io2]", "matches: '[gp'", 11, "matches has no regular expression but [gp: unterminated character set a"),
    ("in: [gp3, io2]", "is-true: true", 11, "is-true is not a key of must; write equals: true"),
    ("in: [gp3, io2]", "operator: equals", 11, "operator is not a key of must; write the operator as the key, as in e"),
    ("in: [gp3, io2]", "eqals: gp3", 11, "eqals is not a key of must; did you mean equals?"),
    ("\n  in: [gp3, io2]", "", 10, "must has no operator behind property; add one of exists"),
    ("in: [gp3, io2]", "has: {property: A, equals: b}", 11, "has asks of items or of another resource; give the path "),
    ("must:", "musst:", 9, "musst is not a key of a rule; did you mean must?"),
    ("title:", "titel:", 2, "titel is not a key of a rule; did you mean title?"),
    (MUST, "must:\n  - {tag: a, exists: true}", 10, "must is a list; write all:"),
    (MUST, "must: true", 9, "must does not say what it is about; give it"),
    (MUST, "must: {any: []}", 9, "any must be a list of conditions, not an empty"),
    (MUST, "must: {any: [{tag: a, exists: true}], not: {}}", 9, "must has both "
     "any and not; put two conditions into all: or any:"),
    (MUST, "must: {referred-by: AWS::Logs::LogGroup}", 9, "referred-by has no through"),
    ("set: {StorageType: gp3}", "set: gp3", 13, "set must be a mapping of paths to values, as in {StorageType: gp3}"),
    ("set: {StorageType: gp3}", "sett: {StorageType: gp3}", 13, "sett is not a key of fix; did you mean set?"),
    ("set: {StorageType: gp3}", "unsafe: restarts it", 13, "fix changes nothing; add set: {PropertyName: value} or un"),
    ("set: {StorageType: gp3}", "set: {StorageTypes: gp3}", 13, "no property StorageTypes of AWS::RDS::DBInstance; di"),
    ("set: {StorageType: gp3}", "set: {StorageType: !Ref Type}", 13, "a fix sets values that are written out"),
    ("set: {StorageType: gp3}", "set: {'Tags[any].Key': gp3}", 13, "a fix changes no [any] item; write [all]"),
    ("id: own-storage", "id: Own Storage", 1, 'the id must be of small letters, digits and hyphens, not "Own Storage"'),
    ("id: own-storage", "id: rds-multi-az", 1, "duplicate rule id rds-multi-az; give this rule another one"),
    ("examples:\n  bad:", "examples:\n  wrong:", 15, "wrong is not a key of examples; it has bad, good and fixed"),
    ("  bad:\n    - |\n      Resources:", "  bad:\n    - Resources:", 16, "an example must be the text of a template;"),
    ("level: warning", "level: warning\nyields-to: rds-mult-az", 1, "yields to rds-mult-az, which is not a rule; did "),
    ("level: warning", "level: warning\nterraform: {aws_sqs_queue: {A: b}}", 6, "aws_sqs_queue is AWS::SQS::Queue, wh"),
    ("when:", "when: {property: Ports[all].Timeout, below: 3}\nwhy:", 7,
     'in braces, a path with brackets stands in quotes; write "Ports[all].Timeout"'),
    ("title:", "  title:", 2, "this line is indented like a part of the value above; correct the indentation"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "line", "said"), MISTAKES)
def test_a_mistake_is_one_sentence_with_its_line(before: str, after: str, line: int, said: str) -> None:
    assert before in STORAGE
    Path("own/rule.yaml").write_text(STORAGE.replace(before, after, 1), encoding="utf-8")
    Path("t.yaml").write_text(queue())
    for command in (
        ["test-rules", "own"],
        ["lint", "--rules", "own", "t.yaml"],
        ["explain", "own-storage", "--rules", "own"],
    ):
        result = invoke(*command)
        assert result.exit_code == 2
        assert result.output.count("\n") == 1
        assert f"rule.yaml:{line}:" in result.output
        assert said in result.output


VERDICTS: list[tuple[str, str, str]] = [
    # What is asked of QueueName, what is written, and the message behind "Q": empty where there is no finding.
    ("exists: true", "", "Q has no QueueName; mend it"),
    ("exists: true", "orders", ""),
    ("exists: false", "orders", "QueueName of Q is orders, but must be absent; mend it"),
    ("absent: true", "", ""),
    ("absent: true", "!Ref P", ""),
    ("absent: true", "!Sub 'a-${P}'", 'QueueName of Q is a-${P}, but must be absent; mend it'),
    ("equals: orders", "orders", ""),
    ("equals: orders", "bills", "QueueName of Q is bills, but must be orders; mend it"),
    ("equals: orders", "", "Q has no QueueName, which must be orders; mend it"),
    ("equals: orders", "!Ref P", ""),
    ("equals: orders", "!Sub 'b-${P}'", "QueueName of Q is b-${P}, but must be orders; mend it"),
    ("equals: orders", "!Sub 'o${P}'", ""),
    ("equals: Timeout", "a", 'QueueName of Q is a, but must be "Timeout"; mend it'),
    ("equals: true", "'true'", ""),
    ("equals: 600", "'600'", ""),
    ("not-equals: orders", "orders", "QueueName of Q is orders, but must not be orders; mend it"),
    ("not-equals: orders", "", ""),
    ("in: [a, b]", "c", "QueueName of Q is c, but must be a or b; mend it"),
    ("in: [a, b]", "!Ref P", ""),
    ("not-in: [a, b]", "b", "QueueName of Q is b, but must not be a or b; mend it"),
    ("starts-with: shop-", "!Sub 'pay-${P}'", "QueueName of Q is pay-${P}, but must start with shop-; mend it"),
    ("starts-with: shop-", "!Sub 'shop-${P}'", ""),
    ("ends-with: -queue", "!Sub 'shop-${P}'", ""),
    ("ends-with: -queue", "!Sub '${P}-topic'", "QueueName of Q is ${P}-topic, but must end with -queue; mend it"),
    ("contains: shop", "my-shop-q", ""),
    ("contains: shop", "!Sub '${P}-shop'", ""),
    ("contains: shop", "!Sub '${P}-pay'", ""),
    ("contains: shop", "pay", "QueueName of Q is pay, but must contain shop; mend it"),
    ("matches: '^[a-z]+$'", "Abc", "QueueName of Q is Abc, but must match ^[a-z]+$; mend it"),
    ("matches: '^[a-z]+$'", "!Sub 'A${P}'", ""),
    ("default: a, equals: a", "", ""),
    ("default: b, equals: a", "", "QueueName of Q is b (default), but must be a; mend it"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "written", "said"), VERDICTS)
def test_operators_on_texts(asked: str, written: str, said: str) -> None:
    template = queue(*([f"QueueName: {written}"] if written else []), head=PARAMETER)
    must = "{property: QueueName, " + asked + "}"
    assert messages(rule(must), template) == ([said] if said else [])
    # The contrary is found where this surely holds, and nothing where it is not known.
    is_known = bool(said) or ("P}" not in written and "!Ref" not in written)
    known = messages(rule(f"{{not: {must}}}"), template)
    assert len(known) == (int(not said) if is_known else len(known))
    assert not (said and known)


@pytest.mark.parametrize(
    ("asked", "written", "said"),
    [
        ("below: 60", "60", "is 60, but must be below 60"),
        ("below: 60", "'59'", ""),
        ("above: 60", "60", "is 60, but must be above 60"),
        ("at-least: 60", "59", "is 59, but must be at least 60"),
        ("at-most: 60, at-least: 10", "61", "is 61, but must be at most 60"),
        ("at-most: 60", "!Ref P", ""),
        ("at-least: 1_0", "9", "is 9, but must be at least 10"),
        ("in: [30, 60]", "45", "is 45, but must be 30 or 60"),
        ("equals: 30", "30.0", ""),
    ],
)
def test_operators_on_numbers(asked: str, written: str, said: str) -> None:
    must = "{property: VisibilityTimeout, " + asked + "}"
    assert messages(rule(must), queue(f"VisibilityTimeout: {written}", head=PARAMETER)) == (
        [f"VisibilityTimeout of Q {said}; mend it"] if said else []
    )


def test_a_default_of_the_provider_is_nothing_that_somebody_wrote() -> None:
    text = 'resource "aws_db_instance" "d" {\n}\n'
    of, name = "aws_db_instance.d", "backup_retention_period"

    def said(asked: str) -> list[str]:
        must = f"{{property: BackupRetentionPeriod, {asked}}}"
        return messages(rule(must, resource="AWS::RDS::DBInstance"), text, "main.tf")

    assert said("exists: true") == [f"{name} of {of} is 0 (default), but must be set; mend it"]
    assert said("absent: true") == []
    assert said("at-least: 7") == [f"{name} of {of} is 0 (default), but must be at least 7; mend it"]


PROVIDER = 'provider "aws" {\n  default_tags {\n    tags = { Team = "pay" }\n  }\n}\n'

A, B, U = ("{property: QueueName, equals: a}", "{property: KmsMasterKeyId, equals: b}", "{tag: t, equals: u}")


@pytest.mark.parametrize(
    ("must", "names", "count"),
    [
        # QueueName, KmsMasterKeyId; the tag is not known.
        (f"{{all: [{A}, {B}]}}", ("a", "b"), 0),
        (f"{{all: [{A}, {B}]}}", ("x", "b"), 1),
        (f"{{all: [{A}, {U}]}}", ("x", "b"), 1),
        (f"{{all: [{A}, {U}]}}", ("a", "b"), 0),
        (f"{{any: [{A}, {B}]}}", ("x", "b"), 0),
        (f"{{any: [{A}, {B}]}}", ("x", "y"), 1),
        (f"{{any: [{A}, {U}]}}", ("x", "b"), 0),
        (f"{{not: {{any: [{A}, {U}]}}}}", ("a", "b"), 1),
        (f"{{not: {{all: [{A}, {U}]}}}}", ("a", "b"), 0),
        (f"{{not: {{not: {A}}}}}", ("x", "b"), 1),
    ],
)
def test_conditions_are_put_together(must: str, names: tuple[str, str], count: int) -> None:
    template = queue(
        f"QueueName: {names[0]}", f"KmsMasterKeyId: {names[1]}", "Tags: [{Key: t, Value: !Ref P}]", head=PARAMETER
    )
    assert len(found(rule(must), template)) == count


def test_a_finding_of_several_alternatives_says_each_and_shows_where() -> None:
    must = f"{{any: [{A}, {B}, {{property: QueueName, ends-with: -queue}}]}}"
    (one,) = found(rule(must), queue("QueueName: x", "KmsMasterKeyId: y"))
    said = "QueueName of Q is x, but must be a, or KmsMasterKeyId of Q must be b, or end with -queue; mend it"
    assert one["message"] == said
    assert (one["line"], [related["line"] for related in one["related"]]) == (5, [6])


@pytest.mark.parametrize(
    ("must", "said"),
    [
        ("{property: VisibilityTimeout, at-least: 40}", "VisibilityTimeout of Q is 45, but must be below 40"),
        ("{property: VisibilityTimeout, below: 60}", "VisibilityTimeout of Q is 45, but must be at least 60"),
        (
            "{property: VisibilityTimeout, at-least: 40, at-most: 50}",
            "VisibilityTimeout of Q is 45, but must be below 40, or be above 50",
        ),
        ("{property: QueueName, matches: ^x}", "QueueName of Q is x, but must not match ^x"),
        ("{property: Tags, items-at-least: 1}", "Tags of Q is a list of 2, but must have fewer than 1 item"),
        (
            "{all: [{property: QueueName, equals: x}, {property: VisibilityTimeout, above: 30}]}",
            "QueueName of Q is x, but must not be x, or VisibilityTimeout of Q must be at most 30",
        ),
        (
            "{all: [{property: QueueName, equals: x}, {all: [{property: VisibilityTimeout, above: 30}, "
            "{property: VisibilityTimeout, below: 60}]}]}",
            "QueueName of Q is x, but must not be x, or VisibilityTimeout of Q must be at most 30, or "
            "VisibilityTimeout of Q must be at least 60",
        ),
    ],
)
def test_what_must_not_be_is_said_as_what_must_be(must: str, said: str) -> None:
    template = queue("QueueName: x", "VisibilityTimeout: 45", "Tags: [{Key: Team, Value: pay}, {Key: Env, Value: b}]")
    assert messages(rule(f"{{not: {must}}}"), template) == [f"{said}; mend it"]


@pytest.mark.parametrize(
    ("has", "said"),
    [
        ("{not: {property: Value, equals: pay}}", "whose Value is not pay"),
        ("{not: {property: Value, in: [pay, b]}}", "whose Value is not pay or b"),
        (
            "{not: {any: [{property: Key, equals: Team}, {property: Value, starts-with: b}]}}",
            'whose Key is not "Team" and whose Value does not start with b',
        ),
        (
            "{all: [{property: Key, equals: Team}, {not: {all: [{property: Value, equals: pay}, "
            "{property: Value, ends-with: y}]}}]}",
            'whose Key is "Team" and whose Value is not pay or whose Value does not end with y',
        ),
    ],
)
def test_an_item_that_must_not_be_so_is_described_by_what_it_is_not(has: str, said: str) -> None:
    template = queue("QueueName: x", "Tags: [{Key: Team, Value: pay}, {Key: Team, Value: pay}]")
    made = messages(rule(f"{{property: 'Tags[any]', has: {has}}}"), template)
    assert made == [f"Q has no item in Tags {said}; mend it"]


@pytest.mark.parametrize(("pattern", "name"), [("^(a+)+$", "a" * 4000 + "b"), ("^(a|a)*(b|b)*c$", "ab" * 2000)])
def test_no_expression_takes_long_whatever_the_text(pattern: str, name: str) -> None:
    begin = process_time()
    assert len(messages(rule(f"{{property: QueueName, matches: '{pattern}'}}"), queue(f"QueueName: {name}"))) == 1
    assert process_time() - begin < 5


@pytest.mark.parametrize("pattern", ["(?=a)b", "(?<!a)b", r"(a)\1", "((a{1000}){1000}){9}", "a(?i)b"])
def test_an_expression_that_has_no_bound_is_refused(pattern: str) -> None:
    Path("own/one.yaml").write_text(rule(f"{{property: QueueName, matches: '{pattern}'}}"))
    Path("t.yaml").write_text(queue("QueueName: x"))
    result = invoke("lint", "--rules", "own", "t.yaml")
    assert result.exit_code == 2
    assert re.match(r"\S*own/one\.yaml:\d+:\d+: matches has .+; (write it without|mend it)\n", result.output)


@pytest.mark.parametrize(("kept", "count"), [("30", 1), ("!Ref P", 0), ("90", 0)])
def test_a_rule_asks_only_where_its_condition_surely_holds(kept: str, count: int) -> None:
    text = rule("{property: QueueName, equals: a}", "when: {property: VisibilityTimeout, below: 60}")
    template = queue("QueueName: x", f"VisibilityTimeout: {kept}", head="Parameters:\n  P: {Type: Number}\n")
    assert len(found(text, template)) == count


def test_a_finding_stands_where_the_value_is_decided_and_says_by_which_default() -> None:
    head = "Parameters:\n  Name: {Type: String, Default: x}\n  Seconds: {Type: Number, Default: 9}\n"
    text = rule("{property: QueueName, equals: a}", "when: {property: VisibilityTimeout, below: 60}")
    (one,) = found(text, queue("QueueName: !Ref Name", "VisibilityTimeout: !Ref Seconds", head=head))
    assert (one["line"], one["message"]) == (2, "QueueName of Q is x (default of Name), but must be a; mend it")
    (one,) = found(text, queue("QueueName: x", "VisibilityTimeout: !Ref Seconds", head=head))
    assert one["message"] == "QueueName of Q is x, but must be a; mend it (default of Seconds)"


ENVIRONMENTS = (
    "Parameters:\n  Environment: {Type: String, AllowedValues: [dev, prod]}\n"
    "Conditions:\n  IsProd: !Equals [!Ref Environment, prod]\n"
)


@pytest.mark.parametrize(
    ("levels", "production", "development"),
    [
        ("levels: {production: error, others: advice}", "error", "advice"),
        ("levels: {production: warning, others: advice}", "warning", "advice"),
        ("level: warning", "warning", "advice"),
    ],
)
def test_levels_by_environment(levels: str, production: str, development: str) -> None:
    text = rule("{property: QueueName, equals: a}", levels)
    (one,) = found(text, queue("QueueName: !If [IsProd, x, a]", head=ENVIRONMENTS))
    assert (one["level"], one["deployment"]) == (production, "when Environment is prod")
    (one,) = found(text, queue("QueueName: !If [IsProd, a, x]", head=ENVIRONMENTS))
    assert (one["level"], one["deployment"]) == (development, "when Environment is dev")
    Path("dev").mkdir()
    Path("prod").mkdir()
    Path("prod/t.yaml").write_text(queue("QueueName: x"))
    (one,) = found(text, queue("QueueName: x"), "dev/t.yaml")
    assert one["level"] == development


VOLUMES = """\
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      BlockDeviceMappings:
        - {DeviceName: a, Ebs: {VolumeType: gp3, VolumeSize: 20}}
        - {DeviceName: b, Ebs: {VolumeType: gp2, VolumeSize: 20}}
        - {DeviceName: c, Ebs: {VolumeType: standard, VolumeSize: !Ref AWS::Region}}
"""


@pytest.mark.parametrize(
    ("must", "said"),
    [
        ("{property: 'BlockDeviceMappings[all].Ebs.VolumeType', equals: gp3}", {
            7: "BlockDeviceMappings[1].Ebs.VolumeType of Web is gp2, but must be gp3; mend it",
            8: "BlockDeviceMappings[2].Ebs.VolumeType of Web is standard, but must be gp3; mend it"}),
        ("{property: 'BlockDeviceMappings[any].Ebs.VolumeType', equals: gp2}", {}),
        ("{property: 'BlockDeviceMappings[any].Ebs.VolumeType', equals: io2}", {
            6: "Web has no item in BlockDeviceMappings whose Ebs.VolumeType is io2; mend it"}),
        ("{property: 'BlockDeviceMappings[any].Ebs.VolumeSize', above: 50}", {}),
        ("{property: 'BlockDeviceMappings[1].Ebs.VolumeType', equals: gp3}", {
            7: "BlockDeviceMappings[1].Ebs.VolumeType of Web is gp2, but must be gp3; mend it"}),
        ("{property: 'BlockDeviceMappings[3].Ebs.VolumeType', absent: true}", {}),
        ("{property: 'BlockDeviceMappings[3].Ebs.VolumeType', equals: gp3}", {
            6: "Web has no BlockDeviceMappings[3].Ebs.VolumeType, which must be gp3; mend it"}),
        ("{property: 'SecurityGroupIds[0]', starts-with: sg-}", {
            2: "Web has no SecurityGroupIds[0], which must start with sg-; mend it"}),
        ("{property: BlockDeviceMappings, equals: a}", {}),
        ("{property: BlockDeviceMappings, not-in: [a]}", {}),
        ("{property: BlockDeviceMappings, items-at-most: 2}", {
            6: "BlockDeviceMappings of Web is a list of 3, but must have at most 2 items; mend it"}),
        ("{property: 'BlockDeviceMappings[any]', has: {all: [{property: DeviceName, equals: a}, "
         "{property: Ebs.VolumeType, equals: gp2}]}}", {
            6: "Web has no item in BlockDeviceMappings whose DeviceName is a and whose Ebs.VolumeType is gp2"
               "; mend it"}),
        ("{property: 'BlockDeviceMappings[all]', has: {property: Ebs.VolumeType, not-equals: gp2}}", {
            7: "BlockDeviceMappings[1].Ebs.VolumeType of Web is gp2, but must not be gp2; mend it"}),
    ],
)  # fmt: skip
def test_lists(must: str, said: Mapping[int, str]) -> None:
    made = found(rule(must, resource="AWS::EC2::Instance"), VOLUMES)
    assert {one["line"]: one["message"] for one in made} == said


OPEN = (
    "{not: {property: 'SecurityGroupIngress[any]', has: {all: [{property: CidrIp, equals: 0.0.0.0/0}, "
    "{property: ToPort, at-least: 22}]}}}"
)


BOTH = '"10.0.0.0/8", "0.0.0.0/0"'


@pytest.mark.parametrize(
    ("must", "more", "addresses", "count"),
    [
        (OPEN, "", '"0.0.0.0/0"', 1),
        (OPEN, "", '"10.0.0.0/8"', 0),
        (OPEN, "", BOTH, 1),
        (OPEN, "", 'var.more, "0.0.0.0/0"', 1),
        (OPEN, "", 'var.more, "10.0.0.0/8"', 0),
        (OPEN, "", "", 0),
        ("{property: 'SecurityGroupIngress[all].CidrIp', not-in: [0.0.0.0/0]}", "", BOTH, 1),
        ("{not: {property: 'SecurityGroupIngress[any].CidrIp', equals: 0.0.0.0/0}}", "", BOTH, 1),
        # As two rules of CloudFormation: one of them is of this address, and not all are.
        ("{property: 'SecurityGroupIngress[any].CidrIp', equals: 0.0.0.0/0}", "", BOTH, 0),
        ("{not: {property: 'SecurityGroupIngress[all].CidrIp', equals: 0.0.0.0/0}}", "", BOTH, 0),
        # Each address fulfils one of the alternatives; what holds for none of them is not worked out.
        ("{property: 'SecurityGroupIngress[all]', has: {any: [{property: CidrIp, equals: 10.0.0.0/8}, "
         "{property: CidrIp, equals: 0.0.0.0/0}]}}", "", BOTH, 0),
        ("{property: 'SecurityGroupIngress[any]', has: {all: [{property: CidrIp, equals: 10.0.0.0/8}, "
         "{property: CidrIp, equals: 0.0.0.0/0}]}}", "", BOTH, 0),
        # What is asked of the address alone tells nothing of the port.
        ("{property: 'SecurityGroupIngress[all]', has: {any: [{property: CidrIp, equals: 10.0.0.0/8}, "
         "{property: ToPort, equals: 80}]}}", "", BOTH, 1),
        ("{property: 'SecurityGroupIngress[all]', has: {any: [{property: CidrIp, equals: 10.0.0.0/8}, "
         "{property: ToPort, equals: 443}]}}", "", BOTH, 0),
        ("{tag: Team, exists: true}", "{property: 'SecurityGroupIngress[any].CidrIp', equals: 0.0.0.0/0}",
         BOTH, 1),
        ("{tag: Team, exists: true}", "{property: 'SecurityGroupIngress[all].CidrIp', equals: 0.0.0.0/0}",
         BOTH, 0),
    ],
)  # fmt: skip
def test_a_list_in_terraform_of_what_is_single_in_cloudformation(
    must: str, more: str, addresses: str, count: int
) -> None:
    ingress = f"ingress {{\n    to_port     = 443\n    cidr_blocks = [{addresses}]\n  }}"
    made = messages(
        rule(must, *([f"when: {more}"] if more else []), resource="AWS::EC2::SecurityGroup"),
        f'variable "more" {{}}\n\nresource "aws_security_group" "g" {{\n  {ingress}\n}}\n',
        "main.tf",
    )
    assert len(made) == count
    assert all(more or "is 0.0.0.0/0, but must " in one for one in made)


def test_a_fix_changes_the_item_that_a_finding_is_about() -> None:
    text = rule(
        "{property: 'BlockDeviceMappings[all].Ebs.VolumeType', equals: gp3}",
        "fix: {set: {'BlockDeviceMappings[all].Ebs.VolumeType': gp3}}",
        resource="AWS::EC2::Instance",
    )
    found(text, VOLUMES)
    printed("lint", "--rules", "own", "--select", "own-*", "--fix", "t.yaml")
    assert Path("t.yaml").read_text() == VOLUMES.replace("gp2", "gp3").replace("standard", "gp3")


def test_safe_and_unsafe_fixes_and_removals() -> None:
    template = queue("QueueName: a", "DelaySeconds: 5")
    removing = ["must: {property: DelaySeconds, absent: true}", "fix: {unset: DelaySeconds}"]
    text = rule("{tag: x, absent: true}", "fix: {unset: DelaySeconds}").replace(
        "{tag: x, absent: true}", removing[0][6:]
    )
    found(text, template)
    printed("lint", "--rules", "own", "--select", "own-*", "--fix", "t.yaml")
    assert Path("t.yaml").read_text() == queue("QueueName: a")
    unsafe = "fix: {unset: DelaySeconds, unsafe: messages come at once}"
    found(text.replace(removing[1], unsafe), template)
    assert invoke("lint", "--rules", "own", "--select", "own-*", "--fix", "t.yaml").exit_code == 1
    assert Path("t.yaml").read_text() == template
    printed("lint", "--rules", "own", "--select", "own-*", "--fix", "--unsafe-fixes", "t.yaml")
    assert Path("t.yaml").read_text() == queue("QueueName: a")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("t.yaml", queue("Tags: [{Key: Team, Value: shop}]"), ""),
        ("t.yaml", queue("Tags: [{Key: Team, Value: x}]"), "tag Team of Q is x, but must match ^(shop|pay)$; mend it"),
        ("t.yaml", queue("Tags: [{Key: Name, Value: x}]"), "Q has no tag Team, which must match ^(shop|pay)$; mend it"),
        ("t.yaml", queue(), "Q has no tag Team, which must match ^(shop|pay)$; mend it"),
        ("t.yaml", queue("Tags: [{Key: !Ref P, Value: x}]", head=PARAMETER), ""),
        ("t.yaml", queue("Tags: !Ref P", head="Parameters:\n  P: {Type: CommaDelimitedList}\n"), ""),
        ("main.tf", 'resource "aws_sqs_queue" "q" {\n  tags = { Team = "pay" }\n}\n', ""),
        ("main.tf", 'resource "aws_sqs_queue" "q" {\n  tags = { Team = "x" }\n}\n', "tag Team of aws_sqs_queue.q is x"),
        ("main.tf", 'resource "aws_sqs_queue" "q" {\n}\n', "aws_sqs_queue.q has no tag Team, which must match"),
        ("main.tf", 'variable "t" {}\nresource "aws_sqs_queue" "q" {\n  tags = var.t\n}\n', ""),
        ("main.tf", PROVIDER + 'resource "aws_sqs_queue" "q" {\n}\n', ""),
    ],
)  # fmt: skip
def test_tags_in_each_language(name: str, text: str, said: str) -> None:
    made = messages(rule("{tag: Team, matches: '^(shop|pay)$'}"), text, name)
    assert len(made) == bool(said)
    assert all(one.startswith(said) for one in made)


FUNCTION = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {FunctionName: f}\n"
LOGS = "{referred-by: AWS::Logs::LogGroup, through: LogGroupName, has: {property: RetentionInDays, at-most: 90}}"


def logs(*properties: str, head: str = "") -> str:
    return f"{head}{FUNCTION}  L:\n    Type: AWS::Logs::LogGroup\n    Properties: {{{', '.join(properties)}}}\n"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (FUNCTION, 'F is named by no "AWS::Logs::LogGroup" in LogGroupName; mend it'),
        (logs("LogGroupName: !Sub '/aws/lambda/${F}'", "RetentionInDays: 30"), ""),
        (logs("LogGroupName: /aws/lambda/f", "RetentionInDays: 30"), ""),
        (logs("LogGroupName: /aws/lambda/g", "RetentionInDays: 30"), 'F is named by no "AWS::Logs::LogGroup" in LogGr'),
        (logs("LogGroupName: /aws/lambda/f"), "F is named by L, which has no RetentionInDays, which must be at most 9"),
        (logs("LogGroupName: /aws/lambda/f", "RetentionInDays: 365"), "F is named by L, whose RetentionInDays is 365,"),
        (logs("LogGroupName: !Ref P", "RetentionInDays: 365", head=PARAMETER), ""),
        (logs("LogGroupName: /aws/lambda/f", "RetentionInDays: !Ref P", head=PARAMETER), ""),
    ],
)  # fmt: skip
def test_resources_that_refer_to_one(template: str, said: str) -> None:
    made = messages(rule(LOGS, resource="AWS::Lambda::Function"), template)
    assert len(made) == bool(said)
    assert all(one.startswith(said) for one in made)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("!GetAtt D.Arn", "Q refers to D, whose MessageRetentionPeriod is 60, but must be at least 3600; mend it"),
        ("!Ref P", ""),
        ("arn:aws:sqs:eu-west-1:123456789012:elsewhere", ""),
    ],
)
def test_resources_that_one_refers_to(target: str, said: str) -> None:
    must = (
        "{property: RedrivePolicy.deadLetterTargetArn, refers-to: AWS::SQS::Queue, "
        "has: {property: MessageRetentionPeriod, at-least: 3600}}"
    )
    template = queue(f"RedrivePolicy: {{deadLetterTargetArn: {target}, maxReceiveCount: 3}}", head=PARAMETER)
    template += "  D:\n    Type: AWS::SQS::Queue\n    Properties: {MessageRetentionPeriod: 60}\n"
    text = rule(must, "when: {property: RedrivePolicy, exists: true}")
    assert messages(text, template) == ([said] if said else [])


@pytest.mark.parametrize(
    ("written", "count"), [("", 1), ("    DeletionPolicy: Delete\n", 1), ("    DeletionPolicy: Retain\n", 0)]
)
def test_attributes_beside_the_properties(written: str, count: int) -> None:
    text = rule("{property: '@DeletionPolicy', in: [Retain, Snapshot]}", "fix: {set: {'@DeletionPolicy': Retain}}")
    template = f"{queue()}{written}"
    assert len(found(text, template)) == count
    printed("lint", "--rules", "own", "--select", "own-*", "--fix", "t.yaml")
    assert "DeletionPolicy: Retain" in Path("t.yaml").read_text()
    assert found(text, 'resource "aws_sqs_queue" "q" {\n}\n', "main.tf") == []


def test_a_secret_is_in_no_message() -> None:
    template = "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    Properties: {MasterUserPassword: hunter2}\n"
    for must in ("{property: MasterUserPassword, equals: x}", "{any: [{property: MasterUserPassword, equals: x}]}"):
        (one,) = found(rule(must, resource="AWS::RDS::DBInstance"), template)
        assert "is a sensitive value, but must be x" in one["message"]
        result, outputs = in_every_format("--rules", "own", "--select", "own-*", "t.yaml")
        assert not any("hunter2" in text for text in (result.output, *outputs.values()))


def test_a_rule_needs_examples_only_for_its_tests() -> None:
    text = rule("{property: QueueName, equals: a}").replace("examples: {bad: a, good: a}\n", "")
    assert len(found(text, queue())) == 1
    assert "All is as it should be." in printed("explain", "own-rule", "--rules", "own")
    result = invoke("test-rules", "own")
    assert (result.exit_code, "own-rule: BAD has no example in CloudFormation; add one" in result.output) == (1, True)


def test_only_what_is_new_is_told_against_a_revision() -> None:
    found(rule("{property: QueueName, equals: a}"), queue("QueueName: x"))
    git = ["git", "-c", "user.name=n", "-c", "user.email=e"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "one"]):
        subprocess.run([*git, *command], check=True)
    Path("t.yaml").write_text(queue("QueueName: y") + "  R: {Type: AWS::SQS::Queue}\n")
    told = printed("lint", "--rules", "own", "--select", "own-*", "--against", "HEAD", "t.yaml", exits=1)
    assert "R has no QueueName" in told
    assert told.endswith("\n1 new warning against HEAD; 1 finding as before in 1 file\n")


def test_a_server_checks_with_the_file_as_it_is_now() -> None:
    text = rule("{property: QueueName, equals: a}")
    Path("own/rule.yaml").write_text(text)
    checker = Checker(rule_folders=["own"], select=["own-*"])

    def checked() -> Report:
        made = checker.check(checker.ask(), {os.path.abspath("t.yaml"): queue("QueueName: b")})
        assert made is not None
        return made

    assert [one.rule for one in checked().findings] == ["own-rule"]
    Path("own/rule.yaml").write_text(text.replace("equals: a", "eqals: a"))
    (error,) = checked().errors
    assert (os.path.basename(error.path), error.line) == ("rule.yaml", 5)
    Path("own/rule.yaml").write_text(text.replace("equals: a", "equals: b"))
    assert (checked().findings, checked().errors) == ([], [])


def test_terraforms_words_may_stand_in_the_rule() -> None:
    text = rule("{property: SqsManagedSseEnabled, equals: true}")
    terraform = 'resource "aws_sqs_queue" "q" {\n  fantasy_enabled = false\n}\n'
    asked = text.replace("SqsManagedSseEnabled", "FantasyEnabled")
    assert messages(asked, terraform, "main.tf") == []
    assert "no Terraform word for FantasyEnabled" in printed(
        "why", "own-rule", "aws_sqs_queue.q", "main.tf", "--rules", "own"
    )
    words = asked.replace(
        "level: warning", "level: warning\nterraform: {aws_sqs_queue: {FantasyEnabled: fantasy_enabled}}"
    )
    (only,) = messages(words, terraform, "main.tf")
    assert "of aws_sqs_queue.q is false, but must be true" in only


def test_a_rule_is_as_any_other_in_every_output() -> None:
    template = queue("QueueName: x")
    found(
        rule("{property: QueueName, equals: a}", "page: https://wiki.example.com/q", "message: so nobody finds it"),
        template,
    )
    _, outputs = in_every_format("--rules", "own", "--select", "own-*", "t.yaml")
    said = "QueueName of Q is x, so nobody finds it; mend it"
    assert all(re.sub(r"\\", "", said) in " ".join(outputs[name].split()) for name in ("text", "json", "github"))
    (result,) = json.loads(outputs["sarif"])["runs"][0]["results"]
    assert (result["ruleId"], result["message"]["text"]) == ("own-rule", said)
    assert "https://wiki.example.com/q" in printed("explain", "own-rule", "--rules", "own")
    assert "All is as it should be." in printed("rules", "--rules", "own", "own-rule")
    listed = json.loads(printed("rules", "--rules", "own", "own-rule", "--format", "json"))["rules"]
    assert [one["resources"] for one in listed] == [["AWS::SQS::Queue"]]
    suppressed = template.replace("QueueName: x", "QueueName: x # awslint-memo: ignore[own-rule] it is old")
    assert messages(rule("{property: QueueName, equals: a}"), suppressed) == []
    Path(".awslint-memo.yaml").write_text("rules: {own-rule: {level: advice}}\n")
    (one,) = found(rule("{property: QueueName, equals: a}"), template)
    assert one["level"] == "advice"


def test_a_message_of_its_own_begins_with_the_name() -> None:
    text = rule("{property: QueueName, equals: a}", "message: is not found by any dashboard")
    assert messages(text, queue("QueueName: x")) == ["Q is not found by any dashboard; mend it"]


def test_a_file_may_have_several_rules_and_its_name_is_the_id_of_a_single_one() -> None:
    one = rule("{property: QueueName, equals: a}").replace("own-rule", "own-first")
    two = rule("{property: QueueName, equals: b}").replace("own-rule", "own-second")
    indented = [
        "\n".join(f"    {line}" for line in each.splitlines()).replace("    id", "  - id", 1) for each in (one, two)
    ]
    made = found("# ours\nrules:\n" + "\n".join(indented) + "\n", queue("QueueName: x"))
    assert [each["rule"] for each in made] == ["own-first", "own-second"]
    made = found(one.replace("id: own-first\n", ""), queue("QueueName: x"))
    assert [each["rule"] for each in made] == ["own-rule"]
    twice = "rules:\n" + "\n".join(indented[:1] * 2) + "\n"
    Path("own/rule.yaml").write_text(twice)
    result = invoke("rules", "--rules", "own")
    assert result.exit_code == 2
    assert re.search(r"rule\.yaml:9:5: duplicate rule id own-first", result.output)


def test_other_files_in_the_folder_are_none_of_ours() -> None:
    Path("own/awslint-memo.yaml").write_text("policy: {locked: [rds-*]}\nrules: {rds-multi-az: error}\n")
    Path("own/_template.yaml").write_text("must: broken [\n")
    Path("own/notes.yml").write_text("a: [\n")
    assert len(found(rule("{property: QueueName, equals: a}"), queue())) == 1


def test_nothing_in_a_file_is_run() -> None:
    tagged = rule("{property: QueueName, equals: !!python/object/apply:os.mkdir [ran]}")
    Path("own/rule.yaml").write_text(tagged)
    assert invoke("rules", "--rules", "own").exit_code == 2
    assert not Path("ran").exists()


def test_a_session_sees_a_change_in_the_file() -> None:
    text = rule("{property: QueueName, equals: a}")
    Path("own/rule.yaml").write_text(text)
    Path("t.yaml").write_text(queue("QueueName: b"))
    session = api.Session(rule_folders=["own"], select=["own-*"])
    assert [one.rule for one in session.lint(["t.yaml"]).findings] == ["own-rule"]
    Path("own/rule.yaml").write_text(text.replace("equals: a", "in: [a, b]"))
    assert session.lint(["t.yaml"]).findings == []
    Path("own/rule.yaml").write_text(text.replace("equals: a", "equal: a"))
    with pytest.raises(Problem, match="did you mean equals"):
        session.lint(["t.yaml"])
    Path("own/rule.yaml").write_text(text)
    assert len(session.lint(["t.yaml"]).findings) == 1


def test_a_run_without_such_rules_loads_nothing_of_them() -> None:
    Path("t.yaml").write_text(queue())
    code = (
        "import sys; from awslint_memo.cli import main\ntry: main(['lint', 't.yaml'])\nexcept SystemExit: pass\n"
        "print([name for name in sys.modules if 'data_rules' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")


def validator() -> Draft202012Validator:
    schema = json.loads(rules_schema())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def data(text: str) -> Any:
    return plain(yaml_nodes.parse(Source("a.yaml", text.encode())))


def test_the_schema_takes_what_is_right() -> None:
    assert (DOCS / "rules.schema.json").read_text(encoding="utf-8") == rules_schema(), "write it anew: make docs"
    page = (DOCS / "own-rules.md").read_text(encoding="utf-8")
    written = re.findall(r"^```yaml\n((?:id|all):.*?)^```", page, re.M | re.S)
    conditions = rule("").replace("must: ", "must:\n  " + "  ".join(written[1].splitlines(keepends=True)))
    right = [STORAGE, written[0], conditions, rule(LOGS), "rules:\n- " + rule(A).replace("\n", "\n  ")]
    assert [error.message for text in right for error in validator().iter_errors(data(text))] == []
    assert len(written) == 2


def test_the_schema_knows_every_key() -> None:
    definitions = json.loads(rules_schema())["$defs"]
    assert set(definitions["rule"]["properties"]) == set(RULE)
    assert set(definitions["condition"]["properties"]) == {*CONDITION, *OPERATORS}
    page = (DOCS / "own-rules.md").read_text(encoding="utf-8")
    assert [name for name in (*OPERATORS, *CONDITION, *RULE) if not re.search(rf"[`{{ \n]{name}\b", page)] == []


@pytest.mark.parametrize(("before", "after", "said"), [(one[0], one[1], one[3]) for one in MISTAKES])
def test_the_schema_refuses_mistakes(before: str, after: str, said: str) -> None:
    elsewhere = (
        *("there is no", "no property", "duplicate", "regular expression", "yields to", "indented", "no type of"),
        *("the id must", "aws_db_instance", "did you mean StorageType", "has asks", "property must", "written out"),
        *("[any]", "aws_sqs_queue", "in braces", "DbInstances", "write tag", "write AWS", "@ stands"),
    )
    if not any(words in said for words in elsewhere):
        assert not validator().is_valid(data(STORAGE.replace(before, after, 1)))
