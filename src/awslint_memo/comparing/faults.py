"""The parts of a file that a fault in it may hide: the entry or the block in which it is, and that it repeats."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from awslint_memo.comparing.likeness import names_in
from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.judging.inventory import MODULES
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span
from awslint_memo.readers.terraform.sections import DuplicateError

_KEY = regex(r"""["']?[\w:.-]+["']?\s*:""")
_HEAD = regex(r'\w+\s+(?:"([\w-]+)"\s+)?"([\w-]+)"')
_QUOTES = regex(r'[\s"${}\[\]]+')
_TWICE = "duplicate key "


@record(frozen=True)
class Part:
    """A part of a file, by its absolute path, the first line and the last one."""

    path: str
    first: int
    last: int
    text: str

    @property
    def name(self) -> str:
        """The address or name of the block that it is; empty if it is none."""
        head = _HEAD.match(self.text) if self.path.endswith(MODULES) else None
        return ".".join(filter(None, head.groups())) if head is not None else ""

    def has(self, span: Span) -> bool:
        """Whether something begins in the part."""
        return os.path.abspath(span.path) == self.path and self.first <= span.line <= self.last


@record(frozen=True)
class Fault:
    """A problem of a part of a file. parts: what it may hide. is_whole: whether that is all of the file."""

    problem: Problem
    parts: Sequence[Part]
    is_whole: bool

    @property
    def path(self) -> str:
        """The absolute path of the file."""
        return os.path.abspath(self.problem.path)

    @property
    def is_key(self) -> bool:
        """Whether it is a key that is there twice, of which the last one counts."""
        return self.problem.message.startswith(_TWICE) and not self.path.endswith(MODULES)

    @property
    def names(self) -> frozenset[str]:
        """The words of the parts, by which they may name resources."""
        return names_in("\n".join(part.text for part in self.parts))


def fault_of(problem: Problem, files: Files, *, is_whole: bool) -> Fault:
    """What a problem of a file may hide. is_whole: whether it surely may hide all of the file.

    Of two blocks with one name, either may be meant.
    """
    path = os.path.abspath(problem.path)
    lines = text_of(files, path).split("\n")
    if is_whole or problem.left_out is not None or not 0 < problem.line <= len(lines):
        return Fault(problem, [Part(path, 1, len(lines), "\n".join(lines))], is_whole=True)
    if not path.endswith(MODULES):
        return Fault(problem, [_part(path, lines, *lines_of) for lines_of in _entries(lines, problem)], is_whole=False)
    places = [problem.span, problem.first] if isinstance(problem, DuplicateError) else [problem.span]
    return Fault(problem, [_block(files, span) for span in places], is_whole=False)


def _part(path: str, lines: Sequence[str], first: int, last: int) -> Part:
    return Part(path, first, last, "\n".join(lines[first - 1 : last]))


def text_of(files: Files, path: str) -> str:
    """The text of a file by its absolute path; empty if it can't be read."""
    try:
        return files.read(path_from(path)).text
    except Problem:
        return ""


def bare(text: str) -> str:
    """A text without blanks and what is written around the same expression in another version of Terraform."""
    return _QUOTES.sub("", text)


def _block(files: Files, span: Span) -> Part:
    """The block of Terraform at a place, which begins a line."""
    path = os.path.abspath(span.path)
    lines = text_of(files, path).split("\n")
    line = min(span.line, len(lines))
    first = next((at for at in range(line, 0, -1) if lines[at - 1][:1].isalpha()), line)
    ends = (at for at in range(line, len(lines) + 1) if lines[at - 1].startswith("}"))
    is_in_line = first == line and lines[first - 1].rstrip().endswith("}")
    return _part(path, lines, first, first if is_in_line else next(ends, len(lines)))


def _entries(lines: Sequence[str], problem: Problem) -> Iterator[tuple[int, int]]:
    """The first and the last line of the entry that begins at a problem, and of the one before it with its key."""
    column = problem.column - 1
    yield problem.line, _end(lines, problem.line, column)
    key = _KEY.match(lines[problem.line - 1][column:])
    if key is not None and problem.message.startswith(_TWICE):
        same = (at for at in range(problem.line - 1, 0, -1) if lines[at - 1][column:].startswith(key[0]))
        first = next(same, None)
        if first is not None:
            yield first, _end(lines, first, column)


def _end(lines: Sequence[str], first: int, column: int) -> int:
    """The last line of an entry that begins at a column: those below are indented more."""
    for at in range(first + 1, len(lines) + 1):
        inside = lines[at - 1][: column + 1]
        if inside.strip() and not lines[at - 1].lstrip().startswith("#"):
            return at - 1
    return len(lines)
