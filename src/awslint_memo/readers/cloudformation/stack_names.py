"""What stacks are called whose exports other templates of the run import: a template itself does not say it.

A stack that exports `${AWS::StackName}-VpcId` is given a name when it is deployed, and one that imports from it is told
this name by a parameter. Where the names that templates import by the default values of their parameters end as the
exports of one template do, the beginning is the name of its stack.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.syntax.node import Node, fields

MARK = "\ue000"
"""Stands for the name of a stack in the names of exports; a private character of Unicode."""

_NAME = regex(r"[A-Za-z][-A-Za-z0-9]*")
"""What a stack may be called (AWSCloudFormation/latest/APIReference/API_CreateStack.html, read 2026-11-30)."""

_SURE = 2
"""How many names that are imported have to lead to the same name of a stack: one alone may do so by chance."""

_Claims: TypeAlias = "dict[tuple[str, str], set[str]]"
"""By the path of a template and a name of its stack, the imported names that lead to it."""


def export_name(value: Value) -> str | None:
    """The name of an export; None where it is not known.

    One with a parameter in it which has no value has that there: shop-${parameter Stage}-Arn.
    """
    pattern = value.pattern
    if value.text is not None or pattern is None or len(pattern.gaps) != 1:
        return value.text
    name = str(pattern)
    return name if OPEN in name else None


OPEN = "${parameter "


def named_by_values(name: str, parameters: Mapping[str, Parameter]) -> Iterator[str]:
    """The names of an export for each value that the parameter in it may have."""
    before, _, open_ = name.partition(OPEN)
    parameter, _, after = open_.partition("}")
    if parameter in parameters:
        yield from (f"{before}{value}{after}" for value in parameters[parameter].allowed)


@record(frozen=True, eq=False)
class NamedStack:
    """A stack whose name is known. path, root: of its template. exports: their names, with the name of the stack.

    near: the one that an import surely means which is called otherwise; empty where that is not known.
    """

    path: str
    root: Node
    exports: Sequence[str]
    near: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether these are surely all of its exports."""
        section = fields(fields(self.root).get("Outputs"))
        exported = [name for name, node in section.items() if "Export" in fields(node)]
        return len(exported) == len(self.exports) and not any(name.startswith("Fn::") for name in section)


def names_of_stacks(marked: Mapping[str, Sequence[str]], imported: Iterable[str]) -> Mapping[str, str]:
    """The paths of the templates of which the imported names surely tell what their stacks are called, by these names.

    marked: by path, the exports of templates that have the name of the stack in one place, with `MARK` there.
    """
    claims = _claims(marked, imported)
    sure = {claim: names for claim, names in claims.items() if len(names) >= _SURE or _is_called(*claim)}
    found = {}
    for (path, name), names in sure.items():
        others = [claim for claim in sure if claim != (path, name)]
        is_only = all(other != path and which != name for other, which in others)
        if is_only and all(names.isdisjoint(sure[claim]) for claim in others):
            found[name] = path
    return found


def _claims(marked: Mapping[str, Sequence[str]], imported: Iterable[str]) -> _Claims:
    endings: dict[str, list[tuple[str, str]]] = {}
    for path, names in marked.items():
        for name in names:
            before, _, after = name.partition(MARK)
            endings.setdefault(after, []).append((path, before))
    claims: _Claims = {}
    for name in dict.fromkeys(imported):
        for claim in _readings(name, endings):
            claims.setdefault(claim, set()).add(name)
    return claims


def _readings(name: str, endings: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """The stacks that an imported name may be of: the paths of templates, and their stack's name then."""
    for at in range(1, len(name)):
        for path, before in endings.get(name[at:], ()):
            stack = name[len(before) : at]
            if name.startswith(before) and _NAME.fullmatch(stack):
                yield path, stack


def _is_called(path: str, stack: str) -> bool:
    """Whether a file has the name of a stack, perhaps behind that of an application."""
    stem = os.path.basename(path).partition(".")[0].lower()
    return f"-{stack.lower()}".endswith(f"-{stem}")
