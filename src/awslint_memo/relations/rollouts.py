"""Amazon ECS: how a service moves to a new version, and whether it goes back from one that fails."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.fix import Fix, Setable
from awslint_memo.model.value import Value
from awslint_memo.relations.ecs import ALARMS, BREAKER, strategy

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


def has_no_way_back(service: Resource) -> bool:
    """Whether surely neither a circuit breaker nor an alarm makes ECS take back a version that fails.

    A service behind a Classic Load Balancer is not asked about: ECS has refused a circuit breaker for it.
    """
    if any(not item.get("LoadBalancerName").is_absent for item in service.get("LoadBalancers").items):
        return False
    alarms = service.get(ALARMS)
    is_watched = not alarms.get("AlarmNames").surely(lambda names: names == [])
    return _is_off(service.get(BREAKER)) and (_is_off(alarms) or not is_watched)


def _is_off(setting: Value) -> bool:
    flags = (setting.get("Enable"), setting.get("Rollback"))
    return setting.is_absent or any(flag.is_absent or flag.flag is False for flag in flags)


UNTOLD = (
    "an apply that waits for a steady state succeeds where the deployment was rolled back; add a postcondition with it"
)


def rolling_back(service: Resource, path: str, value: Setable, *, shares_files: bool) -> Fix:
    """The fix that sets the circuit breaker, or a part of it, so that ECS rolls a failed deployment back.

    Who waits for a stable service is not told of a rollback, as the last version is stable too
    (github.com/hashicorp/terraform-provider-aws/issues/20858). shares_files: whether new tasks may wait for old ones.
    """
    waits = service.terraform.wait_for_steady_state
    is_told = service.language == "terraform" and not (waits.flag is False and waits.is_literal)
    if is_told and waits.flag is True and waits.is_literal:
        return Fix.lacks(UNTOLD)
    from awslint_memo.relations.ecs_waits import waiting_script  # Few runs look at scripts.

    waiting = ["an apply that waits for a steady state"] if is_told else []
    if script := waiting_script(service):
        waiting.append(f"{script}, which waits for a stable service,")
    held = "takes back updates whose tasks wait for files of old ones" if shares_files else ""
    unsafe = f"lets {' and '.join(waiting)} succeed where the deployment was rolled back" if waiting else held
    return service.set(path, value, unsafe=unsafe)


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
    is_balanced = any(balancer.get("AdvancedConfiguration").fields for balancer in balancers)
    return is_balanced or service.get("ServiceConnectConfiguration.Enabled").flag is True
