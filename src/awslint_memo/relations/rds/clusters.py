"""Which clusters many values may name, worked out once for all values and clusters."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.record import record
from awslint_memo.model.value import Value


@record(frozen=True)
class Clusters:
    """What values may name, and the identifiers in them in lower case: AWS compares these without regard to case."""

    name_index: NameIndex
    identifiers: frozenset[str]

    def may_be(self, cluster: Resource) -> bool:
        """Whether one of the values may name a cluster."""
        named = cluster.get("DBClusterIdentifier").text
        return self.name_index.may_be(cluster) or (named is not None and named.lower() in self.identifiers)


def clusters(deployment: Deployment, values: Sequence[Value]) -> Clusters:
    """The clusters that these values may name. Ask it in a function that `once` calls."""
    texts = (value.text for value in values)
    return Clusters(
        name_index(deployment, values), frozenset(one.rpartition(":")[2].lower() for one in texts if one is not None)
    )
