"""What others learn of a deployment's resources: readers of its outputs, nested stacks, modules that were not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from awslint_memo.model.value import Value

if TYPE_CHECKING:
    from awslint_memo.model.deployment import Deployment


def given_away(deployment: Deployment) -> tuple[Value, ...]:
    """The outputs of a deployment, the inputs of its nested stacks and unread modules, and what it stores for all."""
    stacks = deployment.of_type("AWS::CloudFormation::Stack")
    inputs = (value for stack in stacks for value in stack.get("Parameters").fields.values())
    stored = (parameter.get("Value") for parameter in deployment.of_type("AWS::SSM::Parameter"))
    return (*deployment.outputs, *inputs, *stored, *deployment.once(unread))


def unread(deployment: Deployment) -> tuple[Value, ...]:
    """The values that modules are given which were not read."""
    return tuple(deployment.unseen_inputs())


def given_unseen(deployment: Deployment) -> tuple[frozenset[str], tuple[Value, ...]]:
    """What is given to unread modules: the names of the resources that are mentioned, and the texts."""
    inputs = deployment.once(unread)
    names = frozenset(link.resource for value in inputs for link in value.mentions())
    return names, tuple(value for value in inputs if value.pattern is not None)
