"""An archive should take events from the bus on which they are.

An archive keeps the events of one bus, so that they can be replayed there. One that waits for events which are put on another
bus stays empty, and nobody notices before the replay that is needed.

What to do: name the bus on which the events are as SourceArn (Terraform: event_source_arn), or leave the pattern out. An archive is
reported where each rule here that waits for such events is on one other bus, or their source ends with the name of another bus; not
where a rule hands events on to a bus, or a program here is given the bus of the archive.
"""

from awslint_memo import Findings, Resource, event_archives, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Events::Archive",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="eventbridge/latest/userguide/eb-archive.html",
)
def check(archive: Resource) -> Findings:
    found = event_archives.stray(archive)
    if found is not None:
        named = archive.get("SourceArn")
        is_rule = found.place.type == event_archives.RULE
        because = f"{found.place.title} waits for them on" if is_rule else "by its name their bus is"
        message = f"keeps the events of {found.source.text} from {found.bus}, but {because} {found.other}"
        yield archive.finding(
            archive if named.is_absent else named,
            f"{message}, so it stays empty",
            do=f"take them from {found.other}",
            related=[(found.source, "what it keeps"), (found.place, "where they are")],
        )


BAD = """
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Archive: {Type: AWS::Events::Archive, Properties: {SourceArn: !Sub "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default", EventPattern: {source: [shop.orders]}}}
  Placed: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [shop.orders]}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
Resources:
  Prices: {Type: AWS::Events::EventBus, Properties: {Name: prices}}
  Stock: {Type: AWS::Events::EventBus, Properties: {Name: stock}}
  Archive: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Stock.Arn, EventPattern: '{"source": ["catalog.prices"]}'}}
Outputs: {Stock: {Value: !GetAtt Stock.Arn}}
---
resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_event_bus" "stock" {
  name = "stock"
}

resource "aws_cloudwatch_event_archive" "orders" {
  name             = "orders"
  event_source_arn = aws_cloudwatch_event_bus.stock.arn
  event_pattern    = jsonencode({ source = ["shop.checkout"] })
}

resource "aws_cloudwatch_event_rule" "placed" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ source = ["shop.checkout"], detail-type = ["OrderPlaced"] })
}
"""

GOOD = """
Parameters: {Bus: {Type: String}, Source: {Type: String}}
Resources:
  Orders: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Stock: {Type: AWS::Events::EventBus, Properties: {Name: stock}}
  Same: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Orders.Arn, EventPattern: {source: [shop.orders]}}}
  All: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Stock.Arn}}
  Given: {Type: AWS::Events::Archive, Properties: {SourceArn: !Ref Bus, EventPattern: {source: [shop.orders]}}}
  Unknown: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Stock.Arn, EventPattern: {source: [!Ref Source]}}}
  Aws: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Stock.Arn, EventPattern: {source: [aws.orders]}}}
  Kind: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Stock.Arn, EventPattern: {detail-type: [OrderPlaced]}}}
  Both: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Stock.Arn, EventPattern: {source: [shop.stock.orders]}}}
  Nobody: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Stock.Arn, EventPattern: {source: [shop.returns]}}}
  Placed: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Orders, EventPattern: {source: [shop.orders]}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
---
Resources:
  Orders: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Archive: {Type: AWS::Events::Archive, Properties: {SourceArn: !Sub "arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default", EventPattern: {source: [shop.orders]}}}
  Placed: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Orders, EventPattern: {source: [shop.orders]}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Here: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [{prefix: shop.}]}, Targets: [{Id: a, Arn: !GetAtt Orders.Arn, RoleArn: !ImportValue Role}]}}
---
Resources:
  Orders: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Copies: {Type: AWS::Events::EventBus, Properties: {Name: copies}}
  Archive: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Copies.Arn, EventPattern: {source: [shop.orders]}}}
  Copy: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Orders, EventPattern: {source: [shop.orders]}, Targets: [{Id: a, Arn: !GetAtt Copies.Arn, RoleArn: !ImportValue Role}]}}
---
Resources:
  Orders: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Stock: {Type: AWS::Events::EventBus, Properties: {Name: stock}}
  Archive: {Type: AWS::Events::Archive, Properties: {SourceArn: !GetAtt Stock.Arn, EventPattern: {source: [shop.orders]}}}
  Placed: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Orders, EventPattern: {source: [shop.orders]}, Targets: [{Id: a, Arn: "arn:aws:sns:eu-west-1:123456789012:a"}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {BUS: !Ref Stock}}}}
---
resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_archive" "shop" {
  name             = "shop"
  event_source_arn = aws_cloudwatch_event_bus.shop.arn
  event_pattern    = jsonencode({ source = ["shop.checkout"] })
}

resource "aws_cloudwatch_event_rule" "placed" {
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = ["shop.checkout"], detail-type = ["OrderPlaced"] })
}
"""
