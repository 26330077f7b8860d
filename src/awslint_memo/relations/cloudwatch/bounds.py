"""What a metric can be at most, and gets to in the ordinary, by the settings of the resource that it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch.alarms import Metric
from awslint_memo.relations.firehose import BUFFER_TIME, stream_named


@record(frozen=True)
class Bounding:
    """What bounds a metric. dimension: names its resource. type, path: of the resource, and of its setting, with the
    default of that. unit: how many of the metric's units one of the setting is."""

    dimension: str
    type: str
    path: str
    unit: int
    default: int | None = None


def _by(page: str, bounding: Bounding) -> Fact[Bounding]:
    return Fact(bounding, page=page, read="2026-11-29")


BOUNDS: Mapping[tuple[str, str], Fact[Bounding]] = {
    ("AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds"): _by(
        "streams/latest/dev/monitoring-with-cloudwatch.html",
        Bounding("StreamName", "AWS::Kinesis::Stream", "RetentionPeriodHours", 3_600_000, 24),
    ),
    ("AWS/Lambda", "ConcurrentExecutions"): _by(
        "lambda/latest/dg/configuration-concurrency.html",
        Bounding("FunctionName", "AWS::Lambda::Function", "ReservedConcurrentExecutions", 1),
    ),
    ("AWS/Lambda", "Duration"): _by(
        "lambda/latest/dg/configuration-timeout.html",
        Bounding("FunctionName", "AWS::Lambda::Function", "Timeout", 1_000, 3),
    ),
    ("AWS/RDS", "FreeStorageSpace"): _by(
        "AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
        Bounding("DBInstanceIdentifier", "AWS::RDS::DBInstance", "AllocatedStorage", 1 << 30),
    ),
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): _by(
        "AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
        Bounding("QueueName", "AWS::SQS::Queue", "MessageRetentionPeriod", 1, 345_600),
    ),
}
"""What bounds a metric, by its namespace and name."""

_UNBOUNDED = ("PR", "SAMPLECOUNT", "SUM", "TC", "TS")
"""How the statistics begin that count or add."""

_SLACK = 1.1  # chosen: what is over its time is stopped, or deleted, a little later


@record(frozen=True, eq=False)
class Bound:
    """The greatest value of a metric. setting: what says so. owner: whose setting it is."""

    most: float
    setting: Value
    owner: Resource

    def is_passed(self, number: float) -> bool:
        """Whether a number is so far above that no value of the metric gets to it."""
        return number > self.most * _SLACK


def bound(metric: Metric, statistic: str, deployment: Deployment) -> Bound | None:
    """What surely bounds a statistic of a metric of a resource of this deployment; else None."""
    known = BOUNDS.get((metric.namespace.text or "", metric.name.text or ""))
    if known is None or statistic.upper().startswith(_UNBOUNDED):
        return None
    by = known.value
    named = metric.dimension(by.dimension)
    owner = None if named is None else deployment.find(named, by.type)
    # Storage that grows by itself has another bound, and its users know it.
    if owner is None or (by.path == "AllocatedStorage" and not owner.get("MaxAllocatedStorage").is_absent):
        return None
    setting = owner.get(by.path, default=by.default)
    number = setting.number
    return None if number is None or number <= 0 else Bound(number * by.unit, setting, owner)


_S3 = ("ExtendedS3DestinationConfiguration", "S3DestinationConfiguration")
_WAITING: Mapping[str, Sequence[str]] = fact(
    {
        "DeliveryToAmazonOpenSearchServerless.DataFreshness": ("AmazonOpenSearchServerlessDestinationConfiguration",),
        "DeliveryToAmazonOpenSearchService.DataFreshness": ("AmazonopensearchserviceDestinationConfiguration",),
        "DeliveryToHttpEndpoint.DataFreshness": ("HttpEndpointDestinationConfiguration",),
        "DeliveryToIceberg.DataFreshness": ("IcebergDestinationConfiguration",),
        "DeliveryToS3.DataFreshness": _S3,
        "DeliveryToSplunk.DataFreshness": ("SplunkDestinationConfiguration",),
    },
    page="firehose/latest/dev/firehose-cloudwatch-metrics-best-practices.html",
    read="2026-12-01",
)
"""The metrics of Firehose that tell how old the oldest record is, each with the destinations in whose buffer."""


def waiting(metric: Metric, statistic: str, deployment: Deployment) -> Bound | None:
    """The age that records surely get to in a buffer of this deployment before they are delivered, where traffic does
    not fill it earlier; else None."""
    named = metric.dimension("DeliveryStreamName")
    places = _WAITING.get(metric.name.text or "", ()) if metric.namespace.text == "AWS/Firehose" else ()
    stream = stream_named(named, deployment) if named is not None and places else None
    if stream is None or statistic.upper().startswith(_UNBOUNDED):
        return None
    for place in places:
        if stream.get(place).is_known:
            default = BUFFER_TIME if place in _S3 else None
            setting = stream.get(f"{place}.BufferingHints.IntervalInSeconds", default=default)
            return None if setting.number is None else Bound(setting.number, setting, stream)
    return None


def is_above_for(number: float, most: float, metric: Metric, statistic: str, datapoints: float) -> bool:
    """Whether a metric is above a number for some periods one after another, whenever these begin.

    The metric grows with the time, in seconds, from 0 to the value of most, and falls to 0 again. Under Maximum a
    period counts by its greatest value; under another statistic all of it has to be above.
    """
    period, above = metric.period.number, most - number
    if period is None or period <= 0 or above <= 0:
        return False
    if statistic == "Maximum":
        return period >= number or above > period * (datapoints - 1)
    return above >= period * datapoints
