"""CodeDeploy should be allowed to call the function that checks a deployment.

The policy that AWS offers for CodeDeploy's role, and that SAM gives the role which it makes, allows it to call functions whose
names begin with CodeDeployHook_. Any other hook is never called, and each deployment fails before it moves the traffic.

What to do: begin FunctionName of the hook with CodeDeployHook_, or allow the role lambda:InvokeFunction with the function.
"""

from awslint_memo import Findings, Resource, deployment_roles, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Alias",
    memo="本番向けは V1 と V2 でトラフィック分割をしています。これは一気に新しいバージョンに切り替える",
    aws="aws-managed-policy/latest/reference/AWSCodeDeployRoleForLambda.html",
    language="cloudformation",
)
def check(alias: Resource) -> Findings:
    for shut in deployment_roles.shut_hooks(alias):
        begin = deployment_roles.HOOK_NAME
        why = f"CodeDeploy calls it for deployments, and its role may only call what begins with {begin}, so each one fails"
        yield shut.function.finding(
            shut.name,
            f"but {why}",
            shown="".join(piece.text or "…" for piece in shut.name.pieces),
            do=f"begin it with {begin}",
            related=[(shut.hook, "calls it"), (shut.role, "the role")],
        )


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes, Hooks: {PreTraffic: !Ref Check}}}}
  Check: {Type: AWS::Serverless::Function, Properties: {FunctionName: !Sub "orders-${AWS::Region}-check", Runtime: python3.13, Handler: check.handler}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes, Hooks: {PostTraffic: !Ref Check}}}}
  Check: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: check.handler}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited"], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}}]}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: !GetAtt Role.Arn}}
  Check: {Type: AWS::Lambda::Function, Properties: {FunctionName: check}}
  Live: {Type: AWS::Lambda::Alias, UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: !Ref Group, BeforeAllowTrafficHook: !Ref Check}}, Properties: {Name: live, FunctionName: orders, FunctionVersion: "1"}}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Prefix: {Type: String}}
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes, Hooks: {PreTraffic: !Ref Check, PostTraffic: !Ref Unknown}}}}
  Check: {Type: AWS::Serverless::Function, Properties: {FunctionName: !Sub "CodeDeployHook_${AWS::StackName}", Runtime: python3.13, Handler: check.handler}}
  Unknown: {Type: AWS::Serverless::Function, Properties: {FunctionName: !Sub "${Prefix}check", Runtime: python3.13, Handler: check.handler}}
  Own: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes, Role: !ImportValue Deploys, Hooks: {PreTraffic: !Ref Any}}}}
  Any: {Type: AWS::Serverless::Function, Properties: {FunctionName: any, Runtime: python3.13, Handler: check.handler}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda"], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt Check.Arn}]}}]}}
  Group: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: !GetAtt Role.Arn}}
  Check: {Type: AWS::Lambda::Function, Properties: {FunctionName: check}}
  Live: {Type: AWS::Lambda::Alias, UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: !Ref Group, BeforeAllowTrafficHook: !Ref Check}}, Properties: {Name: live, FunctionName: orders, FunctionVersion: "1"}}
---
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = "orders"
  function_version = "1"
}
"""
