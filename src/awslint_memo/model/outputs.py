"""What others learn of a deployment's resources: readers of its outputs, nested stacks, modules that were not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from awslint_memo.model.dependencies import note_value
from awslint_memo.model.identity import NAMES, Named
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.value import Unknown, Value

T = TypeVar("T")

SHARED = "what others are given"
"""What stands for a property where the value is noted by which others learn of a resource."""


class Giver(Protocol):
    """A deployment, as far as it is asked here."""

    @property
    def outputs(self) -> tuple[Value, ...]:
        """The values of its outputs."""

    @property
    def unseen_inputs(self) -> Callable[[], Iterable[Value]]:
        """Gives the values that modules are given which were not read."""

    @property
    def resources(self) -> Mapping[str, Named]:
        """All resources by name."""

    def named(self, text: TextPattern, *types: str) -> Named | None:
        """The resource that a text names; None if that is not certain."""

    def of_type(self, *types: str) -> Sequence[Named]:
        """The resources of these types."""

    def once(self, compute: Callable[[Any], T]) -> T:
        """The result of `compute`, cached by the function."""


def shared_values(deployment: Giver) -> tuple[Value, ...]:
    """The outputs of a deployment, the inputs of its nested stacks and unread modules, and what it stores for all."""
    stacks = deployment.of_type("AWS::CloudFormation::Stack")
    inputs = (value for stack in stacks for value in stack.get("Parameters").fields.values())
    stored = (parameter.get("Value") for parameter in deployment.of_type("AWS::SSM::Parameter"))
    return (*deployment.outputs, *inputs, *stored, *deployment.once(unread))


def unread(deployment: Giver) -> tuple[Value, ...]:
    """The values that modules are given which were not read."""
    return tuple(deployment.unseen_inputs())


def is_shared(name: str, values: Iterable[Value]) -> bool:
    """Whether there is a value by which others learn of the resource `name`; the first is noted for an explanation."""
    for value in values:
        if not isinstance(value, Unknown):
            note_value(name, SHARED, value)
        return True
    return False


def shared_with_unread(deployment: Giver) -> frozenset[str]:
    """The names of the resources that what is given to unread modules mentions or names.

    Each text is looked up once, not once for each resource.
    """
    inputs = deployment.once(unread)
    names = {link.resource for value in inputs for link in value.mentions()}
    texts = dict.fromkeys(text for value in inputs if (text := value.pattern) is not None)
    types = {one.type for one in deployment.resources.values()}.intersection(NAMES) if texts else set()
    found = (deployment.named(text, type_) for text in texts for type_ in types)
    return frozenset(names.union(one.name for one in found if one is not None))
