"""What programs of functions beside the template surely ask of tables, queues and topics that a variable names, and of
what waits for their answer."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from typing import TypeVar

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.iam import denials, roles
from awslint_memo.relations.lambda_ import handlers

_PAGE = "service-authorization/latest/reference/list_amazondynamodb.html"

CALLS: Mapping[str, tuple[str, str, str]] = fact(
    {
        "batch_writer": ("dynamodb:BatchWriteItem", "TableName", "AWS::DynamoDB::Table"),
        "delete_item": ("dynamodb:DeleteItem", "TableName", "AWS::DynamoDB::Table"),
        "get_item": ("dynamodb:GetItem", "TableName", "AWS::DynamoDB::Table"),
        "put_item": ("dynamodb:PutItem", "TableName", "AWS::DynamoDB::Table"),
        "query": ("dynamodb:Query", "TableName", "AWS::DynamoDB::Table"),
        "scan": ("dynamodb:Scan", "TableName", "AWS::DynamoDB::Table"),
        "update_item": ("dynamodb:UpdateItem", "TableName", "AWS::DynamoDB::Table"),
        "put_events": ("events:PutEvents", "EventBusName", "AWS::Events::EventBus"),
        "put_record": ("kinesis:PutRecord", "StreamName", "AWS::Kinesis::Stream"),
        "put_records": ("kinesis:PutRecords", "StreamName", "AWS::Kinesis::Stream"),
        "publish": ("sns:Publish", "TopicArn", "AWS::SNS::Topic"),
        "publish_batch": ("sns:Publish", "TopicArn", "AWS::SNS::Topic"),
        "change_message_visibility": ("sqs:ChangeMessageVisibility", "QueueUrl", "AWS::SQS::Queue"),
        "delete_message": ("sqs:DeleteMessage", "QueueUrl", "AWS::SQS::Queue"),
        "delete_message_batch": ("sqs:DeleteMessage", "QueueUrl", "AWS::SQS::Queue"),
        "purge_queue": ("sqs:PurgeQueue", "QueueUrl", "AWS::SQS::Queue"),
        "receive_message": ("sqs:ReceiveMessage", "QueueUrl", "AWS::SQS::Queue"),
        "send_message": ("sqs:SendMessage", "QueueUrl", "AWS::SQS::Queue"),
        "send_message_batch": ("sqs:SendMessage", "QueueUrl", "AWS::SQS::Queue"),
        "send_messages": ("sqs:SendMessage", "QueueUrl", "AWS::SQS::Queue"),
        "start_execution": ("states:StartExecution", "stateMachineArn", "AWS::StepFunctions::StateMachine"),
        "start_sync_execution": ("states:StartSyncExecution", "stateMachineArn", "AWS::StepFunctions::StateMachine"),
    },
    page=_PAGE,
    read="2026-11-30",
)
"""By method of boto3, the action that it needs, the argument that names what it is for, and the type of that."""

ANSWERS: Mapping[str, str] = fact(
    {
        "complete_lifecycle_action": "autoscaling:CompleteLifecycleAction",
        "record_lifecycle_action_heartbeat": "autoscaling:RecordLifecycleActionHeartbeat",
        "put_job_failure_result": "codepipeline:PutJobFailureResult",
        "put_job_success_result": "codepipeline:PutJobSuccessResult",
    },
    page="autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html",
    read="2026-12-01",
)
"""By method of boto3, the action that it needs, where a program answers what the event tells it of."""

_WAITING = (
    *("AWS::AutoScaling::AutoScalingGroup", "AWS::AutoScaling::LifecycleHook"),
    *("AWS::CodePipeline::Pipeline", "AWS::Events::Rule"),
)
"""What waits for such an answer, or tells of it."""

_ANSWERING = {"".join(map(str.capitalize, name.split("_"))): name for name in ANSWERS}
_ANSWERED_IN = (*ANSWERS, *_ANSWERING)

_REFUSED: Mapping[str, Collection[str]] = fact(
    {"QueueUrl": ("Arn",), "TopicArn": ("TopicName",), "stateMachineArn": ("Name",)},
    page="AWSSimpleQueueService/latest/APIReference/API_SendMessage.html",
    read="2026-11-30",
)
"""By argument, the attributes of a resource that it does not take."""

_COMMANDS = {"".join(map(str.capitalize, name.removesuffix("_item").split("_"))): name for name in CALLS}
"""By the name of a command of the SDK for JavaScript, without Item and Command, the same method of boto3."""

_OTHER_WAYS = regex(r"assume_?role|endpoint_url|access_?key_?id|fromTemporaryCredentials|\bendpoint\s*:", re.I)
_INDEX = regex(r"""\bIndexName\s*:\s*["']([\w.-]+)["']""")
_ANSWER = regex(r"\bnew (\w+)Command\(")
_COMMAND = regex(
    r"\bnew (\w+?)(?:Item)?Command\(\s*\{[^{}]*?\b"
    r"(TableName|QueueUrl|TopicArn|stateMachineArn)\s*:\s*process\.env\.(\w+)"
)


@record(frozen=True, eq=False)
class Call:
    """A call of AWS in a program: the method of boto3, the variable that names what it is for, if one does, and the
    line. index: the name of the index of a table that it asks, where that is written."""

    method: str
    variable: str
    line: int
    index: str = ""


@record(frozen=True, eq=False)
class Forbidden:
    """A call that the role of a function surely does not allow. target: what it is for, where a variable names that.
    index: that of the table for which the role does not allow it, although it does for the table."""

    call: Call
    action: str
    target: Resource | None
    role: Resource
    place: Span
    index: str = ""


def forbidden(function: Resource) -> Iterator[Forbidden]:
    """The calls that the program of a function makes and that its role, whose policies are all here, does not allow."""
    role = function.follow("Role", roles.ROLE)
    if role is None or role.is_exposed():
        return
    told: set[tuple[str, str]] = set()
    for call, named, place in calls_for(function, function.get("Environment.Variables").fields):
        action, _, type_ = CALLS[call.method]
        target = function.deployment.find(named, type_)
        if target is None or (action, target.name) in told:
            continue
        is_shut = denials.refuses(role, action, target)
        if is_shut or (call.index and _is_refused_index(role, action, target, call.index)):
            told.add((action, target.name))
            yield Forbidden(call, action, target, role, place, "" if is_shut else call.index)
    for call, place in _answers(function):
        action = ANSWERS[call.method]
        if (action, "") not in told and roles.may(role, action) is False:
            told.add((action, ""))
            yield Forbidden(call, action, None, role, place)


def _is_refused_index(role: Resource, action: str, table: Resource, index: str) -> bool:
    from awslint_memo.relations.iam import refusals  # Few programs ask an index.

    return refusals.is_refused_index(role, action, table, index)


def _answers(function: Resource) -> Iterator[tuple[Call, Span]]:
    """The calls by which the program of a function answers what waits for it, each with its place."""
    source = handlers.module(function) if function.deployment.of_type(*_WAITING) else None
    if source is None or _OTHER_WAYS.search(source.text) or not any(map(source.text.__contains__, _ANSWERED_IN)):
        return
    if source.path.endswith(".py"):
        statements = handlers.reached(source.text, handlers.entry(function))
        made = (node for one in statements for node in ast.walk(one) if isinstance(node, ast.Call))
        found = [(node.func.attr, node.lineno) for node in made if isinstance(node.func, ast.Attribute)]
    else:
        matches = _ANSWER.finditer(source.text) if handlers.exports_once(source) else ()
        found = [(_ANSWERING.get(one[1], ""), source.text.count("\n", 0, one.start()) + 1) for one in matches]
    for method, line in found:
        if method in ANSWERS:
            yield Call(method, "", line), Span(source.path, line, 1, line, 1)


@record(frozen=True, eq=False)
class Misnamed:
    """A call to which a variable gives another name than the one that it takes.

    written: the value of the variable. argument: of the method. attribute: of the resource, which the variable holds.
    """

    call: Call
    written: Value
    argument: str
    attribute: str
    place: Span


def misnamed(function: Resource) -> Iterator[Misnamed]:
    """The calls of the program of a function that AWS surely refuses since a variable holds another attribute."""
    variables = function.get("Environment.Variables").fields
    links = {name: value for name, value in variables.items() if isinstance(value, Link)}
    told: set[str] = set()
    for call, value, place in calls_for(function, links):
        _, argument, type_ = CALLS[call.method]
        is_refused = value.attribute in _REFUSED.get(argument, ()) and call.variable not in told
        if is_refused and function.deployment.find(value, type_) is not None:
            told.add(call.variable)
            yield Misnamed(call, value, argument, value.attribute, place)


V = TypeVar("V", bound=Value)


def calls_for(function: Resource, variables: Mapping[str, V]) -> Iterator[tuple[Call, V, Span]]:
    """The calls of the program of a function for what one of these variables names, each with the variable's value and
    its place; none where the program may call AWS as somebody else, or something else than AWS."""
    source = handlers.module(function) if variables else None
    if source is None or _OTHER_WAYS.search(source.text):
        return
    for call in calls(source, handlers.entry(function)):
        if call.variable in variables:
            yield call, variables[call.variable], Span(source.path, call.line, 1, call.line, 1)


def calls(source: Source, handler: str) -> list[Call]:
    """The calls of a module in Python that are reached from its handler, or those of one in JavaScript that exports
    nothing else."""
    if source.path.endswith(".py"):
        return _made(handlers.reached(source.text, handler))
    if not handlers.exports_once(source):
        return []
    matches = ((_COMMANDS.get(match[1]), match) for match in _COMMAND.finditer(source.text))
    return [
        Call(method, match[3], source.text.count("\n", 0, match.start()) + 1, _index_in(source.text, match))
        for method, match in matches
        if method is not None and CALLS[method][1] == match[2]
    ]


def _index_in(text: str, command: re.Match[str]) -> str:
    """The index that is written beside the table in the input of a command in JavaScript; else nothing."""
    beside = command[0].partition("{")[2] + re.split(r"[{}]", text[command.end() :], maxsplit=1)[0]
    named = _INDEX.search(beside)
    return named[1] if named else ""


def _made(statements: list[ast.stmt]) -> list[Call]:
    """The calls in statements, where a variable of the environment names what each is for."""
    nodes = [node for one in statements for node in ast.walk(one)]
    named: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            variable = _variable(node.value, named)
            name = node.targets[0].id
            # What is assigned twice may be either.
            named[name] = "" if name in named else variable
    found = []
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
            argument = CALLS[node.func.attr][1]
            given = [keyword.value for keyword in node.keywords if keyword.arg == argument]
            given += [value for key, value in _pairs(node) if key == argument == "EventBusName"]
            variable = _variable(given[0] if given else node.func.value, named)
            index = next((keyword.value for keyword in node.keywords if keyword.arg == "IndexName"), None)
            name = index.value if isinstance(index, ast.Constant) and isinstance(index.value, str) else ""
            if variable:
                found.append(Call(node.func.attr, variable, node.lineno, name))
    return found


def _pairs(call: ast.Call) -> Iterator[tuple[object, ast.expr]]:
    """The keys that are written in the arguments of a call, with their values."""
    for node in ast.walk(call):
        if isinstance(node, ast.Dict):
            yield from (
                (key.value, value)
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant)
            )


def _variable(node: ast.expr, named: Mapping[str, str]) -> str:
    """The variable of the environment whose value an expression surely is, or that of the table that it is; else
    nothing."""
    if isinstance(node, ast.Name):
        return named.get(node.id, "")
    if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
        return node.slice.value if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) else ""
    if isinstance(node, ast.Call) and node.args:
        called, first = ast.unparse(node.func), node.args[0]
        if called in ("os.environ.get", "os.getenv"):
            return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
        # boto3.resource("dynamodb").Table(…), and sns.Topic and sqs.Queue likewise.
        if called.rpartition(".")[2] in ("Queue", "Table", "Topic"):
            return _variable(first, named)
    return ""
