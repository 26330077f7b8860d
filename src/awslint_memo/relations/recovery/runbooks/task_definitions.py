"""Task definitions in the other Region that name images, secrets or parameters of the lost one: none of them starts a
task.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.phrases import listed
from awslint_memo.relations.recovery import counterpart_uses, service_types
from awslint_memo.relations.recovery.counterpart_uses import IMAGES, Use
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.runbooks import capacity_tasks
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Word,
    aws,
    identifier,
    region_word,
    text_of,
    variable,
)
from awslint_memo.relations.recovery.runbooks.tasks import Task
from awslint_memo.relations.recovery.timelines import Step

_TASKS = "AWS::ECS::TaskDefinition"
_FETCHED = fact(
    {IMAGES: "images", "parameter": "parameters", "secret": "secrets"},
    page="AmazonECS/latest/APIReference/API_Secret.html",
    read="2026-12-03",
)
"""What is fetched when a task starts, and its plural."""

_REGISTERED = "AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html"


def registered(sides: Sides) -> Iterator[Task]:
    """The definitions that are registered anew, each with the services that are given them."""
    naming: dict[str, list[Use]] = {}
    for use in counterpart_uses.in_regions(sides.family, (sides.region,)):
        if use.user.type == _TASKS and use.kind in _FETCHED and _is_of_home(use, sides):
            naming.setdefault(use.user.title, []).append(use)
    for title, uses in naming.items():
        yield _registered(sides, title, uses)


def _is_of_home(use: Use, sides: Sides) -> bool:
    """Whether what is named is in the lost Region; a name without one means the Region of who names it."""
    where = sides.family.region(use.target) if use.target is not None else use.region
    return not use.is_bare and where is not None and where == sides.primary


def _registered(sides: Sides, title: str, uses: Sequence[Use]) -> Task:
    user = uses[0].user
    name = text_of(user.get("Family")) or identifier(user, sides.region)
    file = f"{variable(title).lower()}.json"
    kinds = listed(list(dict.fromkeys(_FETCHED[use.kind] for use in uses)), len(_FETCHED))
    services = list(_services(sides, user))
    end = ", and have its service use it"
    what = f"Register {title} in {sides.region} anew, with the {kinds} of that Region{end}"
    reasons = ((user.place, f"{title} names {kinds} in {sides.primary}, which are lost with it"),)
    step = Step("capacity", what, by_person=True, page=_REGISTERED, because=reasons)
    look = aws("ecs", "describe-task-definition", region_word(sides.region), "--task-definition", name)
    calls = (
        Command((*look.words, "--query", "taskDefinition", "--output", "json"), into=file),
        aws("ecs", "register-task-definition", region_word(sides.region), "--cli-input-json", f"file://{file}"),
        *(_given(sides, each, name) for each in services),
    )
    given = "" if services else "; update-service --task-definition gives its service the new revision"
    notes = [
        f"Edit {file} before it is sent: the {kinds}, and without taskDefinitionArn, revision, status,"
        " requiresAttributes, compatibilities, registeredAt, registeredBy and deregisteredAt.",
        f"Until then no new task of it starts, as it can't fetch these{given}.",
    ]
    return Task("prepare", step, user, sides.region, "", calls, notes)


def _services(sides: Sides, definition: Resource) -> Iterator[Resource]:
    """The services in the other Region that run a definition."""
    for member in sides.family.members(service_types.SERVICE):
        service = member.resource
        is_there = member.sure and sides.family.region(service) == sides.region
        if is_there and service.follow("TaskDefinition", _TASKS) is definition:
            yield service


def _given(sides: Sides, service: Resource, name: Word) -> Command:
    """A family without a number means its newest revision."""
    where = ("--cluster", capacity_tasks.cluster_of(service, "Cluster", sides.region))
    names: tuple[Word, ...] = ("--service", identifier(service, sides.region), "--task-definition", name)
    return aws("ecs", "update-service", region_word(sides.region), *where, *names)
