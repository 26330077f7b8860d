"""Whether what databases and caches have fits their engine: groups of parameters and of options, and replicas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
        "docdb": 2,
        "mariadb": 2,
        "memcached": 2,
        "memorydb_redis": 1,
        "memorydb_valkey": 1,
        "mysql": 2,
        "neptune": 2,
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

_FIRST_WITH_TWO: Mapping[str, tuple[int, int]] = fact(
    {"neptune": (1, 2)},
    page="AWSCloudFormation/latest/TemplateReference/aws-resource-neptune-dbclusterparametergroup.html",
    read="2026-12-02",
)
"""Engines whose families have two numbers since this version, and one before."""

_COPIED_WITH_SECRET = fact(
    ("sqlserver",), page="AmazonRDS/latest/UserGuide/rds-secrets-manager.html", read="2026-11-30"
)
"""How the names of engines begin that have read replicas of an instance whose password RDS manages."""

_FAMILY = ("Family",)

GROUPS: Mapping[tuple[str, str], tuple[str, tuple[str, ...]]] = {
    ("AWS::DocDB::DBCluster", "DBClusterParameterGroupName"): ("AWS::DocDB::DBClusterParameterGroup", _FAMILY),
    ("AWS::ElastiCache::CacheCluster", "CacheParameterGroupName"): (
        "AWS::ElastiCache::ParameterGroup",
        ("CacheParameterGroupFamily",),
    ),
    ("AWS::ElastiCache::ReplicationGroup", "CacheParameterGroupName"): (
        "AWS::ElastiCache::ParameterGroup",
        ("CacheParameterGroupFamily",),
    ),
    ("AWS::MemoryDB::Cluster", "ParameterGroupName"): ("AWS::MemoryDB::ParameterGroup", _FAMILY),
    ("AWS::Neptune::DBCluster", "DBClusterParameterGroupName"): ("AWS::Neptune::DBClusterParameterGroup", _FAMILY),
    ("AWS::Neptune::DBInstance", "DBParameterGroupName"): ("AWS::Neptune::DBParameterGroup", _FAMILY),
    ("AWS::RDS::DBCluster", "DBClusterParameterGroupName"): ("AWS::RDS::DBClusterParameterGroup", _FAMILY),
    ("AWS::RDS::DBInstance", "DBParameterGroupName"): ("AWS::RDS::DBParameterGroup", _FAMILY),
    ("AWS::RDS::DBInstance", "OptionGroupName"): ("AWS::RDS::OptionGroup", ("EngineName", "MajorEngineVersion")),
}
"""By a type and its property that names a group of parameters or options, the type of that, and the properties that
together are its family."""

_ENGINES: Mapping[str, str] = {
    "AWS::DocDB::DBCluster": "docdb",
    "AWS::Neptune::DBCluster": "neptune",
    "AWS::Neptune::DBInstance": "neptune",
}
"""The engine of types that have only one."""

_PREFIXES = {"AWS::MemoryDB::Cluster": "memorydb_"}
"""What the names of families begin with before the engine."""

_CLUSTERS = {"AWS::Neptune::DBInstance": "AWS::Neptune::DBCluster", "AWS::RDS::DBInstance": "AWS::RDS::DBCluster"}
"""By type of instance, that of the cluster which has the version."""


@record(frozen=True, eq=False)
class Misfit:
    """A group that surely is of another engine or version. path: which property names it, named: where. family: of
    which it is, and tells: where that is written. of: Engine or EngineVersion, and value: what that is. wanted: the
    family that this has."""

    path: str
    named: Value
    group: str
    family: str
    of: str
    value: Value
    wanted: str
    tells: Value | None

    @property
    def message(self) -> str:
        """What the database or cache does, up to what follows from that."""
        return f"names {self.group} of the family {self.family}, but {self.of} is {self.value.text}"

    @property
    def related(self) -> list[tuple[Value, str]]:
        """Where the reasons stand."""
        return [(self.value, self.of), *([] if self.tells is None else [(self.tells, "its family")])]


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
    if len(parts) < count:
        return None
    first = _FIRST_WITH_TWO.get(engine)
    if first is not None and (major, whole(parts[1])) < first:
        count = 1
    return engine + ".".join(parts[:count])


def misfits(database: Resource) -> Iterator[Misfit]:
    """The groups of parameters and options that a database or cache names, where they surely are of another family
    than its engine and version have."""
    own = database.get("Engine") if database.type not in _ENGINES else None
    engine = _ENGINES[database.type] if own is None else (own.text or "").lower()
    version = _version(database) if engine and not engine.startswith("custom") else None
    for type_, path in GROUPS if version is not None else ():
        if type_ == database.type and version is not None:
            yield from _misfit(database, path, f"{_PREFIXES.get(type_, '')}{engine}", own, version)


def _version(database: Resource) -> Value | None:
    """The version of a database or cache, which an instance has from its cluster; None where that is not here."""
    of = _CLUSTERS.get(database.type)
    cluster = database.follow("DBClusterIdentifier", of) if of else None
    return None if cluster is None and of in _ENGINES else (cluster or database).get("EngineVersion")


def _misfit(database: Resource, path: str, engine: str, own: Value | None, version: Value) -> Iterator[Misfit]:
    named, (type_, parts) = database.get(path), GROUPS[database.type, path]
    group = database.deployment.find(named, type_)
    written = [] if group is None else [group.get(part) for part in parts]
    known = "".join(part.text or "" for part in written) or _of_default(named.text or "")
    if not known or any(part.text is None for part in written):
        return
    known, wanted = known.lower(), family(engine, version.text or "")
    title, tells = (f"{named.text}", None) if group is None else (group.title, written[0])
    if not known.startswith(engine) and own is not None:
        yield Misfit(path, named, title, known, "Engine", own, wanted or engine, tells)
    elif wanted is not None and wanted != known:
        yield Misfit(path, named, title, known, "EngineVersion", version, wanted, tells)


def _of_default(name: str) -> str:
    """The family of a group that AWS makes itself; empty for any other."""
    plain = name.removeprefix("default.").removesuffix(".cluster.on").removesuffix(".search")
    return plain.replace("memorydb-", "memorydb_") if name.startswith("default.") and ":" not in name else ""
