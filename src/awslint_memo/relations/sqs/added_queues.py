"""Dead-letter queues that fixes add, with the policies that let services of AWS send to them."""

from __future__ import annotations

import re

from awslint_memo.model.deployment import Resource
from awslint_memo.model.fix import Fix, Reference, Same, Setable
from awslint_memo.relations.sqs.queues import MAX_RETENTION, QUEUE


def queue(sender: Resource, *, is_fifo: bool = False, unsafe: str = "adds a queue") -> Fix:
    """The fix that adds a dead-letter queue behind the resource that sends to it, which `Reference` then stands for."""
    kept: dict[str, Setable] = {"FifoQueue": True} if is_fifo else {}
    return sender.add(_suffix(sender), QUEUE, {**kept, "MessageRetentionPeriod": MAX_RETENTION}, unsafe=unsafe)


def _suffix(sender: Resource) -> str:
    """The end of the queue's name, which for an event of SAM has the name of the event."""
    return "".join(re.findall(r"\w+", sender.part)[1:]) + "DeadLetters"


def open_queue(sender: Resource, service: str, source: Reference | Same, *, is_fifo: bool = False) -> Fix:
    """The fix that adds a dead-letter queue to which a service may send for `source`, an ARN."""
    statement: dict[str, Setable] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sqs:SendMessage",
        "Resource": Reference("Arn"),
        "Condition": {"ArnEquals": {"aws:SourceArn": source}},
    }
    policy: dict[str, Setable] = {
        "Queues": [Reference("Ref")],
        "PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]},
    }
    unsafe = "adds a queue and its policy"
    added = queue(sender, is_fifo=is_fifo, unsafe=unsafe)
    return added + sender.add(f"{_suffix(sender)}Policy", "AWS::SQS::QueuePolicy", policy, unsafe=unsafe)
