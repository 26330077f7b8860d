"""AWS Step Functions: whether the role of a machine may do what the tasks of its definition ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.definitions import State, states
from awslint_memo.relations.iam import role_uses, roles
from awslint_memo.relations.iam.resource_policies import QUEUE, TOPIC
from awslint_memo.relations.lambda_.functions import FUNCTION, function_of
from awslint_memo.relations.statemachines import MACHINE

_TABLE = "AWS::DynamoDB::Table"

_CALLS: Mapping[str, tuple[str, str, str]] = fact(
    {
        "dynamodb:deleteItem": ("dynamodb:DeleteItem", "TableName", _TABLE),
        "dynamodb:getItem": ("dynamodb:GetItem", "TableName", _TABLE),
        "dynamodb:putItem": ("dynamodb:PutItem", "TableName", _TABLE),
        "dynamodb:query": ("dynamodb:Query", "TableName", _TABLE),
        "dynamodb:scan": ("dynamodb:Scan", "TableName", _TABLE),
        "dynamodb:updateItem": ("dynamodb:UpdateItem", "TableName", _TABLE),
        "lambda:invoke": ("lambda:InvokeFunction", "FunctionName", FUNCTION),
        "sns:publish": ("sns:Publish", "TopicArn", TOPIC),
        "sqs:sendMessage": ("sqs:SendMessage", "QueueUrl", QUEUE),
        "states:startExecution": ("states:StartExecution", "StateMachineArn", MACHINE),
        "states:startSyncExecution": ("states:StartSyncExecution", "StateMachineArn", MACHINE),
    },
    page="step-functions/latest/dg/service-integration-iam-templates.html",
    read="2026-11-29",
)
"""By integration: the action that it needs, the argument that names with what, and the type of that."""

_INVOKE = _CALLS["lambda:invoke"][0]


@record(frozen=True, eq=False)
class Lack:
    """A state whose call the role of the machine surely refuses. value: where it names what it calls."""

    state: State
    role: Resource
    action: str
    target: Resource
    value: Value


def lacks(machine: Resource) -> Iterator[Lack]:
    """The tasks of a machine that surely fail, since its role surely may not do with a resource of here what they ask
    for; none where the role is not of here, or a policy of the resource may let it."""
    role = machine.follow("RoleArn", roles.ROLE)
    if role is None or role.is_exposed():
        return
    for state in states(machine):
        action, value, target = _call(state)
        if target is not None and role_uses.is_refused(role, action, target):
            yield Lack(state, role, action, target, value)


def _call(state: State) -> tuple[str, Value, Resource | None]:
    """The action that a task needs, the value that names with what, and that resource; None where it is not known."""
    resource, deployment = state.resource, state.machine.deployment
    if state.type != "Task":
        return "", resource, None
    integration = (resource.text or "").partition(":states:::")[2].removeprefix("aws-sdk:").partition(".")[0]
    if not integration:
        return _INVOKE, resource, function_of(deployment, resource)
    if integration not in _CALLS:
        return "", resource, None
    action, argument, type_ = _CALLS[integration]
    value = state.argument(argument)
    is_function = type_ == FUNCTION
    return action, value, function_of(deployment, value) if is_function else deployment.find(value, type_)
