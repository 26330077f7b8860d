"""What others learn of a deployment's resources: readers of its outputs, nested stacks, modules that were not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from awslint_memo.model.reads import note_value
from awslint_memo.model.value import Unknown, Value

T = TypeVar("T")

GIVEN_AWAY = "what others are given"
"""What stands for a property where the value is noted by which others learn of a resource."""


class Holder(Protocol):
    """A resource, as far as it is asked here."""

    def get(self, path: str) -> Value:
        """The value of a property."""


class Giver(Protocol):
    """A deployment, as far as it is asked here."""

    @property
    def outputs(self) -> tuple[Value, ...]:
        """The values of its outputs."""

    @property
    def unseen_inputs(self) -> Callable[[], Iterable[Value]]:
        """Gives the values that modules are given which were not read."""

    def of_type(self, *types: str) -> Sequence[Holder]:
        """The resources of these types."""

    def once(self, compute: Callable[[Any], T]) -> T:
        """The result of `compute`, cached by the function."""


def given_away(deployment: Giver) -> tuple[Value, ...]:
    """The outputs of a deployment, the inputs of its nested stacks and unread modules, and what it stores for all."""
    stacks = deployment.of_type("AWS::CloudFormation::Stack")
    inputs = (value for stack in stacks for value in stack.get("Parameters").fields.values())
    stored = (parameter.get("Value") for parameter in deployment.of_type("AWS::SSM::Parameter"))
    return (*deployment.outputs, *inputs, *stored, *deployment.once(unread))


def unread(deployment: Giver) -> tuple[Value, ...]:
    """The values that modules are given which were not read."""
    return tuple(deployment.unseen_inputs())


def is_given_away(name: str, values: Iterable[Value]) -> bool:
    """Whether there is a value by which others learn of the resource `name`; the first is noted for an explanation."""
    for value in values:
        if not isinstance(value, Unknown):
            note_value(name, GIVEN_AWAY, value)
        return True
    return False


def given_unseen(deployment: Giver) -> tuple[frozenset[str], tuple[Value, ...]]:
    """What is given to unread modules: the names of the resources that are mentioned, and the texts."""
    inputs = deployment.once(unread)
    names = frozenset(link.resource for value in inputs for link in value.mentions())
    return names, tuple(value for value in inputs if value.pattern is not None)
