"""What an edit of a template changes: one property of one resource, where that is certain."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping

from awslint_memo.files.source import Source
from awslint_memo.model.record import record
from awslint_memo.model.regex import regex
from awslint_memo.model.span import Span
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.syntax.node import Node, descend, fields

_WHOLE = regex(
    r"Transform|Fn::ForEach|CloudFormation::Stack|Serverless::|ImportValue|CodePipeline::Pipeline"
    r"|(?:^|[\s\[{,:-])[&*][\w-]|<<",
    re.MULTILINE,
)
"""What makes that a part of a template depends on another: macros, loops, other stacks, anchors and their aliases. What
is asked of the actions of a pipeline is kept and not noted each time."""

_HARMLESS = frozenset(("Ref", "Fn::GetAtt", "Fn::Sub", "Fn::Join"))
"""Functions whose results depend on nothing that deployments of a template differ in but parameters.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html (read on 2026-11-27)
"""


@record(frozen=True)
class Edit:
    """A change of a property, and how it moves what stands behind it.

    first, last: the lines of the old text in which something is different. down: by how many lines the following ones
    move.
    """

    resource: str
    property: str
    first: int
    last: int
    down: int

    def moved(self, span: Span, path: str) -> Span | None:
        """Where a range of the old text is now; None if it is not certain, since it is near the change."""
        if span.path != path or span.end_line < self.first:
            return span
        if span.line <= self.last:
            return None
        return Span(path, span.line + self.down, span.column, span.end_line + self.down, span.end_column)


def is_separable(template: CloudFormationTemplate) -> bool:
    """Whether each property of a template stands for itself."""
    source = template.source
    return not (_WHOLE.search(source.text) or source.has_odd_line_ends or template.linked or template.nested)


def edit_between(old: CloudFormationTemplate, new: CloudFormationTemplate) -> Edit | None:
    """The edit that makes a separable template of another one; None if it is not one of a single property."""
    before, after = old.source, new.source
    if before.text == after.text:
        return Edit("", "", sys.maxsize, sys.maxsize, 0)  # It changes nothing.
    start, end = _change(before.text, after.text)
    end_after = end + len(after.text) - len(before.text)
    where = _property_at(old, start, end)
    if where is None or where != _property_at(new, start, end_after) or _names(old) != _names(new):
        return None
    first, last = before.position(start)[0], before.position(end)[0]
    return Edit(*where, first, last, after.position(end_after)[0] - last)


def _change(old: str, new: str) -> tuple[int, int]:
    """Where two texts differ: the offset of the first character of the old one, and that behind the last."""
    most = min(len(old), len(new))
    start = _longest(most, lambda length: old[:length] == new[:length])
    back = _longest(most - start, lambda length: old[len(old) - length :] == new[len(new) - length :])
    return start, len(old) - back


def _longest(most: int, is_same: Callable[[int], bool]) -> int:
    """The greatest number up to `most` for which it is the same, as it is for all smaller ones."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if is_same(middle) else (least, middle - 1)
    return least


def _names(template: CloudFormationTemplate) -> list[str]:
    return list(fields(fields(template.written).get("Resources")))


def _property_at(template: CloudFormationTemplate, start: int, end: int) -> tuple[str, str] | None:
    """The resource and its property whose value holds a range of text, if nothing in the value is chosen."""
    resource = _holding(fields(fields(template.written).get("Resources")), template.source, start, end)
    said = fields(None if resource is None else resource[1]).get("Properties")
    found = _holding(fields(said), template.source, start, end)
    if resource is None or found is None or not all(map(_is_harmless, descend(found[1]))):
        return None
    return resource[0], found[0]


def _holding(entries: Mapping[str, Node], source: Source, start: int, end: int) -> tuple[str, Node] | None:
    line = source.position(start)[0]
    for name, node in entries.items():
        span = node.span
        if span.line <= line <= span.end_line:
            first, last = source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
            if first <= start and end <= last:
                return name, node
    return None


def _is_harmless(node: Node) -> bool:
    names = fields(node)
    return all(name in _HARMLESS or not name.startswith("Fn::") for name in names) and "Condition" not in names
