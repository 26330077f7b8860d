"""Stores that two templates of a family make under one name in one Region: an account has one of a name there, so that
both are one store, or one of the two can't be deployed.
"""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.identity import NAMES
from awslint_memo.relations import dynamodb
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import families, regions

_ALIKE = {
    databases.INSTANCE: (databases.INSTANCE,),
    databases.CLUSTER: (databases.CLUSTER,),
    dynamodb.TABLE: (dynamodb.TABLE, dynamodb.GLOBAL_TABLE),
    dynamodb.GLOBAL_TABLE: (dynamodb.TABLE, dynamodb.GLOBAL_TABLE),
}
"""By type, the types of which a Region of an account has one of a name."""


def note(store: Resource) -> str:
    """That a store is the one which another template makes; empty where it is judged itself."""
    other = judged_instead(store)
    if other is None:
        return ""
    span = other.place.span
    return (
        f"judged as {other.title} ({span.path}:{span.line}), which has its name: a Region of an account has one of it"
    )


def judged_instead(store: Resource) -> Resource | None:
    """The store of the same name that is judged in place of one: that which is protected least, as any may be there."""
    others = [other for other in _of_its_name(store) if _rank(other) < _rank(store)]
    return min(others, key=_rank, default=None)


def made_again(store: Resource) -> list[Resource]:
    """What other templates of a family make by the name of a store in its Region."""
    return list(_of_its_name(store))


def name(store: Resource) -> str | None:
    """The name of a store of which a Region of an account has one; None where that is not known, or may differ."""
    return store.get(NAMES[store.type][1]).text if store.type in _ALIKE else None


def _of_its_name(store: Resource) -> Iterator[Resource]:
    types = _ALIKE.get(store.type)
    own = name(store)
    is_alone = store.deployment.declared.landscape is None or not families.kin(store.deployment)
    if types is None or own is None or is_alone or _joins(store):
        return
    with noted():
        for member in families.family_of(store).elsewhere(*types):
            other = member.resource
            # Other deployments of one template are environments, in accounts of their own.
            is_other = member.sure and other.place.span.path != store.place.span.path and not _joins(other)
            if is_other and name(other) == own and regions.are_in_one(store, other):
                yield other


def _joins(store: Resource) -> bool:
    """Whether a global table is none of its own: of version 2017.11.29, or a replica as a resource."""
    is_whole = store.type == dynamodb.GLOBAL_TABLE
    return is_whole and (dynamodb.is_version_2017(store) or not store.terraform.replica_of.is_absent)


def _rank(store: Resource) -> tuple[bool, bool, str, int]:
    """What is judged first: a table before a global table, which says more of it, and of equal ones what is kept
    without backups."""
    is_whole = store.type == dynamodb.GLOBAL_TABLE
    paths = "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled", "BackupRetentionPeriod"
    is_kept = store.get(paths[0]).flag is True or bool(store.get(paths[1]).number)
    return is_whole, is_kept, store.place.span.path, store.place.span.line
