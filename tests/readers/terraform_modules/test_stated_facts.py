"""The expressions that facts state, written as a person would write them."""

from __future__ import annotations

from typing import Any

from bench.module_facts.expressions import fact
from tests.cases import each_case

from awslint_memo.readers.terraform_modules.facts import Facts
from awslint_memo.readers.terraform_modules.writing import written
from awslint_memo.syntax.hcl.document import expression

FACTS = Facts({"name": ["ref", "var", "name"], "again": ["part", "name"], "body": {"a": ["part", "name"]}})


@each_case(
    ("stated", "text"),
    [
        (None, "null"),
        (True, "true"),
        (1, "1"),
        (1.5, "1.5"),
        ("", '""'),
        ('a "b"\n', '"a \\"b\\"\\n"'),
        ({"a": 1}, '{"a" = 1}'),
        ({}, "{}"),
        (["ref", "each"], "each"),
        (["ref", "var", "name"], "var.name"),
        (["ref", "aws_sqs_queue", "this", 0, "arn"], "aws_sqs_queue.this[0].arn"),
        (["ref", "module", "m", "*", "arn"], "module.m[*].arn"),
        (["ref", "a", "b", "*", "c", ["end"], 0], "a.b.*.c[0]"),
        (["ref", "var", "m", ["at", ["ref", "each", "key"]]], "var.m[each.key]"),
        (["of", ["call", "merge", {}], "a"], "merge({}).a"),
        (["list"], "[]"),
        (["list", 1, "a"], '[1, "a"]'),
        (["if", ["ref", "var", "on"], 1, 0], "var.on ? 1 : 0"),
        (["op", "&&", True, False], "true && false"),
        (["not", ["ref", "var", "on"]], "!var.on"),
        (["minus", 1], "-1"),
        (["call", "max", 1, 2], "max(1, 2)"),
        (["expand", "max", ["ref", "var", "all"]], "max(var.all...)"),
        (
            ["for", ["k", "v"], ["ref", "var", "m"], ["ref", "k"], ["ref", "v"], None, False],
            "{for k, v in var.m : k => v}",
        ),
        (["for", ["v"], ["ref", "l"], None, ["ref", "v"], ["ref", "v", "on"], False], "[for v in l : v if v.on]"),
        (["for", ["v"], ["ref", "l"], ["ref", "v"], 1, None, True], "{for v in l : v => 1...}"),
        (["text", "a-", ["ref", "var", "name"]], '"a-${var.name}"'),
        (["object", ["a", 1], [["ref", "var", "k"], 2]], '{"a" = 1, (var.k) = 2}'),
        (["unknown", ["ref", "var", "a"], ["ref", "var", "b"]], "…(var.a, var.b)"),
        (["part", "name"], "var.name"),
        (["part", "again"], "var.name"),
        (["list", ["part", "name"]], "[var.name]"),
        (["part", "body"], '{"a" = var.name}'),
    ],
)
def test_what_a_fact_states(stated: Any, text: str) -> None:
    assert written(FACTS.fact(stated).expression) == text
    assert written(FACTS.expression(stated)) == text


@each_case(
    "text",
    [
        "var.a && var.b && var.c",
        "var.a && (var.b && var.c)",
        "var.a && (var.b || !var.c)",
        "var.a && var.b || var.c",
        "!(var.a && var.b)",
        "-(var.a + 1) * 2",
        "1 - (2 - var.a) - 3",
        "(var.a ? 1 : 0) * var.b",
        "(var.a ? var.b : var.c) ? 1 : 0",
        "var.a > 0 ? 1 : var.b == 2 ? 2 : 3",
        "(var.a ? var.b : var.c).d",
        "a.b.*.c[0]",
        "a.b[*].c[0]",
        '"arn:aws:iam::1:user/$${aws:username}/%%{x}/é/${var.a}"',
    ],
)
def test_an_expression_is_written_with_the_parentheses_and_escapes_that_it_needs(text: str) -> None:
    parsed = expression(text)
    assert parsed is not None
    assert written(FACTS.expression(fact(parsed))) == text


def test_a_fact_has_parts_as_a_body_or_a_list() -> None:
    body = FACTS.fact({"a": ["list", {"b": 1}], "c": ["ref", "x"]}).parts
    assert isinstance(body, dict)
    assert isinstance(body["a"].parts, list)
    assert body["c"].parts is None
    assert isinstance(FACTS.fact(["part", "body"]).parts, dict)


def test_what_several_facts_have_is_built_once() -> None:
    assert FACTS.fact(["part", "name"]) is FACTS.fact(["part", "again"])
    assert FACTS.fact(["part", "name"]).expression is FACTS.fact(["part", "name"]).expression
