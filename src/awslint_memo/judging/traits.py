"""What tells a resource from others of its type, so that it is known again under another name or in another place."""

from __future__ import annotations

from awslint_memo.judging import kept_elsewhere
from awslint_memo.model.deployment import Resource
from awslint_memo.model.identity import NAMES
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.model.value import Link, Value
from awslint_memo.readers.template import Deployments

_LETTERS = regex(r"[A-Za-z0-9]{3}")
_GAP = regex(r"\$\{[^}]*\}")

SWITCHES = {
    "AWS::Events::Rule": ("State", ("DISABLED",)),
    "AWS::Scheduler::Schedule": ("State", ("DISABLED",)),
    "AWS::Pipes::Pipe": ("DesiredState", ("STOPPED",)),
    "AWS::Lambda::EventSourceMapping": ("Enabled", ("false",)),
    "AWS::CloudFront::Distribution": ("DistributionConfig.Enabled", ("false",)),
    "AWS::ECS::Service": ("DesiredCount", ("0",)),
    "AWS::AutoScaling::AutoScalingGroup": ("MaxSize", ("0",)),
    "AWS::CloudWatch::Alarm": ("ActionsEnabled", ("false",)),
}
"""By type: the property that switches a resource off, and the values with which it does nothing."""

_NAMING = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::StepFunctions::StateMachine")
"""The types whose definitions name other resources."""


@record(frozen=True, slots=True)
class Trait:
    """One resource. called: the name that it is deployed with, with gaps for what is not known; empty if nobody writes
    one. span: of what is written of it; of Terraform's, of its name. off: what switches it off, in words; empty if
    nothing does. is_closed: whether nobody can read its definition, which names others."""

    type: str
    called: str
    span: Span
    off: str
    is_closed: bool = False


def traits(deployments: Deployments) -> dict[str, Trait]:
    """The resources of a template by the names that their files have for them, without the keys of instances."""
    result: dict[str, Trait] = {}
    for resource in deployments.resources:
        name = without_instance_keys(resource.written)
        if resource.place.span.path not in deployments.context_files and (
            name not in result or resource.name == resource.written
        ):
            span = resource.place.span if resource.body is None else resource.body.span
            result[name] = Trait(resource.type, _called(resource), span, _off(resource), _is_closed(resource))
    return result


def _called(resource: Resource) -> str:
    """The name that a resource is deployed with, if enough of it is written to tell it from others."""
    if resource.type not in NAMES:
        return ""
    value = resource.get(NAMES[resource.type][1])
    pattern = None if isinstance(value, Link) or value.is_secret else value.pattern
    name = "" if pattern is None else str(pattern)
    return name if _LETTERS.search(_GAP.sub("", name)) else ""


def _off(resource: Resource) -> str:
    """What switches a resource off."""
    path, values = SWITCHES.get(resource.type, ("", ()))
    text = resource.get(path).text if path else None
    is_off = text is not None and (text in values or text.lower() in values)
    return f"{resource.in_file_words(path)} is {text}" if is_off else ""


def _is_closed(resource: Resource) -> bool:
    """Whether a definition that names others is one that nobody can read, or lies in S3."""
    if resource.type not in _NAMING:
        return False
    written = kept_elsewhere.written(resource.type)
    is_in_s3 = resource.language != "terraform" and kept_elsewhere.is_elsewhere(resource, written[0])
    return bool(is_in_s3) or any(_is_unread(resource.get(name)) for name in written)


def _is_unread(document: Value) -> bool:
    """Whether nobody can read a document, be it a mapping or a text, with gaps or without."""
    if not document.is_unknown:
        return False
    from awslint_memo.syntax.embedded import parse_embedded

    return parse_embedded(document, is_yaml=True).is_unknown
