"""A path into an event should begin with a field that the event has.

The template of a pipe (`<$.body.id>`) takes fields of the records of its source: `body` of a queue, `data` of Kinesis, `dynamodb` of a
table's stream. The target of a rule (InputPath, InputPathsMap) takes those of an event: `detail`, `source`, `time`. A path to another
field finds nothing, so the target gets nothing from it, each time. Behind an enrichment a pipe has what that returns, which is not
known here.

What to do: begin the path with the field in which the source has what was sent, such as $.body or $.detail.
"""

import re

from awslint_memo import Findings, Resource, Value, events, filters, listed, rule

OF_PIPES = re.compile(r"<\s*\$\.([\w-]+)")
OF_RULES = re.compile(r"\s*\$\.([\w-]+)")


@rule(
    level="error",
    since="0.2",
    resource="AWS::Pipes::Pipe",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/userguide/eb-pipes-input-transformation.html",
)
def check(pipe: Resource) -> Findings:
    parts = ("EnrichmentParameters", *(("TargetParameters",) if pipe.get("Enrichment").is_absent else ()))
    templates = [value for part in parts if not (value := pipe.get(f"{part}.InputTemplate")).is_absent]
    sources = filters.sources(pipe)
    for template in templates if sources else ():
        for name in dict.fromkeys(OF_PIPES.findall(text(template))):
            if not filters.may_have(sources, name):
                of = listed([filters.NAMES[one] for one in sources], last="or")
                payload = listed([filters.PAYLOADS[one] for one in sources], last="or")
                yield pipe.finding(
                    template,
                    f"takes $.{name}, which no record of {of} has, so nothing is there",
                    of=str(template.route),
                    do=f"take it from $.{payload}",
                )


@check.on("AWS::Events::Rule")
def of_rule(event_rule: Resource) -> Findings:
    for target in event_rule.get("Targets").items:
        for value in (target.get("InputPath"), *target.get("InputTransformer.InputPathsMap").fields.values()):
            found = OF_RULES.match(text(value))
            if found and found[1] not in events.KEYS:
                do = "take it from $.detail"
                message = f"takes $.{found[1]}, which no event has, so nothing is there"
                yield event_rule.finding(value, message, of=str(value.route), do=do)


def text(value: Value) -> str:
    return "" if value.pattern is None else value.pattern.filled("x")


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Target: !ImportValue target, TargetParameters: {InputTemplate: !Sub '{"id": "<$.data.id>", "stack": "${AWS::StackName}", "at": "<$.data.time>"}'}}}
---
Parameters: {Stream: {Type: String}}
Resources:
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !Ref Stream, SourceParameters: {KinesisStreamParameters: {StartingPosition: LATEST}}, Enrichment: !ImportValue enrichment, EnrichmentParameters: {InputTemplate: "<$.body>"}, Target: !ImportValue target, TargetParameters: {InputTemplate: "<$.price>"}}}
---
Resources:
  Pushed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr]}, Targets: [{Id: a, Arn: !ImportValue target, InputTransformer: {InputPathsMap: {tag: $.detail.image-tag, name: $.body.repository-name}, InputTemplate: '"<name>:<tag>"'}}]}}
---
Resources:
  Pushed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr]}, Targets: [{Id: a, Arn: !ImportValue target, InputPath: $.image-tag}]}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_pipes_pipe" "orders" {
  role_arn = "arn:aws:iam::123456789012:role/pipe"
  source   = aws_sqs_queue.orders.arn
  target   = "arn:aws:sqs:eu-west-1:123456789012:target"

  target_parameters {
    input_template = "Order <$.detail.id>"
  }
}
---
resource "aws_cloudwatch_event_rule" "pushed" {
  event_pattern = jsonencode({ source = ["aws.ecr"] })
}

resource "aws_cloudwatch_event_target" "pushed" {
  rule       = aws_cloudwatch_event_rule.pushed.name
  arn        = "arn:aws:sns:eu-west-1:123456789012:pushed"
  input_path = "$.image-tag"
}
"""

GOOD = """
Parameters: {Template: {Type: String}, Source: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Own: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Target: !ImportValue target, TargetParameters: {InputTemplate: '{"id": "<$.body.id>", "kind": "<$.messageAttributes.kind.stringValue>", "pipe": "<aws.pipes.pipe-name>", "note": "$.detail"}'}}}
  OfTable: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Table.StreamArn, Target: !ImportValue target, TargetParameters: {InputTemplate: '{"id": <$.dynamodb.NewImage.id.S>, "event": "<$.eventID>"}'}}}
  # The enrichment returns it.
  Enriched: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Enrichment: !ImportValue enrichment, Target: !ImportValue target, TargetParameters: {InputTemplate: "<$.detail.id>"}}}
  Unknown: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Target: !ImportValue target, TargetParameters: {InputTemplate: !Ref Template}}}
  OfUnknown: {Type: AWS::Pipes::Pipe, Properties: {Source: !Ref Source, Target: !ImportValue target, TargetParameters: {InputTemplate: "<$.detail.id>"}}}
  Pushed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr]}, Targets: [{Id: a, Arn: !ImportValue target, InputTransformer: {InputPathsMap: {tag: $.detail.image-tag, at: $.time, kind: "$.detail-type", whole: $}, InputTemplate: '"<tag>"'}}, {Id: b, Arn: !ImportValue target, InputPath: $.detail}, {Id: c, Arn: !ImportValue target, InputPath: !Ref Template}]}}
---
variable "template" {}

resource "aws_sqs_queue" "orders" {}

resource "aws_pipes_pipe" "orders" {
  role_arn = "arn:aws:iam::123456789012:role/pipe"
  source   = aws_sqs_queue.orders.arn
  target   = "arn:aws:sqs:eu-west-1:123456789012:target"

  target_parameters {
    input_template = var.template
  }
}

resource "aws_cloudwatch_event_rule" "pushed" {
  event_pattern = jsonencode({ source = ["aws.ecr"] })
}

resource "aws_cloudwatch_event_target" "pushed" {
  rule       = aws_cloudwatch_event_rule.pushed.name
  arn        = "arn:aws:sns:eu-west-1:123456789012:pushed"
  input_path = "$.detail"
}
"""
