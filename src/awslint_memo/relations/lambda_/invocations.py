"""What invokes a function: event sources, subscriptions, rules, schedules, APIs, and others that have a permission."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations import events
from awslint_memo.relations.apigateway import integrations
from awslint_memo.relations.lambda_ import callers, namings
from awslint_memo.relations.lambda_.admissions import PERMISSION, admits_nobody
from awslint_memo.relations.lambda_.aliases import LATEST
from awslint_memo.relations.lambda_.functions import PIPE, called_while_deploying, function_of, is_on, unqualified
from awslint_memo.relations.sns import SUBSCRIPTION, TOPIC, subscriptions
from awslint_memo.syntax.embedded import each

DEFAULT_RETRIES = fact(2, page="lambda/latest/dg/invocation-async-error-handling.html", read="2026-11-25")
"""How often Lambda tries an asynchronous event again when nobody says how often."""

INVOKE_CONFIG = "AWS::Lambda::EventInvokeConfig"

_SETTINGS = ("MaximumRetryAttempts", "MaximumEventAgeInSeconds", "DestinationConfig.OnSuccess.Destination")
"""What an EventInvokeConfig says of asynchronous invocations besides where their failures go."""

_ASYNCHRONOUS: Mapping[str, str] = {
    "AWS::Events::Rule": "the rule",
    "AWS::IoT::TopicRule": "the IoT rule",
    "AWS::S3::Bucket": "the bucket",
    "AWS::Scheduler::Schedule": "the schedule",
    SUBSCRIPTION: "the subscription",
    TOPIC: "the topic",
}
"""Who does not wait for the function's answer, and what it is to people."""

_LATER = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm", INVOKE_CONFIG, "AWS::Logs::SubscriptionFilter")
"""Who does not wait either, beside them."""

_NAMED: Mapping[str, Sequence[str]] = {
    "AWS::Events::Rule": ("Targets.Arn",),
    "AWS::IoT::TopicRule": ("TopicRulePayload.Actions.Lambda.FunctionArn",),
    "AWS::S3::Bucket": ("NotificationConfiguration.LambdaConfigurations.Function",),
    "AWS::Scheduler::Schedule": ("Target.Arn",),
    SUBSCRIPTION: (),
    TOPIC: (),
    "AWS::Lambda::EventSourceMapping": ("FunctionName",),
    "AWS::Lambda::Url": ("TargetFunctionArn",),
    PERMISSION: ("FunctionName",),
    integrations.HTTP_API: (),
    integrations.HTTP_INTEGRATION: (),
    integrations.METHOD: (),
    integrations.REST_API: (),
}
"""Where each type names the functions that it invokes; empty where their own modules know."""

_WAITING = (
    *(
        "AWS::ApiGateway::Authorizer",
        integrations.METHOD,
        "AWS::ApiGatewayV2::Authorizer",
        integrations.HTTP_INTEGRATION,
    ),
    *("AWS::Cognito::UserPool", "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::Lambda::EventSourceMapping"),
    *(PERMISSION, "AWS::Lambda::Url", "AWS::StepFunctions::StateMachine"),
)
"""Who polls, or waits for the function's answer unless it says otherwise."""

_WAITING_PRINCIPALS = ("apigateway.amazonaws.com", "elasticloadbalancing.amazonaws.com")

INVOKERS = tuple(_NAMED)
"""The types of what invokes functions, or lets somebody do so."""


@record(frozen=True)
class Invocation:
    """One place at which a function is named that is invoked; `by` says of the resource what it is to people."""

    resource: Resource
    value: Value
    by: str = ""


def asynchronous(function: Resource) -> list[Invocation]:
    """What surely invokes a function of this deployment without waiting for its result, directly or by an alias."""
    return function.deployment.once(_asynchronous).get(function.name, [])


def runs_while_deploying(function: Resource) -> bool:
    """Whether a function is surely called while something is deployed, and by nothing else of this deployment, so that
    it works for the deployment and not for users."""
    deployment = function.deployment
    return function.name in called_while_deploying(deployment) and function.name not in deployment.once(_invoked)


@record(frozen=True, eq=False)
class Unqualified:
    """A function that is invoked without a version or alias, and the first value that names it."""

    function: Resource
    value: Value


def past_aliases(resource: Resource) -> list[Unqualified]:
    """The functions that a resource surely invokes without a version or alias."""
    return resource.deployment.once(_past_aliases).get(resource.name, [])


def asynchronous_by_qualifier(function: Resource) -> dict[str | None, Resource]:
    """What invokes a function of this deployment without waiting, by the alias or version that it names: "$LATEST" for
    the function itself, None where that is not known."""
    deployment = function.deployment
    invokers = deployment.once(namings.invokers)
    by_qualifier: dict[str | None, Resource] = {}
    for naming in invokers.by_function.get(function.name, ()):
        resource = naming.resource
        if resource is not None and resource.type in (*_ASYNCHRONOUS, *_LATER) and not events.is_disabled(resource):
            alias = deployment.resource(naming.alias) if naming.alias else None
            qualifier = naming.qualifier or LATEST if naming.qualifier is not None else None
            by_qualifier.setdefault(qualifier if alias is None else alias.get("Name").text, resource)
            if invokers.may_name_any:
                by_qualifier[None] = resource
    return by_qualifier


def triggers(function: Resource) -> list[Resource]:
    """What surely invokes a function of this deployment, directly or by an alias, and is switched on."""
    invoking = function.deployment.once(namings.invokers).by_function.get(function.name, ())
    resources = {naming.resource.name: naming.resource for naming in invoking if naming.resource is not None}
    return [resource for resource in resources.values() if resource.type != PERMISSION and _is_on(resource)]


def _is_on(invoker: Resource) -> bool:
    """Whether what invokes a function surely is switched on."""
    if invoker.type in ("AWS::Lambda::EventSourceMapping", PIPE):
        return is_on(invoker)
    has_state = invoker.type in ("AWS::Events::Rule", "AWS::Scheduler::Schedule")
    return not events.is_disabled(invoker) and not (has_state and invoker.get("State").is_unknown)


@record(frozen=True, eq=False)
class UnusedFailure:
    """A place where a function says where failed asynchronous events go. invokers: what invokes it, each of which
    polls, or waits for the result. is_named: whether others may invoke it by a name that is written. is_setting:
    whether it is another setting of asynchronous invocations, which names no place for failures."""

    place: Value
    invokers: Sequence[Resource]
    is_named: bool
    is_setting: bool = False

    @property
    def invoker(self) -> Resource:
        """The first of them, for a message."""
        return self.invokers[0]


def unused_failures(function: Resource) -> list[UnusedFailure]:
    """The places where a function says where failed asynchronous events go, where all of this deployment that can
    invoke it surely polls or waits for its result; else none."""
    deployment = function.deployment
    configs = [
        config
        for config in deployment.of_type(INVOKE_CONFIG)
        if function_of(deployment, config.get("FunctionName")) is function
    ]
    places = [config.get("DestinationConfig.OnFailure.Destination") for config in configs]
    written = [place for place in (function.get("DeadLetterConfig.TargetArn"), *places) if not place.is_absent]
    settings = [] if written else [value for config in configs for value in map(config.get, _SETTINGS)]
    settings = [value for value in settings if value.is_known or isinstance(value, Link)][:1]
    if not written and not settings:
        return []
    invoking = deployment.once(namings.invokers).by_function.get(function.name, ())
    direct = [
        naming.resource for naming in invoking if naming.resource is not None and naming.resource.type != PERMISSION
    ]
    if not direct or not all(_waits(naming.resource) for naming in invoking):
        return []
    is_called = function.name in called_while_deploying(deployment)
    if is_called or function.name in deployment.once(namings.tellers):
        return []
    if function.may_be_completed() or function.is_told_unseen:
        return []
    is_named = function.get("FunctionName").text is not None
    failures = [UnusedFailure(place, direct, is_named) for place in written if not place.is_unknown]
    return failures or [UnusedFailure(value, direct, is_named, is_setting=True) for value in settings]


def is_unused(place: Value, resource: Resource) -> bool:
    """Whether a place for failed asynchronous events is one that gets none. resource: the function, or what configures
    its invocations, that names it; whom the outputs of another template tell of a function is not known."""
    is_apart = resource.type == INVOKE_CONFIG
    function = function_of(resource.deployment, resource.get("FunctionName")) if is_apart else resource
    if function is None or function.name not in function.deployment.own:
        return False
    return any(one.place.route == place.route for one in unused_failures(function))


def _waits(invoker: Resource | None) -> bool:
    """Whether what invokes a function surely waits for its result, or polls a queue or a stream for it."""
    if invoker is None or invoker.type not in _WAITING:
        return False
    if invoker.type == PERMISSION:
        return invoker.get("Principal").text in _WAITING_PRINCIPALS
    names = (*callers.INVOKES[invoker.type], "RequestParameters") if "Integration" in invoker.type else None
    fields = namings.fields_of(invoker, names or callers.INVOKES[invoker.type])
    leaves = list(namings.leaves(fields))
    kinds = (leaf.value for leaf in leaves if "invocation" in leaf.key.lower() and "type" in leaf.key.lower())
    may_be_event = any((kind.text or "Event").strip("'") == "Event" for kind in kinds)
    return not may_be_event and not any((leaf.value.text or "").strip("'") == "Event" for leaf in leaves)


def keeps_failures(function: Resource) -> bool | None:
    """Whether events that a function fails to process are surely kept (True) or surely lost (False); None where that
    is not known."""
    deployment = function.deployment
    places = [function.get("DeadLetterConfig.TargetArn")]
    for config in deployment.of_type(INVOKE_CONFIG):
        named = config.get("FunctionName")
        owner = function_of(deployment, named)
        if owner is function:
            places.append(config.get("DestinationConfig.OnFailure.Destination"))
        elif owner is None and named.is_unknown:
            return None
    if any(place.is_unknown for place in places) or function.may_be_completed():
        return None
    return not all(place.is_absent or place.text == "" for place in places)


def attempts(function: Resource) -> int | None:
    """How often Lambda tries an asynchronous event of a function in all; None where that is not known."""
    configs = (
        resource
        for resource in function.deployment.of_type(INVOKE_CONFIG)
        if function_of(function.deployment, resource.get("FunctionName")) is function
    )
    default = DEFAULT_RETRIES
    counts = {config.get("MaximumRetryAttempts", default=default).number for config in configs} or {default}
    count = counts.pop()
    return None if counts or count is None else math.trunc(count) + 1


def _places(resource: Resource) -> Iterator[Value]:
    """Every place at which a resource names what it invokes."""
    if resource.type in (SUBSCRIPTION, TOPIC):
        yield from (
            subscription.endpoint for subscription in subscriptions(resource) if subscription.protocol.text == "lambda"
        )
    elif resource.type.startswith("AWS::ApiGateway"):
        yield from integrations.addresses(resource)
    else:
        for path in _NAMED[resource.type]:
            yield from each(resource, path)


def _asynchronous(deployment: Deployment) -> dict[str, list[Invocation]]:
    found: dict[str, list[Invocation]] = {}
    for resource in deployment.of_type(*_ASYNCHRONOUS):
        for value in () if events.is_disabled(resource) else _places(resource):
            function = function_of(deployment, value)
            if function is not None:
                invocation = Invocation(resource, value, _ASYNCHRONOUS[resource.type])
                found.setdefault(function.name, []).append(invocation)
    return found


def _invoked(deployment: Deployment) -> set[str]:
    # CloudFormation invokes what works for a deployment, as custom resources do.
    invokers = [resource for resource in deployment.of_type(*INVOKERS) if resource.type != PERMISSION]
    permissions = (one for one in deployment.of_type(PERMISSION) if not admits_nobody(one))
    invokers += [one for one in permissions if one.get("Principal").text != "cloudformation.amazonaws.com"]
    named = (value for invoker in invokers for value in _places(invoker))
    functions = (function_of(deployment, value) for value in named)
    return {function.name for function in functions if function is not None}


def _past_aliases(deployment: Deployment) -> dict[str, list[Unqualified]]:
    found: dict[str, list[Unqualified]] = {}
    for resource in deployment.of_type(*INVOKERS):
        if not _is_qualified_apart(resource) and not admits_nobody(resource):
            named: dict[str, Unqualified] = {}
            for value in _places(resource):
                function = unqualified(deployment, value)
                if function is not None:
                    named.setdefault(function.name, Unqualified(function, value))
            found[resource.name] = list(named.values())
    return found


def _is_qualified_apart(resource: Resource) -> bool:
    """Whether a URL or permission names the alias beside the function, or may."""
    if resource.type == "AWS::Lambda::Url":
        return not resource.get("Qualifier").is_absent
    return resource.type == PERMISSION and not resource.terraform.qualifier.is_absent
