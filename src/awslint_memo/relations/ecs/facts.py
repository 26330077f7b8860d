"""Facts about Amazon ECS."""

from __future__ import annotations

from awslint_memo.model.fact import Fact

DEFAULT_CONTROLLER = Fact(
    "ECS",
    page="AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-deploymentcontroller.html",
    read="2026-11-26",
)
"""Who deploys a service where its template does not say."""

DEFAULT_STRATEGY = Fact(
    "ROLLING",
    page="AWSCloudFormation/latest/TemplateReference/aws-properties-ecs-service-deploymentconfiguration.html",
    read="2026-11-26",
)
"""How ECS deploys a service where its template does not say. Only a rolling update has a circuit breaker."""

DEFAULT_COUNT = Fact(
    1, page="AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html", read="2026-11-27"
)
"""How many tasks a new service has where its template does not say."""
