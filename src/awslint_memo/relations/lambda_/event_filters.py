"""The filters of event source mappings and pipes: what they ask of a record, and which fields records have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import service_of
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Value
from awslint_memo.syntax.embedded import parse_embedded

Source: TypeAlias = Literal["dynamodb", "kafka", "kinesis", "mq", "sqs"]

PAYLOADS: Mapping[Source, str] = fact(
    {"dynamodb": "dynamodb", "kafka": "value", "kinesis": "data", "mq": "data", "sqs": "body"},
    page="lambda/latest/dg/invocation-eventfiltering.html",
    read="2026-11-29",
)
"""By source, the field of a record that holds what was sent."""

_OF_ALL = fact(
    ("awsRegion", "eventID", "eventName", "eventSource", "eventSourceARN", "eventSourceArn", "eventVersion"),
    page="lambda/latest/dg/invocation-eventfiltering.html",
    read="2026-11-29",
)
"""Fields of the records of all sources."""

FIELDS: Mapping[Source, tuple[str, ...]] = fact(
    {
        "dynamodb": ("dynamodb", "userIdentity"),
        "kafka": (
            *("bootstrapServers", "headers", "key", "keySchemaMetadata", "offset", "partition", "timestamp"),
            *("timestampType", "topic", "value", "valueSchemaMetadata"),
        ),
        "kinesis": (
            *("approximateArrivalTimestamp", "data", "encryptionType", "invokeIdentityArn", "kinesis"),
            *("kinesisSchemaVersion", "partitionKey", "sequenceNumber"),
        ),
        "mq": (
            *("basicProperties", "brokerInTime", "brokerOutTime", "correlationId", "correlationID", "data"),
            *("deliveryMode", "destination", "expiration", "messageID", "messageId", "messageType", "priority"),
            *("properties", "redelivered", "replyTo", "timestamp", "type"),
        ),
        "sqs": (
            *("attributes", "body", "md5OfBody", "md5OfMessageAttributes", "messageAttributes", "messageId"),
            "receiptHandle",
        ),
    },
    page="lambda/latest/dg/invocation-eventfiltering.html",
    read="2026-11-29",
)
"""By source, the fields of a record beside those that all have; those of a broker of either engine."""

_IMAGES = fact(
    {"NEW_IMAGE": ("NewImage",), "OLD_IMAGE": ("OldImage",), "KEYS_ONLY": ()},
    page="amazondynamodb/latest/APIReference/API_StreamSpecification.html",
    read="2026-11-29",
)
"""By view of a stream, the images of an item that its records have; any other view has both."""

_BOTH = fact(
    ("NewImage", "OldImage"), page="amazondynamodb/latest/APIReference/API_streams_StreamRecord.html", read="2026-11-29"
)
"""The images of an item in a record: as it is, and as it was."""

_EVENTS = fact(
    {
        ("dynamodb", "eventName"): ("INSERT", "MODIFY", "REMOVE"),
        ("dynamodb", "eventSource"): ("aws:dynamodb",),
        ("kinesis", "eventName"): ("aws:kinesis:record",),
        ("kinesis", "eventSource"): ("aws:kinesis",),
        ("sqs", "eventSource"): ("aws:sqs",),
    },
    page="amazondynamodb/latest/APIReference/API_streams_Record.html",
    read="2026-11-29",
)
"""By source and field, the values that records have; of Kinesis and SQS: lambda/latest/dg/with-kinesis.html and
lambda/latest/dg/with-sqs.html."""

NAMES: Mapping[Source, str] = {
    "dynamodb": "a table's stream",
    "kafka": "Kafka",
    "kinesis": "Kinesis",
    "mq": "Amazon MQ",
    "sqs": "SQS",
}
"""What people call the sources."""

_TYPES: Mapping[str, Source] = {
    "AWS::AmazonMQ::Broker": "mq",
    "AWS::DynamoDB::GlobalTable": "dynamodb",
    "AWS::DynamoDB::Table": "dynamodb",
    "AWS::Kinesis::Stream": "kinesis",
    "AWS::Kinesis::StreamConsumer": "kinesis",
    "AWS::MSK::Cluster": "kafka",
    "AWS::MSK::ServerlessCluster": "kafka",
    "AWS::SQS::Queue": "sqs",
}


@record(frozen=True)
class Filter:
    """One filter. path: that of its pattern. written: its pattern as it stands in the file. pattern: the same as a
    mapping."""

    path: str
    written: Value
    pattern: Value

    @property
    def fields(self) -> Mapping[str, Value]:
        """What the filter asks for, by the field of the record; none where that is not known."""
        return self.pattern.fields if self.pattern.is_known else {}

    @property
    def item(self) -> Mapping[str, Value]:
        """What the filter asks for of an item of a table, by the part of the stream's record: NewImage, Keys."""
        return self.fields["dynamodb"].fields if "dynamodb" in self.fields else {}


def filters(reader: Resource) -> list[Filter]:
    """The filters of a mapping or pipe, of which a record must match one; one whose pattern is not known has no
    fields."""
    path = "FilterCriteria.Filters"
    path = f"SourceParameters.{path}" if reader.type == "AWS::Pipes::Pipe" else path
    written = [(f"{path}[{number}].Pattern", item.get("Pattern")) for number, item in enumerate(reader.get(path).items)]
    return [Filter(place, value, parse_embedded(value)) for place, value in written if not value.is_absent]


def source(reader: Resource) -> Source | None:
    """What a mapping or pipe surely reads; None where that is not known."""
    if reader.type == "AWS::Pipes::Pipe":
        return _named(reader, "Source")
    named = _named(reader, "EventSourceArn")
    if named is None and not reader.get("Topics").is_absent:
        return "kafka"
    return "mq" if named is None and not reader.get("Queues").is_absent else named


def sources(reader: Resource) -> Sequence[Source]:
    """What a mapping or pipe surely reads, or else those of which it surely reads one, by its settings."""
    known = source(reader)
    if known is not None:
        return [known]
    if reader.type == "AWS::Pipes::Pipe":
        given = reader.get("SourceParameters")
        return next(([name] for key, name in _OF_PIPES.items() if given.get(key).is_known), [])
    if reader.get("StartingPosition").is_absent or not reader.get("DocumentDBEventSourceConfig").is_absent:
        return []
    of_shards = any(not reader.get(name).is_absent for name in _OF_SHARDS)
    return ["kinesis", "dynamodb"] if of_shards else ["kinesis", "dynamodb", "kafka"]


_OF_PIPES: Mapping[str, Source] = {
    "DynamoDBStreamParameters": "dynamodb",
    "KinesisStreamParameters": "kinesis",
    "ManagedStreamingKafkaParameters": "kafka",
    "SqsQueueParameters": "sqs",
}
_OF_SHARDS = ("ParallelizationFactor", "TumblingWindowInSeconds")
"""What a mapping has for streams of Kinesis and DynamoDB alone; a StartingPosition, also for Kafka."""


def _named(reader: Resource, path: str) -> Source | None:
    resource = reader.follow(path)
    if resource is not None:
        return _TYPES.get(resource.type)
    service = service_of(reader.get(path))
    return next((name for name in PAYLOADS if name == service), None)


def foreign_field(sources: Sequence[Source], asked: Filter) -> str:
    """The first field that a filter asks for and that no record of some sources has; empty where there may be none."""
    # A key that begins with "$" combines patterns.
    others = (key for key in asked.fields if not may_have(sources, key) and not key.startswith("$"))
    return next((key for key in others if not may_match_without(asked.fields[key])), "")


def may_have(sources: Sequence[Source], field: str) -> bool:
    """Whether a record of one of some sources may have a field."""
    return field in _OF_ALL or any(field in FIELDS[source] for source in sources)


def may_match_without(wanted: Value) -> bool:
    """Whether what a pattern asks of a field may also be true where the field is not there: {"exists": false}."""
    if wanted.is_unknown:
        return True
    if isinstance(wanted.plain, list):
        return any(may_match_without(item) for item in wanted.items)
    exists = wanted.fields.get("exists")
    if exists is not None:
        return exists.flag is not True
    return any(may_match_without(value) for value in wanted.fields.values())


def renamed(asked: Filter, old: str, new: str) -> str | None:
    """The pattern with another name for one of its fields, as text; None where not all of it is known."""
    plain = _plain(asked.pattern)
    if plain is None or new in plain:
        return None
    return _written({new if key == old else key: wanted for key, wanted in plain.items()})


@record(frozen=True)
class ForeignValue:
    """Values that a filter asks for and that no record has. field: of the record. known: the values that there are.
    is_all: whether the filter asks for no other value of the field."""

    field: str
    values: Sequence[str]
    known: Sequence[str]
    is_all: bool


def foreign_value(source: Source | None, asked: Filter) -> ForeignValue | None:
    """The values of the first field for which a filter asks in vain; else None.

    source: what is read; where that is not known, a filter with the field "dynamodb" tells it.
    """
    of = "dynamodb" if source is None and "dynamodb" in asked.fields else source
    for (name, field), known in _EVENTS.items():
        wanted = asked.fields.get(field) if name == of else None
        texts = [] if wanted is None or not isinstance(wanted.plain, list) else [item.text for item in wanted.items]
        values = [text for text in texts if text is not None and text not in known]
        if values and None not in texts:
            return ForeignValue(field, values, known, is_all=len(values) == len(texts))
    return None


def missing_image(view: str, asked: Filter) -> str:
    """The image that a filter asks for and that a stream with such a view does not have; empty where there may be
    none."""
    named = (image for image in _BOTH if image in asked.item and not may_match_without(asked.item[image]))
    has: tuple[str, ...] = _IMAGES.get(view, _BOTH)
    return next((image for image in named if image not in has), "")


@record(frozen=True)
class Number:
    """What a filter asks of an attribute of an item that is a number. name: of the attribute. wanted: what it asks."""

    name: str
    wanted: Value


def unmatched_numbers(asked: Filter) -> list[Number]:
    """The attributes of which a filter asks for numbers, which no record has: there, numbers are texts ("N": "5")."""
    return list(_numbers(asked.item, ""))


def _numbers(within: Mapping[str, Value], name: str) -> Iterator[Number]:
    for key, value in within.items():
        if key == "N" and isinstance(value.plain, list):
            if value.items and all(_is_number(item) or "numeric" in item.fields for item in value.items):
                yield Number(name, value)
        elif not key.startswith("$"):
            yield from _numbers(value.fields, key)


def _is_number(value: Value) -> bool:
    return isinstance(value, Known) and isinstance(value.content, (int, float)) and not isinstance(value.content, bool)


def with_texts(asked: Filter) -> str | None:
    """The pattern with texts for the numbers of unmatched_numbers, as text; None where not all of it is known, or where
    an operator compares numbers."""
    plain = _plain(asked.pattern)
    operates = any(item.fields for number in unmatched_numbers(asked) for item in number.wanted.items)
    return None if plain is None or operates else _written({**plain, "dynamodb": _texts(plain["dynamodb"])})


def _texts(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    return {
        key: [_text(item) for item in value] if key == "N" and isinstance(value, list) else _texts(value)
        for key, value in plain.items()
    }


def _text(item: Any) -> Any:
    if isinstance(item, bool) or not isinstance(item, (int, float)):
        return item
    return str(int(item)) if item == int(item) else repr(item)


def _plain(pattern: Value) -> dict[str, Any] | None:
    """A pattern as plain data; None where a part of it is not known, or null."""
    plain = pattern.plain
    return plain if isinstance(plain, dict) and "null" not in _written(plain) else None


def _written(plain: object) -> str:
    from json import dumps

    return dumps(plain)
