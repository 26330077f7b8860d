"""An event pattern should use the keys that events have.

An event has account, detail, detail-type, id, region, resources, source, time and version, and a replayed one
replay-name. A pattern with another key at its top, such as detailType, matches no event, so its targets never run. And the
detail of an event has what belongs to its detail-type: the events of CodePipeline for a whole pipeline have no stage, no
action and no type of an action, so that a pattern which wants one matches none of them. Those of EC2 Auto Scaling for an
instance that was launched or terminated name no lifecycle hook: the hook has its own. ECR calls a repository repository-name
there, CodeBuild a status build-status.

What to do: write the key as the event has it: detail-type, with a hyphen. Where only some of the events have it, make a rule for
each detail-type.
"""

from awslint_memo import Findings, Resource, event_details, events, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/ref/events-structure.html",
)
def check(event_rule: Resource) -> Findings:
    for kind, key, value in event_details.lacked(event_rule):
        message = f"wants detail.{key} in EventPattern, which no {kind} has, so it matches none of these"
        yield event_rule.finding(value, message, do="name the detail-type that has it, or remove it for these events")
    for slip in event_details.slips(event_rule):
        message = f"wants detail.{slip.key} in EventPattern, which no {slip.kind} has, so it never matches"
        yield event_rule.finding(slip.value, message, do=f"write detail.{slip.meant}")
    unknown = events.unknown_keys(event_rule)
    if not unknown:
        return
    first = next(iter(unknown))
    alike = events.alike_key(first)
    do = f"write {alike}" if alike is not None else "put what the service says of an event under detail"
    message = (
        f"has the {'key' if len(unknown) == 1 else 'keys'} {listed([*unknown])} in EventPattern, which no event has"
    )
    yield event_rule.finding(unknown[first], f"{message}, so it never matches", do=do)


BAD = """
Resources:
  Builds: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild], detailType: [CodeBuild Build State Change]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Calls: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.kms], eventName: [ReplicateKey], eventSource: [kms.amazonaws.com]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Releases: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail-type: [CodePipeline Pipeline Execution State Change, CodePipeline Action Execution State Change], detail: {state: [FAILED], type: {category: [Build, Deploy]}}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Releases: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail-type: [CodePipeline Stage Execution State Change], detail: {action: [Approve]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Scans: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr], detail-type: [ECR Image Scan], detail: {repository-name: [shop], image-tag: [latest]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Releases: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail-type: [CodePipeline Pipeline Execution State Change, CodePipeline Stage Execution State Change], detail: {pipelineName: [shop]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_cloudwatch_event_rule" "images" {
  event_pattern = jsonencode({
    source        = ["aws.ecr"]
    "detail-type" = ["ECR Image Action"]
    detail        = { "action-type" = ["PUSH"], repository = ["shop"] }
  })
}
---
resource "aws_cloudwatch_event_rule" "failed" {
  event_pattern = jsonencode({
    source        = ["aws.codepipeline"]
    "detail-type" = ["CodePipeline Pipeline Execution State Change"]
    detail        = { status = ["FAILED"] }
  })
}
---
resource "aws_cloudwatch_event_rule" "builds" {
  event_pattern = jsonencode({
    source      = ["aws.codebuild"]
    detail_type = ["CodeBuild Build State Change"]
  })
}
---
Resources:
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.backup], detail-type: [Backup Job State Change], detail: {status: [FAILED]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Failover: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.rds], detail-type: [RDS DB Instance Event], detail: {eventCategories: [failover]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Stopped: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecs], detail-type: [ECS Task State Change], detail: {cluster: ["arn:aws:ecs:eu-west-1:111122223333:cluster/shop"], lastStatus: [STOPPED]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_cloudwatch_event_rule" "drain" {
  event_pattern = jsonencode({
    source        = ["aws.autoscaling"]
    "detail-type" = ["EC2 Instance Terminate Successful"]
    detail        = { LifecycleHookName = ["drain"] }
  })
}
---
Resources:
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-launch Lifecycle Action], detail: {StatusCode: [Failed]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
"""

GOOD = """
Parameters: {Pattern: {Type: String}}
Resources:
  Builds: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild], detail-type: [CodeBuild Build State Change], detail: {build-status: [FAILED]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Either: {Type: AWS::Events::Rule, Properties: {EventPattern: {$or: [{source: [aws.ec2]}, {account: ["123456789012"]}]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Joined: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail.bucket.name: [orders]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Unknown: {Type: AWS::Events::Rule, Properties: {EventPattern: !Ref Pattern, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Actions: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail-type: [CodePipeline Action Execution State Change], detail: {stage: [Prod], action: [Approve], type: {category: [Build]}}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Stages: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail-type: [CodePipeline Stage Execution State Change], detail: {stage: [Prod], type: [{exists: false}], action: [!Ref Pattern]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Either2: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline], detail-type: [CodePipeline Pipeline Execution State Change], detail: {$or: [{type: {category: [Build]}}, {state: [FAILED]}]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Images: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr], detail-type: [ECR Image Action], detail: {repository-name: [shop], tag: [{exists: false}], manifest-media-type: [application/vnd.oci.image.manifest.v1+json], repository: [!Ref Pattern], "": [a]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  # Which of two is meant, or whether another type has it, nobody can tell.
  Tasks: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild], detail-type: [CodeBuild Build State Change], detail: {phase: [BUILD], current: [a]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Calls: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3], detail-type: [AWS API Call via CloudTrail], detail: {eventSource: [s3.amazonaws.com], eventName: [PutObject], requestParameters: {bucketName: [orders]}, source: [a]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Both: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild], detail-type: [CodeBuild Build State Change, CodeBuild Fleet State Change], detail: {status: [FAILED]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Any: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr], detail-type: [ECR Image Action, ECR Image Scan], detail: {image-tags: [latest]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Drain: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-terminate Lifecycle Action], detail: {LifecycleHookName: [drain], Destination: [EC2]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Gone: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance Terminate Successful], detail: {AutoScalingGroupName: [web], StatusCode: [InProgress], LifecycleHookName: [{exists: false}]}}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Scheduled: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_cloudwatch_event_rule" "builds" {
  event_pattern = jsonencode({
    source      = ["aws.codebuild"]
    detail-type = ["CodeBuild Build State Change"]
  })
}
"""
