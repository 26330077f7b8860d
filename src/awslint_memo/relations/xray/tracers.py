"""Products that trace a program besides X-Ray, by the names that their layers, images and variables have.

ADOT, AWS's distribution of OpenTelemetry, sends its traces to X-Ray, so it is none of them.
"""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Unknown, Value

PRODUCTS = (
    *("appsignal", "datadog", "dynatrace", "elasticapm", "epsagon", "honeycomb", "instana", "jaeger", "lumigo"),
    *("newrelic", "opentelemetry", "sentry", "signalfx", "splunk", "thundra", "zipkin"),
)
"""Words in the names of layers and images of tracing products, without the signs between them."""

VARIABLES = (
    *("DD_", "DT_", "ELASTIC_APM_", "EPSAGON_", "HONEYCOMB_", "INSTANA_", "JAEGER_", "LUMIGO_", "NEW_RELIC_", "OTEL_"),
    *("SENTRY_", "SIGNALFX_", "SPLUNK_", "THUNDRA_"),
)
"""How variables begin that tell a program where its traces go."""

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
