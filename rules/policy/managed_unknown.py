"""A policy of AWS's own should be named with its path, and be there.

The path is a part of the ARN: arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole has one, and most others
(AmazonS3ReadOnlyAccess) have none. Without it, or with one too many, there is no such policy, and IAM refuses the role.
It attaches policies under aws-service-role/ to service-linked roles only, and none that AWS has withdrawn.

What to do: copy the ARN from AWS's page of the policy.
"""

from awslint_memo import Findings, Resource, managed_paths, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::IAM::ManagedPolicy", "AWS::IAM::Role"),
    memo="リソースのプロビジョニング: AWS リソースの構築",
    aws="aws-managed-policy/latest/reference/policy-list.html",
)
def check(holder: Resource) -> Findings:
    for one in managed_paths.misnamed(holder):
        yield holder.finding(one.value, f"{one.says}, so IAM refuses it", do=one.remedy)


BAD = """
Resources:
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole"]}}
---
Resources:
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonS3ReadOnlyAccess"]}}
---
Resources:
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/aws-service-role/AWSKeyManagementServiceMultiRegionKeysServiceRolePolicy"]}}
---
Resources:
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, PermissionsBoundary: "arn:aws:iam::aws:policy/DatabaseAdministrator"}}
---
resource "aws_iam_role" "work" {
  name               = "work"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachment" "monitor" {
  role       = aws_iam_role.work.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonRDSEnhancedMonitoringRole"
}
---
resource "aws_iam_role" "work" {
  name                = "work"
  assume_role_policy  = "{}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/AWSLambdaFullAccess"]
}
"""

GOOD = """
Parameters: {Policy: {Type: String}}
Resources:
  Work:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: []}
      ManagedPolicyArns:
        - !Ref Policy
        - !Sub "arn:aws:iam::aws:policy/${Policy}"
        - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
        - arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore
        - arn:aws:iam::aws:policy/AmazonBedrockFullAccess
        - !Sub "arn:aws:iam::${AWS::AccountId}:policy/AWSLambdaBasicExecutionRole"
---
Transform: AWS::Serverless-2016-10-31
Resources:
  # SAM finds the paths of policies that are named without an ARN.
  Orders: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.main, InlineCode: "", Policies: [AWSLambdaVPCAccessExecutionRole, AWSLambdaRole]}}
---
variable "policy" {}

resource "aws_iam_role" "work" {
  name                = "work"
  assume_role_policy  = "{}"
  managed_policy_arns = ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", var.policy]
}
"""
