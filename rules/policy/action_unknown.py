"""An action that a policy allows should be one of AWS's.

IAM takes any name behind the prefix of a service, and any prefix: an action that there is not, such as
route53-recovery-control:UpdateRoutingControlState in place of route53-recovery-cluster, is accepted and permits nothing, so that the program
is denied when it first calls it. Many operations have no action of their own: sqs:SendMessageBatch takes sqs:SendMessage, and S3's
HeadObject s3:GetObject. An action without a service is refused.

What to do: write the action that the message names, or the one of AWS's list of actions that the program needs. Where AWS may have added
an action since this list was read, and of operations, whose action another policy of the role may allow, the finding is advice. One that stands beside the action that is meant changes nothing, and is not told.
"""

from awslint_memo import Findings, Resource, known_actions, rule


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::IAM::ManagedPolicy",
        "AWS::IAM::Policy",
        "AWS::IAM::Role",
        "AWS::IAM::RolePolicy",
        "AWS::IAM::UserPolicy",
    ),
    memo="AWS リソースの構築",
    aws="service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
)
def check(holder: Resource) -> Findings:
    told: set[str] = set()
    for unknown in known_actions.unknown(holder):
        text = unknown.value.text or ""
        if text not in told:
            told.add(text)
            message = f"allows {text}, which {unknown.says}"
            yield holder.finding(unknown.value, message, do=unknown.remedy, level=None if unknown.is_sure else "advice")


BAD = """
Resources:
  Turns: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: ["route53-recovery-control:UpdateRoutingControlState"], Resource: "*"}]}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: logs, PolicyDocument: {Statement: [{Effect: Allow, Action: ["cloudwatch:PutMetricData", "cloudwatch:PutLogEvents"], Resource: "*"}]}}]}}
---
Resources:
  Sends: {Type: AWS::IAM::Policy, Properties: {PolicyName: sends, Roles: [a], PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessageBatch", Resource: "*"}]}}}
---
Resources:
  Reads: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: GetObject, Resource: "*"}]}}}
---
resource "aws_sfn_state_machine" "orders" {}

data "aws_iam_policy_document" "starts" {
  statement {
    actions   = ["stepfunctions:StartExecution"]
    resources = [aws_sfn_state_machine.orders.arn]
  }
}

resource "aws_iam_policy" "starts" {
  policy = data.aws_iam_policy_document.starts.json
}
---
resource "aws_iam_role_policy" "writes" {
  role = "a"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:CreateItem"]
      Resource = "*"
    }]
  })
}
---
Resources:
  Lists: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: ["s3:ListBuckets", "s3:ListBucket"], Resource: "*"}]}}}
---
Resources:
  Calls: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:Invoke", Resource: "*"}]}}}
---
resource "aws_iam_role_policy" "reads" {
  role = "a"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:headObject", "s3:ListBucket"]
      Resource = "*"
    }]
  })
}
"""

GOOD = """
Parameters: {Action: {Type: String}}
Resources:
  Allows: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: ["route53-recovery-cluster:UpdateRoutingControlState", "S3:getobject", "s3:Get*", "s3:*Object", "dynamodb:*", "ec2:SomethingNew", !Ref Action, "*", "kms:ReEncrypt*"], Resource: "*"}]}}}
  # The action that is meant stands beside each.
  Beside: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: ["sqs:SendMessage", "sqs:SendMessageBatch", "bedrock-agentcore:*", "bedrock-agentcore-control:*"], Resource: "*"}, {Effect: Allow, Action: "sqs:DeleteMessageBatch", Resource: "*"}, {Effect: Allow, Action: "sqs:Delete*", Resource: "*"}]}}}
  Copies: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: ["s3:CopyObject", "s3:GetObject", "s3:PutObject", "s3:HeadBucket", "s3:List*", "dynamodb:TransactWriteItems", "dynamodb:UpdateItem"], Resource: "*"}]}}}
  # A policy must have a statement.
  Empty: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "none:null", Resource: "*"}]}}}
  # What is denied needs no action to be there.
  Denies: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Deny, Action: ["sqs:SendMessageBatch"], Resource: "*"}, {Effect: Allow, NotAction: ["iam:*", "nothing:*"], Resource: "*"}]}}}
---
resource "aws_sfn_state_machine" "orders" {}

data "aws_iam_policy_document" "starts" {
  statement {
    actions   = ["states:StartExecution", "lambda:InvokeFunction", "logs:*", "xray:Put*"]
    resources = [aws_sfn_state_machine.orders.arn]
  }
}

resource "aws_iam_policy" "starts" {
  policy = data.aws_iam_policy_document.starts.json
}
"""
