"""Products that trace a program, by the names that their layers, images, variables and packages have.

ADOT, AWS's distribution of OpenTelemetry, sends its traces to X-Ray, so it is none of those besides X-Ray.
"""

from __future__ import annotations

import re

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Unknown, Value

DAEMON_ADDRESS = fact(
    "AWS_XRAY_DAEMON_ADDRESS", page="xray/latest/devguide/xray-sdk-nodejs-configuration.html", read="2026-11-25"
)
"""The variable that tells the X-Ray SDK where the daemon listens."""

DAEMON_IMAGE = fact("xray-daemon", page="xray/latest/devguide/xray-daemon-ecs.html", read="2026-11-25")
"""What the name of an image of the X-Ray daemon holds."""


PRODUCTS = (
    *("appsignal", "datadog", "dynatrace", "elasticapm", "epsagon", "honeycomb", "instana", "jaeger", "lumigo"),
    *("newrelic", "opentelemetry", "sentry", "signalfx", "splunk", "thundra", "zipkin"),
)
"""Words in the names of layers and images of tracing products, without the signs between them."""

VARIABLES = (
    *("DD_", "DT_", "ELASTIC_APM_", "EPSAGON_", "HONEYCOMB_", "INSTANA_", "JAEGER_", "LUMIGO_", "NEW_RELIC_", "OTEL_"),
    *("SENTRY_TRACES_", "SIGNALFX_", "SPLUNK_ACCESS_TOKEN", "SPLUNK_REALM", "SPLUNK_TRACE_", "THUNDRA_"),
)
"""How variables begin that tell a program where its traces go. Splunk's HTTP Event Collector (SPLUNK_HEC_) takes logs,
and Sentry gets errors alone by a SENTRY_DSN."""

MAY_TRACE = (*VARIABLES, "SENTRY_", "SPLUNK_")
"""How variables begin that tell a program where its traces go, or may."""

PRELOADERS = ("CORECLR_", "DOTNET_STARTUP_HOOKS", "JAVA_TOOL_OPTIONS", "NODE_OPTIONS", "PYTHONPATH")
"""How variables begin by which a runtime may load the libraries of a layer without its script."""

_STATE_MACHINE = "AWS::StepFunctions::StateMachine"
_ADOT = ("aws-otel-", "awsopentelemetry", "aws-observability")
_SIGNS = regex(r"[^a-z0-9]+")


def has_another(resource: Resource) -> bool:
    """Whether a function surely has a tracing product besides X-Ray, by its layers or variables.

    For a state machine, by the tag that has Datadog make traces of its logs
    (docs.datadoghq.com/serverless/step_functions/installation).
    """
    if resource.type != _STATE_MACHINE:
        return _has_product(resource)
    tags = resource.get("Tags")
    return _is_left_to_one(tags) or any(
        tag.get("Key").text == "DD_TRACE_ENABLED" and tag.get("Value").flag is True for tag in tags.items
    )


def _has_product(function: Resource) -> bool:
    layers = [_written(layer).lower() for layer in function.get("Layers").items]
    if any(word in layer for layer in layers for word in _ADOT):
        return False
    if _is_left_to_one(function.get("Layers")):
        return True
    names = function.get("Environment.Variables").fields
    by_layer = any(word in _SIGNS.sub("", layer) for layer in layers for word in PRODUCTS)
    return by_layer or any(name.startswith(VARIABLES) for name in names)


def _is_left_to_one(value: Value) -> bool:
    """Whether a macro of a tracing product writes a value, such as the layers of a function."""
    return any(word in value.why.lower() for word in PRODUCTS)


def _written(layer: Value) -> str:
    """The known pieces of a layer's ARN, or the name of the parameter that has it."""
    if isinstance(layer, Unknown):
        return layer.key
    return "*".join(piece.text or "" for piece in layer.pieces)


USER_DATA = {
    "AWS::AutoScaling::LaunchConfiguration": "UserData",
    "AWS::EC2::Instance": "UserData",
    "AWS::EC2::LaunchTemplate": "LaunchTemplateData.UserData",
}
"""Where each type has the script that a server runs when it starts."""

_COLLECTS = regex(r"x-?ray|cloudwatch-?agent|cwagent|adot|otel|opentelemetry|collector|" + "|".join(PRODUCTS), re.I)
_FETCHES = regex(
    r"\b(?:ansible\S*|aws|bootstrap\.sh|cfn-init|chef\S*|curl|docker|git|nodeadm|podman|puppet|salt-\S+|source|wget)\b"
    r"|ECS_CLUSTER|https?://",
    re.I,
)
"""Programs that run or install what stands elsewhere, and containers, which have collectors of their own."""


def installs_no_collector(server: Resource) -> bool:
    """Whether the script of a server surely stands in the template and installs nothing that collects traces; False
    where it fetches more than can be seen, or where another resource installs agents."""
    script = script_in(server.get(USER_DATA[server.type]))
    if not script or _COLLECTS.search(script) or _FETCHES.search(script):
        return False
    return not server.is_open and not server.deployment.once(_installs_agents)


def script_in(user_data: Value) -> str:
    """The text of a script, which most types take in Base64; empty where it is not known."""
    from base64 import b64decode

    text = user_data.text or ""
    try:
        return b64decode(text, validate=True).decode()
    except ValueError:
        return text


def script_with_gaps(user_data: Value) -> str:
    """The text of a script, with a gap where values stand that are not known; empty where these may be commands."""
    script = script_in(user_data) or "".join(_GAP if piece.text is None else piece.text for piece in user_data.pieces)
    return "" if any(line.lstrip().startswith(_GAP) for line in script.splitlines()) else script


_GAP = "\0"


def _installs_agents(deployment: Deployment) -> bool:
    """Whether Systems Manager installs what is not known on the servers of a deployment."""
    return bool(deployment.of_type("AWS::SSM::Association", "AWS::SSM::MaintenanceWindowTask"))
