"""Which resources name a resource by a property, worked out once for a deployment: to look through all of a type for
each of another takes the square of their number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.value import Value

Naming: TypeAlias = "str | Callable[[Resource], Value]"
"""Where a resource names another one: a path of its properties, or a function of a module that gives the value."""


def namers(resource: Resource, type_: str, naming: Naming) -> Sequence[Resource]:
    """The resources of a type, in order, that surely name a resource."""
    return resource.deployment.once(_by_name(type_, naming, resource.type)).get(resource.name, ())


def may_be_named(resource: Resource, type_: str, naming: Naming) -> bool:
    """Whether one of the resources of a type may name a resource."""
    return resource.deployment.once(_named(type_, naming)).may_be(resource)


@cache
def by_text(type_: str, path: str) -> Callable[[Deployment], Mapping[str | None, Sequence[Resource]]]:
    """What works out, for a deployment, the resources of a type that have a property, in order, by its text; under None
    those whose text is not known."""

    def index(deployment: Deployment) -> Mapping[str | None, Sequence[Resource]]:
        found: dict[str | None, list[Resource]] = {}
        for resource in deployment.of_type(type_):
            named = resource.get(path)
            if not named.is_absent:
                found.setdefault(named.text, []).append(resource)
        return found

    return index


@cache
def _by_name(type_: str, naming: Naming, target: str) -> Callable[[Deployment], Mapping[str, Sequence[Resource]]]:
    """What works out, for a deployment, the resources of a type by the resource of another type that they name."""

    def index(deployment: Deployment) -> Mapping[str, Sequence[Resource]]:
        found: dict[str, list[Resource]] = {}
        for resource in deployment.of_type(type_):
            named = deployment.find(_value(resource, naming), target)
            if named is not None:
                found.setdefault(named.name, []).append(resource)
        return found

    return index


@cache
def _named(type_: str, naming: Naming) -> Callable[[Deployment], NameIndex]:
    """What works out, for a deployment, what the resources of a type may name."""

    def index(deployment: Deployment) -> NameIndex:
        return name_index(deployment, [_value(resource, naming) for resource in deployment.of_type(type_)])

    return index


def _value(resource: Resource, naming: Naming) -> Value:
    return resource.get(naming) if isinstance(naming, str) else naming(resource)


SCALABLE = "AWS::ApplicationAutoScaling::ScalableTarget"


def scalable_targets(deployment: Deployment) -> list[Resource]:
    """The targets of Application Auto Scaling but those that surely are elsewhere than what they refer to."""
    return [one for one in deployment.of_type(SCALABLE) if one.language != "terraform" or not _is_elsewhere(one)]


def _is_elsewhere(target: Resource) -> bool:
    from awslint_memo.relations.scaled_elsewhere import is_elsewhere  # Only Terraform has several providers.

    return is_elsewhere(target)
