"""The values of variables, locals, outputs and arguments, each worked out once and never in a circle."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from awslint_memo.model.span import Place
from awslint_memo.model.value import Unknown, Value
from awslint_memo.readers.terraform.choices import Choices
from awslint_memo.readers.terraform.values import bounded


class Evaluations:
    """Values by what they are of, such as ("local", "name"). choices: is told what each of them depends on."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices
        self._known: dict[tuple[str, str], tuple[Value, Collection[str]]] = {}
        self._open: set[tuple[str, str]] = set()

    def once(self, key: tuple[str, str], place: Place, work: Callable[[], Value]) -> Value:
        """The result of `work`, cached by `key`; Unknown if its evaluation depends on itself."""
        known = self._known.get(key)
        if known is None:
            if key in self._open:
                return Unknown(f"{'.'.join(key)} refers to itself", place)
            self._open.add(key)
            try:
                with self._choices.noted() as asked:
                    value = bounded(work())
            finally:
                self._open.discard(key)
            # Most depend on nothing, and share one empty collection.
            self._known[key] = value, asked or ()
            return value
        value, names = known
        if names:
            self._choices.asked_all(names)
        return value

    def is_open(self, key: tuple[str, str]) -> bool:
        """Whether something is being evaluated."""
        return key in self._open

    @contextmanager
    def opened(self, key: tuple[str, str]) -> Iterator[None]:
        """Evaluate something inside of the block."""
        self._open.add(key)
        try:
            yield
        finally:
            self._open.discard(key)
