"""RDS and ElastiCache: whether what databases and caches have fits their engine: groups of parameters and replicas."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.spelled import whole
from awslint_memo.model.value import Value

_COMPONENTS: Mapping[str, int] = fact(
    {
        "aurora-mysql": 2,
        "aurora-postgresql": 1,
        "mariadb": 2,
        "memcached": 2,
        "mysql": 2,
        "postgres": 1,
        "redis": 1,
        "valkey": 1,
    },
    page="AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html",
    read="2026-11-30",
)
"""How many numbers of an engine's version stand in its families: mysql8.4 is that of 8.4.7."""

_OLD: Mapping[tuple[str, int], str] = fact(
    {("redis", 6): "redis6.x"}, page="AmazonElastiCache/latest/dg/ParameterGroups.Engine.html", read="2026-11-30"
)
"""Families that are called otherwise."""

_WITH_TWO: Mapping[str, int] = fact(
    {"aurora-postgresql": 10, "postgres": 10, "redis": 6},
    page="AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html",
    read="2026-11-30",
)
"""Engines whose families had two numbers before this version."""

_COPIED_WITH_SECRET = fact(
    ("sqlserver",), page="AmazonRDS/latest/UserGuide/rds-secrets-manager.html", read="2026-11-30"
)
"""How the names of engines begin that have read replicas of an instance whose password RDS manages."""

GROUPS: Mapping[str, tuple[str, str]] = {
    "CacheParameterGroupName": ("AWS::ElastiCache::ParameterGroup", "CacheParameterGroupFamily"),
    "DBClusterParameterGroupName": ("AWS::RDS::DBClusterParameterGroup", "Family"),
    "DBParameterGroupName": ("AWS::RDS::DBParameterGroup", "Family"),
}
"""By the property that names a group of parameters, its type and the property that is its family."""


@record(frozen=True, eq=False)
class Misfit:
    """A group that surely is of another engine or version. named: where it is named. family: of which it is. of: Engine
    or EngineVersion, and value: what that is. wanted: the family that this has."""

    named: Value
    group: str
    family: str
    of: str
    value: Value
    wanted: str


def is_copied_with_secret(engine: str) -> bool:
    """Whether RDS makes read replicas of an instance of this engine whose password it manages."""
    return engine.lower().startswith(_COPIED_WITH_SECRET)


def family(engine: str, version: str) -> str | None:
    """The family of a version of an engine; None where that is not known."""
    parts = list(takewhile(str.isdecimal, version.replace("-", ".").split(".")))
    count = _COMPONENTS.get(engine)
    if count is None or not parts or any(part[0] == "0" < part[1:] for part in parts):
        return None
    major = whole(parts[0])
    if (engine, major) in _OLD:
        return _OLD[engine, major]
    count += major < _WITH_TWO.get(engine, 0)
    return None if len(parts) < count else engine + ".".join(parts[:count])


def misfit(database: Resource, engine: Value, version: Value, path: str) -> Misfit | None:
    """The group of parameters that a database or cache names in a property, if it surely is of another family than its
    engine and version have; else None."""
    named, (type_, of) = database.get(path), GROUPS[path]
    group = database.deployment.find(named, type_)
    known = ((None if group is None else group.get(of).text) or _of_default(named.text or "")).lower()
    name = (engine.text or "").lower()
    if not known or not name or name.startswith("custom"):
        return None
    wanted, title = family(name, version.text or ""), f"{named.text}" if group is None else group.title
    if not known.startswith(name):
        return Misfit(named, title, known, "Engine", engine, wanted or name)
    if wanted is None or wanted == known:
        return None
    return Misfit(named, title, known, "EngineVersion", version, wanted)


def _of_default(name: str) -> str:
    """The family of a group that AWS makes itself; empty for any other."""
    return name.removeprefix("default.").removesuffix(".cluster.on") if name.startswith("default.") else ""
