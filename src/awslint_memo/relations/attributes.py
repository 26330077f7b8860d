"""Which attribute of a resource a property or a policy asks for, where it is given another one: a name for an ARN."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.apigateway import integrations
from awslint_memo.relations.apigateway.integrations import REST_API
from awslint_memo.relations.iam.arns import NO_ARNS
from awslint_memo.relations.iam.statements import statements
from awslint_memo.relations.sns import RECEIVERS, SUBSCRIPTION
from awslint_memo.syntax.embedded import each

FUNCTION = "AWS::Lambda::Function"
GROUP = "AWS::EC2::SecurityGroup"
QUEUE = "AWS::SQS::Queue"
TABLES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")


_ACTIONS = ("AlarmActions", "InsufficientDataActions", "OKActions")

_ARNS: Mapping[str, Sequence[str]] = {
    "AWS::ApiGateway::Stage": ("AccessLogSetting.DestinationArn",),
    "AWS::ApiGatewayV2::Stage": ("AccessLogSettings.DestinationArn",),
    "AWS::AutoScaling::AutoScalingGroup": ("NotificationConfigurations.TopicARN", "TargetGroupARNs"),
    "AWS::AutoScaling::LifecycleHook": ("NotificationTargetARN", "RoleARN"),
    "AWS::Backup::BackupSelection": ("BackupSelection.IamRoleArn",),
    "AWS::CloudWatch::Alarm": _ACTIONS,
    "AWS::CloudWatch::CompositeAlarm": _ACTIONS,
    "AWS::CodeDeploy::DeploymentGroup": ("ServiceRoleArn", "TriggerConfigurations.TriggerTargetArn"),
    "AWS::CodePipeline::Pipeline": ("RoleArn", "Stages.Actions.RoleArn"),
    "AWS::ECS::Service": ("LoadBalancers.TargetGroupArn", "ServiceRegistries.RegistryArn"),
    "AWS::ElasticLoadBalancingV2::Listener": (
        "DefaultActions.TargetGroupArn",
        "DefaultActions.ForwardConfig.TargetGroups.TargetGroupArn",
        "LoadBalancerArn",
    ),
    "AWS::ElasticLoadBalancingV2::ListenerRule": (
        "Actions.TargetGroupArn",
        "Actions.ForwardConfig.TargetGroups.TargetGroupArn",
    ),
    "AWS::Events::Rule": ("Targets.Arn", "Targets.RoleArn", "Targets.DeadLetterConfig.Arn"),
    "AWS::Kinesis::StreamConsumer": ("StreamARN",),
    "AWS::KinesisFirehose::DeliveryStream": (
        "ExtendedS3DestinationConfiguration.BucketARN",
        "ExtendedS3DestinationConfiguration.RoleARN",
        "KinesisStreamSourceConfiguration.KinesisStreamARN",
        "KinesisStreamSourceConfiguration.RoleARN",
        "S3DestinationConfiguration.BucketARN",
        "S3DestinationConfiguration.RoleARN",
    ),
    "AWS::Lambda::EventInvokeConfig": (
        "DestinationConfig.OnFailure.Destination",
        "DestinationConfig.OnSuccess.Destination",
    ),
    "AWS::Lambda::EventSourceMapping": ("EventSourceArn", "DestinationConfig.OnFailure.Destination"),
    FUNCTION: ("Role", "DeadLetterConfig.TargetArn"),
    "AWS::Lambda::Permission": ("SourceArn",),
    "AWS::Logs::SubscriptionFilter": ("DestinationArn", "RoleArn"),
    "AWS::Pipes::Pipe": ("Source", "Enrichment", "Target", "RoleArn"),
    "AWS::RDS::DBProxy": ("RoleArn",),
    "AWS::S3::Bucket": (
        "NotificationConfiguration.QueueConfigurations.Queue",
        "NotificationConfiguration.LambdaConfigurations.Function",
        "NotificationConfiguration.TopicConfigurations.Topic",
    ),
    "AWS::Scheduler::Schedule": ("Target.Arn", "Target.RoleArn", "Target.DeadLetterConfig.Arn"),
    SUBSCRIPTION: ("Endpoint", "RedrivePolicy.deadLetterTargetArn", "SubscriptionRoleArn", "TopicArn"),
    QUEUE: ("RedrivePolicy.deadLetterTargetArn",),
    "AWS::StepFunctions::StateMachine": (
        "LoggingConfiguration.Destinations.CloudWatchLogsLogGroup.LogGroupArn",
        "RoleArn",
    ),
}
"""By type, the properties that take ARNs only."""

_STREAMS = ("EventSourceArn", "Source")
"""Of these, those that name the stream of a table."""

_URLS: Mapping[str, str] = {"AWS::SQS::QueueInlinePolicy": "Queue", "AWS::SQS::QueuePolicy": "Queues"}
"""By type, the property that takes the URLs of queues."""

_GROUPS: Mapping[str, str] = {
    "AWS::ECS::Service": "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups",
    FUNCTION: "VpcConfig.SecurityGroupIds",
    "AWS::RDS::DBCluster": "VpcSecurityGroupIds",
    "AWS::RDS::DBInstance": "VPCSecurityGroups",
}
"""By type, the property that takes the ids of security groups."""

_INVOKED: Mapping[str, str] = {
    "AWS::ApiGateway::Authorizer": "AuthorizerUri",
    "AWS::ApiGateway::Method": "Integration.Uri",
    "AWS::ApiGatewayV2::Authorizer": "AuthorizerUri",
}
"""By type, the property that takes the address at which API Gateway invokes a function. An HTTP API's integration takes
the function's ARN too."""


@record(frozen=True, eq=False)
class Mistake:
    """A property that refers to an attribute of a resource which is not what it takes.

    value: the property. target: the resource. given, wanted: what the attribute is, and what is taken.
    """

    value: Value
    target: Resource
    given: str
    wanted: str

    @property
    def of(self) -> str:
        """What messages are about: the property; nothing in a document that is a text."""
        return str(self.value.route or "")

    @property
    def says(self) -> str:
        """What is wrong, behind that."""
        verb = "is" if self.of else "has, as a uri in its document,"
        return f"{verb} the {self.given} of {self.target.title}, but takes {self.wanted}"


def mistakes(resource: Resource) -> Iterator[Mistake]:
    """The properties of a resource that surely refer to the wrong attribute of another one."""
    for path in _ARNS.get(resource.type, ()):
        for value, target, attribute in _links(resource, path):
            given = NO_ARNS[target.type].value.get(attribute) if target.type in NO_ARNS else None
            if given is not None and _takes_arn(resource, path, target):
                yield Mistake(value, target, given, "its ARN")
            elif path in _STREAMS and target.type in TABLES and attribute == "Arn":
                yield Mistake(value, target, "ARN", "the ARN of its stream")
    for paths, of, wanted in ((_URLS, QUEUE, "its URL"), (_GROUPS, GROUP, "its id")):
        for value, target, attribute in _links(resource, paths.get(resource.type, "")):
            if target.type == of and attribute == "Arn":
                yield Mistake(value, target, "ARN", wanted)
    for value, target, attribute in _links(resource, _INVOKED.get(resource.type, ""), _documented(resource)):
        if target.type == FUNCTION and attribute in ("Arn", "Ref"):
            given = "ARN" if attribute == "Arn" else "name"
            yield Mistake(value, target, given, "the address at which API Gateway invokes it")


def _documented(resource: Resource) -> Sequence[Value]:
    """The addresses in the OpenAPI document of an API, each once where they all stand in one text."""
    addresses = [one.get("uri") for one in integrations.documented(resource)] if resource.type == REST_API else []
    links = [one for one in reversed(addresses) if isinstance(one, Link)]
    return list({(str(one.route or ""), one.resource, one.attribute): one for one in links}.values())


def _takes_arn(resource: Resource, path: str, target: Resource) -> bool:
    """Whether a property surely takes the ARN of a target: an endpoint does so by the protocol of that target only."""
    if resource.type != SUBSCRIPTION or path != "Endpoint":
        return True
    receiver = RECEIVERS.get(resource.get("Protocol").text or "")
    return receiver is not None and target.type in receiver[1]


def _links(resource: Resource, path: str, others: Sequence[Value] = ()) -> Iterator[tuple[Value, Resource, str]]:
    """The references to resources of this deployment at a path and among other values, each with the attribute."""
    for value in (*(each(resource, path) if path else ()), *others):
        target = resource.deployment.resource(value.resource) if isinstance(value, Link) else None
        if isinstance(value, Link) and target is not None:
            yield value, target, value.attribute


@record(frozen=True, eq=False)
class NoArn:
    """A resource of a statement that surely is no ARN. says: what it is; remedy: what to write."""

    value: Value
    says: str
    remedy: str


def documents(holder: Resource) -> list[Value]:
    """The policies of a role, or the one in a policy, but for those that SAM makes of its policy templates, which makes
    ARNs of what they are given."""
    if holder.type == "AWS::IAM::Role":
        written = [policy.get("PolicyDocument") for policy in holder.get("Policies").items]
    else:
        written = [holder.get("PolicyDocument")]
    made = ("PolicyTemplate", "UnknownTemplate")
    return [one for one in written if all(one.get(word).is_absent for word in made)]


def refused_resources(holder: Resource) -> Iterator[NoArn]:
    """The resources in the policies of a role, or in a policy, that surely are neither ARNs nor "*"."""
    for document in documents(holder):
        for statement in statements(document):
            for part in ("Resource", "NotResource"):
                yield from (found for value in statement.get(part).items if (found := _no_arn(holder, value)))


def _no_arn(holder: Resource, value: Value) -> NoArn | None:
    first = value.pieces[0] if value.pieces else value
    if isinstance(first, Link):
        of = holder.deployment.resource(first.resource)
        kinds = NO_ARNS.get("" if of is None else of.type)
        kind = None if kinds is None else kinds.value.get(first.attribute)
        if of is None or kind is None:
            return None
        begins = "is" if first is value else "begins with"
        return NoArn(value, f"{begins} the {kind} of {of.title}", "write its Arn")
    text = value.text
    if text is None or text == "*" or text.startswith("arn:"):
        return None
    from awslint_memo.relations.placeholders import is_left_to_a_tool

    if is_left_to_a_tool(text):
        return None
    return NoArn(
        value, "is empty" if text == "" else f"is {text}", "leave the statement out" if not text else "write an ARN"
    )


OF_BUCKETS = fact(
    (
        *("s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketNotification", "s3:GetBucketPolicy"),
        *("s3:GetBucketVersioning", "s3:GetReplicationConfiguration"),
        *("s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"),
    ),
    page="AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
    read="2026-11-30",
)
"""Actions that have a bucket as their resource, and never objects."""


def idle_actions(holder: Resource) -> Iterator[tuple[Value, Value]]:
    """The actions of buckets that a role or policy surely allows for objects alone, so that they are never allowed: the
    action, and the resource of its statement."""
    every = [statement for document in documents(holder) for statement in statements(document)]
    for statement in every:
        named = statement.get("Resource").items
        if statement.get("Effect").text == "Allow" and named and all(_is_of_objects(holder, value) for value in named):
            for action in statement.get("Action").items:
                others = [other for other in every if other is not statement]
                if action.text in OF_BUCKETS and not any(_may_allow(holder, other, action.text) for other in others):
                    yield action, named[0]


def _may_allow(holder: Resource, statement: Value, action: str | None) -> bool:
    """Whether another statement may allow an action of buckets."""
    named = statement.get("Resource").items
    is_for_buckets = not named or not all(_is_of_objects(holder, value) for value in named)
    actions = [one.text for one in statement.get("Action").items]
    return is_for_buckets and any(one is None or "*" in one or one == action for one in actions)


def _is_of_objects(holder: Resource, value: Value) -> bool:
    """Whether a resource of a statement surely is objects of a bucket, not the bucket."""
    first = value.pieces[0] if value.pieces else value
    if isinstance(first, Link):
        of = holder.deployment.resource(first.resource)
        rest = "".join(piece.text or "?" for piece in value.pieces[1:])
        return of is not None and of.type == "AWS::S3::Bucket" and first.attribute == "Arn" and rest.startswith("/")
    text = "".join(piece.text or "?" for piece in value.pieces)
    begin, _, key = text.partition(":::")
    return begin.startswith("arn:") and begin.endswith(":s3") and "/" in key and "*" not in key.partition("/")[0]
