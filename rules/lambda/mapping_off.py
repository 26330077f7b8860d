"""A mapping that alone receives from a queue should be switched on in production.

A mapping whose Enabled is false receives nothing. Where the values of production switch it off, and nothing else here receives from
its queue, the messages wait until they expire, and are deleted.

What to do: set Enabled (Terraform: enabled) to true in the values of production, or remove the mapping with its queue. What every
deployment switches off, or a default, is a switch for people, and not checked.
"""

from awslint_memo import Findings, Resource, naming, queues, receivers, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::EventSourceMapping",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="lambda/latest/dg/services-sqs-parameters.html",
)
def check(mapping: Resource) -> Findings:
    enabled, queue = mapping.get("Enabled"), mapping.follow("EventSourceArn", queues.QUEUE)
    if queue is None or enabled.flag is not False or not naming.is_given_in_production(mapping.deployment, enabled):
        return
    is_alone = all(consumer.is_off for consumer in queues.consumers(queue))
    if is_alone and not queues.may_have_other_consumers(queue) and not receivers.may_be_polled(queue):
        message = f"so nothing here receives from {queue.title} in production, and its messages expire"
        yield mapping.finding(enabled, message, do="switch it on there", related=[(queue, "the queue")])


BAD = """
# deployments: {prod: {On: "false"}, dev: {On: "true"}}
Parameters: {On: {Type: String, Default: "true"}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work, Enabled: !Ref On}}
---
# deployments: {prod: {"on": "false"}, dev: {"on": "true"}}
variable "on" {
  type    = bool
  default = true
}

module "orders" {
  source = "./orders"
  on     = var.on
}
# --- orders/main.tf
variable "on" {
  type = bool
}

resource "aws_sqs_queue" "this" {}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn = aws_sqs_queue.this.arn
  function_name    = "work"
  enabled          = var.on
}
"""

GOOD = """
# deployments: {prod: {On: "true"}, dev: {On: "false"}}
Parameters: {On: {Type: String, Default: "true"}, Switch: {Type: String, Default: "false"}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Bills: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work, Enabled: !Ref On}}
  Switched: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Bills.Arn, FunctionName: !Ref Work, Enabled: !Ref Switch}}
---
# deployments: {prod: {On: "false"}, dev: {On: "true"}}
Parameters: {On: {Type: String, Default: "true"}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Bills: {Type: AWS::SQS::Queue}
  Polled: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work, Enabled: !Ref On}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Target: !ImportValue Work, RoleArn: !ImportValue Role}}
  Elsewhere: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue Orders, FunctionName: !Ref Work, Enabled: !Ref On}}
  Written: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Bills.Arn, FunctionName: !Ref Work, Enabled: false}}
  Programs: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Polled.Arn, FunctionName: !Ref Work, Enabled: !Ref On}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:ReceiveMessage", Resource: !GetAtt Polled.Arn}]}}]}}
---
# deployments: {prod: {"on": "true"}, dev: {"on": "false"}}
variable "on" {
  type = bool
}

resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "work"
  enabled          = var.on
}
"""
