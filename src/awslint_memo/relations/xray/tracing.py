"""Which parts of an application X-Ray traces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.name_words import name_words
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.apigateway.integrations import REST_API, STATE_MACHINE, backends
from awslint_memo.relations.lambda_.edge import is_at_edge
from awslint_memo.relations.lambda_.functions import FUNCTION, function_of, timeout
from awslint_memo.relations.lambda_.invocations import runs_while_deploying, triggers
from awslint_memo.relations.sns import TOPIC, subscribers
from awslint_memo.relations.xray import tracers

UNTRACED_SOURCES = fact(
    ("DocumentDBEventSourceConfig", "Queues", "Topics"), page="lambda/latest/dg/services-xray.html", read="2026-11-25"
)
"""Properties that only the event source mapping of a broker or of Amazon DocumentDB has; X-Ray follows none of them."""

SPAN_WRITER = fact(
    "xray.amazonaws.com",
    page="AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search-Cloudformation.html",
    read="2026-11-29",
)
"""Who writes the spans of Transaction Search to CloudWatch Logs."""

STAGE = "AWS::ApiGateway::Stage"
_DEFINITIONS = ("Definition", "DefinitionString", "DefinitionSubstitutions")


@record(frozen=True)
class _Switch:
    """The property that turns tracing on, and how it stands where nobody says."""

    path: str
    default: str | bool


_SWITCHES: Mapping[str, _Switch] = {
    FUNCTION: _Switch("TracingConfig.Mode", "PassThrough"),
    STAGE: _Switch("TracingEnabled", False),
    STATE_MACHINE: _Switch("TracingConfiguration.Enabled", False),
}


SWITCHED = tuple(_SWITCHES)
"""The types that have such a property."""


def switch(resource: Resource) -> Value:
    """The setting that turns tracing of a function, stage or state machine on or off; AWS's default where none is
    written."""
    found = _SWITCHES[resource.type]
    return resource.get(found.path, default=found.default)


def is_traced(resource: Resource) -> bool | None:
    """Whether a function, stage or state machine surely sends traces (True) or surely sends none by itself (False);
    None where that is not known."""
    value = switch(resource)
    if resource.type == FUNCTION:
        return None if value.text is None else value.text == "Active"
    return value.flag


_TRACERS = fact(
    {"POWERTOOLS_TRACE_DISABLED": True, "POWERTOOLS_TRACE_ENABLED": False},
    page="https://pypi.org/project/aws-lambda-powertools/0.6.1/",
    read="2026-11-30",
)
"""The variables of functions that turn their tracer off, with the value that does: that of Powertools for Python,
and that for TypeScript (docs.aws.amazon.com/powertools/typescript/latest/environment-variables)."""


def kept_off(resource: Resource, setting: Value, behind: Sequence[Resource]) -> str:
    """Why a person should decide about turning tracing on, as it is off on purpose; empty if nothing says so.

    setting: what turns it on or off. behind: what a stage or state machine calls; a function itself. Where no function
    is known there, what any function of the deployment has tells.
    """
    functions = [one for one in behind if one.type == FUNCTION] or resource.deployment.of_type(FUNCTION)
    for function in functions:
        for name, off in _TRACERS.items():
            if function.get(f"Environment.Variables.{name}").flag is off:
                return f"turns on tracing that {name} of {function.title} turns off"
    is_written = setting.flag is False and isinstance(setting, Known) and not setting.defaulted
    return "turns on tracing that somebody turned off" if is_written and not any(map(is_traced, behind)) else ""


def can_be_traced(function: Resource) -> bool:
    """Whether a function surely does work for users that X-Ray can follow: it does not run while deploying or at the
    edge, nor for a source of events that X-Ray does not follow, and is no small one that runs in the background."""
    if runs_while_deploying(function) or is_at_edge(function) or _is_of_background(function):
        return False
    return function.name not in function.deployment.once(_with_untraced_sources)


_IN_BACKGROUND = frozenset((
    *("rotation", "rotate", "rotator", "hello", "helloworld", "sample", "migration", "migrate", "migrator", "backfill"),
    *("pretraffic", "posttraffic"),
))  # fmt: skip
"""Words in the names of functions that rotate a secret, run once or with a deployment, or are samples. Chosen."""

_AT_DEPLOYMENTS = ("custom resource", "deployment hook", "traffic hook", "allow traffic", "pre traffic", "post traffic")
"""The same of those that run while something is deployed. Chosen."""

_SHORT = 10
"""Seconds within which a function that nobody waits for has no time to spend that a trace would tell. Chosen."""


def _is_of_background(function: Resource) -> bool:
    """Whether a function surely does small work that nobody waits for: by its name it rotates secrets, is
    a sample or helps a custom resource, or it ends within seconds and nothing but a schedule or a bucket calls it."""
    words = name_words(f"{function.written} {function.get('FunctionName').text or ''}")
    if not _IN_BACKGROUND.isdisjoint(words) or any(one in " ".join(words) for one in _AT_DEPLOYMENTS):
        return True
    called, seconds = triggers(function), timeout(function).number
    if any(one.type == "AWS::SecretsManager::RotationSchedule" for one in called):
        return True
    return bool(called) and seconds is not None and seconds <= _SHORT and all(map(_is_unhurried, called))


def _is_unhurried(invoker: Resource) -> bool:
    """Whether what invokes a function is a schedule or a bucket."""
    is_rule = invoker.type == "AWS::Events::Rule" and not invoker.get("ScheduleExpression").is_absent
    return is_rule or invoker.type in ("AWS::S3::Bucket", "AWS::Scheduler::Schedule")


def _with_untraced_sources(deployment: Deployment) -> set[str]:
    mappings = (
        resource
        for resource in deployment.of_type("AWS::Lambda::EventSourceMapping")
        if any(not resource.get(name).is_absent for name in UNTRACED_SOURCES)
    )
    found = (function_of(deployment, mapping.get("FunctionName")) for mapping in mappings)
    return {function.name for function in found if function is not None}


def traced(deployment: Deployment) -> list[Resource]:
    """Everything in a deployment that surely sends traces."""
    return deployment.once(_traced)


def _traced(deployment: Deployment) -> list[Resource]:
    return [resource for resource in deployment.of_type(*_SWITCHES) if is_traced(resource) is True]


def traced_functions(deployment: Deployment) -> list[Resource]:
    """The functions of a deployment that surely send traces."""
    return [resource for resource in traced(deployment) if resource.type == FUNCTION]


def traced_caller(function: Resource) -> Resource | None:
    """What surely calls a function and surely is traced: a stage of an API, a state machine or a topic; else None."""
    return function.deployment.once(_traced_callers).get(function.name)


def _traced_callers(deployment: Deployment) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for caller in traced(deployment):
        for function in called(caller):
            found.setdefault(function.name, caller)
    for topic in deployment.of_type(TOPIC):
        if topic.get("TracingConfig").text == "Active":
            named = [subscriber.endpoint for subscriber in subscribers(topic) if subscriber.protocol.text == "lambda"]
            for function in filter(None, (function_of(deployment, value) for value in named)):
                found.setdefault(function.name, topic)
    return found


def called(caller: Resource) -> Iterator[Resource]:
    """The functions that a stage or a state machine surely calls."""
    api = caller.follow("RestApiId", REST_API) if caller.type == STAGE else None
    if api is not None:
        yield from (backend for backend in backends(api) if backend.type == FUNCTION)
    if caller.type == STATE_MACHINE:
        links = (link for path in _DEFINITIONS for link in caller.get(path).mentions())
        yield from filter(None, (function_of(caller.deployment, link) for link in links))


def makes_stage(deployment: Resource) -> bool:
    """Whether a deployment of a REST API surely makes the stage that it names, because no stage of the template is
    that one. A canary goes to a stage that is there.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/create-canary-deployment.html (read on 2026-11-30)"""
    name, api = deployment.get("StageName"), deployment.get("RestApiId")
    if name.is_absent or deployment.is_open or not deployment.get("DeploymentCanarySettings").is_absent:
        return False
    stages = deployment.deployment.of_type(STAGE)
    of_api = [stage for stage in stages if stage.get("RestApiId").is_same_as(api) is not False]
    return all(resource.get("StageName").is_same_as(name) is False for resource in of_api)


def daemon_setting(environment: Resource) -> Value | None:
    """The setting that says whether an Elastic Beanstalk environment runs the X-Ray daemon: False at the environment
    where none does, None where that is not known, or where a variable names another product for its traces."""
    value: Value = Known(False, environment.place, defaulted=True)
    for setting in environment.get("OptionSettings").items:
        namespace, option = setting.get("Namespace").text, setting.get("OptionName").text
        if None in (namespace, option):
            return None
        if (namespace, option) == ("aws:elasticbeanstalk:xray", "XRayEnabled"):
            value = setting.get("Value")
        elif namespace == "aws:elasticbeanstalk:application:environment" and str(option).startswith(tracers.MAY_TRACE):
            return None
    # A saved configuration may have the settings that are not written here.
    is_saved = not environment.get("TemplateName").is_absent
    return None if is_saved and isinstance(value, Known) and value.defaulted else value
