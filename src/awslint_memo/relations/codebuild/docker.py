"""Which builds need a Docker daemon, and whether their environment lets one run."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.relations.codebuild.buildspecs import buildspec
from awslint_memo.relations.codebuild.shell import Argv

PRIVILEGED_TYPES = fact(
    frozenset(("ARM_CONTAINER", "LINUX_CONTAINER", "LINUX_GPU_CONTAINER")),
    page="codebuild/latest/APIReference/API_ProjectEnvironment.html",
    read="2026-11-29",
)
"""The types of environments in which a build runs a Docker daemon of its own, and only in privileged mode. Those on
Lambda have no Docker, and of the others the page does not say it."""

_WITH_DOCKER = "aws/codebuild/docker:"
"""How the names of CodeBuild's former images begin that had a Docker daemon in any mode."""

_OF_DAEMON = frozenset(("build", "run"))
_OF_COMPOSE = frozenset(("build", "run", "up"))


def docker_command(project: Resource) -> str | None:
    """The first command of a project's buildspec that surely needs a Docker daemon in the build, as text ("docker
    build"); None where there is none, or the build may use a daemon elsewhere."""
    spec = buildspec(project)
    names = [item.get("Name").text for item in project.get("Environment.EnvironmentVariables").items]
    if spec is None or "DOCKER_HOST" in names or None in names or not project.get("Environment.DockerServer").is_absent:
        return None
    if project.get("Environment.Image").starts_with(_WITH_DOCKER) is not False:
        return None
    # Another daemon is chosen by a variable, or by a context.
    words = [command.words for command in spec.commands]
    if "DOCKER_HOST" in f"{spec.data}" or any(argv[:2] == ("docker", "context") for argv in words):
        return None
    return next(filter(None, map(_of_daemon, words)), None)


def _of_daemon(words: Argv) -> str | None:
    program, arguments = words[0], words[1:]
    if program == "docker" and arguments[:1] and arguments[0] in _OF_DAEMON:
        return f"docker {arguments[0]}"
    if (program == "docker-compose" or words[:2] == ("docker", "compose")) and not _OF_COMPOSE.isdisjoint(arguments):
        return "docker-compose"
    if words[:2] == ("sam", "build") and not {"-u", "--use-container"}.isdisjoint(arguments):
        return "sam build --use-container"
    return None
