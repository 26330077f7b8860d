"""Ways back for Aurora when a Region is lost: secondaries of a global database, and clusters that replicate one."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.relations.rds import clusters, databases
from awslint_memo.relations.recovery import facts, regions
from awslint_memo.relations.recovery.reasons import stands
from awslint_memo.relations.recovery.ways import Back, Reasons, Way, typically

_GROUP = "AWS::RDS::DBClusterParameterGroup"


def ways(database: Resource) -> Iterator[Way]:
    """Secondaries of a global database, and clusters that replicate this one."""
    deployment = database.deployment
    named, whole = database.get("GlobalClusterIdentifier"), _whole(database)
    others = [
        one
        for one in deployment.of_type(databases.CLUSTER)
        if one is not database and regions.is_apart(database, one) is not False
    ]
    secondaries = [
        one
        for one in others
        if whole is not None and deployment.find(one.get("GlobalClusterIdentifier"), databases.GLOBAL) is whole
    ]
    bound, reasons = _bound(database)
    for one in secondaries:
        members = clusters.cluster_instances(one)
        back = Back.PROMOTE if members or members is None else Back.START
        told = (*stands(one, f"secondary {one.title}"), *reasons)
        way = typically(f"secondary {one.title} of the global database", facts.AURORA_GLOBAL, back, told)
        yield replace(way, ceiling=bound, sure=_is_surely_apart(database, one), region=regions.name(one))
    if not secondaries and (whole is not None or not named.is_absent):
        # In this deployment is no other member; it may be in another stack.
        place = whole.place if whole is not None else named.place
        way = typically("secondary of the global database", facts.AURORA_GLOBAL, Back.PROMOTE)
        yield replace(way, sure=False, because=((place, "a global database"),))
    for one in others:
        if deployment.find(one.get("ReplicationSourceIdentifier"), databases.CLUSTER) is database:
            yield Way(
                f"replica {one.title}",
                facts.RDS_READ_REPLICAS.value,
                Back.PROMOTE,
                facts.RDS_READ_REPLICAS.page,
                sure=_is_surely_apart(database, one),
                because=stands(one, f"replica {one.title}"),
                region=regions.name(one),
            )


def _whole(database: Resource) -> Resource | None:
    """The global database that a cluster belongs to, or is the first of."""
    deployment = database.deployment
    return deployment.find(database.get("GlobalClusterIdentifier"), databases.GLOBAL) or next(
        (
            one
            for one in deployment.of_type(databases.GLOBAL)
            if deployment.find(one.get("SourceDBClusterIdentifier"), databases.CLUSTER) is database
        ),
        None,
    )


def _is_surely_apart(database: Resource, other: Resource) -> bool:
    return regions.is_apart(database, other) is True and bool(other.copies.number)


def _bound(database: Resource) -> tuple[float | None, Reasons]:
    """The upper bound on the RPO that a parameter sets, with its place: commits wait rather than exceed it."""
    group = database.follow("DBClusterParameterGroupName", _GROUP)
    name = facts.GLOBAL_BOUND.value
    value = None if group is None else group.get("Parameters").fields.get(name)
    if value is None or value.number is None or database.get("Engine").text != "aurora-postgresql":
        return None, ()
    return float(value.number), ((value.place, f"{name} {value.text}{value.note}"),)
