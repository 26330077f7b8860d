"""What alias records can lead to, which addresses that has, and in which zone it is."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.route53.facts import ALIASED, ALIASED_NAMES, CLOUDFRONT_ZONE
from awslint_memo.relations.route53.records import Named, Record
from awslint_memo.relations.route53.zones import ZONE, Name, zone

_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"
_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
_DISTRIBUTION = "AWS::CloudFront::Distribution"
_OF_DISTRIBUTIONS = ".cloudfront.net"
_ALIASED_NAME = regex(ALIASED_NAMES)

_IPV4 = fact("ipv4", page="elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html", read="2026-11-29")
"""The type of addresses that a load balancer has where its template does not say."""


def has_ipv4_only(deployment: Deployment, target: Value) -> bool:
    """Whether what a value names surely has no IPv6 addresses: a classic load balancer, or one whose type is ipv4."""
    balancer = deployment.find(target, _CLASSIC, _BALANCER)
    if balancer is None:
        return False
    return balancer.type == _CLASSIC or balancer.get("IpAddressType", default=_IPV4).text == _IPV4


def leads_inside(record: Record) -> bool:
    """Whether a record surely leads to a load balancer that has addresses inside of its network only."""
    named = record.get("ResourceRecords").items
    found = [record.holder.deployment.find(value, _CLASSIC, _BALANCER) for value in named]
    return any(balancer is not None and balancer.get("Scheme").text == "internal" for balancer in found)


def aliasable(record: Record) -> Named | None:
    """The resource or domain name of AWS to which a record points although an alias record could; else None.

    An alias of a private zone can't lead to CloudFront.
    """
    for value in record.get("ResourceRecords").items:
        target = aws_target(record, value)
        resource = record.holder.deployment.find(value, *ALIASED)
        name = _text(value) if resource is None else ""
        is_cloudfront_ = name.endswith(_OF_DISTRIBUTIONS) or (resource is not None and resource.type == _DISTRIBUTION)
        if target is not None and not (is_cloudfront_ and record.zone.is_private):
            return target
    return None


def aws_target(record: Record, value: Value) -> Named | None:
    """The resource or domain name of AWS to which a value of a record leads and an alias record could; else None."""
    resource = record.holder.deployment.find(value, *ALIASED)
    if resource is not None:
        return Named(resource.title, value)
    return Named(Name(value.pattern).shown, value) if _ALIASED_NAME.search(_text(value)) else None


def _text(value: Value) -> str:
    """A value as a domain name, with an asterisk for what is not known in it."""
    name = Name(value.pattern)
    return "" if name.key is None else name.key.filled("*").lower().rstrip(".")


def wrong_zone(record: Record) -> Named | None:
    """Why an alias to something of AWS surely names a zone in which its target is not, at the zone; else None."""
    alias = record.get("AliasTarget")
    target, named = aws_target(record, alias.get("DNSName")), alias.get("HostedZoneId")
    # The name that people gave a domain of an API may be that of another record.
    is_given = target is not None and isinstance(target.place, Link) and target.place.attribute == "Ref"
    if target is None or is_given or named.is_absent:
        return None
    deployment, its = record.holder.deployment, zone(record.holder.deployment, [alias])
    if (its.key is not None and its.key == record.zone.key) or deployment.find(named, ZONE) is not None:
        return Named(f"is a zone of records, but {target.words} is in a zone of AWS", named)
    by = deployment.find(target.place)
    if by is not None and named.text == CLOUDFRONT_ZONE and by.type in (_BALANCER, _CLASSIC):
        return Named(f"is the zone of CloudFront, but {target.words} is a load balancer", named)
    is_other = by is not None and isinstance(named, Link) and by.type == _DISTRIBUTION
    return Named(f"is that of something else, but {target.words} is a distribution", named) if is_other else None
