"""What a function is told of by its variables and its role surely may not use, though it may use others like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.resource_policies import QUEUE, TOPIC, policies
from awslint_memo.relations.iam.statements import action_fits

TABLE = "AWS::DynamoDB::Table"
STREAM = "AWS::Kinesis::Stream"


USES: Mapping[str, Sequence[str]] = {
    QUEUE: ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:PurgeQueue", "sqs:ReceiveMessage", "sqs:SendMessage"),
    STREAM: ("kinesis:DescribeStream", "kinesis:GetRecords", "kinesis:PutRecord", "kinesis:PutRecords"),
    TABLE: (
        *("dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem"),
        *("dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PartiQLInsert", "dynamodb:PartiQLSelect"),
        *("dynamodb:PartiQLUpdate", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem"),
    ),
    TOPIC: ("sns:Publish",),
}
"""By type, what programs do with what they are told of."""

_ELSEWHERE = "sts:AssumeRole"


@record(frozen=True, eq=False)
class Unusable:
    """A variable that names what a role surely may not use. action, other: what a policy allows, and for what."""

    role: Resource
    target: Resource
    value: Value
    action: str
    other: Value


def unusable(function: Resource) -> Iterator[Unusable]:
    """The tables, queues, topics and streams of here that a function is told of, and that its role surely may not use
    at all while it may use others; none where its program may take another role, or a policy of them may let it."""
    role = function.follow("Role", roles.ROLE)
    variables = function.get("Environment.Variables").fields
    if role is None or not variables or role.is_exposed() or roles.may(role, _ELSEWHERE) is not False:
        return
    # A role whose trust policy names that of the function needs no permission of the function to be taken.
    if any(function.deployment.find(value, roles.ROLE) is not None for value in variables.values()):
        return
    told: set[str] = set()
    for value in variables.values():
        target = function.deployment.find(value, *USES)
        if target is None or target.name in told or _may_be_let(target):
            continue
        told.add(target.name)
        other = _other(role, target)
        if other is not None and all(roles.may(role, one, resource=target) is False for one in USES[target.type]):
            yield Unusable(role, target, value, *other)


def _other(role: Resource, target: Resource) -> tuple[str, Value] | None:
    """The first action that a policy of a role surely allows for something, of those that are done with a target."""
    for statement in roles.policies(role).statements:
        if statement.is_known and statement.get("Effect").text == "Allow":
            action = next((one for one in USES[target.type] if action_fits(statement, one)), None)
            named = statement.get("Resource").items
            if action is not None and named:
                return action, named[0]
    return None


def _may_be_let(target: Resource) -> bool:
    if target.type in (QUEUE, TOPIC):
        return bool(policies(target).holders)
    return target.type == TABLE and not target.get("ResourcePolicy").is_absent
