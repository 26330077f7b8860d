"""Links the templates of a run: stacks that import the exports of others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TypeAlias

from awslint_memo.files.source import Source
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.template import Template

MOST = 20
"""The maximum number of other stacks that are linked to one, since hundreds of stacks may depend on each other."""


Isolate: TypeAlias = "Callable[[Source], AbstractContextManager[None]]"


def connect(templates: Sequence[Template], isolate: Isolate = lambda _: nullcontext()) -> None:
    """Set `linked` of each template: those that it exports to or imports from, directly or through others.

    isolate: takes what goes wrong with one template, so that the others are linked.
    """
    stacks = [one for one in templates if isinstance(one, CloudFormationTemplate)]
    exported: dict[str, CloudFormationTemplate] = {}
    imported: dict[int, set[str]] = {}
    for one in stacks:
        with isolate(one.source):
            exported.update(dict.fromkeys(one.exported, one))
            imported[id(one)] = one.imported
    edges: dict[str, list[CloudFormationTemplate]] = {}
    for one in stacks:
        for name in imported.get(id(one), set()) & set(exported):
            other = exported[name]
            if other is not one:
                edges.setdefault(one.source.path, []).append(other)
                edges.setdefault(other.source.path, []).append(one)
    for one in stacks:
        if one.source.path in edges:
            one.linked = _reached(one, edges)


def _reached(
    start: CloudFormationTemplate, edges: dict[str, list[CloudFormationTemplate]]
) -> list[CloudFormationTemplate]:
    found: dict[str, CloudFormationTemplate] = {}
    pending = list(edges[start.source.path])
    while pending and len(found) < MOST:
        one = pending.pop(0)
        if one is not start and one.source.path not in found:
            found[one.source.path] = one
            pending += edges[one.source.path]
    return list(found.values())
