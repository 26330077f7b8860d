"""What SAM's events do not take, although the resources that they become do."""

from __future__ import annotations

from awslint_memo.fixes.data_edits import DataFile, Steps
from awslint_memo.fixes.edit import Refused

_OLD_RULE = "CloudWatchEvent"
_NEWER = ("DeadLetterConfig", "RetryPolicy")
"""Properties of EventBridgeRule that CloudWatchEvent lacks. Read 2026-11-27:
https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-cloudwatchevent.html
"""


def refuse_newer(file: DataFile, steps: Steps) -> None:
    """Raise Refused for a property that an event at these steps of a SAM template does not take."""
    type_ = (*steps[:-2], "Type")
    if steps[-1] in _NEWER and file.has(type_) and file.source(type_).strip("\"'") == _OLD_RULE:
        raise Refused(f"a {_OLD_RULE} takes no {steps[-1]}; make the event an EventBridgeRule and set it there")
