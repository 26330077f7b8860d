"""Commands that list what computes, and which stacks there are, in a Region; and that start what may be stopped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.relations import autoscaling_zones
from awslint_memo.relations.recovery import service_types
from awslint_memo.relations.recovery.recovery_paths import stands
from awslint_memo.relations.recovery.runbooks.commands import Command, aws, identifier, region_word, tabled, waiting
from awslint_memo.relations.recovery.runbooks.tasks import Question, Task
from awslint_memo.relations.recovery.timelines import Step

STARTING = "how long it takes until what is started answers (declare `measured`)"

_STOPPED = "AWSEC2/latest/UserGuide/Stop_Start.html"

_CALLS: Mapping[str, tuple[str, str, str]] = {
    autoscaling_zones.GROUP: (
        *("autoscaling", "describe-auto-scaling-groups"),
        "AutoScalingGroups[].[AutoScalingGroupName,MinSize,DesiredCapacity,MaxSize]",
    ),
    service_types.APPLICATION: ("apprunner", "list-services", "ServiceSummaryList[].[ServiceName,Status]"),
    service_types.CLUSTER: ("eks", "list-clusters", "clusters"),
    service_types.ENVIRONMENT: ("elasticbeanstalk", "describe-environments", "Environments[].[EnvironmentName,Status]"),
    service_types.FUNCTION: ("lambda", "list-functions", "Functions[].FunctionName"),
    service_types.INSTANCE: (
        *("ec2", "describe-instances"),
        "Reservations[].Instances[].[InstanceId,State.Name,Tags[?Key=='Name']|[0].Value]",
    ),
    service_types.NODES: ("eks", "list-clusters", "clusters"),
    service_types.PROFILE: ("eks", "list-clusters", "clusters"),
    service_types.SERVICE: ("ecs", "list-clusters", "clusterArns"),
}
"""By type, the call that lists what is of it, or what it is in, and what is shown of the answer."""

_USUAL = (service_types.SERVICE, service_types.FUNCTION, autoscaling_zones.GROUP)
"""What is asked for where nothing tells what computes."""


def commands(region: str | None, *types: str) -> list[Command]:
    """What lists what there is of some types in a Region; of none, what computes mostly."""
    calls = dict.fromkeys(_CALLS[type_] for type_ in types or _USUAL if type_ in _CALLS)
    return [tabled(aws(service, call, region_word(region)), query) for service, call, query in calls]


def stacks(region: str | None) -> Command:
    """What lists the stacks of a Region."""
    return tabled(aws("cloudformation", "describe-stacks", region_word(region)), "Stacks[].[StackName,StackStatus]")


def started(instance: Resource, region: str | None) -> Iterator[Question]:
    """Whether an instance is stopped, which nothing read tells; then it is started. Nothing for other types."""
    if instance.type != service_types.INSTANCE:
        return
    where, named = region_word(region), ("--instance-ids", identifier(instance, region))
    look = tabled(aws("ec2", "describe-instances", where, *named), "Reservations[].Instances[].[InstanceId,State.Name]")
    start = aws("ec2", "start-instances", where, *named), waiting("ec2", "instance-status-ok", where, *named)
    what = f"Start {instance.title}{f' in {region}' if region else ''}"
    then = Task("capacity", Step("capacity", what, by_person=True, untold=[STARTING]), instance, region, "", start)
    reasons = stands(instance, f"{instance.title}, which may be stopped until it is needed")
    yield Question(f"whether {instance.title} is stopped", instance, (look,), reasons, page=_STOPPED, then=then)
