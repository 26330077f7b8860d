"""Logging of a state machine should have a level and a destination.

With the level OFF, which is the default, Step Functions logs nothing, whatever destination stands beside it. With any other
level it refuses a state machine without a destination.

What to do: set Level to ERROR or ALL with a log group in Destinations (Terraform: log_destination), or remove
LoggingConfiguration.
"""

from awslint_memo import Findings, Resource, rule, statemachines


@rule(
    level="error",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="step-functions/latest/apireference/API_LoggingConfiguration.html",
)
def check(machine: Resource) -> Findings:
    level = machine.get("LoggingConfiguration.Level", default=statemachines.DEFAULT_LEVEL)
    destinations = machine.get("LoggingConfiguration.Destinations")
    # Who switches it off by a parameter leaves the destination where it is.
    if level.text == statemachines.DEFAULT_LEVEL and destinations.items and level.is_literal:
        yield machine.finding(
            level,
            f"is {level.text}{level.note}, so nothing is logged to the destination",
            of="LoggingConfiguration.Level",
            do="set it to ERROR or ALL, or remove the destination",
            level="advice",
            related=[(destinations, "the destination")],
        )
    elif level.is_one_of("ALL", "ERROR", "FATAL") and (destinations.is_absent or destinations.plain == []):
        yield machine.finding(level, "but has no destination, so Step Functions refuses it", do="add a log group")


BAD = """
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: "OFF", IncludeExecutionData: true, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt Logs.Arn}}]}}}
---
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt Logs.Arn}}]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::StateMachine, Properties: {Logging: {Level: ERROR, IncludeExecutionData: false}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: ALL, Destinations: []}}}
---
resource "aws_cloudwatch_log_group" "work" {}

resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  logging_configuration {
    level           = "OFF"
    log_destination = "${aws_cloudwatch_log_group.work.arn}:*"
  }
}
"""

GOOD = """
Parameters: {Level: {Type: String}, Group: {Type: String}, Switch: {Type: String, Default: "OFF"}}
Resources:
  Plain: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r}}
  Off: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: "OFF"}}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: ALL, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Ref Group}}]}}}
  Switched: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: !Ref Switch, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Ref Group}}]}}}
  Unknown: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: !Ref Level, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Ref Group}}]}}}
---
resource "aws_cloudwatch_log_group" "work" {}

resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  logging_configuration {
    level           = "FATAL"
    log_destination = "${aws_cloudwatch_log_group.work.arn}:*"
  }
}
"""
