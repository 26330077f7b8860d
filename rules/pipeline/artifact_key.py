"""A pipeline with actions in other accounts should have a key for its artifacts that these can use.

Without EncryptionKey, CodePipeline encrypts artifacts with the key that AWS manages for S3 in the account, whose policy lets no
other account in, and nobody can change it. An action with a role of another account then fails as soon as it reads or
writes an artifact. So does one by an alias, which KMS knows in the account of the key alone.

What to do: make a customer managed key whose policy lets the other account in, and name its ARN in EncryptionKey (Terraform:
encryption_key) of each artifact store; the policy of the bucket has to let that account in, too.
"""

from awslint_memo import Findings, Resource, artifact_keys, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/pipelines-create-cross-account.html",
)
def check(pipeline: Resource) -> Findings:
    others = artifact_keys.abroad(pipeline)
    keys = artifact_keys.unreadable(pipeline) if others else ()
    for key, why in keys:
        names = listed(list(dict.fromkeys(one.action.label for one in others)), 2)
        accounts = listed(list(dict.fromkeys(one.account for one in others)), 3)
        message = f"{why}, but the roles of {names} are of {accounts}"
        do = "name the ARN of a customer managed key whose policy lets them in"
        of = "EncryptionKey" if key.is_absent else ""
        yield pipeline.finding(key, message, of=of, do=do, related=[(one.role, "a role") for one in others])


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/pipeline
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - {Name: Prod, Actions: [{Name: Stack, RoleArn: "arn:aws:iam::444455556666:role/deploy", InputArtifacts: [{Name: built}], ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}]}
---
Parameters: {Test: {Type: String, Default: "444455556666"}, Prod: {Type: String, Default: "777788889999"}}
Resources:
  Key: {Type: AWS::KMS::Key}
  Named: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/artifacts, TargetKeyId: !Ref Key}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !ImportValue Role
      ArtifactStores: [{Region: eu-west-1, ArtifactStore: {Type: S3, Location: !ImportValue Bucket, EncryptionKey: {Type: KMS, Id: !Ref Named}}}]
      Stages:
        - Name: Prod
          Actions:
            - {Name: Test, RoleArn: !Sub "arn:aws:iam::${Test}:role/deploy", InputArtifacts: [{Name: built}], ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}
            - {Name: Prod, RoleArn: !Sub "arn:aws:iam::${Prod}:role/deploy", InputArtifacts: [{Name: built}], ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}
---
resource "aws_codepipeline" "release" {
  name     = "release"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    location = "artifacts"
    type     = "S3"
  }

  stage {
    name = "Prod"

    action {
      name            = "Stack"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "CloudFormation"
      version         = "1"
      input_artifacts = ["built"]
      role_arn        = "arn:aws:iam::444455556666:role/deploy"
    }
  }
}
"""

GOOD = """
Parameters: {Key: {Type: String}, Prod: {Type: String}}
Resources:
  # The key may be one that the other account can use.
  WithKey:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/pipeline
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket, EncryptionKey: {Type: KMS, Id: !Ref Key}}
      Stages:
        - {Name: Prod, Actions: [{Name: Stack, RoleArn: "arn:aws:iam::444455556666:role/deploy", InputArtifacts: [{Name: built}], ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}]}
  # The account of the pipeline is not known, or that of the role.
  Anywhere:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !ImportValue Role
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - {Name: Prod, Actions: [{Name: Stack, RoleArn: "arn:aws:iam::444455556666:role/deploy", InputArtifacts: [{Name: built}], ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}]}
  There:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/pipeline
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - Name: Prod
          Actions:
            - {Name: Given, RoleArn: !Sub "arn:aws:iam::${Prod}:role/deploy", InputArtifacts: [{Name: built}], ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}
            - {Name: Own, RoleArn: "arn:aws:iam::111122223333:role/deploy", InputArtifacts: [{Name: built}], ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}
            # It reads and writes no artifact.
            - {Name: Told, RoleArn: "arn:aws:iam::444455556666:role/tell", ActionTypeId: {Category: Invoke, Owner: AWS, Provider: Lambda, Version: "1"}}
---
resource "aws_codepipeline" "release" {
  name     = "release"
  role_arn = "arn:aws:iam::111122223333:role/pipeline"

  artifact_store {
    location = "artifacts"
    type     = "S3"

    encryption_key {
      id   = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
      type = "KMS"
    }
  }

  stage {
    name = "Prod"

    action {
      name            = "Stack"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "CloudFormation"
      version         = "1"
      input_artifacts = ["built"]
      role_arn        = "arn:aws:iam::444455556666:role/deploy"
    }
  }
}
"""
