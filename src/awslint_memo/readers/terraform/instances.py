"""What the two Terraform readers have in common: instances become resources in CloudFormation's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TypeAlias

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.property_maps import Companion, PropertyReader, TypeMap, translate
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS


@record(frozen=True)
class Instance:
    """A resource as Terraform has it: its whole address, its type, and how to read its arguments."""

    address: str
    type: str
    place: Place
    read: Callable[[str], Value]
    copies: Value | None = None
    """How many of it there are where count or for_each could not be taken apart; None for one."""
    note: Value | None = None
    """The text of its "//" key."""
    region: Value | None = None
    """The region of its provider; None where nobody says."""
    is_new: bool = True
    """Whether it is created; False for what a plan finds there already."""


Given: TypeAlias = "dict[str, list[tuple[Instance, bool]]]"
"""By the address of a resource: the companions that give it properties, and whether they surely do."""


def attribute(type_: str, name: str) -> str | None:
    """CloudFormation's word for an attribute of a Terraform type, where it is one; else None."""
    known = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    return known.attributes.get(name) if known is not None else None


def argument(type_: str, word: str) -> str | None:
    """The Terraform argument that a CloudFormation property of a type is written in; None for other attributes."""
    known = TYPE_MAPS.get(type_)
    found = known.properties.get(word) if known is not None else None
    return found.attribute if found is not None and found.read is None and found.within is None else None


def is_translated(type_: str) -> bool:
    """Whether resources of a Terraform type stand in a deployment."""
    return type_ in TYPE_MAPS or type_ in COMPANIONS


def terraform_deployment(
    instances: Iterable[Instance], *, is_open: bool = False, outputs: Callable[[], Iterable[Value]] = tuple
) -> Deployment:
    """The deployment that these instances are; types that no table knows are left out.

    is_open: there may be resources that we don't see. outputs: works out what the root module gives to others.
    """
    everything = list(instances)
    given: Given = {}
    resources = [
        _resource(one, TYPE_MAPS[one.type], given.setdefault(one.address, []))
        for one in everything
        if one.type in TYPE_MAPS
    ]
    companions = [one for one in everything if one.type in COMPANIONS]
    alone = _give(companions, Deployment(resources, is_open=is_open), given) if companions else []
    return Deployment([*resources, *alone], is_open=is_open, outputs=outputs)


def _give(companions: Iterable[Instance], draft: Deployment, given: Given) -> list[Resource]:
    """Add each companion to what is given to its owners; those that have no owner here are resources of their own.

    Owners are found by name too, so they are asked for their names before it is known what they are given: a resource
    keeps what it said once. No companion gives a name.
    """
    alone: list[Resource] = []
    for companion in companions:
        owners = list(_owners(companion, draft))
        for owner, surely in owners:
            given[owner.name].append((companion, surely))
        if not owners:
            alone.append(_standing_alone(companion))
    for owner in draft.resources.values():
        sure: list[Value] = [Known(one.address, one.place) for one, surely in given[owner.name] if surely]
        if sure:
            owner.attributes = {**owner.attributes, "Companions": Known(sure, owner.place)}
    return alone


def _resource(instance: Instance, table: TypeMap, companions: Sequence[tuple[Instance, bool]]) -> Resource:
    properties = PropertyReader(table.type, table.properties, instance.read, instance.place)
    beside = {name: translate(table.type, word, instance.read, instance.place) for name, word in table.beside.items()}
    attributes = {name: value for name, value in beside.items() if not isinstance(value, Absent)}
    if instance.note is not None:
        attributes["//"] = instance.note
    if instance.region is not None:
        attributes["Region"] = instance.region
    return Resource(
        instance.address,
        table.type,
        instance.place,
        partial(_with_companions, companions, properties),
        language="terraform",
        attributes=attributes,
        copies=instance.copies,
        property_names=_property_names(instance.type),
        is_new=instance.is_new,
    )


@cache
def _property_names(type_: str) -> Mapping[str, str]:
    return TYPE_MAPS[type_].property_names()


def _with_companions(companions: Sequence[tuple[Instance, bool]], properties: PropertyReader, name: str) -> Value:
    value = properties.get(name)
    for instance, surely in companions:
        table = COMPANIONS[instance.type]
        if name not in (table.properties if not table.into else (table.into,)):
            continue
        is_written = not (isinstance(value, Absent) or (isinstance(value, Known) and value.defaulted))
        if not surely and (table.into or not is_written):
            value = Unknown(f"{instance.address} may give it", instance.place, anything=True)
        elif not surely or isinstance(value, Unknown):
            continue
        elif table.into:
            value = Known([*value.items, _item(instance, table)], instance.place)
        elif not is_written:
            value = translate(table.type, table.properties[name], instance.read, instance.place)
    return value


def _item(instance: Instance, table: Companion) -> Value:
    properties = PropertyReader(table.type, table.properties, instance.read, instance.place)
    properties.all()
    return Known(properties, instance.place)


def _owners(companion: Instance, draft: Deployment) -> Iterator[tuple[Resource, bool]]:
    """The resources that a companion belongs to, and whether it surely does; none where its owner is not here."""
    table = COMPANIONS[companion.type]
    # Where nobody knows how many there are of it, there may be none.
    exists = companion.copies is None or bool(companion.copies.number)
    named = companion.read(table.owner)
    owner = draft.find(named, table.type)
    if owner is not None:
        yield owner, exists
    elif isinstance(named, Unknown):
        candidates = draft.of_type(table.type)
        mentioned = [one for one in candidates if draft.may_point_to(named, one)]
        yield from ((one, False) for one in mentioned or candidates)


def _standing_alone(companion: Instance) -> Resource:
    table = COMPANIONS[companion.type]
    properties = table.properties
    resource_ref = PropertyReader(table.type, properties, companion.read, companion.place)
    open_words: Callable[[str], Value] = resource_ref.get

    def read(name: str) -> Value:
        if table.into:
            return Known([_item(companion, table)], companion.place) if name == table.into else missing(name)
        return open_words(name) if name in properties else missing(name)

    def missing(name: str) -> Value:
        return Unknown(f"{name} is said where the owner is", companion.place)

    return Resource(
        companion.address,
        table.type,
        companion.place,
        read,
        language="terraform",
        attributes={} if companion.note is None else {"//": companion.note},
        copies=companion.copies,
    )
