"""What polls queues and streams: event source mappings and pipes, and whether they are switched on."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource

PIPE = "AWS::Pipes::Pipe"


def is_on(poller: Resource) -> bool:
    """Whether a mapping or pipe surely is switched on; by default it is."""
    if poller.type == PIPE:
        return poller.get("DesiredState", default="RUNNING").text == "RUNNING"
    return poller.get("Enabled", default=True).flag is True
