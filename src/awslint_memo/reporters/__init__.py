"""Output formats of a report. To add one, write a module with a `report` function and add it to REPORTERS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TypeAlias

from awslint_memo.judging.report import Report
from awslint_memo.model.record import record


@record(frozen=True)
class Look:
    """Options of the text format: colour, whether every finding is shown in full, and a line about what was judged.

    Other formats ignore them.
    """

    color: bool = False
    verbose: bool = False
    statistics: bool = False


Reporter: TypeAlias = Callable[[Report, Look], str]
"""Takes the report and returns the whole output, with a line feed at its end."""


def _in(module: str) -> Reporter:
    # Imported on first use, so that a run does not load the other formats.
    def report(report: Report, look: Look) -> str:
        return str(import_module(f"{__name__}.{module}").report(report, look))

    return report


REPORTERS: Mapping[str, Reporter] = {
    "text": _in("text"),
    "json": _in("json_format"),
    "sarif": _in("sarif"),
}
"""The function of each format, by the format's name."""
