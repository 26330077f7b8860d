"""A file system should have backups.

EFS makes none of a regional file system unless its BackupPolicy is ENABLED: what is deleted or spoiled by mistake is lost. A
replica is no backup, since it copies deletions too.

What to do: set BackupPolicy.Status to ENABLED (Terraform: status of aws_efs_backup_policy), or select the file system in a plan of
AWS Backup. Nothing is reported where the template has selections of plans or others may select the file system, as a tag named
after backups says, nor of One Zone file systems without a policy, and of what is named as a cache or for temporary files. A
parameter that may be DISABLED and is ENABLED by default is what the template's users choose.
"""

from awslint_memo import Findings, Resource, efs, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::EFS::FileSystem",
    memo="定期的なバックアップを取得して起き",
    aws="efs/latest/ug/API_CreateFileSystem.html",
)
def check(files: Resource) -> Findings:
    status, do = files.get("BackupPolicy.Status"), "set it to ENABLED"
    is_refused = status.is_written
    if status.is_absent and files.language == "terraform":
        do = "add an aws_efs_backup_policy with status ENABLED"
    if status.is_absent and efs.is_regional(files):
        status = files.get("BackupPolicy.Status", default=efs.BACKUP_STATUS)
    is_off = status.text == efs.BACKUP_STATUS and efs.is_written(status)
    if not is_off or efs.may_be_selected(files, is_refused=is_refused) or efs.is_of_short_life(files):
        return
    message = "and no plan here selects it, so what is deleted or spoiled is lost"
    yield files.finding(status, message, do=do)


BAD = """
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {BackupPolicy: {Status: DISABLED}, ReplicationConfiguration: {Destinations: [{Region: eu-central-1}]}}}
---
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {Encrypted: true}}
---
resource "aws_efs_file_system" "files" {}

resource "aws_efs_backup_policy" "files" {
  file_system_id = aws_efs_file_system.files.id

  backup_policy {
    status = "DISABLED"
  }
}
---
resource "aws_efs_file_system" "files" {
  encrypted = true
}
---
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {BackupPolicy: {Status: DISABLED}}}
Outputs: {Files: {Value: !Ref Files, Export: {Name: files}}}
"""

GOOD = """
Parameters: {Status: {Type: String}, Default: {Type: String, Default: ENABLED, AllowedValues: [ENABLED, DISABLED]}}
Resources:
  Files: {Type: AWS::EFS::FileSystem, Properties: {BackupPolicy: {Status: ENABLED}}}
  Any: {Type: AWS::EFS::FileSystem, Properties: {BackupPolicy: {Status: !Ref Status}}}
  Usual: {Type: AWS::EFS::FileSystem, Properties: {BackupPolicy: {Status: !Ref Default}}}
  OneZone: {Type: AWS::EFS::FileSystem, Properties: {AvailabilityZoneName: eu-west-1a}}
  BuildCache: {Type: AWS::EFS::FileSystem, Properties: {BackupPolicy: {Status: DISABLED}}}
  # Another stack may back it up.
  Given: {Type: AWS::EFS::FileSystem}
  # A plan of the organization selects by this tag.
  Tagged: {Type: AWS::EFS::FileSystem, Properties: {FileSystemTags: [{Key: backup-plan, Value: daily}]}}
Outputs: {Given: {Value: !Ref Given}}
---
Parameters: {Tag: {Type: String}}
Resources:
  Files: {Type: AWS::EFS::FileSystem}
  Plan: {Type: AWS::Backup::BackupPlan, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: daily, TargetBackupVault: Default}]}}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: tagged, IamRoleArn: "arn:aws:iam::123456789012:role/backup", ListOfTags: [{ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: !Ref Tag}]}}
---
Parameters: {Days: {Type: Number, Default: 30}}
Conditions: {IsBackedUp: !Not [!Equals [!Ref Days, 0]]}
Resources:
  Files: {Type: AWS::EFS::FileSystem}
  Plan: {Type: AWS::Backup::BackupPlan, Condition: IsBackedUp, Properties: {BackupPlan: {BackupPlanName: daily, BackupPlanRule: [{RuleName: daily, TargetBackupVault: Default}]}}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Condition: IsBackedUp
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: files, IamRoleArn: "arn:aws:iam::123456789012:role/backup", Resources: [!GetAtt Files.Arn]}}
---
Resources:
  Exported: {Type: AWS::EFS::FileSystem}
Outputs:
  Files: {Value: !Ref Exported, Export: {Name: files}}
---
resource "aws_efs_file_system" "files" {}

resource "aws_efs_backup_policy" "files" {
  file_system_id = aws_efs_file_system.files.id

  backup_policy {
    status = "ENABLED"
  }
}

resource "aws_efs_file_system" "drawings" {
  tags = { Backup = "daily" }
}

resource "aws_efs_file_system" "scratch" {
  creation_token = "scratch"
}
"""
