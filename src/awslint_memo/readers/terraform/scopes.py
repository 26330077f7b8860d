"""What an expression is evaluated in: the meaning of its names, and limits of the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias

from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Link, Unknown, Value
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.local_files import LocalFiles

Way: TypeAlias = "Sequence[tuple[str, Value]]"
"""The steps of a traversal with evaluated indexes: the kind of each, and its key."""


class Scope(Protocol):
    """The scope of an expression: the meaning of its names."""

    def refer(self, root: str, way: Way, place: Place) -> Value:
        """Evaluate a name with the steps after it."""

    def select(self, value: Value, way: Way, place: Place) -> Value:
        """Apply steps to a value."""

    def text(self, parts: list[Value], place: Place) -> Value:
        """Concatenate the parts of a text."""

    def said(self, value: Value) -> Value:
        """The text of a reference to an attribute that the configuration sets; any other value as it is."""

    def call(self, name: str, values: Sequence[Value], place: Place) -> Value:
        """Evaluate a function that is none of FUNCTIONS, for example because it reads files."""

    @property
    def local(self) -> LocalFiles | None:
        """The files that functions read; None if none are."""

    def within(self, names: Mapping[str, Value]) -> Scope:
        """The same scope with additional names."""

    def spend(self, rounds: int) -> bool:
        """Count iterations of loops; returns whether they are within the limit."""

    def compared(self, one: Value, others: Iterable[Value]) -> None:
        """Note that a value, which may be chosen at deployment, is compared with others."""

    def tested(self, value: Value) -> bool | None:
        """Whether a condition holds; None if it is not known. If it may be chosen at deployment, that is noted."""


def affords(scope: Scope, rounds: int) -> bool:
    """Whether what costs as much as some iterations of a loop may be worked out; what costs none always may."""
    return not rounds or scope.spend(rounds)


def too_costly(place: Place) -> Unknown:
    """Replaces what a scope does not afford; it may contain any references, which nobody looks for."""
    return Unknown("what takes too long in a loop", place, anything=True)


def said(value: Value, scope: Scope) -> Value:
    """A value in whose place, and in whose items' place, the texts stand of references that the configuration sets."""
    if not isinstance(value, Known) or isinstance(value, Encoded):
        return scope.said(value)
    content = value.content
    if not isinstance(content, list) or not any(isinstance(item, Link) for item in content):
        return scope.said(value)
    return value.having([scope.said(item) for item in content])
