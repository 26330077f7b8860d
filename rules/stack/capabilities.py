"""A samconfig file should name the capabilities that its template needs.

CloudFormation makes users, groups, roles and policies only if the deployment names CAPABILITY_IAM, and those with a name of
their own only with CAPABILITY_NAMED_IAM. Otherwise `sam deploy` with this environment ends with InsufficientCapabilities, unless
its option `--capabilities` says more: it is advice where a command of the repository does.

What to do: write the capability that is missing; CAPABILITY_NAMED_IAM includes CAPABILITY_IAM. Or let CloudFormation choose
the name.
"""

from typing import Literal

from awslint_memo import Deployment, Findings, commanded_capabilities, listed, rule, stacks


@rule(
    level="error",
    since="0.2",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html",
    language="cloudformation",
)
def check(deployment: Deployment) -> Findings:
    for resource, place, lack in stacks.unmet(deployment, "capability"):
        needed, given = lack.names[0], listed(lack.among)
        message = f"needs {needed}, but the environment {lack.origin} gives {given} only, so the stack is refused"
        path = commanded_capabilities.giving(deployment, resource.place.span.path, needed)
        message += f" without the option that {path} gives" if path else ""
        level: Literal["advice"] | None = "advice" if path else None
        yield resource.finding(place, message, do=f"add {needed}", level=level, related=lack.related)


BAD = """
Resources:
  Export: {Type: AWS::IAM::Role, Properties: {RoleName: export, AssumeRolePolicyDocument: {}}}
# --- samconfig.toml
[dev.deploy.parameters]
capabilities = "CAPABILITY_IAM"

[prod.deploy.parameters]
capabilities = "CAPABILITY_NAMED_IAM"
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Receive: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/}}
# --- samconfig.yaml
default:
  deploy:
    parameters:
      capabilities:
        - CAPABILITY_AUTO_EXPAND
---
Resources:
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: roles.yaml}}
# --- roles.yaml
Resources:
  Readers: {Type: AWS::IAM::Group, Properties: {GroupName: !Sub "${AWS::StackName}-readers"}}
# --- samconfig.toml
[default.global.parameters]
capabilities = ["CAPABILITY_IAM"]
"""

GOOD = """
Parameters: {Name: {Type: String}, IsNamed: {Type: String}}
Conditions: {IsNamed: !Equals [!Ref IsNamed, "true"]}
Resources:
  Policy: {Type: AWS::IAM::Policy, Properties: {PolicyName: !Ref Name, PolicyDocument: {}}}
  Maybe: {Type: AWS::IAM::Role, Condition: IsNamed, Properties: {RoleName: !Ref Name}}
  Perhaps: {Type: AWS::IAM::Role, Properties: {RoleName: !If [IsNamed, !Ref Name, !Ref AWS::NoValue]}}
  Nobody: {Type: AWS::IAM::User, Properties: {UserName: !Ref AWS::NoValue}}
# --- samconfig.toml
[dev.deploy.parameters]
capabilities = "CAPABILITY_IAM"

[prod.deploy.parameters]
capabilities = "$CAPABILITIES"

# Whoever deploys it names them.
[test.deploy.parameters]
parameter_overrides = "Name=a"
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
# --- samconfig.toml
[default.deploy.parameters]
capabilities = "CAPABILITY_AUTO_EXPAND"
---
resource "aws_iam_role" "export" {
  name = "export"
}
"""
