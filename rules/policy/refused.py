"""A policy should be one that AWS takes.

The policy of a resource names people and services; without Principal nobody knows whom a statement is about, and SNS, S3 and KMS
refuse the policy. SQS accepts it, and the statement has no effect; so has one in the policy of a key without Resource. IAM refuses
a policy of a role or user with a Principal, with another Version than 2012-10-17 and 2008-10-17, or with the text of a list in place
of the list, and whatever names a role by its ARN or id: the role then has none of these permissions. KMS refuses a key whose policy
lets nobody change that policy again (kms:PutKeyPolicy), unless BypassPolicyLockoutSafetyCheck is true.

What to do: add the Principal, or move the statement into the policy of the role that needs it, where there is none; a statement of a
role with a Principal belongs to the resource. Add Resource: "*" in the policy of a key, and a statement that allows the account
(arn:aws:iam::ACCOUNT:root), or the role that deploys, kms:*. Name roles by their names.
"""

from collections.abc import Iterator

from awslint_memo import Findings, Resource, Value, refused_policies, rule, statements


@rule(
    level="error",
    since="0.2",
    resource=("AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"),
    memo="リソースのプロビジョニング: AWS リソースの構築",
    aws="IAM/latest/UserGuide/reference_policies_elements_principal.html",
)
def check(policy: Resource) -> Findings:
    yield from nameless(policy, "PolicyDocument")


@check.on("AWS::KMS::Key", "AWS::KMS::ReplicaKey")
def key(key: Resource) -> Findings:
    if refused_policies.locks_out(key):
        message = f"allows nobody {refused_policies.CHANGES}, so KMS refuses the key"
        do = "allow the account (its root), or the role that deploys, kms:*"
        yield key.finding(key.get("KeyPolicy"), message, do=do)
    yield from nameless(key, "KeyPolicy")
    # https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html (read on 2026-11-30)
    for statement in written(key, "KeyPolicy"):
        if all(statement.get(name).is_absent for name in ("Resource", "NotResource")):
            message = "has no Resource, so the statement has no effect"
            of = f"Statement {statement.get('Sid').text or ''}".strip()
            yield key.finding(statement, message, of=of, do='add Resource: "*"', level="warning")


@check.on(
    "AWS::IAM::InstanceProfile",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::IAM::RolePolicy",
    "AWS::IAM::UserPolicy",
)
def of_role(holder: Resource) -> Findings:
    for refused in refused_policies.of_role(holder):
        message = (
            f"{refused.says}, so IAM refuses {'this' if holder.type == refused_policies.PROFILE else 'the policy'}"
        )
        yield holder.finding(refused.value, message, of=str(refused.value.route), do=refused.remedy)


def nameless(holder: Resource, path: str) -> Findings:
    for statement in written(holder, path):
        if all(statement.get(name).is_absent for name in ("Principal", "NotPrincipal")):
            of = f"Statement {statement.get('Sid').text or ''}".strip()
            # SQS is known to take such policies: https://github.com/Netflix/security_monkey/pull/350 and
            # https://github.com/trendmicro/cloudone-filestorage-deployment-templates/issues/93 (read on 2026-11-30)
            is_taken = holder.type == "AWS::SQS::QueuePolicy"
            message = f"has no Principal, so the {'statement has no effect' if is_taken else 'policy is refused'}"
            do = "add it, or move the statement to the policy of a role"
            yield holder.finding(statement, message, of=of, do=do, level="warning" if is_taken else None)


def written(holder: Resource, path: str) -> Iterator[Value]:
    for statement in statements.statements(holder.get(path)):
        if statement.fields and statement.get("Effect").text in ("Allow", "Deny"):
            yield statement


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Let:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "sqs:SendMessage", Resource: !GetAtt Orders.Arn}
          - {Effect: Allow, Action: "lambda:CreateEventSourceMapping", Resource: !GetAtt Orders.Arn}
---
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*"}]}}
---
Resources:
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Key:
    Type: AWS::KMS::Key
    Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Work.Arn}, Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*"}, {Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "kms:*", Resource: "*"}]}}
---
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}, {Effect: Deny, Principal: "*", Action: "kms:Put*", Resource: "*"}]}}
---
Resources:
  Copy:
    Type: AWS::KMS::ReplicaKey
    Properties:
      PrimaryKeyArn: arn:aws:kms:eu-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab
      KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:role/work"}, Action: "kms:Decrypt", Resource: "*"}]}
---
resource "aws_kms_key" "orders" {}

resource "aws_kms_key_policy" "orders" {
  key_id = aws_kms_key.orders.id

  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Principal = { AWS = "arn:aws:iam::123456789012:role/work" }, Resource = "*" }]
  })
}
---
resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_sns_topic_policy" "orders" {
  arn    = aws_sns_topic.orders.arn
  policy = data.aws_iam_policy_document.orders.json
}

data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.orders.arn]
  }
}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Version = "2012-10-18", Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }] })
}
---
Resources:
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Sends: {Type: AWS::IAM::Policy, Properties: {PolicyName: a, Roles: [!GetAtt Work.Arn], PolicyDocument: {Statement: [{Effect: Allow, Action: "sns:Publish", Resource: "*"}]}}}
---
Resources:
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!GetAtt Work.Arn]}}
---
# The mapping is not told to lack what the refused policy allows.
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: a, PolicyDocument: {Version: "2012-10-18", Statement: [{Effect: Allow, Action: "sqs:*", Resource: !GetAtt Orders.Arn}]}}]
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Work, EventSourceArn: !GetAtt Orders.Arn}}
"""

GOOD = """
Parameters: {Who: {Type: String}, Policy: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Let:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: !Ref Who, Action: "sqs:SendMessage", Resource: !GetAtt Orders.Arn}
          - {Effect: Deny, NotPrincipal: {AWS: !Ref Who}, Action: "sqs:*", Resource: !GetAtt Orders.Arn}
          - !If [Never, {Effect: Allow, Action: "sqs:*"}, !Ref "AWS::NoValue"]
  Other: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: !Ref Policy}}
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Ref Who}, Action: "kms:*", Resource: "*"}]}}}
  Usual: {Type: AWS::KMS::Key}
  Bypassed: {Type: AWS::KMS::Key, Properties: {BypassPolicyLockoutSafetyCheck: true, KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Ref Who}, Action: "kms:Decrypt", Resource: "*"}]}}}
  Administered: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Ref Who}, Action: ["kms:Create*", "kms:Put*"], Resource: "*"}, {Effect: Deny, Principal: "*", Action: "kms:PutKeyPolicy", Resource: "*", Condition: {StringNotEquals: {"aws:PrincipalArn": !Ref Who}}}]}}}
  Partly: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {AWS: !Ref Who}, Action: "kms:Decrypt", Resource: "*"}, !Ref Policy]}}}
  Work: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Version: "2008-10-17", Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}]}}
  Sends: {Type: AWS::IAM::Policy, Properties: {PolicyName: a, Roles: [!Ref Work, !Ref Who], PolicyDocument: {Version: !Ref Who, Statement: [{Effect: Allow, Principal: !If [Never, "*", !Ref "AWS::NoValue"], Action: "sns:Publish", Resource: "*"}]}}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Work]}}
Conditions: {Never: !Equals [a, b]}
---
resource "aws_kms_key" "orders" {
  bypass_policy_lockout_safety_check = true

  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Principal = { AWS = "arn:aws:iam::123456789012:role/work" }, Resource = "*" }]
  })
}
---
resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_iam_policy" "orders" {
  policy = data.aws_iam_policy_document.orders.json
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role = aws_iam_role.work.id
  # A condition may compare with the text of a list.
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*", Condition = { StringEquals = { "aws:PrincipalTag/a" = jsonencode(["a"]) } } }] })
}

data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.orders.arn]
  }
}
"""
