"""Regular expressions are compiled late, so here each is compiled once: a mistake in one is not left to a user."""

import pkgutil
import re
from importlib import import_module

import pytest

import awslint_memo
from awslint_memo.model.lazy import regex

MODULES = [one.name for one in pkgutil.walk_packages(awslint_memo.__path__, "awslint_memo.")]


def test_it_does_what_a_compiled_one_does() -> None:
    word = regex(r"(?P<first>[a-z])[a-z]*", re.I)
    assert [one["first"] for one in word.finditer("One two")] == ["O", "t"]
    assert (word.sub("x", "a b"), word.groups, word.pattern) == ("x x", 1, r"(?P<first>[a-z])[a-z]*")
    with pytest.raises(AttributeError):
        word.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_every_one_of_the_package_can_be_compiled() -> None:
    found = [
        (name, one)
        for name in MODULES
        if not name.endswith(".__main__")
        for value in vars(import_module(name)).values()
        for one in (value if isinstance(value, tuple) else (value,))
        if type(one) is regex
    ]
    assert len(found) > 100
    for name, one in found:
        assert one.pattern, name
