"""The tags of resources, as far as they are known: a stack or a provider may add some to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import matches
from awslint_memo.model.value import Value


def tags(resource: Resource) -> Mapping[str, Value]:
    """The tags that are written, by their keys."""
    if resource.type == "AWS::DynamoDB::GlobalTable":
        return {}
    name = "FileSystemTags" if resource.type == "AWS::EFS::FileSystem" else "Tags"
    pairs = ((one.get("Key").text, one.get("Value")) for one in resource.get(name).items)
    return {key: value for key, value in pairs if key is not None}


def has(resource: Resource, wanted: Mapping[str, Sequence[str]]) -> bool | None:
    """Whether a resource surely bears all of these tags (True) or surely doesn't (False); None if not known.

    wanted: patterns of values by key; one of them has to match.
    """
    written = tags(resource)
    found = [_fits(written.get(key), values) for key, values in wanted.items()]
    if False in found:
        return False
    return None if None in found else True


def _fits(value: Value | None, patterns: Sequence[str]) -> bool | None:
    if value is None or value.text is None:
        return None
    return any(matches(pattern, value.text) for pattern in patterns)
