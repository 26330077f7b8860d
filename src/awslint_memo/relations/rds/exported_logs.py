"""RDS: logs that a database sends to CloudWatch Logs, and that its engine does not write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Value
from awslint_memo.relations.rds import clusters, databases

_OF_MYSQL = "AmazonRDS/latest/UserGuide/USER_LogAccess.MySQLDB.PublishtoCloudWatchLogs.html"
_OF_MARIADB = "AmazonRDS/latest/UserGuide/USER_LogAccess.MariaDB.PublishtoCloudWatchLogs.html"
_OF_AURORA = "AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html"
_OF_AUDITS = "AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html"


def _turned_on(*names: str, page: str) -> Fact[Sequence[str]]:
    return Fact(names, page=page, read="2026-12-01")


TURNED_ON: Mapping[tuple[str, str], Fact[Sequence[str]]] = {
    ("aurora-mysql", "audit"): _turned_on("server_audit_logging", page=_OF_AUDITS),
    ("aurora-mysql", "general"): _turned_on("general_log", page=_OF_AURORA),
    ("aurora-mysql", "slowquery"): _turned_on("slow_query_log", page=_OF_AURORA),
    ("mariadb", "general"): _turned_on("general_log", page=_OF_MARIADB),
    ("mariadb", "slowquery"): _turned_on("slow_query_log", "log_slow_query", page=_OF_MARIADB),
    ("mysql", "general"): _turned_on("general_log", page=_OF_MYSQL),
    ("mysql", "slowquery"): _turned_on("slow_query_log", page=_OF_MYSQL),
}
"""By engine and log, the parameters of which one turns it on; by default all are off."""

TO_FILES = fact(("mariadb", "mysql"), page=_OF_MYSQL, read="2026-12-01")
"""The engines of which log_output has to be FILE: what they write to tables is not sent."""

_OFF = ("0", "off")
_GROUPS = {
    databases.INSTANCE: ("DBParameterGroupName", "AWS::RDS::DBParameterGroup"),
    databases.CLUSTER: ("DBClusterParameterGroupName", "AWS::RDS::DBClusterParameterGroup"),
}


@record(frozen=True, eq=False)
class Idle:
    """A log that is sent and not written. parameter: what turns it on. group: where that is off; None for the default
    group. settings: with what values of parameters it is written and sent, in words of a message."""

    log: Value
    parameter: str
    group: Resource | None
    settings: str


def idle(database: Resource) -> Iterator[Idle]:
    """The logs that an instance or a cluster sends of which its engine surely writes none."""
    engine = (database.get("Engine").text or "").lower()
    # A replica takes the group of its source where it names none, and a copy may.
    is_replica = database.type == databases.INSTANCE and databases.is_read_replica(database)
    if is_replica or databases.is_restored(database):
        return
    for log in database.get("EnableCloudwatchLogsExports").items:
        names = TURNED_ON.get((engine, log.text or ""))
        if names is None or not (groups := _groups(database, log.text or "")):
            continue
        if all(_is_off(group, name) for group in groups for name in names.value):
            to_files = " and log_output to FILE" if engine in TO_FILES and not _is_to_files(groups[0]) else ""
            yield Idle(log, names.value[0], groups[0], f"{names.value[0]} to 1{to_files}")


def _groups(database: Resource, log: str) -> list[Resource | None]:
    """The parameter groups that may turn on a log, of which None is a default one; empty where one is not known."""
    named = [_group(database)]
    # Aurora audits by the group of the cluster alone, and takes other parameters from those of instances too.
    if database.type == databases.CLUSTER and log != "audit":
        members = clusters.cluster_instances(database)
        named += [(False, None)] if not members else [_group(member) for member in members]
    return [group for _, group in named] if all(is_known for is_known, _ in named) else []


def _group(database: Resource) -> tuple[bool, Resource | None]:
    """Whether it is known which parameter group a database has, and the group, unless it is a default one."""
    path, type_ = _GROUPS[database.type]
    named = database.get(path)
    group = database.deployment.find(named, type_)
    return group is not None or named.is_absent or named.starts_with("default.") is True, group


def _is_to_files(group: Resource | None) -> bool:
    """Whether a group surely has logs written to files."""
    return group is not None and (group.get("Parameters").get("log_output").text or "").upper() == "FILE"


def _is_off(group: Resource | None, name: str) -> bool:
    """Whether a parameter surely is off in a group."""
    if group is None:
        return True
    written = group.get("Parameters")
    value = Absent(group.place) if written.is_absent else written.get(name)
    return value.is_absent or (value.text or "").lower() in _OFF or value.number == 0
