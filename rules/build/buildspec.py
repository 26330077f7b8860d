"""A buildspec in a template should be one that CodeBuild reads.

CodeBuild ends a build with YAML_FILE_ERROR if a command is no text: in YAML `- 'echo a: b'` is one, but `- echo a: b` is a
mapping. Its reference requires a version too, by which it knows how to run the commands.

What to do: write version: 0.2 at the top, and put a command with a colon and a space into quotes.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from awslint_memo import Findings, Resource, buildspecs, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/userguide/build-spec-ref.html",
)
def check(project: Resource) -> Findings:
    spec = buildspecs.buildspec(project)
    if spec is None or spec.value.is_unknown:
        return
    of, phases = "Source.BuildSpec", spec.data.get("phases")
    if "version" not in spec.data:
        message = "has no version, which the reference of CodeBuild requires"
        yield project.finding(spec.value, message, of=of, do="add version: 0.2", level="advice")
    for phase, command in mappings(phases if isinstance(phases, Mapping) else {}):
        places = [] if spec.node is None else [(spec.place("phases", phase), f"the commands of {phase}")]
        message = f"has a mapping as a command of {phase} ({command}: …), so each build fails"
        yield project.finding(spec.value, message, of=of, do="put the command into quotes", related=places)


def mappings(phases: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, phase in phases.items():
        commands = phase.get("commands") if isinstance(phase, Mapping) else None
        for command in commands if isinstance(commands, list) else ():
            if isinstance(command, Mapping):
                yield name, str(next(iter(command), ""))


BAD = """
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{phases: {build: {commands: [make]}}}"}}}
---
Resources:
  Web:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: CODEPIPELINE
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands:
                - make
                - echo Built: web
---
resource "aws_codebuild_project" "web" {
  source {
    type      = "CODEPIPELINE"
    buildspec = jsonencode({ phases = { build = { commands = ["make"] } } })
  }
}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: ci/web.yml}}}
# --- ci/web.yml
version: 0.2
phases:
  build:
    commands:
      - make
      - echo Built: web
"""

GOOD = """
Parameters: {Head: {Type: String}}
Resources:
  Web:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: CODEPIPELINE
        BuildSpec: |
          version: 0.2
          phases:
            install: {runtime-versions: {python: 3.12}}
            build:
              commands:
                - make
                - 'echo Built: web'
            pre_build: make
            post_build: {commands: make clean}
  File: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: ci/buildspec.yml}}}
  Unknown: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: !Sub "{${Head}, phases: {build: {commands: [make]}}}"}}}
  NoPhases: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: [make]}"}}}
---
resource "aws_codebuild_project" "web" {
  source {
    type      = "CODEPIPELINE"
    buildspec = jsonencode({ version = 0.2, phases = { build = { commands = ["make"] } } })
  }
}
"""
