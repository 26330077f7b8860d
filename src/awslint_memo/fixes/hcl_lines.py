"""Lines of arguments in HCL as `terraform fmt` leaves them: equals signs and comments below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from awslint_memo.fixes.edit import Edit, end_of_line, indent_of, line_end, line_start
from awslint_memo.fixes.hcl_indentation import has_tabs, in_column
from awslint_memo.syntax.hcl.document import Argument, Block
from awslint_memo.syntax.hcl.expressions import Object


def aligned(arguments: Sequence[tuple[str, list[str]]]) -> list[str]:
    """Lines of arguments. The equals signs of neighbours within one line stand below each other."""
    lines: list[str] = []
    group: list[tuple[str, str]] = []

    def flush() -> None:
        width = max((len(name) for name, _ in group), default=0)
        lines.extend(f"{name:<{width}} = {value}" for name, value in group)
        group.clear()

    for name, value in arguments:
        if len(value) == 1:
            group.append((name, value[0]))
        else:
            flush()
            lines += [f"{name} = {value[0]}", *value[1:]]
    flush()
    return lines


_COMMENT = re.compile(r"[ \t]+(?=#|//|/\*)")

LINE = re.compile(r'([ \t]*)([\w-]+|"[^"\r\n]*")([ \t]*)=(?![=>])([ \t]*)\S[^\r\n]*')
"""A line with one argument: indentation, name, and the blanks before and behind the equals sign."""


def keeping_comment(text: str, start: int, end: int, written: str) -> Edit:
    """Replace a value; a comment behind it stays below those of the neighbouring lines if that can be."""
    gap = _COMMENT.match(text, end)
    if gap is None:
        return Edit(start, end, written)
    before = (
        text[line_start(text, line_start(text, start) - 1) : line_start(text, start)] if line_start(text, start) else ""
    )
    behind = text[end_of_line(text, end) : end_of_line(text, end_of_line(text, end) + 2)]
    has_neighbour = any(re.search(r"\S[ \t]+(?:#|//)", line) for line in (before, behind))
    if "\t" in gap[0]:
        return Edit(start, end, written)
    spaces = max(1, gap.end() - start - len(written)) if has_neighbour else 1
    return Edit(start, gap.end(), written + " " * spaces)


def aligned_behind(text: str, body: Block | Object, start: int, end: int, name: str, value: str) -> list[Edit]:
    """Put an argument behind another one, below whose equals sign that of the new one stands.

    The other lines of the group make room for a longer name where `terraform fmt` has formatted what they stand in;
    elsewhere no other line changes. body: what they stand in. start, end: the offsets of the other one's name, and of
    the end of its value.
    """
    at = end_of_line(text, end)
    indent = line_end(text) + indent_of(text, start)
    lines = sorted(_group(text, start), key=lambda line: line[0])
    own = next((number for number, (begin, _) in enumerate(lines) if begin == line_start(text, start)), None)
    beside = None if own is None else lines[own][1]
    if beside is not None and has_tabs(beside):
        return [Edit(at, at, indent + in_column(beside, [match for _, match in lines], name) + value)]
    if own is None or beside is None:
        return [Edit(at, at, f"{indent}{name} = {value}")]
    if is_formatted(text, body):
        width = max(len(name), *(_sign(match) - 1 for _, match in lines))
        edits = [Edit(at, at, f"{indent}{name:<{width}} = {value}")]
        for begin, match in lines:
            blanks = " " * (width - len(match[2]) + 1)
            sign = begin + match.end(2) - match.start()
            edits += [Edit(sign, sign + len(match[3]), blanks)] if blanks != match[3] else []
        return edits
    column = _column_beside(lines, own)
    least = 0 if not beside[3] else 1
    return [Edit(at, at, indent + name + " " * max(least, column - len(name)) + "=" + beside[4] + value)]


def removed(text: str, body: Block, start: int, end: int) -> list[Edit]:
    """Remove the lines of an argument, and the blanks that stood before the equals signs of its group for its sake."""
    group = _group(text, start)
    others = [(begin, match) for begin, match in group if not start <= begin < end]
    width = max((len(match[2]) for _, match in others), default=0)
    edits = [Edit(start, end, "")]
    if is_formatted(text, body):
        for begin, match in others:
            at = begin + match.end(2) - match.start()
            blanks = " " * (width - len(match[2]) + 1)
            edits += [Edit(at, at + len(match[3]), blanks)] if blanks != match[3] else []
    return edits


def behind_key(text: str, made: Object, name: str, lines: list[str]) -> list[Edit]:
    """Put a key behind the last one of an object in several lines."""
    key, last = made.items[-1]
    if all(text.startswith('"', other.start) for other, _ in made.items):
        name = f'"{name}"'
    if len(lines) == 1 and "\n" not in text[key.start : last.end]:
        return aligned_behind(text, made, key.start, last.end, name, lines[0])
    at = end_of_line(text, last.end)
    indent = line_end(text) + indent_of(text, key.start)
    return [Edit(at, at, f"{indent}{name} = {indent.join(lines)}")]


def is_formatted(text: str, body: Block | Object) -> bool:
    """Whether the equals signs in a block, also those in its blocks, stand where `terraform fmt` puts them."""
    known: set[int] = set()
    for at in _arguments(body):
        if line_start(text, at) in known:
            continue
        group = _group(text, at)
        known.update(begin for begin, _ in group)
        if not _is_aligned(group):
            return False
    return True


def _arguments(body: Block | Object) -> Iterator[int]:
    """The offsets of the arguments in a block and its blocks, or of the keys of an object."""
    if isinstance(body, Object):
        yield from (key.start for key, _ in body.items)
        return
    for item in body.items:
        if isinstance(item, Argument):
            yield item.name.start
        else:
            yield from _arguments(item)


def _is_aligned(group: Sequence[tuple[int, re.Match[str]]]) -> bool:
    """Whether the equals signs of a group are below each other, one blank behind the longest name."""
    width = max((len(match[2]) for _, match in group), default=0)
    return all(_sign(match) == width + 1 and match[4] == " " for _, match in group)


def _sign(match: re.Match[str]) -> int:
    """The number of characters from a name to the equals sign; -1 where tabs stand around that."""
    return -1 if has_tabs(match) else len(match[2]) + len(match[3])


def _column_beside(group: Sequence[tuple[int, re.Match[str]]], own: int) -> int:
    """The column behind the indentation in which the equals sign stands below that of a line, as its neighbours' do
    too; 0 where only it stands there, with names of one length, or none. own: the number of the line."""
    sign = _sign(group[own][1])
    first = last = own
    while first > 0 and _sign(group[first - 1][1]) == sign:
        first -= 1
    while last + 1 < len(group) and _sign(group[last + 1][1]) == sign:
        last += 1
    # Names of the same length are below each other without anybody's doing.
    names = {len(match[2]) for _, match in group[first : last + 1]}
    return sign if len(names) > 1 or sign > len(group[own][1][2]) + 1 else 0


def _group(text: str, inside: int) -> list[tuple[int, re.Match[str]]]:
    """The neighbouring lines with one argument each, by their offsets, of which one is that of an offset."""
    found: list[tuple[int, re.Match[str]]] = []
    start = line_start(text, inside)
    for direction in (-1, 1):
        at = start
        while 0 <= at < len(text):
            match = LINE.match(text, at, end_of_line(text, at))
            if match is None or match.end() != end_of_line(text, at) or _opens(match[0]):
                break
            if at != start or direction < 0:
                found.append((at, match))
            if direction < 0 and at == 0:
                break
            at = line_start(text, at - 1) if direction < 0 else text.find("\n", at) + 1 or len(text)
    return found


def _opens(line: str) -> bool:
    """Whether a line begins an expression of several lines."""
    return line.rstrip().endswith(("{", "[", "(")) or "<<" in line
