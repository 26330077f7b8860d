"""A certificate should be in the Region in which it is used.

CloudFront, edge-optimized domains of API Gateway and the domains of Cognito take certificates of us-east-1 only; a load
balancer and a regional domain take those of their own Region. Another one is refused when it is deployed.

What to do: request the certificate in that Region (Terraform: by a provider for it), and name that one.
"""

from awslint_memo import Findings, Resource, Value, namespaces, regions, rule

HOME = "us-east-1"


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudFront::Distribution",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
)
def check(distribution: Resource) -> Findings:
    return elsewhere(distribution, distribution.get("DistributionConfig.ViewerCertificate.AcmCertificateArn"), HOME)


@check.on("AWS::Cognito::UserPoolDomain")
def user_pool(domain: Resource) -> Findings:
    return elsewhere(domain, domain.get("CustomDomainConfig.CertificateArn"), HOME)


@check.on("AWS::ApiGateway::DomainName")
def api(domain: Resource) -> Findings:
    yield from elsewhere(domain, domain.get("CertificateArn"), HOME)
    yield from elsewhere(domain, domain.get("RegionalCertificateArn"), own_region(domain))


@check.on("AWS::ElasticLoadBalancingV2::Listener")
def listener(listens: Resource) -> Findings:
    for item in listens.get("Certificates").items:
        arn = item if listens.language == "terraform" else item.get("CertificateArn")
        yield from elsewhere(listens, arn, own_region(listens))


def own_region(user: Resource) -> str | None:
    told = regions.told(user)
    return None if told is None else told.text


def elsewhere(user: Resource, arn: Value, wanted: str | None) -> Findings:
    certificate = user.deployment.find(arn, "AWS::CertificateManager::Certificate")
    told = None if certificate is None else regions.told(certificate)
    # The account in an ARN is often not known, its Region is.
    region = regions.in_arn(arn) or (None if told is None else told.text)
    # Who deploys it knows that the default Region is refused, and gives another one.
    if told is not None and told.origin.defaults:
        return
    # Other partitions have other homes of what is global.
    if not wanted or not region or region == wanted or region.startswith(namespaces.OTHER_PARTITIONS):
        return
    of, message = str(arn.route), f"is a certificate of {region}, but {wanted} is needed, so it is refused"
    yield user.finding(arn, message, of=of, do=f"use a certificate of {wanted}")


BAD = """
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, ViewerCertificate: {AcmCertificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/a", SslSupportMethod: sni-only}}}}
---
Resources:
  Sign: {Type: AWS::Cognito::UserPoolDomain, Properties: {UserPoolId: p, Domain: sign.example.com, CustomDomainConfig: {CertificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/a"}}}
---
Resources:
  Api: {Type: AWS::ApiGateway::DomainName, Properties: {DomainName: api.example.com, CertificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/a"}}
---
# deployments: {production: {AWS::Region: eu-west-1}}
Resources:
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: b, Port: 443, Protocol: HTTPS, Certificates: [{CertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/a"}], DefaultActions: [{Type: forward, TargetGroupArn: t}]}}
---
provider "aws" {
  region = "eu-central-1"
}

resource "aws_lb_listener" "site" {
  load_balancer_arn = "b"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:us-east-1:111122223333:certificate/a"

  default_action {
    type             = "forward"
    target_group_arn = "t"
  }
}
---
provider "aws" {
  region = "eu-central-1"
}

resource "aws_acm_certificate" "site" {
  domain_name = "example.com"
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate_validation.site.certificate_arn
    ssl_support_method  = "sni-only"
  }
}
---
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, ViewerCertificate: {AcmCertificateArn: !Sub "arn:aws:acm:eu-west-1:${AWS::AccountId}:certificate/a", SslSupportMethod: sni-only}}}}
"""

GOOD = """
variable "region" {
  default = "eu-west-1"
}

provider "aws" {
  region = var.region
}

resource "aws_acm_certificate" "site" {
  domain_name = "example.com"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.site.arn
  }
}
---
Parameters: {Arn: {Type: String}}
Resources:
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, ViewerCertificate: {AcmCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/a", SslSupportMethod: sni-only}}}}
  Unknown: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, ViewerCertificate: {AcmCertificateArn: !Ref Arn, SslSupportMethod: sni-only}}}}
  InThisRegion: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, ViewerCertificate: {AcmCertificateArn: !Sub "arn:aws:acm:${AWS::Region}:${AWS::AccountId}:certificate/a", SslSupportMethod: sni-only}}}}
  OfThisAccount: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, ViewerCertificate: {AcmCertificateArn: !Sub "arn:aws:acm:us-east-1:${AWS::AccountId}:certificate/a", SslSupportMethod: sni-only}}}}
  Plain: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, ViewerCertificate: {CloudFrontDefaultCertificate: true}}}}
  Api: {Type: AWS::ApiGateway::DomainName, Properties: {DomainName: api.example.com, RegionalCertificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/a"}}
  InChina: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: b, Port: 443, Protocol: HTTPS, Certificates: [{CertificateArn: "arn:aws-cn:acm:cn-north-1:111122223333:certificate/a"}], DefaultActions: [{Type: forward, TargetGroupArn: t}]}}
---
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "global"
  region = "us-east-1"
}

resource "aws_acm_certificate" "site" {
  provider    = aws.global
  domain_name = "example.com"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true

  viewer_certificate {
    acm_certificate_arn = aws_acm_certificate.site.arn
    ssl_support_method  = "sni-only"
  }
}

resource "aws_lb_listener" "site" {
  load_balancer_arn = "b"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-central-1:111122223333:certificate/a"

  default_action {
    type             = "forward"
    target_group_arn = "t"
  }
}
---
# deployments: {china: {AWS::Region: cn-north-1}}
Resources:
  Certificate: {Type: AWS::CertificateManager::Certificate, Properties: {DomainName: example.cn}}
  Site: {Type: AWS::CloudFront::Distribution, Properties: {DistributionConfig: {Enabled: true, ViewerCertificate: {AcmCertificateArn: !Ref Certificate, SslSupportMethod: sni-only}}}}
---
# deployments: {china: {AWS::Region: cn-north-1}}
Resources:
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: b, Port: 443, Protocol: HTTPS, Certificates: [{CertificateArn: !Sub "arn:${AWS::Partition}:acm:cn-north-1:${AWS::AccountId}:certificate/a"}], DefaultActions: [{Type: forward, TargetGroupArn: t}]}}
"""
