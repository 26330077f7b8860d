"""Which parts of an application X-Ray traces."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.relations.integrations import STATE_MACHINE
from awslint_memo.template import Deployment, Resource
from awslint_memo.value import Value

FUNCTION = "AWS::Lambda::Function"
STAGE = "AWS::ApiGateway::Stage"

_SWITCHES: Mapping[str, tuple[str, str | bool]] = {
    FUNCTION: ("TracingConfig.Mode", "PassThrough"),
    STAGE: ("TracingEnabled", False),
    STATE_MACHINE: ("TracingConfiguration.Enabled", False),
}
"""By type: what turns tracing on, and how it stands where nobody says."""


def switch(resource: Resource) -> Value:
    """What turns tracing of a function, stage or state machine on or off."""
    path, default = _SWITCHES[resource.type]
    return resource.get(path, default=default)


def is_traced(resource: Resource) -> bool | None:
    """Whether a function, stage or state machine surely sends traces (True) or surely sends none by itself (False)."""
    value = switch(resource)
    if resource.type == FUNCTION:
        return None if value.text is None else value.text == "Active"
    return value.flag


def traced(deployment: Deployment) -> list[Resource]:
    """Everything of a deployment that surely sends traces."""
    return deployment.once(_traced)


def _traced(deployment: Deployment) -> list[Resource]:
    return [resource for resource in deployment.of_type(*_SWITCHES) if is_traced(resource) is True]
