"""Links the templates of a run: stacks that import the exports of others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.files.source import Source
from awslint_memo.readers.cloudformation.stack_names import OPEN
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.template import Template

if TYPE_CHECKING:
    from awslint_memo.readers.cloudformation.other_exporters import Contested

MOST = 20
"""The maximum number of other stacks that are linked to one, since hundreds of stacks may depend on each other."""

MOST_EXPORTERS = 4
"""How many templates that export one name are each taken for the one that is meant. Of more, none is."""

Isolate: TypeAlias = "Callable[[Source], AbstractContextManager[None]]"


def connect(templates: Sequence[Template], isolate: Isolate = lambda _: nullcontext()) -> None:
    """Set `linked` of each template: those that it exports to or imports from, directly or through others.

    isolate: takes what goes wrong with one template, so that the others are linked.
    """
    stacks = [template for template in templates if isinstance(template, CloudFormationTemplate)]
    exported: dict[str, list[CloudFormationTemplate]] = {}
    imported: dict[int, set[str]] = {}
    for one in stacks:
        with isolate(one.source):
            for name in one.exported:
                exported.setdefault(name, []).append(one)
            imported[id(one)] = one.imported
    _name_stacks(stacks, exported, imported)
    edges: dict[str, list[CloudFormationTemplate]] = {}
    contested: Contested = {}
    for one in stacks:
        for name in sorted(imported.get(id(one), set()) & set(exported)):
            other = _chosen(one, name, exported[name], contested)
            if other is not None and other is not one:
                edges.setdefault(one.source.path, []).append(other)
                edges.setdefault(other.source.path, []).append(one)
    for one in stacks:
        if one.source.path in edges:
            one.linked = _reached(one, edges)
    if contested:
        from awslint_memo.readers.cloudformation.other_exporters import link_otherwise

        link_otherwise(contested, edges, _reached)


def _chosen(
    one: CloudFormationTemplate, name: str, those: Sequence[CloudFormationTemplate], contested: Contested
) -> CloudFormationTemplate | None:
    """From which of the templates that export a name one imports it; None if that is not known.

    contested: receives those that may be meant, if these are several and no more than are looked at.
    """
    fitting = _fitting(one, those)
    # Samples often have templates that export the same names behind a parameter.
    is_clear = OPEN not in name or len(those) == 1
    is_judged = len(fitting) <= MOST_EXPORTERS
    if len(fitting) > 1 and not (is_clear and is_judged):
        is_clear = False
        one.unclear = {**one.unclear, name: (is_judged, [other.source.path for other in fitting])}
    for each in fitting if is_judged and len(fitting) > 1 else ():
        contested.setdefault(each.source.path, (each, []))[1].append((one, name))
    return _exporter(one, those) if is_clear else None


def _name_stacks(
    stacks: Sequence[CloudFormationTemplate],
    exported: dict[str, list[CloudFormationTemplate]],
    imported: Mapping[int, set[str]],
) -> None:
    """Find out what stacks are called whose exports are imported, and add these to what is exported."""
    names = [name for each in imported.values() for name in sorted(each) if name not in exported]
    if not names:
        return
    from awslint_memo.readers.cloudformation import near_exports
    from awslint_memo.readers.cloudformation.stack_names import MARK, NamedStack, names_of_stacks

    marked = {one.source.path: (one, exports) for one in stacks if (exports := one.exports_with(MARK))}
    named = {}
    for name, path in names_of_stacks({path: exports for path, (_, exports) in marked.items()}, names).items():
        template, exports = marked[path]
        template.call(name)
        named[name] = NamedStack(path, template.root, [export.replace(MARK, name) for export in exports])
        for export in named[name].exports:
            exported.setdefault(export, []).append(template)
    for one in stacks:
        mine = imported.get(id(one), set())
        lacking = near_exports.missing(mine, exported) if mine.difference(exported) else {}
        one.named_stacks = {**named, **lacking} if mine else {}


def _fitting(one: CloudFormationTemplate, those: Sequence[CloudFormationTemplate]) -> Sequence[CloudFormationTemplate]:
    """The templates that export a name and may be those which one imports it from; of copies, the last."""
    if len(those) == 1:
        return those
    mine = one.app.environment
    fitting = [other for other in those if other is not one and _may_be_same(mine, other.app.environment)]
    return list({other.source.data: other for other in fitting}.values())


def _exporter(one: CloudFormationTemplate, those: Sequence[CloudFormationTemplate]) -> CloudFormationTemplate | None:
    """The last of the templates that export a name which is in the account and Region of the one that imports it.

    The stages of an app often export the same names, each in its own account. What is not known may be the same.
    """
    mine = one.app.environment
    same = [other for other in those if other.app.environment == mine]
    maybe = [other for other in those if _may_be_same(mine, other.app.environment)]
    return next(iter([*same[-1:], *maybe[-1:]]), None)


def _may_be_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return all(mine == its or not mine or not its for mine, its in zip(one, other, strict=True))


def _reached(
    start: CloudFormationTemplate, edges: dict[str, list[CloudFormationTemplate]]
) -> list[CloudFormationTemplate]:
    found: dict[str, CloudFormationTemplate] = {}
    pending = list(edges[start.source.path])
    while pending and len(found) < MOST:
        template = pending.pop(0)
        if template is not start and template.source.path not in found:
            found[template.source.path] = template
            pending += edges[template.source.path]
    return list(found.values())
