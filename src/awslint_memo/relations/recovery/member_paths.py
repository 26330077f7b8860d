"""Recovery paths by another resource that is a copy of a store, and by the members of a global database."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.model.span import Place
from awslint_memo.relations.namers import namers
from awslint_memo.relations.recovery import regions
from awslint_memo.relations.recovery.recovery_paths import Path, stands


def by_copy(path: Path, store: Resource, copy: Resource, words: str) -> Path:
    """A path by another resource, which is sure where that surely exists in another Region than the store."""
    sure = regions.is_apart(store, copy) is True and bool(copy.copies.number)
    reasons = (*stands(copy, words), *path.because)
    return replace(path, sure=sure, because=reasons, region=regions.name(copy), by=copy)


def in_another_stack(path: Path, place: Place, whole: str) -> Path:
    """A path by another member of a global database, which is not in this deployment."""
    remedy = "read their templates too, and declare an application with the paths of all"
    doubt = f"which other clusters {whole} has", remedy
    return replace(path, sure=False, because=((place, f"{whole}, of which no other cluster is here"),), doubt=doubt)


def global_cluster(cluster: Resource, *types: str) -> Resource | None:
    """The global database or cluster, of one of some types, that a cluster belongs to, or is the first of."""
    joined = cluster.deployment.find(cluster.get("GlobalClusterIdentifier"), *types)
    firsts = (first for type_ in types for first in namers(cluster, type_, "SourceDBClusterIdentifier"))
    return joined or next(firsts, None)
