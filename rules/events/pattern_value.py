"""An event pattern should ask for values that events have.

A pattern matches only what is written exactly as in the event, capitals included. One for the state Failed of pipelines,
which is FAILED in their events, or for "CodeBuild State Change" instead of "CodeBuild Build State Change", matches none.

What to do: write the value as the event has it. The events of CodePipeline, CodeBuild and S3 are known, whose notifications have
other names (s3:ObjectRemoved:Delete is Object Deleted); of ECS, EC2, Batch, Step Functions and others, the states that are told in
another case.
"""

from awslint_memo import Findings, Resource, event_values, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/detect-state-changes-cloudwatch-events.html",
)
def check(event_rule: Resource) -> Findings:
    for slip in event_values.slips(event_rule):
        message = f"asks for {slip.key} {slip.value.text} in EventPattern, which no event has, so it does not match"
        yield event_rule.finding(slip.value, message, do=f"write {listed(slip.meant, last='or')}")


BAD = """
Resources:
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail: {state: [Failed]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail.state: [Failed], detail.pipeline: [orders]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Stopped: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecs], detail-type: [ECS Task State Change], detail: {lastStatus: [stopped]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Builds: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild], detail-type: [CodeBuild State Change]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Removed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [Object Removed]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_cloudwatch_event_rule" "replaced" {
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["s3:ObjectCreated:Put"]
  })
}
---
Resources:
  Stopped: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecs], detail-type: [ECS Task State-change]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_cloudwatch_event_rule" "builds" {
  event_pattern = jsonencode({
    source      = ["aws.codebuild"]
    detail-type = ["CodeBuild Build State Change"]
    detail      = { build-status = ["FAILURE", "STOPPED"] }
  })
}
---
Resources:
  Actions: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail-type: [CodePipeline Action State Change]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
"""

GOOD = """
Parameters: {State: {Type: String}}
Resources:
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail-type: [CodePipeline Pipeline Execution State Change], detail: {state: [FAILED, !Ref State]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  AnyCase: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild], detail: {build-status: [{equals-ignore-case: failed}]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Calls: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild], detail-type: [AWS API Call via CloudTrail]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Stopped: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecs], detail-type: [ECS Task State Change], detail: {lastStatus: [STOPPED], stopCode: [AnotherCode]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Tagged: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [Object Tags Added, Object Restore Initiated, AWS API Call via CloudTrail, {prefix: ObjectCreated}]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Own: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop, aws.codepipeline], detail: {state: [Failed]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_cloudwatch_event_rule" "builds" {
  event_pattern = jsonencode({
    source      = ["aws.codebuild"]
    detail-type = ["CodeBuild Build State Change"]
    detail      = { build-status = ["FAILED", "STOPPED"] }
  })
}
"""
