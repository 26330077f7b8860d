"""Tasks that change the origins of distributions, so that requests go elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery import entries, file_paths, service_types, timeline_facts
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import stands
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    aws,
    identifier,
    tabled,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import Question, Task
from awslint_memo.relations.recovery.timelines import Step

_DISTRIBUTIONS = "us-east-1"
"""The Region in which calls of CloudFront are made."""

_UPDATED = "AmazonCloudFront/latest/DeveloperGuide/HowToUpdateDistribution.html"


def origins(sides: Sides) -> Iterator[Task | Question]:
    """A distribution is in no Region and stays; what it fetches from is lost, unless its origins fail over."""
    awaited = {each.holder.name for each in entries.of_family(sides.family)}
    for member in sides.family.members(service_types.DISTRIBUTION):
        distribution = member.resource
        lost = [] if distribution.name in awaited else list(_lost(sides, distribution))
        if lost:
            task = _moved(sides, distribution, lost)
            what = f"whether the distribution {distribution.title} is there"
            yield task if member.sure else Question(what, distribution, then=task)
        elif distribution.name not in awaited and _has_untold(distribution):
            yield _asked(sides, distribution)


def _sources(distribution: Resource) -> Iterator[Value]:
    """What the origins of a distribution fetch from."""
    for origin in distribution.get("DistributionConfig.Origins").items:
        yield origin.get("DomainName")


def _has_untold(distribution: Resource) -> bool:
    """Whether nothing that was read tells what an origin is."""
    for source in _sources(distribution):
        known = (distribution.deployment.resource(link.resource) for link in source.mentions())
        if source.text is None and not source.is_absent and not any(each is not None for each in known):
            return True
    return False


def _asked(sides: Sides, distribution: Resource) -> Question:
    """Whether a distribution fetches from what is lost, where its origins are not told; then that is changed."""
    look = Command(
        ("aws", "cloudfront", "get-distribution-config", "--region", _DISTRIBUTIONS, "--id", identifier(distribution))
    )
    what = f"whether an origin of {distribution.title} is in {sides.here}"
    reasons = stands(distribution, f"{distribution.title}, of which an origin was not read")
    then = _moved(sides, distribution, [])
    looks = (tabled(look, "DistributionConfig.Origins.Items[].[Id,DomainName]"),)
    return Question(what, distribution, looks, reasons, page=_UPDATED, then=then)


def _lost(sides: Sides, distribution: Resource) -> Iterator[Resource]:
    """The origins of a distribution that are in the primary Region."""
    for value in _sources(distribution):
        target = distribution.deployment.find(value, *service_types.ENTRIES, "AWS::S3::Bucket")
        if target is None:
            linked = {link.resource for link in value.mentions()}
            target = distribution.deployment.resource(linked.pop()) if len(linked) == 1 else None
        if target is not None and sides.family.region(target) in (sides.primary, None):
            yield target


def _moved(sides: Sides, distribution: Resource, lost: list[Resource]) -> Task:
    """The change of a distribution's settings, which are fetched, edited and sent back as a whole."""
    titles = " and ".join(dict.fromkeys(each.title for each in lost)) or f"in {sides.here}"
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
    if buckets or not lost:
        notes.append(
            "A bucket that takes the place of another lets the distribution read it by a policy of its own only."
        )
    untold = [f"the name of what takes requests in {sides.there}", "how long the change takes at all edge locations"]
    reasons = stands(distribution, f"its origin is {titles}") if lost else ()
    step = Step("switch", what, by_person=True, page=_UPDATED, because=reasons, untold=untold)
    return Task("requests", step, distribution, sides.region, "", commands, notes)
