"""The deployments of all templates of a run, so that what looks over several of them finds the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from awslint_memo.judging.isolation import isolated, within_budget
from awslint_memo.judging.order import parents_first
from awslint_memo.model.declared import Declared
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Deployments, Template


@record(frozen=True)
class _Known:
    template: Template
    found: Deployments


class Landscape:
    """What all templates of a run are deployed as. Filled before the first one is judged."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}

    def add(self, template: Template, found: Deployments) -> None:
        """Note what a template is deployed as."""
        self._known[id(template)] = _Known(template, found)

    def known(self, template: Template) -> Deployments | None:
        """The deployments of a template that was met already."""
        found = self._known.get(id(template))
        return None if found is None else found.found

    def besides(self, template: Template) -> Iterator[Sequence[Deployment]]:
        """The deployments of each other template."""
        for one in self._known.values():
            if one.template is not template:
                yield one.found.deployments


def filled(
    whole: Landscape,
    templates: Sequence[Template],
    nests: Mapping[int, Collection[str]],
    deployments: Callable[[Template], Deployments],
) -> list[Template]:
    """The templates that are looked at, each noted with its deployments; nested ones are a part of their parents'.

    What goes wrong is told when a template is looked at.
    """
    reached: set[str] = set()
    untold: list[Problem] = []
    met: list[Template] = []
    for one in parents_first(templates, nests, reached):
        met.append(one)
        with isolated(one.source.path, untold), within_budget([one], untold):
            found = deployments(one)
            whole.add(one, found)
            reached.update(map(os.path.abspath, found.reached))
    return met


def in_landscape(template: Template, found: Deployments, declared: Declared, whole: Landscape | None) -> Deployments:
    """The deployments of a template, which know of each other and of those of the other templates."""

    def landscape() -> list[Sequence[Deployment]]:
        return [found.deployments, *(() if whole is None else whole.besides(template))]

    mine = replace(declared, landscape=landscape)
    for one in found.deployments:
        one.declared = mine
    return replace(found, declared=mine)
