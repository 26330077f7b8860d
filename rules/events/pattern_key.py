"""An event pattern should use the keys that events have.

An event has account, detail, detail-type, id, region, resources, source, time and version, and a replayed one
replay-name. A pattern with another key at its top, such as detailType, matches no event, so its targets never run.

What to do: write the key as the event has it: detail-type, with a hyphen.
"""

from awslint_memo import Findings, Resource, events, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/ref/events-structure.html",
)
def check(event_rule: Resource) -> Findings:
    for key, value in events.unknown_keys(event_rule).items():
        alike = events.alike_key(key)
        do = f"write {alike}" if alike is not None else "take the names that AWS's page gives"
        message = f"has the key {key} in EventPattern, which no event has, so it never matches"
        yield event_rule.finding(value, message, do=do)


BAD = """
Resources:
  Builds: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild], detailType: [CodeBuild Build State Change]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_cloudwatch_event_rule" "builds" {
  event_pattern = jsonencode({
    source      = ["aws.codebuild"]
    detail_type = ["CodeBuild Build State Change"]
  })
}
"""

GOOD = """
Parameters: {Pattern: {Type: String}}
Resources:
  Builds: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild], detail-type: [CodeBuild Build State Change], detail: {build-status: [FAILED]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Either: {Type: AWS::Events::Rule, Properties: {EventPattern: {$or: [{source: [aws.ec2]}, {account: ["123456789012"]}]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Unknown: {Type: AWS::Events::Rule, Properties: {EventPattern: !Ref Pattern, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Scheduled: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_cloudwatch_event_rule" "builds" {
  event_pattern = jsonencode({
    source      = ["aws.codebuild"]
    detail-type = ["CodeBuild Build State Change"]
  })
}
"""
