"""Whether AWS Backup backs instances of EC2 up, whose own volumes may hold data that no template tells of."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.recovery import backup_plans, selections


def selection(machine: Resource) -> Resource | None:
    """The selection of a plan that surely selects an instance; None if none does."""
    every = machine.deployment.of_type(backup_plans.SELECTION)
    return next((one for one in every if selections.is_selected(one, machine)), None)
