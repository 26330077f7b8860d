"""Definitions that a resource has in an object of S3, which nobody reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

DEFINITION = "its definition"
"""Stands for what a resource has in its template, in a file of the repository or elsewhere."""

_IN_S3 = regex(r"arn:[\w-]+:s3:::")


@record(frozen=True)
class _Definition:
    """Where a resource has its definition. written: the properties that hold it. is_elsewhere: whether S3 has it."""

    written: tuple[str, ...]
    is_elsewhere: Callable[[Resource], bool]


def _has(*names: str) -> Callable[[Resource], bool]:
    return lambda resource: any(not resource.get(name).is_absent for name in names)


def _is_in_s3(project: Resource) -> bool:
    spec = project.get("Source.BuildSpec")
    return any(_IN_S3.match(piece.text or "") for piece in spec.pieces[:1])


_API = _Definition(("Body",), _has("BodyS3Location"))

_DEFINITIONS: Mapping[str, _Definition] = fact(
    {
        "AWS::ApiGateway::RestApi": _API,
        "AWS::ApiGatewayV2::Api": _API,
        "AWS::CodeBuild::Project": _Definition(("Source.BuildSpec",), _is_in_s3),
        "AWS::Lambda::Function": _Definition(("Code.ZipFile",), _has("Code.S3Bucket", "Code.ImageUri")),
        "AWS::StepFunctions::StateMachine": _Definition(
            ("Definition", "DefinitionString"), _has("DefinitionS3Location")
        ),
    },
    page="AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html",
    read="2026-12-02",
)
"""By type. Of functions whose code lies beside the template, `lambda_.handlers` tells it."""


def written(type_: str) -> tuple[str, ...]:
    """The properties that hold the definition of a resource of a type where the template has it."""
    return _DEFINITIONS[type_].written


def is_elsewhere(resource: Resource, path: str) -> bool | None:
    """Whether S3 has what stands at a path of properties, the definition of a resource; None if that is none."""
    definition = _DEFINITIONS.get(resource.type)
    if definition is None or not any(_is_in(path, each) or _is_in(each, path) for each in definition.written):
        return None
    return definition.is_elsewhere(resource)


def _is_in(path: str, other: str) -> bool:
    return f"{path}.".startswith(f"{other}.")
