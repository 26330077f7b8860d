"""Templates of queues and who reads them, as the tests of the rules on SQS write them."""

from __future__ import annotations

from typing import Any

from tests.linting import arn, resource
from tests.linting import stack as template_of

PARAMETERS = {"Parameters": {"Any": {"Type": "String"}, "Slow": {"Type": "Number", "Default": 60}}}


def stack(**resources: dict[str, Any]) -> dict[str, Any]:
    """A template that may refer to a parameter without and to one with a default."""
    return template_of(PARAMETERS, **resources)


def queue(**properties: Any) -> dict[str, Any]:
    return resource("SQS::Queue", **properties)


def function(**properties: Any) -> dict[str, Any]:
    return resource("Lambda::Function", **properties)


def pipe(**properties: Any) -> dict[str, Any]:
    return resource("Pipes::Pipe", **properties)


def mapping(function: Any, source: Any = None, **properties: Any) -> dict[str, Any]:
    """A function reads a source, the queue Orders if no other is given."""
    return resource(
        "Lambda::EventSourceMapping", EventSourceArn=source or arn("Orders"), FunctionName=function, **properties
    )


def worker(of: str = "Orders", *, service: str = "ecs-tasks", action: Any = "sqs:ReceiveMessage") -> dict[str, Any]:
    """The role of a program that may receive from a queue, run by a service."""
    trust = {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sts:AssumeRole"}
    allowed = {"Effect": "Allow", "Action": action, "Resource": arn(of)}
    return resource(
        "IAM::Role",
        AssumeRolePolicyDocument={"Statement": [trust]},
        Policies=[{"PolicyName": "work", "PolicyDocument": {"Statement": [allowed]}}],
    )


def redrive(target: Any, count: Any = 5) -> dict[str, Any]:
    return {"RedrivePolicy": {"deadLetterTargetArn": target, "maxReceiveCount": count}}
