"""A filter should ask for an image that the table's stream has.

StreamViewType decides what a record holds: the new item, the old one, both or the keys alone. Where all filters of a
mapping or pipe ask for an image that is not there, nothing matches, and what matches no filter is discarded.

What to do: set StreamViewType to NEW_AND_OLD_IMAGES, or filter on the image or the keys that the stream has.
"""

from awslint_memo import Findings, Resource, filters, rule, tables


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe"),
    memo="データの変更に対してトリガーを設定して、リアルタイムアプリケーションやイベント駆動型サービスを構築できます",
    aws="amazondynamodb/latest/APIReference/API_StreamSpecification.html",
    fix="unsafe",
)
def check(reader: Resource) -> Findings:
    table = tables.table_of_stream(reader)
    if table is None:
        return
    view, asked = tables.stream_view(table), filters.filters(reader)
    missing = [filters.missing_image(view.text or "", one) for one in asked]
    if asked and all(missing):
        name = table.in_file_words("StreamSpecification.StreamViewType")
        yield reader.finding(
            asked[0].written,
            f"filters on {missing[0]}, but the stream of {table.title} has {view.text}, so nothing matches",
            do=f"set {name} to NEW_AND_OLD_IMAGES",
            related=[(view, f"{name} of {table.title}")],
            fix=table.set(
                "StreamSpecification.StreamViewType", "NEW_AND_OLD_IMAGES", unsafe="makes a new stream of the table"
            ),
        )


BAD = """
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: KEYS_ONLY}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Table.StreamArn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"NewImage": {"kind": {"S": ["order"]}}}}'}]}}}
---
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Table.StreamArn, Target: !ImportValue t, SourceParameters: {FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"OldImage": {"kind": {"S": ["order"]}}, "NewImage": {"kind": {"S": ["order"]}}}}'}]}}}}
---
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "OLD_IMAGE"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_dynamodb_table.orders.stream_arn
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = "{\\"dynamodb\\": {\\"NewImage\\": {\\"kind\\": {\\"S\\": [\\"order\\"]}}}}"
    }
  }
}
"""

GOOD = """
Parameters: {View: {Type: String}}
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  New: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Table.StreamArn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"NewImage": {"kind": {"S": ["order"]}}}}'}]}}}
  OneOfTwo: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Table.StreamArn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"OldImage": {"kind": {"S": ["order"]}}}}'}, {Pattern: '{"eventName": ["REMOVE"]}'}]}}}
  NotThere: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Table.StreamArn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"OldImage": {"kind": [{"exists": false}]}}}'}]}}}
  Either: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Table.StreamArn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"$or": [{"OldImage": {"a": {"S": ["b"]}}}, {"NewImage": {"a": {"S": ["b"]}}}]}}'}]}}}
  Plain: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Table.StreamArn, FunctionName: f}}
  Old: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: OLD_IMAGE}}}
  OfOld: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Old.StreamArn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"OldImage": {"kind": {"S": ["order"]}}}}'}]}}}
  Unknown: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: !Ref View}}}
  OfUnknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Unknown.StreamArn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"OldImage": {"kind": {"S": ["order"]}}}}'}]}}}
  Elsewhere: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"OldImage": {"kind": {"S": ["order"]}}}}'}]}}}
---
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_dynamodb_table.orders.stream_arn
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = "{\\"dynamodb\\": {\\"NewImage\\": {\\"kind\\": {\\"S\\": [\\"order\\"]}}}}"
    }
  }
}
"""

FIXED = """
-  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: KEYS_ONLY}}}
+  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}}}
---
-  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
+  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}}}
---
-  stream_view_type = "OLD_IMAGE"
+  stream_view_type = "NEW_AND_OLD_IMAGES"
"""
