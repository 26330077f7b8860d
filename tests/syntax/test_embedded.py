"""Texts in texts: what is not known keeps its place, whatever characters the known pieces have."""

from __future__ import annotations

import json

from tests.cases import each_case

from awslint_memo.model.partial import join
from awslint_memo.model.span import Span
from awslint_memo.model.value import Known, Link, Text, Unknown, Value
from awslint_memo.syntax.embedded import parse_embedded

HERE = Span("a.yaml", 1, 1, 1, 1)
QUEUE = Link("Orders", "Arn", HERE)
COUNT = Unknown("parameter Count", HERE, key="parameter Count")
PRIVATE = "".join(map(chr, range(0xE000, 0xF900)))


def text(*pieces: str | Value) -> Value:
    return join([Known(piece, HERE) if isinstance(piece, str) else piece for piece in pieces], HERE)


@each_case("odd", ["\ue000", "\ue0000\ue000", "\\ue000", "\\uE000", "\\ue0000\\ue000", "\ue001\ue000"])
def test_no_character_of_the_text_is_taken_for_a_piece(odd: str) -> None:
    parsed = parse_embedded(text(f'{{"odd": "{odd}", "a": "', QUEUE, '", "b": "x-', QUEUE, '"}'))
    assert parsed.get("odd").text == json.loads(f'"{odd}"')
    assert isinstance(parsed.get("a"), Link)
    assert isinstance(parsed.get("b"), Text)
    assert parsed.get("b").starts_with("x-")
    number = parse_embedded(text(f'{{"odd": "{odd}", "n": ', COUNT, "}"))
    assert number.get("odd").text == parsed.get("odd").text
    assert number.get("n").is_same_as(COUNT)


def test_a_piece_within_quotes_and_one_without_stand_in_one_text() -> None:
    parsed = parse_embedded(
        text(r'{"a\"": "x ', QUEUE, r'\\", "n": ', COUNT, ', "list": [', COUNT, '], "b": "', QUEUE, '"}')
    )
    assert parsed.get("n").is_same_as(COUNT)
    assert parsed.get("b").is_same_as(QUEUE)
    assert parsed.fields['a"'].ends_with("\\")
    assert parsed.get("list").is_known


def test_a_text_with_every_private_character_is_not_known() -> None:
    assert parse_embedded(text('{"a": "', PRIVATE, QUEUE, '"}')).is_unknown
    assert parse_embedded(text('{"a": "', PRIVATE[1:], QUEUE, '"}')).get("a").ends_with("x") is None


def test_a_field_whose_name_is_not_known_may_be_any() -> None:
    parsed = parse_embedded(text('{"a": "1", "', COUNT, '": "2"}'))
    assert list(parsed.fields) == ["a"]
    assert parsed.get("a").text == "1"
    assert parsed.get("b").is_unknown


def test_what_is_no_json_or_has_no_text_stays_as_it_is() -> None:
    assert parse_embedded(QUEUE) is QUEUE
    assert parse_embedded(COUNT) is COUNT
    assert parse_embedded(text("a ", QUEUE)).starts_with("a ")
    assert parse_embedded(text("{", QUEUE)).is_unknown
