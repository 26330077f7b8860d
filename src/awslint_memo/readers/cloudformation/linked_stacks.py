"""Several templates of one run as one estate: which are nested in which, and which import what others export."""

from __future__ import annotations

import os
from collections.abc import Sequence

from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.template import Template

MOST = 20
"""Neighbours that a template is looked at with; an estate of hundreds of stacks that all hang together is cut here."""


def nested_in(templates: Sequence[Template]) -> set[str]:
    """The absolute paths of the templates that others of them nest: these are judged where they are used."""
    return {os.path.abspath(path) for template in templates for path in template.nests}


def connect(templates: Sequence[Template]) -> None:
    """Tell each template of the others that it exports to or imports from, directly or through others."""
    stacks = [one for one in templates if isinstance(one, CloudFormationTemplate)]
    exported = {name: one for one in stacks for name in one.exported}
    edges: dict[str, list[CloudFormationTemplate]] = {}
    for one in stacks:
        for name in one.imported & set(exported):
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
