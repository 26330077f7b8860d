"""Whether AWS Backup backs instances of EC2 up, whose own volumes may hold data that no template tells of."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.recovery import backup_plans, selections


def selection(machine: Resource) -> Resource | None:
    """The selection of a plan that surely selects an instance; None if none does."""
    every = machine.deployment.of_type(backup_plans.SELECTION)
    return next((one for one in every if selections.is_selected(one, machine)), None)


def selection_of_volumes(machine: Resource) -> Resource | None:
    """The selection of a plan that surely selects the volumes an instance makes, by the tags that Terraform gives
    these; None if none does."""
    written = machine.terraform.volume_tags
    pairs = {(key, value.text) for key, value in written.fields.items() if value.text is not None}
    every = machine.deployment.of_type(backup_plans.SELECTION) if pairs else ()
    return next((one for one in every if not pairs.isdisjoint(_asked(one))), None)


def _asked(selection: Resource) -> list[tuple[str | None, str | None]]:
    """The tags of which one is enough for a selection that asks for nothing else."""
    selected = selection.get("BackupSelection")
    if not all(selected.get(name).is_absent for name in ("Conditions", "NotResources", "Resources")):
        return []
    tags = selected.get("ListOfTags").items
    return [(tag.get("ConditionKey").text, tag.get("ConditionValue").text) for tag in tags]
