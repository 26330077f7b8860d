"""Cloud Map should accept the records and health checks of a service.

Route 53 checks the health of what the internet reaches, so a service of a private namespace has no HealthCheckConfig; its program
reports with HealthCheckCustomConfig, or ECS does. A service has one of the two. Its records are any of A, AAAA and SRV, or CNAME
alone, which goes with the policy WEIGHTED and without a health check. A check of type TCP has no path. Anything else is refused when it is deployed.

What to do: remove what the message names, or write what it says instead.
"""

from awslint_memo import Findings, Resource, cloudmap, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ServiceDiscovery::Service",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="cloud-map/latest/api/API_CreateService.html",
)
def check(service: Resource) -> Findings:
    for value, of, message, do, other in cloudmap.refused(service):
        yield service.finding(value, message, of=of, do=do, related=[(other, "beside it")])


BAD = """
Resources:
  Internal: {Type: AWS::ServiceDiscovery::PrivateDnsNamespace, Properties: {Name: internal, Vpc: v}}
  Orders: {Type: AWS::ServiceDiscovery::Service, Properties: {NamespaceId: !Ref Internal, DnsConfig: {DnsRecords: [{Type: A, TTL: 60}]}, HealthCheckConfig: {Type: HTTP, ResourcePath: /health}}}
---
Resources:
  Orders: {Type: AWS::ServiceDiscovery::Service, Properties: {NamespaceId: !ImportValue Namespace, HealthCheckConfig: {Type: HTTP}, HealthCheckCustomConfig: {FailureThreshold: 1}}}
---
Resources:
  Orders: {Type: AWS::ServiceDiscovery::Service, Properties: {DnsConfig: {NamespaceId: n, RoutingPolicy: MULTIVALUE, DnsRecords: [{Type: CNAME, TTL: 60}]}}}
---
Resources:
  Orders: {Type: AWS::ServiceDiscovery::Service, Properties: {NamespaceId: n, DnsConfig: {RoutingPolicy: WEIGHTED, DnsRecords: [{Type: A, TTL: 60}, {Type: CNAME, TTL: 60}]}}}
---
Resources:
  Orders: {Type: AWS::ServiceDiscovery::Service, Properties: {NamespaceId: n, DnsConfig: {DnsRecords: [{Type: CNAME, TTL: 60}]}, HealthCheckConfig: {Type: HTTP}}}
---
Resources:
  Orders: {Type: AWS::ServiceDiscovery::Service, Properties: {NamespaceId: n, DnsConfig: {DnsRecords: [{Type: A, TTL: 60}]}, HealthCheckConfig: {Type: TCP, ResourcePath: /}}}
---
resource "aws_service_discovery_private_dns_namespace" "internal" {
  name = "internal"
  vpc  = "v"
}

resource "aws_service_discovery_service" "orders" {
  name = "orders"

  dns_config {
    namespace_id = aws_service_discovery_private_dns_namespace.internal.id

    dns_records {
      ttl  = 10
      type = "A"
    }
  }

  health_check_config {
    type = "HTTP"
  }
}
---
resource "aws_service_discovery_service" "orders" {
  name = "orders"

  dns_config {
    namespace_id   = "n"
    routing_policy = "MULTIVALUE"

    dns_records {
      ttl  = 10
      type = "CNAME"
    }
  }
}
"""

GOOD = """
Parameters: {Namespace: {Type: String}, Record: {Type: String}, Policy: {Type: String}}
Resources:
  Internal: {Type: AWS::ServiceDiscovery::PrivateDnsNamespace, Properties: {Name: internal, Vpc: v}}
  Public: {Type: AWS::ServiceDiscovery::PublicDnsNamespace, Properties: {Name: example.com}}
  Orders: {Type: AWS::ServiceDiscovery::Service, Properties: {NamespaceId: !Ref Internal, DnsConfig: {RoutingPolicy: MULTIVALUE, DnsRecords: [{Type: A, TTL: 60}, {Type: AAAA, TTL: 60}]}, HealthCheckCustomConfig: {FailureThreshold: 1}}}
  Shop: {Type: AWS::ServiceDiscovery::Service, Properties: {DnsConfig: {NamespaceId: !Ref Public, DnsRecords: [{Type: A, TTL: 60}]}, HealthCheckConfig: {Type: HTTP, ResourcePath: /health}}}
  Names: {Type: AWS::ServiceDiscovery::Service, Properties: {NamespaceId: !Ref Namespace, DnsConfig: {RoutingPolicy: WEIGHTED, DnsRecords: [{Type: CNAME, TTL: 60}]}}}
  Both: {Type: AWS::ServiceDiscovery::Service, Properties: {NamespaceId: !Ref Internal, DnsConfig: {RoutingPolicy: MULTIVALUE, DnsRecords: [{Type: A, TTL: 60}, {Type: SRV, TTL: 60}]}, HealthCheckCustomConfig: {FailureThreshold: 1}}}
  Any: {Type: AWS::ServiceDiscovery::Service, Properties: {NamespaceId: !Ref Namespace, DnsConfig: {RoutingPolicy: !Ref Policy, DnsRecords: [{Type: !Ref Record, TTL: 60}]}, HealthCheckConfig: {Type: TCP}}}
---
resource "aws_service_discovery_private_dns_namespace" "internal" {
  name = "internal"
  vpc  = "v"
}

resource "aws_service_discovery_service" "orders" {
  name = "orders"

  dns_config {
    namespace_id   = aws_service_discovery_private_dns_namespace.internal.id
    routing_policy = "MULTIVALUE"

    dns_records {
      ttl  = 10
      type = "SRV"
    }
  }

  health_check_custom_config {
    failure_threshold = 1
  }
}
"""
