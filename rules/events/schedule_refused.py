"""A schedule should be written as EventBridge reads it.

A cron expression has six fields: minutes, hours, day of the month, month, day of the week (1 is Sunday), year; one of the two
days is "?". A rate is a whole number of minutes, hours or days, and of a rule singular for 1 and plural otherwise. Only
EventBridge Scheduler has at(…), and takes a cron expression without the year. Any other expression is refused when it is
deployed, and the 30th of February never comes.

What to do: write cron(0 3 * * ? *) for each day at three, rate(1 hour) for each hour.
"""

from awslint_memo import Findings, Resource, rule, schedules


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Events::Rule", "AWS::Scheduler::Schedule"),
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/userguide/eb-scheduled-rule-pattern.html",
)
def check(scheduler: Resource) -> Findings:
    fault = schedules.schedule_fault(scheduler)
    expression = scheduler.get("ScheduleExpression")
    # With an empty default value between the brackets nobody deploys it.
    is_left_empty = bool(expression.origin.defaults) and (expression.text or "").endswith("()")
    if fault is not None and not is_left_empty:
        message = f"is {expression.text}{expression.note}, which {fault}"
        rate = schedules.right_rate(expression)
        do = f"write {rate}" if rate else "write cron(0 3 * * ? *) or rate(1 hour), for example"
        yield scheduler.finding(expression, message, of="ScheduleExpression", do=do)


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
---
Resources:
  Late: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(0 24 * * ? *), Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Sundays: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0 3 ? * 0 *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Never: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0 3 30,31 FEB ? *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Often: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(30 seconds), FlexibleTimeWindow: {Mode: "OFF"}}}
---
Resources:
  Plain: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: 0 3 * * ? *, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Once: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "at(2030-01-01T03:00:00)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Close: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(5minutes), Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_scheduler_schedule" "weekly" {
  schedule_expression = "cron(3 * ? MON)"
}
---
resource "aws_scheduler_schedule" "once" {
  schedule_expression = "at(2030-01-01 03:00)"
}
---
Resources:
  Empty: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(), Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Parameters: {Rate: {Type: String, Default: 2 hour}}
Resources:
  Often: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: !Sub "rate(${Rate})", Targets: [{Id: a, Arn: !ImportValue Work}]}}
"""

GOOD = """
Parameters: {When: {Type: String}, Fields: {Type: String, Default: ""}}
Resources:
  Given: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: !Sub "cron(${Fields})", Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(0 3 * * ? *), Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Weekly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0 3 ? * MON *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Hourly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 hour), Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Odd: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(* ? * * * *), Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Often: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(5 minutes), Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Leap: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0/59 0-23/2 29 FEB ? 2027-2199)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Third: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0 3 ? * 6#3 *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Last: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0 3 L,31 2,3 ? *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Days: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(*/15 8-17 ? * mon-FRI *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Unknown: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: !Ref When, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Part: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: !Sub "cron(${When} * * ? *)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Once: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: "at(2030-01-01T03:00:00)", FlexibleTimeWindow: {Mode: "OFF"}}}
  NoSeconds: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: "AT(2030-01-01T03:00)", FlexibleTimeWindow: {Mode: "OFF"}}}
  NoYear: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: cron(0 3 * * ?), FlexibleTimeWindow: {Mode: "OFF"}}}
  Close: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(5minutes), FlexibleTimeWindow: {Mode: "OFF"}}}
  Far: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0 20 * * ? 2500)", Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_scheduler_schedule" "hourly" {
  schedule_expression = "rate(1 hours)"
}
"""
