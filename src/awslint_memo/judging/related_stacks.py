"""The deployments of all templates of a run, so that what looks over several of them finds the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from awslint_memo.judging.notices import isolated, within_budget
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.facts import Declared
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Deployments, Template
from awslint_memo.relations.recovery.families import MOST

Made = TypeVar("Made")


@record(frozen=True)
class _Known:
    template: Template
    found: Deployments


class Landscape:
    """What all templates of a run are deployed as. Filled before the first one is judged."""

    def __init__(self) -> None:
        self._known: dict[int, _Known] = {}
        self.left_out: set[str] = set()
        """The applications with more templates than are looked at together; empty text for an assembly."""
        self._made: dict[object, Any] = {}

    def add(self, template: Template, found: Deployments) -> None:
        """Note what a template is deployed as."""
        self._known[id(template)] = _Known(template, found)

    def filled(
        self,
        in_order: Callable[[set[str]], Iterator[Template]],
        deployments: Callable[[Template], Deployments],
        errors: list[Problem],
    ) -> list[Template]:
        """The templates that are looked at, each noted with its deployments; nested ones are a part of their parents'.

        in_order: gives the templates, parents first, while the paths of what they nest are added to what it is given.
        What goes wrong is told when a template is looked at; what is too much is added to the errors, as it is not
        worked out again.
        """
        reached: set[str] = set()
        untold: list[Problem] = []
        met: list[Template] = []
        for template in in_order(reached):
            met.append(template)
            with isolated(template.source.path, untold), within_budget([template], errors):
                found = deployments(template)
                self.add(template, found)
                reached.update(map(os.path.abspath, found.reached))
        return met

    def notices(self) -> Iterator[str]:
        """Sentences about what was not looked at together."""
        for name in sorted(self.left_out):
            what = f"the application {name}" if name else "an assembly of the CDK"
            yield (
                f"{what} has more than {MOST} stacks besides some of its templates, which were looked at for recovery "
                "with these alone; divide it into several under recovery.applications"
            )

    def known(self, template: Template) -> Deployments | None:
        """The deployments of a template that was met already."""
        found = self._known.get(id(template))
        return None if found is None else found.found

    def once(self, make: Callable[[Iterable[Sequence[Deployment]]], Made]) -> Made:
        """What a relation makes of the deployments of all templates, made once in a run."""
        if make not in self._made:
            self._made[make] = make([known.found.deployments for known in self._known.values()])
        made: Made = self._made[make]
        return made

    def besides(self, template: Template) -> Iterator[Sequence[Deployment]]:
        """The deployments of each other template."""
        for known in self._known.values():
            if known.template is not template:
                yield known.found.deployments


class Seen:
    """The landscape as one template sees it."""

    def __init__(self, template: Template, found: Deployments, whole: Landscape) -> None:
        self._template, self._found, self._whole = template, found, whole

    @property
    def left_out(self) -> set[str]:
        """Where what is too much is noted."""
        return self._whole.left_out

    @property
    def own(self) -> Sequence[Deployment]:
        """The deployments of the template."""
        return self._found.deployments

    def once(self, make: Callable[[Iterable[Sequence[Deployment]]], Made]) -> Made:
        """What a relation makes of the deployments of all templates of the run, made once."""
        return self._whole.once(make)

    def __call__(self) -> list[Sequence[Deployment]]:
        """The deployments of each template, first those of this one."""
        return [self._found.deployments, *self._whole.besides(self._template)]


def in_landscape(template: Template, found: Deployments, declared: Declared, whole: Landscape | None) -> Deployments:
    """The deployments of a template, which know of each other and of those of the other templates."""

    mine = replace(declared, landscape=Seen(template, found, whole or Landscape()))
    for deployment in found.deployments:
        deployment.declared = mine
    return replace(found, declared=mine)
