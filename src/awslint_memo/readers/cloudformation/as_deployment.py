"""A deployment of a stack, as rules see it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.files import Files
from awslint_memo.model.budget import take
from awslint_memo.model.dependencies import Question
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.deployment_words import REGION
from awslint_memo.model.unmet import Unmet
from awslint_memo.model.value import Value
from awslint_memo.readers.cloudformation.stack import StackDeployment, with_nested
from awslint_memo.readers.cloudformation.stacks import ParameterValues

if TYPE_CHECKING:
    from awslint_memo.readers.cloudformation.stack_names import NamedStack


Beside: TypeAlias = "Callable[[StackDeployment], Sequence[StackDeployment]]"
"""Gives the linked stacks that are deployed beside one deployment of a template."""


def stacks_beside(by_default: Sequence[StackDeployment], ways: Sequence[Callable[..., StackDeployment]]) -> Beside:
    """Gives linked stacks. by_default: each with its default values. ways: makes each with some other ones (given)."""
    if not by_default:
        return lambda _stack: ()
    from awslint_memo.readers.cloudformation.alike_stacks import AlikeStacks

    return AlikeStacks(list(zip(by_default, ways, strict=True)))


def as_deployment(
    stack: StackDeployment,
    others: Beside,
    beside: FilesBeside,
    named: Mapping[str, NamedStack],
) -> Deployment:
    """The deployment with the resources of a stack and of those nested in it. others: gives the stacks that are linked.

    beside: opens the files beside the template. named: the stacks of the run whose names are known.
    """
    linked = others(stack)
    deployment = Deployment(
        listings=[StackListing(nested) for nested in with_nested([stack])],
        is_open=stack.is_open,
        outputs=stack.outputs,
        others=[StackListing(other) for other in with_nested(linked)],
        answer=partial(_answer, {other.use.prefix: other for other in with_nested((*linked, stack))}),
    )
    deployment.has_providers = False
    deployment.beside, deployment.unmet = beside, partial(_unmet, stack, beside.files, named)
    deployment.region_of_stack, deployment.is_supposed = _region(stack), stack.use.is_supposed
    parameters = stack.scope.parameters
    deployment.given = {}
    if isinstance(parameters, ParameterValues) and not stack.use.is_supposed:
        deployment.given = parameters.given()
    return deployment


def _region(stack: StackDeployment) -> Value | None:
    """The Region that the user gives a stack: a condition that compares it with one tells nothing of it."""
    parameters = stack.scope.parameters
    is_given = isinstance(parameters, ParameterValues) and parameters.is_given(REGION)
    return parameters.get(REGION) if is_given else None


_PROTECTING = ("DeletionProtection", "DeletionProtectionEnabled")
"""Words of templates in which something may be protected."""


def _unmet(stack: StackDeployment, files: Files, named: Mapping[str, NamedStack]) -> Iterator[Unmet]:
    from awslint_memo.readers.cloudformation.unmet import unmet
    from awslint_memo.readers.sam import samconfig

    yield from unmet(stack, named, files)
    if "Fn::Equals" in stack.document.source.words or "!Equals" in stack.document.source.words:
        from awslint_memo.readers.cloudformation.dead_conditions import dead_conditions

        yield from dead_conditions(stack, files)
    if any(word in each.document.source.words for each in with_nested([stack]) for word in _PROTECTING):
        from awslint_memo.readers.cloudformation.unprotected import unprotected_in_production

        yield from unprotected_in_production(stack)
    if stack.nested:
        from awslint_memo.readers.cloudformation.unread_parameters import unread_parameters

        for each in with_nested([stack]):
            yield from unread_parameters(each)
    if any("ssm-secure" in each.document.source.words for each in with_nested([stack])):
        from awslint_memo.readers.cloudformation.secure_references import secure_references

        yield from secure_references(stack)
    source = samconfig.file_beside(os.path.dirname(stack.document.source.path), files)
    if source is not None:
        from awslint_memo.readers.sam.samconfig_lacks import lacks

        yield from lacks(stack, source)


class StackListing:
    """The resources of a stack in one deployment, by name."""

    def __init__(self, stack: StackDeployment) -> None:
        self._stack = stack
        self.prefix = stack.use.prefix

    def names(self) -> Sequence[str]:
        """The names of all that are there."""
        return self._there(self._stack.document.names)

    def names_of(self, types: tuple[str, ...]) -> Sequence[str]:
        """The names of those of these types."""
        return self._there(self._stack.document.names_of(types))

    def _there(self, names: Sequence[str]) -> Sequence[str]:
        conditional, prefix = self._stack.document.conditional, self.prefix
        if conditional:
            take("looks", len(names) // 4)
            has, known = self._stack.there.has, self._stack.there.known.get
            # Most are known when another listing has them.
            names = [
                name
                for name in names
                if name not in conditional or (is_there if (is_there := known(name)) is not None else has(name))
            ]
        return [f"{prefix}{name}" for name in names] if prefix else names

    def has(self, name: str) -> bool:
        """Whether one of this name is there."""
        return name.startswith(self.prefix) and self._stack.there.has(name[len(self.prefix) :])

    def type_of(self, name: str) -> str:
        """The type of the one of a name."""
        return self._stack.document.form(name[len(self.prefix) :]).type

    def make(self, name: str) -> Resource:
        """The resource of a name."""
        return self._stack.resource(name[len(self.prefix) :])


def _answer(stacks: Mapping[str, StackDeployment], question: Question) -> object:
    """What a condition, parameter or name of a stack stands for in this deployment, or what the value of a property
    depends on. stacks: by prefix."""
    if question[0] == "value":
        _, resource, path = question
        start = max(map(resource.rfind, "/:")) + 1
        stack = stacks.get(resource[:start])
        return None if stack is None else stack.together(resource[start:], path)
    stack = stacks.get(question[1])
    return None if stack is None else stack.scope.answered(question)
