"""The JSON parser: values, positions of all nodes, and errors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases import each_case

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem, Span
from awslint_memo.model.spelled import Spelled
from awslint_memo.syntax import json_nodes
from awslint_memo.syntax.json_nodes import JsonNode
from awslint_memo.syntax.node import Node, descend, fields

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
SPACE = st.text(alphabet=" \t\r\n", max_size=3)


def parse(text: str) -> Node:
    return json_nodes.parse(Source("template.json", text.encode(errors="surrogatepass")))


def written(data: Any, spaces: Any, raw: bool) -> str:
    """JSON text with random white space."""

    def draw() -> str:
        space: str = spaces.draw(SPACE)
        return space

    def one(value: Any) -> str:
        if isinstance(value, dict):
            inside = ",".join(f"{draw()}{one(key)}{draw()}:{one(child)}" for key, child in value.items())
            return f"{draw()}{{{inside}{draw()}}}{draw()}"
        if isinstance(value, list):
            return f"{draw()}[{','.join(one(child) for child in value)}{draw()}]{draw()}"
        return f"{draw()}{json.dumps(value, ensure_ascii=not raw)}{draw()}"

    return one(data)


def shown(source: Source, span: Span) -> str:
    """The text that a span covers."""
    starts = [0]
    for line in source.text.replace("\r\n", "\n\n").replace("\r", "\n").split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    # "\r\n" is a single line end.
    starts = [start for start in starts if source.text[start - 1 : start + 1] != "\r\n"]
    begin, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
    return source.text[begin:end]


@given(DATA, st.data(), st.booleans())
def test_every_span_covers_the_text_of_its_value(data: Any, spaces: Any, raw: bool) -> None:
    text = written(data, spaces, raw)
    root = parse(text)
    assert isinstance(root, JsonNode)
    source = Source("template.json", text.encode())
    for node in descend(root):
        assert isinstance(node, JsonNode)
        covered = shown(source, node.span)
        assert covered == covered.strip(" \t\r\n")
        assert json.loads(covered) == loosely(node.data)
        for key in fields(node):
            assert json.loads(shown(source, node.key(key).span)) == key


def loosely(data: Any) -> Any:
    """The data with numbers that the parser kept as text converted back to numbers."""
    if isinstance(data, dict):
        return {key: loosely(value) for key, value in data.items()}
    if isinstance(data, list):
        return [loosely(value) for value in data]
    return Number(data) if isinstance(data, str) else data


class Number(str):
    """A text that is equal to the number that it represents, if any."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return float(self) == other if isinstance(other, float) else str(self) == other

    __hash__ = str.__hash__


@each_case(
    ("text", "value"),
    [
        ("1", 1),
        ("1.5", 1.5),
        ("8.10", Spelled("8.10")),
        ("1e3", Spelled("1e3")),
        ("1e999", Spelled("1e999")),
        ("true", True),
        ("null", None),
        ('"\\u00e9"', "é"),
        ('"\\ud83d\\ude00"', "😀"),
        ('"0123"', "0123"),
        ('"a\u2028b"', "a\u2028b"),
    ],
)
def test_values(text: str, value: object) -> None:
    read = fields(parse(f'{{"a": {text}}}'))["a"].content
    assert read == value
    assert type(read) is type(value)


@each_case(
    ("text", "said"),
    [
        ('{"a": 1, "b": 2, "a": 3}', "1:18: duplicate key a (first in column 2 of this line); keep one of them"),
        ('{"a": 1,\n "\\u0061": 3}', "2:2: duplicate key a (first on line 1); keep one of them"),
        ('[{"a": 1}, {"a": {"b": 1,\n"b": 2}}]', "2:1: duplicate key b (first on line 1); keep one of them"),
        ('{"a": [1, 2,]}', "1:12: JSON does not allow a comma before a closing bracket; remove it"),
        ('{"a": 1,\n}', "1:8: JSON does not allow a comma before a closing bracket; remove it"),
        ('{"a": 1 // one\n}', "1:9: JSON does not allow comments; remove it"),
        ('{"a": 1, # one\n"b": 2}', "1:10: JSON does not allow comments; remove it"),
        ('{"a": 1} /* end */', "1:10: JSON does not allow comments; remove it"),
        ('{"a": {"b": [1, 2}', "1:18: } can't close the bracket [ of line 1; add ] before it"),
        ('{"a": {"b": "]"', "1:7: this bracket is not closed; add the closing bracket"),
        ('{"a": ', "1:1: this bracket is not closed; add the closing bracket"),
        ('{"a": "b', "1:7: the closing quote of this string is missing; add it"),
        (
            '{"a": 1}}',
            "1:9: this bracket closes nothing; remove it",
        ),
        ("{'a': 1}", "1:2: JSON does not allow single quotes; use double quotes"),
        ("{a: 1}", "1:2: a name in double quotes is expected here; add the quotes"),
        (
            '{"a": True}',
            "1:7: JSON does not know True; write true, false or null, or put text in double quotes",
        ),
        ('{"a": b}', "1:7: a value is expected here; add it, with text in double quotes"),
        ('{"a" 1}', "1:6: a colon is missing between a name and its value; add it"),
        (
            '{"a": "b\tc"}',
            "1:9: this string contains a line break or a tab; write \\n or \\t, or add the closing quote",
        ),
        ('{"a": "\\x"}', "1:8: JSON does not know this escape after a backslash; write \\\\ for a backslash"),
        (
            '{"a": -Infinity}',
            "1:7: -Infinity is not a number that can be read; write a number, or text in double quotes",
        ),
        ("", "1:1: the file is empty"),
        (" \n", "1:1: the file is empty"),
        ('{\r\n"a": 1,\r\n"b" 2}', "3:5: a colon is missing between a name and its value; add it"),
        ('{\r"a": 1,\r"b" 2}', "3:5: a colon is missing between a name and its value; add it"),
    ],
)
def test_mistakes(text: str, said: str) -> None:
    with pytest.raises(Problem) as raised:
        parse(text)
    assert str(raised.value) == f"template.json:{said}"


def test_the_depth_that_is_allowed() -> None:
    assert parse("[" * 100 + "1" + "]" * 100).content != []
    with pytest.raises(Problem, match="nesting is deeper than 100 levels"):
        parse("[" * 101 + "]" * 101)


@given(st.text(alphabet=st.sampled_from(list('{}[]:,"\\ntrue01.eE-+/*# \n\rNaI😀')), max_size=40))
def test_text_is_read_or_ends_in_a_problem_with_a_place_in_it(text: str) -> None:
    source = Source("template.json", text.encode())
    read = root_or_problem(source)
    if isinstance(read, Problem):
        assert "\n" not in read.message
        assert 1 <= read.line <= len(source.lines)
        assert 1 <= read.column <= len(source.lines[read.line - 1]) + 1
    else:
        for node in descend(read):
            json.loads(shown(source, node.span))


def root_or_problem(source: Source) -> Node | Problem:
    try:
        return json_nodes.parse(source)
    except Problem as problem:
        return problem
