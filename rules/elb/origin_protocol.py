"""CloudFront should reach a load balancer by a protocol that it listens to.

With https-only, CloudFront connects to port 443 of the origin and expects TLS there; with http-only, to port 80 without. If
the load balancer has no such listener, CloudFront answers each request with an error 502 or 504. An internal load balancer is
reached by a VPC origin alone.

What to do: add the listener, or set OriginProtocolPolicy (Terraform: origin_protocol_policy) to what the load balancer has. Of an
internal one, make a VPC origin and name that in VpcOriginConfig (Terraform: vpc_origin_config).
"""

from awslint_memo import Findings, Resource, origins, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html",
)
def check(distribution: Resource) -> Findings:
    for origin in distribution.get("DistributionConfig.Origins").items:
        policy, domain = origin.get("CustomOriginConfig.OriginProtocolPolicy"), origin.get("DomainName")
        inside = origins.private_balancer(distribution.deployment, domain)
        if inside is not None and policy.is_known:
            message = f"is that of {inside.title}, which is internal, so CloudFront can't reach it from the internet"
            related = [(inside.get("Scheme"), inside.title)]
            yield distribution.finding(domain, message, of="DomainName", do="name a VPC origin", related=related)
            continue
        spoken = policy.text or ""
        if spoken not in origins.PORTS:
            continue
        name, usual = origins.PORTS[spoken]
        port = origin.get(f"CustomOriginConfig.{name}")
        number = usual if port.is_absent else port.number
        balancer = origins.balancer_of(distribution.deployment, domain)
        listeners = None if balancer is None else origins.listeners(balancer)
        if balancer is None or number is None or not listeners:
            continue
        if not any(origins.may_take(listener, spoken, number) for listener in listeners):
            protocol = "HTTPS" if spoken == "https-only" else "HTTP"
            yield distribution.finding(
                policy,
                f"but {balancer.title} listens to no {protocol} on port {number:g}, so CloudFront can't reach it",
                do="add a listener for it, or use the protocol that the load balancer has",
                level="warning" if balancer.is_exposed() else None,
                related=[(listener, "a listener") for listener in listeners],
            )


BAD = """
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]}}
  Name: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: z, Name: origin.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Balancer.DNSName, HostedZoneId: !GetAtt Balancer.CanonicalHostedZoneID}}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}, Origins: [{Id: a, DomainName: origin.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]}}}
---
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 443, Protocol: HTTPS, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}, Origins: [{Id: a, DomainName: !GetAtt Balancer.DNSName, CustomOriginConfig: {OriginProtocolPolicy: https-only, HTTPSPort: 8443}}]}}}
---
resource "aws_lb" "site" {
  subnets = ["a", "b"]
}

resource "aws_lb_listener" "site" {
  load_balancer_arn = aws_lb.site.arn
  port              = 443
  protocol          = "HTTPS"

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
    }
  }
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id   = "site"
    domain_name = aws_lb.site.dns_name

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
---
resource "aws_lb" "inside" {
  internal = true
  subnets  = ["a", "b"]
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  origin {
    origin_id   = "site"
    domain_name = aws_lb.inside.dns_name

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
}
---
Resources:
  Inside: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [a, b]}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}, Origins: [{Id: a, DomainName: !GetAtt Inside.DNSName, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]}}}
"""

GOOD = """
Parameters: {Policy: {Type: String}, Port: {Type: Number}}
Resources:
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]}}
  Also: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 8443, Protocol: HTTPS, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]}}
  Open: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
  OpenListener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Open, Port: !Ref Port, Protocol: HTTPS, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]}}
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}
        Origins:
          - {Id: a, DomainName: !GetAtt Balancer.DNSName, CustomOriginConfig: {OriginProtocolPolicy: http-only}}
          - {Id: b, DomainName: !GetAtt Balancer.DNSName, CustomOriginConfig: {OriginProtocolPolicy: !Ref Policy}}
          - {Id: c, DomainName: elsewhere.example.com, CustomOriginConfig: {OriginProtocolPolicy: https-only}}
          - {Id: d, DomainName: !GetAtt Open.DNSName, CustomOriginConfig: {OriginProtocolPolicy: https-only}}
          - {Id: e, DomainName: !GetAtt Inside.DNSName, VpcOriginConfig: {VpcOriginId: !ImportValue inside}}
  Inside: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [a, b]}}
---
# Another listener may be anywhere.
Parameters: {Balancer: {Type: String}}
Resources:
  Own: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Name: site, Subnets: [a, b]}}
  Plain: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Own, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]}}
  Other: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 443, Protocol: HTTPS, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}, Origins: [{Id: a, DomainName: !GetAtt Own.DNSName, CustomOriginConfig: {OriginProtocolPolicy: https-only}}]}}}
---
resource "aws_lb" "shop" {
  subnets = ["a", "b"]
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
}

resource "aws_cloudfront_distribution" "shop" {
  origin {
    origin_id   = "shop"
    domain_name = aws_lb.shop.dns_name

    custom_origin_config {
      https_port             = 443
      origin_protocol_policy = "https-only"
    }
  }
}
"""
