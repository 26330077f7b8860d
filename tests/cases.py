"""One test of many cases that take next to no time each: what pytest does for a test takes longer than they do."""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeAlias

import pytest

Test: TypeAlias = "Callable[..., None]"
Ids: TypeAlias = "Callable[[Any], object] | Iterable[str] | None"


def each_case(names: str | Sequence[str], cases: Iterable[Any], *, ids: Ids = None) -> Callable[[Test], Test]:
    """Run a test for each case, as `pytest.mark.parametrize` does, but as one test, which shows each case that fails.

    For cases that take less than a millisecond, in tests without fixtures.
    """
    words = [word.strip() for word in names.split(",")] if isinstance(names, str) else list(names)
    every = list(cases)
    assert not any(hasattr(case, "marks") for case in every), "a case is its values; ids are given beside them"
    values = [dict(zip(words, (case,) if len(words) == 1 else case, strict=True)) for case in every]
    titles = _titles(values, ids)
    assert titles, "there are no cases"

    def decorate(test: Test) -> Test:
        @wraps(test)
        def run(*arguments: Any) -> None:
            results = [_failure(test, arguments, case) for case in values]
            failed = [f"[{title}]\n{text}" for title, text in zip(titles, results, strict=True) if text]
            assert not failed, f"{len(failed)} of {len(titles)} cases failed\n\n" + "\n".join(failed)

        signature = inspect.signature(test)
        others = [parameter for name, parameter in signature.parameters.items() if name not in words]
        run.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
        return run

    return decorate


def _failure(test: Test, arguments: Sequence[Any], case: Mapping[str, Any]) -> str:
    """What a case fails with, and where; nothing if it passes."""
    try:
        test(*arguments, **case)
    except (Exception, pytest.fail.Exception):
        return traceback.format_exc()
    return ""


def _titles(cases: Sequence[Mapping[str, Any]], ids: Ids) -> list[str]:
    if ids is None or callable(ids):
        named = ids or repr
        return ["-".join(str(named(value)) for value in case.values()) for case in cases]
    titles = [str(title) for title in ids]
    assert len(titles) == len(cases), "each case has one name"
    return titles
