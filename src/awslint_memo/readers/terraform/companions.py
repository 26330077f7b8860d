"""Companions: Terraform resources that CloudFormation writes as properties of another one, their owner.

A companion gives its owner an item of a list, or properties; one whose owner is not in the deployment stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TypeAlias

from awslint_memo.model import accounts
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.properties import TerraformSettings
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.property_maps import Companion, PropertyReader, translate
from awslint_memo.readers.terraform.instances import Gift, Instance, written_arguments
from awslint_memo.readers.terraform_names import COMPANIONS

_ADDRESSES = ("arn:", "https://")
_REMOTE = "data.terraform_remote_state."


Gifts: TypeAlias = "dict[str, list[Gift]]"
"""By the address of a resource, what it is given."""


def give(companions: Iterable[Instance], draft: Deployment, given: Gifts) -> list[Resource]:
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
        gifts = given[owner.name]
        owner.companions = {gift.companion.address: gift.companion.place for gift in gifts if gift.is_sure}
        for type_ in dict.fromkeys(gift.companion.type for gift in gifts):
            owner.property_names = {**_property_names(type_), **owner.property_names}
    draft.forget()
    return alone


def with_gifts(gifts: Sequence[Gift], properties: PropertyReader, name: str) -> Value:
    """A property of a resource with what companions give it."""
    value = properties.get(name)
    for gift in gifts:
        instance, surely = gift.companion, gift.is_sure
        table = COMPANIONS[instance.type]
        if name not in (table.properties if not table.into else (table.into,)):
            continue
        is_written = not (isinstance(value, Absent) or (isinstance(value, Known) and value.defaulted))
        if table.into and (not surely or value.is_unknown):
            value = _perhaps(instance.address, value, _item(instance, table))
        elif table.into:
            value = Known([*value.items, _item(instance, table)], instance.place)
        elif not is_written or value.is_unknown:
            given = translate(table.type, table.properties[name], instance.argument, instance.place)
            value = given if surely and not is_written else _perhaps(instance.address, value, given)
    return value


def _owners(companion: Instance, draft: Deployment) -> Iterator[tuple[Resource, bool]]:
    """The possible owners of a companion, each with whether it is certain; none if they are not in the deployment."""
    table = COMPANIONS[companion.type]
    # If the number of instances is unknown, it may be zero.
    exists = companion.copies is None or bool(companion.copies.number)
    named = companion.argument(table.owner)
    owner = draft.find(named, table.type)
    if owner is not None:
        apart = _is_apart(companion, owner)
        if apart is not True:
            yield owner, exists and apart is False
    elif named.is_unknown and not _is_of_another_root(named):
        candidates = draft.of_type(table.type)
        candidates = [owner for owner in candidates if _is_apart(companion, owner) is not True]
        mentioned = [owner for owner in candidates if owner.may_be_named_by(named)]
        yield from ((owner, False) for owner in mentioned or candidates)


def _is_of_another_root(named: Value) -> bool:
    """Whether a value is nothing but what another root puts out, which is no resource of this one."""
    pieces = named.pieces
    return bool(pieces) and all(isinstance(piece, Unknown) and piece.key.startswith(_REMOTE) for piece in pieces)


def _is_apart(companion: Instance, owner: Resource) -> bool | None:
    """Whether a companion surely is made in another account or Region than what it names (True), which it then does not
    change, or surely in the same ones (False); None where these are not known."""
    settings = TerraformSettings(companion.place, companion.settings(None))
    abroad = False if companion.type in _FROM_ABROAD else accounts.are_abroad(settings, owner.terraform)
    account = companion.account() if companion.account is not None else Absent(companion.place)
    apart = accounts.are_apart(account, owner.terraform.account)
    return True if True in (abroad, apart) else None if None in (abroad, apart) else False


_FROM_ABROAD = ("aws_db_instance_automated_backups_replication", "aws_dsql_cluster_peering")
"""Companions that are made in another Region than their owner."""


@cache
def _property_names(type_: str) -> Mapping[str, str]:
    return COMPANIONS[type_].property_names()


def _standing_alone(companion: Instance) -> Resource:
    table = COMPANIONS[companion.type]
    properties = table.properties
    resource_ref = PropertyReader(table.type, properties, companion.argument, companion.place)
    open_words: Callable[[str], Value] = resource_ref.get

    def read(name: str) -> Value:
        if table.into:
            return Known([_item(companion, table)], companion.place) if name == table.into else missing(name)
        return open_words(name) if name in properties else missing(name)

    def missing(name: str) -> Value:
        return Unknown(f"{name} is said where the owner is", companion.place)

    resource = Resource(
        companion.address,
        table.type,
        companion.place,
        read,
        language="terraform",
        terraform={**companion.settings(None), "owner": companion.argument(table.owner)},
        copies=companion.copies,
        property_names=_property_names(companion.type),
        editable=companion.editable,
    )
    resource.read_all = partial(written_arguments, companion, (), None)
    return resource


def _item(giver: Instance, table: Companion) -> Value:
    """The item that a companion adds to a list of its owner."""
    properties = PropertyReader(table.type, table.properties, giver.argument, giver.place)
    properties.all()
    return Known(properties, giver.place)


def _perhaps(address: str, value: Value, given: Value) -> Unknown:
    """A property of an owner where a companion need not exist that gives it, or that is not known for another reason.

    It is not known, but refers to nothing else than what is written in the owner and in the companion.
    """
    before = value if isinstance(value, Unknown) else None
    return Unknown(
        f"{address} may give it" if before is None else before.why,
        given.place if before is None else before.place,
        may_come_from=(*value.mentions(), *given.mentions()),
        anything=any(_may_name_any(part) for both in (value, given) for part in _parts(both)),
        is_unread=before is not None and before.is_unread,
    )


def _parts(value: Value) -> Iterator[Value]:
    yield value
    if isinstance(value, Known) and isinstance(value.content, (list, Mapping)):
        inner = value.content if isinstance(value.content, list) else value.content.values()
        for part in inner:
            yield from _parts(part)


def _may_name_any(value: Value) -> bool:
    """Whether a value may refer to something without mentioning it: any unknown one may, and so do addresses."""
    if isinstance(value, Unknown):
        return value.anything
    pattern = value.pattern
    return pattern is not None and any(map(pattern.startswith, _ADDRESSES))
