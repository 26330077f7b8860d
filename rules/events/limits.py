"""Retries and windows of rules and schedules should be within what EventBridge accepts.

EventBridge tries to deliver an event for between a minute and a day, at most 185 times after the first. A flexible window
has between a minute and a day. A rule or a schedule with a number outside of its range is refused when it is deployed.

What to do: set the number to one within the range that the message names.
"""

from awslint_memo import Findings, Resource, number_limits, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Events::Rule", "AWS::Scheduler::Schedule"),
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="eventbridge/latest/APIReference/API_RetryPolicy.html",
)
def check(resource: Resource) -> Findings:
    return number_limits.refused(resource)


BAD = """
Resources:
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets: [{Id: a, Arn: !ImportValue bus, RetryPolicy: {MaximumEventAgeInSeconds: 30}}]
---
Resources:
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: {Mode: FLEXIBLE, MaximumWindowInMinutes: 2000}
      Target: {Arn: !ImportValue queue, RoleArn: !ImportValue role}
---
resource "aws_cloudwatch_event_target" "nightly" {
  rule = "nightly"
  arn  = "arn:aws:lambda:eu-west-1:111122223333:function:nightly"

  retry_policy {
    maximum_event_age_in_seconds = 600
    maximum_retry_attempts       = 200
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}
"""

GOOD = """
Resources:
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets: [{Id: a, Arn: !ImportValue bus, RetryPolicy: {MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 0}}]
  Later:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: {Mode: FLEXIBLE, MaximumWindowInMinutes: 1440}
      Target: {Arn: !ImportValue queue, RoleArn: !ImportValue role, RetryPolicy: {MaximumRetryAttempts: 185}}
---
resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:aws:sqs:eu-west-1:111122223333:nightly"
    role_arn = "arn:aws:iam::111122223333:role/nightly"

    retry_policy {
      maximum_event_age_in_seconds = 86400
      maximum_retry_attempts       = 185
    }
  }
}
"""
