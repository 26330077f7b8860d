"""What runbooks say, in words that all formats share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.judging.survey import Survey
from awslint_memo.model.durations import compact
from awslint_memo.model.facts import DOCUMENTATION
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record, replace
from awslint_memo.model.secret import without_keys
from awslint_memo.relations.recovery.runbooks.commands import Command, Unfilled
from awslint_memo.relations.recovery.runbooks.runbooks import Runbook
from awslint_memo.relations.recovery.runbooks.running import stacks
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Question, Task
from awslint_memo.reporters.characters import visible

TITLES = {
    "decide": "Decide",
    "prepare": "Make what must be there",
    "data": "Data",
    "capacity": "What computes",
    "requests": "Requests",
    "check": "Check",
}
"""The headings of the phases."""

NOTHING = "There is no store of data and nothing that computes, so there is nothing to write a runbook for."


def nothing(survey: Survey) -> str:
    """Why there is no runbook."""
    if not survey.unread:
        return _only_computing(survey) if survey.written.computing else NOTHING
    unread = listed(list(map(without_keys, survey.unread)), NAMED)
    return f"In what was read, {NOTHING[0].lower()}{NOTHING[1:-1]}. Not read, so it may have some: {unread}."


def _only_computing(survey: Survey) -> str:
    """What computes is there, and a runbook has nothing to say of it after these disruptions."""
    names = listed([without_keys(each) for each in survey.written.computing], NAMED)
    lost = " or ".join(_DISRUPTIONS[each] for each in survey.written.disruptions)
    return f"There is no store of data of which a runbook could tell what to do after {lost}; {names} may keep data."


_DISRUPTIONS = {
    "software": "data are deleted or spoiled",
    "hardware": "a machine fails",
    "az": "a zone is lost",
    "region": "a Region is lost",
}


@record(frozen=True)
class Written:
    """A task in words. number: its place in the runbook. lines: each what it is of the task, and a sentence."""

    number: int
    what: str
    lines: Sequence[tuple[str, str]]
    commands: Sequence[str]


@record(frozen=True)
class Asked:
    """A question in words. mark: what it is called, as Q1. lines: as those of a task. then: what is to be done by one
    answer, with its lines and commands; None where nothing is written of that. answer: by which, and which step that
    is, as "if so, as step 3"."""

    mark: str
    what: str
    lines: Sequence[tuple[str, str]]
    commands: Sequence[str]
    then: Written | None
    answer: str = ""


def runbooks(survey: Survey) -> list[tuple[Runbook, bool]]:
    """The runbooks of a run, each with whether other deployments of its template have other steps."""
    return [(runbook, key in survey.written.differing) for key, runbook in survey.written.runbooks.items()]


def title(runbook: Runbook) -> str:
    """What a runbook is for, with the deployment where it has a name."""
    name = "this folder" if runbook.name == "." else runbook.name
    names = listed([without_keys(each) for each in runbook.deployments], NAMED)
    return f"Runbook of {name}{f', deployed as {names}' if names else ''}: {runbook.lost}"


def head(runbook: Runbook, *, is_one_of_several: bool) -> Iterator[str]:
    """The sentences above the tasks: where, what is asked for, what is known of the time, and what is not in it."""
    if runbook.region is not None:
        yield f"Recovered in: {runbook.region}."
    elif runbook.disruption == "region":
        yield "Recovered in: not told (declare `regions`, the primary first)."
    wishes = [("RPO", runbook.rpo), ("RTO", runbook.rto)]
    known = [f"{name} {_span(runbook, name, wish)}" for name, wish in wishes if wish is not None]
    yield f"Objectives: {', '.join(known)}." if known else "Objectives: none for this disruption."
    yield time(runbook)
    if runbook.left_out:
        yield f"Not in this: {listed(list(map(without_keys, runbook.left_out)), NAMED)}."
    if runbook.application is None and is_one_of_several:
        yield "Written for this by itself; what belongs together is one application (declare it under `applications`)."
    if not any(task.measured for task in runbook.tasks):
        yield "No drill of this is declared: it was written from templates, and whether it works is to be tried."


def _span(runbook: Runbook, name: str, strictest: tuple[float, str]) -> str:
    """What is asked of the store that is asked most of, and of the others, where that is less."""
    key = name.lower()
    asked = [(getattr(row, key), row.place(key)) for row in runbook.rows if getattr(row, key) is not None]
    least, most = f"{compact(strictest[0])} ({strictest[1]})", max(asked, default=strictest)
    return least if most[0] == strictest[0] else f"{least} to {compact(most[0])} ({most[1]})"


def time(runbook: Runbook) -> str:
    """What is known of the time that all takes."""
    untold = list(dict.fromkeys(_short(task) for task in runbook.untold))
    parts = [f"{compact(runbook.known)}{_sources(runbook)}{_without_people(runbook)}"] if runbook.known else []
    parts += [f"not told, or not all of it, for {listed(untold, NAMED)}"] if untold else []
    parts += ["not told for what the questions leave open"] if runbook.questions else []
    parts += ["not told for what was not read"] if parts and runbook.is_partly_read else []
    if runbook.is_partly_read and not parts:
        return "Time: nothing of what was read takes any; not told for what was not read."
    return f"Time: {'; '.join(parts)}." if parts else "Time: nothing here takes any."


def _sources(runbook: Runbook) -> str:
    """What the known time is by: a figure of AWS's is one for typical cases."""
    tasks = [task for task in runbook.tasks if task.seconds]
    drilled = any(task.measured is not None for task in tasks)
    typical = any(task.measured is None and task.step.typical is not None for task in tasks)
    settled = any(task.measured is None and task.step.least for task in tasks)
    named = [name for name, is_so in (("drills", drilled), ("settings", settled), ("AWS's figures", typical)) if is_so]
    return f"{' typically' if typical else ''} by {listed(named, len(named))}" if named else ""


def _without_people(runbook: Runbook) -> str:
    """That figures and settings count from a call on: how long somebody needs until then is in no page."""
    by_hand = any(task.seconds and task.measured is None and task.step.by_person for task in runbook.tasks)
    return ", without what people need until each call is made" if by_hand else ""


def _short(task: Task) -> str:
    return task.resource.title if task.resource is not None else TITLES[task.phase].lower()


Phases: TypeAlias = "Sequence[tuple[str, Sequence[Written]]]"
"""The titles of phases, each with its tasks."""


def written(runbook: Runbook, *, differs: bool) -> Phases:
    """The phases with their tasks in words."""
    number = 0
    marks = _marks(runbook, differs=differs)
    phases: list[tuple[str, list[Written]]] = []
    for phase, tasks in runbook.phases:
        every = []
        for task in tasks:
            number += 1
            one = _written(number, task, marks) if task.question is None else _pointing(number, task, marks)
            if differs and number == 1:
                one = replace(
                    one, lines=[("note", f"See {_FIRST} first: it may be the runbook of another."), *one.lines]
                )
            every.append(one)
        title = TITLES[phase]
        phases.append((title if title not in dict(phases) else f"{title}, the rest", every))
    return phases


def _written(number: int, task: Task, marks: Mapping[object, str]) -> Written:
    commands = [command.text for command in task.commands]
    return Written(number, without_keys(task.step.what), list(_lines(task, marks)), commands)


def _pointing(number: int, task: Task, marks: Mapping[object, str]) -> Written:
    """A task that is done by the answer to a question, or that only asks for the answer."""
    question, what = task.question, without_keys(task.step.what)
    mark = marks.get(id(question), "")
    if question is None or question.then is None:
        return Written(number, f"See {mark}: {what}", [], [])
    has = "has the commands" if question.then.commands else "says more"
    otherwise = ", and says what to do if not" if any(note.startswith("If not") for note in question.notes) else ""
    asked = f"{mark} asks {without_keys(question.what)}; it {has}{otherwise}."
    return Written(number, f"See {mark}; if {question.answer}: {what}", [("note", asked)], [])


def _marks(runbook: Runbook, *, differs: bool) -> dict[object, str]:
    """What each question is called, by its identity, and by its key."""
    every = [(each, f"Q{number}") for number, each in enumerate(runbook.questions, 2 if differs else 1)]
    return {id(each): mark for each, mark in every} | {each.key: mark for each, mark in every if each.key}


UNKNOWN = "Not known; find out before anything is lost"
"""The heading of the questions."""

OTHERS = "which deployment of this template it is: in others the steps are others"
"""What is not known where the deployments of a template have other steps and no names."""

_FIRST = "Q1"
"""What that is called: it is asked before all others."""


_NAME_IT = "Name the deployment (`deployments`, or --parameters; of a root, its variables by --var-file)."


def _look(runbook: Runbook) -> Command:
    """What lists the deployments that there are."""
    is_root = any(row.store.resource.language == "terraform" for row in runbook.rows)
    return Command(("terraform", "workspace", "list")) if is_root else stacks(runbook.primary)


def asked(runbook: Runbook, *, differs: bool) -> Iterator[Asked]:
    """What no template tells and somebody has to find out before, in words."""
    if differs:
        yield Asked(_FIRST, OTHERS, [("note", _NAME_IT)], [_look(runbook).text], None)
    marks = _marks(runbook, differs=differs)
    numbers = {id(task.question): number for number, task in enumerate(runbook.tasks, 1)}
    for question in runbook.questions:
        commands = [command.text for command in question.commands]
        number = numbers[id(question)]
        then = None if question.then is None else _written(number, question.then, marks)
        yield Asked(
            marks[id(question)],
            without_keys(question.what),
            list(_lines_of(question, then)),
            commands,
            then,
            f"if {question.answer}, as step {number}",
        )


def _lines_of(question: Question, then: Written | None) -> Iterator[tuple[str, str]]:
    for note in question.notes:
        yield "note", without_keys(note)
    for place, words in question.because:
        yield "because", f"{place.span.path}:{place.span.line} {without_keys(words)}"
    for reason in question.untold:
        yield "not told", without_keys(reason)
    is_said = then is not None and any(name == "page" for name, _ in then.lines)
    if question.page and not is_said:
        yield "page", page(question.page)


def _lines(task: Task, marks: Mapping[object, str]) -> Iterator[tuple[str, str]]:
    step = task.step
    if task.phase not in ("decide", "check"):
        after = marks.get(task.awaits)
        yield "by", (f"a person (see {after})" if after else "a person") if step.by_person else "AWS"
        yield "takes", takes(task)
    if task.loses:
        yield "loses", task.loses
    for note in task.notes:
        yield "note", note
    for place, words in step.because:
        yield "because", f"{place.span.path}:{place.span.line} {without_keys(words)}"
    if step.page:
        yield "page", page(step.page)
    for reason in step.untold:
        yield "not told", without_keys(reason)


def takes(task: Task) -> str:
    """How long a task takes, and who says so."""
    if task.measured is not None:
        return f"{compact(task.measured.took)} in the drill of {task.measured.on} ({task.measured.place})"
    if task.seconds == 0:
        return "no time"
    since = ", once a person has done it" if task.step.by_person else ""
    if task.step.typical is not None:
        return f"{compact(task.step.typical)} typically{since}"
    if task.step.least:
        return f"{compact(task.step.least)} at least{since}"
    return "not told"


def page(source: str) -> str:
    """The whole address of a page of AWS."""
    return source if "://" in source else DOCUMENTATION + source


def assignments(unfilled: Sequence[Unfilled]) -> Iterator[str]:
    """Lines for a shell that fill in what no template tells, as far as a command prints it; what is known only at its
    step is a comment."""
    for word in sorted(unfilled, key=lambda each: each.is_late):
        start = "# at its step: " if word.is_late else ""
        if word.find is not None and word.find.is_value:
            yield f"{start}{word.name}=$({word.find.text})"
        else:
            look = "" if word.find is None else f": {word.find.text}"
            yield f"{start}{word.name}=    # {visible(word.what)}{look}"
