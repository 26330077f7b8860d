"""Templates that import a name which several templates of the run export: names are unique within an account and a
Region only, so that each of these may be the one that is meant.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html (read on 2026-12-01)
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import TypeAlias

from awslint_memo.readers.cloudformation.template import CloudFormationTemplate

_MOST_WAYS = 6
"""In how many other ways one template is linked."""

Contested: TypeAlias = "dict[str, tuple[CloudFormationTemplate, list[tuple[CloudFormationTemplate, str]]]]"
"""By path, templates that export names as others do, each with those that import these, and the names."""

Edges: TypeAlias = "dict[str, list[CloudFormationTemplate]]"
Reached: TypeAlias = "Callable[[CloudFormationTemplate, Edges], list[CloudFormationTemplate]]"
"""Gives the templates that edges link to one."""


def link_otherwise(contested: Contested, edges: Edges, reached: Reached) -> None:
    """Set `other_ways` of the templates that are linked to others if another one exports a name that is imported."""
    for exporter, uses in contested.values():
        names: dict[str, list[str]] = {}
        for importer, name in uses:
            names.setdefault(importer.source.path, []).append(name)
        importers = list({importer.source.path: importer for importer, _ in uses}.values())
        with_it = _with(exporter, importers, edges)
        near = [exporter, *importers, *reached(exporter, with_it)]
        for one in {each.source.path: each for each in near}.values():
            linked = [each for each in reached(one, with_it) if each is not exporter]
            linked += [exporter] if exporter is not one else []
            changed = [
                name
                for importer in (one, *linked)
                for name in names.get(importer.source.path, ())
                if importer not in (one, *one.linked) or _giving(name, one, one.linked) is not exporter
            ]
            if changed:
                _add(one, changed[0], exporter, linked)


def _with(exporter: CloudFormationTemplate, importers: Sequence[CloudFormationTemplate], edges: Edges) -> Edges:
    """The links, and those of a template to what may import from it."""
    added: Edges = {exporter.source.path: [*importers, *edges.get(exporter.source.path, ())]}
    for importer in importers:
        path = importer.source.path
        added[path] = [exporter, *added.get(path, edges.get(path, ()))]
    return {**edges, **added}


def _giving(
    name: str, one: CloudFormationTemplate, linked: Sequence[CloudFormationTemplate]
) -> CloudFormationTemplate | None:
    """From which of the linked templates a name is taken: the last, or the template itself."""
    return next((each for each in (one, *reversed(linked)) if name in each.exported), None)


def _add(
    one: CloudFormationTemplate, name: str, exporter: CloudFormationTemplate, linked: list[CloudFormationTemplate]
) -> None:
    path = exporter.source.path
    if len(one.other_ways) == _MOST_WAYS:
        one.unclear = {**one.unclear, name: (False, [*one.unclear.get(name, (False, ()))[1], path])}
        return
    other = copy.copy(one)
    other.linked, other.other_ways = linked, {}
    one.other_ways = {**one.other_ways, (name, path): other}
