"""The settings of event source mappings that Lambda has for some sources only, or asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.lambda_.event_filters import NAMES, Source, source

_PAGE = "lambda/latest/api/API_CreateEventSourceMapping.html"
_SHARDED: Sequence[Source] = ("dynamodb", "kinesis")
_ORDERED: Sequence[Source] = (*_SHARDED, "kafka")


def _of(sources: Sequence[Source]) -> Fact[Sequence[Source]]:
    return Fact(sources, page=_PAGE, read="2026-11-29")


ONLY: Mapping[str, Fact[Sequence[Source]]] = {
    "BisectBatchOnFunctionError": _of(_ORDERED),
    "DestinationConfig.OnFailure.Destination": _of(_ORDERED),
    "FunctionResponseTypes": Fact((*_ORDERED, "sqs"), page=_PAGE, read="2026-11-30"),
    "MaximumRecordAgeInSeconds": _of(_ORDERED),
    "MaximumRetryAttempts": _of(_ORDERED),
    "ParallelizationFactor": _of(_SHARDED),
    "ScalingConfig.MaximumConcurrency": _of(("sqs",)),
    "StartingPosition": _of((*_ORDERED, "mq")),
    "TumblingWindowInSeconds": _of(_SHARDED),
}
"""By setting, the sources that have it. Of another source Lambda refuses it, as of SQS MaximumRetryAttempts
(https://github.com/serverless/serverless/issues/7762) and StartingPosition (https://github.com/boto/boto3/issues/1613,
and https://github.com/aws-cloudformation/cfn-lint, eventsourcearn_sqs_exclusive.json), all read on 2026-11-29."""

_LEAST: Mapping[str, int] = {
    "MaximumRecordAgeInSeconds": 1,
    "MaximumRetryAttempts": 1,
    "ParallelizationFactor": 2,
    "TumblingWindowInSeconds": 1,
}
"""From which number on a setting surely is sent; providers leave out what is off."""


@record(frozen=True, eq=False)
class Fault:
    """A setting for which Lambda surely refuses a mapping. says: why, behind the setting's value. do: the remedy."""

    value: Value
    says: str
    do: str


def faults(mapping: Resource) -> Iterator[Fault]:
    """The settings for which Lambda surely refuses a mapping."""
    reads = source(mapping)
    if reads is None:
        return
    for path, known in ONLY.items():
        value = mapping.get(path)
        if reads not in known.value and _is_set(path, value):
            has = listed(["SQS" if one == "sqs" else "streams" for one in known.value if one in ("kinesis", "sqs")])
            yield Fault(value, f"but Lambda has it for {has} only, and the source is {NAMES[reads]}", "remove it")
    if reads in _SHARDED:
        yield from _start(mapping.get("StartingPosition"), reads)


def pipe_faults(pipe: Resource) -> Iterator[Fault]:
    """The settings for which a pipe surely is refused."""
    reads = source(pipe)
    if reads is not None and reads in _SHARDED:
        parameters = "DynamoDBStreamParameters" if reads == "dynamodb" else "KinesisStreamParameters"
        yield from _start(pipe.get(f"SourceParameters.{parameters}.StartingPosition"), reads)


def _start(start: Value, reads: Source) -> Iterator[Fault]:
    if start.is_absent:
        yield Fault(start, f"which {NAMES[reads]} needs", "add one, LATEST or TRIM_HORIZON")
    elif reads == "dynamodb" and start.text == "AT_TIMESTAMP":
        yield Fault(start, f"which there is not for {NAMES[reads]}", "write LATEST or TRIM_HORIZON")


def _is_set(path: str, value: Value) -> bool:
    """Whether a setting surely is written and says something: what is not known may be what a macro adds."""
    if path in _LEAST:
        return value.number is not None and value.number >= _LEAST[path]
    if path == "BisectBatchOnFunctionError":
        return value.flag is True
    return isinstance(value, Link) or value.text not in (None, "") or any(item.text for item in value.items)
