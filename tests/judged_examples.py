"""The examples of rules with their findings, which each process works out once for all tests that only read them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest

from awslint_memo.judging.examples import Example, examples
from awslint_memo.judging.rule import Rule
from awslint_memo.model.deployment import Resource
from awslint_memo.model.finding import Finding
from awslint_memo.model.value import Value
from awslint_memo.relations.sqs import receivers

RECEIVERS = {name: getattr(receivers, name) for name in ("is_consumed", "has_declared_consumer")}
"""What tests outside of those of rules replace; see conftest."""


class Judged(NamedTuple):
    """The examples of a rule with their findings, and what was asked of resources meanwhile."""

    bad: list[tuple[Example, list[Finding]]]
    good: list[tuple[Example, list[Finding]]]
    read: frozenset[tuple[str, str]]
    """The properties that were read: the resource's type, and the property's path."""
    reads_in_bad: bool
    """Whether a property is read in a bad example."""
    meets_unknown: bool
    """Whether a value that is read in a good example is unknown, or has such a part."""


@cache
def judged(rule: Rule) -> Judged:
    """The rule's examples. A test that changes the program while it judges has to judge by itself.

    It is worked out as tests of rules see it, whichever test asks first.
    """
    values: list[Value] = []
    read: set[tuple[str, str]] = set()
    get = Resource.get

    def recorded(self: Resource, path: str, default: str | float | None = None) -> Value:
        read.add((self.type, path))
        values.append(get(self, path, default))
        return values[-1]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Resource, "get", recorded)
        for name, function in RECEIVERS.items():
            patched.setattr(receivers, name, function)
        bad = [(example, example.findings()) for example in examples(rule, rule.bad)]
        reads_in_bad = bool(values)
        values.clear()
        good = [(example, example.findings()) for example in examples(rule, rule.good)]
        return Judged(bad, good, frozenset(read), reads_in_bad, any(map(holds_unknown, values)))


def holds_unknown(value: Value) -> bool:
    inner = [*value.items, *value.fields.values()]
    return value.is_unknown or any(holds_unknown(child) for child in inner if child is not value)
