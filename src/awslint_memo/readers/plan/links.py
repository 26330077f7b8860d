"""Converts the references of a plan's expression to links to planned resources."""

from __future__ import annotations

from collections.abc import Iterable

from awslint_memo.model.span import Place
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.readers.plan.references import Target, Trail
from awslint_memo.readers.terraform.instances import attribute
from awslint_memo.readers.terraform.values import made_of
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

AFTER_APPLY = "known only after apply"

_EVERY_RESOURCE = {"arn": "Arn", "id": "Ref"}
"""The attributes that identify a resource of any type, including types that are in no table."""


class Links:
    """Makes the links of an argument or output. Its name is used to guess an attribute that the plan does not show."""

    def __init__(self, name: str) -> None:
        self.name = name

    def linked(self, trails: list[Trail], place: Place) -> Value:
        """The link if the references are certainly a single one; else an unknown value that may depend on them."""
        links = self.sure(trails, place)
        if len(trails) == len(links) == 1:
            return links[0]
        return made_of(AFTER_APPLY, place, *self.links(trails, place), attribute=_attribute(trails, place))

    def links(self, trails: list[Trail], place: Place) -> list[Value]:
        """Links to everything that the references lead to, and an Unknown for each that may lead to any resource."""
        found: list[Value] = [self._link(target, place)[0] for trail in trails for target in trail.targets]
        return found + [Unknown(trail.why, place, anything=True) for trail in trails if trail.is_open]

    def sure(self, trails: list[Trail], place: Place) -> list[Link]:
        """The links that the references certainly are, in order; empty if one of them is uncertain."""
        found: list[Link] = []
        for trail in trails:
            links = [self._link(target, place) for target in trail.targets]
            by_address = {link.resource: link for link, _ in links}
            if trail.why or not links or not all(is_identity for _, is_identity in links):
                return []
            found += by_address.values()
        return found

    def _link(self, target: Target, place: Place) -> tuple[Link, bool]:
        """The link to a target, and whether its attribute identifies the resource."""
        type_ = target.planned.type
        guess = ("arn", "id") if self.name.endswith(("arn", "arns", "policy")) else ("id", "arn")
        names = (target.attribute,) if target.attribute else guess
        word = next((word for word in (word_of(type_, name) for name in names) if word), None)
        return Link(target.planned.address, word or target.attribute or "Ref", place), word is not None


def _attribute(trails: list[Trail], place: Place) -> Link | None:
    """The attribute that an expression is, if it is a single one without an equivalent in CloudFormation."""
    targets = trails[0].targets if len(trails) == 1 and not trails[0].why else ()
    is_attribute = len(targets) == 1 and targets[0].attribute != ""
    return Link(targets[0].planned.address, targets[0].attribute, place) if is_attribute else None


def word_of(type_: str, name: str) -> str | None:
    """CloudFormation's name for an attribute of a type; None if it is in no table and does not identify a resource."""
    if type_ in TYPE_MAPS or type_ in COMPANIONS:
        return attribute(type_, name)
    return _EVERY_RESOURCE.get(name)


def identifying(type_: str) -> Iterable[str]:
    """The attributes of a type whose values identify a resource."""
    table = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    return _EVERY_RESOURCE if table is None else table.attributes
