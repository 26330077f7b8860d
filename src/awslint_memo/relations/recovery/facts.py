"""Figures of recovery: seconds where nothing else is said, as AWS documents them."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.facts import Fact

_MIGRATED = ("AWS::DocDB::DBCluster", "AWS::RDS::DBCluster", "AWS::RDS::DBInstance", "AWS::S3::Bucket")

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

GLOBAL_BOUND = Fact(
    "rds.global_db_rpo",
    page="AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html",
    read="2026-11-25",
)
"""The parameter of Aurora PostgreSQL with the seconds that are an upper bound on the RPO of a global database."""

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

CACHE_GLOBAL = Fact(0, page="AmazonElastiCache/latest/dg/Redis-Global-Datastore.html", read="2026-11-30")
"""What the secondary of a global datastore may lack at best: replication is asynchronous; the manual has no figure, for
how far it is behind or for its promotion."""

BUCKET_VERSIONS = Fact(0, page="AmazonS3/latest/userguide/DeleteMarker.html", read="2026-11-27")
"""What is lost of an object that is overwritten or deleted in a bucket with versions."""

BUCKET_COPIES = Fact(("ONEZONE_IA",), page="AmazonS3/latest/userguide/DataDurability.html", read="2026-11-27")
"""The storage classes whose objects are kept in one Availability Zone; all others survive the loss of one."""

DIRECTORY_COPIES = Fact(0, page="AmazonS3/latest/userguide/s3-express-differences.html", read="2026-11-27")
"""What is lost of a directory bucket with a device: its objects are kept on several, all in one Availability Zone."""

BUCKET_REPLICATION = Fact(900, page="AmazonS3/latest/userguide/replication-time-control.html", read="2026-11-25")
"""What replication with time control takes for 99.9 percent of the objects at most; most take seconds."""

FILE_BACKUPS = Fact(86400, page="efs/latest/ug/awsbackup.html", read="2026-11-27")
"""How often automatic backups of EFS are made, by the plan that EFS has for them."""

FILE_BACKUP_DAYS = Fact(35, page="efs/latest/ug/awsbackup.html", read="2026-11-27")
"""Days that automatic backups of EFS are kept."""

FILE_COPIES = Fact(0, page="efs/latest/ug/availability-durability.html", read="2026-11-27")
"""What a Regional file system loses with an Availability Zone; one in One Zone survives a machine only."""

FILE_REPLICATION = Fact(900, page="efs/latest/ug/efs-replication.html", read="2026-11-30")
"""Seconds that the replica of a file system is behind at most, for most file systems, once the first copy is done."""

VOLUME_COPIES = Fact(0, page="ebs/latest/userguide/EBSFeatures.html", read="2026-11-27")
"""What a volume loses with a hardware component at best: it is replicated within its Availability Zone only."""

SNAPSHOT_SCHEDULES = Fact(3600, page="dlm/latest/APIReference/API_CreateRule.html", read="2026-11-27")
"""The shortest time between two snapshots that Data Lifecycle Manager makes."""

DEFAULT_SNAPSHOTS = Fact((1, 7), page="dlm/latest/APIReference/API_CreateLifecyclePolicy.html", read="2026-11-27")
"""Days between two snapshots of a default policy, and days that they are kept, when nobody says how many."""

# Read in the text that AWS published of the page in 2023.
WAREHOUSE_SNAPSHOTS = Fact(28800, page="redshift/latest/mgmt/working-with-snapshots.html", read="2026-11-27")
"""How often Redshift makes automated snapshots when nobody sets a schedule, or sooner, after 5 GB of changes."""

WAREHOUSE_RETENTION = Fact(1, page="redshift/latest/APIReference/API_CreateCluster.html", read="2026-11-27")
"""Days that automated snapshots of Redshift are kept when nobody says how many."""

MANAGED_STORAGE = Fact(("ra3.", "rg."), page="redshift/latest/mgmt/managing-cluster-multi-az.html", read="2026-11-27")
"""How the types of nodes begin whose data are in managed storage: no data are lost with a node or a zone, and automated
snapshots can't be turned off."""

WAREHOUSE_COPIES = Fact(0, page="redshift/latest/mgmt/cross-region-snapshot-copy.html", read="2026-11-27")
"""What lacks at least in the snapshots that are copied to another Region: each is copied when it is made."""

RECOVERY_POINTS = Fact(1800, page="redshift/latest/mgmt/serverless-snapshots-recovery-points.html", read="2026-11-27")
"""How often Redshift Serverless makes recovery points; they are kept for 24 hours."""

RECOVERY_POINT_DAYS = Fact(1, page="redshift/latest/mgmt/serverless-snapshots-recovery-points.html", read="2026-11-27")
"""Days that recovery points of Redshift Serverless are kept."""

DOCUMENT_BACKUPS = Fact(1, page="documentdb/latest/developerguide/API_CreateDBCluster.html", read="2026-11-27")
"""Days that backups of DocumentDB are kept when nobody says how many. They are continuous and can't be turned off."""

DOCUMENT_COPIES = Fact(
    0, page="documentdb/latest/developerguide/security.disaster-recovery-resiliency.html", read="2026-11-27"
)
"""What DocumentDB loses with an Availability Zone: its storage is in three of them."""

DOCUMENT_GLOBAL = Fact(1, page="documentdb/latest/developerguide/API_CreateGlobalCluster.html", read="2026-11-27")
"""How far the secondaries of a global cluster are behind, as the page says of the replication's latency."""

GRAPH_BACKUPS = Fact(1, page="neptune/latest/userguide/backup-restore.html", read="2026-11-27")
"""Days that backups of Neptune are kept when nobody says how many. They are continuous and can't be turned off."""

GRAPH_FAILOVER = Fact(
    (120, 600), page="neptune/latest/userguide/backup-restore-overview-fault-tolerance.html", read="2026-11-27"
)
"""What a failover to a replica of Neptune typically takes at most, and what a new primary instance takes. No data are
lost with an Availability Zone."""

MEMORY_SNAPSHOTS = Fact(86400, page="memorydb/latest/devguide/snapshots-automatic.html", read="2026-11-25")
"""How often MemoryDB makes automatic snapshots."""

MEMORY_LOG = Fact(0, page="memorydb/latest/devguide/replication.html", read="2026-11-27")
"""What MemoryDB loses with a node or a zone: what is written is in a log in several zones."""

MEMORY_REPLICAS = Fact(1, page="memorydb/latest/APIReference/API_CreateCluster.html", read="2026-11-27")
"""Replicas of each shard when nobody says how many."""

INDEX_SNAPSHOTS = Fact(
    (3600, 14), page="opensearch-service/latest/developerguide/managedomains-snapshots.html", read="2026-11-27"
)
"""How often OpenSearch Service makes automated snapshots, and the days that it keeps them."""

OLD_INDEX_SNAPSHOTS = Fact(
    86400, page="opensearch-service/latest/developerguide/managedomains-snapshots.html", read="2026-11-27"
)
"""How often it makes them of older versions of Elasticsearch."""

OLDEST_INDEX = Fact(
    "1.5", page="AWSCloudFormation/latest/TemplateReference/aws-resource-elasticsearch-domain.html", read="2026-11-30"
)
"""The version of Elasticsearch of a domain of the older type where none is written."""

HOURLY_SINCE = Fact(
    (5, 3), page="opensearch-service/latest/developerguide/managedomains-snapshots.html", read="2026-11-27"
)
"""The first version of Elasticsearch of which it makes hourly snapshots."""

SHARE_BACKUPS = Fact(
    86400, page="fsx/latest/APIReference/API_CreateFileSystemWindowsConfiguration.html", read="2026-11-27"
)
"""How often FSx makes automatic backups."""

SHARE_COPIES = Fact(
    {
        "LUSTRE": "fsx/latest/APIReference/API_CreateFileSystem.html",
        "ONTAP": "fsx/latest/ONTAPGuide/high-availability-AZ.html",
        "OPENZFS": "fsx/latest/OpenZFSGuide/availability-durability.html",
        "WINDOWS": "fsx/latest/WindowsGuide/high-availability-multiAZ.html",
    },
    page="fsx/latest/WindowsGuide/high-availability-multiAZ.html",
    read="2026-11-27",
)
"""Where it stands what file systems lose with a zone or a machine, by their kind; of Lustre, that it has one subnet."""

SYNCHRONOUS = Fact(
    ("ONTAP", "OPENZFS", "WINDOWS"), page="fsx/latest/ONTAPGuide/high-availability-AZ.html", read="2026-11-30"
)
"""Kinds of file systems of which a page says that those in two zones are replicated synchronously."""

IN_MOST_CASES = Fact(
    ("ONTAP", "OPENZFS", "WINDOWS"), page="fsx/latest/ONTAPGuide/high-availability-AZ.html", read="2026-11-27"
)
"""Kinds of file systems of which a page says that those in one zone survive the failure of most components."""

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
        "AWS::DSQL::Cluster": ("dsql", "cluster/"),
        "AWS::DocDB::DBCluster": ("rds", "cluster:"),
        "AWS::DynamoDB::GlobalTable": ("dynamodb", "table/"),
        "AWS::DynamoDB::Table": ("dynamodb", "table/"),
        "AWS::EC2::Volume": ("ec2", "volume/"),
        "AWS::EFS::FileSystem": ("elasticfilesystem", "file-system/"),
        "AWS::FSx::FileSystem": ("fsx", "file-system/"),
        "AWS::Neptune::DBCluster": ("rds", "cluster:"),
        "AWS::RDS::DBCluster": ("rds", "cluster:"),
        "AWS::RDS::DBInstance": ("rds", "db:"),
        "AWS::Redshift::Cluster": ("redshift", "cluster:"),
        "AWS::S3::Bucket": ("s3", ""),
        "AWS::Timestream::Table": ("timestream", "database/"),
    },
    page="aws-backup/latest/devguide/API_GetSupportedResourceTypes.html",
    read="2026-11-27",
)
"""Types that AWS Backup backs up, of those that are judged here, with the service and the kind in their ARNs."""

BACKED_UP_BUCKET = Fact("Enabled", page="aws-backup/latest/devguide/s3-backups.html", read="2026-11-30")
"""The status of versioning that a bucket needs, so that AWS Backup backs it up."""

COPY_CALLS: Fact[Mapping[str, tuple[str, ...]]] = Fact(
    {
        "AWS::DocDB": ("rds:CopyDBClusterSnapshot", "rds:CreateDBClusterSnapshot"),
        "AWS::DynamoDB": (
            *("dynamodb:CreateBackup", "dynamodb:CreateGlobalTable", "dynamodb:ExportTableToPointInTime"),
        ),
        "AWS::EC2": ("ec2:CopySnapshot", "ec2:CreateImage", "ec2:CreateSnapshot", "ec2:CreateSnapshots"),
        "AWS::EFS": ("elasticfilesystem:CreateReplicationConfiguration",),
        "AWS::ElastiCache": (
            "elasticache:CopyServerlessCacheSnapshot",
            "elasticache:CopySnapshot",
            "elasticache:CreateServerlessCacheSnapshot",
            "elasticache:CreateSnapshot",
        ),
        "AWS::FSx": ("fsx:CopyBackup", "fsx:CreateBackup"),
        "AWS::MemoryDB": ("memorydb:CopySnapshot", "memorydb:CreateSnapshot"),
        "AWS::Neptune": ("rds:CopyDBClusterSnapshot", "rds:CreateDBClusterSnapshot"),
        "AWS::RDS": (
            "rds:CopyDBClusterSnapshot",
            "rds:CopyDBSnapshot",
            "rds:CreateDBClusterSnapshot",
            "rds:CreateDBSnapshot",
        ),
        "AWS::Redshift": ("redshift:CopyClusterSnapshot", "redshift:CreateClusterSnapshot"),
        "AWS::RedshiftServerless": ("redshift-serverless:CreateSnapshot",),
    },
    page="service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    read="2026-11-27",
)
"""Actions by which a program makes or copies backups, by how the types of stores begin; compared with the models of the
APIs. Actions of DocumentDB and Neptune have the prefix of RDS."""


COPIERS: Fact[Mapping[str, tuple[str, ...]]] = Fact(
    {
        "AWS::DMS::ReplicationConfig": _MIGRATED,
        "AWS::DMS::ReplicationTask": _MIGRATED,
        "AWS::DataSync::Task": ("AWS::EFS::FileSystem", "AWS::FSx::FileSystem", "AWS::S3::Bucket"),
    },
    page="dms/latest/userguide/CHAP_Introduction.Sources.html",
    read="2026-11-27",
)
"""Types that may copy the data of a store to another one, with the types that they can read."""

TRAFFIC_DIAL = Fact(100, page="global-accelerator/latest/dg/about-endpoint-groups-traffic-dial.html", read="2026-11-27")
"""The percentage of the requests that an endpoint group of an accelerator takes where nobody says one."""
