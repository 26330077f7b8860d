"""A pipeline should have an artifact store in each Region in which its actions run.

An action in another Region takes its artifacts from a bucket there. CodePipeline rejects a pipeline with such an action and
no store for its Region, one without a store in its own Region, one with both ArtifactStore and ArtifactStores, and one with
neither.

What to do: list a bucket for each Region in ArtifactStores (Terraform: artifact_store with region), that of the pipeline
included, or leave Region of the action out. The Region of a pipeline with one store is known by a provider, the configuration,
a samconfig or a deploy command, or is none of those that the template lists beside its own. Where nothing tells it and some actions name no
Region, one that names a Region is advice: it is refused unless the pipeline itself is deployed there.
"""

from awslint_memo import Findings, Resource, artifact_stores, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/APIReference/API_PipelineDeclaration.html",
)
def check(pipeline: Resource) -> Findings:
    single, several = pipeline.get("ArtifactStore"), pipeline.get("ArtifactStores")
    if single.fields and any(store.fields for store in several.items):
        message = "is written beside ArtifactStores, and CodePipeline takes one of the two"
        yield pipeline.finding(single, message, of="ArtifactStore", do="remove it, and list its bucket there")
    elif single.is_absent and several.is_absent:
        # Terraform has one block for both.
        of = "ArtifactStores" if pipeline.language == "terraform" else "ArtifactStore"
        message = "but CodePipeline rejects a pipeline without one"
        yield pipeline.finding(single, message, of=of, do="name a bucket in it")
    own = artifact_stores.without_own(pipeline)
    if own is not None:
        message = f"has no store in {own}, in which the pipeline is, so CodePipeline rejects it"
        yield pipeline.finding(several, message, of="ArtifactStores", do=f"add a bucket in {own}")
    for lacking in artifact_stores.without_store(pipeline):
        region, of = lacking.region, f"Region in {lacking.action.label}"
        if lacking.is_sure:
            message = f"but the pipeline has no artifact store in {region.text}, so CodePipeline rejects it"
            yield pipeline.finding(region, message, of=of, do=f"add a bucket in {region.text} to ArtifactStores")
        else:
            message = "but the pipeline has no artifact store there, so CodePipeline rejects it in any other Region"
            do = f"list buckets in {region.text} and in its own Region in ArtifactStores"
            yield pipeline.finding(region, message, of=of, do=do, level="advice")


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores: [{Region: eu-west-1, ArtifactStore: {Type: S3, Location: !ImportValue Bucket}}]
      Stages:
        - {Name: Prod, Actions: [{Name: Site, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - Name: Prod
          Actions:
            - {Name: Here, Region: eu-west-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}
            - {Name: There, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      ArtifactStores: [{Region: eu-west-1, ArtifactStore: {Type: S3, Location: !ImportValue Bucket}}]
---
Resources:
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: release}}
---
# deployments: {home: {AWS::Region: eu-west-1}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - {Name: Prod, Actions: [{Name: There, Region: us-west-2, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - {Name: Prod, Actions: [{Name: There, Region: us-west-2, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: PAY_PER_REQUEST, Replicas: [{Region: !Ref AWS::Region}, {Region: us-west-2}]}
---
provider "aws" {
  region = "eu-west-1"
}

resource "aws_codepipeline" "release" {
  artifact_store {
    location = "a"
    type     = "S3"
  }

  stage {
    name = "Prod"

    action {
      name     = "Site"
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
      region   = "us-east-1"
    }
  }
}
---
resource "aws_codepipeline" "release" {
  name = "release"
}
---
# deployments: {home: {AWS::Region: eu-west-1}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores: [{Region: us-east-1, ArtifactStore: {Type: S3, Location: !ImportValue Bucket}}]
      Stages:
        - {Name: Prod, Actions: [{Name: Site, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - {Name: Source, Actions: [{Name: Drop, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}}]}
        - {Name: Prod, Actions: [{Name: Site, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores: [{Region: !Ref "AWS::Region", ArtifactStore: {Type: S3, Location: !ImportValue Bucket}}, {Region: eu-central-1, ArtifactStore: {Type: S3, Location: !ImportValue There}}]
      Stages:
        - {Name: Source, Actions: [{Name: Drop, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}}]}
        - {Name: Prod, Actions: [{Name: Site, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
---
resource "aws_codepipeline" "release" {
  artifact_store {
    location = "a"
    type     = "S3"
    region   = "eu-west-1"
  }

  artifact_store {
    location = "b"
    type     = "S3"
    region   = "eu-central-1"
  }

  stage {
    name = "Prod"

    action {
      name     = "Site"
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
      region   = "us-east-1"
    }
  }
}
"""

GOOD = """
Parameters: {Region: {Type: String}, Stores: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores: [{Region: eu-west-1, ArtifactStore: {Type: S3, Location: !ImportValue Bucket}}, {Region: us-east-1, ArtifactStore: {Type: S3, Location: !ImportValue There}}]
      Stages:
        - Name: Prod
          Actions:
            - {Name: There, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}
            - {Name: Any, Region: !Ref Region, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}
            - {Name: Here, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}
  AnyStore:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores: [{Region: !Ref Region, ArtifactStore: {Type: S3, Location: !ImportValue Bucket}}]
      Stages:
        - {Name: Prod, Actions: [{Name: There, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
  AnyStores:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores: !Split [",", !Ref Stores]
      Stages:
        - {Name: Prod, Actions: [{Name: There, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
  Single:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - {Name: Prod, Actions: [{Name: Here, Region: eu-west-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {BillingMode: PAY_PER_REQUEST, Replicas: [{Region: eu-west-1}, {Region: us-west-2}]}
---
# All actions name the Region, which is that of the pipeline, or only those that are not AWS's own do not.
Resources:
  Here:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: ThirdParty, Provider: GitHub, Version: "1"}}]}
        - Name: Prod
          Actions:
            - {Name: Build, Region: us-east-1, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}}
            - {Name: Ask, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}
            - {Name: Site, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}
---
Resources:
  Listed:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores: [{Region: !Ref "AWS::Region", ArtifactStore: {Type: S3, Location: !ImportValue Bucket}}, {Region: us-east-1, ArtifactStore: {Type: S3, Location: !ImportValue There}}]
      Stages:
        - {Name: Source, Actions: [{Name: Drop, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}}]}
        - {Name: Prod, Actions: [{Name: Site, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
---
# deployments: {home: {AWS::Region: eu-west-1}}
Parameters: {Stores: {Type: String}}
Resources:
  Own:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores: [{Region: !Ref "AWS::Region", ArtifactStore: {Type: S3, Location: !ImportValue Bucket}}]
      Stages:
        - {Name: Source, Actions: [{Name: Drop, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}}]}
        - {Name: Prod, Actions: [{Name: Site, Region: eu-west-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
  Here:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStore: {Type: S3, Location: !ImportValue Bucket}
      Stages:
        - {Name: Prod, Actions: [{Name: Here, Region: eu-west-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
  AnyStores:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ArtifactStores: !Split [",", !Ref Stores]
      Stages:
        - {Name: Prod, Actions: [{Name: There, Region: us-east-1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}]}
---
resource "aws_codepipeline" "release" {
  artifact_store {
    location = "a"
    type     = "S3"
  }

  stage {
    name = "Prod"

    action {
      name     = "Site"
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
      region   = "us-east-1"
    }
  }
}
"""
