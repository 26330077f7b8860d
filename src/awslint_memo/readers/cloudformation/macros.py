"""What transforms of whole templates change; one that is not listed may add any property and any resource."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

HARMLESS = (
    "AWS::Serverless-",
    "AWS::LanguageExtensions",
    "AWS::CodeDeployBlueGreen",
    "AWS::SecretsManager-",
)
"""The beginnings of the names of transforms that don't change what is written
(AWSCloudFormation/latest/TemplateReference/transform-reference.html, read 2026-11-26)."""

CHANGED: Mapping[str, Mapping[str, Collection[str]]] = {
    "DatadogServerless": {
        "AWS::IAM::Role": ("Policies",),
        "AWS::Lambda::Function": ("Environment", "Handler", "Layers", "Tags", "TracingConfig"),
        "AWS::StepFunctions::StateMachine": ("Definition", "DefinitionString", "LoggingConfiguration", "Tags"),
    },
}
"""By macro and type, the properties that it sets or adds to. It adds resources only of types of AWS::Logs, and roles
(https://github.com/DataDog/datadog-cloudformation-macro, read 2026-11-26)."""


def unknown_macro(transforms: Iterable[str]) -> str | None:
    """The first of these transforms that may change anything; None if there is none."""
    return next((name for name in transforms if name not in CHANGED and not name.startswith(HARMLESS)), None)


def changing(transforms: Iterable[str], type_: str, name: str) -> str | None:
    """The first of these transforms that changes a property of resources of a type; None if there is none."""
    return next((one for one in transforms if name in CHANGED.get(one, {}).get(type_, ())), None)
