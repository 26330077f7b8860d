"""VPC endpoints that the tasks of ECS need on Fargate, where the network of these leads to nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import service_of
from awslint_memo.model.value import Value
from awslint_memo.relations import ecs, ecs_tasks, networks

_FOR_IMAGES: Sequence[str] = fact(
    ("ecr.api", "ecr.dkr", "s3"), page="AmazonECR/latest/userguide/vpc-endpoints.html", read="2026-12-03"
)
"""The endpoints by which a task on Fargate gets an image from ECR, which keeps the layers in S3."""


def lacking(task: Resource, subnets: Sequence[Resource], *, has_address: bool) -> list[str]:
    """The services that a task needs and gets to by no endpoint, though its subnets surely lead out by endpoints alone;
    none where one of these is of a service that is not known."""
    if not all(networks.is_shut_in(one, has_address=has_address, past_endpoints=True) for one in subnets):
        return []
    there = [_service(one) for one in task.deployment.of_type(networks.ENDPOINT)]
    if None in there or not networks.has_interface(task.deployment):
        return []
    needed = dict.fromkeys(_needed(task))
    return [one for one in needed if one not in there]


def _service(endpoint: Resource) -> str | None:
    """The service of an endpoint, without its Region; None where it is not known, or there may be several endpoints."""
    named = endpoint.get("ServiceName")
    if endpoint.copies.number != 1:
        return None
    if named.text is not None:
        parts = named.text.split(".", 3)
        return parts[3] if len(parts) == 4 and named.text.startswith("com.amazonaws.") else None
    end = named.pieces[-1].text or ""
    return end[1:] if named.starts_with("com.amazonaws.") is True and end.startswith(".") else None


def _needed(task: Resource) -> Iterator[str]:
    """The services without which a task does not start."""
    for container in ecs.containers(task) or ():
        if ecs_tasks.is_private(container.get("Image"), task):
            yield from _FOR_IMAGES
        for secret in container.get("Secrets").items:
            kind = _store(secret.get("ValueFrom"), task)
            if kind:
                yield kind


def _store(value: Value, task: Resource) -> str:
    """Where a secret surely is kept; empty where that is not known."""
    if value.text is not None and ":" not in value.text:
        return "ssm"
    kept = task.deployment.find(value.pieces[0], "AWS::SecretsManager::Secret", "AWS::SSM::Parameter")
    service = service_of(value) if kept is None else "ssm" if kept.type == "AWS::SSM::Parameter" else "secretsmanager"
    return service if service in ("secretsmanager", "ssm") else ""
