"""The tag by which CloudFormation tells the resources of a stack apart."""

from __future__ import annotations

from collections.abc import Callable

from awslint_memo.model.deployment import Resource

TAG = "aws:cloudformation:logical-id"
"""Its key, in small letters. Nobody else can write it."""


def bears(store: Resource, is_asked_for: Callable[[str], bool]) -> bool | None:
    """Whether a store may bear a logical id as its tag (None: not all types get one), or surely bears no such one.

    is_asked_for: whether an id is one of those.
    """
    is_its = store.language == "cloudformation" and is_asked_for(store.name.rpartition("/")[2])
    return None if is_its else False
