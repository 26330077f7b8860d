"""The key of a group's volumes should let EC2 Auto Scaling use it.

EC2 Auto Scaling launches instances with a service-linked role, whose policy gives it no key of a customer. Where the policy of the
KMS key of a volume does not name that role, the instances end as they start (Client.InvalidKMSKey.InvalidState), and the group
tries again and again. That the account may use the key is not enough.

What to do: allow arn:aws:iam::ACCOUNT:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling kms:Encrypt,
kms:Decrypt, kms:ReEncrypt*, kms:GenerateDataKey*, kms:DescribeKey and kms:CreateGrant in the key policy. A grant for the role, made
elsewhere, does as well.
"""

from awslint_memo import Findings, Resource, lifecycle_hooks, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::AutoScaling::AutoScalingGroup",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html",
)
def check(group: Resource) -> Findings:
    for key in lifecycle_hooks.closed_keys(group):
        policy = key.get("KeyPolicy")
        message = (
            f"does not name {lifecycle_hooks.SCALING_ROLE}, so {group.title} can't launch instances with its volumes"
        )
        do = "allow that role to use the key and to create grants"
        yield key.finding(policy, message, of="KeyPolicy", do=do, related=[(group, "the group")])


BAD = """
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}]}}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {BlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {Encrypted: true, KmsKeyId: !GetAtt Key.Arn}}, {DeviceName: /dev/xvdb, Ebs: {Encrypted: true, KmsKeyId: !GetAtt Key.Arn}}]}}}
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}
---
resource "aws_kms_key" "volumes" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }] })
}

resource "aws_launch_template" "web" {
  block_device_mappings {
    ebs {
      kms_key_id = aws_kms_key.volumes.arn
    }
  }
}

resource "aws_autoscaling_group" "web" {
  min_size = 2
  max_size = 4

  launch_template {
    id = aws_launch_template.web.id
  }
}
"""

GOOD = """
Parameters: {Role: {Type: String}}
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"}, Action: "kms:*", Resource: "*"}]}}}
  Unknown: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Ref Role}, Action: "kms:*", Resource: "*"}]}}}
  Everybody: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: "*", Action: "kms:*", Resource: "*", Condition: {StringEquals: {kms:ViaService: ec2.eu-west-1.amazonaws.com}}}]}}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {BlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {KmsKeyId: !GetAtt Key.Arn}}, {DeviceName: /dev/xvdb, Ebs: {KmsKeyId: !GetAtt Unknown.Arn}}, {DeviceName: /dev/xvdc, Ebs: {KmsKeyId: !GetAtt Everybody.Arn}}, {DeviceName: /dev/xvdd, Ebs: {KmsKeyId: !ImportValue Key}}]}}}
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}
---
Resources:
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}]}}}
  # Its program may make a grant.
  Granted: {Type: Custom::Grant, Properties: {ServiceToken: !ImportValue Grants, KeyId: !Ref Key}}
  Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {BlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {KmsKeyId: !GetAtt Key.Arn}}]}}}
  Web: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "2", MaxSize: "4", LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: !GetAtt Template.LatestVersionNumber}}}
---
resource "aws_kms_key" "volumes" {}

resource "aws_kms_grant" "scaling" {
  key_id            = aws_kms_key.volumes.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
  operations        = ["CreateGrant"]
}

resource "aws_launch_template" "web" {
  block_device_mappings {
    ebs {
      kms_key_id = aws_kms_key.volumes.arn
    }
  }
}

resource "aws_autoscaling_group" "web" {
  launch_template {
    id = aws_launch_template.web.id
  }
}
"""
