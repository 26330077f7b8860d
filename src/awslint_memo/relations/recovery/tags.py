"""The tags of resources, as far as they are known: a stack or a provider may add some to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import matches
from awslint_memo.model.value import Value

_UNNAMED = ("AWS::DynamoDB::GlobalTable",)
"""Types whose tags stand with each of their replicas."""


def tags(resource: Resource) -> Mapping[str, Value]:
    """The tags that are written, by their keys; of Terraform's resources, with those that the provider adds to all."""
    if resource.type in _UNNAMED:
        return {}
    pairs = ((one.get("Key").text, one.get("Value")) for one in _written(resource).items)
    own = {key: value for key, value in pairs if key is not None}
    return {**resource.terraform.default_tags.fields, **own}


def _written(resource: Resource) -> Value:
    return resource.get("FileSystemTags" if resource.type == "AWS::EFS::FileSystem" else "Tags")


def lacks(resource: Resource, key: str) -> bool:
    """Whether a resource surely does not bear a tag: only if the user says that the templates are complete."""
    recovery = resource.deployment.declared.recovery
    if recovery is None or not recovery.complete or resource.type in _UNNAMED or key in tags(resource):
        return False
    written, added = _written(resource), resource.terraform.default_tags
    is_open = written.is_unknown or any(one.get("Key").text is None for one in written.items)
    return not is_open and not added.is_unknown


def has(resource: Resource, wanted: Mapping[str, Sequence[str]]) -> bool | None:
    """Whether a resource surely bears all of these tags (True) or surely doesn't (False); None if not known.

    wanted: patterns of values by key; one of them has to match.
    """
    found = [bears(resource, key, values) for key, values in wanted.items()]
    if False in found:
        return False
    return None if None in found else True


def bears(resource: Resource, key: str, patterns: Sequence[str]) -> bool | None:
    """Whether a resource surely bears a tag with one of these values (True) or surely doesn't (False)."""
    value = tags(resource).get(key)
    if value is None:
        return False if lacks(resource, key) else None
    return None if value.text is None else any(matches(pattern, value.text) for pattern in patterns)
