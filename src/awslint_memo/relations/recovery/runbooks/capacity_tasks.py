"""Tasks that make enough compute: deploy what is not there, start what is off, scale what is smaller."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.relations import autoscaling_zones, ecs_services
from awslint_memo.relations.recovery import copiers, service_types
from awslint_memo.relations.recovery.capacity import Computing
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import Reasons, stands
from awslint_memo.relations.recovery.runbooks import (
    deployed_there,
    deployments,
    made_anew,
    own_ways,
    running,
    standing,
    surroundings,
)
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    identifier,
    plain,
    region_word,
    variable,
    waiting,
)
from awslint_memo.relations.recovery.runbooks.partners import partners
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Question, Task
from awslint_memo.relations.recovery.timelines import Step


def after_region(sides: Sides) -> Iterator[Task | Question]:
    """What is to be made and scaled in the other Region, and what of it is not known."""
    home = _of_service(sides)
    unclear = sides.computes(there=None)
    pairs = partners(sides, home)
    lacking = [computing for computing in home if id(computing) not in pairs]
    told = [computing for computing in lacking if not _is_among(computing, unclear)]
    yield from _deployed(sides, [each.member.resource for each in told] if home else list(made_anew.uncopied(sides)))
    for computing in lacking:
        if computing not in told:
            resource = computing.member.resource
            what = f"whether what does the same as {resource.title} runs in {sides.there}"
            notes = ["If not, start or make it there."]
            yield Question(what, resource, running.commands(sides.region, resource.type), notes=notes)
    for computing in home:
        if id(computing) in pairs:
            yield from _scaled(computing, pairs[id(computing)], sides.region)
            yield from running.started(pairs[id(computing)].member.resource, sides.region)


def _of_service(sides: Sides) -> list[Computing]:
    """What computes at home for the service: not what does the failover, which is asked for by itself, nor what makes
    copies."""
    every = [(each, each.member.resource) for each in sides.at_home()]
    return [each for each, own in every if not own_ways.is_one(own) and not copiers.is_one(own)]


def unseen(sides: Sides) -> Iterator[Question]:
    """That nothing which computes was read, so that what is to be started is not told."""
    if _of_service(sides):
        return
    unclear = [each.member.resource for each in sides.computes(there=None)]
    types = [resource.type for resource in unclear]
    titles = list(dict.fromkeys(resource.title for resource in unclear))
    if titles:
        what = f"in which Region {listed(titles, NAMED)} {'runs' if len(titles) == 1 else 'run'}"
        yield Question(what, None, running.commands(sides.region, *types))
        return
    off = sides.off_at_home()
    known = surroundings.computing(sides.family.deployment)
    others = off or [each for each in known if not sides.family.is_declared(each)]
    what = f"what computes for it, and whether that runs in {sides.there} with the network that it needs"
    beside = " but what makes copies, or is for a failover" if sides.at_home() else ""
    notes = [f"Nothing that computes was read{beside}."]
    if off:
        notes = [f"{_idle(off)}; see what runs at home, and have as much of it run in {sides.there}."]
    elif others:
        named = surroundings.named(others)
        notes = [f"Of other templates, {named} may: declare what belongs together (`applications`)."]
    yield Question(what, None, running.commands(sides.region, *(each.type for each in others)), notes=notes)


def _idle(off: Sequence[Resource]) -> str:
    """That something is made of which nothing runs by what was read."""
    titles = list(dict.fromkeys(each.title for each in off))
    return f"By the values that were read, nothing runs of {listed(titles, NAMED)} (a count of 0)"


def _is_among(computing: Computing, unclear: Sequence[Computing]) -> bool:
    return any(other is not computing and other.kind == computing.kind for other in unclear)


def _deployed(sides: Sides, lacking: Sequence[Resource]) -> Iterator[Task | Question]:
    """The templates and roots that have to be deployed in the other Region."""
    # What imports comes behind what may export it.
    by_path = _by_template(lacking)
    for path, resources in sorted(by_path, key=lambda item: deployments.imports(item[1][0], item[0])):
        titles = list(dict.fromkeys(resource.title for resource in resources))
        one = surroundings.stack_set(resources[0], path, sides.region)
        if one is not None:
            yield deployed_there.by_stack_set(sides, one, path, resources[0])
            continue
        there = deployed_there.deployment(sides, path)
        if there is not None:
            yield deployed_there.whether_needed(sides, path, resources, there)
            continue
        roots = [] if path else surroundings.alike(resources, sides.region)
        if roots:
            yield deployed_there.by_root(sides, roots, resources)
            continue
        what = f"{f'Deploy {path}' if path else 'Make'} in {sides.there}: {listed(titles, NAMED)}"
        if not path and set(titles) <= made_anew.waiting(sides, resources[0]):
            what = f"Make in {sides.there} what the restore needs, and {listed(titles, NAMED)} once the data are there"
        step = Step(
            "capacity",
            what,
            by_person=True,
            because=stands(resources[0], f"{listed(titles, NAMED)}, {_absence(sides)}"),
            untold=["how long a deployment takes (declare `measured`)", *_parameters(resources[0])],
        )
        notes = list(made_anew.notes(sides, resources[0])) if path or resources[0].language == "terraform" else []
        off = [each for each in sides.off_at_home() if each.deployment is resources[0].deployment]
        if off and not path:
            notes.append(f"{_idle(off)}; the root makes them too: set their counts where they are to run.")
        notes += deployments.cautions(resources[0], path, sides.there)
        commands = deployments.deployed(resources[0], path, sides.region)
        task = Task("prepare", step, resources[0], sides.region, "", commands, notes)
        yield (
            task
            if standing.is_surely_absent(sides.family)
            else deployed_there.whether_deployed(sides, path, titles, task)
        )


def _by_template(lacking: Sequence[Resource]) -> list[tuple[str, list[Resource]]]:
    """What is lacking by what makes it: the path of a template; an empty one for each root of Terraform."""
    by_path: dict[tuple[str, int], list[Resource]] = {}
    for resource in lacking:
        # A root of Terraform is one, whatever the files and modules that its resources stand in.
        is_root = resource.language == "terraform"
        key = ("", id(resource.deployment)) if is_root else (deployments.template(resource), 0)
        by_path.setdefault(key, []).append(resource)
    return [(path, resources) for (path, _), resources in by_path.items()]


def _absence(sides: Sides) -> str:
    """That nothing like it is in the other Region, as far as that was read; of no Region in particular where none is
    known to be the other one."""
    if sides.region is None:
        return "of which it is not told in which other Region more are (declare `regions`)"
    return f"of which none was read with it in {sides.region}"


def _parameters(resource: Resource) -> list[str]:
    if resource.language == "terraform":
        return ["by which root, workspace and variables of Terraform that is made in another Region"]
    return ["the parameters that the stack is deployed with there"]


def _scaled(home: Computing, there: Computing, region: str | None) -> Iterator[Task | Question]:
    """What makes something of the other Region as large as it is at home."""
    own, other = home.member.resource, there.member.resource
    if home.size.by_itself:
        return
    before, aim = numbers(there), numbers(home)
    is_told = None not in (*before, *aim) and home.member.sure
    if is_told and before[0] is not None and aim[0] is not None and before >= aim:
        return
    size = f"from {sized(before)} to {sized(aim)}" if is_told else "to the size that it has at home"
    # As many may run already as something scales it to, which nobody is to take back.
    keeps = is_told and (before[1] or 0) >= (aim[1] or 0)
    where = f"{other.title}{f' in {region}' if region else ''}"
    what = f"Let {where} scale as at home, {size}" if keeps else f"Scale {where} {size}"
    untold = [] if is_told else [f"the sizes of {other.title} there and at home"]
    untold += [] if keeps else [running.STARTING]
    reasons = (*_reasons(own, f"at home {sized(aim)}"), *_reasons(other, f"there {sized(before)}"))
    step = Step("capacity", what, by_person=True, because=reasons, untold=untold)
    call = _CALLS.get(other.type)
    commands = tuple(call(other, aim, region, keeps)) if call is not None else ()
    task = Task("capacity", step, other, region, "", commands)
    if there.member.sure:
        yield task
    else:
        yield Question(f"whether {other.title} is there", other, running.commands(region, other.type), then=task)


_Numbers: TypeAlias = "tuple[float | None, float | None, float | None]"


def numbers(computing: Computing) -> _Numbers:
    """How many there are at least, as desired, and at most."""
    size, resource = computing.size, computing.member.resource
    path = _DESIRED.get(resource.type)
    desired = None if path is None else resource.get(path).number
    return size.least, size.least if desired is None else max(desired, size.least or 0), size.most


_DESIRED: Mapping[str, str] = {
    autoscaling_zones.GROUP: "DesiredCapacity",
    service_types.NODES: "ScalingConfig.DesiredSize",
    service_types.SERVICE: "DesiredCount",
}
"""The property with how many there are to be."""


def sized(numbers: _Numbers) -> str:
    """Numbers for people: "2 (2 to 6)"; empty where they are not known."""
    if None in numbers:
        return ""
    least, desired, most = (f"{number:g}" for number in numbers)
    return least if least == desired == most else f"{desired} ({least} to {most})"


def _reasons(resource: Resource, words: str) -> Reasons:
    return stands(resource, f"{resource.title} {words}".rstrip())


def _count(number: float | None, resource: Resource, what: str) -> Word:
    return f"{number:g}" if number is not None else Unfilled(variable(resource.title, what), f"{what} size")


def _group(group: Resource, numbers: _Numbers, region: str | None, keeps: bool) -> Iterator[Command]:
    least, desired, most = numbers
    desire = () if keeps else ("--desired-capacity", _count(desired, group, "desired"))
    yield aws(
        *("autoscaling", "update-auto-scaling-group", region_word(region)),
        *("--auto-scaling-group-name", identifier(group, region)),
        *("--min-size", _count(least, group, "least"), *desire),
        *("--max-size", _count(most, group, "most")),
    )


def _service(service: Resource, numbers: _Numbers, region: str | None, keeps: bool) -> Iterator[Command]:
    least, desired, most = numbers
    name, cluster = identifier(service, region), cluster_of(service, "Cluster", region)
    if ecs_services.scaling_targets(service):
        whole: Word = (
            f"service/{cluster}/{name}"
            if isinstance(cluster, str) and isinstance(name, str)
            else Unfilled(variable(service.title, "id"), "service/CLUSTER/SERVICE, with both names")
        )
        yield aws(
            *("application-autoscaling", "register-scalable-target", region_word(region)),
            *("--service-namespace", "ecs", "--resource-id", whole, "--scalable-dimension", "ecs:service:DesiredCount"),
            *("--min-capacity", _count(least, service, "least"), "--max-capacity", _count(most, service, "most")),
        )
    if keeps:
        return
    where: tuple[Word, ...] = ("--cluster", cluster)
    yield aws(
        *("ecs", "update-service", region_word(region)),
        *(*where, "--service", name, "--desired-count", _count(desired, service, "desired")),
    )
    yield waiting("ecs", "services-stable", region_word(region), *where, "--services", name)


def _nodes(nodes: Resource, numbers: _Numbers, region: str | None, keeps: bool) -> Iterator[Command]:
    known = dict(zip(("minSize", "desiredSize", "maxSize"), numbers, strict=True))
    if keeps:
        del known["desiredSize"]
    sizes: Word = (
        ",".join(f"{name}={number:g}" for name, number in known.items() if number is not None)
        if None not in numbers
        else Unfilled(variable(nodes.title, "sizes"), "minSize=,desiredSize=,maxSize= with the numbers")
    )
    yield aws(
        *("eks", "update-nodegroup-config", region_word(region)),
        *("--cluster-name", cluster_of(nodes, "ClusterName", region), "--nodegroup-name", identifier(nodes, region)),
        *("--scaling-config", sizes),
    )


def cluster_of(holder: Resource, path: str, region: str | None) -> Word:
    """The name of the cluster that a service or a group of nodes belongs to."""
    written = holder.get(path)
    if written.is_absent:
        return "default"
    cluster = holder.deployment.find(written, "AWS::ECS::Cluster", "AWS::EKS::Cluster")
    if cluster is not None:
        return identifier(cluster, region)
    return plain((written.text or "").rpartition("/")[2]) or Unfilled(
        variable(holder.title, "cluster"), f"name of the cluster of {holder.title}"
    )


_CALLS: Mapping[str, Callable[[Resource, _Numbers, str | None, bool], Iterator[Command]]] = {
    autoscaling_zones.GROUP: _group,
    service_types.SERVICE: _service,
    service_types.NODES: _nodes,
}
"""What sets the numbers of something in a Region; the last argument: whether how many run now is left as it is."""
