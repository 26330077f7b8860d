"""Which addresses the targets of alias records have."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value

_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"
_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"

_IPV4 = fact("ipv4", page="elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html", read="2026-11-29")
"""The type of addresses that a load balancer has where its template does not say."""


def has_ipv4_only(deployment: Deployment, target: Value) -> bool:
    """Whether what a value names surely has no IPv6 addresses: a classic load balancer, or one whose type is ipv4."""
    balancer = deployment.find(target, _CLASSIC, _BALANCER)
    if balancer is None:
        return False
    return balancer.type == _CLASSIC or balancer.get("IpAddressType", default=_IPV4).text == _IPV4
