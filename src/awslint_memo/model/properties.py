"""The properties of a resource: each is read once, with what it depends on."""

from __future__ import annotations

from collections.abc import Callable

from awslint_memo.model.origin import Route
from awslint_memo.model.reads import NOTING, Answers
from awslint_memo.model.value import Value


class Properties:
    """The top-level properties of a resource that were read so far.

    read: evaluates one. depends: gives what one depends on, or with "@" before its name what an attribute depends on;
    None where deployments differ in nothing.
    """

    __slots__ = ("_answers", "_depends", "_read", "_route", "values")

    def __init__(self, name: str, read: Callable[[str], Value], depends: Callable[[str], Answers] | None) -> None:
        self._read = read
        self._depends = depends
        self.values: dict[str, Value] = {}
        self._answers: dict[str, Answers] = {}
        self._route = Route(name)

    def value(self, name: str) -> Value:
        """The value of a property."""
        value = self.values.get(name)
        if value is None:
            value = self.values[name] = self._read(name).reached(self._route.below(name))
        if NOTING and self._depends is not None:
            self.note(name)
        return value

    def note(self, name: str) -> None:
        """Note what a property or attribute depends on, if somebody notes it. Many checks ask for the same ones."""
        if NOTING and self._depends is not None:
            known = self._answers.get(name)
            if known is None:
                known = self._answers[name] = self._depends(name)
            if known:
                NOTING[-1].answers.update(known)
