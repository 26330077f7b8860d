"""A global endpoint that replicates should have a role.

A global endpoint of EventBridge sends events to a bus in the secondary Region where the primary one fails. By default it replicates
all events to both, and needs a role for that: EventBridge refuses an endpoint that replicates without RoleArn.

What to do: set RoleArn (Terraform: role_arn) to a role that events.amazonaws.com may take and that may put events on both buses. With
ReplicationConfig.State DISABLED none is needed, but events that were sent before a Region fails are in that Region only.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Endpoint",
    memo="プライマリが利用できない場合にセカンダリにトラフィックを自動的にフェイルオーバーさせます",
    aws="eventbridge/latest/APIReference/API_Endpoint.html",
)
def check(endpoint: Resource) -> Findings:
    state = endpoint.get("ReplicationConfig.State", default="ENABLED")
    if state.text == "ENABLED" and endpoint.get("RoleArn").is_absent:
        message = f"but {endpoint.title} has no {endpoint.in_file_words('RoleArn')}, which that needs, so it is refused"
        yield endpoint.finding(state, message, do="add a role that may put events on both buses")


BAD = """
Resources:
  Endpoint: {Type: AWS::Events::Endpoint, Properties: {ReplicationConfig: {State: ENABLED}, EventBuses: [{EventBusArn: !ImportValue Here}, {EventBusArn: !ImportValue There}], RoutingConfig: {FailoverConfig: {Primary: {HealthCheck: !ImportValue Check}, Secondary: {Route: eu-west-1}}}}}
---
Resources:
  Endpoint: {Type: AWS::Events::Endpoint, Properties: {EventBuses: [{EventBusArn: !ImportValue Here}, {EventBusArn: !ImportValue There}], RoutingConfig: {FailoverConfig: {Primary: {HealthCheck: !ImportValue Check}, Secondary: {Route: eu-west-1}}}}}
---
variable "buses" {
  type = list(string)
}

resource "aws_cloudwatch_event_endpoint" "orders" {
  name = "orders"

  event_bus {
    event_bus_arn = var.buses[0]
  }

  event_bus {
    event_bus_arn = var.buses[1]
  }
}
"""

GOOD = """
Parameters: {State: {Type: String}, Role: {Type: String}}
Resources:
  Off: {Type: AWS::Events::Endpoint, Properties: {ReplicationConfig: {State: DISABLED}, EventBuses: [{EventBusArn: !ImportValue Here}, {EventBusArn: !ImportValue There}], RoutingConfig: {FailoverConfig: {Primary: {HealthCheck: !ImportValue Check}, Secondary: {Route: eu-west-1}}}}}
  Unknown: {Type: AWS::Events::Endpoint, Properties: {ReplicationConfig: {State: !Ref State}, EventBuses: [{EventBusArn: !ImportValue Here}, {EventBusArn: !ImportValue There}], RoutingConfig: {FailoverConfig: {Primary: {HealthCheck: !ImportValue Check}, Secondary: {Route: eu-west-1}}}}}
  With: {Type: AWS::Events::Endpoint, Properties: {RoleArn: !Ref Role, EventBuses: [{EventBusArn: !ImportValue Here}, {EventBusArn: !ImportValue There}], RoutingConfig: {FailoverConfig: {Primary: {HealthCheck: !ImportValue Check}, Secondary: {Route: eu-west-1}}}}}
---
resource "aws_cloudwatch_event_endpoint" "orders" {
  name     = "orders"
  role_arn = "arn:aws:iam::123456789012:role/replicate"

  replication_config {
    state = "ENABLED"
  }

  event_bus {
    event_bus_arn = "arn:aws:events:eu-west-1:123456789012:event-bus/orders"
  }

  event_bus {
    event_bus_arn = "arn:aws:events:eu-central-1:123456789012:event-bus/orders"
  }
}

resource "aws_cloudwatch_event_endpoint" "off" {
  name = "off"

  replication_config {
    state = "DISABLED"
  }
}
"""
