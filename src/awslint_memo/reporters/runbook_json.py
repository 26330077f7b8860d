"""Runbooks as JSON, in the structure of the member runbooks of recovery.schema.json. What is not told is null."""

from __future__ import annotations

from typing import Any

from awslint_memo.judging.survey import Survey
from awslint_memo.relations.recovery import figures
from awslint_memo.relations.recovery.recovery_paths import Reasons
from awslint_memo.relations.recovery.runbooks.runbooks import Runbook
from awslint_memo.relations.recovery.runbooks.tasks import Question, Task
from awslint_memo.reporters import runbook_words as words


def runbooks(survey: Survey) -> list[dict[str, Any]]:
    """The runbooks of a run."""
    return [_runbook(runbook, differs=differs) for runbook, differs in words.runbooks(survey)]


def _runbook(runbook: Runbook, *, differs: bool) -> dict[str, Any]:
    rpo, rto = runbook.rpo, runbook.rto
    ordered = [task for _, tasks in runbook.phases for task in tasks]
    asked = {id(question): number for number, question in enumerate(runbook.questions, 1)}
    return {
        "name": runbook.name,
        "application": runbook.application,
        "disruption": runbook.disruption,
        "primary": runbook.primary,
        "region": runbook.region,
        "wanted_rpo_in_secs": None if rpo is None else rpo[0],
        "wanted_rto_in_secs": None if rto is None else rto[0],
        "known_in_secs": runbook.known,
        "differs": differs,
        "fill_in": [
            {"name": word.name, "what": word.what, "find": None if word.find is None else word.find.text}
            for word in runbook.unfilled
        ],
        "deployments": list(runbook.deployments),
        "left_out": list(runbook.left_out),
        "questions": [_question(question) for question in runbook.questions],
        "tasks": [
            {**_task(number, task), "question": asked.get(id(task.question))} for number, task in enumerate(ordered, 1)
        ],
    }


def _question(question: Question) -> dict[str, Any]:
    resource = question.resource
    return {
        "what": question.what,
        "resource": None if resource is None else resource.written,
        "type": None if resource is None else resource.type,
        "path": None if resource is None else resource.place.span.path,
        "line": None if resource is None else resource.place.span.line,
        "because": _reasons(question.because),
        "source": question.page or None,
        "read": figures.day_read(question.page),
        "unknown": list(question.untold),
        "notes": list(question.notes),
        "commands": [command.text for command in question.commands],
        "answer": question.answer if question.then is not None else None,
        "then": None if question.then is None else _task(None, question.then),
    }


def _reasons(because: Reasons) -> list[dict[str, Any]]:
    return [{"path": place.span.path, "line": place.span.line, "text": text} for place, text in because]


def _task(number: int | None, task: Task) -> dict[str, Any]:
    step, resource = task.step, task.resource
    return {
        "number": number,
        "phase": task.phase,
        "kind": step.kind,
        "what": step.what,
        "by_person": step.by_person,
        "resource": None if resource is None else resource.written,
        "type": None if resource is None else resource.type,
        "path": None if resource is None else resource.place.span.path,
        "line": None if resource is None else resource.place.span.line,
        "region": task.region,
        "loses": task.loses or None,
        "takes_in_secs": task.seconds,
        "least_in_secs": step.least,
        "typical_in_secs": step.typical,
        "most_in_secs": step.most,
        "measured_in_secs": None if task.measured is None else task.measured.took,
        "sure": number is not None and task.question is None,
        "because": _reasons(step.because),
        "source": step.page or None,
        "read": figures.day_read(step.page),
        "unknown": list(step.untold),
        "notes": list(task.notes),
        "commands": [command.text for command in task.commands],
    }
