"""Compares operands of conditions, and gives results to the conditions that the values of parameters do not decide.

Undecided are conditions that compare an import, for example; each of them may be true or false.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from awslint_memo.model.deployment_words import Assignment, Choice
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.spelled import Spelled
from awslint_memo.model.value import Known, Link, Unknown, Value
from awslint_memo.readers.cloudformation.parameters import is_handed_down
from awslint_memo.syntax.node import Node, fields, plain, text


def joined(answers: Iterable[bool | None], decisive: bool | None) -> bool | None:
    """What several answers come to, of which a decisive one suffices; None: not known."""
    known = list(answers)
    if decisive is None or decisive in known:
        return decisive
    return None if None in known else not decisive


class Comparison(NamedTuple):
    """A comparison of something with a text; holds: the result of the condition if they are equal.

    parameter: the name of the parameter that is compared, if it is one and the text is written as a text.
    """

    operand: str
    text: str
    holds: bool
    parameter: str = ""


def comparison(node: Node) -> Comparison | None:
    """What a condition compares with a text, if it does nothing else."""
    holds = True
    while "Fn::Not" in fields(node):
        negated = fields(node)["Fn::Not"].content
        if not isinstance(negated, list) or len(negated) != 1:
            return None
        node, holds = negated[0], not holds
    operands = fields(node).get("Fn::Equals")
    both = operands.content if operands is not None else None
    if not isinstance(both, list) or len(both) != 2:
        return None
    for one, other in ((both[0], both[1]), (both[1], both[0])):
        # What 0x10 is as a text is not certain.
        if isinstance(other.content, (str, int, float)) and type(other.content) is not Spelled:
            said = fields(one)
            parameter = text(said.get("Ref")) if len(said) == 1 and isinstance(other.content, str) else None
            return Comparison(repr(plain(one)), str(other.content), holds, parameter or "")
    return None


def _equal(one: Value, two: Value) -> bool | None:
    same = _same_spelled(one, two) if Spelled in (_kind(one), _kind(two)) else one.is_same_as(two)
    if same is not None:
        return same
    keys = [value.key for value in (one, two) if isinstance(value, Unknown) and value.key.startswith("other than")]
    if len(keys) == 2:
        return keys[0] == keys[1]
    if any(isinstance(value, Link) for value in (one, two)) and (one.is_known or two.is_known):
        return False  # We assume that an attribute of a resource is never equal to a constant.
    if "" in (one.text, two.text) and any(map(is_handed_down, (one, two))):
        return False  # Nor is what the parent of a nested stack has no default for, and gives it, left empty.
    return False if keys and (one.is_known or two.is_known) else None


def _kind(value: Value) -> type | None:
    return type(value.content) if isinstance(value, Known) else None


def _same_spelled(one: Value, two: Value) -> bool | None:
    """Whether two values, one of which is a number that is spelled as YAML 1.1 allows, are surely the same text."""
    if not isinstance(one, Known) or not isinstance(two, Known):
        return None
    if _kind(one) is _kind(two) and one.content == two.content:
        return True
    return False if _texts(one).isdisjoint(_texts(two)) else None


def _texts(value: Known) -> frozenset[str]:
    return value.content.texts if isinstance(value.content, Spelled) else frozenset((value.text or "",))


def _plain(value: Value) -> str | None:
    """A text that is written as one; None for everything else."""
    is_written = isinstance(value, Known) and type(value.content) is str and not value.is_secret
    return value.text or None if is_written else None


def _contains(members: Value, wanted: Value) -> bool | None:
    own, texts = _plain(wanted), [_plain(member) for member in members.items]
    # Lists of instance types are long, and each choice of a parameter is looked up in them.
    if own is not None and (own in texts or None not in texts):
        return own in texts
    return joined((_equal(member, wanted) for member in members.items), decisive=True)


def _each_equals(members: Value, wanted: Value) -> bool | None:
    if isinstance(members, Unknown):
        return None
    return joined((_equal(member, wanted) for member in members.items), decisive=False)


def _each_in(members: Value, allowed: Value) -> bool | None:
    if isinstance(members, Unknown):
        return None
    return joined((_contains(allowed, member) for member in members.items), decisive=False)


COMPARISONS = {
    "Fn::Equals": _equal,
    "Fn::Contains": _contains,
    "Fn::EachMemberEquals": _each_equals,
    "Fn::EachMemberIn": _each_in,
}
"""The functions that compare, those of the Rules section among them
(AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html, read 2026-11-26)."""


class Conditional(Protocol):
    """The conditions of a template, as far as their results are asked for."""

    @property
    def written(self) -> Mapping[str, Node]:
        """The conditions by name."""

    def needs(self, name: str) -> Sequence[str]:
        """The conditions that a condition names."""

    def answer(self, name: str, assignment: Assignment) -> bool | None:
        """The result of a condition; None if the assignment does not decide it."""

    def answer_among(self, results: dict[str, bool | None], name: str, assignment: Assignment) -> bool | None:
        """The same, with the results for this assignment so far, which receive it."""


class Undecided:
    """Extends assignments of parameters by results of the conditions of a template."""

    def __init__(self, conditions: Conditional) -> None:
        self._conditions = conditions

    def every(self, names: list[str], assignment: Assignment) -> Iterator[Assignment]:
        """The assignment extended by every combination of results of the conditions that it does not decide.

        There may be very many of them; they are made one by one.
        """
        # Conditions before this position of the names are decided.
        answer = self._conditions.answer
        pending = [(assignment, 0)]
        while pending:
            current, position = pending.pop()
            while position < len(names) and answer(names[position], current) is not None:
                position += 1
            if position == len(names):
                yield current
                continue
            root = self._root(names[position], current)
            for result in (False, True):
                if self._may_be(root, result, current):
                    extended = {**current, f"condition {root}": result, **self._twins(root, result)}
                    pending.append((extended, position))

    def one(self, names: Sequence[str], assignment: Assignment, wish: Callable[[str], bool]) -> Assignment:
        """The assignment extended by the result that is wished of each condition that it does not decide.

        names: each behind those that it depends on. A condition that can't have its wish has the other result.
        """
        found: dict[str, Choice] = {**assignment}
        results: dict[str, bool | None] = {}
        equal: dict[str, str] = {}
        for name in names:
            if self._conditions.answer_among(results, name, found) is not None:
                continue
            mine, result = self.comparisons.get(name), wish(name)
            if mine is not None and mine.holds is result and equal.setdefault(mine.operand, mine.text) != mine.text:
                result = not result  # Nothing equals two different texts.
            said = {f"condition {name}": result, **self._twins(name, result)}
            found |= said
            results |= {one.removeprefix("condition "): answer for one, answer in said.items()}
        return found

    def outcomes(self, names: Sequence[str], assignment: Assignment, choices: Mapping[str, Collection[Choice]]) -> int:
        """In how many ways at least conditions come out.

        assignment: one of those that the choices allow. It decides all that others decide.
        """
        values = {repr({"Ref": name}): ones for name, ones in choices.items() if not name.startswith("AWS::")}
        texts: dict[str, set[str]] = {}
        count = 1
        for name in names:
            mine = self.comparisons.get(name)
            if mine is not None and mine.text in values.get(mine.operand, ()):
                texts.setdefault(mine.operand, set()).add(mine.text)
            elif self._conditions.answer(name, assignment) is None and not self._conditions.needs(name):
                if mine is None:
                    count *= 2
                else:
                    texts.setdefault(mine.operand, set()).add(mine.text)
        for operand, found in texts.items():
            count *= len(found) + (operand not in values or len(values[operand]) > len(found))
        return count

    def _root(self, name: str, assignment: Assignment) -> str:
        """The condition that causes `name` to be undecided: one that depends on no other undecided condition."""
        seen = {name}
        answer = self._conditions.answer
        while True:
            inner = (one for one in self._conditions.needs(name) if one not in seen and answer(one, assignment) is None)
            found = next(inner, None)
            if found is None:
                return name
            name = found
            seen.add(name)

    def _may_be(self, name: str, answer: bool, assignment: Assignment) -> bool:
        """Whether a comparison may have a result beside those of the others: nothing equals two different texts."""
        mine = self.comparisons.get(name)
        if mine is None or mine.holds is not answer:
            return True
        return not any(
            text != mine.text and assignment.get(f"condition {one}") is self.comparisons[one].holds
            for text, names in self._compared_alike[mine.operand].items()
            for one in names
        )

    def _twins(self, name: str, answer: bool) -> dict[str, bool]:
        """The conditions that compare the same as this one, so that they have the same result, or the opposite."""
        mine = self.comparisons.get(name)
        if mine is None:
            return {}
        return {
            f"condition {one}": answer is (self.comparisons[one].holds is mine.holds)
            for one in self._compared_alike[mine.operand][mine.text]
            if one != name
        }

    @cached_property
    def comparisons(self) -> dict[str, Comparison]:
        """The conditions that do nothing but compare something with a text."""
        found = ((name, comparison(node)) for name, node in self._conditions.written.items())
        return {name: one for name, one in found if one is not None}

    @cached_property
    def _compared_alike(self) -> dict[str, dict[str, list[str]]]:
        """The names of those conditions, by what they compare, and by the text with which they compare it."""
        found: dict[str, dict[str, list[str]]] = {}
        for name, one in self.comparisons.items():
            found.setdefault(one.operand, {}).setdefault(one.text, []).append(name)
        return found
