"""AWS CloudFormation: what a template asks of nested stacks, mappings and other stacks and does not get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.origin import Route
from awslint_memo.model.unmet import Kind, Unmet
from awslint_memo.model.value import Unknown, Value


def unmet(deployment: Deployment, kind: Kind) -> Iterator[tuple[Resource, Value, Unmet]]:
    """What a template surely asks for and does not get, of one kind: the resource that asks, the value of which it is
    a part, and what is asked for. Each thing is told once, where it is asked for first; a comparison in each block of
    Terraform that depends on it."""
    told: set[tuple[object, ...]] = set()
    for lack in deployment.once(_every):
        key = lack.of, tuple(lack.names), lack.origin, tuple(lack.values[:1]) if lack.kind == "condition" else ()
        resource = deployment.own.get(lack.resource)
        if lack.kind == kind and resource is not None and key not in told:
            told.add(key)
            yield resource, _at(resource, lack), lack


def _every(deployment: Deployment) -> Sequence[Unmet]:
    return tuple(deployment.unmet())


def _at(resource: Resource, lack: Unmet) -> Value:
    """What is not known for it, at the place where it is asked for, with the way to there."""
    lacking = Unknown("what is not there", lack.place)
    lacking.route = reduce(Route.below, lack.path, Route(resource.name)) if lack.path else None
    return lacking
