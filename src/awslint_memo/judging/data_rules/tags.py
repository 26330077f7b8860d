"""The tags of resources, which CloudFormation writes as pairs and Terraform as a map, with those of its provider."""

from __future__ import annotations

from awslint_memo.judging.data_rules.known_names import properties_of
from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.property_maps import TERRAFORM_TAGS

_KEYS = ("Key", "key", "TagKey")
_VALUES = ("Value", "value", "TagValue")


def tag(resource: Resource, name: str) -> Value:
    """The value of a tag; that of the provider in Terraform where the resource has none of its own."""
    own = _of(resource.get(_property(resource)), name)
    if not own.is_absent:
        return own
    added = resource.terraform.default_tags
    given = _of(added, name)
    return own if given.is_absent else given


def _property(resource: Resource) -> str:
    """The property with the tags; in Terraform, nearly all types have them as `tags`, also those without a table."""
    is_named = resource.language != "terraform" or "Tags" in properties_of(resource.type)
    return "Tags" if is_named else TERRAFORM_TAGS


def _of(tags: Value, name: str) -> Value:
    """The value of a tag in tags of either form; Absent where they surely do not have it."""
    if tags.is_absent:
        return tags
    if not isinstance(tags, Known):
        return Unknown("tags that are not known", tags.place, origin=tags.origin)
    if not isinstance(tags.content, list):
        return tags.child(name)
    is_sure = True
    for pair in tags.items:
        key = _first(pair, _KEYS)
        if key.text == name:
            return _first(pair, _VALUES)
        is_sure = is_sure and key.text is not None
    if not is_sure:
        return Unknown("tags of which a name is not known", tags.place, origin=tags.origin)
    return Absent(tags.place, tags.origin)


def _first(pair: Value, names: tuple[str, ...]) -> Value:
    values = (pair.child(name) for name in names)
    return next((value for value in values if not value.is_absent), pair.child(names[0]))
