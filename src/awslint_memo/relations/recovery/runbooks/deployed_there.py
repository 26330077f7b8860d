"""Whether a template or root is deployed in the other Region already, and what of it that deployment leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.phrases import listed
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import stands
from awslint_memo.relations.recovery.runbooks import deployments, running, scopes
from awslint_memo.relations.recovery.runbooks.commands import aws, region_word, tabled
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Question, Task


def deployment(sides: Sides, path: str) -> Deployment | None:
    """The deployment of a template in the other Region, where it surely has one, whatever its conditions leave out."""
    for kin in sides.family.kin if path and sides.region is not None else ():
        first = next(iter(kin.deployment.own.values()), None)
        if first is None or not kin.sure or deployments.template(first) != path:
            continue
        if scopes.region_of(kin.deployment) == sides.region:
            return kin.deployment
    return None


def whether_needed(sides: Sides, path: str, lacking: Sequence[Resource], there: Deployment) -> Question:
    """Whether the other Region needs what its deployment of the same template leaves out, which may be meant so."""
    titles = list(dict.fromkeys(resource.title for resource in lacking))
    are, them, they = ("is", "it", "it") if len(titles) == 1 else ("are", "them", "they")
    what = f"whether {listed(titles, NAMED)} {are} needed in {sides.there}"
    named = f" as {there.name}" if there.name else ""
    reasons = stands(lacking[0], f"{listed(titles, NAMED)}, which {path} does not make in {sides.there}")
    notes = [
        f"{path} is deployed there{named}, without {them}: if {they} {are} needed, update"
        f" that stack with the parameters by which its conditions make {them}."
    ]
    looks = running.commands(sides.region, lacking[0].type)
    return Question(what, lacking[0], looks, reasons, notes=notes, phase="prepare")


def whether_deployed(sides: Sides, path: str, titles: Sequence[str], task: Task) -> Question:
    """Whether a template or root is deployed in the other Region already; if not, that is done."""
    here, what = sides.region, f"whether {listed(titles, NAMED)} run in {sides.there} already"
    looks = [] if task.resource is None else running.commands(here, task.resource.type)
    if path:
        what = f"whether {path} is deployed in {sides.there} already"
        looks = [running.stacks(here)]
    notes = ["No template and no deployment tells its Regions: declare them (`deployments`), and this is known."]
    return Question(what, task.resource, looks, task.step.because, notes=notes, then=task, answer="not")


def by_stack_set(sides: Sides, one: Resource, path: str, first: Resource) -> Question:
    """What a stack set deploys in several Regions is deployed there already, and a second stack would be beside it."""
    what = f"whether the stack set {one.title} has deployed {path} in {sides.there}"
    reasons = stands(one, f"a stack set whose template is {path}")
    query = "Stacks[?starts_with(StackName,'StackSet-')].[StackName,StackStatus]"
    look = tabled(aws("cloudformation", "describe-stacks", region_word(sides.region)), query)
    notes = ["If not, add stack instances of that Region to the stack set; deploy no second stack beside it."]
    return Question(what, first, (look,), reasons, notes=notes, phase="prepare")


def by_root(sides: Sides, roots: Sequence[str], lacking: Sequence[Resource]) -> Question:
    """What another root of Terraform has there by the same module: a second one beside it would fail on its names."""
    titles = list(dict.fromkeys(resource.title for resource in lacking))
    what = f"whether {listed(roots, NAMED, 'or')} has {listed(titles, NAMED)} running in {sides.there} for this"
    reasons = stands(lacking[0], f"by the same module in {listed(roots, NAMED)}; whether for this is not told")
    notes = [
        "If so, scale what runs there to what ran at home, and make nothing beside it: declare both as one of the"
        " `applications`, and this is known.",
        f"If not, apply this root with the Region {sides.there} and a state of its own.",
    ]
    looks = running.commands(sides.region, *dict.fromkeys(resource.type for resource in lacking))
    return Question(what, lacking[0], looks, reasons, notes=notes, phase="prepare")
