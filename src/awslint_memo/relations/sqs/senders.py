"""Who sends messages to a queue besides the topics that it subscribes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.sqs.dead_letters import may_be_dead_letter
from awslint_memo.syntax.embedded import each

_NAMED: Mapping[str, Sequence[str]] = {
    "AWS::ApiGateway::Method": ("Integration",),
    "AWS::ApiGatewayV2::Integration": ("IntegrationUri", "RequestParameters"),
    "AWS::AutoScaling::LifecycleHook": ("NotificationTargetARN",),
    "AWS::ECS::TaskDefinition": ("ContainerDefinitions",),
    "AWS::Events::Rule": ("Targets.Arn",),
    "AWS::EventsV2::Subscriber": ("InvokeConfiguration.TargetArn",),
    "AWS::IoT::TopicRule": ("TopicRulePayload.Actions",),
    "AWS::Lambda::EventInvokeConfig": ("DestinationConfig.OnSuccess.Destination",),
    "AWS::Lambda::Function": ("Environment.Variables",),
    "AWS::Pipes::Pipe": ("Target",),
    "AWS::S3::Bucket": ("NotificationConfiguration.QueueConfigurations.Queue",),
    "AWS::Scheduler::Schedule": ("Target.Arn", "Target.Input"),
    "AWS::StepFunctions::StateMachine": ("Definition", "DefinitionString", "DefinitionSubstitutions"),
}
"""Where each type names a queue to which it sends, or whose address a program gets that may send to it."""

_POLICIES: Mapping[str, str] = {
    "AWS::IAM::ManagedPolicy": "PolicyDocument.Statement",
    "AWS::IAM::Policy": "PolicyDocument.Statement",
    "AWS::IAM::Role": "Policies.PolicyDocument.Statement",
    "AWS::IAM::RolePolicy": "PolicyDocument.Statement",
}
"""Where each type has the statements by which somebody may be allowed to send."""


def may_get_others(queue: Resource) -> bool:
    """Whether something besides subscriptions of topics sends to a queue, or may: a service, a program, a stack."""
    deployment = queue.deployment
    if queue.is_open or queue.is_exposed() or may_be_dead_letter(queue) is not False:
        return True
    return any(queue.may_be_named_by(value) for value in deployment.once(_addressed))


def _addressed(deployment: Deployment) -> list[Value]:
    named = [value for one in deployment.of_type(*_NAMED) for path in _NAMED[one.type] for value in each(one, path)]
    return [*named, *_allowed(deployment)]


def _allowed(deployment: Deployment) -> Iterator[Value]:
    """The resources of every statement that may allow somebody to send messages."""
    for policy in deployment.of_type(*_POLICIES):
        for statement in each(policy, _POLICIES[policy.type]):
            if any(_sends(action) for action in statement.get("Action").items):
                yield statement.get("Resource")


def _sends(action: Value) -> bool:
    written = (action.text or "*").lower()
    return written in ("*", "sqs:*") or written.startswith("sqs:send")
