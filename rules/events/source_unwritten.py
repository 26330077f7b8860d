"""A rule should wait for the source that its program or pipe writes.

A rule matches events whose source is written exactly as in its pattern. Where the program that sends the events names another
source, such as shop.checkout instead of com.shop.checkout, or another detail type, such as OrderPlaced instead of Order Placed, the
rule never matches and its targets are not called.

What to do: write the same in both. Only pipes, schedules, state machines, and programs in Python or JavaScript that lie
beside the template are looked at, and of them those that write the same detail type with a source of which one ends as the other,
that differs in a letter, or in the ending of a word (shop.invoicing and shop.invoices), or
that write the same source with a detail type of which only capitals, spaces or dashes differ, and for which no rule waits. A function whose program is not seen,
and whose role lets it send events, may write any.
"""

from awslint_memo import Findings, Resource, event_sources, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/userguide/eb-event-patterns.html",
)
def check(event_rule: Resource) -> Findings:
    for what, find in (("source", event_sources.unwritten), ("detail type", event_sources.misspelt)):
        other = find(event_rule)
        if other is not None:
            message = f"waits for {other.asked.text}, but {other.writer} writes such events as {other.written}"
            related = [(other.place, "what writes them")]
            yield event_rule.finding(other.asked, message, do=f"write the same {what} in both", related=related)


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
---
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: devices}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue Stream, Target: !GetAtt Bus.Arn, RoleArn: !ImportValue Role, TargetParameters: {EventBridgeEventBusParameters: {Source: shop.devices, DetailType: Offline}}}}
  Offline: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [shop.device], detail-type: [Offline]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Machine: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: Tell, States: {Tell: {Type: Task, Resource: "arn:aws:states:::events:putEvents", Parameters: {Entries: [{Source: Shop.Claims, DetailType: Settled, Detail: {}}]}, End: true}}}}}
  Settled: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.claims], detail-type: [Settled]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_pipes_pipe" "devices" {
  source = "arn:aws:kinesis:eu-west-1:111122223333:stream/devices"
  target = "arn:aws:events:eu-west-1:111122223333:event-bus/devices"

  target_parameters {
    eventbridge_event_bus_parameters {
      source      = "shop.devices"
      detail_type = "Offline"
    }
  }
}

resource "aws_cloudwatch_event_rule" "offline" {
  event_bus_name = "devices"
  event_pattern  = jsonencode({ source = ["shop.device"], detail-type = ["Offline"] })
}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Issue: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/}}
  Post: {Type: AWS::Serverless::Function, Properties: {Events: {Issued: {Type: EventBridgeRule, Properties: {Pattern: {source: [shop.invoicing], detail-type: [InvoiceIssued]}}}}}}
# --- src/app.py
import boto3

def announce(kind):
    boto3.client("events").put_events(Entries=[{"Source": "shop.invoices", "DetailType": kind, "Detail": "{}"}])

def handler(event, context):
    announce("InvoiceCancelled" if event.get("refused") else "InvoiceIssued")
---
Parameters: {Stage: {Type: String}}
Resources:
  Scan: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Bus, RoleArn: !ImportValue Role, EventBridgeParameters: {Source: shop.stock, DetailType: scan-due}}}}
  Due: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.stock], detail-type: [ScanDue]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Pay: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/}}
  Post: {Type: AWS::Serverless::Function, Properties: {Events: {Paid: {Type: EventBridgeRule, Properties: {Pattern: {source: [shop.pay], detail-type: [Invoice Paid]}}}}}}
# --- src/app.py
import boto3

def handler(event, context):
    boto3.client("events").put_events(Entries=[{"Source": "shop.pay", "DetailType": "InvoicePaid", "Detail": "{}"}])
---
resource "aws_pipes_pipe" "devices" {
  source = "arn:aws:kinesis:eu-west-1:111122223333:stream/devices"
  target = "arn:aws:events:eu-west-1:111122223333:event-bus/devices"

  target_parameters {
    eventbridge_event_bus_parameters {
      source      = "shop.devices"
      detail_type = "Device Offline"
    }
  }
}

resource "aws_cloudwatch_event_rule" "offline" {
  event_bus_name = "devices"
  event_pattern  = jsonencode({ source = ["shop.devices"], detail-type = ["Device offline"] })
}
"""

GOOD = """
# It is written to another bus.
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  OtherBus: {Type: AWS::Events::EventBus, Properties: {Name: stock}}
  Scan: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !GetAtt OtherBus.Arn, RoleArn: !ImportValue Role, EventBridgeParameters: {Source: shop.stock, DetailType: scan-due}}}}
  Due: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [shop.stock], detail-type: [ScanDue]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Other: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [old.shop.stock], detail-type: [scan-due]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
# A program that is not seen may write it.
Transform: AWS::Serverless-2016-10-31
Resources:
  Scan: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Bus, RoleArn: !ImportValue Role, EventBridgeParameters: {Source: shop.stock, DetailType: scan-due}}}}
  Due: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.stock], detail-type: [ScanDue]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Old: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [old.shop.stock], detail-type: [scan-due]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Counts: {Type: AWS::Serverless::Function, Properties: {Runtime: provided.al2023, Handler: bootstrap, CodeUri: counts/, Policies: [{EventBridgePutEventsPolicy: {EventBusName: default}}]}}
---
# What is written is awaited by a prefix.
Resources:
  Scan: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Bus, RoleArn: !ImportValue Role, EventBridgeParameters: {Source: shop.stock, DetailType: scan-due}}}}
  Due: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.stock], detail-type: [ScanDue]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Each: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.stock], detail-type: [{prefix: scan-}]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
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
Parameters: {Source: {Type: String}}
Resources:
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue Stream, Target: !ImportValue Bus, RoleArn: !ImportValue Role, TargetParameters: {EventBridgeEventBusParameters: {Source: shop.devices.v1, DetailType: Offline}}}}
  Same: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.devices.v1], detail-type: [Offline]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Version: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.devices.v2], detail-type: [Offline]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Parameters: {Source: {Type: String}}
Resources:
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue Stream, Target: !ImportValue Bus, RoleArn: !ImportValue Role, TargetParameters: {EventBridgeEventBusParameters: {Source: shop.devices, DetailType: Offline}}}}
  Any: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Bus, RoleArn: !ImportValue Role, EventBridgeParameters: {Source: !Ref Source, DetailType: Offline}}}}
  Device: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.device], detail-type: [Offline]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Issue: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.handler, CodeUri: src/}}
  Paid: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.invoicing], detail-type: [InvoicePaid]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Ordered: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.inventory], detail-type: [InvoiceIssued]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
# --- src/app.py
import boto3

def announce(kind):
    boto3.client("events").put_events(Entries=[{"Source": "shop.invoices", "DetailType": kind, "Detail": "{}"}])

def handler(event, context):
    announce("InvoiceIssued")
---
Parameters: {Kind: {Type: String}}
Resources:
  Scan: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Bus, RoleArn: !ImportValue Role, EventBridgeParameters: {Source: shop.stock, DetailType: scan-due}}}}
  # Another rule waits for it, and nothing shows that these are one.
  Due: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.stock], detail-type: [scan-due]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Other: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.stock], detail-type: [ScanDue]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Undue: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.stock], detail-type: [ScanUndue]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Parameters: {Kind: {Type: String}}
Resources:
  Scan: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Bus, RoleArn: !ImportValue Role, EventBridgeParameters: {Source: shop.stock, DetailType: scan-due}}}}
  Given: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Bus, RoleArn: !ImportValue Role, EventBridgeParameters: {Source: shop.stock, DetailType: !Ref Kind}}}}
  Other: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.stock], detail-type: [ScanDue]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Scan: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Bus, RoleArn: !ImportValue Role, EventBridgeParameters: {Source: shop.warehouse, DetailType: scan-due}}}}
  OtherSource: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.stock], detail-type: [ScanDue]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
  Several: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop.warehouse], detail-type: [ScanDue, ScanDone]}, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
resource "aws_cloudwatch_event_rule" "placed" {
  event_pattern = jsonencode({ source = ["com.shop.checkout"], detail-type = ["OrderPlaced"] })
}
"""
