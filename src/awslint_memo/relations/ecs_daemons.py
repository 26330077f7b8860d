"""Amazon ECS: what services of a strategy or a launch type can't have, DAEMON services before all."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value
from awslint_memo.relations import ecs_services, scalable_targets

DAEMON = fact("DAEMON", page="AmazonECS/latest/APIReference/API_CreateService.html", read="2026-12-02")
"""The strategy with which a service has one task on each instance."""

NOT_OF_DAEMONS = fact(
    ("CODE_DEPLOY", "EXTERNAL"), page="AmazonECS/latest/APIReference/API_CreateService.html", read="2026-12-02"
)
"""The deployment controllers that deploy no DAEMON service."""

MOST_OF_DAEMONS = fact(100, page="https://github.com/hashicorp/terraform-provider-aws/pull/4825", read="2026-12-02")
"""The greatest MaximumPercent of a DAEMON service: no two tasks of it run on one instance."""

_MAXIMUM = "DeploymentConfiguration.MaximumPercent"


def is_daemon(service: Resource) -> bool:
    """Whether a service surely runs one task on each instance."""
    return service.get("SchedulingStrategy").is_one_of(DAEMON)


def excluded(service: Resource) -> Iterator[tuple[Value, str, str]]:
    """What ECS refuses beside the launch type or the strategy of a service: the value, what to call it, and why."""
    launch, strategy = service.get("LaunchType"), service.get("CapacityProviderStrategy")
    if launch.text is not None and any(item.fields for item in strategy.items):
        yield strategy, "CapacityProviderStrategy", f"LaunchType is {launch.text}{launch.note}"
    for name in ("PlacementConstraints", "PlacementStrategies"):
        value = service.get(name)
        if not any(item.fields for item in value.items):
            continue
        if launch.text == "FARGATE":
            yield value, name, "Fargate has no placement"
        elif is_daemon(service) and name == "PlacementStrategies":
            yield value, name, "a DAEMON service has a task on each instance"
    if is_daemon(service):
        yield from _excluded_of_daemon(service, launch)


def _excluded_of_daemon(service: Resource, launch: Value) -> Iterator[tuple[Value, str, str]]:
    if launch.text == "FARGATE":
        yield service.get("SchedulingStrategy"), "SchedulingStrategy DAEMON", "Fargate has no instances"
    controller = service.get("DeploymentController.Type")
    if controller.is_one_of(*NOT_OF_DAEMONS):
        yield controller, f"DeploymentController {controller.text}", "it deploys no DAEMON service"
    if service.language == "terraform":
        return  # The provider leaves out what follows.
    count, most = service.get("DesiredCount"), service.get(_MAXIMUM)
    if count.number is not None:
        yield count, "DesiredCount", "a DAEMON service has a task on each instance"
    if most.above(MOST_OF_DAEMONS):
        yield most, f"MaximumPercent {most.text}", "a DAEMON service starts no second task on an instance"


def ignored_count(service: Resource) -> Value | None:
    """The number of tasks that somebody wrote for a DAEMON service of Terraform, whose provider leaves it out."""
    count = service.get("DesiredCount")
    is_chosen = count.number is not None and count.is_written and not count.origin.defaults
    return count if is_chosen and service.language == "terraform" and is_daemon(service) else None


def scaled(service: Resource) -> Resource | None:
    """What is to scale a DAEMON service, whose number of tasks ECS refuses to change
    (https://github.com/fabfuel/ecs-deploy/issues/59); else None."""
    targets = ecs_services.scaling_targets(service) if is_daemon(service) else ()
    return next((one for one in targets if scalable_targets.is_of_service(service, one.get("ResourceId"))), None)
