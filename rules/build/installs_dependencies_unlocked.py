"""A build should install the same package versions every time.

A package without a version is installed in the newest version of the day. The same commit then builds differently
tomorrow, and a broken or malicious release gets in without any change to the source.

What to do: install from a file with exact versions (pip install -r requirements.txt, a constraints or lock file) or write
the version (name==1.2.3); for npm commit package-lock.json and run npm ci instead of npm install.
"""

from awslint_memo import Findings, Resource, buildspecs, installations, rule


@rule(
    level="advice",
    resource="AWS::CodeBuild::Project",
    memo="依存関係のインストール: プロジェクトが依存する外部ライブラリやパッケージをインストールします",
    aws="codebuild/latest/userguide/build-spec-ref.html",
    widened={"0.2": "buildspecs that lie in files beside the template"},
)
def check(project: Resource) -> Findings:
    buildspec = buildspecs.buildspec(project)
    if buildspec is None:
        return
    installed = [
        installation
        for installation in map(installations.installation, (command.words for command in buildspec.commands))
        if installation
    ]
    # Versions may be set for all of a build's pip commands at once.
    is_constrained = "PIP_CONSTRAINT" in buildspec.text
    loose: dict[str, list[str]] = {}
    for installation in installed:
        if not (installation.tool == "pip" and is_constrained):
            loose.setdefault(installation.title, []).extend(installation.loose)
    unpinned = [f"{title} of {' and '.join(dict.fromkeys(names))}" for title, names in loose.items() if names]
    if unpinned:
        message = f"installs unpinned versions ({', '.join(unpinned)}), so builds are not repeatable"
        remedy = "write exact versions, or install from a lock file"
        yield project.finding(buildspec.value, message, of="Source.BuildSpec", do=remedy, since=buildspec.since)
    is_locked = any(command.words[:2] == ("npm", "ci") for command in buildspec.commands)
    if not is_locked and any(installation.ignores_lock for installation in installed):
        message = "runs npm install, which may install newer versions than package-lock.json has; run npm ci instead"
        yield project.finding(buildspec.value, message, of="Source.BuildSpec", since=buildspec.since)


BAD = """
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        BuildSpec: |
          phases: {install: {commands: [pip install --upgrade pip, "pip install flask 'boto3>=1.30' pytest==8.3.2"]}}
---
resource "aws_codebuild_project" "web" {
  name = "web"

  source {
    buildspec = <<-EOT
      phases:
        install:
          commands:
            - npm install
    EOT
  }
}
---
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: ci/build.yml}}}
# --- ci/build.yml
version: 0.2
phases:
  install:
    commands:
      - pip install pytest
---
resource "aws_codebuild_project" "build" {
  name = "build"

  source {
    type      = "GITHUB"
    buildspec = "ci/build.yml"
  }
}
# --- ci/build.yml
version: 0.2
phases:
  install:
    commands:
      - npm install
"""

GOOD = """
Resources:
  Slim:
    Type: AWS::CodeBuild::Project
    Properties: {Source: {BuildSpec: "{phases: {build: {commands: [npm ci, npm test, npm install --production]}}}"}}
---
Parameters: {Package: {Type: String}}
Resources:
  Pinned:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        BuildSpec: |
          phases:
            install:
              commands:
                - pip install --upgrade pip pipenv
                - python -m pip install -r requirements.txt
                - pip3 install boto3==1.35.1 ./library
                - pip install -c constraints.txt flask
                - npm ci && npm install -g serverless
  Unknown:
    Type: AWS::CodeBuild::Project
    Properties: {Source: {BuildSpec: !Sub "phases: {install: {commands: ['pip install ${Package}']}}"}}
  File: {Type: AWS::CodeBuild::Project, Properties: {Source: {BuildSpec: build/buildspec.yml}}}
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
