"""Between which numbers Lambda and EventBridge Pipes accept settings of what they read and retry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value

_OF_STREAMS: Mapping[str, tuple[int, int]] = fact(
    {
        "BatchSize": (1, 10_000),
        "MaximumBatchingWindowInSeconds": (0, 300),
        "MaximumRecordAgeInSeconds": (-1, 604_800),
        "MaximumRetryAttempts": (-1, 10_000),
        "ParallelizationFactor": (1, 10),
    },
    page="lambda/latest/api/API_CreateEventSourceMapping.html",
    read="2026-11-29",
)
"""By property, the least and the greatest number of a mapping of a stream; those of a pipe are the same
(eventbridge/latest/pipes-reference/API_PipeSourceKinesisStreamParameters.html)."""

_OF_QUEUES: Mapping[str, tuple[int, int]] = fact(
    {
        "ProvisionedPollerConfig.MaximumPollers": (1, 10_000),
        "ProvisionedPollerConfig.MinimumPollers": (1, 200),
        "ScalingConfig.MaximumConcurrency": (2, 1_000),
        "TumblingWindowInSeconds": (0, 900),
    },
    page="lambda/latest/api/API_ScalingConfig.html",
    read="2026-11-29",
)
"""The same of what only mappings have; of pollers: lambda/latest/api/API_ProvisionedPollerConfig.html."""

_OF_EVENTS: Mapping[str, tuple[int, int]] = fact(
    {"MaximumEventAgeInSeconds": (60, 21_600), "MaximumRetryAttempts": (0, 2)},
    page="lambda/latest/api/API_PutFunctionEventInvokeConfig.html",
    read="2026-11-29",
)
"""The same of asynchronous invocations."""

_PIPED = (("DynamoDBStreamParameters", _OF_STREAMS), ("KinesisStreamParameters", _OF_STREAMS))

LIMITS: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "AWS::Lambda::EventInvokeConfig": _OF_EVENTS,
    "AWS::Lambda::EventSourceMapping": {**_OF_STREAMS, **_OF_QUEUES},
    "AWS::Pipes::Pipe": {f"SourceParameters.{key}.{name}": ends for key, of in _PIPED for name, ends in of.items()},
}
"""By type and path, the least and the greatest number that is accepted."""

LEAST_AGE = fact(60, page="lambda/latest/api/API_CreateEventSourceMapping.html", read="2026-11-29")
"""Seconds: the least MaximumRecordAgeInSeconds but -1, which means no limit."""


@record(frozen=True, eq=False)
class Excess:
    """A number that is surely refused. words: what is accepted. nearest: the number nearest to it that is."""

    value: Value
    words: str
    nearest: int


def excesses(resource: Resource) -> Iterator[Excess]:
    """The settings of a mapping, an invocation's configuration or a pipe whose numbers are surely refused."""
    for path, limit in LIMITS[resource.type].items():
        value, (least, most) = resource.get(path), limit
        number = value.number
        if number is None:
            continue
        if not least <= number <= most:
            yield Excess(value, f"{least} to {most}", least if number < least else most)
        elif path.endswith("RecordAgeInSeconds") and -1 < number < LEAST_AGE:
            yield Excess(value, f"-1, or {LEAST_AGE} to {most}", LEAST_AGE)
