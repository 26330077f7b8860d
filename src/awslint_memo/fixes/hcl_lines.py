"""Lines of arguments in HCL as `terraform fmt` leaves them: equals signs and comments below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from awslint_memo.fixes.edit import Edit, end_of_line, indent_of, line_end, line_start
from awslint_memo.fixes.hcl_indentation import has_tabs, in_column
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

LINE = re.compile(r"([ \t]*)([\w-]+)([ \t]*)=(?!=)([ \t]*)\S[^\r\n]*")
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


def aligned_behind(text: str, start: int, end: int, name: str, value: str) -> list[Edit]:
    """Put an argument behind another one, with the equals signs of the group below each other if they were so.

    start, end: the offsets of the other one's name, and of the end of its value.
    """
    at = end_of_line(text, end)
    indent = line_end(text) + indent_of(text, start)
    lines = _group(text, start)
    own = next((match for begin, match in lines if begin == line_start(text, start)), None)
    if own is not None and has_tabs(own):
        return [Edit(at, at, indent + in_column(own, [match for _, match in lines], name) + value)]
    group = _aligned_with(text, start)
    width = max((_sign(match) - 1 for _, match in group), default=0)
    new = max(width, len(name)) if group else len(name)
    edits = [Edit(at, at, f"{indent}{name:<{new}} = {value}")]
    if new > width:
        for begin, match in group:
            at = begin + match.end(2) - match.start()
            edits.append(Edit(at, at + len(match[3]), " " * (new - len(match[2]) + 1)))
    return edits


def removed(text: str, start: int, end: int) -> list[Edit]:
    """Remove the lines of an argument, and the blanks that stood before the equals signs of its group for its sake."""
    group = _group(text, start)
    others = [(begin, match) for begin, match in group if not start <= begin < end]
    width = max((len(match[2]) for _, match in others), default=0)
    edits = [Edit(start, end, "")]
    if _is_aligned(group):
        for begin, match in others:
            at = begin + match.end(2) - match.start()
            blanks = " " * (width - len(match[2]) + 1)
            edits += [Edit(at, at + len(match[3]), blanks)] if blanks != match[3] else []
    return edits


def behind_key(text: str, made: Object, name: str, lines: list[str]) -> list[Edit]:
    """Put a key behind the last one of an object in several lines."""
    key, last = made.items[-1]
    if len(lines) == 1 and "\n" not in text[key.start : last.end]:
        return aligned_behind(text, key.start, last.end, name, lines[0])
    at = end_of_line(text, last.end)
    indent = line_end(text) + indent_of(text, key.start)
    return [Edit(at, at, f"{indent}{name} = {indent.join(lines)}")]


def _is_aligned(group: Sequence[tuple[int, re.Match[str]]]) -> bool:
    """Whether the equals signs of a group are below each other, one blank behind the longest name."""
    width = max((len(match[2]) for _, match in group), default=0)
    return all(_sign(match) == width + 1 and match[4] == " " for _, match in group)


def _sign(match: re.Match[str]) -> int:
    """The number of characters from a name to the equals sign; -1 where tabs stand around that."""
    return -1 if has_tabs(match) else len(match[2]) + len(match[3])


def _aligned_with(text: str, start: int) -> list[tuple[int, re.Match[str]]]:
    """The lines of the group of an argument whose equals signs are below its own, as a person or `terraform fmt` put
    them there; none where the group is not aligned there. start: the offset of the argument's name.

    Of a group that was aligned in parts only, the part around the argument counts.
    """
    group = sorted(_group(text, start), key=lambda line: line[0])
    if _is_aligned(group):
        return group
    own = next((number for number, (begin, _) in enumerate(group) if begin == line_start(text, start)), None)
    if own is None or has_tabs(group[own][1]):
        return []
    sign = _sign(group[own][1])
    first = last = own
    while first > 0 and _sign(group[first - 1][1]) == sign:
        first -= 1
    while last + 1 < len(group) and _sign(group[last + 1][1]) == sign:
        last += 1
    part = group[first : last + 1]
    names = {len(match[2]) for _, match in part}
    # Names of the same length are below each other without anybody's doing.
    return part if len(names) > 1 and all(match[4] == " " for _, match in part) else []


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
