"""Who uses a role of a template: whether it lets that service take it, and do what it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import events
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.resource_policies import QUEUE, TOPIC
from awslint_memo.relations.lambda_ import mapping_roles
from awslint_memo.relations.lambda_.functions import function_of
from awslint_memo.syntax.embedded import each

FUNCTION = "AWS::Lambda::Function"
PIPE = "AWS::Pipes::Pipe"
_MAPPING = "AWS::Lambda::EventSourceMapping"
_INVOKE_CONFIG = "AWS::Lambda::EventInvokeConfig"


_DESTINATION = "AWS::Events::ApiDestination"

SENDS: Mapping[str, str] = {
    "AWS::CodeBuild::Project": "codebuild:StartBuild",
    "AWS::CodePipeline::Pipeline": "codepipeline:StartPipelineExecution",
    _DESTINATION: "events:InvokeApiDestination",
    "AWS::Events::EventBus": "events:PutEvents",
    "AWS::Kinesis::Stream": "kinesis:PutRecord",
    FUNCTION: "lambda:InvokeFunction",
    QUEUE: "sqs:SendMessage",
    TOPIC: "sns:Publish",
    "AWS::StepFunctions::StateMachine": "states:StartExecution",
}
"""By the type of a target, what it takes to send to it, or to start it."""


@record(frozen=True, eq=False)
class Lack:
    """A role that surely may not do an action with a target. value: where its user names the target."""

    role: Resource
    action: str
    target: Resource
    value: Value

    @property
    def title(self) -> str:
        """What the role lacks the permission for: the alias, where that of the function does not do."""
        from awslint_memo.relations.iam import refusals  # Most roles lack nothing.

        return refusals.title(self.role, self.action, self.target, self.value)


def unable(sender: Resource) -> Iterator[Lack]:
    """The targets of a rule or schedule, and dead-letter queues of a schedule, for which the role that is given with
    them surely lacks the permission."""
    path = "Targets" if sender.type == "AWS::Events::Rule" else "Target"
    for target in () if events.is_disabled(sender) else each(sender, path):
        role = sender.deployment.find(target.get("RoleArn"), roles.ROLE)
        if role is not None:
            yield from _lack(role, target.get("Arn"), tuple(SENDS))
            # A rule sends there as EventBridge, without its role.
            if sender.type == "AWS::Scheduler::Schedule":
                yield from _lack(role, target.get("DeadLetterConfig.Arn"), (QUEUE,))


def unable_pipe(pipe: Resource) -> Iterator[Lack]:
    """The source, enrichment and target of a pipe that its role surely may not use."""
    role, source = pipe.follow("RoleArn", roles.ROLE), pipe.follow("Source", *mapping_roles.NEEDS)
    if role is None or pipe.get("DesiredState").text == "STOPPED":
        return
    unread = mapping_roles.lack_of(role, source)
    if unread is not None:
        yield Lack(role, unread.action, unread.source, pipe.get("Source"))
    for path in ("Enrichment", "Target"):
        yield from _lack(role, pipe.get(path), (_DESTINATION, *_DESTINATIONS))


ENRICHES = fact(
    ("events:InvokeApiDestination", "execute-api:Invoke", "lambda:InvokeFunction", "states:StartSyncExecution"),
    page="eventbridge/latest/userguide/pipes-enrichment.html",
    read="2026-12-01",
)
"""What it takes for the enrichments of pipes: API destinations, API Gateway, functions and express workflows."""


def unenriched(pipe: Resource) -> Resource | None:
    """The role of a pipe that surely may call no enrichment at all, where the pipe has one that is not known; else
    None."""
    role, named = pipe.follow("RoleArn", roles.ROLE), pipe.get("Enrichment")
    if role is None or not named.is_unknown or pipe.get("DesiredState").text == "STOPPED" or roles.may_get_more(role):
        return None
    return role if all(roles.may(role, action) is False for action in ENRICHES) else None


_KEPT: Mapping[str, Sequence[str]] = {
    FUNCTION: ("DeadLetterConfig.TargetArn",),
    _INVOKE_CONFIG: ("DestinationConfig.OnFailure.Destination", "DestinationConfig.OnSuccess.Destination"),
    _MAPPING: ("DestinationConfig.OnFailure.Destination",),
}
"""Where Lambda is told to send events with the role of a function."""

_DESTINATIONS = ("AWS::Events::EventBus", FUNCTION, QUEUE, TOPIC)


def kept(sender: Resource) -> list[Value]:
    """Where a function, its EventInvokeConfig or a mapping tells Lambda to send events."""
    return [sender.get(path) for path in _KEPT[sender.type]]


def undeliverable(sender: Resource, function: Resource | None) -> Iterator[Lack]:
    """The dead-letter queues and destinations to which the role of a function surely may not send. sender: names them;
    function: whose role Lambda takes for it."""
    role = None if function is None else function.follow("Role", roles.ROLE)
    if role is not None:
        for named in kept(sender):
            yield from _lack(role, named, _DESTINATIONS)


def _lack(role: Resource, named: Value, types: Sequence[str]) -> Iterator[Lack]:
    target = role.deployment.find(named, *types)
    if target is None and FUNCTION in types:
        target = function_of(role.deployment, named)  # An alias or a version.
    if target is None or roles.may_get_more(role):
        return
    from awslint_memo.relations.iam import refusals  # Few templates name what a role of theirs sends to.

    action = SENDS[target.type]
    if refusals.is_refused(role, action, target, named):
        yield Lack(role, action, target, named)


CONNECTS = fact(
    "ec2:CreateNetworkInterface",
    page="aws-managed-policy/latest/reference/AWSLambdaVPCAccessExecutionRole.html",
    read="2026-11-30",
)
"""What it takes to be connected to a VPC."""

CONNECTED: Mapping[str, tuple[str, str, str]] = {
    "AWS::CodeBuild::Project": ("ServiceRole", "VpcConfig.Subnets", "so each build fails"),
    FUNCTION: ("Role", "VpcConfig.SubnetIds", "so it is refused"),
    "AWS::Synthetics::Canary": ("ExecutionRoleArn", "VPCConfig.SubnetIds", "so it does not run"),
}
"""By type, the role with which it is connected to a VPC, the subnets, and what follows where the role may not do it."""


def unconnected(user: Resource) -> tuple[Resource, Value] | None:
    """The role that surely may not connect a resource to its VPC, and the subnets, which may be unknown; else None."""
    role_path, path, _ = CONNECTED[user.type]
    subnets = user.get(path)
    if subnets.is_absent or (subnets.is_known and not any(one.text != "" for one in subnets.items)):
        return None
    role = user.follow(role_path, roles.ROLE)
    if role is None or roles.may_get_more(role) or roles.may(role, CONNECTS) is not False:
        return None
    return role, subnets
