"""The YAML parser: values as in CloudFormation, positions, and errors."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import each_case

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem, Span
from awslint_memo.model.spelled import Spelled
from awslint_memo.model.value import number_of
from awslint_memo.syntax import yaml_nodes
from awslint_memo.syntax.node import Node, descend, fields


def parse(text: str) -> Node:
    return yaml_nodes.parse(Source("template.yaml", text.encode()))


def plain(node: Node) -> Any:
    content = node.content
    if isinstance(content, Mapping):
        return {key: plain(child) for key, child in content.items()}
    return [plain(child) for child in content] if isinstance(content, list) else content


def shown(source: str, span: Span) -> str:
    """The text that a span covers."""
    lines = Source("", source.encode()).lines[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


@each_case(
    ("written", "value"),
    [
        ("2010-09-09", "2010-09-09"),
        ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z"),
        ("0123", "0123"),
        ("012345678901", "012345678901"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("123456789012", 123456789012),
        ("0", 0),
        ("-5", -5),
        ("+5", "+5"),
        ("1.5", 1.5),
        ("8.10", "8.10"),
        ("1e3", "1e3"),
        ("1.", "1."),
        (".5", ".5"),
        ("1e999", "1e999"),
        ("9" * 400, "9" * 400),
        (".inf", ".inf"),
        ("yes", True),
        ("No", False),
        ("ON", True),
        ("off", False),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("y", "y"),
        ('"true"', "true"),
        ("'600'", "600"),
        ('"null"', "null"),
        ("null", None),
        ("~", None),
        ("", None),
        ("!!str 5", "5"),
        ("!!int 5", 5),
        ("!!int '5'", 5),
        ("!!float 1.5", 1.5),
        ("!!bool no", False),
        ("!!bool Y", True),
        ("!!null x", None),
        ("!!binary aGk=", "aGk="),
        ("=", "="),
        ("a # b", "a"),
        ("a#b", "a#b"),
        ("|\n  a\n  b\n", "a\nb\n"),
        (">-\n  a\n  b\n", "a b"),
        ("!Ref Queue", {"Ref": "Queue"}),
        ("!Condition IsProd", {"Condition": "IsProd"}),
        ("!GetAtt Queue.Arn", {"Fn::GetAtt": ["Queue", "Arn"]}),
        ("!GetAtt [Queue, Arn]", {"Fn::GetAtt": ["Queue", "Arn"]}),
        ("!Sub 'a-${B}'", {"Fn::Sub": "a-${B}"}),
        ("!Join ['-', [a, !Ref B]]", {"Fn::Join": ["-", ["a", {"Ref": "B"}]]}),
        ("!Ref 5", {"Ref": "5"}),
        ("!Ref '5'", {"Ref": "5"}),
        ("!Anything [a]", {"Fn::Anything": ["a"]}),
        ("!Transform {Name: x}", {"Fn::Transform": {"Name": "x"}}),
        ("! a", "a"),
    ],
)
def test_values(written: str, value: object) -> None:
    read = plain(parse(f"a: {written}\n"))["a"]
    assert read == value
    assert (str if type(read) is Spelled else type(read)) is type(value)


@each_case(
    ("written", "number"),
    [
        ("0123", None),
        ("0o17", None),
        ("-0500", None),
        ("!!int 0500", None),
        ("00", 0),
        ("007", 7),
        ("0900", 900),
        ("012345678901", 12345678901),
        ("0x1F", 31),
        ("-0x1f", -31),
        ("0b1_01", 5),
        ("!!int 0x0", 0),
        ("1_000", 1000),
        ("+5", 5),
        ("8.10", 8.1),
        ("1e3", 1000),
        ("1:00", 60),
        ("-1:01:01", -3661),
    ],
)
def test_numbers_as_yaml_1_1_spells_them(written: str, number: float | None) -> None:
    read = plain(parse(f"a: {written}\n"))["a"]
    assert isinstance(read, Spelled)
    assert read.number == number
    assert number_of(read) == number


@pytest.mark.parametrize("written", ["'0x1f'", "0x", "01:00", "80:99", "1-2", "1.2.3", ".", "+", "2012-10-17", "_1"])
def test_what_is_no_number_is_a_text(written: str) -> None:
    assert not isinstance(plain(parse(f"a: {written}\n"))["a"], (Spelled, int, float))


@pytest.mark.parametrize("number", ["0x_", "0b_", "0o_", "._", "1e999"])
def test_a_number_without_digits_is_none(number: str) -> None:
    assert number_of(Spelled(number)) is None


def test_anchors_and_merges() -> None:
    text = """
base: &base {a: 1, b: 2}
more: &more {b: 3, c: 4}
one: {<<: *base, b: 5}
both: {<<: [*base, *more], d: 6}
late: {d: 7, <<: *base}
quoted: {"<<": *base}
"""
    read = plain(parse(text))
    assert read["one"] == {"a": 1, "b": 5}
    assert read["both"] == {"a": 1, "b": 2, "c": 4, "d": 6}
    assert read["late"] == {"d": 7, "a": 1, "b": 2}
    assert read["quoted"] == {"<<": {"a": 1, "b": 2}}


def test_two_merges_in_one_mapping_are_no_duplicate() -> None:
    read = plain(parse("a: &a {x: 1}\nb: &b {y: 2}\nc:\n  <<: *a\n  <<: *b\n"))
    assert read["c"] == {"x": 1, "y": 2}


def test_an_anchor_may_be_used_often() -> None:
    items = ", ".join(["*a"] * 1000)
    assert len(plain(parse(f"a: &a {{x: [1, 2]}}\nb: [{items}]\n"))["b"]) == 1000


@each_case(("first", "second"), [("a", "a"), ("a", '"a"'), ("1", "'1'"), ("? a\n", "a")])
def test_duplicate_keys_are_told_with_both_places(first: str, second: str) -> None:
    text = f"{first}: b\n" if not first.startswith("?") else "? a\n: b\n"
    with pytest.raises(Problem) as raised:
        parse(f"x: y\n{text}{second}: c\n")
    assert "(first on line 2); keep one of them" in raised.value.message
    assert raised.value.line == text.count("\n") + 2


def test_duplicate_keys_in_one_line() -> None:
    with pytest.raises(Problem) as raised:
        parse("x: {a: 1, b: 2, a: 3}\n")
    assert str(raised.value) == "template.yaml:1:17: duplicate key a (first in column 5 of this line); keep one of them"


def test_a_span_ends_where_the_text_ends() -> None:
    text = "a:\n  b: c   # note\n  d: >\n    e\n    f\n\n\ng: h\n"
    root = fields(parse(text))
    assert shown(text, fields(root["a"])["b"].span) == "c"
    assert shown(text, fields(root["a"])["d"].span) == ">\n    e\n    f"
    assert shown(text, root["a"].span) == "b: c   # note\n  d: >\n    e\n    f"
    assert shown(text, parse(text).key("g").span) == "g"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("odd", ["", "é", "😀", "\u2028", "\u0085", "\u2029x"])
def test_lines_and_columns_are_those_of_an_editor(end: str, odd: str) -> None:
    text = f"a: '{odd}'{end}b:{end}  - '{odd}'{end}  - {{c: '{odd}', d: e}}{end}"
    root = parse(text)
    items = fields(root)["b"].content
    assert isinstance(items, list)
    key = items[1].key("d").span
    assert (key.line, key.column) == (4, len(f"  - {{c: '{odd}', d"))
    assert shown(text, key) == "d"
    assert shown(text, fields(items[1])["d"].span) == "e"
    assert shown(text, items[0].span) == f"'{odd}'"


# JSON writes characters beyond U+FFFF as two surrogate escapes, which YAML does not allow.
TEXT = st.text(st.characters(max_codepoint=0xD7FF), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | TEXT
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(TEXT, DATA, max_size=4), st.sampled_from([None, 1, 3]))
def test_json_is_yaml(data: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(data, indent=indent)
    root = parse(text)
    assert plain(root) == data
    for node in descend(root):
        assert json.loads(shown(text, node.span)) == plain(node)


@given(st.text(alphabet=st.sampled_from(list("ab:-[]{}&*!|>'\"%@#? \n\t<,~1\u2028😀")), max_size=60))
def test_text_is_read_or_ends_in_a_problem_with_a_place_in_it(text: str) -> None:
    source = Source("template.yaml", text.encode())
    read = root_or_problem(source)
    if isinstance(read, Problem):
        assert "\n" not in read.message
        assert 1 <= read.line <= len(source.lines) + 1
        assert read.column >= 1
    else:
        plain(read)
        for node in descend(read):
            assert (node.span.line, node.span.column) <= (node.span.end_line, node.span.end_column)


def root_or_problem(source: Source) -> Node | Problem:
    try:
        return yaml_nodes.parse(source)
    except Problem as problem:
        return problem


@each_case("value", ["'Orders' (shop)", '"Orders" of', "!Sub 'Orders' of", "[Orders] of"])
def test_text_behind_a_value_is_not_called_indentation(value: str) -> None:
    with pytest.raises(Problem, match="the value ends before this text; put the whole value in quotes"):
        parse(f"Description: {value}\nResources: {{}}\n")


_FORMS = """\
A: &a [1, "two", {b: !Ref C}]
D: *a
E: !Sub
  - "${F}"
  - F: |
      text

G: {<<: &m {h: 1}, i: }
J: *m
"""


@each_case("text", [_FORMS, "{a: [1, 2], b: {c: d}}", "", "a: &x 1\nb: &x 2"])
def test_a_text_is_read_alike_beside_other_threads(text: str) -> None:
    """PyYAML makes our nodes only where no other thread may ask it for its own; elsewhere they are converted."""
    source = Source("template.yaml", text.encode())
    done = threading.Event()
    alone = _spans(source)
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert _spans(source) == alone
    finally:
        done.set()
        thread.join()


def _spans(source: Source) -> list[Any]:
    try:
        root = yaml_nodes.parse(source)
    except Problem as problem:
        return [str(problem)]
    return [(node.span, plain(node), [node.key(name).span for name in fields(node)]) for node in descend(root)]


@each_case("text", ["a: 1", "a: [", "a: 1\n---\nb: 2"])
def test_pyyaml_makes_its_own_nodes_for_others(text: str) -> None:
    with suppress(Problem):
        parse(text)
    assert type(yaml.compose("a: [1]", Loader=yaml.CSafeLoader)) is yaml.MappingNode
    assert yaml.load("a: [1]", Loader=yaml.CSafeLoader) == {"a": [1]}
