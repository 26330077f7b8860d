"""A global endpoint should have two buses of the same name.

An endpoint of EventBridge sends events to the bus in the secondary Region where the primary one fails. Both buses have the same name:
EventBridge refuses an endpoint with others.

What to do: give the bus in the other Region the name of this one.
"""

from awslint_memo import Findings, Resource, event_targets, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Endpoint",
    memo="プライマリが利用できない場合にセカンダリにトラフィックを自動的にフェイルオーバーさせます",
    aws="eventbridge/latest/APIReference/API_CreateEndpoint.html",
)
def check(endpoint: Resource) -> Findings:
    arns = [bus.get("EventBusArn") for bus in endpoint.get("EventBuses").items]
    names = [event_targets.bus_name(endpoint.deployment, arn) or "" for arn in arns]
    if all(names) and len({*names}) > 1:
        message = f"has the buses {listed(names)}, and both must have the same name, so it is refused"
        yield endpoint.finding(arns[1], message, do="give both the same name", related=[(arns[0], "the other bus")])


BAD = """
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: catalog}}
  Endpoint: {Type: AWS::Events::Endpoint, Properties: {EventBuses: [{EventBusArn: !GetAtt Bus.Arn}, {EventBusArn: !Sub "arn:aws:events:eu-west-1:${AWS::AccountId}:event-bus/catalog-standby"}], RoutingConfig: {FailoverConfig: {Primary: {HealthCheck: !ImportValue Check}, Secondary: {Route: eu-west-1}}}}}
---
resource "aws_cloudwatch_event_bus" "catalog" {
  name = "catalog"
}

resource "aws_cloudwatch_event_endpoint" "catalog" {
  name     = "catalog"
  role_arn = "arn:aws:iam::123456789012:role/replicate"

  event_bus {
    event_bus_arn = aws_cloudwatch_event_bus.catalog.arn
  }

  event_bus {
    event_bus_arn = "arn:aws:events:eu-west-1:123456789012:event-bus/catalog-standby"
  }
}
"""

GOOD = """
Parameters: {Region: {Type: String}, Name: {Type: String}}
Mappings: {Buses: {Stock: {Name: stock}}}
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: !FindInMap [Buses, Stock, Name]}}
  Given: {Type: AWS::Events::EventBus, Properties: {Name: !Ref Name}}
  Endpoint: {Type: AWS::Events::Endpoint, Properties: {EventBuses: [{EventBusArn: !GetAtt Bus.Arn}, {EventBusArn: !Sub "arn:aws:events:${Region}:${AWS::AccountId}:event-bus/stock"}], RoutingConfig: {FailoverConfig: {Primary: {HealthCheck: !ImportValue Check}, Secondary: {Route: !Ref Region}}}}}
  Unknown: {Type: AWS::Events::Endpoint, Properties: {EventBuses: [{EventBusArn: !GetAtt Given.Arn}, {EventBusArn: !Sub "arn:aws:events:${Region}:${AWS::AccountId}:event-bus/stock"}], RoutingConfig: {FailoverConfig: {Primary: {HealthCheck: !ImportValue Check}, Secondary: {Route: !Ref Region}}}}}
---
resource "aws_cloudwatch_event_bus" "catalog" {
  name = "catalog"
}

resource "aws_cloudwatch_event_bus" "standby" {
  provider = aws.standby
  name     = "catalog"
}

resource "aws_cloudwatch_event_endpoint" "catalog" {
  name     = "catalog"
  role_arn = "arn:aws:iam::123456789012:role/replicate"

  event_bus {
    event_bus_arn = aws_cloudwatch_event_bus.catalog.arn
  }

  event_bus {
    event_bus_arn = aws_cloudwatch_event_bus.standby.arn
  }
}
"""
