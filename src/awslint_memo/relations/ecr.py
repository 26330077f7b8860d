"""Amazon ECR: the rules of a repository's lifecycle policy."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import parse_embedded


def lifecycle_rules(repository: Resource) -> Sequence[Value]:
    """The rules of a repository's lifecycle policy, which is written as JSON text; none where that is not known."""
    return parse_embedded(repository.get("LifecyclePolicy.LifecyclePolicyText")).get("rules").items
