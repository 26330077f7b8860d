"""The lock of a backup vault should be one that AWS Backup accepts.

A lock becomes final after ChangeableForDays, of which there are 3 at least, and its shortest retention is not above its
longest. A logically air-gapped vault keeps backups for 7 days at least. AWS Backup refuses any other.

What to do: set ChangeableForDays to 3 or more (Terraform: changeable_for_days), or leave it out, so that the lock stays
removable; set MinRetentionDays to at most MaxRetentionDays.
"""

from awslint_memo import Findings, Resource, backups, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Backup::BackupVault",
    memo="定期的なバックアップを取得して起き",
    aws="aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html",
)
def check(vault: Resource) -> Findings:
    days = vault.get("LockConfiguration.ChangeableForDays")
    if days.below(backups.SHORTEST_COOLING):
        least = backups.SHORTEST_COOLING
        message = f"but AWS Backup refuses less than {least}"
        yield vault.finding(days, message, of="ChangeableForDays", do=f"set it to at least {least}, or remove it")
    yield from crossed(vault)


@check.on("AWS::Backup::LogicallyAirGappedBackupVault")
def air_gapped(vault: Resource) -> Findings:
    kept, least = vault.get("MinRetentionDays"), backups.SHORTEST_AIR_GAPPED
    if kept.below(least):
        message = f"but an air-gapped vault keeps backups for {least} days at least"
        yield vault.finding(kept, message, do=f"set it to at least {least}")
    yield from crossed(vault)


def crossed(vault: Resource) -> Findings:
    least_kept, most_kept = (backups.bound(vault, name) for name in ("MinRetentionDays", "MaxRetentionDays"))
    if least_kept.number is not None and most_kept.number is not None and least_kept.number > most_kept.number:
        message = f"but MaxRetentionDays is {most_kept.number}{most_kept.note}, so AWS Backup refuses the vault's lock"
        do = f"set it to at most {most_kept.number}"
        yield vault.finding(least_kept, message, of="MinRetentionDays", do=do, related=[(most_kept, "the longest")])


BAD = """
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {LockConfiguration: {MinRetentionDays: 7, ChangeableForDays: 2}}}
---
Resources:
  Vault: {Type: AWS::Backup::LogicallyAirGappedBackupVault, Properties: {MinRetentionDays: 30, MaxRetentionDays: "7"}}
---
Resources:
  Vault: {Type: AWS::Backup::LogicallyAirGappedBackupVault, Properties: {MinRetentionDays: 6, MaxRetentionDays: 30}}
---
resource "aws_backup_vault" "vault" {
  name = "vault"
}

resource "aws_backup_vault_lock_configuration" "vault" {
  backup_vault_name  = aws_backup_vault.vault.name
  max_retention_days = 7
  min_retention_days = 30
}
"""

GOOD = """
Parameters: {Days: {Type: Number}}
Resources:
  Vault: {Type: AWS::Backup::BackupVault, Properties: {LockConfiguration: {MinRetentionDays: 7, MaxRetentionDays: 7, ChangeableForDays: 3}}}
  Unknown: {Type: AWS::Backup::BackupVault, Properties: {LockConfiguration: {MinRetentionDays: !Ref Days, MaxRetentionDays: 7, ChangeableForDays: !Ref Days}}}
  Plain: {Type: AWS::Backup::BackupVault}
  Gapped: {Type: AWS::Backup::LogicallyAirGappedBackupVault, Properties: {MinRetentionDays: 7, MaxRetentionDays: 35}}
---
resource "aws_backup_vault_lock_configuration" "elsewhere" {
  backup_vault_name   = "elsewhere"
  changeable_for_days = 3
  max_retention_days  = 365
  min_retention_days  = 30
}
"""
