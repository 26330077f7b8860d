"""Linked stacks as they are deployed beside one deployment of a template: what both declare alike is given alike.

A stack whose exports are imported has the default values of its parameters, since nobody says with which ones it is
deployed. Where both declare LaunchType with the same allowed values, a deployment that chooses Fargate is not beside
the stack's default, EC2.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.stack import StackDeployment

With: TypeAlias = "Callable[..., StackDeployment]"
"""Gives the deployment of a linked stack with these values of its parameters, and the default ones of the others."""


class AlikeStacks:
    """Gives the linked stacks beside a deployment. stacks: each by default, with what gives it by other values."""

    def __init__(self, stacks: Sequence[tuple[StackDeployment, With]]) -> None:
        self._stacks = stacks
        self._made: dict[tuple[int, tuple[tuple[str, str], ...]], StackDeployment] = {}

    def __call__(self, stack: StackDeployment) -> list[StackDeployment]:
        """The linked stacks, in the order in which they were given."""
        return [self._beside(stack, number) for number in range(len(self._stacks))]

    def _beside(self, stack: StackDeployment, number: int) -> StackDeployment:
        by_default, with_values = self._stacks[number]
        chosen = _alike(stack, by_default)
        if not chosen:
            return by_default
        key = number, tuple(sorted(chosen.items()))
        if key not in self._made:
            self._made[key] = with_values(given=chosen)
        return self._made[key]


def _alike(stack: StackDeployment, other: StackDeployment) -> dict[str, str]:
    """The values, by parameter, that a deployment has for what another stack declares alike and has by default."""
    chosen: dict[str, str] = {}
    for name, parameter in other.document.parameters.items():
        own = stack.document.parameters.get(name)
        if own is not None and is_alike(own, parameter):
            value = stack.scope.parameters.get(name)
            text = None if value is None else value.text
            if text is not None and text != parameter.default and parameter.refusal(text) is None:
                chosen[name] = text
    return chosen


def is_alike(own: Parameter | None, other: Parameter | None) -> bool:
    """Whether two parameters of one name surely mean the same: by their allowed values, or else by their defaults."""
    if (
        own is None
        or other is None
        or own.type != other.type
        or set(own.allowed) != set(other.allowed)
        or own.is_secret
        or other.is_secret
    ):
        return False
    return bool(own.allowed) or own.default == other.default
