"""Who uses a role of a template: whether it lets that service take it, and do what it is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import events
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.resource_policies import QUEUE, TOPIC
from awslint_memo.relations.iam.statements import statements
from awslint_memo.relations.lambda_ import mapping_roles
from awslint_memo.relations.lambda_.functions import function_of
from awslint_memo.syntax.embedded import each

FUNCTION = "AWS::Lambda::Function"
PIPE = "AWS::Pipes::Pipe"
_MAPPING = "AWS::Lambda::EventSourceMapping"
_INVOKE_CONFIG = "AWS::Lambda::EventInvokeConfig"
_PROXY = "AWS::RDS::DBProxy"
_FLOW_LOG = "AWS::EC2::FlowLog"
_STREAM = "AWS::KinesisFirehose::DeliveryStream"
_TASK = "AWS::ECS::TaskDefinition"


@record(frozen=True)
class Taken:
    """A role that a service takes. service: its principal. outcome: what follows where the role does not let it."""

    service: str
    outcome: str


def _taken(service: str, page: str, outcome: str = "so it is refused", read: str = "2026-11-29") -> Fact[Taken]:
    return Fact(Taken(f"{service}.amazonaws.com", outcome), page=page, read=read)


_NO_TASK = "so no task starts"
_OF_FIREHOSE = "firehose/latest/dev/controlling-access.html"

_TO_LOGS = fact("cloud-watch-logs", page="AWSEC2/latest/APIReference/API_CreateFlowLogs.html", read="2026-11-30")
"""Where a flow log writes by default, and with a role."""

TAKEN: Mapping[tuple[str, str], Fact[Taken]] = {
    ("AWS::CodeBuild::Project", "ServiceRole"): _taken("codebuild", "codebuild/latest/userguide/troubleshooting.html"),
    ("AWS::CodeDeploy::DeploymentGroup", "ServiceRoleArn"): _taken(
        "codedeploy", "codedeploy/latest/APIReference/API_CreateDeploymentGroup.html"
    ),
    ("AWS::CodePipeline::Pipeline", "RoleArn"): _taken(
        "codepipeline", "codepipeline/latest/userguide/troubleshooting.html"
    ),
    ("AWS::DAX::Cluster", "IAMRoleARN"): _taken(
        "dax",
        "amazondynamodb/latest/developerguide/DAX.create-cluster.cli.create-service-role.html",
        "so it can't reach its tables",
        read="2026-11-30",
    ),
    (_TASK, "TaskRoleArn"): _taken("ecs-tasks", "AmazonECS/latest/developerguide/task-iam-roles.html", _NO_TASK),
    (_TASK, "ExecutionRoleArn"): _taken(
        "ecs-tasks", "AmazonECS/latest/developerguide/task_execution_IAM_role.html", _NO_TASK
    ),
    (_FLOW_LOG, "DeliverLogsPermissionArn"): _taken(
        "vpc-flow-logs", "vpc/latest/userguide/flow-logs-troubleshooting.html", "so nothing is logged"
    ),
    ("AWS::Events::Rule", "Targets.RoleArn"): _taken(
        "events", "eventbridge/latest/userguide/eb-events-iam-roles.html", "so the target is never invoked"
    ),
    ("AWS::KinesisAnalyticsV2::Application", "ServiceExecutionRole"): _taken(
        "kinesisanalytics", "kinesisanalytics/latest/java/how-iam.html", read="2026-11-30"
    ),
    (FUNCTION, "Role"): _taken("lambda", "https://github.com/pdomala/LambdaCDDemo/issues/1"),
    (_STREAM, "ExtendedS3DestinationConfiguration.RoleARN"): _taken("firehose", _OF_FIREHOSE),
    (_STREAM, "KinesisStreamSourceConfiguration.RoleARN"): _taken("firehose", _OF_FIREHOSE),
    ("AWS::Logs::SubscriptionFilter", "RoleArn"): _taken(
        "logs", "AmazonCloudWatch/latest/logs/CreateDestination-Account.html", read="2026-11-30"
    ),
    (PIPE, "RoleArn"): _taken("pipes", "eventbridge/latest/userguide/eb-pipes-monitoring.html", "so it can do nothing"),
    ("AWS::RDS::DBInstance", "MonitoringRoleArn"): _taken(
        "monitoring.rds", "AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html"
    ),
    (_PROXY, "RoleArn"): _taken(
        "rds", "AmazonRDS/latest/UserGuide/rds-proxy-iam-setup.html", "so it can connect nowhere"
    ),
    ("AWS::Scheduler::Schedule", "Target.RoleArn"): _taken(
        "scheduler", "https://github.com/aws/aws-sdk-js-v3/issues/6494"
    ),
    ("AWS::StepFunctions::StateMachine", "RoleArn"): _taken(
        "states", "https://github.com/lumigo-io/lumigo-CLI/issues/83"
    ),
    ("AWS::Synthetics::Canary", "ExecutionRoleArn"): _taken(
        "lambda",
        "AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html",
        read="2026-11-30",
    ),
}
"""By type and property, the role that its service takes."""


@record(frozen=True, eq=False)
class Untrusting:
    """A role that surely does not let a service take it. value: where its user names it."""

    role: Resource
    value: Value
    taken: Taken

    @property
    def given(self) -> Value | None:
        """Whom the role lets take it, where that is given by something else, such as the call of a module."""
        written = statements(self.role.get("AssumeRolePolicyDocument"))
        services = (value for one in written for value in one.get("Principal.Service").items)
        return next((value for value in services if not value.is_literal), None)


def untrusting(user: Resource) -> Iterator[Untrusting]:
    """The roles of here that a resource names and that surely do not let its service take them."""
    if user.type == _FLOW_LOG and not user.get("LogDestinationType", default=_TO_LOGS).is_one_of(_TO_LOGS):
        return  # Elsewhere the service writes with a role of its own.
    named = ((value, fact.value) for (of, path), fact in TAKEN.items() if of == user.type for value in each(user, path))
    for value, taken in named:
        role = user.deployment.find(value, roles.ROLE)
        if role is not None and roles.trusts(role, taken.service) is False and not _is_denied(role):
            yield Untrusting(role, value, taken)


def _is_denied(role: Resource) -> bool:
    """Whether a role lets nobody take it on purpose: it stands for one that is given when something is started."""
    written = list(statements(role.get("AssumeRolePolicyDocument")))
    return bool(written) and all(statement.get("Effect").text == "Deny" for statement in written)


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
