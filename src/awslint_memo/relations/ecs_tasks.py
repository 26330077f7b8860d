"""What ECS and Fargate take in task definitions, and what in them needs a role that ECS itself has."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value
from awslint_memo.relations import ecs, ecs_services

FARGATE_LOG_DRIVERS = fact(
    ("awsfirelens", "awslogs", "splunk"),
    page="AmazonECS/latest/APIReference/API_LogConfiguration.html",
    read="2026-11-29",
)
"""The drivers for logs of containers on Fargate."""

FARGATE_STORAGE = fact((21, 200), page="AmazonECS/latest/APIReference/API_EphemeralStorage.html", read="2026-11-29")
"""GiB: the least and the most storage that a task on Fargate may be given. A task without has 20."""

NOT_IN_VPC = fact(
    ("ExtraHosts", "Hostname", "Links"),
    page="AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    read="2026-11-29",
)
"""What a container with the network mode awsvpc can't have."""

_PRIVATE_REGISTRY = ".dkr.ecr."
_REPOSITORY = "AWS::ECR::Repository"


def needs_execution_role(task: Resource) -> tuple[Value, str] | None:
    """What in a task definition surely needs its execution role, with which ECS reads secrets, and on Fargate also
    pulls images and writes logs: the value, and what ECS does with the role; None where nothing surely does."""
    is_on_fargate = ecs_services.is_on_fargate(task)
    for container in ecs.containers(task) or ():
        logs = container.get("LogConfiguration")
        for secrets in (container.get("Secrets"), logs.get("SecretOptions")):
            if secrets.is_known and secrets.items:
                return secrets, "read secrets"
        if is_on_fargate and logs.get("LogDriver").text == "awslogs":
            return logs, "write logs (awslogs)"
        if is_on_fargate and _is_private(container.get("Image"), task):
            return container.get("Image"), "pull the image from ECR"
    return None


def _is_private(image: Value, task: Resource) -> bool:
    """Whether an image surely is in a private registry of ECR."""
    repositories = {repository.name for repository in task.deployment.of_type(_REPOSITORY)}
    is_own = any(link.resource in repositories for link in image.mentions())
    return is_own or _PRIVATE_REGISTRY in ecs.written(image)
