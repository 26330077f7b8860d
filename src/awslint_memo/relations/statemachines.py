"""AWS Step Functions: the aliases of state machines, what starts a machine past them, and what waits for its result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.apigateway.integrations import METHOD, REST_API, documented
from awslint_memo.relations.definitions import states
from awslint_memo.syntax.embedded import each

MACHINE = "AWS::StepFunctions::StateMachine"
VERSION = "AWS::StepFunctions::StateMachineVersion"
ALIAS = "AWS::StepFunctions::StateMachineAlias"

DEFAULT_LEVEL = fact("OFF", page="step-functions/latest/apireference/API_LoggingConfiguration.html", read="2026-11-29")
"""What a state machine logs when nobody says it: nothing."""

_WHOLE = ":*"
"""The end of a log group's ARN for all of its streams, without which a machine does not take it
(https://docs.aws.amazon.com/step-functions/latest/apireference/API_CloudWatchLogsLogGroup.html, read on 2026-11-30)."""

_STARTS: Mapping[str, Sequence[str]] = {
    "AWS::Events::Rule": ("Targets.Arn",),
    "AWS::Pipes::Pipe": ("Target",),
    "AWS::Scheduler::Schedule": ("Target.Arn",),
}
"""The types that start executions, and where each names the machine or its alias."""

_BESIDE = ("AWS::CloudWatch::", "AWS::IAM::", "AWS::Logs::", "AWS::Serverless::", MACHINE)
"""How the types begin that name a machine and do not start it; MACHINE stands for its versions and aliases too."""


@record(frozen=True, eq=False)
class Start:
    """A resource that starts a machine itself, and the value that names it."""

    resource: Resource
    value: Value


def machine_of(alias: Resource) -> Resource | None:
    """The machine of this deployment that an alias surely belongs to; else None."""
    moved = alias.get("DeploymentPreference.StateMachineVersionArn")
    routed = [route.get("StateMachineVersionArn") for route in alias.get("RoutingConfiguration").items]
    versions = [alias.deployment.find(value, VERSION) for value in (moved, *routed)]
    version = next((found for found in versions if found is not None), None)
    return None if version is None else version.follow("StateMachineArn", MACHINE)


def start_past(alias: Resource) -> Start | None:
    """A rule, schedule or pipe that starts the machine of an alias itself, where surely nothing starts the alias; else
    None."""
    machine = machine_of(alias)
    if machine is None or alias.is_open or machine.is_exposed() or alias.is_exposed():
        return None
    deployment = alias.deployment
    started = deployment.once(_started)
    past = [start for start in started if deployment.find(start.value, MACHINE) is machine]
    is_used = any(alias.may_be_named_by(start.value) or start.value.is_unknown for start in started)
    others = (resource for resource in deployment.resources.values() if not resource.type.startswith(_BESIDE))
    is_told = any(
        alias.may_be_named_by(value) or machine.may_be_named_by(value)
        for resource in others
        if resource.type not in _STARTS
        for _, value in resource.everything()
    )
    return past[0] if past and not is_used and not is_told else None


def _started(deployment: Deployment) -> list[Start]:
    return [
        Start(resource, value)
        for resource in deployment.of_type(*_STARTS)
        for path in _STARTS[resource.type]
        for value in each(resource, path)
    ]


def _is_of_provider(arn: Value) -> bool:
    """Whether an attribute surely is as Terraform's provider gives it, with nothing behind it, which a plan hides."""
    return arn.place.span.path.endswith((".tf", ".tofu", ".tf.json", ".tofu.json"))


def starless_groups(machine: Resource) -> Iterator[Value]:
    """The ARNs of log groups, in the Destinations of a machine's logging, that surely do not end in `:*`."""
    for item in machine.get("LoggingConfiguration.Destinations").items:
        # In Terraform the ARN itself is the destination.
        arn = item.get("CloudWatchLogsLogGroup.LogGroupArn") if item.fields else item
        before, last = "".join(piece.text or "" for piece in arn.pieces[:-1]), arn.pieces[-1]
        if isinstance(last, Link) and machine.deployment.find(last, "AWS::Logs::LogGroup") is not None:
            # CloudFormation's attribute Arn ends in `:*`, the provider's does not.
            is_cut = last.attribute == "Arn" and not before and _is_of_provider(arn)
            is_starless = is_cut or (last.attribute == "Ref" and ":log-group:" in before)
        else:
            end = last.text or _WHOLE
            is_starless = ":log-group:" in before + end and not end.endswith(_WHOLE)
        if is_starless:
            yield arn


WAITS = fact(
    "REQUEST_RESPONSE",
    page="AWSCloudFormation/latest/TemplateReference/aws-properties-pipes-pipe-pipetargetstatemachineparameters.html",
    read="2026-12-02",
)
"""How a pipe starts a machine where nobody says it: it waits."""


@record(frozen=True, eq=False)
class Waiting:
    """A place that starts a machine and waits for its result. machine: that of this deployment. kind: its type."""

    value: Value
    machine: Resource
    kind: Value


def waiting_for_standard(resource: Resource) -> Iterator[Waiting]:
    """The places at which a pipe, an integration of an API or another machine surely waits for a STANDARD machine."""
    for value, named in _waits(resource):
        found = {machine.name: machine for one in named if (machine := resource.deployment.find(one, MACHINE))}
        machines = list(found.values())
        # Of several that a template names, one decides at the time of the request.
        kind = machines[0].get("StateMachineType", default="STANDARD") if len(machines) == 1 else None
        if kind is not None and kind.text == "STANDARD":
            yield Waiting(value, machines[0], kind)


def _waits(resource: Resource) -> Iterator[tuple[Value, list[Value]]]:
    """The places at which a resource waits for the machines that it starts, each with what may name them."""
    if resource.type == "AWS::Pipes::Pipe":
        path = "TargetParameters.StepFunctionStateMachineParameters.InvocationType"
        how = resource.get(path, default=WAITS)
        if how.text == WAITS:
            yield how, [resource.get("Target")]
        yield resource.get("Enrichment"), [resource.get("Enrichment")]
    elif resource.type in (METHOD, REST_API):
        for address, templates in _integrations(resource):
            if address.ends_with(":states:action/StartSyncExecution"):
                yield address, [link for one in templates.fields.values() for link in one.mentions()]
    elif resource.type == "AWS::ApiGatewayV2::Integration":
        subtype = resource.get("IntegrationSubtype")
        if subtype.text == "StepFunctions-StartSyncExecution":
            yield subtype, [resource.get("RequestParameters.StateMachineArn")]
    else:
        for state in states(resource):
            if state.resource.ends_with(":aws-sdk:sfn:startSyncExecution"):
                yield state.content.get("Resource"), [state.argument("StateMachineArn")]


def _integrations(resource: Resource) -> Iterator[tuple[Value, Value]]:
    """The addresses to which a method, or the document of an API, forwards requests, each with its templates."""
    if resource.type == METHOD:
        yield resource.get("Integration.Uri"), resource.get("Integration.RequestTemplates")
    else:
        yield from ((one.get("uri"), one.get("requestTemplates")) for one in documented(resource))
