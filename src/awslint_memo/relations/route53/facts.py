"""Facts about Route 53."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.facts import fact

RECORD_PAGE = "Route53/latest/APIReference/API_ResourceRecordSet.html"
_ALIAS = "Route53/latest/APIReference/API_AliasTarget.html"

POLICIES: Mapping[str, str] = fact(
    {
        "Failover": "failover",
        "Weight": "weighted",
        "Region": "latency",
        "GeoLocation": "geolocation",
        "GeoProximityLocation": "geoproximity",
        "MultiValueAnswer": "multivalue",
        "CidrRoutingConfig": "IP-based",
    },
    page=RECORD_PAGE,
    read="2026-11-25",
)
"""The property that makes a record one of a routing policy."""

UNIQUE = fact(
    (
        ("SetIdentifier",),
        ("Region",),
        ("Failover",),
        ("GeoLocation.ContinentCode", "GeoLocation.CountryCode", "GeoLocation.SubdivisionCode"),
    ),
    page=RECORD_PAGE,
    read="2026-11-25",
)
"""What only one record of a name and type can have; of several properties, only all of them together."""

CLOUDFRONT_ZONE = fact("Z2FDTNDATAQYW2", page=_ALIAS, read="2026-11-25")
"""The zone of every CloudFront distribution."""

ALIASED = fact(
    (
        "AWS::ApiGateway::DomainName",
        "AWS::ApiGatewayV2::DomainName",
        "AWS::CloudFront::Distribution",
        "AWS::ElasticLoadBalancing::LoadBalancer",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::GlobalAccelerator::Accelerator",
    ),
    page="Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html",
    read="2026-11-25",
)
"""Resources to which an alias record can lead."""

ALIASED_NAMES = fact(
    r"\.(?:cloudfront\.net|awsglobalaccelerator\.com|[^.]+\.elasticbeanstalk\.com"
    r"|elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?)$",
    page=_ALIAS,
    read="2026-11-26",
)
"""How the domain names end of what an alias record can lead to, as a regular expression.

An environment of Elastic Beanstalk only counts if the Region is in its name.
"""

AVAILABLE_BY_DESIGN = fact(
    (
        "AWS::ApiGateway::DomainName",
        "AWS::ApiGateway::DomainNameV2",
        "AWS::ApiGatewayV2::DomainName",
        "AWS::EC2::VPCEndpoint",
        "AWS::S3::Bucket",
    ),
    page=_ALIAS,
    read="2026-11-26",
)
"""Targets of an alias record whose health AWS says it is of no use to evaluate; a health check is recommended."""

AVAILABLE_NAMES = fact(
    r"\.execute-api\.[a-z0-9-]+\.amazonaws\.com$|\.vpce\.amazonaws\.com$|^s3-website[.-][a-z0-9-]+\.amazonaws\.com$",
    page=_ALIAS,
    read="2026-11-29",
)
"""How the domain names of such targets look, as a regular expression."""
