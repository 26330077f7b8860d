"""A health check should not ask for a private address.

Route 53 sends its requests from the internet, and rejects a check of an address that is local, private or of a group. The name of an
internal load balancer leads to private addresses, which no request from there reaches.

What to do: check the public address, or an alarm (Type CLOUDWATCH_METRIC) on a metric of what is private.
"""

from awslint_memo import Findings, Resource, health_checks, origins, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Route53::HealthCheck",
    memo="プライマリが利用できない場合にセカンダリにトラフィックを自動的にフェイルオーバーさせます",
    aws="Route53/latest/APIReference/API_HealthCheckConfig.html",
)
def check(health_check: Resource) -> Findings:
    address = health_checks.setting(health_check, "IPAddress")
    is_public = "EndpointType" not in health_check.get("HealthCheckConfig").fields
    if address.text is not None and is_public and health_checks.is_unreachable(address.text):
        message = "but Route 53 checks from the internet and rejects private addresses"
        yield health_check.finding(address, message, do="set it to the public address, or check an alarm")
    name = health_checks.setting(health_check, "FullyQualifiedDomainName")
    disabled = health_check.terraform.disabled
    # One that is disabled asks nothing: it counts as healthy.
    is_asked = is_public and address.is_absent and (disabled.is_absent or disabled.flag is False)
    database = health_checks.private_database(health_check.deployment, name) if is_asked else None
    if database is not None:
        message = f"is that of {database.title}, which is not publicly accessible, so Route 53 never reaches it"
        of = "HealthCheckConfig.FullyQualifiedDomainName"
        do = "check an alarm on the database's metrics"
        yield health_check.finding(name, message, of=of, do=do, related=[(database, database.title)])
    balancer = origins.private_balancer(health_check.deployment, name) if is_asked else None
    if balancer is not None:
        message = f"is that of {balancer.title}, which is internal, so Route 53 never reaches it, however well it is"
        do = "check an alarm on the load balancer's metrics"
        related = [(balancer.get("Scheme"), balancer.title)]
        yield health_check.finding(
            name, message, of="HealthCheckConfig.FullyQualifiedDomainName", do=do, related=related
        )


BAD = """
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTP, IPAddress: 10.0.1.5, Port: 80}}}
---
resource "aws_route53_health_check" "local" {
  type       = "TCP"
  port       = 443
  ip_address = "fd12:3456::1"
}
---
Resources:
  Inside: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [a, b]}}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTPS, FullyQualifiedDomainName: !GetAtt Inside.DNSName, ResourcePath: /up}}}
---
resource "aws_lb" "stock" {
  internal = true
  subnets  = ["a", "b"]
}

resource "aws_route53_health_check" "stock" {
  type = "TCP"
  port = 8080
  fqdn = aws_lb.stock.dns_name
}
---
resource "aws_db_instance" "orders" {
  identifier = "orders"
}

resource "aws_route53_health_check" "orders" {
  type = "TCP"
  port = 5432
  fqdn = aws_db_instance.orders.address
}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, PubliclyAccessible: false}}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: TCP, Port: 5432, FullyQualifiedDomainName: !GetAtt Orders.Endpoint.Address}}}
"""

GOOD = """
# What is disabled asks nothing.
resource "aws_lb" "inside" {
  internal = true
  subnets  = ["a", "b"]
}

resource "aws_route53_health_check" "inside" {
  type     = "TCP"
  port     = 8080
  fqdn     = aws_lb.inside.dns_name
  disabled = true
}
---
Parameters: {Address: {Type: String}}
Resources:
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTP, IPAddress: 192.0.2.44, Port: 80}}}
  Unknown: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTP, IPAddress: !Ref Address, Port: 80}}}
  Private: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTP, EndpointType: PRIVATE, IPAddress: 10.0.1.5, Port: 80}}}
  Inside: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [a, b]}}
  OfInside: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTP, EndpointType: PRIVATE, FullyQualifiedDomainName: !GetAtt Inside.DNSName, Port: 80}}}
  # The address is asked, and the name is only what the requests say.
  ByAddress: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTP, IPAddress: 192.0.2.44, FullyQualifiedDomainName: !GetAtt Inside.DNSName, Port: 80}}}
  Scheme: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: !Ref Address, Subnets: [a, b]}}
  OfScheme: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTP, FullyQualifiedDomainName: !GetAtt Scheme.DNSName, Port: 80}}}
  NoAddress: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: HTTP, IPAddress: 10.0.1, Port: 80}}}
---
resource "aws_route53_health_check" "web" {
  type       = "TCP"
  port       = 443
  ip_address = "2001:db8:85a3::1"
}
---
# Nothing is written: the subnets decide it.
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: TCP, Port: 5432, FullyQualifiedDomainName: !GetAtt Orders.Endpoint.Address}}}
---
resource "aws_db_instance" "open" {
  identifier          = "open"
  publicly_accessible = true
}

resource "aws_route53_health_check" "open" {
  type = "TCP"
  port = 5432
  fqdn = aws_db_instance.open.address
}
---
resource "aws_lb" "shop" {
  subnets = ["a", "b"]
}

resource "aws_route53_health_check" "shop" {
  type = "TCP"
  port = 443
  fqdn = aws_lb.shop.dns_name
}
"""
