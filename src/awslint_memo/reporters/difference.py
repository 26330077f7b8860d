"""The difference that fixes make, as a unified diff without secrets and with control characters as escapes."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from awslint_memo.fixes.fixing import Fixed
from awslint_memo.model.secret import without_secrets
from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.line_secrets import by_line, hidden_in, is_marked, ranges_on, secrets_of

_CONTEXT = 3
_WIDTH = 500
"""Minified JSON has lines of megabytes."""
_LARGE = 1_000_000
"""How many pairs of lines are compared as a whole: those of two texts of 1,000 lines."""
_COLORS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}
_RESET = "\x1b[0m"


def difference(fixed: Fixed, *, color: bool = False) -> str:
    """A unified diff of all files that change; `git apply` takes it where it hides nothing."""
    lines = (line for path in sorted(fixed.texts) for line in _of_file(fixed, path))
    return "".join(f"{_colored(line) if color else line}\n" for line in lines)


def _colored(line: str) -> str:
    code = "" if line.startswith(("+++", "---")) else _COLORS.get(line[:1], "")
    return f"{code}{line}{_RESET}" if code else line


def _of_file(fixed: Fixed, path: str) -> Iterator[str]:
    old = _shown_lines(path, fixed.sources[path].text, fixed.secrets)
    new = _shown_lines(path, fixed.texts[path], fixed.report.secrets)
    name = visible(os.path.normpath(path).replace(os.sep, "/"))
    yield from (f"--- a/{name}", f"+++ b/{name}")
    yield from hunks(old, new, (0, len(old.lines)), (0, len(new.lines)))


def _shown_lines(path: str, text: str, known: Mapping[str, Sequence[Span]]) -> ShownLines:
    return ShownLines(text, hidden_in(path, text.split("\n"), known.get(path, ())), is_exact=True)


def hunks(
    old: ShownLines,
    new: ShownLines,
    of_old: tuple[int, int],
    of_new: tuple[int, int],
    before: tuple[int, int] = (0, 0),
    context: int = _CONTEXT,
) -> Iterator[str]:
    """The hunks of a unified diff of some lines of a text, from the first index to before the last.

    before: how many lines the file has before those of each text. context: the lines around a change.
    """
    old_first, new_first = of_old[0], of_new[0]
    for group in _matcher(old.lines[slice(*of_old)], new.lines[slice(*of_new)]).get_grouped_opcodes(context):
        first, last = group[0], group[-1]
        at, new_at = old_first + before[0], new_first + before[1]
        ranges = _range(first[1] + at, last[2] + at), _range(first[3] + new_at, last[4] + new_at)
        yield f"@@ -{ranges[0]} +{ranges[1]} @@"
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                yield from new.shown(" ", new_start + new_first, new_end + new_first)
            else:
                yield from old.shown("-", start + old_first, end + old_first)
                yield from new.shown("+", new_start + new_first, new_end + new_first)


def _matcher(old: Sequence[str], new: Sequence[str]) -> difflib.SequenceMatcher[str]:
    """Compares the lines of two texts. Long ones only between lines that stand once in both: it looks at each line that
    is like another one, of which there is one in each resource of a template."""
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if len(old) * len(new) > _LARGE:
        blocks = [difflib.Match(0, 0, 0)]
        for (start, new_start), (end, new_end) in pairwise(((0, 0), *_anchors(old, new), (len(old), len(new)))):
            parts = difflib.SequenceMatcher(None, old[start:end], new[new_start:new_end], autojunk=False)
            for at, new_at, size in parts.get_matching_blocks()[:-1]:
                before = blocks[-1]
                if (before.a + before.size, before.b + before.size) == (start + at, new_start + new_at):
                    blocks[-1] = difflib.Match(before.a, before.b, before.size + size)
                else:
                    blocks.append(difflib.Match(start + at, new_start + new_at, size))
        # What it works out at first use.
        matcher.matching_blocks = [*blocks, difflib.Match(len(old), len(new), 0)]  # type: ignore[attr-defined]
    return matcher


def _anchors(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where lines stand that both texts have once, as far as they are in the same order."""
    single, new_single = ({line for line, times in Counter(lines).items() if times == 1} for lines in (old, new))
    places = {line: number for number, line in enumerate(new) if line in new_single}
    last = -1
    for number, line in enumerate(old):
        if line in single and places.get(line, -1) > last:
            last = places[line]
            yield number, last


def _range(start: int, end: int) -> str:
    length = end - start
    return str(start + 1) if length == 1 else f"{start + 1 if length else start},{length}"


class ShownLines:
    """The lines of a text as they may be shown; each but the last has its line end.

    secrets: the places in it of what nobody may see. is_exact: whether tabs and returns stay, for `git apply`.
    """

    def __init__(self, text: str, secrets: Sequence[Span] = (), *, is_exact: bool = False) -> None:
        self._secrets = by_line(secrets)
        self._is_exact = is_exact
        self.lines = [f"{line}\n" for line in text.split("\n")]
        last = self.lines.pop().removesuffix("\n")
        self.lines += [last] if last else []

    def shown(self, sign: str, start: int, end: int) -> Iterator[str]:
        """Some lines behind a sign, and what a unified diff says of a last line without a line end."""
        for index in range(start, end):
            yield sign + self._shown(index)
            if not self.lines[index].endswith("\n"):
                yield "\\ No newline at end of file"

    def _shown(self, index: int) -> str:
        line = self.lines[index].rstrip("\r\n")
        hidden = [*secrets_of(self.lines, index), *ranges_on(line, index + 1, self._secrets.get(index + 1, ()))]
        if hidden and (is_marked(line) or "{" in line):
            return "…"
        for start, end in sorted(hidden, reverse=True):
            line = f"{line[:start]}…{line[end:]}"
        shown = without_secrets("\t".join(map(visible, (line if self._is_exact else line.expandtabs()).split("\t"))))
        line_end = "\r" if self._is_exact and self.lines[index].endswith("\r\n") else ""
        return f"{shown}{line_end}" if len(shown) <= _WIDTH else f"{shown[:_WIDTH]}…"
