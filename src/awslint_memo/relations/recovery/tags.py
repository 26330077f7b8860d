"""The tags of resources, as far as they are known: a stack or a provider may add tags to all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import matches
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.recovery import logical_ids

_UNNAMED = ("AWS::DynamoDB::GlobalTable",)
"""Types whose tags stand with each of their replicas."""


def tags(resource: Resource) -> Mapping[str, Value]:
    """The tags that are written, by their keys; of Terraform's resources, with those that the provider adds to all."""
    if resource.type in _UNNAMED:
        return {}
    pairs = ((tag.get("Key").text, tag.get("Value")) for tag in written_tags(resource).items)
    own = {key: value for key, value in pairs if key is not None}
    return {**resource.terraform.default_tags.fields, **own}


def written_tags(resource: Resource) -> Value:
    """The property with a resource's own tags."""
    if resource.type in _UNNAMED:
        return Unknown("the tags of each replica", resource.place)
    return resource.get("FileSystemTags" if resource.type == "AWS::EFS::FileSystem" else "Tags")


def lacks(resource: Resource, key: str) -> bool:
    """Whether a resource surely does not bear a tag: only if the user says that the templates are complete."""
    recovery = resource.deployment.declared.recovery
    if recovery is None or not recovery.complete or resource.type in _UNNAMED or key in tags(resource):
        return False
    written, added = written_tags(resource), resource.terraform.default_tags
    is_open = written.is_unknown or any(tag.get("Key").text is None for tag in written.items)
    return not is_open and not added.is_unknown


def has(resource: Resource, asked_for: Mapping[str, Sequence[str]]) -> bool | None:
    """Whether a resource surely bears all of these tags (True) or surely doesn't (False); None if not known.

    asked_for: patterns of values by key; one of them has to match.
    """
    answers = [bears(resource, key, values) for key, values in asked_for.items()]
    if False in answers:
        return False
    return None if None in answers else True


def bears(resource: Resource, key: str, patterns: Sequence[str]) -> bool | None:
    """Whether a resource surely bears a tag with one of these values (True) or surely doesn't (False)."""
    if key.lower() == logical_ids.TAG:
        return logical_ids.bears(resource, lambda name: any(matches(pattern, name) for pattern in patterns))
    value = tags(resource).get(key)
    if value is None:
        return False if lacks(resource, key) else None
    return None if value.text is None else any(matches(pattern, value.text) for pattern in patterns)


def bears_exactly(store: Resource, key: str, value: str) -> bool | None:
    """Whether a store surely bears a tag with this value (True) or surely doesn't (False): nothing is a wildcard."""
    if key.lower() == logical_ids.TAG:
        return logical_ids.bears(store, lambda name: name == value)
    written = tags(store).get(key)
    if written is None:
        return False if lacks(store, key) else None
    return None if written.text is None else written.text == value
