"""What a suppression says: which rules, why, and until when; and how that is written in a line of text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record
from awslint_memo.model.span import Span

FORM = "awslint-memo: ignore[rule-id] reason until YYYY-MM-DD"

_ADDRESSED = re.compile(r"(?:^|#|(?<=\s))\s*awslint-memo\s*(:?)\s*", re.IGNORECASE)
_IGNORE = re.compile(r"ignore\s*\[([^\[\]]*)\]\s*", re.IGNORECASE)
_UNTIL = re.compile(r"[\s,;(]*\buntil:?\s+(\d{4}\S*|\d+[-./]\S*)\s*", re.IGNORECASE)
_WORD = re.compile(r"\w")


class MalformedError(Exception):
    """Why a text that speaks to awslint-memo is no suppression, as a sentence."""


@record(frozen=True)
class Directive:
    """The rules (ids and globs) that are suppressed, why, and the last day on which that holds."""

    rules: tuple[str, ...]
    reason: str = ""
    until: date | None = None


@record(frozen=True, eq=False)
class Suppression:
    """A suppression at its place, and which findings it covers if their rules are meant."""

    directive: Directive
    span: Span
    covers: Callable[[Finding], bool]
    resource: str = ""
    """The resource that it belongs to, if it is one's."""


def addressed(text: str) -> str | None:
    """What a comment says to awslint-memo, or None if it speaks to somebody else.

    It may follow another tool's comment in the same line; a sentence that only mentions the name is none.
    """
    match = _ADDRESSED.search(text)
    if match is None:
        return None
    said = text[match.end() :].strip()
    is_at_start = match.start() == 0 or match[0].startswith("#")
    is_meant = said.lower().startswith("ignore") or (is_at_start and match[1] == ":")
    return said if is_meant else None


def parse(said: str) -> Directive:
    """What `ignore[sqs-*, rds-multi-az] reason until 2027-03-31` says. Raises MalformedError with a sentence."""
    match = _IGNORE.match(said)
    if match is None:
        raise MalformedError(f"is not understood; write {FORM}")
    rules = tuple(name.strip().strip("\"'") for name in match[1].split(",") if name.strip())
    if not rules:
        raise MalformedError(f"names no rule; write {FORM}")
    reason, until = reason_and_day(said[match.end() :])
    return Directive(rules, reason, until)


def reason_and_day(text: str) -> tuple[str, date | None]:
    """The reason, and the day that follows the word "until" where one does. Raises MalformedError for a bad day."""
    match = _UNTIL.search(text)
    until = day(match[1].rstrip(".,;:)")) if match else None
    rest = f"{text[: match.start()]} {text[match.end() :]}" if match else text
    reason = " ".join(rest.split()).lstrip("-–—:,; ")
    return (reason if _WORD.search(reason) else ""), until


def day(text: str) -> date:
    """A day written YYYY-MM-DD. Raises MalformedError for anything else."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise MalformedError(f"has the date {text}, which is none; write it as YYYY-MM-DD")
