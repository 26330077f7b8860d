"""A build should be able to get a token of CodeArtifact.

aws codeartifact login and get-authorization-token ask for a token that is valid for 900 to 43200 seconds, or with 0 as long as the
credentials of the role; CodeArtifact refuses any other time. The role of the build needs sts:GetServiceBearerToken beside
codeartifact:GetAuthorizationToken, which the policy of the domain may allow it instead.

What to do: change --duration-seconds, and allow the role both actions. Builds that take on another role are not judged.
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
            do = f"set --duration-seconds to {least} to {most}, or to 0"
            yield project.finding(spec.value, message, of="Source.BuildSpec", do=do)
    role, needed = project.follow("ServiceRole", roles.ROLE), packages.TOKEN_ACTION
    if role is None or roles.may_get_more(role) or packages.may_have_other_credentials(spec):
        return
    if roles.may(role, needed) is False:
        message = f"gets a token of CodeArtifact, but {role.title} does not allow {needed}, so each build fails"
        do, related = f"allow {needed}", [(role, "the role")]
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
  # The build gets the token with another role.
  Reads:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: codebuild.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: read, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}}]
  OfProfile: {Type: AWS::CodeBuild::Project, Properties: {ServiceRole: !GetAtt Reads.Arn, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {pre_build: {commands: [aws codeartifact login --tool npm --domain acme --repository main --profile packages]}}}"}}}
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
