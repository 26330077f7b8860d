"""Conditions of rules that are data: what they ask of a resource, and which values make that so.

A condition surely holds, surely does not, or is not known; `all`, `any` and `not` put these together, and what is
not known stays so unless the rest decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from awslint_memo.judging.data_rules.answers import NOT_KNOWN, Answer, Cause, all_of, any_of
from awslint_memo.judging.data_rules.operators import Test, contrary, third_person
from awslint_memo.judging.data_rules.paths import ALL, Found, Items, Path, Subject, find
from awslint_memo.judging.data_rules.references import Naming, naming
from awslint_memo.judging.data_rules.tags import tag
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Scalar, Value

_OTHER = {"[any]": "[all]", "[all]": "[any]"}
_OTHER_ITEMS = regex(r"\[(?:any|all)\]")


class Condition(Protocol):
    """Something that is asked of a resource."""

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""

    def clause(self, is_so: bool = True) -> str:
        """What it asks, or the contrary, as a relative clause of a sentence: "whose Key is Owner"."""


@record(frozen=True)
class All:
    """Whether all of some conditions hold."""

    conditions: Sequence[Condition]

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        return all_of(one.ask(subject) for one in self.conditions).of_alternatives

    def clause(self, is_so: bool = True) -> str:
        """What it asks, or the contrary, as a relative clause."""
        return (" and " if is_so else " or ").join(one.clause(is_so) for one in self.conditions)


@record(frozen=True)
class Some:
    """Whether one of some conditions holds."""

    conditions: Sequence[Condition]

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        return any_of(one.ask(subject) for one in self.conditions)

    def clause(self, is_so: bool = True) -> str:
        """What it asks, or the contrary, as a relative clause."""
        return (" or " if is_so else " and ").join(one.clause(is_so) for one in self.conditions)


@record(frozen=True)
class Not:
    """Whether a condition does not hold."""

    condition: Condition

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        return self.condition.ask(subject).negated

    def clause(self, is_so: bool = True) -> str:
        """What it asks, or the contrary, as a relative clause."""
        return self.condition.clause(not is_so)


@record(frozen=True)
class Asked:
    """What is asked of a value: operators, all of which must hold. refers_to: a type of resource that it must refer to.
    has: what is asked of the item, or of that resource."""

    tests: Sequence[Test] = ()
    refers_to: str = ""
    has: Condition | None = None

    def clause(self, name: str, is_so: bool = True) -> str:
        """What it asks of a property, or the contrary, as a relative clause; name: the property's, empty for the item
        itself."""
        asked = [test.words for test in self.tests]
        asked += [f'refer to a resource of type "{self.refers_to}"'] if self.refers_to else []
        told = [third_person(words if is_so else contrary(words)) for words in asked]
        words = f"{f'whose {name}' if name else 'that'} {(' and ' if is_so else ' or ').join(told)}" if told else ""
        # Of a reference the verb alone is denied: "that does not refer to a key whose KeyState is Enabled".
        has = "" if self.has is None else self.has.clause(is_so or bool(told))
        return " ".join(filter(None, (words, has)))

    def of(self, value: Value, subject: Subject, name: str = "") -> Answer:
        """The answer for a value. name: the property as a message names it; empty: by the value's route."""
        answers = [self._tested(test, value, subject, name) for test in self.tests]
        if self.refers_to:
            answers.append(self._referred(value, subject, name))
        elif self.has is not None:
            answers.append(self.has.ask(Subject(subject.resource, value, subject.via)))
        answer = all_of(answers).of_alternatives
        # One value is one cause, whatever is asked of it.
        is_one = answer.verdict is False and not self.has
        return Answer(False, answer.causes[:1]) if is_one else answer

    @staticmethod
    def _tested(test: Test, value: Value, subject: Subject, name: str) -> Answer:
        def cause(value: Value, verdict: bool) -> Cause:
            words = contrary(test.words) if verdict else test.words
            return Cause(value, words, subject.resource, name, via=subject.via)

        verdicts = [(test.verdict(one), one) for one in test.asked_of(value)]
        among = {verdict for verdict, _ in verdicts}
        if len(among) == 1:
            verdict = among.pop()
            return NOT_KNOWN if verdict is None else Answer(verdict, [cause(value, verdict)])
        holds, fails = ([cause(one, side) for verdict, one in verdicts if verdict is side] for side in (True, False))
        return Answer(None, holds=holds, fails=fails)

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
            return all_of(one.of_each for one in answers)
        answer = any_of(one.of_one for one in answers)
        return Answer(False, [self._none_of(found, subject)]) if answer.verdict is False else answer

    def _none_of(self, items: Items, subject: Subject) -> Cause:
        """The cause where no item of a list fulfils what one has to."""
        name = str(items.value.route or self.path.steps[0][0])
        clause = self.asked.clause(items.rest)
        sentence = f"has no item in {name} {clause}"
        return Cause(items.value, f"have an item {clause}", subject.resource, name, sentence, subject.via)

    def clause(self, is_so: bool = True) -> str:
        """What it asks, or the contrary, as a relative clause."""
        # That one item is not so is the contrary of that all are so.
        name = self.path.text if is_so else _OTHER_ITEMS.sub(lambda match: _OTHER[match[0]], self.path.text)
        return self.asked.clause(name, is_so)


@record(frozen=True)
class Tag:
    """What is asked of the value of a tag, by its name."""

    name: str
    asked: Asked

    def ask(self, subject: Subject) -> Answer:
        """The answer for a subject."""
        return self.asked.of(tag(subject.resource, self.name), subject, f"tag {self.name}")

    def clause(self, is_so: bool = True) -> str:
        """What it asks, or the contrary, as a relative clause."""
        return self.asked.clause(f"tag {self.name}", is_so)


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

    def clause(self, is_so: bool = True) -> str:
        """What it asks, or the contrary, as a relative clause."""
        has = "" if self.has is None else f" {self.has.clause()}"
        return f'that {"a" if is_so else "no"} resource of type "{self.type}"{has} names in {self.path.text}'

    def _of(self, other: Resource) -> Answer:
        if self.has is None:
            return Answer(True, [Cause(other, "", other, "", f"is named by {other.title}")])
        return self.has.ask(Subject(other, via=f"is named by {other.title}"))
