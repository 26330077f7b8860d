"""AWS Step Functions: whether the role of a machine may do what the tasks of its definition ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import name_words
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Value
from awslint_memo.relations.definitions import State, states
from awslint_memo.relations.iam import managed_policies, refusals, roles
from awslint_memo.relations.iam.resource_policies import QUEUE, TOPIC
from awslint_memo.relations.iam.statements import action_fits
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
    """A state whose call the role of the machine surely refuses. value: where it names what it calls. title: what that
    is, in words of a message."""

    state: State
    role: Resource
    action: str
    target: Resource
    value: Value
    title: str


def lacks(machine: Resource) -> Iterator[Lack]:
    """The tasks of a machine that surely fail, since its role surely may not do with a resource of here what they ask
    for; none where the role is not of here, or a policy of the resource may let it."""
    role = machine.follow("RoleArn", roles.ROLE)
    if role is None or role.is_exposed():
        return
    for state in states(machine):
        action, value, target = _call(state)
        # A call that gives a version apart needs the permission for that version.
        is_apart = target is not None and not state.argument("Qualifier").is_absent
        if target is None:
            continue
        if refusals.is_refused(role, action, target, value, is_qualified=is_apart):
            title = refusals.title(role, action, target, value)
            yield Lack(state, role, action, target, value, title)
        elif refusals.is_refused_index(role, action, target, _index(state).text or ""):
            yield Lack(state, role, action, target, _index(state), f"the index {_index(state).text} of {target.title}")


@record(frozen=True, eq=False)
class Elsewhere:
    """A state that calls what a parameter names, where the role of the machine may do that only with what other states
    call by parameters of other names. value: the one that it calls. named: how its parameter is called. allowed: those
    of the role."""

    state: State
    role: Resource
    action: str
    value: Value
    named: str
    allowed: Sequence[str]


def elsewhere(machine: Resource) -> Iterator[Elsewhere]:
    """The tasks of a machine that call what is not of here, by a parameter, while its role is given the same action
    only for what other tasks of the machine call by parameters of other names: LetterQueueUrl, and ReviewQueueArn
    beside ReviewQueueUrl.

    That others are called by a name of their own shows that two things are meant.
    """
    role = machine.follow("RoleArn", roles.ROLE)
    if role is None or role.is_exposed():
        return
    calls = [(state, *_call(state)) for state in states(machine)]
    named = [(state, action, value, _parameter(value)) for state, action, value, target in calls if target is None]
    stems = {_stem(own) for _, action, _, own in named if action and own is not None}
    for state, action, value, own in named:
        allowed = _allowed(role, action) if action and own is not None else None
        if own is None or not allowed:
            continue
        stem, others = _stem(own), {_stem(name) for name in allowed}
        # Names that are made alike, as of a letter queue and a review queue, are of two things of one kind.
        if stem not in others and others <= stems and all(other[-1] == stem[-1] for other in others):
            yield Elsewhere(state, role, action, value, own, allowed)


def _allowed(role: Resource, action: str) -> Sequence[str] | None:
    """The parameters with whose resources alone a role may do an action; None where it may do so with others, or that
    is not known."""
    known, names = roles.policies(role), list[str]()
    if not known.is_whole or any(managed_policies.allows(arn, action, role) is not False for arn in known.arns):
        return None
    for statement in known.statements:
        if action_fits(statement, action) is False:
            continue
        values = statement.get("Resource").items
        parameters = [_parameter(value) for value in values]
        if statement.get("Effect").text != "Allow" or not values or None in parameters:
            return None
        names += [name for name in parameters if name is not None]
    return names


def _parameter(value: Value) -> str | None:
    """The name of the parameter or variable that alone gives a value which is not known; None for any other one."""
    pattern = value.pattern
    gap = pattern.gap if value.is_unknown and pattern is not None and len(pattern.pieces) == 1 else None
    match = None if gap is None else _GIVEN.fullmatch(gap.name or "")
    return None if match is None or len(_stem(match[1])) < 2 else match[1]  # chosen: a kind, and which one of it


def _stem(name: str) -> tuple[str, ...]:
    """The words of a parameter's name without those that say how it names something: letter and queue of
    LetterQueueUrl."""
    words = tuple(name_words(name))
    while words and words[-1] in _FORMS:
        words = words[:-1]
    return words


_GIVEN = regex(r"(?:parameter |variable |var\.)(\w+)")
"""How the readers call what a parameter or variable gives."""

_FORMS = ("arn", "arns", "id", "name", "url")
"""How parameters name things, at the end of their names."""


def _index(state: State) -> Value:
    """The name of the index that a call names; Absent where it is computed."""
    named = state.argument("IndexName")
    return Absent(named.place) if (named.text or "").startswith("{%") else named


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
