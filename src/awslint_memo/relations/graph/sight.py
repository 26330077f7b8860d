"""What a picture shows of one resource in one deployment: a node or a line, its parts, notes and relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Place
from awslint_memo.relations.codepipeline.starts import PIPELINE
from awslint_memo.relations.graph import programs, terraform
from awslint_memo.relations.graph.flows import UNTOLD, Flow
from awslint_memo.relations.graph.graph import Note
from awslint_memo.relations.graph.lines import INSIDE, LINES, flows
from awslint_memo.relations.graph.notes import notes
from awslint_memo.relations.graph.programs import Part
from awslint_memo.relations.graph.relation import End, Named, Relation, end, joined, mentioned_in, named, resource_of
from awslint_memo.relations.graph.special import special
from awslint_memo.relations.graph.terraform import type_of
from awslint_memo.relations.sns import SUBSCRIPTION, TOPIC, subscriptions

_MOST_OWNERS = 4
"""How many lines may speak for each other: a rule of a listener of a load balancer."""


@record
class Sight:
    """What is seen. is_line: whether the resource is no node. inside: the cluster that it is a part of."""

    resource: Resource
    relations: list[Relation] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    is_line: bool = False
    inside: str = ""


def sight(resource: Resource) -> Sight:
    """What is seen of a resource in its deployment."""
    found = Sight(resource)
    owner, is_sure = _owner(resource)
    found.is_line = owner is not resource
    for relation in _relations(resource, owner):
        meant = _between(relation, resource, is_sure=is_sure)
        found.relations += [meant] if meant.source != meant.target or meant.far is not None else []
    if not found.is_line:
        found.inside = _inside(resource)
        found.notes += notes(resource)
        found.parts += programs.parts(resource) if resource.type == PIPELINE else ()
        found.relations += _plain(resource, found.relations)
    return found


def _between(one: Relation, resource: Resource, *, is_sure: bool) -> Relation:
    """A relation between what is drawn of the two that it names."""
    source = _meant_by(resource, one.source)
    target = one.target if one.far is not None else _meant_by(resource, one.target)
    return replace(one, source=source, target=target, is_sure=one.is_sure and is_sure)


def _meant_by(resource: Resource, named_: End) -> End:
    name, part = named_
    other = None if part or name == resource.name else resource_of(resource.deployment, name)
    return named_ if other is None else end(_meant(other))


def _owner(resource: Resource) -> tuple[Resource, bool]:
    """The resource for which one speaks that is drawn as a line; the resource itself, if it is drawn as a node."""
    one = _spokesman(resource)
    return (
        (one.resource, one.is_sure) if _is_line(type_of(resource)) and _leads_somewhere(resource) else (resource, True)
    )


def _spokesman(resource: Resource) -> Named:
    """The resource for which one speaks, directly or through others; the resource itself, if for none."""
    found = Named(resource, True)
    for _ in range(_MOST_OWNERS):
        one = _spoken_for(found.resource)
        if one is None:
            break
        found = Named(one.resource, found.is_sure and one.is_sure)
    return found


def _is_line(type_: str) -> bool:
    return type_ == SUBSCRIPTION or (type_ in LINES and bool(LINES[type_].flows))


def _spoken_for(resource: Resource) -> Named | None:
    if resource.type == SUBSCRIPTION:
        return next(iter(named(resource.deployment, resource.get("TopicArn"), TOPIC)), None)
    line = LINES.get(type_of(resource))
    if line is None:
        return None
    found = named(resource.deployment, terraform.value(resource, line.owner.path), *line.owner.types)
    return found[0] if len(found) == 1 else None


def _leads_somewhere(resource: Resource) -> bool:
    if resource.type == SUBSCRIPTION:
        return any(named(resource.deployment, subscription.endpoint) for subscription in subscriptions(resource))
    return any(_values(resource, flow, resource.deployment) for flow in LINES[type_of(resource)].flows)


def _relations(resource: Resource, owner: Resource) -> Iterator[Relation]:
    deployment, of = resource.deployment, end(owner)
    for flow in flows(type_of(resource)):
        label = flow.label
        if flow.off is not None and _is_off(resource, flow.off):
            label += " (switched off)"
        for one, place in _values(resource, flow, deployment):
            other = end(one.resource)
            source, target = (other, of) if flow.is_back else (of, other)
            yield joined(source, target, label, place, one, is_weak=flow.is_weak)
    for one, place in _clusters(resource):
        yield joined(end(one.resource), of, INSIDE[type_of(resource)].label, place, one)
    if owner is resource:
        yield from _alone(resource)
    yield from special(resource, of)


def _is_off(resource: Resource, off: tuple[str, str]) -> bool:
    return terraform.value(resource, off[0]).text == off[1]


def _alone(resource: Resource) -> Iterator[Relation]:
    """The owner of what could be drawn as a line, but does not lead to anything that is known."""
    one = _spoken_for(resource)
    if one is None:
        return
    line = LINES.get(type_of(resource))
    other = end(one.resource)
    if resource.type == SUBSCRIPTION:
        yield joined(other, end(resource), "sends messages to", resource.place, one)
    elif line is not None and line.alone:
        yield joined(end(resource), other, line.alone, resource.place, one)


def _drawn(resource: Resource) -> Resource:
    """What is drawn of a resource that another one names: the one for which it speaks, if it is a line."""
    return _owner(resource)[0] if _is_line(type_of(resource)) else resource


def _meant(resource: Resource) -> Resource:
    """What something flows to or from where it names a resource: the one for which that speaks."""
    is_node = _is_line(type_of(resource)) and not _leads_somewhere(resource)
    return resource if is_node else _spokesman(resource).resource


def _values(resource: Resource, flow: Flow, deployment: Deployment) -> list[tuple[Named, Place]]:
    """What a flow leads to, or comes from."""
    found: list[tuple[Named, Place]] = []
    for value in terraform.values(resource, flow.path):
        if flow.is_whole:
            every = mentioned_in(deployment, value)
            found += [(one, value.place) for one in every if not type_of(one.resource).startswith(UNTOLD)]
        else:
            several = named(deployment, value, *flow.types) or named(deployment, value)
            if len(several) > 1 and len({_meant(one.resource).name for one in several}) == 1:
                several = mentioned_in(deployment, value)  # A stage of an API is named with the API.
            found += [(one, value.place) for one in several]
    for value in terraform.given(resource, flow.path):
        found += [(Named(one.resource, False), value.place) for one in named(deployment, value, *flow.types)]
    return found


def _inside(resource: Resource) -> str:
    found = [one for one, _ in _clusters(resource) if one.is_sure]
    return found[0].resource.name if len(found) == 1 else ""


def _clusters(resource: Resource) -> list[tuple[Named, Place]]:
    """The cluster that a resource is a part of, and where it says so."""
    one = INSIDE.get(type_of(resource))
    return [] if one is None else _values(resource, Flow(one.path, one.label, types=one.types), resource.deployment)


def _plain(resource: Resource, known: Iterable[Relation]) -> Iterator[Relation]:
    """Whatever else the resource names by reference, once for each resource that is named."""
    mine = resource.name
    seen = {
        other[0]
        for relation in known
        for other in (relation.source, relation.target)
        if mine in (relation.source[0], relation.target[0])
    }
    seen.add(mine)
    for name, value in resource.everything():
        for one in mentioned_in(resource.deployment, value):
            other = _drawn(one.resource)
            if other.name not in seen:
                seen.add(other.name)
                yield joined(
                    end(resource),
                    end(other),
                    f"names in {name}",
                    value.place,
                    one,
                    is_plain=True,
                )
    for value in resource.attribute("DependsOn").items:
        other_ = resource_of(resource.deployment, _beside(resource, value.text)) if value.text else None
        if other_ is not None and other_.name not in seen:
            seen.add(other_.name)
            yield Relation(end(resource), end(_drawn(other_)), "waits for", value.place, is_plain=True)


def _beside(resource: Resource, name: str) -> str:
    """The name of what stands in the same stack or module under a name."""
    if resource.language == "terraform":
        inner = resource.name.rfind("module.")
        before = resource.name[inner:].split(".", 2)[:2] if inner >= 0 else []
        return ".".join([resource.name[:inner] + before[0], before[1], name]) if before else name
    return resource.name[: resource.name.rfind("/") + 1] + name if "/" in resource.name else name
