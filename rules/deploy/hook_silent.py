"""A function that checks a deployment should be allowed to tell CodeDeploy of the result.

CodeDeploy waits for the result of a hook, which the function reports with codedeploy:PutLifecycleEventHookExecutionStatus. SAM gives
no role that permission by itself. Where the function may not report, the result never comes, and each deployment fails after waiting.

What to do: allow the role of the hook codedeploy:PutLifecycleEventHookExecutionStatus for the deployment group. A hook that may send
messages, events or start executions is not judged, as another program may report for it.
"""

from awslint_memo import Findings, Resource, deployment_roles, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Alias",
    memo="本番向けは V1 と V2 でトラフィック分割をしています。これは一気に新しいバージョンに切り替える",
    aws="codedeploy/latest/APIReference/API_PutLifecycleEventHookExecutionStatus.html",
    language="cloudformation",
)
def check(alias: Resource) -> Findings:
    for function, named, role in deployment_roles.silent_hooks(alias):
        missing = f"{role.title} does not allow {deployment_roles.REPORTS}"
        yield function.finding(
            function,
            f"can't tell CodeDeploy of the result, because {missing}, so each deployment fails",
            do=f"allow it in a policy of {role.title}",
            related=[(named, "calls it"), (role, "the role")],
        )


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes, Hooks: {PreTraffic: !Ref Check}}}}
  Check: {Type: AWS::Serverless::Function, Properties: {FunctionName: CodeDeployHook_check, Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Orders}}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]}}
  Check: {Type: AWS::Lambda::Function, Properties: {FunctionName: CodeDeployHook_check, Role: !GetAtt Role.Arn}}
  Live: {Type: AWS::Lambda::Alias, UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: b, AfterAllowTrafficHook: !Ref Check}}, Properties: {Name: live, FunctionName: orders, FunctionVersion: "1"}}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Policy: {Type: String}}
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes, Hooks: {PreTraffic: !Ref Check, PostTraffic: !Ref Given}}}}
  Check: {Type: AWS::Serverless::Function, Properties: {FunctionName: CodeDeployHook_check, Policies: [{Version: "2012-10-17", Statement: [{Effect: Allow, Action: "codedeploy:Put*", Resource: "*"}]}]}}
  Given: {Type: AWS::Serverless::Function, Properties: {FunctionName: CodeDeployHook_given, Policies: [!Ref Policy]}}
  Bills: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, DeploymentPreference: {Type: Canary10Percent5Minutes, Hooks: {PreTraffic: !Ref Starts, PostTraffic: !Ref Elsewhere}}}}
  Starts: {Type: AWS::Serverless::Function, Properties: {FunctionName: CodeDeployHook_starts, Policies: [{Version: "2012-10-17", Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: "*"}]}]}}
  Elsewhere: {Type: AWS::Serverless::Function, Properties: {FunctionName: CodeDeployHook_else, Role: !ImportValue Role}}
---
resource "aws_lambda_function" "work" {
  function_name = "work"
  publish       = true
}
"""
