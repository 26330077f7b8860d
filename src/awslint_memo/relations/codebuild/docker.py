"""Which builds need a Docker daemon, whether their environment lets one run, and for which processors they build."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.value import Value
from awslint_memo.relations.codebuild.buildspecs import buildspec
from awslint_memo.relations.codebuild.shell import Argv

PRIVILEGED_TYPES = fact(
    frozenset(("ARM_CONTAINER", "LINUX_CONTAINER", "LINUX_GPU_CONTAINER")),
    page="codebuild/latest/APIReference/API_ProjectEnvironment.html",
    read="2026-11-29",
)
"""The types of environments in which a build runs a Docker daemon of its own, and only in privileged mode. Those on
Lambda have no Docker, and of the others the page does not say it."""

ARCHITECTURES = fact(
    {"ARM_CONTAINER": "arm64", "LINUX_CONTAINER": "x86_64", "LINUX_GPU_CONTAINER": "x86_64"},
    page="codebuild/latest/userguide/build-env-ref-compute-types.html",
    read="2026-11-29",
)
"""The processors of the types of environments, as Lambda calls them."""

PROJECT = "AWS::CodeBuild::Project"
_REPOSITORY = "AWS::ECR::Repository"
_OTHERWISE = ("platform", "buildx", "manifest")
"""Words in a buildspec or in names of its variables by which an image may be for other processors than the build's."""

_EMULATORS = ("binfmt", "qemu")
"""Words of what lets a build run programs for other processors. Who installs it may say in a Dockerfile for which."""

_WITH_DOCKER = "aws/codebuild/docker:"
"""How the names of CodeBuild's former images begin that had a Docker daemon in any mode."""

_OF_DAEMON = frozenset(("build", "run"))
_OF_COMPOSE = frozenset(("build", "run", "up"))


def docker_command(project: Resource) -> str | None:
    """The first command of a project's buildspec that surely needs a Docker daemon in the build, as text ("docker
    build"); None where there is none, or the build may use a daemon elsewhere."""
    spec = buildspec(project)
    if spec is None or project.get("Environment.Image").starts_with(_WITH_DOCKER) is not False:
        return None
    words = [command.words for command in spec.commands]
    found = next(filter(None, map(_of_daemon, words)), None)
    # Another daemon is chosen by a variable, or by a context.
    is_elsewhere = "DOCKER_HOST" in f"{spec.data}" or any(argv[:2] == ("docker", "context") for argv in words)
    return None if found is None or is_elsewhere or _may_name_daemon(project) else found


def _may_name_daemon(project: Resource) -> bool:
    # Few builds run Docker.
    from awslint_memo.relations.codebuild.environments import variables

    names = variables(project)
    return "DOCKER_HOST" in names or None in names or not project.get("Environment.DockerServer").is_absent


def _of_daemon(words: Argv) -> str | None:
    program, arguments = words[0], words[1:]
    if program == "docker" and arguments[:1] and arguments[0] in _OF_DAEMON:
        return f"docker {arguments[0]}"
    if (program == "docker-compose" or words[:2] == ("docker", "compose")) and not _OF_COMPOSE.isdisjoint(arguments):
        return "docker-compose"
    if words[:2] == ("sam", "build") and not {"-u", "--use-container"}.isdisjoint(arguments):
        return "sam build --use-container"
    return None


def built_for(image: Value, user: Resource) -> tuple[Resource, str] | None:
    """The project of this deployment that surely builds an image, and the processors that the image is for ("arm64" or
    "x86_64"), unless its Dockerfile says otherwise; None where that is not known, or several projects differ.

    image: the address of an image in a repository of this deployment. user: the resource that runs it.
    """
    by_repository = user.deployment.once(_builders)
    named = {link.resource for link in image.mentions()} & by_repository.keys()
    builders = [builder for name in named for builder in by_repository[name]]
    project, architecture = builders[0] if builders else (user, None)
    is_one = all(other == architecture for _, other in builders)
    return (project, architecture) if architecture is not None and is_one else None


def _builders(deployment: Deployment) -> dict[str, list[tuple[Resource, str | None]]]:
    """By repository, the projects whose variables or buildspecs name it, each with what processors it builds for."""
    repositories = {repository.name for repository in deployment.of_type(_REPOSITORY)}
    builders: dict[str, list[tuple[Resource, str | None]]] = {}
    for project in deployment.of_type(PROJECT) if repositories else ():
        values = (project.get("Environment.EnvironmentVariables"), project.get("Source.BuildSpec"))
        for name in {link.resource for value in values for link in value.mentions()} & repositories:
            builders.setdefault(name, []).append((project, _architecture(project)))
    return builders


def _architecture(project: Resource) -> str | None:
    """The processors for which a project surely builds and pushes images by `docker build`; else None."""
    spec = buildspec(project)
    architecture = ARCHITECTURES.get(project.get("Environment.Type").text or "")
    if spec is None or architecture is None or docker_command(project) is None:
        return None
    from awslint_memo.relations.codebuild.environments import variables

    text = f"{spec.data} {variables(project)}".lower()
    is_emulating = any(word in text for word in _EMULATORS) and not _is_for_sibling(project)
    if is_emulating or any(word in text for word in _OTHERWISE) or not project.get("Environment.Fleet").is_absent:
        return None
    commands = {command.words[:2] for command in spec.commands}
    return architecture if {("docker", "build"), ("docker", "push")} <= commands else None


def _is_for_sibling(project: Resource) -> bool:
    """Whether another project of the same block of Terraform builds for other processors, so that what the projects
    share is there for that one."""
    block = without_instance_keys(project.written)
    siblings = (one for one in project.deployment.of_type(PROJECT) if without_instance_keys(one.written) == block)
    specs = (buildspec(one) for one in siblings if one is not project)
    return any("--platform" in command.words for spec in specs if spec is not None for command in spec.commands)
