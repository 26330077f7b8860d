"""Whether an Auto Scaling group is scaled in: what makes its desired capacity smaller, or may."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.relations import autoscaling


def is_scaled_in(group: Resource) -> bool:
    """Whether a scaling policy of this deployment scales a group in, or may, or a scheduled action changes its size."""
    return any(map(autoscaling.may_scale_in, autoscaling.policies(group))) or bool(autoscaling.schedules(group))


def may_be_scaled_in(group: Resource) -> bool:
    """Whether something makes the desired capacity of a group smaller, or may: a scaling policy, a scheduled action, or
    ECS, Kubernetes or a program, here or, where others know the group, elsewhere. What replaces instances does not."""
    if is_scaled_in(group) or autoscaling.is_managed(group) or autoscaling.may_be_sized_by_program(group):
        return True
    return group.is_exposed() or autoscaling.may_have_other(group, autoscaling.POLICY, autoscaling.SCHEDULE)
