"""Facts about CodeDeploy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from awslint_memo.model.fact import Fact

Platform: TypeAlias = Literal["Lambda", "ECS", "Server"]

_PAGE = "codedeploy/latest/userguide/deployment-configurations.html"

ALL_AT_ONCE: Fact[Mapping[str, Platform]] = Fact(
    {
        "CodeDeployDefault.AllAtOnce": "Server",
        "CodeDeployDefault.ECSAllAtOnce": "ECS",
        "CodeDeployDefault.LambdaAllAtOnce": "Lambda",
    },
    page=_PAGE,
    read="2026-11-26",
)
"""The predefined configurations that replace everything at once, and the platform that each is for."""

STEPPED: Fact[Mapping[Platform, str]] = Fact(
    {
        "Lambda": "CodeDeployDefault.LambdaCanary10Percent5Minutes",
        "ECS": "CodeDeployDefault.ECSCanary10Percent5Minutes",
        "Server": "CodeDeployDefault.HalfAtATime",
    },
    page=_PAGE,
    read="2026-11-26",
)
"""A predefined configuration of each platform that moves in steps; there are others."""

NETWORK_PROTOCOLS = Fact(
    frozenset(("QUIC", "TCP", "TCP_QUIC", "TCP_UDP", "TLS", "UDP")),
    page="elasticloadbalancing/latest/network/load-balancer-target-groups.html",
    read="2026-11-26",
)
"""Protocols of target groups that only a Network Load Balancer has. Behind one, CodeDeploy has no configuration for ECS
but CodeDeployDefault.ECSAllAtOnce (AmazonECS/latest/developerguide/deployment-type-bluegreen.html)."""
