"""What ECS and Fargate take in task definitions, and what in them needs a role that ECS itself has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations import ecs, ecs_services
from awslint_memo.relations.iam import roles
from awslint_memo.syntax.embedded import each

FARGATE_LOG_DRIVERS = fact(
    ("awsfirelens", "awslogs", "splunk"),
    page="AmazonECS/latest/APIReference/API_LogConfiguration.html",
    read="2026-11-29",
)
"""The drivers for logs of containers on Fargate."""

FARGATE_STOP = fact(120, page="AmazonECS/latest/APIReference/API_ContainerDefinition.html", read="2026-11-30")
"""Seconds that a container on Fargate is given at most to end before it is killed."""

CHECK_FORMS = fact(("CMD", "CMD-SHELL"), page="AmazonECS/latest/APIReference/API_HealthCheck.html", read="2026-11-30")
"""What the command of a health check begins with."""

_TARGET_GROUPS = "LoadBalancers.TargetGroupArn"

NO_CHECK = "NONE"
"""What Docker takes as the command for no check."""

FARGATE_STORAGE = fact((21, 200), page="AmazonECS/latest/APIReference/API_EphemeralStorage.html", read="2026-11-29")
"""GiB: the least and the most storage that a task on Fargate may be given. A task without has 20."""

NOT_IN_VPC = fact(
    ("ExtraHosts", "Hostname", "Links"),
    page="AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    read="2026-11-29",
)
"""What a container with the network mode awsvpc can't have."""

CONTAINER_KEYS = fact(
    (
        *("command", "cpu", "credentialSpecs", "dependsOn", "disableNetworking", "dnsSearchDomains", "dnsServers"),
        *("dockerLabels", "dockerSecurityOptions", "entryPoint", "environment", "environmentFiles", "essential"),
        *("extraHosts", "firelensConfiguration", "healthCheck", "hostname", "image", "interactive", "links"),
        *("linuxParameters", "logConfiguration", "memory", "memoryReservation", "mountPoints", "name"),
        *("portMappings", "privileged", "pseudoTerminal", "readonlyRootFilesystem", "repositoryCredentials"),
        *("resourceRequirements", "restartPolicy", "secrets", "startTimeout", "stopTimeout", "systemControls"),
        *("ulimits", "user", "versionConsistency", "volumesFrom", "workingDirectory"),
    ),
    page="AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    read="2026-11-30",
)
"""What a container in a task definition may have, as the API writes it."""


def dropped(task: Resource) -> Iterator[tuple[str, Value, str | None]]:
    """The keys with values in the containers of a task definition that no container has, with their values, and the key
    that is meant where one is the same but for underscores or hyphens.

    Go reads keys of JSON in any case, so that Name is name.
    """
    plain = {key.lower(): key for key in CONTAINER_KEYS}
    for container in task.get("ContainerDefinitions").items:
        for name, value in container.fields.items():
            key = name[:1].lower() + name[1:]
            has_value = bool(value.fields or value.items) or value.text not in (None, "")
            if key.lower() not in plain and has_value:
                yield key, value, plain.get(key.replace("_", "").replace("-", "").lower())


PRIVATE_REGISTRY = ".dkr.ecr."
"""What the addresses of private registries have."""

_REPOSITORY = "AWS::ECR::Repository"


def needs_execution_role(task: Resource) -> tuple[Value, str] | None:
    """What in a task definition surely needs its execution role, with which ECS reads secrets, and on Fargate also
    pulls images and writes logs: the value, and what ECS does with the role; None where nothing surely does."""
    return next(_works(task), None)


def unable(task: Resource) -> list[tuple[Value, str, str]]:
    """What ECS surely may not do with the execution role of a task definition, for which the template has all of the
    role's policies: the value that needs it, the action that none of them allows, and what ECS does with it."""
    role = task.follow("ExecutionRoleArn", roles.ROLE)
    if role is None:
        return []
    needs = [(value, _NEEDS[work], work) for value, work in _works(task) if work in _NEEDS]
    lacks = [need for need in needs if roles.may(role, need[1]) is False]
    return [] if lacks and roles.may_get_more(role) else lacks


_PULL = "pull the image from ECR"
_LOG = "write logs (awslogs)"
_NEEDS: Mapping[str, str] = fact(
    {_PULL: "ecr:GetAuthorizationToken", _LOG: "logs:CreateLogStream"},
    page="aws-managed-policy/latest/reference/AmazonECSTaskExecutionRolePolicy.html",
    read="2026-11-30",
)
"""What the execution role must be allowed for what ECS does with it on Fargate; a secret, see `secret_readers`."""


def _works(task: Resource) -> Iterator[tuple[Value, str]]:
    is_on_fargate = ecs_services.is_on_fargate(task)
    for container in ecs.containers(task) or ():
        logs = container.get("LogConfiguration")
        for secrets in (container.get("Secrets"), logs.get("SecretOptions")):
            if secrets.is_known and secrets.items:
                yield secrets, "read secrets"
        if is_on_fargate and logs.get("LogDriver").text == "awslogs":
            yield logs, _LOG
        if is_on_fargate and is_private(container.get("Image"), task):
            yield container.get("Image"), _PULL


def is_private(image: Value, task: Resource) -> bool:
    """Whether an image surely is in a private registry of ECR."""
    repositories = {repository.name for repository in task.deployment.of_type(_REPOSITORY)}
    is_own = any(link.resource in repositories for link in image.mentions())
    return is_own or PRIVATE_REGISTRY in ecs.written(image)


CHANNELS = fact(
    (
        *("ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel"),
        *("ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"),
    ),
    page="AmazonECS/latest/developerguide/ecs-exec.html",
    read="2026-11-30",
)
"""What ECS Exec does with the role of a task."""


def without_channels(service: Resource) -> Resource | None:
    """The role of the tasks of a service with ECS Exec, where the role surely may open no channel; else None."""
    is_on = service.get("EnableExecuteCommand").flag is True
    task = service.follow("TaskDefinition", ecs.TASK) if is_on else None
    role = None if task is None else task.follow("TaskRoleArn", roles.ROLE)
    if role is None or roles.may(role, CHANNELS[0]) is not False or roles.may_get_more(role):
        return None
    return role


_LOG_GROUP, _CREATE_GROUP = "AWS::Logs::LogGroup", "logs:CreateLogGroup"
_WORD = regex(r"[^\W_]+")

_Words: TypeAlias = "tuple[str, ...]"


def misspelt_groups(task: Resource) -> Iterator[tuple[Value, Resource]]:
    """What containers surely name as log groups that nobody makes here, each with the group of here whose name has the
    same words in another order or case."""
    groups = task.deployment.once(_groups)
    for named, created in _log_groups(task):
        if named.text is None or (created is not None and created.flag is not False):
            continue
        alike = groups.get(_words(named.text), {})
        if named.text not in alike and len(alike) == 1:
            yield from ((named, group) for group in alike.values())


def _log_groups(task: Resource) -> Iterator[tuple[Value, Value | None]]:
    """The log groups that containers name for awslogs, each with whether the driver shall make it, if that is said."""
    for container in ecs.containers(task) or ():
        logs = container.get("LogConfiguration")
        # Terraform's keys were given a capital.
        options = {key.lower(): value for key, value in logs.get("Options").fields.items()}
        named = options.get("awslogs-group")
        if logs.get("LogDriver").text == "awslogs" and named is not None:
            yield named, options.get("awslogs-create-group")


def unmade_groups(task: Resource) -> Iterator[tuple[Value, Value, Resource]]:
    """What containers on Fargate surely name as log groups that are to be made, which nothing here makes and the task's
    execution role of here surely may not: that name, the option, and the role."""
    role = task.follow("ExecutionRoleArn", roles.ROLE) if ecs_services.is_on_fargate(task) else None
    if role is None or roles.may_get_more(role) or roles.may(role, _CREATE_GROUP) is not False:
        return
    groups = [group.get("LogGroupName") for group in task.deployment.of_type(_LOG_GROUP)]
    for named, created in _log_groups(task):
        is_written = any(piece.text for piece in named.pieces) and task.deployment.find(named, _LOG_GROUP) is None
        is_unmade = is_written and all(group.is_absent or group.is_same_as(named) is False for group in groups)
        if created is not None and created.flag is True and is_unmade:
            yield named, created, role


def _groups(deployment: Deployment) -> Mapping[_Words, Mapping[str, Resource]]:
    """The log groups of a deployment by their names, and these by their words; none where a name is not known, as it
    may be any."""
    by_words: dict[_Words, dict[str, Resource]] = {}
    for group in deployment.of_type(_LOG_GROUP):
        name = group.get("LogGroupName")
        if name.is_unknown:
            return {}
        if name.text is not None:
            by_words.setdefault(_words(name.text), {})[name.text] = group
    return by_words


def _words(name: str) -> _Words:
    return tuple(sorted(_WORD.findall(name.lower())))


def may_answer_with_others(service: Resource) -> bool:
    """Whether another service, or another copy of this one, registers its tasks in a target group of a service, or may:
    they answer while this one does not."""
    deployment = service.deployment
    groups = list(each(service, _TARGET_GROUPS))
    if service.copies.number != 1 and any(_is_for_all_copies(deployment.find(group), group) for group in groups):
        return True
    others = (other for other in deployment.of_type(ecs.SERVICE) if other is not service)
    named = [group for other in others for group in each(other, _TARGET_GROUPS)]
    return any(_is_same_group(deployment, one, other) for one in groups for other in named)


def _is_for_all_copies(group: Resource | None, named: Value) -> bool:
    """Whether a target group that copies of a service name is one for them all."""
    return group.copies.number == 1 if group is not None else named.text is not None


def _is_same_group(deployment: Deployment, one: Value, other: Value) -> bool:
    found = deployment.find(one)
    if found is None or found.copies.number != 1:
        return one.is_same_as(other) is True
    return deployment.find(other) is found


def shares_files(service: Resource) -> bool:
    """Whether the tasks of a service share the files of a file system, as a program may need that runs once."""
    task = service.follow("TaskDefinition", ecs.TASK)
    volumes = [] if task is None else task.get("Volumes").items
    return any(not volume.get("EFSVolumeConfiguration.FilesystemId").is_absent for volume in volumes)
