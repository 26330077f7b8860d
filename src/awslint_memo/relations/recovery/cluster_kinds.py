"""The services whose clusters have their storage in three zones as Aurora's do: what their pages say, and which of them
a cluster is of, whatever type makes it.
"""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.record import record
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import facts, figures

DOCUMENTS = "AWS::DocDB::DBCluster"
GRAPHS = "AWS::Neptune::DBCluster"


@record(frozen=True)
class Kind:
    """What the pages of a service say. takes: how long a failover takes, and a new instance; None if they don't say.

    retention: days of backups by default. loss: what is lost with a secondary, in AWS's words. pages: of backups and of
    the storage. lag: how far a secondary is typically behind. promotion: how long it takes to promote one. None if no
    page says it.
    """

    whole: str
    retention: int
    pages: tuple[str, str]
    loss: Fact[str]
    takes: tuple[float | None, float | None] = (None, None)
    lag: float | None = None
    promotion: float | None = None


KINDS = {
    DOCUMENTS: Kind(
        "AWS::DocDB::GlobalCluster",
        facts.DOCUMENT_BACKUPS.value,
        (facts.DOCUMENT_BACKUPS.page, facts.DOCUMENT_COPIES.page),
        figures.DOCUMENT_LOSS,
        takes=(float(figures.DOCUMENT_FAILOVER.value), None),
        promotion=float(figures.DOCUMENT_PROMOTION.value),
        lag=float(facts.DOCUMENT_GLOBAL.value),
    ),
    GRAPHS: Kind(
        "AWS::Neptune::GlobalCluster",
        facts.GRAPH_BACKUPS.value,
        (facts.GRAPH_BACKUPS.page, facts.GRAPH_FAILOVER.page),
        figures.GRAPH_LOSS,
        takes=facts.GRAPH_FAILOVER.value,
    ),
}

_OF_ENGINES = {"docdb": DOCUMENTS, "neptune": GRAPHS}


def service(cluster: Resource) -> str:
    """The type that a cluster is judged as: that of RDS makes clusters of DocumentDB and Neptune too, by the engine."""
    engine = cluster.get("Engine").text if cluster.type == databases.CLUSTER else None
    return _OF_ENGINES.get((engine or "").lower(), cluster.type)


def types(service_: str) -> tuple[str, ...]:
    """The types of resources that make clusters of a service."""
    return (service_,) if service_ == databases.CLUSTER else (service_, databases.CLUSTER)


def wholes(service_: str) -> tuple[str, ...]:
    """The types of what joins clusters of a service in several Regions."""
    kind = KINDS.get(service_)
    return (databases.GLOBAL,) if kind is None else (kind.whole, databases.GLOBAL)
