"""Tasks for what computes where an Availability Zone is lost: what AWS starts anew, and what somebody has to move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.relations import autoscaling_zones
from awslint_memo.relations.recovery import machine_backups, service_types
from awslint_memo.relations.recovery.capacity import Computing
from awslint_memo.relations.recovery.recovery_paths import stands
from awslint_memo.relations.recovery.runbooks import capacity_tasks
from awslint_memo.relations.recovery.runbooks.commands import Unfilled, aws, home_word, identifier, variable
from awslint_memo.relations.recovery.runbooks.tasks import Task
from awslint_memo.relations.recovery.timelines import Step


def after_zone(computers: Sequence[Computing]) -> Iterator[Task]:
    """What becomes of what computes where a zone is lost."""
    for computing in computers:
        resource = computing.member.resource
        if resource.type == service_types.INSTANCE:
            what = f"Where {resource.title} was in the zone, make it again in another one"
            step = Step("capacity", what, by_person=True, because=stands(resource, "an instance is in one zone"))
            yield Task("capacity", step, resource, computing.region, notes=list(_on_its_volumes(resource)))
        elif resource.type == autoscaling_zones.GROUP:
            yield _group_after_zone(resource, computing.region)
        elif resource.type == service_types.SERVICE:
            yield _service_after_zone(resource, computing.region)


def _on_its_volumes(machine: Resource) -> Iterator[str]:
    """A volume is in one zone, and so is lost with it; what is made again without a backup is empty."""
    chosen = machine_backups.selection(machine)
    if chosen is not None:
        yield (
            f"{chosen.title} backs it up: restore its newest recovery point into a subnet of the new zone,"
            " as one that is made anew has nothing of what was on its volumes."
        )


def _group_after_zone(group: Resource, region: str | None) -> Task:
    single = autoscaling_zones.single_zone(group)
    written = group.get("VPCZoneIdentifier")
    if single is None and autoscaling_zones.is_one_subnet(written):
        single = autoscaling_zones.SingleZone("one subnet", "VPCZoneIdentifier", written)
    if single is None:
        what = f"Wait: Auto Scaling starts instances of {group.title} in the zones that are left"
        return Task(
            "capacity",
            Step("capacity", what, because=stands(group, group.title), untold=[capacity_tasks.STARTING]),
            group,
            region,
        )
    what = f"Where {group.title} was in the zone, give it a subnet in another one: all its instances are in one"
    subnets = Unfilled(variable(group.title, "subnets"), "ids of subnets in zones that are not lost, with commas")
    call = aws(
        *("autoscaling", "update-auto-scaling-group", home_word(region)),
        *("--auto-scaling-group-name", identifier(group, region), "--vpc-zone-identifier", subnets),
    )
    step = Step(
        "capacity",
        what,
        by_person=True,
        because=((single.place.place, f"all instances are in {single.name}"),),
        untold=[capacity_tasks.STARTING],
    )
    return Task("capacity", step, group, region, "", (call,))


def _service_after_zone(service: Resource, region: str | None) -> Task:
    """ECS places tasks anew in the subnets of a service, or on the instances that are left."""
    subnets = service.get("NetworkConfiguration.AwsvpcConfiguration.Subnets")
    if not ((subnets.is_known and len(subnets.items) == 1) or autoscaling_zones.is_one_subnet(subnets)):
        what = f"Wait: ECS starts tasks of {service.title} in the zones that are left"
        step = Step("capacity", what, because=stands(service, service.title), untold=[capacity_tasks.STARTING])
        return Task("capacity", step, service, region)
    what = f"Where {service.title} was in the zone, give it a subnet in another one: all its tasks are in one"
    network = "awsvpcConfiguration= with subnets in zones that are not lost, and the security groups as before"
    call = aws(
        *(
            "ecs",
            "update-service",
            home_word(region),
            "--cluster",
            capacity_tasks.cluster_of(service, "Cluster", region),
        ),
        *("--service", identifier(service, region)),
        *("--network-configuration", Unfilled(variable(service.title, "network"), network)),
    )
    step = Step(
        "capacity",
        what,
        by_person=True,
        because=stands(service, "its tasks have one subnet"),
        untold=[capacity_tasks.STARTING],
    )
    return Task("capacity", step, service, region, "", (call,))
