"""Amazon Kinesis: who reads a data stream, and what happens to a record that a reader fails to process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import service_of
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.dynamodb import STREAM_RETENTION
from awslint_memo.relations.lambda_.functions import FUNCTION, function_of, is_on

DEFAULT_RETENTION = fact(24, page="streams/latest/dev/kinesis-extended-retention.html", read="2026-11-25")
"""Hours that a stream keeps a record when nobody says for how long."""

NO_LIMIT = fact(-1, page="lambda/latest/api/API_CreateEventSourceMapping.html", read="2026-11-25")
"""The retries and the age of records at which a poller gives up when nobody says any: never."""

READS_PER_SECOND = fact(5, page="streams/latest/dev/service-sizes-and-limits.html", read="2026-11-25")
"""How often in a second a shard can be read by all readers without enhanced fan-out together."""

SQL_DELETED = fact("2026-01-27", page="kinesisanalytics/latest/dev/discontinuation.html", read="2026-11-25")
"""The day from which AWS deletes SQL applications. Since 2025-10-15 no new ones can be created."""

MOST_CONSUMERS: tuple[int, int] = fact(
    (20, 50), page="kinesis/latest/APIReference/API_RegisterStreamConsumer.html", read="2026-11-29"
)
"""How many consumers with enhanced fan-out a stream takes: a provisioned one, and at most one on demand."""

CHECKPOINT_DEFAULTS: Mapping[str, int] = fact(
    {"CheckpointingEnabled": True, "CheckpointInterval": 60000, "MinPauseBetweenCheckpoints": 5000},
    page="managed-flink/latest/apiv2/API_CheckpointConfiguration.html",
    read="2026-11-29",
)
"""What an application of Flink uses with the ConfigurationType DEFAULT, whatever is written beside it."""

RETIRED_FLINK = fact(
    ("FLINK-1_6", "FLINK-1_8", "FLINK-1_11", "FLINK-1_13"),
    page="managed-flink/latest/java/earlier.html",
    read="2026-11-26",
)
"""Runtimes of Flink that AWS no longer runs."""


STREAM = "AWS::Kinesis::Stream"
CONSUMER = "AWS::Kinesis::StreamConsumer"
TABLES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable")
DELIVERY_STREAM = "AWS::KinesisFirehose::DeliveryStream"
MAPPING = "AWS::Lambda::EventSourceMapping"
PIPE = "AWS::Pipes::Pipe"
_TASK = "AWS::ECS::TaskDefinition"

_A_STREAM = "stream"
"""What `_service` calls a source that is a stream of Kinesis or of a table, it is not known which."""

_OF_OTHER_SOURCES = fact(
    ("DocumentDBEventSourceConfig", "Topics"),
    page="lambda/latest/api/API_CreateEventSourceMapping.html",
    read="2026-11-29",
)
"""What a mapping needs that reads DocumentDB or Kafka, the other sources with a StartingPosition."""

_PIPE_PARAMETERS = {"kinesis": "KinesisStreamParameters", "dynamodb": "DynamoDBStreamParameters"}


@record(frozen=True)
class Poller:
    """An event source mapping or pipe that surely reads a stream, and when it gives up on a record.

    resource: the mapping or pipe. who: the function or pipe, as a sentence says it. stream: the Kinesis stream of this
    deployment that it reads, None where it is another. settings: the path, with a point, at which its settings stand.
    retries, age (seconds): after how many attempts and at what age a record is given up, -1 for never. on_failure: what
    is told of it then.
    """

    resource: Resource
    who: str
    stream: Resource | None
    settings: str
    retries: Value
    age: Value
    on_failure: Value

    @property
    def gives_up_never(self) -> bool:
        """Whether it surely tries a record again until the stream no longer holds it."""
        limits = (self.retries.number, self.age.number)
        return all(limit is not None and limit < 0 for limit in limits)

    @property
    def gives_up(self) -> bool:
        """Whether it surely gives up on a record some time."""
        return any((limit.number if limit.number is not None else -1) >= 0 for limit in (self.retries, self.age))


@record(frozen=True)
class Reader:
    """Something that surely reads a Kinesis stream and shares its shards' throughput with others."""

    resource: Resource
    place: Value
    stream: Resource


def poller(resource: Resource) -> Poller | None:
    """The poller of a Kinesis or DynamoDB stream that a mapping or a pipe is; None where it surely or possibly is
    none."""
    is_pipe = resource.type == PIPE
    source = resource.get("Source" if is_pipe else "EventSourceArn")
    service = _service(resource, source)
    if service is None:
        return None
    deployment = resource.deployment
    stream = deployment.find(source, STREAM) or _behind_consumer(deployment, source)
    if is_pipe:
        settings, told = f"SourceParameters.{_PIPE_PARAMETERS[service]}.", "DeadLetterConfig.Arn"
        who = f"the pipe {resource.title}"
    else:
        settings, told = "", "DestinationConfig.OnFailure.Destination"
        function = function_of(deployment, resource.get("FunctionName"))
        who = function.title if function is not None else resource.title
    retries = resource.get(f"{settings}MaximumRetryAttempts", default=NO_LIMIT)
    age = resource.get(f"{settings}MaximumRecordAgeInSeconds", default=NO_LIMIT)
    return Poller(resource, who, stream, settings, retries, age, resource.get(settings + told))


def pollers(stream: Resource) -> list[Poller]:
    """The mappings and pipes that surely read this Kinesis stream, by themselves or through a consumer."""
    return [one for one in stream.deployment.once(_pollers) if one.stream is stream]


def sharing_readers(stream: Resource) -> list[Reader]:
    """What surely reads a Kinesis stream and shares the throughput of its shards: mappings, pipes and delivery
    streams.

    One with enhanced fan-out has its own, and one that is switched off, or may be, takes none.
    """
    return [reader for reader in stream.deployment.once(_sharing) if reader.stream is stream]


def consumers(stream: Resource) -> list[Resource]:
    """The registered consumers, with enhanced fan-out, that surely belong to a stream."""
    return stream.deployment.once(_consumers).get(stream.name, [])


def bypassing(consumer: Resource) -> list[Resource]:
    """The mappings that read the stream of a consumer by the stream's own ARN, where nothing here names the consumer,
    and no program is told its name; else none."""
    stream, name = consumer.follow("StreamARN", STREAM), consumer.get("ConsumerName")
    past = [one for one in pollers(stream) if one.resource.type == MAPPING] if stream is not None else []
    from awslint_memo.relations.mentions import mentioning  # Few templates have consumers.

    past = [one for one in past if one.resource.deployment.find(one.resource.get("EventSourceArn"), STREAM) is stream]
    if not past or consumer.is_open or consumer.is_exposed() or mentioning(consumer):
        return []
    return [] if _is_told(consumer.deployment, name) else [one.resource for one in past]


def _is_told(deployment: Deployment, name: Value) -> bool:
    """Whether a variable of a function or a container surely has a name."""
    told = [each for one in deployment.of_type(FUNCTION) for each in one.get("Environment.Variables").fields.values()]
    containers = [each for one in deployment.of_type(_TASK) for each in one.get("ContainerDefinitions").items]
    told += [each.get("Value") for one in containers for each in one.get("Environment").items]
    return any(value.is_same_as(name) is True for value in told)


def retention(stream: Resource) -> Value:
    """How many hours a Kinesis stream keeps a record; AWS's default where none is written."""
    return stream.get("RetentionPeriodHours", default=DEFAULT_RETENTION)


def hours_kept(one: Poller) -> int | float | None:
    """How many hours the stream that a poller reads keeps a record; None where that is not known."""
    if one.stream is not None:
        return retention(one.stream).number
    source = one.resource.get("Source" if one.resource.type == PIPE else "EventSourceArn")
    return STREAM_RETENTION if _service(one.resource, source) == "dynamodb" else None


def _consumers(deployment: Deployment) -> dict[str, list[Resource]]:
    consumers: dict[str, list[Resource]] = {}
    for consumer in deployment.of_type(CONSUMER):
        stream = consumer.follow("StreamARN", STREAM)
        if stream is not None:
            consumers.setdefault(stream.name, []).append(consumer)
    return consumers


def _service(resource: Resource, source: Value) -> str | None:
    deployment = resource.deployment
    if deployment.find(source, STREAM, CONSUMER) is not None:
        return "kinesis"
    if deployment.find(source, *TABLES) is not None:
        return "dynamodb"
    service = service_of(source)
    if service is None and resource.type == PIPE:
        # A pipe says how it reads in words of the source's own.
        own = (key for key, name in _PIPE_PARAMETERS.items() if resource.get(f"SourceParameters.{name}").is_known)
        service = next(own, None)
    if service is None and resource.type == MAPPING and _starts_in_stream(resource):
        return _A_STREAM
    return service if service in _PIPE_PARAMETERS else None


def _starts_in_stream(mapping: Resource) -> bool:
    """Whether a mapping surely reads a Kinesis or DynamoDB stream by its settings: it says where to begin, and nothing
    that Lambda asks for of the other sources of which it can say that, Kafka and DocumentDB."""
    return mapping.get("StartingPosition").text is not None and all(
        mapping.get(name).is_absent for name in _OF_OTHER_SOURCES
    )


def _behind_consumer(deployment: Deployment, source: Value) -> Resource | None:
    consumer = deployment.find(source, CONSUMER)
    return consumer.follow("StreamARN", STREAM) if consumer is not None else None


def _pollers(deployment: Deployment) -> list[Poller]:
    found = (poller(resource) for resource in deployment.of_type(MAPPING, PIPE))
    return [one for one in found if one is not None]


def _sharing(deployment: Deployment) -> list[Reader]:
    return list(_readers(deployment))


def _readers(deployment: Deployment) -> Iterator[Reader]:
    for resource in deployment.of_type(MAPPING, PIPE, DELIVERY_STREAM):
        if resource.type == MAPPING:
            place = resource.get("EventSourceArn")
        elif resource.type == PIPE:
            place = resource.get("Source")
        else:
            place = resource.get("KinesisStreamSourceConfiguration.KinesisStreamARN")
        stream = deployment.find(place, STREAM)
        if stream is not None and (resource.type == DELIVERY_STREAM or is_on(resource)):
            for _ in range(int(resource.copies.number or 0)):
                yield Reader(resource, place, stream)
