"""Facts about RDS and Aurora."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.facts import Fact

_CLASSES = "AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html"

FAMILIES_BY_MEMORY: Fact[Mapping[str, int]] = Fact(
    {"c": 0, "t": 1, "m": 1, "r": 2, "x": 3}, page=_CLASSES, read="2026-11-25"
)
"""The order of the families of classes by the memory that they have to a vCPU; T and M have the same, size for size."""

SIZES_BELOW_LARGE: Fact[Mapping[str, float]] = Fact(
    {"nano": 0.1, "micro": 0.2, "small": 0.3, "medium": 0.4}, page=_CLASSES, read="2026-11-25"
)
"""The order of the sizes below large, which is 1: they have less memory than large and no more vCPUs."""

DEFAULT_PROMOTION_TIER = Fact(1, page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html", read="2026-11-25")
"""The place of an instance in the order of promotion when nobody says one."""

DEFAULT_RETENTION = Fact(1, page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html", read="2026-11-25")
"""Days that automated backups are kept when nobody says how long; the same for clusters."""

LEAST_STORAGE = Fact(20, page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html", read="2026-11-26")
"""GiB: where general purpose storage begins, for the engines that are not RDS Custom."""

MOST_STORAGE: Fact[Mapping[str, int]] = Fact(
    {"sqlserver": 16384, "": 65536}, page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html", read="2026-11-26"
)
"""GiB: how large the volume of an instance can be, by how the name of its engine begins."""

VOLUME_TYPES = Fact(
    ("gp2", "gp3", "io1", "io2", "standard"),
    page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    read="2026-11-26",
)
"""Types of storage of an instance that has a volume of its own, which an instance of Aurora does not have."""

LEAST_GROWTH = Fact(10, page="AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html", read="2026-11-26")
"""Per cent that the limit of storage autoscaling is above the allocated storage at least, or RDS rejects it."""

ADVISED_GROWTH = Fact(26, page="AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html", read="2026-11-26")
"""Per cent that AWS wants the limit to be above the allocated storage, so that nothing says that it is near."""

SINGLE_ZONE_ENGINES = Fact(
    ("sqlserver-ex", "sqlserver-web", "custom-"),
    page="AmazonRDS/latest/UserGuide/USER_SQLServerMultiAZ.html",
    read="2026-11-26",
)
"""How the names of engines begin that have no standby, or only in some versions; that RDS Custom has none stands in
API_RestoreDBInstanceFromDBSnapshot."""

ENGINES_OF_UNCLEAR_STANDBY = Fact(
    ("db2-ce",), page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html", read="2026-11-26"
)
"""How the names of engines begin of which no page says whether they can have a standby."""

ONLY_AURORA = Fact(
    frozenset(
        (
            *("ACUUtilization", "AuroraBinlogReplicaLag", "AuroraReplicaLag", "AuroraReplicaLagMaximum"),
            *("AuroraReplicaLagMinimum", "AuroraVolumeBytesLeftTotal", "ServerlessDatabaseCapacity"),
            *("StorageNetworkReceiveThroughput", "StorageNetworkThroughput", "StorageNetworkTransmitThroughput"),
            *("VolumeBytesUsed", "VolumeReadIOPs", "VolumeWriteIOPs"),
        )
    ),
    page="AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html",
    read="2026-11-26",
)
"""Metrics of Aurora's storage, replicas and capacity, which no other engine has."""

NOT_AURORA = Fact(
    frozenset(("BurstBalance", "FreeStorageSpace", "FreeStorageSpaceLogVolume", "ReplicaLag")),
    page="AmazonRDS/latest/UserGuide/rds-metrics.html",
    read="2026-11-26",
)
"""Metrics of a database's own volume and of its read replicas, which Aurora does not have."""
