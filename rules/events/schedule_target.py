"""A schedule should call what EventBridge Scheduler calls, and say what its target needs.

Scheduler calls any operation of AWS by a universal target (`arn:aws:scheduler:::aws-sdk:sqs:sendMessage`), but none whose name begins
with get, list, describe or another word for reading, and no invokeModel: a schedule with one is refused. A data stream needs a
partition key, an event bus the type and the source of the event, and a cluster of ECS a task definition; without it nothing gets
there.

What to do: call another operation, or a function that calls this one; set KinesisParameters.PartitionKey, EventBridgeParameters
or EcsParameters.TaskDefinitionArn of the target.
"""

from awslint_memo import Findings, Resource, event_targets, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Scheduler::Schedule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="scheduler/latest/UserGuide/managing-targets-universal.html",
)
def check(schedule: Resource) -> Findings:
    arn = schedule.get("Target.Arn")
    found = event_targets.uncalled(arn)
    if found is not None:
        operation, begin = found
        message = f"calls {operation}, but Scheduler calls no operation that begins with {begin}, so it is refused"
        yield schedule.finding(arn, message, do="call another operation, or a function that calls this one")
    for path, called in event_targets.lacking(schedule):
        name = schedule.in_file_words(f"Target.{path}")
        message = f"has {called} as its target without {name}, so nothing gets there"
        yield schedule.finding(arn, message, do=f"set {name}")


BAD = """
Resources:
  Check: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: "arn:aws:scheduler:::aws-sdk:rds:describeDBClusterSnapshots", RoleArn: !ImportValue Role}}}
---
Resources:
  Tick: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !GetAtt Usage.Arn, RoleArn: !ImportValue Role}}}
  Usage: {Type: AWS::Kinesis::Stream}
---
Parameters: {Stream: {Type: String}}
Resources:
  Hour: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 hour), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !Ref Stream, RoleArn: !ImportValue Role, KinesisParameters: {PartitionKey: hour}}}}
  Day: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !Ref Stream, RoleArn: !ImportValue Role}}}
---
resource "aws_scheduler_schedule" "tell" {
  schedule_expression = "rate(1 day)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:aws:events:eu-west-1:123456789012:event-bus/shop"
    role_arn = "arn:aws:iam::123456789012:role/schedules"
  }
}
---
Resources:
  Model: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !Sub "arn:${AWS::Partition}:scheduler:::aws-sdk:bedrockruntime:invokeModel", RoleArn: !ImportValue Role}}}
"""

GOOD = """
Parameters: {Target: {Type: String}}
Resources:
  Start: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: "arn:aws:scheduler:::aws-sdk:rds:startDBCluster", RoleArn: !ImportValue Role}}}
  Tick: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !GetAtt Usage.Arn, RoleArn: !ImportValue Role, KinesisParameters: {PartitionKey: !Ref Target}}}}
  Listener: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !Sub "arn:${AWS::Partition}:scheduler:::aws-sdk:sample:listenAgain", RoleArn: !ImportValue Role}}}
  Service: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !Sub "arn:aws:scheduler:::aws-sdk:${Target}", RoleArn: !ImportValue Role}}}
  Put: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: "arn:aws:scheduler:::aws-sdk:kinesis:putRecord", RoleArn: !ImportValue Role}}}
  Unknown: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !Ref Target, RoleArn: !ImportValue Role}}}
  Usage: {Type: AWS::Kinesis::Stream}
---
resource "aws_scheduler_schedule" "tell" {
  schedule_expression = "rate(1 day)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:aws:events:eu-west-1:123456789012:event-bus/shop"
    role_arn = "arn:aws:iam::123456789012:role/schedules"

    eventbridge_parameters {
      detail_type = "Night"
      source      = "shop"
    }
  }
}
"""
