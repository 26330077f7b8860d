"""Output formats of a report. To add one, write a function and add it to FORMATS.

The command's help, the documentation and the tests that hold for every format take their lists from here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, TypeAlias

from awslint_memo.model.record import record, replace

if TYPE_CHECKING:
    from awslint_memo.judging.report import Report


@record(frozen=True)
class Look:
    """Options of a report: colour, whether every finding is shown in full, and statistics.

    Only the text has colours and shortens; text, JSON, lines, Markdown and HTML have statistics.
    """

    color: bool = False
    verbose: bool = False
    statistics: bool = False


Reporter: TypeAlias = "Callable[[Report, Look], str]"
"""Takes the report and returns the whole output, with a line feed at its end."""


@record(frozen=True)
class Format:
    """An output format. function: the module in this package, and the function in it. about: words for the help.

    syntax: what a program that reads the output has to parse. has_notices: whether the output holds the notices of the
    run; where no output does, the command shows them on standard error. has_all: whether it tells all findings if the
    run was compared with another landscape; if not, only what came or grew graver. has_picture: whether it shows the
    graph and the survey of a report, so that somebody has to ask for them. has_repeats: whether it is given each
    repeated finding, to join them in its own way; if not, each once. is_ranked: whether its findings stand in the order
    of their rank, for which the graph is asked.
    """

    function: str
    about: str
    syntax: Literal["text", "json", "lines", "xml", "html"] = "text"
    has_notices: bool = True
    has_all: bool = False
    has_picture: bool = False
    has_repeats: bool = False
    is_ranked: bool = False


FORMATS: Mapping[str, Format] = {
    "text": Format("text.report", "for people: each finding with its source line", has_all=True, has_repeats=True),
    "json": Format(
        *("json_format.report", "for programs: everything, versioned (docs/json.md)", "json"),
        has_all=True,
    ),
    "sarif": Format("sarif.report", "SARIF 2.1.0, for GitHub code scanning and other viewers", "json", has_all=True),
    "github": Format("github.report", "annotations of GitHub Actions, and the job's summary"),
    "gitlab": Format("reviews.gitlab", "GitLab's Code Quality report", "json", has_notices=False, has_all=True),
    "junit": Format("reviews.junit", "JUnit XML, for the test reports of Jenkins and others", "xml"),
    "rdjson": Format("reviews.rdjson", "reviewdog's diagnostic format", "json", has_notices=False),
    "markdown": Format("markdown.report", "for the comment of a pull request", has_repeats=True, is_ranked=True),
    "lines": Format("json_format.lines", "for editors and scripts: one JSON object a line", "lines"),
    "html": Format(
        *("html.report", "a page with pictures of what hangs together", "html"),
        has_all=True,
        has_picture=True,
        has_repeats=True,
    ),
    "agent": Format("agent.report", "for coding agents: the gravest, safe edits, at most 8 KB", is_ranked=True),
}
"""The formats by their names, in the order in which they are listed."""


def _reporter(form: Format) -> Reporter:
    # Imported on first use, so that a run does not load the other formats.
    def report(report: Report, look: Look) -> str:
        if report.against is not None:
            from awslint_memo.reporters.comparison import with_count

            report = with_count(report, report.against)
        if report.against is not None and not form.has_all:
            report = replace(report, findings=report.against.worse_in_order(report.findings))
        if not form.has_repeats:
            from awslint_memo.reporters.shown_findings import once

            report = once(report)
        module, _, function = form.function.partition(".")
        return str(getattr(import_module(f"{__name__}.{module}"), function)(report, look))

    return report


REPORTERS: Mapping[str, Reporter] = {name: _reporter(form) for name, form in FORMATS.items()}
"""The function of each format, by the format's name."""


@cache
def tool() -> dict[str, str]:
    """The name of this program, and its version if it is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return {"name": "awslint-memo", "version": version("awslint-memo")}
    except PackageNotFoundError:  # run from a checkout that is not installed
        return {"name": "awslint-memo"}
