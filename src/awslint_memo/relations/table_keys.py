"""Amazon DynamoDB: the attributes that a table defines, and those of its keys and indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import each_in

_INDEXES = ("GlobalSecondaryIndexes", "LocalSecondaryIndexes")
_OF_TERRAFORM = ("hash_key", "range_key", "key_schema.attribute_name")
"""Where the block of a global index names the attributes of its key in Terraform."""


def defined_attributes(table: Resource) -> Mapping[str, Value] | None:
    """The attributes that a table defines, by name; None where they are not all known, or none is defined."""
    return _by_name(each_in(table.get("AttributeDefinitions"), "AttributeName"))


def key_attributes(table: Resource) -> Mapping[str, Value] | None:
    """The attributes of the keys of a table and of its indexes, by name; None where they are not all known."""
    if table.is_open:
        return None
    if table.language == "terraform":
        if not table.terraform.replica_of.is_absent or not table.terraform.joined_tables.is_absent:
            return None
        return None if len(table.get(_INDEXES[0]).items) > len(_global(table).items) else _by_name(_in_blocks(table))
    paths = ("KeySchema.AttributeName", *(f"{index}.KeySchema.AttributeName" for index in _INDEXES))
    return _by_name(value for path in paths for value in _each(table, path))


def is_sorted(table: Resource, key: Value) -> bool | None:
    """Whether a KeySchema of a table or of its index surely has a sort key (True) or surely none (False); None where
    that is not known. In Terraform, the key of a table is not all in it."""
    if table.language == "terraform":
        sort_key = table.terraform.range_key
        return None if sort_key.is_unknown or key.is_absent else not sort_key.is_absent
    kinds = [item.get("KeyType").text for item in key.items]
    return True if "RANGE" in kinds else None if None in kinds or not kinds else False


def partition_key(key: Value) -> str | None:
    """The attribute of the partition key in a KeySchema; None where it is not known."""
    named = [item.get("AttributeName").text for item in key.items if item.get("KeyType").text == "HASH"]
    return named[0] if len(named) == 1 else None


def local_indexes(table: Resource) -> list[Value]:
    """What a table surely has as local indexes: in Terraform its blocks."""
    of_terraform = table.language == "terraform"
    listed = table.terraform.local_indexes if of_terraform else table.get("LocalSecondaryIndexes")
    return [item for item in listed.items if item.is_known]


def _global(table: Resource) -> Value:
    """The global indexes that a table's own blocks make; other resources may make some too."""
    return table.terraform.global_indexes


def _in_blocks(table: Resource) -> Iterator[Value]:
    yield from (value for value in (table.terraform.hash_key, table.terraform.range_key) if not value.is_absent)
    yield from each_in(table.terraform.local_indexes, "range_key")
    yield from (value for path in _OF_TERRAFORM for value in each_in(_global(table), path))


def _each(table: Resource, path: str) -> Iterator[Value]:
    top, _, rest = path.partition(".")
    yield from each_in(table.get(top), rest)


def _by_name(values: Iterable[Value]) -> dict[str, Value] | None:
    named = {value.text: value for value in values}
    return None if None in named or not named else {name: value for name, value in named.items() if name is not None}
