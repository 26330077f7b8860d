"""Several resources of one name, each in a Region or account of its own: which of them a value means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from awslint_memo.model.accounts import are_apart
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.properties import TerraformSettings


class Located(Protocol):
    """A resource of which it is known where it is deployed, as far as that is asked here."""

    @property
    def name(self) -> str:
        """The logical id, or Terraform's address."""

    @property
    def terraform(self) -> TerraformSettings:
        """What only Terraform has, such as its Region."""


P = TypeVar("P", bound=Located)


def meant(twins: Sequence[P], text: TextPattern, asking: Located | None, own: Collection[str]) -> P | None:
    """The only one of some resources of one name that a text may mean; None if it may be several, or is none of them.

    asking: the resource that has the text, if it is known. own: the names of the template's own resources, which come
    before those of others that it is linked with.
    """
    if any(map(text.startswith, ("arn:", "https://"))):
        region = _region_in(text)
        fit = [one for one in twins if region is None or one.terraform.region.text in (None, region)]
    elif asking is not None:
        here = asking.terraform
        are_same = {one.name: one.terraform.region.is_same_as(here.region) for one in twins}
        fit = [one for one in twins if are_apart(here.account, one.terraform.account) is not True]
        fit = [one for one in fit if are_same[one.name]] or [one for one in fit if are_same[one.name] is None]
    else:
        fit = [*twins]
    if len(fit) > 1:
        fit = [one for one in fit if one.name in own]
    return fit[0] if len(fit) == 1 else None


def _region_in(text: TextPattern) -> str | None:
    is_arn = text.startswith("arn:")
    fields, position = (text.split(":", 5), 3) if is_arn else (text.split(".", 3), 1)
    return (fields[position].literal or None) if len(fields) > position else None


def groups(named: Iterable[tuple[object, P]]) -> Mapping[str, Sequence[P]]:
    """The resources that have a name or another identity in common, by the name of each; those that have none with
    others are left out. named: pairs of an identity and a resource, one for each of its identities."""
    first: dict[object, P] = {}
    shared: dict[object, list[P]] = {}
    for identity, resource in named:
        known = first.setdefault(identity, resource)
        if known is not resource:
            shared.setdefault(identity, [known]).append(resource)
    return {one.name: group for group in shared.values() for one in group}
