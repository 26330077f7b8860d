"""What a check reads of a deployment, so that its findings can be taken over where another deployment reads the same.

Deployments of one template differ in little. A check is a function of what it asks: values of properties, resources by
type or name, what a relation has worked out. While a check runs, each question and its answer are noted here; another
deployment in which every question has the same answer needs no second run. The same notes explain a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from awslint_memo.model.origin import Placed

Question: TypeAlias = "tuple[Any, ...]"
"""The kind of question and what it asks about: "type" and "name" for resources, "resources" for all, "once" for what
a relation works out, and those of the reader for what a value depends on (a condition, a parameter)."""

Answers: TypeAlias = "Mapping[Question, Any]"
"""Questions with their answers; the same object, or an equal text or tuple, is the same answer."""


class Hashed:
    """A tuple that is compared very often: its hash is kept, and two equal ones are one from then on."""

    __slots__ = ("_hash", "parts")

    def __init__(self, parts: tuple[Any, ...]) -> None:
        self.parts = parts
        self._hash = hash(parts)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Hashed) or self._hash != other._hash:
            return False
        if self.parts is not other.parts:
            if self.parts != other.parts:
                return False
            self.parts = other.parts
        return True


class Reads:
    """The questions of one check, each with its answer, and the values that it was given by resource and path.

    unknown: those that it looked up in such a value and that are not known.
    """

    __slots__ = ("_questions", "answers", "unknown", "values")

    def __init__(self) -> None:
        self.answers: dict[Question, Any] = {}
        self.values: dict[tuple[str, str], Any] = {}  # Of the class Value, which itself notes what it was asked.
        self.unknown: list[Placed] = []
        self._questions: Hashed | None = None

    @property
    def questions(self) -> Hashed:
        """What was asked; of what a relation works out, with what it asked for that. Only once all is read."""
        if self._questions is None:
            pairs = self.answers.items()
            questions = tuple((*one, answer.questions) if one[0] == "once" else one for one, answer in pairs)
            self._questions = Hashed(questions)
        return self._questions


NOTING: Final[list[Reads]] = []
"""The checks and relations that run at present, the innermost last."""


class Noting:
    """Notes what is read inside of a `with` block, and there alone; a large run has very many."""

    __slots__ = ()

    def __enter__(self) -> Reads:
        reads = Reads()
        NOTING.append(reads)
        return reads

    def __exit__(self, *_: object) -> None:
        NOTING.pop()


_WITHIN = Noting()


def noted() -> Noting:
    """Note what is read inside of the block, and there alone."""
    return _WITHIN


def note(question: Question, answer: Any) -> None:
    """Note a question and its answer, if somebody notes them at present."""
    if NOTING:
        NOTING[-1].answers[question] = answer


def note_all(answers: Answers) -> None:
    """Note several questions with their answers."""
    if NOTING:
        NOTING[-1].answers.update(answers)


def note_value(resource: str, path: str, value: Placed) -> None:
    """Note a value that a check was given."""
    if NOTING:
        NOTING[-1].values[resource, path] = value


def note_unknown(value: Placed) -> None:
    """Note a value that is not known and that was looked up in another one."""
    if NOTING:
        NOTING[-1].unknown.append(value)


def is_noting() -> bool:
    """Whether somebody notes what is read at present."""
    return bool(NOTING)
