"""In which order CloudFormation creates the resources of a template."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from awslint_memo.model.deployment import Resource


def stack(resource: Resource) -> str:
    """What the name of a resource begins with in a nested stack; empty in others."""
    return resource.name[: resource.name.rfind("/") + 1]


def own_id(resource: Resource) -> str:
    """The logical id that DependsOn names a resource by in its own stack, without the way to a nested one."""
    return resource.written.removeprefix(stack(resource))


def waits_for(resource: Resource, is_awaited: Callable[[Resource], bool]) -> bool | None:
    """Whether CloudFormation creates one that is awaited before a resource; None where that is not known."""
    deployment, seen = resource.deployment, set[str]()
    # What a resource depends on by name is asked first: that is cheap, and mostly enough.
    left: list[tuple[Resource, Callable[[Resource], Iterator[str | None]]]] = [(resource, _declared)]
    while left:
        current, names_of = left.pop()
        if names_of is _declared:
            left.append((current, _mentioned))
        for name in names_of(current):
            if name is None:
                return None
            other = None if name in seen else deployment.resource(name)
            if other is not None and is_awaited(other):
                return True
            seen.add(name)
            left += [] if other is None else [(other, _declared)]
    return False


def _declared(resource: Resource) -> Iterator[str | None]:
    """The names in the DependsOn of a resource; None for one that is not known."""
    beside = stack(resource)
    for written in resource.attribute("DependsOn").items:
        yield None if written.text is None else beside + written.text


def _mentioned(resource: Resource) -> Iterator[str]:
    """The names of the resources that the properties of a resource mention."""
    return (link.resource for _, value in resource.everything() for link in value.mentions())
