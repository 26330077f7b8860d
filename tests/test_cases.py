"""A test of many cases names each that fails, and hides none."""

from __future__ import annotations

import pytest
from tests.cases import each_case


@each_case(("number", "expected"), [(1, 1), (2, 3), (3, 3), (4, 0)], ids=["one", "two", "three", "four"])
def compared(number: int, expected: int) -> None:
    assert number == expected, f"not {expected}"


def test_each_case_that_fails_is_shown() -> None:
    with pytest.raises(AssertionError) as caught:
        compared()
    shown = str(caught.value)
    assert shown.startswith("2 of 4 cases failed")
    assert [name for name in ("one", "two", "three", "four") if f"[{name}]" in shown] == ["two", "four"]
    assert "not 3" in shown
    assert "not 0" in shown


def test_a_case_is_named_by_its_values() -> None:
    @each_case("number", [7])
    def odd(number: int) -> None:
        raise ValueError

    with pytest.raises(AssertionError, match=r"\[7\]"):
        odd()


def test_a_case_that_raises_nothing_hides_no_other_one() -> None:
    @each_case("text", ["1", "x", "2"], ids=str)
    def refused(text: str) -> None:
        with pytest.raises(ValueError, match="invalid"):
            int(text)

    with pytest.raises(AssertionError, match=r"(?s)2 of 3 cases failed.*\[1\].*\[2\]"):
        refused()


def test_a_test_without_cases_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="no cases"):
        each_case("number", [])
