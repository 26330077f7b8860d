"""A bucket from which a pipeline takes its source should keep versions.

CodePipeline reads a version of the object and passes that on. In a bucket without versioning there is none, so the
source action fails and no stage behind it ever runs.

What to do: set VersioningConfiguration.Status of the bucket to Enabled (Terraform: aws_s3_bucket_versioning). A bucket of
another template is not judged.
"""

from awslint_memo import Findings, Resource, pipelines, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/action-reference-S3.html",
    fix="safe",
)
def check(pipeline: Resource) -> Findings:
    for action in pipelines.actions(pipeline):
        if action.product != "AWS/S3" or action.category != "Source":
            continue
        named = action.configuration.get("S3Bucket")
        bucket = pipeline.deployment.find(named, "AWS::S3::Bucket")
        if bucket is None or bucket.may_be_completed():
            continue
        status = bucket.get("VersioningConfiguration.Status")
        if status.is_absent or status.is_one_of("Suspended"):
            yield pipeline.finding(
                named,
                f"takes its source {action.label} from {bucket.title}, which keeps no versions, so the action fails",
                do=f"set {bucket.in_file_words('VersioningConfiguration.Status')} of {bucket.title} to Enabled",
                related=[(status, "keeps no versions")],
                fix=bucket.set("VersioningConfiguration", {"Status": "Enabled"}),
            )


BAD = """
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: !Ref Bucket, S3ObjectKey: app.zip}}]}]
---
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Suspended}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: !Ref Bucket, S3ObjectKey: app.zip}}]}]
---
resource "aws_s3_bucket" "source" {
  bucket = "source"
}

resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name     = "Code"
      category = "Source"
      owner    = "AWS"
      provider = "S3"
      configuration = {
        S3Bucket    = aws_s3_bucket.source.bucket
        S3ObjectKey = "app.zip"
      }
    }
  }
}
"""

GOOD = """
Transform: Versions
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: !Ref Bucket, S3ObjectKey: app.zip}}]}]
---
Parameters: {Status: {Type: String}, Imported: {Type: String}}
Resources:
  Kept: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}
  Unknown: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: !Ref Status}}}
  Site: {Type: AWS::S3::Bucket}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions:
            - {Name: Kept, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: !Ref Kept, S3ObjectKey: app.zip}}
            - {Name: Unknown, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: !Ref Unknown, S3ObjectKey: app.zip}}
            - {Name: Imported, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: !Ref Imported, S3ObjectKey: app.zip}}
        - Name: Prod
          Actions:
            - {Name: Site, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: !Ref Site, BucketName: !Ref Site}}
            - {Name: Other, ActionTypeId: {Category: Source, Owner: Custom, Provider: S3, Version: "1"}, Configuration: {S3Bucket: !Ref Site}}
---
resource "aws_s3_bucket" "source" {
  bucket = "source"
}

resource "aws_s3_bucket_versioning" "source" {
  bucket = aws_s3_bucket.source.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name     = "Code"
      category = "Source"
      owner    = "AWS"
      provider = "S3"
      configuration = {
        S3Bucket    = aws_s3_bucket.source.bucket
        S3ObjectKey = "app.zip"
      }
    }
  }
}
"""

FIXED = """
-  Bucket: {Type: AWS::S3::Bucket}
+  Bucket: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}
---
-  Bucket: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Suspended}}}
+  Bucket: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}
"""
