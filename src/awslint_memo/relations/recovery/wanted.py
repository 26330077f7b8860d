"""Which objectives hold for a resource, and what was measured of it."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.files.file_finder import relative
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.durations import length
from awslint_memo.model.objectives import Application, Layer, Measured, Objectives, Recovery
from awslint_memo.model.patterns import matches, path_matches
from awslint_memo.relations.recovery.tags import has, tags


def objectives(resource: Resource) -> Objectives:
    """The objectives of a resource: of all, of its applications, by its tags, of its file, and its own."""
    return Objectives(tuple(_layers(resource)))


def _layers(resource: Resource) -> Iterator[Layer]:
    declared = resource.deployment.declared
    if declared.recovery is not None:
        yield declared.recovery.layer
        yield from (one.layer for one in applications(resource, declared.recovery))
        by_tags = {key: found for key, found, _ in of_tags(resource) if found is not None}
        if by_tags:
            yield Layer(by_tags, f"the tags of {resource.title}")
    if declared.stated is not None:
        own = declared.stated.files.get(resource.place.span.path)
        yield from () if own is None else (own,)
        yield from declared.stated.resources.get(resource.name, ())


def applications(resource: Resource, recovery: Recovery) -> list[Application]:
    """The applications that a resource belongs to, in the order of the file."""
    return [one for one in recovery.applications if _belongs(resource, one, recovery)]


def _belongs(resource: Resource, one: Application, recovery: Recovery) -> bool:
    path = relative(resource.place.span.path, recovery.root)
    return (
        (not one.paths or any(path_matches(each, path) for each in one.paths))
        and (not one.stacks or any(matches(each, resource.deployment.name) for each in one.stacks))
        and (not one.resources or is_named(resource, one.resources))
        and (not one.tags or has(resource, one.tags) is True)
    )


def is_named(resource: Resource, patterns: tuple[str, ...]) -> bool:
    """Whether a pattern matches the name of a resource, as it is written or in full."""
    return any(matches(each, name) for each in patterns for name in resource.names)


def of_tags(resource: Resource) -> Iterator[tuple[str, float | None, str]]:
    """The objectives that the tags of a resource hold: rpo or rto, its seconds (None if it is no length), the text."""
    recovery = resource.deployment.declared.recovery
    names = {} if recovery is None else recovery.tag_names
    written = tags(resource) if names else {}
    for key, name in names.items():
        text = written[name].text if name in written else None
        if text is not None:
            yield key, length(text), text


def measured(resource: Resource, disruption: str) -> Measured | None:
    """The latest drill with a resource and a disruption."""
    recovery = resource.deployment.declared.recovery
    drills = () if recovery is None else recovery.measured
    found = [one for one in drills if one.disruption == disruption and is_named(resource, one.resources)]
    return max(found, key=lambda one: one.on, default=None)


def is_complete(deployment: Deployment) -> bool:
    """Whether the user says that no backup exists which no template and no setting shows."""
    return deployment.declared.recovery is not None and deployment.declared.recovery.complete
