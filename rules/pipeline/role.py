"""The role of a pipeline should let it do what its actions do.

CodePipeline starts each action with the role of the pipeline, or that of the action. Where the role lacks the permission, as
to use the connection of a source or to start a build, the pipeline deploys and the action fails each time.

What to do: allow the role the action that the message names.
"""

from awslint_memo import Findings, Resource, action_roles, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/how-to-custom-role.html",
)
def check(pipeline: Resource) -> Findings:
    # What one policy of a role mends is one finding.
    by_role: dict[str, list[action_roles.Lack]] = {}
    for lack in action_roles.lacks(pipeline):
        by_role.setdefault(lack.role.name, []).append(lack)
    for first, *others in by_role.values():
        lacks = [first, *others]
        needed = listed(list(dict.fromkeys(lack.needed for lack in lacks)))
        fails = f"{'always fail' if others else 'always fails'}, because {first.role.title} does not allow {needed}"
        yield pipeline.finding(
            first.action.value,
            fails,
            of=listed([lack.action.label for lack in lacks], 4),
            do=f"allow {'this' if others else 'it'} in a policy of {first.role.title}",
            related=[(first.role, "the role"), *((lack.action.value, lack.action.label) for lack in others)],
        )


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["codestar-connections:*", "s3:*"], Resource: "*"}, {Effect: Deny, Action: "codestar-connections:Use*", Resource: "*"}]}}]}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !GetAtt Role.Arn
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}]}]
---
resource "aws_iam_role" "release" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_codebuild_project" "image" {}

data "aws_iam_policy_document" "release" {
  statement {
    actions   = ["codebuild:BatchGetBuilds"]
    resources = [aws_codebuild_project.image.arn]
  }
}

resource "aws_iam_role_policy" "release" {
  role   = aws_iam_role.release.id
  policy = data.aws_iam_policy_document.release.json
}

resource "aws_codepipeline" "release" {
  name     = "release"
  role_arn = aws_iam_role.release.arn

  stage {
    name = "Build"

    action {
      name     = "Image"
      category = "Build"
      owner    = "AWS"
      provider = "CodeBuild"
      version  = "1"
    }
  }
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !GetAtt Role.Arn
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}]}
        - {Name: Build, Actions: [{Name: Image, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}}]}
"""

GOOD = """
Parameters: {Statements: {Type: String}}
Resources:
  Uses: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "codeconnections:Use*", Resource: !ImportValue Connection}]}}]}}
  Elsewhere: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!ImportValue Policy]}}
  Unknown: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [!Ref Statements]}}]}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !GetAtt Uses.Arn
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}]}
        - Name: Build
          Actions:
            - {Name: Image, RoleArn: !GetAtt Elsewhere.Arn, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}}
            - {Name: Tests, RoleArn: !GetAtt Unknown.Arn, ActionTypeId: {Category: Test, Owner: AWS, Provider: CodeBuild, Version: "1"}}
            - {Name: Ours, ActionTypeId: {Category: Build, Owner: Custom, Provider: CodeBuild, Version: "1"}}
---
variable "statements" {}

resource "aws_iam_role" "release" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "release" {
  role   = aws_iam_role.release.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "codebuild:StartBuild", Resource = "*" }] })
}

resource "aws_iam_role" "unknown" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "unknown" {
  role   = aws_iam_role.unknown.id
  policy = jsonencode({ Statement = var.statements })
}

resource "aws_codepipeline" "release" {
  name     = "release"
  role_arn = aws_iam_role.release.arn

  stage {
    name = "Build"

    action {
      name     = "Image"
      category = "Build"
      owner    = "AWS"
      provider = "CodeBuild"
      version  = "1"
    }

    action {
      name     = "Tests"
      category = "Test"
      owner    = "AWS"
      provider = "CodeBuild"
      version  = "1"
      role_arn = aws_iam_role.unknown.arn
    }
  }
}
"""
