"""Who processes a queue's messages, and for how long a message is then in work."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Literal

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.durations import seconds as duration
from awslint_memo.model.facts import fact
from awslint_memo.model.fix import Fix
from awslint_memo.model.identity import NameIndex, name_index, service_of
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.lambda_.functions import LONGEST_DURABLE, awaited, function_of, timeout
from awslint_memo.relations.sqs.expiry import DEFAULT_RETENTION as DEFAULT_RETENTION
from awslint_memo.relations.sqs.expiry import DEFAULT_VISIBILITY as DEFAULT_VISIBILITY
from awslint_memo.relations.sqs.expiry import LEAST_RECEIVES as LEAST_RECEIVES
from awslint_memo.relations.sqs.expiry import MAX_RETENTION as MAX_RETENTION
from awslint_memo.relations.sqs.expiry import outlived as outlived
from awslint_memo.relations.sqs.expiry import outliving as outliving
from awslint_memo.relations.sqs.expiry import visibility
from awslint_memo.relations.sqs.fifo import ONLY_FIFO as ONLY_FIFO
from awslint_memo.relations.sqs.fifo import PIPE as PIPE
from awslint_memo.relations.sqs.fifo import QUEUE as QUEUE
from awslint_memo.relations.sqs.fifo import gets_deduplication_ids as gets_deduplication_ids
from awslint_memo.relations.sqs.fifo import is_fifo as is_fifo
from awslint_memo.relations.sqs.fifo import names_fifo_queue as names_fifo_queue
from awslint_memo.relations.sqs.redrive import redrive_policy

_ATTRIBUTES = "AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html"
_MAPPING = "lambda/latest/api/API_CreateEventSourceMapping.html"

MAX_VISIBILITY = fact(43_200, page=_ATTRIBUTES, read="2026-11-25")
"""Seconds: the longest that a queue can hide a message."""

DEFAULT_REUSE = fact(
    300, page="AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html", read="2026-11-29"
)
"""Seconds for which SQS reuses a data key when nobody says how long."""

MARGIN = fact(6, page="lambda/latest/dg/services-sqs-configure.html", read="2026-11-25")
"""How many times its function's timeout a queue should hide a message, which leaves room for retries."""

MAX_WAIT = fact(20, page=_ATTRIBUTES, read="2026-11-25")
"""Seconds: the longest that a queue can wait for a message."""

BACKLOG = fact(
    ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"),
    page="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    read="2026-11-25",
)
"""Metrics that tell that messages wait in a queue."""

SENT = fact(
    "NumberOfMessagesSent",
    page="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    read="2026-11-29",
)
"""The metric that counts what is sent to a queue; what SQS moves to a dead-letter queue is not sent to it."""

DEFAULT_BATCH = fact(10, page=_MAPPING, read="2026-11-25")
"""Messages that an event source mapping hands over at a time when nobody says how many."""

MAX_PLAIN_BATCH = fact(10, page=_MAPPING, read="2026-11-25")
"""Messages that a mapping can hand over at a time from a FIFO queue, or without a batching window."""


MAPPING = "AWS::Lambda::EventSourceMapping"

DECLARED_MARGIN = 1.5
"""For a consumer that is no function there is no such advice; half as much again covers a slow day."""

_FIRE_AND_FORGET = "FIRE_AND_FORGET"


@record(frozen=True)
class Consumer:
    """Something that receives a queue's messages.

    who: its name for a message. seconds: how long it may surely work on a message, None where that is not known;
    `is_whole` where nothing can add to that. window: seconds that a batch is gathered for before. source: the mapping
    or pipe, None for a consumer that the user declares. time: the words for a message that say where `seconds` comes
    from (" (Timeout)"). places: where the time stands, with a few words each. least: seconds below which a visibility
    timeout surely is an error; less than `seconds` of a durable function, for which Lambda checks one invocation only.
    gathered: the value that `window` is from.
    """

    kind: Literal["mapping", "pipe", "declared"]
    who: str
    seconds: float | None
    is_whole: bool
    window: float
    source: Resource | None
    time: str
    places: tuple[tuple[Value | Resource, str], ...]
    least: float | None
    gathered: Value | None = None

    @property
    def is_off(self) -> bool:
        """Whether it surely is switched off, and receives nothing until somebody switches it on."""
        mapping = self.source if self.kind == "mapping" else None
        return mapping is not None and mapping.get("Enabled").flag is False

    def needs(self, factor: float = MARGIN, declared_factor: float = DECLARED_MARGIN) -> int | None:
        """The seconds for which the queue should hide a message, at most what SQS can do; None where nothing says."""
        if self.seconds is None:
            return None
        wanted = declared_factor * self.seconds if self.kind == "declared" else factor * self.seconds + self.window
        return min(math.ceil(wanted), MAX_VISIBILITY)

    def takes_one(self, hidden: float) -> bool:
        """Whether it is a function that surely takes one message at a time, for less than so many seconds."""
        mapping = self.source if self.kind == "mapping" else None
        is_one = mapping is not None and mapping.get("BatchSize").number == 1
        return is_one and not self.window and hidden > (self.seconds or 0)

    @property
    def works(self) -> str:
        """How long it works on a message, for a message: "OrdersFunction may run for 60 s (Timeout)"."""
        verb = {"mapping": "may run for", "pipe": "may take", "declared": "takes"}[self.kind]
        return f"{self.who} {verb} {self.seconds:g} s{self.time}"


def consumers(queue: Resource) -> list[Consumer]:
    """Everything that surely receives this queue's messages, a mapping that is switched off among it: it can be
    switched on."""
    visible = queue.deployment.once(_consumers).get(queue.name, [])
    return [*visible, *_declared(queue)]


def hiding(queue: Resource, seconds: int, consumers: Iterable[Consumer]) -> Fix | None:
    """The fix that lets a queue hide a message for so long; None if a parameter or the like decides how long its
    consumers work, so that other deployments need another number, or if messages would expire (see `outliving`)."""
    for consumer in consumers:
        times = [consumer.gathered, *(place for place, _ in consumer.places)]
        if any(isinstance(time, Value) and not time.is_literal for time in times):
            return Fix.lacks("a parameter or the like decides how long its consumers work")
    # A message that fails blocks its group while it is hidden, again and again where nothing ever moves it away.
    is_open = is_fifo(queue) is not False and redrive_policy(queue).is_absent
    is_blocking = is_open and not visibility(queue).above(seconds)
    unsafe = "lets a message that fails block its group for longer" if is_blocking else ""
    return outliving(queue, queue.set("VisibilityTimeout", seconds, unsafe=unsafe), hidden=seconds)


def may_have_other_consumers(queue: Resource) -> bool:
    """Whether a mapping or pipe whose source is not known may read a queue, or one that the template does not show."""
    return queue.is_open or queue.deployment.once(_unclear_sources).may_be(queue)


def reads_queue(mapping: Resource) -> bool:
    """Whether an event source mapping surely reads an SQS queue, of this deployment or another."""
    source = mapping.get("EventSourceArn")
    if mapping.deployment.find(source, QUEUE) is not None:
        return True
    return (service_of(source) or "") == "sqs"


def _unclear_sources(deployment: Deployment) -> NameIndex:
    """What the sources of mappings and pipes may name that are no certain resource."""
    sources = [mapping.get("EventSourceArn") for mapping in deployment.of_type(MAPPING)]
    sources += [pipe.get("Source") for pipe in deployment.of_type(PIPE)]
    return name_index(deployment, (source for source in sources if deployment.find(source) is None))


def _consumers(deployment: Deployment) -> dict[str, list[Consumer]]:
    found: dict[str, list[Consumer]] = {}
    for mapping in deployment.of_type(MAPPING):
        queue = mapping.follow("EventSourceArn", QUEUE)
        if queue is not None:
            found.setdefault(queue.name, []).append(_mapping(mapping))
    for pipe in deployment.of_type(PIPE):
        queue = pipe.follow("Source", QUEUE)
        if queue is not None:
            found.setdefault(queue.name, []).append(_pipe(pipe))
    return found


def _mapping(mapping: Resource) -> Consumer:
    function = function_of(mapping.deployment, mapping.get("FunctionName"))
    gathered = mapping.get("MaximumBatchingWindowInSeconds", default=0)
    window = gathered.number or 0
    if function is None:
        return Consumer("mapping", mapping.title, None, False, window, mapping, "", (), None)
    lasts = timeout(function)
    time, durable = lasts.number, awaited(function)
    waits = min(durable.number or 0, LONGEST_DURABLE)
    if time is not None and waits > time:
        whole = "" if durable.number == waits else f" {durable.text}, of which a mapping waits for {waits:g}"
        note = durable.note or f" ({function.in_file_words('DurableConfig.ExecutionTimeout')}{whole})"
        places = _places(function, durable, waits)
        return Consumer("mapping", function.title, waits, True, window, mapping, note, places, time, gathered)
    is_whole = time is not None and not durable.is_unknown
    note = lasts.note or f" ({function.property_names.get('Timeout', 'Timeout')})"
    places = _places(function, lasts, time)
    return Consumer("mapping", function.title, time, is_whole, window, mapping, note, places, time, gathered)


def _pipe(pipe: Resource) -> Consumer:
    gathered = pipe.get("SourceParameters.SqsQueueParameters.MaximumBatchingWindowInSeconds", default=0)
    window = gathered.number or 0
    steps = list(_steps(pipe))
    known = [function for function in steps if function is not None]
    times = [timeout(function).number for function in known]
    sure = [time for time in times if time is not None]
    is_whole = len(sure) == len(steps)
    lasts = [(function, timeout(function)) for function in known]
    timed = " + ".join(f"{function.title}{time.note}" for function, time in lasts)
    places = tuple(place for function, time in lasts for place in _places(function, time, time.number))
    seconds = sum(sure) if sure else None
    return Consumer(
        "pipe", pipe.called("the pipe"), seconds, is_whole, window, pipe, f" ({timed})", places, seconds, gathered
    )


def _steps(pipe: Resource) -> Iterator[Resource | None]:
    """The functions for which a pipe waits, one after the other; None for what is not known."""
    enrichment = pipe.get("Enrichment")
    if not enrichment.is_absent:
        yield function_of(pipe.deployment, enrichment)
    invocation = pipe.get("TargetParameters.LambdaFunctionParameters.InvocationType", default="REQUEST_RESPONSE")
    if invocation.text == _FIRE_AND_FORGET:
        return
    target = function_of(pipe.deployment, pipe.get("Target"))
    yield target if invocation.text is not None else None


def _places(function: Resource, lasts: Value, seconds: float | None) -> tuple[tuple[Value | Resource, str], ...]:
    return ((lasts, f"{function.title} may run for {seconds} s"),)


def declared_names(queue: Resource) -> list[str]:
    """The names under which the configuration may speak of a queue, the most exact first.

    Its name in the deployment, its address without the keys of instances, its logical id without the nested stacks that
    it is in, and its QueueName if that is known.
    """
    bare = queue.name.rpartition("/")[2] if queue.language == "cloudformation" else without_instance_keys(queue.name)
    name = queue.get("QueueName").text
    return list(dict.fromkeys(one for one in (queue.name, bare, name) if one is not None))


def _declared(queue: Resource) -> Iterator[Consumer]:
    metadata, declared = queue.attribute("Metadata"), queue.deployment.declared.processing_times
    if metadata.is_absent and not declared:  # as of most
        return
    noted = metadata.get("awslint-memo.processing-time")
    time = duration(noted.text)
    places: tuple[tuple[Value | Resource, str], ...] = ((noted, "the declared processing time"),)
    if time is None:
        time = next((declared[name] for name in declared_names(queue) if name in declared), None)
        places = ()
    if time is not None:
        yield Consumer("declared", "its consumer", time, True, 0, None, " (declared)", places, time)
