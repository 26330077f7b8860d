"""Runbooks for a terminal and in Markdown, and the words that both and JSON share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.judging.survey import Survey
from awslint_memo.model.durations import compact
from awslint_memo.model.facts import DOCUMENTATION
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.secret import without_keys
from awslint_memo.relations.recovery.runbooks.commands import Unfilled
from awslint_memo.relations.recovery.runbooks.runbooks import Runbook
from awslint_memo.relations.recovery.runbooks.tasks import NAMED, Task
from awslint_memo.reporters import recovery_pages
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.markdown import plain
from awslint_memo.reporters.recovery import Wish

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


@record(frozen=True)
class Written:
    """A task in words. number: its place in the runbook. lines: each what it is of the task, and a sentence."""

    number: int
    what: str
    lines: Sequence[tuple[str, str]]
    commands: Sequence[str]


def runbooks(survey: Survey) -> list[tuple[Runbook, bool]]:
    """The runbooks of a run, each with whether other deployments of its template have other steps."""
    return [(runbook, key in survey.written.differing) for key, runbook in survey.written.runbooks.items()]


def title(runbook: Runbook) -> str:
    """What a runbook is for."""
    name = "this folder" if runbook.name == "." else runbook.name
    return f"Runbook of {name}: {runbook.lost}"


def head(runbook: Runbook, *, differs: bool, is_one_of_several: bool) -> Iterator[str]:
    """The sentences above the tasks: of which deployments, where, what is asked for, what is known of the time."""
    if runbook.deployments:
        yield f"Deployed as: {listed([without_keys(name) for name in runbook.deployments], NAMED)}."
    if runbook.region is not None:
        yield f"Recovered in: {runbook.region}."
    elif runbook.disruption == "region":
        yield "Recovered in: not told (declare `regions`, the primary first)."
    wishes = [("RPO", runbook.rpo), ("RTO", runbook.rto)]
    known = [f"{name} {compact(wish[0])} ({wish[1]})" for name, wish in wishes if wish is not None]
    yield f"Objectives: {', '.join(known)}." if known else "Objectives: none for this disruption."
    yield time(runbook)
    if runbook.application is None and is_one_of_several:
        yield "Written for this by itself; what belongs together is one application (declare it under `applications`)."
    if not any(task.measured for task in runbook.tasks):
        yield "No drill of this is declared: it was written from templates, and whether it works is to be tried."
    if differs:
        yield (
            "Not told: in other deployments of this template the steps are others; name the deployment "
            "(`deployments`, or --parameters)."
        )


def time(runbook: Runbook) -> str:
    """What is known of the time that all takes."""
    untold = list(dict.fromkeys(_short(task) for task in runbook.untold))
    parts = [f"{compact(runbook.known)}{_sources(runbook)}"] if runbook.known else []
    parts += [f"not told, or not all of it, for {listed(untold, NAMED)}"] if untold else []
    return f"Time: {'; '.join(parts)}." if parts else "Time: nothing here takes any."


def _sources(runbook: Runbook) -> str:
    """What the known time is by: a figure of AWS's is one for typical cases."""
    tasks = [task for task in runbook.tasks if task.seconds]
    drilled = any(task.measured is not None for task in tasks)
    typical = any(task.measured is None and task.step.typical is not None for task in tasks)
    settled = any(task.measured is None and task.step.least for task in tasks)
    named = [name for name, is_so in (("drills", drilled), ("settings", settled), ("AWS's figures", typical)) if is_so]
    return f"{' typically' if typical else ''} by {listed(named, len(named))}" if named else ""


def _short(task: Task) -> str:
    return task.resource.title if task.resource is not None else TITLES[task.phase].lower()


def written(runbook: Runbook) -> list[tuple[str, list[Written]]]:
    """The phases with their tasks in words."""
    number = 0
    phases: list[tuple[str, list[Written]]] = []
    for phase, tasks in runbook.phases:
        every = []
        for task in tasks:
            number += 1
            commands = [command.text for command in task.commands]
            every.append(Written(number, without_keys(task.step.what), list(_lines(task)), commands))
        title = TITLES[phase]
        phases.append((title if title not in dict(phases) else f"{title}, the rest", every))
    return phases


def _lines(task: Task) -> Iterator[tuple[str, str]]:
    step = task.step
    if task.phase not in ("decide", "check"):
        yield "by", "a person" if step.by_person else "AWS"
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
    if task.step.typical is not None:
        return f"{compact(task.step.typical)} typically"
    if task.step.least:
        return f"{compact(task.step.least)} at least"
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


def _headed(survey: Survey) -> Iterator[tuple[Runbook, Iterator[str]]]:
    """The runbooks, each with the sentences above its tasks."""
    every = runbooks(survey)
    for runbook, differs in every:
        yield runbook, head(runbook, differs=differs, is_one_of_several=len(every) > 1)


def text(survey: Survey, wish: Wish) -> str:
    """The runbooks for a terminal, with a line feed at the end."""
    blocks = ["\n".join(_text(runbook, sentences)) for runbook, sentences in _headed(survey)]
    whole = "\n\n\n".join(blocks or [NOTHING]) + "\n"
    return whole.encode("ascii", "replace").decode() if wish.ascii else whole


def _text(runbook: Runbook, sentences: Iterable[str]) -> Iterator[str]:
    yield visible(title(runbook))
    yield from (f"  {visible(sentence)}" for sentence in sentences)
    if runbook.unfilled:
        yield "\nFill in, before anything is lost"
        yield from (f"    {line}" for line in assignments(runbook.unfilled))
    for phase, tasks in written(runbook):
        yield f"\n{phase}"
        for task in tasks:
            yield f"{task.number:2}. {visible(task.what)}"
            yield from (f"    {name}: {visible(words)}" for name, words in task.lines)
            yield from (f"    $ {command}" for command in task.commands)


def markdown(survey: Survey, wish: Wish) -> str:
    """The runbooks as chapters of a page."""
    blocks = ["\n".join(_markdown(runbook, sentences)) for runbook, sentences in _headed(survey)]
    whole = "\n\n".join(blocks or [NOTHING]) + "\n"
    return whole.encode("ascii", "xmlcharrefreplace").decode() if wish.ascii else whole


def _markdown(runbook: Runbook, sentences: Iterable[str]) -> Iterator[str]:
    yield f"# {plain(title(runbook))}\n"
    yield from (f"- {_sentence(sentence)}" for sentence in sentences)
    if runbook.unfilled:
        yield "\n## Fill in, before anything is lost\n"
        yield from _fenced(assignments(runbook.unfilled))
    for phase, tasks in written(runbook):
        yield f"\n## {phase}"
        for task in tasks:
            yield f"\n### {task.number}. {plain(task.what)}\n"
            yield from (f"- {name}: {_value(name, words)}" for name, words in task.lines)
            if task.commands:
                yield from ("", *_fenced(task.commands))


def _value(name: str, words: str) -> str:
    """What stands behind the name of a task's line; a page of AWS with the day on which it was read."""
    return recovery_pages.linked(words.removeprefix(DOCUMENTATION)) if name == "page" else _sentence(words)


def _sentence(words: str) -> str:
    """A sentence in Markdown; an address stays one."""
    return f"<{words}>" if words.startswith("https://") and " " not in words else plain(words)


def _fenced(lines: Iterator[str] | Sequence[str]) -> Iterator[str]:
    yield "```sh"
    yield from lines
    yield "```"
