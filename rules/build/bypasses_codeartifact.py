"""A build should install its packages from the CodeArtifact repository.

A repository of approved packages protects only the builds that use it. A build that does not log in to it installs from
the public registry, whatever the repository allows.

What to do: run `aws codeartifact login --tool pip` (or npm) in pre_build; for Maven and Gradle fetch the token with
`aws codeartifact get-authorization-token`.
"""

from awslint_memo import Findings, Resource, buildspecs, installations, rule


@rule(
    level="warning",
    resource="AWS::CodeBuild::Project",
    memo="承認されたパッケージのみ利用させたい",
    aws="codeartifact/latest/ug/codebuild.html",
    widened={"0.2": "buildspecs that lie in files beside the template"},
)
def check(project: Resource) -> Findings:
    repositories = project.deployment.own_of_type("AWS::CodeArtifact::Repository")
    buildspec = buildspecs.buildspec(project)
    if not repositories or buildspec is None or installations.may_choose_registry(project, buildspec):
        return
    every = (installations.installation(command.words) for command in buildspec.commands)
    installed = [
        installation
        for installation in every
        if installation and installations.may_hold(repositories, installation.tool)
    ]
    titles = dict.fromkeys(installation.title for installation in installed)
    if titles:
        names = " and ".join(repository.title for repository in repositories)
        has_login = any(installation.tool in ("npm", "pip") for installation in installed)
        yield project.finding(
            buildspec.value,
            f"runs {' and '.join(titles)} without logging in to CodeArtifact, so packages come from the "
            f"public registry, not from {names}",
            of="Source.BuildSpec",
            do=f"run aws codeartifact {'login' if has_login else 'get-authorization-token'} first",
            since=buildspec.since,
            related=[(repository, "the repository") for repository in repositories],
        )


BAD = """
Resources:
  Approved: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: approved, ExternalConnections: ["public:pypi"]}}
  Build:
    Type: AWS::CodeBuild::Project
    Properties: {Source: {BuildSpec: "phases: {install: {commands: [pip install -r requirements.txt, npm ci]}}"}}
---
resource "aws_codeartifact_repository" "approved" {
  domain     = "d"
  repository = "approved"
}

resource "aws_codebuild_project" "web" {
  name = "web"

  source {
    buildspec = <<-EOT
      phases:
        build:
          commands:
            - mvn package
    EOT
  }
}
---
Resources:
  Approved: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: approved, ExternalConnections: ["public:pypi"]}}
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: ci/build.yml}}}
# --- ci/build.yml
version: 0.2
phases:
  install:
    commands:
      - pip install -r requirements.txt
"""

GOOD = """
Parameters: {Login: {Type: String}, Variables: {Type: String}}
Resources:
  Approved: {Type: AWS::CodeArtifact::Repository, Properties: {DomainName: d, RepositoryName: approved}}
  LoggedIn:
    Type: AWS::CodeBuild::Project
    Properties: {Source: {BuildSpec: "phases: {install: {commands: [aws codeartifact login --tool pip --domain d --repository approved, pip install -r requirements.txt]}}"}}
  Unknown:
    Type: AWS::CodeBuild::Project
    Properties: {Source: {BuildSpec: !Sub "phases: {install: {commands: ['${Login}', npm ci]}}"}}
  UnknownVariables:
    Type: AWS::CodeBuild::Project
    Properties: {Environment: {EnvironmentVariables: [!Ref Variables]}, Source: {BuildSpec: "phases: {install: {commands: [npm ci]}}"}}
  ByVariable:
    Type: AWS::CodeBuild::Project
    Properties: {Environment: {EnvironmentVariables: [{Name: PIP_INDEX_URL, Value: https://d.codeartifact}]}, Source: {BuildSpec: "phases: {install: {commands: [pip install flask]}}"}}
  File: {Type: AWS::CodeBuild::Project, Properties: {Source: {BuildSpec: buildspec.yml}}}
---
resource "aws_codebuild_project" "web" {
  name = "web"

  source {
    buildspec = <<-EOT
      phases:
        install:
          commands:
            - npm ci
    EOT
  }
}
"""
