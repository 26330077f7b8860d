"""Instance profiles, by which instances have a role."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.relations.iam.roles import ROLE


def role_of(profile: Resource) -> Resource | None:
    """The role of this deployment that an instance profile surely gives to instances: IAM takes one, and no more."""
    held = profile.get("Roles").items
    return profile.deployment.find(held[0], ROLE) if len(held) == 1 else None
