"""A rule should wait for the source that its program writes.

A rule matches events whose source is written exactly as in its pattern. Where the program that sends the events names another
source, such as shop.checkout instead of com.shop.checkout, the rule never matches and its targets are not called.

What to do: write the same source in both. Only programs in Python or JavaScript that lie beside the template are looked at, and
of them those that write the same detail type with a source of which one ends as the other.
"""

from awslint_memo import Findings, Resource, event_sources, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/userguide/eb-event-patterns.html",
    language="cloudformation",
)
def check(event_rule: Resource) -> Findings:
    other = event_sources.unwritten(event_rule)
    if other is not None:
        message = f"waits for {other.asked.text}, but {other.program} writes such events as {other.written}"
        related = [(other.place, "what writes them")]
        yield event_rule.finding(other.asked, message, do="write the same source in both", related=related)


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Checkout: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/}}
  Placed: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [com.shop.checkout], detail-type: [OrderPlaced]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
# --- src/app.py
import boto3

def handler(event, context):
    boto3.client("events").put_events(Entries=[{"EventBusName": "orders", "Source": "shop.checkout", "DetailType": "OrderPlaced", "Detail": "{}"}])
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Source: {Type: String}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Checkout: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/}}
  Placed: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [shop.checkout], detail-type: [OrderPlaced]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Written: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [old.shop.checkout], detail-type: [OrderPlaced]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Unlike: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [warehouse], detail-type: [OrderPlaced]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  OtherKind: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [com.shop.checkout], detail-type: [OrderPaid]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Unknown: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [!Ref Source], detail-type: [OrderPlaced]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
# --- src/app.py
import boto3

def handler(event, context):
    source = "old.shop.checkout" if event.get("old") else "shop.checkout"
    boto3.client("events").put_events(Entries=[{"EventBusName": "orders", "Source": "shop.checkout", "DetailType": "OrderPlaced", "Detail": "{}"}])
---
resource "aws_cloudwatch_event_rule" "placed" {
  event_pattern = jsonencode({ source = ["com.shop.checkout"], detail-type = ["OrderPlaced"] })
}
"""
