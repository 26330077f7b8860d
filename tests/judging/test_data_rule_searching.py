"""Searches for expressions of rules that are data: the same is found as by Python, and in a time that has a limit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awslint_memo.judging.data_rules.searching import Search
from awslint_memo.readers.terraform.functions.re2_syntax import read
from awslint_memo.readers.terraform.values import NotKnownError

PATTERNS = (
    *("^(a+)+$", "a|b", "^a", "b$", "a{2,3}b", "(ab|a)*c?$", r"\ba", r"a\B", "(?i)AB", "(?m)^b$", "(?s)a.b", "a.b"),
    *(
        "[^a]b",
        "(a*)*b",
        "a{0}b",
        r"\d+-\w*",
        "()*a",
        ".*a.*b.*c$",
        "a??b",
        "(a|b)*?c",
        r"\Aa\z",
        "(?m)a$",
        "(a{2,})+b",
    ),
)


@given(st.sampled_from(PATTERNS), st.text("abcAB-_1\n é", max_size=8))
def test_an_expression_finds_what_it_finds_elsewhere(pattern: str, text: str) -> None:
    syntax = read(pattern)
    assert Search(pattern).finds(text) == (re.search(syntax.text, text, syntax.flags) is not None)


@pytest.mark.parametrize("pattern", ["(?=a)b", r"(a)\1", "(a{1000}){3}", "(((){900}){900}){900}", "a" * 3000])
def test_what_is_too_large_or_not_of_re2_is_refused_at_once(pattern: str) -> None:
    with pytest.raises(NotKnownError):
        Search(pattern)


def test_what_is_remembered_of_an_expression_has_a_limit() -> None:
    search = Search("(a|b|c)*[a-m][b-p]{12}x")
    text = "".join(chr(97 + n * n * 7 % 23) for n in range(20_000))
    assert not search.finds(text)
    assert len(search._known) <= 10_000
