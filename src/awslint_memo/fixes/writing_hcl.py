"""HCL as text: what stands in a block, how values and blocks are written, and lines as `terraform fmt` leaves them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.fixes.edit import Edit, Refused, column, end_of_line, line_end, line_start
from awslint_memo.model.fix import Reference, Same, Setable
from awslint_memo.model.record import record
from awslint_memo.syntax.hcl.document import Argument, Block, Item
from awslint_memo.syntax.hcl.expressions import Call, Expression, Name, Object, Template

APART = ("count", "depends_on", "for_each", "provider", "tags")
"""Arguments that people often keep apart from the others: Terraform's own, and tags."""


@record(frozen=True, slots=True)
class HclStep:
    """One step to an argument: a block, the argument itself, or a key in its object or in the text that it encodes as
    JSON.

    index: which of several blocks of this name it is; None if there is one at most.
    """

    name: str
    is_block: bool = False
    is_json: bool = False
    index: int | None = None


def inner_argument(items: Sequence[Item], name: str) -> Argument | None:
    """The argument of this name among the items of a block."""
    return next((item for item in items if isinstance(item, Argument) and item.name.text == name), None)


def inner_block(body: Block, step: HclStep) -> Block | None:
    """The block that a step leads to. Raises Refused if that is not written so plainly."""
    if any(_is_dynamic(item, step.name) for item in body.items):
        raise Refused(f"a dynamic block gives {step.name}; change it by hand")
    blocks = [item for item in body.items if isinstance(item, Block) and item.name.text == step.name]
    if step.index is not None:
        if step.index >= len(blocks):
            raise Refused(f"it is not written as a block {step.name}; change it by hand")
        return blocks[step.index]
    if len(blocks) > 1:
        raise Refused(f"there are several blocks {step.name}; change it by hand")
    return blocks[0] if blocks else None


def _is_dynamic(item: Item, name: str) -> bool:
    return isinstance(item, Block) and [item.name.text, *(label.text for label in item.labels)] == ["dynamic", name]


def content(expression: Expression, *, is_json: bool) -> Expression:
    """What an argument says: itself, or what it encodes as JSON, which is empty where it is something else."""
    if not is_json:
        return expression
    is_encoded = isinstance(expression, Call) and expression.name == "jsonencode" and len(expression.arguments) == 1
    return expression.arguments[0] if is_encoded and isinstance(expression, Call) else Name(0, 0, "")


def text_of_key(expression: Expression) -> str:
    """The key of an object; empty if it is an expression."""
    if isinstance(expression, Name):
        return expression.name
    if isinstance(expression, Template) and len(expression.parts) == 1 and isinstance(expression.parts[0], str):
        return expression.parts[0]
    return ""


STEP = 2
"""The indentation of `terraform fmt`."""


@record(frozen=True, slots=True)
class NewBlock:
    """A block to write: its arguments, and blocks in it, in order."""

    type: str
    body: Mapping[str, Body]


@record(frozen=True, slots=True)
class NewJson:
    """A text to write with jsonencode()."""

    value: Setable


@record(frozen=True, slots=True)
class Verbatim:
    """An expression to write as it is."""

    text: str


Body: TypeAlias = "NewBlock | NewJson | Verbatim | Setable"


class HclWriter:
    """Writes values; expression_of: the expression for an attribute of a resource, or for another argument."""

    def __init__(self, expression_of: Callable[[Reference | Same], str]) -> None:
        self._expression_of = expression_of

    def lines(self, value: Body) -> list[str]:
        """A value, not a block; the lines behind the first one are indented from the argument's name."""
        if isinstance(value, NewBlock):
            return self.block(value)
        if isinstance(value, NewJson):
            first, *rest = self.lines(value.value)
            return [f"jsonencode({first}", *rest[:-1], f"{rest[-1]})"] if rest else [f"jsonencode({first})"]
        if isinstance(value, Verbatim):
            return value.text.split("\n")
        if isinstance(value, (Reference, Same)):
            return self._expression_of(value).split("\n")
        if isinstance(value, Mapping):
            inner = aligned([(_key(name), self.lines(one)) for name, one in value.items()])
            return ["{", *(" " * STEP + line for line in inner), "}"] if inner else ["{}"]
        if isinstance(value, Sequence) and not isinstance(value, str):
            return self._list(value)
        return [scalar(value)]

    def _list(self, value: Sequence[Setable]) -> list[str]:
        written = [self.lines(one) for one in value]
        if len(written) == 1 and len(written[0]) > 1:
            first, *rest = written[0]
            return [f"[{first}", *rest[:-1], f"{rest[-1]}]"]
        if all(len(lines) == 1 for lines in written):
            return [f"[{', '.join(lines[0] for lines in written)}]"]
        for lines in written:
            lines[-1] += ","
        return ["[", *(" " * STEP + line for lines in written for line in lines), "]"]

    def block(self, made: NewBlock, head: str = "") -> list[str]:
        """A block in several lines. head: its first line up to the brace, if it has labels."""
        arguments = [(name, self.lines(one)) for name, one in made.body.items() if not isinstance(one, NewBlock)]
        lines = aligned(arguments)
        for inner in (one for one in made.body.values() if isinstance(one, NewBlock)):
            lines += [*([""] if lines else []), *self.block(inner)]
        return [f"{head or made.type} {{", *(" " * STEP + line if line else "" for line in lines), "}"]


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][\w-]*", name) else json.dumps(name)


def dedented(text: str, argument: Argument) -> str:
    """The expression of an argument, its lines indented from the argument's name."""
    indent = " " * column(text, argument.name.start)
    return re.sub(rf"\r?\n(?:{indent})?", "\n", text[argument.start : argument.end])


def with_suffix(expression: str, suffix: str) -> str:
    """A text of an expression and what follows it; the ending of a FIFO queue's name stays the last."""
    if not suffix:
        return expression
    text = re.fullmatch(r'"((?:[^"\\$]|\$\{[^{}"]*\})*)"', expression)
    inner = text[1] if text else f"${{{expression}}}"
    stem = inner.removesuffix(".fifo")
    return f'"{stem}{suffix}{".fifo" if stem != inner else ""}"'


def scalar(value: str | float | bool) -> str:
    """A literal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        str(value) if isinstance(value, (int, float)) else json.dumps(value).replace("${", "$${").replace("%{", "%%{")
    )


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
    spaces = max(1, gap.end() - start - len(written)) if has_neighbour else 1
    return Edit(start, gap.end(), written + " " * spaces)


def aligned_behind(text: str, start: int, end: int, name: str, value: str) -> list[Edit]:
    """Put an argument behind another one, with the equals signs of the group below each other if they were so.

    start, end: the offsets of the other one's name, and of the end of its value.
    """
    group = _aligned_with(text, start)
    width = max((_sign(match) - 1 for _, match in group), default=0)
    at = end_of_line(text, end)
    new = max(width, len(name)) if group else len(name)
    edits = [Edit(at, at, f"{line_end(text)}{' ' * column(text, start)}{name:<{new}} = {value}")]
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
    indent = line_end(text) + " " * column(text, key.start)
    return [Edit(at, at, f"{indent}{name} = {indent.join(lines)}")]


def _is_aligned(group: Sequence[tuple[int, re.Match[str]]]) -> bool:
    """Whether the equals signs of a group are below each other, one blank behind the longest name."""
    width = max((len(match[2]) for _, match in group), default=0)
    return all(_sign(match) == width + 1 and match[4] == " " for _, match in group)


def _sign(match: re.Match[str]) -> int:
    """The number of characters from a name to the equals sign."""
    return len(match[2]) + len(match[3])


def _aligned_with(text: str, start: int) -> list[tuple[int, re.Match[str]]]:
    """The lines of the group of an argument whose equals signs are below its own, as a person or `terraform fmt` put
    them there; none where the group is not aligned there. start: the offset of the argument's name.

    Of a group that was aligned in parts only, the part around the argument counts.
    """
    group = sorted(_group(text, start), key=lambda line: line[0])
    if _is_aligned(group):
        return group
    own = next((number for number, (begin, _) in enumerate(group) if begin == line_start(text, start)), None)
    if own is None:
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
