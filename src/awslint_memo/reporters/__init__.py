"""How a report is shown: one function a format, one line in a dict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TypeAlias

from awslint_memo.judging.report import Report
from awslint_memo.model.record import record


@record(frozen=True)
class Look:
    """What people may ask of the text: colour, and every finding in full. Formats for machines never differ."""

    color: bool = False
    verbose: bool = False


Reporter: TypeAlias = Callable[[Report, Look], str]
"""Takes the report and gives all that is to be written, with a line feed at its end."""


def _in(module: str) -> Reporter:
    # Imported when asked for: a run in one format does not pay for the others.
    def report(report: Report, look: Look) -> str:
        return str(import_module(f"{__name__}.{module}").report(report, look))

    return report


REPORTERS: Mapping[str, Reporter] = {
    "text": _in("text"),
    "json": _in("json_format"),
    "sarif": _in("sarif"),
}
"""The formats by name."""
