"""Which function a value names, whether by name, ARN, version or alias."""

from __future__ import annotations

from awslint_memo.template import Deployment, Resource
from awslint_memo.value import Known, Link, Unknown, Value

FUNCTION = "AWS::Lambda::Function"
QUALIFIED = ("AWS::Lambda::Alias", "AWS::Lambda::Version")

DEFAULT_TIMEOUT = 3
"""Seconds that Lambda gives a function when nobody says how long it may run."""


def function_of(deployment: Deployment, value: Value) -> Resource | None:
    """The function of this deployment that a value surely names; an alias or a version leads to its function."""
    function = _function(deployment, value)
    if function is not None:
        return function
    qualified = deployment.find(value, *QUALIFIED)
    return None if qualified is None else _function(deployment, qualified.get("FunctionName"))


def timeout(function: Resource) -> Value:
    """How many seconds a function may run."""
    return function.get("Timeout", default=DEFAULT_TIMEOUT)


def _function(deployment: Deployment, value: Value) -> Resource | None:
    found = deployment.find(value, FUNCTION)
    if found is not None:
        return found
    if isinstance(value, Unknown):
        link = _surely_of(value)
        return None if link is None else deployment.find(link, FUNCTION)
    name, colon, _ = (value.text or "").partition(":")
    return deployment.find(Known(name, value.place), FUNCTION) if colon and name not in ("", "arn") else None


def _surely_of(value: Unknown) -> Link | None:
    """The one resource that a value is of, whatever it says beyond that."""
    first = value.parts[0] if len(value.parts) > 2 else None
    if isinstance(first, Link):
        # "${Function}:${Alias}": whatever comes after the colon, it is of this function.
        return first if (value.parts[1].text or "").startswith(":") else None
    mentioned = list(value.mentions())
    # An attribute that has no word in CloudFormation (Terraform's qualified_arn).
    is_attribute = len(mentioned) == 1 and value.key.startswith(f"{mentioned[0].resource}.")
    return mentioned[0] if is_attribute else None
