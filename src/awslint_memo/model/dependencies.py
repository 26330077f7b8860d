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


UNSETTLED: Final = ("lookup", "output")
"""Kinds of questions that have no answer until they are met."""

_LEAST: Final = 3
"""Fewer questions than this are not kept together: asking them one by one is as fast."""


class Together(dict[Question, Any]):
    """What the value of a property depends on, if one question ("value") is asked for all of this. known: its answer,
    which is equal where all answers are."""

    __slots__ = ("known",)

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)
        self.known = Hashed(tuple(answers.items()))


def are_settled(answers: Answers) -> bool:
    """Whether questions can be asked together: where that saves something, and none may have another answer later."""
    return len(answers) >= _LEAST and all(question[0] not in UNSETTLED for question in answers)


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


def group(answers: Answers, resource: str, path: str) -> Question | None:
    """The question that stands for all those that a property depends on; None where each is asked by itself."""
    if isinstance(answers, Together):
        return "value", resource, path
    return ("group", Hashed(tuple(answers))) if are_settled(answers) else None


class Reads:
    """The questions of one check, each with its answer, and the values that it was given by resource and path.

    singles: those that were asked one by one. groups: by the question that stands for them, those that properties
    depend on of which it read the value. unknown: the values that it looked up in one that it was given and that are
    not known.
    """

    __slots__ = ("_questions", "groups", "singles", "unknown", "values")

    def __init__(self) -> None:
        self.singles: dict[Question, Any] = {}
        self.groups: dict[Question, Answers] = {}
        self.values: dict[tuple[str, str], Any] = {}  # Of the class Value, which itself notes what it was asked.
        self.unknown: list[Placed] = []
        self._questions: Hashed | None = None

    @property
    def answers(self) -> Answers:
        """All questions, each with its answer."""
        every: dict[Question, Any] = {}
        for answers in self.groups.values():
            every.update(answers)
        every.update(self.singles)
        return every

    def add(self, other: Reads) -> None:
        """Add the questions of others."""
        self.singles.update(other.singles)
        self.groups.update(other.groups)

    @property
    def questions(self) -> Hashed:
        """What was asked; of what a relation works out, with what it asked for that. Only once all is read.

        What a property depends on is one question ("value", or "group" of those that it depends on): a deployment keeps
        its answer for all checks that read the property, instead of one for each of the questions.
        """
        if self._questions is None:
            singles = self.singles.items()
            questions = ((*one, answer.questions) if one[0] == "once" else one for one, answer in singles)
            self._questions = Hashed((*self.groups, *questions))
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
        NOTING[-1].singles[question] = answer


def note_all(answers: Answers) -> None:
    """Note several questions with their answers."""
    if NOTING:
        NOTING[-1].singles.update(answers)


def note_reads(reads: Reads) -> None:
    """Note the questions of somebody else."""
    if NOTING:
        NOTING[-1].add(reads)


def note_value(resource: str, path: str, value: Placed) -> None:
    """Note a value that a check was given."""
    if NOTING:
        NOTING[-1].values[resource, path] = value


def note_unknown(value: Placed) -> None:
    """Note a value that is not known and that was looked up in another one."""
    if NOTING:
        NOTING[-1].unknown.append(value)
