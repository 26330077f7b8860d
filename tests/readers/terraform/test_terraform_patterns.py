"""Regular expressions end, whatever they and the text are; what is too large for that is not known."""

from __future__ import annotations

import time

import pytest

from awslint_memo.model.span import Span
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.terraform.functions import FUNCTIONS
from awslint_memo.readers.terraform.functions.patterns import rounds
from awslint_memo.readers.terraform.values import EvalError

HERE = Span("main.tf", 1, 1, 1, 1)

SECONDS = 20
"""Far more than any of these needs; a search that backtracks would take years."""


def call(name: str, *arguments: str) -> Value:
    return FUNCTIONS[name]([Known(one, HERE) for one in arguments], HERE)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "a*a*a*a*a*a*b", "(?:(?:a?){30}){30}$"]
)
def test_no_text_makes_a_search_run_forever(pattern: str) -> None:
    began = time.monotonic()
    call("regex", pattern, "a" * 100 + "!")
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("pattern", ["x" * 3_000, "(((((a{100}){100}){100}", "(a{1000}){1000}", "(" * 200 + ")" * 200])
def test_a_pattern_that_is_too_large_is_not_followed(pattern: str) -> None:
    assert isinstance(call("regex", pattern, "x"), Unknown)


def test_many_searches_that_go_through_the_whole_text_are_not_followed() -> None:
    found = call("regexall", "a.*b|a", "a" * 3_000)
    assert isinstance(found, Unknown)
    assert not isinstance(found, EvalError)
    assert "too long" in found.why


def test_a_long_text_costs_more_rounds_of_the_limit() -> None:
    short, long = (rounds("regex", [Known("[a-z]+", HERE), Known("a" * n, HERE)]) for n in (10, 100_000))
    assert short <= 2
    assert long > 10_000


def test_what_a_replacement_makes_is_bounded() -> None:
    assert "too long" in call("replace", "a" * 10_000, "/a/", "b" * 1_000).why
    assert "too long" in call("replace", "a" * 10_000, "a", "b" * 1_000).why
    assert "too long" in call("indent", "1000", "\n" * 10_000).why


@pytest.mark.parametrize("pattern", [r"\p{Greek}", r"\p{Latin}+"])
def test_scripts_are_not_known(pattern: str) -> None:
    found = call("regex", pattern, "a")
    assert isinstance(found, Unknown)
    assert not isinstance(found, EvalError)
