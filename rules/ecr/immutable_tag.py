"""A build should push a new tag to a repository whose tags are immutable.

ECR refuses a tag that the repository has already, if its tags are immutable. A build that pushes the same tag each time, as
latest, succeeds once, and all builds after it fail.

What to do: push a tag of the commit or the number of the build, or exclude this tag from immutability
(IMMUTABLE_WITH_EXCLUSION and ImageTagMutabilityExclusionFilters). Builds that go on where a push is refused are not reported.
"""

from awslint_memo import Findings, Resource, codebuild, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="AmazonECR/latest/userguide/image-tag-mutability.html",
)
def check(project: Resource) -> Findings:
    every = project.deployment.of_type("AWS::ECR::Repository")
    if not any(repository.get("ImageTagMutability").text == "IMMUTABLE" for repository in every):
        return
    found = codebuild.pushes.of_project(project)
    if found is None or not codebuild.pushes.ends_builds(project):
        return
    repository, pushed = found
    mutability = repository.get("ImageTagMutability")
    same = next((one for one in pushed if one.is_same), None)
    if same is not None and mutability.text == "IMMUTABLE":
        message = (
            f"pushes the tag {same.tag} in each build, but the tags of {repository.title} are immutable{mutability.note}, "
            "so the second build fails"
        )
        do = "push a tag of the commit or the build"
        spec = project.get("Source.BuildSpec")
        yield project.finding(
            spec, message, of="Source.BuildSpec", do=do, related=[(mutability, "the tags are immutable")]
        )


BAD = """
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {ImageTagMutability: IMMUTABLE}}
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i, PrivilegedMode: true, EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}
      Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker build -t $REPO:latest .', 'docker push $REPO:latest']}}}"}
---
resource "aws_ecr_repository" "images" {
  name                 = "images"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_codebuild_project" "build" {
  name = "build"

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "REPO"
      value = aws_ecr_repository.images.repository_url
    }
  }

  source {
    type      = "GITHUB"
    buildspec = "{version: 0.2, phases: {build: {commands: ['docker build -t $REPO:stable .', 'docker push $REPO:stable']}}}"
  }
}
---
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {ImageTagMutability: IMMUTABLE}}
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: !Sub "{version: 0.2, phases: {build: {commands: ['docker push ${Images.RepositoryUri}:latest']}}}"}}}
"""

GOOD = """
Parameters: {Mutability: {Type: String}, Tag: {Type: String}}
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {ImageTagMutability: IMMUTABLE}}
  Mutable: {Type: AWS::ECR::Repository}
  Any: {Type: AWS::ECR::Repository, Properties: {ImageTagMutability: !Ref Mutability}}
  Excluded: {Type: AWS::ECR::Repository, Properties: {ImageTagMutability: IMMUTABLE_WITH_EXCLUSION, ImageTagMutabilityExclusionFilters: [{ImageTagMutabilityExclusionFilterType: WILDCARD, ImageTagMutabilityExclusionFilterValue: latest}]}}
  OfBuild: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:v$CODEBUILD_BUILD_NUMBER', 'docker push $REPO:$(git rev-parse HEAD)']}}}"}}}
  OfParameter: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: !Sub "{version: 0.2, phases: {build: {commands: ['docker push $REPO:${Tag}']}}}"}}}
  # A version is raised with each release.
  OfVersion: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:v1.4']}}}"}}}
  Deletes: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['aws ecr batch-delete-image --repository-name images --image-ids imageTag=latest', 'docker push $REPO:latest']}}}"}}}
  # The first build makes the tag, and others leave it.
  GoesOn: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:latest || echo there already']}}}"}}}
  Continues: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {on-failure: CONTINUE, commands: ['docker push $REPO:latest']}}}"}}}
  # The name goes on behind the variable: it is another repository.
  Beside: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO-base:latest']}}}"}}}
  OfMutable: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Mutable.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:latest']}}}"}}}
  OfAny: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Any.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:latest']}}}"}}}
  OfExcluded: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Excluded.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:latest']}}}"}}}
  # What is pushed is another repository.
  Elsewhere: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: BASE, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker pull $BASE:latest', 'docker push $TARGET:latest']}}}"}}}
  OfTwo: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: BASE, Value: !GetAtt Images.RepositoryUri}, {Name: REPO, Value: !GetAtt Mutable.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:latest']}}}"}}}
---
resource "aws_ecr_repository" "images" {
  name                 = "images"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_codebuild_project" "build" {
  name = "build"

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "REPO"
      value = aws_ecr_repository.images.repository_url
    }
  }

  source {
    type      = "GITHUB"
    buildspec = "{version: 0.2, phases: {build: {commands: ['docker push $REPO:$CODEBUILD_RESOLVED_SOURCE_VERSION']}}}"
  }
}
"""
