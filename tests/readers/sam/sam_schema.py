"""SAM's own schema, from the installed translator: each property of each type, with a template that sets it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Any, get_args, get_origin

from samtranslator.internal.schema_source import schema

from awslint_memo.files.source import Source
from awslint_memo.readers.cloudformation.expansion import parse
from awslint_memo.readers.sam.template import translate
from awslint_memo.syntax.node import Flaws, Node, fields

Put = Callable[[Any], Any]
"""Makes the properties of a resource in which a property has a value (MISSING: in which it is not set)."""

MISSING = object()
PREFIX = "AWS::Serverless::"
MARKER = "Marker"

BASES: Mapping[str, Mapping[str, Any]] = {
    "Api": {"StageName": "Prod"},
    "Connector": {"Permissions": ["Write"]},
}
"""Properties that every resource of a type has here."""

BESIDE: Mapping[str, Mapping[str, Any]] = {
    MARKER: {"Type": "AWS::SQS::Queue"},
    "Bucket": {"Type": "AWS::S3::Bucket"},
    "Pool": {"Type": "AWS::Cognito::UserPool"},
    "Fn": {"Type": "AWS::Lambda::Function"},
    "Topic": {"Type": "AWS::SNS::Topic"},
}
"""The other resources of each template."""

ALIAS = {"AutoPublishAlias": "live"}
QUEUE = {"Type": "AWS::SQS::Queue"}
PRIVATE = {"Domain": {"EndpointConfiguration": "PRIVATE"}}
ZONE = {"Domain": {"Route53": {"HostedZoneId": "Z1"}}}
OWN_AUTHORIZER = {"Auth": {"Authorizers": {"Entry": {"FunctionArn": "f"}}}}

NEEDED: Mapping[str, Mapping[str, Any]] = {
    "Api.Auth.Authorizers.DisableFunctionDefaultPermissions": OWN_AUTHORIZER,
    "Api.Domain.AccessAssociation": PRIVATE,
    "Api.Domain.NormalizeBasePath": {"Domain": {"BasePath": ["a-b"]}},
    "Api.Domain.Route53.": ZONE,
    "Api.Domain.Route53.DistributionDomainName": {"Domain": {"EndpointConfiguration": "EDGE"}},
    "Api.Domain.Route53.VpcEndpointDomainName": PRIVATE,
    "Api.Domain.Route53.VpcEndpointHostedZoneId": PRIVATE,
    "Api.MergeDefinitions": {"DefinitionBody": {"Fn::Transform": {"Name": "AWS::Include"}}},
    "Connector.Source": {"Destination": {"Id": MARKER}},
    "Connector.Destination": {"Source": {"Id": "Fn"}},
    "Connector.Destination.Arn": {"Destination": QUEUE},
    "Connector.Destination.QueueUrl": {"Source": {"Id": "Topic"}, "Destination": QUEUE},
    "Connector.Permissions": {"Source": {"Id": "Fn"}, "Destination": {"Id": MARKER}},
    "Connector.Source.Arn": {"Source": {"Type": "AWS::SNS::Topic"}},
    "Connector.Source.RoleName": {"Source": {"Type": "AWS::Lambda::Function"}},
    "Function.AutoPublishAliasAllProperties": ALIAS,
    "Function.AutoPublishCodeSha256": ALIAS,
    "Function.DeploymentPreference": ALIAS,
    "Function.DeploymentPreference.": {"DeploymentPreference": {"Type": "AllAtOnce"}},
    "Function.FunctionScalingConfig": ALIAS,
    "Function.ProvisionedConcurrencyConfig": ALIAS,
    "Function.PublishToLatestPublished": ALIAS,
    "Function.SourceKMSKeyArn": {"CodeUri": {"Bucket": "b", "Key": "k"}},
    "Function.VersionDeletionPolicy": ALIAS,
    "Function.VersionDescription": ALIAS,
    "HttpApi.Auth.Authorizers.EnableFunctionDefaultPermissions": OWN_AUTHORIZER,
    "HttpApi.Domain.Route53.": ZONE,
    "StateMachine.DeploymentPreference": ALIAS,
    "StateMachine.UseAliasAsEventTarget": {
        **ALIAS,
        "Events": {"E": {"Type": "Schedule", "Properties": {"Schedule": "rate(1 day)"}}},
    },
    "WebSocketApi.Auth.": {
        "Auth": {"AuthType": "CUSTOM", "AuthArn": "f"},
        "Routes": {"$connect": {"FunctionArn": "f"}},
    },
    "WebSocketApi.Domain.Route53.": ZONE,
}
"""Properties without which a property has no effect, by the beginning of the names of such properties."""

SAMPLES: Mapping[str, Any] = {
    "Alarms": ["a"],
    "AuthType": "NONE",
    "AutoPublishAlias": "live",
    "BasePath": ["a"],
    "Bucket": {"Ref": "Bucket"},
    "CodeUri": {"Bucket": "b", "Key": "k"},
    "ContentUri": {"Bucket": "b", "Key": "k"},
    "Events": {"E": {"Type": "Schedule", "Properties": {"Schedule": "rate(1 day)"}}},
    "IgnoreGlobals": "*",
    "InputTransformer": {"InputTemplate": "a"},
    "PassthroughCondition": False,
    "NormalizeBasePath": False,
    "Permissions": ["Read"],
    "Policies": [{"Statement": []}],
    "Policy": {"Statement": []},
    "QueueLogicalId": "Failed",
    "ResourcePolicy": {"CustomStatements": []},
    "ResponseTransferMode": "RESPONSE_STREAM",
    "Role": "arn:aws:iam::1:role/r",
    "Route53": {"HostedZoneId": "Z1"},
    "Type": "SQS",
    "UserPool": {"Ref": "Pool"},
}
"""Values for properties of which not every value has an effect."""


def of_types() -> dict[str, Any]:
    """The model of each resource, by its type without its prefix."""
    found = {}
    for one in get_args(schema.Resources):
        (type_,) = get_args(one.__fields__["Type"].outer_type_)
        found[type_.removeprefix(PREFIX)] = one
    return found


def of_events(kind: str) -> dict[str, Any]:
    """The model of each event of a type, by the event's type."""
    model = of_types()[kind].__fields__["Properties"].type_
    found = {}
    for _, one in _inner(model.__fields__["Events"].outer_type_):
        (type_,) = get_args(one.__fields__["Type"].outer_type_)
        found[type_] = one
    return found


def of_globals() -> dict[str, Any]:
    """The model of each section of Globals, by its name."""
    return {name: field.type_ for name, field in schema.Globals.__fields__.items()}


def cases(kind: str) -> Iterator[tuple[str, Put]]:
    """Each property of a type, as a dotted name; those of its events follow `Events` and the event's type."""
    model = of_types()[kind].__fields__["Properties"].type_
    for name, put in _cases(model, lambda properties: properties):
        yield f"{kind}.{name}", put
    if "Events" in model.__fields__:
        for type_, event in of_events(kind).items():
            field = event.__fields__["Properties"]
            for name, put in _cases(field.type_, _in_event(type_)):
                yield f"{kind}.Events.{type_}.{name}", put


def _in_event(type_: str) -> Put:
    return lambda properties: {"Events": {"E": {"Type": type_, "Properties": properties}}}


def _cases(model: Any, wrap: Put) -> Iterator[tuple[str, Put]]:
    for name, field in model.__fields__.items():

        def put(value: Any, name: str = name) -> Any:
            return wrap({**_required(model, name), **({} if value is MISSING else {name: value})})

        yield name, put
        if name != "Events":
            for shape, inner in _inner(field.outer_type_):
                yield from ((f"{name}.{path}", deeper) for path, deeper in _cases(inner, _after(shape, put)))


def _after(first: Put, then: Put) -> Put:
    return lambda properties: then(first(properties))


def _required(model: Any, without: str = "") -> dict[str, Any]:
    return {name: sample(name, field) for name, field in model.__fields__.items() if field.required and name != without}


def _inner(type_: Any) -> list[tuple[Put, Any]]:
    """The models in the type of a property, each with what makes the property's value of the model's properties."""
    if hasattr(type_, "__fields__"):
        return [] if type_.__name__ in ("PassThroughProp", "Ref") else [(lambda properties: properties, type_)]
    found = []
    for one in get_args(type_):
        for shape, model in _inner(one):
            within = {list: lambda inner: [inner], dict: lambda inner: {"Entry": inner}}.get(get_origin(type_))
            found.append((shape if within is None else _after(shape, within), model))
    return found


def sample(name: str, field: Any) -> Any:
    """A value for a property."""
    inner = _inner(field.outer_type_)
    if name in SAMPLES:
        return SAMPLES[name]
    if inner:
        shape, model = inner[0]
        return shape(_required(model))
    if field.outer_type_ is bool or bool in get_args(field.outer_type_):
        return True
    if get_origin(field.outer_type_) is list:
        return [MARKER]
    return {MARKER: "value"} if get_origin(field.outer_type_) is dict else MARKER


def field_of(kind: str, name: str) -> Any:
    """The field of a dotted name of `cases`."""
    steps = name.split(".")[1:]
    model = of_types()[kind].__fields__["Properties"].type_
    if steps[0] == "Events" and len(steps) > 2:
        model, steps = of_events(kind)[steps[1]].__fields__["Properties"].type_, steps[2:]
    options = [model]
    for number, step in enumerate(steps):
        found = [one.__fields__[step] for one in options if step in one.__fields__]
        if number == len(steps) - 1:
            return found[0]
        options = [inner for field in found for _, inner in _inner(field.outer_type_)]
    raise LookupError(name)


def merged(one: Any, two: Any) -> Any:
    if isinstance(one, dict) and isinstance(two, dict):
        return {**one, **{key: merged(one[key], value) if key in one else value for key, value in two.items()}}
    return two


def template(kind: str, name: str, put: Put, value: Any) -> dict[str, Any]:
    """A template with one resource R in which a property has a value."""
    whole: Any = deepcopy(dict(BASES.get(kind, {})))
    for start, needed in NEEDED.items():
        if name.startswith(start):
            whole = merged(whole, deepcopy(needed))
    # What is tested is not set otherwise.
    *way, last = name.split(".")[1:]
    parent = whole
    for step in way:
        parent = parent.get(step, {}) if isinstance(parent, dict) else {}
    if isinstance(parent, dict):
        parent.pop(last, None)
    whole = merged(whole, put(value))
    return {"Resources": {**BESIDE, "R": {"Type": PREFIX + kind, "Properties": whole}}}


def made(template: Mapping[str, Any]) -> Any:
    """What our reader makes of a template, as plain data."""
    root = parse(Source("template.json", json.dumps(template).encode()), Flaws())
    sections = fields(root)
    found = translate(sections["Resources"], sections.get("Globals"), sections.get("Parameters"))
    resources = {name: shown(node) for name, (_, node) in found.made.items()}
    return resources, found.is_open, found.aliases


def shown(node: Node) -> Any:
    content = node.content
    if isinstance(content, Mapping):
        return {key: shown(value) for key, value in content.items()}
    return [shown(item) for item in content] if isinstance(content, list) else content


def is_read(kind: str, name: str, put: Put) -> bool:
    """Whether our reader makes something else of a template if a property is set."""
    value = sample(name.rpartition(".")[2], field_of(kind, name))
    return bool(made(template(kind, name, put, value)) != made(template(kind, name, put, MISSING)))
