"""A profiling group should receive profiles from an application.

A group by itself collects nothing: an agent in the application must know the group's name and be allowed to send to it.
Here no function and no task names the group in its environment, and no principal has the agent's permissions by the
group or by a policy of the template that names the group.

What to do: set AWS_CODEGURU_PROFILER_GROUP_NAME (or _ARN) where the application runs, or name its role in
AgentPermissions; remove a group that is not used. A group that the stack exports or puts out may be used in another one
and is not checked.
"""

from awslint_memo import Findings, Resource, codeguru, rule


@rule(
    level="advice",
    resource="AWS::CodeGuruProfiler::ProfilingGroup",
    memo="ソースコードのレビューとアプリケーションパフォーマンスに関する推奨を行ってくれる",
    aws="codeguru/latest/profiler-ug/setting-up-short.html",
)
def check(group: Resource) -> Findings:
    if group.is_open or group.is_exposed() or not group.get("AgentPermissions").is_absent:
        return
    if not codeguru.may_be_profiled(group):
        yield group.finding(
            group,
            "receives no profiles, because no function or task in this template names it",
            do="set AWS_CODEGURU_PROFILER_GROUP_NAME in the environment of the application",
        )


BAD = """
Resources:
  Profiles:
    Type: AWS::CodeGuruProfiler::ProfilingGroup
    Properties: {ProfilingGroupName: orders}
---
resource "aws_codeguruprofiler_profiling_group" "orders" {
  name = "orders"

  agent_orchestration_config {
    profiling_enabled = true
  }
}
"""

GOOD = """
Parameters:
  Variables: {Type: String}
Resources:
  Profiles: {Type: AWS::CodeGuruProfiler::ProfilingGroup, Properties: {ProfilingGroupName: orders}}
  Work:
    Type: AWS::Lambda::Function
    Properties: {Environment: {Variables: {AWS_CODEGURU_PROFILER_GROUP_NAME: orders, TABLE: !Ref Variables}}}
---
Resources:
  Profiles:
    Type: AWS::CodeGuruProfiler::ProfilingGroup
    Properties: {ProfilingGroupName: orders, AgentPermissions: {Principals: ["arn:aws:iam::123456789012:role/orders"]}}
---
Transform: Applications
Resources:
  Profiles: {Type: AWS::CodeGuruProfiler::ProfilingGroup, Properties: {ProfilingGroupName: orders}}
---
Resources:
  Profiles:
    Type: AWS::CodeGuruProfiler::ProfilingGroup
    Properties: {ProfilingGroupName: orders}
Outputs:
  Profiles: {Value: !GetAtt Profiles.Arn, Export: {Name: profiles}}
---
Resources:
  Profiles: {Type: AWS::CodeGuruProfiler::ProfilingGroup, Properties: {ProfilingGroupName: orders}}
  Agents:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement: [{Effect: Allow, Action: "codeguru-profiler:PostAgentProfile", Resource: !GetAtt Profiles.Arn}]
---
resource "aws_codeguruprofiler_profiling_group" "orders" {
  name = "orders"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"

  environment {
    variables = {
      AWS_CODEGURU_PROFILER_GROUP_ARN = aws_codeguruprofiler_profiling_group.orders.arn
    }
  }
}
"""
