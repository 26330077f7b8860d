"""Images of the own registry that are named by a tag which moves from one image to the next: latest, or none."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.value import Link, Value
from awslint_memo.relations import ecs, ecs_tasks
from awslint_memo.relations.codepipeline.pipelines import actions

LATEST = fact("latest", page="AmazonECS/latest/developerguide/container-considerations.html", read="2026-12-02")
"""The tag that is meant where none is written."""

_REPOSITORY = "AWS::ECR::Repository"
_UNTAGGED = regex(r"[^/:@*]+")

_REGISTERS = r"\becs\s+register-task-definition\b|\baws-actions/amazon-ecs-(?:render|deploy)-task-definition\b"
"""Commands and steps of GitHub that make a new revision of a task definition, with another image."""


def moving(user: Resource) -> Iterator[tuple[Value, str]]:
    """The images of a task definition or a function that surely have a moving tag, each with the container's name; none
    where something else brings out images, or the tags of their repository can't be written again."""
    for image, container in _images(user):
        is_moving = _moves(image, user.deployment) and _is_own(image, user) and not _is_brought_out_apart(user)
        if is_moving and not _is_given(image, user):
            yield image, container


def _is_given(image: Value, user: Resource) -> bool:
    """Whether a command of the repository gives an image, or its tag, in the place of a default value."""
    from awslint_memo.relations import command_lines

    return any(command_lines.gives(user, name, but=LATEST) for name in decided_by(image).origin.defaults)


def decided_by(image: Value) -> Value:
    """The value with the tag of an image, or the whole image."""
    return image.pieces[-1]


def _images(user: Resource) -> Iterator[tuple[Value, str]]:
    if user.type == ecs.TASK:
        for container in ecs.containers(user) or ():
            yield container.get("Image"), container.get("Name").text or ""
    else:
        yield user.get("Code.ImageUri"), ""


def _moves(image: Value, deployment: Deployment) -> bool:
    last = ecs.written(image).rpartition("/")[2]
    end = image.pieces[-1]
    if isinstance(end, Link):
        # Nothing follows on the name or the address of a repository.
        linked = deployment.resource(end.resource)
        is_repository = linked is not None and linked.type == _REPOSITORY
        return is_repository and (last == "*" or (image is end and end.attribute == "RepositoryUri"))
    return last.endswith(f":{LATEST}") or _UNTAGGED.fullmatch(last) is not None


def _is_own(image: Value, user: Resource) -> bool:
    """Whether an image surely is of a private registry, and of no repository of here whose tags never move."""
    if not ecs_tasks.is_private(image, user):
        return False
    repositories = {one.name: one for one in user.deployment.of_type(_REPOSITORY)}
    named = [repositories[link.resource] for link in image.mentions() if link.resource in repositories]
    name = ecs.written(image).partition(ecs_tasks.PRIVATE_REGISTRY)[2].partition("/")[2].partition(":")[0]
    named = named or [one for one in repositories.values() if _may_be_called(one, name)]
    return all(one.get("ImageTagMutability", default="MUTABLE").text == "MUTABLE" for one in named)


def _may_be_called(repository: Resource, name: str) -> bool:
    """Whether a repository may have a name of which an asterisk stands for what is not known."""
    own = repository.get("RepositoryName")
    return "*" in name or own.is_unknown or own.text == name


def _is_brought_out_apart(user: Resource) -> bool:
    """Whether something else than the template may say which image runs: a pipeline, CodeDeploy, or another tool."""
    if user.type != ecs.TASK:
        return may_ignore(user.terraform.ignore_changes, "image_uri")
    services = [one for one in user.deployment.of_type(ecs.SERVICE) if one.follow("TaskDefinition", ecs.TASK) is user]
    for service in services:
        controller = service.get("DeploymentController.Type", default="ECS")
        if controller.text != "ECS" or may_ignore(service.terraform.ignore_changes, "task_definition"):
            return True
    is_ignored = may_ignore(user.terraform.ignore_changes, "container_definitions")
    from awslint_memo.relations import command_lines  # Few functions and tasks have such an image.

    is_piped = is_ignored or user.deployment.once(_has_deploying_pipeline)
    return is_piped or command_lines.first(user, _REGISTERS) != ""


def _has_deploying_pipeline(deployment: Deployment) -> bool:
    pipelines = deployment.of_type("AWS::CodePipeline::Pipeline")
    return any(action.provider in ("ECS", "CodeDeployToECS") for one in pipelines for action in actions(one))
