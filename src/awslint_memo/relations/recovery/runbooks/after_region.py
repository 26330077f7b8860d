"""What is done after the loss of a Region, and what has to be found out for that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.relations.recovery import file_paths, stores, untold
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.runbooks import (
    capacity_tasks,
    clients,
    control_tasks,
    data_tasks,
    entry_tasks,
    lone_replicas,
    needs_tasks,
    own_ways,
    plan_tasks,
    procedures,
    running,
    standing,
    switch_tasks,
    unjudged_tasks,
)
from awslint_memo.relations.recovery.runbooks.commands import Command
from awslint_memo.relations.recovery.runbooks.programs import Program
from awslint_memo.relations.recovery.runbooks.tasks import BY_PLAN, NAMED, Question, Task, in_phase, parted
from awslint_memo.relations.recovery.timelines import Step
from awslint_memo.relations.recovery.verdicts import Judged

HEALTH = "health/latest/ug/aws-health-dashboard-status.html"


def tasks(sides: Sides, rows: Sequence[Judged]) -> list[Task | Question]:
    """What is done and asked, in the order of its phases; nothing where nothing of the design is in the Region."""
    every = own_ways.programs(sides)
    own = own_ways.kept(sides, every)
    controls = list(control_tasks.controls(sides, is_early=any(each.awaits_controls for each in own)))
    controls = own_ways.turned_first(controls, own)
    led = [*controls, *control_tasks.perhaps(sides), *entry_tasks.after_region(sides), *switch_tasks.origins(sides)]
    requests, asked = parted(led)
    lone = list(lone_replicas.tasks(sides))
    if not rows and not sides.at_home() and not requests and not asked and not lone:
        return list(_which(sides))
    unseen = () if requests or asked else entry_tasks.unseen(sides)
    has_service = bool(rows) or bool(sides.at_home()) or bool(lone)
    done = plan_tasks.done_by_plans(sides)
    there = list(_stores_there(sides))
    capacity = list(capacity_tasks.after_region(sides))
    by_row = (data_tasks.steps(row, sides.region, there, _deploying(capacity)) for row in rows)
    data, doubts = parted(each for steps in by_row for each in steps)
    data = [*data, *data_tasks.locks(sides)]
    away = [each.then for each in doubts if each.then is not None]
    lone = lone_replicas.unpromoted(lone, [*data, *away])
    data = [*lone, *(lone_replicas.beside(lone, each) for each in data)]
    return [
        *_places(sides, rows),
        *in_phase("data", (_left_by(each, done, own) for each in doubts)),
        _decision(sides, data, requests, [each for each in away if each.phase == "data"]),
        *plan_tasks.plans(sides),
        *(each for each in requests if each.phase == "decide"),
        *own_ways.steps(sides, every),
        *(own_ways.left(_left(task, done), own) for task in data),
        *in_phase("prepare", needs_tasks.before(sides, _made(capacity))),
        *in_phase("capacity", (_left(each, done) if isinstance(each, Task) else each for each in capacity)),
        *in_phase("capacity", capacity_tasks.unseen(sides) if has_service else ()),
        *unjudged_tasks.after_region(sides),
        *clients.pointed(sides.family, [*data, *away], is_away=True),
        *clients.perhaps(sides, doubts),
        *in_phase("requests", (each for each in led if isinstance(each, Question) or each.phase != "decide")),
        *in_phase("requests", unseen),
        check(sides.there, rows),
    ]


def _stores_there(sides: Sides) -> Iterator[Resource]:
    """The stores that surely are in the other Region."""
    for member in sides.family.members(*stores.TYPES) if sides.region is not None else ():
        if member.sure and sides.family.region(member.resource) == sides.region:
            yield member.resource


def _which(sides: Sides) -> Iterator[Question]:
    """Which Region is the primary one, where several have something and nothing tells that."""
    every = [sides.family.region(each.member.resource) for each in sides.computers]
    every += [sides.family.region(member.resource) for member in sides.family.members(*stores.TYPES)]
    names = list(dict.fromkeys(name for name in every if name is not None))
    if sides.primary is None and names:
        what = f"which of {listed(names, NAMED)} is the primary Region"
        yield Question(what, notes=["Declare `regions`, the primary first: what is lost with it is brought back then."])


def _deploying(capacity: Sequence[Task | Question]) -> set[int]:
    """The ids of the deployments that are surely made anew in the other Region."""
    tasks = [each for each in capacity if isinstance(each, Task) and each.phase == "prepare"]
    return {id(each.resource.deployment) for each in tasks if each.resource is not None}


def _made(capacity: Sequence[Task | Question]) -> set[str]:
    """What is made in the other Region by what is deployed there, by its name."""
    every = [each.then if isinstance(each, Question) else each for each in capacity]
    deployed = [task.resource for task in every if task is not None and task.phase == "prepare"]
    roots = {id(each.deployment): each for each in deployed if each is not None}
    return {other.title for each in roots.values() for other in each.deployment.own.values()}


def _places(sides: Sides, rows: Sequence[Judged]) -> Iterator[Question]:
    """Whether all that is in the Region that is lost."""
    home = [row.store.resource for row in rows] or [each.member.resource for each in sides.at_home()]
    if sides.primary is not None and home and not standing.is_told(sides.family):
        first = home[0]
        where = f"whether it is in {sides.primary}"
        notes = ["No template and no deployment tells its Region."]
        shown = Command(("terraform", "state", "show", first.written))
        looks = [shown] if first.language == "terraform" else [running.stacks(sides.primary)]
        yield Question(where, None, looks, notes=notes)
    if sides.primary is None and home:
        first = home[0]
        looks = [Command(("terraform", "state", "show", first.written))] if first.language == "terraform" else []
        notes = [f"Until it is told, nothing is known to be lost with a Region: {untold.region_of(home)}."]
        yield Question("in which Region it is", first, looks, notes=notes)
    elsewhere = [store for store in dict.fromkeys(home) if sides.family.kin and sides.family.region(store) is None]
    if elsewhere:
        titles = listed(_told_apart(elsewhere), NAMED)
        roots = [store for store in elsewhere if store.language == "terraform"]
        ways = ["give the deployments of their templates a Region (`deployments`)"] * (len(roots) < len(elsewhere))
        ways += [untold.region_of(roots)] if roots else []
        how = ", or ".join(ways)
        notes = [f"{how[0].upper()}{how[1:]}, and this is known."]
        yield Question(f"in which Region {titles} {'is' if len(elsewhere) == 1 else 'are'}", elsewhere[0], notes=notes)


def _told_apart(stores_: Sequence[Resource]) -> list[str]:
    """The titles of stores, each with its file where others have the same."""
    every = [store.title for store in stores_]
    paths = [store.place.span.path for store in stores_]
    return [f"{title} of {path}" if every.count(title) > 1 else title for title, path in zip(every, paths, strict=True)]


def _left_by(question: Question, done: Mapping[str, str], own: Sequence[Program]) -> Question:
    """A question with what plans and programs may do of its answer."""
    then = question.then
    return question if then is None else replace(question, then=own_ways.left(_left(then, done), own))


def _left(task: Task, done: Mapping[str, str]) -> Task:
    """A task with the plan that does it too, if one does."""
    if task.resource is None:
        return task
    names = (task.resource.name, *(other.name for other in task.copies))
    plan = next((done[name] for name in names if name in done), None)
    like = done.get(task.resource.type)
    if plan is not None:
        note = f"{BY_PLAN}{plan} has a step for this: do it by hand only where that fails."
    elif like is not None:
        note = f"{BY_PLAN}{like} has a step of this kind: see whether it is for this, and does it."
    else:
        return task
    return replace(task, notes=[note, *task.notes])


def _decision(sides: Sides, data: Sequence[Task], requests: Sequence[Task], asked: Sequence[Task]) -> Task:
    """Whether to go at all: what is done by hand is not soon undone. asked: what answers ask for."""
    what = f"See that {sides.here} is lost and not back before this is done, and decide to recover in {sides.there}"
    notes = []
    by_hand = [task for task in data if task.commands and task.step.by_person]
    if by_hand:
        notes.append(
            f"What is done to {_titles(by_hand)} is not undone by the Region's return: going home is a move too."
        )
        homeward = own_ways.home(sides)
        notes += [f"{listed(homeward, NAMED)} may be for that way home, by name."] * bool(homeward)
    notes += procedures.notes(sides)
    if asked:
        notes.append(f"What the answers about {_titles(asked)} ask for is done next, before what uses it.")
    # A bucket is written to where it is; a database only once it has been promoted or restored.
    late = [task for task in by_hand if task.resource is not None and task.resource.type != file_paths.BUCKET]
    alone = [task.step.what.removeprefix("Wait: ") for task in requests if not task.step.by_person]
    if late and alone:
        notes += [f"{words}, before {_titles(late)} can be used: what needs them fails until then." for words in alone]
    step = Step("decision", what, by_person=True, page=HEALTH)
    return Task("decide", step, region=sides.primary, notes=notes)


def _titles(tasks: Sequence[Task]) -> str:
    return listed(list(dict.fromkeys(task.resource.title for task in tasks if task.resource is not None)), NAMED)


def check(where: str, rows: Sequence[Judged]) -> Task:
    """The look at the end, whether all works there."""
    titles = listed(list(dict.fromkeys(row.store.resource.title for row in rows)), NAMED)
    what = (
        f"Write to and read from {titles} through the service in {where}"
        if rows
        else f"Send a request to the service in {where}"
    )
    notes = ["Back up what has been recovered: its copies and plans are those of before."] if rows else []
    return Task("check", Step("check", what, by_person=True), notes=notes)
