"""Values that somebody decided: an edit of one where it is decided, and the comment that says why it is so."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import accumulate

from awslint_memo.files.files import Files
from awslint_memo.fixes.edit import Edit, Refused
from awslint_memo.fixes.naming import words_of
from awslint_memo.fixes.old_terraform import folders
from awslint_memo.fixes.writing_data import DataWriter, Names
from awslint_memo.fixes.writing_hcl import scalar
from awslint_memo.judging.explained import explaining_line, tells_decision
from awslint_memo.model.fix import Setable, Setting
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.name_words import is_in_hcl
from awslint_memo.model.span import Span

_LITERAL = regex(r"""(["']?)([\w.+-]+)\1""")
_SETTING = regex(r"""\s*(?:#|//)[\s#/]*["']?(\w+)["']?\s*[:={]""")
_MEANING = regex(
    r"(?i)(?:#|//).*(?:\d|\b(?:a|an|one|two|three|four|five|six|seven|ten|fourteen|half|single)\b.*"
    r"\b(?:second|minute|hour|day|week|month|year)s?\b)"
)
"""A comment that says what a number means, which another number does not."""


_DESCRIPTION = regex(r"(?i)\bdescription\b\W(.*)")

_DEFAULT = regex(r"(?i)\bdefaults?\b")

_OPENS = regex(r"\s+(?!resource\b|module\b|Type\b|Properties\b)[\w\"]+\s*[={:\s]*[{:]\s*")
"""The line before a value, where it begins what the value is in: a block, or a mapping."""

_NUMBER = regex(r"\d+(?:\.\d+)?")
_NAME = regex(r"\w+")
_OF_WORDS = regex(r"_|[a-z][A-Z]|[A-Z]{2}")
"""A name of several words; one alone may be about anything."""


_OF_CHANGES = ("change", "history", "release", "news")

SKIP = regex(r"(?:#|//).*(?:checkov:skip|(?:tfsec|trivy|tflint)[:-]ignore|nosec|kics-scan|cfn[_-](?:nag|lint))")
"""What other linters are told to leave as it is."""


_COMMENT = regex(r"\s*(?:#|//)")
_TRIED = regex(
    r"(?i)\s*(?:#|//).*\b(?:(?:only |just )?for (?:\w+ and )?(?:prototyp\w+|experiments|experimenting)"
    r"|throw-?away|disposable|proofs? of concept)\b"
)
"""A comment on a line of its own that says that what it stands above or in is for a trial."""


class Lines:
    """The lines of a text, split once for many places."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def offset(self, line: int, column: int) -> int:
        """The offset of a line and a column, both from 1."""
        return self._starts[line - 1] + column - 1

    def refuse_explained(self, present: Span) -> None:
        """Raise Refused for a value that a comment explains."""
        line = self._explained(present)
        if line is not None:
            raise Refused(f"the comment at {present.path}:{line} says why it is so; change it by hand")

    def refuse_described(self, decided: Span, former: str | float | tuple[str, ...] | None) -> None:
        """Raise Refused for a default that the description beside it names, which would be wrong then, or gives a
        reason for. former: the default."""
        written = f"{former}" if isinstance(former, (str, int, float)) else ""
        number = rf"(?<![\w.]){re.escape(written)}(?![\w.])" if _NUMBER.fullmatch(written) else r"(?!)"
        for line in range(max(1, decided.line - 3), min(len(self.lines), decided.line + 3) + 1):
            match = _DESCRIPTION.search(self.lines[line - 1])
            if match is not None and (_DEFAULT.search(match[1]) or re.search(number, match[1])):
                raise Refused(f"the description at {decided.path}:{line} names the default; change both by hand")
            if match is not None and tells_decision(match[1]):
                raise Refused(f"the description at {decided.path}:{line} says why it is so; change it by hand")

    @cached_property
    def decisions(self) -> Mapping[str, int]:
        """Of a document, the numbers of the first lines that say of a setting why it is so, by each word on them. Rows
        of tables say what a module takes."""
        found: dict[str, int] = {}
        for number, line in enumerate(self.lines, 1):
            if not line.lstrip().startswith("|") and tells_decision(line):
                for name in _NAME.findall(line):
                    found.setdefault(name, number)
        return found

    def refuse_listed(self, change: Setting, path: str) -> None:
        """Raise Refused for a default that a row of a table of variables in this text names, at a path."""
        former = _written(change.former)
        for number, line in enumerate(self.lines, 1):
            cells = [cell.strip(" `") for cell in line.split("|")]
            names = (re.sub(r"<[^>]*>|\[|\].*|\\", "", cell).strip() for cell in cells[:2])
            if change.default_of in names and former in cells[2:]:
                raise Refused(f"the table at {path}:{number} names the default; change both by hand")

    def refuse_commented(self, change: Setting) -> None:
        """Raise Refused for a setting that somebody made a comment."""
        home = change.target.home
        line = self._commented(home.line, words_of(change))
        if line is not None:
            raise Refused(f"it is commented out at {home.path}:{line}; set it by hand")

    def refuse_tried(self, first: int) -> None:
        """Raise Refused for what begins on a line if a comment above it or in it says that it is for a trial only."""
        above = first - 1
        while above > 0 and _COMMENT.match(self.lines[above - 1]):
            above -= 1
        depth = _indent(self.lines[first - 1])
        for number, line in enumerate(self.lines[above:], above + 1):
            if number > first and line.strip() and _indent(line) <= depth:
                return
            if _TRIED.match(line):
                raise Refused(f"the comment on line {number} says that it is for a trial only; change it by hand")

    def _commented(self, first: int, names: Collection[str]) -> int | None:
        """The number of the first line, of the resource that begins on a line, where one of these settings is a
        comment; None if none is."""
        depth = _indent(self.lines[first - 1])
        for number in range(first + 1, len(self.lines) + 1):
            line = self.lines[number - 1]
            match = _SETTING.match(line)
            if match is not None and match[1] in names:
                return number
            if line.strip() and match is None and _indent(line) <= depth:
                return None
        return None

    def _explained(self, present: Span) -> int | None:
        """The line of the comment beside a present value that explains it, or tells another linter to leave it; None
        if there is none."""
        for number in (present.line, present.line - 1):
            if 1 <= number <= len(self.lines) and SKIP.search(self.lines[number - 1]):
                return number
        if present.line > 2 and _OPENS.fullmatch(opening := self.lines[present.line - 2]):
            above = explaining_line(self.lines, present.line - 1, len(opening) + 1)
            if above is not None and tells_decision(self.lines[above - 1], is_beside=True):
                return above
        own = self.lines[present.line - 1] if 1 <= present.line <= len(self.lines) else ""
        if _MEANING.search(own, present.end_column - 1):
            return present.line
        return explaining_line(self.lines, present.line, present.end_column)


def refuse_documented(change: Setting, path: str, files: Files, lines_of: Callable[[str], Lines]) -> None:
    """Raise Refused for a default of a module's variable, at a path, that a document beside it or above it names.

    lines_of: gives the lines of a file.
    """
    if path.endswith(".tf") and change.default_of:
        for document, lines in _documents(path, files, lines_of):
            lines.refuse_listed(change, document)


def refuse_told(change: Setting, files: Files, lines_of: Callable[[str], Lines]) -> None:
    """Raise Refused for a setting of which a document beside its resource or above it says why it is so, or a comment
    that it is for a trial. lines_of: gives the lines of a file."""
    for span in filter(None, (change.target.home, change.call)):
        lines_of(span.path).refuse_tried(span.line)
    names = sorted(filter(_OF_WORDS.search, words_of(change)))
    for document, lines in _documents(change.target.home.path, files, lines_of) if names else ():
        number = next((lines.decisions[name] for name in names if name in lines.decisions), None)
        if number is not None:
            raise Refused(f"the document at {document}:{number} says why it is so; change both by hand")


def _documents(path: str, files: Files, lines_of: Callable[[str], Lines]) -> Iterator[tuple[str, Lines]]:
    """The documents beside a file and above it that can be read, but those that tell what was changed."""
    for folder in folders(path, files):
        for name in files.names(folder):
            if name.lower().endswith(".md") and not name.lower().startswith(_OF_CHANGES):
                document = os.path.join(folder, name)
                try:
                    lines = lines_of(document)
                except Refused:
                    continue
                yield document, lines


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def edit_of_decision(
    lines: Lines, span: Span, former: str | float | tuple[str, ...] | None, value: Setable
) -> Edit | None:
    """The edit of a default, an argument of a call or a line of a tfvars file that gives a resource its value.

    span: where that is. former: the value that the resource has. None where something else stands there, as what is
    computed from it, or where the new value is neither a scalar nor, in Terraform, a list of texts.
    """
    if former is None or span.line != span.end_line:
        return None
    start, end = lines.offset(span.line, span.column), lines.offset(span.line, span.end_column)
    if isinstance(former, tuple):
        written = lines.text[start:end]
        is_same = is_in_hcl(span.path) and re.sub(r"\s+", "", written) == re.sub(r"\s+", "", _written(former))
        return Edit(start, end, _written(tuple(map(str, value)))) if is_same and isinstance(value, list) else None
    if not isinstance(value, (str, int, float)):
        return None
    match = _LITERAL.fullmatch(lines.text, start, end)
    if match is None or not _is_same(match[2], former):
        return None
    quote = match[1]
    if is_in_hcl(span.path):
        plain = scalar(value)
        return Edit(start, end, plain if plain.startswith('"') or not quote else f'"{plain}"')
    return Edit(start, end, DataWriter(span.path.endswith(".json"), Names()).scalar(value, quote))


def _written(value: str | float | tuple[str, ...] | None) -> str:
    """A value in Terraform's words."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(scalar, value))}]"
    return "null" if value is None else scalar(value)


def _is_same(written: str, former: str | float) -> bool:
    """Whether a literal is the value, written in any way."""
    if isinstance(former, bool) or written.lower() in ("true", "false"):
        return written.lower() == str(former).lower()
    if re.fullmatch(r"[-+]?\d+(?:\.\d+)?", written):
        return written == str(former) or (isinstance(former, (int, float)) and float(written) == former)
    return written == former
