"""AWS Backup should be able to make backups with the role of a selection.

AWS Backup takes the role that a selection names, and reads and copies the resources with it. It refuses a selection whose role
it can't take; if the role allows it nothing, each job fails.

What to do: let backup.amazonaws.com take the role, and attach AWSBackupServiceRolePolicyForBackup, or the policy of the
service that is backed up.
"""

from awslint_memo import Findings, Resource, permissions, rule

SERVICE, POLICY = "backup.amazonaws.com", "AWSBackupServiceRolePolicyForBackup"
RESTORES = ("AWSBackupServiceRolePolicyForRestores", "AWSBackupServiceRolePolicyForS3Restore")


@rule(
    level="error",
    since="0.2",
    resource="AWS::Backup::BackupSelection",
    memo="定期的なバックアップを取得して起き",
    aws="aws-backup/latest/devguide/iam-service-roles.html",
    fix="unsafe",
)
def check(selection: Resource) -> Findings:
    named = selection.get("BackupSelection.IamRoleArn")
    role = selection.deployment.find(named, permissions.ROLE)
    if role is None:
        return
    if permissions.trusts(role, SERVICE) is False:
        # "IAM Role … cannot be assumed by AWS Backup": https://github.com/hashicorp/terraform-provider-aws,
        # internal/service/backup/selection.go (read on 2026-11-29)
        message = f"uses {role.title}, which does not let {SERVICE} take it, so AWS Backup refuses the selection"
        trust = role.get("AssumeRolePolicyDocument")
        yield selection.finding(named, message, do=f"add {SERVICE} to its Principal", related=[(trust, role.title)])
        return
    policies = permissions.policies(role)
    arns = [arn.text.rpartition("/")[2] if arn.text else "" for arn in policies.arns]
    if policies.is_whole and not policies.statements and set(arns).issubset(RESTORES):
        message = (
            f"uses {role.title}, which {'allows restores alone' if arns else 'has no policies'}, so each backup fails"
        )
        fix = permissions.granted(role, f"service-role/{POLICY}", "Backup")
        yield selection.finding(named, message, do=f"attach {POLICY} to it", related=[(role, role.title)], fix=fix)


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"]}}
  Daily: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !ImportValue plan, BackupSelection: {SelectionName: daily, IamRoleArn: !GetAtt Role.Arn, Resources: ["*"]}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: backup.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Daily: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !ImportValue plan, BackupSelection: {SelectionName: daily, IamRoleArn: !GetAtt Role.Arn, Resources: ["*"]}}}
---
resource "aws_iam_role" "backup" {
  assume_role_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "backup.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "backup" {
  role       = aws_iam_role.backup.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores"
}

resource "aws_backup_selection" "daily" {
  name         = "daily"
  plan_id      = "0123"
  iam_role_arn = aws_iam_role.backup.arn
  resources    = ["*"]
}
"""

GOOD = """
Parameters: {Services: {Type: CommaDelimitedList}, Policies: {Type: CommaDelimitedList}, Taken: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com, backup.amazonaws.com]}, Action: "sts:AssumeRole"}]}, ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"]}}
  Daily: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !ImportValue plan, BackupSelection: {SelectionName: daily, IamRoleArn: !GetAtt Role.Arn, Resources: ["*"]}}}
  AnyRole: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: !Ref Services}, Action: "sts:AssumeRole"}]}, ManagedPolicyArns: !Ref Policies}}
  Hourly: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !ImportValue plan, BackupSelection: {SelectionName: hourly, IamRoleArn: !GetAtt AnyRole.Arn, Resources: ["*"]}}}
  Elsewhere: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !ImportValue plan, BackupSelection: {SelectionName: monthly, IamRoleArn: !Ref Taken, Resources: ["*"]}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: backup.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: backup, Roles: [!Ref Role], PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "dynamodb:CreateBackup", Resource: "*"}]}}}
  Daily: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !ImportValue plan, BackupSelection: {SelectionName: daily, IamRoleArn: !GetAtt Role.Arn, Resources: ["*"]}}}
---
Parameters: {AnyRole: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: backup.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
  Policy: {Type: AWS::IAM::ManagedPolicy, Properties: {Roles: [!Ref AnyRole], PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "dynamodb:CreateBackup", Resource: "*"}]}}}
  Daily: {Type: AWS::Backup::BackupSelection, Properties: {BackupPlanId: !ImportValue plan, BackupSelection: {SelectionName: daily, IamRoleArn: !GetAtt Role.Arn, Resources: ["*"]}}}
---
variable "policy" {}

resource "aws_iam_role" "backup" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "backup.amazonaws.com" } }] })
}

resource "aws_iam_role_policy_attachment" "backup" {
  role       = aws_iam_role.backup.name
  policy_arn = var.policy
}

resource "aws_backup_selection" "daily" {
  name         = "daily"
  plan_id      = "0123"
  iam_role_arn = aws_iam_role.backup.arn
  resources    = ["*"]
}
"""

FIXED = """
-  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: backup.amazonaws.com}, Action: "sts:AssumeRole"}]}}}
+  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: backup.amazonaws.com}, Action: "sts:AssumeRole"}]}, ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"]}}
---
   })
+}
+
+resource "aws_iam_role_policy_attachment" "backup_backup" {
+  role       = aws_iam_role.backup.name
+  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
"""
