"""RDS: what its engines accept, and the types of what it tells events of."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value
from awslint_memo.relations.rds import databases

_STATIC = fact(
    (
        *("autovacuum_freeze_max_age", "logging_collector", "max_connections", "max_files_per_process"),
        *("max_locks_per_transaction", "max_pred_locks_per_transaction", "max_prepared_transactions"),
        *("rds.restrict_password_commands", "shared_buffers", "shared_preload_libraries"),
        *("track_activity_query_size", "wal_buffers"),
    ),
    page="AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html",
    read="2026-11-30",
)
"""Parameters of PostgreSQL that only a restart changes, in every version."""

_STATIC_TOO = fact(
    ("max_replication_slots", "max_wal_senders"),
    page="https://www.postgresql.org/docs/16/runtime-config-replication.html",
    read="2026-11-30",
)
"""More of them, which the page of RDS leaves out."""

_LOG_TYPES: Mapping[str, tuple[str, ...]] = fact(
    {
        "db2": ("diag.log", "notify.log", "iam-db-auth-error"),
        "mariadb": ("audit", "error", "general", "slowquery", "iam-db-auth-error"),
        "mysql": ("audit", "error", "general", "slowquery", "iam-db-auth-error"),
        "oracle": ("alert", "audit", "listener", "trace", "oemagent"),
        "postgres": ("postgresql", "upgrade", "iam-db-auth-error"),
        "sqlserver": ("agent", "error"),
    },
    page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    read="2026-11-30",
)
"""The logs that instances send to CloudWatch Logs, by how the name of their engine begins."""

_CLUSTER_LOG_TYPES: Mapping[str, tuple[str, ...]] = fact(
    {
        "aurora-mysql": ("audit", "error", "general", "instance", "slowquery", "iam-db-auth-error"),
        "aurora-postgresql": ("instance", "postgresql", "iam-db-auth-error"),
    },
    page="AmazonRDS/latest/APIReference/API_CreateDBCluster.html",
    read="2026-11-30",
)
"""The same for clusters of Aurora; a Multi-AZ cluster has those of its engine at most."""

EVENT_SOURCES: Mapping[str, str] = fact(
    {
        "AWS::RDS::DBCluster": "db-cluster",
        "AWS::RDS::DBInstance": "db-instance",
        "AWS::RDS::DBParameterGroup": "db-parameter-group",
        "AWS::RDS::DBProxy": "db-proxy",
    },
    page="AmazonRDS/latest/APIReference/API_CreateEventSubscription.html",
    read="2026-11-30",
)
"""What a subscription to events calls the types of what it may name."""

SNAPSHOTS = fact(
    ("db-cluster-snapshot", "db-snapshot"),
    page="AmazonRDS/latest/APIReference/API_CreateEventSubscription.html",
    read="2026-11-30",
)
"""Types of sources that no template has, as somebody or a plan makes them."""

EVENTS_OF: Mapping[str, tuple[str, ...]] = fact(
    {
        "backtrack": ("db-instance",),
        "failover": ("db-instance", "db-cluster"),
        "low storage": ("db-instance",),
    },
    page="AmazonRDS/latest/UserGuide/USER_Events.Messages.html",
    read="2026-12-02",
)
"""Categories of events that only some types of sources have. AWS adds others to more types in time."""

_NAMES = {
    "AWS::RDS::DBCluster": "DBClusterIdentifier",
    "AWS::RDS::DBInstance": "DBInstanceIdentifier",
    "AWS::RDS::DBParameterGroup": "DBParameterGroupName",
    "AWS::RDS::DBProxy": "DBProxyName",
}


def is_static(parameter: Value) -> bool:
    """Whether the name of a parameter of PostgreSQL is surely one that only a restart changes."""
    return parameter.is_one_of(*_STATIC, *_STATIC_TOO)


def unknown_logs(database: Resource) -> tuple[str, list[Value]]:
    """The engine of an instance or a cluster, and the logs that it is to send of which only other engines have some;
    empty where the engine is not known."""
    source = databases.replica_source(database) if database.type == databases.INSTANCE else None
    engine = database.get("Engine")
    if source is not None and engine.is_absent:
        engine = source.get("Engine")
    name = (engine.text or "").lower()
    # A cluster may also be a Multi-AZ cluster of MySQL or PostgreSQL. Aurora's instances export by their cluster.
    tables = _LOG_TYPES if database.type == databases.INSTANCE else {**_LOG_TYPES, **_CLUSTER_LOG_TYPES}
    own = next((logs for start, logs in tables.items() if name.startswith(start)), None)
    if own is None:
        return name, []
    others = {log for logs in (*_LOG_TYPES.values(), *_CLUSTER_LOG_TYPES.values()) for log in logs} - {*own}
    return name, [log for log in database.get("EnableCloudwatchLogsExports").items if log.is_one_of(*sorted(others))]


def logs_of(engine: str) -> tuple[str, ...]:
    """The logs that a database of an engine can send; empty if that is not known."""
    tables = {**_LOG_TYPES, **_CLUSTER_LOG_TYPES}
    return next((logs for start, logs in tables.items() if engine.startswith(start)), ())


def source_of_other_type(subscription: Resource) -> tuple[Value, Resource] | None:
    """The first source of a subscription to events that surely is of another type than it asks for: where it is named,
    and what it is."""
    wanted = subscription.get("SourceType").text
    if wanted not in (*EVENT_SOURCES.values(), *SNAPSHOTS):
        return None
    for named in subscription.get("SourceIds").items:
        source = subscription.deployment.find(named, *EVENT_SOURCES)
        if source is not None and EVENT_SOURCES[source.type] != wanted and not _has_namesake(source, wanted):
            return named, source
    return None


def foreign_category(subscription: Resource) -> Value | None:
    """The first category of events of which a subscription surely asks for sources of a type that has none such."""
    wanted = subscription.get("SourceType").text
    if wanted not in (*EVENT_SOURCES.values(), *SNAPSHOTS):
        return None
    categories = subscription.get("EventCategories").items
    return next((one for one in categories if wanted not in EVENTS_OF.get(one.text or "", (wanted,))), None)


def _has_namesake(source: Resource, wanted: str) -> bool:
    """Whether something here of the type that is asked for has the very name of a source of another type, or may."""
    name = source.get(_NAMES[source.type])
    if name.is_absent:
        return False
    others = source.deployment.of_type(*(kind for kind, called in EVENT_SOURCES.items() if called == wanted))
    return any(name.is_same_as(other.get(_NAMES[other.type])) is not False for other in others)
