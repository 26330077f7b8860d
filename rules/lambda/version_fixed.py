"""A version that CodeDeploy moves traffic to should be published anew when the code changes.

CloudFormation publishes a version when it creates the AWS::Lambda::Version, and never changes it: another code of the function makes no
other version. With a fixed logical id and nothing else that changes, the alias stays at the first version, and CodeDeploy never
deploys another one.

What to do: let the logical id change with the code, as AutoPublishAlias of SAM and currentVersion of the CDK do, or give a new
version a new id by hand and write that into the alias.
"""

import re

from awslint_memo import Findings, Resource, rule

VERSION = "AWS::Lambda::Version"
CHANGING = ("CodeSha256", "Description")
# A number, or a word that a script replaces before each deployment.
REPLACED = re.compile(r"\d|build|commit|date|hash|placeholder|random|replace|sha|time|unique|xxx", re.IGNORECASE)


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::Alias",
    language="cloudformation",
    memo="1 つの Lambda 関数に対して複数のバージョンを発行することが可能です",
    aws="AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-version.html",
)
def check(alias: Resource) -> Findings:
    update = alias.attribute("UpdatePolicy").get("CodeDeployLambdaAliasUpdate")
    version = alias.follow("FunctionVersion", VERSION) if update.is_known else None
    if version is None or is_generated(version) or not all(version.get(name).is_absent for name in CHANGING):
        return
    message = (
        "keeps its logical id when the code changes, so no second version is published and CodeDeploy never deploys"
    )
    related = [(alias, "the alias that stays at it")]
    yield version.finding(version, message, do="let the id change with the code", related=related)


def is_generated(version: Resource) -> bool:
    """Whether the id of a version surely is not the same for ever: it holds a hash or a number, or it is SAM's own."""
    written, id_ = (name.rpartition("/")[2] for name in (version.written, version.name))
    # The CDK ends each id in eight characters of a hash of its path. A person wrote no id of what SAM adds.
    return written != id_ or bool(REPLACED.search(re.sub(r"[0-9A-F]{8}$", "", id_)))


BAD = """
Resources:
  Answer: {Type: AWS::Lambda::Function, Properties: {Code: {S3Bucket: b, S3Key: k}, Handler: a.b, Runtime: python3.13, Role: r}}
  AnswerVersion: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Answer}}
  Live:
    Type: AWS::Lambda::Alias
    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: g}}
    Properties: {Name: live, FunctionName: !Ref Answer, FunctionVersion: !GetAtt AnswerVersion.Version}
"""

GOOD = """
Parameters: {Release: {Type: String}, Number: {Type: String}}
Resources:
  Answer: {Type: AWS::Lambda::Function, Properties: {Code: {S3Bucket: b, S3Key: k}, Handler: a.b, Runtime: python3.13, Role: r}}
  # The CDK and people write another id for each version.
  AnswerCurrentVersion1F86EB4D43a51d53d35ab7a2b16cbea09bb21ae7: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Answer}}
  Current:
    Type: AWS::Lambda::Alias
    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: g}}
    Properties: {Name: current, FunctionName: !Ref Answer, FunctionVersion: !GetAtt AnswerCurrentVersion1F86EB4D43a51d53d35ab7a2b16cbea09bb21ae7.Version}
  AnswerVersion7: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Answer}}
  ByHand:
    Type: AWS::Lambda::Alias
    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: g}}
    Properties: {Name: hand, FunctionName: !Ref Answer, FunctionVersion: !GetAtt AnswerVersion7.Version}
  # A script writes another word there before each deployment.
  AnswerVersionRandomName: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Answer}}
  Replaced:
    Type: AWS::Lambda::Alias
    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: g}}
    Properties: {Name: replaced, FunctionName: !Ref Answer, FunctionVersion: !GetAtt AnswerVersionRandomName.Version}
  Described: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Answer, Description: !Ref Release}}
  OfDescribed:
    Type: AWS::Lambda::Alias
    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: g}}
    Properties: {Name: described, FunctionName: !Ref Answer, FunctionVersion: !GetAtt Described.Version}
  # Nothing is deployed here, or another version by a parameter.
  Fixed: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Answer}}
  OfFixed: {Type: AWS::Lambda::Alias, Properties: {Name: fixed, FunctionName: !Ref Answer, FunctionVersion: !GetAtt Fixed.Version}}
  OfNumber:
    Type: AWS::Lambda::Alias
    UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: g}}
    Properties: {Name: number, FunctionName: !Ref Answer, FunctionVersion: !Ref Number}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Answer:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: a/, Handler: a.b, Runtime: python3.13, AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes}}
---
resource "aws_lambda_function" "work" {
  function_name = "work"
  publish       = true
}
"""
