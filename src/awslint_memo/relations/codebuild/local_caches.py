"""Which projects can have no local cache, and which no cache of Docker layers."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value

_PAGE = "codebuild/latest/userguide/caching-local.html"

WITHOUT_LOCAL = fact(
    {"Environment.Type": "LINUX_GPU_CONTAINER", "Environment.ComputeType": "BUILD_GENERAL1_2XLARGE"},
    page=_PAGE,
    read="2026-11-29",
)
"""The values of an environment's properties with which builds have no local cache; nor have they one in a VPC."""

LAYERS = "LOCAL_DOCKER_LAYER_CACHE"
"""The mode that caches Docker layers."""


@record(frozen=True)
class Lacking:
    """Why a project has no such cache, with the value that says so. is_mode: whether it lacks privileged mode."""

    why: str
    value: Value
    is_mode: bool = False


def without_local_cache(project: Resource) -> Lacking | None:
    """Why builds of a project surely have no local cache; None where they may have one."""
    vpc = project.get("VpcConfig.VpcId")
    if not vpc.is_absent and not vpc.is_unknown:
        return Lacking("the project is in a VPC", vpc)
    for path, keyword in WITHOUT_LOCAL.items():
        value = project.get(path)
        if value.text == keyword:
            return Lacking(f"{path} is {keyword}{value.note}", value)
    return None


def without_layers(project: Resource) -> Lacking | None:
    """Why a project that may have a local cache surely caches no Docker layers; None where it may."""
    kind, mode = project.get("Environment.Type"), project.get("Environment.PrivilegedMode", default=False)
    if (kind.text or "").startswith("WINDOWS"):
        return Lacking(f"Environment.Type is {kind.text}{kind.note}", kind)
    return Lacking(f"Environment.PrivilegedMode is off{mode.note}", mode, is_mode=True) if mode.flag is False else None
