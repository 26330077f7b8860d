"""Helpers for tests of SAM: deployments of a template, a template with one function, links and positions."""

from awslint_memo import Deployment, Link, Resource, Value
from awslint_memo.files.source import Source
from awslint_memo.readers.recognition import template

FUNCTION = "AWS::Lambda::Function"
MAPPING = "AWS::Lambda::EventSourceMapping"
QUEUE = "AWS::SQS::Queue"
ALIAS = "AWS::Lambda::Alias"
GROUP = "AWS::CodeDeploy::DeploymentGroup"
ROLE = "AWS::IAM::Role"


def deployments(text: str, **parameters: str) -> list[Deployment]:
    read = template(Source("template.yaml", text.encode()))
    assert read is not None
    return list(read.deployments(parameters or None).deployments)


def only(text: str, **parameters: str) -> Deployment:
    (deployment,) = deployments(text, **parameters)
    return deployment


def function(properties: str, *, globals_: str = "{}", more: str = "") -> Deployment:
    """The deployment of a function Fn, whose definition is on line 3, and a queue Q."""
    return only(
        f"Globals: {{Function: {globals_}}}\nResources:\n"
        f"  Fn: {{Type: AWS::Serverless::Function, Properties: {properties}}}\n"
        f"  Q: {{Type: AWS::SQS::Queue}}\n{more}"
    )


def link(value: Value) -> str:
    assert isinstance(value, Link), value
    return f"{value.resource}.{value.attribute}"


def place(thing: Resource | Value) -> tuple[int, int]:
    span = thing.place.span
    return span.line, span.column
