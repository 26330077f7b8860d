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
