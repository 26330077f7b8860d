"""Whether an Auto Scaling group is scaled: what makes its desired capacity smaller, or may, and what stands still in it
while a process is suspended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.value import Value
from awslint_memo.relations import autoscaling
from awslint_memo.relations.iam import roles
from awslint_memo.relations.lambda_.functions import FUNCTION

_ENDING = fact(
    (
        *("autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"),
        "autoscaling:UpdateAutoScalingGroup",
    ),
    page="autoscaling/ec2/userguide/as-scaling-manually.html",
    read="2026-12-01",
)
"""What a program calls that makes the desired capacity of a group smaller."""


def is_scaled_in(group: Resource) -> bool:
    """Whether a scaling policy of this deployment scales a group in, or may, or a scheduled action changes its size."""
    return any(map(autoscaling.may_scale_in, autoscaling.policies(group))) or bool(autoscaling.schedules(group))


def may_be_scaled_in(group: Resource) -> bool:
    """Whether something makes the desired capacity of a group smaller, or may: a scaling policy, a scheduled action, or
    ECS, Kubernetes or a program, here or, where others know the group, elsewhere. What replaces instances does not."""
    if is_scaled_in(group) or autoscaling.is_managed(group) or autoscaling.may_be_sized_by_program(group):
        return True
    return group.is_exposed() or autoscaling.may_have_other(group, autoscaling.POLICY, autoscaling.SCHEDULE)


_PAGE = "autoscaling/ec2/userguide/as-suspend-resume-processes.html"

_TAKING = fact(("TargetTrackingScaling", "StepScaling", "SimpleScaling"), page=_PAGE, read="2026-12-01")
"""The types of policies that are told by alarms, which AlarmNotification takes."""


_BY_PROGRAM: Mapping[str, str] = fact(
    {
        "AddToLoadBalancer": "elasticloadbalancing:RegisterTargets",
        "AlarmNotification": "autoscaling:ExecutePolicy",
        "HealthCheck": "autoscaling:SetInstanceHealth",
        "ReplaceUnhealthy": "autoscaling:TerminateInstanceInAutoScalingGroup",
    },
    page=_PAGE,
    read="2026-12-01",
)
"""By process, what a program may do in its place."""

_RESUMES = fact("autoscaling:ResumeProcesses", page=_PAGE, read="2026-12-01")
"""What a program needs to end a suspension."""


def _may_be_done(group: Resource, process: str) -> bool:
    """Whether a role of here lets a program resume a process of a group, or do what it does, or may."""
    actions = [_RESUMES, *filter(None, [_BY_PROGRAM.get(process)])]
    here = group.deployment.of_type(roles.ROLE)
    is_allowed = any(roles.may(role, action, resource=group) is not False for role in here for action in actions)
    return is_allowed or bool(roles.allowed_resources(group.deployment, *actions))


def standing_still(group: Resource) -> Iterator[tuple[Value, str]]:
    """What a group surely has that does nothing while a process of it is suspended, each as that process and words;
    nothing where others may resume the process."""
    if may_ignore(group.terraform.ignore_changes, "suspended_processes"):
        return
    every = {process.text: process for process in group.terraform.suspended_processes.items}
    told = [
        one for one in autoscaling.policies(group) if one.get("PolicyType", default="SimpleScaling").text in _TAKING
    ]
    checks = {front.check for front in autoscaling.fronts(group)}
    effects = {
        "AddToLoadBalancer": (bool(checks), "so new instances get no requests from the load balancer"),
        "AlarmNotification": (bool(told), f"so {told[0].title if told else ''} never scales the group"),
        "HealthCheck": (group.get("HealthCheckType").text in checks, "so no unhealthy instance is replaced"),
        "Launch": (group.get("MinSize").above(0), "so the group launches no instance"),
        "ReplaceUnhealthy": (group.get("HealthCheckType").text in checks, "so no unhealthy instance is replaced"),
        "ScheduledActions": (bool(autoscaling.schedules(group)), "so its scheduled actions change nothing"),
    }
    for name, (is_had, words) in effects.items():
        if is_had and name in every and not _may_be_done(group, name):
            yield every[name], words


def may_be_ended_by_program(group: Resource) -> bool:
    """Whether a program may end instances of a group, or size it: a role here allows that, or may, or a function has a
    role of which nothing is known."""
    deployment = group.deployment
    if any(function.follow("Role", roles.ROLE) is None for function in deployment.of_type(FUNCTION)):
        return True
    here = deployment.of_type(roles.ROLE)
    return any(roles.may(role, action, resource=group) is not False for role in here for action in _ENDING)
