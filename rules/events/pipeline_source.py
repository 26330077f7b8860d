"""A rule that starts a pipeline should wait for changes of what the pipeline reads.

A pipeline reads one branch of a repository, one object of a bucket or one tag of images. If its source is not polled, a rule
starts it, and one for another branch, key or tag never does so on the changes that the pipeline takes: it is started by others,
and reads again what it has read.

What to do: write the branch, key or tag of the pipeline's source into EventPattern, or use the same parameter in both.
"""

from awslint_memo import Findings, Resource, rule, source_events


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/triggering.html",
)
def check(event_rule: Resource) -> Findings:
    for missed in source_events.missed(event_rule):
        kind, pipeline = missed.kind, missed.pipeline.title
        yield event_rule.finding(
            missed.value,
            f"asks for the {kind} {missed.asked}, but {pipeline} reads {missed.read.text}, so its changes never start it",
            of="EventPattern",
            do=f"ask for {missed.read.text}",
            related=[(missed.read, "what the pipeline reads")],
        )


BAD = """
Resources:
  Code: {Type: AWS::CodeCommit::Repository, Properties: {RepositoryName: web}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: !GetAtt Code.Name, BranchName: main, PollForSourceChanges: false}}]}]
  Pushed:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.codecommit], detail-type: [CodeCommit Repository State Change], resources: [!GetAtt Code.Arn], detail: {referenceType: [branch], referenceName: [master, develop]}}
      Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}", RoleArn: !ImportValue Start}]
---
Parameters: {Branch: {Type: String, Default: main}, Repository: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: !Ref Repository, BranchName: !Ref Branch, PollForSourceChanges: false}}]}]
  Pushed:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.codecommit], resources: [!Sub "arn:aws:codecommit:${AWS::Region}:${AWS::AccountId}:${Repository}"], detail: {referenceName: [master]}}
      Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}", RoleArn: !ImportValue Start}]
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: web}}]}]
  Pushed:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.ecr], detail: {action-type: [PUSH], image-tag: [{prefix: v}], repository-name: [web]}}
      Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}", RoleArn: !ImportValue Start}]
  # What another rule asks for is no change of the source.
  Retired:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.codecommit]}
      Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}", RoleArn: !ImportValue Start}]
---
resource "aws_codecommit_repository" "app" {
  repository_name = "app"
}

resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "AWS"
      provider      = "CodeCommit"
      configuration = { RepositoryName = aws_codecommit_repository.app.repository_name, BranchName = "release", PollForSourceChanges = "false" }
    }
  }
}

resource "aws_cloudwatch_event_rule" "pushed" {
  event_pattern = jsonencode({
    source    = ["aws.codecommit"]
    resources = [aws_codecommit_repository.app.arn]
    detail    = { referenceName = ["main"] }
  })
}

resource "aws_cloudwatch_event_target" "pushed" {
  rule     = aws_cloudwatch_event_rule.pushed.name
  arn      = aws_codepipeline.release.arn
  role_arn = "arn:aws:iam::123456789012:role/start"
}
---
resource "aws_s3_bucket" "sources" {
  bucket = "sources"
}

resource "aws_s3_bucket_notification" "sources" {
  bucket      = aws_s3_bucket.sources.id
  eventbridge = true
}

resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "AWS"
      provider      = "S3"
      configuration = { S3Bucket = aws_s3_bucket.sources.bucket, S3ObjectKey = "app/source.zip", PollForSourceChanges = "false" }
    }
  }
}

resource "aws_cloudwatch_event_rule" "uploaded" {
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail      = { bucket = { name = ["sources"] }, object = { key = ["source.zip"] } }
  })
}

resource "aws_cloudwatch_event_target" "uploaded" {
  rule     = aws_cloudwatch_event_rule.uploaded.name
  arn      = aws_codepipeline.release.arn
  role_arn = "arn:aws:iam::123456789012:role/start"
}
"""

GOOD = """
Parameters: {Branch: {Type: String}, Polls: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: main, PollForSourceChanges: false}}]}]
  Same: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codecommit], resources: ["arn:aws:codecommit:eu-west-1:123456789012:web"], detail: {referenceName: [develop, main]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}", RoleArn: !ImportValue Start}]}}
  # Another rule is for the branch.
  Develop: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codecommit], resources: ["arn:aws:codecommit:eu-west-1:123456789012:web"], detail: {referenceName: [develop]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}", RoleArn: !ImportValue Start}]}}
  Unknown:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: !Ref Branch, PollForSourceChanges: false}}]}]
  OfUnknown: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codecommit], resources: ["arn:aws:codecommit:eu-west-1:123456789012:web"], detail: {referenceName: [main]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Unknown}", RoleArn: !ImportValue Start}]}}
  Other:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: main, PollForSourceChanges: false}}]}]
  OtherRepository: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codecommit], resources: ["arn:aws:codecommit:eu-west-1:123456789012:shared"], detail: {referenceName: [release]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Other}", RoleArn: !ImportValue Start}]}}
  AnyRepository: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codecommit], detail: {referenceName: [release]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Other}", RoleArn: !ImportValue Start}]}}
  Image:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: web, ImageTag: v2}}]}]
  Tagged: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr], detail: {image-tag: [{anything-but: latest}], repository-name: [web]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Image}", RoleArn: !ImportValue Start}]}}
  # The event says which image.
  Given:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: web}}]}]
  Giving: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr], detail: {image-tag: [v1], repository-name: [web]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Given}", RoleArn: !ImportValue Start, InputTransformer: {InputPathsMap: {digest: $.detail.image-digest}, InputTemplate: '{"sourceRevisions": [{"actionName": "Image", "revisionType": "IMAGE_DIGEST", "revisionValue": <digest>}]}'}}]}}
  Polling:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: main, PollForSourceChanges: !Ref Polls}}]}]
  OfPolling: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codecommit], resources: ["arn:aws:codecommit:eu-west-1:123456789012:web"], detail: {referenceName: [release]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Polling}", RoleArn: !ImportValue Start}]}}
  Two:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: main, PollForSourceChanges: false}}, {Name: More, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: release, PollForSourceChanges: false}}]}]
  OfTwo: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codecommit], resources: ["arn:aws:codecommit:eu-west-1:123456789012:web"], detail: {referenceName: [release]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Two}", RoleArn: !ImportValue Start}]}}
  Paused: {Type: AWS::Events::Rule, Properties: {State: DISABLED, EventPattern: {source: [aws.codecommit], resources: ["arn:aws:codecommit:eu-west-1:123456789012:web"], detail: {referenceName: [release]}}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}", RoleArn: !ImportValue Start}]}}
---
variable "branch" {}

resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "AWS"
      provider      = "CodeCommit"
      configuration = { RepositoryName = "app", BranchName = var.branch, PollForSourceChanges = "false" }
    }
  }
}

resource "aws_cloudwatch_event_rule" "pushed" {
  event_pattern = jsonencode({
    source    = ["aws.codecommit"]
    resources = ["arn:aws:codecommit:eu-west-1:123456789012:app"]
    detail    = { referenceName = ["main"] }
  })
}

resource "aws_cloudwatch_event_target" "pushed" {
  rule     = aws_cloudwatch_event_rule.pushed.name
  arn      = aws_codepipeline.release.arn
  role_arn = "arn:aws:iam::123456789012:role/start"
}
"""
