"""Converts values of Terraform's arguments to those of CloudFormation's properties; names.txt says where."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.durations import length
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.value import Absent, Known, Scalar, Unknown, Value
from awslint_memo.readers.property_maps import json_text, only

_OLDER = "said in the words of an older version of the provider"


def mapped(keywords: Mapping[str, Scalar]) -> Callable[[Value], Value]:
    """Convert keywords that differ between Terraform and CloudFormation, true and false included."""

    def read(value: Value) -> Value:
        if isinstance(value, Known) and value.text in keywords:
            return Known(keywords[value.text or ""], value.place, value.origin)
        return value

    return read


def always(keyword: str) -> Callable[[Value], Value]:
    """Convert any value to what follows from the Terraform type."""

    def read(value: Value) -> Value:
        return Known(keyword, value.place)

    return read


def each(argument: str) -> Callable[[Value], Value]:
    """Convert blocks to the list of one argument's values in them."""

    def read(blocks: Value) -> Value:
        return Known([block.get(argument) for block in blocks.items], blocks.place) if blocks.is_known else blocks

    return read


def pairs(key: str, value: str) -> Callable[[Value], Value]:
    """Convert a map to a list of blocks with these two names."""

    def read(given: Value) -> Value:
        if not isinstance(given, Known) or not isinstance(given.content, Mapping):
            return given
        blocks = [
            Known({key: Known(name, entry.place), value: entry}, given.place) for name, entry in given.fields.items()
        ]
        # A map of which only some entries are known is a list with an item that is not.
        rest = [given.content.rest] if isinstance(given.content, OpenFields) else []
        return Known([*blocks, *rest], given.place, given.origin)

    return read


def weights(value: Value) -> Value:
    """Convert a map of weights by version to a list. What a rule says of a version stands at the map."""
    if not isinstance(value, Known) or not isinstance(value.content, Mapping):
        return value
    pairs = [
        {"FunctionVersion": Known(version, value.place), "FunctionWeight": weight}
        for version, weight in value.fields.items()
    ]
    return Known([Known(pair, value.place) for pair in pairs], value.place)


def positive(days: Value) -> Value:
    """Convert a number of days to what the provider sends: nothing, unless it is above zero."""
    return Absent(days.place, days.origin) if days.number is not None and days.number <= 0 else days


def listed(value: Value) -> Value:
    """Convert one name to CloudFormation's list of names."""
    return value if isinstance(value, Absent) else Known([value], value.place)


def hash_key(value: Value) -> Value:
    """Convert the name of a table's partition key to CloudFormation's list of keys."""
    return Known([Known({"AttributeName": value, "KeyType": Known("HASH", value.place)}, value.place)], value.place)


def alarms(value: Value) -> Value:
    """Convert Terraform's list of alarm names to CloudFormation's list of alarms."""
    if not isinstance(value, Known):
        return value
    return Known([Known({"Name": item}, item.place) for item in value.items], value.place)


def artifacts(value: Value) -> Value:
    """Convert the artifacts of an action, each a name or a block with one, to CloudFormation's list."""
    if not isinstance(value, Known):
        return value
    names = [item.get("name") if item.fields else item for item in value.items]
    return Known([Known({"Name": name}, name.place) for name in names], value.place)


def archived(value: Value) -> Value:
    """Convert the path of an archive to the folder or file that it is made of; absent for any other path."""
    content: str | None = getattr(value, "content", None) if value.is_unknown else None
    return Absent(value.place) if content is None else Known(content, value.place, value.origin)


def filter_groups(value: Value) -> Value:
    """Convert the blocks of a webhook's groups, with blocks of filters, to CloudFormation's list of lists."""
    if not isinstance(value, Known):
        return value
    return Known([_filters(group.get("filter")) for group in value.items], value.place)


def _filters(blocks: Value) -> Value:
    if not isinstance(blocks, Known):
        return blocks
    named = {"ExcludeMatchedPattern": "exclude_matched_pattern", "Pattern": "pattern", "Type": "type"}
    filters = [{name: block.get(argument) for name, argument in named.items()} for block in blocks.items]
    return Known(
        [Known(content, block.place) for content, block in zip(filters, blocks.items, strict=True)], blocks.place
    )


def presence(project: Value) -> Value:
    """Convert the presence of the resource to true: a webhook is enabled if it exists."""
    return Known(True, project.place)


def elsewhere(value: Value) -> Value:
    """Convert what another resource configures, the replica's table or each table of a global table: not known."""
    return Unknown("said of the table elsewhere", value.place)


def containers(value: Value) -> Value:
    """Convert the JSON of container definitions, whose keys begin with a small letter, to CloudFormation's names."""
    return _capitalised(json_text()(value))


def _capitalised(value: Value) -> Value:
    if not isinstance(value, Known):
        return value
    if isinstance(value.content, Mapping):
        fields = {key[:1].upper() + key[1:]: _capitalised(child) for key, child in value.content.items()}
        return Known(fields, value.place, value.origin)
    if isinstance(value.content, list):
        return Known([_capitalised(child) for child in value.content], value.place, value.origin)
    return value


def cluster_mode(value: Value) -> Value:
    """Convert the cluster mode; Absent for older versions of the provider, which have a block with this name."""
    block = only(value)
    return Absent(value.place) if isinstance(block, Known) and isinstance(block.content, Mapping) else block


def parameters(value: Value) -> Value:
    """Convert blocks with a name and a value to a mapping."""
    named: dict[str, Value] = {}
    for block in value.items:
        name = block.get("name").text
        if name is None:
            return Unknown("a parameter whose name is not known", value.place)
        named[name] = block.get("value")
    return Known(named, value.place)


def primary(value: Value) -> Value:
    """Convert the primary replication group of a global datastore to CloudFormation's list of members."""
    return Known(
        [Known({"ReplicationGroupId": value, "Role": Known("PRIMARY", value.place)}, value.place)], value.place
    )


def seconds(value: Value) -> Value:
    """Convert a length of time such as 24h0m0s to a number of seconds."""
    if not isinstance(value, Known):
        return value
    number = length(value.text) if value.text is not None else None
    if number is None:
        return Unknown("no length of time", value.place, origin=value.origin)
    return Known(int(number) if number == int(number) else number, value.place, value.origin)


def old_block(value: Value) -> Value:
    """Convert a block that only older versions of the provider have in a bucket: only its presence is known."""
    return Unknown(_OLDER, value.place) if value.items else value


def old_lifecycle(value: Value) -> Value:
    """Convert blocks `lifecycle_rule` of an older version of the provider; of each, only what is read here is known."""
    if not isinstance(value, Known):
        return value if value.is_absent else Unknown(_OLDER, value.place)
    rules: list[Value] = [
        Known(OpenFields(_old_rule(rule), Unknown(_OLDER, rule.place)), rule.place) for rule in value.items
    ]
    return Known({"Rules": Known(rules, value.place)}, value.place) if rules else Absent(value.place)


def _old_rule(rule: Value) -> dict[str, Value]:
    status = mapped({"false": "Disabled", "true": "Enabled"})(rule.get("enabled"))
    expires = only(rule.get("noncurrent_version_expiration"))
    kept = expires if expires.is_absent else Known({"NoncurrentDays": expires.get("days")}, expires.place)
    former = Absent(rule.place)
    return {"NoncurrentVersionExpiration": kept, "NoncurrentVersionExpirationInDays": former, "Status": status}


def old_versioning(value: Value) -> Value:
    """Convert the block `versioning` of an older version of the provider."""
    enabled = only(value).get("enabled")
    status: Value = Unknown("whether it is enabled is not known", value.place)
    if enabled.is_absent or enabled.flag is not None:
        status = Known("Enabled" if enabled.flag else "Suspended", enabled.place, enabled.origin)
    return Known({"Status": status}, value.place) if value.is_unknown or value.items else Absent(value.place)


CONVERTERS: Mapping[str, Callable[[Value], Value]] = {
    **{f"always_{type_}": always(type_) for type_ in ("LUSTRE", "ONTAP", "OPENZFS", "WINDOWS")},
    **{f"{argument}s": each(argument) for argument in ("external_connection_name", "repository_name")},
    "alarms": alarms,
    "archived": archived,
    "artifacts": artifacts,
    "cluster_mode": cluster_mode,
    "containers": containers,
    "dimensions": pairs("Name", "Value"),
    "elsewhere": elsewhere,
    "enabled": mapped({"DISABLED": "false", "ENABLED": "true"}),
    "filter_groups": filter_groups,
    "hash_key": hash_key,
    "json": json_text(),
    "json_or_yaml": json_text(is_yaml=True),
    "json_allow": json_text("sourceQueueArns", others=["redrivePermission"]),
    "json_dead_letters": json_text("deadLetterTargetArn"),
    "json_redrive": json_text("deadLetterTargetArn", others=["maxReceiveCount"]),
    "list": listed,
    "negation": mapped({"false": "true", "true": "false"}),
    "old_block": old_block,
    "old_lifecycle": old_lifecycle,
    "old_versioning": old_versioning,
    "parameters": parameters,
    "positive": positive,
    "presence": presence,
    "primary": primary,
    "scheme": mapped({"false": "internet-facing", "true": "internal"}),
    "seconds": seconds,
    "state": mapped({"false": "DISABLED", "true": "ENABLED"}),
    "tags": pairs("Key", "Value"),
    "weights": weights,
}
"""By their names in names.txt. None of them is given a value that is Absent."""
