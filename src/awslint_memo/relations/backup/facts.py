"""Facts about AWS Backup."""

from __future__ import annotations

from awslint_memo.model.fact import Fact

COLD_DAYS = Fact(90, page="aws-backup/latest/devguide/API_Lifecycle.html", read="2026-11-25")
"""Days that a backup stays in cold storage at least, once it is there."""

LONGEST_CONTINUOUS = Fact(
    35, page="aws-backup/latest/devguide/point-in-time-recovery-retention-period.html", read="2026-11-25"
)
"""Days that a continuous backup is kept at most."""

SHORTEST_START = Fact(60, page="aws-backup/latest/devguide/API_StartBackupJob.html", read="2026-11-25")
"""Minutes that a window to start in has at least."""

DEFAULT_SCHEDULE = Fact("cron(0 5 ? * * *)", page="aws-backup/latest/devguide/API_BackupRule.html", read="2026-11-25")
"""When a rule without a schedule makes backups."""

BACKUP_CALLS = Fact(
    ("backup:StartBackupJob", "backup:StartCopyJob"),
    page="aws-backup/latest/devguide/API_Operations.html",
    read="2026-11-27",
)
"""Actions by which a program makes or copies backups with AWS Backup, whatever the store."""

BY_OPT_IN = Fact(
    ("AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster"),
    page="aws-backup/latest/devguide/working-with-supported-services.html",
    read="2026-11-27",
)
"""Types that AWS Backup backs up only where the Region's settings opt in, however they are selected."""

TAG_OPERATORS = Fact(
    {"StringEquals": True, "StringLike": True, "StringNotEquals": False, "StringNotLike": False},
    page="aws-backup/latest/devguide/API_Conditions.html",
    read="2026-11-27",
)
"""The operators of a selection's conditions, all of which must hold, each with whether the tag has to match."""
