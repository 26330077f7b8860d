"""What a function is told of by its variables and its role surely may not use, though it may use others like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import denials, roles
from awslint_memo.relations.iam.arns import names
from awslint_memo.relations.iam.resource_policies import QUEUE, TOPIC
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

_ELSEWHERE = ("lambda:InvokeFunction", "states:StartExecution", "sts:AssumeRole")
"""What AWS's own policies allow, too, and by which a program hands on what it is told of, or acts as somebody else."""

_OWN_SERVICES = frozenset(
    (
        *("cloudwatch", "dynamodb", "ec2", "kinesis", "kms", "logs", "s3", "secretsmanager", "sns", "sqs", "ssm"),
        "xray",
    )
)
_HANDS_ON = (
    *("cloudwatch:PutCompositeAlarm", "cloudwatch:PutMetricAlarm", "dynamodb:EnableKinesisStreamingDestination"),
    *("ec2:RunInstances", "logs:PutSubscriptionFilter", "s3:PutBucketNotification", "sns:Subscribe", "ssm:SendCommand"),
    *("ssm:StartAutomationExecution", "sqs:SetQueueAttributes"),
)
"""Services whose calls do what they do with the role of the function itself; and those calls by which a program gives
them the name of something else, as the topic of an alarm. Of other services it is not known."""


_LOGS = "logs:*"
"""What functions are allowed so as to log."""


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
    at all while it may use others; none where its program may take another role or hand on what it is told of, or a
    policy of them may let it."""
    role = function.follow("Role", roles.ROLE) if function.deployment.of_type(*USES) else None
    variables = function.get("Environment.Variables").fields if role is not None else {}
    targets = {name: function.deployment.find(value, *USES) for name, value in variables.items()}
    if role is None or not any(targets.values()) or role.is_exposed() or _may_hand_on(role):
        return
    # A role whose trust policy names that of the function needs no permission of the function to be taken.
    if any(function.deployment.find(value, roles.ROLE) is not None for value in variables.values()):
        return
    told: set[str] = set()
    for name, value in variables.items():
        target = targets[name]
        if target is None or target.name in told or _is_named(role, target):
            continue
        told.add(target.name)
        other = None if _is_for_all(function, name, value) else _other(role, target)
        if other is not None and all(denials.refuses(role, one, target) for one in USES[target.type]):
            yield Unusable(role, target, value, *other)


def _is_for_all(function: Resource, name: str, value: Value) -> bool:
    """Whether other functions have a variable that is written in the same place, as in SAM's Globals or a local value.

    It may be there for those whose programs use it. Of a name in a plan of Terraform it is not known where it stands.
    """
    others = (one for one in function.deployment.of_type(function.type) if one is not function)
    for told in (one.get("Environment.Variables").fields for one in others):
        if any(_written(other) == _written(value) for other in told.values()):
            return True
        if name in told and value.text is not None and told[name].text == value.text:
            return True
    return False


def _written(value: Value) -> Span:
    """Where a value is written out, whatever hands it on to where it is used."""
    steps = value.origin.steps
    return (steps[-1].place if steps else value.place).span


def _may_hand_on(role: Resource) -> bool:
    """Whether a program with a role may act as somebody else, or give others the name of what it does not use."""
    allowing = [one for one in roles.policies(role).statements if one.get("Effect").text != "Deny"]
    written = [action.text for one in allowing for action in one.get("Action").items]
    if any(not one.get("NotAction").is_absent for one in allowing) or any(map(_hands_on, written)):
        return True
    return any(roles.may(role, one) is not False for one in _ELSEWHERE)  # which takes longer


def _hands_on(action: str | None) -> bool:
    """Whether what a policy allows, which may have wildcards, may be to give others the name of something."""
    allowed = (action or "*").lower()
    if allowed == _LOGS:
        return False
    service = allowed.partition(":")[0]
    return service not in _OWN_SERVICES or any(matches(allowed, one.lower()) for one in _HANDS_ON)


def _is_named(role: Resource, target: Resource) -> bool:
    """Whether a policy of a role may allow something of the service of a target with it, such as to subscribe to it."""
    service = f"{USES[target.type][0].partition(':')[0]}:"
    return any(
        names(value, target, role.deployment) is not False
        for statement in roles.policies(role).statements
        if statement.get("Effect").text != "Deny"
        and any((one.text or "*").lower().startswith((service, "*")) for one in statement.get("Action").items)
        for value in statement.get("Resource").items
    )


def _other(role: Resource, target: Resource) -> tuple[str, Value] | None:
    """The first action that a policy of a role surely allows for something, of those that are done with a target."""
    for statement in roles.policies(role).statements:
        if statement.is_known and statement.get("Effect").text == "Allow":
            action = next((one for one in USES[target.type] if action_fits(statement, one)), None)
            named = statement.get("Resource").items
            if action is not None and named:
                return action, named[0]
    return None
