"""What stacks are called whose exports other templates of the run import: a template itself does not say it.

A stack that exports `${AWS::StackName}-VpcId` is given a name when it is deployed, and one that imports from it is told
this name by a parameter. Where the names that templates import by the default values of their parameters end as the
exports of one template do, the beginning is the name of its stack.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.syntax.node import fields

if TYPE_CHECKING:
    from awslint_memo.readers.cloudformation.template import CloudFormationTemplate

MARK = "\ue000"
"""Stands for the name of a stack in the names of exports; a private character of Unicode."""

_NAME = regex(r"[A-Za-z][-A-Za-z0-9]*")
"""What a stack may be called (AWSCloudFormation/latest/APIReference/API_CreateStack.html, read 2026-11-30)."""

_SURE = 2
"""How many names that are imported have to lead to the same name of a stack: one alone may do so by chance."""

_Claims: TypeAlias = "dict[tuple[int, str], set[str]]"
"""By the `id` of a template and a name of its stack, the imported names that lead to it."""


@record(frozen=True, eq=False)
class NamedStack:
    """A template whose stack has a known name. exports: the names of its exports, with the name of the stack."""

    template: CloudFormationTemplate
    name: str
    exports: Sequence[str]

    @property
    def is_whole(self) -> bool:
        """Whether these are surely all of its exports."""
        section = fields(fields(self.template.root).get("Outputs"))
        exported = [name for name, node in section.items() if "Export" in fields(node)]
        return len(exported) == len(self.exports) and not any(name.startswith("Fn::") for name in section)


def marked_exports(template: CloudFormationTemplate) -> list[str]:
    """The names of a template's exports that have the name of its stack in one place, with `MARK` there."""
    if "Export" not in template.source.words or "StackName" not in template.source.words:
        return []
    return [name for name in template.exports_of(MARK) if name.count(MARK) == 1]


def named_stacks(templates: Iterable[CloudFormationTemplate], imported: Iterable[str]) -> Mapping[str, NamedStack]:
    """The templates of which the imported names surely tell what their stacks are called, by these names."""
    marked = {id(one): (one, exports) for one in templates if (exports := marked_exports(one))}
    claims = _claims({key: exports for key, (_, exports) in marked.items()}, imported)
    sure = {
        (key, name): names
        for (key, name), names in claims.items()
        if len(names) >= _SURE or _is_called(marked[key][0].source.path, name)
    }
    found = {}
    for (key, name), names in sure.items():
        others = [claim for claim in sure if claim != (key, name)]
        is_only = all(other != key and which != name for other, which in others)
        if is_only and all(names.isdisjoint(sure[claim]) for claim in others):
            template, marks = marked[key]
            found[name] = NamedStack(template, name, [export.replace(MARK, name) for export in marks])
    return found


def _claims(marked: Mapping[int, Sequence[str]], imported: Iterable[str]) -> _Claims:
    endings: dict[str, list[tuple[int, str]]] = {}
    for key, names in marked.items():
        for name in names:
            before, _, after = name.partition(MARK)
            endings.setdefault(after, []).append((key, before))
    claims: _Claims = {}
    for name in dict.fromkeys(imported):
        for key, stack in _readings(name, endings):
            claims.setdefault((key, stack), set()).add(name)
    return claims


def _readings(name: str, endings: Mapping[str, Sequence[tuple[int, str]]]) -> Iterator[tuple[int, str]]:
    """The stacks that an imported name may be of: the templates, and their stack's name then."""
    for at in range(1, len(name)):
        for key, before in endings.get(name[at:], ()):
            stack = name[len(before) : at]
            if name.startswith(before) and _NAME.fullmatch(stack):
                yield key, stack


def _is_called(path: str, stack: str) -> bool:
    """Whether a file has the name of a stack, perhaps behind that of an application."""
    stem = os.path.basename(path).partition(".")[0].lower()
    return f"-{stack.lower()}".endswith(f"-{stem}")
