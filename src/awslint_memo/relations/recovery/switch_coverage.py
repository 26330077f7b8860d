"""What the steps of a Region switch plan name: Regions that the plan does not have, Regions for which a step has
nothing, alarms and records that are not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import region_switch
from awslint_memo.relations.recovery import families, regions
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.switch_timelines import RECORDS, associated_alarms
from awslint_memo.relations.route53 import records, zones

_LISTS: Mapping[str, tuple[str, str]] = {
    "DocumentDbConfig": ("DatabaseClusterArns", ""),
    "Ec2AsgCapacityIncreaseConfig": ("Asgs", "Arn"),
    "EcsCapacityIncreaseConfig": ("Services", "ServiceArn"),
    "EksResourceScalingConfig": ("EksClusters", "ClusterArn"),
    "GlobalAuroraConfig": ("DatabaseClusterArns", ""),
    RECORDS: ("RecordSets", "Region"),
}
"""Where a step names something for each Region: the list, and what of an item has the ARN or the Region."""

_MAPS = {"RdsPromoteReadReplicaConfig": "DbInstanceArnMap"}
"""The same where it is a map by Regions."""


@record(frozen=True)
class Miss:
    """Something that a plan names in vain, or does not name.

    place: where. words: a sentence, from its verb, or what follows on from the value that stands there.
    """

    place: Value
    words: str
    remedy: str


def misses(plan: Resource) -> Iterator[Miss]:
    """All that is surely wrong with what a plan names."""
    yield from _alarms(plan)
    known = {region.text for region in plan.get("Regions").items}
    if None in known or len(known) < 2 or not plan.get("Regions").is_known:
        return
    yield from _targets(plan, known)
    for workflow in plan.get("Workflows").items:
        for step in region_switch.steps_of(workflow):
            yield from _regions(plan, step, _activated(workflow, known), known)
    for step in region_switch.steps(plan):
        yield from _record(plan, step)


def _activated(workflow: Value, known: set[str | None]) -> set[str | None]:
    """The Regions in which a workflow surely has to find something: those that it activates.

    What deactivates a Region scales and promotes in the one that is left, so it may name nothing where it is for.
    """
    target = workflow.get("WorkflowTargetRegion")
    if workflow.get("WorkflowTargetAction").text != "activate":
        return set()
    return known if target.is_absent else {target.text} & known


def _alarms(plan: Resource) -> Iterator[Miss]:
    """Conditions of triggers on alarms that the plan is not associated with."""
    alarms = associated_alarms(plan)
    is_told = plan.language == "terraform" or plan.get("AssociatedAlarms").is_known
    for trigger in plan.get("Triggers").items if is_told or plan.get("AssociatedAlarms").is_absent else ():
        for condition in trigger.get("Conditions").items:
            name = condition.get("AssociatedAlarmName")
            if name.text is not None and name.text not in alarms and not _is_unclear(plan):
                words = "which is none of the plan's AssociatedAlarms, so the trigger never starts it"
                yield Miss(name, words, "add it to AssociatedAlarms")


def _is_unclear(plan: Resource) -> bool:
    """Whether the alarms of a plan are not all known by their names."""
    blocks = plan.terraform.associated_alarms
    return blocks.is_unknown or any(block.get("map_block_key").text is None for block in blocks.items)


def _targets(plan: Resource, known: set[str | None]) -> Iterator[Miss]:
    """Regions that a workflow or a trigger is for, and the plan is not."""
    values = [workflow.get("WorkflowTargetRegion") for workflow in plan.get("Workflows").items]
    values += [trigger.get("TargetRegion") for trigger in plan.get("Triggers").items]
    for value in (*values, plan.get("PrimaryRegion")):
        if value.text is not None and value.text not in known:
            others = listed(sorted(region for region in known if region is not None))
            yield Miss(value, f"but the plan is for {others}", "name one of its Regions")


def _regions(plan: Resource, step: Value, needed: set[str | None], known: set[str | None]) -> Iterator[Miss]:
    """Regions for which a step names nothing, and those that it names and the plan has not."""
    block, family = step.get("ExecutionBlockConfiguration"), families.family_of(plan)
    name = step.get("Name").text or "a step"
    for word, (path, inner) in _LISTS.items():
        items = block.get(f"{word}.{path}")
        values = [item.get(inner) if inner else item for item in items.items]
        if not items.is_known or not values:
            continue
        there = {_region(family, plan, value, is_name=inner == "Region") for value in values}
        yield from _of_regions(items, name, path, there, needed, known)
    for word, path in _MAPS.items():
        by_region = block.get(f"{word}.{path}")
        if by_region.is_known and by_region.fields:
            yield from _of_regions(by_region, name, path, {*by_region.fields}, needed, known)


def _of_regions(
    place: Value,
    name: str,
    path: str,
    there: set[str | None] | set[str],
    needed: set[str | None],
    known: set[str | None],
) -> Iterator[Miss]:
    if None in there:
        return
    for region in sorted(str(region) for region in {*needed} - {*there}):
        words = f"has the step {name}, with nothing of {region} in {path}, though it is to activate that Region"
        yield Miss(place, words, f"name what is in {region} too")
    for region in sorted(str(region) for region in {*there} - {*known}):
        words = f"has the step {name}, with something of {region} in {path}, a Region that the plan is not for"
        yield Miss(place, words, "name what is in the plan's Regions")


def _region(family: Family, plan: Resource, value: Value, *, is_name: bool) -> str | None:
    if is_name:
        return value.text
    target = plan.deployment.find(value)
    return regions.in_arn(value) if target is None else family.region(target)


def _record(plan: Resource, step: Value) -> Iterator[Miss]:
    """A name whose health checks a step changes, in a zone that surely has no record of that name."""
    block = step.get(f"ExecutionBlockConfiguration.{RECORDS}")
    zone, name = plan.deployment.find(block.get("HostedZoneId"), zones.ZONE), block.get("RecordName")
    key = zones.normal(plan.deployment, name).key
    if (
        zone is None
        or key is None
        or key.gaps
        or zone.is_exposed()
        or zone.may_be_completed()
        or plan.deployment.is_open
    ):
        return
    every = [record for holder in plan.deployment.of_type(*records.HOLDERS) for record in records.records(holder)]
    if any(record.name.key is None or record.name.is_relative or record.name.key.gaps for record in every):
        return
    if all(record.name.key != key for record in every):
        words = f"has a step whose RecordName is {name.text}, a name of which {zone.title} has no record"
        yield Miss(name, words, "name a record with a health check of the plan")
