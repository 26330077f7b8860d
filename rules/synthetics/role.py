"""The role of a canary should allow it to write its metrics.

A canary writes SuccessPercent and its other metrics with the permissions of its role, and AWS lists cloudwatch:PutMetricData among
those that the role needs. Without it no metric of the canary appears, and each alarm on one stays without data.

What to do: allow cloudwatch:PutMetricData, with the condition that cloudwatch:namespace is CloudWatchSynthetics.
"""

from awslint_memo import Findings, Resource, permissions, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Synthetics::Canary",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonSynthetics/latest/APIReference/API_CreateCanary.html",
)
def check(canary: Resource) -> Findings:
    role = canary.follow("ExecutionRoleArn", permissions.ROLE)
    if role is None or permissions.may_get_more(role) or permissions.may(role, "cloudwatch:PutMetricData") is not False:
        return
    message = f"names {role.title}, which does not allow cloudwatch:PutMetricData, so no metric of the canary appears"
    yield canary.finding(canary.get("ExecutionRoleArn"), message, do="allow it there", related=[(role, "the role")])


BAD = """
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies: [{PolicyName: canary, PolicyDocument: {Statement: [{Effect: Allow, Action: [s3:PutObject, cloudwatch:GetMetricData], Resource: "*"}]}}]
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, ExecutionRoleArn: !GetAtt Role.Arn, Schedule: {Expression: rate(5 minutes)}}}
---
resource "aws_iam_role" "site" {
  name               = "site"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "site" {
  role   = aws_iam_role.site.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::results/*" }] })
}

resource "aws_synthetics_canary" "site" {
  name               = "site"
  execution_role_arn = aws_iam_role.site.arn

  schedule {
    expression = "rate(5 minutes)"
  }
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, ExecutionRoleArn: !GetAtt Role.Arn, Schedule: {Expression: rate(5 minutes)}}}
"""

GOOD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {}}
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, ExecutionRoleArn: !GetAtt Role.Arn, Schedule: {Expression: rate(5 minutes)}}}
Outputs: {Role: {Value: !Ref Role}}
---
Parameters: {Given: {Type: String}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies:
        - PolicyName: canary
          PolicyDocument: {Statement: [{Effect: Allow, Action: cloudwatch:PutMetricData, Resource: "*", Condition: {StringEquals: {"cloudwatch:namespace": CloudWatchSynthetics}}}]}
  Open:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}
      ManagedPolicyArns: [!Ref Given]
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, ExecutionRoleArn: !GetAtt Role.Arn, Schedule: {Expression: rate(5 minutes)}}}
  Other: {Type: AWS::Synthetics::Canary, Properties: {Name: other, ExecutionRoleArn: !GetAtt Open.Arn, Schedule: {Expression: rate(5 minutes)}}}
  Theirs: {Type: AWS::Synthetics::Canary, Properties: {Name: theirs, ExecutionRoleArn: !Ref Given, Schedule: {Expression: rate(5 minutes)}}}
---
resource "aws_iam_role" "site" {
  name               = "site"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy_attachment" "site" {
  role       = aws_iam_role.site.name
  policy_arn = "arn:aws:iam::aws:policy/CloudWatchFullAccessV2"
}

resource "aws_synthetics_canary" "site" {
  name               = "site"
  execution_role_arn = aws_iam_role.site.arn

  schedule {
    expression = "rate(5 minutes)"
  }
}
"""
