"""How Amazon ECS itself deploys a service: by which strategy, how traffic moves, and what takes a failed version back.

Services that CodeDeploy or another controller deploys are not asked about.
"""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.ecs import facts

BREAKER = "DeploymentConfiguration.DeploymentCircuitBreaker"
ALARMS = "DeploymentConfiguration.Alarms"

_STEPS = {
    "CANARY": (
        "DeploymentConfiguration.CanaryConfiguration.CanaryPercent",
        "DeploymentConfiguration.CanaryConfiguration.CanaryBakeTimeInMinutes",
    ),
    "LINEAR": (
        "DeploymentConfiguration.LinearConfiguration.StepPercent",
        "DeploymentConfiguration.LinearConfiguration.StepBakeTimeInMinutes",
    ),
}
"""By strategy, where a service says how much traffic moves first, and how long it waits then."""


def strategy(service: Resource) -> Value | None:
    """The strategy by which ECS deploys a service (ROLLING, BLUE_GREEN, CANARY, LINEAR), by default ROLLING; None for
    a service that surely or possibly is deployed by another controller, or runs on machines outside of AWS."""
    controller = service.get("DeploymentController.Type", default=facts.DEFAULT_CONTROLLER.value)
    # AWS's pages do not say whether a circuit breaker works for the launch type EXTERNAL.
    if controller.text != facts.DEFAULT_CONTROLLER.value or service.get("LaunchType").text == "EXTERNAL":
        return None
    return service.get("DeploymentConfiguration.Strategy", default=facts.DEFAULT_STRATEGY.value)


def has_no_way_back(service: Resource) -> bool:
    """Whether surely neither a circuit breaker nor an alarm makes ECS take back a version that fails.

    A service behind a Classic Load Balancer is not asked about: ECS has refused a circuit breaker for it.
    """
    if any(not one.get("LoadBalancerName").is_absent for one in service.get("LoadBalancers").items):
        return False
    alarms = service.get(ALARMS)
    is_watched = not alarms.get("AlarmNames").surely(lambda names: names == [])
    return _is_off(service.get(BREAKER)) and (_is_off(alarms) or not is_watched)


def _is_off(setting: Value) -> bool:
    flags = (setting.get("Enable"), setting.get("Rollback"))
    return setting.is_absent or any(one.is_absent or one.flag is False for one in flags)


def breaker_without_rollback(service: Resource) -> Value | None:
    """The value that keeps a circuit breaker, which surely is on, from rolling back; None where there is none."""
    breaker = service.get(BREAKER)
    return breaker.get("Rollback") if breaker.get("Enable").flag is True else None


def moved_at_once(service: Resource) -> tuple[str, Value] | None:
    """The property, with its value, by which all traffic of a service surely moves to a new version at once; None where
    it moves in steps, ECS moves no traffic, or that is not known."""
    kind = strategy(service)
    if kind is None or not _has_traffic_moved(service):
        return None
    if kind.text == "BLUE_GREEN":
        return "DeploymentConfiguration.Strategy", kind
    percent, wait = _STEPS.get(kind.text or "", ("", ""))
    if not percent:
        return None
    if service.get(percent).number == 100:
        return percent, service.get(percent)
    return (wait, service.get(wait)) if service.get(wait).number == 0 else None


def _has_traffic_moved(service: Resource) -> bool:
    """Whether ECS surely moves the traffic of a service: through a load balancer, or Service Connect."""
    balancers = service.get("LoadBalancers").items
    is_balanced = any(one.get("AdvancedConfiguration").fields for one in balancers)
    return is_balanced or service.get("ServiceConnectConfiguration.Enabled").flag is True
