"""The change sets that pipelines make and execute."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.codepipeline.pipelines import Action, stages

_PAGE = "codepipeline/latest/userguide/action-reference-CloudFormation.html"

MAKES = fact("CHANGE_SET_REPLACE", page=_PAGE, read="2026-11-25")
"""The mode of an action that makes a change set."""

EXECUTES = fact("CHANGE_SET_EXECUTE", page=_PAGE, read="2026-11-25")
"""The mode of an action that executes one."""


@record(frozen=True, eq=False)
class _Step:
    """An action on a change set: the number of its stage and its order there, None where that is not known."""

    action: Action
    time: tuple[int, float | None]

    def named(self, key: str) -> Value:
        return self.action.configuration.get(key)

    def may_precede(self, other: _Step) -> bool:
        (stage, order), (own_stage, own_order) = self.time, other.time
        if stage != own_stage:
            return stage < own_stage
        return order is None or own_order is None or order < own_order


@record(frozen=True, eq=False)
class Unmade:
    """An action that surely executes a change set that is not there. made: the action that makes one for
    the stack, under another name (`is_other`) or too late."""

    action: Action
    name: Value
    made: Action
    is_other: bool


def unmade(pipeline: Resource) -> Iterator[Unmade]:
    """The actions of a pipeline that surely execute a change set before the pipeline makes it, or one of another name.
    A stack for which the pipeline makes none may get it from somebody else."""
    steps = list(_steps(pipeline))
    for step in steps:
        if step.named("ActionMode").text != EXECUTES:
            continue
        making = [one for one in steps if one.named("ActionMode").text != EXECUTES]
        own = [one for one in making if _is_same(one, step, "StackName") is not False]
        name = step.named("ChangeSetName")
        is_known = all(one.named("ActionMode").text == MAKES and _is_same(one, step, "StackName") for one in own)
        if not own or not is_known:
            continue
        fitting = [one for one in own if _is_same(one, step, "ChangeSetName") is not False]
        if not fitting:
            yield Unmade(step.action, name, own[0].action, is_other=True)
        elif not any(one.may_precede(step) for one in fitting):
            yield Unmade(step.action, name, fitting[0].action, is_other=False)


def _steps(pipeline: Resource) -> Iterator[_Step]:
    """The actions of CloudFormation that make or execute a change set, or may."""
    for number, stage in enumerate(stages(pipeline)):
        for action in stage.actions:
            mode, written = action.configuration.get("ActionMode"), action.value.get("RunOrder")
            is_step = action.provider == "CloudFormation" and (mode.text is None or mode.is_one_of(MAKES, EXECUTES))
            if is_step:
                yield _Step(action, (number, 1 if written.is_absent else written.number))


def _is_same(one: _Step, other: _Step, key: str) -> bool | None:
    """Whether two actions name the same under a key; None where that is not known."""
    return one.named(key).is_same_as(other.named(key))
