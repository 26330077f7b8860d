"""Who starts tasks of ECS with a role of a template, and whether that role surely may not start them or pass them the
roles of their definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations import events
from awslint_memo.relations.iam import roles
from awslint_memo.syntax.embedded import each

TASK = "AWS::ECS::TaskDefinition"

RUNS = fact("ecs:RunTask", page="AmazonECS/latest/developerguide/CWE_IAM_role.html", read="2026-11-30")
"""What it takes to start tasks."""

PASSES = fact("iam:PassRole", page="AmazonECS/latest/developerguide/CWE_IAM_role.html", read="2026-11-30")
"""What it takes for each role of the tasks' definition."""

PASSED_TO = fact("ecs-tasks.amazonaws.com", page="AmazonECS/latest/developerguide/CWE_IAM_role.html", read="2026-12-01")
"""The service to which it passes them, as conditions name it (iam:PassedToService)."""

_GIVEN = ("ExecutionRoleArn", "TaskRoleArn")

_TARGETS: Mapping[str, str] = {"AWS::Events::Rule": "Targets", "AWS::Scheduler::Schedule": "Target"}
"""By type, where the targets stand that start tasks; a pipe has one, as its own properties."""


@record(frozen=True, eq=False)
class Unstarted:
    """Tasks that a role surely may not start. value: where their definition is named.

    passed: the role of theirs that it may not pass; None where their definition is not of here, or `action` is to start
    them.
    """

    role: Resource
    action: str
    value: Value
    passed: Resource | None = None

    @property
    def is_sure(self) -> bool:
        """Whether the tasks surely need it. A definition that is not of here may have no roles, though on Fargate it is
        then without logs and private images."""
        return self.passed is not None or self.action == RUNS


def unstarted(sender: Resource) -> Iterator[Unstarted]:
    """The tasks that a rule, schedule or pipe surely can't start, as its role has not the permission; one for each."""
    for named, parameters in () if events.is_disabled(sender) else _starts(sender):
        role = sender.deployment.find(named, roles.ROLE)
        if role is not None and parameters.fields and not roles.may_get_more(role):
            found = unstarted_by(role, parameters.get("TaskDefinitionArn"), parameters.get("LaunchType"))
            yield from () if found is None else (found,)


def _starts(sender: Resource) -> Iterator[tuple[Value, Value]]:
    """The roles with which tasks are started, and how they are."""
    if sender.type not in _TARGETS:
        yield sender.get("RoleArn"), sender.get("TargetParameters.EcsTaskParameters")
        return
    for target in each(sender, _TARGETS[sender.type]):
        yield target.get("RoleArn"), target.get("EcsParameters")


def unstarted_by(role: Resource, named: Value, launch_type: Value) -> Unstarted | None:
    """The tasks that a role surely can't start, by where their definition is named and what they run on; else None."""
    task = role.deployment.find(named, TASK)
    if roles.may(role, RUNS, resource=task) is False:
        return Unstarted(role, RUNS, named)
    if task is None:
        may_pass = roles.may(role, PASSES, passed_to=PASSED_TO) if launch_type.text == "FARGATE" else None
        return Unstarted(role, PASSES, named) if may_pass is False else None
    # What ECS asks for where a role is given by its name alone, no page says.
    arns = [value for value in map(task.get, _GIVEN) if not (isinstance(value, Link) and value.attribute == "Ref")]
    given = [role.deployment.find(value, roles.ROLE) for value in arns]
    known = (one for one in given if one is not None)
    passed = next((one for one in known if roles.may(role, PASSES, resource=one, passed_to=PASSED_TO) is False), None)
    return None if passed is None else Unstarted(role, PASSES, named, passed)
