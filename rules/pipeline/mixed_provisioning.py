"""A pipeline should provision resources or deploy an application, not both.

Infrastructure and application change at different times. In one pipeline every release of the application runs the
provisioning too, and a change of the infrastructure waits for the application's build and releases it. An application
that is deployed through CloudFormation alone (SAM, CDK) may stay in one pipeline.

What to do: put the provisioning actions (CloudFormation, StackSets, Service Catalog, terraform apply, cdk deploy) and
the deploying actions (CodeDeploy, ECS, EKS, S3, kubectl apply and the like) into two pipelines.
"""

from awslint_memo import Findings, Resource, listed, pipelines, rule


@rule(
    level="warning",
    resource="AWS::CodePipeline::Pipeline",
    memo="デプロイとプロビジョニングのパイプラインは分けることをおすすめします",
    aws="AWSCloudFormation/latest/UserGuide/best-practices.html",
    widened={"0.2": "buildspecs that lie in files beside the template"},
    core=True,
)
def check(pipeline: Resource) -> Findings:
    done = [(action, work) for action in pipelines.actions(pipeline) for work in action.work]
    done = [(action, work) for at, (action, work) in enumerate(done) if not brings_templates(action, done[at:])]
    provisioning, deploying = (
        [(action, work) for action, work in done if work.side == side] for side in ("provisioning", "deploying")
    )
    # One project that does both by itself is what buildspec-mixed-provisioning reports.
    by_one_project = len({work.project for _, work in done}) == 1 and done[0][1].project is not None
    if provisioning and deploying and not by_one_project:
        yield pipeline.finding(
            pipeline,
            f"provisions in {_named(provisioning)} and deploys in {_named(deploying)}",
            do="split it into two pipelines",
            since=max(action.since for action, _ in done),
            related=[(work.value, f"{action.label} {_verb(work)}: {work.what}") for action, work in done],
        )


def brings_templates(action: pipelines.Action, behind: list[tuple[pipelines.Action, pipelines.Work]]) -> bool:
    """Whether an action copies an artifact to S3 from which a stack is made afterwards, with nested templates."""
    later = [other for other, work in behind if work.side == "provisioning"]
    return action.provider == "S3" and any(not inputs(action).isdisjoint(inputs(other)) for other in later)


def inputs(action: pipelines.Action) -> set[str]:
    return {name for item in action.value.get("InputArtifacts").items if (name := item.get("Name").text) is not None}


def _verb(work: pipelines.Work) -> str:
    return "provisions" if work.side == "provisioning" else "deploys"


def _named(done: list[tuple[pipelines.Action, pipelines.Work]]) -> str:
    by_action: dict[str, list[str]] = {}
    for action, work in done:
        by_action.setdefault(action.label, []).append(
            f"{work.project.title} {work.what}" if work.project else work.what
        )
    return listed([f"{label} ({' and '.join(what)})" for label, what in by_action.items()])


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Infra
          Actions:
            - Name: Stack
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
              Configuration: {ActionMode: CREATE_UPDATE, StackName: network}
        - Name: App
          Actions:
            - {Name: Service, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}
---
resource "aws_codebuild_project" "apply" {
  name = "apply"

  source {
    type      = "CODEPIPELINE"
    buildspec = <<-EOT
      phases:
        build:
          commands:
            - terraform apply -auto-approve
    EOT
  }
}

variable "checks" { type = set(string) }

resource "aws_codepipeline" "release" {
  stage {
    name = "Infra"

    action {
      name          = "Apply"
      category      = "Build"
      owner         = "AWS"
      provider      = "CodeBuild"
      configuration = { ProjectName = "apply" }
    }
  }

  dynamic "stage" {
    for_each = var.checks

    content {
      name = stage.value
    }
  }

  stage {
    name = "App"

    action {
      name     = "Site"
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
    }
  }
}
---
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: ci/release.yml}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Provision, Actions: [{Name: Network, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}}]}
        - {Name: Deploy, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}]}
# --- ci/release.yml
version: 0.2
phases:
  build:
    commands:
      - terraform apply -auto-approve
"""

GOOD = """
Parameters:
  Project: {Type: String}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: App
          Actions:
            - Name: Unknown
              ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}
              Configuration: {ProjectName: !Ref Project}
            - {Name: Service, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}
---
Resources:
  # The nested templates lie in the bucket before the stack is made of them.
  Stacks:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Deploy
          Actions:
            - {Name: Copy, InputArtifacts: [{Name: Source}], ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}}
            - Name: Stack
              InputArtifacts: [{Name: Source}]
              ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}
              Configuration: {ActionMode: CREATE_UPDATE}
---
resource "aws_codepipeline" "app" {
  stage {
    name = "Deploy"

    action {
      name          = "Changes"
      category      = "Deploy"
      owner         = "AWS"
      provider      = "CloudFormation"
      configuration = { ActionMode = "CHANGE_SET_REPLACE" }
    }

    action {
      name          = "Stack"
      category      = "Deploy"
      owner         = "AWS"
      provider      = "CloudFormation"
      configuration = { ActionMode = "CHANGE_SET_EXECUTE" }
    }
  }
}
"""
