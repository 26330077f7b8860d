"""Functions that serve the infrastructure alone, in a template in which nothing is traced."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.relations import ecs, events, staleness
from awslint_memo.relations.creation_order import stack
from awslint_memo.relations.lambda_ import namings
from awslint_memo.relations.lambda_.admissions import PERMISSION
from awslint_memo.relations.lambda_.functions import called_while_deploying
from awslint_memo.relations.lambda_.invocations import triggers
from awslint_memo.relations.xray import tracing

_TASK = "AWS::ECS::TaskDefinition"
_ENVIRONMENT = "AWS::ElasticBeanstalk::Environment"

_OF_OPERATIONS = frozenset(
    f"aws.{service}"
    for service in (
        *("autoscaling", "backup", "cloudformation", "codebuild", "codedeploy", "codepipeline", "config", "ec2", "ecr"),
        *("ecs", "guardduty", "health", "iam", "rds", "securityhub", "signin", "ssm", "trustedadvisor"),
    )
)
"""Sources of events that tell what happens to the infrastructure, and no work of users. Chosen."""

_PASSING_ON = (
    *("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::AppSync::GraphQLApi", "AWS::Lambda::Url"),
    *("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe", "AWS::SNS::Topic", "AWS::SQS::Queue"),
    *("AWS::StepFunctions::StateMachine", "AWS::ElasticLoadBalancingV2::TargetGroup"),
)
"""The types by which work goes from one step to another, which traces show together."""

_MODULE = regex(r'(?:module\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)+')

_PRINCIPALS = ("cloudformation", "cognito-idp", "events", "logs", "scheduler", "sns")
"""The services, by their principals, that may invoke a function for such a source."""


def works_alone(function: Resource) -> bool:
    """Whether hooks, events about the infrastructure, logs, user pools or custom resources, and schedules beside them,
    surely are all that is known to invoke a function, and nothing else of its deployment is traced, or may be: a trace
    of one step tells nothing that its log does not. So it is with schedules alone where nothing of its stack or module,
    nor of those that have to do with it, passes work on from one step to another."""
    called = triggers(function)
    if function.is_exposed() or not all(map(_is_of_operations, called)):
        return False
    # What is not known to be invoked may be invoked by anything.
    is_apart = bool(called or _switched_off(function)) and not _is_beside_passing_on(function)
    is_scheduled = all(map(_is_schedule, called)) and function.name not in called_while_deploying(function.deployment)
    if is_scheduled and not is_apart:
        return False
    invoking = function.deployment.once(namings.invokers).by_function.get(function.name, ())
    admitted = [naming.resource for naming in invoking if naming.resource is not None]
    if not all(_admits_operations(one) for one in admitted if one.type == PERMISSION):
        return False
    return function.deployment.once(_traces_nothing)


def _is_beside_passing_on(function: Resource) -> bool:
    """Whether something passes work on in the stack or module of a function, or in one that has to do with that."""
    parts = {_part(one) for one in function.deployment.of_type(*_PASSING_ON)}
    own = _part(function)
    return own in parts or (bool(parts) and not parts.isdisjoint(function.deployment.once(_linked_parts)[own]))


def _part(resource: Resource) -> str:
    """The nested stack or module in which a resource is."""
    match = _MODULE.match(resource.name) if resource.language == "terraform" else None
    return stack(resource) if match is None else match[0]


def _linked_parts(deployment: Deployment) -> dict[str, set[str]]:
    """The nested stacks and modules, each with those that it knows or that know it, over others too. Ask it by `once`.

    What nests or calls several does not link them: it does so where it gives one what another one has.
    """
    linked: dict[str, set[str]] = {}
    for resource in deployment.resources.values():
        own = linked.setdefault(_part(resource), {_part(resource)})
        for _, value in resource.everything():
            for link in value.mentions():
                other = deployment.resource(link.resource)
                others = own if other is None else linked.setdefault(_part(other), {_part(other)})
                if others is not own:
                    own |= others
                    linked |= dict.fromkeys(others, own)
    return linked


def _switched_off(function: Resource) -> bool:
    """Whether a schedule invokes a function that is switched off."""
    invoking = function.deployment.once(namings.invokers).by_function.get(function.name, ())
    return any(naming.resource is not None and _is_schedule(naming.resource) for naming in invoking)


def _is_schedule(invoker: Resource) -> bool:
    is_rule = invoker.type == "AWS::Events::Rule" and invoker.get("EventPattern").is_absent
    return is_rule or invoker.type == "AWS::Scheduler::Schedule"


def _is_of_operations(invoker: Resource) -> bool:
    # X-Ray does not follow a user pool (https://docs.aws.amazon.com/xray/latest/devguide/xray-services.html).
    if invoker.type in ("AWS::Logs::SubscriptionFilter", "AWS::Cognito::UserPool") or _is_schedule(invoker):
        return True
    if invoker.type == "AWS::Events::Rule":
        sources = [source.text for source in events.pattern(invoker).get("source").items]
        return bool(sources) and _OF_OPERATIONS.issuperset(sources)
    return staleness.are_passing(invoker)


def _admits_operations(permission: Resource) -> bool:
    return (permission.get("Principal").text or "").removesuffix(".amazonaws.com") in _PRINCIPALS


def _traces_nothing(deployment: Deployment) -> bool:
    """Whether surely nothing of a deployment sends traces, nor collects them."""
    switched = deployment.of_type(*tracing.SWITCHED)
    if any(tracing.is_traced(one) is not False for one in switched) or deployment.of_type(_ENVIRONMENT):
        return False
    tasks = [ecs.containers(task) for task in deployment.of_type(_TASK)]
    return not any(
        containers is None or any(ecs.is_collector(one) is not False for one in containers) for containers in tasks
    )
