"""Amazon ECS: the scripts that wait until a service is stable, which it also is once a deployment was rolled back."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.relations import command_lines

_WAITS = r"\bwait\s+services-stable\b|\bwait-for-service-stability:\s*[\"']?true\b"


def waiting_script(service: Resource) -> str:
    """The first script or pipeline of the repository that waits for stable services, with its line; empty if none
    does, or nobody may look."""
    return command_lines.first(service, _WAITS)
