"""Whether an Auto Scaling group is scaled in: what makes its desired capacity smaller, or may."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
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


def may_be_ended_by_program(group: Resource) -> bool:
    """Whether a program may end instances of a group, or size it: a role here allows that, or may, or a function has a
    role of which nothing is known."""
    deployment = group.deployment
    if any(function.follow("Role", roles.ROLE) is None for function in deployment.of_type(FUNCTION)):
        return True
    here = deployment.of_type(roles.ROLE)
    return any(roles.may(role, action, resource=group) is not False for role in here for action in _ENDING)
