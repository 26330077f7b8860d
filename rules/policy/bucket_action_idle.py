"""An action of a bucket should be allowed for the bucket, not for its objects.

s3:ListBucket, s3:GetBucketLocation and the like have the bucket as their resource. A statement that allows them for objects
(arn:aws:s3:::files/*) allows nothing: listing is refused, and S3 answers 403 instead of 404 for an object that is not there, which
many programs take for another error.

What to do: name the ARN of the bucket beside that of its objects: Resource: [!GetAtt Files.Arn, !Sub "${Files.Arn}/*"].
"""

from awslint_memo import Findings, Resource, attributes, rule


@rule(
    level="advice",
    since="0.2",
    resource=("AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::IAM::Role", "AWS::IAM::RolePolicy"),
    memo="AWS リソースの構築",
    aws="AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
)
def check(holder: Resource) -> Findings:
    for action, named in attributes.idle_actions(holder):
        yield holder.finding(
            action,
            f"allows {action.text} for objects alone, but its resource is the bucket, so the statement does not allow it",
            do="name the ARN of the bucket too",
            related=[(named, "is objects")],
        )


BAD = """
Resources:
  Files: {Type: AWS::S3::Bucket}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["s3:GetObject", "s3:ListBucket"], Resource: !Sub "${Files.Arn}/*"}]}}]}}
---
resource "aws_iam_role_policy" "reads" {
  role = "work"

  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject", "s3:GetBucketLocation"], Resource = "arn:aws:s3:::files/*" }]
  })
}
"""

GOOD = """
Parameters: {Bucket: {Type: String}}
Resources:
  Files: {Type: AWS::S3::Bucket}
  Both: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["s3:GetObject", "s3:ListBucket"], Resource: [!GetAtt Files.Arn, !Sub "${Files.Arn}/*"]}]}}]}}
  # Another statement allows it for the bucket.
  Apart: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["s3:GetObject", "s3:ListBucket"], Resource: !Sub "${Files.Arn}/*"}, {Effect: Allow, Action: "s3:List*", Resource: "*"}]}}]}}
  Unknown: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:ListBucket", Resource: !Ref Bucket}]}}]}}
  Denied: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Deny, Action: "s3:ListBucket", Resource: !Sub "${Files.Arn}/*"}]}}]}}
---
resource "aws_iam_role_policy" "reads" {
  role = "work"

  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::files/*" },
      { Effect = "Allow", Action = ["s3:ListBucket"], Resource = "arn:aws:s3:::files" }
    ]
  })
}
"""
