"""A schedule should be written as EventBridge reads it.

A cron expression has six fields: minutes, hours, day of the month, month, day of the week, year; one of the two days is
"?". The unit of a rate is singular for 1 and plural otherwise. Any other expression is refused when it is deployed.

What to do: write cron(0 3 * * ? *) for each day at three, rate(1 hour) for each hour.
"""

from awslint_memo import Findings, Resource, events, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Events::Rule", "AWS::Scheduler::Schedule"),
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/userguide/eb-scheduled-rule-pattern.html",
)
def check(scheduler: Resource) -> Findings:
    fault = events.schedule_fault(scheduler)
    if fault is not None:
        expression = scheduler.get("ScheduleExpression")
        message = f"is {expression.text}{expression.note}, which {fault}, so it is refused"
        yield scheduler.finding(
            expression, message, of="ScheduleExpression", do="write cron(0 3 * * ? *) or rate(1 hour), for example"
        )


BAD = """
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(0 3 * * *), Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(0 3 * * * *), Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Mondays: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0 3 1 * MON *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Hourly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 hours), Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Clean: {Type: AWS::Serverless::Function, Properties: {Events: {Often: {Type: Schedule, Properties: {Schedule: rate(5 minute)}}}}}
---
resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "cron(0 3 * * *)"
}
"""

GOOD = """
Parameters: {When: {Type: String}}
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(0 3 * * ? *), Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Weekly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0 3 ? * MON *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Hourly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 hour), Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Odd: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(* ? * * * *), Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Often: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(5 minutes), Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Unknown: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: !Ref When, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Part: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: !Sub "cron(${When} * * ? *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Once: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: "at(2030-01-01T03:00:00)", FlexibleTimeWindow: {Mode: "OFF"}}}
---
resource "aws_scheduler_schedule" "hourly" {
  schedule_expression = "rate(1 hours)"
}
"""
