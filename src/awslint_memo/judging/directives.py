"""Parses the text of a suppression: its rules, its reason, and the day on which it ends."""

from __future__ import annotations

import re
from datetime import date

from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Span

FORM = "awslint-memo: ignore[rule-id] reason until YYYY-MM-DD"

_ADDRESSED = regex(r"(?:^|#|(?<=\s))\s*awslint-memo\s*(:?)\s*", re.IGNORECASE)
_IGNORE = regex(r"ignore\s*\[([^\[\]]*)\]\s*", re.IGNORECASE)
_UNTIL = regex(r"[\s,;(]*\buntil:?\s+(\d{4}\S*|\d+[-./]\S*)\s*", re.IGNORECASE)
_WORD = regex(r"\w")


class MalformedError(Exception):
    """A text is addressed to awslint-memo but is not a valid suppression.

    The message completes "this awslint-memo entry …".
    """


@record(frozen=True)
class Directive:
    """A parsed suppression. rules: ids and patterns. until: the last day on which it is valid."""

    rules: tuple[str, ...]
    reason: str = ""
    until: date | None = None


@record(frozen=True, eq=False)
class Cover:
    """What a suppression applies to: what is found about resources, or stands, is used or passes in lines of a file.

    names: written or generated names of resources. is_file: everything in the file. within: parts of lines.
    """

    path: str
    names: frozenset[str] = frozenset()
    lines: tuple[range, ...] = ()
    is_file: bool = False
    within: tuple[Span, ...] = ()

    def covers(self, finding: Finding) -> bool:
        """Whether it has a finding, whatever the finding's rule."""
        if self.is_file:
            return self.path in (finding.path, finding.home_path)
        if not self.names.isdisjoint((finding.resource, finding.name)):
            return True
        here = [span for span in (finding.span, *finding.places) if span.path == self.path]
        lines = {span.line for span in here}
        return any(line in block for line in lines for block in self.lines) or any(
            (part.line, part.column) <= (span.line, span.column) < (part.end_line, part.end_column)
            for part in self.within
            for span in here
        )


@record(frozen=True, eq=False)
class Suppression:
    """A suppression at its position, and what it covers, apart from the rules."""

    directive: Directive
    span: Span
    cover: Cover
    resource: str = ""
    """The name of the resource that it belongs to; empty if there is none."""

    def covers(self, finding: Finding) -> bool:
        """Whether it applies to a finding, apart from the finding's rule."""
        return self.cover.covers(finding)


def addressed(text: str) -> str | None:
    """The text after "awslint-memo" in a comment that is addressed to it; None for any other comment.

    It may follow another tool's comment on the same line. A sentence that only mentions the name does not count.
    """
    match = _ADDRESSED.search(text)
    if match is None:
        return None
    said = text[match.end() :].strip()
    is_at_start = match.start() == 0 or match[0].startswith("#")
    is_meant = said.lower().startswith("ignore") or (is_at_start and match[1] == ":")
    return said if is_meant else None


def parse(said: str) -> Directive:
    """Parse `ignore[sqs-*, rds-multi-az] reason until 2027-03-31`. Raises MalformedError if it is invalid."""
    match = _IGNORE.match(said)
    if match is None:
        raise MalformedError(f"is not understood; write {FORM}")
    rules = tuple(name.strip().strip("\"'") for name in match[1].split(",") if name.strip())
    if not rules:
        raise MalformedError(f"names no rule; write {FORM}")
    reason, until = reason_and_day(said[match.end() :])
    return Directive(rules, reason, until)


def reason_and_day(text: str) -> tuple[str, date | None]:
    """The reason, and the day after the word "until" if there is one. Raises MalformedError for an invalid day."""
    match = _UNTIL.search(text)
    until = day(match[1].rstrip(".,;:)")) if match else None
    rest = f"{text[: match.start()]} {text[match.end() :]}" if match else text
    reason = " ".join(rest.split()).lstrip("-–—:,; ")
    return (reason if _WORD.search(reason) else ""), until


def day(text: str) -> date:
    """Parse a day in the form YYYY-MM-DD. Raises MalformedError for anything else."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise MalformedError(f"has the invalid date {text}; write it as YYYY-MM-DD")
