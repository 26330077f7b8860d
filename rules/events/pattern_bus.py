"""A rule should be on a bus that gets the events for which it waits.

AWS's services send their events to the default bus only, and only rules on that bus may have a schedule. On a bus of one's
own a rule for aws.s3 never matches, unless another rule forwards these events to it, and a schedule is refused. Where others know the
bus by an output, they may forward events to it, so that this is advice. A policy of a bus lets others do so, unless each of its
statements asks for events of other sources (events:source).

What to do: leave EventBusName out, or forward the events with a rule of the default bus.
"""

from awslint_memo import Findings, Resource, rule, targets


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/userguide/eb-create-rule.html",
)
def check(event_rule: Resource) -> Findings:
    named, schedule = event_rule.get("EventBusName"), event_rule.get("ScheduleExpression")
    remedy = "leave EventBusName out"
    # "ScheduleExpression is supported only on the default event bus": https://github.com/aws-controllers-k8s/community/issues/1984
    # (read on 2026-11-29)
    if schedule.text and targets.is_on_default_bus(event_rule) is False:
        message = "but EventBusName is not the default bus, and only that one has schedules"
        yield event_rule.finding(schedule, message, do=remedy, level="error", related=[(named, "the bus")])
    elif targets.is_only_of_aws(event_rule) and (bus := targets.own_bus(event_rule)) is not None:
        asked, related, is_known = event_rule.get("EventPattern"), [(bus, "the bus")], bus.is_exposed()
        message = f"waits for events of AWS on {bus.title}, but AWS's services send to the default bus only"
        message += ", unless another stack forwards them" if is_known else ""
        yield event_rule.finding(asked, message, do=remedy, level="advice" if is_known else "warning", related=related)


BAD = """
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [aws.s3]}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Nightly: {Type: AWS::Events::Rule, Properties: {EventBusName: orders, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_event_rule" "uploaded" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ source = ["aws.ec2", "aws.s3"] })
}
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Nightly: {Type: AWS::Events::Rule, Properties: {EventBusName: !GetAtt Bus.Arn, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
Outputs: {Bus: {Value: !Ref Bus}}
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: operations}}
  Forward: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecs, aws.codepipeline]}, Targets: [{Id: a, Arn: !GetAtt Bus.Arn, RoleArn: !ImportValue Role}]}}
  Retired: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [aws.health]}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: operations}}
  Forward: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecs]}, Targets: [{Id: a, Arn: !GetAtt Bus.Arn, RoleArn: !ImportValue Role}]}}
  Retired: {Type: AWS::Events::Rule, Properties: {EventBusName: operations, EventPattern: {source: [aws.health]}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
Outputs: {Bus: {Value: !Ref Bus}}
---
resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_event_rule" "failed" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ source = ["aws.codepipeline"] })
}

output "bus" {
  value = aws_cloudwatch_event_bus.orders.arn
}
---
resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
}

data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.orders.arn]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }

    condition {
      test     = "StringLike"
      variable = "events:source"
      values   = ["acme.*"]
    }
  }
}

resource "aws_cloudwatch_event_bus_policy" "orders" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  policy         = data.aws_iam_policy_document.orders.json
}

resource "aws_cloudwatch_event_rule" "uploaded" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ source = ["aws.s3"] })
}
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Let: {Type: AWS::Events::EventBusPolicy, Properties: {EventBusName: !Ref Bus, StatementId: a, Statement: {Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "events:PutEvents", Resource: !GetAtt Bus.Arn, Condition: {StringEquals: {"events:source": acme.orders}}}}}
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [aws.s3]}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
"""

GOOD = """
Parameters: {BusName: {Type: String}, Source: {Type: String}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Own: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [aws.s3, shop]}}}
  Unknown: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [!Ref Source]}}}
  Any: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {detail-type: [a]}}}
  Elsewhere: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref BusName, ScheduleExpression: rate(1 day)}}
  Default: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day)}}
  Named: {Type: AWS::Events::Rule, Properties: {EventBusName: !Sub "arn:aws:events:${AWS::Region}:123456789012:event-bus/default", ScheduleExpression: rate(1 day)}}
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [aws.s3]}}}
  Forward: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3]}, Targets: [{Id: a, Arn: !GetAtt Bus.Arn, RoleArn: !ImportValue Role}]}}
---
Parameters: {Arn: {Type: String}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [aws.s3], detail-type: [Object Created]}}}
  Prefix: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [{prefix: aws.}], detail-type: [Object Created, Object Deleted]}, Targets: [{Id: a, Arn: !GetAtt Bus.Arn, RoleArn: !ImportValue Role}]}}
---
Parameters: {Arn: {Type: String}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [aws.s3]}}}
  Unknown: {Type: AWS::Events::Rule, Properties: {EventPattern: {account: ["123456789012"]}, Targets: [{Id: a, Arn: !Ref Arn}]}}
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Let: {Type: AWS::Events::EventBusPolicy, Properties: {EventBusName: !Ref Bus, StatementId: a, Statement: {Effect: Allow, Principal: {AWS: "arn:aws:iam::123456789012:root"}, Action: "events:PutEvents", Resource: !GetAtt Bus.Arn, Condition: {StringLike: {"events:source": ["aws.*"]}}}}}
  Uploaded: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [aws.s3]}}}
---
Resources:
  Partner: {Type: AWS::Events::EventBus, Properties: {Name: aws.partner/a, EventSourceName: aws.partner/a}}
  Event: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Partner, EventPattern: {source: [aws.partner/a]}}}
---
resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_event_permission" "others" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
}

resource "aws_cloudwatch_event_rule" "uploaded" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ source = ["aws.s3"] })
}
"""
