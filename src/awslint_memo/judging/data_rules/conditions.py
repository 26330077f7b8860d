"""Conditions of rules that are data: what they ask of a resource, and which values make that so.

A condition surely holds, surely does not, or is not known; `all`, `any` and `not` put these together, and what is
not known stays so unless the rest decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from awslint_memo.judging.data_rules.operators import Test, Verdict, contrary, every, negated, some, third_person
from awslint_memo.judging.data_rules.paths import ALL, Found, Items, Path, Subject, find
from awslint_memo.judging.data_rules.references import Naming, naming
from awslint_memo.judging.data_rules.tags import tag
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record, replace
from awslint_memo.model.value import Scalar, Value


@record(frozen=True, eq=False)
class Cause:
    """A value that decides a condition, and what would decide it otherwise.

    of: the property as a message names it; empty: the value's route. words: what is asked of it instead, as a verb.
    sentence: what a message says of the resource in place of all that. resource: that of the value. via: see Subject.
    """

    value: Value | Resource
    words: str
    resource: Resource
    of: str = ""
    sentence: str = ""
    via: str = ""

    @property
    def name(self) -> str:
        """The property, as a message names it."""
        route = self.value.route if isinstance(self.value, Value) else None
        return self.of or str(route or "")

    @property
    def called(self) -> str:
        """The property as the file calls it."""
        return self.resource.property_names.get(self.name) or self.name

    @property
    def asked(self) -> str:
        """What is asked, beside other causes."""
        if self.sentence:
            return f"{self.resource.title} {self.sentence}"
        return f"{self.called} of {self.resource.title} must {self.words}"


@record(frozen=True, eq=False)
class Answer:
    """The verdict on a condition, and what makes it so; no causes where it is not known."""

    verdict: Verdict
    causes: Sequence[Cause] = ()


NOT_KNOWN = Answer(None)


class Condition(Protocol):
    """Something that is asked of a resource."""

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""

    @property
    def clause(self) -> str:
        """What it asks, as a relative clause of a sentence: "whose Key is Owner"."""


def all_of(answers: Iterable[Answer]) -> Answer:
    """Whether all hold; those that surely do not are the causes."""
    known = list(answers)
    verdict = every([one.verdict for one in known])
    return Answer(verdict, () if verdict is None else list(_causes(known, verdict)))


def any_of(answers: Iterable[Answer]) -> Answer:
    """Whether one holds; where none does, the first cause says what each asks."""
    known = list(answers)
    verdict = some([one.verdict for one in known])
    causes = [] if verdict is None else list(_causes(known, verdict))
    if verdict is False and causes:
        asked = list(dict.fromkeys(_asked(cause, causes[0]) for cause in causes if cause.words))
        causes[0] = replace(causes[0], words=", or ".join(asked))
    return Answer(verdict, causes)


def _causes(answers: Iterable[Answer], verdict: Verdict) -> Iterator[Cause]:
    return (cause for one in answers if one.verdict is verdict for cause in one.causes)


def _asked(cause: Cause, first: Cause) -> str:
    is_of_first = cause.name == first.name and cause.resource is first.resource
    return cause.words if is_of_first else cause.asked


@record(frozen=True)
class All:
    """Whether all of some conditions hold."""

    conditions: Sequence[Condition]

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        return all_of(one.ask(subject) for one in self.conditions)

    @property
    def clause(self) -> str:
        """What it asks, as a relative clause."""
        return " and ".join(one.clause for one in self.conditions)


@record(frozen=True)
class Some:
    """Whether one of some conditions holds."""

    conditions: Sequence[Condition]

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        return any_of(one.ask(subject) for one in self.conditions)

    @property
    def clause(self) -> str:
        """What it asks, as a relative clause."""
        return " or ".join(one.clause for one in self.conditions)


@record(frozen=True)
class Not:
    """Whether a condition does not hold."""

    condition: Condition

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        answer = self.condition.ask(subject)
        return Answer(negated(answer.verdict), answer.causes)

    @property
    def clause(self) -> str:
        """What it asks, as a relative clause."""
        return f"for which it is not so that it is one {self.condition.clause}"


@record(frozen=True)
class Asked:
    """What is asked of a value: operators, all of which must hold. refers_to: a type of resource that it must refer to.
    has: what is asked of the item, or of that resource."""

    tests: Sequence[Test] = ()
    refers_to: str = ""
    has: Condition | None = None

    def clause(self, name: str) -> str:
        """What it asks of a property, as a relative clause; name: the property's, empty for the item itself."""
        asked = [third_person(test.words) for test in self.tests]
        asked += [f'refers to a resource of type "{self.refers_to}"'] if self.refers_to else []
        words = f"{f'whose {name}' if name else 'that'} {' and '.join(asked)}" if asked else ""
        return " ".join(filter(None, (words, "" if self.has is None else self.has.clause)))

    def of(self, value: Value, subject: Subject, name: str = "") -> Answer:
        """The answer for a value. name: the property as a message names it; empty: by the value's route."""
        answers = [self._tested(test, value, subject, name) for test in self.tests]
        if self.refers_to:
            answers.append(self._referred(value, subject, name))
        elif self.has is not None:
            answers.append(self.has.ask(Subject(subject.resource, value, subject.via)))
        answer = all_of(answers)
        # One value is one cause, whatever is asked of it.
        is_one = answer.verdict is False and not self.has
        return Answer(False, answer.causes[:1]) if is_one else answer

    @staticmethod
    def _tested(test: Test, value: Value, subject: Subject, name: str) -> Answer:
        verdict = test.verdict(value)
        if verdict is None:
            return NOT_KNOWN
        words = contrary(test.words) if verdict else test.words
        return Answer(verdict, [Cause(value, words, subject.resource, name, via=subject.via)])

    def _referred(self, value: Value, subject: Subject, name: str) -> Answer:
        words = f'refer to a resource of type "{self.refers_to}"'
        if value.is_absent:
            return Answer(False, [Cause(value, words, subject.resource, name, via=subject.via)])
        other = subject.resource.deployment.find(value, self.refers_to)
        if other is None:
            return NOT_KNOWN
        if self.has is None:
            return Answer(True, [Cause(value, f"not {words}", subject.resource, name, via=subject.via)])
        return self.has.ask(Subject(other, via=f"refers to {other.title}"))


@record(frozen=True)
class Property:
    """What is asked of the property at a path. default: what AWS takes where it is absent."""

    path: Path
    asked: Asked
    default: Scalar = None

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        return self._of(find(self.path, subject, self.default), subject)

    def _of(self, found: Found, subject: Subject) -> Answer:
        if isinstance(found, Value):
            return self.asked.of(found, subject)
        if found.found is None:
            return NOT_KNOWN
        answers = [self._of(one, subject) for one in found.found]
        if found.kind == ALL:
            return all_of(answers)
        answer = any_of(answers)
        return Answer(False, [self._none_of(found, subject)]) if answer.verdict is False else answer

    def _none_of(self, items: Items, subject: Subject) -> Cause:
        """The cause where no item of a list fulfils what one has to."""
        name = str(items.value.route or self.path.steps[0][0])
        clause = self.asked.clause(items.rest)
        sentence = f"has no item in {name} {clause}"
        return Cause(items.value, f"have an item {clause}", subject.resource, name, sentence, subject.via)

    @property
    def clause(self) -> str:
        """What it asks, as a relative clause."""
        return self.asked.clause(self.path.text)


@record(frozen=True)
class Tag:
    """What is asked of the value of a tag, by its name."""

    name: str
    asked: Asked

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        return self.asked.of(tag(subject.resource, self.name), subject, f"tag {self.name}")

    @property
    def clause(self) -> str:
        """What it asks, as a relative clause."""
        return self.asked.clause(f"tag {self.name}")


@record(frozen=True)
class ReferredBy:
    """Whether a resource of a type refers to this one by the property at a path. has: what is asked of it."""

    type: str
    path: Path
    has: Condition | None = None

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        resource = subject.resource
        others: Naming = naming(resource, self.type, self.path)
        answers = [self._of(other) for other in others.sure]
        if any(one.verdict is True for one in answers):
            return any_of(answers)
        if others.is_open or any(one.verdict is None for one in answers):
            return NOT_KNOWN
        if answers:
            return any_of(answers)
        sentence = f'is named by no "{self.type}" in {self.path.text}'
        return Answer(False, [Cause(resource, "", resource, "", sentence, subject.via)])

    @property
    def clause(self) -> str:
        """What it asks, as a relative clause."""
        return f'that a resource of type "{self.type}" names in {self.path.text}'

    def _of(self, other: Resource) -> Answer:
        if self.has is None:
            return Answer(True, [Cause(other, "", other, "", f"is named by {other.title}")])
        return self.has.ask(Subject(other, via=f"is named by {other.title}"))
