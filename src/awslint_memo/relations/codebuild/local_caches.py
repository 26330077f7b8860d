"""Which projects can have no local cache, and which no cache of Docker layers."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.codebuild import shell
from awslint_memo.relations.codebuild.buildspecs import UNKNOWN, buildspec

_PAGE = "codebuild/latest/userguide/caching-local.html"

WITHOUT_LOCAL = fact(
    {"Environment.Type": "LINUX_GPU_CONTAINER", "Environment.ComputeType": "BUILD_GENERAL1_2XLARGE"},
    page=_PAGE,
    read="2026-11-29",
)
"""The values of an environment's properties with which builds have no local cache; nor have they one in a VPC."""

_GROUP = "AWS::EC2::SecurityGroup"

CUSTOM = "LOCAL_CUSTOM_CACHE"
"""The mode that caches the directories which the buildspec names."""

LAYERS = "LOCAL_DOCKER_LAYER_CACHE"
"""The mode that caches Docker layers."""


_PRIVILEGED = "set Environment.PrivilegedMode to true"

_DOCKER = ("docker", "docker-compose", "dockerd", "start-dockerd")

_WITHOUT_DOCKER = frozenset((
    *("[", "apt", "apt-get", "aws", "cat", "cd", "chmod", "cp", "date", "echo", "exit", "export", "find", "git"),
    *("grep", "jq", "ls", "mkdir", "mv", "n", "nvm", "pip", "pip3", "printf", "pwd", "rm", "sed", "set", "tar", "test"),
    *("true", "unzip", "yum", "zip"),
))  # fmt: skip
"""Programs that surely start no Docker; what scripts and other programs start is not known. Chosen."""

_INSTALLING = ("ci", "install")
"""The subcommands of npm and yarn that start no script of the repository's own but those of installing."""


@record(frozen=True)
class Lacking:
    """Why a project has no such cache, with the value that says so. is_mode: whether it lacks privileged mode."""

    why: str
    value: Value
    is_mode: bool = False


def without_local_cache(project: Resource) -> Lacking | None:
    """Why builds of a project surely have no local cache; None where they may have one."""
    vpc, groups = project.get("VpcConfig.VpcId"), project.get("VpcConfig.SecurityGroupIds")
    # A VPC whose id is a parameter may be left empty; one in which a group of here is meant is there.
    has_group = any(project.deployment.find(group, _GROUP) is not None for group in groups.items)
    if has_group or not (vpc.is_absent or vpc.is_unknown):
        return Lacking("the project is in a VPC", vpc)
    for path, keyword in WITHOUT_LOCAL.items():
        value = project.get(path)
        if value.text == keyword:
            return Lacking(f"{path} is {keyword}{value.note}", value)
    return None


def unfilled(project: Resource) -> Value | None:
    """The buildspec of a project, where it surely names no paths for the cache that the project has; else None."""
    modes = [mode.text for mode in project.get("Cache.Modes").items]
    is_of_paths = project.get("Cache.Type").text == "S3" or modes == [CUSTOM]
    spec = buildspec(project) if is_of_paths else None
    cache = None if spec is None else spec.data.get("cache")
    if spec is None or UNKNOWN in spec.text or "batch" in spec.data:
        return None
    has_paths = isinstance(cache, Mapping) and bool(cache.get("paths")) if cache is not None else False
    return None if has_paths else spec.value


def layers_remedy(project: Resource) -> str:
    """What to write where a project that caches Docker layers lacks privileged mode, as an imperative: the mode where
    its builds surely run Docker, another cache where they surely do not, by their buildspec, and else either."""
    spec = buildspec(project)
    commands = [] if spec is None else [command.words for command in spec.commands]
    is_alone = len(project.get("Cache.Modes").items) == 1
    other = f"take LOCAL_SOURCE_CACHE, {CUSTOM} or no cache" if is_alone else "take it out"
    if any(words[0] in _DOCKER for words in commands):
        return _PRIVILEGED
    is_whole = spec is not None and UNKNOWN not in spec.text and "batch" not in spec.data
    if is_whole and commands and all(map(_starts_no_docker, commands)):
        return other
    return f"{_PRIVILEGED} if the build runs Docker, else {other}"


def _starts_no_docker(words: shell.Argv) -> bool:
    is_installing = words[0] in ("npm", "yarn") and words[1:2] and words[1] in _INSTALLING
    return words[0] in _WITHOUT_DOCKER or bool(is_installing)


def without_layers(project: Resource) -> Lacking | None:
    """Why a project that may have a local cache surely caches no Docker layers; None where it may."""
    kind, mode = project.get("Environment.Type"), project.get("Environment.PrivilegedMode", default=False)
    if (kind.text or "").startswith("WINDOWS"):
        return Lacking(f"Environment.Type is {kind.text}{kind.note}", kind)
    return Lacking(f"Environment.PrivilegedMode is off{mode.note}", mode, is_mode=True) if mode.flag is False else None
