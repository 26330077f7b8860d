"""Every property of the types that rules name is in tests/known_properties/, with what reads it or why nothing does."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from bench import facts
from bench.known_properties import WHY, Entry, Schema, differences, schema, schemas_folder, table, tables, written

import awslint_memo
from awslint_memo.judging.registry import rules

needs_schemas = pytest.mark.skipif(schemas_folder() is None, reason="cfn-lint, which has the schemas, is not installed")
RELATIONS = Path(awslint_memo.__file__).parent / "relations"
TABLES = tables()


@needs_schemas
def test_every_property_and_value_is_known() -> None:
    told = []
    for type_, entry in TABLES.items():
        content = schema(type_)
        if content is None:
            told.append(f"{type_} is gone")
        elif not entry.is_presence:
            told += [f"{type_} {difference}" for difference in differences(content, entry)]
    assert told == [], "look at them, and write them into the table: python -m bench.property_reads --quick"


@needs_schemas
def test_every_type_of_a_rule_is_in_a_table() -> None:
    types = {type_ for rule in rules().values() for type_ in rule.resource}
    assert sorted(type_ for type_ in types - TABLES.keys() if schema(type_) is not None) == [], (
        "write them into a table: python -m bench.property_reads --quick"
    )


def test_tables_name_words_rules_and_relations_that_exist() -> None:
    readers = {reader for entry in TABLES.values() for readers in entry.readers.values() for reader in readers}
    missing = [name for name in readers - rules().keys() if not (RELATIONS / f"{name}.py").is_file()]
    assert missing == []
    assert {reason for entry in TABLES.values() for reason in entry.reasons.values()} <= WHY.keys()


QUEUE = """\
AWS::SQS::Queue
  Delivery.Kind: sqs-long-polling
    = fast, slow
  (content) Delivery
  (tags) Tags
AWS::SQS::QueuePolicy (presence)
"""


def test_a_table_is_read_as_it_is_written() -> None:
    types = table(QUEUE)
    assert types["AWS::SQS::QueuePolicy"].is_presence
    assert "\n".join(written(types)) + "\n" == QUEUE
    long = Entry(readers={"Deep." * 30 + "Path": ["sqs-long-polling"] * 20})
    assert table("\n".join(written({"AWS::SQS::Queue": long}))) == {"AWS::SQS::Queue": long}
    with pytest.raises(ValueError, match="what is this line for"):
        table("AWS::SQS::Queue\n  Tags tags\n")


def test_what_is_new_or_gone_is_told() -> None:
    entry = table(QUEUE)["AWS::SQS::Queue"]
    kind = {"anyOf": [{"enum": ["fast", "new"]}, {"type": "object"}]}
    delivery = {"type": "array", "items": {"properties": {"Kind": kind, "Size": {}}}}
    content = Schema(
        {"properties": {"Delivery": {"$ref": "#/definitions/D"}, "Url": {}}, "definitions": {"D": delivery}}
    )
    assert differences(content, entry) == [
        "Delivery.Size is new",
        "Url is new",
        "Delivery.Kind takes new, which is new",
        "Tags is gone",
        "Delivery.Kind no longer takes slow",
    ]


def test_facts_tell_types_that_nobody_has_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("AWS::SQS::Queue", "AWS::SQS::New", "AWS::RDS::Integration", "AWS::Ground::Station")
    monkeypatch.setattr(facts, "schema_names", lambda: dict.fromkeys(names, ""))
    monkeypatch.setattr(facts, "schema", lambda type_: Schema({"properties": {"Delivery": {}, "Tags": {}}}))
    monkeypatch.setattr(facts, "tables", lambda: table(QUEUE))
    assert list(facts.of_schemas()) == ["AWS::SQS::New is a new type", "AWS::SQS::Queue Delivery.Kind is gone"]


def test_types_that_the_page_lists_are_in_no_table() -> None:
    page = facts.LISTED.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| `AWS::")]
    assert rows
    assert [type_ for row in rows for type_ in re.findall(r"AWS::\w+::\w+", row) if type_ in TABLES] == []


def test_a_page_that_was_read_long_ago_is_told_with_its_place() -> None:
    source = 'A = fact(1, page="x.html", read="2026-05-01")\nB = fact(2, page="y", read="2026-10-30")\n'
    source += '"""Of z (read on 2026-04-30)"""\n'
    told = list(facts.of_days([("a.py", source)], date(2026, 11, 1)))
    assert [line.partition(": ")[0] for line in told] == ["a.py:1", "a.py:3"]
    assert "184 days" in told[0]


def test_the_days_that_stand_in_the_sources_are_read() -> None:
    assert list(facts.of_days(facts.sources(), date(9999, 1, 1)))
