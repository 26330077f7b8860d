"""Tasks that turn routing controls, and that change the origins of distributions, so that requests go elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.relations.recovery import capacity, entries, file_paths, timeline_facts
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import stands
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    identifier,
    text_of,
    unknown,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import Question, Task
from awslint_memo.relations.recovery.timelines import Step
from awslint_memo.relations.route53 import health_checks, records
from awslint_memo.relations.route53.health_checks import setting

_CONTROL_CONFIG = "us-west-2"
"""The Region in which the settings of routing controls are asked for; their states are in five others."""

_DISTRIBUTIONS = "us-east-1"
"""The Region in which calls of CloudFront are made."""

_TURNED = "r53recovery/latest/dg/getting-started-cli-routing.control-state.html"
_UPDATED = "AmazonCloudFront/latest/DeveloperGuide/HowToUpdateDistribution.html"


def controls(sides: Sides) -> Iterator[Task]:
    """The routing controls that decide about records: that of the lost Region off, that of the other one on."""
    states: dict[str, dict[str, Resource]] = {"Off": {}, "On": {}, "": {}}
    names: list[str] = []
    for member in sides.family.members(*records.HOLDERS):
        for record in records.records(member.resource):
            check = health_checks.check_of(record)
            if check is not None and setting(check, "Type").text == "RECOVERY_CONTROL":
                states[_state(sides, record)][check.title] = check
                names.append(record.name.shown or record.holder.title)
    checks = {check.title: (check, state) for state, each in states.items() for check in each.values()}
    if checks:
        yield _turned(sides, checks, list(dict.fromkeys(names)))


def _state(sides: Sides, record: records.Record) -> str:
    """What the control of a record is to be: Off where it leads to the lost Region, On where to the other one."""
    failover = (record.get("Failover").text or "").upper()
    region = record.get("Region").text or capacity.of_record(sides.family, record).region
    if failover:
        return {"PRIMARY": "Off", "SECONDARY": "On"}.get(failover, "")
    if region is None:
        return ""
    return "Off" if region == sides.primary else "On" if region == sides.region else ""


def _turned(sides: Sides, checks: Mapping[str, tuple[Resource, str]], names: list[str]) -> Task:
    """The states of controls, changed in one call to one of the five endpoints of their cluster."""
    parts, untold = [], []
    entries_: list[Word] = []
    for check, state in checks.values():
        control = check.deployment.find(setting(check, "RoutingControlArn"))
        title = control.title if control is not None else f"that of {check.title}"
        if state:
            parts.append(f"{title} {state}")
            entries_.append(_entry(check, control, state))
        else:
            untold.append(f"whether the routing control {title} is for {sides.here}, and is to be turned Off, or not")
            parts.append(f"{title} as its Region asks")
            asked = f"RoutingControlArn=,RoutingControlState= with the ARN of {title}, and Off or On"
            entries_.append(Unfilled(variable(check.title, "state"), asked))
    first = next(iter(checks.values()))[0]
    endpoint, region = _endpoint(first)
    call = aws(
        *("route53-recovery-cluster", "update-routing-control-states", region, "--endpoint-url", endpoint),
        *("--update-routing-control-state-entries", *entries_),
    )
    what = f"Turn the routing controls: {', '.join(parts)}, so that requests go to {sides.there}"
    notes = [
        "List the five endpoints of the cluster before anything is lost; try the next one where one does not answer.",
        f"They decide about {', '.join(names[:4])}{' and others' if len(names) > 4 else ''}.",
    ]
    reasons = stands(first, f"{first.title} has the state of a routing control")
    step = Step("switch", what, by_person=True, page=_TURNED, because=reasons, untold=untold)
    return Task("requests", step, first, sides.region, "", (call,), notes)


def _entry(check: Resource, control: Resource | None, state: str) -> Word:
    """A control with its state, as the call takes it."""
    written = text_of(setting(check, "RoutingControlArn"))
    ending = f",RoutingControlState={state}"
    if written is not None:
        return f"RoutingControlArn={written}{ending}"
    word = (
        unknown(control, _CONTROL_CONFIG, "ARN")
        if control is not None
        else Unfilled(variable(check.title, "control"), f"ARN of the routing control of {check.title}")
    )
    return replace(word, before="RoutingControlArn=", after=ending)


def _endpoint(check: Resource) -> tuple[Word, Word]:
    """An endpoint of the cluster of a control, and its Region."""
    control = check.deployment.find(setting(check, "RoutingControlArn"))
    named = None if control is None else control.get("ClusterArn")
    cluster = None if named is None else check.deployment.find(named)
    listing = aws("route53-recovery-control-config", "list-clusters", _CONTROL_CONFIG)
    find = Command((*listing.words, "--query", "Clusters[].[Name,ClusterArn]", "--output", "table"))
    arn: Word = Unfilled("ARC_CLUSTER", "ARN of the cluster of routing controls", find)
    if cluster is not None:
        arn = unknown(cluster, _CONTROL_CONFIG, "ARN")
    elif named is not None:
        arn = text_of(named) or arn
    describe = aws("route53-recovery-control-config", "describe-cluster", _CONTROL_CONFIG, "--cluster-arn", arn)
    look = Command((*describe.words, "--query", "Cluster.ClusterEndpoints[].[Region,Endpoint]", "--output", "table"))
    return (
        Unfilled("ARC_ENDPOINT", "one of the five endpoints of the cluster", look),
        Unfilled("ARC_REGION", "the Region of that endpoint", look),
    )


def origins(sides: Sides) -> Iterator[Task | Question]:
    """A distribution is in no Region and stays; what it fetches from is lost, unless its origins fail over."""
    awaited = {each.holder.name for each in entries.of_family(sides.family)}
    for member in sides.family.members(entries.DISTRIBUTION):
        distribution = member.resource
        lost = [] if distribution.name in awaited else list(_lost(sides, distribution))
        if lost:
            task = _moved(sides, distribution, lost)
            what = f"whether the distribution {distribution.title} is there"
            yield task if member.sure else Question(what, distribution, then=task)


def _lost(sides: Sides, distribution: Resource) -> Iterator[Resource]:
    """The origins of a distribution that are in the primary Region."""
    for origin in distribution.get("DistributionConfig.Origins").items:
        value = origin.get("DomainName")
        target = distribution.deployment.find(value, *capacity.ENTRIES, "AWS::S3::Bucket")
        if target is None:
            linked = {link.resource for link in value.mentions()}
            target = distribution.deployment.resource(linked.pop()) if len(linked) == 1 else None
        if target is not None and sides.family.region(target) in (sides.primary, None):
            yield target


def _moved(sides: Sides, distribution: Resource, lost: list[Resource]) -> Task:
    """The change of a distribution's settings, which are fetched, edited and sent back as a whole."""
    titles = " and ".join(dict.fromkeys(each.title for each in lost))
    name, file = identifier(distribution), f"{variable(distribution.title).lower()}.json"
    here = ("--region", _DISTRIBUTIONS, "--id", name, "--query")
    known = ("aws", "cloudfront", "get-distribution-config", *here)
    tag = Unfilled(
        variable(distribution.title, "etag"),
        f"the ETag of {distribution.title}, at the time of the change",
        Command((*known, "ETag", "--output", "text")),
        is_late=True,
    )
    update = aws("cloudfront", "update-distribution", _DISTRIBUTIONS, "--id", name, "--if-match", tag)
    commands = (
        Command((*known, "DistributionConfig"), into=file),
        Command((*update.words, "--distribution-config", f"file://{file}")),
    )
    what = f"Change the origin of {distribution.title}, which is {titles}, to what takes its place in {sides.there}"
    notes = [
        *timeline_facts.caution("CloudFront", sides.primary),
        f"CloudFront is in no Region: {distribution.title} and the names that lead to it stay.",
        f"Edit {file} before update-distribution: DomainName of the origin, and what belongs to it.",
    ]
    buckets = [each.title for each in lost if each.type == file_paths.BUCKET]
    if buckets:
        notes.append(
            f"What was in {' and '.join(dict.fromkeys(buckets))} is there by a copy, or is uploaded again first."
        )
    untold = [f"the name of what takes requests in {sides.there}", "how long the change takes at all edge locations"]
    reasons = stands(distribution, f"its origin is {titles}")
    step = Step("switch", what, by_person=True, page=_UPDATED, because=reasons, untold=untold)
    return Task("requests", step, distribution, sides.region, "", commands, notes)
