"""What an expression is evaluated in: the meaning of its names, and limits of the work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias

from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
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
