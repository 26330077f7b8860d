"""Logging of a state machine should have a level and a destination.

With the level OFF, which is the default, Step Functions logs nothing, whatever destination stands beside it. With any other
level it refuses a state machine without a destination, and one whose log group is named by an ARN that does not end in `:*`.
The provider for Terraform cuts that end off (`aws_cloudwatch_log_group.x.arn`). Of an EXPRESS workflow nothing is left but its
logs: Step Functions keeps no history of it.

What to do: set Level to ERROR or ALL with a log group in Destinations (Terraform: log_destination, with
"${aws_cloudwatch_log_group.x.arn}:*"), or remove LoggingConfiguration.
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
    elif (kind := machine.get("StateMachineType")).text == "EXPRESS" and level.text == statemachines.DEFAULT_LEVEL:
        message = "which keeps no history, and logs nothing, so a failed execution leaves nothing to look at"
        if level.is_literal and machine.get("TracingConfiguration.Enabled", default=False).flag is False:
            yield machine.finding(kind, message, do="set LoggingConfiguration.Level to ERROR", level="advice")
    for arn in statemachines.starless_groups(machine):
        message = "names its log group by an ARN without :* at the end, so Step Functions refuses it"
        yield machine.finding(arn, message, do="add :* to it")


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
---
resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  logging_configuration {
    level           = "ERROR"
    log_destination = "arn:aws:logs:eu-west-1:123456789012:log-group:/work"
  }
}
---
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: ALL, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Logs}"}}]}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: ALL, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/work"}}]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::StateMachine, Properties: {Type: EXPRESS, Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}}}
"""

GOOD = """
Parameters: {Level: {Type: String}, Group: {Type: String}, Switch: {Type: String, Default: "OFF"}}
Resources:
  Plain: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r}}
  Off: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: "OFF"}}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: ALL, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Ref Group}}]}}}
  Switched: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: !Ref Switch, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Ref Group}}]}}}
  Express: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, StateMachineType: EXPRESS, LoggingConfiguration: {Level: !Ref Switch}}}
  Logs: {Type: AWS::Logs::LogGroup}
  Attribute: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, StateMachineType: EXPRESS, LoggingConfiguration: {Level: ALL, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt Logs.Arn}}]}}}
  Put: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: ALL, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Sub "${Logs.Arn}"}}]}}}
  Ended: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: ALL, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Logs}:*"}}]}}}
  End: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, LoggingConfiguration: {Level: ALL, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}"}}]}}}
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
