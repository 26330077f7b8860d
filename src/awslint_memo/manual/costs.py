"""What following a rule costs in kind; no prices, which change and depend on the Region."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from awslint_memo.files.rule_files import packaged

FILE = "manual/costs.txt"

COSTS: Mapping[str, str] = {
    "free": "What to do is not charged.",
    "requests": "What to do is charged by the request, message or trace: only for what fails, or is traced.",
    "instance-hours": "What to do adds instances, so it doubles instance hours or adds to them.",
    "storage": "What to do is charged by the data that are kept.",
}
"""The classes of costs, each as a page says it."""


@cache
def costs() -> Mapping[str, str]:
    """The class of each rule of which it is known, by the rule's id."""
    lines = (line.split(" ") for line in packaged(FILE).text.splitlines() if not line.startswith("#"))
    return dict(lines)
