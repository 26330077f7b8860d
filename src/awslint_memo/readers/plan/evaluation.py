"""Evaluates what the configuration in a plan says of an argument: references become links, and texts are put together.

A plan has texts with `${…}` only of a configuration in Terraform's JSON syntax; of one in native syntax it has only the
references.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from awslint_memo.model.partial import kept_by_name, kept_secret
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.readers.plan.changes import IndexStep
from awslint_memo.readers.plan.references import BlockContext, Reference, References, Target, Trail
from awslint_memo.readers.terraform.instances import attribute
from awslint_memo.readers.terraform.scopes import Way
from awslint_memo.readers.terraform.steps import step
from awslint_memo.readers.terraform.templates import evaluate_template
from awslint_memo.readers.terraform.values import join_texts, made_of, unknown_of
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

AFTER_APPLY = "known only after apply"

_EVERY_RESOURCE = {"arn": "Arn", "id": "Ref"}
"""The attributes that identify a resource of any type, including types that are in no table."""


class Links:
    """Makes the links of an argument or output. Its name is used to guess an attribute that the plan does not show."""

    def __init__(self, name: str) -> None:
        self.name = name

    def linked(self, trails: list[Trail], place: Place) -> Value:
        """The link if the references are certainly a single one; else an unknown value that may depend on them."""
        links = self.sure(trails, place)
        if len(trails) == len(links) == 1:
            return links[0]
        return made_of(AFTER_APPLY, place, *self.links(trails, place), attribute=_attribute(trails, place))

    def links(self, trails: list[Trail], place: Place) -> list[Value]:
        """Links to everything that the references lead to, and an Unknown for each that may lead to any resource."""
        links: list[Value] = [self._link(target, place)[0] for trail in trails for target in trail.targets]
        return links + [Unknown(trail.why, place, anything=True) for trail in trails if trail.is_open]

    def sure(self, trails: list[Trail], place: Place) -> list[Link]:
        """The links that the references certainly are, in order; empty if one of them is uncertain."""
        links: list[Link] = []
        for trail in trails:
            pairs = [self._link(target, place) for target in trail.targets]
            if trail.why or not pairs or not all(is_identity for _, is_identity in pairs):
                return []
            links += {link.resource: link for link, _ in pairs}.values()
        return links

    def _link(self, target: Target, place: Place) -> tuple[Link, bool]:
        """The link to a target, and whether its attribute identifies the resource."""
        type_ = target.planned.type
        guess = ("arn", "id") if self.name.endswith(("arn", "arns", "policy")) else ("id", "arn")
        names = (target.attribute,) if target.attribute else guess
        word = next((word for word in (word_of(type_, name) for name in names) if word), None)
        return Link(target.planned.address, word or target.attribute or "Ref", place), word is not None


def _attribute(trails: list[Trail], place: Place) -> Link | None:
    """The attribute that an expression is, if it is a single one without an equivalent in CloudFormation."""
    targets = trails[0].targets if len(trails) == 1 and not trails[0].why else ()
    is_attribute = len(targets) == 1 and targets[0].attribute != ""
    return Link(targets[0].planned.address, targets[0].attribute, place) if is_attribute else None


def word_of(type_: str, name: str) -> str | None:
    """CloudFormation's name for an attribute of a type; None if it is in no table and does not identify a resource."""
    if type_ in TYPE_MAPS or type_ in COMPANIONS:
        return attribute(type_, name)
    return _EVERY_RESOURCE.get(name)


def identifying(type_: str) -> Iterable[str]:
    """The attributes of a type whose values identify a resource."""
    table = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    return _EVERY_RESOURCE if table is None else table.attributes


MAX_ROUNDS = 10_000
"""The maximum number of loop iterations in one text."""


@record
class Rounds:
    """Counts the loop iterations in a text."""

    spent: int = 0


@record(frozen=True)
class PlanScope:
    """The scope of a text in a plan. linked: converts trails to a value."""

    references: References
    scope: BlockContext
    variables: Mapping[str, Any]
    linked: Callable[[list[Trail], Place], Value]
    names: Mapping[str, Value]
    rounds: Rounds

    def within(self, names: Mapping[str, Value]) -> PlanScope:
        """The same scope with additional names."""
        return replace(self, names={**self.names, **names})

    def spend(self, rounds: int) -> bool:
        """Count iterations of loops; returns whether they are within the limit."""
        self.rounds.spent += rounds
        return self.rounds.spent <= MAX_ROUNDS

    def compared(self, one: Value, others: Iterable[Value]) -> None:
        """Nothing: a plan is one deployment."""

    def tested(self, value: Value) -> bool | None:
        """Whether a condition holds; None if it is not known."""
        return value.flag

    def text(self, parts: list[Value], place: Place) -> Value:
        """Concatenate the parts of a text."""
        return join_texts(parts, place)

    def said(self, value: Value) -> Value:
        """The value itself: a plan has no configured text of a reference."""
        return value

    def call(self, name: str, values: Sequence[Value], place: Place) -> Value:
        """The unknown result of a function that reads files."""
        return unknown_of(f"{name}() of what is not known", place, *values)

    @property
    def local(self) -> None:
        """None: a plan has the text of the files that were read."""
        return None

    def read(self, written: Any, place: Place) -> Value:
        """What a text, or a list or map with texts in it, comes to."""
        if written is None:
            return Absent(place)
        if isinstance(written, list):
            items = [self.read(item, place) for item in written]
            return Known([item for item in items if not isinstance(item, Absent)], place)
        if isinstance(written, dict):
            fields = {key: self.read(child, place) for key, child in written.items()}
            return Known({key: child for key, child in fields.items() if not isinstance(child, Absent)}, place)
        return evaluate_template(written, self, place) if isinstance(written, str) else Known(written, place)

    def refer(self, root: str, way: Way, place: Place) -> Value:
        """What a name and the steps after it come to."""
        first = way[0][1].text if way else None
        if root in self.names:
            return self.select(self.names[root], way, place)
        if (root, first) in (("each", "key"), ("count", "index")):
            return Known(self.scope.key, place)
        if root == "var" and first is not None and first in self.variables and not self.scope.module:
            given = self.variables[first]
            value = known(given.get("value") if isinstance(given, dict) else None, place)
            is_secret = isinstance(given, dict) and given.get("sensitive")
            return self.select(kept_secret(value) if is_secret else kept_by_name(first, value), way[1:], place)
        reference: Reference = [root]
        for kind, key in way:
            index = key.content if isinstance(key, Known) and kind in ("attribute", "index") else None
            if not isinstance(index, (str, int)):
                # Every instance, or one that is not known.
                trails = self.references.reference(reference, self.scope)
                return unknown_of("one of several", place, *(self.linked([trail], place) for trail in trails))
            reference.append(str(index) if kind == "attribute" else IndexStep(index))
        value = self.linked(self.references.reference(reference, self.scope), place)
        if root == "data" and isinstance(value, Unknown) and not value.anything:
            # Every text that names it in the same module comes to the same.
            steps = [step.value if isinstance(step, IndexStep) else step for step in reference]
            value.key = ".".join(map(str, [*(part for step in self.scope.module for part in step), *steps]))
        return value

    def select(self, value: Value, way: Way, place: Place) -> Value:
        """What stands at the end of some steps into a value."""
        for kind, key in way:
            value = unknown_of("all of them", place, value) if kind in ("all", "end") else step(value, key, place)
        return value


def known(data: Any, place: Place) -> Value:
    """Plain data as a value; null is absent."""
    if data is None:
        return Absent(place)
    if isinstance(data, list):
        return Known([known(item, place) for item in data], place)
    if isinstance(data, dict):
        return Known({key: known(child, place) for key, child in data.items()}, place)
    return Known(data, place)
