"""A rule should wait for state machines that send events.

Step Functions tells EventBridge of the executions of STANDARD machines. EXPRESS machines send no events, so that a rule which
waits for the status of one never matches it, and nobody hears of its failures.

What to do: watch an EXPRESS machine by an alarm on its metric ExecutionsFailed, or by its logs; or set its type to STANDARD.
"""

from awslint_memo import Findings, Resource, event_details, events, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="step-functions/latest/dg/eventbridge-integration.html",
)
def check(event_rule: Resource) -> Findings:
    silent, is_all = event_details.silent_machines(event_rule)
    if silent:
        named = listed([machine.title for machine in silent])
        which = "which are EXPRESS and send" if len(silent) > 1 else "which is EXPRESS and sends"
        yield event_rule.finding(
            events.pattern(event_rule).get("detail.stateMachineArn"),
            f"waits for events of {named}, {which} none, so {'it never matches' if is_all else 'none of these match'}",
            of="EventPattern",
            do="watch the metric ExecutionsFailed",
            level=None if is_all else "warning",
            related=[(machine.get("StateMachineType"), "its type") for machine in silent],
        )


BAD = """
Resources:
  Quote: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: EXPRESS, Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}}}
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.states], detail-type: [Step Functions Execution Status Change], detail: {status: [FAILED], stateMachineArn: [!Ref Quote]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Quote: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: EXPRESS}}
  Price: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: EXPRESS}}
  Order: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: STANDARD}}
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.states], detail: {stateMachineArn: [!Ref Quote, !Ref Order, !Ref Price]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_sfn_state_machine" "quote" {
  name       = "quote"
  role_arn   = "r"
  type       = "EXPRESS"
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Pass", End = true } } })
}

resource "aws_cloudwatch_event_rule" "failed" {
  event_pattern = jsonencode({
    source        = ["aws.states"]
    "detail-type" = ["Step Functions Execution Status Change"]
    detail        = { status = ["FAILED"], stateMachineArn = [aws_sfn_state_machine.quote.arn] }
  })
}
"""

GOOD = """
Parameters: {Type: {Type: String}, Machine: {Type: String}}
Resources:
  Order: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {}}}
  Quote: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: EXPRESS, Definition: {}}}
  Any: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: !Ref Type, Definition: {}}}
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.states], detail: {stateMachineArn: [!Ref Order, !Ref Any, !Ref Machine]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Off: {Type: AWS::Events::Rule, Properties: {State: DISABLED, EventPattern: {source: [aws.states], detail: {stateMachineArn: [!Ref Quote]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  # A program tells of the machine by events of its own.
  Own: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop], detail: {stateMachineArn: [!Ref Quote]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_sfn_state_machine" "order" {
  name       = "order"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Pass", End = true } } })
}

resource "aws_cloudwatch_event_rule" "failed" {
  event_pattern = jsonencode({
    source        = ["aws.states"]
    "detail-type" = ["Step Functions Execution Status Change"]
    detail        = { status = ["FAILED"], stateMachineArn = [aws_sfn_state_machine.order.arn] }
  })
}
"""
