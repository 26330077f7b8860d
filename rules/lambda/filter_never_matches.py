"""A filter should ask for fields that the records of its source have.

Each source has a field of its own for what was sent: `body` of SQS, `data` of Kinesis and Amazon MQ, `dynamodb` of a table's
stream, `value` of Kafka. Where all filters of a mapping or pipe ask for a field that no record has, none matches, and what
matches no filter is discarded: it is deleted from a queue, and skipped in a stream. Mappings of SQS support filters on
`body` only, so one on messageAttributes is a warning.

What to do: name the field of the source: {"body": {"kind": ["order"]}}. Where SNS delivers to the queue, a FilterPolicy of
the subscription can ask for attributes.
"""

from awslint_memo import Findings, Fix, Resource, filters, listed, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe"),
    aliases=("sqs-filter-key",),
    memo="メッセージ属性やメッセージフィルタリングを活用すると、受信者が必要なメッセージだけを受け取ることができます。",
    aws="lambda/latest/dg/invocation-eventfiltering.html",
    fix="unsafe",
    yields_to="lambda-filter-value",
)
def check(reader: Resource) -> Findings:
    asked = filters.filters(reader)
    sources = filters.sources(reader) if asked else ()
    if not sources:
        return
    source, payload = sources[0], filters.PAYLOADS[sources[0]]
    missing = [filters.foreign_field(sources, one) for one in asked]
    if all(missing):
        names = listed([filters.NAMES[one] for one in sources], last="or")
        payloads = listed([filters.PAYLOADS[one] for one in sources], last="or")
        yield reader.finding(
            asked[0].written,
            f"filters on {missing[0]}, which no record of {names} has, so nothing matches and all is discarded",
            do=f"filter on {payloads}",
            fix=renamed(reader, asked[0], missing[0], payload) if len(asked) == len(sources) == 1 else None,
        )
    elif source == "sqs" and reader.type == "AWS::Lambda::EventSourceMapping":
        # A key that begins with "$" combines patterns.
        others = [[key for key in one.fields if key != payload and not key.startswith("$")] for one in asked]
        if all(others):
            yield reader.finding(
                asked[0].written,
                f"filters on {', '.join(others[0])}, but mappings of SQS support filters on body only, so messages "
                "that should match may be deleted",
                do="filter on body",
                level="warning",
            )


def renamed(reader: Resource, asked: filters.Filter, old: str, new: str) -> Fix | None:
    # A record of a table has a form of its own below its field.
    pattern = filters.renamed(asked, old, new) if old in ("body", "data", "value") and new != "dynamodb" else None
    return None if pattern is None else reader.set(asked.path, pattern, unsafe="lets records through")


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}}'}]}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:kinesis:eu-west-1:111122223333:stream/orders", FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}, {Pattern: '{"kind": ["order"]}'}]}}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.StreamArn, Target: !ImportValue target, SourceParameters: {FilterCriteria: {Filters: [{Pattern: '{"eventName": ["INSERT"], "data": {"kind": ["order"]}}'}]}}}}
---
Parameters: {Stream: {Type: String}}
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Stream, StartingPosition: LATEST, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
---
Parameters: {Stream: {Type: String}}
Resources:
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !Ref Stream, Target: !ImportValue target, SourceParameters: {KinesisStreamParameters: {StartingPosition: LATEST}, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"Keys": {"id": {"S": ["a"]}}}}'}]}}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {Queues: [orders], FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"value": {"kind": ["order"]}}'}]}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"kind": ["order"]}'}]}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {Topics: [orders], FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}, "topic": ["orders"]}'}]}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"a": [1]}, "messageAttributes": {"kind": {"stringValue": ["order"]}}}'}]}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        data = {
          kind = ["order"]
        }
      })
    }
  }
}
"""

GOOD = """
Parameters: {Stream: {Type: String}}
Resources:
  Kafka: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Stream, StartingPosition: LATEST, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"value": {"kind": ["order"]}}'}]}}}
  Any: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
  Documents: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Stream, StartingPosition: LATEST, DocumentDBEventSourceConfig: {DatabaseName: a}, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"event": {"operationType": ["insert"]}}'}]}}}
---
Resources:
  Named: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders", FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"eventSource": ["sqs.amazonaws.com"]}'}]}}}
---
Parameters: {Source: {Type: String}, Pattern: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Clicks: {Type: AWS::Kinesis::Stream}
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
  Plain: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f}}
  OneOfTwo: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}}'}, {Pattern: '{"body": {"kind": ["order"]}}'}]}}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: !Ref Pattern}]}}}
  OfStream: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}, "partitionKey": ["1"]}'}]}}}
  OfTable: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Table.StreamArn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"eventName": ["INSERT"]}'}]}}}
  OfBroker: {Type: AWS::Lambda::EventSourceMapping, Properties: {Queues: [orders], FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}}'}]}}}
  OfTopic: {Type: AWS::Lambda::EventSourceMapping, Properties: {Topics: [orders], FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"value": {"kind": ["order"]}}'}]}}}
  OfSomething: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Source, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}}'}]}}}
  NotThere: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": [{"exists": false}]}'}]}}}
  Either: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"$or": [{"data": {"a": [1]}}, {"body": {"a": [1]}}]}'}]}}}
  EitherMessage: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"$or": [{"body": {"a": [1]}}, {"body": {"b": [1]}}]}'}]}}}
  Attributes: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"a": [1]}}'}, {Pattern: '{"messageAttributes": {"kind": {"stringValue": ["order"]}}}'}]}}}
  # A pipe supports filters on all fields.
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Target: !ImportValue Target, SourceParameters: {FilterCriteria: {Filters: [{Pattern: '{"messageAttributes": {"kind": {"stringValue": ["order"]}}}'}]}}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        body = {
          kind = ["order"]
        }
      })
    }
  }
}
---
variable "clicks" {}

resource "aws_pipes_pipe" "clicks" {
  name     = "clicks"
  role_arn = "arn:aws:iam::111122223333:role/pipes"
  source   = var.clicks
  target   = "arn:aws:sqs:eu-west-1:111122223333:clicks"

  source_parameters {
    filter_criteria {
      filter {
        pattern = jsonencode({ data = { page = ["/"] } })
      }
    }

    kinesis_stream_parameters {
      starting_position = "LATEST"
    }
  }
}
---
variable "any" {}

resource "aws_pipes_pipe" "any" {
  name     = "any"
  role_arn = "arn:aws:iam::111122223333:role/pipes"
  source   = var.any
  target   = "arn:aws:sqs:eu-west-1:111122223333:clicks"

  source_parameters {
    filter_criteria {
      filter {
        pattern = jsonencode({ data = { page = ["/"] } })
      }
    }
  }
}
"""

FIXED = """
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}}'}]}}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
---
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {Queues: [orders], FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {Queues: [orders], FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}}'}]}}}
---
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"value": {"kind": ["order"]}}'}]}}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
---
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {Topics: [orders], FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}, "topic": ["orders"]}'}]}}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {Topics: [orders], FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"value": {"kind": ["order"]}, "topic": ["orders"]}'}]}}}
"""
