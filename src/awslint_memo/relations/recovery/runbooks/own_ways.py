"""What an estate has itself for a failover: automation documents of Systems Manager, functions and state machines whose
names say so. They may do by themselves what steps do by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.relations.recovery import failover_names, regions, service_types, store_objectives
from awslint_memo.relations.recovery.failover_names import DOCUMENT
from awslint_memo.relations.recovery.gaps import Sides
from awslint_memo.relations.recovery.recovery_paths import stands
from awslint_memo.relations.recovery.runbooks import documents, moved_home, standing, surroundings
from awslint_memo.relations.recovery.runbooks import programs as own_programs
from awslint_memo.relations.recovery.runbooks.commands import (
    Command,
    Unfilled,
    Word,
    aws,
    identifier,
    region_word,
    tabled,
    variable,
)
from awslint_memo.relations.recovery.runbooks.programs import Program
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Question, Task
from awslint_memo.relations.recovery.timelines import Step

_PAGE = "systems-manager/latest/userguide/running-simple-automations.html"


def programs(sides: Sides) -> list[Program]:
    """What an estate has for a failover, that to start first: not what another of them starts, or what only looks."""
    every = [each for each in _every(sides) if not own_programs.leads_home(each)]
    named = [each for each in every if own_programs.is_for_failover(each)]
    inner = own_programs.called(named)
    by_place: dict[object, list[Resource]] = {}
    for each in named:
        if id(each) not in inner:
            by_place.setdefault(each.place.span, []).append(each)
    copies = [sorted(each, key=lambda one: _region(sides, one) != sides.region) for each in by_place.values()]
    found = [own_programs.told(each) for each in _left(sides, copies)]
    found = [each for each in found if not own_programs.looks_only(each)]
    # What a document does, it may do by functions.
    automated = [each for each in found if each.resource.type == DOCUMENT]
    return automated or sorted(found, key=lambda each: each.resource.type == service_types.FUNCTION)


def _left(sides: Sides, every: Sequence[Sequence[Resource]]) -> list[Sequence[Resource]]:
    """The same without those that are lost with the primary Region where another of that type and name is left."""
    names = {(each[0].type, identifier(each[0])) for each in every if not _is_lost(sides, each[0])}
    return [each for each in every if not (_is_lost(sides, each[0]) and (each[0].type, identifier(each[0])) in names)]


def home(sides: Sides) -> list[str]:
    """The names of what an estate has for the way home."""
    every = [each for each in _every(sides) if own_programs.is_for_failover(each)]
    inner = own_programs.called(every)
    return list(dict.fromkeys(each.title for each in every if own_programs.leads_home(each) and id(each) not in inner))


def _every(sides: Sides) -> list[Resource]:
    own = [member.resource for member in sides.family.members(*own_programs.TYPES)]
    return [*own, *surroundings.programs(sides.family.deployment)]


def _region(sides: Sides, program: Resource) -> str | None:
    """The Region of a program; of one in another template, as it is told: it may be in none of those declared."""
    if program.deployment is sides.family.deployment:
        return sides.family.region(program)
    with noted():
        region = regions.told(program)
    return None if region is None else region.text


def _is_lost(sides: Sides, resource: Resource) -> bool:
    """Whether something is in the primary Region, as a template or a deployment tells: it is lost with that."""
    with noted():
        region = None if resource.deployment.is_supposed else regions.told(resource)
    return region is not None and region.text is not None and region.text == sides.primary


def steps(sides: Sides, found: Sequence[Program]) -> Iterator[Task | Question]:
    """What is started first: surely where a template has it in the other Region and its role lets it do some of this,
    else if somebody knows that it is for this."""
    every = [each.resource for each in found]
    if len(found) > 1 and (every[0].type == DOCUMENT or len(found) > NAMED):
        yield _asked_which(sides, every)
        return
    reached = {(each.type, _region(sides, each)) for each in _every(sides)}
    is_whole = store_objectives.is_complete(sides.family.deployment) and standing.is_told(sides.family)
    for program in found:
        resource = program.resource
        is_lost = sides.primary is not None and _region(sides, resource) == sides.primary
        is_there = bool(reached & {(resource.type, sides.region), (resource.type, None)})
        if is_lost and not is_there and is_whole:
            yield _lost(sides, resource)
        elif moved_home.moves_home(sides, program):
            yield _left_alone(sides, program)
        elif program.acts and _is_of_this(sides, resource):
            yield _done(sides, program)
        else:
            yield _asked(sides, program)


def _is_of_this(sides: Sides, program: Resource) -> bool:
    """Whether a program surely is in the other Region, and of the very design."""
    own = (member.resource for member in sides.family.members(program.type) if member.sure)
    is_there = sides.region is not None and _region(sides, program) == sides.region
    return is_there and any(each is program for each in own)


def _left_alone(sides: Sides, program: Program) -> Task:
    """That a program is not started, as it is for the loss of another Region."""
    resource, region = program.resource, _stands(sides, [program.resource])
    word = _started(resource, region)[0]
    what = f"Do not start the {word} {resource.title}, and see that nothing does: {_ELSEWHERE}, not in {sides.here}"
    reasons = (*stands(resource, f"{resource.title}, by its name"), *program.because)
    notes = [f"It may move those data into {sides.here}, which is lost: it is for the loss of another Region."]
    notes += [f"{each.title} starts it by itself: switch that off first." for each in _starters(sides, program)]
    return Task("decide", Step("program", what, by_person=True, because=reasons), resource, region, notes=notes)


def _starters(sides: Sides, program: Program) -> list[Resource]:
    """What starts a program by itself, where that is not lost."""
    return [each for each in (program.starter,) if each is not None and not _is_lost(sides, each)]


def is_one(resource: Resource) -> bool:
    """Whether something is what the estate has for a failover, or for a drill of one."""
    return resource.type in own_programs.TYPES and (
        own_programs.is_for_failover(resource) or failover_names.is_drill(resource)
    )


def kept(sides: Sides, found: Sequence[Program]) -> list[Program]:
    """The programs that do something now: what is in the primary Region is lost with it."""
    return [each for each in found if not _is_lost(sides, each.resource) and not moved_home.moves_home(sides, each)]


def left(task: Task, found: Sequence[Program]) -> Task:
    """A task with the program that may do it too, if one may: then it is done by hand only where that does not."""
    if task.resource is None:
        return task
    names = [each.resource.title for each in found if task.resource.type in each.promotes]
    if not names:
        return task
    return replace(task, notes=[_may_do(names), *task.notes])


def _may_do(names: Sequence[str]) -> str:
    """That programs may do what a task is for."""
    return f"{listed(names, NAMED, 'or')} may do this, by its role: see whether it has, and do it by hand only if not."


def turned_first(controls: Sequence[Task], found: Sequence[Program]) -> list[Task]:
    """The routing controls, before the data where a program looks at them and promotes by what it sees: until they are
    turned, it may promote nothing, or undo what is promoted by hand."""
    names = [each.resource.title for each in found if each.awaits_controls]
    turning = [each.resource.title for each in found if each.turns]
    if not controls or not (names or turning):
        return list(controls)
    # Where they are parted, the last of them lead requests there, which is for after the data.
    first, notes = controls[0], [_may_do(turning)] if turning else []
    if names:
        note = f"Before the data: {listed(names, NAMED)} may look at them, by its role, and promote by them."
        first, notes = replace(first, phase="decide"), [note, *notes]
    return [replace(first, notes=[*notes, *first.notes]), *controls[1:]]


def _lost(sides: Sides, program: Resource) -> Question:
    """That what does a failover may be lost with the Region itself."""
    word = _started(program, sides.region)[0]
    what = f"whether the {word} {program.title} is for this: it is in {sides.here}, and lost with it"
    reasons = stands(program, f"{program.title}, by its name, of which none was read in {sides.there}")
    notes = [f"If it is, have it in {sides.there} before anything is lost; until then, do by hand what it would do."]
    return Question(what, program, (), reasons, notes=notes)


def _stands(sides: Sides, programs: Sequence[Resource]) -> str | None:
    """The Region in which programs are sought: their own, where it is another one than the one that is lost."""
    own = {_region(sides, program) for program in programs}
    region = own.pop() if len(own) == 1 else None
    return sides.region if region is None or region == sides.primary else region


def _asked_which(sides: Sides, every: Sequence[Resource]) -> Question:
    """Which of several programs is for this."""
    titles, region = listed([each.title for each in every], NAMED), _stands(sides, every)
    where = f" in {region}" if region is not None else ""
    if every[0].type != DOCUMENT:
        what = f"which of {titles} is for this, and whether it is there{where}"
        looks = [_started(each, region)[1] for each in every]
        reasons = tuple((each.place, f"{each.title}, by its name") for each in every[:NAMED])
        return Question(
            what, every[0], list(dict.fromkeys(looks)), reasons, notes=[f"If one is, start it first. {_LEFT}"]
        )
    listing = documents.listing(region)
    name = Unfilled("FAILOVER_DOCUMENT", "name of the automation document that is for this", listing, is_late=True)
    given = documents.parameters(every)
    call = aws("ssm", "start-automation-execution", region_word(region), "--document-name", name, *given)
    reasons = tuple((document.place, f"{document.title}, by its name") for document in every[:NAMED])
    needed = list(dict.fromkeys(name for each in every for name in documents.needed(each)))
    is_open = bool(needed) and not given
    untold = [f"values of its parameters; of these documents some need {listed(needed)}"] if is_open else []
    untold += (
        []
        if all(map(documents.is_told, every))
        else ["which parameters each takes (aws ssm describe-document shows them)"]
    )
    what = f"Start that automation document{where} first"
    step = Step("program", what, by_person=True, page=_PAGE, untold=untold)
    then = Task("decide", step, every[0], region, "", (call,), [_LEFT, *documents.notes(every)])
    what = f"which of the automation documents {titles} is for this, and whether it is there{where}"
    return Question(what, every[0], (listing,), reasons, page=_PAGE, then=then)


_ELSEWHERE = "what it may promote copies of has its data elsewhere"
_ONLY_IF = (
    "Read its code first, and start it only if that gives AllowDataLoss to rds:FailoverGlobalCluster: without it, the"
    " call is a switchover, which a lost Region does not answer. Else go on by hand."
)
_LEFT = "Do by hand only what it does not do, and what it leaves undone where it fails."


def _asked(sides: Sides, program: Program) -> Question:
    task = _done(sides, program)
    resource, region = program.resource, _stands(sides, [program.resource])
    word, listing, _ = _started(resource, region)
    where = f" in {region}" if region is not None else ""
    is_declared = region is not None and _region(sides, resource) == region and not resource.deployment.is_supposed
    reasons = (*stands(resource, f"{resource.title}, by its name"), *program.because)
    what = f"whether the {word} {resource.title} is for this, and is there{where}"
    if _is_lost(sides, resource):
        what += f" too: it is declared in {sides.primary}, and lost with it"
    if is_declared:
        what = f"whether the {word} {resource.title}, declared{where}, is for this"
    then = replace(task, step=replace(task.step, because=reasons))
    return Question(what, resource, (listing,), reasons, page=task.step.page, then=then)


def _done(sides: Sides, program: Program) -> Task:
    """The start of a program, or the wait for what starts it."""
    resource, region = program.resource, _stands(sides, [program.resource])
    word, _, started = _started(resource, region)
    where = f" in {region}" if region is not None else ""
    page = _PAGE if resource.type == DOCUMENT else ""
    starter = next(iter(_starters(sides, program)), None)
    what, notes = f"Start the {word} {resource.title}{where} first", [_LEFT]
    if own_programs.SWITCHES in program.calls:
        # A call that waits for the lost Region would stand in the way of what is done by hand.
        notes.insert(0, _ONLY_IF)
    if starter is not None:
        what = f"Wait until {starter.title} starts the {word} {resource.title}{where}{own_programs.when(starter)}"
        notes = [f"The command starts it where that does not. {_LEFT}"]
        notes += [_ONLY_IF] * (own_programs.SWITCHES in program.calls)
    if program.calls:
        notes.append(f"Its role lets it call {listed(program.calls)}; what it does is in its code, which was not read.")
    if program.awaits_controls:
        notes.append("It may look at the routing controls: turn them before.")
    notes += documents.notes([resource]) if resource.type == DOCUMENT else []
    reasons = (*stands(resource, f"{resource.title}, by its name"), *program.because)
    untold = [] if documents.is_told(resource) else ["what input it takes (ask those who wrote it)"]
    step = Step("program", what, by_person=True, page=page, because=reasons, untold=untold)
    return Task("decide", step, resource, region, "", (started,), notes)


def _started(program: Resource, region: str | None) -> tuple[str, Command, Command]:
    """What a program is called, what lists those that are there, and what starts it."""
    where = region_word(region)
    if program.type == DOCUMENT:
        listing = documents.listing(region)
        name = _name(program, "name of the document", listing)
        words = documents.parameters([program])
        call = aws("ssm", "start-automation-execution", where, "--document-name", name, *words)
        return "automation document", listing, call
    if program.type == service_types.FUNCTION:
        listing = tabled(aws("lambda", "list-functions", where), "Functions[].FunctionName")
        call = aws("lambda", "invoke", where, "--function-name", _name(program, "name of the function", listing))
        return "function", listing, Command((*call.words, f"{variable(program.title).lower()}-answer.json"))
    listing = tabled(aws("stepfunctions", "list-state-machines", where), "stateMachines[].[name,stateMachineArn]")
    arn = Unfilled(variable(program.title, "ARN"), f"ARN of the state machine {program.title}", listing)
    given = Unfilled(variable(program.title, "input"), f"input of the state machine {program.title}, as JSON")
    call = aws("stepfunctions", "start-execution", where, "--state-machine-arn", arn, "--input", given)
    return "state machine", listing, call


def _name(program: Resource, what: str, listing: Command) -> Word:
    """The name of a program there: without one of its own, each stack gives it another."""
    name = identifier(program)
    return name if isinstance(name, str) else Unfilled(variable(program.title), f"{what} {program.title}", listing)
