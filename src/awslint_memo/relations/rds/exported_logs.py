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

TO_TABLES = fact(
    ("mariadb", "mysql"), page="AmazonRDS/latest/UserGuide/USER_LogAccess.MySQL.LogFileSize.html", read="2026-12-01"
)
"""The engines of which log_output is TABLE by default; it has to be FILE: what is written to tables is not sent."""

_OFF = ("0", "off")
_GROUPS = {
    databases.INSTANCE: ("DBParameterGroupName", "AWS::RDS::DBParameterGroup"),
    databases.CLUSTER: ("DBClusterParameterGroupName", "AWS::RDS::DBClusterParameterGroup"),
}


@record(frozen=True, eq=False)
class Idle:
    """A log that is sent and not written to a file. group: the parameter group that says so; None for the default one.
    state: what it says, and settings: with what values the log is written and sent; both in words of a message."""

    log: Value
    group: Resource | None
    state: str
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
        tables = None if log.text == "audit" else _to_tables(engine, groups)
        if all(_is_off(group, name) for group in groups for name in names.value):
            to_files = "" if tables is None else " and log_output to FILE"
            yield Idle(log, groups[0], f"leaves {names.value[0]} off", f"{names.value[0]} to 1{to_files}")
        elif tables is not None:
            yield Idle(log, *tables, "log_output to FILE")


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


def _to_tables(engine: str, groups: Sequence[Resource | None]) -> tuple[Resource | None, str] | None:
    """The parameter group by which logs surely are not written to files, and what it says; else None."""
    of_all, *of_members = ((group, _parameter(group, "log_output")) for group in groups)
    deciding = [of_all if one[1] is None or one[1].is_absent else one for one in of_members] or [of_all]
    states = [(group, _state(engine, value)) for group, value in deciding]
    return None if "" in (state for _, state in states) else states[0]


def _state(engine: str, output: Value | None) -> str:
    """How a message says that log_output surely is not FILE; empty if it may be."""
    if output is None or output.is_absent:
        return "leaves log_output at TABLE" if engine in TO_TABLES else ""
    return f"sets log_output to {output.text}" if output.text and "FILE" not in output.text.upper() else ""


def _parameter(group: Resource | None, name: str) -> Value | None:
    """A parameter of a group; None where that is a default one."""
    if group is None:
        return None
    written = group.get("Parameters")
    return Absent(group.place) if written.is_absent else written.get(name)


def _is_off(group: Resource | None, name: str) -> bool:
    """Whether a parameter surely is off in a group."""
    value = _parameter(group, name)
    return value is None or value.is_absent or (value.text or "").lower() in _OFF or value.number == 0
