"""A build should be able to get a token of CodeArtifact.

aws codeartifact login and get-authorization-token ask for a token that is valid for 900 to 43200 seconds, or with 0 as long as the
credentials of the role; CodeArtifact refuses any other time. The role of the build needs sts:GetServiceBearerToken beside
codeartifact:GetAuthorizationToken.

What to do: lower --duration-seconds, and allow the role both actions.
"""

from awslint_memo import Findings, Resource, buildspecs, packages, roles, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="承認されたパッケージのみ利用させたい",
    aws="codeartifact/latest/APIReference/API_GetAuthorizationToken.html",
)
def check(project: Resource) -> Findings:
    spec = buildspecs.buildspec(project)
    commands = [] if spec is None else [words for words in map(packages.token_command, spec.commands) if words]
    if spec is None or not commands:
        return
    least, most = packages.TOKEN_SECONDS
    for words in commands:
        seconds = packages.token_seconds(words)
        if seconds is not None and seconds != 0 and not least <= seconds <= most:
            message = (
                f"asks for a token of {seconds} s, but CodeArtifact gives {least} to {most} s, so each build fails"
            )
            do = f"set --duration-seconds to at most {most}, or to 0"
            yield project.finding(spec.value, message, of="Source.BuildSpec", do=do)
    role = project.follow("ServiceRole", roles.ROLE)
    lacking = None if role is None or roles.may_get_more(role) else packages.lacking_action(role)
    if role is not None and lacking is not None:
        message = f"gets a token of CodeArtifact, but {role.title} does not allow {lacking}, so each build fails"
        do, related = f"allow {lacking}", [(role, "the role")]
        yield project.finding(spec.value, message, of="Source.BuildSpec", do=do, related=related, level="error")


BAD = """
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {pre_build: {commands: [aws codeartifact login --tool npm --domain acme --repository main --duration-seconds 86400]}}}"}}}
---
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: read, PolicyDocument: {Statement: [{Effect: Allow, Action: [codeartifact:GetAuthorizationToken, codeartifact:ReadFromRepository], Resource: "*"}]}}]
  Build: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Role.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {pre_build: {commands: [aws codeartifact login --tool npm --domain acme --repository main]}}}"}}}
---
resource "aws_codebuild_project" "pricing" {
  name = "pricing"

  source {
    type      = "GITHUB"
    buildspec = <<-YAML
      version: 0.2
      phases:
        pre_build:
          commands:
            - export TOKEN=$(aws codeartifact get-authorization-token --domain acme --duration-seconds 86400 --query authorizationToken --output text)
    YAML
  }
}
"""

GOOD = """
Parameters: {Seconds: {Type: Number}, Policy: {Type: String}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: read, PolicyDocument: {Statement: [{Effect: Allow, Action: [codeartifact:GetAuthorizationToken, "sts:GetServiceBearerToken"], Resource: "*"}]}}]
  Build: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Role.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {pre_build: {commands: [aws codeartifact login --tool npm --domain acme --repository main --duration-seconds 43200]}}}"}}}
  Own: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Role.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {pre_build: {commands: [aws codeartifact login --tool npm --domain acme --repository main --duration-seconds 0]}}}"}}}
  Any: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !Ref Policy, Source: {Type: GITHUB, BuildSpec: !Sub "{version: 0.2, phases: {pre_build: {commands: [aws codeartifact login --tool npm --domain acme --repository main --duration-seconds ${Seconds}]}}}"}}}
  Given:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      ManagedPolicyArns: [!Ref Policy]
  OfGiven: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Given.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {pre_build: {commands: [aws codeartifact login --tool npm --domain acme --repository main]}}}"}}}
  Plain: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !Ref Policy, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [npm ci]}}}"}}}
---
resource "aws_codebuild_project" "web" {
  name = "web"

  source {
    type      = "GITHUB"
    buildspec = "buildspec.yml"
  }
}
"""
