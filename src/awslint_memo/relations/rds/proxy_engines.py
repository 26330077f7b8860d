"""RDS proxies: which engines each kind of them connects to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value
from awslint_memo.relations.rds import databases

FAMILIES: Mapping[str, Sequence[str]] = fact(
    {
        "MYSQL": ("aurora-mysql", "mariadb", "mysql"),
        "POSTGRESQL": ("aurora-postgresql", "postgres"),
        "SQLSERVER": ("sqlserver",),
    },
    page="AmazonRDS/latest/APIReference/API_CreateDBProxy.html",
    read="2026-12-01",
)
"""How the engines begin to whose databases the proxies of a family connect."""

_PROXY = "AWS::RDS::DBProxy"


def family(engine: str) -> str | None:
    """The family of an engine; None of one that has no proxies."""
    return next((name for name, begins in FAMILIES.items() if engine.lower().startswith(tuple(begins))), None)


def others(group: Resource) -> Iterator[tuple[Value, Resource, Resource]]:
    """The databases of a proxy's targets that surely are of another family of engines than the proxy: where each is
    named, the database, and the proxy."""
    proxy = group.follow("DBProxyName", _PROXY)
    own = None if proxy is None else FAMILIES.get(proxy.get("EngineFamily").text or "")
    if proxy is None or own is None:
        return
    for path, type_ in (("DBClusterIdentifiers", databases.CLUSTER), ("DBInstanceIdentifiers", databases.INSTANCE)):
        for value in group.get(path).items:
            database = group.deployment.find(value, type_)
            engine = "" if database is None else (database.get("Engine").text or "").lower()
            if database is not None and engine and not engine.startswith(tuple(own)):
                yield value, database, proxy
