"""A state machine should send traces of its executions.

A trace of a state machine shows every state of an execution, how long each took, and the functions that it called.
Without it the calls appear as separate traces, and none shows which execution started them.

Where nothing that is read traces, by a setting, a permission, a collector or an SDK, this advice is counted and not told
(--profile all tells it): whether a team traces at all is its own decision.

What to do: set TracingConfiguration.Enabled to true (SAM: Tracing.Enabled; Terraform: tracing_configuration).
"""

from awslint_memo import Findings, Resource, permissions, rule, tracers, tracing


@rule(
    level="advice",
    resource="AWS::StepFunctions::StateMachine",
    memo="AWS で動作するアプリケーションのパフォーマンスや問題を分析するためのサービスです",
    aws="step-functions/latest/dg/concepts-xray-tracing.html",
    fix="both",
    taste="tracing",
)
def check(machine: Resource) -> Findings:
    if tracing.is_traced(machine) is False and not tracers.has_another(machine):
        enabled = tracing.switch(machine)
        role = machine.follow("RoleArn", permissions.ROLE)
        is_mended = role is not None and (role.name != role.written or permissions.may_trace(role) is True)
        grant = "" if is_mended else f" and attach {permissions.WRITES_TRACES} to its role"
        together = (
            "send no traces of their executions; set TracingConfiguration.Enabled of each to true, "
            f"and attach {permissions.WRITES_TRACES} to roles that you wrote"
        )
        of = "TracingConfiguration.Enabled"
        unsafe = tracing.kept_off(machine, enabled, [*tracing.called(machine)])
        fix = permissions.traced(machine, of, True, role, unsafe=unsafe)
        yield machine.finding(
            enabled,
            f"is false{enabled.note}, so its executions send no traces",
            of=of,
            do=f"set it to true{grant}",
            together=together,
            fix=fix,
        )


BAD = """
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Tags: [{Key: DD_TRACE_ENABLED, Value: "false"}]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::StateMachine, Properties: {Tracing: {Enabled: "false"}}}
---
resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })
}
---
resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  tracing_configuration {
    enabled = false
  }
}
---
resource "aws_iam_role" "work" {
  name               = "work"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }] })
}

resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = aws_iam_role.work.arn
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })
}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::StateMachine}
"""

GOOD = """
Parameters: {Traced: {Type: String}}
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, TracingConfiguration: {Enabled: true}}}
  Unknown: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, TracingConfiguration: {Enabled: !Ref Traced}}}
  Datadog: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Tags: [{Key: DD_TRACE_ENABLED, Value: "true"}]}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {StateMachine: {Tracing: {Enabled: true}}}
Resources:
  Work: {Type: AWS::Serverless::StateMachine}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::StateMachine, Properties: {Tags: {DD_TRACE_ENABLED: true}}}
---
Transform: [AWS::Serverless-2016-10-31, DatadogServerless]
Resources:
  Work: {Type: AWS::Serverless::StateMachine, Properties: {Tags: {DD_TRACE_ENABLED: true}}}
---
resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })
  tags       = { team = "shop", DD_TRACE_ENABLED = "true" }
}
---
resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  tracing_configuration {
    enabled = true
  }
}
"""

FIXED = """
-  Work: {Type: AWS::Serverless::StateMachine, Properties: {Tracing: {Enabled: "false"}}}
+  Work: {Type: AWS::Serverless::StateMachine, Properties: {Tracing: {Enabled: "true"}}}
---
   assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "states.amazonaws.com" } }] })
+}
+
+resource "aws_iam_role_policy_attachment" "work_xray" {
+  role       = aws_iam_role.work.name
+  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
   definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })
+
+  tracing_configuration {
+    enabled = true
+  }
---
-  Work: {Type: AWS::Serverless::StateMachine}
+  Work: {Type: AWS::Serverless::StateMachine, Properties: {Tracing: {Enabled: true}}}
"""
