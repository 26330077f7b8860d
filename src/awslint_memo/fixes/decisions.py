"""Values that somebody decided: an edit of one where it is decided, and the comment that says why it is so."""

from __future__ import annotations

import re
from itertools import accumulate

from awslint_memo.fixes.edit import Edit
from awslint_memo.fixes.writing_data import DataWriter, Names
from awslint_memo.fixes.writing_hcl import scalar
from awslint_memo.judging.explained import explaining_line
from awslint_memo.model.fix import Setable
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Span

_LITERAL = regex(r"""(["']?)([\w.+-]+)\1""")
_SKIP = regex(r"(?:#|//).*(?:checkov:skip|(?:tfsec|trivy|tflint)[:-]ignore|nosec|kics-scan|cfn[_-](?:nag|lint))")
"""What other linters are told to leave as it is."""


class Lines:
    """The lines of a text, split once for many places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column, both from 1."""
        return self._starts[line - 1] + column - 1

    def explained(self, present: Span) -> int | None:
        """The line of the comment beside a present value that explains it, or tells another linter to leave it; None
        if there is none."""
        for number in (present.line, present.line - 1):
            if 1 <= number <= len(self.lines) and _SKIP.search(self.lines[number - 1]):
                return number
        return explaining_line(self.lines, present.line, present.end_column)


def edit_of_decision(lines: Lines, span: Span, former: str | float | None, value: Setable) -> Edit | None:
    """The edit of a default, an argument of a call or a line of a tfvars file that gives a resource its value.

    span: where that is. former: the value that the resource has. None where something else stands there, as what is
    computed from it, or where the new value is no scalar.
    """
    if former is None or not isinstance(value, (str, int, float)) or span.line != span.end_line:
        return None
    start, end = lines.offset(span.line, span.column), lines.offset(span.line, span.end_column)
    match = _LITERAL.fullmatch(lines.text, start, end)
    if match is None or not _is_same(match[2], former):
        return None
    quote = match[1]
    if span.path.endswith((".tf", ".tfvars", ".hcl")):
        plain = scalar(value)
        return Edit(start, end, plain if plain.startswith('"') or not quote else f'"{plain}"')
    return Edit(start, end, DataWriter(span.path.endswith(".json"), Names()).scalar(value, quote))


def _is_same(written: str, former: str | float) -> bool:
    """Whether a literal is the value, written in any way."""
    if isinstance(former, bool) or written.lower() in ("true", "false"):
        return written.lower() == str(former).lower()
    if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", written):
        return written == str(former) or (isinstance(former, (int, float)) and float(written) == former)
    return written == former
