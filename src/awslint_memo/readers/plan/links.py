"""What the references of a plan's expression are: links to planned resources, as far as that is sure."""

from __future__ import annotations

from collections.abc import Iterable

from awslint_memo.model.span import Place
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.readers.plan.references import Target, Trail
from awslint_memo.readers.terraform.instances import attribute
from awslint_memo.readers.terraform.values import referring
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

AFTER_APPLY = "known only after apply"

_EVERY_RESOURCE = {"arn": "Arn", "id": "Ref"}
"""The attributes that identify a resource, also of a type that no table knows."""


class Links:
    """The links of an argument or output; its name tells which attribute is meant where the plan does not say."""

    def __init__(self, name: str) -> None:
        self.name = name

    def linked(self, trails: list[Trail], place: Place) -> Value:
        """The link that references are, else what is not known and may come from where they lead."""
        links = self.sure(trails, place)
        if len(trails) == len(links) == 1:
            return links[0]
        made = referring(AFTER_APPLY, place, *self.links(trails, place))
        return Unknown(made.why, place, made.parts, _key(trails), made.anything)

    def links(self, trails: list[Trail], place: Place) -> list[Value]:
        """Everything that references lead to; also an open end where one may lead anywhere."""
        found: list[Value] = [self._link(target, place)[0] for trail in trails for target in trail.targets]
        return found + [Unknown(trail.why, place, anything=True) for trail in trails if trail.is_open]

    def sure(self, trails: list[Trail], place: Place) -> list[Link]:
        """The links that references are, in order; none where one of them may be anything else."""
        found: list[Link] = []
        for trail in trails:
            links = [self._link(target, place) for target in trail.targets]
            by_address = {link.resource: link for link, _ in links}
            if trail.why or not links or not all(is_identity for _, is_identity in links):
                return []
            found += by_address.values()
        return found

    def _link(self, target: Target, place: Place) -> tuple[Link, bool]:
        """The link, and whether it identifies the resource."""
        type_ = target.planned.type
        guess = ("arn", "id") if self.name.endswith(("arn", "arns", "policy")) else ("id", "arn")
        names = (target.attribute,) if target.attribute else guess
        word = next((word for word in (word_of(type_, name) for name in names) if word), None)
        return Link(target.planned.address, word or target.attribute or "Ref", place), word is not None


def _key(trails: list[Trail]) -> str:
    """The one attribute that an expression is, where that has no word in CloudFormation; else nothing."""
    targets = trails[0].targets if len(trails) == 1 and not trails[0].why else ()
    is_attribute = len(targets) == 1 and targets[0].attribute != ""
    return f"{targets[0].planned.address}.{targets[0].attribute}" if is_attribute else ""


def word_of(type_: str, name: str) -> str | None:
    """CloudFormation's word for an attribute of a type, where it identifies the resource or a table has it."""
    if type_ in TYPE_MAPS or type_ in COMPANIONS:
        return attribute(type_, name)
    return _EVERY_RESOURCE.get(name)


def identifying(type_: str) -> Iterable[str]:
    """The attributes whose text a resource of a type can be known by."""
    table = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    return _EVERY_RESOURCE if table is None else table.attributes
