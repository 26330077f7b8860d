"""In which Region what a runbook is for stands, as far as that is told: what stands by elsewhere is not lost."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.relations import elasticache
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import cluster_kinds, regions, service_types, store_objectives, stores
from awslint_memo.relations.recovery.families import Family


def stands_by(family: Family) -> bool:
    """Whether a deployment alone, whose Region nobody tells, surely is in another one than the primary Region: it has
    a secondary of a global database, and no primary.

    A global database has each of its clusters in another Region
    (AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html). Clusters of Neptune have no users, so that nothing
    tells a primary which joins a global cluster of another stack from a secondary.
    """
    if family.kin or is_told(family) or family.deployment.own_of_type(*_GLOBAL):
        return False
    return any(map(_is_secondary, _own(family, databases.CLUSTER, cluster_kinds.DOCUMENTS, elasticache.GROUP)))


def _is_secondary(store: Resource) -> bool:
    """Whether a cluster surely joins a global one that others made: a primary has a user or a snapshot."""
    if store.type == elasticache.GROUP:
        return not store.get("GlobalReplicationGroupId").is_absent
    if store.type == databases.CLUSTER and not store.get("ReplicationSourceIdentifier").is_absent:
        return False
    is_joined = not store.get("GlobalClusterIdentifier").is_absent
    return is_joined and all(store.get(name).is_absent for name in _OF_PRIMARIES)


_OF_PRIMARIES = (
    *("ManageMasterUserPassword", "MasterUsername", "RestoreType", "SnapshotIdentifier"),
    "SourceDBClusterIdentifier",
)
"""What a cluster has that is made by itself or of another one, and joins a global one later."""

_GLOBAL = (databases.GLOBAL, *(kind.whole for kind in cluster_kinds.KINDS.values()))


def is_told(family: Family) -> bool:
    """Whether a template, a provider or a deployment tells the Region of something of a family: else its primary
    Region is the first of the configuration's. That a condition compares it with one does not."""
    if family.deployment.is_supposed:
        return False
    every = [*_own(family, *stores.TYPES, *service_types.COMPUTING)]
    known = (regions.told(resource) for resource in every)
    return not every or bool(family.kin) or any(value is not None and value.text is not None for value in known)


def is_surely_absent(family: Family) -> bool:
    """Whether what was not read in the other Region is not there: where the user says that nothing else exists, or
    where templates, providers or deployments tell their Regions. A template may be deployed in any number of them."""
    return store_objectives.is_complete(family.deployment) or is_told(family)


def _own(family: Family, *types: str) -> list[Resource]:
    return [resource for resource in family.deployment.own_of_type(*types) if family.owns(resource)]
