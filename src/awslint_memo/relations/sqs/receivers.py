"""Who surely receives a queue's messages, and whether a program does so with the wait time that the queue decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.identity import name_index
from awslint_memo.model.patterns import matches
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import roles
from awslint_memo.relations.lambda_.functions import FUNCTION, PIPE, function_of, is_on
from awslint_memo.relations.sqs.queues import QUEUE, consumers
from awslint_memo.syntax.embedded import each

_BESIDE = ("AWS::SQS::", "AWS::CloudFormation::Stack")
"""How the types begin that say nothing of who receives."""
_RECEIVE = "sqs:ReceiveMessage"
_FOR_USERS = ("AWS::IAM::Policy", roles.MANAGED)
_OF_USER = "AWS::IAM::UserPolicy"


def _runs(page: str) -> Fact[bool]:
    return Fact(True, page=page, read="2026-11-29")


_SAMPLES = (
    "https://raw.githubusercontent.com/aws/agent-toolkit-for-aws/main/skills/specialized-skills/serverless-skills/"
)

RUNS_PROGRAMS: Mapping[str, Fact[bool]] = {
    "ec2.amazonaws.com": _runs(
        "https://aws-samples.github.io/sample-eks-nitro-sandbox/setup/ubuntu-ami/deploy/iam-node-trust-policy.json"
    ),
    "ecs-tasks.amazonaws.com": _runs(
        f"{_SAMPLES}processing-s3-uploads-with-step-functions/scripts/ecs-trust-policy.json"
    ),
    "pods.eks.amazonaws.com": _runs("eks/latest/userguide/pod-id-role.html"),
    "tasks.apprunner.amazonaws.com": _runs(
        "https://repost.aws/questions/QUcOTJp6J9To6KboxgtpU3lw/"
        "app-runner-container-access-to-aws-access-key-id-and-aws-secret-access-key"
    ),
}
"""Services whose roles programs have that poll by requests of their own. Lambda and EventBridge Pipes poll with a wait
time of their own (https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html, read 2026-11-29)."""


def is_consumed(queue: Resource) -> bool:
    """Whether something surely receives a queue's messages: a mapping, a pipe, a consumer that the user declares, or a
    program to which a policy of this deployment allows it for this very queue. A function that may receive by requests
    of its own may do so only when somebody starts it."""
    return bool(consumers(queue)) or queue.name in queue.deployment.once(_polled)


def has_declared_consumer(queue: Resource) -> bool:
    """Whether the user declares a consumer of a queue, which polls by requests of its own."""
    return any(consumer.kind == "declared" for consumer in consumers(queue))


def may_be_polled(queue: Resource) -> bool:
    """Whether a program may poll a queue by requests of its own: a consumer that the user declares, what runs in a
    container, on an instance or with the keys of a user to whom a policy allows it for this very queue, or a task of
    ECS or a function that may receive from it and whose environment names it."""
    deployment = queue.deployment
    if has_declared_consumer(queue) or queue.name in deployment.once(_polled):
        return True
    if any(roles.may(role, _RECEIVE, resource=queue) is True for role in deployment.once(_tasks).get(queue.name, ())):
        return True
    return queue.name in deployment.once(_received) and queue.name in deployment.once(_told)


POLLERS = fact(5, page="lambda/latest/dg/services-sqs-scaling.html", read="2026-11-30")
"""Batches that Lambda gets from a queue at once when it begins to poll, whatever its function can take."""


def is_throttled(queue: Resource) -> bool:
    """Whether a function that receives from a queue surely has fewer executions than Lambda's pollers get messages."""
    mappings = (consumer.source for consumer in consumers(queue) if consumer.kind == "mapping")
    return any(mapping is not None and _is_throttled(mapping) for mapping in mappings)


def _is_throttled(mapping: Resource) -> bool:
    function = function_of(mapping.deployment, mapping.get("FunctionName"))
    is_few = function is not None and function.get("ReservedConcurrentExecutions").below(POLLERS)
    return is_few and mapping.get("ScalingConfig.MaximumConcurrency").is_absent


def has_only_queues(queue: Resource) -> bool:
    """Whether the deployment of a queue has queues and their policies only, so that nothing tells who receives."""
    return queue.deployment.once(_has_only_queues)


def waits_out(queue: Resource) -> bool:
    """Whether a mapping or pipe that surely is switched on receives a queue's messages and surely can't give one back
    before the visibility timeout is over: the roles of the functions that it invokes may not change it."""
    readers = [consumer.source for consumer in consumers(queue) if consumer.source is not None]
    return any(is_on(reader) and all(_keeps(queue, value) for value in _invoked(reader)) for reader in readers)


def _has_only_queues(deployment: Deployment) -> bool:
    return all(resource.type.startswith(_BESIDE) for resource in deployment.resources.values())


def _invoked(reader: Resource) -> list[Value]:
    paths = ("Enrichment", "Target") if reader.type == PIPE else ("FunctionName",)
    return [value for value in map(reader.get, paths) if not value.is_absent]


def _keeps(queue: Resource, invoked: Value) -> bool:
    """Whether a value surely names a function that can't change how long a queue hides a message."""
    function = function_of(queue.deployment, invoked)
    role = None if function is None else function.follow("Role", roles.ROLE)
    return role is not None and roles.may(role, "sqs:ChangeMessageVisibility", resource=queue) is False


def _received(deployment: Deployment) -> frozenset[str]:
    return frozenset(_received_by(deployment, (statement for _, statement in roles.given(deployment))))


def _polled(deployment: Deployment) -> frozenset[str]:
    return frozenset(_received_by(deployment, _of_programs(deployment)))


def _told(deployment: Deployment) -> frozenset[str]:
    """The names of the queues that functions are given by their environment."""
    given = (function.get("Environment.Variables") for function in deployment.of_type(FUNCTION))
    return name_index(deployment, (value for variables in given for value in variables.fields.values())).names


def _tasks(deployment: Deployment) -> Mapping[str, list[Resource]]:
    """By queue, the roles of the tasks of ECS that are given it by their environment and may receive from some queue,
    as a policy says in a word of its own."""
    from awslint_memo.relations.ecs import TASK  # Many runs have no tasks.

    found: dict[str, list[Resource]] = {}
    for task in deployment.of_type(TASK):
        role = task.follow("TaskRoleArn", roles.ROLE)
        statements = [] if role is None else roles.policies(role).statements
        allowing = (one for one in statements if one.get("Effect").text == "Allow")
        if role is not None and any(_receives(action) for one in allowing for action in one.get("Action").items):
            given = each(task, "ContainerDefinitions.Environment.Value")
            for name in name_index(deployment, given).names:
                found.setdefault(name, []).append(role)
    return found


def _received_by(deployment: Deployment, statements: Iterator[Value]) -> Iterator[str]:
    """The names of the queues whose messages statements surely allow somebody to receive."""
    for statement in statements:
        if statement.get("Effect").text == "Allow" and any(map(_receives, statement.get("Action").items)):
            queues = (deployment.find(value, QUEUE) for value in statement.get("Resource").items)
            yield from (queue.name for queue in queues if queue is not None)


def _receives(action: Value) -> bool:
    """Whether an action is that of receiving; who may do everything may only send."""
    written = (action.text or "").lower()
    return written not in ("", "*", "*:*", "sqs:*") and matches(written, _RECEIVE.lower())


def _of_programs(deployment: Deployment) -> Iterator[Value]:
    """The statements of policies of roles that programs surely have, and of those of users."""
    for role in deployment.of_type(roles.ROLE):
        if _is_for_programs(role):
            yield from roles.policies(role).statements
    for policy, statement in roles.given(deployment):
        is_shared = policy.language == "cloudformation" and policy.type in _FOR_USERS
        if policy.type == _OF_USER or (is_shared and policy.get("Users").items):
            yield statement


def _is_for_programs(role: Resource) -> bool:
    """Whether programs surely have a role: their service may assume it, or an identity provider of Kubernetes."""
    for principal in each(role, "AssumeRolePolicyDocument.Statement.Principal"):
        services = [service.text for service in principal.get("Service").items]
        pattern = principal.get("Federated").pattern
        if any(service in RUNS_PROGRAMS for service in services):
            return True
        if pattern is not None and pattern.contains("oidc.eks."):
            return True
    return False


def is_of_celery(queue: Resource) -> bool:
    """Whether a queue is called after Celery, whose workers acknowledge a task before they run it and wait for messages
    by themselves, unless they are told otherwise (https://docs.celeryq.dev/en/stable/userguide/configuration.html,
    task_acks_late, read on 2026-11-30)."""
    return any("celery" in (name or "").lower() for name in (queue.name, queue.get("QueueName").text))
