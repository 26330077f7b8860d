"""For how many days services keep the backups that they make, and what is told where a setting is refused."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.record import replace
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery.recovery_paths import Path

LIMITS = {
    "AWS::DocDB::DBCluster": Fact(
        (1, 35), page="config/latest/developerguide/docdb-cluster-backup-retention-check.html", read="2026-12-01"
    ),
    "AWS::ElastiCache::CacheCluster": Fact(
        (0, 35), page="AmazonElastiCache/latest/dg/backups-automatic.html", read="2026-12-01"
    ),
    "AWS::ElastiCache::ReplicationGroup": Fact(
        (0, 35), page="AmazonElastiCache/latest/dg/backups-automatic.html", read="2026-12-01"
    ),
    "AWS::ElastiCache::ServerlessCache": Fact(
        (0, 35), page="AmazonElastiCache/latest/dg/backups-automatic.html", read="2026-12-01"
    ),
    "AWS::MemoryDB::Cluster": Fact(
        (0, 35), page="memorydb/latest/devguide/snapshots-automatic.html", read="2026-12-01"
    ),
    "AWS::Neptune::DBCluster": Fact(
        (1, 35), page="config/latest/developerguide/neptune-cluster-backup-retention-check.html", read="2026-12-01"
    ),
    "AWS::RDS::DBCluster": Fact(
        (1, 35), page="AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html", read="2026-12-01"
    ),
    "AWS::RDS::DBInstance": Fact(
        (0, 35), page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html", read="2026-12-01"
    ),
    "AWS::Redshift::Cluster": Fact(
        (0, 35), page="config/latest/developerguide/redshift-backup-enabled.html", read="2026-12-01"
    ),
}
"""By type, the least and the greatest number of days that AWS accepts; 0 turns the backups off."""


def doubted(path: Path, store: Resource, kept: Value) -> Path:
    """A way by backups that a store keeps for some days, as it is told: a number of days that AWS refuses deploys
    nothing, so that no figure holds, neither of what is lost nor of how far back one can go.

    kept: the setting in days.
    """
    least, most = LIMITS[store.type].value
    if kept.number is None or least <= kept.number <= most:
        return path
    why = f"how long {path.how} are kept: AWS accepts {least} to {most} days, and refuses {kept.text}{kept.note}"
    doubt = why, f"set it to {least if kept.number < least else most}"
    return replace(path, sure=False, reach=None, doubt=doubt)
