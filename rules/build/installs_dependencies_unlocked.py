"""A build should install the same packages every time.

A package that is named without a version is the newest of the day. The same commit then builds differently tomorrow, and
a broken or malicious release gets in without anybody's doing.

What to do: install from a file with exact versions (pip install -r requirements.txt, a constraints or lock file) or write
the version (name==1.2.3); for npm commit package-lock.json and run npm ci instead of npm install.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, buildspecs, installations, rule


@rule(
    "build-installs-dependencies-unlocked",
    level="advice",
    resource="AWS::CodeBuild::Project",
    memo="依存関係のインストール: プロジェクトが依存する外部ライブラリやパッケージをインストールします",
    aws="codebuild/latest/userguide/build-spec-ref.html",
)
def check(project: Resource) -> Iterator[Finding]:
    buildspec = buildspecs.buildspec(project)
    if buildspec is None:
        return
    found = [one for one in map(installations.installation, (command.words for command in buildspec.commands)) if one]
    # Versions may be set for all of a build's pip commands at once.
    is_constrained = "PIP_CONSTRAINT" in (buildspecs.written(buildspec.value) or "")
    loose: dict[str, list[str]] = {}
    for one in found:
        if not (one.tool == "pip" and is_constrained):
            loose.setdefault(one.title, []).extend(one.loose)
    said = [f"{title} of {' and '.join(dict.fromkeys(names))}" for title, names in loose.items() if names]
    if said:
        message = f"installs whatever version is newest ({', '.join(said)}); "
        yield project.finding(buildspec.value, f"{message}write exact versions, or install from a file that has them")
    if any(one.ignores_lock for one in found):
        message = "runs npm install, which may take newer packages than package-lock.json names; run npm ci"
        yield project.finding(buildspec.value, message)


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
"""

GOOD = """
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
