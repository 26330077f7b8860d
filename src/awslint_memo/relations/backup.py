"""AWS Backup: what the rules of plans say, and which vaults they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.schedules import longest_gap, shortest_wait
from awslint_memo.model.value import Value
from awslint_memo.relations.rds import databases

COLD_DAYS = fact(90, page="aws-backup/latest/devguide/API_Lifecycle.html", read="2026-11-25")
"""Days that a backup stays in cold storage at least, once it is there."""

CONTINUOUS_PAGE = "aws-backup/latest/devguide/point-in-time-recovery-retention-period.html"

LONGEST_CONTINUOUS = fact(35, page=CONTINUOUS_PAGE, read="2026-11-25")
"""Days that a continuous backup is kept at most."""

SHORTEST_START = fact(60, page="aws-backup/latest/devguide/API_StartBackupJob.html", read="2026-11-25")
"""Minutes that a window to start in has at least."""

SHORTEST_COOLING = fact(
    3, page="aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html", read="2026-11-29"
)
"""Days, at least, before the lock of a vault becomes final."""

SHORTEST_AIR_GAPPED = fact(
    7, page="aws-backup/latest/devguide/API_CreateLogicallyAirGappedBackupVault.html", read="2026-11-29"
)
"""Days that a logically air-gapped vault keeps backups at least."""

TESTED_DAYS = fact(
    30, page="aws-backup/latest/devguide/API_RestoreTestingRecoveryPointSelection.html", read="2026-11-29"
)
"""Days back in which a restore test looks for a backup when nobody says how many."""

DEFAULT_SCHEDULE = fact("cron(0 5 ? * * *)", page="aws-backup/latest/devguide/API_BackupRule.html", read="2026-11-25")
"""When a rule without a schedule makes backups."""

SERVICE = "backup.amazonaws.com"
"""Who takes the role of a selection."""

BACKUP_CALLS = fact(
    ("backup:StartBackupJob", "backup:StartCopyJob"),
    page="aws-backup/latest/devguide/API_Operations.html",
    read="2026-11-27",
)
"""Actions by which a program makes or copies backups with AWS Backup, whatever the store."""

WITHOUT_COLD = fact(
    (
        *("AWS::DocDB::DBCluster", "AWS::FSx::FileSystem", "AWS::Neptune::DBCluster", "AWS::RDS::DBCluster"),
        "AWS::RDS::DBInstance",
    ),
    page="aws-backup/latest/devguide/backup-feature-availability.html",
    read=None,
)
"""Types whose backups surely stay out of cold storage: AWS Backup ignores what a plan says of it. Nothing else has ARNs
of their services, `rds` and `fsx`."""

BY_OPT_IN = fact(
    ("AWS::RDS::DBCluster", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster"),
    page="aws-backup/latest/devguide/working-with-supported-services.html",
    read="2026-11-27",
)
"""Types that AWS Backup backs up only where the Region's settings opt in, however they are selected."""

OPT_IN_NAMES = fact(
    {
        "AWS::DSQL::Cluster": "DSQL",
        "AWS::DocDB::DBCluster": "DocumentDB",
        "AWS::DynamoDB::GlobalTable": "DynamoDB",
        "AWS::DynamoDB::Table": "DynamoDB",
        "AWS::EC2::Volume": "EBS",
        "AWS::EFS::FileSystem": "EFS",
        "AWS::FSx::FileSystem": "FSx",
        "AWS::Neptune::DBCluster": "Neptune",
        "AWS::RDS::DBCluster": "Aurora",
        "AWS::RDS::DBInstance": "RDS",
        "AWS::Redshift::Cluster": "Redshift",
        "AWS::S3::Bucket": "S3",
        "AWS::Timestream::Table": "Timestream",
    },
    page="aws-backup/latest/devguide/API_UpdateRegionSettings.html",
    read="2026-11-30",
)
"""What the settings of a Region call the service of a store that they opt in to, by type."""

TAG_OPERATORS = fact(
    {"StringEquals": True, "StringLike": True, "StringNotEquals": False, "StringNotLike": False},
    page="aws-backup/latest/devguide/API_Conditions.html",
    read="2026-11-27",
)
"""The operators of a selection's conditions, all of which must hold, each with whether the tag has to match."""


PLAN = "AWS::Backup::BackupPlan"
SETTINGS = "AWS::Backup::RegionSettings"
TEST = "AWS::Backup::RestoreTestingSelection"
VAULT = "AWS::Backup::BackupVault"
AIR_GAPPED = "AWS::Backup::LogicallyAirGappedBackupVault"


@record(frozen=True)
class Kept:
    """How long backups are kept in a vault: the Lifecycle of a plan's rule, or of a copy that it makes.

    vault: what names the vault. is_copy: whether it is a copy.
    """

    lifecycle: Value
    vault: Value
    is_copy: bool = False

    @property
    def days(self) -> Value:
        """The days after which a backup is deleted; absent or -1 if it is kept for ever."""
        return self.lifecycle.get("DeleteAfterDays")

    @property
    def cold_after(self) -> Value:
        """The days after which a backup moves to cold storage."""
        return self.lifecycle.get("MoveToColdStorageAfterDays")

    def of(self, plan: Resource, name: str = "DeleteAfterDays") -> str:
        """What a message calls the days; with the path for Terraform, which has two arguments of that name."""
        if plan.language != "terraform":
            return name
        return f"BackupPlan.BackupPlanRule.{'CopyActions.' if self.is_copy else ''}Lifecycle.{name}"


def rules(plan: Resource) -> list[Value]:
    """The rules of a plan; none if they are not known."""
    written = plan.get("BackupPlan.BackupPlanRule")
    return written.items if written.is_known else []


def bound(vault: Resource, name: str) -> Value:
    """The MinRetentionDays or MaxRetentionDays of a vault; those of an air-gapped one always hold, others by a lock."""
    return vault.get(name) if vault.type == AIR_GAPPED else vault.get(f"LockConfiguration.{name}")


def name_of(rule: Value) -> str:
    """The name of a plan's rule for a message: " Daily", or nothing if it is not known."""
    text = rule.get("RuleName").text
    return f" {text}" if text is not None else ""


def kept(rule: Value) -> Iterator[Kept]:
    """How long the backups of a rule are kept, and their copies."""
    yield Kept(rule.get("Lifecycle"), rule.get("TargetBackupVault"))
    copies = rule.get("CopyActions")
    for copy in copies.items if copies.is_known else ():
        yield Kept(copy.get("Lifecycle"), copy.get("DestinationBackupVaultArn"), is_copy=True)


def interval(rule: Value) -> float | None:
    """The longest time in seconds between two backups of a rule; None if its schedule is not known."""
    schedule = rule.get("ScheduleExpression")
    written = DEFAULT_SCHEDULE if schedule.is_absent else schedule.text
    return None if written is None else longest_gap(written)


@record(frozen=True)
class Filler:
    """A rule of a plan that puts backups into a vault, or copies of them, which are snapshots."""

    plan: Resource
    rule: Value
    is_copy: bool

    @property
    def schedule(self) -> str | None:
        """When it does; None if that is not known."""
        written = self.rule.get("ScheduleExpression")
        return DEFAULT_SCHEDULE if written.is_absent else written.text

    @property
    def makes_snapshots(self) -> bool:
        """Whether it surely makes snapshots, and no continuous backups."""
        switch = self.rule.get("EnableContinuousBackup")
        return self.is_copy or switch.is_absent or switch.flag is False


def fillers(tester: Resource, vaults: Value) -> list[Filler]:
    """All that puts backups into these vaults; nothing where something that is not seen may do so too, as where one
    of them is not of this deployment, or others may know it."""
    deployment = tester.deployment
    named = [deployment.find(value, VAULT, AIR_GAPPED) for value in vaults.items]
    if any(found is None or found.is_open or found.is_exposed() for found in named):
        return []
    filled: list[Filler] = []
    for plan in deployment.of_type(PLAN):
        for rule in plan.get("BackupPlan.BackupPlanRule").items:
            places = list(kept(rule))
            is_told = all(place.vault.is_unknown is False for place in places)
            if not rule.is_known or not is_told or not rule.get("TargetLogicallyAirGappedBackupVaultArn").is_absent:
                return []
            filled += [Filler(plan, rule, place.is_copy) for place in places if vault(plan, place.vault) in named]
    return filled


def days_apart(schedules: Sequence[str | None]) -> float | None:
    """The longest time in days between two fires of any of these schedules; None if that is not known."""
    known = [schedule for schedule in dict.fromkeys(schedules) if schedule is not None]
    seconds = longest_gap(*known) if known and None not in schedules else None
    return None if seconds is None else seconds / (24 * 60 * 60)


def days_before(later: str | None, schedules: Sequence[str | None]) -> float | None:
    """The shortest time in days from a fire of any of these schedules to one of a later; None if it is not known."""
    known = [schedule for schedule in dict.fromkeys(schedules) if schedule is not None]
    seconds = shortest_wait(later, *known) if later and known and None not in schedules else None
    return None if seconds is None else seconds / (24 * 60 * 60)


def vault(plan: Resource, named: Value) -> Resource | None:
    """The vault of this deployment that a rule or a copy surely names; else None."""
    return plan.deployment.find(named, VAULT, AIR_GAPPED)


def is_refused_by_lock(plan: Resource, kept: Kept) -> bool:
    """Whether a vault's lock surely fails each job, for its backups are kept for less or more than it allows."""
    locked, days = vault(plan, kept.vault), kept.days.number
    if locked is None or days is None or days < 1:
        return False
    least, most = (bound(locked, name).number for name in ("MinRetentionDays", "MaxRetentionDays"))
    return (least is not None and days < least) or (most is not None and days > most)


def copied_to(plan: Resource, rule: Value) -> list[Value]:
    """What names the vaults to which a rule copies its backups, without those whose lock surely refuses them."""
    copies = [each for each in kept(rule) if each.is_copy]
    return [copy.vault for copy in copies if not is_refused_by_lock(plan, copy)]


def are_together(plan: Resource, other: Resource) -> bool:
    """Whether two resources are surely in the same Region and account."""
    own = plan.deployment.own
    if plan.name not in own or other.name not in own:
        return False
    if plan.language != "terraform":
        return True
    # Another provider may be one of another account, whatever its Region is.
    is_usual = all(resource.terraform.provider.is_absent for resource in (plan, other))
    is_one = _module(plan) == _module(other) or _have_one_provider(plan, other)
    return is_usual and is_one and _has_same_region(plan, other)


def _have_one_provider(plan: Resource, other: Resource) -> bool:
    """Whether one line says the Region of both: that of the provider of both, in whichever modules they are."""
    one, two = plan.terraform.region, other.terraform.region
    return not one.is_absent and one.place.span == two.place.span


def _has_same_region(plan: Resource, other: Resource) -> bool:
    value, two = plan.terraform.region, other.terraform.region
    return (value.is_absent and two.is_absent) or value.is_same_as(two) is True


def _module(resource: Resource) -> str:
    """The address of the module in which a resource is."""
    return resource.name.rpartition(".")[0].rpartition(".")[0]


def opt_in_name(store: Resource) -> str:
    """What a Region's settings call the service of a store: a cluster of RDS that is not Aurora's is RDS."""
    if store.type == databases.CLUSTER and databases.is_aurora(store) is False:
        return OPT_IN_NAMES[databases.INSTANCE]
    return OPT_IN_NAMES[store.type]


def tested_as(holder: Resource, arn: Value) -> str | None:
    """What the restore tests of here call the service of a resource that stands elsewhere; None if they don't."""
    tests = holder.deployment.of_type(TEST)
    named = {
        test.get("ProtectedResourceType").text
        for test in tests
        if any(tested.is_same_as(arn) is True for tested in test.get("ProtectedResourceArns").items)
    }
    return named.pop() if len(named) == 1 else None
