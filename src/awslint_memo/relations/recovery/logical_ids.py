"""The tag by which CloudFormation tells the resources of a stack apart."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import matches

TAG = "aws:cloudformation:logical-id"
"""Its key, in small letters. Nobody else can write it."""


def bears(store: Resource, patterns: Sequence[str]) -> bool | None:
    """Whether a store may bear a logical id as its tag (None: not all types get one), or surely bears no such one."""
    name = store.name.rpartition("/")[2]
    is_its = store.language == "cloudformation" and any(matches(pattern, name) for pattern in patterns)
    return None if is_its else False
