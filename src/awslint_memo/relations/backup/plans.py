"""What the rules of backup plans say, and which vaults they name."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.schedules import longest_gap
from awslint_memo.model.value import Value
from awslint_memo.relations.backup import facts

VAULT = "AWS::Backup::BackupVault"
AIR_GAPPED = "AWS::Backup::LogicallyAirGappedBackupVault"

COLD_DAYS = facts.COLD_DAYS.value
LONGEST_CONTINUOUS = facts.LONGEST_CONTINUOUS.value
SHORTEST_START = facts.SHORTEST_START.value


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

    def of(self, plan: Resource) -> str:
        """What a message calls the days; with the path for Terraform, which has two arguments of that name."""
        if plan.language != "terraform":
            return "DeleteAfterDays"
        return f"BackupPlan.BackupPlanRule.{'CopyActions.' if self.is_copy else ''}Lifecycle.DeleteAfterDays"


def rules(plan: Resource) -> list[Value]:
    """The rules of a plan; none if they are not known."""
    written = plan.get("BackupPlan.BackupPlanRule")
    return written.items if written.is_known else []


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
    written = facts.DEFAULT_SCHEDULE.value if schedule.is_absent else schedule.text
    return None if written is None else longest_gap(written)


def vault(plan: Resource, named: Value) -> Resource | None:
    """The vault of this deployment that a rule or a copy surely names; else None."""
    return plan.deployment.find(named, VAULT, AIR_GAPPED)


def are_together(plan: Resource, other: Resource) -> bool:
    """Whether two resources are surely in the same Region and account."""
    own = plan.deployment.own
    if plan.name not in own or other.name not in own:
        return False
    if plan.language != "terraform":
        return True
    # Another provider may be one of another account, whatever its Region is.
    is_usual = all(one.terraform.provider.is_absent for one in (plan, other))
    return is_usual and _module(plan) == _module(other) and _has_same_region(plan, other)


def _has_same_region(plan: Resource, other: Resource) -> bool:
    one, two = plan.terraform.region, other.terraform.region
    return (one.is_absent and two.is_absent) or one.is_same_as(two) is True


def _module(resource: Resource) -> str:
    """The address of the module in which a resource is."""
    return resource.name.rpartition(".")[0].rpartition(".")[0]
