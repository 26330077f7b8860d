"""Services of Amazon ECS: how many tasks they have, what scales them, and what a rolling update may do with these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import name_index
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Value
from awslint_memo.relations import ecs
from awslint_memo.relations.namers import SCALABLE, scalable_targets
from awslint_memo.relations.target_groups import TARGET_GROUP
from awslint_memo.relations.tracked_metrics import MEASURED

_PAGE = "AmazonECS/latest/APIReference/API_DeploymentConfiguration.html"

DEFAULT_MINIMUM = fact(100, page=_PAGE, read="2026-11-29")
"""Percent of the tasks of a REPLICA service that stay in a rolling update where its template does not say."""

DEFAULT_MAXIMUM = fact(200, page=_PAGE, read="2026-11-29")
"""Percent of the tasks of a REPLICA service that may run in a rolling update where its template does not say."""

FARGATE_SIZES: Mapping[int, tuple[int, int, int]] = fact(
    {
        256: (512, 2_048, 512),
        512: (1_024, 4_096, 1_024),
        1_024: (2_048, 8_192, 1_024),
        2_048: (4_096, 16_384, 1_024),
        4_096: (8_192, 30_720, 1_024),
        8_192: (16_384, 61_440, 4_096),
        16_384: (32_768, 122_880, 8_192),
    },
    page="AmazonECS/latest/developerguide/task-cpu-memory-error.html",
    read="2026-11-29",
)
"""The sizes of a task on Fargate: by its CPU units (1,024 are a vCPU) the least and the most memory in MiB, and the
step between two sizes. With 256 units 1,536 MiB is no size (see `is_fargate_memory`)."""

RETIRED_PLATFORMS: Mapping[str, str] = fact(
    {"1.3.0": "2026-06-15"},
    page="AmazonECS/latest/developerguide/platform-versions-retired.html",
    read="2026-11-30",
)
"""Platform versions of Linux on which Fargate starts no task, each with the day since when."""

DESIRED_COUNT = "ecs:service:DesiredCount"
_POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy"
_SCHEDULE = "AWS::ApplicationAutoScaling::ScheduledAction"  # CloudFormation's stand in the target.

_SIZE = regex(r"(\d*\.?\d+)\s*(vcpu|gb)", re.IGNORECASE)


@record(frozen=True)
class _Targets:
    """The targets of Application Auto Scaling that are the number of tasks of a service, or may be, each with its place
    among them: by the name of the service that they write; by the names of resources to which they refer; others."""

    by_text: Mapping[TextPattern, Mapping[int, Resource]]
    by_link: Mapping[str, Mapping[int, Resource]]
    unclear: Mapping[int, Resource]


def scaling_targets(service: Resource) -> list[Resource]:
    """The targets of Application Auto Scaling that are the number of tasks of a service, or may be, in order."""
    targets, name = service.deployment.once(_targets), service.get("ServiceName")
    found = {**targets.unclear, **targets.by_link.get(service.name, {})}
    if name.pattern is not None:
        found |= targets.by_text.get(name.pattern, {})
    if name.text is None and not name.is_absent:
        # Nobody can know before it is made what a service without a name is called.
        found |= _texts_of(service, targets)
    return [target for _, target in sorted(found.items())]


def _texts_of(service: Resource, targets: _Targets) -> dict[int, Resource]:
    """The targets whose text may name a service of which no name is known."""
    known = (named for name, named in targets.by_text.items() if name.literal is not None)
    every = (item for named in known for item in named.items() if spend("comparisons"))
    ids = ((number, target, target.get("ResourceId")) for number, target in every)
    return {
        number: target
        for number, target, named in ids
        if service.may_be_named_by(named) or next(named.mentions(), None) is None
    }


def _targets(deployment: Deployment) -> _Targets:
    by_text: dict[TextPattern, dict[int, Resource]] = {}
    by_link: dict[str, dict[int, Resource]] = {}
    unclear: dict[int, Resource] = {}
    for number, target in enumerate(scalable_targets(deployment)):
        named, dimension = target.get("ResourceId"), target.get("ScalableDimension").text
        if dimension is not None and dimension != DESIRED_COUNT:
            continue
        index = name_index(deployment, [named])
        if named.pattern is not None:
            by_text.setdefault(named.pattern.after_last("/"), {})[number] = target
        if named.text is None and (index.may_be_any or next(named.mentions(), None) is None):
            unclear[number] = target
        for name in () if named.text is not None or number in unclear else index.names:
            by_link.setdefault(name, {})[number] = target
    return _Targets(by_text, by_link, unclear)


@record(frozen=True)
class Tasks:
    """How many tasks a service surely has at least, and the value that says so. is_scaled: whether it gets more."""

    count: float
    value: Value
    is_scaled: bool


def tasks(service: Resource) -> Tasks | None:
    """How many tasks a REPLICA service has at least, by its target of Auto Scaling, else by its DesiredCount; None
    where the template does not tell."""
    targets = scaling_targets(service)
    value = targets[0].get("MinCapacity") if len(targets) == 1 else service.get("DesiredCount")
    is_written = not (isinstance(value, Known) and value.defaulted)
    is_left = not targets and may_ignore(service.terraform.ignore_changes, "desired_count")
    if len(targets) > 1 or value.number is None or not is_written or is_left:
        return None
    return Tasks(value.number, value, bool(targets))


@record(frozen=True)
class Update:
    """What a rolling update surely may do with the tasks of a service: whether it may start one before it stops one,
    whether it may stop one, and whether it may stop all. tasks: None where it is so for any number of tasks."""

    starts: bool
    stops: bool
    stops_all: bool
    tasks: Tasks | None
    minimum: Value
    maximum: Value


def update(service: Resource) -> Update | None:
    """What the rolling updates of a REPLICA service that has tasks surely may do; None for others, and where that is
    not known."""
    strategy = ecs.strategy(service)
    kind = service.get("SchedulingStrategy", default="REPLICA")
    minimum = service.get("DeploymentConfiguration.MinimumHealthyPercent", default=DEFAULT_MINIMUM)
    maximum = service.get("DeploymentConfiguration.MaximumPercent", default=DEFAULT_MAXIMUM)
    if strategy is None or strategy.text != "ROLLING" or kind.text != "REPLICA":
        return None
    if minimum.number is None or maximum.number is None:
        return None
    counted = tasks(service)
    if maximum.number <= 100 and minimum.number in (0, 100) and (counted is None or counted.count > 0):
        return Update(False, minimum.number == 0, minimum.number == 0, None, minimum, maximum)
    if counted is None or counted.count == 0:
        return None
    most, least = counted.count * maximum.number // 100, -(-counted.count * minimum.number // 100)
    return Update(most > counted.count, least < counted.count, least == 0, counted, minimum, maximum)


def left_to_codedeploy(service: Resource) -> Iterator[tuple[str, Value]]:
    """The properties of a service that CodeDeploy alone may change, and that the template surely goes on setting: each
    with its value. A plan does not show which changes Terraform ignores, so nothing of it is known."""
    if service.get("DeploymentController.Type").text != "CODE_DEPLOY" or service.terraform.note.is_unknown:
        return
    ignored = service.terraform.ignore_changes
    is_own = service.follow("TaskDefinition", ecs.TASK) is not None
    if is_own and not may_ignore(ignored, "task_definition"):
        yield "TaskDefinition", service.get("TaskDefinition")
    # CloudFormation compares only templates, but Terraform also what runs.
    balancers = service.get("LoadBalancers")
    if service.language == "terraform" and balancers.items and not may_ignore(ignored, "load_balancer"):
        yield "LoadBalancers", balancers


def may_ignore_count(service: Resource) -> bool:
    """Whether Terraform may leave the number of tasks as others set it; a plan does not show that."""
    settings = service.terraform
    return settings.note.is_unknown or may_ignore(settings.ignore_changes, "desired_count")


def is_in_vpc(service: Resource) -> bool:
    """Whether the tasks of a service surely have network interfaces of their own (awsvpc). A task definition of this
    deployment without them outweighs a NetworkConfiguration."""
    task = service.follow("TaskDefinition", ecs.TASK)
    if service.get("LaunchType").text == "FARGATE":
        return True
    if task is not None and not task.get("NetworkMode").is_unknown:
        return task.get("NetworkMode").text == "awsvpc"
    return bool(service.get("NetworkConfiguration.AwsvpcConfiguration").fields)


def needs_network(service: Resource) -> bool:
    """Whether a service surely needs subnets: its tasks have network interfaces of their own, and it makes them itself,
    which the controller EXTERNAL leaves to task sets."""
    controller = service.get("DeploymentController.Type", default=ecs.DEFAULT_CONTROLLER)
    # A service that CodeDeploy takes over may leave out its tasks, and their network with them.
    has_tasks = not service.get("TaskDefinition").is_absent
    return has_tasks and is_in_vpc(service) and controller.is_one_of("ECS", "CODE_DEPLOY")


def may_run_beside(service: Resource) -> bool:
    """Whether a service surely takes requests, and a new task may run beside an old one: it takes no port of its
    instance, and is not a single one with a volume."""
    serves = bool(service.get("LoadBalancers").items) or (
        service.get("ServiceConnectConfiguration.Enabled").flag is True
    )
    counted = tasks(service)
    is_single = counted is None or counted.count == 1
    task = service.follow("TaskDefinition", ecs.TASK)
    has_volume = task is not None and not task.get("Volumes").is_absent
    return serves and is_in_vpc(service) and not (is_single and has_volume)


def is_on_fargate(task: Resource) -> bool:
    """Whether a task definition is surely for Fargate, as it says itself or a service with it does."""
    kinds = task.get("RequiresCompatibilities").items
    return any(kind.text == "FARGATE" for kind in kinds) or task.name in task.deployment.once(_on_fargate)


def _on_fargate(deployment: Deployment) -> frozenset[str]:
    """The task definitions that services run on Fargate."""
    services = (service for service in deployment.of_type(ecs.SERVICE) if service.get("LaunchType").text == "FARGATE")
    tasks = (service.follow("TaskDefinition", ecs.TASK) for service in services)
    return frozenset(task.name for task in tasks if task is not None)


def registrations(service: Resource) -> Iterator[tuple[Value, Resource]]:
    """The load balancers of a service whose target group is of this deployment, each with that group."""
    for balancer in service.get("LoadBalancers").items:
        targets = service.deployment.find(balancer.get("TargetGroupArn"), TARGET_GROUP)
        if targets is not None:
            yield balancer, targets


def units(size: Value) -> float | None:
    """The CPU units or MiB of a task's Cpu or Memory ("512", "1 vCPU", "2GB"); None where that is not known."""
    match = _SIZE.fullmatch((size.text or "").strip())
    return float(match[1]) * 1_024 if match else size.number


def are_chosen_apart(cpu: Value, memory: Value) -> bool:
    """Whether two mappings give a task's CPU units and memory, so that who deploys it chooses a fitting pair."""
    cpu_mappings, memory_mappings = (
        {step.words.rpartition(" ")[0] for step in value.origin.steps if step.choice is not None}
        for value in (cpu, memory)
    )
    return bool(cpu_mappings and memory_mappings) and cpu_mappings != memory_mappings


def is_fargate_memory(cpu: int, memory: float) -> bool:
    """Whether Fargate has tasks with so many MiB of memory beside a number of CPU units of FARGATE_SIZES."""
    least, most, step = FARGATE_SIZES[cpu]
    return least <= memory <= most and memory % step == 0 and (cpu, memory) != (256, 1_536)


def policies(target: Resource) -> list[Resource] | None:
    """The scaling policies of a target of Application Auto Scaling; None where another one, or a scheduled action, may
    belong to it."""
    deployment = target.deployment
    if target.may_be_completed() or not target.get("ScheduledActions").is_absent or _may_have(target, _SCHEDULE):
        return None
    own = [policy for policy in deployment.of_type(_POLICY) if is_of(policy, target)]
    return None if _may_have(target, _POLICY, *own) else own


def needs_tasks(policy: Resource) -> bool:
    """Whether a scaling policy surely tracks a predefined metric, none of which a service without a task writes, and
    removes tasks."""
    settings = policy.get("TargetTrackingScalingPolicyConfiguration")
    metric = settings.get("PredefinedMetricSpecification.PredefinedMetricType")
    return metric.text in MEASURED[DESIRED_COUNT] and (settings.get("DisableScaleIn").flag or False) is False


def is_of(policy: Resource, target: Resource) -> bool:
    """Whether a scaling policy surely belongs to a target of Application Auto Scaling."""
    # The id of a target in Terraform is its resource_id.
    is_named = target in (policy.follow("ScalingTargetId", SCALABLE), policy.follow("ResourceId", SCALABLE))
    own = target.get("ResourceId").pattern
    return is_named or (own is not None and policy.get("ResourceId").pattern == own)


def _may_have(target: Resource, type_: str, *own: Resource) -> bool:
    others = [resource for resource in target.deployment.of_type(type_) if resource not in own]
    return any(not _is_elsewhere(resource, target) for resource in others)


def _is_elsewhere(resource: Resource, target: Resource) -> bool:
    if resource.follow("ScalingTargetId", SCALABLE) is not None:
        return True
    named, own = resource.get("ResourceId"), target.get("ResourceId")
    if named.pattern is not None and own.pattern is not None and named.pattern.differs_from(own.pattern):
        return True
    mentioned, own_mentioned = ({link.resource for link in value.mentions()} for value in (named, own))
    return bool(mentioned and own_mentioned) and mentioned != own_mentioned
