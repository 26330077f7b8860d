"""A copy of a backup should be in another Region or account.

A copy in the Region and account of its original is lost with it: it protects from nothing that the original does not
protect from, and is paid for.

What to do: name a vault of another Region or account as the destination. A logically air-gapped vault is another account's
storage, so a copy to one is not reported; nor is a vault from which a rule on AWS Backup's events, or a part that was not
read, may copy on.
"""

from awslint_memo import Findings, Resource, backups, events, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Backup::BackupPlan",
    memo="定期的なバックアップを取得して起き",
    aws="aws-backup/latest/devguide/cross-region-backup.html",
)
def check(plan: Resource) -> Findings:
    if plan.is_open or any(
        events.waits_for(each, "aws.backup") for each in plan.deployment.of_type("AWS::Events::Rule")
    ):
        return
    copies = ((entry, copy) for entry in backups.rules(plan) for copy in entry.get("CopyActions").items)
    for entry, copy in copies:
        destination = copy.get("DestinationBackupVaultArn")
        vault = backups.vault(plan, destination)
        if vault is not None and vault.type == backups.VAULT and backups.are_together(plan, vault):
            yield plan.finding(
                destination,
                f"of the rule{backups.name_of(entry)} is {vault.title}, in the Region and account of the "
                "plan, so a copy is lost with its original",
                of="DestinationBackupVaultArn",
                do="name a vault elsewhere",
                related=[(vault, "the vault")],
            )


BAD = """
Resources:
  Copies: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: copies}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule: [{RuleName: Daily, CopyActions: [{DestinationBackupVaultArn: !GetAtt Copies.BackupVaultArn}]}]
---
resource "aws_backup_vault" "copies" {
  name = "copies"
}

resource "aws_backup_plan" "orders" {
  rule {
    rule_name = "daily"

    copy_action {
      destination_vault_arn = aws_backup_vault.copies.arn
    }
  }
}
---
provider "aws" {
  region = "eu-west-1"
}

module "recovery" {
  source = "./vault"
  name   = "recovery"
}

resource "aws_backup_plan" "orders" {
  rule {
    rule_name = "daily"

    copy_action {
      destination_vault_arn = module.recovery.arn
    }
  }
}
# --- vault/main.tf
variable "name" {}

resource "aws_backup_vault" "this" {
  name = var.name
}

output "arn" {
  value = aws_backup_vault.this.arn
}
"""

GOOD = """
Parameters: {Vault: {Type: String}}
Resources:
  Gapped: {Type: AWS::Backup::LogicallyAirGappedBackupVault, Properties: {BackupVaultName: gapped, MinRetentionDays: 7, MaxRetentionDays: 35}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanRule:
          - RuleName: Daily
            CopyActions:
              - DestinationBackupVaultArn: arn:aws:backup:eu-central-1:123456789012:backup-vault:copies
              - DestinationBackupVaultArn: !Ref Vault
              - DestinationBackupVaultArn: !GetAtt Gapped.BackupVaultArn
---
resource "aws_backup_vault" "copies" {
  region = "eu-central-1"
  name   = "copies"
}

resource "aws_backup_plan" "orders" {
  region = "eu-west-1"

  rule {
    rule_name = "daily"

    copy_action {
      destination_vault_arn = aws_backup_vault.copies.arn
    }
  }
}
---
# What stands in the vault goes on to another account.
Resources:
  Intermediary: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: intermediary}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties: {BackupPlan: {BackupPlanRule: [{RuleName: Daily, CopyActions: [{DestinationBackupVaultArn: !GetAtt Intermediary.BackupVaultArn}]}]}}
  Copied:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.backup], detail-type: [Copy Job State Change]}
      Targets: [{Id: copy, Arn: !Sub "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:copy"}]
---
provider "aws" {
  region = "eu-west-1"
}

# The same Region of another account.
provider "aws" {
  alias  = "vaults"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::210987654321:role/vaults"
  }
}

module "recovery" {
  source    = "./vault"
  providers = { aws = aws.vaults }
}

resource "aws_backup_plan" "orders" {
  rule {
    rule_name = "daily"

    copy_action {
      destination_vault_arn = module.recovery.arn
    }
  }
}
# --- vault/main.tf
resource "aws_backup_vault" "this" {
  name = "recovery"
}

output "arn" {
  value = aws_backup_vault.this.arn
}
"""
