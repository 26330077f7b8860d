"""What the properties of resources depend on in one of several deployments of a Terraform root module."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache

from awslint_memo.model.dependencies import Answers, Question, note_all
from awslint_memo.model.deployment_words import Choice
from awslint_memo.model.value import Value
from awslint_memo.readers.terraform.choices import Choices
from awslint_memo.readers.terraform_names import COMPANIONS


class ChosenReads:
    """The answers of one deployment. assignment: what it chooses."""

    def __init__(self, choices: Choices, assignment: Mapping[str, Choice]) -> None:
        self._choices = choices
        self._answers = {name: choices.word(name, choice) for name, choice in assignment.items()}

    def answer(self, question: Question) -> object:
        """What is chosen for a variable; None if nothing is."""
        return self._answers.get(question[1])

    def answers(self, names: Collection[str]) -> Answers:
        """The questions about variables with their answers."""
        return {question: self.answer(question) for question in (("variable", name) for name in names)}

    def noting(self, read: Callable[[str], Value], name: str) -> Value:
        """An argument, with a note of the variables that it depends on."""
        with self._choices.noted() as asked:
            value = read(name)
        note_all(self.answers(asked))
        return value

    def of(self, type_: str, read: Callable[[str], Value]) -> NotingRead:
        """The properties of a resource of CloudFormation's type, which `read` gives."""
        return NotingRead(self, self._choices, type_, read)


class NotingRead:
    """Reads properties of a resource, and knows on which variables each depends."""

    def __init__(self, reads: ChosenReads, choices: Choices, type_: str, read: Callable[[str], Value]) -> None:
        self._reads = reads
        self._choices = choices
        self._type = type_
        self._read = read
        self._asked: dict[str, Collection[str]] = {}

    def read(self, name: str) -> Value:
        """The value of a property."""
        with self._choices.noted() as asked:
            value = self._read(name)
        if asked:
            self._asked[name] = asked
        return value

    def depends(self, name: str) -> Answers:
        """The variables that decide a property, with the answers; another resource may give it, if there is one."""
        asked = self._asked.get(name, ())
        if not self._choices.deciding_any:
            return self._reads.answers(asked) if asked else {}
        known = self._choices.existence
        givers = [one for one in _givers(self._type) if one in known]
        return self._reads.answers({*asked, *(self._choices.deciding(*givers) if givers else ())})


@cache
def _givers(type_: str) -> tuple[str, ...]:
    """The Terraform types that may give properties to resources of CloudFormation's type."""
    return tuple(one for one, table in COMPANIONS.items() if table.type == type_)
