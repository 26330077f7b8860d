"""Helpers for tests of recovery: the bound of a store after a disruption, in templates of both languages."""

from __future__ import annotations

from math import inf
from typing import Any, NamedTuple

from tests.linting import resource, resources, stack, terraform

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Declared
from awslint_memo.model.objectives import Layer, Recovery
from awslint_memo.relations.recovery import stores

DAY = 86400.0
COMPLETE = Declared(recovery=Recovery(Layer({}, "here"), complete=True))


class Said(NamedTuple):
    """A bound without its reasons. typical: a figure, or AWS's words where it gives none."""

    floor: float
    typical: float | str | None
    ceiling: float | None
    back: str
    reach: float | None = None


def store(template: Any, name: str, declared: Declared = COMPLETE) -> Resource:
    found = resources(template)[name]
    found.deployment.declared = declared
    return found


def said(template: Any, name: str, disruption: str, declared: Declared = COMPLETE) -> Said:
    bound = stores.bound(store(template, name, declared), disruption)
    words = next((way.quoted for way in bound.sure if way.quoted), None)
    return Said(bound.floor, bound.typical if words is None else words, bound.ceiling, bound.back, bound.reach)


NONE = Said(inf, None, None, "none")


def both(type_: str, terraform_type: str, properties: Any, arguments: Any) -> dict[str, tuple[Any, str]]:
    """The same store in both languages, with its name."""
    return {
        "cloudformation": (stack(A=resource(type_, **properties)), "A"),
        "terraform": (terraform(**{terraform_type: {"a": arguments}}), f"{terraform_type}.a"),
    }
