"""Settings for which Lambda refuses a function: many layers, variables that it sets itself, a runtime of an image."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Unknown, Value

_MOST_LAYERS = fact(5, page="lambda/latest/dg/chapter-layers.html", read="2026-11-30")
"""Layers of a function, those of its Globals included."""

_RESERVED_VARIABLES = fact(
    (
        *("_HANDLER", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV"),
        *("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION"),
        *("AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME"),
        *("AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
        *("LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT"),
    ),
    page="lambda/latest/dg/configuration-envvars.html",
    read="2026-11-30",
)
"""Variables of the environment that a function can't set."""

_OF_FILES = fact(("Handler", "Layers", "Runtime"), page="lambda/latest/dg/images-create.html", read="2026-11-30")
"""What a function has whose code is a .zip file, and one of a container image does not."""

_IMAGE = "Image"


@record(frozen=True, eq=False)
class Refusal:
    """A setting for which Lambda surely refuses a function. says: why, behind the setting. do: the remedy."""

    value: Value
    of: str
    says: str
    do: str


def refusals(function: Resource) -> Iterator[Refusal]:
    """The settings for which Lambda surely refuses a function."""
    layers = function.get("Layers")
    if len(layers.items) > _MOST_LAYERS:
        says = f"has {len(layers.items)} layers, but a function takes {_MOST_LAYERS} at most"
        yield Refusal(layers, "Layers", says, "put several into one layer")
    for name, named in _reserved_variables(function):
        says = f"sets {name}, which Lambda sets itself and lets nobody set"
        yield Refusal(named, "Environment.Variables", says, "remove it, or use another name")
    if function.get("PackageType").text == _IMAGE and not function.get("Code.ImageUri").is_absent:
        for name in _OF_FILES:
            value = function.get(name)
            if value.is_known and (value.text or value.items):
                says = "is set, but the function is a container image, which has none"
                yield Refusal(value, name, says, "remove it")


def _reserved_variables(function: Resource) -> Iterator[tuple[str, Value]]:
    """The variables of the environment that a function surely sets and that Lambda reserves: their names, each with
    its place, whatever value it has."""
    variables = function.get("Environment.Variables").fields
    for name in _RESERVED_VARIABLES:
        value = variables.get(name)
        if value is not None and not value.is_absent:
            named = Unknown("whatever value it has", value.place)
            named.route = value.route
            yield name, named
