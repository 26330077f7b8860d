"""Figures of recovery: seconds where nothing else is said, as AWS documents them."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.fact import Fact

RDS_LOGS = Fact(300, page="AmazonRDS/latest/UserGuide/USER_PIT.html", read="2026-11-25")
"""How often RDS uploads transaction logs to S3, so what a point-in-time restore typically loses at most."""

RDS_FAILOVER = Fact(120, page="AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.html", read="2026-11-25")
"""The upper end of what a failover of a Multi-AZ DB instance typically takes (60 to 120 seconds)."""

CLUSTER_FAILOVER = Fact(
    35, page="AmazonRDS/latest/UserGuide/multi-az-db-clusters-concepts-failover.html", read="2026-11-25"
)
"""What a failover of a Multi-AZ DB cluster typically takes at most."""

RDS_REPLICATED_BACKUPS = Fact(300, page="AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html", read="2026-11-25")
"""What is lost at least with backups replicated to another Region: the logs are copied once they are uploaded."""

RDS_READ_REPLICAS = Fact(0, page="AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html", read="2026-11-27")
"""What a read replica may lack at best. Replication is asynchronous; how far it is behind, AWS does not say."""

AURORA_RESTORE = Fact(300, page="AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html", read="2026-11-25")
"""How long ago the latest restorable time of Aurora typically is."""

AURORA_FAILOVER = Fact(
    60, page="AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html", read="2026-11-25"
)
"""What a failover to an Aurora replica typically takes at most."""

AURORA_START = Fact(
    600, page="AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html", read="2026-11-25"
)
"""What it typically takes at most to make a new primary instance where there is no replica."""

AURORA_GLOBAL = Fact(
    1, page="AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html", read="2026-11-25"
)
"""How far the secondaries of a global database are typically behind; AWS gives its RPO as "measured in seconds"."""

LONGEST_BACKTRACK = Fact(259200, page="AmazonRDS/latest/APIReference/API_CreateDBCluster.html", read="2026-11-25")
"""How far back a cluster of Aurora MySQL can be backtracked at most."""

TABLE_RESTORE = Fact(
    300, page="amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html", read="2026-11-25"
)
"""How long ago the latest restorable time of a table typically is."""

TABLE_RECOVERY_DAYS = Fact(
    35, page="amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html", read="2026-11-25"
)
"""Days that point-in-time recovery reaches back when nobody says how many."""

TABLE_COPIES = Fact(0, page="amazondynamodb/latest/developerguide/data-protection.html", read="2026-11-27")
"""What is lost of a table with an Availability Zone: its data are kept in several facilities of a Region."""

TABLE_REPLICATION = Fact(
    1, page="amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html", read="2026-11-25"
)
"""What replication to another Region typically takes at most; the page gives the RPO as "usually a few seconds"."""

CACHE_SNAPSHOTS = Fact(86400, page="AmazonElastiCache/latest/dg/backups-automatic.html", read="2026-11-25")
"""How often ElastiCache makes automatic snapshots."""

CACHE_FAILOVER = Fact(0, page="AmazonElastiCache/latest/dg/AutoFailover.html", read="2026-11-27")
"""What a replica may lack at best. Replication is asynchronous; how far it is behind, AWS does not say."""

CACHE_GLOBAL = Fact(
    (1, 60),
    page="https://disaster-recovery.workshop.aws/en/services/databases/elasticache/global-datastore.html",
    read="2026-11-27",
)
"""How far the secondary of a global datastore is typically behind, and how long its promotion typically takes."""

BUCKET_VERSIONS = Fact(0, page="AmazonS3/latest/userguide/DeleteMarker.html", read="2026-11-27")
"""What is lost of an object that is overwritten or deleted in a bucket with versions."""

BUCKET_COPIES = Fact(("ONEZONE_IA",), page="AmazonS3/latest/userguide/DataDurability.html", read="2026-11-27")
"""The storage classes whose objects are kept in one Availability Zone; all others survive the loss of one."""

BUCKET_REPLICATION = Fact(900, page="AmazonS3/latest/userguide/replication-time-control.html", read="2026-11-25")
"""What replication with time control takes for 99.99 percent of the objects at most."""

SHORTEST_INTERVAL = Fact(3600, page="aws-backup/latest/devguide/plan-options-and-configuration.html", read="2026-11-25")
"""The shortest time between two snapshots of AWS Backup."""

START_WINDOW = Fact(480, page="aws-backup/latest/devguide/API_StartBackupJob.html", read="2026-11-25")
"""Minutes in which a backup is started when nobody says how many."""

COMPLETION_WINDOW = Fact(
    10080, page="aws-backup/latest/devguide/plan-options-and-configuration.html", read="2026-11-25"
)
"""Minutes in which a backup is completed when nobody says how many."""

CONTINUOUS = Fact(
    frozenset(("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::S3::Bucket")),
    page="aws-backup/latest/devguide/point-in-time-recovery.html",
    read="2026-11-25",
)
"""Types with continuous backups in AWS Backup; their copies are snapshots."""

BACKED_UP: Fact[Mapping[str, tuple[str, str]]] = Fact(
    {
        "AWS::DynamoDB::GlobalTable": ("dynamodb", "table/"),
        "AWS::DynamoDB::Table": ("dynamodb", "table/"),
        "AWS::RDS::DBCluster": ("rds", "cluster:"),
        "AWS::RDS::DBInstance": ("rds", "db:"),
        "AWS::S3::Bucket": ("s3", ""),
    },
    page="aws-backup/latest/devguide/backup-feature-availability.html",
    read="2026-11-27",
)
"""Types that AWS Backup backs up, of those that are judged here, with the service and the kind in their ARNs."""

COPY_CALLS = Fact(
    (
        "dynamodb:CreateBackup",
        "dynamodb:ExportTableToPointInTime",
        "elasticache:CopySnapshot",
        "elasticache:CreateSnapshot",
        "rds:CopyDBClusterSnapshot",
        "rds:CopyDBSnapshot",
        "rds:CreateDBClusterSnapshot",
        "rds:CreateDBSnapshot",
    ),
    page="service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    read="2026-11-27",
)
"""Actions by which a program makes or copies backups."""

COPIERS = Fact(
    ("AWS::DMS::ReplicationTask", "AWS::DataSync::Task"),
    page="AWSCloudFormation/latest/UserGuide/aws-template-resource-type-ref.html",
    read="2026-11-27",
)
"""Types that may copy the data of a store to another one."""

TRAFFIC_DIAL = Fact(100, page="global-accelerator/latest/dg/about-endpoint-groups-traffic-dial.html", read="2026-11-27")
"""The percentage of the requests that an endpoint group of an accelerator takes where nobody says one."""
