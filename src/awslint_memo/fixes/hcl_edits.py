"""Edits of HCL files: arguments and blocks are set, removed or added in the block of a resource."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.fixes.decisions import SKIP
from awslint_memo.fixes.edit import Edit, Refused, Revised, end_of_line, indent_of, line_end, line_start
from awslint_memo.fixes.hcl_indentation import inner_indent, step_of, step_of_object
from awslint_memo.fixes.hcl_lines import LINE, aligned_behind, behind_key, keeping_comment, removed
from awslint_memo.fixes.insertion import before_meta, outside_heading, related
from awslint_memo.fixes.terraform_words import below, encoded
from awslint_memo.fixes.writing_hcl import (
    APART,
    Body,
    HclStep,
    HclWriter,
    NewBlock,
    Verbatim,
    content,
    dedented,
    inner_argument,
    inner_block,
    scalar,
    text_of_key,
)
from awslint_memo.model.fix import Reference, Same
from awslint_memo.syntax.hcl import document
from awslint_memo.syntax.hcl.document import Argument, Block
from awslint_memo.syntax.hcl.expressions import Expression, Literal, Number, Object, Template, Unary
from awslint_memo.syntax.hcl.layout import Fault
from awslint_memo.syntax.hcl.portions import portions

Steps: TypeAlias = "Sequence[HclStep]"


class HclFile:
    """The text of a file in Terraform's native syntax, parsed once for many edits. is_old: whether it is written for
    Terraform 0.11 or older."""

    def __init__(self, text: str, is_old: Callable[[], bool] = lambda: False) -> None:
        self.text = text
        self._is_old = is_old
        found = portions(text)
        if isinstance(found, Fault):
            raise Refused("the file has an error of syntax")
        self._portions = found
        self._blocks: dict[tuple[str, ...], tuple[Block, int]] | None = None
        self._moved: dict[tuple[str, ...], Block | None] = {}
        self._line_end = line_end(text)
        self._expression_of: Callable[[Reference | Same], str] = str

    def naming(self, expression_of: Callable[[Reference | Same], str]) -> None:
        """From now on, write attributes and other arguments with these expressions."""
        self._expression_of = expression_of

    def set(self, type_: str, name: str, steps: Steps, value: Body) -> list[Edit]:
        """The edits that set an argument of a resource. Raises Refused if it is not written so plainly."""
        body = self._resource(type_, name)
        if not steps:
            raise Refused(f"{type_} has no argument for it; set it by hand")
        for number, step in enumerate(steps):
            argument = inner_argument(body.items, step.name)
            if argument is not None:
                return self._in_argument(argument, steps[number + 1 :], value)
            block = inner_block(body, step)
            if block is None:
                return self._new(body, steps[number:], value)
            body = block
        return self._in_block(type_, name, steps, value)

    def give(self, module: str, line: int, argument: str, value: str | float) -> list[Edit] | None:
        """The edits that add an argument to the call of a module on a line, counted from 1; None if it does not stand
        there, or has the argument."""
        call = self._block(("module", module))
        is_there = call is not None and self.text.count("\n", 0, call.start) + 1 == line
        if call is None or not is_there or inner_argument(call.items, argument) is not None:
            return None
        return self._new_argument(call, argument, [scalar(value)])

    def _in_block(self, type_: str, name: str, steps: Steps, value: Body) -> list[Edit]:
        """Set several arguments of a block that is there."""
        if not isinstance(value, NewBlock):
            raise Refused(f"{steps[-1].name} is a block; set it by hand")
        revised = Revised(self.text)
        for argument, one in value.body.items():
            file = HclFile(revised.text, self._is_old)
            file._expression_of = self._expression_of
            inner = [*steps, HclStep(argument, is_block=isinstance(one, NewBlock))]
            revised.apply(file.set(type_, name, inner, one))
        return revised.edits

    def remove(self, type_: str, name: str, steps: Steps) -> list[Edit]:
        """The edit that removes an argument. Raises Refused if it is not written so plainly."""
        body = self._resource(type_, name)
        for step in steps[:-1]:
            block = inner_block(body, step)
            if block is None:
                raise Refused(f"{step.name} is not written as a block; remove it by hand")
            body = block
        argument = inner_argument(body.items, steps[-1].name)
        if argument is None:
            raise Refused(f"{steps[-1].name} is not written in the file")
        start = self.text.rfind("\n", 0, argument.name.start) + 1
        end = self.text.find("\n", argument.end) + 1
        if self.text[start : argument.name.start].strip() or end == 0 or "}" in self.text[argument.end : end]:
            raise Refused("it is not on lines of its own; remove it by hand")
        return removed(self.text, body, start, end)

    def add(self, type_: str, name: str, made: NewBlock, head: str) -> list[Edit]:
        """The edit that puts a new resource behind another one, with its provider."""
        behind = self._resource(type_, name)
        if head.startswith(f'resource "{type_}"') and SKIP.search(self.text, behind.start, behind.end):
            raise Refused(
                "other linters are told what to skip there, which holds for one more like it too; add it by hand"
            )
        for meta in ("provider", "for_each", "count"):
            argument = inner_argument(behind.items, meta)
            if argument is not None:
                made = NewBlock(made.type, {meta: Verbatim(dedented(self.text, argument)), **made.body})
        at, lines = behind.end, self._writer(behind).block(made, head)
        return [Edit(at, at, self._line_end.join(["", "", *lines]))]

    def argument(self, type_: str, name: str, argument: str) -> Argument | None:
        """An argument in the block of a resource, outside of other blocks; None if there is none."""
        body = self._found(type_, name)
        return None if body is None else inner_argument(body.items, argument)

    def has(self, type_: str, name: str, steps: Steps) -> bool:
        """Whether an argument is written in the block of a resource."""
        body = self._found(type_, name)
        for step in steps:
            if body is None:
                return False
            if inner_argument(body.items, step.name) is not None:
                return True
            body = inner_block(body, step)
        return body is not None

    def source(self, type_: str, name: str, steps: Steps) -> str:
        """The expression of an argument, if it stands in one line. Raises Refused if not."""
        body, argument = self._found(type_, name), None
        for step in steps:
            argument = None if body is None else inner_argument(body.items, step.name)
            body = None if body is None or argument is not None else inner_block(body, step)
        written = "" if argument is None else self.text[argument.start : argument.end]
        if not written or "\n" in written:
            raise Refused(f"{steps[-1].name} is not written in one line")
        return written

    def spans(self, type_: str, name: str, line: int) -> bool:
        """Whether a line, counted from 1, belongs to the block of a resource."""
        block = self._found(type_, name)
        if block is None:
            return False
        first = self.text.count("\n", 0, block.start) + 1
        return first <= line <= first + self.text.count("\n", block.start, block.end)

    def has_resource(self, type_: str, name: str) -> bool:
        """Whether the file has a resource of this type and name."""
        return self._found(type_, name) is not None

    def _resource(self, type_: str, name: str) -> Block:
        block = self._found(type_, name)
        if block is None:
            raise Refused(f"{type_}.{name} is not written in the file")
        return block

    def _found(self, type_: str, name: str) -> Block | None:
        return self._block(("resource", type_, name))

    def _block(self, key: tuple[str, ...]) -> Block | None:
        if self._blocks is None:
            every = [(item, part.start) for part in self._portions for item in part.passage.document.items]
            blocks = [(one, start) for one, start in reversed(every) if isinstance(one, Block)]
            self._blocks = {(b.name.text, *(label.text for label in b.labels)): (b, start) for b, start in blocks}
        if key in self._blocks and key not in self._moved:
            made = document.moved(*self._blocks[key], self.text)
            self._moved[key] = made if isinstance(made, Block) else None
        return self._moved.get(key)

    def _in_argument(self, argument: Argument, rest: Steps, value: Body) -> list[Edit]:
        expression = argument.expression
        if not rest:
            return [self._replaced(argument.name.text, expression, value)]
        made = content(expression, is_json=rest[0].is_json)
        for number, step in enumerate(rest):
            if not isinstance(made, Object):
                raise Refused(f"{argument.name.text} is an expression; change it by hand")
            found = next((one for key, one in made.items if text_of_key(key) == step.name), None)
            if found is None:
                return self._new_key(made, rest[number:], value)
            made = found
        return [self._replaced(rest[-1].name, made, value)]

    def _replaced(self, what: str, expression: Expression, value: Body) -> Edit:
        is_text = isinstance(expression, Template) and all(isinstance(part, str) for part in expression.parts)
        is_number = isinstance(expression, Number) or (
            isinstance(expression, Unary) and isinstance(expression.operand, Number)
        )
        if not (isinstance(expression, Literal) or is_number or is_text) or not isinstance(value, (str, int, float)):
            raise Refused(f"{what} is an expression; change it by hand")
        written = scalar(value)
        if isinstance(expression, Template):
            if not self.text.startswith('"', expression.start):
                raise Refused(f"{what} is a text of several lines; change it by hand")
            written = scalar(str(value) if not isinstance(value, bool) else scalar(value))
        return keeping_comment(self.text, expression.start, expression.end, written)

    def _new(self, body: Block, steps: Steps, value: Body) -> list[Edit]:
        outer = next((number for number, step in enumerate(steps) if not step.is_block), len(steps))
        inner = steps[outer:]
        if inner:
            made: Mapping[str, Body] = {inner[0].name: encoded(inner[1:], value)}
        elif isinstance(value, NewBlock):
            made = value.body
        else:
            raise Refused(f"{steps[-1].name} is a block; set it by hand")
        if outer == 0:
            ((name, written),) = made.items()
            return self._new_argument(body, name, self._writer(body).lines(written))
        for step in reversed(steps[1:outer]):
            made = {step.name: NewBlock(step.name, made)}
        return self._new_block(body, NewBlock(steps[0].name, made))

    def _new_key(self, made: Object, steps: Steps, value: Body) -> list[Edit]:
        if not made.items or "\n" not in self.text[made.start : made.end]:
            raise Refused(f"{steps[0].name} is not written in the file; set it by hand")
        writer = HclWriter(self._expression_of, step_of_object(self.text, made), self._is_old)
        lines = writer.lines(below(steps[1:], value))
        return behind_key(self.text, made, steps[0].name, lines)

    def _new_argument(self, body: Block, name: str, lines: list[str]) -> list[Edit]:
        if self._is_one_line(body):
            return self._spread(body, f"{name} = {lines[0]}", lines[1:])
        first_block = next((item.start for item in body.items if isinstance(item, Block)), body.end)
        before = [item for item in body.items if isinstance(item, Argument) and item.end < first_block]
        single = [argument for argument in before if "\n" not in self.text[argument.name.start : argument.end]]
        own, wide = ([one for one in some if one.name.text not in APART] or some for some in (single, before))
        free = own if len(lines) == 1 else []
        last = next(reversed(free or wide), None)
        near = related(name, [argument.name.text for argument in own])
        last, headed = outside_heading(self.text, last, free) if near is None else (own[near], False)
        if last is None:
            at = end_of_line(self.text, self.text.index("{", body.name.start))
            indent = self._line_end + inner_indent(self.text, body)
            gap = self._line_end if body.items else ""
            return [Edit(at, at, f"{indent}{name} = {indent.join(lines)}{gap}")]
        if len(lines) > 1 or headed:
            at = end_of_line(self.text, last.end)
            indent = self._line_end + indent_of(self.text, last.name.start)
            return [Edit(at, at, f"{self._line_end if headed else ''}{indent}{name} = {indent.join(lines)}")]
        return aligned_behind(self.text, body, last.name.start, last.end, name, lines[0])

    def _new_block(self, body: Block, made: NewBlock) -> list[Edit]:
        lines = self._writer(body).block(made)
        if self._is_one_line(body):
            return self._spread(body, lines[0], lines[1:])
        closing = body.end - 1
        start = line_start(self.text, closing)
        if self.text[start:closing].strip():
            raise Refused("the closing brace is not on a line of its own; set it by hand")
        indent = inner_indent(self.text, body)
        at = before_meta(self.text, body)
        start, behind = (start, []) if at is None else (at, [""])
        is_apart = not self.text[line_start(self.text, start - 1) : start].strip()
        gap = [""] if body.items and not is_apart else []
        written = self._line_end.join(indent + line if line else "" for line in (*gap, *lines, *behind))
        return [Edit(start, start, written + self._line_end)]

    def _is_one_line(self, body: Block) -> bool:
        return "\n" not in self.text[body.start : body.end]

    def _spread(self, body: Block, first: str, rest: Sequence[str]) -> list[Edit]:
        """Write a block that stands in one line in several ones, with something more in it."""
        opening = self.text.index("{", max((label.end for label in body.labels), default=body.name.end)) + 1
        closing = body.end - 1
        outer = indent_of(self.text, body.start)
        indent = self._line_end + outer + step_of(self.text, body)
        inner = self.text[opening:closing].strip()
        if not inner:
            written = "".join(indent + line if line else self._line_end for line in (first, *rest))
            return [Edit(opening, closing, f"{written}{self._line_end}{outer}")]
        start = self.text.index(inner[0], opening)
        edits = [Edit(opening, start, indent)]
        match = LINE.fullmatch(inner)
        if match and not rest and " = " in first:
            name, _, value = first.partition(" = ")
            width = max(len(match[2]), len(name.strip()))
            sign = start + match.end(2)
            edits.append(Edit(sign, start + match.end(4), " " * (width - len(match[2])) + " = "))
            first = f"{name.strip():<{width}} = {value.strip()}"
        lines = [*([""] if rest else []), first, *rest]
        written = "".join(indent + line if line else self._line_end for line in lines)
        return [*edits, Edit(start + len(inner), closing, f"{written}{self._line_end}{outer}")]

    def _writer(self, body: Block) -> HclWriter:
        """Writes as the lines of a block are indented."""
        return HclWriter(self._expression_of, step_of(self.text, body), self._is_old)
