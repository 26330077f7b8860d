"""Amazon Data Firehose: where a delivery stream delivers records, and what transforms them on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.lambda_.functions import function_of
from awslint_memo.syntax.embedded import each


class BackupModes(NamedTuple):
    """The S3BackupMode of a destination that holds where none is written, and the one that keeps every record."""

    default: str
    whole: str


def _modes(default: str, whole: str, api: str) -> Fact[BackupModes]:
    page = f"firehose/latest/APIReference/API_{api}DestinationConfiguration.html"
    return Fact(BackupModes(default, whole), page=page, read="2026-11-25")


BACKUP_MODES: Mapping[str, Fact[BackupModes]] = {
    "ExtendedS3DestinationConfiguration": _modes("Disabled", "Enabled", "ExtendedS3"),
    "S3DestinationConfiguration": _modes("", "", "S3"),
    "RedshiftDestinationConfiguration": _modes("Disabled", "Enabled", "Redshift"),
    "AmazonopensearchserviceDestinationConfiguration": _modes(
        "FailedDocumentsOnly", "AllDocuments", "Amazonopensearchservice"
    ),
    "AmazonOpenSearchServerlessDestinationConfiguration": _modes(
        "FailedDocumentsOnly", "AllDocuments", "AmazonOpenSearchServerless"
    ),
    "ElasticsearchDestinationConfiguration": _modes("FailedDocumentsOnly", "AllDocuments", "Elasticsearch"),
    "SplunkDestinationConfiguration": _modes("FailedEventsOnly", "AllEvents", "Splunk"),
    "HttpEndpointDestinationConfiguration": _modes("FailedDataOnly", "AllData", "HttpEndpoint"),
    "SnowflakeDestinationConfiguration": _modes("FailedDataOnly", "AllData", "Snowflake"),
    "IcebergDestinationConfiguration": _modes("FailedDataOnly", "", "Iceberg"),
}
"""The modes of each destination, by the property that configures it; empty where none is or where none keeps all.

The enumeration of Iceberg's has AllData, but the page says that only FailedDataOnly is supported.
"""

LEAST_BUFFER = fact(
    64,
    page="https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-kinesisfirehose/lib/s3-bucket.ts",
    read="2026-11-25",
)
"""MB: the smallest buffer with dynamic partitioning or with conversion of the format. Firehose's own error says so, and
AWS's CDK checks it."""

BUFFER_TIME = fact(300, page="firehose/latest/APIReference/API_BufferingHints.html", read="2026-11-29")
"""Seconds that a buffer of S3 or of an HTTP endpoint waits when nobody says how long."""

_PAIRED_HINTS: Mapping[str, tuple[str, ...]] = fact(
    {
        "ExtendedS3DestinationConfiguration": ("BufferingHints", "S3BackupConfiguration.BufferingHints"),
        "S3DestinationConfiguration": ("BufferingHints",),
        "HttpEndpointDestinationConfiguration": ("BufferingHints", "S3Configuration.BufferingHints"),
    },
    page="firehose/latest/APIReference/API_HttpEndpointBufferingHints.html",
    read="2026-11-29",
)
"""The buffers of destinations that have a size and a time, or neither; any other destination has one of its copies."""

PROCESSED_MEGABYTES: tuple[float, float] = fact(
    (0.2, 3), page="firehose/latest/APIReference/API_ProcessorParameter.html", read="2026-11-29"
)
"""MB: the smallest and the largest buffer of a function that transforms records."""

WITHOUT_RETRY = fact(
    ("ExtendedS3DestinationConfiguration", "S3DestinationConfiguration"),
    page="firehose/latest/APIReference/API_ExtendedS3DestinationConfiguration.html",
    read="2026-11-29",
)
"""The destinations whose retries nobody can choose."""

LONGEST_TRANSFORMATION = fact(300, page="firehose/latest/dev/data-transformation.html", read="2026-11-25")
"""Seconds that Firehose waits for a function that transforms records."""


DELIVERY_STREAM = "AWS::KinesisFirehose::DeliveryStream"
_GROUP, _LOG_STREAM = "AWS::Logs::LogGroup", "AWS::Logs::LogStream"
_SOURCE = "KinesisStreamSourceConfiguration.KinesisStreamARN"

_NAMES = {
    "ExtendedS3DestinationConfiguration": "S3",
    "S3DestinationConfiguration": "S3",
    "RedshiftDestinationConfiguration": "Redshift",
    "AmazonopensearchserviceDestinationConfiguration": "OpenSearch",
    "AmazonOpenSearchServerlessDestinationConfiguration": "OpenSearch Serverless",
    "ElasticsearchDestinationConfiguration": "Elasticsearch",
    "SplunkDestinationConfiguration": "Splunk",
    "HttpEndpointDestinationConfiguration": "an HTTP endpoint",
    "SnowflakeDestinationConfiguration": "Snowflake",
    "IcebergDestinationConfiguration": "Iceberg",
}
"""What people call each destination."""


@record(frozen=True, eq=False)
class Transform:
    """A function that works on the records of a destination, and the value that names it."""

    function: Resource
    named: Value


@record(frozen=True)
class Destination:
    """One destination of a delivery stream.

    configuration: the stream's property that configures it. name: as people call it. default_backup: the S3BackupMode
    that holds where none is written. whole_backup: the one that keeps every record as it came; empty where none does.
    """

    stream: Resource
    configuration: str
    name: str
    default_backup: str
    whole_backup: str

    def get(self, path: str, default: str | bool | None = None) -> Value:
        """What the destination's configuration says at a path below it."""
        return self.stream.get(self.path(path), default=default)

    def path(self, name: str) -> str:
        """The dotted path of a setting of the destination."""
        return f"{self.configuration}.{name}"

    @property
    def backup(self) -> Value:
        """Which records it also keeps in S3 as they came; asked only of one that can keep every record."""
        return self.get("S3BackupMode", default=self.default_backup)

    def transforms(self) -> Iterator[Value]:
        """The processors that surely are Lambda functions, where processing is surely on."""
        if self.get("ProcessingConfiguration.Enabled").flag is not True:
            return
        for processor in self.get("ProcessingConfiguration.Processors").items:
            if processor.get("Type").text == "Lambda":
                yield processor

    def transform_functions(self) -> Iterator[Transform]:
        """The functions of this deployment that surely work on the records."""
        for processor in self.transforms():
            for parameter in processor.get("Parameters").items:
                if parameter.get("ParameterName").text == "LambdaArn":
                    named = parameter.get("ParameterValue")
                    function = function_of(self.stream.deployment, named)
                    if function is not None:
                        yield Transform(function, named)


def hints(destination: Destination) -> list[str]:
    """The paths of the buffers of a destination that have a size and a time, or neither."""
    paths = _PAIRED_HINTS.get(destination.configuration, ("S3Configuration.BufferingHints",))
    return [destination.path(path) for path in paths]


def destinations(stream: Resource) -> list[Destination]:
    """The destinations that a delivery stream surely has."""
    every = (Destination(stream, name, _NAMES[name], *modes.value) for name, modes in BACKUP_MODES.items())
    return [destination for destination in every if stream.get(destination.configuration).is_known]


def stream_named(value: Value, deployment: Deployment) -> Resource | None:
    """The delivery stream of a deployment that a value surely names, by a reference or by its name; else None."""
    return _named(value, deployment, DELIVERY_STREAM, "DeliveryStreamName")


def _named(value: Value, deployment: Deployment, type_: str, name: str) -> Resource | None:
    found, written = deployment.find(value, type_), value.pattern
    if found is not None or written is None:
        return found
    return next((one for one in deployment.of_type(type_) if one.get(name).pattern == written), None)


_S3_COPIES: Mapping[str, str] = {
    "ExtendedS3DestinationConfiguration": "S3BackupConfiguration",
    "S3DestinationConfiguration": "",
}
"""Where a destination says how it keeps copies in S3, if not in S3Configuration."""


def missing_log_streams(destination: Destination) -> Iterator[tuple[Value, Resource]]:
    """The names of log streams in groups of this deployment that surely have none of this name, each with the group."""
    copies = _S3_COPIES.get(destination.configuration, "S3Configuration")
    for path in ("CloudWatchLoggingOptions", *([f"{copies}.CloudWatchLoggingOptions"] if copies else [])):
        options = destination.get(path)
        name, group = options.get("LogStreamName"), _group(options, destination.stream.deployment)
        if group is None or name.text is None or options.get("Enabled").flag is not True:
            continue
        streams = group.deployment.of_type(_LOG_STREAM)
        may_be_elsewhere = group.may_be_completed() or group.is_exposed()
        if not may_be_elsewhere and not any(_may_be(stream, name, group) for stream in streams):
            yield name, group


def _group(naming: Value | Resource, deployment: Deployment) -> Resource | None:
    return _named(naming.get("LogGroupName"), deployment, _GROUP, "LogGroupName")


def _may_be(stream: Resource, name: Value, group: Resource) -> bool:
    """Whether a log stream may be that of a name in a group."""
    of, own = _group(stream, stream.deployment), stream.get("LogStreamName")
    return of in (None, group) and own.is_same_as(name) is not False and not own.is_absent


_PUTS: Mapping[str, str] = {
    "AWS::Events::Rule": "Targets.Arn",
    "AWS::Logs::SubscriptionFilter": "DestinationArn",
    "AWS::Pipes::Pipe": "Target",
    "AWS::SNS::Subscription": "Endpoint",
    "AWS::Scheduler::Schedule": "Target.Arn",
}
"""The types that put records straight into a delivery stream, and where each names it."""


def refused_puts(sender: Resource) -> Iterator[tuple[Value, Resource]]:
    """Where a resource names delivery streams that surely take no records but those of a source of their own."""
    for value in each(sender, _PUTS[sender.type]):
        stream = sender.deployment.find(value, DELIVERY_STREAM)
        sources = ("KinesisStreamSourceConfiguration", "MSKSourceConfiguration")
        if stream is not None and any(stream.get(source).is_known for source in sources):
            yield value, stream


def is_kept_by_another(stream: Resource) -> bool:
    """Whether another delivery stream surely reads the same Kinesis stream, and no function surely transforms what it
    delivers: it has the records as they came."""
    source = stream.get(_SOURCE)
    others = (one for one in stream.deployment.of_type(DELIVERY_STREAM) if one is not stream)
    beside = (one for one in others if one.get(_SOURCE).is_same_as(source) is True)
    return not source.is_absent and any(
        all(not list(place.transforms()) for place in destinations(one)) for one in beside
    )


def can_keep_source(stream: Resource) -> bool:
    """Whether a delivery stream can back up its source records. It can't where they come from Kafka or a database."""
    return all(stream.get(name).is_absent for name in ("MSKSourceConfiguration", "DatabaseSourceConfiguration"))
