"""Converts instances of Terraform resources to resources with CloudFormation's types and properties.

The readers of configurations and of plans both use it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TypeAlias, TypeVar

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Span
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.property_maps import PropertyMap, PropertyReader, TypeMap, translate
from awslint_memo.readers.terraform.chosen_reads import ChosenReads
from awslint_memo.readers.terraform.dependencies import DEPENDS_ON
from awslint_memo.readers.terraform.gifts import item, perhaps
from awslint_memo.readers.terraform.installed import is_downloaded
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

N = TypeVar("N", bound=str)


@record(frozen=True)
class Call:
    """The call of a downloaded module in a file of the user's, and the names of what it may give the module."""

    place: Place
    inputs: Collection[str]


@record(frozen=True)
class Instance:
    """An instance of a Terraform resource: its full address, its type, and a function that reads its arguments."""

    address: str
    type: str
    place: Place
    read: Callable[[str], Value]
    copies: Value | None = None
    """The number of instances, if this one represents all that count or for_each make; None for a single one."""
    note: Value | None = None
    """The value of its "//" key."""
    region: Value | None = None
    """Its region, or that of its provider; None if it is not configured."""
    provider: Value | None = None
    """The provider that it chooses, where its arguments do not say so."""
    default_tags: Callable[[], Value] | None = None
    """Gives the tags that its provider adds to all of its resources."""
    is_new: bool = True
    """Whether it is created; False if a plan says that it exists already."""
    call: Call | None = None
    """The call that brings in the downloaded module in which it is written; None if it is in no such module."""
    written: Collection[str] = ()
    """The names of the arguments that its block has, null or not."""
    is_all_written: bool = False
    """Whether it has no others, so that these need not be read to know that they are absent (but DEPENDS_ON)."""

    @property
    def settings(self) -> dict[str, Value | Callable[[], Value]]:
        """What is set of it outside of its arguments."""
        said = {
            "default_tags": self.default_tags,
            "note": self.note,
            "provider": self.provider,
            "region": self.region,
        }
        return {name: value for name, value in said.items() if value is not None}


@record(frozen=True)
class Gift:
    """A companion that gives a resource properties, and whether it surely does."""

    companion: Instance
    is_sure: bool


RUN_PROGRAMS = ("null_resource", "terraform_data")
"""Types of Terraform's own whose provisioners run programs, which may use any resource that they are told of."""

Given: TypeAlias = "dict[str, list[Gift]]"
"""By the address of a resource, what it is given."""


def attribute(type_: str, name: str) -> str | None:
    """CloudFormation's name for an attribute of a Terraform type; None if there is none."""
    known = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    return known.attributes.get(name) if known is not None else None


def argument(type_: str, word: str) -> str | None:
    """The Terraform argument for a CloudFormation property, if its value is the same in both; else None."""
    known = TYPE_MAPS.get(type_)
    found = known.properties.get(word) if known is not None else None
    return found.attribute if found is not None and found.read is None and found.within is None else None


def is_translated(type_: str) -> bool:
    """Whether resources of a Terraform type are part of a deployment."""
    return type_ in TYPE_MAPS or type_ in COMPANIONS


def beside(
    instances: Iterable[tuple[str, Place]], deployments: Iterable[Deployment]
) -> Iterator[tuple[str, str, Place]]:
    """Those of these types and places that are resources of no deployment, with the type that they give to."""
    own = {one.place.span for deployment in deployments for one in deployment.own.values()}
    for type_, place in instances:
        if place.span not in own:
            yield type_, COMPANIONS[type_].type if type_ in COMPANIONS else "", place


def terraform_deployment(
    instances: Iterable[Instance],
    is_open: bool = False,
    outputs: Callable[[], Iterable[Value]] = tuple,
    unseen_inputs: Callable[[], Iterable[Value]] = tuple,
    choices: ChosenReads | None = None,
    is_reusable: bool = False,
) -> Deployment:
    """The deployment with these instances; types that are in no table are left out.

    is_open: there may be unseen resources of any kind. outputs: gives the values of the root module's outputs; programs
    that Terraform runs count among them, because they are told as much as the readers of outputs. unseen_inputs: gives
    those that modules are given which were not read. choices: knows what the values depend on, if the root module has
    several deployments. is_reusable: see Deployment.
    """
    everything = list(instances)
    given: Given = {}
    resources = [
        _resource(one, TYPE_MAPS[one.type], given.setdefault(one.address, []), choices)
        for one in everything
        if one.type in TYPE_MAPS
    ]
    companions = [one for one in everything if one.type in COMPANIONS]
    alone = _give(companions, Deployment(resources, is_open=is_open), given) if companions else []
    runs = [one for one in everything if one.type in RUN_PROGRAMS]
    return Deployment(
        [*resources, *alone],
        is_open=is_open,
        outputs=lambda: (*outputs(), *_told(runs)),
        answer=choices.answer if choices is not None else None,
        unseen_inputs=unseen_inputs,
        is_reusable=is_reusable,
    )


def _told(runs: Iterable[Instance]) -> Iterator[Value]:
    """What resources that run programs are told: their inputs, and the commands of their provisioners."""
    return (one.read(argument) for one in runs for argument in ("input", "provisioner", "triggers", "triggers_replace"))


def _give(companions: Iterable[Instance], draft: Deployment, given: Given) -> list[Resource]:
    """Add each companion to what is given to its owners; those that have no owner here are resources of their own.

    Owners are found by name too, so they are asked for their names before it is known what they are given: a resource
    keeps what it said once. No companion gives a name.
    """
    alone: list[Resource] = []
    for companion in companions:
        owners = list(_owners(companion, draft))
        for owner, surely in owners:
            given[owner.name].append(Gift(companion, surely))
        if not owners:
            alone.append(_standing_alone(companion))
    for owner in draft.resources.values():
        owner.companions = tuple(gift.companion.address for gift in given[owner.name] if gift.is_sure)
    draft.forget()
    return alone


def _resource(instance: Instance, table: TypeMap, gifts: Sequence[Gift], choices: ChosenReads | None) -> Resource:
    properties = PropertyReader(table.type, table.properties, instance.read, instance.place)
    read: Callable[[str], Value] = partial(_with_gifts, gifts, properties)
    noting = choices.of(table.type, read) if choices is not None else None
    made = Resource(
        instance.address,
        table.type,
        instance.place,
        read if noting is None else noting.read,
        language="terraform",
        attributes=_translated(table.type, table.beside, instance),
        terraform={**_translated(table.type, {**_META, **table.settings}, instance), **instance.settings},
        copies=instance.copies,
        property_names=_property_names(instance.type),
        is_new=instance.is_new,
        depends=None if noting is None else noting.depends,
        editable=partial(_editable, instance.call.place) if instance.call is not None else None,
        takes=partial(_takes, instance),
    )
    made.read_all = partial(everything, instance, gifts, choices)
    return made


def everything(
    instance: Instance, gifts: Sequence[Gift], choices: ChosenReads | None, _: Resource
) -> Iterator[tuple[str, Value]]:
    """All arguments that are written of a resource, and of those that give it properties."""
    for one in (instance, *(gift.companion for gift in gifts)):
        for name in one.written:
            if name not in OF_TERRAFORM:
                yield name, one.read(name) if choices is None else choices.noting(one.read, name)


OF_TERRAFORM = frozenset(("count", "depends_on", "for_each", "lifecycle", "provider"))
"""What Terraform itself reads of a block."""

_META = {"ignore_changes": PropertyMap("lifecycle.ignore_changes"), "provider": PropertyMap("provider")}
"""Settings that every Terraform resource may have."""


def _editable(call: Place, span: Span) -> Span:
    """Where to change what stands at a place: in a downloaded module, nothing is changed but its call."""
    return call.span if is_downloaded(span.path) else span


def _takes(instance: Instance, argument: str) -> bool:
    return argument not in instance.written and (instance.call is None or argument in instance.call.inputs)


def asking_for_itself(place: Place, name: str) -> Value:
    """An argument of a resource whose count asks for the resource itself."""
    return Unknown(f"{name} of a resource whose count asks for itself", place)


def _translated(type_: str, maps: Mapping[N, PropertyMap], instance: Instance) -> dict[N, Value]:
    written = (*instance.written, DEPENDS_ON) if instance.is_all_written else None
    said = [one for one in maps.items() if written is None or one[1].may_be_said(written)]
    values = ((name, translate(type_, one, instance.read, instance.place)) for name, one in said)
    return {name: value for name, value in values if not isinstance(value, Absent)}


@cache
def _property_names(type_: str) -> Mapping[str, str]:
    return TYPE_MAPS[type_].property_names()


def _with_gifts(gifts: Sequence[Gift], properties: PropertyReader, name: str) -> Value:
    value = properties.get(name)
    for gift in gifts:
        instance, surely = gift.companion, gift.is_sure
        table = COMPANIONS[instance.type]
        if name not in (table.properties if not table.into else (table.into,)):
            continue
        is_written = not (isinstance(value, Absent) or (isinstance(value, Known) and value.defaulted))
        if table.into and (not surely or value.is_unknown):
            value = perhaps(instance.address, value, item(instance, table))
        elif table.into:
            value = Known([*value.items, item(instance, table)], instance.place)
        elif not is_written or value.is_unknown:
            given = translate(table.type, table.properties[name], instance.read, instance.place)
            value = given if surely and not is_written else perhaps(instance.address, value, given)
    return value


def _owners(companion: Instance, draft: Deployment) -> Iterator[tuple[Resource, bool]]:
    """The possible owners of a companion, each with whether it is certain; none if they are not in the deployment."""
    table = COMPANIONS[companion.type]
    # If the number of instances is unknown, it may be zero.
    exists = companion.copies is None or bool(companion.copies.number)
    named = companion.read(table.owner)
    owner = draft.find(named, table.type)
    if owner is not None:
        yield owner, exists
    elif named.is_unknown:
        candidates = draft.of_type(table.type)
        mentioned = [one for one in candidates if one.may_be_named_by(named)]
        yield from ((one, False) for one in mentioned or candidates)


def _standing_alone(companion: Instance) -> Resource:
    table = COMPANIONS[companion.type]
    properties = table.properties
    resource_ref = PropertyReader(table.type, properties, companion.read, companion.place)
    open_words: Callable[[str], Value] = resource_ref.get

    def read(name: str) -> Value:
        if table.into:
            return Known([item(companion, table)], companion.place) if name == table.into else missing(name)
        return open_words(name) if name in properties else missing(name)

    def missing(name: str) -> Value:
        return Unknown(f"{name} is said where the owner is", companion.place)

    made = Resource(
        companion.address,
        table.type,
        companion.place,
        read,
        language="terraform",
        terraform=companion.settings,
        copies=companion.copies,
        editable=partial(_editable, companion.call.place) if companion.call is not None else None,
    )
    made.read_all = partial(everything, companion, (), None)
    return made
